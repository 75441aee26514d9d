//! hOCR (1.2): HTML in which a class names what an element is and a `title` holds its box.
//!
//! A line is an `ocr_line`; Tesseract names it `ocr_header`, `ocr_caption` or `ocr_textfloat` instead
//! where it takes the block for a heading, a caption or a pull-out. A word is an `ocrx_word`. A line
//! without words is one piece. Some exporters (Google's for one) write the whole line before its
//! words: that is the same text twice, and the words are taken. Tesseract can write the readings it
//! thought of into the word, after its text (`lstm_choice_mode`): they are left.
//!
//! Text is taken wherever on a page it stands; what stands in no line makes a line of its own. The
//! file is read as HTML, see [`html`](super::html).

use super::Input;
use super::html::{Tag, Visit, walk};
use super::line::Line;
use super::stated::Regions;
use super::text::TextBuilder;
use super::xml::figure;
use crate::error::{Error, ErrorKind};
use crate::geometry::Rect;
use crate::page::{InkKind, Region, Size};
use crate::role::Role;
use crate::source::File;

/// True where the text begins as hOCR does.
pub fn is_hocr(head: &str) -> bool {
    let marks = ["ocr_page", "ocr-system", "ocr_line", "ocrx_word"];
    head.trim_start().starts_with('<') && marks.iter().any(|mark| head.contains(mark))
}

/// Reads all pages of an hOCR file.
///
/// # Errors
/// Where there is neither a page nor text in it.
pub fn hocr(text: &str, file: File) -> Result<Input, Error> {
    let mut hocr = Hocr { paged: text.contains("ocr_page"), ..Hocr::default() };
    let mut warnings = walk(text, &mut hocr);
    hocr.write();
    if hocr.out.pages() == 0 {
        let what = "there is no element of the class ocr_page and no text in it".to_string();
        return Err(Error::new(ErrorKind::Malformed {
            format: file.format,
            place: format!("byte {}", text.len()),
            what,
        }));
    }
    if hocr.outside > 0 {
        warnings.push(format!("{} characters stand outside every ocr_page and were left out", hocr.outside));
    }
    let (source, pages) = hocr.out.finish(file)?;
    Ok(Input { source, pages, warnings })
}

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Page,
    /// A logical text of the document: one article.
    Article,
    /// A block of text, or what holds lines.
    Block,
    Paragraph,
    Line,
    /// A block, or by Tesseract a line of one.
    Float(Option<Role>),
    /// The same, and by Tesseract a heading; to all others it is a running head.
    Header,
    Word,
    Ink(InkKind),
    /// What is no text of the page: the readings an engine thought of, styles, the head.
    Silent,
    Other,
}

fn kind(tag: &Tag) -> Kind {
    let of_class = tag.class.split_ascii_whitespace().find_map(|class| {
        Some(match class {
            "ocr_page" => Kind::Page,
            "ocr_linear" => Kind::Article,
            "ocr_carea" | "ocr_column" | "ocrx_block" | "ocr_table" | "ocr_float" => Kind::Block,
            "ocr_par" => Kind::Paragraph,
            "ocr_line" | "ocrx_line" => Kind::Line,
            "ocr_header" => Kind::Header,
            "ocr_footer" => Kind::Float(Some(Role::RunningHead)),
            "ocr_pageno" => Kind::Float(Some(Role::PageNumber)),
            "ocr_title" => Kind::Float(Some(Role::Headline)),
            "ocr_author" => Kind::Float(Some(Role::Byline)),
            "ocr_caption" => Kind::Float(Some(Role::Caption)),
            "ocr_textfloat" => Kind::Float(None),
            "ocrx_word" | "ocr_word" => Kind::Word,
            "ocr_photo" | "ocr_image" | "ocr_linedrawing" => Kind::Ink(InkKind::Picture),
            "ocr_separator" => Kind::Ink(InkKind::Rule),
            "ocr_symbol" => Kind::Silent,
            "ocrx_cinfo" if ["choice_", "lstm_choices_", "timestep"].iter().any(|id| tag.id.starts_with(id)) => {
                Kind::Silent
            }
            _ => return None,
        })
    });
    match tag.name.as_str() {
        "head" | "script" | "style" | "title" => Kind::Silent,
        _ => of_class.unwrap_or(Kind::Other),
    }
}

