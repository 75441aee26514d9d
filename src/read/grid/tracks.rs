//! Where the cells of unspaced text stand, in ems.
//!
//! Behind a single space a cell stands a gutter from the text before it, which is a full line: how wide
//! its text is tells the place to an em or so, as punctuation was squeezed, and the rows above and below
//! tell the same place better together. Behind several spaces the cell's column counts: on the rows about
//! it the same column is the same place. That place is one that cells behind single spaces show, or two
//! ems behind it where the line to the left is full and the room is a paragraph's indent.
//!
//! ```text
//! 值1349084亿元，按不变价格计算，比上 工、建材、钢铁等规模以上工业的    22 characters to the edge
//! 年增长5.0%。                        标。                                the same edge, filled up to
//! ```

use super::{ALIKE, Cell, DEEPEST_INDENT, INDENT, SCALE};
use std::collections::BTreeMap;

/// The room between two columns that a single space stands for, in ems.
const GUTTER: f32 = 1.0;

/// Places measured by the width of text are one when they are no further apart than this, in ems.
const SAME: f32 = 2.2;

/// Rows up and down that tell the place of a cell behind a single space, and how fast the word of one
/// loses weight: at so many rows by half.
const NEAR: u32 = 9;
const HALF: f32 = 6.0;

/// What being away from its own measure costs a place, for each em.
const PULL: f32 = 0.2;

/// A line with less text than this, in ems, is hardly a column's.
const NARROWEST: f32 = 4.0;
const NARROW_WORTH: f32 = 0.2;

/// Rows up and down in which an anchored cell looks for places, and in which it looks for the first
/// column's edge.
const ASKED: u32 = 14;
const LEADS: u32 = 12;

/// A group is asked for no more rows at once.
const LONGEST: u32 = 64;

/// So many spaces at the most are a gutter and an indent, and a full line ends no further from the
/// next edge than this, in ems.
const INDENT_SPACES: u32 = 7;
const FULL: f32 = 1.0;

/// An indent moves the column by so many characters.
const INDENT_COLUMNS: std::ops::RangeInclusive<u32> = 1..=3;

/// What a place must not cost, and what an em costs by which it is away from where the column alone
/// would put it.
const DEAR: f32 = 1.2;
const AWAY: f32 = 0.12;

/// Places from which an anchored cell chooses are one when they are no further apart, in ems.
const CHOICE: f32 = 0.8;

/// Single cells at a place reach so many characters less than its column at the most.
const REACHED: u32 = 5;

/// Each round knows more places.
const ROUNDS: usize = 4;

/// Finds where each cell stands.
pub fn place(cells: &mut [Cell]) {
    let mut places = first_column(cells);
    let groups = groups(cells, &places);
    for _ in 0..ROUNDS {
        follow(cells, &mut places, true);
        follow(cells, &mut places, false);
        if !anchor(cells, &groups, &mut places) {
            break;
        }
    }
    for (cell, place) in cells.iter_mut().zip(places) {
        cell.x = place.unwrap_or(cell.column as f32 * SCALE);
    }
}

/// The first column's edge is where the leftmost of the rows about begin; a row that begins further
/// right is set in.
fn first_column(cells: &[Cell]) -> Vec<Option<f32>> {
    let leads = |cell: &&Cell| cell.leads && cell.column <= DEEPEST_INDENT;
    let rows: Vec<(u32, u32)> = cells.iter().filter(leads).map(|c| (c.line, c.column)).collect();
    let mut low = 0;
    let place = |cell: &Cell| {
        if !leads(&cell) {
            return None;
        }
        while rows[low].0 + LEADS < cell.line {
            low += 1;
        }
        let near = rows[low..].iter().take_while(|r| r.0 <= cell.line + LEADS);
        let base = near.map(|r| r.1).min().unwrap_or(0);
        Some(((cell.column - base) as f32).min(INDENT))
    };
    cells.iter().map(place).collect()
}

/// Anchored cells of one column, with no more than some rows between them; the largest first.
fn groups(cells: &[Cell], places: &[Option<f32>]) -> Vec<Vec<usize>> {
    let mut open: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut groups = Vec::new();
    for (i, cell) in cells.iter().enumerate().filter(|(i, c)| c.anchored && places[*i].is_none()) {
        let group = open.entry(cell.column).or_default();
        let line = |i: &usize| cells[*i].line;
        let far = group.last().is_some_and(|last| cell.line - line(last) > ALIKE);
        if far || group.first().is_some_and(|first| cell.line - line(first) > LONGEST) {
            groups.push(std::mem::take(group));
        }
        group.push(i);
    }
    groups.extend(open.into_values());
    groups.sort_by_key(|g| (std::cmp::Reverse(g.len()), g[0]));
    groups
}

