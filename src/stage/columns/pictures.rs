//! Which lines stand at a picture, as captions do: one that the file states, or the room for one.
//!
//! Most engines give lines alone. Where a picture stood they leave a hole as wide as the column; the line at
//! its foot says what was to be seen, or goes on with the text.

use crate::flow::Line;
use crate::geometry::{Rect, median};
use crate::page::{InkKind, Page};

/// A picture is as wide and as high as this, in heights of a line, and as much of its width is a caption's.
const LEAST: f32 = 4.0;

/// How far below a picture its caption stands at the most, or above, in heights of a line.
const BELOW: f32 = 2.5;
const ABOVE: f32 = 1.5;

/// The share of a line's width that stands below or above the picture.
const SHARED: f32 = 0.6;

/// How much is said by a picture above a line, by one below it, and by room for one above it.
const STATED: f32 = 1.0;
const STATED_BELOW: f32 = 0.8;
const ROOM: f32 = 0.8;

/// Notes how clearly each line of a page stands at a picture.
pub fn beside(page: &Page, lines: &mut [Line]) {
    let height = median(lines.iter().filter(|l| !l.upright).filter_map(|l| l.rect).map(Rect::height));
    if height <= 0.0 {
        return;
    }
    let large = |r: &Rect| r.width() >= LEAST * height && r.height() >= LEAST * height;
    let pictures: Vec<Rect> =
        page.ink.iter().filter(|i| i.kind == InkKind::Picture).map(|i| i.rect).filter(large).collect();
    if pictures.is_empty() {
        room(lines, height);
        return;
    }
    for line in lines.iter_mut().filter(|l| !l.upright) {
        let Some(rect) = line.rect else { continue };
        let at = |p: &Rect| {
            let (below, above) = (rect.y0 - p.y1, p.y0 - rect.y1);
            let near = |room: f32, most: f32| room >= -0.5 * height && room <= most * height;
            match () {
                () if rect.shared_width(*p) < SHARED => 0.0,
                () if near(below, BELOW) => STATED,
                () if near(above, ABOVE) => STATED_BELOW,
                () => 0.0,
            }
        };
        line.picture = pictures.iter().map(at).fold(0.0, f32::max);
    }
}

/// The same where no picture is stated, by the room above each line.
fn room(lines: &mut [Line], height: f32) {
    let boxes: Vec<Rect> = lines.iter().map(|l| l.rect.unwrap_or(NOWHERE)).collect();
    let Some(whole) = boxes.iter().copied().filter(|r| !r.is_empty()).reduce(Rect::union) else { return };
    // The foot of the lowest line so far in each strip of the page.
    let strip = |x: f32| (((x - whole.x0) / height).max(0.0) as usize).min(STRIPS - 1);
    let mut feet = vec![f32::NEG_INFINITY; strip(whole.x1) + 1];
    // What stands below all text is a note at the page's foot.
    let text = |l: &Line| !l.upright && l.size.is_some_and(|s| s >= TEXT) && l.width.middle() >= 2.0 * LEAST;
    let lowest = lines.iter().filter(|l| text(l)).filter_map(|l| l.rect).map(|r| r.y1).fold(whole.y0, f32::max);
    let mut order: Vec<usize> = (0..lines.len()).filter(|i| !boxes[*i].is_empty()).collect();
    order.sort_by(|a, b| boxes[*a].y0.total_cmp(&boxes[*b].y0).then(a.cmp(b)));
    for i in order {
        let rect = boxes[i];
        let strips = &mut feet[strip(rect.x0)..=strip(rect.x1)];
        let foot = strips.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let wide = rect.width() >= LEAST * height;
        if foot.is_finite() && rect.y0 - foot >= LEAST * height && wide && rect.y1 < lowest && !lines[i].upright {
            lines[i].picture = ROOM;
        }
        strips.iter_mut().for_each(|f| *f = f.max(rect.y1));
    }
}

/// Lines are text where they are set no smaller than this, as a share of the running text.
const TEXT: f32 = 0.93;

/// The box of a line without one.
const NOWHERE: Rect = Rect { x0: 0.0, y0: 0.0, x1: 0.0, y1: 0.0 };

/// Strips of a page at the most.
const STRIPS: usize = 4096;

#[cfg(test)]
mod tests {
    use crate::stage::drawn::{Drawn, places, umi};

    const TEXT: &str = "春天来了河边的柳树又绿了孩子们在岸上放";

    /// A column with a hole in it, and a line at the hole's foot in type of some size.
    fn page(caption: &str, size: f32) -> String {
        let above = (0..10).map(|n| (TEXT, 100.0, 100.0 + 32.0 * n as f32, 20.0));
        let below = (0..12).map(|n| (TEXT, 100.0, 720.0 + 32.0 * n as f32, 20.0));
        umi(&above.chain([(caption, 130.0, 670.0, size)]).chain(below).collect::<Vec<Drawn>>())
    }

    #[test]
    fn small_type_at_the_foot_of_a_hole_is_a_caption() {
        let caption = "渡口的老艄公在修补渔网";
        assert_eq!(places(&page(caption, 15.0), &[caption])[0].1, "caption");
        assert_ne!(places(&page(caption, 20.0), &[caption])[0].1, "caption", "in the text's size it may be a heading");
    }

    /// The same as hOCR, with the picture or without, and no room for it.
    fn stated(picture: &str) -> String {
        let line = |text: &str, x: usize, y: usize, size: usize| {
            let (end, foot) = (x + size * text.chars().count(), y + size);
            format!("<span class='ocr_line' title='bbox {x} {y} {end} {foot}'>{text}</span>")
        };
        let text = |from: usize| (0..10).map(move |n| line(TEXT, 100, from + 32 * n, 20)).collect::<String>();
        let caption = line("渡口的老艄公在修补渔网", 600, 330, 15);
        format!("<div class='ocr_page' title='bbox 0 0 1000 1000'>{picture}{caption}{}{}</div>", text(100), text(420))
    }

    #[test]
    fn small_type_below_a_picture_is_a_caption() {
        let picture = "<div class='ocr_photo' title='bbox 590 100 900 320'></div>";
        assert_eq!(places(&stated(picture), &["老艄公"])[0].1, "caption");
        assert_ne!(places(&stated(""), &["老艄公"])[0].1, "caption");
    }
}
