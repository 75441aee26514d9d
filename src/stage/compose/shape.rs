//! What one line looks like by itself, and beside the lines about it.

use super::briefs::Brief;
use super::edge::{Place, places};
use super::marks::Marks;
use super::rows::Row;
use super::turns::Turns;
use crate::flow::Flow;
use crate::press::{Looks, Press};
use crate::role::Role;
use crate::source::Source;
use crate::text::class::{Class, class};
use crate::text::continuity::{Head, Model, Tail, opening};
use crate::text::ends::{LineEnd, line_end};
use crate::text::item::{is_chapter, is_item};
use crate::text::language::Language;
use regex::Regex;
use std::sync::LazyLock;

/// How much room a line left for the next unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// None: the line had to break.
    Full,
    /// About one character's.
    AlmostFull,
    /// Enough.
    Short,
    /// The line is wider than the measure.
    TooWide,
    /// The column has no measure.
    Unknown,
}

/// What a line looks like.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    pub end: LineEnd,
    pub first: char,
    pub last: char,
    /// What the newspaper tables say.
    pub looks: Looks,
    /// What stands on it, of the full stops those before its end; of a long line the length, stops and commas.
    pub marks: Marks,
    /// A speech: quotation marks around the whole line.
    pub speech: bool,
    /// Opens with an item's number or mark.
    pub item: bool,
    /// Opens with a mark, one of several that do.
    pub brief: Option<Brief>,
    /// Opens with a chapter's number.
    pub chapter: bool,
    /// Opens with a note's mark.
    pub note: bool,
    /// Leaders run to a number at its end.
    pub leader: bool,
    /// Digits alone, perhaps between dashes.
    pub number: bool,
    /// A heading's number opens it, counted on from other lines'.
    pub counted: bool,
    /// A section's number alone, in Han.
    pub section: bool,
    /// Two or more wide gaps.
    pub gaps: bool,
    /// A row of a list, by the lines about it.
    pub row: Option<Row>,
    /// A line of regular verse, by the lines about it.
    pub regular: Option<Row>,
    /// It closes with who took the picture.
    pub credited: bool,
    /// A speaker's words open with it.
    pub speaks: bool,
    /// It stands in an advertisement.
    pub paid: bool,
    /// The same line stands at the edge of other pages.
    pub repeats: bool,
    /// Where it stands on its page.
    pub place: Place,
    /// A word straddles the boundary to the line before it.
    pub straddles: bool,
    /// How many of the two phrases across that boundary stand elsewhere on the page.
    pub echoes: u8,
    /// What the continuity model says of it and the line before it.
    pub continues: f32,
    /// How much likelier a full stop is behind the line's last words than anywhere, where it ends without a mark: the
    /// natural logarithm of the ratio.
    pub stops: f32,
    /// What the model looks at.
    pub head: Head,
    pub tail: Tail,
    /// The text is cut off here, by a jump line at this line's end or below it; a jump line opens this
    /// line; this line takes a text up from another page.
    pub cut_off: bool,
    pub jumps_in: bool,
    pub takes_up: bool,
    /// How full the line is as one inside a paragraph, and as a first line whose indent was lost.
    pub fill: Fill,
    pub fill_indented: Fill,
}

/// Characters of the longest lines of verse, and of those with a comma within and no mark at the end: two halves
/// of a line have seven at the most, and a mark behind them.
const LONGEST_VERSE: u32 = 20;
const LONGEST_PARTED_VERSE: u32 = 12;

impl Shape {
    /// It opens as a caption does, or a brief.
    pub fn opens_like_caption(&self) -> bool {
        self.looks.caption() || self.brief.is_some()
    }

    /// How loudly the line's beginning speaks for a text's, behind another line that it fits as well as `continues` says.
    pub fn opening(&self, continues: f32) -> f32 {
        // Speeches and titles open with a bracket and dates with a number, but so does much within a text; and of other
        // scripts the model knows nothing.
        if class(self.first).is_cjk() { opening(continues, self.head.opens()) } else { 0.0 }
    }

    /// Lines of verse are shorter, and shorter yet where a comma stands within them and none at their end.
    pub fn is_long_verse(&self) -> bool {
        let parted = self.marks.pauses > 0 && self.end == LineEnd::Word;
        self.marks.chars > if parted { LONGEST_PARTED_VERSE } else { LONGEST_VERSE }
    }
}

static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[①-⑳]|[\[［〔(（][0-9０-９]{1,3}[\]］〕)）]|[*＊]{1,2}[^*＊]|[※†]|注[0-9０-９]{0,2}[：:]|\[注\])")
        .expect("checked by tests")
});
static LEADER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:[….·・．—-]{3,}|…{1,}|\s{3,})\s*[（(]?[0-9０-９一二三四五六七八九十百]{1,4}[）)]?$")
        .expect("checked by tests")
});
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[-—–─·・.~\s]*(?:[0-9０-９]{1,4}|[ivxIVX]{1,5}|第\s*[0-9０-９一二三四五六七八九十百]{1,4}\s*[页頁])[-—–─·・.~\s]*$").expect("checked by tests")
});
static SECTION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^第?[一二三四五六七八九十百]{1,4}[章回節节]?$").expect("checked by tests"));
static GAPS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\S(?:\s{2,}|\t|　)\S.*\S(?:\s{2,}|\t|　)\S").expect("checked by tests"));

