//! What speaks for one way to undo a weave, in the natural logarithm of odds.
//!
//! The figures are fitted: `examples/weave.rs` counts on woven pages whose columns are known what speaks
//! for each choice that was right, and finds the weights under which the right ones are likeliest. Of held
//! back pages 91 % of the lines and 53 % of the columns are given their right place so. The pages were the
//! development pages, each counted four times, and 160 of other layouts. A quarter of each figure is that of an
//! earlier fit on the development pages alone: 84 pages that neither saw are undone better by the mean than by either.
//! What echoes say was put between the others later, at about what a fit says.
//! Where a figure is spread over knots, what lies between two of them counts for both. Every row has the weights
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
const KNOTS: [f32; 8] = [-5.0, -3.0, -1.5, -0.5, 0.5, 2.0, 4.5, 8.0];

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
    GOES_ON "Its words go on the other's: by knots." [-3.15 -2.27 -1.68 -1.21 -0.51 0.41 2.65 5.09] [-2.21 -1.58 -1.11 -0.80 -0.31 0.56 1.54 2.67];
    GOES_ON_STOP "The same behind a full stop." [-2.32 -1.45 -0.92 -0.71 -0.62 0.01 0.81 1.58] [-2.05 -1.26 -1.15 -0.59 -0.90 -0.36 1.33 0.68];
    PAUSE "The other ends with a comma." [0.01] [0.14];
    STRADDLES "A word of the dictionary begins on one and ends on the other." [0.79] [0.72];
    ECHOES "Of the phrases across the two one stands elsewhere on the page, both." [0.70 2.50] [0.50 1.50];
    BRACKET "The other leaves a bracket open: this line closes it, does not." [5.06 -1.46] [1.13 -1.11];
    ALONE "The other is its column's first: as wide, wider by an indent, narrower by one, wider, narrower, narrower with a full stop." [1.37 1.45 0.75 0.65 1.10 2.58] [0.38 0.35 -0.99 -1.55 -1.25 -0.58];
    ALONE_STOP "The same behind a full stop." [0.16 -0.47 -0.44 -0.37 -0.81 -0.49] [1.08 -0.61 -0.63 -0.42 -1.40 -1.56];
    ALIGNED "On a grid: it begins under the other exactly, an indent beside it, nearly so, stands half under it, a little, beside it, in its row." [0.00 0.00 0.00 0.00 0.00 0.00 0.00] [2.43 2.56 1.28 1.44 0.43 -2.40 -3.79];
    ROWS "On a grid: the next row, the second, third, a later one." [0.00 0.00 0.00 0.00] [-0.16 0.82 -0.97 -2.15];
    FULL "Behind a line that fills the measure: one that fills it, is set in, is short, is short with a full stop, is too wide." [1.78 1.16 -0.82 2.63 -1.70] [1.63 0.62 -0.83 1.29 -1.64];
    FULL_STOP "The same behind a full stop." [0.78 1.12 -0.50 0.50 -2.02] [0.74 1.22 -0.30 -0.59 -1.71];
    SHORT "The same behind a short line." [0.54 1.00 0.08 1.61 0.23] [-0.66 -0.23 -0.61 -0.33 -0.14];
    SHORT_STOP "The same behind a short line with a full stop." [-0.91 0.78 -0.95 -0.23 -2.83] [-0.52 0.48 -0.53 -0.52 -1.62];
    LATE "A column goes on that another overtook." [-4.62] [-1.07];

    // Does this line open a column?
    OPENS "It does." [-2.58] [-0.23];
    OPENS_BESIDE "The line before opened one too: any; as wide; wider by an indent; narrower by one." [2.01 0.95 0.89 0.37] [1.05 0.44 0.38 0.19];
    OPENS_LEAD "It begins as articles do." [1.83] [1.49];

    // Does a column end with this line?
    ENDS "It is the only one, full, short." [-1.55 -2.97 -2.09] [-0.73 -0.83 -0.62];
    ENDS_STOP "The same with a full stop." [-2.13 -1.92 -1.93] [-0.73 -0.73 -0.41];
    ENDS_TOO "The column before ends as well." [2.17] [0.75];
    OVER "The first line of the column to the right goes on its words: by knots." [-0.26 -0.15 0.23 0.23 0.34 0.46 1.72 1.41] [-0.20 -0.01 -0.14 -0.32 -0.24 0.10 0.23 0.12];
    OVER_STOP "The same behind a full stop." [-0.54 -0.86 -0.44 -0.53 -0.12 -0.28 0.17 -0.22] [-0.23 -0.57 0.05 -0.38 0.01 -0.81 1.16 -0.07];

    // Is this column read after that one?
    NEXT "A title after a title, a byline, a text; a byline after them; a text after them." [0.44 0.36 -0.80 -0.25 -0.92 -0.33 -1.03 -0.48 -0.42] [0.34 0.27 -0.67 -0.37 -0.36 -0.40 -1.05 -0.16 -0.42];
    NONE_NEXT "Nothing is read after a title, a byline, a text in mid-sentence, one that ended." [0.00 1.50 0.74 1.19] [0.06 1.12 0.46 1.19];
    PLACE "It begins beside the other, near it, later, before it; below the other within 1, 3, 6, 12, 25 lines, or more." [0.80 0.07 0.33 -0.93 0.98 1.07 0.25 -0.95 -1.27 -2.27] [1.32 0.41 0.51 -0.40 1.04 0.49 0.06 -0.70 -1.51 -2.87];
    TITLE_PLACE "It begins before the title or byline ends; behind it within 1, 3, 6, 12, 25 lines, or more." [-0.33 1.13 1.29 0.29 -0.62 -1.15 -2.11] [0.11 1.66 0.55 0.26 -0.32 -1.20 -2.24];
    ACROSS "On a grid, behind a text: it stands below the other, right beside it, farther to the right, to the left, above." [0.00 0.00 0.00 0.00 0.00] [1.30 0.28 -0.97 -1.86 -0.32];
    TITLE_ACROSS "The same behind a title or byline." [0.00 0.00 0.00 0.00 0.00] [0.84 -0.01 -1.31 -0.72 0.00];
    MEASURE "Both have one measure, nearly one, others; the same of columns side by side." [0.69 0.12 -0.57 1.27 0.46 -0.79] [0.37 -0.17 -0.19 1.12 0.41 -0.64];
    MEASURE_STOP "The same behind a full stop." [-0.13 -0.23 -1.05 0.60 0.34 -1.11] [-0.33 -0.18 -0.59 0.41 0.16 -0.79];
    READS_ON "Its words go on the other's: by knots." [-0.74 -0.98 -0.47 -0.47 -0.10 0.52 1.17 2.25] [-0.69 -0.70 -0.45 -0.27 -0.20 0.66 1.38 1.16];
    READS_ON_STOP "The same behind a full stop." [-0.83 -0.37 -0.46 0.00 -0.06 -0.18 0.34 -0.01] [-0.97 -0.45 -0.56 -0.28 -0.11 0.15 0.80 0.08];
    TITLE_READS_ON "The same of two titles." [-0.91 -0.63 -0.72 -0.48 0.24 1.03 1.13 0.53] [-0.79 -0.65 -0.70 -0.38 -0.40 0.26 0.85 1.78];
    TOP_LEAD "It begins as articles do, behind a text; behind a title." [-0.96 0.78] [-0.83 0.75];
    TOP_SET_IN "It begins with an indent, behind a text in mid-sentence; behind one that ended; behind a title." [0.00 0.04 0.25] [-0.09 0.35 -0.08];
    RANK "Of the texts below a row of titles it opens one two places before the title's, one before, the title's, one behind, two." [-0.45 -0.23 -0.22 -0.52 -0.71] [0.02 -0.02 0.09 -0.15 -0.04];
    ALIKE "They share rare words, as two texts; as a title and a text." [1.04 0.74] [0.92 0.43];
}
