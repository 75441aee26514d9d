//! A dump on a character grid, as `pdftotext -layout` makes it: columns stand side by side, and a
//! wide character takes two cells. The grid is a coordinate system, so every stretch between two
//! spaces becomes a run with a box, in ems.

use crate::geometry::Rect;
use crate::page::{Page, Run};
use crate::source::{Source, Span};
use crate::text::class::{Class, class};
use unicode_width::UnicodeWidthChar;

/// A cell is half an em wide.
const CELL: f32 = 0.5;

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

/// Cuts every line at its spaces.
pub fn grid(source: &Source, pages: &mut [Page]) {
    for page in pages {
        let lines = std::mem::take(&mut page.runs);
        for line in lines {
            row(source, line, &mut page.runs);
        }
    }
}

fn row(source: &Source, line: Run, runs: &mut Vec<Run>) {
    let y0 = line.line as f32 * (ROW + LEADING);
    let mut cell = 0;
    let mut open: Option<(usize, usize)> = None;
    let text = source.get(line.span);
    let base = line.span.start as usize;
    let mut close = |open: &mut Option<(usize, usize)>, end: usize, cell: usize| {
        if let Some((start, from)) = open.take() {
            let rect = Rect { x0: from as f32 * CELL, y0, x1: cell as f32 * CELL, y1: y0 + ROW };
            runs.push(Run { span: Span::new(base + start, base + end), line: line.line, rect: Some(rect) });
        }
    };
    for (at, c) in text.char_indices() {
        let wide = if c == '\t' { 8 - cell % 8 } else { c.width().unwrap_or(0) };
        if class(c) == Class::Space && c != '\u{3000}' {
            close(&mut open, at, cell);
        } else if open.is_none() {
            open = Some((at, cell));
        }
        cell += wide;
    }
    close(&mut open, text.len(), cell);
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
        let found = pages[0].runs.iter().map(|r| (source.get(r.span), r.line, r.rect.map(|b| (b.x0, b.x1))));
        let expected = [("甲乙", 1, Some((0.0, 2.0))), ("丙", 1, Some((3.0, 4.0))), ("丁", 3, Some((0.5, 1.5)))];
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }
}
