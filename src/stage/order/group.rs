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

use crate::flow::Line;
use crate::geometry::{CROWD, Rect};

/// Type from this size on, as a share of the running text's, is a headline's.
const LARGE: f32 = 1.15;

/// Sizes of one headline differ by no more than this, as a natural logarithm of their ratio.
const SAME_SIZE: f32 = 0.13;

/// The room between two lines of one headline, as a share of their height.
const LEADING: f32 = 0.75;

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

/// Ties every line to the one right below it, where the two are one block. Boxes are turned as if the
/// lines ran from left to right.
fn chain(page: &[Line], mut lines: Vec<(usize, Rect)>, next: &mut [Option<usize>], follows: &mut [bool]) {
    lines.sort_by(|a, b| a.1.y0.total_cmp(&b.1.y0).then(a.0.cmp(&b.0)));
    for (n, (i, rect)) in lines.iter().enumerate() {
        let reach = rect.y1 + LEADING * rect.height();
        let below = lines[n + 1..].iter().take(CROWD).take_while(|(_, r)| r.y0 <= reach);
        let mut own = below.filter(|(j, r)| !follows[*j] && is_one(&page[*i], *rect, &page[*j], *r));
        if let Some((j, _)) = own.next() {
            next[*i] = Some(*j);
            follows[*j] = true;
        }
    }
}

/// True where a line stands right below another, in the same size and over or under it.
fn is_one(above: &Line, a: Rect, below: &Line, b: Rect) -> bool {
    let same_size = above.size.zip(below.size).is_some_and(|(a, b)| (a / b).ln().abs() <= SAME_SIZE);
    let shared = a.x1.min(b.x1) - a.x0.max(b.x0);
    same_size && b.middle() > a.y1 - 0.2 * a.height() && shared > 0.5 * a.width().min(b.width())
}
