//! Rows that the program which made the dump wrote in the wrong order.
//!
//! Columns out of step have rows half a line apart, and now and then that program takes a line of one of them
//! for one row with the next: then the line above stands below it.
//!
//! ```text
//! 春天来了河边的柳树发了新芽孩子 新华社记者从有关部门了解到今年
//! 们在树下放着风筝老人们坐在桥头 进人民群众生活水平不断提高社会
//!                                以来我国经济运行总体平稳稳中有    a row too low
//! 下棋说着去年的事情到天黑才回家 保障体系更加完善城乡居民的收入
//! ```
//!
//! In a third of the development pages there is such a row. Only the text tells.

use super::rows::in_column;
use super::{Cell, DEEPEST_INDENT};
use crate::source::Source;
use crate::text::continuity::Model;

/// What the text must say for the other order, as the logarithm of a likelihood: of 230 pages 40 pairs of rows say
/// more, and at least 34 of them are swapped; of those that say 6 to 9 half are.
const SURE: f32 = 9.0;

/// What one line behind another says at the most.
const MOST: f32 = 6.0;

/// Lines of a column begin no further apart than this, in ems, and are no shorter.
const NEAR: f32 = 2.5;
const SHORTEST: f32 = 5.0;

/// The rows above and below both that are asked are no more lines away from the lower one.
const FAR: u32 = 3;

/// Exchanges the heights of two rows next to each other where the lower one belongs above: `heights` has one for
/// each row with text.
pub fn swap(source: &Source, model: &Model, cells: &[Cell], heights: &mut [f32]) {
    let rows: Vec<&[Cell]> = cells.chunk_by(|a, b| a.line == b.line).collect();
    let line = |row: &[Cell]| row[0].line;
    let mut at = 0;
    while let Some([upper, lower]) = rows.get(at..at + 2) {
        // A row that was left over is one of columns further right.
        let left_over = line(lower) == line(upper) + 1 && lower[0].column > DEEPEST_INDENT;
        let about = [at.checked_sub(1), Some(at + 2)].map(|n| {
            let near = |row: &&&[Cell]| line(row).abs_diff(line(lower)) <= FAR;
            n.and_then(|n| rows.get(n)).filter(near)
        });
        let says = || lower.iter().map(|cell| for_the_other_order(source, model, cell, upper, about)).sum::<f32>();
        if left_over && says() > SURE {
            heights.swap(at, at + 1);
            at += 1;
        }
        at += 1;
    }
}

/// What the text of one column says for a cell of the lower row above that of the upper; `about` are the rows above
/// and below both.
fn for_the_other_order(
    source: &Source,
    model: &Model,
    cell: &Cell,
    upper: &[Cell],
    about: [Option<&&[Cell]>; 2],
) -> f32 {
    let column = |row| in_column(cell, row).filter(|other| (other.x - cell.x).abs() <= NEAR);
    let Some(above) = column(upper).filter(|above| above.width.min(cell.width) >= SHORTEST) else {
        return 0.0;
    };
    let [before, after] = about.map(|row| row.and_then(|row| column(row)));
    let link = |a: Option<&Cell>, b: Option<&Cell>| match (a, b) {
        (Some(a), Some(b)) => {
            let (tail, head) = (model.tail(source.get(a.span)), model.head(source.get(b.span)));
            model.goes_on(tail, head).clamp(-MOST, MOST)
        }
        _ => 0.0,
    };
    let order = |first, second| link(before, first) + link(first, second) + link(second, after);
    order(Some(cell), Some(above)) - order(Some(above), Some(cell))
}

#[cfg(test)]
mod tests {
    use crate::read::plain::plain;
    use crate::source::File;

    /// The texts of a page's last column, from the top.
    fn last_column(rows: &[&str]) -> String {
        let file = File { path: None, format: "layout", encoding: "UTF-8" };
        let (source, mut pages) = plain(rows.join("\n"), file).unwrap();
        super::super::grid(&source, &mut pages);
        let mut last: Vec<_> = pages[0].runs.iter().filter(|r| r.rect.unwrap().x0 > 15.0).collect();
        last.sort_by(|a, b| a.rect.unwrap().y0.total_cmp(&b.rect.unwrap().y0));
        last.iter().map(|r| source.get(r.span)).collect()
    }

    const LINES: [&str; 4] = [
        "新华社记者从有关部门了解到今年",
        "以来我国经济运行总体平稳稳中有",
        "进人民群众生活水平不断提高社会",
        "保障体系更加完善城乡居民的收入",
    ];

    /// The lines of [`LINES`] in an order, the third row without a first column.
    fn page(order: [usize; 4]) -> [String; 5] {
        let left =
            ["春天来了河边的柳树发了新芽孩子", "们在树下放着风筝老人们坐在桥头", "", "下棋说着去年的事情到天黑才回家"];
        let mut rows = [const { String::new() }; 5];
        for (n, (left, line)) in left.iter().zip(order).enumerate() {
            let room = if left.is_empty() { " ".repeat(16) } else { " ".to_owned() };
            rows[n] = [left, &*room, LINES[line]].concat();
        }
        rows
    }

    #[test]
    fn a_row_that_goes_on_above_the_one_before_it_stands_there() {
        for order in [[0, 1, 2, 3], [0, 2, 1, 3]] {
            let rows = page(order);
            assert_eq!(last_column(&rows.each_ref().map(String::as_str)), LINES.concat(), "{order:?}");
        }
    }

    #[test]
    fn a_row_of_all_columns_stands_where_it_is() {
        let mut rows = page([0, 2, 1, 3]);
        rows[2] = ["下棋说着去年的事情到天黑才回家 ", rows[2].trim_start()].concat();
        let found = last_column(&rows.each_ref().map(String::as_str));
        assert_eq!(found, [0, 2, 1, 3].map(|n| LINES[n]).concat());
    }
}
