//! Finds text that was recognised twice: detectors that work in tiles, or at two scales, give a line
//! two boxes, and some files hold a block beside its lines.
//!
//! Two boxes that cover each other cannot hold two texts of the page. Where one text holds the other,
//! the longer stays; where they are alike but for misread characters, the one that the engine was
//! surer of.

use crate::geometry::{CROWD, Rect};
use crate::page::{Page, Run};
use crate::source::{Source, Span};
use crate::text::class::is_blank;
use std::borrow::Cow;

/// Boxes that share so much of the smaller one's area cover each other.
const COVERED: f32 = 0.65;

/// Texts that differ have boxes of one place where they share so much of the larger one's area, too, and
/// are alike where so much of them is the same.
const ONE_PLACE: f32 = 0.65;
const ALIKE: f32 = 0.6;

/// Shorter texts, in characters, may be the same by chance: a word that is printed twice, whose boxes are
/// not exact.
const SHORTEST: usize = 3;

/// No more boxes than these are compared with one that they cover.
const MOST: usize = 8;

/// Longer texts, in characters, are not compared character by character.
const LONGEST: usize = 200;

/// A line of the file, with the box about it and how sure the engine was of it.
struct Line {
    rect: Rect,
    span: Span,
    sure: f32,
}

impl Line {
    fn of(runs: &[Run]) -> Option<Line> {
        let rect = runs.iter().filter_map(|r| r.rect).reduce(Rect::union)?;
        let sure = runs.iter().filter_map(|r| r.sure).fold(f32::INFINITY, f32::min);
        let span = Span { start: runs[0].span.start, end: runs[runs.len() - 1].span.end };
        Some(Line { rect, span, sure: if sure.is_finite() { sure } else { 0.0 } })
    }
}

/// The page without the lines that stand on it twice, and where those are in the input, in its order.
pub fn part<'a>(source: &Source, page: &'a Page) -> (Cow<'a, Page>, Vec<Span>) {
    let mut lines: Vec<Line> = page.lines().filter_map(Line::of).collect();
    lines.sort_by(|a, b| a.rect.y0.total_cmp(&b.rect.y0).then(a.span.cmp(&b.span)));
    let mut gone = vec![false; lines.len()];
    for (i, line) in lines.iter().enumerate() {
        let below = lines[i + 1..].iter().enumerate().take(CROWD).take_while(|(_, l)| l.rect.y0 < line.rect.y1);
        let smaller = |other: &Line| area(line.rect).min(area(other.rect));
        let covered = below.filter(|(_, other)| shared(line.rect, other.rect) >= COVERED * smaller(other));
        for (n, other) in covered.take(MOST) {
            let j = i + 1 + n;
            let larger = area(line.rect).max(area(other.rect));
            match twice(source, line, other, shared(line.rect, other.rect) >= ONE_PLACE * larger) {
                _ if gone[i] || gone[j] => {}
                Some(Less::First) => gone[i] = true,
                Some(Less::Second) => gone[j] = true,
                None => {}
            }
        }
    }
    let mut spans: Vec<Span> = lines.iter().zip(gone).filter(|(_, gone)| *gone).map(|(l, _)| l.span).collect();
    if spans.is_empty() {
        return (Cow::Borrowed(page), spans);
    }
    spans.sort_unstable();
    let within = |run: &Run| {
        let at = spans.partition_point(|s| s.end <= run.span.start);
        spans.get(at).is_some_and(|s| s.start <= run.span.start)
    };
    let mut rest = page.clone();
    rest.runs.retain(|r| !within(r));
    (Cow::Owned(rest), spans)
}

fn area(rect: Rect) -> f32 {
    rect.width() * rect.height()
}

/// The area that two boxes share.
fn shared(a: Rect, b: Rect) -> f32 {
    let along = |a0: f32, a1: f32, b0: f32, b1: f32| (a1.min(b1) - a0.max(b0)).max(0.0);
    along(a.x0, a.x1, b.x0, b.x1) * along(a.y0, a.y1, b.y0, b.y1)
}

/// Which of two lines says less.
#[derive(Debug, PartialEq, Eq)]
enum Less {
    First,
    Second,
}

/// The line that says nothing new, where two are one text; `one_place` says that their boxes are the same.
fn twice(source: &Source, a: &Line, b: &Line, one_place: bool) -> Option<Less> {
    let bare = |line: &Line| source.get(line.span).chars().filter(|c| !is_blank(*c)).collect::<String>();
    let (first, second) = (bare(a), bare(b));
    let short = |text: &str| text.chars().nth(SHORTEST - 1).is_none();
    let chance = (short(&first) || short(&second)) && !(one_place && first == second);
    if chance || first.is_empty() {
        return None;
    }
    let surer = if b.sure > a.sure { Less::First } else { Less::Second };
    match () {
        () if first == second => Some(surer),
        () if first.contains(&second) => Some(Less::Second),
        () if second.contains(&first) => Some(Less::First),
        () if one_place && alike(&first, &second) => Some(surer),
        () => None,
    }
}

fn alike(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    a.len().max(b.len()) <= LONGEST
        && similar::capture_diff_slices(similar::Algorithm::Myers, &a, &b).iter().map(equal).sum::<usize>() as f32 * 2.0
            >= ALIKE * (a.len() + b.len()) as f32
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
}
