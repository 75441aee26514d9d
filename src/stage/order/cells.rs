//! Texts that stand in rows as cells do: a label and what it says of it, cards side by side on a slide. They
//! are read row by row, wherever a gutter runs through all of them.
//!
//! ```text
//! ▇▇▇    ▇▇▇▇▇▇▇▇▇▇▇▇
//!
//! ▇▇     ▇▇▇▇▇▇▇▇▇▇▇▇▇▇
//!        ▇▇▇▇▇▇▇
//!
//! ▇▇▇▇   ▇▇▇▇▇▇▇▇▇
//! ```

use super::gap::{Gap, PICTURE, widest};
use super::sheet::Sheet;
use crate::geometry::{Rect, median};

/// Rows of cells are parted by gaps of this width and more, in ems, and wider than those within their cells
/// by this factor.
const APART: f32 = 1.4;
const WIDER: f32 = 1.8;

/// What parts rows is no narrower than this share of what parts them most.
const ALIKE: f32 = 0.5;

/// The cells of a row begin at one height, but for so much, in ems: a label may stand in the middle of its row.
const BEGIN: f32 = 1.2;

/// Cells are no higher than this in the main, in ems: what is higher is the text of a column. Where boxes hold
/// blocks, the room within cells tells more.
const HIGHEST: f32 = 7.0;
const HIGHEST_BLOCKS: f32 = 14.0;

/// Answers to choose from stand in so few rows, each in one line, set as large as the others, beginning on
/// one row to such a fraction of an em; they leave the most of their columns free.
const FEW_ROWS: usize = 3;
const SAME_ROW: f32 = 0.3;
const ONE_LINE: f32 = 1.4;
const SHORT: f32 = 0.75;
const ONE_SIZE: f32 = 1.1;

/// The number of an equation is no wider than this, in ems, and an equation no higher.
const NUMBER: f32 = 3.5;
const LOW: f32 = 3.0;

impl Sheet {
    /// True where a region is a few rows of short texts side by side, as answers to choose from are.
    ///
    /// ```text
    /// A. 东风    B. 西风
    /// C. 南风    D. 北风
    /// ```
    pub(super) fn are_choices(&self, region: &[usize], gutters: &[Gap]) -> bool {
        let columns = self.columns_of(region, gutters);
        let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
        if columns.len() < 2 || !(2..=FEW_ROWS).contains(&rows) || region.len() + columns.len() <= rows * columns.len()
        {
            return false;
        }
        let heights = || region.iter().map(|i| self.boxes[*i].height());
        let (low, high) = (heights().fold(f32::INFINITY, f32::min), heights().fold(0.0, f32::max));
        let pitch = self.pitch(&columns);
        let tops: Vec<Vec<(f32, usize)>> = columns.iter().map(|c| self.by(c, |r| r.y0)).collect();
        let level = |column: &Vec<(f32, usize)>| {
            column.iter().zip(&tops[0]).all(|(own, first)| (own.0 - first.0).abs() <= SAME_ROW)
        };
        high <= ONE_LINE
            && low * ONE_SIZE >= high
            && tops.iter().all(level)
            && region.iter().all(|i| self.boxes[*i].width() <= SHORT * pitch)
    }

