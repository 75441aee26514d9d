//! A dump on a character grid, as `pdftotext -layout` makes it: columns stand side by side. The grid
//! is a coordinate system, if a crooked one, so every stretch between two spaces becomes a run with
//! a box, in ems.

use crate::geometry::Rect;
use crate::page::{Page, Run};
use crate::source::{Source, Span};
use crate::text::class::{Class, class};
use crate::text::width::width;
use unicode_width::UnicodeWidthChar;

/// A row's height and the room between two, in ems.
const ROW: f32 = 1.0;
const LEADING: f32 = 0.6;

/// Shorter pages than this, in lines, show no columns.
const FEWEST: usize = 6;

/// True where a page's lines stand side by side: many have wide gaps within, and its rows are wide.
pub fn is_grid(source: &Source, pages: &[Page]) -> bool {
    let lines = || pages.iter().flat_map(|p| &p.runs).map(|r| source.get(r.span));
    let gaps = lines().filter(|line| has_gap(line)).count();
    let all = lines().count();
    all >= FEWEST && gaps * 5 >= all && lines().filter(|line| cells(line) >= 40).count() * 3 >= all
}

/// Two spaces or more between two texts.
fn has_gap(line: &str) -> bool {
    line.trim_matches(' ').contains("  ")
}

fn cells(line: &str) -> usize {
    line.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// Cuts every line at its spaces, and finds where on the page each stretch stood.
pub fn grid(source: &Source, pages: &mut [Page]) {
    for page in pages {
        let mut cells = Vec::new();
        for line in &page.runs {
            row(source, *line, &mut cells);
        }
        place(&mut cells);
        page.runs = cells.iter().map(Cell::run).collect();
        page.reckoned = true;
    }
}

/// A stretch between two spaces.
struct Cell {
    span: Span,
    line: u32,
    /// Characters before it on its row, and its own.
    column: u32,
    chars: u32,
    /// The column of its place on the page, as far as is known: no less than where it stands.
    reached: u32,
    /// It is the first of its row.
    leads: bool,
    /// Two spaces or more, or the row's beginning, stand before it: its column is that of its place on
    /// the page. Behind a single space it stands where the text before it happens to end.
    anchored: bool,
    /// Where it begins, and how wide its text is, in ems.
    x: f32,
    width: f32,
}

impl Cell {
    fn run(&self) -> Run {
        let y0 = self.line as f32 * (ROW + LEADING);
        let rect = Rect { x0: self.x, y0, x1: self.x + self.width, y1: y0 + ROW };
        Run { rect: Some(rect), ..Run::of(self.span, self.line) }
    }
}

fn row(source: &Source, line: Run, cells: &mut Vec<Cell>) {
    let text = source.get(line.span);
    let base = line.span.start as usize;
    let first = cells.len();
    let mut open: Option<(usize, u32)> = None;
    let mut spaces = 2;
    let mut column = 0;
    let ends = std::iter::once((text.len(), ' '));
    for (at, c) in text.char_indices().chain(ends) {
        if class(c) == Class::Space && c != '\u{3000}' {
            if let Some((start, from)) = open.take() {
                cells.push(Cell {
                    span: Span::new(base + start, base + at),
                    line: line.line,
                    column: from,
                    chars: column - from,
                    reached: from,
                    leads: cells.len() == first,
                    anchored: spaces >= 2,
                    x: 0.0,
                    width: width(&text[start..at]).middle(),
                });
                spaces = 0;
            }
            spaces += 1;
        } else if open.is_none() {
            open = Some((at, column));
        }
        column += if c == '\t' { 8 - column % 8 } else { 1 };
    }
    gather_letters(source, cells, first);
}

/// So many single characters in a row, each behind one space, are a line that was set wide.
const LETTERS: usize = 4;

/// Makes one cell of a line whose characters were set apart to fill it.
fn gather_letters(source: &Source, cells: &mut Vec<Cell>, first: usize) {
    let single = |cell: &Cell| source.get(cell.span).chars().nth(1).is_none();
    let mut at = first;
    while at < cells.len() {
        let letters = cells[at..].iter().enumerate();
        let count = letters.take_while(|(n, c)| single(c) && (*n == 0 || !c.anchored)).count();
        if count >= LETTERS {
            // What follows behind single spaces fills the same line.
            let rest = cells[at + count..].iter().take_while(|c| !c.anchored && c.width < WORD).count();
            let last = at + count + rest - 1;
            cells[at].span.end = cells[last].span.end;
            cells[at].chars = cells[last].column + cells[last].chars - cells[at].column;
            cells[at].width = cells[at..=last].iter().map(|c| c.width + SET_APART).sum();
            cells.drain(at + 1..=last);
        }
        at += 1;
    }
}

/// The room between characters set apart, and the longest part of such a line, in ems.
const SET_APART: f32 = 0.25;
const WORD: f32 = 2.5;

/// The room between two columns that a single space stands for, in ems: wider gaps become more.
const GUTTER: f32 = 1.0;

/// A first column's lines are set in by no more than this, in columns of half an em.
const DEEPEST_INDENT: u32 = 6;

/// How wide a column of the grid is in ems where nothing tells more: most characters are wide, and
/// the program that makes the grid counts every character as one column.
const SCALE: f32 = 0.91;

/// Rows up and down in which a column of the page has its edge at the same place.
const NEAR: u32 = 8;

/// Rows up and down in which one column of the grid stands for one place.
const ALIKE: u32 = 24;

/// How often cells are placed: each round knows more edges.
const ROUNDS: usize = 3;

/// Finds where each cell stands.
///
/// Behind a single space a cell stands a gutter from the text before it. Behind several its column is
/// true, and a column stands for the same place on all rows about it. Which place that is, rows tell
/// in which nothing had to be filled up: the column is the furthest that their text reached before
/// that place.
///
/// ```text
/// 值1349084亿元，按不变价格计算，比上 工、建材、钢铁等规模以上工业的    22 characters to the edge
/// 年增长5.0%。                        标。                                the same edge, filled up to
/// ```
fn place(cells: &mut [Cell]) {
    chain(cells, &[]);
    for _ in 0..ROUNDS {
        let edges = Edges::of(cells);
        let places: Vec<Option<f32>> = cells.iter().map(|c| edges.place(c)).collect();
        chain(cells, &places);
        snap(cells);
        edges.reach(cells);
    }
    part(cells);
}

/// Sets every cell: those behind a single space behind what stands before them, the others in their
/// place where it is known.
fn chain(cells: &mut [Cell], places: &[Option<f32>]) {
    let mut end = 0.0;
    for (n, cell) in cells.iter_mut().enumerate() {
        let place = places.get(n).copied().flatten().unwrap_or(cell.column as f32 * SCALE);
        cell.x = match cell {
            Cell { leads: true, column, .. } if *column <= DEEPEST_INDENT => *column as f32 / 2.0,
            Cell { leads: true, .. } => place,
            Cell { anchored: true, .. } => place.max(end + 2.0 * GUTTER),
            _ => end + GUTTER,
        };
        end = cell.x + cell.width;
    }
}

/// The edges of the page's columns, as rows without filling show them.
struct Edges {
    /// Row, place in ems, column of the grid that the text before it reaches; in the order of the rows.
    met: Vec<(u32, f32, u32)>,
}

/// Text before an edge is as wide as a column of the page, in ems.
const NARROWEST: f32 = 4.0;

/// Places that differ by no more than this, in ems, are one edge.
const SAME: f32 = 1.2;

/// An indent, in columns of the grid.
const INDENT: u32 = 4;

impl Edges {
    fn of(cells: &[Cell]) -> Edges {
        let behind = cells.windows(2).filter(|w| !w[1].leads && !w[1].anchored && w[0].width >= NARROWEST);
        Edges { met: behind.map(|w| (w[1].line, w[1].x, w[0].reached + w[0].chars + 1)).collect() }
    }

    /// The edges met on the rows about one, from left to right.
    fn near(&self, line: u32) -> Vec<(f32, u32)> {
        let low = self.met.partition_point(|e| e.0 + ALIKE < line);
        let near = self.met[low..].iter().take_while(|e| e.0 <= line + ALIKE);
        let mut near: Vec<(f32, u32)> = near.map(|(_, x, column)| (*x, *column)).collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        near
    }

    /// Notes for every cell behind a single space how far the text before its place reaches on any
    /// row: its own text may end before that, but the column of its place is there.
    fn reach(&self, cells: &mut [Cell]) {
        let (mut line, mut near) = (0, Vec::new());
        for cell in cells.iter_mut().filter(|c| !c.leads && !c.anchored) {
            if cell.line != line {
                (line, near) = (cell.line, self.near(cell.line));
            }
            let low = near.partition_point(|(x, _)| *x < cell.x - 0.3);
            let here = near[low..].iter().take_while(|(x, _)| *x <= cell.x + 0.3);
            cell.reached = here.map(|e| e.1).max().unwrap_or(cell.column).max(cell.column);
        }
    }

    /// Where the column of an anchored cell is, if rows about it show it.
    fn place(&self, cell: &Cell) -> Option<f32> {
        if !cell.anchored || cell.leads && cell.column <= DEEPEST_INDENT {
            return None;
        }
        let near = self.near(cell.line);
        let mut best: Option<(u32, f32)> = None;
        let mut rest = near.as_slice();
        while let Some(first) = rest.first() {
            let count =
                rest.windows(2).take_while(|w| w[1].0 - w[0].0 <= SAME / 4.0 && w[1].0 - first.0 <= SAME).count() + 1;
            let (edge, behind) = rest.split_at(count);
            rest = behind;
            let furthest = edge.iter().map(|e| e.1).max().unwrap_or(0);
            // The text may have reached the edge's column exactly, and an indent stands behind it.
            let off = cell.column.abs_diff(furthest);
            let reached = furthest <= cell.column + 1 && cell.column <= furthest + INDENT;
            if reached && count >= 2 && best.is_none_or(|(least, _)| off < least) {
                let indent = cell.column.saturating_sub(furthest);
                best = Some((off, edge[count / 2].0 + if indent >= 2 { indent as f32 / 2.0 + 0.5 } else { 0.0 }));
            }
        }
        best.map(|(_, x)| x)
    }
}

/// How far in ems a cell may be from where it belongs.
const DRIFT: f32 = 1.6;

/// Sets every cell to the edge that most cells about it share: the grid drifts by a column or two.
fn snap(cells: &mut [Cell]) {
    let mut first = 0;
    let places: Vec<f32> = (0..cells.len())
        .map(|i| {
            let here = &cells[i];
            while cells[first].line + NEAR < here.line {
                first += 1;
            }
            let near = || {
                let window = cells[first..].iter().take_while(|c| c.line <= here.line + NEAR);
                window.filter(|c| (c.x - here.x).abs() <= DRIFT + 0.6)
            };
            let weight = |x: f32| -> f32 {
                let share = |c: &Cell| (1.0 - (c.x - x).abs() / 0.6).max(0.0) * if c.anchored { 1.0 } else { 0.5 };
                near().map(share).sum::<f32>() - (x - here.x).abs() * 0.4
            };
            let edges = near().map(|c| c.x).filter(|x| (x - here.x).abs() <= DRIFT);
            edges.max_by(|a, b| weight(*a).total_cmp(&weight(*b))).unwrap_or(here.x)
        })
        .collect();
    for (cell, x) in cells.iter_mut().zip(places) {
        cell.x = x;
    }
}

/// Leaves room between the cells of a row: the width of their text is not known exactly.
fn part(cells: &mut [Cell]) {
    for i in 1..cells.len() {
        let (before, here) = (cells[i - 1].x, cells[i].x);
        if !cells[i].leads && before + cells[i - 1].width > here - 0.3 {
            cells[i - 1].width = (here - 0.3 - before).max(0.5);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::File;

    #[test]
    fn cells_are_coordinates() {
        let text = "甲乙  丙\n\n 丁".to_owned();
        let file = File { path: None, format: "layout", encoding: "UTF-8" };
        let (source, mut pages) = super::super::plain::plain(text, file).unwrap();
        grid(&source, &mut pages);
        let rects: Vec<Rect> = pages[0].runs.iter().filter_map(|r| r.rect).collect();
        let found = pages[0].runs.iter().map(|r| (source.get(r.span), r.line));
        assert_eq!(found.collect::<Vec<_>>(), [("甲乙", 1), ("丙", 1), ("丁", 3)]);
        assert!(rects[0].x1 < rects[1].x0, "{rects:?}");
        assert_eq!(rects[1].y0, rects[0].y0);
        assert!((rects[2].y0 - rects[0].y0 - 2.0 * (ROW + LEADING)).abs() < 0.01, "{rects:?}");
    }
}
