//! The lines of a placed page: runs that stand side by side are one line, unless a gutter parts
//! them.
//!
//! A gap is a gutter where it is wide, or where a column's edge runs through it: above and below,
//! runs begin at the same place, and none runs across it.
//!
//! ```text
//! 北京人民大会堂会见来华出席中非合作 确保峰会取得圆满成功，推动中非关系
//! 论坛北京峰会的赤道几内亚总统奥比 持续发展。
//! 昂。                     奥比昂表示，我抵达北京伊始即感
//!                                   ↑ the right column's edge, a space wide in the first row
//! ```

use crate::geometry::{CROWD, Rect, median};
use crate::page::{Page, Run};
use crate::source::{Source, Span};
use crate::text::class::is_blank;
use crate::text::language::Language;
use crate::text::width::width;

/// From here on, in ems, a gap is a gutter whatever stands above and below.
const WIDE: f32 = 1.9;

/// From here on, in ems, it is one with half the witnesses.
const DOUBTFUL: f32 = 0.9;

/// Columns are wider than this, in ems; and a gap from here on is more than one between characters.
const NARROWEST: f32 = 4.0;
const NOTABLE: f32 = 0.7;

/// A line as long as this, in ems, is most often a column's whatever one witness says.
const CERTAIN: f32 = 10.0;

/// Runs above and below that must begin or end at the same place.
const WITNESSES: f32 = 3.0;

/// Where words are parted by spaces, as many begin at one place by chance.
const WITNESSES_SPACED: f32 = 6.0;

/// How far apart in ems two places may be that are one, and how far when the grid drifts.
const SAME: f32 = 0.3;
const DRIFTED: f32 = 0.9;

/// A run reaches across a gap where it goes on for so many ems on either side.
const ACROSS: f32 = 1.2;

/// How far up and down, in ems, witnesses are looked for.
const REACH: f32 = 16.0;

/// Words of one engine's line whose boxes are exact are one text up to this room, in ems: a space's, which in
/// justified Korean is stretched. What is wider is judged by what stands above and below: a gutter may be half
/// an em where a full-width bracket ends the line before it. Where the boxes are not exact, more.
const SPACE: f32 = 0.4;
const SPACE_STRETCHED: f32 = 0.6;
const SPACE_INEXACT: f32 = 0.9;

/// Sizes of type that differ by more, as the logarithm of their ratio, are two; so many ems of text tell
/// their size.
const OTHER_SIZE: f32 = 0.1;
const TELLING: f32 = 3.0;

/// Cells that are no further apart than this, in ems, may be one word with a mark in another font.
const TOUCHING: f32 = 0.2;

/// Boxes are exact where most are as wide as their text, give or take this share.
const EXACT: f32 = 0.12;

/// Lines as stretches of text with the number of the input's line and their box.
pub fn lines(source: &Source, page: &Page, language: Language) -> Vec<(Span, u32, Rect)> {
    let turn = page.is_vertical(source);
    let mut cells = segments(source, page, turn, language);
    cells.sort_by(|a, b| a.rect.middle().total_cmp(&b.rect.middle()).then(a.span.cmp(&b.span)));
    let row = Rows { em: median(cells.iter().map(|c| c.em)).max(f32::MIN_POSITIVE), cells };
    let witnesses = if language == Language::Korean { WITNESSES_SPACED } else { WITNESSES };

    // The cell to the right of each, where the two are one line.
    let mut next: Vec<Option<usize>> = vec![None; row.cells.len()];
    let mut follows = vec![false; row.cells.len()];
    for (i, next) in next.iter_mut().enumerate() {
        let Some((j, gap)) = row.neighbour(i) else { continue };
        let (a, b) = (&row.cells[i], &row.cells[j]);
        let one = a.region == b.region || a.region.is_none() || b.region.is_none();
        if adjoin(source, a.span, b.span)
            && one
            && !page.reckoned
            && !follows[j]
            && !row.is_gutter(i, j, gap, witnesses)
        {
            *next = Some(j);
            follows[j] = true;
        }
    }
    let mut out = Vec::with_capacity(row.cells.len());
    for i in (0..row.cells.len()).filter(|i| !follows[*i]) {
        let first = &row.cells[i];
        let (mut span, mut rect) = (first.span, first.rect);
        let mut at = i;
        while let Some(j) = next[at] {
            span.end = row.cells[j].span.end;
            rect = rect.union(row.cells[j].rect);
            at = j;
        }
        out.push((span, first.line, if turn { rect.turned_back() } else { rect }));
    }
    out.sort_by_key(|(span, ..)| span.start);
    out
}