    /// True where what stands beside the first column of a region hangs on it, piece by piece: the number of an
    /// equation, or the other answers in the row of the first, between rows that have none or beside wider ones.
    ///
    /// ```text
    ///      a² + b² = c²      (1)
    /// 由此可得
    ///      c = 5             (2)
    /// ```
    pub(super) fn hang_on_first(&self, region: &[usize], gutters: &[Gap]) -> bool {
        let columns = self.columns_of(region, gutters);
        let Some((first, others)) = columns.split_first().filter(|(_, others)| !others.is_empty()) else {
            return false;
        };
        let pitch = self.pitch(&columns);
        let widest = if self.blocks { SHORT * pitch } else { NUMBER };
        let hangs = |i: &usize| self.boxes[*i].width() <= widest && self.boxes[*i].height() <= ONE_LINE;
        if !others.iter().flatten().all(hangs) {
            return false;
        }
        // The number of a line of text stands in the margin.
        let Some(all) = self.around(first) else { return false };
        let rows = self.by(first, Rect::middle);
        let mut hung = vec![false; rows.len()];
        for i in others.iter().flatten() {
            let own = self.boxes[*i];
            let at = rows.partition_point(|(middle, _)| *middle < own.middle());
            let near = [at.checked_sub(1), Some(at)].into_iter().flatten().filter(|n| *n < rows.len());
            let mut level = near.filter(|n| {
                let (middle, i) = rows[*n];
                let part = self.boxes[i].width() <= SHORT * all.width();
                (middle - own.middle()).abs() <= SAME_ROW && self.boxes[i].height() <= LOW && part
            });
            match level.next() {
                Some(n) => hung[n] = true,
                None => return false,
            }
        }
        let (from, to) = (hung.iter().position(|h| *h), hung.iter().rposition(|h| *h));
        let between = from.zip(to).is_some_and(|(from, to)| hung[from..to].contains(&false));
        let wide = |i: usize| self.boxes[i].width() > SHORT * pitch;
        between || rows.iter().zip(&hung).any(|((_, i), hung)| !hung && wide(*i))
    }

    /// How far the columns that stand closest begin from each other.
    fn pitch(&self, columns: &[Vec<usize>]) -> f32 {
        let begins: Vec<f32> = columns.iter().filter_map(|c| self.around(c)).map(|r| r.x0).collect();
        begins.windows(2).map(|w| w[1] - w[0]).fold(f32::INFINITY, f32::min)
    }

    /// The gaps between the rows of a region whose texts stand in rows and columns as cells do; none where they do
    /// not. `rows` are its gaps between rows and `gutters` those between its columns.
    pub(super) fn rows_of_cells(&self, region: &[usize], rows: &[Gap], gutters: &[Gap]) -> Vec<Gap> {
        let widest = widest(rows);
        if gutters.is_empty() || widest < APART {
            return Vec::new();
        }
        let cuts: Vec<Gap> = rows.iter().copied().filter(|g| g.width() >= (ALIKE * widest).max(APART)).collect();
        let bands = self.part(region, &cuts, Rect::middle);
        // Headlines side by side stand each above its own column.
        let titles = |band: &[usize]| band.iter().all(|i| self.large[*i]);
        if bands.windows(2).any(|pair| titles(&pair[0]) && !titles(&pair[1])) {
            return Vec::new();
        }
        let mut cells: Vec<Rect> = Vec::new();
        let mut within: Vec<f32> = Vec::new();
        for (n, band) in bands.iter().enumerate() {
            let columns = self.columns_of(band, gutters);
            let own: Vec<Rect> = columns.iter().filter_map(|c| self.around(c)).collect();
            let Some(top) = own.iter().map(|r| r.y0).reduce(f32::min) else { return Vec::new() };
            // The last row may have fewer.
            let whole = own.len() == columns.len() || n + 1 == bands.len() && n > 1;
            if !whole || own.iter().any(|r| r.y0 - top > BEGIN) {
                return Vec::new();
            }
            cells.extend(own);
            within.extend(columns.iter().filter(|c| c.len() > 1).flat_map(|c| {
                let gaps = self.gaps(c, |r| (r.y0, r.y1));
                gaps.into_iter().map(|g| g.width())
            }));
        }
        // Of lines that stand apart alone, as in prose set with much room, labels alone tell that they are cells; so
        // do they where lines, and no blocks, stand in stanzas.
        let unlike = self.are_unlike(&self.columns_of(region, gutters));
        if !unlike && (!self.blocks || within.is_empty()) {
            return Vec::new();
        }
        let narrowest = cuts.iter().map(|g| g.width()).fold(f32::INFINITY, f32::min);
        let inner = median(within.into_iter());
        let low = median(cells.iter().map(|r| r.height())) <= if self.blocks { HIGHEST_BLOCKS } else { HIGHEST };
        let picture = cuts.len() == 1 && widest >= PICTURE && cells.iter().all(|r| r.height() <= ONE_LINE);
        if low && !picture && narrowest >= WIDER * inner { cuts } else { Vec::new() }
    }
}
