//! Writes a column down in reading order, with what the boxes of its lines say of indents and blank
//! lines.

use crate::flow::{Column, Flow, Holds, Line, make_whole};
use crate::geometry::{Rect, median};
use crate::text::width::Width;

/// A line is set in no deeper than this, in ems: what stands further right is centred or set apart.
const DEEPEST: f32 = 3.5;

/// A line stands apart where it is further below the one before than usual by this share and so many
/// ems.
const APART: f32 = 1.4;
const APART_EMS: f32 = 0.2;

/// Appends the lines `column` of a page to `out`. `beside` says that they stand beside the column
/// before, so that how far below something they stand is not to be seen.
pub fn settle(page: &[Line], column: &[usize], beside: bool, out: &mut Flow) {
    let mut rest = column;
    let mut beside = beside;
    // Lines of the other direction, a caption on a vertical page, have edges of their own.
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|i| page[**i].upright == page[*first].upright).count();
        let (lines, behind) = rest.split_at(same);
        settle_lines(page, lines, beside, out);
        rest = behind;
        beside = true;
    }
}

fn settle_lines(page: &[Line], lines: &[usize], beside: bool, out: &mut Flow) {
    let boxes: Vec<Rect> = lines.iter().map(|i| placed(&page[*i])).collect();
    let em = median(lines.iter().zip(&boxes).filter(|(_, r)| !r.is_empty()).map(|(i, r)| {
        let extent = page[*i].extent.middle();
        if extent > 0.0 { r.width() / extent } else { r.height() }
    }));
    let em = em.max(f32::MIN_POSITIVE);
    let drift = drift(&boxes);
    let begin = |r: &Rect| r.x0 - drift * r.y0;
    let left = edge(boxes.iter().map(begin).collect(), em);
    let pitch = median(boxes.windows(2).map(|w| w[1].y0 - w[0].y0));
    let number = out.columns.len() as u32;
    out.columns.push(Column::default());
    let from = out.lines.len();
    for (n, (&i, rect)) in lines.iter().zip(&boxes).enumerate() {
        let above = n.checked_sub(1).map(|n| boxes[n]);
        let apart = above.map_or(!beside, |a| rect.y0 - a.y0 > pitch * APART + APART_EMS * em);
        out.lines.push(Line {
            tops: n == 0 && beside,
            indent: (begin(rect) - left).max(0.0) / em,
            blanks: u32::from(apart || matches!(page[i].holds, Holds::Block | Holds::Label)),
            column: number,
            ..page[i]
        });
    }
    let mut start = 0;
    while start < boxes.len() {
        let goes_on = |pair: &[Rect]| pair[0].shared_height(pair[1]) > SAME_HEIGHT && is_beside(pair[0], pair[1], em);
        let end = start + 1 + boxes[start..].windows(2).take_while(|pair| goes_on(pair)).count();
        let length = (boxes[end - 1].x1 - boxes[start].x0) / em;
        let pieces = &mut out.lines[from + start..from + end];
        let slack = (pieces[0].extent.most - pieces[0].extent.least) / 2.0;
        make_whole(pieces, Width { least: (length - slack).max(0.0), most: length + slack });
        for (piece, pair) in pieces[1..].iter_mut().zip(boxes[start..end].windows(2)) {
            let room = (pair[1].x0 - pair[0].x1) / em;
            // On a character grid a space may part two columns.
            let close = piece.holds == Holds::Line && piece.size.is_some() && room <= CLOSE;
            piece.of_one_line = if close { SURE } else { 0.0 };
            piece.spaced = close && room >= SPACE;
        }
        start = end;
    }
}

/// Where the lines of a column begin that are not set in: furthest left, but not where one line alone does,
/// whose box may hold a speck more.
fn edge(mut begins: Vec<f32>, em: f32) -> f32 {
    begins.sort_by(f32::total_cmp);
    let middle = begins.get(begins.len() / 2).copied().unwrap_or_default();
    begins.retain(|x| *x <= middle && *x >= middle - DEEPEST * em);
    let shared = begins.windows(2).find(|pair| pair[1] - pair[0] <= SHARED * em);
    match (begins.first(), shared) {
        (Some(first), _) if begins.len() < FEWEST => *first,
        (_, Some(pair)) => pair[0],
        (first, None) => first.copied().unwrap_or(middle),
    }
}

