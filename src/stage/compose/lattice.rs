//! Every way through the states of some lines, and what each is worth.

use super::shape::Shape;
use super::state::{KINDS, STATES, State};
use super::weigh::Scene;
use crate::evidence::Tally;
use crate::flow::Holds;
use crate::text::ends::LineEnd;
use std::ops::Range;

const SHUT: f32 = f32::NEG_INFINITY;

/// The scores of one line, before the paths through them are compared.
#[derive(Clone)]
struct Scores {
    /// To be in a state that opens a block.
    begins: [f32; STATES],
    /// To go on a block of each kind, from its first line and from a later one.
    goes: [[f32; 2]; KINDS.len()],
    /// To leave each state of the line before.
    leaves: [f32; STATES],
}

/// What some lines say, each by itself and each to the next.
pub struct Lattice<'a> {
    shapes: &'a [Shape],
    lines: Vec<Scores>,
    passages: Passages,
    /// To leave each state of the last line.
    leaves: [f32; STATES],
}

/// The sum of what a tally counted.
fn sum<T: Tally + Default + Into<f32>>(count: impl FnOnce(&mut T)) -> f32 {
    let mut tally = T::default();
    count(&mut tally);
    tally.into()
}

impl<'a> Lattice<'a> {
    /// Weighs some lines by a tally.
    pub fn of<T: Tally + Default + Into<f32>>(scene: &Scene<'a>, range: Range<usize>) -> Lattice<'a> {
        // The kinds of which a block may have begun before the line before: no other goes on from there.
        let mut begun = [false; KINDS.len()];
        let mut lines: Vec<Scores> = Vec::with_capacity(range.len());
        for i in range.clone() {
            let before = lines.last().map(|line| line.opens());
            lines.push(scores::<T>(scene, i, before.map(|opens| [opens, begun])));
            for (begun, opens) in begun.iter_mut().zip(before.unwrap_or_default()) {
                *begun |= opens;
            }
        }
        let leaves = range.end.checked_sub(1).map_or([0.0; STATES], |last| leaves::<T>(scene, last));
        Lattice { shapes: &scene.shapes[range], lines, passages: Passages::new::<T>(), leaves }
    }

    /// Adds to what each state of each line is worth.
    pub fn add(&mut self, more: impl Fn(usize, State) -> f32) {
        for (i, line) in self.lines.iter_mut().enumerate() {
            for s in 0..STATES {
                match State::at(s) {
                    State::Goes(_) => line.goes[s - KINDS.len()].iter_mut().for_each(|g| *g += more(i, State::at(s))),
                    state => line.begins[s] += more(i, state),
                }
            }
        }
    }

    /// For each line and state the best score of a path through it.
    pub fn through(&self) -> Vec<[f32; STATES]> {
        let n = self.lines.len();
        if n == 0 {
            return Vec::new();
        }
        // The best score of a path from the start to each state of each line, and from there to the end.
        let mut ahead = vec![[SHUT; STATES]; n];
        ahead[0] = self.lines[0].begins;
        for i in 1..n {
            let (done, rest) = ahead.split_at_mut(i);
            step(&done[i - 1], &self.lines[i], self.passages.after(&self.shapes[i - 1]), &mut rest[0]);
        }
        let mut behind = vec![[0f32; STATES]; n];
        behind[n - 1] = self.leaves;
        for i in (0..n - 1).rev() {
            let (head, tail) = behind.split_at_mut(i + 1);
            step_back(&tail[0], &self.lines[i + 1], self.passages.after(&self.shapes[i]), &mut head[i]);
        }
        ahead.into_iter().zip(behind).map(|(a, b)| std::array::from_fn(|s| a[s] + b[s])).collect()
    }
}

impl Scores {
    /// The kinds of which a block may begin with the line.
    fn opens(&self) -> [bool; KINDS.len()] {
        std::array::from_fn(|k| self.begins[k] != SHUT)
    }
}

/// The scores of line `i`; `before` tells of which kinds the line before may be the first of a block, and of
/// which a later one. There is none before the first line.
fn scores<T: Tally + Default + Into<f32>>(scene: &Scene, i: usize, before: Option<[[bool; KINDS.len()]; 2]>) -> Scores {
    let mut s = Scores { begins: [SHUT; STATES], goes: [[SHUT; 2]; KINDS.len()], leaves: [0.0; STATES] };
    for (index, begins) in s.begins.iter_mut().enumerate() {
        let state = State::at(index);
        if !state.goes_on() && scene.open(state, i) {
            *begins = sum::<T>(|tally| scene.begins(state, i, tally));
        }
    }
    if let Some(may_be) = before {
        // A name goes on with nothing, and a cell with what stands on its row.
        let alone = matches!(scene.flow.lines[i].holds, Holds::Label | Holds::Cell);
        let kinds = KINDS.into_iter().enumerate().filter(|_| !alone);
        for (k, kind) in kinds {
            for (of, goes) in s.goes[k].iter_mut().enumerate().filter(|(of, _)| may_be[*of][k]) {
                *goes = sum::<T>(|tally| scene.joins(kind, i - 1, i, of == 0, tally));
            }
        }
        s.leaves = leaves::<T>(scene, i - 1);
    }
    s
}

fn leaves<T: Tally + Default + Into<f32>>(scene: &Scene, i: usize) -> [f32; STATES] {
    let mut out = [0.0; STATES];
    for (index, leave) in out.iter_mut().enumerate() {
        match State::at(index) {
            State::First(kind) => *leave = sum::<T>(|tally| scene.ends(kind, i, true, tally)),
            State::Goes(kind) => *leave = sum::<T>(|tally| scene.ends(kind, i, false, tally)),
            State::Single(_) => {}
        }
    }
    out
}

/// What the passage from each state to each other says, wherever it is: after a line that ends in
/// mid-sentence, and after one that does not.
struct Passages([Table; 2]);

/// The same after one kind of line, from each state to each, and to each from each.
#[derive(Clone, Copy)]
struct Table {
    from: [[f32; STATES]; STATES],
    to: [[f32; STATES]; STATES],
}

impl Passages {
    fn new<T: Tally + Default + Into<f32>>() -> Self {
        Passages([false, true].map(|finished| {
            let mut table = Table { from: [[0.0; STATES]; STATES], to: [[0.0; STATES]; STATES] };
            for a in 0..STATES {
                for b in 0..STATES {
                    let follows = sum::<T>(|tally| Scene::follows(State::at(a), State::at(b), finished, tally));
                    table.from[a][b] = follows;
                    table.to[b][a] = follows;
                }
            }
            table
        }))
    }

