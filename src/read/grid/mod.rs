//! A dump on a character grid, as `pdftotext -layout` makes it: columns stand side by side. The grid
//! is a coordinate system, if a crooked one, so every stretch between two spaces becomes a run with
//! a box, in ems.

mod edges;
mod gutters;
mod rows;
mod tracks;

use crate::geometry::Rect;
use crate::page::{Page, Run};
use crate::source::{Source, Span};
use crate::text::class::{Class, class};
use crate::text::language::{Language, language};
use crate::text::width::width;
use unicode_width::UnicodeWidthChar;

/// A row's height and the room between two, in ems.
const ROW: f32 = 1.0;
const LEADING: f32 = 0.6;

/// What the first line of a paragraph is set in by, in ems.
const INDENT: f32 = 2.0;

/// A first column's lines are set in by no more than this, in columns of half an em.
const DEEPEST_INDENT: u32 = 6;

/// How wide a column of the grid is in ems where nothing tells more: most characters are wide, and
/// the program that makes the grid counts every character as one column.
const SCALE: f32 = 0.91;

/// Rows up and down in which one column of the grid stands for one place.
const ALIKE: u32 = 24;

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
///
/// Where words are parted by spaces, a stretch is all words between two gutters.
pub fn grid(source: &Source, pages: &mut [Page]) {
    let spaced = language(&source.text) == Language::Korean;
    for page in pages {
        let mut cells = Vec::new();
        for line in &page.runs {
            row(source, *line, &mut cells);
        }
        if spaced {
            gutters::gather(&mut cells);
            edges::snap(&mut cells);
            page.parted = true;
        } else {
            tracks::place(&mut cells);
        }
        part(&mut cells);
        let heights = rows::heights(&cells);
        let rows = cells.chunk_by(|a, b| a.line == b.line).zip(heights);
        page.runs = rows.flat_map(|(row, y)| row.iter().map(move |cell| cell.run(y))).collect();
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
    fn run(&self, y0: f32) -> Run {
        let rect = Rect { x0: self.x, y0, x1: self.x + self.width, y1: y0 + ROW };
        Run { rect: Some(rect), ..Run::of(self.span, self.line) }
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
