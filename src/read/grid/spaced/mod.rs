//! Text with spaces between its words on a grid, where a single space parts words on most rows and columns on some.
//!
//! Which it is, one row does not tell, but the rows about it do: words begin anywhere, a column begins at one place,
//! and goes on below. Every row is measured in ems from its last sure place, a row's beginning or a wide gap: first
//! it is asked for columns of one measure side by side, as an article has them, then for any gutter.
//!
//! ```text
//! 지난해 봄 마을에 새 길이 났다 어 두운 밤에도 사람들이 오가고   a word begins here in every row,
//! 그 길로 아이들이 학교에 다니 고 장이 서는 날에는 수레도       at the other places in a third
//! ```

mod edges;
mod goes_on;
mod gutters;
mod pitch;

use super::{Cell, DEEPEST_INDENT};
use crate::source::Source;
use crate::text::continuity::Model;
use edges::Edges;
use goes_on::GoesOn;

/// How wide a column of the grid is in ems where nothing tells more: a column is where the line with the most
/// characters ends, and spaces are narrow.
pub const SCALE: f32 = 0.75;

/// A space between words, in ems, as wide as most are.
const SPACE: f32 = 0.4;

/// What a word says for a gutter by how far from it the word begins, as a logarithm of likelihoods.
struct Nearness {
    /// A word that is no further off, in ems, begins at the gutter; from there on less and less.
    at: f32,
    /// One that is so far off does not.
    off: f32,
    /// What the two say.
    hit: f32,
    miss: f32,
}

impl Nearness {
    /// From 1 at the gutter to 0 where a word is none of its.
    fn share(&self, off: f32) -> f32 {
        ((self.off - off.abs()) / (self.off - self.at)).clamp(0.0, 1.0)
    }

    /// What a word says that is so far off, and the text with it.
    fn says(&self, off: f32, text: f32) -> f32 {
        let share = self.share(off);
        (self.hit + text) * share + self.miss * (1.0 - share)
    }
}

/// A column of the grid is so much wider or narrower at the most, as a share.
const DOUBT: f32 = 0.3;

/// Rounds at the most: as many columns as a page has.
const ROUNDS: usize = 12;

/// Places every cell of a page of spaced text, and makes one cell of the words between two gutters.
pub fn gather(source: &Source, model: &Model, cells: &mut Vec<Cell>) {
    let begins = cells.iter().map(|c| c.leads || c.anchored).collect();
    let mut columns = Columns { begins, places: vec![None; cells.len()] };
    columns.measure(cells);
    let mut goes_on = GoesOn::of(source, model, cells);
    let found = pitch::columns(cells, &columns.begins, &mut goes_on);
    columns.take(cells, &found);
    for _ in 0..ROUNDS {
        let says = goes_on.says(cells, &columns.begins);
        let found = gutters::round(cells, &columns.begins, &says);
        columns.take(cells, &found);
        if found.is_empty() {
            break;
        }
    }
    let mut joined: Vec<Cell> = Vec::new();
    for (cell, begins) in cells.drain(..).zip(columns.begins) {
        match joined.last_mut() {
            Some(last) if !begins => {
                let end = cell.x + cell.width;
                last.join(&cell);
                last.width = end - last.x;
            }
            _ => joined.push(cell),
        }
    }
    *cells = joined;
}

/// What is known of a page's columns: for each word whether one begins with it, and where, in ems.
struct Columns {
    begins: Vec<bool>,
    places: Vec<Option<f32>>,
}

impl Columns {
    /// Takes up words that begin a column, with its place, and measures what follows from there: the stretch of
    /// justified spaces and the unknown width of letters add up within one column only.
    fn take(&mut self, cells: &mut [Cell], found: &[(usize, f32)]) {
        for (i, x) in found {
            self.begins[*i] = true;
            self.places[*i] = Some(*x);
        }
        self.measure(cells);
        self.settle(cells);
        self.measure(cells);
    }

