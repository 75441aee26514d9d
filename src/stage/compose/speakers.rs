//! Who speaks: lines of an interview or a play that open with a name and a colon, as others do.
//!
//! ```text
//! 问：什么时候开学？
//! 答：九月一日。
//! 问：需要带什么？
//! ```

use crate::flow::Flow;
use crate::source::Source;
use crate::text::class::{Class, class};
use std::collections::HashMap;

/// A speaker's name is no longer, in characters.
const LONGEST: usize = 6;

/// For each line, whether a speaker's words open with it: one who speaks on other lines of the document too.
pub fn speakers(source: &Source, flow: &Flow) -> Vec<bool> {
    let names: Vec<Option<&str>> = flow.lines.iter().map(|l| name(source.get(l.span))).collect();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for name in names.iter().flatten() {
        *known.entry(name).or_default() += 1;
    }
    // Two who speak by turns make an interview; one label alone may stand in any text.
    let several = known.values().filter(|n| **n > 1).count() > 1;
    names.into_iter().map(|name| several && name.is_some_and(|name| known[name] > 1)).collect()
}

/// The name that a line opens with.
fn name(line: &str) -> Option<&str> {
    let (end, _) = line.char_indices().take(LONGEST + 1).find(|(_, c)| matches!(c, '：' | ':'))?;
    let name = &line[..end];
    let letters = name.chars().all(|c| matches!(class(c), Class::Han | Class::Kana | Class::Hangul | Class::Letter));
    (letters && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use crate::stage::drawn::places;

    #[test]
    fn every_speech_of_an_interview_is_a_paragraph() {
        let page = "问：什么时候开学？\n答：九月一日。\n问：需要带什么？\n答：通知书和身份证。\n";
        let found = places(page, &["什么时候", "九月", "需要带", "通知书"]);
        assert_eq!(found, [(Some(1), "paragraph"); 4]);
        assert_eq!(crate::stage::drawn::mended(page).blocks().count(), 4);
    }
}
