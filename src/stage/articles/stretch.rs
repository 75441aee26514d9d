//! Some runs as one article, and what that is worth whichever of the titles at its edges are its own.

use super::runs::RunKind;
use super::search::{Covered, Search, Setting};
use crate::evidence::{Signal, Tally};

/// Subheadings of one article differ in width by no more than this share.
const TWINS: f32 = 0.25;

/// Some runs as one article, the titles before and behind them not yet shared out: those are asked about for every
/// way to do so, and a page of headlines has thousands.
pub struct Stretch {
    /// Runs `first..=last`.
    pub first: usize,
    pub last: usize,
    /// Its first text and its last; pictures may stand between an article's headline and its text on either side. None
    /// where it is pictures alone.
    pub text: Option<(usize, usize)>,
    /// The titles that stand among its runs: before its text, within it, and behind it.
    pub opening: Vec<usize>,
    pub inside: Vec<usize>,
    pub closing: Vec<usize>,
    /// What all that is not at its edges is worth.
    pub score: f32,
}

impl Stretch {
    /// The last run of its text.
    pub fn tail(&self) -> usize {
        self.text.map_or(self.last, |(_, tail)| tail)
    }
}

impl Search<'_> {
    /// The runs `first..=last` as one article, whose words are `covered`.
    pub fn stretch(&self, first: usize, last: usize, covered: &Covered) -> Stretch {
        let runs = &self.runs.runs;
        let titles = &self.runs.titles;
        let is_body = |r: &usize| runs[*r].kind == RunKind::Body;
        let text = (first..=last).find(is_body).zip((first..=last).rev().find(is_body));
        let (head, tail) = text.unwrap_or((first, last));
        let among = |from: usize, to: usize| titles[from + 1..=to].iter().flatten().copied().collect::<Vec<_>>();
        let (opening, inside, closing) = (among(first, head), among(head, tail), among(tail, last));

        let mut score = 0f32;
        score.add_if(text.is_none(), Signal::HeadlineCaption);
        // On a page every text has its headline; in a dump a lead is enough.
        let bare = match (self.habits.placed, runs[first].lead) {
            (true, _) => 2.0,
            (false, false) => 1.0,
            (false, true) => 0.0,
        };
        let headless = first > 0 && titles[first].is_empty() && text.is_some();
        score.add(Signal::ArticleBare, if headless { bare } else { 0.0 });
        score.add(Signal::SubheadingInside, inside.len() as f32);
        score.add(Signal::SubheadingSize, inside.iter().map(|t| self.large(*t).max(0.0)).sum());
        score.add(Signal::SubheadingStated, -inside.iter().map(|t| self.titles[*t].stated).sum::<f32>());
        score.add(Signal::SubheadingWider, inside.iter().map(|t| self.set(*t, Setting::Wider)).sum());
        for gap in head + 1..=tail {
            score.add(Signal::SubheadingMany, titles[gap].len().saturating_sub(1) as f32);
            score.add_if(runs[gap].bylined, Signal::SubheadingSigned);
        }
        for pair in inside.windows(2) {
            score.add_if(self.twins(pair[0], pair[1]), Signal::SubheadingTwin);
        }
        // Whatever a title is, its words stand in its own article.
        for t in &inside {
            score.add(Signal::TitleWords, covered.titles[*t] - 0.3);
        }
        if text.is_some() {
            for picture in (first..=last).filter(|r| !is_body(r)) {
                score.add(Signal::PictureWords, covered.pictures[picture] - 0.3);
            }
        }
        Stretch { first, last, text, opening, inside, closing, score }
    }

    /// 1 where a title is set so, 0 where it is not.
    pub fn set(&self, title: usize, as_is: Setting) -> f32 {
        f32::from(u8::from(self.titles[title].setting == as_is))
    }

    /// True where two titles are about as wide as each other.
    pub fn twins(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.titles[a].width, self.titles[b].width);
        (a - b).abs() <= TWINS * a.max(b)
    }
}
