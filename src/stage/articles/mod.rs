//! Assigns headlines, bylines, captions and bodies to each other.
//!
//! ```text
//! body of the first article               article 1: headline, body
//! headline of the first                   article 2: headline, byline, body
//! body of the second                →
//! headline of the second
//! body of the third                       article 3: body
//! byline of the second
//! ```

pub(in crate::stage) mod assign;
pub(in crate::stage) mod cut;
mod draft;
mod heads;
mod marks;
mod runs;
mod search;
mod silent;
mod stretch;
mod titles;

use crate::evidence::{Decision, DecisionKind, Signal, Tally, Trace};
use crate::flow::{Composed, Holds, is_short};
use crate::geometry::Rect;
use crate::options::Trust;
use crate::press::Press;
use crate::role::Role;
use crate::source::Source;
use crate::text::class::class;
use crate::text::ends::{LineEnd, line_end};
use crate::text::item::bullet;
use crate::text::words::{Known, Words, pairs};
use draft::Draft;
use heads::Title;
use runs::{RunKind, Runs, TextRun};
use search::{Cut, Habits, Search, Setting, TitleFacts};

/// A block whose role is final, still as lines.
#[derive(Debug, Clone)]
pub struct Part {
    /// What it is.
    pub role: Role,
    /// Indices of lines.
    pub lines: Vec<usize>,
    /// The smallest margin of the decisions that made it, in the natural logarithm of odds.
    pub margin: f32,
}

/// The articles of a document, and its furniture.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Articles in the order of their first body line; each with its headline group first.
    pub articles: Vec<Vec<Part>>,
    /// Furniture in the order of the input.
    pub furniture: Vec<Part>,
    /// Lines that stood on one line of the input: the text, and behind it the jump line that was parted
    /// from it. The line break behind both is the text's.
    pub parted: Vec<(usize, usize)>,
}

/// Makes articles of a composed flow.
///
/// What the file states of titles is weighed, or binds where it is to be trusted.
pub fn articles(source: &Source, composed: &Composed, press: &Press, trust: Trust, trace: &mut Trace) -> Plan {
    let drafts = draft::drafts(composed);
    if is_placed(composed) && silent::is_silent(source, composed) {
        return silent::plan(source, composed, &drafts, press);
    }
    let mut runs = runs::runs(source, composed, &drafts, press);
    if is_placed(composed) {
        runs.place_pictures(composed, &drafts);
    }
    let part = |d: usize, role: Role| Part { role, lines: drafts[d].lines.clone(), margin: drafts[d].margin };
    let mut plan = Plan::default();
    for &d in &runs.furniture {
        if let crate::flow::Cast::Role(role) = drafts[d].cast {
            plan.furniture.push(part(d, role));
        }
    }
    let cuts = cuts(source, composed, &drafts, &runs, trust, trace);
    let mut owned: Vec<Vec<usize>> = vec![Vec::new(); cuts.len().max(1)];
    if cuts.is_empty() {
        // A page of titles alone is one article of them.
        owned[0] = runs.bylines.clone();
    } else {
        let extents: Vec<(usize, usize)> = cuts.iter().map(|c| extent(&runs, c)).collect();
        for (byline, owner) in runs.bylines.iter().zip(assign::bylines(&runs, &cuts, &extents)) {
            owned[owner].push(*byline);
        }
    }
    let title = |d: usize| measure(source, composed, &drafts[d], press);
    if cuts.is_empty() {
        let group = runs.titles.last().cloned().unwrap_or_default();
        let parts = article(&drafts, &group, &owned[0], &[], title, part);
        plan.articles.extend((!parts.is_empty()).then_some(parts));
        return plan;
    }
    let mut ordered: Vec<(usize, Vec<Part>)> = Vec::with_capacity(cuts.len());
    for (cut, bylines) in cuts.iter().zip(&owned) {
        let own = &runs.runs[cut.first..=cut.last];
        let first_body = own.iter().find(|r| r.kind == RunKind::Body).unwrap_or(&own[0]).drafts[0];
        let mut rest: Vec<(usize, Role)> = cut.subheadings.iter().map(|d| (*d, Role::Subheading)).collect();
        for d in own.iter().flat_map(|r| &r.drafts) {
            if let crate::flow::Cast::Role(role) = drafts[*d].cast {
                rest.push((*d, role));
            }
        }
        rest.sort_unstable();
        ordered.push((first_body, article(&drafts, &cut.head, bylines, &rest, title, part)));
    }
    ordered.sort_by_key(|(first, _)| *first);
    plan.articles = ordered.into_iter().map(|(_, parts)| parts).collect();
    plan
}

