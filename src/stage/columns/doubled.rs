//! Finds lines that were recognised twice: detectors that work in tiles, or at two scales, give a line two
//! boxes.
//!
//! What is the same text in the same place to a fraction of an em is one line, and so is a piece of a line
//! where that line has it. Where two texts of one place are alike but for misread characters, the one that
//! the engine was surer of stays; figures are no misread characters of each other.

use crate::geometry::{CROWD, Rect};
use crate::page::{Page, Run};
use crate::source::{Source, Span};
use crate::text::class::{Class, class, is_blank};
use crate::text::width::width;
use std::borrow::Cow;

/// Edges of boxes of one place are no further apart than this, in ems.
const ONE_PLACE: f32 = 0.4;

/// A box is higher than its line's type by no more than this factor: fonts have room above and below.
const ONE_LINE: f32 = 1.8;

/// Texts are alike where so much of them is the same.
const ALIKE: f32 = 0.85;

/// A piece of a line stands where the line has it, give or take this share of the line.
const PIECE: f32 = 0.1;

/// A shorter piece, in characters, is found anywhere by chance.
const SHORTEST: usize = 3;

/// No more boxes than these are compared with one.
const MOST: usize = 8;

/// Longer texts, in characters, are not compared character by character.
const LONGEST: usize = 200;

/// A line of the file, with the box about it and how sure the engine was of it.
struct Line {
    rect: Rect,
    span: Span,
    sure: f32,
    /// The em of its type, in page units.
    em: f32,
}

impl Line {
    fn of(source: &Source, runs: &[Run]) -> Option<Line> {
        let rect = runs.iter().filter_map(|r| r.rect).reduce(Rect::union)?;
        let sure = runs.iter().filter_map(|r| r.sure).fold(f32::INFINITY, f32::min);
        let span = runs[0].span.through(runs[runs.len() - 1].span);
        let em = rect.width().max(rect.height()) / width(source.get(span)).middle().max(1.0);
        Some(Line { rect, span, sure: if sure.is_finite() { sure } else { 0.0 }, em })
    }

    /// Its box is as high as one line of its type is.
    fn fills(&self) -> bool {
        self.rect.width().min(self.rect.height()) <= ONE_LINE * self.em
    }

    /// How far the edges of two lines are apart at the most, in ems of the smaller type.
    fn apart(&self, other: &Line) -> f32 {
        let (a, b) = (self.rect, other.rect);
        let edges = [(a.x0, b.x0), (a.x1, b.x1), (a.y0, b.y0), (a.y1, b.y1)];
        edges.into_iter().map(|(a, b)| (a - b).abs()).fold(0.0, f32::max) / self.em.min(other.em).max(f32::MIN_POSITIVE)
    }

    /// Where another box begins and ends within this one, as shares of its length; nothing where that is
    /// not within it, or of other type.
    fn holds(&self, other: &Line) -> Option<(f32, f32)> {
        let down = self.rect.height() > self.rect.width();
        let turned = |r: Rect| if down { r.turned() } else { r };
        let (own, piece) = (turned(self.rect), turned(other.rect));
        let off = (own.y0 - piece.y0).abs().max((own.y1 - piece.y1).abs());
        let within = off <= ONE_PLACE * self.em && piece.x0 >= own.x0 - self.em && piece.x1 <= own.x1 + self.em;
        within.then(|| ((piece.x0 - own.x0) / own.width(), (piece.x1 - own.x0) / own.width()))
    }
}

/// The page without the lines that stand on it twice, and where those are in the input, in its order.
pub fn part<'a>(source: &Source, page: &'a Page) -> (Cow<'a, Page>, Vec<Span>) {
    let mut lines: Vec<Line> = page.lines().filter_map(|runs| Line::of(source, runs)).collect();
    lines.sort_by(|a, b| a.rect.y0.total_cmp(&b.rect.y0).then(a.span.cmp(&b.span)));
    let mut gone = vec![false; lines.len()];
    for (i, line) in lines.iter().enumerate() {
        let below = lines[i + 1..].iter().enumerate().take(CROWD);
        let level = below.take_while(|(_, l)| l.rect.y0 <= line.rect.y0 + line.em.max(line.rect.height()));
        // Lines of one box are a block's, whose box was written for each, where it is too high for one of them.
        let near = level.filter(|(_, other)| {
            (other.rect != line.rect || line.fills() && other.fills())
                && (line.apart(other) <= ONE_PLACE || line.holds(other).is_some() || other.holds(line).is_some())
        });
        for (n, other) in near.take(MOST) {
            let j = i + 1 + n;
            if !gone[i] && !gone[j] {
                match twice(source, line, other) {
                    Some(Less::First) => gone[i] = true,
                    Some(Less::Second) => gone[j] = true,
                    None => {}
                }
            }
        }
    }
    let mut spans: Vec<Span> = lines.iter().zip(gone).filter(|(_, gone)| *gone).map(|(l, _)| l.span).collect();
    spans.sort_unstable();
    (page.without(&spans), spans)
}

/// Which of two lines says less.
#[derive(Debug, PartialEq, Eq)]
enum Less {
    First,
    Second,
}