/// An open element.
#[derive(Clone, Copy)]
struct Level {
    kind: Kind,
    rect: Option<Rect>,
    region: Option<Region>,
    /// Whether lines stand in it, so that its box is not that of other text in it.
    has_lines: bool,
}

#[derive(Default)]
struct Hocr {
    out: TextBuilder,
    regions: Regions,
    /// Whether text stands on pages only.
    paged: bool,
    open: Vec<Level>,
    /// How many of the open elements are pages, and how many silent.
    pages: usize,
    silent: usize,
    /// Characters outside of pages.
    outside: usize,
    articles: u32,
    /// The element that ends the line: the line itself, or what holds text that stands in no line.
    line_at: Option<usize>,
    word_at: Option<usize>,
    line: Line,
}

impl Visit for Hocr {
    fn open(&mut self, tag: &Tag) {
        let kind = kind(tag);
        let title = if tag.class.is_empty() { Title::default() } else { Title::of(&tag.title) };
        let parent = self.open.last().copied();
        let mut level = Level { kind, rect: title.bbox, region: parent.and_then(|p| p.region), has_lines: false };
        let at = self.open.len();
        match tag.name.as_str() {
            "p" | "div" | "br" | "td" | "li" if self.in_loose_text() => self.write(),
            "br" => self.text(" "),
            _ => {}
        }
        match kind {
            Kind::Page => self.page(title.bbox),
            Kind::Article => {
                level.region = Some(Region { article: Some(self.articles), ..level.region.unwrap_or_default() });
                self.articles += 1;
            }
            Kind::Block => level.region = Some(self.block(title, level.region)),
            Kind::Paragraph if level.region.is_none_or(|region| region.rect.is_none()) => {
                level.region = Some(self.block(title, level.region));
            }
            Kind::Float(_) | Kind::Header => {
                let around = level.region.filter(|region| region.rect.is_some());
                let region = around.unwrap_or_else(|| self.block(title, level.region));
                let role = if let Kind::Float(role) = kind { role } else { Some(Role::RunningHead) };
                level.region = Some(Region { role: role.or(region.role), ..region });
                self.start(at, title.bbox, level.region);
            }
            Kind::Line => self.start(at, title.bbox, level.region),
            Kind::Word => self.word(at, title),
            Kind::Ink(kind) => {
                if let Some(rect) = title.bbox {
                    self.out.ink(kind, rect);
                }
            }
            Kind::Paragraph | Kind::Silent | Kind::Other => {}
        }
        self.pages += usize::from(kind == Kind::Page);
        self.silent += usize::from(kind == Kind::Silent);
        self.open.push(level);
    }

    fn text(&mut self, text: &str) {
        let blank = text.trim_ascii().is_empty();
        // Between the characters of a word, a line break is the file's own.
        if self.silent > 0 || (blank && (self.line_at.is_none() || (self.word_at.is_some() && text.contains('\n')))) {
            return;
        }
        if self.paged && self.pages == 0 {
            self.outside += text.chars().filter(|c| !c.is_whitespace()).count();
            return;
        }
        if self.word_at.is_some() {
            return self.line.append(text);
        }
        if self.line_at.is_none() {
            let around = self.open.last().copied();
            let rect = around.filter(|level| !level.has_lines && level.kind != Kind::Page).and_then(|level| level.rect);
            self.start(self.open.len().saturating_sub(1), rect, around.and_then(|level| level.region));
        }
        self.line.loose(text);
    }

    fn close(&mut self) {
        let Some(level) = self.open.pop() else { return };
        let at = Some(self.open.len());
        if self.word_at == at {
            self.word_at = None;
        }
        if self.line_at == at {
            self.write();
        }
        match level.kind {
            Kind::Page => self.pages -= 1,
            Kind::Silent => self.silent -= 1,
            Kind::Block | Kind::Article => self.regions.next_block(&mut self.out),
            _ => {}
        }
    }
}

impl Hocr {
    fn page(&mut self, bbox: Option<Rect>) {
        self.write();
        self.regions.next_block(&mut self.out);
        // Boxes count from the corner of the picture, even where the page is a part of it.
        self.out.page(bbox.map(|r| Size { width: r.x1, height: r.y1 }));
    }

