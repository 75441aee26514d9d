//! Gathers glyphs into runs.
//!
//! ```text
//! 区政府召开会议   one run: each glyph begins where the one before it ends
//! page 3         two runs of one line, where no space was drawn but a gap was left
//! 甲             one run downward, where each glyph stands below the one before it
//! 乙
//! ```

use super::super::text::TextBuilder;
use crate::geometry::Rect;
use crate::text::class::{Class, class, is_blank};
use hayro_interpret::kurbo::{Affine, Point, Vec2};

/// The em square about the baseline of a glyph, in thousandths of an em: what most CJK fonts have.
const ASCENT: f64 = 880.0;
const DESCENT: f64 = -120.0;

/// A gap wider than this, in ems, parts two characters of which one is set with word spaces.
const WORD_GAP: f64 = 0.15;

/// A gap wider than this, in ems, parts any two: Han and kana are spread by less.
const WIDE_GAP: f64 = 0.5;

/// Runs that are no further apart than this, in ems, stand on one line of the source.
const LINE_GAP: f64 = 1.5;

/// Marks are drawn together by up to half an em.
const OVERLAP: f64 = -0.6;

/// How far off the line, in ems, a glyph still belongs to it.
const ASIDE: f64 = 0.35;

/// Type of more than this times the size of other type is no part of its run.
const OTHER_SIZE: f64 = 1.3;

/// A glyph and where it stands.
#[derive(Clone)]
pub struct Glyph {
    /// Its text: mostly one character, in ligatures several.
    pub text: String,
    /// From the middle of the edge where it begins to the middle of that where it ends.
    from: Point,
    to: Point,
    /// The middle of its upper and of its lower edge, where its writing is horizontal and it is as
    /// wide as high.
    below: Option<(Point, Point)>,
    /// The size of its type.
    size: f64,
    rect: Rect,
}

impl Glyph {
    /// A glyph under a transform from thousandths of an em to the page, with the origin at the left
    /// end of its baseline. Nothing where the transform leaves no extent.
    pub fn new(text: String, transform: Affine, advance: f64, vertical: bool) -> Option<Glyph> {
        let at = |x: f64, y: f64| transform * Point::new(x, y);
        let size = (at(0.0, 1000.0) - at(0.0, 0.0)).hypot();
        let middle = (ASCENT + DESCENT) / 2.0;
        let (top, bottom) = (at(advance / 2.0, ASCENT), at(advance / 2.0, DESCENT));
        let (left, right) = (at(0.0, middle), at(advance, middle));
        if !(size.is_finite() && size > 0.01 && left.is_finite() && right.is_finite()) {
            return None;
        }
        let (from, to) = if vertical { (top, bottom) } else { (left, right) };
        let square = (800.0..=1200.0).contains(&advance) && bottom.y > top.y;
        let below = (!vertical && square).then_some((top, bottom));
        let corners = [at(0.0, ASCENT), at(advance, ASCENT), at(0.0, DESCENT), at(advance, DESCENT)];
        let corners = corners.map(|p| (p.x as f32, p.y as f32));
        let rect = corners.map(|(x, y)| Rect { x0: x, y0: y, x1: x, y1: y }).into_iter().reduce(Rect::union)?;
        Some(Glyph { text, from, to, below, size, rect })
    }

    /// Its middle.
    pub fn middle(&self) -> Point {
        self.from.midpoint(self.to)
    }

    /// The size of its type.
    pub fn size(&self) -> f64 {
        self.size
    }

    /// The same glyph written downward.
    fn turned(&self) -> Option<Glyph> {
        self.below.map(|(from, to)| Glyph { from, to, below: None, ..self.clone() })
    }

    fn direction(&self) -> Vec2 {
        let along = self.to - self.from;
        if along.hypot() > 0.0 { along.normalize() } else { Vec2::new(1.0, 0.0) }
    }
}

/// Where a glyph stands as seen from the run before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// It goes on with the run.
    Touches,
    /// It begins another run on the same line.
    Near,
    /// It begins another line.
    Far,
}

