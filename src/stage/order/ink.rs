//! What pictures and rules say of the gaps between rows, where a file states them.
//!
//! ```text
//! 一一 二二
//! ░░░░ 二二
//! ░░░░          this gap is there because the picture is: the first column goes on below it
//! ░░░░ 二二
//! 一一 二二
//! ─────────     a rule from side to side parts what stands above it from what stands below
//! 三三 四四
//! ```

use super::gap::Gap;
use crate::geometry::Rect;
use crate::page::{Ink, InkKind};

/// Pictures are as wide and as high as this, in ems.
const LEAST: f32 = 3.0;

/// A picture makes a gap that it covers so much of, where it leaves so much of the region's width to others.
const COVERED: f32 = 0.5;
const NARROW: f32 = 0.7;

/// A rule parts a region that it crosses for this share of its width, and a gap that it lies in or off by so many ems.
const CROSSED: f32 = 0.8;
const OFF: f32 = 0.5;

/// A rule is so much longer than it is thick.
const THIN: f32 = 10.0;

/// The pictures and rules of a page, in ems, turned where its text is vertical.
#[derive(Debug, Default)]
pub(super) struct Inks {
    pictures: Vec<Rect>,
    rules: Vec<Rect>,
}

impl Inks {
    /// Those of a page, of which `em` is the em in page units.
    pub(super) fn of(ink: &[Ink], vertical: bool, em: f32) -> Inks {
        let mut inks = Inks::default();
        for Ink { kind, rect } in ink {
            let r = if vertical { rect.turned() } else { *rect };
            let r = Rect { x0: r.x0 / em, y0: r.y0 / em, x1: r.x1 / em, y1: r.y1 / em };
            match kind {
                InkKind::Picture if r.width().min(r.height()) >= LEAST => inks.pictures.push(r),
                InkKind::Rule if r.width() >= THIN * r.height() => inks.rules.push(r),
                _ => {}
            }
        }
        inks
    }

    /// True where a picture in one of a region's columns makes a gap between its rows.
    pub(super) fn make(&self, gap: &Gap, region: Rect) -> bool {
        self.pictures.iter().any(|p| {
            let covered = p.y1.min(gap.to) - p.y0.max(gap.from);
            let width = p.x1.min(region.x1) - p.x0.max(region.x0);
            covered >= COVERED * gap.width() && (LEAST..NARROW * region.width()).contains(&width)
        })
    }

    /// True where a rule parts a region in a gap between its rows.
    pub(super) fn part(&self, gap: &Gap, region: Rect) -> bool {
        self.rules.iter().any(|r| {
            let within = (gap.from - OFF..gap.to + OFF).contains(&r.middle());
            within && r.x1.min(region.x1) - r.x0.max(region.x0) >= CROSSED * region.width()
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::options::{Options, Trust};
    use crate::press::Press;
    use crate::stage::columns::columns;
    use crate::stage::order::order;
    use crate::text::language::Language;
    use std::fmt::Write;

    /// The numbers of the lines of a page of hOCR in reading order, each with its column, 430 apart, its height on the
    /// page and that of its type; `ink` is put before them.
    fn read(ink: &str, lines: &[(usize, f32, f32)]) -> Vec<usize> {
        let mut page = format!("<div class='ocr_page' title='bbox 0 0 900 1200'>{ink}");
        for (n, (column, y, size)) in lines.iter().enumerate() {
            let x = 20 + 430 * column;
            let text: String =
                "的一是不了在人有我他这大来上个国到说们".chars().take((400.0 / size) as usize - 1).collect();
            let (right, foot) = (x + 400, y + size);
            let _ = write!(page, "<span class='ocr_line' title='bbox {x} {y} {right} {foot}'>{n:02}{text}</span>");
        }
        page.push_str("</div>");
        let input = crate::read(page.as_bytes(), None, &Options::default()).expect("a page of hOCR");
        let press = Press::of(Language::Chinese);
        let flow = order(columns(&input.source, &input.pages, Language::Chinese, &press), Trust::default());
        flow.lines.iter().map(|l| input.source.get(l.span)[..2].parse().expect("its number")).collect()
    }

    #[test]
    fn a_picture_in_a_column_parts_no_rows() {
        // A headline opens the lower half of the first column.
        let size = |column, n| if column == 0 && n == 5 { 32.0 } else { 20.0 };
        let down = |column, n| if n < 5 { 0.0 } else { 80.0 + if column == 0 && n > 5 { 12.0 } else { 0.0 } };
        let line = |column, n: usize| (column, 30.0 * n as f32 + down(column, n), size(column, n));
        let lines: Vec<_> = (0..2).flat_map(|column| (0..10).map(move |n| line(column, n))).collect();
        let rows: Vec<usize> = [0..5, 10..15, 5..10, 15..20].into_iter().flatten().collect();
        let picture = "<div class='ocr_photo' title='bbox 450 145 850 228'></div>";
        assert_eq!(read(picture, &lines), (0..20).collect::<Vec<_>>());
        assert_eq!(read("", &lines), rows, "where there is none, a row begins with the headline");
    }

    #[test]
    fn a_rule_from_side_to_side_parts_what_stands_above_it_from_what_stands_below() {
        let lines: Vec<_> = (0..2).flat_map(|column| (0..10).map(move |n| (column, 30.0 * n as f32, 20.0))).collect();
        let rule = "<div class='ocr_separator' title='bbox 20 144 850 146'></div>";
        let rows: Vec<usize> = [0..5, 10..15, 5..10, 15..20].into_iter().flatten().collect();
        assert_eq!(read(rule, &lines), rows);
        assert_eq!(read("", &lines), (0..20).collect::<Vec<_>>(), "where there is none, the columns go on");
        let short = "<div class='ocr_separator' title='bbox 20 144 420 146'></div>";
        assert_eq!(read(short, &lines), (0..20).collect::<Vec<_>>(), "one below one column parts that one alone");
    }
}