/// An article's parts in the order in which one reads them.
fn article(
    drafts: &[Draft],
    head: &[usize],
    bylines: &[usize],
    rest: &[(usize, Role)],
    title: impl Fn(usize) -> Title,
    part: impl Fn(usize, Role) -> Part,
) -> Vec<Part> {
    debug_assert!(head.iter().chain(bylines).all(|d| *d < drafts.len()));
    let group: Vec<Title> = head.iter().map(|d| title(*d)).collect();
    let titles = head.iter().zip(heads::roles(&group)).map(|(d, role)| part(*d, role));
    let bylines = bylines.iter().map(|d| part(*d, Role::Byline));
    titles.chain(bylines).chain(rest.iter().map(|(d, role)| part(*d, *role))).collect()
}

fn measure(source: &Source, composed: &Composed, draft: &Draft, press: &Press) -> Title {
    let lines = || draft.lines.iter().map(|i| &composed.flow.lines[*i]);
    let last = draft::texts(draft, source, composed).next_back().unwrap_or_default();
    Title {
        width: lines().map(|l| l.width.middle()).sum(),
        size: size(composed, draft),
        below: draft.lines.len() == 1 && press.looks(last).subheadline(),
        colon: line_end(last) == LineEnd::Colon,
    }
}

/// True where all lines have boxes.
fn is_placed(composed: &Composed) -> bool {
    composed.flow.lines.iter().all(|l| l.rect.is_some())
}

/// True where a draft runs from top to bottom: as a whole, since the characters of a headline beside its text may
/// have been taken for a line each.
fn runs_down(composed: &Composed, draft: &Draft) -> bool {
    let lines = draft.lines.iter().map(|i| &composed.flow.lines[*i]);
    let whole = lines.filter(|l| l.holds == Holds::Line).filter_map(|l| l.rect).reduce(Rect::union);
    whole.and_then(Rect::runs_down).unwrap_or(composed.flow.lines[draft.lines[0]].upright)
}

/// The size of a draft's type; nothing where a line has no box.
fn size(composed: &Composed, draft: &Draft) -> Option<f32> {
    let sizes: Option<Vec<f32>> = draft.lines.iter().map(|i| composed.flow.lines[*i].size).collect();
    Some(crate::geometry::median(sizes?.into_iter()))
}

/// How a title is set beside the text before it and behind it.
fn setting(composed: &Composed, draft: &Draft, about: [Option<f32>; 2]) -> Setting {
    let lines = || draft.lines.iter().map(|i| &composed.flow.lines[*i]);
    // Where boxes tell the size of its type they tell more; and one line wraps nowhere.
    if draft.lines.len() < 2 || lines().any(|l| l.size.is_some()) {
        return Setting::Within;
    }
    let wider = |measure: f32| lines().any(|l| l.extent.least > measure + LOOSE);
    let full = |measure: f32| lines().zip(lines().skip(1)).all(|(l, next)| l.extent.most + next.lead_in > measure);
    let mut known = about.iter().flatten().peekable();
    match about[0] {
        Some(measure) if !wider(measure) && full(measure) => Setting::Wrapped,
        _ if known.peek().is_some() && known.all(|m| wider(*m)) => Setting::Wider,
        _ => Setting::Within,
    }
}

/// Lines may be wider than a measure by this, in ems, and fit it all the same.
const LOOSE: f32 = 0.5;

/// True where a line has no word, and no asterisks that stand for one.
fn is_ornament(line: &str) -> bool {
    !line.chars().any(|c| class(c).is_word() || c == '*')
}

/// What the file states of a title: 1 that it is of a headline's group, -1 that it is a subheading.
fn stated(composed: &Composed, draft: &Draft) -> f32 {
    match composed.flow.lines[draft.lines[0]].stated.and_then(|s| s.role) {
        Some(Role::Headline | Role::Kicker | Role::Subheadline) => 1.0,
        Some(Role::Subheading) => -1.0,
        _ => 0.0,
    }
}

/// The first and the last draft of an article, bylines left out.
fn extent(runs: &Runs, cut: &Cut) -> (usize, usize) {
    let own = runs.runs[cut.first..=cut.last].iter().flat_map(|r| &r.drafts);
    let all = own.chain(&cut.head).chain(&cut.subheadings);
    all.fold((usize::MAX, 0), |(low, high), d| (low.min(*d), high.max(*d)))
}

