//! A page as runs of text with titles between them: what the search for articles works on.

use super::draft::{self, Draft};
use crate::flow::{Cast, Composed, Line, is_short};
use crate::geometry::Rect;
use crate::press::Press;
use crate::role::Role;
use crate::source::Source;

/// What a run is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RunKind {
    /// Paragraphs and the like.
    #[default]
    Body,
    /// A caption with its credits.
    Picture,
}

/// Blocks that cannot be parted: no title stands between them, and nothing says that one of them
/// opens an article.
#[derive(Debug, Clone, Default)]
pub struct TextRun {
    pub kind: RunKind,
    /// Indices of drafts, rising.
    pub drafts: Vec<usize>,
    /// It opens with a lead.
    pub lead: bool,
    /// Who wrote it stands between its titles and it.
    pub bylined: bool,
    /// It names its reporter in that lead.
    pub signed: bool,
    /// It closes with a signature.
    pub closed: bool,
    /// A jump line parts it from the text before it, on whichever side it stands.
    pub parted: bool,
    /// Whether a text begins with it or the titles before it, as far as the columns of a woven page tell.
    pub begins: Option<bool>,
    /// It runs from top to bottom.
    pub upright: bool,
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

/// Pictures in a row beyond which text is no longer about a title.
const PICTURES: usize = 8;

impl Runs {
    /// The measures of the text before and behind the titles that stand before run `gap`.
    pub fn measures_about(&self, gap: usize) -> [Option<f32>; 2] {
        let body = |run: &&TextRun| run.kind == RunKind::Body;
        let before = self.runs[..gap].iter().rev().take(PICTURES).find(body);
        let behind = self.runs[gap..].iter().take(PICTURES).find(body);
        [before.and_then(|run| run.measures[1]), behind.and_then(|run| run.measures[0])]
    }
}

/// Two measures that may be the same: lines tell it to half an em on either side.
pub fn same_measure(a: Option<f32>, b: Option<f32>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1.0,
        _ => a == b,
    }
}

/// For each run how many have its measure, itself among them.
pub fn sharing(runs: &[TextRun]) -> Vec<usize> {
    let mut known: Vec<f32> = runs.iter().filter_map(|run| run.measures[0]).collect();
    known.sort_by(f32::total_cmp);
    let share = |run: &TextRun| {
        let Some(own) = run.measures[0] else { return runs.len() - known.len() };
        let same = |m: f32| same_measure(Some(m), Some(own));
        let from = known.partition_point(|m| *m < own && !same(*m));
        known[from..].partition_point(|m| same(*m))
    };
    runs.iter().map(share).collect()
}

/// Characters at a paragraph's ends in which leads and signatures are looked for.
const REACH: usize = 60;

/// Parts the drafts into runs, titles, bylines and furniture.
pub fn runs(source: &Source, composed: &Composed, drafts: &[Draft], press: &Press) -> Runs {
    let mut out = Runs::default();
    let mut waiting: Vec<usize> = Vec::new();
    let turns = composed.flow.turns_pages();
    // A letter's date belongs to the text above it, whoever signed between them.
    let short = is_short(&composed.flow.lines);
    // The text so far ended with a jump line; a jump line waits for the text that it leads in.
    let mut cut_off = false;
    let mut leads_in: Option<usize> = None;
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
                let jumps =
                    if turns && draft.is_body() { draft::jumps(draft, source, composed, press) } else { [false; 2] };
                let [jumps_in, jumps_out] = jumps;
                if jumps_in && draft.is(Role::Jump) && leads_in.is_none() {
                    // Its headline may stand below it.
                    leads_in = Some(d);
                    continue;
                }
                let led_in = if draft.is_body() { leads_in.take() } else { None };
                let parted = kind == RunKind::Body && (jumps_in || led_in.is_some() || cut_off);
                let Line { begins, upright, .. } = composed.flow.lines[lines[0]];
                let below = out.runs.last().is_some_and(|run| run.kind == RunKind::Body);
                let dated = short && role == Role::Dateline && below;
                let goes_on = dated
                    || !parted
                        && begins != Some(true)
                        && waiting.is_empty()
                        && !lead
                        && role != Role::Caption
                        && out.runs.last().is_some_and(|run| {
                            run.kind == kind
                                && !run.closed
                                && (any_measure || same_measure(run.measures[1], measures[0]))
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
                    let titled = waiting.iter().any(|t| composed.flow.lines[drafts[*t].lines[0]].begins == Some(true));
                    let begins = begins.map(|begins| begins || titled);
                    let bylined = waiting.last().is_some_and(|title| out.signed_between(*title, d));
                    out.titles.push(std::mem::take(&mut waiting));
                    let drafts = led_in.into_iter().chain([d]).collect();
                    out.runs.push(TextRun {
                        kind,
                        drafts,
                        lead,
                        bylined,
                        signed,
                        closed,
                        parted,
                        begins,
                        upright,
                        measures,
                    });
                }
                if kind == RunKind::Body {
                    cut_off = jumps_out;
                }
            }
        }
    }
    if let Some(d) = leads_in {
        // Nothing came of it.
        out.titles.push(std::mem::take(&mut waiting));
        let upright = composed.flow.lines[drafts[d].lines[0]].upright;
        out.runs.push(TextRun { drafts: vec![d], parted: true, upright, ..TextRun::default() });
    }
    out.titles.push(waiting);
    out
}

