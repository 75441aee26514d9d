//! Gutters in spaced text, where a single space parts words on most rows and columns on some.
//!
//! Which it is, one row does not tell, but the rows about it do: words begin anywhere, a column begins
//! at one place. Every row is measured in ems from its last sure place, a row's beginning or a wide gap;
//! a place where word upon word begins on the rows above and below, before which the text goes on below, is a gutter.
//!
//! ```text
//! 지난해 봄 마을에 새 길이 났다 어 두운 밤에도 사람들이 오가고   a word begins here in every row,
//! 그 길로 아이들이 학교에 다니 고 장이 서는 날에는 수레도       at the other places in a third
//! ```
//!
//! Gutters are found from left to right, a round each, and what follows one is measured from it: the
//! stretch of justified spaces and the unknown width of letters add up within one column only.

use super::edges::Edges;
use super::goes_on::GoesOn;
use super::{Cell, DEEPEST_INDENT, SCALE};
use crate::source::Source;
use crate::text::continuity::Model;
use std::collections::VecDeque;

/// A space between words, in ems, as wide as most are.
const SPACE: f32 = 0.35;

/// Columns are no narrower than this, in ems.
const NARROWEST: f32 = 8.0;

/// The grain of places, in ems, and the widest row that is looked at.
const GRAIN: f32 = 0.25;
const WIDEST: f32 = 400.0;

/// Rows up and down that are asked, and how far off they may be in lines.
const ASKED: usize = 14;
const FAR: u32 = 18;

/// A word that begins so near a place, in ems, begins at it; from there on less and less, and from
/// `OFF` on not at all.
const AT: f32 = 0.45;
const OFF: f32 = 0.85;

/// What a row says for a gutter in which a word begins at it, against one in which none does, as
/// logarithms of likelihoods: a gutter is at nine words of ten there, and chance at one of three.
const HIT: f32 = 1.0;
const MISS: f32 = -2.5;

/// What all rows must say together.
const SURE: f32 = 6.0;

/// A place that says less than this share of what the row's best place says is let wait.
const SHARE: f32 = 0.8;

/// A column of the grid is so much wider or narrower at the most, as a share.
const DOUBT: f32 = 0.3;

/// Rounds at the most: as many columns as a page has.
const ROUNDS: usize = 12;

/// Places every cell of a page of spaced text, and makes one cell of the words between two gutters.
pub fn gather(source: &Source, model: &Model, cells: &mut Vec<Cell>) {
    let mut begins: Vec<bool> = cells.iter().map(|c| c.leads || c.anchored).collect();
    let mut places: Vec<Option<f32>> = vec![None; cells.len()];
    measure(cells, &begins, &places);
    let mut goes_on = GoesOn::of(source, model, cells);
    for _ in 0..ROUNDS {
        let found = round(cells, &begins, &goes_on.says(cells, &begins));
        for (i, x) in &found {
            begins[*i] = true;
            places[*i] = Some(*x);
        }
        measure(cells, &begins, &places);
        settle(cells, &begins, &mut places);
        measure(cells, &begins, &places);
        if found.is_empty() {
            break;
        }
    }
    let mut joined: Vec<Cell> = Vec::new();
    for (cell, begins) in cells.drain(..).zip(begins) {
        match joined.last_mut() {
            Some(last) if !begins => {
                let end = cell.x + cell.width;
                last.join(&cell);
                last.width = end - last.x;
            }
            _ => joined.push(cell),
        }
    }
    *cells = joined;
}

/// Sets every word behind the one before it, and those that begin a column at its place.
fn measure(cells: &mut [Cell], begins: &[bool], places: &[Option<f32>]) {
    let mut end = 0.0;
    for ((cell, begins), place) in cells.iter_mut().zip(begins).zip(places) {
        cell.x = match (begins, place) {
            (false, _) => end + SPACE,
            (_, Some(x)) => *x,
            _ if cell.leads && cell.column <= DEEPEST_INDENT => cell.column as f32 / 2.0,
            _ => cell.column as f32 * SCALE,
        };
        end = cell.x + cell.width;
    }
}

