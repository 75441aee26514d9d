//! What a page draws: glyphs, pictures and rules. Nothing is decoded or painted.

use super::super::text::TextBuilder;
use super::gather::{Gather, Glyph};
use crate::geometry::Rect;
use crate::page::InkKind;
use crate::text::width::char_width;
use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::kurbo::{self, Affine, BezPath, PathSeg, Point, Shape};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// A rule is no thicker than this, in points.
const THICKEST: f64 = 4.0;

/// A rule is no shorter than this, in points; shorter ones belong to drawings and characters.
const SHORTEST: f64 = 20.0;

/// A picture's sides are no shorter than this, in points.
const SMALLEST: f64 = 8.0;

/// A picture that covers this share of a page lies behind it.
const BEHIND: f64 = 0.85;

/// What is said of a page without a text layer. Both programs are what is at hand where scans are
/// read: the one writes the layer into the file, the other takes the picture out of it.
pub const ONLY_A_PICTURE: &str = "it is only an image and has no text layer; recognise it first (`ocrmypdf` adds the layer, \
    or save the pages as pictures, as with `pdftoppm -r 300 -png`, and give `pagemend fix` those)";

/// The same character drawn again within this distance, in ems, makes it bold or shadowed.
const AGAIN: f64 = 0.1;

/// Takes what is drawn on one page.
pub struct Canvas<'o> {
    page: kurbo::Rect,
    out: &'o mut TextBuilder,
    gather: Gather,
    drawn: Drawings,
    pictures: Vec<kurbo::Rect>,
    rules: Vec<kurbo::Rect>,
    visible: usize,
    invisible: usize,
    without_unicode: usize,
    outside: usize,
}

impl<'o> Canvas<'o> {
    /// A canvas for a page that was started in the text; the rectangle is the page's.
    pub fn new(page: kurbo::Rect, out: &'o mut TextBuilder) -> Canvas<'o> {
        Canvas {
            page,
            out,
            gather: Gather::default(),
            drawn: Drawings::default(),
            pictures: Vec::new(),
            rules: Vec::new(),
            visible: 0,
            invisible: 0,
            without_unicode: 0,
            outside: 0,
        }
    }

    /// Writes what is left; what is to be said of the page.
    pub fn finish(mut self) -> Vec<String> {
        self.gather.finish(self.out);
        let mut faults = Vec::new();
        let text = self.visible + self.invisible;
        if text == 0 && !self.pictures.is_empty() {
            faults.push(ONLY_A_PICTURE.to_owned());
        }
        if self.without_unicode > 0 {
            let count = self.without_unicode;
            faults.push(format!("{count} characters have no Unicode in the file; they stand as U+FFFD"));
        }
        if self.outside > 0 {
            faults.push(format!("{} characters stand outside the visible page and were left out", self.outside));
        }
        // What lies under invisible text is its scan.
        let scanned = self.invisible > self.visible;
        let area = BEHIND * self.page.area();
        let pictures = self.pictures.iter().filter(|r| text == 0 || (!scanned && r.area() < area));
        pictures.for_each(|r| self.out.ink(InkKind::Picture, rect(*r)));
        self.rules.iter().for_each(|r| self.out.ink(InkKind::Rule, rect(*r)));
        faults
    }

    fn glyph(&mut self, drawn: &Drawn, transform: Affine, vertical: bool, mode: &DrawMode) {
        let text = match drawn.as_unicode() {
            // A ligature is the letters that it is made of.
            Some(BfString::Char(c @ '\u{fb00}'..='\u{fb06}')) => c.nfkc().collect(),
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => String::new(),
        };
        // Some maps give a NUL for what they do not know, and none may break a line.
        let text = text.replace('\0', "").replace(['\n', '\r', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}'], " ");
        let known = !text.is_empty();
        let text = if known { text } else { char::REPLACEMENT_CHARACTER.to_string() };
        let advance = match drawn {
            Drawn::Outline(glyph) => glyph.advance_width(),
            Drawn::Type3(glyph) => glyph.advance_width(),
        };
        let usual = || text.chars().map(|c| char_width(c).most).sum::<f32>() * 1000.0;
        let advance = advance.filter(|a| *a > 0.0).unwrap_or_else(usual);
        let Some(glyph) = Glyph::new(text, transform, f64::from(advance), vertical) else {
            self.outside += 1;
            return;
        };
        if !self.page.contains(glyph.middle()) {
            self.outside += usize::from(!glyph.text.trim().is_empty());
        } else if self.drawn.is_new(&glyph) {
            self.without_unicode += usize::from(!known);
            let count = if matches!(mode, DrawMode::Invisible) { &mut self.invisible } else { &mut self.visible };
            *count += 1;
            self.gather.add(glyph, self.out);
        }
    }

    /// Notes a rule, if this is one.
    fn rule(&mut self, drawn: kurbo::Rect) {
        let drawn = drawn.intersect(self.page);
        let (short, long) = (drawn.width().min(drawn.height()), drawn.width().max(drawn.height()));
        if (0.0..=THICKEST).contains(&short) && long >= SHORTEST && long >= 5.0 * short {
            // A hairline has some extent on paper.
            self.rules.push(if short > 0.0 { drawn } else { drawn.inflate(0.1, 0.1) });
        }
    }

    /// The straight strokes of a path.
    fn strokes(&mut self, path: &BezPath, transform: Affine, width: f64) {
        let scale = transform.determinant().abs().sqrt();
        for line in path.segments().filter_map(|s| if let PathSeg::Line(line) = s { Some(line) } else { None }) {
            let (a, b) = (transform * line.p0, transform * line.p1);
            let straight = (a.x - b.x).abs() < 1.0 || (a.y - b.y).abs() < 1.0;
            if straight {
                let half = (width * scale / 2.0).clamp(0.05, 50.0);
                self.rule(kurbo::Rect::from_points(a, b).inflate(half, half));
            }
        }
    }
}

impl<'a> Device<'a> for Canvas<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let vertical = matches!(run.writing_mode(), WritingMode::Vertical);
        for glyph in run.glyphs() {
            self.glyph(glyph, props.transform * glyph.transform(), vertical, mode);
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        if let DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) = mode {
            self.strokes(path, props.transform, f64::from(stroke.line_width));
        } else {
            self.rule(props.transform.transform_rect_bbox(path.bounding_box()));
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let whole = kurbo::Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let drawn = props.transform.transform_rect_bbox(whole).intersect(self.page);
        if drawn.width() >= SMALLEST && drawn.height() >= SMALLEST {
            self.pictures.push(drawn);
        } else {
            self.rule(drawn);
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

fn rect(r: kurbo::Rect) -> Rect {
    Rect { x0: r.x0 as f32, y0: r.y0 as f32, x1: r.x1 as f32, y1: r.y1 as f32 }
}

/// Which characters were drawn where. Bold type is made by drawing it twice, a little apart, or
/// once filled and once stroked.
#[derive(Default)]
struct Drawings {
    /// Places by character and cell of the page.
    places: HashMap<(String, i64, i64), Point>,
}

impl Drawings {
    fn is_new(&mut self, glyph: &Glyph) -> bool {
        let (at, near) = (glyph.middle(), AGAIN * glyph.size());
        let cell = |v: f64| (v / near).floor() as i64;
        let (x, y) = (cell(at.x), cell(at.y));
        let around = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (x, y)));
        for (x, y) in around {
            let place = self.places.get(&(glyph.text.clone(), x, y));
            if place.is_some_and(|place| place.distance(at) < near) {
                return false;
            }
        }
        self.places.insert((glyph.text.clone(), x, y), at);
        true
    }
}
