//! Vertical text as Poppler's `-bbox`, `-bbox-layout` and `-tsv` give it: a word for every character,
//! gathered into lines that run across the columns.
//!
//! What is right in it is where a character's column stands and where in it the character begins. The
//! rest is worked out of that:
//!
//! - An upright character's box is as wide as its type and too high by what the font reserves above and
//!   below (2.6 ems in common CJK fonts), and may begin above its character (by an em there).
//! - Latin letters and digits lie on their side. Along the column their boxes are exact; across it they
//!   are those 2.6 ems wide and may stand beside their column. And they come bottom first.
//!
//! How far off both are depends on the font, and is the same all over a page: the shift is the one that
//! lays most lying words into gaps of columns that are as long as they are.
//!
//! Vertical pages come so, and vertical headlines beside horizontal text.

mod tracks;

use super::text::TextBuilder;
use crate::error::Error;
use crate::geometry::Rect;
use crate::page::{Page, Run};
use crate::source::Source;
use crate::text::class::is_blank;
use std::ops::Range;
use tracks::{gather, is_lying};

/// Fewer words of one character show nothing.
const FEWEST: usize = 40;

/// Characters whose middles differ by no more, in ems, stand in one column.
const SAME: f32 = 0.05;

/// From this many characters on, so far in ems below each other, vertical text stands on a page of horizontal text:
/// lines of that, and rows of a table, are further apart.
const COLUMN: usize = 4;
const STEP: Range<f32> = 0.85..1.15;

/// Steps in it where a space may stand between two.
const SPACED: Range<f32> = 0.85..1.6;

/// The file with the vertical text of its pages made whole; as it is where there is none.
///
/// # Errors
/// Where there is more than 4 GiB of text.
pub fn gathered(source: Source, pages: Vec<Page>) -> Result<(Source, Vec<Page>), Error> {
    let shattered: Vec<Vec<bool>> = pages.iter().map(|page| shattered(&source, page)).collect();
    if !shattered.iter().flatten().any(|one| *one) {
        return Ok((source, pages));
    }
    let mut out = TextBuilder::typed();
    for (page, shattered) in pages.iter().zip(&shattered) {
        out.page(page.size);
        for ink in &page.ink {
            out.ink(ink.kind, ink.rect);
        }
        copy(&source, page, shattered, &mut out);
        out.end_region();
        gather(&source, page.runs.iter().zip(shattered).filter(|(_, one)| **one).map(|(run, _)| run), &mut out);
    }
    out.finish(source.file)
}

/// Which runs of a page are vertical text in pieces: all, or those of a headline that stands upright beside
/// horizontal text.
fn shattered(source: &Source, page: &Page) -> Vec<bool> {
    if is_shattered(source, page) {
        return vec![true; page.runs.len()];
    }
    let mut shattered = vec![false; page.runs.len()];
    let mut single: Vec<(usize, Rect)> = Vec::new();
    for (n, run) in page.runs.iter().enumerate() {
        let text = source.get(run.span).trim_matches(is_blank);
        let one = text.chars().next().filter(|c| !c.is_ascii() && text.len() == c.len_utf8());
        single.extend(one.and(run.rect).map(|rect| (n, rect)));
    }
    single.sort_by(|(m, a), (n, b)| a.x0.total_cmp(&b.x0).then(a.y0.total_cmp(&b.y0)).then(m.cmp(n)));
    let goes_on = |(_, a): &(usize, Rect), (_, b): &(usize, Rect), steps: &Range<f32>| {
        let em = a.width();
        let below = (b.x0 - a.x0).abs() <= SAME * em && (b.x1 - a.x1).abs() <= SAME * em;
        below && steps.contains(&((b.y0 - a.y0) / em))
    };
    for column in single.chunk_by(|a, b| goes_on(a, b, &SPACED)) {
        if column.chunk_by(|a, b| goes_on(a, b, &STEP)).any(|word| word.len() >= COLUMN) {
            column.iter().for_each(|(n, _)| shattered[*n] = true);
        }
    }
    if shattered.contains(&true) {
        for (run, one) in page.runs.iter().zip(&mut shattered) {
            let text = source.get(run.span).trim_matches(is_blank);
            *one |= text.chars().count() == 1 && run.rect.is_some_and(|rect| is_lying(text, rect));
        }
    }
    shattered
}