/// Finds the place of what stands behind wide gaps: the gutters tell which column of the grid is which.
fn settle(cells: &mut [Cell], begins: &[bool], places: &mut [Option<f32>]) {
    for _ in 0..2 {
        let mut from = (0, 0);
        let mut met = Vec::new();
        for (i, cell) in cells.iter_mut().enumerate() {
            if !begins[i] {
                continue;
            }
            if cell.leads || cell.anchored {
                from = (cell.column, cell.reached.max(cell.column));
                continue;
            }
            cell.reached = cell.reached.max(from.1 + (cell.column - from.0));
            from = (cell.column, cell.reached);
            met.push((cell.line, cell.x, cell.reached));
        }
        let edges = Edges { met };
        edges.reach(cells.iter_mut().zip(begins).filter_map(|(c, b)| b.then_some(c)));
        let mut end = 0.0f32;
        for (i, cell) in cells.iter().enumerate() {
            if cell.leads {
                end = 0.0;
            }
            if begins[i] && cell.anchored {
                let about = cell.column as f32 * SCALE;
                let fits = |x: &f32| *x >= end && (x - about).abs() <= 2.0 + about * DOUBT;
                places[i] = edges.place(cell).filter(fits);
            }
            end = cell.x + cell.width;
        }
    }
}

/// What one row says about each place.
struct Row {
    line: u32,
    /// Its cells.
    first: usize,
    last: usize,
    says: Vec<f32>,
}

/// The cells that begin behind a gutter, with its place, as far as one round finds them.
fn round(cells: &[Cell], begins: &[bool], goes_on: &[f32]) -> Vec<(usize, f32)> {
    let mut found = Vec::new();
    let mut rows: VecDeque<Row> = VecDeque::new();
    let mut ahead = 0;
    // Rows before the one that is asked about stay in the window.
    let mut here = 0;
    loop {
        while rows.len() <= here + ASKED && ahead < cells.len() {
            let line = cells[ahead].line;
            let last = ahead + cells[ahead..].iter().take_while(|c| c.line == line).count();
            let says = says(&cells[ahead..last], &begins[ahead..last], &goes_on[ahead..last]);
            rows.push_back(Row { line, first: ahead, last, says });
            ahead = last;
        }
        if here >= rows.len() {
            return found;
        }
        found.extend(leftmost(cells, begins, &rows, here));
        if here == ASKED {
            rows.pop_front();
        } else {
            here += 1;
        }
    }
}

/// What a row says for a gutter at each place.
fn says(cells: &[Cell], begins: &[bool], goes_on: &[f32]) -> Vec<f32> {
    let end = cells.last().map_or(0.0, |c| c.x + c.width).min(WIDEST);
    let mut says = vec![0.0; (end / GRAIN) as usize + 8];
    let mut put = |from: f32, to: f32, value: &dyn Fn(f32) -> f32| {
        let range = ((from / GRAIN).ceil().max(0.0) as usize)..((to / GRAIN) as usize + 1).min(says.len());
        for at in range {
            let value = value(at as f32 * GRAIN);
            // What speaks for a place is not taken back by the word before it.
            if says[at] <= 0.0 { says[at] = value } else { says[at] = says[at].max(value) }
        }
    };
    let hit = |off: f32, says: f32| {
        let share = ((OFF - off.abs()) / (OFF - AT)).clamp(0.0, 1.0);
        says * share + MISS * (1.0 - share)
    };
    for (i, cell) in cells.iter().enumerate() {
        // From the middle of one word to that of the next, its beginning is the nearest.
        if begins[i] {
            put(cell.x - AT, cell.x + AT, &|_| HIT);
            put(cell.x + AT + GRAIN, cell.x + cell.width, &|_| MISS);
        } else {
            put(cell.x - OFF, cell.x + cell.width, &|x| hit(x - cell.x, HIT + goes_on[i]));
        }
        // A column's line may end right before its edge.
        if cells.get(i + 1).is_none_or(|c| begins[i + 1] && c.anchored) {
            let edge = cell.x + cell.width + SPACE;
            put(edge - OFF, edge, &|x| hit(x - edge, HIT));
            put(edge, edge + AT, &|_| 0.5 * HIT);
        }
    }
    says
}

