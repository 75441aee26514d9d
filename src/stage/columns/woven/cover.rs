//! Which lines stand below each other: the columns as paths over the lines.
//!
//! Every line is followed by at most one and follows at most one, so the columns are a path cover of
//! the lines, and the best cover is wanted. Columns keep their order from row to row, but for rows
//! that stand a little higher or lower than their neighbours: the column that has waited longest is
//! the next, and one that another overtook has ended, or is late once. A beam search goes down the
//! lines with the columns that are open: what a line says depends on the measure of its column, which
//! only the way so far can tell.

use super::weave::{EQUAL, Fill, WAITING, Weave};
use super::weights::{self as of, Tally};

/// Ways that are followed at once.
const WAYS: usize = 16;

/// A column that was overtaken more often than this is over.
const LATEST: u8 = 3;

/// A measure that was seen so often moves no further.
const SETTLED: u8 = 8;

/// An open column.
#[derive(Debug, Clone)]
struct Open {
    last: usize,
    /// The measure, in ems, how many full lines showed it, and how its last line fills it. `None` where
    /// one line has been seen.
    measure: Option<(f32, u8, Fill)>,
    /// The first line of the column that was opened right beside it.
    right: Option<usize>,
    /// How often another column went on before it did.
    overtaken: u8,
    /// It was given up together with the one before it.
    too: bool,
}

/// The columns that are open, the one that has waited longest first.
#[derive(Debug, Clone, Default)]
pub struct Row {
    open: Vec<Open>,
    /// The last line opened a column.
    opened: bool,
}

/// Where a line goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Goes {
    Below(usize),
    Opens,
}

impl Row {
    /// Every way that line `j` can go: the line it stands below, and what speaks for it.
    pub fn choices<T: Tally>(&self, weave: &Weave, j: usize) -> Vec<(Option<usize>, T)> {
        self.ways(weave, j).into_iter().map(|(goes, tally, _)| (self.above(goes), tally)).collect()
    }

    /// The row behind line `j` that stands below line `above`, or opens a column where that is no open
    /// one's last.
    #[must_use]
    pub fn with(&self, weave: &Weave, j: usize, above: Option<usize>) -> Row {
        let at = self.open.iter().position(|c| Some(c.last) == above);
        self.after(weave, j, at.map_or(Goes::Opens, Goes::Below))
    }

    fn above(&self, goes: Goes) -> Option<usize> {
        match goes {
            Goes::Below(at) => Some(self.open[at].last),
            Goes::Opens => None,
        }
    }

    /// Every way with a number that tells the rows behind it apart.
    fn ways<T: Tally>(&self, weave: &Weave, j: usize) -> Vec<(Goes, T, u64)> {
        let mut key = self.open.iter().fold(0, |key, c| key ^ mark(c.last, c.overtaken));
        let mut ways = Vec::with_capacity(self.open.len() + 1);
        let mut tally = T::default();
        weave.opens(j, self.opened, &mut tally);
        ways.push((Goes::Opens, tally, key ^ mark(j, 0)));
        let mut given_up = T::default();
        let mut too = false;
        for (at, column) in self.open.iter().enumerate() {
            key ^= mark(column.last, column.overtaken);
            if j - column.last > WAITING {
                continue;
            }
            let mut tally = given_up.clone();
            weave.below(column.last, column.measure.map(|(m, _, fill)| (fill, m)), j, &mut tally);
            if column.overtaken > 0 {
                let mut ended = T::default();
                column.ends(weave, column.too, &mut ended);
                tally.join(&ended, -1.0);
                weave.count(&mut tally, of::LATE, 1.0);
            }
            ways.push((Goes::Below(at), tally, key ^ mark(j, 0)));
            if column.overtaken == 0 {
                column.ends(weave, too, &mut given_up);
                too = true;
            }
            if column.overtaken < LATEST {
                key ^= mark(column.last, column.overtaken + 1);
            }
        }
        ways
    }

    /// The row when line `j` has gone so.
    fn after(&self, weave: &Weave, j: usize, goes: Goes) -> Row {
        let mut open = Vec::with_capacity(self.open.len() + 1);
        let waits = |column: &&Open| j - column.last <= WAITING;
        let Goes::Below(at) = goes else {
            open.extend(self.open.iter().filter(waits).cloned());
            let new = match open.last_mut() {
                Some(before) if self.opened => before.beside(weave, j),
                _ => Open::at(j, None),
            };
            open.push(new);
            return Row { open, opened: true };
        };
        let mut too = false;
        for column in &self.open[..at] {
            if waits(&column) && column.overtaken < LATEST {
                let first = column.overtaken == 0;
                open.push(Open {
                    overtaken: column.overtaken + 1,
                    too: if first { too } else { column.too },
                    ..column.clone()
                });
                too |= first;
            }
        }
        open.extend(self.open[at + 1..].iter().filter(waits).cloned());
        open.push(self.open[at].on(weave, j));
        Row { open, opened: false }
    }
}

