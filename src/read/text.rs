//! Writes the source text of a format that is not itself text: one line for each line of the format,
//! a form feed between pages.
//!
//! That a format has words says nothing of spaces: engines part Chinese text into the words of their
//! dictionary. A space is written between two words where their script has spaces, or where the page
//! has room for one.

use crate::error::{Error, ErrorKind};
use crate::geometry::Rect;
use crate::page::{Ink, InkKind, Page, Region, Run, Size};
use crate::source::{File, LineStart, Source, Span};
use crate::text::class::{Class, class, is_blank};
use crate::text::composed::composed;

/// A text in the making, with its pages.
#[derive(Default)]
pub struct TextBuilder {
    text: String,
    lines: Vec<LineStart>,
    pages: Vec<Page>,
    number: u32,
    region: Option<u32>,
    /// Boxes are those of the type, as a PDF has them, and not those of its ink.
    typed: bool,
}

impl TextBuilder {
    /// A text whose words have the boxes of their type: the room between two is exactly known.
    pub fn typed() -> TextBuilder {
        TextBuilder { typed: true, ..TextBuilder::default() }
    }

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

    /// Adds a word to the line that was started last. A word without a visible character makes no
    /// run.
    pub fn word(&mut self, text: &str, rect: Option<Rect>, sure: Option<f32>) {
        if self.number == 0 {
            self.start_line();
        }
        let start = self.lines.last().map_or(0, |line| line.byte as usize);
        let before = self.text[start..].chars().next_back();
        if let (Some(before), Some(after)) = (before, text.chars().next()) {
            let last = self.pages.last().and_then(|page| page.runs.last());
            let count = |text: &str| text.chars().count();
            let room = last.and_then(|l| room((l.rect?, count(&self.text[l.span.range()])), (rect?, count(text))));
            let room = room.map(|room| Room { exact: self.typed, ..room });
            if needs_space(before, after, room) {
                self.text.push(' ');
            }
        }
        self.append(text, rect, sure);
    }

    /// Adds a cell of a table to the line that was started last. Whatever is written in them, cells
    /// stand apart.
    pub fn cell(&mut self, text: &str) {
        if self.number == 0 {
            self.start_line();
        }
        let start = self.lines.last().map_or(0, |line| line.byte as usize);
        if start < self.text.len() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
        self.append(text, None, None);
    }

    /// Writes a whole line of the page that was started last. Line breaks in it are kept: they are
    /// the format's own.
    pub fn line(&mut self, text: &str, rect: Option<Rect>, sure: Option<f32>) {
        self.start_line();
        self.append(text, rect, sure);
    }

    /// By how many degrees the text written last falls toward the right, where its box says so.
    pub fn slant(&mut self, slant: Option<f32>) {
        let start = self.lines.last().map_or(0, |line| line.byte);
        if let Some(run) = self.open().runs.last_mut().filter(|run| run.span.start >= start) {
            run.slant = slant;
        }
    }

