//! Code points that stand for another character of the same glyph ([`SharedGlyphs`]), most of them radicals in running
//! text.
//!
//! All stages read the text without them; what is written is repaired as any other text is, by a rule. Where more
//! of them stand by themselves than within words, the text is about radicals, and nothing is changed.
//!
//! ```text
//! 4⽉29⽇，⼯⼈们  →  4月29日，工人们
//! ⼿  shǒu       the name of a radical
//! ```

use crate::flow::{Edit, Needs};
use crate::rule::Rule;
use crate::source::{Source, Span};
use crate::text::class::{Class, class};
use crate::text::language::Language;
use crate::text::shared_glyphs::{SharedGlyphs, may_stand_for_another};
use std::borrow::Cow;

/// A repair for each such code point, in the order of the text.
pub fn shared_glyphs(source: &Source, language: Language) -> Vec<Edit> {
    let Some(first) = source.text.as_bytes().windows(3).position(may_stand_for_another) else { return Vec::new() };
    let glyphs = SharedGlyphs::of(language, &source.text);
    let mut edits = Vec::new();
    let (mut within, mut alone) = (0, 0);
    let is_word = |c: Option<char>| c.is_some_and(|c| class(c).is_word());
    for (at, c) in source.text[first..].char_indices().map(|(at, c)| (first + at, c)) {
        let Some(put) = glyphs.meant(c) else { continue };
        let from = Span::new(at, at + c.len_utf8());
        let (before, behind) = (source.text[..at].chars().next_back(), source.text[from.end as usize..].chars().next());
        // A mark is one of Chinese or Japanese where it stands beside that.
        let is_mark = class(c) != Class::Han;
        if is_mark && ![before, behind].into_iter().flatten().any(|c| class(c).is_unspaced()) {
            continue;
        }
        *if is_word(before) || is_word(behind) { &mut within } else { &mut alone } += 1;
        edits.push(Edit { from, put: Some(put), rule: Rule::SharedGlyph, needs: Needs::default() });
    }
    if within > alone { edits } else { Vec::new() }
}

/// The text as it is read, those repairs made: every byte stands where it stood.
pub fn legible<'a>(source: &'a Source, edits: &[Edit]) -> Cow<'a, Source> {
    if edits.is_empty() {
        return Cow::Borrowed(source);
    }
    let mut text = String::with_capacity(source.text.len());
    for edit in edits {
        text.push_str(&source.text[text.len()..edit.from.start as usize]);
        text.push_str(edit.put.unwrap_or_default());
    }
    text.push_str(&source.text[text.len()..]);
    Cow::Owned(Source { text, ..source.clone() })
}

#[cfg(test)]
mod tests {
    use crate::stage::drawn::mended;
    use crate::write::{Format, to_string};

    #[test]
    fn a_font_s_radicals_are_read_as_the_characters_they_are() {
        let text = "⻄城区政府召开会议\n\n本报讯（记者 邓公平）4⽉29\n⽇，⼯⼈们说：“⾼。”\n";
        let document = mended(text);
        let mended = to_string(&document, Format::Text);
        assert_eq!(mended, "西城区政府召开会议\n\n本报讯（记者 邓公平）4月29日，工人们说：“高。”\n");
        assert_eq!(document.source.text, text, "the input is what it was");
        let json = to_string(&document, Format::Json);
        assert!(json.contains(r#""rule":"shared-glyph","from":"⻄","to":"西""#), "{json}");
    }

    #[test]
    fn a_slash_between_names_is_wide_and_one_of_a_fraction_is_not() {
        let text = "記者林雅婷\u{2215}高雄報導，其中1\u{2215}2是農民。\n";
        let mended = to_string(&mended(text), Format::Text);
        assert_eq!(mended, "記者林雅婷／高雄報導，其中1\u{2215}2是農民。\n");
    }

    #[test]
    fn a_list_of_radicals_is_left() {
        let text = "⼿ shǒu\n⾜ zú\n⽬ mù\n“⼿”在左边时写作“扌”。\n";
        assert!(to_string(&mended(text), Format::Text).contains("“⼿”在左边"));
    }
}
