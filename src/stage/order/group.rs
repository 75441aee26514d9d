//! What must not be parted before the page is cut.
//!
//! The lines of one headline stand further apart than the lines of a text, and beside other headlines
//! of as many lines. Lines that run across the others, as a caption does on a vertical page, are one
//! block in the eyes of the rest.
//!
//! ```text
//! 国連、トーゴでの大量殺害を指摘トーゴ政府は否     やまなし
//!               定的声明                             ← no gap between rows runs here
//! ```

use super::settle::SAME_HEIGHT;
use crate::flow::Line;
use crate::geometry::{CROWD, Rect};

/// Type from this size on, as a share of the running text's, is a headline's.
const LARGE: f32 = 1.15;

/// Sizes of one headline differ by no more than this, as a natural logarithm of their ratio.
const SAME_SIZE: f32 = 0.13;

/// The room between two lines of one headline, as a share of their height.
const LEADING: f32 = 0.75;

/// Pieces of a headline's line that an engine took for several are no further apart than this, in ems of
/// their type: less than headlines side by side.
const PIECES: f32 = 0.4;

/// True where a line is set as large as headlines are.
pub fn is_large(line: &Line) -> bool {
    line.size.is_some_and(|size| size >= LARGE)
}

/// The lines of a page in groups, each in reading order; most have one line.
pub fn groups(page: &[Line], vertical: bool) -> Vec<Vec<usize>> {
    let mut next: Vec<Option<usize>> = vec![None; page.len()];
    let mut follows = vec![false; page.len()];
    for upright in [false, true] {
        let across = upright != vertical;
        let own = (0..page.len()).filter(|i| page[*i].upright == upright && (across || is_large(&page[*i])));
        let own = own.filter_map(|i| page[i].rect.map(|r| (i, if upright { r.turned() } else { r })));
        chain(page, own.collect(), &mut next, &mut follows);
    }
    let mut groups = Vec::with_capacity(page.len());
    for i in (0..page.len()).filter(|i| !follows[*i]) {
        let mut group = vec![i];
        let mut at = i;
        while let Some(j) = next[at] {
            group.push(j);
            at = j;
        }
        groups.push(group);
    }
    groups
}

/// Ties every line to the one right below it, where the two are one block, and pieces of one line to each
/// other. Boxes are turned as if the lines ran from left to right.
fn chain(page: &[Line], lines: Vec<(usize, Rect)>, next: &mut [Option<usize>], follows: &mut [bool]) {
    let mut rows = rows(page, lines);
    rows.sort_by(|a, b| a.rect.y0.total_cmp(&b.rect.y0).then(a.pieces.cmp(&b.pieces)));
    let mut tie = |i: usize, j: usize| {
        next[i] = Some(j);
        follows[j] = true;
    };
    let mut taken = vec![false; rows.len()];
    for (n, row) in rows.iter().enumerate() {
        for pair in row.pieces.windows(2) {
            tie(pair[0], pair[1]);
        }
        let reach = row.rect.y1 + LEADING * row.rect.height();
        let below = (n + 1..rows.len()).take(CROWD).take_while(|m| rows[*m].rect.y0 <= reach);
        let mut own = below.filter(|m| !taken[*m] && is_one(page, row, &rows[*m]));
        if let Some(m) = own.next() {
            taken[m] = true;
            tie(row.last(), rows[m].pieces[0]);
        }
    }
}

/// A printed line, or the pieces of one, from left to right.
struct Row {
    pieces: Vec<usize>,
    rect: Rect,
}

impl Row {
    fn last(&self) -> usize {
        self.pieces[self.pieces.len() - 1]
    }
}

/// The rows that some lines make.
fn rows(page: &[Line], mut lines: Vec<(usize, Rect)>) -> Vec<Row> {
    lines.sort_by(|a, b| a.1.middle().total_cmp(&b.1.middle()).then(a.0.cmp(&b.0)));
    let goes_on = |(i, a): &(usize, Rect), (j, b): &(usize, Rect)| {
        let away = b.x0 - a.x1;
        // Boxes are as high as their type or higher.
        let em = a.height().min(a.width() / page[*i].width.middle().max(f32::MIN_POSITIVE));
        let room = -em..=PIECES * em;
        // Where one line of the engine's was parted, a gutter parts it.
        let one = page[*i].number != page[*j].number && is_same_size(&page[*i], &page[*j]);
        one && b.x0 > a.x0 && room.contains(&away) && a.shared_height(*b) > SAME_HEIGHT
    };
    let mut before: Vec<Option<usize>> = vec![None; lines.len()];
    let mut behind: Vec<Option<usize>> = vec![None; lines.len()];
    for n in 0..lines.len() {
        let near = |m: &usize| (lines[*m].1.middle() - lines[n].1.middle()).abs() < lines[n].1.height();
        let up = (0..n).rev().take(CROWD).take_while(near);
        let down = (n + 1..lines.len()).take(CROWD).take_while(near);
        let beside = up.chain(down).filter(|m| before[*m].is_none() && goes_on(&lines[n], &lines[*m]));
        if let Some(m) = beside.min_by(|a, b| lines[*a].1.x0.total_cmp(&lines[*b].1.x0).then(a.cmp(b))) {
            (before[m], behind[n]) = (Some(n), Some(m));
        }
    }
    let firsts = (0..lines.len()).filter(|n| before[*n].is_none());
    let row = |first: usize| {
        let all: Vec<usize> = std::iter::successors(Some(first), |n| behind[*n]).collect();
        let rect = all.iter().map(|n| lines[*n].1).reduce(Rect::union).expect("a row has a first piece");
        Row { pieces: all.into_iter().map(|n| lines[n].0).collect(), rect }
    };
    firsts.map(row).collect()
}

fn is_same_size(a: &Line, b: &Line) -> bool {
    a.size.zip(b.size).is_some_and(|(a, b)| (a / b).ln().abs() <= SAME_SIZE)
}

/// True where a row stands right below another, in the same size and over or under it.
fn is_one(page: &[Line], above: &Row, below: &Row) -> bool {
    let (a, b) = (above.rect, below.rect);
    let shared = a.x1.min(b.x1) - a.x0.max(b.x0);
    is_same_size(&page[above.pieces[0]], &page[below.pieces[0]])
        && b.middle() > a.y1 - 0.2 * a.height()
        && shared > 0.5 * a.width().min(b.width())
}
