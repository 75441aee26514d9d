//! Which column is read after which: the reading order of what was woven.
//!
//! A text breaks off at a column's foot and goes on at the top of the next one to the right, a title
//! stands above its text, a column that was lost for a row is found again below. Which strand follows
//! which is one assignment: each is followed by one at most, and follows one at most.

use super::Text;
use super::weave::{EQUAL, Fill, Weave};
use super::weights::{self as of, Tally};
use crate::geometry::Rect;
use crate::role::Role;
use crate::text::words::{Alike, Words, pairs};
use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

/// Strands whose successors are looked for at once.
const AT_ONCE: usize = 48;

/// A strand begins at most so many lines below the beginning or the end of the one it is read after, and at
/// most so many before.
const BELOW: usize = 60;
const BEFORE: usize = 40;

/// A strand of more lines is a text, however it ends.
const TITLE_LINES: usize = 2;

/// Strands that begin within so many lines of each other, and so many strands, stand near each other.
const NEAR_LINES: usize = 8;
const NEAR: usize = 3;

/// Two measures within this, in ems, are nearly one: type is stretched to fill its line.
const NEARLY: f32 = 2.0;

/// Likeness is counted in tenths.
const TENTHS: f32 = 10.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Title,
    Byline,
    Text,
    /// A line at the edge of the page, which is read by itself.
    Furniture,
}

struct Strand {
    lines: Vec<usize>,
    kind: Kind,
    /// In ems.
    measure: f32,
    stops: bool,
    lead: bool,
    set_in: bool,
    /// Where it stands, on a grid.
    place: Option<Rect>,
}

impl Strand {
    fn of(weave: &Weave, lines: Vec<usize>) -> Strand {
        let (first, last) = (weave.line(lines[0]), weave.line(lines[lines.len() - 1]));
        let mut widths: Vec<f32> = lines.iter().map(|i| weave.line(*i).most).collect();
        widths.sort_by(f32::total_cmp);
        // Most lines of a text are full, and those that are not are short.
        let measure = widths[widths.len() * 2 / 3];
        let single = lines.len() == 1;
        let kind = if single && first.looks.furniture() {
            Kind::Furniture
        } else if lines.len() > TITLE_LINES || last.stops() {
            Kind::Text
        } else if single && [Role::Byline, Role::Credit].iter().any(|r| first.looks.whole(*r)) {
            Kind::Byline
        } else {
            Kind::Title
        };
        Strand {
            kind,
            measure,
            stops: last.stops(),
            lead: first.looks.lead(),
            place: lines.iter().filter_map(|i| weave.line(*i).place).reduce(Rect::union),
            set_in: !single && weave.fill(lines[0], measure) == Fill::SetIn,
            lines,
        }
    }

    fn first(&self) -> usize {
        self.lines[0]
    }

    fn last(&self) -> usize {
        self.lines[self.lines.len() - 1]
    }
}

/// The strands of a page, by their first lines.
pub struct Strands<'a> {
    weave: &'a Weave<'a>,
    strands: Vec<Strand>,
    alike: Alike,
    /// Of the titles of a row and of the texts that open below it: the row, and the place in it.
    ranks: Vec<Option<(usize, usize)>>,
}

impl<'a> Strands<'a> {
    /// From the lines of each column.
    pub fn of(weave: &'a Weave<'a>, mut columns: Vec<Vec<usize>>) -> Self {
        columns.sort_by_key(|c| c[0]);
        let words: Vec<Vec<u64>> = columns.iter().map(|c| pairs(c.iter().map(|i| weave.line(*i).text))).collect();
        let alike = Words::of(&words).alike(AT_ONCE.min(columns.len()));
        let strands: Vec<Strand> = columns.into_iter().map(|c| Strand::of(weave, c)).collect();
        let ranks = ranks(&strands);
        Strands { weave, strands, alike, ranks }
    }

