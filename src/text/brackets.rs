//! Brackets that one line opens and another closes: most stand about a name or two.

/// Brackets about names, each with the one that closes it, and how much of what stands between is on either side of
/// a break, in characters.
const BRACKETS: [[char; 2]; 5] = [['（', '）'], ['(', ')'], ['【', '】'], ['〔', '〕'], ['[', ']']];
const REACH: usize = 12;

/// What would close the bracket that is open at a text's end.
pub fn left_open(text: &str) -> Option<char> {
    let last = text.chars().rev().take(REACH).find(|c| BRACKETS.iter().any(|pair| pair.contains(c)))?;
    BRACKETS.iter().find(|[open, _]| *open == last).map(|[_, close]| *close)
}

/// The bracket that a text closes before it opens any.
pub fn closed(text: &str) -> Option<char> {
    let first = text.chars().take(REACH).find(|c| BRACKETS.iter().any(|pair| pair.contains(c)))?;
    BRACKETS.iter().any(|[_, close]| *close == first).then_some(first)
}

/// True where a text closes the bracket that another left open.
pub fn closes(before: &str, text: &str) -> bool {
    left_open(before).is_some_and(|open| closed(text) == Some(open))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_about_a_name_holds_its_text_together() {
        assert!(closes("本报讯（记者", "李建国）十二月八日"));
        assert!(!closes("本报讯（记者", "国家合作委员会峰会，并对沙特进行（国事）"));
        assert!(!closes("工作》（试行）", "本报讯）"), "it is closed");
        assert!(!closes("（由于各种原因没有能够说完的一句长长的话", "）"), "it is too far off");
        assert!(!closes("本报讯（记者", "李建国】"), "it is another");
    }
}
