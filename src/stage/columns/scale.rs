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
    let of = |upright: bool| lines.iter().filter(|l| l.upright == upright).map(|l| l.width.middle()).sum::<f32>();
    let upright = of(true) > of(false);
    for line in lines {
        let Some((along, across)) = boxed(line) else { continue };
        let extent = along / em;
        line.extent = Width { least: (extent - INEXACT).max(0.0), most: extent + INEXACT };
        let by_height = across / height;
        let text = line.width.middle();
        line.size = Some(match telling && text >= TELLING {
            // Boxes that are higher than their type are no wider: across lines that run the other way they tell another
            // size.
            true if line.upright != upright && (by_height * text / extent).ln().abs() > KNOWN => extent / text,
            true => (extent / text * by_height).sqrt(),
            false => by_height,
        });
    }
}

/// Lines of a block are set so far apart, in ems from one to the next.
const PITCH: f32 = 1.4;

/// Sizes told so that differ from the running text's by no more than this, as a natural logarithm, are its own.
const UNSURE: f32 = 0.25;

/// Writes down the size of every block of a page: the em in which its text fills its box.
pub fn scale_blocks(blocks: &mut [Line]) {
    let known = || blocks.iter().filter_map(|b| Some((block_em(b)?, b.width.middle())));
    let em = weighted_median(known());
    if em > 0.0 {
        for block in blocks {
            let size = block_em(block).map(|own| own / em);
            block.size = size.map(|size| if (size.ln()).abs() <= UNSURE { 1.0 } else { size });
        }
    }
}

/// The em in which a text stands in its box in as few lines as it fills, in page units.
fn block_em(block: &Line) -> Option<f32> {
    let (along, across) = boxed(block)?;
    let text = block.width.middle();
    let em = |lines: f32| across / (1.0 + (lines - 1.0) * PITCH);
    // The more lines, the smaller the em, and the fewer lines the text needs.
    let most = (across * text / along).sqrt().ceil().min(1e4) as u32 + 1;
    let fits = |lines: &u32| text * em(*lines as f32) / along <= *lines as f32;
    (text > 0.0).then(|| (1..=most).find(fits).map_or(em(most as f32), |lines| em(lines as f32)))
}

/// The extent of a line's box along the line and across it, in page units.
fn boxed(line: &Line) -> Option<(f32, f32)> {
    let rect = line.rect.filter(|r| !r.is_empty())?;
    Some(if line.upright { (rect.height(), rect.width()) } else { (rect.width(), rect.height()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use crate::stage::columns::printed;
    use crate::text::language::Language;
    use std::fmt::Write;

    #[test]
    fn a_vertical_headline_is_as_large_as_it_is_wide() {
        // Poppler's boxes are as high as a font says that its lines are, here twice the type.
        let mut page = String::from("<html><body><doc><page width=\"400\" height=\"400\"><block>");
        let mut line = |text: &str, [x0, y0, x1, y1]: [u32; 4]| {
            let place = format!("xMin=\"{x0}\" yMin=\"{y0}\" xMax=\"{x1}\" yMax=\"{y1}\"");
            write!(page, "<line {place}><word {place}>{text}</word></line>").unwrap();
        };
        for y in 0..8 {
            line("春天来了河边的柳树又绿了", [0, 30 * y, 119 + y % 3, 30 * y + 20]);
        }
        line("渡口服务站启用", [200, 0, 220, 140]);
        page += "</block></page></doc></body></html>";
        let input = crate::read(page.as_bytes(), None, &Options::default()).unwrap();
        let mut lines = printed(&input.source, &input.pages[0], Language::Chinese);
        scale(&mut lines);
        let sizes: Vec<f32> = lines.iter().filter_map(|l| l.size).collect();
        assert!(sizes[..8].iter().all(|size| (size - 1.0).abs() < 0.05), "{sizes:?}");
        assert!((sizes[8] - 2.0).abs() < 0.1, "{sizes:?}");
    }
}
