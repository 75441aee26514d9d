//! Columns of one measure side by side: an article's gutters are at one distance from each other, and on every row
//! of it a word begins at each of them.
//!
//! ```text
//! 지난해 봄 마을에 새 길이 났다 어 두운 밤에도 사람들이 오가고 이 강을 따라 걷는 사람이 늘자
//! 그 길로 아이들이 학교에 다니 고 장이 서는 날에는 수레도     웃 나루에 찻집이 생겼다 주인은
//! |---------- pitch -----------|---------- pitch -----------|
//! ```
//!
//! For each row and each distance there is one way to stand: at each gutter the word that begins nearest to it,
//! and before which the text goes on below. What the rows of a column say for a distance adds up over those above
//! each other. That is asked twice: the second time it is known which words begin the other rows' columns.

use super::super::Cell;
use super::goes_on::GoesOn;
use super::{Nearness, SPACE};
use std::array::from_fn;
use std::num::NonZeroU32;

/// The narrowest pitch that is looked for, in ems, the step to the next, and how many there are.
const NARROWEST: f32 = 9.0;
const STEP: f32 = 0.25;
const PITCHES: usize = 90;

/// What a word says for a pitch that begins near one of its gutters.
const WORD: Nearness = Nearness { at: 0.5, off: 1.1, hit: 0.75, miss: -2.5 };

/// What a row says that ends right before a gutter.
const END: Nearness = Nearness { at: 0.0, off: 1.1, hit: 0.375, miss: 0.0 };

/// What all rows must say together; and what is left of it from a row to the next.
const SURE: f32 = 5.0;
const LEFT: f32 = 0.95;

/// The lines of a column are no more rows apart, and begin no further apart, in ems.
const APART: u32 = 3;
const NEAR: f32 = 1.2;

/// A line that is set in by no more than this, in ems, begins where those about it do.
const INDENT: f32 = 2.2;

/// So many rows are looked at together, a page of them, and so many stretches at the most: what is known of one
/// takes room.
const ROWS: u32 = 512;
const STRETCHES: usize = 4096;

/// A row's next sure place ends its columns, if no more than this share of a pitch is left before it.
const SHORT: f32 = 0.7;

/// A column's line ends so far before the next one begins, in ems.
const ROOM: f32 = 1.0;

/// Where the text runs on over a gutter, the row is measured from the first word behind this far before it, in ems.
const BEFORE: f32 = 1.5;

/// Gutters of a row at the most.
const MOST: usize = 12;

/// Words of one row from a sure place to the next.
struct Stretch {
    line: u32,
    first: usize,
    last: usize,
    /// Where its column begins, and the next sure place of the row, in ems.
    edge: f32,
    next: f32,
    /// The stretch of the same column next above and below.
    above: Option<usize>,
    below: Option<usize>,
}

/// How a row stands in columns of one pitch.
#[derive(Clone, Copy, Default)]
struct Stand {
    says: f32,
    /// The word that begins each column behind the first; none where the text runs on. No word that begins a row does.
    words: [Option<NonZeroU32>; MOST],
}

impl Stand {
    /// The word that begins a column.
    fn word(&self, column: usize) -> Option<usize> {
        self.words.get(column.checked_sub(1)?).copied().flatten().map(index)
    }
}

fn index(word: NonZeroU32) -> usize {
    word.get() as usize
}

fn pitch(n: usize) -> f32 {
    NARROWEST + n as f32 * STEP
}

/// The words that begin a column of a row of columns of one measure, with its place, in ems.
pub fn columns(cells: &[Cell], begins: &[bool], goes_on: &mut GoesOn) -> Vec<(usize, f32)> {
    let mut stretches = stretches(cells, begins);
    let pages = stretches.chunk_by_mut(|a, b| a.line / ROWS == b.line / ROWS);
    let parts = pages.flat_map(|page| page.chunks_mut(STRETCHES));
    parts.flat_map(|part| columns_of(cells, part, goes_on)).collect()
}

fn columns_of(cells: &[Cell], stretches: &mut [Stretch], goes_on: &mut GoesOn) -> Vec<(usize, f32)> {
    begin_at_edges(stretches);
    stand_below_each_other(stretches);
    let mut stands: Vec<Vec<Stand>> = Vec::new();
    for _ in 0..2 {
        let again = stretches.iter().map(|stretch| {
            let first_below = stretch.below.map(|below| stretches[below].first);
            let [above, below] = [stretch.above, stretch.below].map(|other| stands.get(other?));
            let stand = |n: usize| {
                let text = |word: usize, column: usize| {
                    let below = if column == 1 { first_below } else { below.and_then(|b| b[n].word(column - 1)) };
                    let above = above.and_then(|a| a[n].word(column + 1));
                    below.map_or(0.0, |below| goes_on.link(word, below))
                        + above.map_or(0.0, |above| goes_on.link(above, word))
                };
                stand(cells, stretch, pitch(n), text)
            };
            (0..PITCHES).map(stand).collect()
        });
        stands = again.collect();
    }
    let mut found = Vec::new();
    for ((stretch, stands), says) in stretches.iter().zip(&stands).zip(together(stretches, &stands)) {
        let best = (0..PITCHES).max_by(|a, b| says[*a].total_cmp(&says[*b])).filter(|best| says[*best] >= SURE);
        let words = best.into_iter().flat_map(|n| stands[n].words.iter().zip(1..).map(move |(w, k)| (w, k, pitch(n))));
        found.extend(words.filter_map(|(word, k, pitch)| Some((index((*word)?), stretch.edge + k as f32 * pitch))));
    }
    found
}

