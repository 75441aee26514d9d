//! What stood where: the pages, runs, regions and ink that readers yield.

use crate::geometry::Rect;
use crate::role::Role;
use crate::source::{Source, Span};
use std::borrow::Cow;

/// One piece of text as the input gave it: for plain text one line, for most engines a line or a
/// word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Run {
    /// The text, without its line break.
    pub span: Span,
    /// Number of the input's line within the page, from 1; the words of one line share it.
    pub line: u32,
    /// Its box, where the format states one.
    pub rect: Option<Rect>,
    /// By how many degrees it falls toward the right, where its box is stated with all corners and does not
    /// lie straight.
    pub slant: Option<f32>,
    /// How sure the engine was of its characters, from 0 to 1, where it says so.
    pub sure: Option<f32>,
    /// The region it stands in: an index into [`Page::regions`], where the format has regions.
    pub region: Option<u32>,
}

impl Run {
    /// A run of which nothing is known but its text and its line.
    pub fn of(span: Span, line: u32) -> Run {
        Run { span, line, rect: None, slant: None, sure: None, region: None }
    }
}

/// What a file states of some of its runs. Evidence, not law.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Region {
    /// Its box.
    pub rect: Option<Rect>,
    /// What the text in it is said to be.
    pub role: Option<Role>,
    /// Its place in the reading order that the file states, if it states one; gaps are allowed.
    pub order: Option<u32>,
    /// The article it is said to belong to; equal numbers are one article.
    pub article: Option<u32>,
}

/// What is printed on a page and is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InkKind {
    /// A photograph, drawing, chart or map.
    Picture,
    /// A ruled line.
    Rule,
}

/// Ink and where it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink {
    /// What it is.
    pub kind: InkKind,
    /// Its box.
    pub rect: Rect,
}

/// Width and height in page units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// One page: its runs in the order of the input. Boxes are in page units, whatever the format
/// counts in (pixels, points, shares of the page), with the origin at the top left and y growing
/// downward.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// Its number in the document, from 1.
    pub number: u32,
    /// Its size, where the format states one.
    pub size: Option<Size>,
    /// Its runs.
    pub runs: Vec<Run>,
    /// Its regions, where the format states any.
    pub regions: Vec<Region>,
    /// Its pictures and rules.
    pub ink: Vec<Ink>,
    /// Its boxes are reckoned from a grid of characters: they are true to an em or two only, and each of its
    /// runs is a line, as its gutters have been found.
    pub reckoned: bool,
}

impl Page {
    /// A page with nothing on it yet.
    pub fn empty(number: u32, size: Option<Size>) -> Page {
        Page { number, size, ..Page::default() }
    }

    /// The page but for what stands at some spans, which are sorted; itself where there are none.
    pub fn without(&self, spans: &[Span]) -> Cow<'_, Page> {
        if spans.is_empty() {
            return Cow::Borrowed(self);
        }
        let within = |run: &Run| {
            let at = spans.partition_point(|s| s.end <= run.span.start);
            spans.get(at).is_some_and(|s| s.start <= run.span.start)
        };
        let mut rest = self.clone();
        rest.runs.retain(|r| !within(r));
        Cow::Owned(rest)
    }

    /// The runs of each line of the input.
    pub fn lines(&self) -> impl Iterator<Item = &[Run]> {
        self.runs.chunk_by(|a, b| a.line == b.line)
    }

    /// True where most text has its place; the few runs that have none are told by their neighbours.
    pub fn is_placed(&self) -> bool {
        let placed = self.runs.iter().filter(|r| r.rect.is_some()).count();
        placed > 0 && placed * 10 >= self.runs.len() * 9
    }

    /// True where most of its text stands in runs that are higher than wide.
    pub fn is_vertical(&self, source: &Source) -> bool {
        let mut upright = 0i64;
        for (run, rect) in self.runs.iter().filter_map(|r| Some((r, r.rect?))) {
            // A single character is as high as it is wide.
            let chars = source.get(run.span).chars().count() as i64;
            if chars >= 2 {
                upright += if rect.height() > rect.width() { chars } else { -chars };
            }
        }
        upright > 0
    }
}