/// The line that says nothing new, where two are one text.
fn twice(source: &Source, a: &Line, b: &Line) -> Option<Less> {
    let bare = |line: &Line| source.get(line.span).chars().filter(|c| !is_blank(*c)).collect::<Vec<char>>();
    let (first, second) = (bare(a), bare(b));
    if first.is_empty() || second.is_empty() {
        return None;
    }
    if a.apart(b) <= ONE_PLACE {
        let surer = if b.sure > a.sure { Less::First } else { Less::Second };
        return (first == second || alike(&first, &second)).then_some(surer);
    }
    let has =
        |whole: &[char], piece: &[char], place: Option<(f32, f32)>| place.is_some_and(|p| is_piece(whole, piece, p));
    match () {
        () if has(&first, &second, a.holds(b)) => Some(Less::Second),
        () if has(&second, &first, b.holds(a)) => Some(Less::First),
        () => None,
    }
}

/// True where a line has a piece of text at a place, from and to a share of its length.
fn is_piece(whole: &[char], piece: &[char], (from, to): (f32, f32)) -> bool {
    let figure = |c: Option<&char>| c.is_some_and(|c| class(*c) == Class::Digit);
    let share = |at: usize| at as f32 / whole.len() as f32;
    piece.len() >= SHORTEST
        && whole.windows(piece.len()).enumerate().any(|(at, text)| {
            let end = at + piece.len();
            let cut = figure(piece.first()) && at > 0 && figure(whole.get(at - 1))
                || figure(piece.last()) && figure(whole.get(end));
            text == piece && !cut && (share(at) - from).abs() <= PIECE && (share(end) - to).abs() <= PIECE
        })
}

fn alike(a: &[char], b: &[char]) -> bool {
    let figures = |text: &[char]| text.iter().copied().filter(|c| class(*c) == Class::Digit).collect::<String>();
    a.len().max(b.len()) <= LONGEST && figures(a) == figures(b) && {
        let same: usize = similar::capture_diff_slices(similar::Algorithm::Myers, a, b).iter().map(equal).sum();
        same as f32 * 2.0 >= ALIKE * (a.len() + b.len()) as f32
    }
}

fn equal(op: &similar::DiffOp) -> usize {
    match op {
        similar::DiffOp::Equal { len, .. } => *len,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left out of a page of boxes, each given as text, confidence, left, top, right and bottom.
    fn left_out(boxes: &[(&str, f32, [f32; 4])]) -> Vec<String> {
        let text = boxes.iter().map(|(text, ..)| *text).collect::<Vec<_>>().join("\n");
        let input = crate::read(text.as_bytes(), None, &crate::Options::default()).unwrap();
        let mut page = input.pages[0].clone();
        for (run, (_, sure, [x0, y0, x1, y1])) in page.runs.iter_mut().zip(boxes) {
            run.rect = Some(Rect { x0: *x0, y0: *y0, x1: *x1, y1: *y1 });
            run.sure = Some(*sure);
        }
        part(&input.source, &page).1.into_iter().map(|s| input.source.get(s).to_string()).collect()
    }

    #[test]
    fn a_line_in_two_boxes_of_one_place_is_read_once() {
        let page = [
            ("春天来了河边的柳树", 0.8, [0.0, 0.0, 180.0, 20.0]),
            ("春天来丁河边的柳树", 0.6, [2.0, 1.0, 181.0, 21.0]),
            ("孩子们在岸上放风筝", 0.5, [0.0, 30.0, 180.0, 50.0]),
            ("孩子们在岸上放风筝", 0.9, [1.0, 29.0, 179.0, 50.0]),
            ("放风筝", 0.9, [121.0, 30.0, 180.0, 50.0]),
        ];
        assert_eq!(left_out(&page), ["春天来丁河边的柳树", "孩子们在岸上放风筝", "放风筝"]);
    }

    #[test]
    fn of_two_boxes_that_are_one_to_the_unit_one_is_left_unless_they_are_a_block_s() {
        let line = [0.0, 0.0, 180.0, 20.0];
        assert_eq!(left_out(&[("春天来了河边的柳树", 0.8, line); 2]).len(), 1);
        let block = [0.0, 0.0, 180.0, 50.0];
        assert!(left_out(&[("春天来了河边的柳树", 0.8, block); 2]).is_empty());
    }

    #[test]
    fn the_same_text_elsewhere_and_another_text_in_one_place_stay() {
        let page = [
            ("春天", 0.8, [0.0, 0.0, 40.0, 20.0]),
            ("春天", 0.8, [40.0, 0.0, 80.0, 20.0]),
            ("春天", 0.8, [0.0, 14.0, 40.0, 34.0]),
            ("版权所有", 0.8, [0.0, 60.0, 80.0, 80.0]),
            ("翻印必究", 0.8, [0.0, 61.0, 80.0, 81.0]),
        ];
        assert_eq!(left_out(&page), [""; 0]);
    }

    #[test]
    fn lines_of_a_list_stay_however_alike_they_are() {
        // Upright boxes about slanted lines cover each other; a block's box stands for each of its lines; a
        // tall mark makes the box about its line as high as the table.
        let slanted = [
            ("本市昨日气温10度，风力0级，", 0.8, [0.0, 0.0, 300.0, 46.0]),
            ("本市昨日气温11度，风力1级，", 0.8, [0.0, 26.0, 300.0, 72.0]),
        ];
        let block = [("财务专用章", 0.8, [0.0, 100.0, 100.0, 200.0]), ("财务专用章", 0.8, [0.0, 100.0, 100.0, 200.0])];
        let table = [
            ("|现金 0.00 0.00", 0.8, [0.0, 300.0, 200.0, 500.0]),
            ("现金 0.00 0.00", 0.8, [10.0, 330.0, 200.0, 350.0]),
            ("150", 0.8, [40.0, 302.0, 90.0, 322.0]),
        ];
        for page in [&slanted[..], &block[..], &table[..]] {
            assert_eq!(left_out(page), [""; 0]);
        }
    }
}