/// The leftmost gutter within each stretch of a row between two sure places.
fn leftmost(cells: &[Cell], begins: &[bool], rows: &VecDeque<Row>, here: usize) -> Vec<(usize, f32)> {
    let row = &rows[here];
    let mut found = Vec::new();
    let mut start = row.first;
    while start < row.last {
        let count = begins[start + 1..row.last].iter().take_while(|b| !**b).count();
        let words = &cells[start + 1..start + 1 + count];
        let left = cells[start].x + NARROWEST;
        let next = start + 1 + count;
        let gutter = next < row.last && !cells[next].anchored;
        let right = if gutter { cells[next].x - NARROWEST } else { f32::INFINITY };
        let places: Vec<(usize, f32, f32)> = words
            .iter()
            .enumerate()
            .filter(|(_, w)| w.x >= left && w.x <= right)
            .map(|(n, w)| {
                let (place, score) = best(rows, here, w.x);
                (start + 1 + n, place, score)
            })
            .collect();
        let most = places.iter().map(|p| p.2).fold(SURE, f32::max);
        if let Some(n) = places.iter().position(|p| p.2 >= SURE.max(most * SHARE)) {
            // Of two words as near, the one of which more is said.
            let near = places[n..].iter().take_while(|p| p.1 - places[n].1 <= 2.0 * OFF);
            let best = near.max_by(|a, b| a.2.total_cmp(&b.2)).unwrap_or(&places[n]);
            found.push((best.0, best.1));
        }
        start += 1 + count;
    }
    found
}

/// The place about a word's beginning of which the rows say the most, and what they say.
fn best(rows: &VecDeque<Row>, here: usize, x: f32) -> (f32, f32) {
    let low = ((x - OFF) / GRAIN).ceil().max(0.0) as usize;
    let high = ((x + OFF) / GRAIN) as usize;
    let score = |at: usize| -> f32 {
        let say = |row: &Row| row.says.get(at).copied().unwrap_or(0.0);
        let line = rows[here].line;
        let near = |r: &&Row| r.line.abs_diff(line) <= FAR;
        let best = |rows: &mut dyn Iterator<Item = &Row>| {
            let (mut sum, mut most) = (0.0f32, 0.0f32);
            for row in rows {
                sum += say(row);
                most = most.max(sum);
            }
            most
        };
        let above = best(&mut rows.range(..here).rev().take(ASKED).take_while(near));
        let below = best(&mut rows.range(here + 1..).take(ASKED).take_while(near));
        say(&rows[here]) + above + below
    };
    let places = (low..=high).map(|at| (at as f32 * GRAIN, score(at)));
    places.max_by(|a, b| (a.1 - (a.0 - x).abs() * 0.3).total_cmp(&(b.1 - (b.0 - x).abs() * 0.3))).unwrap_or((x, 0.0))
}

#[cfg(test)]
mod tests {
    use crate::read::plain::plain;
    use crate::source::File;
    use crate::text::width::width;

    const LEFT: &str = "마을 어귀에 새로 지은 도서관이 문을 열자 아이들이 먼저 달려왔다 책을 고르는 손길은 \
        바쁘고 창가에는 햇볕이 가득했다 할머니들은 돋보기를 쓰고 큰 글씨로 된 옛이야기를 읽으며 웃었고 저녁이면 \
        일을 마친 이들이 신문을 펼쳐 들었다 관장은 해마다 천 권씩 늘리겠다고 말했다";
    const RIGHT: &str = "강가의 오래된 다리를 고치는 공사가 봄부터 이어지고 있다 차들은 먼 길을 돌아 다니고 \
        장사하는 사람들은 손님이 줄었다며 한숨을 쉰다 시에서는 가을까지 끝내겠다고 했으나 장마가 길어 늦어질 듯하다 \
        주민들은 배를 띄워 건너자는 뜻을 모으기도 했다";
    const THIRD: &str = "올해 포도 농사는 풍년이다 비가 알맞게 내리고 볕이 좋아 알이 굵고 달다 농부들은 새벽부터 \
        밭에 나가 송이를 따고 상자에 담는다 값이 내릴까 걱정하면서도 얼굴에는 웃음이 돈다 조합은 술을 빚어 다른 \
        나라에 팔 길을 찾고 있다";

