//! Cuts the runs of a document into articles and gives each its headline, as one optimum: where an
//! article ends, whether its headline stands before or behind it, and which titles are subheadings
//! cannot be decided one by one.
//!
//! ```text
//! body 1 │ headline 1 │ body 2 │ title │ body 2 │ headline 2, headline 3 │ body 3
//!                              a subheading      one behind, one before
//! ```

use super::runs::{RunKind, Runs, same_measure};
use crate::evidence::{Signal, Tally};
use crate::text::words::{Alike, Known, Words};

/// An article as a stretch of runs, with the titles that are its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Cut {
    /// Runs `first..=last`.
    pub first: usize,
    pub last: usize,
    /// Its headline group, as indices of drafts.
    pub head: Vec<usize>,
    /// Its subheadings, as indices of drafts.
    pub subheadings: Vec<usize>,
    /// Subheadings at its edge, which may be another article's headline.
    pub stray: Vec<usize>,
}

/// Runs that one article has at the most; a book's chapter is one run, not many.
const LONGEST: usize = 24;

/// Runs whose passages speak against one article as loudly as this, in the natural logarithm of
/// odds, are not tried as one.
const HOPELESS: f32 = -10.0;

/// Titles between two runs of which each may be the last of the article before. More than a few are
/// a page of headlines, where only the first places are tried.
const SPLITS: usize = 8;

/// Headlines are wider than this, in ems.
const SHORT_HEADLINE: f32 = 5.6;

/// Headlines are larger than the running text by this, as the natural logarithm of the ratio: a fifth.
const HEADLINE_SIZE: f32 = 0.18;

/// How [`large`](Search::large) the titles of a headline's group are that are set as headlines are, at least,
/// and those that are set as the running text is, at most.
const LARGE: f32 = 0.5;
const SMALL: f32 = -0.2;

/// Subheadings of one article differ in width by no more than this share.
const TWINS: f32 = 0.25;

/// Likeness of two runs at which shared words speak at full strength, and at which not at all.
const ALIKE: f32 = 0.12;
const UNLIKE: f32 = 0.02;

/// How strongly a likeness speaks, from 0 to 1.
pub fn strength(likeness: f32) -> f32 {
    ((likeness - UNLIKE) / (ALIKE - UNLIKE)).clamp(0.0, 1.0)
}

/// Everything that the search looks at.
pub struct Search<'a> {
    pub habits: Habits,
    pub runs: &'a Runs,
    pub words: &'a Words,
    /// The words of each run that is a picture.
    pub pictures: &'a [Known],
    /// What is known of each title, by index of draft; of others nothing.
    pub titles: &'a [TitleFacts],
    pub alike: Alike,
    /// How many runs share the measure of each.
    pub sharing: Vec<usize>,
}

/// What is known of a title by itself.
#[derive(Debug, Clone, Default)]
pub struct TitleFacts {
    /// Its words.
    pub words: Known,
    /// Its width in ems, all its lines together.
    pub width: f32,
    /// The size of its type as a share of the running text's, where it is known.
    pub size: Option<f32>,
    /// What the file states: 1 that it is a headline, -1 that it is a subheading, more where it binds; 0
    /// where it states nothing.
    pub stated: f32,
    /// It opens with an item's number.
    pub numbered: bool,
    /// How it is set beside the text about it, where no box tells the size of its type.
    pub setting: Setting,
}

/// How a title's lines are set beside the text about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Setting {
    /// They fit its measure, or nothing tells.
    #[default]
    Within,
    /// They wrap where the lines of the text before it do, as what is set in its size and its column does.
    Wrapped,
    /// They are wider than the text before it and behind it.
    Wider,
}

/// What share of the words of each title, by index of draft, and of each picture, by index of run,
/// stands in an article, however its titles are shared out.
struct Covered {
    titles: Vec<f32>,
    pictures: Vec<f32>,
}

