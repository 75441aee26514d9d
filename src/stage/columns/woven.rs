//! Undoes the weaving of columns: a dump whose lines were sorted by their height on the page takes
//! one line from each column in turn.
//!
//! ```text
//! 习近平强调，中国和赤道几内亚是        1
//! 受到中国人民对于赤道几内亚和非洲人     2
//! 特别是习近平法治思想不断              3
//! 好朋友。高水平的政治互信、全方位的     1
//! 民的真挚友好。这次峰会组织工作周密     2
//! 引向深入，中央宣传部、中              3
//! ```
//!
//! Every line is followed by at most one and follows at most one, so the columns are a path cover of
//! the lines, and the best cover is wanted. Columns keep their order from row to row: the line that
//! has waited longest for its continuation finds it first. So a pointer to the next waiting line is
//! all that a dynamic program must remember.

use crate::flow::Line;
use crate::geometry::median;
use crate::source::Source;
use crate::text::class::class;
use crate::text::continuity::{Head, Model, Tail};
use crate::text::ends::{LineEnd, line_end};
use crate::text::language::Language;
use crate::text::word::straddles;
use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

/// Lines that wait at once: more columns than any page has, or rows out of step.
const WAITING: usize = 26;

/// Shorter pages, in lines, show no weave.
const FEWEST: usize = 16;

/// Columns are wider than this, in ems; lines that are not are verse, a table or a list.
const NARROWEST: f32 = 6.0;

/// A page is woven where the cover is better than the order of the input by so much for each line.
const GAIN: f32 = 0.6;

/// And where so many of its lines are followed by another than the next.
const AWAY: f32 = 0.5;

/// Lines of which each goes on the one before so well, on average, stand in their order: woven ones are
/// a whole unit below, and most pages need not be looked at further.
const IN_ORDER: f32 = -1.2;

// In the natural logarithm of odds.
const BEGIN: f32 = -3.0;
const BEGIN_CLOSING: f32 = -4.0;
const END_STOP: f32 = -1.0;
const END_TITLE: f32 = -1.5;
const END_WORD: f32 = -3.5;
const STRADDLES: f32 = 2.5;
const CLOSING: f32 = 2.0;
const SAME_WIDTH: f32 = 1.2;
const SHORT: f32 = -2.5;
const RHYTHM: f32 = 1.5;

/// A line that may be a title is no wider than this, in ems.
const TITLE: f32 = 14.0;

/// The lines of a page column by column, if they are woven.
pub fn unwoven(source: &Source, lines: &[Line], model: &Model, language: Language) -> Option<Vec<Vec<usize>>> {
    if lines.len() < FEWEST || median(lines.iter().map(|l| l.width.middle())) < NARROWEST {
        return None;
    }
    let mut weave = Weave::of(source, lines, model, language);
    let plain: f32 = (1..lines.len()).map(|j| weave.weigh(j - 1, j).max(weave.end(j - 1) + weave.begin(j))).sum();
    if plain > IN_ORDER * lines.len() as f32 {
        return None;
    }
    weave.links = (0..lines.len()).map(|j| (0..j.min(WAITING)).map(|k| weave.weigh(j - 1 - k, j)).collect()).collect();
    let first = weave.cover(&vec![0; lines.len()]);
    let second = weave.cover(&steps(&first.after));
    let linked = second.after.iter().enumerate().filter(|(_, q)| q.is_some());
    let away = linked.clone().filter(|(j, q)| q.is_some_and(|q| q + 1 < *j)).count() as f32;
    let gain = first.score - plain;
    let woven = gain > GAIN * lines.len() as f32 && away > AWAY * linked.count() as f32;
    woven.then(|| weave.in_order(weave.parted(paths(&second.after))))
}

/// What is known of every line.
struct Weave<'a> {
    source: &'a Source,
    lines: &'a [Line],
    model: &'a Model,
    language: Language,
    heads: Vec<Head>,
    tails: Vec<Tail>,
    ends: Vec<LineEnd>,
    /// `links[j][k]`: how well line `j` goes on line `j - 1 - k`.
    links: Vec<Vec<f32>>,
}

/// For each line the one it follows, and what the cover is worth.
struct Cover {
    after: Vec<Option<usize>>,
    score: f32,
}

impl<'a> Weave<'a> {
    fn of(source: &'a Source, lines: &'a [Line], model: &'a Model, language: Language) -> Self {
        let text = |l: &Line| source.get(l.span);
        Weave {
            source,
            lines,
            model,
            language,
            heads: lines.iter().map(|l| model.head(text(l))).collect(),
            tails: lines.iter().map(|l| model.tail(text(l))).collect(),
            ends: lines.iter().map(|l| line_end(text(l))).collect(),
            links: Vec::new(),
        }
    }

