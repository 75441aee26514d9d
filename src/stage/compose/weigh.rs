//! What speaks for a line's role and for the kind of its seam. Each function adds named signals to a
//! tally; none decides.
//!
//! Here is what all of it looks at, and which blocks follow which; what speaks for a block to begin stands
//! in `begins`, to go on and to end in `joins`, and what is special to titles in `title`.

use super::habits::Habits;
use super::shape::Shape;
use super::state::{Kind, Single, State};
use crate::evidence::{Signal, Tally};
use crate::flow::{Composed, Flow, Line, SeamKind};
use crate::options::Trust;
use crate::text::continuity::Model;
use crate::text::ends::LineEnd;
use crate::text::language::Language;

/// Everything that the weighing of one flow looks at.
pub struct Scene<'a> {
    pub flow: &'a Flow,
    pub shapes: &'a [Shape],
    pub habits: Habits,
    pub language: Language,
    pub model: &'a Model,
    pub trust: Trust,
}

/// A lead of so many characters names an agency, and may go on with a reporter in brackets.
const AGENCY: u32 = 6;

impl Scene<'_> {
    pub(super) fn line(&self, i: usize) -> &Line {
        &self.flow.lines[i]
    }

    /// How clearly two lines are set in different sizes, from 0 to 1.
    pub(super) fn other_size(&self, a: usize, b: usize) -> f32 {
        match (self.line(a).size, self.line(b).size) {
            (Some(a), Some(b)) => (((a / b).ln().abs() - SAME_SIZE) / SAME_SIZE).clamp(0.0, 1.0),
            _ => 0.0,
        }
    }

    /// How clearly a line is set larger than the page's running text, from 0 to 1.
    pub(super) fn large(&self, b: usize) -> f32 {
        self.line(b).size.map_or(0.0, |size| ((size.ln() - SAME_SIZE) / SAME_SIZE).clamp(0.0, 1.0))
    }

    /// How clearly it is set smaller, from 0 to 1.
    pub(super) fn small(&self, b: usize) -> f32 {
        self.line(b).size.map_or(0.0, |size| ((-size.ln() - 0.5 * SAME_SIZE) / SAME_SIZE).clamp(0.0, 1.0))
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
    pub(super) fn is_lead_alone(&self, i: usize) -> bool {
        let shape = &self.shapes[i];
        let short = shape.marks.chars <= AGENCY && shape.end != LineEnd::Stop;
        shape.looks.lead() && (short || shape.looks.wire())
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
