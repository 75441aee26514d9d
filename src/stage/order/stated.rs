//! The reading order that a file states.
//!
//! Engines with a layout model write down in which order their regions are read, and are right more
//! often than not; but some write the order in which they happened to find them. A stated order counts
//! where it goes the page's way: of every two regions that it puts one behind the other, most stand so
//! in the order of the layout too.

use crate::flow::Line;
use crate::options::Trust;

/// The share of a page's lines that stand in regions with a place.
const MOST: f32 = 0.5;

/// The share of the steps from one region to the next that the layout goes too.
const AGREED: f32 = 0.6;

/// A line of the page with its place in both orders.
#[derive(Clone, Copy)]
struct Placed {
    /// Its region's place in the stated order, and the region.
    place: (u32, u32),
    /// Its place in the order of the layout.
    rank: usize,
    line: usize,
    column: usize,
}

/// The columns of a page, and whether each stands beside the one before it, in the order that the file
/// states; as they are where it states none that counts. What has no place in it keeps its place behind
/// what stands before it.
pub fn reordered(page: &[Line], columns: Vec<(Vec<usize>, bool)>, trust: Trust) -> Vec<(Vec<usize>, bool)> {
    let place = |i: usize| page[i].stated.and_then(|s| Some((s.place?, s.region)));
    let placed = (0..page.len()).filter(|i| place(*i).is_some()).count();
    if placed == 0 || (!trust.order && (placed as f32) < MOST * page.len() as f32) {
        return columns;
    }
    // Every line with its region's place and its own in the order of the layout.
    let mut lines: Vec<Placed> = Vec::with_capacity(page.len());
    let mut last = None;
    for (c, (column, _)) in columns.iter().enumerate() {
        for &i in column {
            last = place(i).or(last);
            lines.push(Placed { place: last.unwrap_or((0, 0)), rank: lines.len(), line: i, column: c });
        }
    }
    if !trust.order && agreement(&lines) < AGREED {
        return columns;
    }
    lines.sort_by_key(|line| line.place);
    let mut out: Vec<(Vec<usize>, bool)> = Vec::new();
    let mut before: Option<Placed> = None;
    for here in lines {
        // What stands further up in its column than the line before begins a column of its own.
        let goes_on = before.is_some_and(|b| b.column == here.column && b.rank < here.rank);
        let column = &columns[here.column];
        match out.last_mut() {
            Some((lines, _)) if goes_on => lines.push(here.line),
            _ => out.push((vec![here.line], column.1 || column.0[0] != here.line)),
        }
        before = Some(here);
    }
    out
}

/// The share of the steps from each region to the next in the stated order that go forward in the
/// order of the layout.
fn agreement(lines: &[Placed]) -> f32 {
    let mut firsts: Vec<((u32, u32), usize)> = lines.iter().map(|line| (line.place, line.rank)).collect();
    firsts.sort_unstable();
    firsts.dedup_by_key(|(place, _)| *place);
    let steps = firsts.windows(2);
    let all = steps.len().max(1) as f32;
    if firsts.len() < 2 { 1.0 } else { steps.filter(|w| w[0].1 < w[1].1).count() as f32 / all }
}
