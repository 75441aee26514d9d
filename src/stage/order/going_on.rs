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

/// Where the boxes of some columns begin and where they end, in ems, each with its column, from top to bottom.
#[derive(Default)]
pub(super) struct Edges {
    tops: Vec<(f32, usize)>,
    bottoms: Vec<(f32, usize)>,
    /// Where the first box of each column ends, and where the last one begins: each by itself from top to bottom, so
    /// that the columns above a place and below it are counted without a look at each.
    first: Vec<f32>,
    last: Vec<f32>,
}

impl Edges {
    /// True where what stands side by side above a gap between rows ends at one height, or what stands below it begins
    /// at one.
    pub(super) fn is_row(&self, gap: &Gap) -> bool {
        self.end_at(gap) || self.begin_at(gap)
    }

    /// True where both hold, of columns that stand on both sides.
    pub(super) fn is_clear(&self, gap: &Gap) -> bool {
        self.first.len() > 1 && self.end_at(gap) && self.begin_at(gap)
    }

    fn end_at(&self, gap: &Gap) -> bool {
        distinct(between(&self.bottoms, gap.from - ENDS, gap.from + EDGE)) == self.above(gap)
    }

    fn begin_at(&self, gap: &Gap) -> bool {
        distinct(between(&self.tops, gap.to - EDGE, gap.to + BEGINS)) == self.below(gap)
    }

    /// How many columns have something above a gap between rows.
    fn above(&self, gap: &Gap) -> usize {
        self.first.partition_point(|y| *y < gap.from + EDGE)
    }

    /// How many have something below it.
    fn below(&self, gap: &Gap) -> usize {
        self.last.len() - self.last.partition_point(|y| *y < gap.to - EDGE)
    }
}

/// How many columns some edges are of.
fn distinct(edges: &[(f32, usize)]) -> usize {
    let mut columns: Vec<usize> = edges.iter().map(|(_, column)| *column).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.len()
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

    /// Where the boxes of a region's columns begin and where they end.
    pub(super) fn edges(&self, region: &[usize], gutters: &[Gap]) -> Edges {
        let mut edges = Edges::default();
        let columns = self.columns_of(region, gutters).into_iter().filter(|c| !c.is_empty());
        for (n, column) in columns.enumerate() {
            let boxes = || column.iter().map(|i| self.boxes[*i]);
            edges.tops.extend(boxes().map(|r| (r.y0, n)));
            edges.bottoms.extend(boxes().map(|r| (r.y1, n)));
            edges.first.push(boxes().map(|r| r.y1).fold(f32::INFINITY, f32::min));
            edges.last.push(boxes().map(|r| r.y0).fold(f32::NEG_INFINITY, f32::max));
        }
        edges.tops.sort_by(|a, b| a.0.total_cmp(&b.0));
        edges.bottoms.sort_by(|a, b| a.0.total_cmp(&b.0));
        edges.first.sort_by(f32::total_cmp);
        edges.last.sort_by(f32::total_cmp);
        edges
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
        !gutters.is_empty() && (pictures || !self.edges(&near, &gutters).is_row(gap))
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
        edges: &Edges,
        gap: &Gap,
    ) -> bool {
        let (above, below) = (edges.above(gap), edges.below(gap));
        if above.min(below) != 1 || above.max(below) == 1 {
            return false;
        }
        let columns = |near: &[(f32, usize)]| -> Vec<Option<Rect>> {
            let near: Vec<usize> = near.iter().map(|(_, i)| *i).collect();
            let columns = self.columns_of(&near, gutters);
            columns.iter().map(|c| self.around(c)).collect()
        };
        let above = columns(between(bottoms, gap.from - NEAR, gap.from + EDGE));
        let below = columns(between(tops, gap.to - EDGE, gap.to + NEAR));
        let text = |r: &Rect| r.height() >= HIGH;
        let goes_on =
            |(a, b): (&Rect, &Rect)| text(a) && text(b) && (a.x0 - b.x0).abs() <= EDGES && (a.x1 - b.x1).abs() <= EDGES;
        above.iter().zip(&below).any(|(a, b)| a.as_ref().zip(b.as_ref()).is_some_and(goes_on))
    }
}