    fn append(&mut self, text: &str, rect: Option<Rect>, sure: Option<f32>) {
        let start = self.text.len();
        self.text.push_str(&composed(text));
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

/// Room from this on, in ems, parts two words of a script without spaces. Boxes end where the ink of a character does,
/// which for 二 or 十 is within its em: on 23 pages read by Tesseract so much room stands in 127 of 16,619 places without
/// a space, and .45 ems in 640; of 45 spaces, narrow as most are, either finds few.
const WIDE_SPACE: f32 = 0.7;

/// The same between such a word and another.
const SPACE: f32 = 0.45;

/// The same beside a mark that is read as half an em wide, as it has the room of a whole one.
const MARK_SPACE: f32 = 1.0;

/// The same where boxes are those of the type: a space is a quarter of an em wide at the least.
const TYPED_SPACE: f32 = 0.15;

/// An em is larger by no more than this than what the ink of words makes it.
const SHORT_INK: f32 = 1.2;

/// Room from this on, in ems, parts two Latin words, whose letters touch.
const LATIN_SPACE: f32 = 0.12;

/// Where one of two words is a single character, as where Tesseract parts eojeol, room from this on, in ems, parts two
/// beside Hangul. On two pages it tells 217 of 3,761 such places between syllables otherwise than Tesseract's text does,
/// and 80 of 656 beside figures and marks; [`LATIN_SPACE`] tells a third and a quarter otherwise. Where both words are
/// longer all but 6 of 314 are two eojeol.
const SYLLABLE_SPACE: f32 = 0.27;

/// True where a space stands between two words.
fn needs_space(before: char, after: char, room: Option<Room>) -> bool {
    let (b, a) = (class(before), class(after));
    if b == Class::Space || a == Class::Space {
        return false;
    }
    let spaced = |c: Class| matches!(c, Class::Hangul | Class::Letter | Class::Digit);
    let wide = |c: char, kind: Class| kind.is_unspaced() || !c.is_ascii() && !spaced(kind);
    let wide = [wide(before, b), wide(after, a)];
    let Some(room) = room else { return wide == [false, false] };
    let half =
        |c: char, kind: Class| c.is_ascii() && matches!(kind, Class::Open | Class::Close | Class::Stop | Class::Pause);
    let half = half(before, b) && a.is_unspaced() || half(after, a) && b.is_unspaced();
    let hangul = [b, a].map(|kind| kind == Class::Hangul);
    match wide {
        [false, false] if room.exact => room.gap >= LATIN_SPACE,
        _ if room.exact => room.gap >= TYPED_SPACE,
        // The middle of a character is where it is whatever its shape; but figures and marks are narrower than an em.
        [false, false] if room.syllable && hangul == [true, true] => room.apart >= SYLLABLE_SPACE,
        [false, false] if room.syllable && hangul != [false, false] => room.gap >= SYLLABLE_SPACE,
        [false, false] => room.gap >= LATIN_SPACE,
        [true, true] => room.apart >= WIDE_SPACE,
        _ if half => room.gap >= MARK_SPACE,
        _ => room.gap.min(room.apart + SPACE) >= SPACE,
    }
}

/// What lies between two words of one line, in ems.
#[derive(Debug, Clone, Copy)]
struct Room {
    /// From box to box.
    gap: f32,
    /// From the middle of the last character of one to that of the first of the other, less an em.
    apart: f32,
    /// One of the words is one character.
    syllable: bool,
    /// The boxes are those of the type.
    exact: bool,
}

/// The room between two words of one line, each with its number of characters.
fn room((before, b): (Rect, usize), (after, a): (Rect, usize)) -> Option<Room> {
    let side_by_side = before.shared_height(after) > 0.3;
    let along = |r: Rect| if side_by_side { (r.x0, r.x1, r.height()) } else { (r.y0, r.y1, r.width()) };
    let ((b0, b1, high), (a0, a1, high_too)) = (along(before), along(after));
    let pitch = |from: f32, to: f32, count: usize| (to - from) / count.max(1) as f32;
    let (pitch_b, pitch_a) = (pitch(b0, b1, b), pitch(a0, a1, a));
    // A word of several characters tells the em; a single one may be as narrow as it likes.
    let em = match (b >= 2, a >= 2) {
        (true, true) => pitch_b.max(pitch_a),
        (true, false) => pitch_b.max(a1 - a0),
        (false, true) => pitch_a.max(b1 - b0),
        (false, false) => (b1 - b0).max(a1 - a0).max(high.min(high_too)),
    };
    // Ink that is short along the line, as kana's is, makes the em too small; across it is no longer.
    let em = em.max(high.min(high_too).min(SHORT_INK * em));
    let apart = a0 + pitch_a / 2.0 - (b1 - pitch_b / 2.0) - em;
    (em > 0.0).then(|| Room { gap: (a0 - b1) / em, apart: apart / em, syllable: b == 1 || a == 1, exact: false })
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
    fn words_have_the_spaces_of_their_script() {
        for (before, after, room, spaced) in [
            ('記', '者', Some(0.1), false),
            ('者', '邓', Some(0.8), true),
            ('二', '十', Some(0.5), false),
            ('示', ',', Some(0.5), false),
            (',', '绑', Some(0.8), false),
            ('过', 'P', Some(0.5), true),
            ('는', '글', None, true),
            ('d', 't', Some(0.02), false),
            ('年', '2', Some(0.2), false),
            ('。', '今', None, false),
        ] {
            let room = room.map(|gap| Room { gap, apart: gap, syllable: false, exact: false });
            assert_eq!(needs_space(before, after, room), spaced, "{before}{after}");
        }
        // Words of one syllable are pieces of eojeol, and a figure may stand before one.
        for (before, after, room, syllable, spaced) in [
            ('작', '성', 0.2, true, false),
            ('을', '지', 0.3, true, true),
            ('를', '받', 0.2, false, true),
            ('3', '만', 0.2, true, false),
            ('5', '년', 0.2, false, true),
        ] {
            let room = Some(Room { gap: room, apart: room, syllable, exact: false });
            assert_eq!(needs_space(before, after, room), spaced, "{before}{after}");
        }
    }

    #[test]
    fn words_stand_on_their_line() {
        let mut out = TextBuilder::default();
        let rect = |x0: f32, x1: f32| Some(Rect { x0, y0: 0.0, x1, y1: 10.0 });
        out.page(Some(Size { width: 100.0, height: 80.0 }));
        out.start_line();
        out.word("図書", rect(0.0, 20.0), Some(0.9));
        out.word("館", rect(21.0, 31.0), None);
        out.word("案内", rect(41.0, 61.0), None);
        out.line("東京", rect(5.0, 5.0), None);
        out.page(None);
        out.line("京都", None, None);
        let file = File { path: None, format: "test", encoding: "UTF-8" };
        let (source, pages) = out.finish(file).unwrap();
        assert_eq!(source.text, "図書館 案内\n東京\u{c}京都");
        let runs: Vec<_> = pages[0].runs.iter().map(|r| (source.get(r.span), r.line, r.rect.is_some())).collect();
        assert_eq!(runs, [("図書", 1, true), ("館", 1, true), ("案内", 1, true), ("東京", 2, false)]);
        assert_eq!((pages.len(), pages[1].runs[0].line, source.lines[2].page), (2, 1, 2));
    }

    #[test]
    fn syllables_that_an_engine_takes_for_words_are_one_unless_there_is_room() {
        for (typed, expected) in [(false, "공개 합니다"), (true, "공 개 합니다")] {
            let mut out = if typed { TextBuilder::typed() } else { TextBuilder::default() };
            out.start_line();
            for (word, x0, x1) in [("공", 0.0, 10.0), ("개", 12.0, 22.0), ("합니다", 27.0, 57.0)] {
                out.word(word, Some(Rect { x0, y0: 0.0, x1, y1: 10.0 }), None);
            }
            let (source, _) = out.finish(File { path: None, format: "test", encoding: "UTF-8" }).unwrap();
            assert_eq!(source.text, expected, "boxes are exact: {typed}");
        }
    }
}
