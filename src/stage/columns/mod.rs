//! Builds the printed lines of every page.
//!
//! A flowing page has them as they are. On a placed page a line is what stands side by side without
//! a gutter between: what an engine calls a line may hold a part of one, or pieces of two columns. What
//! was woven, row by row, is taken apart ([`woven`]).

mod blocks;
mod doubled;
mod lines;
mod pictures;
mod ruby;
mod scale;
mod split;
mod straight;
pub mod woven;

use crate::document::Dropped;
use crate::flow::{Column, Flow, Holds, Line, Stated};
use crate::geometry::Rect;
use crate::page::{Page, Run};
use crate::press::Press;
use crate::rule::Rule;
use crate::source::{Source, Span};
use crate::text::class::{Class, class, is_blank};
use crate::text::continuity::model;
use crate::text::language::Language;
use crate::text::width::{Width, char_width, first_unit, width};

/// Lines of all pages; those of a flowing page in the order of the input, those of a placed page in
/// no order. Where a dump or a grid of characters has woven columns, they are taken apart, and the page
/// flows from then on.
pub fn columns(source: &Source, pages: &[Page], language: Language, press: &Press) -> Flow {
    let model = model(language, &source.text);
    let mut flow = Flow::default();
    for page in pages {
        let column = flow.columns.len() as u32;
        flow.columns.push(Column::default());
        let mut lines = if page.is_placed() {
            let page = straight::straight(source, page);
            flow.ink.extend(page.ink.iter().map(|ink| (page.number, *ink)));
            let (page, doubles) = doubled::part(source, &page);
            let (page, readings) = ruby::part(source, &page);
            flow.left_out.extend(doubles.into_iter().map(|span| Dropped { span, rule: Rule::Doubled }));
            flow.left_out.extend(readings.into_iter().map(|span| Dropped { span, rule: Rule::Ruby }));
            placed(source, &page, language)
        } else {
            flowing(source, page)
        };
        if !page.is_placed() || page.reckoned {
            lines.sort_by(woven::row_by_row);
            if let Some(texts) = woven::unwoven(source, &lines, model, language, press) {
                lines = texts.iter().flat_map(|text| taken(&lines, text)).collect();
            }
        }
        flow.lines.extend(lines.into_iter().map(|line| Line { column, ..line }));
    }
    flow.left_out.sort_unstable();
    flow
}

/// The lines of a text that stood in woven columns.
fn taken<'a>(lines: &'a [Line], text: &'a woven::Text) -> impl Iterator<Item = Line> + 'a {
    text.iter().enumerate().flat_map(move |(column, places)| {
        places.iter().enumerate().map(move |(n, i)| Line {
            tops: n == 0,
            begins: Some(column == 0 && n == 0),
            rect: None,
            ..lines[*i]
        })
    })
}

/// The lines of a flowing page.
fn flowing(source: &Source, page: &Page) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut previous = 0;
    // Words that share a line and have no boxes are that line.
    for words in page.lines() {
        let (first, last) = (words[0], words[words.len() - 1]);
        let span = first.span.through(last.span);
        if let Some(line) = line(source, page.number, span, first.line) {
            let blanks = (first.line - previous).saturating_sub(1);
            lines.push(Line { blanks, stated: stated(page, &first), ..line });
            previous = first.line;
        }
    }
    split::mend(source, &mut lines);
    lines
}

/// The lines of a page with boxes, in no order; those of a grid have no size.
fn placed(source: &Source, page: &Page, language: Language) -> Vec<Line> {
    let of = |r: &Run| Some((r.rect.filter(|r| !r.is_empty())?, line_width(source.get(r.span)).middle()));
    let boxes: Vec<(Rect, f32)> = page.runs.iter().filter_map(of).filter(|(_, text)| *text > 0.0).collect();
    let words = page.runs.windows(2).any(|pair| pair[0].line == pair[1].line);
    let holds = blocks::hold(&boxes, words);
    if holds != Holds::Line {
        let runs = page.runs.iter().filter_map(|r| Some((r, line(source, page.number, r.span, r.line)?)));
        let upright = blocks::are_upright(&boxes);
        let blocks = runs.map(|(run, line)| Line { rect: run.rect, holds, upright, stated: stated(page, run), ..line });
        let mut blocks: Vec<Line> = blocks.collect();
        if holds == Holds::Block {
            scale::scale_blocks(&mut blocks);
        }
        return blocks;
    }
    let mut lines = printed(source, page, language);
    if !page.reckoned {
        scale::scale(&mut lines);
        pictures::beside(page, &mut lines);
    }
    lines
}

/// What stands side by side on a page with boxes, as lines in no order.
pub fn printed(source: &Source, page: &Page, language: Language) -> Vec<Line> {
    let vertical = page.is_vertical(source);
    let place = |(span, number, rect): (Span, u32, Rect)| {
        let line = line(source, page.number, span, number)?;
        // A character or two are about as wide as high, whichever way they run.
        let told = rect.runs_down().filter(|_| line.width.middle() >= 1.5);
        let upright = told.unwrap_or(vertical);
        let run = page.runs.partition_point(|r| r.span.start <= line.span.start).saturating_sub(1);
        Some(Line { rect: Some(rect), upright, stated: stated(page, &page.runs[run]), ..line })
    };
    lines::lines(source, page, language).into_iter().filter_map(place).collect()
}

/// What the page's file states of a run.
fn stated(page: &Page, run: &Run) -> Option<Stated> {
    let region = run.region?;
    let of = page.regions.get(region as usize)?;
    (of.role.is_some() || of.order.is_some()).then_some(Stated { region, place: of.order, role: of.role })
}

/// A line over some text, which may have white space at its edges.
fn line(source: &Source, page: u32, span: Span, number: u32) -> Option<Line> {
    let text = source.get(span);
    let inner = text.trim_matches(is_blank);
    if inner.is_empty() {
        return None;
    }
    let before = text.len() - text.trim_start_matches(is_blank).len();
    let start = span.start as usize + before;
    let width = line_width(inner);
    let indent = text[..before].chars().map(|c| match c {
        // What a tab or a wide space indents is known; an ASCII space is a dump's, half an em wide.
        '\t' => 2.0,
        '\u{3000}' => 1.0,
        c if class(c) == Class::Space => char_width(c).most,
        _ => 0.0,
    });
    Some(Line {
        span: Span::new(start, start + inner.len()),
        number,
        page,
        rect: None,
        holds: Holds::Line,
        upright: false,
        blanks: 0,
        tops: false,
        begins: None,
        indent: indent.sum(),
        trailing: before + inner.len() < text.len(),
        width,
        extent: width,
        size: None,
        lead_in: first_unit(inner),
        of_one_line: 0.0,
        spaced: false,
        picture: 0.0,
        stated: None,
        column: 0,
    })
}

/// Beyond this a line is no printed line, and its exact width tells nothing.
const WIDEST_LINE: usize = 400;

fn line_width(text: &str) -> Width {
    // A text of no more bytes has no more characters.
    let cut = if text.len() > WIDEST_LINE { text.char_indices().nth(WIDEST_LINE) } else { None };
    width(cut.map_or(text, |(end, _)| &text[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;

    #[test]
    fn blank_lines_and_indents_are_counted() {
        let input = crate::read("甲\n\n\n　　乙 \n".as_bytes(), None, &Options::default()).unwrap();
        let flow = columns(&input.source, &input.pages, Language::Chinese, &Press::of(Language::Chinese));
        assert_eq!((flow.lines[1].blanks, flow.lines[1].indent, flow.lines[1].trailing), (2, 2.0, true));
    }
}
