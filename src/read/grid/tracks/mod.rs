//! Where the cells of unspaced text stand, in ems.
//!
//! Below each other the cells of one column make a track. Row by row, from the top, every cell goes on
//! with a track, opens one, or belongs to the text before it: the cheapest way to do so for the whole row.
//! What tells which track is told by how the program that makes the grid counts:
//!
//! - Behind a single space a cell stands a gutter from the text before it, which is a full line: how wide
//!   that text is tells the place to an em or so, as punctuation is squeezed.
//! - Behind more spaces there is room for a gutter and more, and the cell's column is the furthest that
//!   any text to its left in the same block reaches. So it is the same wherever the block has its edge,
//!   a few characters more where a line is set in, and no less than that of cells behind single spaces.
//!
//! ```text
//! 值1349084亿元，按不变价格计算，比上 工、建材、钢铁等规模以上工业的    22 characters to the edge
//! 年增长5.0%。                        标。                                the same edge, filled up to
//! ```

mod row;
mod track;

use super::{ALIKE, Cell, DEEPEST_INDENT, GUTTER, INDENT, SPACE};
use row::{Choice, Known, Step, row};
use track::{Seen, Track};

/// Rows up and down in which the first column's edge is looked for.
const LEADS: u32 = 12;

/// So many tracks are open at the most.
const MOST: usize = 48;

/// What it costs to open a track behind a single space, and to take the space for one between words: at first,
/// and once most tracks are known.
const OPENS: [f32; 2] = [2.5, 4.5];
const JOINS: [f32; 2] = [3.0, 3.5];

/// A new place is reckoned from a known one if it is no further off than so many columns, and is the same
/// as a known one that is no further off in ems.
const NEAR: u32 = 4;
const SAME: f32 = 1.2;

/// So many lines make the place of a track that is over worth knowing.
const STANDING: usize = 3;

/// Passes over the page: each knows the tracks of the one before, also those that begin further down.
const PASSES: usize = 3;

/// Rounds in which the tracks find their places.
const ROUNDS: usize = 4;

/// Finds where each cell stands, and makes one cell of those that are one text.
pub fn place(cells: &mut Vec<Cell>) {
    let mut known = Vec::new();
    for _ in 1..PASSES {
        known = Pass::over(cells, known).known(cells);
    }
    let pass = Pass::over(cells, known);
    let xs: Vec<f32> = (0..cells.len()).map(|i| pass.x(i)).collect();
    let mut placed: Vec<Cell> = Vec::with_capacity(cells.len());
    for (i, cell) in cells.drain(..).enumerate() {
        match placed.last_mut() {
            Some(last) if pass.of[i].is_none() => last.join(&cell),
            _ => placed.push(Cell { x: xs[i], ..cell }),
        }
    }
    *cells = placed;
}

/// The tracks of a page; for each cell its own, none where it belongs to the text before it, and what it
/// is set in by.
struct Pass {
    tracks: Vec<Track>,
    of: Vec<Option<usize>>,
    set_in: Vec<f32>,
}

impl Pass {
    /// Goes down the rows with the tracks that are known.
    fn over(cells: &[Cell], known: Vec<Track>) -> Pass {
        let leads = first_column(cells);
        let later = usize::from(!known.is_empty());
        let mut tracks = vec![Track::at(0.0, true)];
        tracks.extend(known);
        let mut pass = Pass { tracks, of: vec![None; cells.len()], set_in: vec![0.0; cells.len()] };
        let mut waiting: Vec<usize> = (1..pass.tracks.len()).collect();
        waiting.sort_by_key(|t| std::cmp::Reverse(*pass.tracks[*t].lines().start()));
        // Those that may go on, and those that were over not long ago.
        let (mut open, mut over): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        let (mut from, mut before) = (0, 0);
        for cells_of_row in cells.chunk_by(|a, b| a.line == b.line) {
            let line = cells_of_row[0].line;
            while let Some(t) = waiting.pop_if(|t| *pass.tracks[*t].lines().start() <= line) {
                open.push(t);
            }
            let last = |t: &usize| *pass.tracks[*t].lines().end();
            over.extend(open.extract_if(.., |t| last(t) < line).filter(|t| pass.tracks[*t].len() >= STANDING));
            over.retain(|t| last(t) + ALIKE >= line);
            open.drain(..open.len().saturating_sub(MOST));
            over.drain(..over.len().saturating_sub(MOST));
            let standing: Vec<&Track> = over.iter().chain(&open).map(|t| &pass.tracks[*t]).collect();
            let known = Known {
                tracks: &pass.tracks,
                open: &open,
                opens: OPENS[later],
                joins: JOINS[later],
                free: line > before + 1 || cells.get(from + cells_of_row.len()).is_none_or(|c| c.line > line + 1),
                new_place: &|cell, least| new_place(&standing, cell, least),
            };
            let steps = row(cells_of_row, leads[from], &known);
            for (n, step) in steps.iter().enumerate() {
                pass.take(cells, from + n, step, &mut open);
            }
            from += cells_of_row.len();
            before = line;
        }
        pass.settle(cells);
        pass
    }

