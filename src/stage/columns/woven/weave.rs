//! What is known of the lines of a dump, and what it says about two of them standing in one column.

use super::weights::{self as of, COUNT, Tally, spread};
use crate::flow::Line;
use crate::geometry::Rect;
use crate::press::{Looks, Press};
use crate::source::Source;
use crate::text::brackets::{closed, left_open};
use crate::text::continuity::{Head, Model, Tail};
use crate::text::ends::{LineEnd, line_end};
use crate::text::language::Language;
use crate::text::phrases::Phrases;
use crate::text::word::straddles;
use crate::text::words::PairMap;
use std::cell::RefCell;

/// Lines between a line and the one below it: more columns than any page has, or rows out of step.
pub(super) const WAITING: usize = 26;

/// Columns of one measure are equal within this, in ems.
pub(super) const EQUAL: f32 = 0.8;

/// Cells of one track of a grid begin at one place, but for rounding.
const EXACT: f32 = 0.05;

/// A line that fills its measure may miss it by so much, in ems, where indents are two ems deep, and
/// where they are one; and by so much where nothing else explains it.
const NEAR: f32 = 0.7;
const NEAR_SHALLOW: f32 = 0.5;
const LOOSE: f32 = 1.1;

/// How a line fills a column of known measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// It reaches from edge to edge.
    Full,
    /// Full but for an indent.
    SetIn,
    /// It ends early.
    Short,
    /// Too wide for the column.
    Wide,
}

/// What is known of every line.
pub struct Weave<'a> {
    lines: Vec<Known<'a>>,
    model: &'a Model,
    indent: f32,
    near: f32,
    by_dictionary: bool,
    /// Where the weights of such pages begin.
    table: usize,
    /// What the page says within its lines.
    said: Phrases,
    /// What was already asked of the words: they are asked the same many times.
    asked: RefCell<PairMap<Joint>>,
}

/// What the words of two lines say about one going on the other.
#[derive(Clone, Copy)]
struct Joint {
    goes_on: f32,
    /// A word of the dictionary straddles them.
    straddles: bool,
    /// So many phrases across them stand elsewhere on the page.
    echoes: u8,
}

/// A line by itself.
pub struct Known<'a> {
    /// What it says.
    pub text: &'a str,
    /// Its least width, in ems.
    pub least: f32,
    /// Its greatest width, in ems: type is squeezed rather than stretched, so this shows the measure.
    pub most: f32,
    /// How it ends.
    pub end: LineEnd,
    /// What it looks like to a newspaper reader.
    pub looks: Looks,
    /// Where it stands, about, on a page that is a grid of characters.
    pub place: Option<Rect>,
    head: Head,
    tail: Tail,
    /// What would close the bracket that it leaves open, and the one that it closes first.
    left_open: Option<char>,
    closed: Option<char>,
}

impl Known<'_> {
    /// True where it ends with a full stop.
    pub fn stops(&self) -> bool {
        self.end == LineEnd::Stop
    }
}

impl<'a> Weave<'a> {
    /// Looks at every line.
    pub fn of(source: &'a Source, lines: &[Line], model: &'a Model, language: Language, press: &Press) -> Self {
        let known = |line: &Line| {
            let text = source.get(line.span);
            Known {
                text,
                least: line.width.least,
                most: line.width.most,
                end: line_end(text),
                looks: press.looks(text),
                place: line.rect,
                head: model.head(text),
                tail: model.tail(text),
                left_open: left_open(text),
                closed: closed(text),
            }
        };
        let indent = language.indent();
        Weave {
            lines: lines.iter().map(known).collect(),
            model,
            indent,
            near: if indent > 1.5 { NEAR } else { NEAR_SHALLOW },
            table: if lines.iter().any(|l| l.rect.is_some()) { COUNT } else { 0 },
            by_dictionary: language == Language::Chinese,
            said: Phrases::of(lines.iter().map(|line| source.get(line.span))),
            asked: RefCell::default(),
        }
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.lines.len()
    }

