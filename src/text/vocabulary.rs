//! What a document says about its own words: which characters it sets next to each other, and
//! which it parts by a space.
//!
//! A wrapped Korean line broke either inside an eojeol or between two. A pair of syllables that the
//! document sets side by side elsewhere belongs together here too; one that it parts by a space is
//! parted here too. What it never shows, the language tells.

use super::class::{Class, class};
use super::continuity::model;
use super::language::Language;
use std::collections::HashMap;

/// What the odds of a space are where neither the document nor the language speaks, what each is worth, and how clearly
/// the model speaks at the most: fitted on the Korean development pages.
const SPACES: f32 = 0.2;
const OF_DOCUMENT: f32 = 0.37;
const OF_LANGUAGE: f32 = 0.54;
const CLEAR: f32 = 8.0;

/// How often two characters stand together and apart.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    together: u32,
    apart: u32,
}

/// Counts over a document of Hangul and what stands beside it.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    pairs: HashMap<(char, char), Tally>,
    /// By the character before the place.
    after: HashMap<char, Tally>,
    /// By the character after the place.
    before: HashMap<char, Tally>,
}

impl Vocabulary {
    /// Counts the pairs in some lines, each taken by itself: what happens at a line's end is what
    /// is to be found out.
    pub fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut counts = Vocabulary::default();
        for line in lines {
            let mut previous: Option<char> = None;
            let mut spaced = false;
            for c in line.chars() {
                if class(c) == Class::Space {
                    spaced = true;
                    continue;
                }
                if let Some(p) = previous
                    && (class(p) == Class::Hangul || class(c) == Class::Hangul)
                {
                    let add = |tally: &mut Tally| {
                        if spaced {
                            tally.apart += 1;
                        } else {
                            tally.together += 1;
                        }
                    };
                    add(counts.pairs.entry((p, c)).or_default());
                    add(counts.after.entry(p).or_default());
                    add(counts.before.entry(c).or_default());
                }
                previous = Some(c);
                spaced = false;
            }
        }
        counts
    }

    /// The odds, as a natural logarithm, that a space stands between two texts of which one or both are Korean at that
    /// place: positive for a space.
    ///
    /// The document speaks by the two characters, the language by the continuity model. On dumps of the five Korean
    /// development pages 97 of 2,084 wraps are decided wrongly so, 110 by the model alone and 340 by the document alone;
    /// weighed on four of the pages each time, and asked on the fifth, 94.
    ///
    /// ```
    /// use pagemend::text::vocabulary::Vocabulary;
    /// let none = Vocabulary::default();
    /// assert!(none.apart("정부가 지난해", "발표한 대책에") > 0.0);
    /// assert!(none.apart("정부가 지난해 발", "표한 대책에") < 0.0);
    /// ```
    pub fn apart(&self, before: &str, after: &str) -> f32 {
        let (Some(left), Some(right)) = (before.chars().next_back(), after.chars().next()) else {
            return 0.0;
        };
        let model = model(Language::Korean, "");
        let spaced = model.spaced(model.tail(before), model.head(after)).clamp(-CLEAR, CLEAR);
        SPACES + OF_DOCUMENT * self.parted(left, right) + OF_LANGUAGE * spaced
    }

    /// The same as the document alone tells by two characters; those it never shows give 0.
    fn parted(&self, left: char, right: char) -> f32 {
        let share = |tally: Option<&Tally>, prior: f32, weight: f32| {
            let tally = tally.copied().unwrap_or_default();
            let (apart, all) = (tally.apart as f32, (tally.apart + tally.together) as f32);
            (apart + prior * weight) / (all + weight)
        };
        let odds = |p: f32| (p / (1.0 - p)).ln();
        // The two single characters speak as independent witnesses against the base rate of spaces
        // (about one place in three in running Korean); the pair itself speaks louder than both.
        const BASE: f32 = 0.33;
        let left_share = share(self.after.get(&left), BASE, 2.0);
        let right_share = share(self.before.get(&right), BASE, 2.0);
        let alone = odds(left_share) + odds(right_share) - odds(BASE);
        let prior = 1.0 / (1.0 + (-alone).exp());
        odds(share(self.pairs.get(&(left, right)), prior, 1.0).clamp(0.001, 0.999))
    }
}
