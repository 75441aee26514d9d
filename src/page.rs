//! What stood where: the pages and runs that readers yield.

use crate::geometry::Rect;
use crate::source::Span;

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
