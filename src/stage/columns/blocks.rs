//! Whether the boxes of a page hold lines or whole blocks.
//!
//! A layout model marks paragraphs, and whoever writes them down one by one has boxes of many lines,
//! whose height tells neither how large their type is nor which way it runs. Lines are all about as
//! thick as the running text is; blocks are not.

use crate::flow::Holds;
use crate::geometry::{Rect, median, weighted_median};

/// Text that fills its box so many times over, were it one line, is many lines. A line's text fills it
/// 1 to 1.6 times; with the room that fonts reserve above and below their characters, 2.7 times.
const OVERFULL: f32 = 5.0;

/// A box that is filled so many times over, next to those that are filled least, holds two lines or more; with this
/// share of all the area, such boxes are paragraphs among blocks of one line.
const SEVERAL_LINES: f32 = 2.8;
const SHARE_BLOCKS: f32 = 0.2;

/// Boxes that are as thick as the usual one give or take this share are of one size.
const SAME: f32 = 1.35;

/// Of lines and words, this share are of one size: .63 and more on pages as engines read them. Of
/// blocks, .2 to .55.
const ALIKE: f32 = 0.6;

/// A page is so many lines high, or wide where they are vertical, and more.
const COLUMNS: f32 = 7.0;

/// Fewer boxes, a poster's or a receipt's, may well be lines of as many sizes.
const FEWEST: usize = 8;

/// Names are as long whatever they stand for: a box is longer or shorter for its text by this much in the main,
/// as a natural logarithm. They are no longer than this, in ems, or a box is larger or smaller for its text too,
/// by so much: of lines and of blocks it is by .25 and less.
const UNEVEN: f32 = 0.25;
const NAME: f32 = 4.0;
const UNFILLED: f32 = 0.3;

/// Text that fills less than this share of the boxes, in ems of what the lower ones hold, is not what stands in them,
/// where there are so many and their shapes differ by more than this, as a natural logarithm.
const EMPTY: f32 = 0.2;
const FEWEST_NAMES: usize = 4;
const ONE_SHAPE: f32 = 0.1;

/// What the boxes of a page hold: each has an area, and is given with the width of its text in ems. `words`
/// says that several are one line of the file, as no blocks are.
pub fn hold(boxes: &[(Rect, f32)], words: bool) -> Holds {
    if !words && are_names(boxes) {
        return Holds::Label;
    }
    if are_blocks(boxes) { Holds::Block } else { Holds::Line }
}

/// Lengths of columns that differ by no more than this share are one, and so much more of a page's area
/// stands in blocks of one height than in blocks of one width where they stand in tiers of vertical text.
const ONE_LENGTH: f32 = 1.08;
const TIERS: f32 = 1.3;

/// What is thicker than the thinnest boxes by this factor has several lines. A rule or a speck that was read
/// as text is thinner yet: one box in so many.
const SEVERAL: f32 = 1.8;

/// No column is so narrow, and no tier so low, that fewer characters than this stand on its lines: texts of two
/// or three lines are as high as each other too.
const LEAST_LENGTH: f32 = 5.0;
const SPECKS: usize = 10;

/// True where blocks hold vertical text: what stands in columns is as wide as they are, what stands in
/// tiers as high.
pub fn are_upright(boxes: &[(Rect, f32)]) -> bool {
    let thick = |r: Rect| r.width().min(r.height());
    let all = || boxes.iter().map(|(r, _)| *r);
    let mut thin: Vec<f32> = all().map(thick).collect();
    thin.sort_by(f32::total_cmp);
    let line = thin.get(thin.len() / SPECKS).copied().unwrap_or(0.0);
    // Of a single line no side is a column's.
    let blocks = || all().filter(|r| thick(*r) > SEVERAL * line);
    let of_one = |length: fn(Rect) -> f32| {
        let long = blocks().filter(|r| length(*r) >= LEAST_LENGTH * line);
        let mut lengths: Vec<(f32, f32)> = long.map(|r| (length(r), r.width() * r.height())).collect();
        lengths.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut from, mut area, mut most) = (0, 0.0, 0.0f32);
        for &(length, own) in &lengths {
            area += own;
            while length > lengths[from].0 * ONE_LENGTH {
                area -= lengths[from].1;
                from += 1;
            }
            most = most.max(area);
        }
        most
    };
    boxes.len() >= FEWEST && of_one(Rect::height) > TIERS * of_one(Rect::width)
}

