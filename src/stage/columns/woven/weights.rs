//! What speaks for one way to undo a weave, in the natural logarithm of odds.
//!
//! The figures are fitted: `examples/weave.rs` counts on woven pages whose columns are known what speaks
//! for each choice that was right, and finds the weights under which the right ones are likeliest. Of held
//! back pages 93 % of the lines and 55 % of the columns are given their right place so, on grids 95 % and
//! 61 %. What brackets say was fitted later, on these pages and on 160 of other layouts, and stands between the two
//! fits. Where a figure is spread over knots, what lies between two of them counts for both. Every row has
//! the weights for dumps that were woven, and those for pages on a grid of characters, where places speak too.

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
    GOES_ON "Its words go on the other's: by knots." [-2.18 -1.80 -1.06 -0.96 0.17 1.11 3.13 4.81] [-1.80 -1.50 -0.92 -0.93 0.04 0.84 2.15 2.83];
    GOES_ON_STOP "The same behind a full stop." [-1.57 -1.02 -0.45 -0.60 -0.79 -0.01 0.75 -0.01] [-1.57 -1.02 -0.68 -1.49 -0.70 -1.21 1.44 0.51];
    PAUSE "The other ends with a comma." [0.43] [0.50];
    STRADDLES "A word of the dictionary begins on one and ends on the other." [1.21] [0.95];
    BRACKET "The other leaves a bracket open: this line closes it, does not." [4.80 -1.60] [1.00 -1.30];
    ALONE "The other is its column's first: as wide, wider by an indent, narrower by one, wider, narrower, narrower with a full stop." [0.19 0.70 -0.64 -0.07 1.12 1.96] [0.59 0.76 -0.46 -2.63 -0.67 0.41];
    ALONE_STOP "The same behind a full stop." [-0.07 0.09 -0.04 -0.39 -1.01 -0.15] [0.46 -1.08 -2.46 -0.86 -1.13 -0.75];
    ALIGNED "On a grid: it begins under the other exactly, an indent beside it, nearly so, stands half under it, a little, beside it, in its row." [0.00 0.00 0.00 0.00 0.00 0.00 0.00] [2.61 2.87 0.85 1.15 -0.04 -2.99 -3.11];
    ROWS "On a grid: the next row, the second, third, a later one." [0.00 0.00 0.00 0.00] [-0.84 1.10 0.02 -2.10];
    FULL "Behind a line that fills the measure: one that fills it, is set in, is short, is short with a full stop, is too wide." [1.79 1.23 -1.38 2.48 -2.63] [2.25 0.86 -0.15 1.81 -1.80];
    FULL_STOP "The same behind a full stop." [1.16 1.77 -0.82 0.78 -1.76] [1.43 1.95 0.10 -0.33 -1.56];
    SHORT "The same behind a short line." [0.61 1.15 -0.24 1.48 -0.56] [-0.40 -0.31 -0.44 0.36 -0.73];
    SHORT_STOP "The same behind a short line with a full stop." [-0.33 1.37 -0.90 -0.04 -3.36] [0.19 0.71 -0.06 0.00 -1.39];
    LATE "A column goes on that another overtook." [-5.21] [-1.63];

    // Does this line open a column?
    OPENS "It does." [-2.62] [0.25];
    OPENS_BESIDE "The line before opened one too: any; as wide; wider by an indent; narrower by one." [2.07 1.08 1.32 0.57] [1.14 0.37 0.75 0.66];
    OPENS_LEAD "It begins as articles do." [3.74] [3.45];

    // Does a column end with this line?
    ENDS "It is the only one, full, short." [-1.73 -3.38 -2.17] [-0.94 -1.00 -0.79];
    ENDS_STOP "The same with a full stop." [-1.34 -2.09 -2.33] [-0.47 -0.99 -0.67];
    ENDS_TOO "The column before ends as well." [2.50] [1.00];
    OVER "The first line of the column to the right goes on its words: by knots." [-0.19 -0.35 -0.43 0.63 0.03 0.85 2.13 2.05] [-0.18 0.02 0.04 -0.54 -0.13 -0.03 0.30 0.53];
    OVER_STOP "The same behind a full stop." [-0.79 -0.59 -0.15 -0.27 0.55 -0.48 0.68 0.18] [-0.78 -0.71 0.36 -1.41 0.48 -0.21 0.20 0.06];

    // Is this column read after that one?
    NEXT "A title after a title, a byline, a text; a byline after them; a text after them." [0.31 0.12 -0.66 -0.53 -0.19 -0.34 -1.07 -0.46 -0.48] [0.39 0.19 -0.60 -0.46 -0.07 -0.48 -1.17 0.01 -0.42];
    NONE_NEXT "Nothing is read after a title, a byline, a text in mid-sentence, one that ended." [0.23 1.06 0.66 1.35] [0.01 1.00 -0.13 1.71];
    PLACE "It begins beside the other, near it, later, before it; below the other within 1, 3, 6, 12, 25 lines, or more." [1.05 -0.37 0.07 -0.59 0.29 1.21 0.08 -1.02 -1.18 -1.54] [1.30 0.09 0.34 -0.10 1.03 0.39 0.06 -0.82 -1.58 -2.29];
    TITLE_PLACE "It begins before the title or byline ends; behind it within 1, 3, 6, 12, 25 lines, or more." [-0.26 0.77 1.27 0.04 -0.54 -1.13 -1.45] [0.01 1.56 0.51 0.24 -0.12 -1.13 -2.07];
    ACROSS "On a grid, behind a text: it stands below the other, right beside it, farther to the right, to the left, above." [0.00 0.00 0.00 0.00 0.00] [1.59 0.30 -0.86 -1.89 -0.71];
    TITLE_ACROSS "The same behind a title or byline." [0.00 0.00 0.00 0.00 0.00] [1.01 0.18 -1.45 -0.77 0.00];
    MEASURE "Both have one measure, nearly one, others; the same of columns side by side." [1.21 0.17 -1.08 1.12 -0.11 -0.68] [0.38 -0.18 -0.56 1.25 0.35 -0.50];
    MEASURE_STOP "The same behind a full stop." [-0.02 -0.25 -0.89 0.82 -0.04 -0.72] [-0.61 -0.38 -0.39 0.48 0.18 -0.45];
    READS_ON "Its words go on the other's: by knots." [-0.55 -0.54 -0.43 0.03 0.03 0.24 0.85 1.00] [-0.97 -0.64 -0.13 0.02 0.11 0.39 1.25 0.71];
    READS_ON_STOP "The same behind a full stop." [-0.19 -0.47 -0.36 0.10 0.26 -0.28 -0.17 -0.01] [-0.54 -0.44 -0.39 -0.38 0.31 0.14 0.08 0.05];
    TITLE_READS_ON "The same of two titles." [-0.84 -0.42 -0.43 -0.54 0.56 1.00 0.38 0.09] [-0.72 -0.75 -0.62 -0.33 0.02 0.54 0.93 0.81];
    TOP_LEAD "It begins as articles do, behind a text; behind a title." [-1.03 0.84] [-0.48 0.55];
    TOP_SET_IN "It begins with an indent, behind a text in mid-sentence; behind one that ended; behind a title." [-0.03 -0.14 -0.08] [-0.28 0.68 -0.20];
    RANK "Of the texts below a row of titles it opens one two places before the title's, one before, the title's, one behind, two." [0.02 -0.10 0.05 -0.11 -0.30] [0.25 0.64 0.33 0.04 -0.14];
    ALIKE "They share rare words, as two texts; as a title and a text." [1.09 0.87] [1.11 0.32];
}