    /// Sets every word behind the one before it, and those that begin a column at its place.
    fn measure(&self, cells: &mut [Cell]) {
        let mut end = 0.0;
        for ((cell, begins), place) in cells.iter_mut().zip(&self.begins).zip(&self.places) {
            cell.x = match (begins, place) {
                (false, _) => end + SPACE,
                (_, Some(x)) => *x,
                _ if cell.leads && cell.column <= DEEPEST_INDENT => cell.column as f32 / 2.0,
                _ => cell.about,
            };
            end = cell.x + cell.width;
        }
    }

    /// Finds the place of what stands behind wide gaps: the gutters tell which column of the grid is which.
    fn settle(&mut self, cells: &mut [Cell]) {
        let (begins, places) = (&self.begins, &mut self.places);
        for _ in 0..2 {
            let mut from = (0, 0);
            let mut met = Vec::new();
            for (i, cell) in cells.iter_mut().enumerate() {
                if !begins[i] {
                    continue;
                }
                if cell.leads || cell.anchored {
                    from = (cell.column, cell.reached.max(cell.column));
                    continue;
                }
                cell.reached = cell.reached.max(from.1 + (cell.column - from.0));
                from = (cell.column, cell.reached);
                met.push((cell.line, cell.x, cell.reached));
            }
            let edges = Edges { met };
            edges.reach(cells.iter_mut().zip(begins).filter_map(|(c, b)| b.then_some(c)));
            let mut end = 0.0f32;
            for (i, cell) in cells.iter().enumerate() {
                if cell.leads {
                    end = 0.0;
                }
                if begins[i] && cell.anchored {
                    let fits = |x: &f32| *x >= end && (x - cell.about).abs() <= 2.0 + cell.about * DOUBT;
                    places[i] = edges.place(cell).filter(fits);
                }
                end = cell.x + cell.width;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::read::plain::plain;
    use crate::source::File;
    use crate::text::width::width;

    const LEFT: &str = "마을 어귀에 새로 지은 도서관이 문을 열자 아이들이 먼저 달려왔다 책을 고르는 손길은 \
        바쁘고 창가에는 햇볕이 가득했다 할머니들은 돋보기를 쓰고 큰 글씨로 된 옛이야기를 읽으며 웃었고 저녁이면 \
        일을 마친 이들이 신문을 펼쳐 들었다 관장은 해마다 천 권씩 늘리겠다고 말했다";
    const RIGHT: &str = "강가의 오래된 다리를 고치는 공사가 봄부터 이어지고 있다 차들은 먼 길을 돌아 다니고 \
        장사하는 사람들은 손님이 줄었다며 한숨을 쉰다 시에서는 가을까지 끝내겠다고 했으나 장마가 길어 늦어질 듯하다 \
        주민들은 배를 띄워 건너자는 뜻을 모으기도 했다";
    const THIRD: &str = "올해 포도 농사는 풍년이다 비가 알맞게 내리고 볕이 좋아 알이 굵고 달다 농부들은 새벽부터 \
        밭에 나가 송이를 따고 상자에 담는다 값이 내릴까 걱정하면서도 얼굴에는 웃음이 돈다 조합은 술을 빚어 다른 \
        나라에 팔 길을 찾고 있다";

    /// Lines of a column, as wide as fits.
    fn set(text: &str, ems: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        for c in text.chars() {
            let last = lines.last_mut().unwrap();
            if width(&format!("{last}{c}")).middle() > ems {
                lines.push(String::new());
            }
            let last = lines.last_mut().unwrap();
            if c != ' ' || !last.is_empty() {
                last.push(c);
            }
        }
        lines.iter().map(|l| l.trim_end().to_owned()).collect()
    }

    /// Columns side by side as a dump has them: a space between, but filled up behind a short line.
    fn beside(columns: &[Vec<String>], ems: f32) -> String {
        let mut rows = String::new();
        for n in 0..columns.iter().map(Vec::len).max().unwrap() {
            let (mut row, mut edge) = (String::new(), 0);
            for (k, column) in columns.iter().enumerate() {
                let Some(line) = column.get(n) else { continue };
                if k > 0 {
                    let short = columns[k - 1].get(n).is_none_or(|l| width(l).middle() < ems - 2.0);
                    let fill = if short { edge - row.chars().count() } else { 1 };
                    row.push_str(&" ".repeat(fill));
                }
                row.push_str(line);
                edge += column.iter().map(|l| l.chars().count()).max().unwrap() + 1;
            }
            rows.push_str(&row);
            rows.push('\n');
        }
        rows
    }

    fn read(text: &str) -> Vec<(String, f32)> {
        let file = File { path: None, format: "layout", encoding: "UTF-8" };
        let (source, mut pages) = plain(text.to_owned(), file).unwrap();
        super::super::grid(&source, &mut pages);
        pages[0].runs.iter().map(|r| (source.get(r.span).to_owned(), r.rect.unwrap().x0)).collect()
    }

    /// Four lines of five are runs, and those of a column stand below each other.
    fn assert_parted(found: &[(String, f32)], columns: &[Vec<String>]) {
        for column in columns {
            let run = |line: &String| found.iter().find(|(text, _)| text == line).map(|f| f.1);
            let places: Vec<f32> = column.iter().filter_map(run).collect();
            assert!(places.len() * 5 >= column.len() * 4, "{} of {column:#?} in {found:#?}", places.len());
            let mut sorted = places.clone();
            sorted.sort_by(f32::total_cmp);
            let off = places.iter().filter(|x| (**x - sorted[sorted.len() / 2]).abs() > 1.0).count();
            assert!(off * 10 <= column.len(), "{places:?}");
        }
    }

    /// Three columns of some length, no line of which is another's.
    fn columns(ems: f32) -> [Vec<String>; 3] {
        [[LEFT, THIRD], [RIGHT, LEFT], [THIRD, RIGHT]].map(|[first, second]| {
            let second: Vec<&str> = second.split(' ').rev().collect();
            set(&format!("{first} {}", second.join(" ")), ems)
        })
    }

    #[test]
    fn columns_a_space_apart_are_parted() {
        let columns = &columns(15.0)[..2];
        assert_parted(&read(&beside(columns, 15.0)), columns);
    }

    #[test]
    fn every_gutter_is_found() {
        let columns = columns(14.0);
        assert_parted(&read(&beside(&columns, 14.0)), &columns);
    }

    #[test]
    fn four_rows_of_columns_of_one_measure_are_parted() {
        for ems in [14.0, 15.0, 18.0] {
            let columns = columns(ems).map(|column| column[..4].to_vec());
            let found = read(&beside(&columns, ems));
            assert_parted(&found, &columns);
            assert_eq!(found.len(), 12, "{found:#?}");
        }
    }

    #[test]
    fn behind_a_short_line_the_next_column_is_where_it_was() {
        let first = [set(LEFT, 15.0), set("길이 넓어졌다", 15.0)].concat();
        let columns = [[first.clone(), set(LEFT, 15.0)].concat(), [set(RIGHT, 15.0), set(THIRD, 15.0)].concat()];
        assert_parted(&read(&beside(&columns, 15.0)), &columns);
    }

    #[test]
    fn a_headline_across_columns_is_whole() {
        let columns = &columns(15.0)[..2];
        let headline = "도서관이 문을 열고 다리가 새로워지는 우리 마을의 한 해";
        let found = read(&format!("{headline}\n\n{}", beside(columns, 15.0)));
        assert_eq!(found[0].0, headline);
        assert_parted(&found, columns);
    }

    #[test]
    fn one_column_stays_whole() {
        let column = set(&[LEFT, RIGHT, THIRD].join(" "), 30.0);
        let found: Vec<String> = read(&column.join("\n")).into_iter().map(|f| f.0).collect();
        assert_eq!(found, column);
    }
}