/// Sets the cells behind single spaces: each a gutter behind the text before it, and then where most
/// on the rows about it are. `afresh` measures every row from its last sure place.
fn follow(cells: &[Cell], places: &mut [Option<f32>], afresh: bool) {
    let mut measured: Vec<(usize, f32)> = Vec::with_capacity(cells.len());
    for i in 1..cells.len() {
        if cells[i].anchored || cells[i].leads {
            continue;
        }
        let place = places[i - 1].map(|x| x + cells[i - 1].width + GUTTER);
        measured.extend(place.map(|x| (i, x)));
        if afresh || place.is_none() || places[i].is_none() {
            places[i] = place;
        }
    }
    let mut low = 0;
    let mut near: Vec<(f32, f32)> = Vec::new();
    for &(i, x) in &measured {
        let line = cells[i].line;
        while cells[measured[low].0].line + NEAR < line {
            low += 1;
        }
        near.clear();
        let rows = measured[low..].iter().take_while(|(j, _)| cells[*j].line <= line + NEAR);
        near.extend(rows.filter(|(_, other)| (other - x).abs() <= 2.0 * SAME).map(|(j, other)| {
            let worth = if cells[j - 1].width >= NARROWEST { 1.0 } else { NARROW_WORTH };
            (*other, worth / (1.0 + cells[*j].line.abs_diff(line) as f32 / HALF))
        }));
        let backing =
            |at: f32| near.iter().map(|(x, worth)| worth * (1.0 - (x - at).abs() / SAME).max(0.0)).sum::<f32>();
        let choices = near.iter().map(|(at, _)| *at).filter(|at| (at - x).abs() <= SAME);
        let choices = choices.map(|at| (at, backing(at) - PULL * (at - x).abs()));
        let (best, _) = choices.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((x, 0.0));
        let (sum, weight) = near
            .iter()
            .filter(|(at, _)| (at - best).abs() <= SAME)
            .fold((0.0, 0.0), |(sum, weight), (at, worth)| (sum + at * worth, weight + worth));
        places[i] = Some(if weight > 0.0 { sum / weight } else { x });
    }
}

/// Sets the cells behind several spaces, and says whether one moved.
fn anchor(cells: &[Cell], groups: &[Vec<usize>], places: &mut [Option<f32>]) -> bool {
    let mut set: BTreeMap<(u32, u32), f32> = BTreeMap::new();
    let mut known = vec![false; cells.len()];
    let mut moved = false;
    for group in groups {
        let column = cells[group[0]].column;
        let rows = (cells[group[0]].line, cells[group[group.len() - 1]].line);
        let beside = set_in_beside(column, rows, &set);
        let about = About::of(cells, places, &known, rows);
        let place = beside
            .or_else(|| behind_full_lines(cells, group, places, &about))
            .or_else(|| chosen(cells, group, places, &about))
            .unwrap_or_else(|| (end_before(cells, group, places) + 2.0 * GUTTER).max(column as f32 * SCALE));
        for &i in group {
            moved |= places[i] != Some(place);
            places[i] = Some(place);
            known[i] = true;
            set.insert((column, cells[i].line), place);
        }
    }
    moved
}

/// Two ems behind a group of rows about whose column is a character or more to the left.
fn set_in_beside(column: u32, rows: (u32, u32), set: &BTreeMap<(u32, u32), f32>) -> Option<f32> {
    INDENT_COLUMNS.filter(|by| *by <= column).find_map(|by| {
        let near = (column - by, rows.0.saturating_sub(4))..=(column - by, rows.1 + 4);
        set.range(near).next().map(|(_, place)| place + INDENT)
    })
}

/// Where the row's text before a group's cells ends, at the furthest.
fn end_before(cells: &[Cell], group: &[usize], places: &[Option<f32>]) -> f32 {
    let ends = group.iter().filter(|i| !cells[**i].leads).filter_map(|i| Some(places[i - 1]? + cells[i - 1].width));
    ends.fold(0.0, f32::max)
}

/// Behind a full line wide room is an indent.
fn behind_full_lines(cells: &[Cell], group: &[usize], places: &[Option<f32>], about: &About) -> Option<f32> {
    let edge = |i: &usize| {
        let before = &cells[i.checked_sub(1).filter(|_| !cells[*i].leads)?];
        let spaces = cells[*i].column - before.column - before.chars;
        if before.width < NARROWEST || spaces > INDENT_SPACES {
            return None;
        }
        let end = places[i - 1]? + before.width + GUTTER;
        about.nearest(end).filter(|edge| (edge - end).abs() <= FULL)
    };
    let mut edges: Vec<f32> = group.iter().filter_map(edge).collect();
    edges.sort_by(f32::total_cmp);
    Some(edges.get(edges.len().checked_sub(1)? / 2)? + INDENT)
}

