//! What speaks for a line's role and for the kind of its seam. Each function adds named signals to a
//! tally; none decides.

use super::edge::EDGE;
use super::rows::Row;
use super::shape::{Fill, Habits, KEPT_INDENT, Shape};
use super::state::{Kind, Single, State};
use super::title::title_ends;
use crate::evidence::{Signal, Tally};
use crate::flow::{Composed, Flow, Holds, Line, SeamKind};
use crate::options::Trust;
use crate::role::Role;
use crate::text::class::{Class, class};
use crate::text::continuity::Model;
use crate::text::ends::LineEnd;
use crate::text::language::Language;
use crate::text::numerals::number_goes_on;

/// Everything that the weighing of one flow looks at.
pub struct Scene<'a> {
    pub flow: &'a Flow,
    pub shapes: &'a [Shape],
    pub habits: Habits,
    pub language: Language,
    pub model: &'a Model,
    pub trust: Trust,
}

/// A line of more characters is no lead alone.
const LEAD: u32 = 20;

/// A lead of so many characters names an agency, and may go on with a reporter in brackets.
const AGENCY: u32 = 6;

impl Scene<'_> {
    pub(super) fn line(&self, i: usize) -> &Line {
        &self.flow.lines[i]
    }

    /// Does line `b` continue line `a` within a block of some kind? `first` says that `a` opens its
    /// block. The two need not be neighbours: a caption or a page's foot may stand between.
    pub fn joins(&self, kind: Kind, a: usize, b: usize, first: bool, tally: &mut impl Tally) {
        match kind {
            Kind::Title => self.title_joins(a, b, tally),
            Kind::Verse => {
                tally.add_if(self.line(b).blanks > 0, Signal::StanzaEnds);
                self.verse_line(a, b, tally);
            }
            _ => self.text_joins(kind, a, b, first, tally),
        }
        // As for a first line, so that two blocks are worth no more than one of two lines.
        self.stated_role(State::Goes(kind), b, tally);
        self.stated_join(a, b, tally);
    }

    fn text_joins(&self, kind: Kind, a: usize, b: usize, first: bool, tally: &mut impl Tally) {
        let (before, after) = (&self.shapes[a], &self.shapes[b]);
        let neighbours = a + 1 == b;
        if kind == Kind::Caption {
            // A caption is too short to have a measure of its own found; its lines measure each other.
            let indent = if first { self.language.indent() } else { 0.0 };
            let wider = self.line(b).width.least - self.line(a).width.most;
            tally.add_if(wider > 1.0 + indent, Signal::ShorterThanNext);
            tally.add(Signal::LineFull, 1.0);
            tally.add(Signal::Unwrapped, self.habits.unwrapped);
            tally.add(Signal::CaptionLine, 1.0);
            tally.add_if(self.line(b).tops && self.line(b).rect.is_some(), Signal::TopsColumn);
        } else if neighbours {
            let fill = if first && !self.habits.keeps_indents && !before.takes_up {
                // Whether this first line was set in is not known; the likelier reading counts.
                match (before.fill_indented, before.fill) {
                    (Fill::Full, _) if self.habits.indents >= 0.2 => Fill::Full,
                    (_, plain) if self.habits.indents < 0.5 => plain,
                    (Fill::TooWide, Fill::Full) => Fill::AlmostFull,
                    (set_in, _) => set_in,
                }
            } else {
                before.fill
            };
            match fill {
                Fill::Full => tally.add(Signal::LineFull, 1.0),
                Fill::AlmostFull => tally.add(Signal::LineShortBit, 1.0),
                Fill::Short => tally.add(Signal::LineShort, 1.0),
                Fill::TooWide => tally.add(Signal::LineTooWide, 1.0),
                Fill::Unknown => tally.add(Signal::Unwrapped, self.habits.unwrapped),
            }
            tally.add_if(self.line(a).column != self.line(b).column, Signal::ColumnChanges);
        }
        tally.add_if(before.end == LineEnd::Stop, Signal::StopInside);
        tally.add_if(before.end == LineEnd::Open, Signal::OpeningEnd);
        tally.add_if(class(after.first).shuns_line_start(), Signal::ClosingStart);
        tally.add_if(before.open > 0 && before.end != LineEnd::Stop, Signal::BracketOpen);
        let straddles = if neighbours { after.straddles } else { false };
        if straddles {
            // In Japanese the dictionary also finds words over true breaks, and says less.
            tally.add(Signal::WordStraddles, if self.language == Language::Japanese { 0.4 } else { 1.0 });
        }
        if neighbours {
            tally.add(Signal::Echo, f32::from(after.echoes));
        }
        let continues = if neighbours { after.continues } else { self.model.goes_on(before.tail, after.head) };
        tally.add(Signal::Continuity, likeness(continues));
        tally.add_if(number_goes_on(before.last, after.first), Signal::NumberGoesOn);
        let closes = before.end == LineEnd::Stop && class(before.last) == Class::Close || before.speech;
        let speech = closes && class(after.first) == Class::Open;
        tally.add_if(speech, Signal::Dialogue);
        let opens_speech = after.speech || matches!(after.first, '「' | '『' | '“');
        tally.add_if(
            opens_speech && before.fill == Fill::Short && matches!(before.end, LineEnd::Pause | LineEnd::Colon),
            Signal::SpeechOpens,
        );
        if neighbours {
            // A dump is wont to put a blank line before a quotation in mid-sentence.
            let quotes = class(after.first) == Class::Open && before.end != LineEnd::Stop;
            tally.add(Signal::BlankLine, -self.blank(b) * if quotes { 0.2 } else { 0.6 });
        }
        tally.add_if(before.cut_off, Signal::JumpBehind);
        tally.add_if(after.jumps_in, Signal::JumpAhead);
        let reporter = self.is_lead_alone(a) && class(after.first) == Class::Open;
        tally.add_if(after.looks.lead() && !reporter, Signal::LeadAhead);
        tally.add_if((after.item || after.leader) && kind != Kind::Caption, Signal::ItemAhead);
        tally.add_if(before.leader, Signal::LeaderBehind);
        tally.add_if(neighbours && after.row == Some(Row::Next), Signal::RowsAlike);
        tally.add_if(after.looks.caption(), Signal::CaptionAhead);
        if self.habits.keeps_indents {
            let indented = self.line(b).indent >= KEPT_INDENT;
            tally.add_if(indented, Signal::IndentKept);
            // An opening bracket brings its own room and often stands flush (`jlreq` 3.1.5).
            tally.add_if(!indented && class(after.first) != Class::Open, Signal::IndentMissing);
        }
        tally.add_if(self.line(a).page != self.line(b).page, Signal::PageTurns);
        tally.add(Signal::SizeChanges, 0.6 * self.other_size(a, b));
    }

    /// Were line `b` a caption's, it would be set at another measure than the text around it.
    fn has_own_measure(&self, b: usize) -> bool {
        let column = self.flow.columns[self.line(b).column as usize];
        self.shapes[b].fill == Fill::TooWide || column.lines <= CAPTION_COLUMN || column.measure.is_none()
    }

    /// The text before line `b` has ended, and where each paragraph is set in the line is not.
    fn is_flush_anew(&self, b: usize) -> bool {
        let line = self.line(b);
        let flush =
            self.habits.keeps_indents && line.indent < KEPT_INDENT && class(self.shapes[b].first) != Class::Open;
        let ended = |a: &Shape| a.fill == Fill::Short || a.end == LineEnd::Stop;
        line.size.is_some() && flush && !self.has_own_measure(b) && b > 0 && ended(&self.shapes[b - 1])
    }

    /// How clearly two lines are set in different sizes, from 0 to 1.
    pub(super) fn other_size(&self, a: usize, b: usize) -> f32 {
        match (self.line(a).size, self.line(b).size) {
            (Some(a), Some(b)) => (((a / b).ln().abs() - SAME_SIZE) / SAME_SIZE).clamp(0.0, 1.0),
            _ => 0.0,
        }
    }

    /// How clearly a line is set larger than the page's running text, and smaller, from 0 to 1; and
    /// neither.
    pub(super) fn large(&self, b: usize) -> f32 {
        self.line(b).size.map_or(0.0, |size| ((size.ln() - SAME_SIZE) / SAME_SIZE).clamp(0.0, 1.0))
    }

    pub(super) fn small(&self, b: usize) -> f32 {
        self.line(b).size.map_or(0.0, |size| ((-size.ln() - 0.5 * SAME_SIZE) / SAME_SIZE).clamp(0.0, 1.0))
    }

    /// What speaks against a block of some kind ending with line `a`. `first` as in [`joins`].
    ///
    /// [`joins`]: Scene::joins
    pub fn ends(&self, kind: Kind, a: usize, first: bool, tally: &mut impl Tally) {
        let shape = &self.shapes[a];
        match kind {
            Kind::Body | Kind::Footnote | Kind::List | Kind::Caption => {
                tally.add(Signal::NewParagraph, 1.0);
                let strength = match kind {
                    Kind::Body => 1.0,
                    Kind::Caption => 0.4,
                    // Items and notes are often no sentences.
                    _ => 0.0,
                };
                self.unfinished(a, strength, tally);
                let fill = if first { shape.fill_indented } else { shape.fill };
                tally.add_if(kind == Kind::Body && fill == Fill::Full, Signal::LastLineFull);
                // Extractors split a first line behind its lead, where a bracket or a wide space follows.
                let sentence = shape.end == LineEnd::Stop || shape.stops + shape.pauses > 0;
                let lead = first && !sentence && shape.looks.lead() && shape.chars <= LEAD;
                tally.add_if(kind == Kind::Body && lead, Signal::EndsLead);
            }
            Kind::Title => {
                title_ends(shape, tally);
                let lead = self.shapes.get(a + 1).is_some_and(|next| next.looks.lead());
                tally.add_if(lead, Signal::TitleAboveLead);
            }
            Kind::Verse => tally.add_if(shape.end == LineEnd::Pause, Signal::EndsPause),
        }
    }

    fn unfinished(&self, a: usize, strength: f32, tally: &mut impl Tally) {
        let signal = match self.shapes[a].end {
            // It goes on on another page.
            _ if self.shapes[a].cut_off => return,
            LineEnd::Stop => return,
            LineEnd::Word | LineEnd::Dash => Signal::EndsWord,
            LineEnd::Pause => {
                tally.add(Signal::EndsPause, strength * (1.0 - self.habits.pauses_end));
                return;
            }
            // Japanese speeches close without a stop.
            LineEnd::Close if self.shapes[a].speech => return,
            LineEnd::Close => Signal::EndsClose,
            LineEnd::Colon => Signal::EndsColon,
            LineEnd::Open => Signal::EndsOpen,
        };
        tally.add(signal, strength);
    }

    /// What the passage from one state to another says by itself: which blocks follow which.
    /// `finished` says that the line before ends a sentence.
    pub fn follows(a: State, b: State, finished: bool, tally: &mut impl Tally) {
        let ends_body = matches!(a, State::First(Kind::Body) | State::Goes(Kind::Body));
        match b {
            State::Single(Single::Credit) => {
                let caption = matches!(a, State::First(Kind::Caption) | State::Goes(Kind::Caption));
                tally.add_if(caption, Signal::CreditAfterCaption);
                tally.add_if(!caption, Signal::CreditAlone);
            }
            State::Single(Single::Furniture) => {
                tally.add_if(a == State::Single(Single::Furniture), Signal::FurnitureNeighbour);
            }
            State::Single(Single::Table) => {
                tally.add_if(a == State::Single(Single::Table), Signal::TableGoesOn);
            }
            State::Single(Single::Byline) => {
                let title = matches!(a, State::First(Kind::Title) | State::Goes(Kind::Title));
                tally.add_if(title, Signal::BylineBelowTitle);
            }
            State::First(Kind::Title) => {
                let title = matches!(a, State::First(Kind::Title) | State::Goes(Kind::Title));
                tally.add_if(title, Signal::TitleBeside);
            }
            State::Single(Single::Dateline) => {
                let title = matches!(a, State::First(Kind::Title) | State::Goes(Kind::Title));
                tally.add_if(title, Signal::DatelineBelowTitle);
            }
            State::First(Kind::Verse) => {
                let titled =
                    matches!(a, State::First(Kind::Title) | State::Goes(Kind::Title) | State::Single(Single::Byline));
                tally.add_if(titled, Signal::VerseBelowTitle);
                let verse = matches!(a, State::First(Kind::Verse) | State::Goes(Kind::Verse));
                tally.add_if(verse, Signal::VerseGoesOn);
            }
            State::First(Kind::List) => {
                let list = matches!(a, State::First(Kind::List) | State::Goes(Kind::List));
                tally.add_if(list, Signal::ListGoesOn);
            }
            _ => {}
        }
        // A caption, a note or the page's foot may stand in the middle of a sentence.
        let interrupts = matches!(
            b,
            State::First(Kind::Caption | Kind::Footnote) | State::Single(Single::Furniture | Single::Credit)
        );
        tally.add_if(ends_body && interrupts && !finished, Signal::Interrupted);
    }

    /// The line is nothing but a lead, such as `【本报讯】`.
    fn is_lead_alone(&self, i: usize) -> bool {
        let shape = &self.shapes[i];
        shape.looks.lead() && shape.chars <= AGENCY && shape.end != LineEnd::Stop
    }

    /// What speaks for a block that begins with line `b`. `-∞` cannot be said with signals, so the
    /// states that a line has no shape for are shut by [`open`](Scene::open).
    pub fn begins(&self, state: State, b: usize, tally: &mut impl Tally) {
        let shape = &self.shapes[b];
        self.stated_role(state, b, tally);
        // Who reports stands in brackets behind a lead, too.
        let reporter = state == State::Single(Single::Byline) && b > 0 && self.is_lead_alone(b - 1);
        tally.add_if(reporter || state != State::First(Kind::Body) && self.is_lead_alone(b), Signal::LeadAlone);
        if b > 0 {
            // A line that is known by its own shape needs no blank line before it.
            let known = matches!(state, State::Single(_)) && self.line(b).blanks == 0;
            let strength = match state {
                _ if known => 0.2,
                // Titles are set apart with or without a blank line.
                State::First(Kind::Title) => 0.4,
                _ => 0.6,
            };
            tally.add(Signal::BlankLine, self.blank(b) * strength);
        }
        match state {
            State::First(Kind::Body) => {
                let reporter = b > 0 && self.is_lead_alone(b - 1);
                tally.add_if(shape.looks.lead() && !reporter, Signal::LeadOpens);
                tally.add(Signal::TextSize, self.large(b));
                tally.add_if(class(shape.first).shuns_line_start(), Signal::TitleClosingStart);
                if self.habits.keeps_indents {
                    let flush =
                        self.line(b).indent < KEPT_INDENT && class(shape.first) != Class::Open && !shape.takes_up;
                    tally.add(Signal::IndentMissing, if flush { -1.0 } else { 0.0 });
                } else if shape.fill_indented == Fill::TooWide && shape.fill == Fill::Full && !shape.takes_up {
                    tally.add(Signal::FirstLineFlush, self.habits.indents);
                }
            }
            State::First(Kind::Title) => {
                tally.add(Signal::TitleRare, 1.0);
                tally.add_if(shape.separated, Signal::TitleSeparator);
                tally.add_if(class(shape.first).shuns_line_start(), Signal::TitleClosingStart);
                self.title_line(b, tally);
                tally.add(Signal::TitleSize, self.large(b));
                tally.add_if(self.line(b).size.is_some() && self.large(b) == 0.0, Signal::TitleSizeOfText);
                tally.add(Signal::TitleFlush, if self.is_flush_anew(b) { 1.0 - self.large(b) } else { 0.0 });
            }
            State::First(Kind::Caption) => {
                tally.add(Signal::CaptionRare, 1.0);
                tally.add_if(shape.looks.caption(), Signal::CaptionOpener);
                tally.add_if(!shape.looks.caption(), Signal::CaptionUnmarked);
                if self.has_own_measure(b) {
                    // Where nothing is wrapped no text has a measure.
                    tally.add(Signal::CaptionColumn, 1.0 - self.habits.unwrapped);
                } else {
                    tally.add(Signal::CaptionSameColumn, 1.0);
                }
                tally.add_if(shape.looks.lead(), Signal::TitleOtherShape);
                tally.add(Signal::SmallSize, self.small(b));
                tally.add(Signal::TextSize, self.large(b));
            }
            State::First(Kind::List) => {
                tally.add(Signal::ListRare, 1.0);
                tally.add_if(shape.item, Signal::ListMark);
                tally.add_if(shape.leader, Signal::ListLeader);
                tally.add_if(shape.row.is_some(), Signal::ListRow);
                tally.add_if(shape.stops > 0, Signal::ListSentences);
            }
            State::First(Kind::Footnote) => {
                tally.add(Signal::FootnoteRare, 1.0);
                tally.add_if(shape.note, Signal::FootnoteMark);
                tally.add_if(shape.place.from_edge <= 10, Signal::FootnoteEdge);
            }
            State::First(Kind::Verse) => {
                tally.add(Signal::VerseRare, 1.0);
                tally.add_if(shape.chars > 20, Signal::VerseLong);
            }
            State::Single(single) => self.single(single, b, tally),
            State::Goes(_) => {}
        }
    }

    fn verse_line(&self, a: usize, b: usize, tally: &mut impl Tally) {
        let (before, after) = (&self.shapes[a], &self.shapes[b]);
        let equal = before.chars == after.chars;
        let early = matches!(after.fill, Fill::Short | Fill::Unknown);
        let closes = |shape: &Shape| matches!(shape.end, LineEnd::Pause | LineEnd::Stop);
        if equal && (early || closes(before) && closes(after)) {
            tally.add(Signal::VerseEqual, 1.0);
        } else if early && after.end != LineEnd::Stop {
            tally.add(Signal::VerseShort, 1.0);
        } else {
            tally.add(Signal::VerseRagged, 1.0);
        }
        tally.add_if(after.chars > 20, Signal::VerseLong);
        let looks = after.looks;
        tally.add_if(looks.lead() || looks.name() || after.item, Signal::TitleOtherShape);
        tally.add_if(after.item, Signal::ItemAhead);
        // The poet breaks no word.
        tally.add_if(after.straddles, Signal::VerseBreaksWord);
    }

    fn single(&self, single: Single, b: usize, tally: &mut impl Tally) {
        let shape = &self.shapes[b];
        match single {
            Single::Byline if shape.looks.whole(Role::Byline) => tally.add(Signal::BylineShape, 1.0),
            Single::Byline => tally.add(Signal::BylineName, 1.0),
            Single::Dateline => tally.add(Signal::DatelineShape, 1.0),
            Single::Credit => tally.add(Signal::CreditShape, 1.0),
            Single::Jump => tally.add(Signal::JumpShape, 1.0),
            Single::Table => {
                tally.add(Signal::TableRare, 1.0);
                tally.add(Signal::TableGaps, 1.0);
            }
            Single::Furniture => {
                tally.add(Signal::FurnitureRare, 1.0);
                let known = shape.looks.furniture();
                tally.add_if(known, Signal::FurnitureShape);
                let told = known || shape.number || shape.repeats || shape.place.apart > 0.0;
                tally.add_if(!told, Signal::FurnitureUnknown);
                tally.add_if(!known && shape.chars <= 4 && !shape.section, Signal::FurnitureShort);
                let place = shape.place;
                tally.add_if(place.from_edge <= EDGE && !place.all_edge, Signal::FurnitureEdge);
                tally.add_if(place.from_edge > 2 * EDGE, Signal::FurnitureInside);
                tally.add(Signal::FurnitureApart, place.apart);
                tally.add_if(shape.repeats, Signal::HeadRepeats);
                tally.add_if(shape.number && place.from_edge <= 2, Signal::PageNumberAlone);
            }
        }
    }

    /// True where line `b` may be in a state at all.
    pub fn open(&self, state: State, b: usize) -> bool {
        let shape = &self.shapes[b];
        match state {
            _ if self.is_stated(state, b) => true,
            // Of what a name stands for nothing is known.
            _ if self.line(b).holds == Holds::Label => state == State::First(Kind::Body),
            State::First(Kind::List) => shape.item || shape.leader || shape.row.is_some(),
            State::First(Kind::Footnote) => shape.note,
            State::Single(Single::Byline) => shape.looks.whole(Role::Byline) || shape.looks.name(),
            State::Single(Single::Dateline) => shape.looks.whole(Role::Dateline),
            State::Single(Single::Credit) => shape.looks.whole(Role::Credit),
            State::Single(Single::Jump) => shape.looks.whole(Role::Jump),
            State::Single(Single::Table) => shape.gaps,
            State::Single(Single::Furniture) => {
                let unfinished = shape.stops == 0 && shape.end != LineEnd::Stop;
                let nameless = (shape.chars <= 6 || shape.place.apart > 0.0) && unfinished;
                shape.looks.furniture() || shape.number || shape.repeats || nameless
            }
            _ => true,
        }
    }

    /// The role of line `b` were it furniture.
    pub fn furniture(&self, b: usize) -> Role {
        let shape = &self.shapes[b];
        if shape.number {
            return Role::PageNumber;
        }
        if let Some(role) = self.line(b).stated.and_then(|s| s.role).filter(|r| r.is_furniture()) {
            return role;
        }
        let known = [Role::Editors, Role::Notice, Role::Folio, Role::Masthead];
        match known.into_iter().find(|role| shape.looks.whole(*role)) {
            Some(role) => role,
            None if shape.repeats => Role::RunningHead,
            None => Role::Other,
        }
    }

    /// The state that a composed line is in.
    pub fn state(&self, composed: &Composed, i: usize) -> State {
        let goes = composed.seams[i].kind == SeamKind::Join;
        let furniture = self.furniture(i);
        let states = (0..super::state::STATES).map(State::at);
        let mut fitting = states.filter(|s| s.goes_on() == goes && s.cast(furniture) == composed.casts[i]);
        fitting.next().unwrap_or(State::First(Kind::Body))
    }

    /// What the blank lines before line `b`, or their absence, say for the end of a text.
    pub(super) fn blank(&self, b: usize) -> f32 {
        let line = self.line(b);
        if line.tops || b > 0 && self.line(b - 1).page != line.page {
            0.0
        } else if line.blanks > 0 {
            self.habits.blank
        } else {
            self.habits.no_blank
        }
    }
}

/// Sizes that differ by no more than this, as the natural logarithm of their ratio, are one: boxes
/// are that inexact.
const SAME_SIZE: f32 = 0.09;

/// How loudly the continuity model speaks: what it has never seen says no more than what is common.
pub(super) fn likeness(continues: f32) -> f32 {
    continues.clamp(-3.0, 5.0) / 4.0
}

/// Lines of a column that may be a caption's own, with a headline or a credit.
const CAPTION_COLUMN: u32 = 12;