    fn after(&self, shape: &Shape) -> &Table {
        &self.0[usize::from(shape.end == LineEnd::Stop)]
    }
}

/// The greater of two scores. Neither is no number, so that one instruction takes the greater of each of
/// several.
fn greater(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// Raises each of the best scores so far to what a row of the table and `by` come to, where that is more.
fn raise(best: &mut [f32; STATES], row: &[f32; STATES], by: f32) {
    for (best, passage) in best.iter_mut().zip(row) {
        *best = greater(*best, passage + by);
    }
}

fn step(from: &[f32; STATES], line: &Scores, table: &Table, to: &mut [f32; STATES]) {
    let mut best = [SHUT; STATES];
    for (a, passages) in table.from.iter().enumerate() {
        raise(&mut best, passages, from[a] + line.leaves[a]);
    }
    for b in 0..STATES {
        to[b] = match State::at(b) {
            State::Goes(_) => {
                let k = b - KINDS.len();
                greater(from[k] + line.goes[k][0], from[b] + line.goes[k][1])
            }
            _ => best[b] + line.begins[b],
        };
    }
}

fn step_back(next: &[f32; STATES], line: &Scores, table: &Table, out: &mut [f32; STATES]) {
    let mut opens = [SHUT; STATES];
    for (b, passages) in table.to.iter().enumerate() {
        raise(&mut opens, passages, line.begins[b] + next[b]);
    }
    for a in 0..STATES {
        let goes = |k: usize, of: usize| line.goes[k][of] + next[KINDS.len() + k];
        let goes = match State::at(a) {
            State::First(_) => goes(a, 0),
            State::Goes(_) => goes(a - KINDS.len(), 1),
            State::Single(_) => SHUT,
        };
        out[a] = greater(opens[a] + line.leaves[a], goes);
    }
}
