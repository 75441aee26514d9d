//! What speaks for one way to undo a weave, in the natural logarithm of odds.
//!
//! The figures are fitted: `examples/weave.rs` counts on woven pages whose columns are known what speaks
//! for each choice that was right, and finds the weights under which the right ones are likeliest. Of held
//! back pages 92.5 % of the lines and 52 % of the columns are given their right place so. Where
//! a figure is spread over knots, what lies between two of them counts for both. Every row has the weights
//! for dumps that were woven, and those for pages on a grid of characters, where places speak too.

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
    ($($name:ident $says:literal [$($woven:literal)*] [$($grid:literal)*];)*) => {
        weights!(@place 0; $($name $says [$($woven)*])*);

        /// How many weights a table has.
        pub const COUNT: usize = [$($($woven),*),*].len();

        /// The weights of woven dumps, and behind them those of grids, each in the order of the table.
        pub static WEIGHTS: [f32; 2 * COUNT] = [$($($woven),*,)* $($($grid),*),*];

        /// What stands in a table under which name, and how many weights each has.
        pub static NAMES: &[(&str, usize)] = &[$((stringify!($name), [$($woven),*].len())),*];
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
    GOES_ON "Its words go on the other's: by knots." [-2.16 -1.79 -1.06 -0.95 0.16 1.11 3.13 4.80] [-1.45 -1.53 -0.75 -0.35 0.33 0.82 1.21 1.77];
    GOES_ON_STOP "The same behind a full stop." [-1.58 -1.04 -0.45 -0.58 -0.79 -0.02 0.76 -0.01] [-0.56 -0.45 0.45 -0.99 0.14 -0.35 0.53 0.19];
    PAUSE "The other ends with a comma." [0.45] [0.47];
    STRADDLES "A word of the dictionary begins on one and ends on the other." [1.27] [0.50];
    ALONE "The other is its column's first: as wide, wider by an indent, narrower by one, wider, narrower, narrower with a full stop." [0.27 0.71 -0.63 -0.06 1.12 1.95] [0.40 0.89 -0.72 -1.82 -1.30 -1.00];
    ALONE_STOP "The same behind a full stop." [-0.06 0.09 -0.04 -0.38 -0.99 -0.15] [0.80 -0.04 -0.07 -0.43 -1.44 -0.00];
    ALIGNED "On a grid: it begins under the other, an indent beside it, stands half under it, a little, beside it, in its row." [0.00 0.00 0.00 0.00 0.00 0.00] [2.38 1.99 0.85 0.26 -3.03 -2.15];
    ROWS "On a grid: the next row, the second, third, a later one." [0.00 0.00 0.00 0.00] [-2.15 1.60 -0.41 -1.06];
    FULL "Behind a line that fills the measure: one that fills it, is set in, is short, is short with a full stop, is too wide." [1.78 1.24 -1.37 2.46 -2.64] [2.30 1.16 -0.75 1.48 -1.57];
    FULL_STOP "The same behind a full stop." [1.10 1.78 -0.84 0.78 -1.77] [1.17 1.43 -0.24 -0.17 -0.67];
    SHORT "The same behind a short line." [0.59 1.16 -0.25 1.48 -0.60] [-0.17 0.03 -0.10 0.02 0.23];
    SHORT_STOP "The same behind a short line with a full stop." [-0.36 1.40 -0.90 -0.03 -3.35] [-0.15 0.57 -0.56 0.78 -2.01];
    LATE "A column goes on that another overtook." [-5.19] [-0.81];

    // Does this line open a column?
    OPENS "It does." [-2.61] [0.72];
    OPENS_BESIDE "The line before opened one too: any; as wide; wider by an indent; narrower by one." [2.07 1.10 1.33 0.56] [0.95 0.91 1.00 0.79];
    OPENS_LEAD "It begins as articles do." [3.75] [2.63];

    // Does a column end with this line?
    ENDS "It is the only one, full, short." [-1.71 -3.36 -2.18] [-0.81 -0.67 -0.49];
    ENDS_STOP "The same with a full stop." [-1.33 -2.19 -2.32] [-0.74 -0.85 -0.62];
    ENDS_TOO "The column before ends as well." [2.49] [0.90];
    OVER "The first line of the column to the right goes on its words: by knots." [-0.12 -0.49 -0.30 0.46 0.10 0.82 2.15 2.04] [-0.24 -0.28 -0.63 -0.58 -0.38 -0.42 0.88 0.17];
    OVER_STOP "The same behind a full stop." [-0.71 -0.64 -0.12 -0.26 0.57 -0.45 0.71 0.18] [-0.43 -0.36 0.65 -1.22 -0.33 0.06 0.38 0.07];

    // Is this column read after that one?
    NEXT "A title after a title, a byline, a text; a byline after them; a text after them." [0.13 0.15 -0.46 -0.24 -0.07 -0.20 -0.90 -0.30 -0.42] [0.05 0.14 -0.43 -0.20 -0.05 -0.22 -0.82 -0.09 -0.33];
    NONE_NEXT "Nothing is read after a title, a byline, a text in mid-sentence, one that ended." [0.18 0.50 0.46 1.17] [0.23 0.47 0.11 1.14];
    PLACE "It begins beside the other, near it, later, before it; below the other within 1, 3, 6, 12, 25 lines, or more." [0.92 -0.25 -0.04 -0.63 0.07 0.70 -0.04 -0.66 -0.75 -0.95] [0.80 -0.05 0.04 -0.36 0.12 0.31 0.16 -0.08 -0.97 -1.21];
    TITLE_PLACE "It begins before the title or byline ends; behind it within 1, 3, 6, 12, 25 lines, or more." [-0.11 0.50 1.03 -0.00 -0.44 -0.60 -1.06] [0.00 1.31 0.27 0.13 -0.20 -0.84 -1.37];
    ACROSS "On a grid, behind a text: it stands below the other, right beside it, farther to the right, to the left, above." [0.00 0.00 0.00 0.00 0.00] [0.83 0.60 -1.01 -1.49 -0.16];
    TITLE_ACROSS "The same behind a title or byline." [0.00 0.00 0.00 0.00 0.00] [0.80 0.02 -0.85 -0.68 0.00];
    MEASURE "Both have one measure, nearly one, others; the same of columns side by side." [0.64 -0.01 -0.80 0.83 -0.05 -0.29] [0.15 -0.12 -0.51 0.51 -0.04 -0.13];
    MEASURE_STOP "The same behind a full stop." [-0.01 -0.21 -0.74 0.48 0.06 -0.33] [0.30 -0.09 -0.62 0.35 0.01 -0.16];
    READS_ON "Its words go on the other's: by knots." [-0.35 -0.32 -0.20 0.08 0.06 0.16 0.43 0.46] [-0.34 -0.31 -0.36 0.13 0.05 0.09 0.37 0.22];
    READS_ON_STOP "The same behind a full stop." [-0.17 -0.32 -0.26 0.03 0.12 -0.09 -0.05 0.00] [-0.16 -0.19 -0.08 0.04 0.10 0.04 0.02 0.02];
    TITLE_READS_ON "The same of two titles." [-0.35 -0.17 -0.18 -0.24 0.24 0.41 0.17 0.03] [-0.29 -0.10 -0.23 -0.26 0.06 0.28 0.25 0.14];
    TOP_LEAD "It begins as articles do, behind a text; behind a title." [-0.64 0.58] [-0.55 0.35];
    TOP_SET_IN "It begins with an indent, behind a text in mid-sentence; behind one that ended; behind a title." [-0.04 -0.19 -0.06] [-0.25 0.12 -0.02];
    RANK "Of the texts below a row of titles it opens one two places before the title's, one before, the title's, one behind, two." [0.10 0.04 0.13 -0.07 -0.12] [0.01 0.21 0.06 -0.14 0.00];
    ALIKE "They share rare words, as two texts; as a title and a text." [1.02 0.71] [0.95 0.40];
}
