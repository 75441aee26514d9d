//! Cuts the runs of a document into articles and gives each its headline, as one optimum: where an
//! article ends, whether its headline stands before or behind it, and which titles are subheadings
//! cannot be decided one by one.
//!
//! ```text
//! body 1 │ headline 1 │ body 2 │ title │ body 2 │ headline 2, headline 3 │ body 3
//!                              a subheading      one behind, one before
//! ```

use super::runs::{RunKind, same_measure};
use super::search::{Covered, Cut, Search};
use crate::evidence::{Signal, Tally};

/// Runs that one article has at the most; a book's chapter is one run, not many.
const LONGEST: usize = 24;

/// Runs whose passages speak against one article as loudly as this, in the natural logarithm of
/// odds, are not tried as one.
const HOPELESS: f32 = -10.0;

/// Titles between two runs of which each may be the last of the article before. More than a few are
/// a page of headlines, where only the first places are tried.
const SPLITS: usize = 8;

/// Likeness of two runs at which shared words speak at full strength, and at which not at all.
const ALIKE: f32 = 0.12;
const UNLIKE: f32 = 0.02;

/// How strongly a likeness speaks, from 0 to 1.
pub fn strength(likeness: f32) -> f32 {
    ((likeness - UNLIKE) / (ALIKE - UNLIKE)).clamp(0.0, 1.0)
}

/// Runs that the search looks at from each.
pub const REACH: usize = LONGEST;

/// Finds the best way to cut all runs into articles.
pub fn cut(search: &Search) -> Vec<Cut> {
    let runs = &search.runs.runs;
    if runs.is_empty() {
        return Vec::new();
    }
    let splits = |gap: usize| search.runs.titles[gap].len().min(SPLITS);
    // `best[g][j]`: the runs before `g` are cut, and `j` titles of the gap before it are taken.
    let mut best: Vec<Vec<(f32, usize, usize)>> = Vec::with_capacity(runs.len() + 1);
    best.push(vec![(0.0, 0, 0)]);
    let mut covered = Covered { titles: vec![0.0; search.titles.len()], pictures: vec![0.0; runs.len()] };
    for end in 1..=runs.len() {
        // Behind the last run all titles belong to the last article.
        let takes: Vec<usize> =
            if end == runs.len() { vec![search.runs.titles[end].len()] } else { (0..=splits(end)).collect() };
        let mut row = vec![(f32::NEG_INFINITY, 0, 0); takes.len()];
        let mut inside = 0f32;
        for first in (end.saturating_sub(LONGEST)..end).rev() {
            if first + 1 < end {
                search.goes_on(first, end - 1, &mut inside);
            }
            // No headline is worth so much that it could hold these runs together.
            if inside < HOPELESS {
                break;
            }
            search.cover(first, end - 1, takes[takes.len() - 1], &mut covered);
            let stretch = search.stretch(first, end - 1, &covered);
            for (taken, score) in best[first].iter().map(|b| b.0).enumerate() {
                let before = search.before(&stretch, taken, &covered);
                for (cell, take) in row.iter_mut().zip(&takes) {
                    let total = score + inside + search.titles(&stretch, &before, *take, &covered, None);
                    if total > cell.0 {
                        *cell = (total, first, taken);
                    }
                }
            }
        }
        best.push(row);
    }
    let mut cuts = Vec::new();
    let (mut end, mut column) = (runs.len(), 0);
    let mut take = search.runs.titles[end].len();
    while end > 0 {
        let (_, first, taken) = best[end][column];
        let mut cut = Cut { first, last: end - 1, head: Vec::new(), subheadings: Vec::new(), stray: Vec::new() };
        search.cover(first, end - 1, take, &mut covered);
        let stretch = search.stretch(first, end - 1, &covered);
        let before = search.before(&stretch, taken, &covered);
        search.titles(&stretch, &before, take, &covered, Some(&mut cut));
        cuts.push(cut);
        (end, column, take) = (first, taken, taken);
    }
    cuts.reverse();
    cuts
}

impl Search<'_> {
    /// Adds what speaks for run `first` to belong to the article of the runs behind it, up to `last`.
    fn goes_on(&self, first: usize, last: usize, tally: &mut impl Tally) {
        let runs = &self.runs.runs;
        let next = first + 1;
        tally.add(Signal::ArticleGoesOn, 1.0);
        // Whose picture it is, its own words tell, when the whole article is known; what stands on both sides
        // of it is one text or two all the same.
        let is_body = |r: &usize| runs[*r].kind == RunKind::Body;
        if let Some(text) = (next..=last).find(is_body).filter(|_| is_body(&first)) {
            let likeness = (text..=last).filter(is_body).map(|b| self.alike.get(first, b)).fold(0.0, f32::max);
            tally.add(Signal::SharedWords, strength(likeness) - 0.3);
            self.set_alike(first, text, tally);
        }
        tally.add_if(runs[next].parted, Signal::ArticleJump);
        // On a page a picture may stand between a headline and the lead below it; in a dump that headline
        // may be another's.
        let heads = self.habits.placed && !is_body(&first) && !self.runs.titles[first].is_empty();
        let between = heads && self.runs.titles[next].is_empty();
        tally.add_if(runs[next].lead && !between, Signal::ArticleLead);
        tally.add_if(runs[first].closed, Signal::ArticleSigned);
        // In a dump a picture behind a headline is as likely its own as the next one's.
        let hangs = runs[next].kind == RunKind::Picture && !self.habits.placed;
        tally.add_if(!self.runs.titles[next].is_empty() && !hangs, Signal::TitleParts);
    }

    /// Adds what the setting of two texts, one after the other, says for them to be of one article.
    fn set_alike(&self, before: usize, text: usize, tally: &mut impl Tally) {
        let runs = &self.runs.runs;
        // That a text goes on says less: another may stand right below it in its column.
        tally.add(Signal::ArticleBegins, runs[text].begins.map_or(0.0, |begins| if begins { 1.0 } else { -0.5 }));
        if same_measure(runs[before].measures[1], runs[text].measures[0]) {
            // A measure that many runs share says less.
            let strength = (runs.len() as f32 / self.sharing[text].max(1) as f32).ln();
            tally.add(Signal::ArticleSameColumn, strength.clamp(0.3, 1.6));
        } else {
            tally.add(Signal::ArticleColumn, 1.0);
        }
        tally.add_if(self.habits.only_one && !runs[text].lead, Signal::ArticleOnlyOne);
        // Where some articles have leads and some have none, that one has none says little.
        let leads = self.habits.leads * self.habits.leads;
        tally.add(Signal::ArticleNoLead, if runs[text].lead { 0.0 } else { leads });
    }

    /// Writes down what stands in an article of the runs `first..=last`: of the words of its pictures,
    /// and of the titles before and between them and the first `take` behind them.
    fn cover(&self, first: usize, last: usize, take: usize, covered: &mut Covered) {
        let titles = &self.runs.titles;
        for t in titles[first..=last].iter().flatten().chain(&titles[last + 1][..take]) {
            covered.titles[*t] = self.words.covered(&self.titles[*t].words, first, last, None);
        }
        for picture in (first..=last).filter(|r| self.runs.runs[*r].kind == RunKind::Picture) {
            covered.pictures[picture] = self.words.covered(&self.pictures[picture], first, last, Some(picture));
        }
    }
}
