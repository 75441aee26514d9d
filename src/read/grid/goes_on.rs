//! What the text says of gutters in spaced text: a column goes on with the row below it.
//!
//! ```text
//! 지난해 봄 마을에 새 길이 났다 어 두운 밤에도 사람들이 오가고   `어` goes on with `그`, `다` with `그`, or
//! 그 길로 아이들이 학교에 다니 고 장이 서는 날에는 수레도       `밤에도` with `그`?
//! ```

use super::{Cell, DEEPEST_INDENT};
use crate::source::Source;
use crate::text::continuity::Model;

/// What the model says of texts of which as many go on as do not; how much of what it says beside that counts, and
/// at the most. Lines of Korean newspapers have -1.6 in the mean, and those cut at another space -6.8.
const EVEN: f32 = -3.5;
const SHARE: f32 = 0.35;
const MOST: f32 = 2.0;

/// A column goes on so many lines further down at the most, at a place no further off, in ems.
const BELOW: u32 = 2;
const NEAR: f32 = 1.2;

/// What the text says of a page's gutters, as far as it was asked.
pub struct GoesOn<'a> {
    source: &'a Source,
    model: &'a Model,
    /// For each word the first one of its text and of the text below that it was asked for last, and the answer.
    asked: Vec<Option<(usize, usize, f32)>>,
}

impl<'a> GoesOn<'a> {
    pub fn of(source: &'a Source, model: &'a Model, cells: &[Cell]) -> GoesOn<'a> {
        GoesOn { source, model, asked: vec![None; cells.len()] }
    }

    /// For each word what the text says for a gutter before it, as the logarithm of odds: whether what stands before
    /// it, from the nearest of the words that `begins` a column, goes on where that column does below.
    pub fn says(&mut self, cells: &[Cell], begins: &[bool]) -> Vec<f32> {
        let mut says = vec![0.0f32; cells.len()];
        let mut from = 0;
        let mut rest = cells;
        while let Some(first) = rest.first() {
            let count = rest.iter().take_while(|c| c.line == first.line).count();
            let below = |i: usize| below(cells, begins, &cells[i], from + count);
            let (mut text, mut at) = (from, below(from));
            for i in from + 1..from + count {
                if begins[i] {
                    (text, at) = (i, below(i));
                } else if let Some(at) = at {
                    says[i] = self.ask(cells, i, text, at);
                }
            }
            from += count;
            rest = &rest[count..];
        }
        says
    }

    /// What is said for a gutter before word `i` of the text that begins with another, if it goes on with `at`.
    fn ask(&mut self, cells: &[Cell], i: usize, text: usize, at: usize) -> f32 {
        if let Some((_, _, says)) = self.asked[i].filter(|asked| (asked.0, asked.1) == (text, at)) {
            return says;
        }
        let row = cells[at..].iter().take_while(|c| c.line == cells[at].line);
        let end = row.last().map_or(0, |c| c.span.end);
        let next = self.model.head(&self.source.text[cells[at].span.start as usize..end as usize]);
        let before = &self.source.text[cells[text].span.start as usize..cells[i - 1].span.end as usize];
        let says = (SHARE * (self.model.goes_on(self.model.tail(before), next) - EVEN)).clamp(-MOST, MOST);
        self.asked[i] = Some((text, at, says));
        says
    }
}

/// The word that begins a text at the place of another one, on one of the next rows, of which the first begins with
/// cell `from`.
fn below(cells: &[Cell], begins: &[bool], cell: &Cell, from: usize) -> Option<usize> {
    let near = |c: &Cell| {
        let lead = c.leads && cell.leads && c.column.max(cell.column) <= DEEPEST_INDENT;
        lead || (c.x - cell.x).abs() <= NEAR
    };
    let mut next = (from..cells.len()).take_while(|i| cells[*i].line <= cell.line + BELOW);
    next.find(|i| begins[*i] && near(&cells[*i]))
}

#[cfg(test)]
mod tests {
    use super::super::row;
    use super::*;
    use crate::source::File;
    use crate::text::continuity::model;
    use crate::text::language::Language;

    #[test]
    fn a_gutter_is_where_the_row_below_goes_on() {
        let rows = "정부는 어제 새로운 대책을 발표 다리를 건너는 사람이\n했다. 주민들은 기뻐하며 환영했다 많아서 새로 놓은 다리가";
        let file = File { path: None, format: "layout", encoding: "UTF-8" };
        let (source, pages) = crate::read::plain::plain(rows.to_owned(), file).unwrap();
        let mut cells = Vec::new();
        pages[0].runs.iter().for_each(|line| row(&source, *line, &mut cells));
        let begins: Vec<bool> = cells.iter().map(|c| c.leads).collect();
        let says = GoesOn::of(&source, model(Language::Korean, ""), &cells).says(&cells, &begins);
        let first = cells.iter().take_while(|c| c.line == 1).count();
        let most = (0..first).max_by(|a, b| says[*a].total_cmp(&says[*b])).unwrap();
        assert_eq!(source.get(cells[most].span), "다리를", "{says:?}");
        assert!(says[first..].iter().all(|s| *s == 0.0), "nothing stands below the last row");
    }
}
