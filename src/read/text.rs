//! Writes the source text of a format that is not itself text: one line for each line of the format,
//! a form feed between pages, and a space between the words of a line where the format has words.
//!
//! That space is the reader's spacing, not the page's: whether the page has one there is decided
//! later, from the boxes and the characters on both sides.

use crate::error::{Error, ErrorKind};
use crate::geometry::Rect;
use crate::page::{Ink, InkKind, Page, Region, Run, Size};
use crate::source::{File, LineStart, Source, Span};
use crate::text::class::is_blank;

/// A text in the making, with its pages.
#[derive(Default)]
pub struct TextBuilder {
    text: String,
    lines: Vec<LineStart>,
    pages: Vec<Page>,
    number: u32,
    region: Option<u32>,
}

impl TextBuilder {
    /// Starts a page.
    pub fn page(&mut self, size: Option<Size>) {
        if !self.pages.is_empty() {
            self.text.push('\u{c}');
        }
        self.number = 0;
        self.region = None;
        self.pages.push(Page::empty(self.pages.len() as u32 + 1, size));
    }

    /// How many pages were started.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// Starts a region: the lines that follow stand in it, up to the next region or page.
    pub fn region(&mut self, region: Region) {
        let page = self.open();
        page.regions.push(region);
        self.region = Some(self.open().regions.len() as u32 - 1);
    }

    /// Ends a region: the lines that follow stand in none.
    pub fn end_region(&mut self) {
        self.region = None;
    }

    /// Notes a picture or a rule of the page that was started last.
    pub fn ink(&mut self, kind: InkKind, rect: Rect) {
        self.open().ink.push(Ink { kind, rect });
    }

    /// Starts a line, to which words are then added.
    pub fn start_line(&mut self) {
        self.open();
        if self.number > 0 {
            self.text.push('\n');
        }
        self.number += 1;
        let page = self.pages.len() as u32;
        self.lines.push(LineStart { byte: self.text.len() as u32, page, number: self.number });
    }

    /// Adds a word to the line that was started last, parted by a space from what stands there. A
    /// word without a visible character makes no run.
    pub fn word(&mut self, text: &str, rect: Option<Rect>, sure: Option<f32>) {
        if self.number == 0 {
            self.start_line();
        }
        let begun = self.lines.last().is_some_and(|line| (line.byte as usize) < self.text.len());
        if begun && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
        self.append(text, rect, sure);
    }

    /// Writes a whole line of the page that was started last. Line breaks in it are kept: they are
    /// the format's own.
    pub fn line(&mut self, text: &str, rect: Option<Rect>, sure: Option<f32>) {
        self.start_line();
        self.append(text, rect, sure);
    }

    fn append(&mut self, text: &str, rect: Option<Rect>, sure: Option<f32>) {
        let start = self.text.len();
        self.text.push_str(text);
        if !text.chars().all(is_blank) {
            let span = Span::new(start, self.text.len().min(u32::MAX as usize));
            let run = Run { rect: rect.filter(is_sound), sure, region: self.region, ..Run::of(span, self.number) };
            self.open().runs.push(run);
        }
    }

    /// The page that was started last; text without a page starts one.
    fn open(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.page(None);
        }
        self.pages.last_mut().expect("a page was started")
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
        self.open();
        Ok((Source { text: self.text, file, lines: self.lines }, self.pages))
    }
}

/// A box with a place and an extent; anything else is no box.
fn is_sound(rect: &Rect) -> bool {
    let edges = [rect.x0, rect.y0, rect.x1, rect.y1];
    edges.iter().all(|e| e.is_finite() && e.abs() < 1e7) && rect.x1 > rect.x0 && rect.y1 > rect.y0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_on_their_line() {
        let mut out = TextBuilder::default();
        let rect = |x0: f32, x1: f32| Some(Rect { x0, y0: 0.0, x1, y1: 10.0 });
        out.page(Some(Size { width: 100.0, height: 80.0 }));
        out.start_line();
        out.word("図書", rect(0.0, 20.0), Some(0.9));
        out.word("館", rect(20.0, 30.0), None);
        out.line("東京", rect(5.0, 5.0), None);
        out.page(None);
        out.line("京都", None, None);
        let file = File { path: None, format: "test", encoding: "UTF-8" };
        let (source, pages) = out.finish(file).unwrap();
        assert_eq!(source.text, "図書 館\n東京\u{c}京都");
        let runs: Vec<_> = pages[0].runs.iter().map(|r| (source.get(r.span), r.line, r.rect.is_some())).collect();
        assert_eq!(runs, [("図書", 1, true), ("館", 1, true), ("東京", 2, false)]);
        assert_eq!((pages.len(), pages[1].runs[0].line, source.lines[2].page), (2, 1, 2));
    }
}