fn cuts(
    source: &Source,
    composed: &Composed,
    drafts: &[Draft],
    runs: &Runs,
    trust: Trust,
    trace: &mut Trace,
) -> Vec<Cut> {
    let pairs_of = |list: &mut dyn Iterator<Item = usize>| {
        pairs(list.flat_map(|d| draft::texts(&drafts[d], source, composed).collect::<Vec<_>>()))
    };
    let run_pairs: Vec<Vec<u64>> = runs.runs.iter().map(|r| pairs_of(&mut r.drafts.iter().copied())).collect();
    let words = Words::of(&run_pairs);
    let picture = |(run, pairs): (&TextRun, &Vec<u64>)| {
        if run.kind == RunKind::Picture { words.known(pairs) } else { Known::default() }
    };
    let pictures: Vec<Known> = runs.runs.iter().zip(&run_pairs).map(picture).collect();
    let all: Vec<(usize, usize)> =
        runs.titles.iter().enumerate().flat_map(|(gap, titles)| titles.iter().map(move |d| (gap, *d))).collect();
    let first = |d: usize| drafts[d].lines.first().map(|i| source.get(composed.flow.lines[*i].span));
    let marked: Vec<bool> = all.iter().map(|(_, d)| first(*d).is_some_and(|line| bullet(line).is_some())).collect();
    let led = |n: usize| runs.runs.get(all[n].0).is_some_and(|run| run.lead || run.bylined);
    let parts = marks::parts(&marked, led);
    let mut titles = vec![TitleFacts::default(); drafts.len()];
    for ((gap, d), marked) in all.into_iter().zip(parts) {
        let lines = drafts[d].lines.iter().map(|i| &composed.flow.lines[*i]);
        titles[d] = TitleFacts {
            words: words.known(&pairs_of(&mut std::iter::once(d))),
            width: lines.map(|l| l.width.middle()).sum(),
            size: size(composed, &drafts[d]),
            stated: stated(composed, &drafts[d]) * trust.loudness(),
            numbered: drafts[d].lines.first().is_some_and(|i| composed.numbered[*i]),
            ornament: draft::texts(&drafts[d], source, composed).all(is_ornament),
            marked,
            upright: runs_down(composed, &drafts[d]),
            setting: setting(composed, &drafts[d], runs.measures_about(gap)),
        };
    }
    let alike = words.alike(cut::REACH.min(runs.runs.len()));
    let habits = Habits::of(runs, is_placed(composed), is_short(&composed.flow.lines));
    let mut search = Search {
        habits,
        runs,
        words: &words,
        pictures: &pictures,
        titles: &titles,
        headline_size: titles::headline_size(runs, &titles),
        larger: titles.iter().any(titles::is_larger),
        alike,
        sharing: runs::sharing(&runs.runs),
    };
    // Where the page puts its headlines shows in the clear cases and helps in the others.
    search.habits = habits.learned(&cut::cut(&search), runs);
    let mut cuts = cut::cut(&search);
    assign::stray_headlines(&words, &titles, &mut cuts);
    let woven = |cut: &Cut| {
        let line = &composed.flow.lines[drafts[runs.runs[cut.first].drafts[0]].lines[0]];
        line.begins.map(|_| line.page)
    };
    let pages: Vec<Option<u32>> = cuts.iter().map(woven).collect();
    if pages.iter().any(Option::is_some) {
        assign::headlines_of_woven(&words, &titles, &pages, &mut cuts);
    }
    for (a, cut) in cuts.iter().enumerate() {
        record(composed, drafts, &search, &cuts, a, cut, trace);
    }
    cuts
}

/// Records whose a headline is, against the better of the neighbouring articles.
fn record(
    composed: &Composed,
    drafts: &[Draft],
    search: &Search,
    cuts: &[Cut],
    a: usize,
    cut: &Cut,
    trace: &mut Trace,
) {
    let Some(&first) = cut.head.first() else {
        return;
    };
    let covered = |c: &Cut| search.words.covered(&search.titles[first].words, c.first, c.last, None);
    let neighbours = [a.wrapping_sub(1), a + 1].into_iter().filter_map(|n| cuts.get(n));
    let other = neighbours.filter(|c| c.head.is_empty()).map(covered).fold(0.0, f32::max);
    let mut signals: Vec<(Signal, f32)> = Vec::new();
    signals.add(Signal::HeadlineFound, 1.0);
    signals.add(Signal::TitleWords, covered(cut) - other);
    let margin: f32 = signals.iter().map(|s| s.1).sum();
    if trace.wants(margin) {
        let at = composed.flow.lines[drafts[first].lines[0]].span.start;
        let choice = ["this article's headline", "a neighbour's"];
        trace.decisions.push(Decision::of(DecisionKind::Article, at, choice, margin, signals));
    }
}
