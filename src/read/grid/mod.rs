//! A dump on a character grid, as `pdftotext -layout` makes it: columns stand side by side. The grid
//! is a coordinate system, if a crooked one, so every stretch between two spaces becomes a run with
//! a box, in ems.

mod rows;
mod spaced;
mod swapped;
mod tracks;

use crate::geometry::Rect;
use crate::page::{Page, Run};
use crate::press::spaces::{CALLS, WIRES};
use crate::source::{Source, Span};
use crate::text::brackets::closes;
use crate::text::class::{Class, class};
use crate::text::continuity::model;
use crate::text::ends::{LineEnd, line_end};
use crate::text::language::{Language, language};
use crate::text::width::{Width, width};
use unicode_width::UnicodeWidthChar;

/// A row's height and the room between two, in ems.
const ROW: f32 = 1.0;
const LEADING: f32 = 0.6;

/// The room between two columns that a single space stands for, in ems.
const GUTTER: f32 = 1.0;

/// A space between two words of one line, in ems.
const SPACE: f32 = 0.4;

/// What the first line of a paragraph is set in by, in ems.
const INDENT: f32 = 2.0;

/// A first column's lines are set in by no more than this, in columns of half an em.
const DEEPEST_INDENT: u32 = 6;

/// How wide a column of the grid is in ems in unspaced text, where nothing tells more: most characters are wide,
/// and the program that makes the grid counts every character as one column.
const SCALE: f32 = 0.91;

/// Rows up and down in which one column of the grid stands for one place.
const ALIKE: u32 = 24;

/// Shorter pages than this, in lines, show no columns.
const FEWEST: usize = 6;

/// Of so many rows one is wide, in columns of half an em, where text stands side by side.
const WIDE: usize = 40;
const WIDE_ROWS: usize = 4;

/// Of so many rows one has a wide gap within, and of so many where unspaced text stands on both sides of single
/// spaces in one of [`PARTED`]: full columns are parted by no more. A dump of one column has fewer than one wide
/// gap in 25 rows, whatever single spaces were recognised in it.
const GAPS: usize = 5;
const FEW_GAPS: usize = 14;
const PARTED: usize = 5;

/// Text on both sides of a space that is as long as this, in columns of half an em, is a column's.
const LONG: usize = 16;

/// True where a page's lines stand side by side: its rows are wide, and have wide gaps within, or few of them and
/// long texts a space apart.
pub fn is_grid(source: &Source, pages: &[Page]) -> bool {
    let lines = || pages.iter().flat_map(|p| &p.runs).map(|r| source.get(r.span));
    let gaps = lines().filter(|line| has_gap(line)).count();
    let all = lines().count();
    let parted = || lines().filter(|line| is_parted(line)).count() * PARTED >= all;
    all >= FEWEST
        && gaps * FEW_GAPS >= all
        && lines().filter(|line| cells(line) >= WIDE).count() * WIDE_ROWS >= all
        && (gaps * GAPS >= all || parted())
}

/// A space between two long texts of a script that has none between its words.
fn is_parted(line: &str) -> bool {
    let line = line.trim_matches(' ');
    let unspaced = |c: char| !matches!(class(c), Class::Letter | Class::Digit | Class::Hangul | Class::Space);
    let all = cells(line);
    let (mut before, mut last) = (0, ' ');
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let here = c.width().unwrap_or(0);
        let next = chars.peek().copied().unwrap_or(' ');
        if c == ' ' && before >= LONG && before + here + LONG <= all && unspaced(last) && unspaced(next) {
            return true;
        }
        before += here;
        last = c;
    }
    false
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
    let language = language(&source.text);
    let model = model(language, &source.text);
    let is_spaced = language == Language::Korean;
    let scale = if is_spaced { spaced::SCALE } else { SCALE };
    for page in pages {
        let mut cells = Vec::new();
        for line in &page.runs {
            row(source, *line, scale, &mut cells);
        }
        if is_spaced {
            spaced::gather(source, model, &mut cells);
        }
        tracks::place(&mut cells);
        part(&mut cells);
        let mut heights = rows::heights(&cells);
        swapped::swap(source, model, &cells, &mut heights);
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
    /// Where its column is in ems if all are as wide as most.
    about: f32,
    /// The column of its place on the page, as far as is known: no less than where it stands.
    reached: u32,
    /// It is the first of its row.
    leads: bool,
    /// Two spaces or more, or the row's beginning, stand before it: its column is that of its place on
    /// the page. Behind a single space it stands where the text before it happens to end.
    anchored: bool,
    /// Where it begins, and how wide its text is, in ems: about, and at the least and most.
    x: f32,
    width: f32,
    extent: Width,
    /// The space before it is one between words: letters or digits stand at both sides of it, or a name behind
    /// what its bearer is, or it closes a bracket that is open on its row.
    goes_on: bool,
    /// A sentence ends with it.
    stops: bool,
}

/// Names and titles of persons are shorter than this, in ems.
const NAME: f32 = 5.5;

/// True where the space between what stands before it, from the last gap on, and a text is one between words.
fn goes_on(before: &str, text: &str) -> bool {
    let head = before.trim_end_matches(' ');
    let ends = |words: &[&str]| words.iter().any(|word| head.ends_with(word));
    let latin = text.starts_with(is_latin) && head.ends_with(is_latin);
    latin || ends(WIRES) || ends(CALLS) && width(text).middle() < NAME || closes(before, text)
}

