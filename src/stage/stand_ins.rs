//! Code points that stand in for another character ([`StandIns`]): radicals in running text, marks' forms in vertical
//! text.
//!
//! All stages read the text without them; what is written is repaired as any other text is, by a rule. Where more
//! radicals stand by themselves than within words, the text is about radicals, and they are left.
//!
//! ```text
//! 4⽉29⽇，⼯⼈们：﹁走︒﹂  →  4月29日，工人们：「走。」
//! ⼿  shǒu                the name of a radical
//! ```

use crate::flow::{Edit, Needs};
use crate::rule::Rule;
use crate::source::{Source, Span};
use crate::text::class::{Class, class};
use crate::text::language::Language;
use crate::text::stand_ins::{StandIns, may_stand_for_another};
use std::borrow::Cow;

/// A repair for each such code point, in the order of the text.
pub fn stand_ins(source: &Source, language: Language) -> Vec<Edit> {
    let text = &source.text;
    let bytes = text.as_bytes();
    let mut places = (0..bytes.len()).filter(|at| may_stand_for_another(&bytes[*at..])).peekable();
    if places.peek().is_none() {
        return Vec::new();
    }
    let stand_ins = StandIns::of(language, text);
    let mut edits = Vec::new();
    let (mut within, mut alone) = (0, 0);
    let is_radical = |c: &str| c.chars().all(|c| class(c) == Class::Han);
    for at in places {
        let mut chars = text[at..].chars();
        let Some(c) = chars.next() else { continue };
        let beside = [text[..at].chars().next_back(), chars.next()];
        let Some(put) = stand_ins.meant(c, beside) else { continue };
        if is_radical(put) {
            let word = beside.into_iter().flatten().any(|c| class(c).is_word());
            *if word { &mut within } else { &mut alone } += 1;
        }
        let from = Span::new(at, at + c.len_utf8());
        edits.push(Edit { from, put: Some(put), rule: Rule::StandIn, needs: Needs::default() });
    }
    if alone > 0 && alone >= within {
        edits.retain(|edit| !edit.put.is_some_and(is_radical));
    }
    edits
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
    Cow::Owned(Source { text, file: source.file.clone(), lines: source.lines.clone() })
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
        assert!(json.contains(r#""rule":"stand-in","from":"⻄","to":"西""#), "{json}");
    }

    #[test]
    fn forms_of_marks_in_vertical_text_are_the_marks() {
        let text = "他說﹁渡船過來了︑快走︒﹂\n於是都上了船︒\n";
        let mended = to_string(&mended(text), Format::Text);
        assert_eq!(mended, "他說「渡船過來了、快走。」於是都上了船。\n");
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
