//! Lines that an engine parted at their spaces, and gives each word of as a line: Korean and Latin text comes so.
//!
//! ```text
//! {"text":"마을에","box":…}  {"text":"새","box":…}  {"text":"길이","box":…}      one line: 마을에 새 길이
//! ```

use super::text::TextBuilder;
use crate::error::Error;
use crate::geometry::Rect;
use crate::page::{Page, Run};
use crate::source::Source;

/// Of fewer texts on a page none is told to be a word.
const FEWEST: usize = 8;

/// Two words stand on one row where they share so much of their height, and are parted by a space where they are
/// no further apart than this, as a share of it; the less where they overlap.
const ROW: f32 = 0.6;
const SPACE: f32 = 0.5;
const OVERLAP: f32 = 0.25;

/// Once a page is known for its words, a space may be as wide as this.
const WIDE_SPACE: f32 = 0.75;

/// The file with the words of its pages put together into lines; as it is where the lines are whole.
///
/// # Errors
/// Where there is more than 4 GiB of text.
pub fn gathered(source: Source, pages: Vec<Page>) -> Result<(Source, Vec<Page>), Error> {
    if !pages.iter().any(is_parted) {
        return Ok((source, pages));
    }
    let mut out = TextBuilder::default();
    for page in &pages {
        out.page(page.size);
        for ink in &page.ink {
            out.ink(ink.kind, ink.rect);
        }
        let parted = is_parted(page);
        let mut before: Option<&Run> = None;
        for run in &page.runs {
            let goes_on = before
                .is_some_and(|b| b.line == run.line || parted && b.region == run.region && follows(b, run, WIDE_SPACE));
            if before.is_none_or(|b| b.region != run.region) {
                match run.region {
                    Some(i) => out.region(page.regions[i as usize]),
                    None => out.end_region(),
                }
            }
            if !goes_on {
                out.start_line();
            }
            out.word(source.get(run.span), run.rect, run.sure);
            out.slant(run.slant);
            before = Some(run);
        }
    }
    out.finish(source.file)
}

/// True where most texts of a page that stands in lines are followed by another on their row, a space behind them.
fn is_parted(page: &Page) -> bool {
    let close = |pair: &&[Run]| pair[0].line != pair[1].line && follows(&pair[0], &pair[1], SPACE);
    page.runs.len() >= FEWEST && page.runs.windows(2).filter(close).count() * 2 >= page.runs.len()
}

/// True where a text stands on the row of another, behind it and close to it.
fn follows(before: &Run, next: &Run, most: f32) -> bool {
    let close = |a: Rect, b: Rect| {
        let high = a.height().min(b.height());
        let gap = b.x0 - a.x1;
        a.shared_height(b) > ROW && b.x0 > a.x0 && (-OVERLAP * high..=most * high).contains(&gap)
    };
    before.rect.zip(next.rect).is_some_and(|(a, b)| close(a, b))
}

#[cfg(test)]
mod tests {
    use crate::options::Options;

    /// What is read of a page of texts with the places where they begin, in type of 20.
    fn text(texts: &[(&str, usize, usize)]) -> String {
        let boxed = |(text, x, y): &(&str, usize, usize)| {
            let (end, foot) = (x + 20 * text.chars().count(), y + 20);
            format!(r#"{{"text":"{text}","score":1,"box":[[{x},{y}],[{end},{y}],[{end},{foot}],[{x},{foot}]]}}"#)
        };
        let texts: Vec<String> = texts.iter().map(boxed).collect();
        let page = format!(r#"{{"code":100,"data":[{}]}}"#, texts.join(","));
        crate::read(page.as_bytes(), None, &Options::default()).unwrap().source.text
    }

    const LINES: [&str; 4] = [
        "지난해 봄 마을에 새 길이 났다",
        "어두운 밤에도 사람들이 오가고",
        "그 길로 아이들이 학교에 다니고",
        "장이 서는 날에는 수레도 지나간다",
    ];

    /// The words of some lines that begin at a place.
    fn words(lines: &[&'static str], from: usize) -> Vec<(&'static str, usize, usize)> {
        let row = |(n, line): (usize, &&'static str)| {
            line.split(' ').scan(from, move |x, word| {
                let at = *x;
                *x += 20 * word.chars().count() + 7;
                Some((word, at, 100 + 32 * n))
            })
        };
        lines.iter().enumerate().flat_map(row).collect()
    }

    #[test]
    fn the_words_of_a_row_are_one_line() {
        assert_eq!(text(&words(&LINES, 100)), LINES.join("\n"));
    }

    #[test]
    fn columns_stay_apart() {
        // Row by row, as engines sort them.
        let mut all = [words(&LINES[..2], 100), words(&LINES[2..], 500)].concat();
        all.sort_by_key(|(_, x, y)| (*y, *x));
        assert_eq!(text(&all), [LINES[0], LINES[2], LINES[1], LINES[3]].join("\n"));
    }

    #[test]
    fn whole_lines_stay_as_they_are() {
        // A gutter is as narrow as a space here and there, but not on most rows.
        let row = |(n, line): (usize, &&'static str)| [(*line, 100, 100 + 32 * n), ("글", 500, 100 + 32 * n)];
        let all: Vec<_> = LINES.iter().enumerate().flat_map(row).collect();
        assert_eq!(text(&all).lines().count(), 8);
    }
}
