//! One track: the cells of a column below each other, and what they say of where another may stand.

use super::super::{Cell, INDENT};
use std::ops::RangeInclusive;

/// A track is looked for on so many lines above its first cell and below its last.
const BEFORE: u32 = 3;
const BEHIND: u32 = 6;

/// Cells on so many lines up and down tell which column of the grid a track's edge has there.
const ASKED: u32 = 12;

/// What a track costs for each line between its nearest cell and the row.
const AGE: f32 = 0.15;

/// An indent moves the column by so many characters, and what it costs; and what it costs to see that the
/// cells so far were set in.
const INDENT_COLUMNS: RangeInclusive<i64> = 1..=4;
const SET_IN: f32 = 0.4;
pub const WERE_SET_IN: f32 = 0.6;

/// What a column costs that is not the track's, and for each character; what it costs at the most.
const OTHER: f32 = 2.5;
const EACH: f32 = 0.1;
const EACH_MOST: i64 = 40;

/// Where nothing near tells the track's column, an em costs so much by which its place is away from where the
/// column alone would put it.
pub const AWAY: f32 = 0.12;

/// Of two tracks as good, the one nearer to where the column alone would put the cell: an em costs so much.
const NUDGE: f32 = 0.06;

/// A cell behind a single space that reaches further than the edge's column is of another block.
const BEYOND: f32 = 1.0;

/// Text as long as this, in ems, is a column's; and so many lines of it make a track known.
const TELLING: f32 = 4.0;
const FEWEST: usize = 2;

/// The cells of one column below each other.
#[derive(Default)]
pub struct Track {
    /// Where its lines begin that are not set in, in ems.
    pub x: f32,
    /// Its place has been measured, and not only told by a column.
    pub sure: bool,
    /// What was seen of it, by line.
    seen: Vec<Seen>,
    /// That was in the pass before, and stays as it was.
    fixed: bool,
    /// Its cells of the present pass.
    pub members: Vec<usize>,
}

/// A cell that was seen on a track.
#[derive(Clone, Copy)]
pub struct Seen {
    pub line: u32,
    pub column: u32,
    pub about: f32,
    pub anchored: bool,
    pub set_in: f32,
    pub width: f32,
}

/// A way for a cell to stand on a track: set in by so much, and what that costs.
pub struct Fit {
    pub set_in: f32,
    pub cost: f32,
    /// The track's cells so far were set in.
    pub were: bool,
}

impl Track {
    pub fn at(x: f32, sure: bool) -> Track {
        Track { x, sure, ..Track::default() }
    }

    /// A track of the pass before, as it is known to the next: none where it holds too little text.
    pub fn known(self, cells: &[Cell], set_in: &[f32]) -> Option<Track> {
        let see = |&m: &usize| Seen::of(&cells[m], set_in[m]);
        let mut seen: Vec<Seen> = self.members.iter().map(see).collect();
        seen.sort_by_key(|s| s.line);
        let telling = seen.iter().filter(|s| s.width >= TELLING).count();
        (telling >= FEWEST).then_some(Track { seen, fixed: true, members: Vec::new(), ..self })
    }

    /// Adds what was seen last.
    pub fn see(&mut self, seen: Seen) {
        if !self.fixed {
            self.seen.push(seen);
        }
    }

    /// The lines on which its cells may stand.
    pub fn lines(&self) -> RangeInclusive<u32> {
        let line = |seen: Option<&Seen>| seen.map_or(0, |s| s.line);
        line(self.seen.first()).saturating_sub(BEFORE)..=line(self.seen.last()) + BEHIND
    }

    /// A cell behind more spaces than one that was not set in; the last.
    pub fn edge(&self) -> Option<&Seen> {
        self.seen.iter().rev().take(ASKED as usize).find(|s| s.anchored && s.set_in == 0.0)
    }

    /// Lines that were seen.
    pub fn len(&self) -> usize {
        self.seen.len()
    }

    /// True where its cells on the lines about one are all narrower than this, in ems, and more than [`FEWEST`].
    pub fn is_narrow(&self, line: u32, width: f32) -> bool {
        self.about(line).count() > FEWEST && self.about(line).all(|s| s.width < width)
    }

    /// What was seen on the lines about one.
    fn about(&self, line: u32) -> impl Iterator<Item = &Seen> {
        let low = self.seen.partition_point(|s| s.line + ASKED < line);
        self.seen[low..].iter().take_while(move |s| s.line <= line + ASKED).filter(move |s| s.line != line)
    }

