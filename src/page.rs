//! What stood where: the pages and runs that readers yield.

use crate::geometry::Rect;
use crate::source::{Source, Span};

/// One piece of text as the input gave it: for plain text, one line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Run {
    /// The text, without its line break.
    pub span: Span,
    /// Number of the input's line within the page, from 1.
    pub line: u32,
    /// Its box, where the format states one.
    pub rect: Option<Rect>,
}

/// Width and height in page units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// One page: its runs in the order of the input.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its number in the document, from 1.
    pub number: u32,
    /// Its size, where the format states one.
    pub size: Option<Size>,
    /// Its runs.
    pub runs: Vec<Run>,
}

impl Page {
    /// True where every run has its place; the page is a flowing one where any has none.
    pub fn is_placed(&self) -> bool {
        !self.runs.is_empty() && self.runs.iter().all(|r| r.rect.is_some())
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
