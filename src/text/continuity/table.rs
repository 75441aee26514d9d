//! What is known of character n-grams, packed so that it is read from the binary as it lies.
//!
//! A table is an array of slots of four bytes: two that tell one n-gram from another, and the two logarithms of a
//! [`Gram`]. The place of an n-gram is its hash; where that slot is taken, it lies in one of the next. Looking up is
//! one multiplication a character and, most often, one read.

/// The longest n-gram that is counted, in characters.
pub const LONGEST: usize = 4;

/// Steps of the stored logarithms to the natural one.
const STEPS: f32 = 16.0;

/// The level at which the rest is as likely as behind one character less.
const EVEN: f32 = 176.0;

/// Bytes of a slot.
const SLOT: usize = 4;

/// Slots for each hundred n-grams.
const ROOM: usize = 125;

/// What is known of an n-gram.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gram {
    /// The natural logarithm of how likely its last character is behind the others.
    pub likely: f32,
    /// By how much, as a logarithm, the characters that no longer n-gram has are likelier behind it than behind one
    /// character less. None where there is no longer one.
    pub rest: Option<f32>,
}

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

    /// What is known of an n-gram, to about 3 %; nothing where it was not kept.
    pub fn get(self, gram: &[char]) -> Option<Gram> {
        let all = self.slots.len() / SLOT;
        let (mark, mut at) = place(gram, all);
        loop {
            match self.slots[at * SLOT..at * SLOT + SLOT] {
                [_, _, 0, _] => return None,
                [a, b, likely, rest] if [a, b] == mark => {
                    let rest = (rest != 0).then(|| (f32::from(rest) - EVEN) / STEPS);
                    return Some(Gram { likely: (1.0 - f32::from(likely)) / STEPS, rest });
                }
                _ => at = if at + 1 == all { 0 } else { at + 1 },
            }
        }
    }
}

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

/// Packs n-grams. The same ones in the same order give the same bytes.
pub fn packed<'a>(grams: impl ExactSizeIterator<Item = (&'a [char], Gram)>) -> Vec<u8> {
    let all = grams.len() * ROOM / 100 + 1;
    let mut slots = vec![0; all * SLOT];
    for (gram, Gram { likely, rest }) in grams {
        let (mark, mut at) = place(gram, all);
        while slots[at * SLOT + 2] != 0 {
            at = (at + 1) % all;
        }
        let likely = (1.0 - likely * STEPS).round().clamp(1.0, 255.0) as u8;
        let rest = rest.map_or(0, |rest| (EVEN + rest * STEPS).round().clamp(1.0, 255.0) as u8);
        slots[at * SLOT..at * SLOT + SLOT].copy_from_slice(&[mark[0], mark[1], likely, rest]);
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_found() {
        let grams: Vec<(Vec<char>, Gram)> = (0..5000u32)
            .map(|n| {
                let rest = (n % 3 > 0).then_some((n % 80) as f32 / -10.0 + 2.0);
                (format!("{n}会").chars().collect(), Gram { likely: (n % 700) as f32 / -50.0, rest })
            })
            .collect();
        let bytes = packed(grams.iter().map(|(text, gram)| (text.as_slice(), *gram)));
        let table = Table::new(bytes.leak());
        let found = |(text, gram): &&(Vec<char>, Gram)| {
            table.get(text).is_some_and(|found| {
                let near = |a: f32, b: f32| (a - b).abs() < 0.04;
                near(found.likely, gram.likely)
                    && match (found.rest, gram.rest) {
                        (None, None) => true,
                        (Some(a), Some(b)) => near(a, b),
                        _ => false,
                    }
            })
        };
        // Two n-grams of one mark that lie side by side are taken for each other: one in thousands.
        let right = grams.iter().filter(found).count();
        assert!(right >= grams.len() - 5, "{right} of {}", grams.len());
        assert_eq!(table.get(&['无']), None);
    }
}