    /// The lines of each strand.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = &[usize]> {
        self.strands.iter().map(|s| s.lines.as_slice())
    }

    /// Every strand that may be read after strand `a`, or `None` for the end of its article, and what
    /// speaks for it.
    pub fn choices<T: Tally>(&self, a: usize) -> Vec<(Option<usize>, T)> {
        let strand = &self.strands[a];
        let mut none = T::default();
        let shape = match strand.kind {
            Kind::Furniture => return vec![(None, none)],
            Kind::Title => 0,
            Kind::Byline => 1,
            Kind::Text => 2 + usize::from(strand.stops),
        };
        self.weave.count(&mut none, of::NONE_NEXT + shape, 1.0);
        let mut choices = vec![(None, none)];
        // The next column begins about where this one does, what stands below it about where it ends.
        let near = |line: usize| {
            let from = self.strands.partition_point(|s| s.first() + BEFORE < line);
            from..self.strands.partition_point(|s| s.first() <= line + BELOW)
        };
        let (beside, below) = (near(strand.first()), near(strand.last()));
        let below = below.start.max(beside.end)..below.end;
        for b in beside.chain(below).filter(|b| *b != a && self.strands[*b].kind != Kind::Furniture) {
            // Nothing is read after a title that stands above it.
            if strand.kind == Kind::Text || b > a {
                let mut tally = T::default();
                self.follows(a, b, &mut tally);
                choices.push((Some(b), tally));
            }
        }
        choices
    }

    /// What speaks for strand `b` to be read after strand `a`.
    fn follows<T: Tally>(&self, a: usize, b: usize, tally: &mut T) {
        let (here, next) = (&self.strands[a], &self.strands[b]);
        let kind = |s: &Strand| match s.kind {
            Kind::Title => 0,
            Kind::Byline => 1,
            Kind::Text | Kind::Furniture => 2,
        };
        self.weave.count(tally, of::NEXT + 3 * kind(here) + kind(next), 1.0);
        let below = next.first().checked_sub(here.last());
        let goes_on = self.weave.goes_on(here.last(), next.first());
        let alike = TENTHS * self.alike.get(a.min(b), a.max(b));
        if let (Some(here_at), Some(next_at)) = (here.place, next.place) {
            let from = if here.kind == Kind::Text { of::ACROSS } else { of::TITLE_ACROSS };
            self.weave.count(tally, from + across(here_at, next_at), 1.0);
        }
        if here.kind == Kind::Text {
            let beside = below.is_none() && (b == a + 1 || next.first() == here.first() + 1);
            let place = match below {
                Some(lines) => 4 + distance(lines),
                None if beside => 0,
                None if b < a => 3,
                None if b - a <= NEAR && next.first() - here.first() <= NEAR_LINES => 1,
                None => 2,
            };
            self.weave.count(tally, of::PLACE + place, 1.0);
            if next.kind == Kind::Text {
                let apart = (here.measure - next.measure).abs();
                let shape = if apart <= EQUAL { 0 } else { 1 + usize::from(apart > NEARLY) };
                let first = if here.stops { of::MEASURE_STOP } else { of::MEASURE };
                self.weave.count(tally, first + shape + if beside { 3 } else { 0 }, 1.0);
                self.weave.spread(tally, if here.stops { of::READS_ON_STOP } else { of::READS_ON }, goes_on);
                let ended = usize::from(here.stops);
                if next.lead {
                    self.weave.count(tally, of::TOP_LEAD, 1.0);
                }
                if next.set_in {
                    self.weave.count(tally, of::TOP_SET_IN + ended, 1.0);
                }
                self.weave.count(tally, of::ALIKE, alike);
            }
            return;
        }
        self.weave.count(tally, of::TITLE_PLACE + below.map_or(0, |lines| 1 + distance(lines)), 1.0);
        match next.kind {
            Kind::Text => {
                if next.lead {
                    self.weave.count(tally, of::TOP_LEAD + 1, 1.0);
                }
                if next.set_in {
                    self.weave.count(tally, of::TOP_SET_IN + 2, 1.0);
                }
                if let (Some(title), Some(text)) = (self.ranks[a], self.ranks[b])
                    && title.0 == text.0
                {
                    let off = (text.1 as isize - title.1 as isize).clamp(-2, 2) + 2;
                    self.weave.count(tally, of::RANK + off as usize, 1.0);
                }
                if here.kind == Kind::Title {
                    self.weave.count(tally, of::ALIKE + 1, alike);
                }
            }
            Kind::Title => self.weave.spread(tally, of::TITLE_READS_ON, goes_on),
            Kind::Byline | Kind::Furniture => {}
        }
    }

    /// The strand that is read after each.
    fn next(&self) -> Vec<Option<usize>> {
        let n = self.strands.len();
        let mut next: Vec<Option<usize>> = vec![None; n];
        // How much likelier each found successor is than none.
        let mut gain = vec![0.0f32; n];
        let mut taken = vec![false; n];
        for from in (0..n).step_by(AT_ONCE) {
            let group = from..(from + AT_ONCE).min(n);
            let odds: Vec<Vec<(Option<usize>, f32)>> = group.clone().map(|a| likelihoods(self.choices(a))).collect();
            let mut wanted: Vec<usize> = odds.iter().flatten().filter_map(|(b, _)| *b).filter(|b| !taken[*b]).collect();
            wanted.sort_unstable();
            wanted.dedup();
            let mut weights = Matrix::new(group.len(), wanted.len() + group.len(), NEVER);
            for (row, choices) in odds.iter().enumerate() {
                for (b, likelihood) in choices {
                    let column = match b {
                        None => Some(wanted.len() + row),
                        Some(b) => wanted.binary_search(b).ok(),
                    };
                    if let Some(column) = column {
                        weights[(row, column)] = (likelihood * 1000.0) as i64;
                    }
                }
            }
            for (row, column) in kuhn_munkres(&weights).1.into_iter().enumerate() {
                let found = wanted.get(column).filter(|_| weights[(row, column)] > NEVER);
                if let Some(b) = found {
                    taken[*b] = true;
                    next[from + row] = Some(*b);
                    gain[from + row] = (weights[(row, column)] - weights[(row, wanted.len() + row)]) as f32;
                }
            }
        }
        open_circles(&mut next, &gain);
        next
    }
}

