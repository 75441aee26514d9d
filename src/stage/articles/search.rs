//! What the search for articles looks at, and what it finds.

use super::runs::{RunKind, Runs, same_measure};
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

/// Everything that the search looks at.
pub struct Search<'a> {
    pub habits: Habits,
    pub runs: &'a Runs,
    pub words: &'a Words,
    /// The words of each run that is a picture.
    pub pictures: &'a [Known],
    /// What is known of each title, by index of draft; of others nothing.
    pub titles: &'a [TitleFacts],
    /// From which size on a title is set as headlines are, as the natural logarithm of its ratio to the running text.
    pub headline_size: f32,
    /// Some titles are set larger than the running text.
    pub larger: bool,
    pub alike: Alike,
    /// How many runs share the measure of each.
    pub sharing: Vec<usize>,
}

/// What share of the words of each title, by index of draft, and of each picture, by index of run,
/// stands in an article, however its titles are shared out.
pub struct Covered {
    pub titles: Vec<f32>,
    pub pictures: Vec<f32>,
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
    /// The document is so short that it may have been typed, and not put together out of frames.
    pub short: bool,
}

impl Habits {
    /// The habits that show before any article is known, of a document that is placed, and short, or not.
    pub fn of(runs: &Runs, placed: bool, short: bool) -> Habits {
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
            short,
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
    /// It has no word: a row of stars between two parts.
    pub ornament: bool,
    /// How clearly its mark tells, from 0 to 1, that it heads a part of an article.
    pub marked: f32,
    /// It runs from top to bottom.
    pub upright: bool,
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
    /// They are several, and wider than the text before it and behind it: a dump may have given a
    /// subheading's lines as one.
    Wider,
}
