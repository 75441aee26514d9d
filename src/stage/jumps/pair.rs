//! Which of the ends that point to each other belong together.

use super::ends::End;
use super::pages::Pages;
use crate::evidence::{Signal, Tally};
use crate::flow::Flow;
use crate::press::jump::{Named, Way};
use crate::role::Role;
use crate::source::Source;
use crate::stage::articles::assign::{AT_ONCE, assign};
use crate::stage::articles::cut::strength;
use crate::stage::articles::{Part, Plan};
use crate::text::class::class;
use crate::text::continuity::{Model, loudness};
use crate::text::ends::{LineEnd, line_end};
use crate::text::words::{Words, pairs as word_pairs};
use pathfinding::undirected::connected_components::separate_components;
use std::collections::BTreeMap;

/// Two ends that are one place of one article, as indices.
#[derive(Debug, Clone)]
pub struct Pair {
    pub out: usize,
    pub into: usize,
    /// By how much they were better than any other pair with one of them.
    pub margin: f32,
    pub signals: Vec<(Signal, f32)>,
}

/// What the articles say, as far as it tells which halves are one.
pub struct Halves<'a> {
    source: &'a Source,
    flow: &'a Flow,
    plan: &'a Plan,
    model: &'a Model,
    words: Words,
    pairs: Vec<Vec<u64>>,
}

impl<'a> Halves<'a> {
    pub fn of(source: &'a Source, flow: &'a Flow, plan: &'a Plan, model: &'a Model) -> Halves<'a> {
        let text = |p: &'a Part| p.lines.iter().map(|i| source.get(flow.lines[*i].span));
        let pairs: Vec<Vec<u64>> = plan
            .articles
            .iter()
            .map(|parts| word_pairs(parts.iter().filter(|p| p.role != Role::Jump).flat_map(text)))
            .collect();
        Halves { source, flow, plan, model, words: Words::of(&pairs), pairs }
    }

    /// What speaks for an article to go on in another.
    fn weigh(&self, out: &End, into: &End, pages: &Pages, tally: &mut impl Tally) {
        let unread = [out, into].iter().any(|e| e.jump.named == Named::Unread);
        tally.add(Signal::JumpNames, if unread { 0.4 } else { 1.0 });
        tally.add(Signal::JumpFar, (1.0 + pages.unaccounted(out.page, into.page) as f32).ln());
        let likeness = self.words.likeness([out.article, into.article], &self.pairs);
        tally.add(Signal::SharedWords, strength(likeness) - 0.3);
        // The headline over the second half is the article's own, perhaps abbreviated.
        let titles = self.plan.articles[into.article].iter().take_while(|p| is_title(p.role));
        let text = |p: &'a Part| p.lines.iter().map(|i| self.source.get(self.flow.lines[*i].span));
        let title = word_pairs(titles.flat_map(text));
        if !title.is_empty() {
            let covered = self.words.covered(&self.words.known(&title), out.article, out.article, Some(into.article));
            tally.add(Signal::TitleWords, covered - 0.3);
        }
        if let (Some((_, tail)), Some((_, head))) = (self.tail(out), self.head(into)) {
            let finished = line_end(tail) == LineEnd::Stop;
            let next = self.model.head(head);
            let fits = if finished { next.opens() } else { self.model.goes_on(self.model.tail(tail), next) };
            tally.add(Signal::Continuity, 2.0 * loudness(fits));
            let shuns = head.chars().next().is_some_and(|c| class(c).shuns_line_start());
            tally.add(
                Signal::ClosingStart,
                if !shuns {
                    0.0
                } else if finished {
                    -1.0
                } else {
                    1.0
                },
            );
        }
    }

    /// The last paragraph before a jump line, and its last line.
    fn tail(&self, out: &End) -> Option<(usize, &'a str)> {
        let parts = &self.plan.articles[out.article];
        tail(parts, out.part, out.cut.is_some()).map(|p| {
            let line = self.flow.lines[parts[p].lines[parts[p].lines.len() - 1]].span;
            let text = self.source.get(line);
            (p, out.cut.map_or(text, |cut| text[..(cut - line.start) as usize].trim_end()))
        })
    }

    /// The first paragraph behind a jump line, and its first line.
    fn head(&self, into: &End) -> Option<(usize, &'a str)> {
        let parts = &self.plan.articles[into.article];
        let own = into.cut.is_some() && parts[into.part].role == Role::Paragraph;
        head(parts, into.part, own).map(|p| {
            let line = self.flow.lines[parts[p].lines[0]].span;
            let text = self.source.get(line);
            (p, into.cut.filter(|_| own).map_or(text, |cut| text[(cut - line.start) as usize..].trim_start()))
        })
    }
}

fn is_title(role: Role) -> bool {
    matches!(role, Role::Kicker | Role::Headline | Role::Subheadline | Role::Subheading)
}

