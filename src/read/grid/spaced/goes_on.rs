//! What the text says of gutters in spaced text: a column goes on with the row below it.
//!
//! ```text
//! 지난해 봄 마을에 새 길이 났다 어 두운 밤에도 사람들이 오가고   `어` goes on with `그`, `다` with `그`, or
//! 그 길로 아이들이 학교에 다니 고 장이 서는 날에는 수레도       `밤에도` with `그`?
//! ```

use super::super::{Cell, DEEPEST_INDENT};
use crate::source::{Source, Span};
use crate::text::continuity::{Head, Model, Tail};

/// What the model says of texts of which as many go on as do not; how much of what it says beside that counts, and
/// at the most. Of twelve pairs of figures these read 56 Korean grids best, and those beside them as well as that.
const EVEN: f32 = 0.2;
const SHARE: f32 = 0.4;
const MOST: f32 = 3.0;

/// A column goes on so many lines further down at the most, at a place no further off, in ems.
const BELOW: u32 = 2;
const NEAR: f32 = 1.2;

/// What the text says of a page's gutters, as far as it was asked.
pub struct GoesOn<'a> {
    source: &'a Source,
    model: &'a Model,
    /// For each word the text of its row before it, and from it on.
    texts: Vec<[Span; 2]>,
    tails: Vec<Option<Tail>>,
    heads: Vec<Option<Head>>,
    /// For each word the words it was asked for, and the answers.
    asked: Vec<Vec<(usize, f32)>>,
}

impl<'a> GoesOn<'a> {
    pub fn of(source: &'a Source, model: &'a Model, cells: &[Cell]) -> GoesOn<'a> {
        let mut texts = Vec::with_capacity(cells.len());
        for row in cells.chunk_by(|a, b| a.line == b.line) {
            let (start, end) = (row[0].span.start, row[row.len() - 1].span.end);
            let ends = std::iter::once(start).chain(row.iter().map(|c| c.span.end));
            texts.extend(
                row.iter()
                    .zip(ends)
                    .map(|(c, before)| [Span { start, end: before }, Span { start: c.span.start, end }]),
            );
        }
        let count = texts.len();
        GoesOn {
            source,
            model,
            texts,
            tails: vec![None; count],
            heads: vec![None; count],
            asked: vec![Vec::new(); count],
        }
    }

    /// Whether what stands before word `i` on its row goes on with word `j` of another, as the logarithm of odds.
    pub fn link(&mut self, i: usize, j: usize) -> f32 {
        if let Some((_, says)) = self.asked[i].iter().find(|asked| asked.0 == j) {
            return *says;
        }
        let (source, model, texts) = (self.source, self.model, &self.texts);
        let tail = *self.tails[i].get_or_insert_with(|| model.tail(source.get(texts[i][0])));
        let head = *self.heads[j].get_or_insert_with(|| model.head(source.get(texts[j][1])));
        let says = (SHARE * (model.goes_on(tail, head) - EVEN)).clamp(-MOST, MOST);
        self.asked[i].push((j, says));
        says
    }

    /// For each word what the text says for a gutter before it, as the logarithm of odds: whether what stands before
    /// it, from the nearest of the words that `begins` a column, goes on where that column does below.
    pub fn says(&mut self, cells: &[Cell], begins: &[bool]) -> Vec<f32> {
        let mut says = vec![0.0f32; cells.len()];
        let mut from = 0;
        for row in cells.chunk_by(|a, b| a.line == b.line) {
            let next = from + row.len();
            let mut at = below(cells, begins, &cells[from], next);
            for i in from + 1..next {
                if begins[i] {
                    at = below(cells, begins, &cells[i], next);
                } else if let Some(at) = at {
                    says[i] = self.link(i, at);
                }
            }
            from = next;
        }
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
    use super::super::super::row;
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
        pages[0].runs.iter().for_each(|line| row(&source, *line, 1.0, &mut cells));
        let begins: Vec<bool> = cells.iter().map(|c| c.leads).collect();
        let says = GoesOn::of(&source, model(Language::Korean, ""), &cells).says(&cells, &begins);
        let first = cells.iter().take_while(|c| c.line == 1).count();
        let most = (0..first).max_by(|a, b| says[*a].total_cmp(&says[*b])).unwrap();
        assert_eq!(source.get(cells[most].span), "다리를", "{says:?}");
        assert!(says[first..].iter().all(|s| *s == 0.0), "nothing stands below the last row");
    }
}