/// True where most of the text stands in words of one character that go on below each other.
fn is_shattered(source: &Source, page: &Page) -> bool {
    let single = |run: &&Run| source.get(run.span).trim_matches(is_blank).chars().nth(1).is_none();
    let characters: usize = page.runs.iter().map(|r| source.get(r.span).chars().count()).sum();
    let mut places: Vec<Rect> = page.runs.iter().filter(single).filter_map(|r| r.rect).collect();
    if places.len() < FEWEST || 2 * places.len() < characters {
        return false;
    }
    let mut followed = |along: fn(&Rect) -> (f32, f32, f32)| {
        places.sort_by(|a, b| {
            let ((a0, a1, _), (b0, b1, _)) = (along(a), along(b));
            a0.total_cmp(&b0).then(a1.total_cmp(&b1))
        });
        let follows = |w: &&[Rect]| {
            let ((row, from, em), (next_row, to, _)) = (along(&w[0]), along(&w[1]));
            (next_row - row).abs() <= SAME * em && (0.5..1.5).contains(&((to - from) / em))
        };
        places.windows(2).filter(follows).count()
    };
    let below = followed(|r| (r.x0, r.y0, r.width()));
    let beside = followed(|r| (r.y0, r.x0, r.width()));
    2 * below > places.len() && below > beside
}

