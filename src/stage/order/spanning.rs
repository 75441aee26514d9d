//! What spans the columns of a region in which no gutter runs from top to bottom: a headline, a caption
//! below a wide picture, or a line too long.

use super::gap::SHRUNK;
use super::sheet::{Cut, Sheet};
use crate::geometry::CROWD;

/// So many lines for each line on the side with fewer may span a gutter; a headline may stand above
/// two blocks.
const SPANNING: f32 = 0.6;

/// The same where the region is cut at what spans it above its columns and below them, although gaps
/// between rows are wider: these may be where pictures stand side by side.
const CAP: f32 = 0.15;

/// What is as high as this, in ems, has two rows.
const ROWS: f32 = 2.0;

/// Lines on each side that make a gutter out of a gap; a block does.
const FEWEST: usize = 2;

/// Lines that all span a gutter and have their rows for themselves, or that do not, from top to bottom.
struct Stretch {
    spans: bool,
    lines: Vec<usize>,
}

impl Sheet {
    /// Parts a region at the lines that span its columns, or at the gutter that the fewest span.
    pub(super) fn set_aside(&self, region: &[usize]) -> Option<Cut> {
        let Some(gutter) = self.gutter(region, if self.blocks { 1.0 } else { SPANNING }) else {
            return self.between_text(region);
        };
        let parts: Vec<Vec<usize>> = self.stretches(region, gutter).into_iter().map(|s| s.lines).collect();
        if parts.len() > 1 {
            return Some(Cut { parts, beside: false });
        }
        let (left, right) = region.iter().partition(|i| (self.boxes[**i].x0 + self.boxes[**i].x1) / 2.0 < gutter);
        Some(Cut { parts: vec![left, right], beside: true })
    }

    /// Parts a region of more text than columns: what spans them stands above or below them alone, as a paragraph
    /// does above two pictures.
    fn between_text(&self, region: &[usize]) -> Option<Cut> {
        let gutter = self.gutter(region, f32::INFINITY)?;
        let stretches = self.stretches(region, gutter);
        let [columns] = &stretches.iter().filter(|s| !s.spans).collect::<Vec<_>>()[..] else { return None };
        // A row alone is a line whose words stand far apart.
        let (left, right): (Vec<usize>, Vec<usize>) =
            columns.lines.iter().partition(|i| self.boxes[**i].x1 < gutter + SHRUNK);
        let rows = |side: &[usize]| self.around(side).is_some_and(|r| r.height() >= ROWS);
        let clear = (self.blocks || rows(&left) && rows(&right)) && !self.gutters(&columns.lines).is_empty();
        let parts = || Cut { parts: stretches.iter().map(|s| s.lines.clone()).collect(), beside: false };
        (clear && stretches.len() > 1).then(parts)
    }

    /// Parts a region from the title that spans its columns at its top and the note that does at its foot, by
    /// gaps of `least`; within the columns nothing spans them without having its rows for itself.
    pub(super) fn capped(&self, region: &[usize], least: f32) -> Option<Vec<Vec<usize>>> {
        let gutter = self.gutter(region, CAP)?;
        let mut stretches = self.stretches(region, gutter);
        if stretches.iter().any(|s| !s.spans && s.lines.iter().any(|i| self.spans(*i, gutter))) {
            return None;
        }
        let mut head = None;
        if stretches[0].spans {
            // Its last line may end before the gutter.
            let mut first = stretches.remove(0).lines;
            let next = stretches.first_mut()?;
            match self.attached(&first, &next.lines, least) {
                0 => {}
                1 if next.lines.len() > 1 => first.push(next.lines.remove(0)),
                _ => return None,
            }
            head = Some(first);
        }
        let mut foot = None;
        if let [.., above, last] = &stretches[..]
            && last.spans
            && self.attached(&above.lines, &last.lines, least) == 0
        {
            foot = stretches.pop().map(|s| s.lines);
        }
        if head.is_none() && foot.is_none() {
            return None;
        }
        let rest: Vec<usize> = stretches.into_iter().flat_map(|s| s.lines).collect();
        Some(head.into_iter().chain([rest]).chain(foot).collect())
    }

    /// How many of the first lines below some others go on with them, no gap of `least` between.
    fn attached(&self, above: &[usize], below: &[usize], least: f32) -> usize {
        let mut bottom = above.iter().map(|i| self.boxes[*i].y1).fold(f32::NEG_INFINITY, f32::max);
        let goes_on = |i: &&usize| {
            let near = self.boxes[**i].y0 < bottom + least;
            bottom = bottom.max(self.boxes[**i].y1);
            near
        };
        below.iter().take_while(goes_on).count()
    }

    fn spans(&self, i: usize, gutter: f32) -> bool {
        self.boxes[i].x0 < gutter - SHRUNK && self.boxes[i].x1 > gutter + SHRUNK
    }

    /// A region in stretches from top to bottom.
    fn stretches(&self, region: &[usize], gutter: f32) -> Vec<Stretch> {
        let mut by_height = region.to_vec();
        by_height.sort_by(|a, b| self.boxes[*a].middle().total_cmp(&self.boxes[*b].middle()).then(a.cmp(b)));
        // A headline has its rows for itself; what has text beside it is a line too long.
        let alone = |n: usize| {
            let here = self.boxes[by_height[n]];
            let beside = |i: &usize| here.shared_height(self.boxes[*i]) > 0.3 && !self.spans(*i, gutter);
            let near = |i: &&usize| (self.boxes[**i].middle() - here.middle()).abs() < here.height() + 1.0;
            !by_height[..n].iter().rev().take(CROWD).take_while(near).any(beside)
                && !by_height[n + 1..].iter().take(CROWD).take_while(near).any(beside)
        };
        let mut stretches: Vec<Stretch> = Vec::new();
        for (n, &i) in by_height.iter().enumerate() {
            let spans = self.spans(i, gutter) && alone(n);
            match stretches.last_mut().filter(|last| last.spans == spans) {
                Some(last) => last.lines.push(i),
                None => stretches.push(Stretch { spans, lines: vec![i] }),
            }
        }
        stretches
    }

    /// The place that the fewest lines span, no more than `most` for each line beside it, if columns stand on
    /// both sides of it.
    fn gutter(&self, region: &[usize], most: f32) -> Option<f32> {
        // At each right edge, the lines that lie wholly to the left, and those that begin behind it.
        let mut starts: Vec<f32> = region.iter().map(|i| self.boxes[*i].x0).collect();
        let mut ends: Vec<f32> = region.iter().map(|i| self.boxes[*i].x1).collect();
        starts.sort_by(f32::total_cmp);
        ends.sort_by(f32::total_cmp);
        let fewest = if self.blocks { 1 } else { FEWEST };
        let mut best: Option<(f32, f32)> = None;
        for &at in &starts {
            let left = ends.partition_point(|e| *e <= at + SHRUNK);
            let right = starts.len() - starts.partition_point(|s| *s < at - SHRUNK);
            if left < fewest || right < fewest {
                continue;
            }
            let spanning = region.len().saturating_sub(left + right) as f32 / left.min(right) as f32;
            if spanning <= most && best.is_none_or(|(least, _)| spanning < least) {
                best = Some((spanning, at));
            }
        }
        best.map(|(_, at)| at)
    }
}