/// The runs of a page, turned where its text is vertical; words of one line that stand close are one.
fn segments(source: &Source, page: &Page, turn: bool, language: Language) -> Vec<Cell> {
    let mut cells: Vec<Cell> = placed(page)
        .into_iter()
        .map(|(run, rect)| {
            let rect = if turn { rect.turned() } else { rect };
            let text = width(source.get(run.span)).middle();
            Cell { span: run.span, line: run.line, region: run.region, rect, text, em: 0.0, exact: false }
        })
        .collect();
    let telling = || cells.iter().filter(|c| c.text >= 1.5);
    let em = median(telling().map(|c| c.rect.width() / c.text));
    let height = median(telling().map(|c| c.rect.height())).max(f32::MIN_POSITIVE);
    let off = median(telling().map(|c| (c.rect.width() / c.text / em - 1.0).abs()));
    let exact = em > 0.0 && off <= EXACT;
    for cell in &mut cells {
        // Higher boxes have larger type; the width of a line of text tells it better.
        let by_height = cell.rect.height() * if em > 0.0 { em / height } else { 1.0 };
        cell.exact = exact;
        cell.em = if exact && cell.text >= 1.5 { cell.rect.width() / cell.text } else { by_height };
    }
    let most = match exact {
        // On a character grid a gutter may be no wider than a space.
        _ if page.reckoned => 0.0,
        true if language == Language::Korean => SPACE_STRETCHED,
        true => SPACE,
        false => SPACE_INEXACT,
    };
    let mut out: Vec<Cell> = Vec::with_capacity(cells.len());
    for cell in cells {
        match out.last_mut() {
            Some(last)
                if last.line == cell.line
                    && last.is_followed_closely(&cell, most)
                    && adjoin(source, last.span, cell.span) =>
            {
                last.span.end = cell.span.end;
                last.rect = last.rect.union(cell.rect);
                last.text += cell.text;
                last.em = last.em.max(cell.em);
            }
            _ => out.push(cell),
        }
    }
    out
}

/// True where one run stands right behind another on a line of the input.
fn adjoin(source: &Source, a: Span, b: Span) -> bool {
    a.end <= b.start && {
        let between = Span { start: a.end, end: b.start };
        between.len() < 400 && source.get(between).chars().all(|c| is_blank(c) && c != '\n')
    }
}

/// The runs with their places. One for which the format states none stands, without extent, below
/// the run before it.
fn placed(page: &Page) -> Vec<(&Run, Rect)> {
    let Some(first) = page.runs.iter().find_map(|r| r.rect) else { return Vec::new() };
    let mut before = Rect { y1: first.y0, ..first };
    let below = |r: Rect| Rect { x0: r.x0, y0: r.y1, x1: r.x0, y1: r.y1 };
    let place = |run: &Run| {
        before = run.rect.unwrap_or_else(|| below(before));
        before
    };
    page.runs.iter().zip(page.runs.iter().map(place)).collect()
}

/// A run, or several words that stand close.
struct Cell {
    span: Span,
    line: u32,
    region: Option<u32>,
    rect: Rect,
    /// How wide its text is, in ems of its type, and how wide such an em is on the page.
    text: f32,
    em: f32,
    /// Its box is as wide and high as its type, not as its ink.
    exact: bool,
}

impl Cell {
    /// True where two cells are set in different sizes: two headlines side by side, not one.
    fn is_other_size(&self, next: &Cell) -> bool {
        let differ = |a: f32, b: f32| (a / b).ln().abs() > OTHER_SIZE;
        let telling = self.exact && self.text >= TELLING && next.text >= TELLING;
        telling && differ(self.em, next.em) && differ(self.rect.height(), next.rect.height())
    }

    /// True where another word of its line stands no more than so many ems behind it.
    fn is_followed_closely(&self, next: &Cell, most: f32) -> bool {
        let gap = next.rect.x0 - self.rect.x1;
        !self.is_other_size(next)
            && self.rect.shared_height(next.rect) > 0.3
            && gap <= most * self.em.max(next.em)
            && next.rect.x1 > self.rect.x0
    }
}

/// Runs by the height of their middle.
struct Rows {
    cells: Vec<Cell>,
    em: f32,
}

impl Rows {
    /// The nearest run to the right of run `i` on its row, and the gap between them in ems.
    fn neighbour(&self, i: usize) -> Option<(usize, f32)> {
        let here = self.cells[i].rect;
        let near = |j: &usize| (self.cells[*j].rect.middle() - here.middle()).abs() <= self.em.max(here.height());
        let up = (0..i).rev().take(CROWD).take_while(near);
        let down = (i + 1..self.cells.len()).take(CROWD).take_while(near);
        let beside = |j: &usize| {
            let other = self.cells[*j].rect;
            here.shared_height(other) > 0.5 && other.x0 > here.x0 && other.x0 > here.x1 - 0.4 * self.em
        };
        let nearest = up.chain(down).filter(beside).min_by(|a, b| {
            let left = |j: usize| self.cells[j].rect.x0;
            left(*a).total_cmp(&left(*b)).then(a.cmp(b))
        })?;
        let size = self.cells[i].em.min(self.cells[nearest].em).max(f32::MIN_POSITIVE);
        Some((nearest, (self.cells[nearest].rect.x0 - here.x1) / size))
    }