/// What each stretch and those above and below it say for each pitch.
fn together(stretches: &[Stretch], stands: &[Vec<Stand>]) -> Vec<[f32; PITCHES]> {
    let own = |i: usize| -> [f32; PITCHES] { from_fn(|n| stands[i][n].says) };
    let mut all: Vec<[f32; PITCHES]> = (0..stretches.len()).map(own).collect();
    let mut side = |order: &mut dyn Iterator<Item = usize>, next: fn(&Stretch) -> Option<usize>| {
        // Rows further off count as long as those between say nothing against it.
        let mut most = vec![[0.0f32; PITCHES]; stretches.len()];
        for i in order {
            let Some(other) = next(&stretches[i]) else { continue };
            most[i] = from_fn(|n| (LEFT * (most[other][n] + stands[other][n].says)).max(0.0));
            all[i].iter_mut().zip(&most[i]).for_each(|(all, most)| *all += most);
        }
    };
    side(&mut (0..stretches.len()), |s| s.above);
    side(&mut (0..stretches.len()).rev(), |s| s.below);
    all
}

/// The stretches of a page, in the order of the words.
fn stretches(cells: &[Cell], begins: &[bool]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for (i, cell) in cells.iter().enumerate() {
        if begins[i] {
            if let Some(before) = stretches.last_mut().filter(|s| s.line == cell.line) {
                before.next = cell.x;
            }
            let (line, edge) = (cell.line, cell.x);
            let open = Stretch { line, first: i, last: i, edge, next: f32::INFINITY, above: None, below: None };
            stretches.push(open);
        }
        if let Some(stretch) = stretches.last_mut() {
            stretch.last = i + 1;
        }
    }
    stretches
}

/// Finds the edges of the columns: lines that are set in begin where the others do.
fn begin_at_edges(stretches: &mut [Stretch]) {
    let places: Vec<(u32, f32)> = stretches.iter().map(|s| (s.line, s.edge)).collect();
    for stretch in stretches {
        let low = places.partition_point(|p| p.0 + APART < stretch.line);
        let near = places[low..].iter().take_while(|p| p.0 <= stretch.line + APART).map(|p| p.1);
        let x = stretch.edge;
        stretch.edge = near.filter(|edge| (x - INDENT..=x).contains(edge)).fold(x, f32::min);
    }
}

/// Finds for each stretch those of the same column next above and below.
fn stand_below_each_other(stretches: &mut [Stretch]) {
    for i in 0..stretches.len() {
        let (line, edge) = (stretches[i].line, stretches[i].edge);
        let below = stretches[i + 1..].iter().take_while(|s| s.line <= line + APART);
        let mut below = below.zip(i + 1..).filter(|(s, _)| s.line > line);
        let below = below.find(|(s, _)| (s.edge - edge).abs() <= NEAR).map(|(_, n)| n);
        if let Some(below) = below.filter(|below| stretches[*below].above.is_none()) {
            stretches[below].above = Some(i);
            stretches[i].below = Some(below);
        }
    }
}

/// How a stretch stands in columns of a pitch; `text` tells what the text says for a word as the first of a column.
fn stand(cells: &[Cell], stretch: &Stretch, pitch: f32, mut text: impl FnMut(usize, usize) -> f32) -> Stand {
    let mut stand = Stand::default();
    // The word from which the rest of the row is measured, and its place.
    let (mut from, mut x) = (stretch.first, cells[stretch.first].x);
    for column in 1..=MOST {
        let gutter = stretch.edge + column as f32 * pitch;
        if gutter > stretch.next - SHORT * pitch {
            break;
        }
        let (mut at, mut end) = (x, x);
        let mut best: Option<(f32, usize)> = None;
        let mut over = None;
        for (i, cell) in (from..).zip(&cells[from..stretch.last]) {
            if at > gutter + WORD.off {
                break;
            }
            if i > from && WORD.share(at - gutter) > 0.0 {
                let says = WORD.says(at - gutter, text(i, column));
                best = best.filter(|best| best.0 >= says).or(Some((says, i)));
            }
            if at >= gutter - BEFORE {
                over = over.or(Some((i, at)));
            }
            end = at + cell.width;
            at = end + SPACE;
        }
        if end < gutter + WORD.at {
            // The row may end with this column.
            stand.says += END.says(end + ROOM - gutter, 0.0);
            break;
        }
        stand.says += best.map_or(WORD.miss, |best| best.0);
        stand.words[column - 1] = best.and_then(|best| NonZeroU32::new(best.1 as u32));
        (from, x) = match best {
            Some((_, word)) => (word, gutter),
            None => over.unwrap_or((from, x)),
        };
    }
    stand
}