    /// Where a cell begins.
    fn x(&self, i: usize) -> f32 {
        self.of[i].map_or(0.0, |t| self.tracks[t].x) + self.set_in[i]
    }

    /// What the next pass may know.
    fn known(self, cells: &[Cell]) -> Vec<Track> {
        self.tracks.into_iter().skip(1).filter_map(|t| t.known(cells, &self.set_in)).collect()
    }

    fn take(&mut self, cells: &[Cell], i: usize, step: &Step, open: &mut Vec<usize>) {
        let cell = &cells[i];
        let (t, set_in) = match step.choice {
            Choice::Joins => return,
            Choice::Opens => {
                open.push(self.tracks.len());
                self.tracks.push(Track::at(step.x, !cell.anchored));
                (self.tracks.len() - 1, 0.0)
            }
            Choice::Moves { track: t } => {
                (self.tracks[t].x, self.tracks[t].sure) = (step.x, true);
                (t, 0.0)
            }
            Choice::Goes { track: t, set_in, were } => {
                if were {
                    self.tracks[t].set_in(&mut self.set_in);
                }
                (t, set_in)
            }
        };
        self.of[i] = Some(t);
        self.set_in[i] = set_in;
        let track = &mut self.tracks[t];
        track.members.push(i);
        track.sure |= !cell.anchored;
        track.see(Seen::of(cell, set_in));
    }

    /// Moves every track to where most of its cells behind single spaces stand.
    fn settle(&mut self, cells: &[Cell]) {
        let texts = self.texts(cells);
        let guesses: Vec<f32> = self.tracks.iter().map(|t| t.x).collect();
        for _ in 0..ROUNDS {
            for (t, guess) in guesses.iter().enumerate().skip(1) {
                let (mut wants, mut least): (Vec<f32>, Vec<f32>) = (Vec::new(), Vec::new());
                for &m in self.tracks[t].members.iter().filter(|m| !cells[**m].leads) {
                    let (first, width) = texts[m - 1];
                    let place = self.x(first) + width + GUTTER;
                    if cells[m].anchored { least.push(place - self.set_in[m]) } else { wants.push(place) }
                }
                wants.sort_by(f32::total_cmp);
                least.sort_by(f32::total_cmp);
                // One text before it may have been taken for too much.
                let behind = least.get(least.len() * 4 / 5).copied().unwrap_or(0.0);
                self.tracks[t].x = wants.get(wants.len() / 2).copied().unwrap_or(guess.max(behind));
            }
        }
    }

    /// For each cell the first one of the text that it belongs to, and how wide that is up to its end.
    fn texts(&self, cells: &[Cell]) -> Vec<(usize, f32)> {
        let mut texts: Vec<(usize, f32)> = Vec::with_capacity(cells.len());
        for (i, cell) in cells.iter().enumerate() {
            let before = texts.last().filter(|_| self.of[i].is_none());
            texts.push(before.map_or((i, cell.width), |(first, width)| (*first, width + SPACE + cell.width)));
        }
        texts
    }
}

/// Where a cell behind several spaces stands that no open track explains, no less than so far right.
fn new_place(standing: &[&Track], cell: &Cell, least: f32) -> f32 {
    // Where another block has an edge at the same column, or near it.
    let edges = standing.iter().filter_map(|t| Some((t.edge()?, t.x)));
    let x = match edges.min_by_key(|(edge, _)| edge.column.abs_diff(cell.column)) {
        Some((edge, x)) if edge.column.abs_diff(cell.column) <= NEAR => x + cell.about - edge.about,
        _ => cell.about,
    };
    let near = standing.iter().map(|t| t.x).filter(|edge| (edge - x).abs() <= SAME && *edge >= least);
    near.min_by(|a, b| (a - x).abs().total_cmp(&(b - x).abs())).unwrap_or(x).max(least)
}

