//! Lines in reading order, the seams between them, and the columns they stand in.

use crate::document::Dropped;
use crate::geometry::Rect;
use crate::page::Ink;
use crate::role::Role;
use crate::rule::Rule;
use crate::source::Span;
use crate::text::continuity::{Head, Model, Tail};
use crate::text::width::Width;

/// A repair that [`clean`](crate::stage::clean) proposes: put `put` for `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit {
    /// The input.
    pub from: Span,
    /// What is written for it; `None` leaves it out.
    pub put: Option<&'static str>,
    /// Why.
    pub rule: Rule,
    /// Which neighbours of its line it relies on.
    pub needs: Needs,
}

/// The neighbouring lines that a repair relies on: it holds only where they are one text with the
/// line it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Needs {
    /// The line before it.
    pub before: bool,
    /// The line behind it.
    pub after: bool,
}

/// What the box of a line holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Holds {
    /// A printed line.
    #[default]
    Line,
    /// A block of several lines, or may: nothing tells how its text stands in it.
    Block,
    /// The same, and the text is no more than a name for what stands there.
    Label,
    /// A cell of a table, which goes on in the cell to its right.
    Cell,
}

/// A printed line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Its text without the white space at its edges; never empty.
    pub span: Span,
    /// The number of the input's line within its page, from 1.
    pub number: u32,
    /// Its box, where its page has boxes; an empty one where the format states none for it.
    pub rect: Option<Rect>,
    /// What its box holds.
    pub holds: Holds,
    /// It runs from top to bottom.
    pub upright: bool,
    /// The number of its page, from 1.
    pub page: u32,
    /// Blank lines before it on its page.
    pub blanks: u32,
    /// It is the first of a column that stands beside the one before it: how far below something it
    /// stands is not to be seen.
    pub tops: bool,
    /// Whether a text begins with it, as far as the columns of a page tell that was woven.
    pub begins: Option<bool>,
    /// White space at its beginning, in ems.
    pub indent: f32,
    /// True where white space stood at its end.
    pub trailing: bool,
    /// How wide its text is, in ems of its own type.
    pub width: Width,
    /// How wide it stands on the page, in ems of the page's running text: where there is a box that is
    /// known, elsewhere it is as wide as its text.
    pub extent: Width,
    /// The size of its type, where there is a box: a share of the page's running text.
    pub size: Option<f32>,
    /// Width of its first unit (what a line break cannot part), in ems, as narrow as it goes.
    pub lead_in: f32,
    /// How surely it is a piece of the printed line that the line before it is a piece of, from 0 to 1.
    pub of_one_line: f32,
    /// As such a piece it stands as far behind the one before as a space is wide.
    pub spaced: bool,
    /// How clearly it stands at a picture, from 0 to 1, where there are boxes.
    pub picture: f32,
    /// What the file states of it.
    pub stated: Option<Stated>,
    /// The column it stands in: an index into [`Flow::columns`].
    pub column: u32,
}

impl Line {
    /// True where a blank line or a page's turn stands between it and the line before it.
    pub fn is_parted_from(&self, before: &Line) -> bool {
        self.blanks > 0 || self.page != before.page
    }
}

/// Gives the pieces of one printed line, which an engine or a dump took for several, the extent of that
/// line: none of them is short, and none is set in but the first. One piece is left as it is.
pub fn make_whole(pieces: &mut [Line], extent: Width) {
    if pieces.len() < 2 {
        return;
    }
    for (n, piece) in pieces.iter_mut().enumerate() {
        piece.extent = extent;
        if n > 0 {
            piece.indent = 0.0;
            // No break can part it from what stands before it.
            piece.lead_in = extent.most;
        }
    }
}

/// Wider lines than this, in ems, are no printed lines but whole paragraphs.
const WIDEST_PRINTED: f32 = 62.0;

/// A letter, a notice or a few items of news have so many lines at the most.
const SHORT: usize = 24;

/// True for the lines of a document so short that it may have been typed, and not put together out of frames or
/// cut from a newspaper: it stands on one page, is headed at its top, and signed and dated at its foot.
pub fn is_short(lines: &[Line]) -> bool {
    lines.len() <= SHORT && lines.first().map(|l| l.page) == lines.last().map(|l| l.page)
}

