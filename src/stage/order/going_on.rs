//! Whether the columns go on over a gap between rows, which then parts nothing.

use super::sheet::{GUTTER, Gap, Sheet, between};
use crate::geometry::Rect;

/// How far from a gap between rows, in ems, its columns are looked for.
const NEAR: f32 = 12.0;

/// The share of the gutters above and below a gap that meet where the columns go on.
const MOST: f32 = 0.6;

/// What is as high as this, in ems, is text of a column, and has its edges within so many ems of each other
/// above a gap and below it.
const HIGH: f32 = 3.0;
const EDGES: f32 = 1.0;

impl Sheet {
    /// True where the columns go on over a gap between rows: the lines near it have the same gutters
    /// above and below.
    pub(super) fn same_columns(&self, middles: &[(f32, usize)], gap: &Gap) -> bool {
        let near = |low: f32, high: f32| between(middles, low, high).iter().map(|(_, i)| *i).collect::<Vec<_>>();
        let gutters = |part: Vec<usize>| {
            let found = if part.is_empty() { Vec::new() } else { self.gutters(&part) };
            found.into_iter().filter(|g| g.width() >= GUTTER).collect::<Vec<_>>()
        };
        let (above, below) = (gutters(near(gap.from - NEAR, gap.from)), gutters(near(gap.to, gap.to + NEAR)));
        let met = |some: &[Gap], others: &[Gap]| {
            some.iter().filter(|g| others.iter().any(|o| o.from < g.to && g.from < o.to)).count()
        };
        let all = (above.len() + below.len()) as f32;
        !above.is_empty() && !below.is_empty() && (met(&above, &below) + met(&below, &above)) as f32 >= MOST * all
    }

    /// True where the text of one of a region's columns goes on over a gap between rows, and the others have
    /// text near it on one side alone, as beside a picture.
    ///
    /// ```text
    /// ░░░ 二二
    /// ─────────    the second column goes on here; that the first one begins says nothing
    /// 一一 二二
    /// ```
    pub(super) fn goes_on_beside(&self, middles: &[(f32, usize)], gutters: &[&Gap], gap: &Gap) -> bool {
        if gutters.is_empty() {
            return false;
        }
        let columns = |low: f32, high: f32| -> Vec<Option<Rect>> {
            let near: Vec<usize> = between(middles, low, high).iter().map(|(_, i)| *i).collect();
            let columns = self.part(&near, gutters, |r| (r.x0 + r.x1) / 2.0);
            columns.iter().map(|c| self.around(c)).collect()
        };
        let (above, below) = (columns(gap.from - NEAR, gap.from), columns(gap.to, gap.to + NEAR));
        let filled = |some: &[Option<Rect>]| some.iter().flatten().count();
        let (least, most) = (filled(&above).min(filled(&below)), filled(&above).max(filled(&below)));
        let text = |r: &Rect| r.height() >= HIGH;
        let goes_on =
            |(a, b): (&Rect, &Rect)| text(a) && text(b) && (a.x0 - b.x0).abs() <= EDGES && (a.x1 - b.x1).abs() <= EDGES;
        least == 1 && most > 1 && above.iter().zip(&below).any(|(a, b)| a.as_ref().zip(b.as_ref()).is_some_and(goes_on))
    }
}
