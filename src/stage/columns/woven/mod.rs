//! Undoes the weaving of columns: a dump whose lines were sorted by their height on the page takes
//! one line from each column in turn.
//!
//! ```text
//! 习近平强调，中国和赤道几内亚是        1
//! 受到中国人民对于赤道几内亚和非洲人     2
//! 特别是习近平法治思想不断              3
//! 好朋友。高水平的政治互信、全方位的     1
//! 民的真挚友好。这次峰会组织工作周密     2
//! 引向深入，中央宣传部、中              3
//! ```
//!
//! A page on a grid of characters is woven in the same way: its rows hold a line of each column, whose
//! places are known to an em or two. There the places speak besides the words.
//!
//! First which lines stand below each other ([`cover`]), then which of the columns found so is read
//! after which ([`strands`]).

pub mod cover;
pub mod strands;
pub mod weave;
pub mod weights;

use crate::flow::{Line, unwrapped};
use crate::geometry::median;
use crate::press::Press;
use crate::source::Source;
use crate::text::continuity::Model;
use crate::text::language::Language;
use std::cmp::Ordering;
use weave::Weave;

/// Shorter pages, in lines, show no weave.
const FEWEST: usize = 16;

/// Columns are wider than this, in ems; lines that are not are verse, a table or a list.
const NARROWEST: f32 = 6.0;

/// Columns show by their measures: so many lines of a woven page share their width with others, half and more of those
/// of development pages and of pages set by a browser. Of lists of headlines that have nothing to do with each other
/// at most 38 % did.
const SHARE_WIDTHS: f32 = 0.44;

/// Lines share a width within so much, in ems, where one of so many does, and two more.
const ONE_WIDTH: f32 = 0.4;
const ONE_OF: usize = 25;

/// A page is woven where so many of its lines stand below another than the one before: 94 % and more on
/// the development pages that are, a quarter at most on others, but for pages of nothing but misreadings.
const AWAY: f32 = 0.8;

/// On a grid so many are enough, as its columns show by their places: the other lines have a part of the page to
/// themselves.
const AWAY_GRID: f32 = 0.3;

/// And where they go on that one so much better than on the one before, on average: 3.3 and more on the development
/// pages that are woven, 1.1 and more on Korean ones set by a browser; misreadings gain 0.7 to 1.6.
const BETTER: f32 = 1.3;

/// On a page of so many lines, parts that have one column may stand between the woven ones. Then fewer lines stand
/// below others than the ones before, but all of them go on the others much better: so much for each tenth that is
/// missing. Of 244 pages set by a browser 99 showed 50 to 80 % and gained 1.2 to 5.0; of the dumps that are not
/// woven, and read rightly, none showed more than 27 %, nor gained more than 1.6.
const MIXED: usize = 100;
const BETTER_MIXED: f32 = 0.7;

/// Lines of which each goes on the one before so well, on average, stand in their order: woven ones have -2.8 to 0,
/// others -0.6 to 2.8 where they are read rightly, and most pages need not be looked at further.
const IN_ORDER: f32 = 0.0;

/// At least so many lines are looked at first.
const FEW_LINES: usize = 64;

/// Where some lines go on the ones before so well, on average, all of them are in order: on 900 pages, woven and not,
/// what some said was too much by 0.7 wherever all said little.
const CLEARLY_IN_ORDER: f32 = 0.8;

/// How well or badly one line goes on another, in one average.
const LEAST: f32 = -5.0;
const MOST: f32 = 6.0;

/// The columns of one text, in reading order, each as its lines.
pub type Text = Vec<Vec<usize>>;

/// The lines of a page, if they are woven: text by text, as far as one is told from another.
pub fn unwoven(source: &Source, lines: &[Line], model: &Model, language: Language, press: &Press) -> Option<Vec<Text>> {
    // Whole paragraphs go on none another, and are no columns.
    let narrow = median(lines.iter().map(|l| l.width.middle())) < NARROWEST;
    if lines.len() < FEWEST || narrow || unwrapped(lines) > 0.5 {
        return None;
    }
    // A grid shows its columns by their places, whatever their words.
    let grid = lines.iter().any(|l| l.rect.is_some());
    // Most pages show by a few of their lines that they are in order.
    let some = (lines.len() / FEW_LINES).max(1);
    if !grid && in_order(source, lines, some, model) > CLEARLY_IN_ORDER {
        return None;
    }
    let in_order = in_order(source, lines, 1, model);
    if !grid && (in_order > IN_ORDER || share_widths(lines) < SHARE_WIDTHS) {
        return None;
    }
    let weave = Weave::of(source, lines, model, language, press);
    let above = cover::cover(&weave);
    let links: Vec<(usize, usize)> = above.iter().enumerate().filter_map(|(j, q)| Some(((*q)?, j))).collect();
    let all = links.len() as f32;
    let away = links.iter().filter(|(q, j)| q + 1 < *j).count() as f32 / all;
    let below = links.iter().map(|(q, j)| weave.goes_on(*q, *j).clamp(LEAST, MOST)).sum::<f32>() / all;
    let missing = (AWAY - away).max(0.0) * 10.0;
    let enough = missing == 0.0 || lines.len() >= MIXED;
    let woven = if grid { away > AWAY_GRID } else { enough && below - in_order > BETTER + BETTER_MIXED * missing };
    woven.then(|| strands::in_order(&weave, paths(&above)))
}

/// The share of lines whose width others share.
fn share_widths(lines: &[Line]) -> f32 {
    let mut widths: Vec<f32> = lines.iter().map(|l| l.width.middle()).collect();
    widths.sort_by(f32::total_cmp);
    let enough = 2 + lines.len() / ONE_OF;
    let shared = widths.iter().filter(|width| {
        let from = widths.partition_point(|other| *other < **width - ONE_WIDTH);
        let to = widths.partition_point(|other| *other <= **width + ONE_WIDTH);
        // The line itself is one of them.
        to - from > enough
    });
    shared.count() as f32 / lines.len() as f32
}

/// How well each line, or one of `every` so many, goes on the one before, on average. Most pages are asked no
/// more, so nothing else is looked at yet.
fn in_order(source: &Source, lines: &[Line], every: usize, model: &Model) -> f32 {
    let goes_on = |pair: &[Line]| {
        let [above, below] = [&pair[0], &pair[1]].map(|line| source.get(line.span));
        model.goes_on(model.tail(above), model.head(below)).clamp(LEAST, MOST)
    };
    let pairs = || lines.windows(2).step_by(every);
    pairs().map(goes_on).sum::<f32>() / pairs().len() as f32
}

/// The order in which a grid's lines are woven: by rows, and from left to right.
pub fn row_by_row(a: &Line, b: &Line) -> Ordering {
    let place = |line: &Line| line.rect.map_or((0.0, 0.0), |r| (r.y0, r.x0));
    let (a, b) = (place(a), place(b));
    a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
}

/// The lines of each column, by the line above each line.
pub fn paths(above: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut paths: Vec<Vec<usize>> = Vec::new();
    let mut path_of = vec![0; above.len()];
    for (j, q) in above.iter().enumerate() {
        path_of[j] = q.map_or(paths.len(), |q| path_of[q]);
        match q {
            Some(_) => paths[path_of[j]].push(j),
            None => paths.push(vec![j]),
        }
    }
    paths
}

#[cfg(test)]
mod tests;