fn is_latin(c: char) -> bool {
    matches!(class(c), Class::Letter | Class::Digit) || c.is_ascii_punctuation()
}

impl Cell {
    /// Takes in the text behind it on its row.
    fn join(&mut self, next: &Cell) {
        self.span.end = next.span.end;
        self.chars = next.column + next.chars - self.column;
        self.width += SPACE + next.width;
        self.extent.least += SPACE / 2.0 + next.extent.least;
        self.extent.most += SPACE + next.extent.most;
    }

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

/// Cuts a line at its spaces; `scale` is how wide a column of the grid is, in ems.
fn row(source: &Source, line: Run, scale: f32, cells: &mut Vec<Cell>) {
    let text = source.get(line.span);
    let base = line.span.start as usize;
    let first = cells.len();
    let mut open: Option<(usize, u32)> = None;
    let mut spaces = 2;
    let mut from_gap = 0;
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
                    about: from as f32 * scale,
                    reached: from,
                    leads: cells.len() == first,
                    anchored: spaces >= 2,
                    x: 0.0,
                    width: width(&text[start..at]).middle(),
                    extent: width(&text[start..at]),
                    stops: line_end(&text[start..at]) == LineEnd::Stop,
                    goes_on: goes_on(&text[from_gap..start], &text[start..at]),
                });
                spaces = 0;
            }
            spaces += 1;
        } else if open.is_none() {
            open = Some((at, column));
            if spaces >= 2 {
                from_gap = at;
            }
        }
        column += if c == '\t' { 8 - column % 8 } else { 1 };
    }
    gather_letters(source, cells, first);
}

/// So many single characters in a row, each behind one space, are a line that was set wide.
const LETTERS: usize = 3;

/// Makes one cell of a line whose characters were set apart to fill it.
fn gather_letters(source: &Source, cells: &mut Vec<Cell>, first: usize) {
    let single = |cell: &Cell| source.get(cell.span).chars().nth(1).is_none();
    // Words and figures in it stay whole.
    let part = |cell: &Cell| cell.width < WORD || source.get(cell.span).chars().all(is_latin);
    let mut at = first;
    while at < cells.len() {
        let count = cells[at..].iter().enumerate().take_while(|(n, c)| part(c) && (*n == 0 || !c.anchored)).count();
        if cells[at..at + count].iter().filter(|c| single(c)).count() >= LETTERS {
            let last = at + count - 1;
            cells[at].span.end = cells[last].span.end;
            cells[at].chars = cells[last].column + cells[last].chars - cells[at].column;
            let all = &cells[at..=last];
            let extent = all.iter().fold(Width::default(), |sum, c| Width {
                least: sum.least + c.extent.least,
                most: sum.most + c.extent.most + 2.0 * SET_APART,
            });
            cells[at].width = all.iter().map(|c| c.width + SET_APART).sum();
            cells[at].extent = extent;
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

    fn cells_of(text: &str) -> Vec<String> {
        let file = File { path: None, format: "layout", encoding: "UTF-8" };
        let (source, mut pages) = super::super::plain::plain(text.to_owned(), file).unwrap();
        grid(&source, &mut pages);
        pages[0].runs.iter().map(|r| source.get(r.span).to_owned()).collect()
    }

    fn shows_columns(text: &str) -> bool {
        let file = File { path: None, format: "text", encoding: "UTF-8" };
        let (source, pages) = super::super::plain::plain(text.to_owned(), file).unwrap();
        is_grid(&source, &pages)
    }

    #[test]
    fn full_columns_are_parted_by_single_spaces_and_few_wide_gaps() {
        let full = "春天来了河边的柳树发了新芽 秋天到了山上的枫叶红了一片\n".repeat(9);
        let short = "孩子们回家去了。            游人慢慢地走上山去看着红叶\n";
        assert!(shows_columns(&(full.clone() + short)));
        assert!(!shows_columns(&full), "recognition has put spaces into lines");
        let words = "봄이 오니 강가의 버드나무가 새싹을 틔우고 아이들이 연을 날린다\n".repeat(9);
        assert!(!shows_columns(&(words + short)), "a table in spaced text");
        let prose = "春天来了，河边的柳树发了新芽，孩子们在树下放着长长的风筝\n".repeat(9);
        assert!(!shows_columns(&(prose + short)), "one row of a page");
    }

    #[test]
    fn a_bracket_about_a_name_holds_its_text_together() {
        assert_eq!(cells_of("本报讯（记者 李建国）春天来了"), ["本报讯（记者 李建国）春天来了"]);
    }

    #[test]
    fn a_name_stands_behind_what_calls_it_and_a_report_behind_its_wire() {
        assert!(goes_on("【本报讯】（记者 ", "张弛"));
        assert!(!goes_on("【本报讯】（记者 ", "春天来了，河边的柳树"), "a column ends with it");
        assert!(goes_on("新华社北京8月10日电 ", "春天来了，河边的柳树"));
        assert!(!goes_on("河边的柳树发了新芽 ", "张弛"));
    }

    #[test]
    fn characters_set_apart_are_one_line_with_the_words_and_figures_in_it() {
        let row = "道 15 號 現 時 的 公 館 （ Victoria";
        assert_eq!(
            cells_of(&format!("{row}  已經是形成另一種慣性，要跳海自殺")),
            [row, "已經是形成另一種慣性，要跳海自殺"]
        );
    }

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