/// Stands for an open column in a number that tells rows apart.
fn mark(last: usize, overtaken: u8) -> u64 {
    let n = (last as u64 * 4 + u64::from(overtaken) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (n ^ n >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

impl Open {
    fn at(first: usize, measure: Option<(f32, u8, Fill)>) -> Open {
        Open { last: first, measure, right: None, overtaken: 0, too: false }
    }

    fn ends<T: Tally>(&self, weave: &Weave, too: bool, tally: &mut T) {
        weave.ends(self.last, self.measure.map(|(_, _, fill)| fill), self.right, too, tally);
    }

    /// A column opened by the line behind this one's only line. Two that begin side by side may show
    /// each other's measure: the first is one text's beginning and set in, the second goes on with it.
    fn beside(&mut self, weave: &Weave, j: usize) -> Open {
        let (here, there) = (weave.line(self.last).most, weave.line(j).most);
        let by = there - here;
        let measure = match self.measure {
            _ if by.abs() <= EQUAL => Some(self.measure.map_or((there, Fill::Full), |(m, _, fill)| (m, fill))),
            None if weave.is_indent(by) => Some((there, Fill::SetIn)),
            None if weave.is_indent(-by) => Some((here, Fill::Full)),
            Some((m, _, fill)) if matches!(weave.fill(j, m), Fill::Full | Fill::SetIn) => Some((m, fill)),
            _ => None,
        };
        let Some((measure, fill)) = measure else {
            return Open::at(j, None);
        };
        self.measure = Some((measure, self.measure.map_or(1, |(_, seen, _)| seen), fill));
        self.right = Some(j);
        Open::at(j, Some((measure, 1, weave.fill(j, measure))))
    }

    /// The column with another line.
    fn on(&self, weave: &Weave, j: usize) -> Open {
        let most = weave.line(j).most;
        let measure = match self.measure {
            None => {
                let alone = weave.line(self.last).most;
                if (most - alone).abs() <= LIKE {
                    ((most + alone) / 2.0, 2, Fill::Full)
                } else if most > alone {
                    (most, 1, Fill::Full)
                } else {
                    (alone, 1, weave.fill(j, alone))
                }
            }
            Some((measure, seen, _)) => match weave.fill(j, measure) {
                Fill::Full => {
                    let seen = seen.saturating_add(1);
                    let share = f32::from(seen.min(SETTLED));
                    (measure + (most.min(measure + 1.0) - measure) / share, seen, Fill::Full)
                }
                Fill::Wide if seen <= 1 => (most, 1, Fill::Full),
                fill => (measure, seen, fill),
            },
        };
        Open { last: j, measure: Some(measure), right: self.right, overtaken: 0, too: false }
    }
}

/// The first two lines of a column are as wide as each other within this, in ems.
const LIKE: f32 = 1.1;

/// A way down to some line.
struct Way {
    score: f32,
    row: Row,
    /// The last step.
    step: usize,
}

/// For each line the one that it stands below.
pub fn cover(weave: &Weave) -> Vec<Option<usize>> {
    // Every step of every way: the step before, and the line above.
    let mut steps: Vec<(usize, Option<usize>)> = vec![(0, None)];
    let mut ways = vec![Way { score: 0.0, row: Row::default(), step: 0 }];
    for j in 0..weave.lines() {
        let mut next: Vec<(f32, u64, usize, Goes)> = Vec::new();
        for (from, way) in ways.iter().enumerate() {
            let found = way.row.ways::<f32>(weave, j).into_iter();
            next.extend(found.map(|(goes, score, key)| (way.score + score, key, from, goes)));
        }
        next.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut kept: Vec<u64> = Vec::with_capacity(WAYS);
        let mut best = Vec::with_capacity(WAYS);
        for (score, key, from, goes) in next {
            // Of two ways to one row the better is all that is needed.
            if kept.contains(&key) {
                continue;
            }
            kept.push(key);
            let way = &ways[from];
            let row = way.row.after(weave, j, goes);
            steps.push((way.step, way.row.above(goes)));
            best.push(Way { score, row, step: steps.len() - 1 });
            if best.len() == WAYS {
                break;
            }
        }
        ways = best;
    }
    let mut above = vec![None; weave.lines()];
    let mut step = ways[0].step;
    for j in (0..weave.lines()).rev() {
        above[j] = steps[step].1;
        step = steps[step].0;
    }
    above
}