    /// A line by itself.
    pub fn line(&self, i: usize) -> &Known<'a> {
        &self.lines[i]
    }

    /// Counts a weight of such pages.
    pub fn count<T: Tally>(&self, tally: &mut T, weight: usize, strength: f32) {
        tally.count(self.table + weight, strength);
    }

    /// Counts how well one text goes on another, by the weights from `first` on.
    pub fn spread<T: Tally>(&self, tally: &mut T, first: usize, goes_on: f32) {
        spread(tally, self.table + first, goes_on);
    }

    /// How well line `b` goes on line `a`, wherever they stand.
    pub fn goes_on(&self, a: usize, b: usize) -> f32 {
        self.joint(a, b).goes_on
    }

    /// What their words say about line `b` going on line `a`.
    fn joint(&self, a: usize, b: usize) -> Joint {
        let ask = || {
            let (above, below) = (&self.lines[a], &self.lines[b]);
            let goes_on = self.model.goes_on(above.tail, below.head);
            let asks = self.by_dictionary && !above.stops() && goes_on > 0.0;
            Joint {
                goes_on,
                straddles: asks && straddles(above.text, below.text),
                echoes: self.said.across(above.text, below.text),
            }
        };
        *self.asked.borrow_mut().entry((a as u64) << 32 | b as u64).or_insert_with(ask)
    }

    /// How a line fills a measure.
    pub fn fill(&self, i: usize, measure: f32) -> Fill {
        let line = &self.lines[i];
        let off = |measure: f32| (measure - line.most).max(line.least - measure).max(0.0);
        let (full, set_in) = (off(measure), off(measure - self.indent));
        if full <= self.near && full <= set_in {
            Fill::Full
        } else if set_in <= self.near {
            Fill::SetIn
        } else if full <= LOOSE {
            Fill::Full
        } else if line.least > measure {
            Fill::Wide
        } else {
            Fill::Short
        }
    }

    /// True where a width is another but for an indent.
    pub fn is_indent(&self, difference: f32) -> bool {
        (difference - self.indent).abs() <= EQUAL
    }

    /// What speaks for line `j` to stand below line `q`, the last of a column in which it fills the
    /// measure so; `None` where it is the column's first, which shows no measure yet.
    pub fn below<T: Tally>(&self, q: usize, filled: Option<(Fill, f32)>, j: usize, tally: &mut T) {
        let (last, next) = (&self.lines[q], &self.lines[j]);
        let stops = last.stops();
        if let (Some(above), Some(below)) = (last.place, next.place) {
            self.aligned(above, below, tally);
        }
        match filled {
            None => {
                let by = next.most - last.most;
                let apart = (last.least - next.most).max(next.least - last.most);
                let shape = if apart <= NEAR && by.abs() <= LOOSE {
                    0
                } else if self.is_indent(by) {
                    1
                } else if self.is_indent(-by) {
                    2
                } else if by > 0.0 {
                    3
                } else {
                    4 + usize::from(next.stops())
                };
                self.count(tally, if stops { of::ALONE_STOP } else { of::ALONE } + shape, 1.0);
            }
            Some((fill, measure)) => {
                let short = matches!(fill, Fill::Short | Fill::Wide);
                let behind = match (short, stops) {
                    (false, false) => of::FULL,
                    (false, true) => of::FULL_STOP,
                    (true, false) => of::SHORT,
                    (true, true) => of::SHORT_STOP,
                };
                let shape = match self.fill(j, measure) {
                    Fill::Full => 0,
                    Fill::SetIn => 1,
                    Fill::Short => 2 + usize::from(next.stops()),
                    Fill::Wide => 4,
                };
                self.count(tally, behind + shape, 1.0);
            }
        }
        let Joint { goes_on, straddles, echoes } = self.joint(q, j);
        self.spread(tally, if stops { of::GOES_ON_STOP } else { of::GOES_ON }, goes_on);
        if last.end == LineEnd::Pause {
            self.count(tally, of::PAUSE, 1.0);
        }
        if straddles {
            self.count(tally, of::STRADDLES, 1.0);
        }
        if echoes > 0 {
            self.count(tally, of::ECHOES + usize::from(echoes) - 1, 1.0);
        }
        if let Some(open) = last.left_open {
            self.count(tally, of::BRACKET + usize::from(next.closed != Some(open)), 1.0);
        }
    }

    /// What the places of two lines say about one standing below the other.
    fn aligned<T: Tally>(&self, above: Rect, below: Rect, tally: &mut T) {
        let by = below.x0 - above.x0;
        let shared = above.x1.min(below.x1) - above.x0.max(below.x0);
        let shape = if below.y0 <= above.y0 {
            6
        } else if by.abs() <= EXACT {
            0
        } else if (by.abs() - self.indent).abs() <= EXACT {
            1
        } else if by.abs() <= EQUAL || self.is_indent(by.abs()) {
            2
        } else if shared >= above.width().min(below.width()) / 2.0 {
            3
        } else {
            4 + usize::from(shared <= 0.0)
        };
        self.count(tally, of::ALIGNED + shape, 1.0);
        let rows = (below.y0 - above.y0) / above.height().max(f32::EPSILON);
        self.count(tally, of::ROWS + (rows.round() as usize).clamp(1, 4) - 1, 1.0);
    }

    /// What speaks for line `j` to open a column; `beside` where the line before did.
    pub fn opens<T: Tally>(&self, j: usize, beside: bool, tally: &mut T) {
        let line = &self.lines[j];
        self.count(tally, of::OPENS, 1.0);
        if beside {
            self.count(tally, of::OPENS_BESIDE, 1.0);
            let by = line.most - self.lines[j - 1].most;
            let shape = if by.abs() <= EQUAL {
                1
            } else if self.is_indent(by) {
                2
            } else if self.is_indent(-by) {
                3
            } else {
                0
            };
            if shape > 0 {
                self.count(tally, of::OPENS_BESIDE + shape, 1.0);
            }
        }
        if line.looks.lead() {
            self.count(tally, of::OPENS_LEAD, 1.0);
        }
    }

    /// What speaks for a column to end with line `q`, which fills its measure so; `right` is the first
    /// line of the column that was opened beside it, `too` says that the column before it ends as well.
    pub fn ends<T: Tally>(&self, q: usize, fill: Option<Fill>, right: Option<usize>, too: bool, tally: &mut T) {
        let stops = self.lines[q].stops();
        let shape = match fill {
            None => 0,
            Some(Fill::Full | Fill::SetIn) => 1,
            Some(Fill::Short | Fill::Wide) => 2,
        };
        self.count(tally, if stops { of::ENDS_STOP } else { of::ENDS } + shape, 1.0);
        if let Some(right) = right {
            self.spread(tally, if stops { of::OVER_STOP } else { of::OVER }, self.goes_on(q, right));
        }
        if too {
            self.count(tally, of::ENDS_TOO, 1.0);
        }
    }
}