    /// A block, which has what is stated of the block around it unless more is stated of itself.
    fn block(&mut self, title: Title, around: Option<Region>) -> Region {
        self.regions.next_block(&mut self.out);
        let around = around.unwrap_or_default();
        Region { rect: title.bbox.or(around.rect), order: title.order.or(around.order), ..around }
    }

    /// Begins a line that the element at a depth ends.
    fn start(&mut self, at: usize, rect: Option<Rect>, region: Option<Region>) {
        self.write();
        if let Some(around) = self.open.last_mut() {
            around.has_lines = true;
        }
        self.line.start(rect, region);
        self.line_at = Some(at);
    }

    /// Begins a word; one that stands in no line makes a line.
    fn word(&mut self, at: usize, title: Title) {
        match self.line_at {
            None => self.start(at, None, self.open.last().and_then(|level| level.region)),
            Some(line) if self.open.get(line).is_some_and(|level| level.kind == Kind::Header) => {
                self.line.say(Role::Headline);
            }
            Some(_) => {}
        }
        self.line.word("", title.bbox, title.sure);
        self.word_at = Some(at);
    }

    fn write(&mut self) {
        if self.line_at.take().is_some() {
            self.line.write(&mut self.out, &mut self.regions);
        }
        self.word_at = None;
    }

    /// True where the line is of text that stands in no line.
    fn in_loose_text(&self) -> bool {
        let kind = self.line_at.and_then(|at| self.open.get(at)).map(|level| level.kind);
        kind.is_some_and(|kind| !matches!(kind, Kind::Line | Kind::Float(_) | Kind::Header | Kind::Word))
    }
}

/// The properties in a `title` that matter here.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Title {
    bbox: Option<Rect>,
    /// From 0 to 1.
    sure: Option<f32>,
    order: Option<u32>,
}

impl Title {
    fn of(title: &str) -> Title {
        let mut out = Title::default();
        for property in properties(title) {
            let (key, value) = property.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((property, ""));
            match key {
                "bbox" => out.bbox = bbox(value),
                "x_wconf" => out.sure = figure(value).map(|percent| (percent / 100.0).clamp(0.0, 1.0)),
                "order" => out.order = value.trim().parse().ok(),
                _ => {}
            }
        }
        out
    }
}

/// The properties of a `title`, which semicolons part; one in quotation marks parts nothing.
fn properties(title: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let parts = title.split(move |c| {
        quoted ^= c == '"';
        c == ';' && !quoted
    });
    parts.map(str::trim_ascii)
}