/// How many times over a text fills its box, were it one line of it.
fn fill((rect, text): &(Rect, f32)) -> f32 {
    text * rect.width().min(rect.height()) / rect.width().max(rect.height())
}

/// True where texts are names for what stands in their boxes.
fn are_names(boxes: &[(Rect, f32)]) -> bool {
    if boxes.len() < FEWEST_NAMES {
        return false;
    }
    let mut thick: Vec<f32> = boxes.iter().map(|(r, _)| r.width().min(r.height())).collect();
    thick.sort_by(f32::total_cmp);
    let em = thick[thick.len() / 4];
    let area = |r: &Rect| r.width() * r.height() / (em * em);
    let uneven = |figure: &dyn Fn(&(Rect, f32)) -> f32| {
        let usual = median(boxes.iter().map(figure));
        median(boxes.iter().map(|b| (figure(b) / usual).ln().abs()))
    };
    let empty = weighted_median(boxes.iter().map(|(r, text)| (text / area(r), area(r)))) < EMPTY;
    // The cells of a table are of one shape, however little stands in them.
    if empty && uneven(&|(r, _)| r.width() / r.height()) > ONE_SHAPE {
        return true;
    }
    if boxes.len() < FEWEST {
        return false;
    }
    let short = || median(boxes.iter().map(|b| b.1)) <= NAME;
    // The cells of a table are of one shape, however long what stands in them is.
    uneven(&fill) > UNEVEN
        && uneven(&|(r, _)| r.width() / r.height()) > UNEVEN
        && (short() || uneven(&|(r, text)| r.width() * r.height() / text) > UNFILLED)
}