/// The first column's edge is where the leftmost of the rows about begin; a row that begins further
/// right is set in.
fn first_column(cells: &[Cell]) -> Vec<Option<f32>> {
    let leads = |cell: &&Cell| cell.leads && cell.column <= DEEPEST_INDENT;
    let rows: Vec<(u32, u32)> = cells.iter().filter(leads).map(|c| (c.line, c.column)).collect();
    let mut low = 0;
    let place = |cell: &Cell| {
        if !leads(&cell) {
            return None;
        }
        while rows[low].0 + LEADS < cell.line {
            low += 1;
        }
        let near = rows[low..].iter().take_while(|r| r.0 <= cell.line + LEADS);
        let base = near.map(|r| r.1).min().unwrap_or(0);
        Some(((cell.column - base) as f32).min(INDENT))
    };
    cells.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::super::row as cells_of;
    use super::*;
    use crate::source::{File, Source};

    fn placed(rows: &[&str]) -> (Source, Vec<Cell>) {
        let file = File { path: None, format: "layout", encoding: "UTF-8" };
        let (source, pages) = crate::read::plain::plain(rows.join("\n"), file).unwrap();
        let mut cells = Vec::new();
        pages[0].runs.iter().for_each(|line| cells_of(&source, *line, super::super::SCALE, &mut cells));
        place(&mut cells);
        (source, cells)
    }

    fn texts(rows: &[&str]) -> Vec<String> {
        let (source, cells) = placed(rows);
        cells.iter().map(|c| source.get(c.span).to_owned()).collect()
    }

    /// Where the last cell of each row stands.
    fn last_places(rows: &[&str]) -> Vec<f32> {
        let (_, cells) = placed(rows);
        let last = |line: u32| cells.iter().rfind(|c| c.line == line).unwrap().x;
        (1..=rows.len() as u32).map(last).collect()
    }

    const ROWS: &[&str] = &[
        "春天来了河边的柳树发了新芽 秋天到了山上的枫叶红了一片",
        "孩子们在树下放着长长的风筝 游人慢慢地走上山去看着红叶",
        "到天黑才回家。       他们在亭子里坐着喝了一杯茶",
        "老人们在桥头，下棋，说话， 又沿着小路走下山来回到家里",
        "说着去年今日里的那一场大雨   冬天下雪，屋顶白了，河水",
        "还有那座被大水冲走的旧木桥 也结了冰，没有人再去放风筝",
    ];

    #[test]
    fn a_column_has_one_edge_whether_the_line_before_it_is_full_squeezed_or_short() {
        let places = last_places(ROWS);
        for (row, x) in places.iter().enumerate().filter(|(row, _)| *row != 4) {
            assert!((x - places[0]).abs() <= 1.0, "row {row} at {x}, not at {}", places[0]);
        }
    }

    #[test]
    fn wide_room_behind_a_full_line_is_an_indent() {
        let places = last_places(ROWS);
        let indent = places[4] - places[3];
        // The column alone would put it 2.7 ems in.
        assert!((indent - INDENT).abs() <= 0.5, "{indent}");
    }

    #[test]
    fn rows_that_begin_further_right_are_set_in() {
        let places = last_places(&["天气很好。", "  第二段从这里开始写起", "到这里结束。"]);
        assert_eq!(places, [0.0, 2.0, 0.0]);
    }

    #[test]
    fn a_track_that_begins_with_an_indent_is_seen_below() {
        let places = last_places(&[
            "春天来了河边的柳树发了新芽   秋天到了山上的枫叶红了",
            "孩子们在树下放着长长的风筝 一片，游人慢慢地走上山去看",
            "到天黑才回家。       着红叶，在亭子里坐着喝茶。",
            "老人们在桥头下着棋说着旧事   冬天下雪，屋顶都白了。",
        ]);
        for (row, x) in places.iter().enumerate() {
            let set_in = if row == 0 || row == 3 { INDENT } else { 0.0 };
            assert!((x - places[1] - set_in).abs() < 0.5, "{places:?}");
        }
    }

    #[test]
    fn no_column_is_as_narrow_as_a_name() {
        let row = "河边张弛 吴桐 春天来了 秋天到了山上的枫叶红了一片";
        let texts = texts(&[&[row], &ROWS[1..]].concat());
        assert_eq!(texts[..2], ["河边张弛 吴桐 春天来了", "秋天到了山上的枫叶红了一片"]);
    }

    #[test]
    fn a_column_that_is_narrow_all_the_way_down_is_one() {
        let rows = [
            "新芽 春天来了河边的柳树发了新芽",
            "孩子 们在树下放着长长的风筝。",
            "日里 秋天到了山上的枫叶红了一片",
            "的那 游人慢慢地走上山去看着红叶",
            "老人 们在桥头下着棋说着旧事。",
            "河边 冬天下雪，屋顶都白了，河水",
        ];
        let words = rows.iter().flat_map(|row| row.split(' ')).collect::<Vec<_>>();
        assert_eq!(texts(&rows), words);
    }

    #[test]
    fn a_title_with_a_space_in_it_is_one_text_and_a_column_begins_below() {
        let rows = [
            "河边的柳树发了新芽 山上的枫叶",
            "",
            "春天来了河边的柳树发了新芽 秋天到了山上的枫叶红了一片",
            "孩子们在树下放着长长的风筝 游人慢慢地走上山去看着红叶",
            "老人们在桥头下着棋说着旧事 他们在亭子里坐着喝了一杯茶",
        ];
        let texts = texts(&rows);
        assert_eq!(texts[0], rows[0]);
        assert_eq!(texts.len(), 7, "{texts:?}");
    }
}
