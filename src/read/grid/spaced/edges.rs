//! Where cells of spaced text stand that are parted by wide gaps: the edges of the page's columns, as rows
//! without filling show them.

use super::super::{ALIKE, Cell, DEEPEST_INDENT};

/// The edges of the page's columns, as rows without filling show them.
pub struct Edges {
    /// Row, place in ems, column of the grid that the text before it reaches; in the order of the rows.
    pub met: Vec<(u32, f32, u32)>,
}

/// Places that differ by no more than this, in ems, are one edge.
const SAME: f32 = 1.2;

/// An indent, in columns of the grid.
const INDENT_COLUMNS: u32 = 4;

impl Edges {
    /// The edges met on the rows about one, from left to right.
    fn near(&self, line: u32) -> Vec<(f32, u32)> {
        let low = self.met.partition_point(|e| e.0 + ALIKE < line);
        let near = self.met[low..].iter().take_while(|e| e.0 <= line + ALIKE);
        let mut near: Vec<(f32, u32)> = near.map(|(_, x, column)| (*x, *column)).collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        near
    }

    /// Notes for every cell behind a single space how far the text before its place reaches on any
    /// row: its own text may end before that, but the column of its place is there.
    pub fn reach<'a>(&self, cells: impl Iterator<Item = &'a mut Cell>) {
        let (mut line, mut near) = (0, Vec::new());
        for cell in cells.filter(|c| !c.leads && !c.anchored) {
            if cell.line != line {
                (line, near) = (cell.line, self.near(cell.line));
            }
            let low = near.partition_point(|(x, _)| *x < cell.x - 0.3);
            let here = near[low..].iter().take_while(|(x, _)| *x <= cell.x + 0.3);
            cell.reached = here.map(|e| e.1).max().unwrap_or(cell.column).max(cell.column);
        }
    }

    /// Where the column of an anchored cell is, if rows about it show it.
    pub fn place(&self, cell: &Cell) -> Option<f32> {
        if !cell.anchored || cell.leads && cell.column <= DEEPEST_INDENT {
            return None;
        }
        let near = self.near(cell.line);
        let mut best: Option<(u32, f32)> = None;
        let mut rest = near.as_slice();
        while let Some(first) = rest.first() {
            let count =
                rest.windows(2).take_while(|w| w[1].0 - w[0].0 <= SAME / 4.0 && w[1].0 - first.0 <= SAME).count() + 1;
            let (edge, behind) = rest.split_at(count);
            rest = behind;
            let furthest = edge.iter().map(|e| e.1).max().unwrap_or(0);
            // The text may have reached the edge's column exactly, and an indent stands behind it.
            let off = cell.column.abs_diff(furthest);
            let reached = furthest <= cell.column + 1 && cell.column <= furthest + INDENT_COLUMNS;
            if reached && count >= 2 && best.is_none_or(|(least, _)| off < least) {
                let indent = cell.column.saturating_sub(furthest);
                best = Some((off, edge[count / 2].0 + if indent >= 2 { indent as f32 / 2.0 + 0.5 } else { 0.0 }));
            }
        }
        best.map(|(_, x)| x)
    }
}
