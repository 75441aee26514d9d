//! A page as runs of text with titles between them: what the search for articles works on.

use super::draft::{self, Draft};
use crate::flow::{Cast, Composed};
use crate::press::Press;
use crate::role::Role;
use crate::source::Source;

/// What a run is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunKind {
    /// Paragraphs and the like.
    Body,
    /// A caption with its credits.
    Picture,
}

/// Blocks that cannot be parted: no title stands between them, and nothing says that one of them
/// opens an article.
#[derive(Debug, Clone)]
pub struct TextRun {
    pub kind: RunKind,
    /// Indices of drafts, rising.
    pub drafts: Vec<usize>,
    /// It opens with a lead.
    pub lead: bool,
    /// It names its reporter in that lead.
    pub signed: bool,
    /// It closes with a signature.
    pub closed: bool,
    /// The measures of its first and last column.
    pub measures: [Option<f32>; 2],
}

/// All runs of a document with what stands between them.
#[derive(Debug, Clone, Default)]
pub struct Runs {
    pub runs: Vec<TextRun>,
    /// `titles[g]` stand before run `g`; the last entry stands behind the last run.
    pub titles: Vec<Vec<usize>>,
    /// Bylines, as indices of drafts.
    pub bylines: Vec<usize>,
    /// Furniture, as indices of drafts.
    pub furniture: Vec<usize>,
}

impl Runs {
    /// True where a byline stands between the drafts `a` and `b`.
    pub fn signed_between(&self, a: usize, b: usize) -> bool {
        let next = self.bylines.partition_point(|d| *d <= a);
        self.bylines.get(next).is_some_and(|d| *d < b)
    }
}

/// Two measures that may be the same: lines tell it to half an em on either side.
pub fn same_measure(a: Option<f32>, b: Option<f32>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1.0,
        _ => a == b,
    }
}

/// Characters at a paragraph's ends in which leads and signatures are looked for.
const REACH: usize = 60;

/// Parts the drafts into runs, titles, bylines and furniture.
pub fn runs(source: &Source, composed: &Composed, drafts: &[Draft], press: &Press) -> Runs {
    let mut out = Runs::default();
    let mut waiting: Vec<usize> = Vec::new();
    for (d, draft) in drafts.iter().enumerate() {
        match draft.cast {
            Cast::Title => waiting.push(d),
            Cast::Role(Role::Byline) => out.bylines.push(d),
            Cast::Role(role) if role.is_furniture() => out.furniture.push(d),
            Cast::Role(role) => {
                let kind = if matches!(role, Role::Caption | Role::Credit) { RunKind::Picture } else { RunKind::Body };
                let lines = &draft.lines;
                let measures = [lines[0], lines[lines.len() - 1]].map(|i| composed.flow.measure(i));
                let lead =
                    draft.is(Role::Paragraph) && press.looks(source.get(composed.flow.lines[lines[0]].span)).lead();
                let closed = draft.is_body() && press.is_signature(&draft::closing(draft, source, composed, REACH));
                // One line tells no measure.
                let any_measure = kind == RunKind::Picture || lines.len() == 1;
                let goes_on = waiting.is_empty()
                    && !lead
                    && role != Role::Caption
                    && out.runs.last().is_some_and(|run| {
                        run.kind == kind && !run.closed && (any_measure || same_measure(run.measures[1], measures[0]))
                    });
                if goes_on {
                    let run = out.runs.last_mut().expect("just looked at");
                    run.drafts.push(d);
                    run.closed = closed;
                    if !any_measure {
                        run.measures[1] = measures[1];
                    }
                } else {
                    let signed = lead && press.is_signed(&draft::opening(draft, source, composed, REACH));
                    out.titles.push(std::mem::take(&mut waiting));
                    out.runs.push(TextRun { kind, drafts: vec![d], lead, signed, closed, measures });
                }
            }
        }
    }
    out.titles.push(waiting);
    out
}
