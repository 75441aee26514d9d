//! How wide and how large the lines of a placed page are, in ems of its running text.
//!
//! Boxes are higher than their type by what each engine likes, but a line of known text is as wide as
//! its characters are: the em is what most of the text on the page is set in. A line's own size is
//! then told twice, by its width for its text and by its height; both together stand noise, wide
//! spacing and lines of one character.

use crate::flow::Line;
use crate::geometry::weighted_median;
use crate::text::width::Width;

/// Shorter lines, in ems, tell no size by their width.
const TELLING: f32 = 4.0;

/// What a box may be wider or narrower than its line, in ems.
const INEXACT: f32 = 0.15;

/// Widths tell sizes where most of them differ by no more than this from the em, as a share: the
/// characters are of a script whose widths are known.
const KNOWN: f32 = 0.25;

/// Writes down the extent and the size of every line of a page.
pub fn scale(lines: &mut [Line]) {
    let known = || lines.iter().filter_map(|l| Some((l, boxed(l)?))).filter(|(l, _)| l.width.middle() >= TELLING);
    let em = weighted_median(known().map(|(l, (along, _))| (along / l.width.middle(), l.width.middle())));
    let height = weighted_median(known().map(|(l, (_, across))| (across, l.width.middle())));
    if em == 0.0 || height == 0.0 {
        return;
    }
    let off =
        weighted_median(known().map(|(l, (along, _))| ((along / l.width.middle() / em - 1.0).abs(), l.width.middle())));
    let telling = off <= KNOWN;
    for line in lines {
        let Some((along, across)) = boxed(line) else { continue };
        let extent = along / em;
        line.extent = Width { least: (extent - INEXACT).max(0.0), most: extent + INEXACT };
        let by_height = across / height;
        let text = line.width.middle();
        let by_width = telling && text >= TELLING;
        line.size = Some(if by_width { (extent / text * by_height).sqrt() } else { by_height });
    }
}

/// The extent of a line's box along the line and across it, in page units.
fn boxed(line: &Line) -> Option<(f32, f32)> {
    let rect = line.rect.filter(|r| !r.is_empty())?;
    Some(if line.upright { (rect.height(), rect.width()) } else { (rect.width(), rect.height()) })
}
