//! What a text needs to match a pattern, as far as the pattern tells without being tried: the characters that it
//! begins with, those it holds, how long it is.

use regex_syntax::hir::{Class, Hir, HirKind};

/// A set of more characters than this tells nothing.
const MOST: usize = 400;

/// What a match of a pattern needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// With one of these, which are in order, it begins; `None` where that may be anything.
    pub first: Option<Vec<char>>,
    /// One of these, which are in order, it holds; `None` where it need not.
    pub within: Option<Vec<char>>,
    /// How long it is at the least, in bytes.
    pub shortest: usize,
    /// How long at the most; `None` where there is no end to it.
    pub longest: Option<usize>,
}

impl Need {
    const NOTHING: Need = Need { first: Some(Vec::new()), within: None, shortest: 0, longest: Some(0) };

    /// What a parsed pattern needs. `named` tells it of a named group, where that stands for something else than
    /// what is parsed.
    pub fn of(hir: &Hir, named: &impl Fn(&str) -> Option<Need>) -> Need {
        let leaf = |chars: Option<Vec<char>>| {
            let facts = hir.properties();
            let (shortest, longest) = (facts.minimum_len().unwrap_or(0), facts.maximum_len());
            Need { first: chars.clone(), within: chars, shortest, longest }
        };
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Need::NOTHING,
            HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
                // Of several characters any would do; the last is no particle more often than the first.
                Ok(text) => Need {
                    within: text.chars().next_back().map(|c| vec![c]),
                    ..leaf(text.chars().next().map(|c| vec![c]))
                },
                Err(_) => leaf(None),
            },
            HirKind::Class(Class::Unicode(class)) => {
                let ranges = || class.iter().map(|range| range.start()..=range.end());
                let few = ranges().map(Iterator::count).sum::<usize>() <= MOST;
                leaf(few.then(|| ranges().flatten().collect()))
            }
            HirKind::Class(Class::Bytes(_)) => leaf(None),
            HirKind::Capture(capture) => {
                let other = capture.name.as_deref().and_then(named);
                other.unwrap_or_else(|| Need::of(&capture.sub, named))
            }
            HirKind::Repetition(repetition) => {
                let times = |n: u32, length: usize| length.saturating_mul(n as usize);
                let once = Need::of(&repetition.sub, named);
                Need {
                    within: once.within.filter(|_| repetition.min > 0),
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
            shortest: self.shortest.saturating_add(next.shortest),
            longest: self.longest.zip(next.longest).map(|(a, b)| a.saturating_add(b)),
        }
    }

    /// Of one or the other.
    fn or(self, other: Need) -> Need {
        Need {
            first: union(self.first, other.first),
            within: union(self.within, other.within),
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