/// What a page's articles have in common.
#[derive(Debug, Clone, Copy)]
pub struct Habits {
    /// The share of runs behind a title that open with a lead.
    pub leads: f32,
    /// The document has one byline, no lead and one measure.
    pub only_one: bool,
    /// How much more likely a headline stands before its body than behind it, in the natural
    /// logarithm of odds.
    pub before: f32,
    /// The page has boxes.
    pub placed: bool,
}

impl Habits {
    /// The habits that show before any article is known.
    pub fn of(runs: &Runs, placed: bool) -> Habits {
        let headed = || {
            runs.runs.iter().zip(&runs.titles).filter(|(run, titles)| run.kind == RunKind::Body && !titles.is_empty())
        };
        let leads = headed().filter(|(run, _)| run.lead).count() as f32;
        let signed_once = runs.bylines.len() == 1 && !runs.runs.iter().any(|r| r.lead);
        let mut bodies = runs.runs.iter().filter(|r| r.kind == RunKind::Body);
        let measure = bodies.next().map(|r| r.measures[0]);
        let one_measure = bodies.all(|r| measure.is_some_and(|m| same_measure(m, r.measures[0])));
        Habits {
            leads: leads / (headed().count() as f32 + 1.0),
            only_one: signed_once && one_measure,
            // Dumps put headlines first somewhat more often than last; on the page they stand above.
            before: if placed { 2.5 } else { 0.2 },
            placed,
        }
    }