    /// True where a gutter lies between the neighbours `i` and `j`; `gap` in ems.
    fn is_gutter(&self, i: usize, j: usize, gap: f32, witnesses: f32) -> bool {
        if gap >= WIDE || gap > TOUCHING && self.cells[i].is_other_size(&self.cells[j]) {
            return true;
        }
        // Where words are not spaced, a gap behind as much text as a column holds asks for little.
        let whole = witnesses == WITNESSES && self.cells[i].rect.width() >= NARROWEST * self.em;
        let needed = match gap {
            _ if whole && gap >= NOTABLE => 1.0 - self.cells[i].rect.width() / self.em / CERTAIN,
            DOUBTFUL.. => witnesses / 2.0,
            _ => witnesses,
        };
        let above = self.witnesses(i, j, &mut (0..i.min(j)).rev());
        above >= needed || above + self.witnesses(i, j, &mut (i.max(j) + 1..self.cells.len())) >= needed
    }

    /// Runs that begin or end where the gap does, as far as no more than one run goes across it.
    fn witnesses(&self, i: usize, j: usize, cells: &mut dyn Iterator<Item = usize>) -> f32 {
        let (left, right) = (self.cells[i].rect, self.cells[j].rect);
        let middle = (left.x1 + right.x0) / 2.0;
        let (mut sum, mut across) = (0.0, 0);
        for k in cells.take(CROWD) {
            let other = self.cells[k].rect;
            let away = (other.middle() - right.middle()).abs() / self.em;
            if away > REACH {
                break;
            }
            if away < 0.5 {
                continue;
            }
            let (begins, ends) = ((other.x0 - right.x0).abs() / self.em, (other.x1 - left.x1).abs() / self.em);
            if other.x0 < middle - ACROSS * self.em && other.x1 > middle + ACROSS * self.em {
                across += 1;
                if across == 2 {
                    break;
                }
                continue;
            }
            sum += near(begins, 1.0) + near(ends, 0.7);
        }
        sum - across as f32 / 2.0
    }
}

/// What an edge at some distance in ems is worth.
fn near(away: f32, worth: f32) -> f32 {
    if away <= SAME {
        worth
    } else if away <= DRIFTED {
        worth / 2.0
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use std::fmt::Write;

    const EM: f32 = 10.0;

    /// The lines of a page that Poppler wrote: of each row the words and where they begin, in ems.
    fn lines_of(rows: &[&[(&str, f32)]]) -> Vec<String> {
        let mut text = String::from("<html><body><doc><page width=\"400\" height=\"400\">");
        for (row, words) in rows.iter().enumerate() {
            text += "<line>";
            for (word, x) in *words {
                let (y0, x0, x1) = (row as f32 * 1.5 * EM, x * EM, (x + width(word).middle()) * EM);
                let y1 = y0 + EM;
                write!(text, "<word xMin=\"{x0}\" yMin=\"{y0}\" xMax=\"{x1}\" yMax=\"{y1}\">{word}</word>").unwrap();
            }
            text += "</line>";
        }
        text += "</page></doc></body></html>";
        let input = crate::read(text.as_bytes(), None, &Options::default()).unwrap();
        let lines = lines(&input.source, &input.pages[0], Language::Chinese);
        lines.into_iter().map(|(span, ..)| input.source.get(span).to_owned()).collect()
    }

    const LEFT: (&str, f32) = ("春天来了河边的柳树", 0.0);
    const RIGHT: (&str, f32) = ("渡船过来的时候水声", 10.0);

    #[test]
    fn a_bracket_that_reaches_into_the_gutter_leaves_one() {
        let bracket: &[_] = &[("又绿了（三月十日）", 1.0), ("很轻很轻像是怕惊动", 10.0)];
        let lines = lines_of(&[&[LEFT, RIGHT], &[LEFT, RIGHT], &[LEFT, RIGHT], bracket, &[LEFT, RIGHT]]);
        assert_eq!(lines[6..8], [bracket[0].0, bracket[1].0]);
    }

    #[test]
    fn half_an_em_parts_no_line_where_no_column_begins() {
        let row: &[_] = &[("新书《春天来了》", 0.0), ("一书八月十三日出版", 8.0)];
        let lines =
            lines_of(&[&[("孩子们在岸上看着风筝飞过了山又飞", 0.0)], row, &[("过了水一直到远方才停下来", 0.0)]]);
        assert_eq!(lines[1], "新书《春天来了》 一书八月十三日出版");
    }
}
