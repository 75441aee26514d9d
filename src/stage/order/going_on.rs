//! Whether the columns go on over a gap between rows, which then parts nothing.

use super::gap::{EDGE, GUTTER, Gap, PICTURE, between};
use super::sheet::Sheet;
use crate::geometry::Rect;

/// How far from a gap between rows, in ems, its columns are looked for.
const NEAR: f32 = 12.0;
const NEARER: [f32; 3] = [12.0, 8.0, 5.0];

/// The share of the gutters above and below a gap that meet where the columns go on.
const MOST: f32 = 0.6;

/// What is as high as this, in ems, is text of a column, and has its edges within so many ems of each other
/// above a gap and below it.
const HIGH: f32 = 3.0;
const EDGES: f32 = 1.0;

/// Of fewer blocks than `MANY`, as a slide has, room tells of no picture. The lines above and below pictures are within
/// `ROW` ems, and begin, or have their middles, within `UNDER` ems of each other; what stands within `NEXT` ems of those
/// is the text around them.
const MANY: usize = 20;
const ROW: f32 = 1.4;
const NEXT: f32 = 4.0;
const UNDER: f32 = 1.5;

/// What ends or begins at one height does within so many ems: the last lines of two columns may be one off, and
/// one of them may begin with a heading.
const ENDS: f32 = 1.5;
const BEGINS: f32 = 3.0;

/// Where the boxes of a column begin and where they end, from top to bottom, in ems.
pub(super) struct Edges {
    tops: Vec<f32>,
    bottoms: Vec<f32>,
}

/// True where what stands side by side above a gap between rows ends at one height, or what stands below it begins at
/// one.
pub(super) fn is_row(columns: &[Edges], gap: &Gap) -> bool {
    let [ends, begins] = level(columns, gap);
    ends || begins
}

/// True where both hold, of columns that stand on both sides.
pub(super) fn is_clear(columns: &[Edges], gap: &Gap) -> bool {
    level(columns, gap) == [true, true] && columns.len() > 1
}

/// How many columns have something above a gap between rows, and how many have below it.
fn filled(columns: &[Edges], gap: &Gap) -> [usize; 2] {
    let above = columns.iter().filter(|c| c.bottoms.first().is_some_and(|y| *y <= gap.from + EDGE)).count();
    let below = columns.iter().filter(|c| c.tops.last().is_some_and(|y| *y >= gap.to - EDGE)).count();
    [above, below]
}

/// Whether what stands side by side above a gap between rows ends at one height, and what stands below it begins at one.
fn level(columns: &[Edges], gap: &Gap) -> [bool; 2] {
    let ends = |c: &Edges| {
        let above = c.bottoms.partition_point(|y| *y <= gap.from + EDGE);
        above == 0 || gap.from - c.bottoms[above - 1] <= ENDS
    };
    let begins = |c: &Edges| {
        let below = c.tops.get(c.tops.partition_point(|y| *y < gap.to - EDGE));
        below.is_none_or(|y| y - gap.to <= BEGINS)
    };
    [columns.iter().all(ends), columns.iter().all(begins)]
}

impl Sheet {
    /// True where the columns go on over a gap between rows: the lines near it have the same gutters
    /// above and below.
    pub(super) fn same_columns(&self, middles: &[(f32, usize)], gap: &Gap) -> bool {
        let near = |low: f32, high: f32| between(middles, low, high).iter().map(|(_, i)| *i).collect::<Vec<_>>();
        let gutters = |low: f32, high: f32| self.gutters(&near(low, high));
        let (above, below) = (gutters(gap.from - NEAR, gap.from), gutters(gap.to, gap.to + NEAR));
        let met = |some: &[Gap], others: &[Gap]| {
            some.iter().filter(|g| others.iter().any(|o| o.from < g.to && g.from < o.to)).count()
        };
        let all = (above.len() + below.len()) as f32;
        !above.is_empty() && !below.is_empty() && (met(&above, &below) + met(&below, &above)) as f32 >= MOST * all
    }

    /// Where the boxes of each of a region's columns begin and where they end, from top to bottom.
    pub(super) fn edges(&self, region: &[usize], gutters: &[Gap]) -> Vec<Edges> {
        let columns = self.columns_of(region, gutters);
        let edges = |column: &Vec<usize>| {
            let heights = |of: fn(Rect) -> f32| self.by(column, of).into_iter().map(|(height, _)| height).collect();
            Edges { tops: heights(|r| r.y0), bottoms: heights(|r| r.y1) }
        };
        columns.iter().map(edges).collect()
    }

