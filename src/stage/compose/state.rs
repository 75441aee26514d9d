//! The states a line can be in: what it is, and whether it opens its block or goes on.

use crate::flow::Cast;
use crate::role::Role;

/// A kind of block that can have several lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Body,
    Title,
    Caption,
    List,
    Footnote,
    Verse,
}

/// A kind of line that is a block by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Single {
    Byline,
    Dateline,
    Credit,
    Jump,
    Table,
    Furniture,
}

/// What a line is, and whether a block begins with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    First(Kind),
    Goes(Kind),
    Single(Single),
}

pub const KINDS: [Kind; 6] = [Kind::Body, Kind::Title, Kind::Caption, Kind::List, Kind::Footnote, Kind::Verse];
pub const SINGLES: [Single; 6] =
    [Single::Byline, Single::Dateline, Single::Credit, Single::Jump, Single::Table, Single::Furniture];

/// How many states there are.
pub const STATES: usize = 2 * KINDS.len() + SINGLES.len();

impl State {
    /// The state of an index: the first lines of all kinds, then the lines that go on, then the
    /// single ones.
    #[inline]
    pub const fn at(index: usize) -> State {
        const ALL: [State; STATES] = {
            let mut all = [State::First(Kind::Body); STATES];
            let mut at = 0;
            while at < KINDS.len() {
                all[at] = State::First(KINDS[at]);
                all[KINDS.len() + at] = State::Goes(KINDS[at]);
                at += 1;
            }
            while at < KINDS.len() + SINGLES.len() {
                all[KINDS.len() + at] = State::Single(SINGLES[at - KINDS.len()]);
                at += 1;
            }
            all
        };
        ALL[index]
    }

    /// True for a line that goes on the block of the line before it.
    pub fn goes_on(self) -> bool {
        matches!(self, State::Goes(_))
    }

    /// What the line is, were it `furniture` of that role.
    pub fn cast(self, furniture: Role) -> Cast {
        match self {
            State::First(kind) | State::Goes(kind) => match kind {
                Kind::Title => Cast::Title,
                Kind::Body => Cast::Role(Role::Paragraph),
                Kind::Caption => Cast::Role(Role::Caption),
                Kind::List => Cast::Role(Role::List),
                Kind::Footnote => Cast::Role(Role::Footnote),
                Kind::Verse => Cast::Role(Role::Verse),
            },
            State::Single(single) => Cast::Role(match single {
                Single::Byline => Role::Byline,
                Single::Dateline => Role::Dateline,
                Single::Credit => Role::Credit,
                Single::Jump => Role::Jump,
                Single::Table => Role::Table,
                Single::Furniture => furniture,
            }),
        }
    }
}
