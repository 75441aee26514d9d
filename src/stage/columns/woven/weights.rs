//! What speaks for one way to undo a weave, in the natural logarithm of odds.
//!
//! The figures are fitted: `examples/weave.rs` counts on woven pages whose columns are known what speaks
//! for each choice that was right, and finds the weights under which the right ones are likeliest. Where
//! a figure is spread over knots, what lies between two of them counts for both.

/// Adds up what speaks for a choice.
pub trait Tally: Clone + Default {
    /// Counts a weight, by its place in [`WEIGHTS`], with some strength.
    fn count(&mut self, weight: usize, strength: f32);

    /// Counts everything that another counted.
    fn join(&mut self, other: &Self, sign: f32);
}

/// The sum is what a search needs.
impl Tally for f32 {
    fn count(&mut self, weight: usize, strength: f32) {
        *self += WEIGHTS[weight] * strength;
    }

    fn join(&mut self, other: &Self, sign: f32) {
        *self += sign * other;
    }
}

/// What was counted is what fitting needs.
impl Tally for Vec<(usize, f32)> {
    fn count(&mut self, weight: usize, strength: f32) {
        self.push((weight, strength));
    }

    fn join(&mut self, other: &Self, sign: f32) {
        self.extend(other.iter().map(|(weight, strength)| (*weight, sign * strength)));
    }
}

/// How well one text goes on another ([`Model::goes_on`](crate::text::continuity::Model::goes_on)) is
/// spread over these.
const KNOTS: [f32; 8] = [-12.0, -8.0, -5.0, -3.0, -1.0, 1.0, 4.0, 8.0];

/// Counts a figure for the knots about it, whose weights begin at `first`.
pub fn spread<T: Tally>(tally: &mut T, first: usize, figure: f32) {
    let figure = figure.clamp(KNOTS[0], KNOTS[KNOTS.len() - 1]);
    let above = KNOTS.partition_point(|k| *k < figure).max(1);
    let share = (figure - KNOTS[above - 1]) / (KNOTS[above] - KNOTS[above - 1]);
    tally.count(first + above - 1, 1.0 - share);
    tally.count(first + above, share);
}

macro_rules! weights {
    ($($name:ident $says:literal [$($weight:literal)*];)*) => {
        weights!(@place 0; $($name $says [$($weight)*])*);

        /// All weights, in the order of the table.
        pub static WEIGHTS: &[f32] = &[$($($weight),*),*];

        /// What stands in the table under which name, and how many weights each has.
        pub static NAMES: &[(&str, usize)] = &[$((stringify!($name), [$($weight),*].len())),*];
    };
    (@place $at:expr;) => {};
    (@place $at:expr; $name:ident $says:literal [$($weight:literal)*] $($rest:tt)*) => {
        #[doc = $says]
        pub const $name: usize = $at;
        weights!(@place $name + [$($weight),*].len(); $($rest)*);
    };
}

weights! {
    // Does this line stand below that one in a column?
    GOES_ON "Its words go on the other's: by knots." [-2.21 -1.84 -1.11 -0.99 0.13 1.03 3.06 5.05];
    GOES_ON_STOP "The same behind a full stop." [-1.65 -1.04 -0.41 -0.58 -0.64 -0.12 0.86 -0.04];
    PAUSE "The other ends with a comma." [0.36];
    STRADDLES "A word of the dictionary begins on one and ends on the other." [1.15];
    ALONE "The other is its column's first: as wide, wider by an indent, narrower by one, wider, narrower, narrower with a full stop." [0.22 0.69 -0.85 -0.08 0.87 1.80];
    ALONE_STOP "The same behind a full stop." [0.07 0.05 -0.07 -0.33 -1.01 -0.28];
    FULL "Behind a line that fills the measure: one that fills it, is set in, is short, is short with a full stop, is too wide." [1.85 1.26 -1.34 2.47 -2.53];
    FULL_STOP "The same behind a full stop." [1.32 1.77 -0.88 0.75 -1.64];
    SHORT "The same behind a short line." [0.72 1.09 -0.11 1.57 -0.61];
    SHORT_STOP "The same behind a short line with a full stop." [-0.31 1.33 -0.94 0.12 -3.56];
    LATE "A column goes on that another overtook." [-5.15];

    // Does this line open a column?
    OPENS "It does." [-2.63];
    OPENS_BESIDE "The line before opened one too: any; as wide; wider by an indent; narrower by one." [2.06 0.91 1.29 0.73];
    OPENS_LEAD "It begins as articles do." [3.79];

    // Does a column end with this line?
    ENDS "It is the only one, full, short." [-2.05 -3.48 -2.26];
    ENDS_STOP "The same with a full stop." [-1.54 -2.34 -2.50];
    ENDS_TOO "The column before ends as well." [2.79];
    OVER "The first line of the column to the right goes on its words: by knots." [-0.02 0.25 -0.40 0.80 0.19 0.70 2.37 1.67];
    OVER_STOP "The same behind a full stop." [-0.31 0.01 -0.30 -0.01 0.15 -0.13 0.57 0.16];

    // Is this column read after that one?
    NEXT "A title after a title, a byline, a text; a byline after them; a text after them." [0.56 0.10 -0.77 -0.93 -0.45 -0.17 -1.09 -0.53 -0.49];
    NONE_NEXT "Nothing is read after a title, a byline, a text in mid-sentence, one that ended." [0.11 1.55 0.68 1.43];
    PLACE "It begins beside the other, near it, later, before it; below the other within 1, 3, 6, 12, 25 lines, or more." [0.98 -0.19 0.45 -0.57 0.66 1.59 0.53 -1.37 -2.16 -2.02];
    TITLE_PLACE "It begins before the title or byline ends; behind it within 1, 3, 6, 12, 25 lines, or more." [0.26 0.92 1.34 0.09 -0.74 -1.75 -1.78];
    MEASURE "Both have one measure, nearly one, others; the same of columns side by side." [0.68 -0.03 -1.02 1.34 0.05 -1.50];
    READS_ON "Its words go on the other's: by knots." [-1.09 -0.60 -0.61 0.12 -0.41 0.28 1.67 2.31];
    READS_ON_STOP "The same behind a full stop." [-0.62 -0.29 -0.81 -0.23 0.91 -0.62 -0.52 0.02];
    TITLE_READS_ON "The same of two titles." [-1.77 -0.65 -0.84 -0.79 -0.20 1.74 1.72 0.42];
    TOP_LEAD "It begins as articles do, behind a text; behind a title." [-1.18 0.88];
    TOP_SET_IN "It begins with an indent, behind a text in mid-sentence; behind one that ended." [0.26 -0.36];
    ALIKE "They share rare words, as two texts; as a title and a text." [0.87 1.01];
}