    /// True where a gap runs through columns as it happens, beside pictures, in a region in which nothing else tells:
    /// the blocks near it stand in columns, and neither end at one height above it nor begin at one below, or it is as
    /// wide as pictures are high.
    pub(super) fn is_chance(&self, tops: &[(f32, usize)], bottoms: &[(f32, usize)], gap: &Gap) -> bool {
        // Further away a title may span the columns.
        NEARER.into_iter().any(|near| self.is_chance_within(near, tops, bottoms, gap))
    }

    fn is_chance_within(&self, reach: f32, tops: &[(f32, usize)], bottoms: &[(f32, usize)], gap: &Gap) -> bool {
        let some = |near: &[(f32, usize)]| near.iter().map(|(_, i)| *i).collect::<Vec<_>>();
        let above = some(between(bottoms, gap.from - reach, gap.from + EDGE));
        let below = some(between(tops, gap.to - EDGE, gap.to + reach));
        let near = [above.as_slice(), &below].concat();
        let gutters = self.gutters(&near);
        let beside = |some: &[usize]| self.columns_of(some, &gutters).iter().filter(|c| !c.is_empty()).count() > 1;
        let pictures = tops.len() >= MANY && gap.width() >= PICTURE && beside(&above) && beside(&below);
        !gutters.is_empty() && (pictures || !is_row(&self.edges(&near, &gutters), gap))
    }

    /// True where pictures stand side by side in a gap between rows, each with a line above it and one below.
    ///
    /// ```text
    /// 图1          图2
    /// ░░░░░░░░░    ░░░░░░░░░
    /// 来源：…       来源：…
    /// ```
    pub(super) fn are_pictures(&self, tops: &[(f32, usize)], bottoms: &[(f32, usize)], gap: &Gap) -> bool {
        if gap.width() < PICTURE {
            return false;
        }
        let row = |sorted: &[(f32, usize)], low: f32, high: f32| {
            let mut row: Vec<Rect> = between(sorted, low, high).iter().map(|(_, i)| self.boxes[*i]).collect();
            row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
            row
        };
        let above = row(bottoms, gap.from - ROW, gap.from + EDGE);
        let below = row(tops, gap.to - EDGE, gap.to + ROW);
        let apart = |row: &[Rect]| row.windows(2).all(|w| w[1].x0 - w[0].x1 >= GUTTER);
        let under = |(a, b): (&Rect, &Rect)| {
            let middle = |r: &Rect| (r.x0 + r.x1) / 2.0;
            (a.x0 - b.x0).abs() <= UNDER || (middle(a) - middle(b)).abs() <= UNDER
        };
        let pairs = above.len() > 1 && above.len() == below.len() && above.iter().zip(&below).all(under);
        if !pairs || !apart(&above) || !apart(&below) {
            return false;
        }
        // Text near them spans them, or there is none: none goes on in the columns.
        let top = above.iter().map(|r| r.y0).fold(f32::INFINITY, f32::min);
        let bottom = below.iter().map(|r| r.y1).fold(f32::NEG_INFINITY, f32::max);
        let near = [row(bottoms, top - NEXT, top), row(tops, bottom, bottom + NEXT)].concat();
        let alone = above.len() + below.len() == tops.len();
        alone || near.iter().any(|r| r.x0 < above[0].x1 && r.x1 > above[1].x0)
    }

    /// True where the text of one of a region's columns goes on over a gap between rows, and the others have
    /// text near it on one side alone, as beside a picture.
    ///
    /// ```text
    /// ░░░ 二二
    /// ─────────    the second column goes on here; that the first one begins says nothing
    /// 一一 二二
    /// ```
    pub(super) fn goes_on_beside(
        &self,
        tops: &[(f32, usize)],
        bottoms: &[(f32, usize)],
        gutters: &[Gap],
        edges: &[Edges],
        gap: &Gap,
    ) -> bool {
        if gutters.is_empty() {
            return false;
        }
        let columns = |near: &[(f32, usize)]| -> Vec<Option<Rect>> {
            let near: Vec<usize> = near.iter().map(|(_, i)| *i).collect();
            let columns = self.columns_of(&near, gutters);
            columns.iter().map(|c| self.around(c)).collect()
        };
        let above = columns(between(bottoms, gap.from - NEAR, gap.from + EDGE));
        let below = columns(between(tops, gap.to - EDGE, gap.to + NEAR));
        let [up, down] = filled(edges, gap);
        let (least, most) = (up.min(down), up.max(down));
        let text = |r: &Rect| r.height() >= HIGH;
        let goes_on =
            |(a, b): (&Rect, &Rect)| text(a) && text(b) && (a.x0 - b.x0).abs() <= EDGES && (a.x1 - b.x1).abs() <= EDGES;
        least == 1 && most > 1 && above.iter().zip(&below).any(|(a, b)| a.as_ref().zip(b.as_ref()).is_some_and(goes_on))
    }
}