/// The place on the rows about that agrees best with the column.
fn chosen(cells: &[Cell], group: &[usize], places: &[Option<f32>], about: &About) -> Option<f32> {
    let column = cells[group[0]].column;
    let end = end_before(cells, group, places);
    let mut best: Option<(f32, f32)> = None;
    let mut rest = about.all.as_slice();
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|x| **x - first <= CHOICE).count();
        let place = rest[(count - 1) / 2];
        rest = &rest[count..];
        let mut cost = (place - SCALE * column as f32).abs() * AWAY;
        cost += 3.0 * (end + GUTTER - place).clamp(0.0, 2.0);
        cost += match about.reach(place) {
            Some(reached) if reached > column => 1.0,
            Some(reached) if column - reached <= REACHED => -0.5,
            _ => 0.0,
        };
        if cost < DEAR && best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, place));
        }
    }
    best.map(|(_, place)| place)
}

/// The places on some rows, from left to right: those of cells behind single spaces with their columns,
/// and of all that are known.
struct About {
    single: Vec<(f32, u32)>,
    all: Vec<f32>,
}

impl About {
    fn of(cells: &[Cell], places: &[Option<f32>], known: &[bool], rows: (u32, u32)) -> About {
        let low = cells.partition_point(|c| c.line + ASKED < rows.0);
        let (mut single, mut all) = (Vec::new(), Vec::new());
        for (n, cell) in cells[low..].iter().enumerate().take_while(|(_, c)| c.line <= rows.1 + ASKED) {
            let Some(x) = places[low + n] else { continue };
            if !cell.anchored && !cell.leads {
                single.push((x, cell.column));
                all.push(x);
            } else if known[low + n] {
                all.push(x);
            }
        }
        single.sort_by(|a, b| a.0.total_cmp(&b.0));
        all.sort_by(f32::total_cmp);
        About { single, all }
    }

    /// The single cell's place nearest to a place.
    fn nearest(&self, x: f32) -> Option<f32> {
        let at = self.single.partition_point(|(place, _)| *place < x);
        let beside = self.single[at.saturating_sub(1)..].iter().take(2).map(|(place, _)| *place);
        beside.min_by(|a, b| (a - x).abs().total_cmp(&(b - x).abs()))
    }

    /// The furthest column of single cells at a place.
    fn reach(&self, x: f32) -> Option<u32> {
        let low = self.single.partition_point(|(place, _)| *place < x - CHOICE);
        let here = self.single[low..].iter().take_while(|(place, _)| *place < x + CHOICE);
        here.map(|(_, column)| *column).max()
    }
}

#[cfg(test)]
mod tests {
    use super::super::row;
    use super::*;
    use crate::source::File;

    /// Where the last cell of each row stands.
    fn last_places(rows: &[&str]) -> Vec<f32> {
        let file = File { path: None, format: "layout", encoding: "UTF-8" };
        let (source, pages) = super::super::super::plain::plain(rows.join("\n"), file).unwrap();
        let mut cells = Vec::new();
        pages[0].runs.iter().for_each(|line| row(&source, *line, &mut cells));
        place(&mut cells);
        let last = |line: u32| cells.iter().rfind(|c| c.line == line).unwrap().x;
        (1..=rows.len() as u32).map(last).collect()
    }

    const ROWS: &[&str] = &[
        "春天来了河边的柳树发了新芽 秋天到了山上的枫叶红了一片",
        "孩子们在树下放着长长的风筝 游人慢慢地走上山去看着红叶",
        "到天黑才回家。           他们在亭子里坐着喝了一杯茶",
        "老人们在桥头，下棋，说话， 又沿着小路走下山来回到家里",
        "说着去年今日里的那一场大雨    冬天下雪，屋顶白了，河水",
        "还有那座被大水冲走的旧木桥 也结了冰，没有人再去放风筝",
    ];

    #[test]
    fn a_column_has_one_edge_whether_the_line_before_it_is_full_squeezed_or_short() {
        let places = last_places(ROWS);
        for (row, x) in places.iter().enumerate().filter(|(row, _)| *row != 4) {
            assert!((x - places[0]).abs() <= 1.0, "row {row} at {x}, not at {}", places[0]);
        }
    }

    #[test]
    fn wide_room_behind_a_full_line_is_an_indent() {
        let places = last_places(ROWS);
        let indent = places[4] - places[3];
        // The column alone would put it 2.7 ems in.
        assert!((indent - INDENT).abs() <= 0.5, "{indent}");
    }

    #[test]
    fn rows_that_begin_further_right_are_set_in() {
        let places = last_places(&["天气很好。", "  第二段从这里开始写起", "到这里结束。"]);
        assert_eq!(places, [0.0, 2.0, 0.0]);
    }
}