fn is_picture(role: Role) -> bool {
    matches!(role, Role::Caption | Role::Credit)
}

/// The paragraph that a jump line at `part` cuts off: the last before it, or `part` itself.
pub fn tail(parts: &[Part], part: usize, own: bool) -> Option<usize> {
    let before = parts[..part + usize::from(own)].iter().rposition(|p| !is_picture(p.role))?;
    (parts[before].role == Role::Paragraph).then_some(before)
}

/// The paragraph that a jump line at `part` leads in: the first behind it, or `part` itself.
pub fn head(parts: &[Part], part: usize, own: bool) -> Option<usize> {
    let from = part + usize::from(!own);
    let skipped = |p: &Part| is_picture(p.role) || is_title(p.role) || p.role == Role::Byline;
    let behind = from + parts[from..].iter().position(|p| !skipped(p))?;
    (parts[behind].role == Role::Paragraph).then_some(behind)
}

/// Pairs the ends that meet, as one assignment over all that could.
pub fn pairs(ends: &[End], pages: &Pages, halves: &Halves) -> Vec<Pair> {
    let of = |way: Way| (0..ends.len()).filter(move |e| ends[*e].jump.way == way);
    // For the page that is named and the page that names it, the ends there; 0 for what is not legible.
    let mut meeting: BTreeMap<(u32, u32), Vec<usize>> = BTreeMap::new();
    for e in of(Way::In) {
        let named = pages.named(&ends[e].jump, ends[e].page);
        let unread = (ends[e].jump.named == Named::Unread).then_some(0);
        for page in named.into_iter().chain(unread) {
            meeting.entry((page, ends[e].page)).or_default().push(e);
        }
    }
    let mut ranks: BTreeMap<u32, usize> = BTreeMap::new();
    let outs: Vec<usize> = of(Way::Out).collect();
    let groups: Vec<Vec<usize>> = outs
        .iter()
        .map(|&o| {
            let end = &ends[o];
            let rank = ranks.entry(end.page).or_default();
            // More on one page than a page has are taken some at a time.
            let from = *rank / AT_ONCE * AT_ONCE;
            *rank += 1;
            let lists: Vec<&Vec<usize>> = if end.jump.named == Named::Unread {
                meeting.range((end.page, 0)..=(end.page, u32::MAX)).map(|(_, list)| list).collect()
            } else {
                let named = pages.named(&end.jump, end.page);
                named.iter().flat_map(|n| [(end.page, *n), (0, *n)]).filter_map(|key| meeting.get(&key)).collect()
            };
            let fits = |i: &usize| ends[*i].article != end.article && ends[*i].page != end.page;
            lists.iter().flat_map(|l| l.iter().skip(from).take(AT_ONCE)).copied().filter(fits).take(AT_ONCE).collect()
        })
        .collect();
    let (_, which) = separate_components(&groups);
    let mut together: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (o, component) in which.into_iter().enumerate().filter(|(o, _)| !groups[*o].is_empty()) {
        together.entry(component).or_default().push(o);
    }
    let mut found = Vec::new();
    for component in together.values() {
        for some in component.chunks(AT_ONCE) {
            solve(some, &outs, &groups, ends, pages, halves, &mut found);
        }
    }
    found.sort_by_key(|pair: &Pair| pair.out);
    found
}

fn solve(
    some: &[usize],
    outs: &[usize],
    groups: &[Vec<usize>],
    ends: &[End],
    pages: &Pages,
    halves: &Halves,
    found: &mut Vec<Pair>,
) {
    let mut ins: Vec<usize> = some.iter().flat_map(|o| groups[*o].iter().copied()).collect();
    ins.sort_unstable();
    ins.dedup();
    ins.retain(|i| found.iter().all(|pair| pair.into != *i));
    let scores: Vec<Vec<Option<f32>>> = some
        .iter()
        .map(|&o| {
            let score = |i: &usize| {
                let mut sum = 0f32;
                halves.weigh(&ends[outs[o]], &ends[*i], pages, &mut sum);
                sum
            };
            ins.iter().map(|i| groups[o].contains(i).then(|| score(i))).collect()
        })
        .collect();
    for (c, taken) in assign(some.len(), ins.len(), |c, a| scores[c][a]).into_iter().enumerate() {
        let Some((a, score)) = taken.and_then(|a| Some((a, scores[c][a]?))) else { continue };
        let beside = (0..ins.len()).filter(|b| *b != a).filter_map(|b| scores[c][b]);
        let below = (0..some.len()).filter(|d| *d != c).filter_map(|d| scores[d][a]);
        let rival = beside.chain(below).fold(0.0, f32::max);
        let (out, into) = (outs[some[c]], ins[a]);
        let mut signals = Vec::new();
        halves.weigh(&ends[out], &ends[into], pages, &mut signals);
        found.push(Pair { out, into, margin: score - rival, signals });
    }
}