impl Runs {
    /// Puts a picture whose caption runs across the text about it behind the run whose text is nearest
    /// to it on the page: on a vertical page, where a horizontal caption comes in the reading order says
    /// little.
    pub fn place_pictures(&mut self, composed: &Composed, drafts: &[Draft]) {
        let body = |run: &TextRun| run.kind == RunKind::Body;
        let lines: Vec<(usize, &Line)> = self
            .runs
            .iter()
            .enumerate()
            .filter(|(_, run)| body(run))
            .flat_map(|(r, run)| run.drafts.iter().flat_map(|d| &drafts[*d].lines).map(move |i| (r, *i)))
            .map(|(r, i)| (r, &composed.flow.lines[i]))
            .collect();
        if lines.iter().filter(|(_, l)| l.upright).count() * 2 <= lines.len() {
            return;
        }
        let near = |r: usize| -> Option<usize> {
            let own: Vec<&Line> =
                self.runs[r].drafts.iter().flat_map(|d| &drafts[*d].lines).map(|i| &composed.flow.lines[*i]).collect();
            let rects: Option<Vec<Rect>> = own.iter().map(|l| l.rect).collect();
            let rect = rects?.into_iter().reduce(Rect::union)?;
            let em = own[0].rect?.height().min(own[0].rect?.width());
            let at = lines.partition_point(|(run, _)| *run < r);
            let window = &lines[at.saturating_sub(LOOKED_AT)..(at + LOOKED_AT).min(lines.len())];
            let near =
                window.iter().filter(|(_, l)| l.page == own[0].page).filter_map(|(run, l)| Some((*run, l.rect?)));
            // Of two that are as near, the one that is nearer in the reading order.
            let away = |run: usize, other: Rect| rect.distance(other) / em + run.abs_diff(r) as f32 * 0.01;
            let (run, away) = near.map(|(run, other)| (run, away(run, other))).min_by(|a, b| a.1.total_cmp(&b.1))?;
            (away <= NEAR).then_some(run)
        };
        let homes: Vec<Option<usize>> =
            (0..self.runs.len()).map(|r| if body(&self.runs[r]) { None } else { near(r) }).collect();
        if homes.iter().all(Option::is_none) {
            return;
        }
        let mut moved: Vec<Vec<TextRun>> = vec![Vec::new(); self.runs.len()];
        let mut kept: Vec<(usize, TextRun)> = Vec::with_capacity(self.runs.len());
        let mut titles: Vec<Vec<usize>> = Vec::with_capacity(self.titles.len());
        let mut waiting = Vec::new();
        let old = std::mem::take(&mut self.titles);
        for ((r, run), before) in std::mem::take(&mut self.runs).into_iter().enumerate().zip(&old) {
            waiting.extend(before);
            match homes[r] {
                Some(home) => moved[home].push(run),
                None => {
                    titles.push(std::mem::take(&mut waiting));
                    kept.push((r, run));
                }
            }
        }
        waiting.extend(old.last().into_iter().flatten());
        for ((r, run), before) in kept.into_iter().zip(titles) {
            self.titles.push(before);
            self.runs.push(run);
            for picture in std::mem::take(&mut moved[r]) {
                self.titles.push(Vec::new());
                self.runs.push(picture);
            }
        }
        self.titles.push(waiting);
    }
}

/// Lines before and behind a picture among which the nearest is looked for: more than a page has.
const LOOKED_AT: usize = 1500;

/// Text further away than this, in heights of the caption's lines, says nothing.
const NEAR: f32 = 4.0;
