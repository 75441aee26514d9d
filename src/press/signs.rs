//! Which characters a pattern cannot do without.
//!
//! Most lines of a page hold none of them, and so match nothing: a line that does not begin with `本` is no
//! `本报讯`, and one without `摄` names no photographer. What is asked of every line is therefore whether one
//! of its characters is such a sign, and only the patterns whose sign it is are tried, and only they are ever
//! made into an automaton.

use super::need::{Marks, Need};
use super::written::Written;
use crate::text::words::PairMap;
use std::ops::RangeInclusive;

/// So many characters are as rare at a line's beginning as one of them is anywhere on it.
const RARER_FIRST: usize = 16;

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
    marks: Marks,
    /// How long a text that matches is, in bytes.
    lengths: RangeInclusive<usize>,
}

impl All {
    fn allow(&self, text: &str, marks: Marks) -> bool {
        // The signs are in order, and may be hundreds.
        let is_one = |signs: &[char], c: char| signs.binary_search(&c).is_ok();
        self.lengths.contains(&text.len())
            && marks.are_among(self.marks)
            && self.first.as_ref().is_none_or(|signs| text.starts_with(|c| is_one(signs, c)))
            && self.within.as_ref().is_none_or(|signs| text.contains(|c| is_one(signs, c)))
    }
}

impl Signs {
    /// The signs of some patterns; `at_start` says that they match at a text's beginning alone.
    pub fn of(patterns: &[Written], at_start: bool) -> Signs {
        let mut signs = Signs::default();
        for (n, pattern) in patterns.iter().enumerate() {
            let Need { first, within, marks, shortest, longest } = pattern.need().clone();
            let n = n as u32;
            // An empty match has no beginning.
            let first = first.filter(|chars| at_start && shortest > 0 && !chars.is_empty());
            match (&first, &within) {
                (Some(first), within) if within.as_ref().is_none_or(|w| w.len() * RARER_FIRST > first.len()) => {
                    signs.first.add(first, n);
                }
                (_, Some(within)) => signs.within.add(within, n),
                (_, None) => signs.always.push(n),
            }
            let [first, within] = [first, within].map(|chars| chars.map(Vec::into_boxed_slice));
            // Before a match that stands anywhere there may be as much as likes.
            let most = longest.filter(|_| at_start).unwrap_or(usize::MAX);
            let marks = if at_start { marks } else { Marks::ALL };
            signs.all.push(All { first, within, marks, lengths: shortest..=most });
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
        if !found.is_empty() {
            let marks = Marks::of(text);
            found.retain(|n| self.all[*n as usize].allow(text, marks));
        }
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
    use super::super::written::Words;
    use super::*;
    use std::sync::Arc;

    fn candidates(patterns: &[&str], at_start: bool, text: &str) -> Vec<u32> {
        let words = Arc::<Words>::default();
        let patterns: Vec<Written> = patterns.iter().map(|p| words.pattern(p).unwrap()).collect();
        Signs::of(&patterns, at_start).candidates(text)
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
        assert_eq!(
            candidates(&["甲.*乙$", "甲[^，]*乙$", "甲[^，]*乙"], true, "甲，乙"),
            [0, 2],
            "a whole text has no marks but the match's"
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
            "a[，。]?b$",
            "(a|b)，?",
            "a{0}b",
        ];
        let texts = [
            "b", "ab", "", "x", "一二", "三", "acd", "d", "K", "k", "第12版", "2版", "ba", "a。b", "a、b", "，b",
            "b，。",
        ];
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
