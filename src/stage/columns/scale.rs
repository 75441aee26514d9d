//! How wide and how large the lines of a placed page are, in ems of its running text.
//!
//! Boxes are higher than their type by what each engine likes, but a line of known text is as wide as
//! its characters are: the em is what most of the text on the page is set in. A line's own size is
//! then told twice, by its width for its text and by its height; both together stand noise, wide
//! spacing and lines of one character.

use crate::flow::Line;
use crate::geometry::Rect;
use crate::text::width::Width;

/// Shorter lines, in ems, tell no size by their width.
const TELLING: f32 = 4.0;

/// What a box may be wider or narrower than its line, in ems.
const INEXACT: f32 = 0.15;

/// Writes down the extent and the size of every line of a page.
pub fn scale(lines: &mut [Line], vertical: bool) {
    let along = |r: Rect| if vertical { r.height() } else { r.width() };
    let across = |r: Rect| if vertical { r.width() } else { r.height() };
    let known = || lines.iter().filter_map(|l| Some((l, l.rect?))).filter(|(l, _)| l.width.middle() >= TELLING);
    let em = usual(known().map(|(l, r)| (along(r) / l.width.middle(), l.width.middle())));
    let height = usual(known().map(|(l, r)| (across(r), l.width.middle())));
    let (Some(em), Some(height)) = (em, height) else { return };
    for line in lines {
        let Some(rect) = line.rect else { continue };
        let extent = along(rect) / em;
        line.extent = Width { least: (extent - INEXACT).max(0.0), most: extent + INEXACT };
        let by_height = across(rect) / height;
        let text = line.width.middle();
        line.size = Some(if text >= TELLING { (extent / text * by_height).sqrt() } else { by_height });
    }
}

/// The median of some figures, each with a weight.
fn usual(figures: impl Iterator<Item = (f32, f32)>) -> Option<f32> {
    let mut figures: Vec<(f32, f32)> = figures.filter(|(f, _)| *f > 0.0).collect();
    figures.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = figures.iter().map(|f| f.1).sum::<f32>() / 2.0;
    let mut sum = 0.0;
    figures.into_iter().find_map(|(figure, weight)| {
        sum += weight;
        (sum >= half).then_some(figure)
    })
}
