//! The input text: one immutable string for the whole document, and the way from any of its bytes
//! back to a page, a line and a character.
//!
//! Everything behind the readers points into [`Source::text`] with [`Span`]s. Nothing copies or
//! rewrites it, which is what lets the [audit](crate::audit) prove that nothing was lost.

use std::path::PathBuf;

/// A half-open range of bytes of [`Source::text`]. Both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end`, in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end && end <= u32::MAX as usize);
        Span { start: start as u32, end: end as u32 }
    }

    /// The range from its start to the end of another, which begins no earlier.
    pub fn through(self, last: Span) -> Span {
        debug_assert!(self.start <= last.start);
        Span { start: self.start, end: last.end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True where the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as an index range.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Where the input came from and how its bytes were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path as the user gave it; `None` for standard input.
    pub path: Option<PathBuf>,
    /// The input format's name, such as `text`.
    pub format: &'static str,
    /// The encoding's name by the WHATWG Encoding Standard, such as `UTF-8` or `gb18030`.
    pub encoding: &'static str,
}

/// Where a line of the input begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineStart {
    /// Its first byte in [`Source::text`].
    pub byte: u32,
    /// The number of its page, from 1.
    pub page: u32,
    /// Its number within that page, from 1, blank lines counted.
    pub number: u32,
}

/// The decoded input of one document.
#[derive(Debug, Clone)]
pub struct Source {
    /// The whole text, line breaks and form feeds included. A byte order mark is no part of it.
    pub text: String,
    /// Where it came from.
    pub file: File,
    /// The beginning of every line, in order of bytes; never empty.
    pub lines: Vec<LineStart>,
}

impl Source {
    /// The text under a span.
    pub fn get(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// A locator that walks forward through the text.
    pub fn locator(&self) -> Locator<'_> {
        Locator { source: self, line: 0, byte: 0, chars: 0 }
    }
}

/// A place in the input as a person would name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Page number, from 1.
    pub page: u32,
    /// Line number within the page, from 1.
    pub line: u32,
    /// Code points before it on its line.
    pub chars: u32,
}

/// Turns bytes into [`Place`]s.
///
/// Asked for places in rising order it reads the text once; asked for an earlier place it finds the
/// line by bisection and starts over there.
#[derive(Debug, Clone)]
pub struct Locator<'a> {
    source: &'a Source,
    line: usize,
    byte: usize,
    chars: u32,
}

impl Locator<'_> {
    /// The place of the character that begins at `byte`.
    pub fn place(&mut self, byte: u32) -> Place {
        let lines = &self.source.lines;
        let next = lines.get(self.line + 1).map_or(u32::MAX, |l| l.byte);
        if (byte as usize) < self.byte || byte >= next {
            self.line = lines.partition_point(|l| l.byte <= byte).saturating_sub(1);
            self.byte = lines[self.line].byte as usize;
            self.chars = 0;
        }
        let passed = &self.source.text[self.byte..byte as usize];
        self.chars += passed.chars().count() as u32;
        self.byte = byte as usize;
        let line = lines[self.line];
        Place { page: line.page, line: line.number, chars: self.chars }
    }
}