    fn link(&self, q: usize, j: usize) -> f32 {
        self.links[j][j - 1 - q]
    }

    /// How much speaks for line `j` to stand below line `q` in one column.
    fn weigh(&self, q: usize, j: usize) -> f32 {
        let (text, next) = (self.source.get(self.lines[q].span), self.source.get(self.lines[j].span));
        let (wide, wide_next) = (self.lines[q].width.middle(), self.lines[j].width.middle());
        let mut sum = self.model.goes_on(self.tails[q], self.heads[j]).clamp(-3.0, 6.0);
        if self.ends[q] == LineEnd::Stop {
            // Another paragraph may begin, whatever its words.
            sum = sum.max(0.0) * 0.5;
        }
        if self.language == Language::Chinese && sum > 0.0 && straddles(text, next) {
            sum += STRADDLES;
        }
        if next.chars().next().is_some_and(|c| class(c).shuns_line_start()) {
            sum += if self.ends[q] == LineEnd::Word { CLOSING } else { -CLOSING };
        }
        if (wide - wide_next).abs() <= 1.1 {
            sum += SAME_WIDTH;
        } else if wide + 1.5 < wide_next && self.ends[q] != LineEnd::Stop {
            sum += SHORT;
        } else if wide_next + 1.5 < wide && self.ends[j] != LineEnd::Stop {
            // A short line ends a paragraph, or the next one has lost its indent.
            sum += SHORT / if wide_next + self.language.indent() + 1.0 > wide { 3.0 } else { 1.0 };
        }
        sum
    }

    fn begin(&self, j: usize) -> f32 {
        let first = self.source.get(self.lines[j].span).chars().next();
        if first.is_some_and(|c| class(c).shuns_line_start()) { BEGIN + BEGIN_CLOSING } else { BEGIN }
    }

    fn end(&self, q: usize) -> f32 {
        match self.ends[q] {
            LineEnd::Stop => END_STOP,
            LineEnd::Word | LineEnd::Close if self.lines[q].width.middle() <= TITLE => END_TITLE,
            _ => END_WORD,
        }
    }

    /// The best cover. `steps` are how many lines on each line's predecessor is expected; 0 where
    /// nothing is.
    fn cover(&self, steps: &[usize]) -> Cover {
        let n = self.lines.len();
        // `best[j][w]`: lines before `j` are placed, and the last `w` of them wait.
        let mut best = vec![[f32::NEG_INFINITY; WAITING + 1]; n + 1];
        // What was linked: the number of lines that waited before, and whether one was taken.
        let mut trail = vec![[(0u8, false); WAITING + 1]; n + 1];
        best[0][0] = 0.0;
        for j in 0..n {
            let low = j.saturating_sub(WAITING);
            let ends: Vec<f32> = (low..j).map(|q| self.end(q)).collect();
            for w in 0..=WAITING.min(j) {
                let here = best[j][w];
                if here == f32::NEG_INFINITY {
                    continue;
                }
                let mut given_up = 0.0;
                // Those that waited longest are given up, one by one, until one is taken.
                for left in (0..=w).rev() {
                    let opens = here + given_up + self.begin(j);
                    // A line that opens a column waits behind all others.
                    if left < WAITING && opens > best[j + 1][left + 1] {
                        best[j + 1][left + 1] = opens;
                        trail[j + 1][left + 1] = (w as u8, false);
                    }
                    if left == 0 {
                        break;
                    }
                    let q = j - left;
                    let rhythm = if steps[j] > 0 && j - q == steps[j] { RHYTHM } else { 0.0 };
                    let goes_on = here + given_up + self.link(q, j) + rhythm;
                    if goes_on > best[j + 1][left] {
                        best[j + 1][left] = goes_on;
                        trail[j + 1][left] = (w as u8, true);
                    }
                    given_up += ends[q - low];
                }
            }
        }
        let closed = |w: usize| best[n][w] + (n - w..n).map(|q| self.end(q)).sum::<f32>();
        let mut w = (0..=WAITING.min(n)).max_by(|a, b| closed(*a).total_cmp(&closed(*b))).unwrap_or(0);
        let score = closed(w);
        let mut after = vec![None; n];
        for j in (0..n).rev() {
            let (before, taken) = trail[j + 1][w];
            if taken {
                after[j] = Some(j - w);
            }
            w = before as usize;
        }
        Cover { after, score }
    }

