//! A page as boxes in ems, and what is asked of any part of it.

use super::gap::{GUTTER, Gap, SHRUNK};
use super::group::{groups, is_large};
use super::ink::Inks;
use crate::flow::{Holds, Line};
use crate::geometry::{CROWD, Rect, median};
use crate::page::Ink;

/// Where boxes hold blocks, the least hold one line: this share of them, and no fewer than this, are
/// about as high as each other.
const ONE_LINE: f32 = 0.04;
const ONE_LINE_FEWEST: usize = 2;

/// The boxes of a page, turned where its text is vertical, in ems.
pub struct Sheet {
    /// What must not be parted: a line, or the lines of one headline.
    pub(super) groups: Vec<Vec<usize>>,
    /// The boxes of the groups, which are cut.
    pub(super) boxes: Vec<Rect>,
    /// Which groups are set as large as headlines.
    pub(super) large: Vec<bool>,
    /// Some are.
    pub(super) headed: bool,
    /// Its boxes hold blocks of lines.
    pub(super) blocks: bool,
    /// The usual room between two lines, in ems.
    pub(super) leading: f32,
    /// Its pictures and rules.
    pub(super) inks: Inks,
}

impl Sheet {
    /// The sheet of a page's lines and of its ink; nothing where one has no box.
    pub fn of(page: &[Line], ink: &[Ink], vertical: bool) -> Option<Sheet> {
        let rects: Option<Vec<Rect>> =
            page.iter().map(|l| trimmed(l).map(|r| if vertical { r.turned() } else { r })).collect();
        let mut lines = rects?;
        let along = page.iter().zip(&lines).filter(|(l, r)| l.upright == vertical && !r.is_empty());
        let heights = along.map(|(_, r)| r.height());
        let blocks = page.iter().any(|l| l.holds != Holds::Line);
        let height = if blocks { least(heights.collect()) } else { median(heights) };
        let height = height.max(f32::MIN_POSITIVE);
        for r in &mut lines {
            *r = Rect { x0: r.x0 / height, y0: r.y0 / height, x1: r.x1 / height, y1: r.y1 / height };
        }
        let leading = leading(&lines);
        let inks = Inks::of(ink, vertical, height);
        let groups = groups(page, vertical);
        let whole = |g: &Vec<usize>| g.iter().skip(1).fold(lines[g[0]], |r, i| r.union(lines[*i]));
        let boxes = groups.iter().map(whole).collect();
        let large: Vec<bool> = groups.iter().map(|g| g.iter().all(|i| is_large(&page[*i]))).collect();
        let headed = large.contains(&true);
        Some(Sheet { groups, boxes, large, headed, blocks, leading, inks })
    }

    /// A region by a height of its boxes, with that height: what is near a gap is then found without
    /// looking at all.
    pub(super) fn by(&self, region: &[usize], height: impl Fn(Rect) -> f32) -> Vec<(f32, usize)> {
        let mut by: Vec<(f32, usize)> = region.iter().map(|i| (height(self.boxes[*i]), *i)).collect();
        by.sort_by(|a, b| a.0.total_cmp(&b.0));
        by
    }

    /// The gaps between what stands side by side, however narrow.
    pub(super) fn upright_gaps(&self, region: &[usize]) -> Vec<Gap> {
        let extent = |i: &usize| {
            let r = self.boxes[*i];
            // A headline that reaches into a gutter stands above both its columns.
            let shrunk = if self.large[*i] { SHRUNK / 4.0 } else { SHRUNK };
            (r.x0 + shrunk, (r.x1 - shrunk).max(r.x0 + shrunk + 0.1))
        };
        gaps(region.iter().map(extent).collect())
    }

    /// The gutters between the columns of a region.
    pub(super) fn gutters(&self, region: &[usize]) -> Vec<Gap> {
        self.upright_gaps(region).into_iter().filter(|gap| gap.width() >= GUTTER).collect()
    }

