//! The columns of vertical text in pieces: which piece stands in which, and where it begins there.

use super::super::text::TextBuilder;
use super::SAME;
use crate::geometry::{CROWD, Rect, median};
use crate::page::Run;
use crate::source::Source;
use crate::text::class::{Class, class, is_blank};
use crate::text::width::width;

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

    /// Where gaps begin in which something so long could lie, no further than a shift away from `y`: above and
    /// below all of the column too.
    fn gaps(&self, y: f32, length: f32) -> impl Iterator<Item = f32> {
        let ends = [self.pieces[0].rect.y0 - length, self.pieces[self.pieces.len() - 1].rect.y1];
        let ends = ends.into_iter().filter(move |from| (y - from).abs() <= SHIFT * self.em);
        let near = self.pieces.partition_point(|p| p.rect.y1 < y - SHIFT * self.em);
        let pairs = self.pieces[near..].windows(2).map(|w| (w[0].rect.y1, w[1].rect.y0));
        let near = pairs.take_while(move |(from, _)| *from <= y + SHIFT * self.em);
        let fits = move |(from, to): &(f32, f32)| {
            let over = (to - from - length) / self.em;
            to - from > GAP * self.em && (-WORD..SLACK).contains(&over)
        };
        near.filter(fits).map(|(from, _)| from).chain(ends)
    }
}

/// Writes vertical text in pieces as the lines that it is.
pub(super) fn gather<'a>(source: &Source, runs: impl Iterator<Item = &'a Run>, out: &mut TextBuilder) {
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
pub(super) fn is_lying(text: &str, rect: Rect) -> bool {
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
