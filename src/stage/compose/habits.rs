//! What a document's lines have in common: how much its blank lines say, whether it indents, whether it
//! keeps its indents.

use super::shape::{Fill, KEPT_INDENT, Shape};
use crate::flow::{Flow, Line, is_short, unwrapped};
use crate::text::ends::LineEnd;

/// What a document's lines say about its own habits.
#[derive(Debug, Clone, Copy)]
pub struct Habits {
    /// How much a blank line speaks for the end of a text, in the natural logarithm of odds, and how
    /// much its absence does.
    pub blank: f32,
    pub no_blank: f32,
    /// How likely a paragraph's first line is set in.
    pub indents: f32,
    /// How likely a text that stops short ends with a comma, as before 1949.
    pub pauses_end: f32,
    /// The dump keeps indents as white space.
    pub keeps_indents: bool,
    /// The share of the text that stands on lines too long to be wrapped ones: where it is all, each
    /// line is a text of its own.
    pub unwrapped: f32,
    /// A line at a page's edge has the shape of furniture.
    pub furnished: bool,
    /// The document has few lines, as a letter or a notice has.
    pub short: bool,
    /// It is a letter, however long: it begins with whom it is for.
    pub letter: bool,
}

/// Finds the habits in places that are clear without them: a full line that ends in mid-sentence
/// goes on, a short line that ends with a stop does not.
pub fn habits(flow: &Flow, shapes: &[Shape]) -> Habits {
    let lines = &flow.lines;
    let (mut goes_on, mut goes_on_blank) = (0.0, 0.0);
    let (mut ends, mut ends_blank) = (0.0, 0.0);
    let (mut starts, mut starts_set_in) = (0.0, 0.0);
    let pauses_end = pauses_end(shapes);
    let mut kept = 0;
    for i in 0..lines.len() {
        kept += usize::from(lines[i].indent >= KEPT_INDENT);
        let Some(next) = lines.get(i + 1).filter(|next| next.page == lines[i].page) else {
            continue;
        };
        let blank = f32::from(u8::from(next.blanks > 0));
        let (shape, after) = (&shapes[i], &shapes[i + 1]);
        let sure_to_go_on = shape.fill == Fill::Full && matches!(shape.end, LineEnd::Word | LineEnd::Pause);
        let sure_to_end = shape.fill == Fill::Short
            && shape.fill_indented != Fill::Full
            && (shape.end == LineEnd::Stop || shape.end == LineEnd::Pause && pauses_end > 0.4)
            && shape.marks.chars > 1;
        if sure_to_go_on && (after.straddles || shape.end == LineEnd::Pause) {
            goes_on += 1.0;
            goes_on_blank += blank;
        } else if sure_to_end {
            ends += 1.0;
            ends_blank += blank;
            if after.fill == Fill::Full || after.fill_indented == Fill::Full {
                starts += 1.0;
                starts_set_in += f32::from(u8::from(after.fill_indented == Fill::Full && after.fill != Fill::Full));
            }
        }
    }
    // Each rate starts from what dumps do in general and moves as the document shows more.
    let inside: f32 = (goes_on_blank + 0.6) / (goes_on + 10.0);
    let between: f32 = (ends_blank + 2.0) / (ends + 4.0);
    let limit = |odds: f32| odds.clamp(-3.5, 3.5);
    Habits {
        blank: limit((between / inside).ln()),
        no_blank: limit(((1.0 - between) / (1.0 - inside)).ln()),
        indents: (starts_set_in + 2.0) / (starts + 3.0),
        pauses_end,
        keeps_indents: kept * 40 > lines.len() && kept * 2 < lines.len(),
        unwrapped: unwrapped(&flow.lines),
        furnished: shapes.iter().any(|shape| shape.looks.furniture() && shape.place.is_at_edge()),
        short: is_short(&flow.lines),
        letter: is_letter(&flow.lines, shapes),
    }
}

/// Lines at the beginning of a letter in which it says whom it is for, and the longest that does, in characters.
const SALUTATION: std::ops::Range<usize> = 1..4;
const LONGEST_SALUTATION: u32 = 30;

/// True where a page by itself has below its first line one that stands flush, leaves room and ends with a colon,
/// and the text behind it is set in: `各区图书馆：`, `保護者の皆様：`.
fn is_letter(lines: &[Line], shapes: &[Shape]) -> bool {
    let one_page = lines.first().map(|l| l.page) == lines.last().map(|l| l.page);
    let salutes = |i: usize| {
        let (line, shape) = (&lines[i], &shapes[i]);
        let short = shape.marks.chars <= LONGEST_SALUTATION && shape.fill != Fill::Full;
        let flush = line.indent < KEPT_INDENT && lines[i + 1].indent >= KEPT_INDENT;
        shape.end == LineEnd::Colon && shape.marks.stops == 0 && short && flush
    };
    one_page && SALUTATION.filter(|i| i + 1 < lines.len()).any(salutes)
}

/// How likely a line that stops short with a mark ends with a comma: before 1949 some papers closed
/// their texts with `、`.
fn pauses_end(shapes: &[Shape]) -> f32 {
    let short = |end: LineEnd| shapes.iter().filter(|s| s.fill == Fill::Short && s.end == end).count() as f32;
    let pauses = short(LineEnd::Pause);
    pauses / (short(LineEnd::Stop) + pauses + 3.0)
}