/// The share of some lines' text that stands on lines too wide to be printed ones, from 0 to 1.
pub fn unwrapped(lines: &[Line]) -> f32 {
    let width = |lines: &mut dyn Iterator<Item = &Line>| lines.map(|l| l.width.least).sum::<f32>();
    let wide = width(&mut lines.iter().filter(|l| l.width.least > WIDEST_PRINTED));
    wide / width(&mut lines.iter()).max(1.0)
}

/// What the file states of a line by the region it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stated {
    /// The region, an index into [`Page::regions`](crate::page::Page::regions).
    pub region: u32,
    /// Its place in the page's reading order.
    pub place: Option<u32>,
    /// What its text is said to be.
    pub role: Option<Role>,
}

/// A run of lines that share a measure.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Column {
    /// Width of a full line, in ems; `None` where lines were not wrapped at any width.
    pub measure: Option<f32>,
    /// How many lines it has.
    pub lines: u32,
}

/// What stands between two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeamKind {
    /// One text, wrapped.
    Join,
    /// Two blocks.
    Break,
}

/// The decision about the place between a line and the line before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seam {
    /// What stands there.
    pub kind: SeamKind,
    /// By how much the decision was won, in the natural logarithm of odds.
    pub margin: f32,
    /// The line before the seam: the neighbour, or an earlier one where a caption or a page's foot
    /// stands between two lines of one text.
    pub after: u32,
}

/// What [`compose`](crate::stage::compose) knows a line to be. Which title is a headline and which
/// a subheading is decided later, when the articles are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cast {
    /// A title of any kind.
    Title,
    /// Its final role.
    Role(Role),
}

impl Cast {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Cast::Title => "title",
            Cast::Role(role) => role.name(),
        }
    }
}

/// Lines in reading order.
#[derive(Debug, Clone, Default)]
pub struct Flow {
    /// The lines.
    pub lines: Vec<Line>,
    /// The columns that the lines name.
    pub columns: Vec<Column>,
    /// No line ends within a word: its Korean text is broken between eojeol, and in no other place.
    pub keeps_eojeol: bool,
    /// Its lines begin with any character, closing marks among them: all characters are an em wide.
    pub without_kinsoku: bool,
    /// How far the first lines of paragraphs were set in, in ems, where that was lost.
    pub indent: f32,
    /// Text that belongs into no line, in the order of the input.
    pub left_out: Vec<Dropped>,
    /// Pictures and rules with the numbers of their pages, rising.
    pub ink: Vec<(u32, Ink)>,
}

impl Flow {
    /// How much likelier the text of a line is behind that of another than anywhere, a paragraph's beginning being as
    /// likely a place as all others: the natural logarithm of the ratio, as `model` knows it.
    pub fn continues(&self, model: &Model, tail: Tail, head: Head) -> f32 {
        let goes_on = if self.keeps_eojeol { model.next_word(tail, head) } else { model.goes_on(tail, head) };
        goes_on - ((1.0 + head.opens().exp()) / 2.0).ln()
    }

    /// True where the text turns a page. No jump line of a single page can be followed, and what stands
    /// beside one is told as if it were none.
    pub fn turns_pages(&self) -> bool {
        self.lines.first().map(|l| l.page) != self.lines.last().map(|l| l.page)
    }

    /// The measure of the column in which line `i` stands.
    pub fn measure(&self, i: usize) -> Option<f32> {
        self.columns[self.lines[i].column as usize].measure
    }
}

/// A flow whose lines have their roles and whose seams are decided.
#[derive(Debug, Clone, Default)]
pub struct Composed {
    /// The lines.
    pub flow: Flow,
    /// What each line is.
    pub casts: Vec<Cast>,
    /// What each line would have been had the decision gone the other way.
    pub rivals: Vec<Cast>,
    /// By how much each line's role was won, in the natural logarithm of odds.
    pub sure: Vec<f32>,
    /// Whether each line opens with a number as a heading within a text does.
    pub numbered: Vec<bool>,
    /// `seams[i]` stands before line `i`; the first is a break.
    pub seams: Vec<Seam>,
}
