//! Puts lines into reading order.
//!
//! A flowing page states its order by the order of its lines: what a typesetter's frames put in the
//! wrong place (a headline behind its body, a byline on the last line) is not out of order line by
//! line but article by article, and [`articles`](super::articles) mends it.
//!
//! A placed page is cut in two at its widest gap, and each part again, until columns are left
//! (recursive XY cut, Nagy and Seth 1984). A gap between rows counts more than one between columns,
//! since articles stand on top of each other before they stand side by side. Where no gap runs
//! through, what spans the columns is set aside: a headline parts what stands above it from what
//! stands below.

mod cells;
mod cut;
mod gap;
mod going_on;
mod group;
mod headed;
mod hung;
mod ink;
mod settle;
mod sheet;
mod spanning;
mod stated;
mod table;
#[cfg(test)]
mod tests;

use crate::flow::{Column, Flow, Holds, Line};
use crate::options::Trust;
use crate::page::Ink;
use sheet::Sheet;

/// The lines of all pages, in reading order.
///
/// Where the file states an order of its regions that the layout does not contradict, or that is
/// trusted, it is that.
pub fn order(flow: Flow, trust: Trust) -> Flow {
    let mut out = Flow {
        lines: Vec::with_capacity(flow.lines.len()),
        columns: Vec::new(),
        left_out: flow.left_out,
        ink: Vec::new(),
        ..Flow::default()
    };
    let mut rest = flow.lines.as_slice();
    while let Some(first) = rest.first() {
        let length = rest.iter().take_while(|l| l.page == first.page).count();
        let (page, behind) = rest.split_at(length);
        rest = behind;
        let vertical = is_vertical(page);
        let own = |number: u32| flow.ink.partition_point(|(page, _)| *page < number);
        let ink: Vec<Ink> = flow.ink[own(first.page)..own(first.page + 1)].iter().map(|(_, ink)| *ink).collect();
        match Sheet::of(page, &ink, vertical) {
            Some(sheet) => {
                let (columns, cells) = sheet.columns();
                let holds =
                    |(line, cell): (&Line, bool)| Line { holds: if cell { Holds::Cell } else { line.holds }, ..*line };
                let page: Vec<Line> = page.iter().zip(cells).map(holds).collect();
                for (column, beside) in stated::reordered(&page, columns, trust) {
                    settle::settle(&page, &column, beside, &mut out);
                }
            }
            None => {
                let column = out.columns.len() as u32;
                out.columns.push(Column::default());
                let lines = stated::reordered(page, vec![((0..page.len()).collect(), false)], trust);
                out.lines.extend(lines.iter().flat_map(|(lines, _)| lines).map(|i| Line { column, ..page[*i] }));
            }
        }
    }
    out
}

/// Lines of this page stand upright in the main.
fn is_vertical(page: &[Line]) -> bool {
    let weight = |upright: bool| page.iter().filter(|l| l.upright == upright).map(|l| l.width.middle()).sum::<f32>();
    weight(true) > weight(false)
}
