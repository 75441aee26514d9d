//! Tables: rows of cells, told by how a column of them is set.
//!
//! Text is set from the left edge of its column to the right one. Figures stand at the right edge alone, and
//! some cells in the middle: no text does. What stands on a row with such a cell is of that row.
//!
//! ```text
//! 品名            数量     金额
//! 苹果               2    11.60
//! 有机鲜牛奶          1    12.90
//! ```

use super::gap::{Gap, between};
use super::sheet::Sheet;
use crate::geometry::{Rect, median};

/// A table has so many rows, and this share of its rows have a cell in the column that tells it.
const FEWEST: usize = 3;
const MOST: f32 = 0.6;

/// Cells that end at one edge, or have their middles in one line, do within so many ems, and begin so far from
/// each other.
const SET: f32 = 0.5;
const RAGGED: f32 = 0.4;

/// Figures, and the texts of a form, are no wider than this, in ems.
const FIGURES: f32 = 8.0;

/// A column as wide as this, in ems, is one of text where so many of its lines reach from edge to edge, to such a
/// fraction of an em: no table has one.
const TEXT: f32 = 5.0;
const FULL_LINES: f32 = 0.4;
const REACHED: f32 = 0.6;

/// Cells of one row have their middles within so many ems of each other.
const LEVEL: f32 = 0.4;

/// Columns are unlike where one is wider than another by this factor.
const UNLIKE: f32 = 1.6;

/// The rows of a form follow each other at so many ems, and this share of its cells is there.
const FORM_PITCH: f32 = 1.7;
const FULL: f32 = 0.9;

/// A cell has one line, no higher than this, in ems.
const HIGH: f32 = 1.6;

impl Sheet {
    /// True where a region is a table; `gutters` part its columns.
    pub(super) fn is_table(&self, region: &[usize], gutters: &[Gap]) -> bool {
        if self.blocks || gutters.is_empty() || region.len() < 2 * FEWEST {
            return false;
        }
        let columns = self.columns_of(region, gutters);
        let narrow = |i: &&usize| self.boxes[**i].width() <= FIGURES;
        if columns[1..].iter().all(|c| c.iter().filter(narrow).count() < FEWEST) {
            return false;
        }
        let first = self.by(&columns[0], Rect::middle);
        // The rows that have a cell in the first column, and all others.
        let level = |r: Rect| {
            let near = first.partition_point(|(middle, _)| *middle < r.middle() - LEVEL);
            first.get(near).is_some_and(|(middle, _)| *middle <= r.middle() + LEVEL)
        };
        // A title above them and notes below them are none of the rows.
        let rows = |cells: &[Rect]| {
            let (top, foot) = cells.iter().fold((f32::INFINITY, 0f32), |(t, f), r| (t.min(r.y0), f.max(r.y1)));
            let own = between(&first, top, foot);
            own.chunk_by(|a, b| b.0 - a.0 <= LEVEL).count()
        };
        let texts: Vec<bool> = columns.iter().map(|c| self.is_text(c)).collect();
        let aligned = spread(columns[0].iter().map(|i| self.boxes[*i].x0)) <= SET;
        let told = columns.iter().enumerate().skip(1).any(|(n, column)| {
            let all: Vec<Rect> = self.by(column, Rect::middle).iter().map(|(_, i)| self.boxes[*i]).collect();
            let (Some(from), Some(to)) = (all.iter().position(|r| level(*r)), all.iter().rposition(|r| level(*r)))
            else {
                return false;
            };
            let cells = &all[from..=to];
            cells.len() >= FEWEST
                && cells.len() as f32 >= MOST * rows(cells) as f32
                && cells.iter().all(|r| r.height() <= HIGH && level(*r))
                && texts.iter().enumerate().all(|(other, text)| !text || other == n)
                && are_set_as_cells(cells, aligned && columns.len() > 2)
        });
        told || !texts.contains(&true) && self.is_form(&columns, &first, level)
    }

    /// True where a column's lines reach from its left edge to its right one, as running text does.
    pub(super) fn is_text(&self, column: &[usize]) -> bool {
        let Some(all) = self.around(column).filter(|r| r.width() >= TEXT) else { return false };
        let full = column.iter().filter(|i| self.boxes[**i].width() >= all.width() - REACHED).count();
        full as f32 >= FULL_LINES * column.len() as f32
    }

    /// True where some columns are wider than others, as what a label says is than the label.
    pub(super) fn are_unlike(&self, columns: &[Vec<usize>]) -> bool {
        let widths = || columns.iter().filter_map(|c| self.around(c)).map(|r| r.width());
        widths().fold(0.0, f32::max) >= UNLIKE * widths().fold(f32::INFINITY, f32::min)
    }