/// Writes a page's lines as they are, without those runs that are `shattered`.
fn copy(source: &Source, page: &Page, shattered: &[bool], out: &mut TextBuilder) {
    let mut region = None;
    let mut at = 0;
    for words in page.lines() {
        let whole: Vec<&Run> =
            words.iter().zip(&shattered[at..]).filter(|(_, one)| !**one).map(|(run, _)| run).collect();
        at += words.len();
        if whole.is_empty() {
            continue;
        }
        if words[0].region != region {
            region = words[0].region;
            match region {
                Some(i) => out.region(page.regions[i as usize]),
                None => out.end_region(),
            }
        }
        out.start_line();
        for run in whole {
            out.word(source.get(run.span), run.rect, run.sure);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::options::Options;
    use std::fmt::Write;

    /// Two columns of ten-point type, the right one first, as Poppler writes them.
    fn vertical(columns: &[&str]) -> String {
        let mut text = String::from("<html><body><doc><page width=\"400\" height=\"600\">");
        for (n, column) in columns.iter().enumerate() {
            let x = 300.0 - 16.0 * n as f32;
            let mut y = 30.0;
            let mut words = Vec::new();
            for c in column.chars() {
                let high = if c.is_ascii() { 5.4 } else { 10.0 };
                let (x0, y0, x1, y1) = match c {
                    '0'..='9' => (x - 20.0, y, x + 6.0, y + high),
                    _ => (x, y - 10.0, x + 10.0, y + 16.0),
                };
                words.push(format!("<word xMin=\"{x0}\" yMin=\"{y0}\" xMax=\"{x1}\" yMax=\"{y1}\">{c}</word>"));
                y += high;
            }
            words.reverse();
            write!(text, "<flow><block><line>{}</line></block></flow>", words.concat()).unwrap();
        }
        text + "<word xMin=\"40\" yMin=\"10\" xMax=\"80\" yMax=\"20\">要聞版一</word></page></doc></body></html>"
    }

    #[test]
    fn characters_go_to_their_columns_and_lying_ones_between_them() {
        let columns = ["春天來了河邊的柳樹在2021年又綠了一回", "渡船過來的時候水聲很輕第13次也是如此", "風從山上下來"];
        let input = read(vertical(&columns).as_bytes(), None, &Options::default()).unwrap();
        let lines: Vec<&str> = input.source.text.lines().collect();
        assert_eq!(lines, [columns[2], columns[1], columns[0], "要聞版一"]);
        let rect = input.pages[0].runs[1].rect.unwrap();
        let whole = [rect.x0, rect.y0, rect.x1, rect.y1].map(|e| e.round());
        assert_eq!(whole, [284.0, 30.0, 294.0, 30.0 + 170.0 + 11.0]);
    }

    /// Lines of horizontal text, and beside each a character of a headline in boxes 2.6 ems high; a space of it is
    /// less than a third of an em.
    fn beside_text(headline: &str) -> String {
        let mut text = String::from("<html><body><doc><page width=\"400\" height=\"600\">");
        let mut y = 100;
        for c in headline.chars() {
            if c == ' ' {
                y += 6;
                continue;
            }
            let ([y0, y1], [low, high]) = ([y - 16, y + 36], [y - 8, y + 18]);
            write!(text, "<line><word xMin=\"40\" yMin=\"{y0}\" xMax=\"60\" yMax=\"{y1}\">{c}</word>").unwrap();
            let line = "渡船过来的时候水声很轻";
            write!(text, "<word xMin=\"70\" yMin=\"{low}\" xMax=\"180\" yMax=\"{high}\">{line}</word></line>").unwrap();
            y += 20;
        }
        text
    }

    fn last_line(text: &str) -> (String, [f32; 4]) {
        let text = text.to_owned() + "</page></doc></body></html>";
        let input = read(text.as_bytes(), None, &Options::default()).unwrap();
        let rect = input.pages[0].runs.last().unwrap().rect.unwrap();
        (input.source.text.lines().last().unwrap().to_owned(), [rect.x0, rect.y0, rect.x1, rect.y1].map(f32::round))
    }

    #[test]
    fn a_headline_that_stands_upright_beside_horizontal_text_is_one_line() {
        let headline = "全国高考今天开考";
        assert_eq!(last_line(&beside_text(headline)), (headline.to_owned(), [40.0, 100.0, 60.0, 260.0]));
    }

    #[test]
    fn its_words_may_stand_apart() {
        let headline = "고등학교 앞가게";
        assert_eq!(last_line(&beside_text(headline)).0, headline);
    }

    #[test]
    fn figures_on_their_side_stand_at_its_top() {
        let mut text = beside_text("年全国高考今天开考");
        for (n, c) in "5202".chars().enumerate() {
            let [y0, y1] = [92 - 8 * n, 100 - 8 * n];
            write!(text, "<word xMin=\"3\" yMin=\"{y0}\" xMax=\"55\" yMax=\"{y1}\">{c}</word>").unwrap();
        }
        assert_eq!(last_line(&text), ("2025年全国高考今天开考".to_owned(), [40.0, 68.0, 60.0, 280.0]));
    }

    #[test]
    fn what_stands_in_rows_of_a_table_is_no_upright_line() {
        let mut text = String::from("<html><body><doc><page width=\"400\" height=\"600\">");
        for (n, c) in "甲乙丙丁戊己".chars().enumerate() {
            let [y0, y1] = [100 + 24 * n, 120 + 24 * n];
            write!(text, "<line><word xMin=\"40\" yMin=\"{y0}\" xMax=\"60\" yMax=\"{y1}\">{c}</word></line>").unwrap();
        }
        let input = read((text + "</page></doc></body></html>").as_bytes(), None, &Options::default()).unwrap();
        assert_eq!(input.source.text.lines().count(), 6);
    }

    #[test]
    fn words_that_go_on_beside_each_other_are_left() {
        let mut text = String::from("<html><doc><page width=\"900\" height=\"90\">");
        for n in 0..60 {
            let x = 10 + 14 * n;
            write!(text, "<word xMin=\"{x}\" yMin=\"10\" xMax=\"{}\" yMax=\"20\">字</word>", x + 10).unwrap();
        }
        let input = read(text.as_bytes(), None, &Options::default()).unwrap();
        assert_eq!(input.source.text.replace(' ', ""), "字".repeat(60));
    }
}
