//! Counts of character n-grams, packed so that they are read from the binary as they lie.
//!
//! A table is an array of slots of three bytes: two bytes that tell one n-gram from another, and
//! the logarithm of its count. The place of an n-gram is its hash; where that slot is taken, it
//! lies in one of the next. Looking up is one multiplication a character and, most often, one read.

use std::sync::LazyLock;

/// The longest n-gram that is counted, in characters.
pub const LONGEST: usize = 4;

/// Steps of the stored logarithm to the natural one.
const STEPS: f32 = 16.0;

/// Bytes of a slot.
const SLOT: usize = 3;

/// Slots for each hundred n-grams.
const ROOM: usize = 130;

/// A table as it lies in memory.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    slots: &'static [u8],
}

impl Table {
    /// A table over the bytes that [`packed`] made.
    pub const fn new(slots: &'static [u8]) -> Self {
        Table { slots }
    }

    /// How often an n-gram was counted, to about 3 %; 0 where it was not, or too seldom to be kept.
    pub fn count(self, gram: &[char]) -> f32 {
        let all = self.slots.len() / SLOT;
        let (mark, mut at) = place(gram, all);
        loop {
            match self.slots[at * SLOT..at * SLOT + SLOT] {
                [_, _, 0] => return 0.0,
                [a, b, level] if [a, b] == mark => return COUNTS[usize::from(level)],
                _ => at = if at + 1 == all { 0 } else { at + 1 },
            }
        }
    }
}

/// What each level stands for.
static COUNTS: LazyLock<[f32; 256]> =
    LazyLock::new(|| std::array::from_fn(|level| ((level as f32 - 1.0) / STEPS).exp()));

/// The mark of an n-gram and the first slot it may lie in.
fn place(gram: &[char], slots: usize) -> ([u8; 2], usize) {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for c in gram {
        hash = (hash ^ u64::from(u32::from(*c))).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 29;
    }
    // The upper half chooses the slot, the lower bits tell apart.
    let slot = ((hash >> 32) * slots as u64) >> 32;
    ((hash as u16).to_le_bytes(), slot as usize)
}

/// Packs counts. The same counts in the same order give the same bytes.
pub fn packed<'a>(grams: impl ExactSizeIterator<Item = (&'a [char], u32)>) -> Vec<u8> {
    let all = grams.len() * ROOM / 100 + 1;
    let mut slots = vec![0; all * SLOT];
    for (gram, count) in grams {
        let (mark, mut at) = place(gram, all);
        while slots[at * SLOT + 2] != 0 {
            at = (at + 1) % all;
        }
        let level = ((count.max(1) as f32).ln() * STEPS).round().min(254.0) as u8 + 1;
        slots[at * SLOT..at * SLOT + SLOT].copy_from_slice(&[mark[0], mark[1], level]);
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_found() {
        let grams: Vec<(Vec<char>, u32)> =
            (0..5000u32).map(|n| (format!("{n}会").chars().collect(), n % 700 + 1)).collect();
        let bytes = packed(grams.iter().map(|(g, n)| (g.as_slice(), *n)));
        let table = Table::new(bytes.leak());
        let found = |(gram, count): &&(Vec<char>, u32)| (table.count(gram) / *count as f32 - 1.0).abs() < 0.04;
        // Two n-grams of one mark that lie side by side are taken for each other: one in thousands.
        let right = grams.iter().filter(found).count();
        assert!(right >= grams.len() - 5, "{right} of {}", grams.len());
        assert_eq!(table.count(&['无']), 0.0);
    }
}
