//! Any gutter in spaced text: a place where word upon word begins on the rows above and below, before which the text
//! goes on below.
//!
//! Gutters are found from left to right, a round each, and what follows one is measured from it.

use super::super::Cell;
use super::{Nearness, SPACE};
use std::collections::VecDeque;

/// Columns are no narrower than this, in ems.
const NARROWEST: f32 = 9.5;

/// The grain of places, in ems, and the widest row that is looked at.
const GRAIN: f32 = 0.25;
const WIDEST: f32 = 400.0;

/// Rows up and down that are asked, and how far off they may be in lines.
const ASKED: usize = 14;
const FAR: u32 = 18;

/// What a row says: a gutter is at nine words of ten there, and chance at one of three.
const WORD: Nearness = Nearness { at: 0.2, off: 0.8, hit: 1.0, miss: -1.75 };

/// What all rows must say together.
const SURE: f32 = 6.0;

/// A place that says less than this share of what the row's best place says is let wait.
const SHARE: f32 = 0.6;

/// What one row says about each place.
struct Row {
    line: u32,
    /// Its cells.
    first: usize,
    last: usize,
    says: Vec<f32>,
}

/// The cells that begin behind a gutter, with its place, as far as one round finds them.
pub fn round(cells: &[Cell], begins: &[bool], goes_on: &[f32]) -> Vec<(usize, f32)> {
    let mut found = Vec::new();
    let mut rows: VecDeque<Row> = VecDeque::new();
    let mut ahead = 0;
    // Rows before the one that is asked about stay in the window.
    let mut here = 0;
    loop {
        while rows.len() <= here + ASKED && ahead < cells.len() {
            let line = cells[ahead].line;
            let last = ahead + cells[ahead..].iter().take_while(|c| c.line == line).count();
            let says = says(&cells[ahead..last], &begins[ahead..last], &goes_on[ahead..last]);
            rows.push_back(Row { line, first: ahead, last, says });
            ahead = last;
        }
        if here >= rows.len() {
            return found;
        }
        found.extend(leftmost(cells, begins, &rows, here));
        if here == ASKED {
            rows.pop_front();
        } else {
            here += 1;
        }
    }
}

/// What a row says for a gutter at each place.
fn says(cells: &[Cell], begins: &[bool], goes_on: &[f32]) -> Vec<f32> {
    let end = cells.last().map_or(0.0, |c| c.x + c.width).min(WIDEST);
    let mut says = vec![0.0; (end / GRAIN) as usize + 8];
    let mut put = |from: f32, to: f32, value: &dyn Fn(f32) -> f32| {
        let range = ((from / GRAIN).ceil().max(0.0) as usize)..((to / GRAIN) as usize + 1).min(says.len());
        for at in range {
            let value = value(at as f32 * GRAIN);
            // What speaks for a place is not taken back by the word before it.
            if says[at] <= 0.0 { says[at] = value } else { says[at] = says[at].max(value) }
        }
    };
    for (i, cell) in cells.iter().enumerate() {
        // From the middle of one word to that of the next, its beginning is the nearest.
        if begins[i] {
            put(cell.x - WORD.at, cell.x + WORD.at, &|_| WORD.hit);
            put(cell.x + WORD.at + GRAIN, cell.x + cell.width, &|_| WORD.miss);
        } else {
            put(cell.x - WORD.off, cell.x + cell.width, &|x| WORD.says(x - cell.x, goes_on[i]));
        }
        // A column's line may end right before its edge.
        if cells.get(i + 1).is_none_or(|c| begins[i + 1] && c.anchored) {
            let edge = cell.x + cell.width + SPACE;
            put(edge - WORD.off, edge, &|x| WORD.says(x - edge, 0.0));
            put(edge, edge + WORD.at, &|_| 0.5 * WORD.hit);
        }
    }
    says
}

/// The leftmost gutter within each stretch of a row between two sure places.
fn leftmost(cells: &[Cell], begins: &[bool], rows: &VecDeque<Row>, here: usize) -> Vec<(usize, f32)> {
    let row = &rows[here];
    let mut found = Vec::new();
    let mut start = row.first;
    while start < row.last {
        let count = begins[start + 1..row.last].iter().take_while(|b| !**b).count();
        let words = &cells[start + 1..start + 1 + count];
        let left = cells[start].x + NARROWEST;
        let next = start + 1 + count;
        let gutter = next < row.last && !cells[next].anchored;
        let right = if gutter { cells[next].x - NARROWEST } else { f32::INFINITY };
        let places: Vec<(usize, f32, f32)> = words
            .iter()
            .enumerate()
            .filter(|(_, w)| w.x >= left && w.x <= right)
            .map(|(n, w)| {
                let (place, score) = best(rows, here, w.x);
                (start + 1 + n, place, score)
            })
            .collect();
        let most = places.iter().map(|p| p.2).fold(SURE, f32::max);
        if let Some(n) = places.iter().position(|p| p.2 >= SURE.max(most * SHARE)) {
            // Of two words as near, the one of which more is said.
            let near = places[n..].iter().take_while(|p| p.1 - places[n].1 <= 2.0 * WORD.off);
            let best = near.max_by(|a, b| a.2.total_cmp(&b.2)).unwrap_or(&places[n]);
            found.push((best.0, best.1));
        }
        start += 1 + count;
    }
    found
}

/// The place about a word's beginning of which the rows say the most, and what they say.
fn best(rows: &VecDeque<Row>, here: usize, x: f32) -> (f32, f32) {
    let low = ((x - WORD.off) / GRAIN).ceil().max(0.0) as usize;
    let high = ((x + WORD.off) / GRAIN) as usize;
    let score = |at: usize| -> f32 {
        let say = |row: &Row| row.says.get(at).copied().unwrap_or(0.0);
        let line = rows[here].line;
        let near = |r: &&Row| r.line.abs_diff(line) <= FAR;
        let best = |rows: &mut dyn Iterator<Item = &Row>| {
            let (mut sum, mut most) = (0.0f32, 0.0f32);
            for row in rows {
                sum += say(row);
                most = most.max(sum);
            }
            most
        };
        let above = best(&mut rows.range(..here).rev().take(ASKED).take_while(near));
        let below = best(&mut rows.range(here + 1..).take(ASKED).take_while(near));
        say(&rows[here]) + above + below
    };
    let places = (low..=high).map(|at| (at as f32 * GRAIN, score(at)));
    places.max_by(|a, b| (a.1 - (a.0 - x).abs() * 0.3).total_cmp(&(b.1 - (b.0 - x).abs() * 0.3))).unwrap_or((x, 0.0))
}
