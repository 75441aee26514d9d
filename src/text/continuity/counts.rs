//! Counts n-grams in running text, prunes them, and writes them down so that a person can read
//! them: the source of the packed tables.
//!
//! One line for each stretch of up to three characters, and behind it each character that followed
//! it with how often it did: `区政<TAB>府31策2`.

use super::table::{LONGEST, packed};
use super::{BOUNDARY, Spelling, spelled};
use std::collections::BTreeMap;
use std::fmt::Write;

/// An n-gram is kept where it was counted so often, by its length.
const KEPT: [u32; LONGEST] = [1, 3, 5, 8];

/// How often each n-gram was met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    grams: BTreeMap<Vec<char>, u32>,
}

impl Counts {
    /// Counts a text of one paragraph a line.
    pub fn of(text: &str, spelling: Spelling) -> Self {
        let mut grams: BTreeMap<Vec<char>, u32> = BTreeMap::new();
        let mut line = Vec::new();
        for paragraph in text.lines().filter(|l| !l.trim().is_empty()) {
            line.clear();
            line.push(BOUNDARY);
            line.extend(spelled(paragraph.trim().chars(), spelling));
            line.push(BOUNDARY);
            for length in 1..=LONGEST {
                for gram in line.windows(length) {
                    *grams.entry(gram.to_vec()).or_insert(0) += 1;
                }
            }
        }
        grams.retain(|gram, n| *n >= KEPT[gram.len() - 1]);
        Counts { grams }
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
            let mut behind = behind.chars().peekable();
            while let Some(c) = behind.next() {
                let mut digits = String::new();
                while let Some(d) = behind.next_if(char::is_ascii_digit) {
                    digits.push(d);
                }
                let mut gram: Vec<char> = before.chars().map(unescaped).collect();
                gram.push(unescaped(c));
                grams.insert(gram, digits.parse().map_err(|_| wrong())?);
            }
        }
        Ok(Counts { grams })
    }

    /// The counts as text.
    pub fn written(&self) -> String {
        let mut out = String::new();
        let mut before: Option<&[char]> = None;
        // Those of one stretch stand together, the shorter ones first.
        let mut grams: Vec<_> = self.grams.iter().collect();
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
        packed(self.grams.iter().map(|(gram, count)| (gram.as_slice(), *count)))
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
        assert!(counts.written().contains("会议\t¶9强18"), "{}", counts.written());
        assert_eq!(Counts::parsed(&counts.written()).as_ref(), Ok(&counts));
        assert!(Counts::parsed("会议").is_err());
    }
}
