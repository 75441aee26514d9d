//! Cells of one row of a table are one line, whatever their texts are.

use crate::flow::{Composed, Flow, Holds, Line, SeamKind};
use crate::geometry::Rect;

/// Cells of one row share so much of their height.
const LEVEL: f32 = 0.5;

/// Joins each cell to the one before it on its row.
pub fn join_rows(flow: &Flow, composed: &mut Composed) {
    for (i, pair) in flow.lines.windows(2).enumerate() {
        if is_row(&pair[0], &pair[1]) {
            composed.seams[i + 1].kind = SeamKind::Join;
        }
    }
}

fn is_row(a: &Line, b: &Line) -> bool {
    let cells = a.holds == Holds::Cell && b.holds == Holds::Cell && a.page == b.page && a.upright == b.upright;
    let turned = |l: &Line| l.rect.map(|r| if l.upright { r.turned() } else { r });
    let row = |(a, b): (Rect, Rect)| b.x0 > a.x0 && a.shared_height(b) >= LEVEL;
    cells && turned(a).zip(turned(b)).is_some_and(row)
}