/// Two lines begin at one place where they do no further apart than this, in ems.
const SHARED: f32 = 0.5;

/// How far to the right a column's edge goes for each unit down: paper that is seen from the side or bent
/// has edges that lie at another slant than its lines. Lines far from each other tell it, and most of them
/// are not set in.
fn drift(boxes: &[Rect]) -> f32 {
    if boxes.len() < FEWEST {
        return 0.0;
    }
    let of = |lines: &[Rect]| {
        let pairs = lines.iter().zip(&lines[lines.len() / 2..]).filter(|(a, b)| b.y0 > a.y1);
        median(pairs.map(|(a, b)| (b.x0 - a.x0) / (b.y0 - a.y0)))
    };
    let (upper, lower) = boxes.split_at(boxes.len() / 2);
    let drift = of(boxes);
    // Where only the lower half stands further in, it was set so.
    let even = [upper, lower].iter().all(|half| (of(half) - drift).abs() <= drift.abs() / 2.0);
    if even && drift.abs() <= ASLANT { drift } else { 0.0 }
}

/// Fewer lines do not tell how a column's edge goes; one that goes further aside than this for each unit
/// down is none.
const FEWEST: usize = 8;
const ASLANT: f32 = 0.03;

/// Pieces of one printed line share so much of their height, and are no further apart, in ems.
pub(super) const SAME_HEIGHT: f32 = 0.6;
const ROOM: f32 = 3.0;

/// No further apart than this, in ems, they are pieces of one text: a space in a stretched line is as wide.
const CLOSE: f32 = 0.8;

/// A space is no narrower than this, in ems.
const SPACE: f32 = 0.2;

/// How surely such pieces are one text: a title and who wrote it may stand as close.
const SURE: f32 = 0.4;

fn is_beside(a: Rect, b: Rect, em: f32) -> bool {
    b.x0 > a.x0 && b.x0 - a.x1 <= ROOM * em
}

/// A line's box as if the line ran from left to right.
fn placed(line: &Line) -> Rect {
    let rect = line.rect.unwrap_or(Rect { x0: 0.0, y0: 0.0, x1: 0.0, y1: 0.0 });
    if line.upright { rect.turned() } else { rect }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::drawn::{places, umi};

    #[test]
    fn an_edge_drifts_all_along_or_not_at_all() {
        let lines = |begin: &dyn Fn(usize) -> f32| -> Vec<Rect> {
            let line = |n: usize| Rect { x0: begin(n), x1: 400.0, y0: 30.0 * n as f32, y1: 30.0 * n as f32 + 20.0 };
            (0..40).map(line).collect()
        };
        let bent = lines(&|n| 0.3 * n as f32 + if n % 5 == 0 { 40.0 } else { 0.0 });
        assert!((drift(&bent) - 0.01).abs() < 0.001, "{}", drift(&bent));
        let set_in = lines(&|n| if n < 20 { 0.0 } else { 20.0 });
        assert_eq!(drift(&set_in), 0.0);
    }

    #[test]
    fn an_edge_is_where_several_lines_begin() {
        let begins = vec![
            100.0, 79.0, 140.0, 100.0, 101.0, 100.0, 99.0, 140.0, 100.0, 100.0, 100.0, 101.0, 99.0, 100.0, 98.0, 100.0,
            100.0,
        ];
        assert_eq!(edge(begins, 20.0), 98.0, "one line that begins further left is none");
    }

    #[test]
    fn words_that_stand_beside_each_other_are_no_list() {
        // Each word of the line between the two texts has a box of its own.
        let mut lines = Vec::new();
        let text =
            ["나루터 안내소가 어제 문을 열었다", "강을 오가는 주민은 안내소에서", "배표를 사고 짐을 맡길 수 있다."];
        for y in [100.0, 190.0] {
            lines.extend(text.iter().zip([0.0, 30.0, 60.0]).map(|(text, down)| (*text, 100.0, y + down, 20.0)));
        }
        let mut x = 140.0;
        for word in ["따뜻한", "차도", "무료로", "마실", "수", "있다."] {
            lines.push((word, x, 280.0, 20.0));
            x += 20.0 * word.chars().count() as f32 + 8.0;
        }
        let found = places(&umi(&lines), &["따뜻한 차도 무료로 마실 수 있다."]);
        assert_eq!(found, [(Some(1), "paragraph")]);
    }
}