/// Longer lines have no shape that a whole line can have, in characters.
const LONG: u32 = 70;

/// The shape of every line.
pub fn shapes(source: &Source, flow: &Flow, press: &Press, language: Language, model: &Model) -> Vec<Shape> {
    let places = places(&flow.lines);
    let repeats = super::running::running_heads(source, flow, &places);
    let echoes = super::echo::echoes(source, flow);
    let rows = super::rows::rows(source, flow);
    let speakers = super::speakers::speakers(source, flow);
    let regular = super::regular::regular(source, flow);
    let briefs = super::briefs::briefs(source, flow);
    let paid = super::advertisements::advertisements(source, flow, press);
    let text = |i: usize| source.get(flow.lines[i].span);
    let counted = super::counted::counted(source, flow, &places);
    let turns = Turns::of(source, flow, press);
    let mut before: Option<Tail> = None;
    let stop = model.head(if language == Language::Korean { "." } else { "。" });
    (0..flow.lines.len())
        .map(|i| {
            let line = text(i);
            let marks = Marks::of(line);
            let chars = marks.chars;
            let short = chars <= LONG;
            let (first, last) = (line.chars().next().unwrap_or(' '), line.chars().next_back().unwrap_or(' '));
            let end = line_end(line);
            let straddles = i > 0 && language != Language::Korean && crate::text::word::straddles(text(i - 1), line);
            let is_word = class(first).is_word();
            let (head, tail) = (model.head(line), model.tail(line));
            let looks = press.looks(line);
            let continues = before.replace(tail).map_or(0.0, |before| flow.continues(model, before, head));
            Shape {
                end,
                first,
                last,
                looks: if briefs[i].is_some() { looks.without_caption() } else { looks },
                brief: briefs[i],
                marks: Marks {
                    stops: marks.stops.saturating_sub(u32::from(end == LineEnd::Stop)),
                    open: if short { marks.open } else { 0 },
                    separated: short && marks.separated,
                    ..marks
                },
                speech: matches!(first, '“' | '「' | '『' | '‘' | '"') && class(last) == Class::Close
                    || first == '"' && last == '"',
                item: is_item(line),
                chapter: is_chapter(line),
                note: !class(first).is_unspaced() && NOTE.is_match(line) || first == '注' && NOTE.is_match(line),
                leader: short && class(last) != Class::Stop && LEADER.is_match(line),
                number: chars <= 12 && (is_word || chars < 12) && NUMBER.is_match(line),
                section: chars <= 6 && SECTION.is_match(line),
                gaps: short && line.contains([' ', '\t', '\u{3000}']) && GAPS.is_match(line),
                counted: counted[i],
                row: rows[i],
                regular: regular[i],
                credited: is_credited(line, end, press),
                speaks: speakers[i],
                paid: paid[i],
                repeats: repeats[i],
                place: places[i],
                straddles,
                echoes: echoes[i],
                continues,
                stops: if class(last).is_cjk() { model.goes_on(tail, stop) } else { 0.0 },
                head,
                tail,
                cut_off: turns.cut_off(i),
                jumps_in: turns.opens(i),
                takes_up: turns.takes_up(i),
                fill: fill(flow, i, 0.0),
                fill_indented: fill(flow, i, flow.indent),
            }
        })
        .collect()
}

/// True where a line ends, behind other text, with who took or gave a picture: in brackets, or behind the last
/// sentence.
fn is_credited(line: &str, end: LineEnd, press: &Press) -> bool {
    let opens = |kind: Class| line.char_indices().rev().find(|(_, c)| class(*c) == kind);
    let tail = match end {
        LineEnd::Close => opens(Class::Open).map(|(at, _)| &line[at..]),
        LineEnd::Word => opens(Class::Stop).map(|(at, stop)| line[at + stop.len_utf8()..].trim()),
        _ => None,
    };
    tail.is_some_and(|tail| tail.len() < line.len() && press.looks(tail).whole(Role::Credit))
}

/// How full line `i` is when it is set in by `indent` ems (and no indent was kept).
fn fill(flow: &Flow, i: usize, indent: f32) -> Fill {
    let line = &flow.lines[i];
    let Some(measure) = flow.measure(i) else {
        return Fill::Unknown;
    };
    let indent = if line.indent >= KEPT_INDENT { line.indent } else { indent };
    if line.extent.least + indent > measure + 0.3 {
        return Fill::TooWide;
    }
    let room = measure - indent - line.extent.most;
    let need = flow.lines.get(i + 1).map_or(1.0, |next| next.lead_in.max(0.5));
    let left = room - need;
    // `left` at 0 means that the next unit would just have fitted, by the widths of its characters;
    // gaps beside numbers and quotation marks take room too.
    if left < 0.3 {
        Fill::Full
    } else if left < 0.9 {
        Fill::AlmostFull
    } else {
        Fill::Short
    }
}

/// White space from this width on, in ems, is a paragraph's indent and no dump's stray space.
pub const KEPT_INDENT: f32 = 0.8;