    /// True where short texts fill three columns or more, row by row, with more room between rows than text has:
    /// `姓名  张三  性别  男`.
    fn is_form(&self, columns: &[Vec<usize>], first: &[(f32, usize)], level: impl Fn(Rect) -> bool) -> bool {
        let cells: Vec<Rect> = columns.iter().flatten().map(|i| self.boxes[*i]).collect();
        let whole = cells.len() as f32 >= FULL * (columns.len() * first.len()) as f32;
        let pitch = median(first.windows(2).map(|w| w[1].0 - w[0].0));
        columns.len() > 2
            && self.are_unlike(columns)
            && first.len() > FEWEST
            && whole
            && pitch >= FORM_PITCH
            && median(cells.iter().map(|r| r.width())) <= FIGURES
            && cells.iter().all(|r| r.height() <= HIGH && level(*r))
    }

    /// Those of a column's boxes, from top to bottom and from left to right, that are cells of a table: all from its
    /// first row of several to its last; what stands above and below it alone is its title and its notes.
    pub(super) fn cells(&self, column: &[usize]) -> Vec<usize> {
        if !self.is_table(column, &self.gutters(column)) {
            return Vec::new();
        }
        let beside = |n: &usize| {
            let (a, b) = (self.boxes[column[*n]], self.boxes[column[*n + 1]]);
            (a.middle() - b.middle()).abs() <= LEVEL
        };
        let mut pairs = (0..column.len() - 1).filter(beside);
        let first = pairs.next().unwrap_or_default();
        let last = pairs.next_back().unwrap_or(first) + 1;
        column[first..=last].to_vec()
    }
}

/// True where the cells of a column end at one edge without beginning at one, or, where they may, stand in its middle.
fn are_set_as_cells(cells: &[Rect], in_middle: bool) -> bool {
    let (left, right) = (spread(cells.iter().map(|r| r.x0)), spread(cells.iter().map(|r| r.x1)));
    let middle = in_middle && right >= RAGGED && spread(cells.iter().map(|r| (r.x0 + r.x1) / 2.0)) <= SET;
    left >= RAGGED && (right <= SET || middle) && cells.iter().all(|r| r.width() <= FIGURES)
}

/// How far the highest of some figures is from the lowest.
fn spread(figures: impl Iterator<Item = f32> + Clone) -> f32 {
    figures.clone().fold(f32::NEG_INFINITY, f32::max) - figures.fold(f32::INFINITY, f32::min)
}

#[cfg(test)]
mod tests {
    use crate::stage::drawn::{FERRY, WHEAT, mended, places, set, umi};

