//! Hangul and kana in one piece.
//!
//! What comes from a Mac writes 한 as three letters and が as か with its mark, as its file names are (Unicode's form D):
//! the same text, and no word of it is found in any table.

use super::class::{Class, class};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// A text with its syllables of Hangul and its voiced kana composed (Unicode's form C); all else stands as it is.
///
/// ```
/// use pagemend::text::composed::composed;
/// assert_eq!(composed("\u{1112}\u{1161}\u{11ab}글과 か\u{3099}な"), "한글과 がな");
/// ```
pub fn composed(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let part = |at: usize| matches!(bytes[at..], [0xe1, 0x84..=0x87, ..] | [0xe3, 0x82, 0x99 | 0x9a, ..]);
    if !bytes.iter().enumerate().any(|(at, first)| matches!(first, 0xe1 | 0xe3) && part(at)) {
        return Cow::Borrowed(text);
    }
    // Form C would change other characters too, among them Han that have two code points.
    let has_parts = |c: char| matches!(class(c), Class::Hangul | Class::Kana);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (word, behind) = rest.split_at(rest.find(|c| !has_parts(c)).unwrap_or(rest.len()));
        out.extend(word.nfc());
        let (other, next) = behind.split_at(behind.find(has_parts).unwrap_or(behind.len()));
        out.push_str(other);
        rest = next;
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn all_syllables_and_voiced_kana_are_composed_and_nothing_else() {
        let text: String = ('가'..='힣').chain('ぁ'..='ヺ').chain(['한', '，', '\u{f90a}', 'é', '̸', '<']).collect();
        let parted: String =
            ('가'..='힣').chain('ぁ'..='ヺ').nfd().chain(['한', '，', '\u{f90a}', 'é', '̸', '<']).collect();
        assert_ne!(text, parted);
        assert_eq!(composed(&parted), text);
        assert!(matches!(composed("会议 한글 がな"), Cow::Borrowed(_)));
    }
}
