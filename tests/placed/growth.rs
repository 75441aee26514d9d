//! A large page ends: time grows with its lines.

use crate::drawing::{Piece, prose, umi};
use pagemend::Options;
use std::time::{Duration, Instant};

/// A line of so many characters in type of 20 pixels.
fn set(n: usize, chars: usize, x: f64, y: f64) -> Piece {
    Piece::at(&prose(n * 17, chars), [x, y, x + 20.0 * chars as f64, y + 20.0])
}

/// Large pages, ordinary ones and the worst for cutting at gaps, looking for neighbours and searching
/// articles.
fn large(shape: &str, lines: usize) -> Vec<Piece> {
    // Prose of its own for every line would take as long to make as to mend.
    let line = |n: usize| {
        let (i, at) = (n % 500, n as f64);
        match shape {
            // Six columns under headlines, a page as long as it takes.
            "columns" => {
                let (row, column) = (n / 6, (n % 6) as f64);
                let y = row as f64 * 26.0 + (row / 30) as f64 * 80.0;
                if row.is_multiple_of(30) && !n.is_multiple_of(6) {
                    return set(i, 3, column * 280.0, y + 1e-3 * at);
                }
                let chars = if row.is_multiple_of(7) { 5 } else { 12 };
                let mut piece = set(i, chars, column * 280.0, y);
                if row.is_multiple_of(30) {
                    piece.place = Some([0.0, y - 60.0, 5.0 * 40.0, y - 20.0]);
                }
                piece
            }
            // One column of paragraphs that stand apart.
            "paragraphs" => set(i, if n.is_multiple_of(3) { 9 } else { 14 }, 0.0, at * 24.0 + (n / 3) as f64 * 30.0),
            "one row" => set(i, 3, at * 70.0, 0.0),
            "one place" => set(i, 8, 0.0, 0.0),
            "large and in one place" => {
                let mut piece = set(i, 8, 0.0, 0.0);
                if !n.is_multiple_of(3) {
                    piece.place = Some([0.0, 0.0, 400.0, 50.0]);
                }
                piece
            }
            // Each line further right than the one above, and touching it.
            "stairs" => set(i, 4, (lines - n) as f64 * 50.0, at * 19.0),
            // Every line spans what is left of the page, at its top and at its left by turns.
            "nest" => {
                let (far, step) = (lines as f64 * 40.0, at * 30.0);
                let mut piece = set(i, 4, step, step);
                piece.place = Some(match n % 2 {
                    0 => [step, step, far, step + 20.0],
                    _ => [step, step, step + 20.0, far],
                });
                piece
            }
            // Every other box covers the page.
            "covered" => {
                let mut piece = set(i, 10, (n % 40) as f64 * 220.0, (n / 40) as f64 * 30.0);
                if n.is_multiple_of(2) {
                    piece.place = Some([0.0, 0.0, 8800.0, lines as f64]);
                }
                piece
            }
            "scattered" => set(i, 5, (n * 7919 % 9973) as f64, (n * 104_729 % (lines * 3 + 1)) as f64),
            "headlines" => {
                let mut piece = set(i, 6, 0.0, at * 30.0);
                if !n.is_multiple_of(100) {
                    piece.place = Some([0.0, at * 60.0, 240.0, at * 60.0 + 40.0]);
                }
                piece
            }
            // Every second article in a column of another measure.
            "articles" => {
                let (article, of) = (n / 4, n % 4);
                let y = at * 30.0 + article as f64 * 60.0;
                let mut piece = set(i, 14 + article % 2 * 3, 0.0, y);
                if of == 0 {
                    piece = set(i, 6, 0.0, y);
                    piece.place = Some([0.0, y - 30.0, 240.0, y + 10.0]);
                }
                piece
            }
            "without boxes" => Piece {
                place: (!n.is_multiple_of(12)).then_some([0.0, at * 30.0, 280.0, at * 30.0 + 20.0]),
                ..set(i, 14, 0.0, 0.0)
            },
            _ => unreachable!("{shape} is no shape"),
        }
    };
    (0..lines).map(line).collect()
}

const SHAPES: &[&str] = &[
    "columns",
    "paragraphs",
    "one row",
    "one place",
    "large and in one place",
    "stairs",
    "nest",
    "covered",
    "scattered",
    "headlines",
    "articles",
    "without boxes",
];

/// How long a page of so many lines takes.
fn time(shape: &str, lines: usize) -> Duration {
    let file = umi(&large(shape, lines));
    let input = pagemend::read(file.as_bytes(), None, &Options::default()).expect("the file is read");
    let start = Instant::now();
    let document = pagemend::mend(input, &Options::default());
    let taken = start.elapsed();
    assert!(document.blocks().count() > 0);
    taken
}

/// Four times the lines take no more than so many times as long: more than four for what a page has
/// but once, far less than sixteen.
const GROWTH: u32 = 9;

/// Below this a time is noise.
const NOISE: Duration = Duration::from_millis(300);

#[test]
fn time_grows_with_the_lines() {
    for shape in SHAPES {
        // The best of some: what else the machine does only makes them longer.
        let best = |lines: usize| (0..3).map(|_| time(shape, lines)).min().expect("three");
        let (small, large) = (best(1500), best(6000));
        assert!(large <= small * GROWTH + NOISE, "{shape}: {small:?} for 1500 lines, {large:?} for 6000");
    }
}