/// True where boxes hold blocks of several lines.
fn are_blocks(boxes: &[(Rect, f32)]) -> bool {
    let filled = weighted_median(boxes.iter().map(|b| (fill(b), b.0.width() * b.0.height())));
    if filled >= OVERFULL {
        return true;
    }
    // Paragraphs of several lines among many of one.
    let mut fills: Vec<f32> = boxes.iter().map(fill).collect();
    fills.sort_by(f32::total_cmp);
    let one = fills.get(fills.len() / 4).copied().unwrap_or_default();
    let several = || boxes.iter().filter(|b| fill(b) >= SEVERAL_LINES * one.max(1.0));
    let area = |b: &(Rect, f32)| b.0.width() * b.0.height();
    if several().map(area).sum::<f32>() >= SHARE_BLOCKS * boxes.iter().map(area).sum::<f32>() {
        return true;
    }
    let alike = |upright: bool| {
        let sides = |r: Rect| if upright { (r.width(), r.height()) } else { (r.height(), r.width()) };
        let rects = || boxes.iter().map(|(r, _)| *r);
        let thick = weighted_median(boxes.iter().map(|(r, _)| sides(*r)));
        let long = weighted_median(boxes.iter().map(|(r, _)| (sides(*r).1 / sides(*r).0, sides(*r).1)));
        let of = |all: &mut dyn Iterator<Item = Rect>| all.map(|r| sides(r).1).sum::<f32>();
        let one = |r: &Rect| (thick / SAME..thick * SAME).contains(&sides(*r).0);
        // As columns are as wide as each other, blocks in them may be; but no page has many columns.
        let across = rects().reduce(Rect::union).map_or(0.0, |page| sides(page).0);
        long >= 1.0 && across >= COLUMNS * thick && of(&mut rects().filter(one)) >= ALIKE * of(&mut rects())
    };
    boxes.len() >= FEWEST && !alike(false) && !alike(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxes(sides: &[(f32, f32)], text: impl Fn(f32, f32) -> f32) -> Vec<(Rect, f32)> {
        // They stand stepwise, so that the page is as wide and as high as all together.
        let (mut x, mut y) = (0.0, 0.0);
        let place = |(w, h): &(f32, f32)| {
            let rect = Rect { x0: x, y0: y, x1: x + w, y1: y + h };
            (x, y) = (x + w / 3.0, y + h);
            (rect, text(*w, *h))
        };
        sides.iter().map(place).collect()
    }

    const LINES: &[(f32, f32)] = &[
        (400.0, 40.0),
        (200.0, 21.0),
        (200.0, 20.0),
        (198.0, 22.0),
        (120.0, 19.0),
        (200.0, 20.0),
        (200.0, 23.0),
        (40.0, 14.0),
        (200.0, 20.0),
    ];

    const BLOCKS: &[(f32, f32)] = &[
        (400.0, 60.0),
        (200.0, 180.0),
        (200.0, 320.0),
        (200.0, 80.0),
        (120.0, 20.0),
        (200.0, 510.0),
        (200.0, 110.0),
        (40.0, 14.0),
        (200.0, 45.0),
    ];

    #[test]
    fn lines_are_as_thick_as_each_other() {
        assert!(!are_blocks(&boxes(LINES, |w, h| w / h)));
        let turned = |(r, text): &(Rect, f32)| (r.turned(), *text);
        let upright: Vec<(Rect, f32)> = boxes(LINES, |w, h| w / h).iter().map(turned).collect();
        assert!(!are_blocks(&upright));
    }

    #[test]
    fn blocks_are_not_whatever_their_text_is() {
        assert!(are_blocks(&boxes(BLOCKS, |w, h| w * h / 400.0)));
        assert!(are_blocks(&boxes(BLOCKS, |_, _| 5.0)));
    }

    #[test]
    fn a_few_boxes_of_all_sizes_are_lines_unless_their_text_is_too_long() {
        assert!(!are_blocks(&boxes(&BLOCKS[..5], |w, h| w / h)));
        assert!(are_blocks(&boxes(&BLOCKS[..5], |w, h| w * h / 400.0)));
    }

    #[test]
    fn paragraphs_among_boxes_of_one_line_are_blocks() {
        let questions = [(400.0, 52.0), (190.0, 20.0), (180.0, 20.0), (210.0, 20.0), (195.0, 20.0)].repeat(4);
        assert!(are_blocks(&boxes(&questions, |w, h| w / 20.0 * if h > 26.0 { 1.6 } else { 1.0 })));
    }

    #[test]
    fn names_are_as_long_whatever_stands_in_their_boxes() {
        let named = boxes(BLOCKS, |_, _| 1.5);
        assert_eq!(hold(&named, false), Holds::Label);
        assert_ne!(hold(&named, true), Holds::Label, "words of a line are as short");
        let titled = boxes(BLOCKS, |_, _| 30.0);
        assert_eq!(hold(&titled, false), Holds::Label, "names may be long");
        let cells: Vec<(Rect, f32)> = boxes(&[(100.0, 20.0); 20], |_, _| 1.0)
            .into_iter()
            .zip([3.0, 0.5].into_iter().cycle())
            .map(|((r, _), text)| (r, text))
            .collect();
        assert_ne!(hold(&cells, false), Holds::Label, "cells are of one shape");
        assert_eq!(hold(&boxes(BLOCKS, |w, h| w * h / 400.0), false), Holds::Block);
        assert_eq!(hold(&boxes(LINES, |w, h| w / h), false), Holds::Line);
    }

    #[test]
    fn texts_that_leave_their_boxes_empty_are_names() {
        let slide = [(300.0, 26.0), (120.0, 20.0), (400.0, 20.0), (380.0, 44.0), (110.0, 20.0)];
        assert_eq!(hold(&boxes(&slide, |_, _| 1.5), false), Holds::Label);
        assert_ne!(hold(&boxes(&slide, |w, h| w / h), false), Holds::Label);
    }

    #[test]
    fn blocks_in_tiers_are_as_high_as_each_other() {
        let columns = boxes(BLOCKS, |w, h| w * h / 400.0);
        let tiers: Vec<(Rect, f32)> = columns.iter().map(|(r, text)| (r.turned(), *text)).collect();
        assert!(!are_upright(&columns) && are_upright(&tiers));
    }

    #[test]
    fn texts_of_three_lines_each_stand_in_no_tiers() {
        let one = (150.0, 20.0);
        let slide = [one, (300.0, 86.0), one, (520.0, 86.0), (410.0, 86.0), one, (260.0, 86.0), (610.0, 86.0), one];
        assert!(!are_upright(&boxes(&slide, |w, h| w * h / 400.0)));
    }
}
