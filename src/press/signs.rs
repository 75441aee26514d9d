//! Which characters a pattern cannot do without.
//!
//! Most lines of a page hold none of them, and so match nothing: a line that does not begin with `本` is no
//! `本报讯`, and one without `摄` names no photographer. What is asked of every line is therefore whether one
//! of its characters is such a sign, and only the patterns whose sign it is are tried, and only they are ever
//! made into an automaton.

use crate::text::words::PairMap;
use regex_syntax::hir::{Class, Hir, HirKind, Look};
use std::ops::RangeInclusive;

/// A set of more characters than this tells nothing.
const MOST: usize = 400;

/// So many characters are as rare at a line's beginning as one of them is anywhere on it.
const RARER_FIRST: usize = 16;

/// What a match of a pattern needs.
struct Need {
    /// With one of these it begins; `None` where that may be anything.
    first: Option<Vec<char>>,
    /// One of these it holds; `None` where it need not.
    within: Option<Vec<char>>,
    /// It may be empty.
    empty: bool,
}

impl Need {
    const NOTHING: Need = Need { first: Some(Vec::new()), within: None, empty: true };

    fn one_of(chars: Option<Vec<char>>) -> Need {
        Need { first: chars.clone(), within: chars, empty: false }
    }

    fn of(hir: &Hir) -> Need {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Need::NOTHING,
            HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
                // Of several characters any would do; the last is no particle more often than the first.
                Ok(text) => Need {
                    within: text.chars().next_back().map(|c| vec![c]),
                    ..Need::one_of(text.chars().next().map(|c| vec![c]))
                },
                Err(_) => Need::one_of(None),
            },
            HirKind::Class(Class::Unicode(class)) => {
                let ranges = || class.iter().map(|range| range.start()..=range.end());
                let few = ranges().map(Iterator::count).sum::<usize>() <= MOST;
                Need::one_of(few.then(|| ranges().flatten().collect()))
            }
            HirKind::Class(Class::Bytes(_)) => Need::one_of(None),
            HirKind::Capture(capture) => Need::of(&capture.sub),
            HirKind::Repetition(repetition) => {
                let once = Need::of(&repetition.sub);
                if repetition.min > 0 { once } else { Need { within: None, empty: true, ..once } }
            }
            HirKind::Concat(parts) => parts.iter().map(Need::of).fold(Need::NOTHING, Need::then),
            HirKind::Alternation(ways) => ways.iter().map(Need::of).reduce(Need::or).unwrap_or(Need::NOTHING),
        }
    }

    /// Of one part and then another.
    fn then(self, next: Need) -> Need {
        Need {
            first: if self.empty { union(self.first, next.first) } else { self.first },
            within: match (self.within, next.within) {
                (Some(a), Some(b)) => Some(if b.len() < a.len() { b } else { a }),
                (a, b) => a.or(b),
            },
            empty: self.empty && next.empty,
        }
    }

    /// Of one or the other.
    fn or(self, other: Need) -> Need {
        Need {
            first: union(self.first, other.first),
            within: union(self.within, other.within),
            empty: self.empty || other.empty,
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

/// Which of some patterns a text may match, by its characters.
#[derive(Debug, Clone, Default)]
pub struct Signs {
    /// The patterns that each character is the rarer sign of, at a text's beginning and anywhere.
    first: Index,
    within: Index,
    /// Those without a sign.
    always: Vec<u32>,
    /// All signs of each pattern: what one of them finds, the others may still rule out.
    all: Vec<All>,
}

/// All that tells whether a text may match one pattern.
#[derive(Debug, Clone)]
struct All {
    first: Option<Box<[char]>>,
    within: Option<Box<[char]>>,
    /// How long a text that matches is, in bytes.
    lengths: RangeInclusive<usize>,
}

impl All {
    fn allow(&self, text: &str) -> bool {
        self.lengths.contains(&text.len())
            && self.first.as_ref().is_none_or(|signs| text.starts_with(&**signs))
            && self.within.as_ref().is_none_or(|signs| text.contains(&**signs))
    }
}

/// How long a text is that a pattern matches, in bytes: no longer than the match where that begins and ends with
/// the text.
fn lengths(hir: &Hir, at_start: bool) -> RangeInclusive<usize> {
    let facts = hir.properties();
    let whole = at_start && facts.look_set_suffix().contains(Look::End);
    let most = facts.maximum_len().filter(|_| whole).unwrap_or(usize::MAX);
    facts.minimum_len().unwrap_or(0)..=most
}

impl Signs {
    /// The signs of some patterns; `at_start` says that they match at a text's beginning alone.
    pub fn of<'a>(patterns: impl Iterator<Item = &'a Hir>, at_start: bool) -> Signs {
        let mut signs = Signs::default();
        for (n, hir) in patterns.enumerate() {
            let Need { first, within, empty } = Need::of(hir);
            let n = n as u32;
            // An empty match has no beginning.
            let first = first.filter(|chars| at_start && !empty && !chars.is_empty());
            match (&first, &within) {
                (Some(first), within) if within.as_ref().is_none_or(|w| w.len() * RARER_FIRST > first.len()) => {
                    signs.first.add(first, n);
                }
                (_, Some(within)) => signs.within.add(within, n),
                (_, None) => signs.always.push(n),
            }
            let [first, within] = [first, within].map(|chars| chars.map(Vec::into_boxed_slice));
            signs.all.push(All { first, within, lengths: lengths(hir, at_start) });
        }
        signs
    }

    /// The patterns that a text may match, rising.
    pub fn candidates(&self, text: &str) -> Vec<u32> {
        let mut found = self.always.clone();
        found.extend(text.chars().next().and_then(|c| self.first.get(c)).into_iter().flatten());
        for patterns in text.chars().filter_map(|c| self.within.get(c)) {
            found.extend(patterns);
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|n| self.all[*n as usize].allow(text));
        found
    }
}

/// The patterns of each character.
#[derive(Debug, Clone)]
struct Index {
    /// Whether a character below 0x10000 has any: a bit for each, so that nothing is looked up for most.
    any: Box<[u64; 1 << 10]>,
    patterns: PairMap<Vec<u32>>,
}

impl Default for Index {
    fn default() -> Self {
        Index { any: Box::new([0; 1 << 10]), patterns: PairMap::default() }
    }
}

impl Index {
    fn add(&mut self, chars: &[char], pattern: u32) {
        for c in chars {
            if let Some(bits) = self.any.get_mut(*c as usize / 64) {
                *bits |= 1 << (*c as u32 % 64);
            }
            self.patterns.entry(u64::from(*c)).or_default().push(pattern);
        }
    }

    fn get(&self, c: char) -> Option<&Vec<u32>> {
        let bits = self.any.get(c as usize / 64).copied().unwrap_or(u64::MAX);
        if bits >> (c as u32 % 64) & 1 == 0 { None } else { self.patterns.get(&u64::from(c)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(patterns: &[&str], at_start: bool, text: &str) -> Vec<u32> {
        let parsed: Vec<Hir> = patterns.iter().map(|p| regex_syntax::parse(p).unwrap()).collect();
        Signs::of(parsed.iter(), at_start).candidates(text)
    }

    #[test]
    fn a_pattern_is_tried_where_its_signs_stand() {
        let patterns = ["本[报報]讯?", "[一-龥]{2,4}[摄攝](影)?", "[一-龥]+", "(甲|乙)?丙*"];
        assert_eq!(candidates(&patterns, true, "本报记者"), [0, 2, 3]);
        assert_eq!(candidates(&patterns, true, "齐宏摄"), [1, 2, 3]);
        assert_eq!(candidates(&patterns, true, "丁"), [2, 3], "what has no sign is always tried");
        assert_eq!(candidates(&patterns, true, ""), [3], "but where it cannot be empty");
        assert_eq!(candidates(&patterns, false, "新本报"), [0, 2, 3]);
        assert_eq!(
            candidates(&["(甲|乙丙)$", "甲$", "甲"], true, "甲丙"),
            [0, 2],
            "a whole text is as long as the match"
        );
        assert_eq!(candidates(&["𠮷|a"], false, "在𠮷野家"), [0], "beyond the first plane too");
    }

    #[test]
    fn no_match_lacks_its_sign() {
        let patterns = [
            "a?b",
            "(a|cc)$",
            "^b+$",
            "(?:x|y)?$",
            "[一二]{2}|三+",
            "^(a(b|c))?d",
            "(?i)k",
            "第?[0-9]{1,3}版",
            "a{0}b",
        ];
        let texts = ["b", "ab", "", "x", "一二", "三", "acd", "d", "K", "k", "第12版", "2版", "ba"];
        for pattern in patterns {
            let whole = regex::Regex::new(&format!("^(?:{pattern})")).unwrap();
            let anywhere = regex::Regex::new(pattern).unwrap();
            for text in texts {
                let told = |at_start| !candidates(&[pattern], at_start, text).is_empty();
                assert!(told(true) || !whole.is_match(text), "{pattern} at the start of {text}");
                assert!(told(false) || !anywhere.is_match(text), "{pattern} in {text}");
            }
        }
    }
}
