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

use super::text::TextBuilder;
use crate::error::Error;
use crate::geometry::{CROWD, Rect, median};
use crate::page::{Page, Run};
use crate::source::Source;
use crate::text::class::{Class, class, is_blank};
use crate::text::width::width;

/// Fewer words of one character show nothing.
const FEWEST: usize = 40;

/// Characters whose middles differ by no more, in ems, stand in one column.
const SAME: f32 = 0.05;

/// From this many characters on, so far in ems below each other, vertical text stands on a page of horizontal text:
/// lines of that, and rows of a table, are further apart.
const COLUMN: usize = 4;
const STEP: std::ops::Range<f32> = 0.85..1.15;

/// Room in ems from which on a character begins another word, and another line.
const WORD: f32 = 0.12;
const LINE: f32 = 2.5;

/// Room in ems that upright characters leave for something that lies on its side.
const GAP: f32 = 0.2;

/// A gap is longer than what lies in it by no more, in ems: some leave a quarter of an em on both
/// sides.
const SLACK: f32 = 0.7;

/// How far in ems a box may stand from the place where it belongs.
const SHIFT: f32 = 3.0;

/// Shifts that differ by no more, in ems, are the same.
const ALIKE: f32 = 0.3;

/// How far in ems a column's other characters are looked for, to tell in which of two columns
/// something stands.
const REACH: f32 = 4.0;

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
    let goes_on = |(_, a): &(usize, Rect), (_, b): &(usize, Rect)| {
        let em = a.width();
        (b.x0 - a.x0).abs() <= SAME * em && (b.x1 - a.x1).abs() <= SAME * em && STEP.contains(&((b.y0 - a.y0) / em))
    };
    for column in single.chunk_by(goes_on).filter(|column| column.len() >= COLUMN) {
        for (n, _) in column {
            shattered[*n] = true;
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

/// Something that stands in a column: upright characters, or a Latin word or a number on its side.
struct Piece<'a> {
    text: String,
    /// Its box; the width of one on its side is not to be believed until its column is known.
    rect: Rect,
    /// The first run it is made of: what stands at one place keeps the order of the input.
    first: &'a Run,
}

/// The pieces of one column, from the top of the page to its bottom.
struct Track<'a> {
    middle: f32,
    em: f32,
    pieces: Vec<Piece<'a>>,
}

impl Track<'_> {
    /// How far a piece is from its neighbours above and below if it stands in this column, in ems;
    /// `None` where it does not fit in.
    fn room(&self, rect: Rect) -> Option<f32> {
        let after = self.pieces.partition_point(|p| p.rect.y0 < rect.y0);
        let above = after.checked_sub(1).map_or(f32::INFINITY, |i| rect.y0 - self.pieces[i].rect.y1);
        let below = self.pieces.get(after).map_or(f32::INFINITY, |p| p.rect.y0 - rect.y1);
        let far = REACH * self.em;
        (above.min(below) >= -ALIKE * self.em).then(|| (above.abs().min(far) + below.abs().min(far)) / self.em)
    }

    /// Where gaps begin in which something so long could lie, no further than a shift away from `y`.
    fn gaps(&self, y: f32, length: f32) -> impl Iterator<Item = f32> {
        let near = self.pieces.partition_point(|p| p.rect.y1 < y - SHIFT * self.em);
        let pairs = self.pieces[near..].windows(2).map(|w| (w[0].rect.y1, w[1].rect.y0));
        let near = pairs.take_while(move |(from, _)| *from <= y + SHIFT * self.em);
        let fits = move |(from, to): &(f32, f32)| {
            let over = (to - from - length) / self.em;
            to - from > GAP * self.em && (-WORD..SLACK).contains(&over)
        };
        near.filter(fits).map(|(from, _)| from)
    }
}

