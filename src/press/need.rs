//! What a text needs to match a pattern, as far as the pattern tells without being tried: the characters that it
//! begins with, those it holds, the marks that it may not hold, how long it is.

use regex_syntax::hir::{Class, Hir, HirKind};
use serde::{Deserialize, Serialize};

/// A set of more characters than this tells nothing.
const MOST: usize = 400;

/// What a match of a pattern needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// With one of these, which are in order, it begins; `None` where that may be anything.
    pub first: Option<Vec<char>>,
    /// One of these, which are in order, it holds; `None` where it need not.
    pub within: Option<Vec<char>>,
    /// No marks but these are in it.
    pub marks: Marks,
    /// How long it is at the least, in bytes.
    pub shortest: usize,
    /// How long at the most; `None` where there is no end to it.
    pub longest: Option<usize>,
}

/// Marks that sentences have, and few of the short lines that stand beside articles.
const MARKS: [char; 16] = ['，', '。', '、', '；', '：', '？', '！', '“', '”', '「', '」', '《', '》', '（', '）', '.'];

/// Some of the marks: a bit for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Marks(u16);

impl Marks {
    pub const NONE: Marks = Marks(0);
    pub const ALL: Marks = Marks(u16::MAX);

    /// Those that a test finds.
    fn that(is: impl Fn(char) -> bool) -> Marks {
        Marks((0..MARKS.len()).filter(|n| is(MARKS[*n])).fold(0, |bits, n| bits | 1 << n))
    }

    /// Those in a text.
    pub fn of(text: &str) -> Marks {
        // Nearly all characters are Han, kana or Hangul.
        let other = text.chars().filter(|c| !('ぁ'..='힣').contains(c));
        other.fold(Marks::NONE, |marks, c| marks.or(Marks::that(|mark| mark == c)))
    }

    /// True where all of these are among others.
    pub fn are_among(self, others: Marks) -> bool {
        self.0 & !others.0 == 0
    }

    fn or(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }
}

impl Need {
    const NOTHING: Need =
        Need { first: Some(Vec::new()), within: None, marks: Marks::NONE, shortest: 0, longest: Some(0) };

    /// What a parsed pattern needs. `named` tells it of a named group, where that stands for something else than
    /// what is parsed.
    pub fn of(hir: &Hir, named: &impl Fn(&str) -> Option<Need>) -> Need {
        let leaf = |chars: Option<Vec<char>>, marks: Marks| {
            let facts = hir.properties();
            let (shortest, longest) = (facts.minimum_len().unwrap_or(0), facts.maximum_len());
            Need { first: chars.clone(), within: chars, marks, shortest, longest }
        };
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Need::NOTHING,
            HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
                // Of several characters any would do; the last is no particle more often than the first.
                Ok(text) => Need {
                    within: text.chars().next_back().map(|c| vec![c]),
                    ..leaf(text.chars().next().map(|c| vec![c]), Marks::of(text))
                },
                Err(_) => leaf(None, Marks::ALL),
            },
            HirKind::Class(Class::Unicode(class)) => {
                let ranges = || class.iter().map(|range| range.start()..=range.end());
                let few = ranges().map(Iterator::count).sum::<usize>() <= MOST;
                let marks = Marks::that(|mark| ranges().any(|range| range.contains(&mark)));
                leaf(few.then(|| ranges().flatten().collect()), marks)
            }
            HirKind::Class(Class::Bytes(_)) => leaf(None, Marks::ALL),
            HirKind::Capture(capture) => {
                let other = capture.name.as_deref().and_then(named);
                other.unwrap_or_else(|| Need::of(&capture.sub, named))
            }
            HirKind::Repetition(repetition) => {
                let times = |n: u32, length: usize| length.saturating_mul(n as usize);
                let once = Need::of(&repetition.sub, named);
                Need {
                    within: once.within.filter(|_| repetition.min > 0),
                    marks: once.marks,
                    shortest: times(repetition.min, once.shortest),
                    longest: once.longest.zip(repetition.max).map(|(length, n)| times(n, length)),
                    first: once.first,
                }
            }
            HirKind::Concat(parts) => parts.iter().map(|part| Need::of(part, named)).fold(Need::NOTHING, Need::then),
            HirKind::Alternation(ways) => {
                ways.iter().map(|way| Need::of(way, named)).reduce(Need::or).unwrap_or(Need::NOTHING)
            }
        }
    }

    /// Of one part and then another.
    fn then(self, next: Need) -> Need {
        Need {
            first: if self.shortest == 0 { union(self.first, next.first) } else { self.first },
            within: match (self.within, next.within) {
                (Some(a), Some(b)) => Some(if b.len() < a.len() { b } else { a }),
                (a, b) => a.or(b),
            },
            marks: self.marks.or(next.marks),
            shortest: self.shortest.saturating_add(next.shortest),
            longest: self.longest.zip(next.longest).map(|(a, b)| a.saturating_add(b)),
        }
    }

    /// Of one or the other.
    fn or(self, other: Need) -> Need {
        Need {
            first: union(self.first, other.first),
            within: union(self.within, other.within),
            marks: self.marks.or(other.marks),
            shortest: self.shortest.min(other.shortest),
            longest: self.longest.zip(other.longest).map(|(a, b)| a.max(b)),
        }
    }
}

fn union(a: Option<Vec<char>>, b: Option<Vec<char>>) -> Option<Vec<char>> {
    let mut all = a?;
    all.extend(b?);
    all.sort_unstable();
    all.dedup();
    (all.len() <= MOST).then_some(all)
}
