//! Counts n-grams in running text, keeps those that tell something, and writes them down so that a person can read
//! them: the source of the packed tables.
//!
//! An n-gram tells something where its last character is likelier behind the others than the same text without its
//! first character makes it, and the more the oftener it was met: that, the loss of likelihood of the text if the
//! n-gram were left out, is what n-grams are chosen by (relative entropy, Stolcke 1998, without the change of what is
//! left for the rest). With 200,000 of them the next of 20 lines was found for .45 of the lines of Chinese pages, and
//! for .39 where they had been chosen by their counts (and were smoothed in another way).
//!
//! One line for each stretch of up to three characters, and behind it each character that followed
//! it with how often it did: `区政<TAB>府31策2`.

use super::table::{Gram, LONGEST, packed};
use super::{BOUNDARY, NOTHING, Spelling, UNMET, spelled};
use std::collections::BTreeMap;
use std::fmt::Write;

/// So many n-grams of each language are kept.
const KEPT: usize = 210_000;

/// From so many times on an n-gram is kept, by its length.
const SELDOM: [u32; LONGEST] = [1, 1, 2, 2];

/// How dear a place in the table is, by the n-gram's length: shorter ones help more texts that were never met.
const DEAR: [f64; LONGEST] = [0.0, 0.4, 0.7, 1.5];

/// What is taken off each count for what was never met, by the n-gram's length. A tenth more or less changes nothing.
const DISCOUNT: [f64; LONGEST] = [0.0, 0.5, 0.6, 0.7];

/// What a character counts that was never met.
const NEVER: f64 = 0.3;

/// Up to [`LONGEST`] characters, padded with what no n-gram has: they sort as texts do.
type Stretch = [char; LONGEST];

/// How often each n-gram was met. Of each one that is there, those that it begins with are there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    grams: BTreeMap<Stretch, u32>,
}

impl Counts {
    /// Counts a text of one paragraph a line.
    pub fn of(text: &str, spelling: Spelling) -> Self {
        Counts::kept_of(text, spelling, KEPT)
    }

    /// The same, with so many n-grams kept.
    fn kept_of(text: &str, spelling: Spelling, most: usize) -> Self {
        let mut grams: BTreeMap<Stretch, u32> = BTreeMap::new();
        let mut line = Vec::new();
        for paragraph in text.lines().filter(|l| !l.trim().is_empty()) {
            line.clear();
            line.push(BOUNDARY);
            line.extend(spelled(paragraph.trim().chars(), spelling));
            line.push(BOUNDARY);
            for length in 1..=LONGEST {
                for gram in line.windows(length) {
                    *grams.entry(stretch(gram)).or_insert(0) += 1;
                }
            }
        }
        Counts { grams }.telling(most)
    }

    /// The `most` n-grams that tell most, and those that they begin with.
    fn telling(self, most: usize) -> Self {
        let estimate = self.estimate();
        let mut told: Vec<(f64, &Stretch)> = Vec::new();
        let mut kept: BTreeMap<Stretch, u32> = BTreeMap::new();
        for (gram, count) in &self.grams {
            let length = characters(gram).len();
            if length == 1 {
                kept.insert(*gram, *count);
            } else if *count >= SELDOM[length - 1] {
                let [all @ .., _] = characters(gram) else { continue };
                let without = estimate[&stretch(all)].rest.unwrap_or(0.0) + likely(&estimate, &characters(gram)[1..]);
                told.push((f64::from(*count) * (estimate[gram].likely - without) / DEAR[length - 1], gram));
            }
        }
        told.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        for (_, gram) in told.iter().take_while(|(tells, _)| *tells > 0.0) {
            if kept.len() >= most {
                break;
            }
            let all = characters(gram);
            for length in 2..=all.len() {
                let beginning = stretch(&all[..length]);
                kept.insert(beginning, self.grams[&beginning]);
            }
        }
        Counts { grams: kept }
    }

    /// What each n-gram says, as logarithms.
    fn estimate(&self) -> BTreeMap<Stretch, Estimate> {
        let singles = self.grams.iter().filter(|(gram, _)| characters(gram).len() == 1);
        let all: f64 = singles.clone().map(|(_, count)| f64::from(*count)).sum();
        let single = |count: &u32| ((f64::from(*count) + NEVER) / all).ln();
        let mut estimate: BTreeMap<Stretch, Estimate> =
            singles.map(|(gram, count)| (*gram, Estimate { likely: single(count), rest: None })).collect();
        for length in 2..=LONGEST {
            // Of each beginning, how likely all that is kept behind it is, and would be behind one character less.
            let mut spent: BTreeMap<Stretch, (f64, f64)> = BTreeMap::new();
            let mut these = Vec::new();
            for (gram, count) in self.grams.iter().filter(|(gram, _)| characters(gram).len() == length) {
                let beginning = stretch(&characters(gram)[..length - 1]);
                // An edge is counted at both ends of a paragraph, and one of them has something behind it.
                let ends = if beginning == stretch(&[BOUNDARY]) { 0.5 } else { 1.0 };
                let times = ends * f64::from(self.grams[&beginning]);
                let share = (f64::from(*count) - DISCOUNT[length - 1]).max(0.01) / times;
                let shorter = likely(&estimate, &characters(gram)[1..]).exp();
                let spent = spent.entry(beginning).or_default();
                *spent = (spent.0 + share, spent.1 + shorter);
                these.push((*gram, Estimate { likely: share.ln(), rest: None }));
            }
            estimate.extend(these);
            for (beginning, (here, shorter)) in spent {
                const LEAST: f64 = 1e-4;
                let rest = ((1.0 - here).max(LEAST) / (1.0 - shorter).max(LEAST)).ln();
                estimate.get_mut(&beginning).expect("an n-gram's beginning is there").rest = Some(rest);
            }
        }
        estimate
    }

