//! Writes the source text of a format that is not itself text: one line for each line of the format,
//! a form feed between pages.

use crate::error::{Error, ErrorKind};
use crate::geometry::Rect;
use crate::page::{Page, Run, Size};
use crate::source::{File, LineStart, Source, Span};
use crate::text::class::is_blank;

/// A text in the making, with its pages.
#[derive(Default)]
pub struct TextBuilder {
    text: String,
    lines: Vec<LineStart>,
    pages: Vec<Page>,
    number: u32,
}

impl TextBuilder {
    /// Starts a page.
    pub fn page(&mut self, size: Option<Size>) {
        if !self.pages.is_empty() {
            self.text.push('\u{c}');
        }
        self.number = 0;
        self.pages.push(Page { number: self.pages.len() as u32 + 1, size, runs: Vec::new() });
    }

    /// How many pages were started.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// Writes a line of the page that was started last. Line breaks in it are kept: they are the
    /// format's own.
    pub fn line(&mut self, text: &str, rect: Option<Rect>) {
        let Some(page) = self.pages.last_mut() else { return };
        if self.number > 0 {
            self.text.push('\n');
        }
        self.number += 1;
        let start = self.text.len();
        self.lines.push(LineStart { byte: start as u32, page: page.number, number: self.number });
        self.text.push_str(text);
        if !text.chars().all(is_blank) {
            page.runs.push(Run {
                span: Span::new(start, self.text.len().min(u32::MAX as usize)),
                line: self.number,
                rect,
            });
        }
    }

    /// The source and its pages.
    ///
    /// # Errors
    /// Where there is more than 4 GiB of text.
    pub fn finish(mut self, file: File) -> Result<(Source, Vec<Page>), Error> {
        if self.text.len() >= u32::MAX as usize {
            return Err(Error::new(ErrorKind::TooLarge { bytes: self.text.len() }));
        }
        if self.lines.is_empty() {
            self.lines.push(LineStart { byte: 0, page: 1, number: 1 });
        }
        if self.pages.is_empty() {
            self.page(None);
        }
        Ok((Source { text: self.text, file, lines: self.lines }, self.pages))
    }
}