/// Left, top, right, bottom.
fn bbox(value: &str) -> Option<Rect> {
    let mut edges = value.split([' ', ',', '\t', '\n']).filter(|e| !e.is_empty()).map(figure);
    let mut edge = || edges.next().flatten();
    Some(Rect { x0: edge()?, y0: edge()?, x1: edge()?, y1: edge()? })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub const PAGE: &str = r#"<!DOCTYPE html>
<html><head><title>x</title><meta name=ocr-system content=test></head><body>
<div class='ocr_page' title='image "a;b.png"; bbox 0 0 900 500; ppageno 0'>
 <div class='ocr_carea' title="bbox 60 40 670 190; order 7">
  <p class='ocr_par'>
   <span class='ocr_header' title="bbox 60 40 300 70"><span class='ocrx_word' title='bbox 60 40 150 70; x_wconf 96'>圖&amp;書</span>
    <span class='ocrx_word' title='bbox 170 40 240 70; x_wconf 91'><strong>館</strong></span></span>
   <span class='ocr_line' title="bbox 60 80 300 100; baseline 0 -1">
    <span class='ocrx_word' title='bbox 60 80 90 100'>
     <span class='ocrx_cinfo' title='x_bboxes 60 80 75 100'>把</span>
     <span class='ocrx_cinfo' title='x_bboxes 75 80 90 100'>舊</span>
     <span class='ocrx_cinfo' id='lstm_choices_1'><span class='ocrx_cinfo' id='choice_1' title='x_confs 9'>舊</span></span>
    </span>
   </span>
 </div>
 <div class='ocr_photo' title="bbox 0 200 100 300"></div><div class='ocr_separator' title="bbox 0 310 900 312"/>
 <p class='ocr_par' title='bbox 60 320 300 360'><span class='ocr_line' title='bbox 60 320 300 340'>報 紙
<span class='ocrx_word' title='bbox 60 320 90 340'>報</span><span class='ocrx_word' title='bbox 100 320 130 340'>紙</span></span>
  <span class='ocr_line' title='bbox 60 342 300 360'>掃描&nbsp;成</span></p>
 <p>像 <b>再</b>
 用<br>文</p><span class='ocrx_word' title='bbox 1 2 3 4'>字</span>
</div>
<div class=ocr_page><div class='ocr_linear'><span class=ocr_line title='bbox 1 2 30 4'>識<span class=ocrx_word title='bbox 1 2 9 4'>別</span>軟</span></div></div>
</body></html>
"#;

    fn read(text: &str) -> Result<Input, Error> {
        hocr(text, File { path: None, format: "hocr", encoding: "UTF-8" })
    }

    #[test]
    fn a_page_has_its_words_regions_and_ink() {
        let input = read(PAGE).unwrap();
        assert_eq!(input.source.text, "圖&書館\n把舊\n報紙\n掃描\u{a0}成\n像 再 用\n文\n字\u{c}識別軟");
        assert_eq!(input.warnings, [] as [String; 0]);
        let page = &input.pages[0];
        assert_eq!(page.size, Some(Size { width: 900.0, height: 500.0 }));
        let stated: Vec<_> = page.regions.iter().map(|r| (r.role, r.order, r.rect.map(|r| r.y0))).collect();
        assert_eq!(
            stated,
            [(Some(Role::Headline), Some(7), Some(40.0)), (None, Some(7), Some(40.0)), (None, None, Some(320.0))]
        );
        let runs: Vec<_> = page.runs.iter().map(|r| (r.line, r.region, r.rect.map(|r| r.x0), r.sure)).collect();
        assert_eq!(
            runs,
            [
                (1, Some(0), Some(60.0), Some(0.96)),
                (1, Some(0), Some(170.0), Some(0.91)),
                (2, Some(1), Some(60.0), None),
                (3, Some(2), Some(60.0), None),
                (3, Some(2), Some(100.0), None),
                (4, Some(2), Some(60.0), None),
                (5, None, None, None),
                (6, None, None, None),
                (7, None, Some(1.0), None),
            ]
        );
        assert_eq!(page.ink.iter().map(|i| i.kind).collect::<Vec<_>>(), [InkKind::Picture, InkKind::Rule]);
        assert_eq!(input.pages[1].regions[0].article, Some(0));
    }

    #[test]
    fn a_line_cut_off_before_its_words_is_taken_whole() {
        let line = |words: &str| format!("<div class=ocr_page><span class=ocr_line title='bbox 0 0 9 9'>中文字{words}");
        assert_eq!(read(&line("<i class=ocrx_word>中</i><i class=ocrx_word>文")).unwrap().source.text, "中文字");
        assert_eq!(read(&line("<i class=ocrx_word>中</i><i class=ocrx_word>國")).unwrap().source.text, "中文字 中 國");
        assert_eq!(read(&line("")).unwrap().warnings.len(), 1);
    }

    #[test]
    fn nonsense_gives_text_without_boxes() {
        let text = "<p class=ocr_line title='bbox 1 2; x_wconf'>中<span class='ocrx_word' title='bbox NaN 1e99 -3 inf; x_wconf x; \"'>文</p>\
                    <span class=ocrx_word title='bbox 9 9 1 1'>字";
        let input = read(text).unwrap();
        assert_eq!(input.source.text, "中文\n字");
        assert!(input.pages[0].runs.iter().all(|run| run.rect.is_none()));
        assert!(read("<p class=ocr_page-less>").is_err());
        let outside = read("<p>中文</p><div class=ocr_page></div>").unwrap();
        assert!(outside.warnings[0].starts_with("2 characters"), "{:?}", outside.warnings);
        assert!(read(&"<span class=ocr_line>中".repeat(10_000)).unwrap().source.text.matches('中').count() == 10_000);
    }

    #[test]
    fn a_semicolon_in_quotation_marks_parts_nothing() {
        assert_eq!(properties("image \"a;b\"; bbox 1").collect::<Vec<_>>(), ["image \"a;b\"", "bbox 1"]);
    }
}