/// What must not be, in thousandths of the logarithm of a likelihood.
const NEVER: i64 = -100_000_000;

/// The logarithm of how likely each choice is, of all.
fn likelihoods(choices: Vec<(Option<usize>, f32)>) -> Vec<(Option<usize>, f32)> {
    let most = choices.iter().map(|(_, sum)| *sum).fold(f32::NEG_INFINITY, f32::max);
    let all = most + choices.iter().map(|(_, sum)| (sum - most).exp()).sum::<f32>().ln();
    choices.into_iter().map(|(b, sum)| (b, sum - all)).collect()
}

/// A row of titles is all titles and bylines in a row; below it texts open with a lead or an indent, until
/// the next title.
fn ranks(strands: &[Strand]) -> Vec<Option<(usize, usize)>> {
    let (mut row, mut titles, mut texts) = (0, 0, 0);
    let mut below = false;
    let rank = |strand: &Strand| match strand.kind {
        Kind::Title => {
            if below {
                (row, titles, texts, below) = (row + 1, 0, 0, false);
            }
            titles += 1;
            Some((row, titles))
        }
        Kind::Text if strand.lead || strand.set_in => {
            below = true;
            texts += 1;
            Some((row, texts))
        }
        Kind::Text | Kind::Byline | Kind::Furniture => None,
    };
    strands.iter().map(rank).collect()
}

/// Which way one strand stands from another: below, right beside it, farther to the right, to the left,
/// above.
fn across(here: Rect, next: Rect) -> usize {
    let shared = here.x1.min(next.x1) - here.x0.max(next.x0);
    if shared >= here.width().min(next.width()) / 2.0 {
        if next.y0 >= here.y0 { 0 } else { 4 }
    } else if next.x0 < here.x0 {
        3
    } else {
        1 + usize::from(next.x0 - here.x1 > GUTTER)
    }
}

/// The widest gutter between columns of one text, in ems.
const GUTTER: f32 = 4.0;

/// Lines between two strands in classes.
fn distance(lines: usize) -> usize {
    [1, 3, 6, 12, 25].partition_point(|most| *most < lines)
}

/// Cuts every circle where least speaks for it.
fn open_circles(next: &mut [Option<usize>], gain: &[f32]) {
    let mut seen = vec![0usize; next.len()];
    for start in 0..next.len() {
        let mut at = start;
        // The strands behind `start` bear its number.
        while seen[at] == 0 {
            seen[at] = start + 1;
            match next[at] {
                Some(n) => at = n,
                None => break,
            }
        }
        if seen[at] == start + 1 && next[at].is_some() {
            let mut weakest = at;
            let mut on = next[at];
            while let Some(i) = on.filter(|i| *i != at) {
                if gain[i] < gain[weakest] {
                    weakest = i;
                }
                on = next[i];
            }
            if on.is_some() {
                next[weakest] = None;
            }
        }
    }
}

/// The texts in reading order, each as its columns.
pub fn in_order(weave: &Weave, columns: Vec<Vec<usize>>) -> Vec<Text> {
    let mut strands = Strands::of(weave, columns);
    let next = strands.next();
    let mut follows = vec![false; next.len()];
    next.iter().flatten().for_each(|b| follows[*b] = true);
    let mut text = |first: usize| {
        let mut text = Vec::new();
        let mut at = Some(first);
        while let Some(s) = at {
            text.push(std::mem::take(&mut strands.strands[s].lines));
            at = next[s];
        }
        text
    };
    (0..next.len()).filter(|s| !follows[*s]).map(&mut text).collect()
}