    /// The same, with what a first search has shown.
    #[must_use]
    pub fn learned(self, cuts: &[Cut], runs: &Runs) -> Habits {
        let (mut before, mut behind) = (0f32, 0f32);
        for cut in cuts {
            if let Some(head) = cut.head.first() {
                let body = runs.runs[cut.first].drafts[0];
                if *head < body { before += 1.0 } else { behind += 1.0 }
            }
        }
        let learned = ((before + 0.6) / (behind + 0.5)).ln().clamp(-2.0, 2.0);
        Habits { before: if self.placed { self.before } else { learned }, ..self }
    }
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
            for (taken, score) in best[first].iter().map(|b| b.0).enumerate() {
                for (cell, take) in row.iter_mut().zip(&takes) {
                    let total = score + inside + search.titles(first, end - 1, taken, *take, &covered, None);
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
        search.titles(first, end - 1, taken, take, &covered, Some(&mut cut));
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
        let picture = runs[first].kind == RunKind::Picture || runs[next].kind == RunKind::Picture;
        let likeness = (next..=last).map(|b| self.alike.get(first, b)).fold(0.0, f32::max);
        let strength = strength(likeness);
        tally.add(Signal::ArticleGoesOn, 1.0);
        // Whose picture it is, its own words tell, when the whole article is known.
        if !picture {
            tally.add(Signal::SharedWords, strength - 0.3);
        }
        tally.add_if(runs[next].parted, Signal::ArticleJump);
        // That a text goes on says less: another may stand right below it in its column.
        if !picture {
            tally.add(Signal::ArticleBegins, runs[next].begins.map_or(0.0, |begins| if begins { 1.0 } else { -0.5 }));
        }
        // On a page a picture may stand between a headline and the lead below it; in a dump that headline
        // may be another's.
        let heads = self.habits.placed && runs[first].kind == RunKind::Picture && !self.runs.titles[first].is_empty();
        let between = heads && self.runs.titles[next].is_empty();
        tally.add_if(runs[next].lead && !between, Signal::ArticleLead);
        tally.add_if(runs[first].closed, Signal::ArticleSigned);
        if !picture {
            let (a, b) = (runs[first].measures[1], runs[next].measures[0]);
            if same_measure(a, b) {
                // A measure that many runs share says less.
                let strength = (runs.len() as f32 / self.sharing[next].max(1) as f32).ln();
                tally.add(Signal::ArticleSameColumn, strength.clamp(0.3, 1.6));
            } else {
                tally.add(Signal::ArticleColumn, 1.0);
            }
            tally.add_if(self.habits.only_one && !runs[next].lead, Signal::ArticleOnlyOne);
            // Where some articles have leads and some have none, that one has none says little.
            let leads = self.habits.leads * self.habits.leads;
            tally.add(Signal::ArticleNoLead, if runs[next].lead { 0.0 } else { leads });
        }
        tally.add_if(!self.runs.titles[next].is_empty(), Signal::TitleParts);
    }

    /// How clearly a title is set as large as headlines are, from 1 to -1; 0 where sizes are not known.
    fn large(&self, title: usize) -> f32 {
        self.titles[title].size.map_or(0.0, |size| ((size.ln() - HEADLINE_SIZE) / HEADLINE_SIZE).clamp(-1.0, 1.0))
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

    /// The score of the titles of an article of the runs `first..=last`: those of the gap before it
    /// from `taken` on, those inside, and the first `take` behind it, whose words are `covered`.
    /// Writes down in `out` which are what.
    fn titles(
        &self,
        first: usize,
        last: usize,
        taken: usize,
        take: usize,
        covered: &Covered,
        out: Option<&mut Cut>,
    ) -> f32 {
        let runs = &self.runs.runs;
        let titles = &self.runs.titles;
        let is_body = |r: &usize| runs[*r].kind == RunKind::Body;
        let body = (first..=last).find(is_body).zip((first..=last).rev().find(is_body));
        // Pictures may stand between an article's headline and its text on either side.
        let (head_to, tail_from) = body.unwrap_or((first, last));
        let gap = |from: usize, to: usize| (from..=to).flat_map(|g| titles[g].iter().copied());
        let before: Vec<usize> =
            titles[first][taken.min(titles[first].len())..].iter().copied().chain(gap(first + 1, head_to)).collect();
        let after: Vec<usize> = gap(tail_from + 1, last).chain(titles[last + 1][..take].iter().copied()).collect();
        let inside: Vec<usize> = gap(head_to + 1, tail_from).collect();

        let mut base = 0f32;
        base.add_if(body.is_none(), Signal::HeadlineCaption);
        // On a page every text has its headline; in a dump a lead is enough.
        let bare = match (self.habits.placed, runs[first].lead) {
            (true, _) => 2.0,
            (false, false) => 1.0,
            (false, true) => 0.0,
        };
        let headless = first > 0 && titles[first].is_empty() && body.is_some();
        base.add(Signal::ArticleBare, if headless { bare } else { 0.0 });
        base.add(Signal::SubheadingInside, inside.len() as f32);
        base.add(Signal::SubheadingSize, inside.iter().map(|t| self.large(*t).max(0.0)).sum());
        base.add(Signal::SubheadingStated, -inside.iter().map(|t| self.titles[*t].stated).sum::<f32>());
        for gap in &titles[head_to + 1..=tail_from.max(head_to)] {
            base.add(Signal::SubheadingMany, gap.len().saturating_sub(1) as f32);
        }
        // Whatever a title is, its words stand in its own article.
        for t in before.iter().chain(&inside).chain(&after) {
            base.add(Signal::TitleWords, covered.titles[*t] - 0.3);
        }
        if body.is_some() {
            for picture in (first..=last).filter(|r| !is_body(r)) {
                base.add(Signal::PictureWords, covered.pictures[picture] - 0.3);
            }
        }
        let behind = &titles[last + 1];
        if let (Some(kicker), Some(next)) = (behind[..take].last(), behind.get(take)) {
            let (kicker, next) = (self.titles[*kicker].width, self.titles[*next].width);
            base.add_if(kicker < SHORT_HEADLINE && next > kicker * 1.4, Signal::KickerParted);
        }
        let set = |titles: &[usize], as_is: Setting| {
            titles.iter().filter(|t| self.titles[**t].setting == as_is).count() as f32
        };
        base.add(Signal::SubheadingWider, set(&inside, Setting::Wider));
        let edge = |titles: &[usize]| {
            let mut score = 0f32;
            score.add(Signal::SubheadingEdge, titles.len() as f32);
            score.add(Signal::SubheadingWider, set(titles, Setting::Wider));
            score
        };
        // What one of some titles is worth as a headline's group, what two are, and so on: all in one
        // pass, since a page of headlines has thousands in a row.
        let heads = |titles: &mut dyn Iterator<Item = usize>| -> Vec<f32> {
            let (mut last, mut signed, mut width, mut largest) = (None, false, 0f32, -1f32);
            let (mut stated, mut numbered, mut wrapped, mut small) = (0f32, false, 0f32, 0f32);
            let group = titles.enumerate().map(|(more, t)| {
                signed |= last.replace(t).is_some_and(|l: usize| self.runs.signed_between(l.min(t), l.max(t)));
                width += self.titles[t].width;
                largest = largest.max(self.large(t));
                stated += self.titles[t].stated;
                numbered |= self.titles[t].numbered;
                wrapped += set(&[t], Setting::Wrapped);
                let mut score = 0f32;
                score.add(Signal::HeadlineFound, 1.0);
                score.add_if(numbered, Signal::HeadlineNumbered);
                score.add(Signal::HeadlineWrapped, wrapped);
                small += f32::from(u8::from(self.large(t) < SMALL));
                score.add(Signal::HeadlineSmall, if largest > LARGE { small } else { 0.0 });
                score.add(Signal::HeadlineMany, more as f32);
                score.add_if(signed, Signal::HeadlineSigned);
                score.add_if(width < SHORT_HEADLINE, Signal::HeadlineShort);
                score.add(Signal::HeadlineSize, largest);
                score.add(Signal::HeadlineStated, stated);
                score
            });
            group.collect()
        };
        let alike = |a: usize, b: usize| {
            let (a, b) = (self.titles[a].width, self.titles[b].width);
            (a - b).abs() <= TWINS * a.max(b)
        };
        for pair in inside.windows(2) {
            base.add_if(alike(pair[0], pair[1]), Signal::SubheadingTwin);
        }
        // A title that opens the text without being the headline is a subheading like the next.
        let twin = |opens: Option<&usize>| {
            let mut score = 0f32;
            let both = opens.zip(inside.first());
            score.add_if(both.is_some_and(|(a, b)| alike(*a, *b)), Signal::SubheadingTwin);
            score
        };
        // No headline; or the first titles before the text, those behind them being subheadings that
        // open it; or the last titles behind the text.
        let mut none = edge(&before) + edge(&after) + twin(before.last());
        none.add_if(body.is_none(), Signal::PictureAlone);
        let mut best = (none, 0, after.len());
        for (n, head) in (1..).zip(heads(&mut before.iter().copied())) {
            let mut score = head + edge(&after) + twin(before[n..].last());
            score.add(Signal::HeadlineBefore, self.habits.before);
            score.add(Signal::SubheadingInside, (before.len() - n) as f32);
            score.add(Signal::TitleParts, (before.len() - n) as f32);
            if score > best.0 {
                best = (score, n, after.len());
            }
        }
        for (n, head) in heads(&mut after.iter().rev().copied()).into_iter().rev().enumerate() {
            let score = head + edge(&before) + edge(&after[..n]) + twin(before.last());
            if score > best.0 {
                best = (score, 0, n);
            }
        }
        if let Some(out) = out {
            let (_, heads, tail) = best;
            out.head = before[..heads].iter().chain(&after[tail..]).copied().collect();
            out.stray = if heads == 0 {
                before.iter().chain(&after[..tail]).copied().collect()
            } else {
                after[..tail].to_vec()
            };
            out.subheadings = inside;
            out.subheadings.extend(&before[heads..]);
            out.subheadings.extend(&after[..tail]);
            out.subheadings.sort_unstable();
        }
        best.0 + base
    }
}
