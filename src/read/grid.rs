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
        let scale = scale(&mut cells);
        chain(&mut cells, scale, false);
        for _ in 0..ROUNDS {
            snap(&mut cells);
            chain(&mut cells, scale, true);
        }
        snap(&mut cells);
        part(&mut cells);
        page.runs = cells.iter().map(Cell::run).collect();
        page.reckoned = true;
    }
}

/// A stretch between two spaces.
struct Cell {
    span: Span,
    line: u32,
    /// Characters before it on its row.
    column: f32,
    /// Two spaces or more, or the row's beginning, stand before it: its column is true. Behind a
    /// single space it stands where the text before it happens to end.
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
    let mut open: Option<(usize, usize)> = None;
    let mut spaces = 2;
    let mut column = 0;
    let ends = std::iter::once((text.len(), ' '));
    for (at, c) in text.char_indices().chain(ends) {
        if class(c) == Class::Space && c != '\u{3000}' {
            if let Some((start, from)) = open.take() {
                cells.push(Cell {
                    span: Span::new(base + start, base + at),
                    line: line.line,
                    column: from as f32,
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
}

/// The room between two columns that a single space stands for, in ems.
const GUTTER: f32 = 1.0;

/// A first column's lines are set in by no more than this, in columns of half an em.
const DEEPEST_INDENT: f32 = 6.0;

/// Columns of the grid are between so many ems wide.
const SCALES: std::ops::RangeInclusive<u32> = 70..=110;

/// Rows up and down in which a column has its edge at the same place.
const NEAR: u32 = 8;

/// Finds how wide the grid's columns are, in ems.
///
/// The program that made the grid counts every character as one column, wide or not, so a row of
/// text runs ahead of the page; it catches up wherever it sets two spaces or more.
fn scale(cells: &mut [Cell]) -> f32 {
    let mut best = (0, 91);
    for scale in SCALES {
        chain(cells, scale as f32 / 100.0, false);
        let aligned = aligned(cells);
        if aligned > best.0 {
            best = (aligned, scale);
        }
    }
    best.1 as f32 / 100.0
}

/// How often cells are set and snapped again: the first of a row carries the others with it.
const ROUNDS: usize = 2;

/// Sets the cells at a scale in ems: those that are anchored by their column, or where they were
/// snapped to, the others behind what stands before them.
fn chain(cells: &mut [Cell], scale: f32, snapped: bool) {
    let mut before: Option<(u32, f32)> = None;
    for cell in cells.iter_mut() {
        // Nothing stands before an indent to run ahead of the page.
        let by_column = if cell.column <= DEEPEST_INDENT { cell.column / 2.0 } else { cell.column * scale };
        cell.x = match before {
            Some((line, end)) if line == cell.line && !cell.anchored => by_column.max(end + GUTTER),
            Some((line, end)) if line == cell.line => by_column.max(end + 2.0 * GUTTER),
            _ if snapped => cell.x,
            _ => by_column,
        };
        before = Some((cell.line, cell.x + cell.width));
    }
}

/// How many cells behind a single space begin where an anchored one does on a row near by.
fn aligned(cells: &[Cell]) -> usize {
    let anchored: Vec<&Cell> = cells.iter().filter(|c| c.anchored).collect();
    let mut first = 0;
    let mut count = 0;
    for cell in cells.iter().filter(|c| !c.anchored) {
        while anchored.get(first).is_some_and(|a| a.line + NEAR < cell.line) {
            first += 1;
        }
        let near = anchored[first..].iter().take_while(|a| a.line <= cell.line + NEAR);
        count += near.filter(|a| (a.x - cell.x).abs() < 0.5).count();
    }
    count
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
        if cells[i - 1].line == cells[i].line && before + cells[i - 1].width > here - 0.3 {
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