/// A run in the making.
struct Open {
    text: String,
    rect: Option<Rect>,
    /// Where it begins.
    start: Point,
    /// The glyph that came last.
    last: Glyph,
    glyphs: usize,
    /// It is the first of its line.
    first: bool,
    /// Its glyphs are upright and stand below each other.
    downward: bool,
}

impl Open {
    fn step(&self, glyph: &Glyph) -> Step {
        let (last, size) = (&self.last, self.last.size.max(glyph.size));
        let along = last.direction();
        let away = glyph.from - last.to;
        let aligned = along.dot(glyph.direction()) > 0.98 && along.cross(away).abs() < ASIDE * size;
        let gap = along.dot(away) / size;
        // In layers of recognised text, words are drawn far into the next ones.
        if !aligned || gap > LINE_GAP || along.dot(glyph.from - self.start) <= 0.0 {
            return Step::Far;
        }
        let words = [last.text.chars().next_back(), glyph.text.chars().next()];
        let limit = if words.into_iter().flatten().any(has_word_spaces) { WORD_GAP } else { WIDE_GAP };
        let other = size > OTHER_SIZE * last.size.min(glyph.size);
        if other || !(OVERLAP..=limit).contains(&gap) { Step::Near } else { Step::Touches }
    }

    /// A word that is drawn into the next one ends where that begins.
    fn end_before(&mut self, glyph: &Glyph) {
        let (along, next) = (self.last.direction(), glyph.rect);
        if let Some(rect) = &mut self.rect {
            if along.x > 0.98 && next.x0 > rect.x0 {
                rect.x1 = rect.x1.min(next.x0);
            } else if along.y > 0.98 && next.y0 > rect.y0 {
                rect.y1 = rect.y1.min(next.y0);
            }
        }
    }

    fn add(&mut self, glyph: Glyph) {
        self.text.push_str(&glyph.text);
        if !glyph.text.chars().all(is_blank) {
            self.rect = Some(self.rect.map_or(glyph.rect, |r| r.union(glyph.rect)));
        }
        self.glyphs += 1;
        self.last = glyph;
    }
}

/// A character of a script that sets its words apart.
fn has_word_spaces(c: char) -> bool {
    matches!(class(c), Class::Letter | Class::Digit | Class::Hangul)
}

/// Gathers glyphs, and writes each run when it is whole.
#[derive(Default)]
pub struct Gather {
    open: Option<Open>,
}

impl Gather {
    /// Takes the next glyph.
    pub fn add(&mut self, glyph: Glyph, out: &mut TextBuilder) {
        let Some(open) = &mut self.open else {
            self.start(glyph, true);
            return;
        };
        let turned = glyph.turned();
        let step =
            if open.downward { turned.as_ref().map_or(Step::Far, |glyph| open.step(glyph)) } else { open.step(&glyph) };
        if step == Step::Touches {
            open.add(if open.downward { turned.unwrap_or(glyph) } else { glyph });
            return;
        }
        // Two upright glyphs one below the other show that they are written downward.
        if open.glyphs == 1
            && step == Step::Far
            && let (Some(first), Some(second)) = (open.last.turned(), turned)
        {
            let seen = std::mem::replace(&mut open.last, first);
            if open.step(&second) == Step::Touches {
                open.start = open.last.from;
                open.downward = true;
                open.add(second);
                return;
            }
            open.last = seen;
        }
        if step == Step::Near {
            open.end_before(&glyph);
        }
        self.finish(out);
        self.start(glyph, step == Step::Far);
    }

    fn start(&mut self, glyph: Glyph, first: bool) {
        let (start, last) = (glyph.from, glyph.clone());
        let mut open = Open { text: String::new(), rect: None, start, last, glyphs: 0, first, downward: false };
        open.add(glyph);
        self.open = Some(open);
    }

    /// Writes the run at hand. A run of spaces has no ink and is none.
    pub fn finish(&mut self, out: &mut TextBuilder) {
        if let Some(open) = self.open.take()
            && let Some(rect) = open.rect
        {
            if open.first {
                out.start_line();
            }
            out.word(&open.text, Some(rect), None);
        }
    }
}
