//! A difference that a person can read in CJK: line by line, and within a line by grapheme.

use similar::{ChangeTag, TextDiff};
use unicode_segmentation::UnicodeSegmentation;

/// A stretch of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its text.
    pub text: String,
    /// True where the other side does not have it.
    pub changed: bool,
}

/// A line of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiffLine {
    /// It stands on both sides; its number in the expected text, from 1.
    Same(usize, String),
    /// It is expected and missing.
    Missing(usize, Vec<Part>),
    /// It is there and not expected; its number in the text that came out.
    Extra(usize, Vec<Part>),
    /// Lines that stand on both sides and are left out.
    Gap,
}

/// The difference between two texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diff {
    /// Its lines, with one line of context around each change.
    pub lines: Vec<DiffLine>,
    /// Lines expected and missing.
    pub missing: usize,
    /// Lines not expected.
    pub extra: usize,
}

/// Lines shown around a change.
const CONTEXT: usize = 1;

/// Where two lines share less than this, they are shown whole and not as one line changed.
const KIN: f32 = 0.3;

impl Diff {
    /// Compares what is expected with what came out.
    pub fn of(expected: &str, actual: &str) -> Diff {
        let diff = TextDiff::from_lines(expected, actual);
        let mut out = Diff::default();
        for (n, group) in diff.grouped_ops(CONTEXT).iter().enumerate() {
            if n > 0 {
                out.lines.push(DiffLine::Gap);
            }
            for op in group {
                let mut old = Vec::new();
                let mut new = Vec::new();
                for change in diff.iter_changes(op) {
                    let text = change.value().trim_end_matches(['\n', '\r']).to_owned();
                    match change.tag() {
                        ChangeTag::Equal => out.lines.push(DiffLine::Same(change.old_index().unwrap_or(0) + 1, text)),
                        ChangeTag::Delete => old.push((change.old_index().unwrap_or(0) + 1, text)),
                        ChangeTag::Insert => new.push((change.new_index().unwrap_or(0) + 1, text)),
                    }
                }
                out.replaced(&old, &new);
            }
        }
        out
    }

    /// True where the two texts are the same.
    pub fn is_empty(&self) -> bool {
        self.missing + self.extra == 0
    }

    /// Lines in the place of others: each beside the first that it is akin to.
    fn replaced(&mut self, old: &[(usize, String)], new: &[(usize, String)]) {
        self.missing += old.len();
        self.extra += new.len();
        let mut rest = new.iter().peekable();
        for (number, line) in old {
            let akin = rest.peek().and_then(|(_, other)| inline(line, other));
            match akin {
                Some((was, is)) => {
                    self.lines.push(DiffLine::Missing(*number, was));
                    let (number, _) = rest.next().expect("just looked at");
                    self.lines.push(DiffLine::Extra(*number, is));
                }
                None => self.lines.push(DiffLine::Missing(*number, whole(line))),
            }
        }
        for (number, line) in rest {
            self.lines.push(DiffLine::Extra(*number, whole(line)));
        }
    }
}

fn whole(line: &str) -> Vec<Part> {
    vec![Part { text: line.to_owned(), changed: true }]
}

/// Longer lines are compared whole: by grapheme they would take too long, and nobody would read it.
const LONGEST: usize = 20_000;

/// Two lines as parts, grapheme by grapheme; `None` where they are not akin.
fn inline(was: &str, is: &str) -> Option<(Vec<Part>, Vec<Part>)> {
    if was.len().max(is.len()) > LONGEST {
        return None;
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (was.graphemes(true).collect(), is.graphemes(true).collect());
    let diff = TextDiff::from_slices(&old, &new);
    if diff.ratio() < KIN {
        return None;
    }
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for change in diff.iter_all_changes() {
        let text = change.value();
        if change.tag() != ChangeTag::Insert {
            push(&mut before, text, change.tag() == ChangeTag::Delete);
        }
        if change.tag() != ChangeTag::Delete {
            push(&mut after, text, change.tag() == ChangeTag::Insert);
        }
    }
    Some((before, after))
}

fn push(parts: &mut Vec<Part>, text: &str, changed: bool) {
    match parts.last_mut() {
        Some(last) if last.changed == changed => last.text.push_str(text),
        _ => parts.push(Part { text: text.to_owned(), changed }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(parts: &[Part]) -> String {
        parts.iter().map(|p| if p.changed { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    #[test]
    fn one_character_is_marked() {
        let diff = Diff::of("甲\n会议決定全面复工复产\n乙\n", "甲\n会议决定全面复工复产\n乙\n");
        assert_eq!(diff.lines.len(), 4);
        let (DiffLine::Missing(2, was), DiffLine::Extra(2, is)) = (&diff.lines[1], &diff.lines[2]) else {
            panic!("{diff:?}");
        };
        assert_eq!((marked(was), marked(is)), ("会议[決]定全面复工复产".into(), "会议[决]定全面复工复产".into()));
    }

    #[test]
    fn a_grapheme_is_never_torn() {
        // か with a combining voiced mark against か alone.
        let (was, _) = inline("あいか\u{3099}う", "あいかう").unwrap();
        assert_eq!(marked(&was), "あい[か\u{3099}]う");
    }

    #[test]
    fn same_texts_have_no_difference() {
        assert!(Diff::of("甲\n乙\n", "甲\n乙\n").is_empty());
        assert!(!Diff::of("甲\n", "").is_empty());
    }
}