/// Writes vertical text in pieces as the lines that it is.
fn gather<'a>(source: &Source, runs: impl Iterator<Item = &'a Run>, out: &mut TextBuilder) {
    let (mut upright, mut lying, mut level) = (Vec::new(), Vec::new(), Vec::new());
    let mut reserved = Vec::new();
    for run in runs {
        let text = source.get(run.span).trim_matches(is_blank);
        let count = text.chars().count();
        match run.rect {
            Some(rect) if count == 1 && is_lying(text, rect) => lying.push((run, text, rect)),
            Some(rect) if count == 1 || rect.height() > 1.2 * rect.width() => {
                reserved.push((rect.height() / rect.width() - count as f32) / 2.0);
                let y1 = rect.y0 + count as f32 * rect.width();
                upright.push(Piece { text: text.to_owned(), rect: Rect { y1, ..rect }, first: run });
            }
            _ => level.push(run),
        }
    }
    let mut tracks = tracks(upright);
    let lying = words(lying);
    // Where nothing tells, a character stands in the middle of its box.
    let shift =
        shift(&tracks, &lying).unwrap_or_else(|| Shift { across: 0.0, down: median(reserved.into_iter()).max(0.0) });
    for piece in tracks.iter_mut().flat_map(|track| &mut track.pieces) {
        let down = shift.down * piece.rect.width();
        (piece.rect.y0, piece.rect.y1) = (piece.rect.y0 + down, piece.rect.y1 + down);
    }
    let (mut placed, mut alone) = (Vec::new(), Vec::new());
    for piece in lying {
        match home(&tracks, piece.rect, shift) {
            Some(track) => placed.push((track, piece)),
            None => alone.push(piece),
        }
    }
    for (track, mut piece) in placed {
        let Track { middle, em, pieces } = &mut tracks[track];
        (piece.rect.x0, piece.rect.x1) = (*middle - *em / 2.0, *middle + *em / 2.0);
        pieces.push(piece);
    }
    for track in &mut tracks {
        track.pieces.sort_by(|a, b| a.rect.y0.total_cmp(&b.rect.y0).then(a.first.span.cmp(&b.first.span)));
        write(track, out);
    }
    for piece in alone {
        out.start_line();
        out.word(&piece.text, Some(piece.rect), None);
    }
    for run in level {
        let text = source.get(run.span);
        out.start_line();
        out.word(text, run.rect.map(|rect| low(text, rect)), run.sure);
    }
}

/// The box of horizontal text without the room its font reserves above and below.
fn low(text: &str, rect: Rect) -> Rect {
    let em = rect.width() / width(text).middle().max(1.0);
    let high = rect.height().min(em);
    Rect { y0: rect.middle() - high / 2.0, y1: rect.middle() + high / 2.0, ..rect }
}

/// True of a character that stands on its side: one of a script that runs across, in a box wider than
/// high.
fn is_lying(text: &str, rect: Rect) -> bool {
    let runs_across = |c: char| !class(c).is_unspaced() && class(c) != Class::Stop || c.is_ascii();
    text.chars().all(runs_across) && rect.width() > 1.5 * rect.height()
}

/// Upright characters by the column they stand in, from left to right.
fn tracks(mut upright: Vec<Piece>) -> Vec<Track> {
    let middle = |p: &Piece| (p.rect.x0 + p.rect.x1) / 2.0;
    upright.sort_by(|a, b| middle(a).total_cmp(&middle(b)).then(a.first.span.cmp(&b.first.span)));
    let mut tracks: Vec<Track> = Vec::new();
    for piece in upright {
        let (middle, em) = (middle(&piece), piece.rect.width());
        match tracks.last_mut() {
            Some(last) if middle - last.middle <= SAME * em => {
                // The middle goes with what was met last: it may drift by less than shows.
                last.middle = middle;
                last.em = last.em.max(em);
                last.pieces.push(piece);
            }
            _ => tracks.push(Track { middle, em, pieces: vec![piece] }),
        }
    }
    for track in &mut tracks {
        track.pieces.sort_by(|a, b| a.rect.y0.total_cmp(&b.rect.y0).then(a.first.span.cmp(&b.first.span)));
    }
    tracks
}

/// Characters on their side as the words they make: those that touch, from top to bottom.
fn words<'a>(mut lying: Vec<(&'a Run, &'a str, Rect)>) -> Vec<Piece<'a>> {
    lying.sort_by(|(a, _, r), (b, _, s)| r.x0.total_cmp(&s.x0).then(r.y0.total_cmp(&s.y0)).then(a.span.cmp(&b.span)));
    let mut words: Vec<Piece> = Vec::new();
    for (run, text, rect) in lying {
        let touch = |last: &Piece| {
            let same = (last.rect.x0 - rect.x0).abs() <= SAME * rect.width();
            same && (rect.y0 - last.rect.y1).abs() <= WORD / 2.0 * rect.width()
        };
        match words.last_mut().filter(|last| touch(last)) {
            Some(last) => {
                last.text.push_str(text);
                last.rect = last.rect.union(rect);
            }
            None => words.push(Piece { text: text.to_owned(), rect, first: run }),
        }
    }
    words
}

/// How far boxes stand from where they belong: those of lying words across their column, as a share
/// of their width, and those of upright characters along it, in ems.
#[derive(Clone, Copy)]
struct Shift {
    across: f32,
    down: f32,
}

/// The columns whose middle is no further than this from some place.
fn reached<'a, 'b>(tracks: &'b [Track<'a>], middle: f32, far: f32) -> impl Iterator<Item = (usize, &'b Track<'a>)> {
    let from = tracks.partition_point(|t| t.middle < middle - far);
    (from..).zip(&tracks[from..]).take_while(move |(_, t)| t.middle <= middle + far)
}