    /// Parts a region at some gaps.
    pub(super) fn part(&self, region: &[usize], gaps: &[Gap], middle: impl Fn(Rect) -> f32) -> Vec<Vec<usize>> {
        let cuts: Vec<f32> = gaps.iter().map(|g| (g.from + g.to) / 2.0).collect();
        let mut parts = vec![Vec::new(); cuts.len() + 1];
        for &i in region {
            let at = middle(self.boxes[i]);
            parts[cuts.partition_point(|cut| *cut < at)].push(i);
        }
        parts
    }

    /// Parts a region into its columns.
    pub(super) fn columns_of(&self, region: &[usize], gutters: &[Gap]) -> Vec<Vec<usize>> {
        self.part(region, gutters, |r| (r.x0 + r.x1) / 2.0)
    }

    /// The gaps in what the boxes of a region cover of an axis, in order.
    pub(super) fn gaps(&self, region: &[usize], extent: impl Fn(Rect) -> (f32, f32)) -> Vec<Gap> {
        gaps(region.iter().map(|i| extent(self.boxes[*i])).collect())
    }

    /// The box around some groups.
    pub(super) fn around(&self, groups: &[usize]) -> Option<Rect> {
        groups.iter().map(|i| self.boxes[*i]).reduce(Rect::union)
    }
}

/// The gaps between extents, in order.
fn gaps(mut extents: Vec<(f32, f32)>) -> Vec<Gap> {
    extents.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut gaps = Vec::new();
    let mut covered = extents.first().map_or(0.0, |(_, to)| *to);
    for (from, to) in extents {
        if from > covered {
            gaps.push(Gap { from: covered, to: from });
        }
        covered = covered.max(to);
    }
    gaps
}

/// A line's box, no higher than its type: fonts have room above and below their characters, and boxes
/// of neighbouring lines that have it too overlap.
fn trimmed(line: &Line) -> Option<Rect> {
    let mut rect = line.rect?;
    let (Some(size), Holds::Line, false) = (line.size, line.holds, rect.is_empty()) else { return Some(rect) };
    let along = if line.upright { rect.height() } else { rect.width() };
    let em = size * along / line.extent.middle().max(f32::MIN_POSITIVE);
    if line.upright && em < rect.width() {
        let middle = (rect.x0 + rect.x1) / 2.0;
        (rect.x0, rect.x1) = (middle - em / 2.0, middle + em / 2.0);
    } else if !line.upright && em < rect.height() {
        let middle = rect.middle();
        (rect.y0, rect.y1) = (middle - em / 2.0, middle + em / 2.0);
    }
    Some(rect)
}

/// The height of the least boxes of which there are several.
fn least(mut heights: Vec<f32>) -> f32 {
    heights.sort_by(f32::total_cmp);
    let several = ((heights.len() as f32 * ONE_LINE) as usize).max(ONE_LINE_FEWEST) - 1;
    let mut found = heights.iter().zip(heights.iter().skip(several)).filter(|(low, high)| **high <= **low * 1.3);
    found.next().map_or_else(|| heights.first().copied().unwrap_or(0.0), |(low, _)| *low)
}

/// The usual room between a line and the next one below it; lines that touch have none.
fn leading(boxes: &[Rect]) -> f32 {
    let mut by_height: Vec<Rect> = boxes.to_vec();
    by_height.sort_by(|a, b| a.y0.total_cmp(&b.y0));
    let below = |n: usize| {
        let here = by_height[n];
        let next = by_height[n + 1..].iter().take(CROWD).take_while(|r| r.y0 < here.y1 + 3.0);
        let mut next = next.filter(|r| r.middle() > here.y1 && r.x0 < here.x1 && here.x0 < r.x1);
        next.next().map(|r| r.y0 - here.y1)
    };
    median((0..by_height.len()).filter_map(below)).max(0.0)
}

/// A region parted, its parts in reading order.
pub(super) struct Cut {
    pub(super) parts: Vec<Vec<usize>>,
    /// They stand side by side, not below each other.
    pub(super) beside: bool,
}
