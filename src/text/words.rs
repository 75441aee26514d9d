//! Which texts of a page share words, and how rare those words are on it.
//!
//! Pairs of neighbouring characters serve for words: no dictionary, the same for all three
//! languages. Two kana make no pair; they are grammar and stand everywhere.
//!
//! Shared characters and pairs, weighted by how rare they are on the page, matched 90.9 % of 909
//! headlines to their bodies on a Shanghai newspaper of 1920–39.

use crate::text::class::{Class, class};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A page of fewer runs than this tells little about which words are rare; it counts as this many.
const FEW: usize = 8;

/// A hasher for pairs of characters: one multiplication. Nobody gains by making them collide; a
/// page of chosen collisions would be slow, not wrong, and pages have tens of thousands of characters.
#[derive(Default)]
pub struct PairHasher(u64);

impl Hasher for PairHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.write_u64(u64::from(*b));
        }
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 ^= self.0 >> 32;
    }
}

/// A map from pairs, of characters or of anything that has a number.
pub type PairMap<T> = HashMap<u64, T, BuildHasherDefault<PairHasher>>;

/// The pairs of some lines, each once.
pub fn pairs<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<u64> {
    let mut out = Vec::new();
    let mut before: Option<(char, Class)> = None;
    // A wrap parts no word, so a pair may reach over it.
    for c in lines.flat_map(str::chars) {
        let kind = class(c);
        if matches!(kind, Class::Space | Class::Control) && before.is_none_or(|(_, k)| k.is_unspaced()) {
            continue;
        }
        if !kind.is_word() {
            before = None;
            continue;
        }
        if let Some((b, k)) = before
            && !(k == Class::Kana && kind == Class::Kana)
            && !(k == Class::Digit && kind == Class::Digit)
        {
            out.push(u64::from(b as u32) << 32 | u64::from(c as u32));
        }
        before = Some((c, kind));
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The pairs of every run of text on a page, and where each stands.
pub struct Words {
    /// The number of each pair.
    numbers: PairMap<u32>,
    /// The runs that hold each pair, rising: those of pair `n` are `starts[n]..starts[n + 1]` of `runs`.
    starts: Vec<u32>,
    runs: Vec<u32>,
    count: usize,
    /// How much a pair says that stands in so many runs.
    weights: Vec<f32>,
    /// For each run the sum of its pairs' weights.
    mass: Vec<f32>,
}

impl Words {
    /// Counts the pairs of each run.
    pub fn of(runs: &[Vec<u64>]) -> Words {
        let total = runs.iter().map(Vec::len).sum();
        let mut numbers: PairMap<u32> = PairMap::with_capacity_and_hasher(total, BuildHasherDefault::default());
        let mut numbered: Vec<u32> = Vec::with_capacity(total);
        // Where the runs of each pair begin: how many it has first, where they end next.
        let mut starts: Vec<u32> = vec![0];
        for pair in runs.iter().flatten() {
            let number = *numbers.entry(*pair).or_insert_with(|| {
                starts.push(0);
                starts.len() as u32 - 2
            });
            starts[number as usize] += 1;
            numbered.push(number);
        }
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        let mut flat = vec![0u32; total];
        let mut backward = numbered.iter().rev();
        for (i, pairs) in runs.iter().enumerate().rev() {
            for number in backward.by_ref().take(pairs.len()) {
                let place = &mut starts[*number as usize];
                *place -= 1;
                flat[*place as usize] = i as u32;
            }
        }
        let all = runs.len().max(FEW) as f32 + 1.0;
        let weights = (0..=runs.len()).map(|n| (all / n.max(1) as f32).ln().powi(2)).collect();
        let mass = vec![0.0; runs.len()];
        let mut words = Words { numbers, starts, runs: flat, count: runs.len(), weights, mass };
        let mut numbered = numbered.iter();
        for (i, pairs) in runs.iter().enumerate() {
            let own = numbered.by_ref().take(pairs.len());
            words.mass[i] = own.map(|n| words.weight(words.holders(*n).len())).sum();
        }
        words
    }

    /// The runs that hold a pair, by its number.
    fn holders(&self, number: u32) -> &[u32] {
        let [start, end] = [0, 1].map(|n| self.starts[number as usize + n] as usize);
        &self.runs[start..end]
    }

    /// The runs that hold a pair.
    fn of_pair(&self, pair: u64) -> &[u32] {
        self.numbers.get(&pair).map_or(&[], |number| self.holders(*number))
    }

    /// How much a pair says that stands in `runs` of all runs.
    fn weight(&self, runs: usize) -> f32 {
        self.weights[runs]
    }

    /// How alike two runs are, for every two that stand at most `reach` apart: the weight of the
    /// pairs they share over the geometric mean of all they have.
    pub fn alike(&self, reach: usize) -> Alike {
        let mut shared = vec![0f32; self.count * reach];
        for runs in (0..self.numbers.len() as u32).map(|n| self.holders(n)) {
            let weight = self.weight(runs.len());
            for (n, a) in runs.iter().enumerate() {
                for b in runs[n + 1..].iter().take_while(|b| (**b - a) as usize <= reach) {
                    shared[*a as usize * reach + (b - a) as usize - 1] += weight;
                }
            }
        }
        for a in 0..self.count {
            for d in 1..=reach.min(self.count - 1 - a) {
                let mass = self.mass[a] * self.mass[a + d];
                let cell = &mut shared[a * reach + d - 1];
                *cell = if mass > 0.0 { *cell / mass.sqrt() } else { 0.0 };
            }
        }
        Alike { reach, shared }
    }

    /// How alike two runs are, wherever they stand; `pairs` are the pairs of each, as they were counted.
    pub fn likeness(&self, [a, b]: [usize; 2], pairs: &[Vec<u64>]) -> f32 {
        let both = pairs[a].iter().filter(|p| pairs[b].binary_search(p).is_ok());
        let shared: f32 = both.map(|p| self.weight(self.of_pair(*p).len())).sum();
        let mass = self.mass[a] * self.mass[b];
        if mass > 0.0 { shared / mass.sqrt() } else { 0.0 }
    }

    /// A text as far as its words stand on the page.
    pub fn known(&self, pairs: &[u64]) -> Known {
        let numbers: Vec<u32> = pairs.iter().filter_map(|p| self.numbers.get(p).copied()).collect();
        Known { nowhere: pairs.len() - numbers.len(), numbers }
    }

    /// The share of a text's pairs, by weight, that stand in some of the runs `from..=to` but
    /// `except` (its own, where it is one). A pair that stands nowhere else says little and counts
    /// little.
    pub fn covered(&self, text: &Known, from: usize, to: usize, except: Option<usize>) -> f32 {
        const NOWHERE: f32 = 0.3;
        let nowhere = NOWHERE * self.weight(0);
        let (mut found, mut all) = (0.0, nowhere * text.nowhere as f32);
        for number in &text.numbers {
            let runs = self.holders(*number);
            if runs.iter().all(|r| Some(*r as usize) == except) {
                all += nowhere;
                continue;
            }
            let weight = self.weight(runs.len());
            all += weight;
            let at = runs.partition_point(|r| (*r as usize) < from);
            let here = runs[at..].iter().take_while(|r| **r as usize <= to);
            if here.into_iter().any(|r| Some(*r as usize) != except) {
                found += weight;
            }
        }
        if all > 0.0 { found / all } else { 0.0 }
    }
}

/// A text by its pairs: the numbers of those that stand in some run, and how many stand in none.
#[derive(Debug, Clone, Default)]
pub struct Known {
    numbers: Vec<u32>,
    nowhere: usize,
}

/// How alike neighbouring runs are.
pub struct Alike {
    reach: usize,
    shared: Vec<f32>,
}

impl Alike {
    /// The likeness of runs `a < b`; 0 where they stand too far apart.
    pub fn get(&self, a: usize, b: usize) -> f32 {
        if b <= a || b - a > self.reach { 0.0 } else { self.shared[a * self.reach + b - a - 1] }
    }
}
