//! What the text says of gutters in spaced text: a column goes on with the row below it.
//!
//! ```text
//! 지난해 봄 마을에 새 길이 났다 어 두운 밤에도 사람들이 오가고   `어` goes on with `그`, `다` with `그`, or
//! 그 길로 아이들이 학교에 다니 고 장이 서는 날에는 수레도       `밤에도` with `그`?
//! ```

use super::{Cell, DEEPEST_INDENT};
use crate::source::Source;
use crate::text::continuity::{Head, Model};

/// What the model says of texts of which as many go on as do not; how much of what it says beside that counts, and
/// at the most. Lines of Korean newspapers have -1.6 in the mean, and those cut at another space -6.8.
const EVEN: f32 = -3.5;
const SHARE: f32 = 0.35;
const MOST: f32 = 2.0;

/// A column goes on so many lines further down at the most, at a place no further off, in ems.
const BELOW: u32 = 2;
const NEAR: f32 = 1.2;

/// For each word what the text says for a gutter before it, as the logarithm of odds: whether what stands before it,
/// from the nearest of the words that `begins` a column, goes on where that column does below.
pub fn goes_on(source: &Source, model: &Model, cells: &[Cell], begins: &[bool]) -> Vec<f32> {
    let mut says = vec![0.0f32; cells.len()];
    let mut from = 0;
    let mut rest = cells;
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|c| c.line == first.line).count();
        let below = Below { source, model, cells, begins, from: from + count };
        let (mut text, mut head) = (from, below.head(first));
        for i in from + 1..from + count {
            if begins[i] {
                (text, head) = (i, below.head(&cells[i]));
            } else if let Some(head) = head {
                let before = &source.text[cells[text].span.start as usize..cells[i - 1].span.end as usize];
                says[i] = (SHARE * (model.goes_on(model.tail(before), head) - EVEN)).clamp(-MOST, MOST);
            }
        }
        from += count;
        rest = &rest[count..];
    }
    says
}

/// The rows below one, of which the first begins with cell `from`.
struct Below<'a> {
    source: &'a Source,
    model: &'a Model,
    cells: &'a [Cell],
    begins: &'a [bool],
    from: usize,
}

impl Below<'_> {
    /// The text that stands at the place of a cell on one of them.
    fn head(&self, cell: &Cell) -> Option<Head> {
        let near = |c: &Cell| {
            let lead = c.leads && cell.leads && c.column.max(cell.column) <= DEEPEST_INDENT;
            lead || (c.x - cell.x).abs() <= NEAR
        };
        let rows = self.from..self.cells.len();
        let mut next = rows.take_while(|i| self.cells[*i].line <= cell.line + BELOW);
        let at = next.find(|i| self.begins[*i] && near(&self.cells[*i]))?;
        let row = self.cells[at..].iter().take_while(|c| c.line == self.cells[at].line);
        let end = row.last().map_or(0, |c| c.span.end);
        Some(self.model.head(&self.source.text[self.cells[at].span.start as usize..end as usize]))
    }
}