    fn age(&self, line: u32) -> f32 {
        let at = self.seen.partition_point(|s| s.line < line);
        let near = self.seen[at.saturating_sub(1)..].iter().take(3).filter(|s| s.line != line);
        let lines = near.map(|s| s.line.abs_diff(line)).min().unwrap_or(BEHIND);
        AGE * lines.saturating_sub(1) as f32
    }

    /// What it costs a cell behind a single space to stand on this track.
    pub fn fits_single(&self, cell: &Cell) -> f32 {
        let beyond = self.about(cell.line).any(|s| s.anchored && s.set_in == 0.0 && s.column < cell.column);
        self.age(cell.line) + if beyond { BEYOND } else { 0.0 }
    }

    /// True where all cells so far may have been set in, and one with less before it stands at the edge.
    pub fn may_be_set_in(&self, cell: &Cell) -> bool {
        let more = |s: &Seen| s.anchored && s.set_in == 0.0 && s.column > cell.column;
        self.seen.len() <= FEWEST && self.seen.iter().all(more)
    }

    /// The ways for a cell behind several spaces to stand on this track.
    pub fn fits(&self, cell: &Cell) -> Vec<Fit> {
        let by_column = (cell.about - self.x).abs();
        let age = self.age(cell.line) + NUDGE * by_column;
        let fit = |set_in, cost| Fit { set_in, cost: age + cost, were: false };
        let by = |s: &Seen| i64::from(cell.column) - i64::from(s.column);
        let anchored = || self.about(cell.line).filter(|s| s.anchored);
        let edges = || anchored().filter(|s| s.set_in == 0.0);
        let same = || anchored().filter(|s| s.column == cell.column);
        let left = edges().filter(|s| INDENT_COLUMNS.contains(&by(s))).count();
        if let Some(nearest) = same().min_by_key(|s| s.line.abs_diff(cell.line)) {
            // Paragraphs do not begin on line after line; and an indent may have been taken for the edge.
            let beside = same().filter(|s| s.line.abs_diff(cell.line) <= 2).count();
            let set_in = match () {
                () if beside >= 2 => 0.0,
                () if 2 * left >= same().count() => INDENT,
                () => nearest.set_in,
            };
            return vec![fit(set_in, if set_in > 0.0 { SET_IN / 2.0 } else { 0.0 })];
        }
        if left > 0 {
            return vec![fit(INDENT, SET_IN)];
        }
        let singles = self.about(cell.line).filter(|s| !s.anchored);
        let reach = singles.map(|s| s.column).max();
        let edge = edges().min_by_key(|s| by(s).unsigned_abs());
        if edge.is_some_and(|s| INDENT_COLUMNS.contains(&-by(s))) && reach.is_none_or(|r| r <= cell.column) {
            let were = self.may_be_set_in(cell);
            return vec![Fit { set_in: 0.0, cost: age + WERE_SET_IN, were }];
        }
        if let Some(edge) = edge {
            let cost = OTHER + EACH * by(edge).abs().min(EACH_MOST) as f32;
            return vec![fit(0.0, cost), fit(INDENT, cost + SET_IN)];
        }
        if let Some(reach) = reach {
            let by = i64::from(cell.column) - i64::from(reach);
            let cost = |by: i64| EACH * by.abs().min(EACH_MOST) as f32;
            return match by {
                ..0 => vec![fit(0.0, OTHER + cost(by))],
                _ => vec![fit(0.0, cost(by)), fit(INDENT, SET_IN + cost(by - 2))],
            };
        }
        let away = |set_in: f32| AWAY * (cell.about - self.x - set_in).abs();
        vec![fit(0.0, away(0.0)), fit(INDENT, SET_IN + away(INDENT))]
    }

    /// Sees that all its cells so far were set in.
    pub fn set_in(&mut self, set_in: &mut [f32]) {
        self.seen.iter_mut().for_each(|s| s.set_in = INDENT);
        self.members.iter().for_each(|m| set_in[*m] = INDENT);
        self.x -= INDENT;
    }
}

impl Seen {
    pub fn of(cell: &Cell, set_in: f32) -> Seen {
        Seen {
            line: cell.line,
            column: cell.column,
            about: cell.about,
            anchored: cell.anchored,
            set_in,
            width: cell.width,
        }
    }
}
