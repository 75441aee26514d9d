//! Signals, weights and margins: how decisions are made and how they are explained.
//!
//! A decision adds up signals. Each [`Signal`] has one weight, in the natural logarithm of odds, and
//! all weights stand in the one table below. The functions that weigh write to a [`Tally`]: a plain
//! number when only the sum is wanted, a list when the reasons are.

use crate::press::jump::Label;
use crate::source::Span;
use serde::{Deserialize, Serialize};

macro_rules! signals {
    ($($variant:ident $name:literal $weight:literal: $why:literal;)*) => {
        /// One reason that speaks in a decision.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Signal { $(#[doc = $why] $variant,)* }

        impl Signal {
            /// All signals, in the order of the table.
            pub const ALL: &'static [Signal] = &[$(Signal::$variant,)*];

            /// Its stable name.
            pub fn name(self) -> &'static str {
                match self { $(Signal::$variant => $name,)* }
            }

            /// Its weight at full strength, in the natural logarithm of odds.
            pub fn weight(self) -> f32 {
                match self { $(Signal::$variant => $weight,)* }
            }

            /// What it says.
            pub fn why(self) -> &'static str {
                match self { $(Signal::$variant => $why,)* }
            }
        }
    };
}

mod weights;
pub use weights::Signal;

/// Takes the signals of one decision.
pub trait Tally {
    /// Adds a signal at some strength, usually from 0 to 1; it counts its weight times the strength.
    fn add(&mut self, signal: Signal, strength: f32);

    /// Adds a signal at full strength where `holds`.
    fn add_if(&mut self, holds: bool, signal: Signal) {
        if holds {
            self.add(signal, 1.0);
        }
    }
}

/// The sum alone.
impl Tally for f32 {
    fn add(&mut self, signal: Signal, strength: f32) {
        *self += signal.weight() * strength;
    }
}

/// The reasons, each with what it counted.
impl Tally for Vec<(Signal, f32)> {
    fn add(&mut self, signal: Signal, strength: f32) {
        let counted = signal.weight() * strength;
        if counted != 0.0 {
            self.push((signal, counted));
        }
    }
}

/// How likely a decision won by `margin` is right: the logistic function.
pub fn confidence(margin: f32) -> f32 {
    1.0 / (1.0 + (-margin).exp())
}

/// A decision as it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// What was decided.
    pub kind: DecisionKind,
    /// Where: the first byte that the decision is about.
    pub at: u32,
    /// The line that a seam parts from it: the one before it in the reading order, wherever that stands.
    pub behind: Option<Span>,
    /// What was chosen.
    pub chosen: &'static str,
    /// The best of what was not.
    pub other: &'static str,
    /// By how much the choice was better, in the natural logarithm of odds.
    pub margin: f32,
    /// What spoke for the choice (positive) and against it.
    pub signals: Vec<(Signal, f32)>,
    /// The page that a jump line names, where the decision is about one.
    pub names: Option<Label>,
}

/// A decision won by less than this is a doubt. In the natural logarithm of odds: one in ten such
/// decisions would be wrong if margins were exact.
pub const DOUBT: f32 = 2.2;

impl Decision {
    /// A decision for the first of two choices at some byte; of a seam's other side and of a page named it
    /// says nothing.
    pub fn of(
        kind: DecisionKind,
        at: u32,
        [chosen, other]: [&'static str; 2],
        margin: f32,
        signals: Vec<(Signal, f32)>,
    ) -> Decision {
        Decision { kind, at, behind: None, chosen, other, margin, signals, names: None }
    }

    /// True where it was won so narrowly that a person should look at it.
    pub fn is_doubt(&self) -> bool {
        self.margin < DOUBT
    }
}

/// What a decision is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionKind {
    /// Whether two lines belong together.
    Seam,
    /// What a block is.
    Role,
    /// To which article a block belongs.
    Article,
    /// Whether the two halves that jump lines point to are one article.
    Jump,
}

impl DecisionKind {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            DecisionKind::Seam => "seam",
            DecisionKind::Role => "role",
            DecisionKind::Article => "article",
            DecisionKind::Jump => "jump",
        }
    }
}

/// Where decisions are recorded: the doubtful ones always, the others when someone asks why.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    all: bool,
    /// What was recorded so far.
    pub decisions: Vec<Decision>,
}

impl Trace {
    /// A trace of every decision.
    pub fn of_all() -> Self {
        Trace { all: true, decisions: Vec::new() }
    }

    /// True where a decision won by `margin` is recorded.
    pub fn wants(&self, margin: f32) -> bool {
        self.all || margin < DOUBT
    }
}
