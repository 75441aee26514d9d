//! How far down the page the rows stand, in ems.
//!
//! A dump has a row for every height at which any column has a line. Where columns are out of step
//! their lines fall on rows in turn, and what is a leading apart on the page is two rows or three apart
//! in the dump; rows that share no column stand closer.
//!
//! ```text
//! 春天来了河边的柳树
//!                         秋天到了山上的枫叶       half a leading lower
//! 发了新芽，孩子们在
//!                         红了一片，游人慢慢
//! ```

use super::{Cell, LEADING, ROW};

/// Lines of a column are no more rows apart than this where other columns' lines stand between.
const APART: usize = 3;

/// Two cells stand in one column where they share so much of the narrower one's width.
const SHARED: f32 = 0.5;

/// The height of each row that has text, in the order of the lines.
pub fn heights(cells: &[Cell]) -> Vec<f32> {
    let rows: Vec<&[Cell]> = cells.chunk_by(|a, b| a.line == b.line).collect();
    // The share of a leading from each row to the next.
    let mut steps = vec![0.0f32; rows.len()];
    for (j, row) in rows.iter().enumerate() {
        for cell in *row {
            let above = (1..=APART.min(j)).find(|n| rows[j - n].iter().any(|other| share_column(cell, other)));
            if let Some(n) = above {
                let step = 1.0 / n as f32;
                steps[j - n..j].iter_mut().for_each(|s| *s = s.max(step));
            }
        }
    }
    let mut y = 0.0;
    let mut heights = Vec::with_capacity(rows.len());
    for (j, row) in rows.iter().enumerate() {
        if let Some(before) = j.checked_sub(1) {
            let lines = row[0].line - rows[before][0].line;
            let step = if lines > 1 || steps[before] == 0.0 { lines as f32 } else { steps[before] };
            y += step * (ROW + LEADING);
        }
        heights.push(y);
    }
    heights
}

fn share_column(a: &Cell, b: &Cell) -> bool {
    let shared = (a.x + a.width).min(b.x + b.width) - a.x.max(b.x);
    shared >= SHARED * a.width.min(b.width)
}