/// The shift that most lying words tell of; none where none does.
fn shift(tracks: &[Track], lying: &[Piece]) -> Option<Shift> {
    let mut told: Vec<Shift> = Vec::new();
    for Piece { rect, .. } in lying {
        let middle = (rect.x0 + rect.x1) / 2.0;
        for (_, track) in reached(tracks, middle, SHIFT / 2.0 * rect.width()) {
            let shifts = track.gaps(rect.y0, rect.height()).map(|from| Shift {
                across: (track.middle - middle) / rect.width(),
                down: (rect.y0 - from) / track.em,
            });
            told.extend(shifts.take(CROWD));
        }
    }
    // By the column first: what is alike stands close together.
    told.sort_by(|a, b| a.across.total_cmp(&b.across).then(a.down.total_cmp(&b.down)));
    let sorted = &told;
    let around = |i: usize| {
        let here = sorted[i];
        let near = move |s: &&Shift| (s.across - here.across).abs() <= ALIKE / 4.0;
        let back = sorted[..i].iter().rev().take(CROWD).take_while(near);
        let on = sorted[i..].iter().take(CROWD).take_while(near);
        back.chain(on).filter(move |s| (s.down - here.down).abs() <= ALIKE)
    };
    let step = told.len() / CROWD + 1;
    let most = (0..told.len()).step_by(step).max_by_key(|i| (around(*i).count(), usize::MAX - i));
    let most = most.filter(|i| around(*i).count() * 3 > lying.len())?;
    Some(Shift { across: median(around(most).map(|s| s.across)), down: median(around(most).map(|s| s.down)) })
}

/// The column in which a word on its side fits best between what stands above and below.
fn home(tracks: &[Track], rect: Rect, shift: Shift) -> Option<usize> {
    let middle = (rect.x0 + rect.x1) / 2.0 + shift.across * rect.width();
    let rooms = reached(tracks, middle, ALIKE / 2.0 * rect.width()).filter_map(|(i, track)| {
        let aside = (middle - track.middle).abs() / track.em;
        Some((i, track.room(rect)? + REACH * aside))
    });
    rooms.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(i, _)| i)
}

/// Writes a column's lines.
fn write(track: &Track, out: &mut TextBuilder) {
    let mut word: Option<(String, Rect)> = None;
    let flush = |word: &mut Option<(String, Rect)>, out: &mut TextBuilder| {
        if let Some((text, rect)) = word.take() {
            out.word(&text, Some(rect), None);
        }
    };
    for piece in &track.pieces {
        let rect = piece.rect;
        let gap = word.as_ref().map(|(_, last)| (rect.y0 - last.y1) / rect.width().min(last.width()));
        let alike = word.as_ref().is_some_and(|(_, last)| (last.width() / rect.width() - 1.0).abs() < 0.1);
        match &mut word {
            Some((text, last)) if alike && gap.is_some_and(|gap| gap < WORD) => {
                text.push_str(&piece.text);
                *last = last.union(rect);
            }
            _ => {
                flush(&mut word, out);
                if !alike || gap.is_none_or(|gap| gap >= LINE) {
                    out.start_line();
                }
                word = Some((piece.text.clone(), rect));
            }
        }
    }
    flush(&mut word, out);
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

    #[test]
    fn a_headline_that_stands_upright_beside_horizontal_text_is_one_line() {
        let mut text = String::from("<html><body><doc><page width=\"400\" height=\"600\"><line>");
        for (n, c) in "年全国高考今天开考".chars().enumerate() {
            let y = 100 + 20 * n;
            let [y0, y1] = [y - 16, y + 36];
            write!(text, "<word xMin=\"40\" yMin=\"{y0}\" xMax=\"60\" yMax=\"{y1}\">{c}</word>").unwrap();
            let [y0, y1] = [y - 8, y + 18];
            let line = "渡船过来的时候水声很轻";
            write!(text, "<word xMin=\"70\" yMin=\"{y0}\" xMax=\"180\" yMax=\"{y1}\">{line}</word></line><line>")
                .unwrap();
        }
        text += "</line></page></doc></body></html>";
        let input = read(text.as_bytes(), None, &Options::default()).unwrap();
        let lines: Vec<&str> = input.source.text.lines().collect();
        assert_eq!(lines[9], "年全国高考今天开考");
        assert!(lines[..9].iter().all(|line| *line == "渡船过来的时候水声很轻"), "{lines:?}");
        // In the middle of boxes that are 2.6 ems high.
        let rect = input.pages[0].runs[9].rect.unwrap();
        assert_eq!([rect.x0, rect.y0, rect.x1, rect.y1], [40.0, 100.0, 60.0, 280.0]);
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