    /// A row of a table: texts and where each begins.
    type Row<'a> = &'a [(&'a str, f32)];

    /// The same where each but the first ends at its place; letters are as wide as Han here.
    fn right<'a>(cells: &[(&'a str, f32)]) -> Vec<(&'a str, f32)> {
        let place = |(n, (text, x)): (usize, &(&'a str, f32))| {
            (*text, if n == 0 { *x } else { x - 20.0 * text.chars().count() as f32 })
        };
        cells.iter().enumerate().map(place).collect()
    }

    /// The rows of what a page with a title holds, as they come out.
    fn rows(rows: &[Row], pitch: f32) -> Vec<String> {
        let mut lines = vec![("价目一览", 200.0, 40.0, 30.0)];
        for (n, row) in rows.iter().enumerate() {
            lines.extend(row.iter().map(|(text, x)| (*text, *x, 100.0 + pitch * n as f32, 20.0)));
        }
        let document = mended(&umi(&lines));
        document.blocks().filter(|b| b.role.name() == "table").map(|b| b.text(&document.source)).collect()
    }

    #[test]
    fn figures_at_the_right_edge_make_a_table() {
        let menu = [
            [("宫保鸡丁", 60.0), ("三八", 500.0)],
            [("鱼香肉丝饭", 60.0), ("二", 500.0)],
            [("米饭", 60.0), ("一〇五", 500.0)],
        ];
        let menu: Vec<_> = menu.iter().map(|row| right(row)).collect();
        let found = rows(&menu.iter().map(Vec::as_slice).collect::<Vec<_>>(), 34.0);
        assert_eq!(found, ["宫保鸡丁\t三八", "鱼香肉丝饭\t二", "米饭\t一〇五"]);
    }

    #[test]
    fn short_texts_in_rows_and_columns_make_a_form() {
        let form: [Row; 4] = [
            &[("姓名", 60.0), ("张晓明", 200.0), ("性别", 400.0), ("男", 520.0)],
            &[("出生日期", 60.0), ("九〇年五月", 200.0), ("民族", 400.0), ("汉", 520.0)],
            &[("学历", 60.0), ("本科", 200.0), ("专业", 400.0), ("机械", 520.0)],
            &[("籍贯", 60.0), ("重庆北碚", 200.0), ("邮编", 400.0), ("四〇", 520.0)],
        ];
        let found = rows(&form, 40.0);
        assert_eq!(found.len(), 4, "{found:?}");
        assert_eq!(found[1], "出生日期\t九〇年五月\t民族\t汉");
    }

    #[test]
    fn poems_side_by_side_are_no_table() {
        let poems: [Row; 5] = [
            &[("静夜思", 100.0), ("登鹳雀楼", 400.0)],
            &[("床前明月光，", 100.0), ("白日依山尽，", 400.0)],
            &[("疑是地上霜。", 100.0), ("黄河入海流。", 400.0)],
            &[("举头望明月，", 100.0), ("欲穷千里目，", 400.0)],
            &[("低头思故乡。", 100.0), ("更上一层楼。", 400.0)],
        ];
        assert!(rows(&poems, 36.0).is_empty());
    }

    #[test]
    fn a_table_within_a_column_parts_its_text_from_nothing_else() {
        let mut lines: Vec<(String, f32, f32, f32)> = Vec::new();
        let mut text = |text: &str, x: f32, y: f32| {
            for (n, line) in set(text, 12).lines().enumerate() {
                let indent = if n == 0 { 40.0 } else { 0.0 };
                lines.push((line.to_owned(), x + indent, y + 30.0 * n as f32, 20.0));
            }
        };
        text(FERRY, 60.0, 100.0);
        text(WHEAT, 60.0, 280.0);
        text(FERRY, 360.0, 100.0);
        text(WHEAT, 360.0, 400.0);
        for (n, (city, figure)) in [("北京", "二一八四"), ("上海", "七"), ("广州", "一二六")].into_iter().enumerate()
        {
            let y = 280.0 + 34.0 * n as f32;
            lines.push((city.to_owned(), 370.0, y, 20.0));
            lines.push((figure.to_owned(), 590.0 - 20.0 * figure.chars().count() as f32, y, 20.0));
        }
        let lines: Vec<_> = lines.iter().map(|(text, x, y, size)| (text.as_str(), *x, *y, *size)).collect();
        let found = places(&umi(&lines), &["北京\t二一八四", "上海\t七", "广州\t一二六"]);
        assert!(found.iter().all(|(_, role)| *role == "table"), "{found:?}");
    }

    /// Columns of text side by side, in lines of so many ems, the first of each set in; no line is short.
    fn text(measure: usize, pitch: f32, columns: usize) -> Vec<(String, f32, f32, f32)> {
        let texts = [FERRY, WHEAT];
        let line = |column: usize, n: usize| {
            let indent = if n == 0 { 2 } else { 0 };
            let text =
                texts[column % 2].chars().cycle().skip(7 * column + measure * n).take(measure - indent).collect();
            let x = 60.0 + (measure as f32 + 2.0) * 20.0 * column as f32 + 20.0 * indent as f32;
            (text, x, 100.0 + pitch * n as f32, 20.0)
        };
        (0..columns).flat_map(|column| (0..6).map(move |n| (column, n))).map(|(column, n)| line(column, n)).collect()
    }

    /// The roles on a page of such lines.
    fn roles(lines: &[(String, f32, f32, f32)]) -> Vec<&'static str> {
        let lines: Vec<_> = lines.iter().map(|(text, x, y, size)| (text.as_str(), *x, *y, *size)).collect();
        mended(&umi(&lines)).blocks().map(|b| b.role.name()).collect()
    }

    #[test]
    fn narrow_columns_of_text_are_no_table() {
        for (measure, pitch, columns) in [(8, 30.0, 2), (6, 30.0, 5), (8, 40.0, 3), (12, 36.0, 3)] {
            let found = roles(&text(measure, pitch, columns));
            assert!(!found.contains(&"table"), "{measure} ems, {pitch}: {found:?}");
        }
    }

    #[test]
    fn numbers_in_the_margin_of_a_text_make_no_table() {
        let mut lines = text(20, 34.0, 1);
        lines.extend((0..6).map(|n| {
            let number = ["一", "二", "三", "十四", "十五", "十六"][n];
            (number.to_owned(), 560.0 - 20.0 * number.chars().count() as f32, 100.0 + 34.0 * n as f32, 20.0)
        }));
        assert!(!roles(&lines).contains(&"table"));
    }

    #[test]
    fn centred_poems_are_no_table() {
        let poems = [
            ["静夜思", "李白", "床前明月光，", "疑是地上霜。"],
            ["登鹳雀楼", "王之涣", "白日依山尽，", "黄河入海流。"],
        ];
        let line = |(column, n): (usize, usize)| {
            let text = poems[column][n];
            (
                text.to_owned(),
                200.0 + 300.0 * column as f32 - 10.0 * text.chars().count() as f32,
                100.0 + 40.0 * n as f32,
                20.0,
            )
        };
        let lines: Vec<_> = (0..2).flat_map(|c| (0..4).map(move |n| (c, n))).map(line).collect();
        assert!(!roles(&lines).contains(&"table"));
    }
}
