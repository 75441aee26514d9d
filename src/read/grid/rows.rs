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
            let above = (1..=APART.min(j)).find(|n| in_column(cell, rows[j - n]).is_some());
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

/// The cell of a row that stands in one column with another cell.
pub fn in_column<'a>(cell: &Cell, row: &'a [Cell]) -> Option<&'a Cell> {
    let (from, to) = (cell.x, cell.x + cell.width);
    let beside = row.partition_point(|other| other.x + other.width <= from);
    row[beside..].iter().take_while(|other| other.x < to).find(|other| {
        let shared = to.min(other.x + other.width) - from.max(other.x);
        shared >= SHARED * cell.width.min(other.width)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Rect;
    use crate::read::plain::plain;
    use crate::source::File;

    /// Where the rows of a page stand, in leadings.
    fn leadings(text: &str) -> Vec<f32> {
        let file = File { path: None, format: "layout", encoding: "UTF-8" };
        let (source, mut pages) = plain(text.to_owned(), file).unwrap();
        super::super::grid(&source, &mut pages);
        let tops = pages[0].runs.iter().filter_map(|r| r.rect).map(|r: Rect| r.y0 / (ROW + LEADING));
        let mut tops: Vec<f32> = tops.collect();
        tops.dedup();
        tops
    }

    #[test]
    fn columns_out_of_step_keep_their_leading() {
        let rows = leadings(
            "春天来了河边的柳树发了新芽\n                            秋天到了山上的枫叶红了一片\n\
             孩子们在树下放着长长的风筝\n                            游人慢慢地走上山去看着红叶\n\
             老人们在桥头下着棋说着旧事",
        );
        assert_eq!(rows, [0.0, 0.5, 1.0, 1.5, 2.0]);
    }

    #[test]
    fn a_blank_line_is_room() {
        assert_eq!(leadings("春天来了\n河边\n\n秋天"), [0.0, 1.0, 3.0]);
    }
}