    /// Lines of a column, as wide as fits.
    fn set(text: &str, ems: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        for c in text.chars() {
            let last = lines.last_mut().unwrap();
            if width(&format!("{last}{c}")).middle() > ems {
                lines.push(String::new());
            }
            let last = lines.last_mut().unwrap();
            if c != ' ' || !last.is_empty() {
                last.push(c);
            }
        }
        lines.iter().map(|l| l.trim_end().to_owned()).collect()
    }

    /// Columns side by side as a dump has them: a space between, but filled up behind a short line.
    fn beside(columns: &[Vec<String>], ems: f32) -> String {
        let mut rows = String::new();
        for n in 0..columns.iter().map(Vec::len).max().unwrap() {
            let (mut row, mut edge) = (String::new(), 0);
            for (k, column) in columns.iter().enumerate() {
                let Some(line) = column.get(n) else { continue };
                if k > 0 {
                    let short = columns[k - 1].get(n).is_none_or(|l| width(l).middle() < ems - 2.0);
                    let fill = if short { edge - row.chars().count() } else { 1 };
                    row.push_str(&" ".repeat(fill));
                }
                row.push_str(line);
                edge += column.iter().map(|l| l.chars().count()).max().unwrap() + 1;
            }
            rows.push_str(&row);
            rows.push('\n');
        }
        rows
    }

    fn read(text: &str) -> Vec<(String, f32)> {
        let file = File { path: None, format: "layout", encoding: "UTF-8" };
        let (source, mut pages) = plain(text.to_owned(), file).unwrap();
        super::super::grid(&source, &mut pages);
        pages[0].runs.iter().map(|r| (source.get(r.span).to_owned(), r.rect.unwrap().x0)).collect()
    }

    /// Four lines of five are runs, and those of a column stand below each other.
    fn assert_parted(found: &[(String, f32)], columns: &[Vec<String>]) {
        for column in columns {
            let run = |line: &String| found.iter().find(|(text, _)| text == line).map(|f| f.1);
            let places: Vec<f32> = column.iter().filter_map(run).collect();
            assert!(places.len() * 5 >= column.len() * 4, "{} of {column:#?} in {found:#?}", places.len());
            let mut sorted = places.clone();
            sorted.sort_by(f32::total_cmp);
            let off = places.iter().filter(|x| (**x - sorted[sorted.len() / 2]).abs() > 1.0).count();
            assert!(off * 10 <= column.len(), "{places:?}");
        }
    }

    /// Three columns of some length, no line of which is another's.
    fn columns(ems: f32) -> [Vec<String>; 3] {
        [[LEFT, THIRD], [RIGHT, LEFT], [THIRD, RIGHT]].map(|[first, second]| {
            let second: Vec<&str> = second.split(' ').rev().collect();
            set(&format!("{first} {}", second.join(" ")), ems)
        })
    }

    #[test]
    fn columns_a_space_apart_are_parted() {
        let columns = &columns(15.0)[..2];
        assert_parted(&read(&beside(columns, 15.0)), columns);
    }

    #[test]
    fn every_gutter_is_found() {
        let columns = columns(14.0);
        assert_parted(&read(&beside(&columns, 14.0)), &columns);
    }

    #[test]
    fn behind_a_short_line_the_next_column_is_where_it_was() {
        let first = [set(LEFT, 15.0), set("길이 넓어졌다", 15.0)].concat();
        let columns = [[first.clone(), set(LEFT, 15.0)].concat(), [set(RIGHT, 15.0), set(THIRD, 15.0)].concat()];
        assert_parted(&read(&beside(&columns, 15.0)), &columns);
    }

    #[test]
    fn a_headline_across_columns_is_whole() {
        let columns = &columns(15.0)[..2];
        let headline = "도서관이 문을 열고 다리가 새로워지는 우리 마을의 한 해";
        let found = read(&format!("{headline}\n\n{}", beside(columns, 15.0)));
        assert_eq!(found[0].0, headline);
        assert_parted(&found, columns);
    }

    #[test]
    fn one_column_stays_whole() {
        let column = set(&[LEFT, RIGHT, THIRD].join(" "), 30.0);
        let found: Vec<String> = read(&column.join("\n")).into_iter().map(|f| f.0).collect();
        assert_eq!(found, column);
    }
}