    /// Reads counts as [`written`](Counts::written) writes them.
    ///
    /// # Errors
    /// Names the first line that is not of that form.
    pub fn parsed(text: &str) -> Result<Self, String> {
        let mut grams = BTreeMap::new();
        for (at, line) in text.lines().enumerate() {
            let wrong = || format!("line {}: expected `stretch<TAB>character and count, …`", at + 1);
            let (before, behind) = line.split_once('\t').ok_or_else(wrong)?;
            let mut gram: Vec<char> = before.chars().map(unescaped).collect();
            if gram.len() >= LONGEST || !gram.is_empty() && !grams.contains_key(&stretch(&gram)) {
                return Err(format!("line {}: expected a stretch that a line above counts", at + 1));
            }
            let mut behind = behind.chars().peekable();
            while let Some(c) = behind.next() {
                let mut digits = String::new();
                while let Some(d) = behind.next_if(char::is_ascii_digit) {
                    digits.push(d);
                }
                gram.push(unescaped(c));
                grams.insert(stretch(&gram), digits.parse().map_err(|_| wrong())?);
                gram.pop();
            }
        }
        Ok(Counts { grams })
    }

    /// The counts as text.
    pub fn written(&self) -> String {
        let mut out = String::new();
        let mut before: Option<&[char]> = None;
        // Those of one stretch stand together, the shorter ones first.
        let mut grams: Vec<_> = self.grams.iter().map(|(gram, count)| (characters(gram), count)).collect();
        grams.sort_by_key(|(gram, _)| (gram.len(), *gram));
        for (gram, count) in grams {
            let (last, head) = gram.split_last().expect("an n-gram has a character");
            if before != Some(head) {
                if before.is_some() {
                    out.push('\n');
                }
                out.extend(head.iter().map(|c| escaped(*c)));
                out.push('\t');
                before = Some(head);
            }
            write!(out, "{}{count}", escaped(*last)).expect("writing to a string");
        }
        out.push('\n');
        out
    }

    /// The table that is embedded.
    pub fn packed(&self) -> Vec<u8> {
        let estimate = self.estimate();
        packed(estimate.iter().map(|(gram, Estimate { likely, rest })| {
            (characters(gram), Gram { likely: *likely as f32, rest: rest.map(|rest| rest as f32) })
        }))
    }

    /// How many n-grams are kept.
    pub fn len(&self) -> usize {
        self.grams.len()
    }

    /// True where nothing was kept.
    pub fn is_empty(&self) -> bool {
        self.grams.is_empty()
    }
}

/// As [`Gram`], before it is packed.
struct Estimate {
    likely: f64,
    rest: Option<f64>,
}

/// How likely a text's last character is behind the others, as a logarithm.
fn likely(estimate: &BTreeMap<Stretch, Estimate>, text: &[char]) -> f64 {
    match (estimate.get(&stretch(text)), text) {
        (Some(gram), _) => gram.likely,
        (None, [all @ .., _]) if !all.is_empty() => {
            let rest = estimate.get(&stretch(all)).and_then(|gram| gram.rest);
            rest.unwrap_or(0.0) + likely(estimate, &text[1..])
        }
        _ => f64::from(UNMET),
    }
}

fn stretch(text: &[char]) -> Stretch {
    let mut padded = [NOTHING; LONGEST];
    padded[..text.len()].copy_from_slice(text);
    padded
}

fn characters(stretch: &Stretch) -> &[char] {
    let length = stretch.iter().take_while(|c| **c != NOTHING).count();
    &stretch[..length]
}

/// Digits count, so a number in the text is written as this, and a paragraph's edge as that.
const DIGIT_AS: char = '#';
const BOUNDARY_AS: char = '¶';

fn escaped(c: char) -> char {
    match c {
        '0' => DIGIT_AS,
        BOUNDARY => BOUNDARY_AS,
        c => c,
    }
}

fn unescaped(c: char) -> char {
    match c {
        DIGIT_AS => '0',
        BOUNDARY_AS => BOUNDARY,
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_they_are_written() {
        let text = "会议强调，2020年会议强调，\n会议\n".repeat(9);
        let counts = Counts::of(&text, Spelling::Unspaced);
        assert!(counts.written().contains("\n会\t议27\n"), "{}", counts.written());
        assert_eq!(Counts::parsed(&counts.written()).as_ref(), Ok(&counts));
        assert!(Counts::parsed("会议").is_err());
        assert!(Counts::parsed("\t会9\n议强\t调9\n").is_err(), "how often the stretch was met is not there");
    }

    #[test]
    fn an_n_gram_is_kept_where_shorter_ones_say_less() {
        // 作 stands behind 治工 whatever is before, and 政 makes it no likelier; 府 stands behind 政 for half of them.
        let text = "政治工作。政府工人。法治工作。地方工会。\n".repeat(40);
        let counts = Counts::kept_of(&text, Spelling::Unspaced, 40);
        let has = |gram: &str| counts.grams.contains_key(&stretch(&gram.chars().collect::<Vec<_>>()));
        assert!(has("政府") && has("治工作") && !has("政治工作"), "{}", counts.written());
    }

    #[test]
    fn what_every_paragraph_opens_with_is_sure_to_open_one() {
        let counts = Counts::of(&"会议强调，工作重要。\n".repeat(40), Spelling::Unspaced);
        let opens = counts.estimate()[&stretch(&[BOUNDARY, '会'])].likely;
        assert!(opens > 0.9f64.ln(), "{opens}: an edge is counted twice for each paragraph");
    }
}
