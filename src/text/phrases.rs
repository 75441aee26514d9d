//! What a page says more than once: characters that stand together across a seam and also within a
//! line of the same page belong together.
//!
//! ```text
//! 加沙地带多地持续遭以军袭击 巴武装派          派 | 别向: the body has `巴勒斯坦武装派别向`,
//! 别向以南部发射火箭弹                        so 装派别 and 派别向 are one phrase
//! ```
//!
//! No model of the language knows a page's names and terms; the page does.

use super::class::{Class, class};

/// Bits for each character: so many leave few places taken by chance.
const SPARSE: usize = 16;

/// The phrases of three characters within lines, as marks in a table: a phrase that is there is
/// found, one that is not is found by chance now and then.
pub struct Phrases {
    marks: Vec<u64>,
    shift: u32,
}

impl Phrases {
    /// The phrases of some lines.
    pub fn of<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Phrases {
        let characters: usize = lines.clone().map(|l| l.len() / 3 + 1).sum();
        let bits = (characters * SPARSE).next_power_of_two().max(1 << 12);
        let mut phrases = Phrases { marks: vec![0; bits / 64], shift: 64 - bits.trailing_zeros() };
        for line in lines {
            let mut before = [None; 2];
            for c in line.chars() {
                let here = word(c);
                if let ([Some(a), Some(b)], Some(c)) = (before, here) {
                    let (at, bit) = phrases.place([a, b, c]);
                    phrases.marks[at] |= bit;
                }
                before = [before[1], here];
            }
        }
        phrases
    }

    fn place(&self, phrase: [char; 3]) -> (usize, u64) {
        // Three code points have 63 bits; the multiplier is 2^64 over the golden ratio.
        let key = phrase.iter().fold(0u64, |key, c| key << 21 | u64::from(u32::from(*c)));
        let hash = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift;
        ((hash / 64) as usize, 1 << (hash % 64))
    }

    fn has(&self, phrase: [Option<char>; 3]) -> bool {
        let [Some(a), Some(b), Some(c)] = phrase else { return false };
        let (at, bit) = self.place([a, b, c]);
        self.marks[at] & bit != 0
    }

    /// How many of the two phrases across the seam between two texts stand within some line.
    pub fn across(&self, before: &str, after: &str) -> u8 {
        let mut last = before.chars().rev().map(word);
        let mut first = after.chars().map(word);
        let (b, a) = (last.next().flatten(), last.next().flatten());
        let (c, d) = (first.next().flatten(), first.next().flatten());
        u8::from(self.has([a, b, c])) + u8::from(self.has([b, c, d]))
    }
}

/// A character of a word; digits stand together by chance.
fn word(c: char) -> Option<char> {
    let kind = class(c);
    (kind.is_word() && kind != Class::Digit).then_some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_said_elsewhere_is_found_across_a_seam() {
        let lines = ["遭袭击 巴武装派", "别向以南发射", "军", "巴勒斯坦武装派别向以色列"];
        let said = Phrases::of(lines.into_iter());
        assert_eq!(said.across(lines[0], lines[1]), 2);
        assert_eq!(said.across(lines[1], lines[2]), 0);
        assert_eq!(said.across("武装派", ""), 0);
    }
}