    /// Paths cut where one article ends above another: at a finished sentence, or about a title, behind
    /// which the lines have another measure.
    fn parted(&self, paths: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
        let widest = |lines: &[usize]| lines.iter().map(|i| self.lines[*i].width.middle()).fold(0.0, f32::max);
        let mut out = Vec::with_capacity(paths.len());
        for path in paths {
            let mut from = 0;
            for n in 1..path.len() {
                let (above, below) = (&path[from..n], &path[n..]);
                let (above, below) =
                    (&above[above.len().saturating_sub(MEASURED)..], &below[..below.len().min(MEASURED)]);
                let last = path[n - 1];
                let may_end = self.ends[last] == LineEnd::Stop || self.end(last) == END_TITLE;
                if may_end && (widest(above) - widest(below)).abs() > OTHER {
                    out.push(path[from..n].to_vec());
                    from = n;
                }
            }
            out.push(path[from..].to_vec());
        }
        out
    }

    /// Paths in reading order: by their first line, but where a text breaks off at a column's foot, the
    /// column follows on whose top it goes on best. Which those are is one assignment.
    fn in_order(&self, mut paths: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
        paths.sort_by_key(|p| p[0]);
        let measures: Vec<f32> = paths.iter().map(|p| self.measure(p)).collect();
        let mut next: Vec<Option<usize>> = vec![None; paths.len()];
        for from in (0..paths.len()).step_by(AT_ONCE) {
            let group = from..(from + AT_ONCE).min(paths.len());
            let end = (from + 2 * AT_ONCE).min(paths.len());
            let weights = Matrix::from_fn(group.len(), end - from + group.len(), |(a, b)| {
                let (a, b) = (from + a, from + b);
                let score = if b < end { self.goes_over(&paths, &measures, a, b) } else { SURE };
                (score.max(-100.0) * 1000.0) as i64
            });
            for (a, b) in kuhn_munkres(&weights).1.into_iter().enumerate() {
                next[from + a] = (from + b < end).then_some(from + b);
            }
        }
        let mut followed = vec![false; paths.len()];
        next.iter().flatten().for_each(|b| followed[*b] = true);
        let mut out = Vec::with_capacity(paths.len());
        for first in (0..paths.len()).filter(|p| !followed[*p]) {
            let mut at = Some(first);
            while let Some(p) = at {
                out.push(std::mem::take(&mut paths[p]));
                at = next[p];
            }
        }
        out
    }

    /// How much speaks for path `b` to be the next column of the text of path `a`.
    fn goes_over(&self, paths: &[Vec<usize>], measures: &[f32], a: usize, b: usize) -> f32 {
        let (last, first) = (paths[a][paths[a].len() - 1], paths[b][0]);
        // The next column begins to the right, and above where this one ends.
        if a >= b || paths[a].len() < 2 || first >= last {
            return -100.0;
        }
        let same = (measures[a] - measures[b]).abs() <= 1.1;
        let ended = if self.ends[last] == LineEnd::Stop { ENDED } else { 0.0 };
        let words = self.weigh(last, first);
        words + ended + if same { SAME_MEASURE } else { -SAME_MEASURE } - ((b - a) as f32).ln()
    }

    /// The width that most lines of a path have, in ems.
    fn measure(&self, path: &[usize]) -> f32 {
        let mut widths: Vec<f32> = path.iter().map(|i| self.lines[*i].width.middle()).collect();
        widths.sort_by(f32::total_cmp);
        widths[widths.len() * 2 / 3]
    }
}

/// Lines above and below a place that show their measure, and by how much, in ems, two differ.
const MEASURED: usize = 5;
const OTHER: f32 = 1.6;

/// Paths whose continuations are looked for at once.
const AT_ONCE: usize = 48;

/// A text goes on in another column from this score on.
const SURE: f32 = 1.0;
const SAME_MEASURE: f32 = 1.5;

/// A column that closes with a sentence may be an article's last.
const ENDED: f32 = -0.5;

/// How far back each line's predecessor is expected: as far as those of most lines about it.
fn steps(after: &[Option<usize>]) -> Vec<usize> {
    const NEAR: usize = 12;
    (0..after.len())
        .map(|j| {
            let mut votes = [0usize; WAITING + 1];
            for i in j.saturating_sub(NEAR)..(j + NEAR + 1).min(after.len()) {
                if let Some(q) = after[i].filter(|_| i != j) {
                    votes[i - q] += 1;
                }
            }
            let most = (1..=WAITING).max_by_key(|k| votes[*k]).unwrap_or(0);
            if votes[most] >= NEAR / 2 { most } else { 0 }
        })
        .collect()
}

fn paths(after: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut paths: Vec<Vec<usize>> = Vec::new();
    let mut path_of = vec![0; after.len()];
    for (j, q) in after.iter().enumerate() {
        match q {
            Some(q) => {
                path_of[j] = path_of[*q];
                paths[path_of[j]].push(j);
            }
            None => {
                path_of[j] = paths.len();
                paths.push(vec![j]);
            }
        }
    }
    paths
}
