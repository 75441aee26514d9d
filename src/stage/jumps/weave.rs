//! Makes one article of the halves that were found.
//!
//! The headline over the second half becomes a subheading: it stands inside the article, where a
//! kicker never does. A sentence that the jump cut in two is one paragraph again, before both jump
//! lines.

use super::ends::End;
use super::pair::{self, Pair};
use crate::evidence::{Decision, DecisionKind, Signal, Tally, Trace};
use crate::flow::{Composed, Line};
use crate::role::Role;
use crate::source::{Source, Span};
use crate::stage::articles::{Part, Plan};
use crate::text::class::{class, is_blank};
use crate::text::continuity::model;
use crate::text::ends::{LineEnd, line_end};
use crate::text::language::Language;
use crate::text::numerals::number_goes_on;
use crate::text::width::Width;
use std::collections::BTreeMap;

/// The pairs but those that would have an article go on in itself, and no more than one way into and
/// one out of each article.
pub fn without_circles(pairs: Vec<Pair>, ends: &[End]) -> Vec<Pair> {
    let mut next: BTreeMap<usize, usize> = BTreeMap::new();
    let mut before: BTreeMap<usize, usize> = BTreeMap::new();
    let mut kept = Vec::with_capacity(pairs.len());
    // The far end of each chain, kept at both of its ends.
    let mut far: BTreeMap<usize, usize> = BTreeMap::new();
    for pair in pairs {
        let (a, b) = (ends[pair.out].article, ends[pair.into].article);
        let (first, last) = (*far.get(&a).unwrap_or(&a), *far.get(&b).unwrap_or(&b));
        if next.contains_key(&a) || before.contains_key(&b) || first == b {
            continue;
        }
        next.insert(a, b);
        before.insert(b, a);
        far.insert(first, last);
        far.insert(last, first);
        kept.push(pair);
    }
    kept
}

/// Puts the halves of all pairs together.
pub fn weave(
    source: &Source,
    mut composed: Composed,
    mut plan: Plan,
    ends: &[End],
    pairs: &[Pair],
    language: Language,
    trace: &mut Trace,
) -> (Composed, Plan) {
    // The line of each jump line that is met: its own.
    let mut lines: BTreeMap<usize, usize> = BTreeMap::new();
    let mut met: Vec<usize> = pairs.iter().flat_map(|pair| [pair.out, pair.into]).collect();
    // From behind, so that what is put into an article moves nothing that comes before it.
    met.sort_by_key(|e| std::cmp::Reverse((ends[*e].article, ends[*e].part, ends[*e].at)));
    for e in met {
        lines.insert(e, part_off(source, &mut composed, &mut plan, &ends[e]));
    }
    let next: BTreeMap<usize, &Pair> = pairs.iter().map(|pair| (ends[pair.out].article, pair)).collect();
    let mut goes_before = vec![true; plan.articles.len()];
    for pair in pairs {
        goes_before[ends[pair.into].article] = false;
    }
    let mut articles: Vec<Vec<Part>> = std::mem::take(&mut plan.articles);
    let mut whole = Vec::with_capacity(articles.len());
    for (a, _) in goes_before.iter().enumerate().filter(|(_, first)| **first) {
        let mut parts = std::mem::take(&mut articles[a]);
        let mut at = a;
        while let Some(pair) = next.get(&at) {
            at = ends[pair.into].article;
            let second = std::mem::take(&mut articles[at]);
            let seam = [lines[&pair.out], lines[&pair.into]];
            join(source, &composed, &mut parts, second, seam, language, trace);
        }
        whole.push(parts);
    }
    plan.articles = whole;
    (composed, plan)
}

/// Gives a jump line that shares its line with text a line and a part of its own. Answers with its
/// line.
fn part_off(source: &Source, composed: &mut Composed, plan: &mut Plan, end: &End) -> usize {
    let Some(cut) = end.cut else { return end.line };
    let lines = &mut composed.flow.lines;
    let (own, rest) = (lines[end.line], lines.len());
    let trimmed = |start: u32, stop: u32| {
        let text = source.get(Span { start, end: stop });
        let from = text.len() - text.trim_start_matches(is_blank).len();
        Span { start: start + from as u32, end: start + text.trim_end_matches(is_blank).len().max(from) as u32 }
    };
    let (front, back) = (trimmed(own.span.start, cut), trimmed(cut, own.span.end));
    let nothing = Width { least: 0.0, most: 0.0 };
    let before_jump = cut == end.at;
    let (text, jump) = if before_jump { (front, back) } else { (back, front) };
    if before_jump {
        lines[end.line] = Line { span: text, trailing: text.end < jump.start, ..own };
        plan.parted.push((end.line, rest));
    } else {
        lines[end.line] = Line { span: text, indent: 0.0, ..own };
    }
    lines.push(Line { span: jump, width: nothing, extent: nothing, ..own });
    let parts = &mut plan.articles[end.article];
    let part = Part { role: Role::Jump, lines: vec![rest], margin: parts[end.part].margin };
    parts.insert(end.part + usize::from(before_jump), part);
    rest
}

/// Puts the second half behind the first. `seam` is the lines of the two jump lines.
fn join(
    source: &Source,
    composed: &Composed,
    parts: &mut Vec<Part>,
    mut second: Vec<Part>,
    seam: [usize; 2],
    language: Language,
    trace: &mut Trace,
) {
    for part in &mut second {
        if matches!(part.role, Role::Kicker | Role::Headline | Role::Subheadline) {
            part.role = Role::Subheading;
        }
    }
    let place = |parts: &[Part], line: usize| parts.iter().position(|p| p.role == Role::Jump && p.lines == [line]);
    let (out, into) = (place(parts, seam[0]), place(&second, seam[1]));
    let tail = out.and_then(|p| pair::tail(parts, p, false));
    let head = into.and_then(|p| pair::head(&second, p, false));
    if let (Some(tail), Some(head)) = (tail, head)
        && let Some(margin) = one_sentence(source, composed, &parts[tail], &second[head], language, trace)
    {
        let rest = second.remove(head);
        parts[tail].lines.extend(rest.lines);
        parts[tail].margin = parts[tail].margin.min(rest.margin).min(margin);
    }
    // Who wrote the second half wrote the article: below its headline.
    let heads = |p: &Part| matches!(p.role, Role::Kicker | Role::Headline | Role::Subheadline | Role::Byline);
    let mut below = parts.iter().position(|p| !heads(p)).unwrap_or(parts.len());
    for part in second {
        if part.role == Role::Byline {
            parts.insert(below, part);
            below += 1;
        } else {
            parts.push(part);
        }
    }
}

/// Whether the paragraphs on either side of a jump are one, and by what margin. What ends with a full
/// stop is not.
fn one_sentence(
    source: &Source,
    composed: &Composed,
    a: &Part,
    b: &Part,
    language: Language,
    trace: &mut Trace,
) -> Option<f32> {
    let span = |i: usize| composed.flow.lines[i].span;
    let (at, before, after) =
        (span(b.lines[0]).start, source.get(span(a.lines[a.lines.len() - 1])), source.get(span(b.lines[0])));
    let apart = match line_end(before) {
        LineEnd::Stop => return None,
        LineEnd::Word | LineEnd::Dash => Signal::EndsWord,
        LineEnd::Pause => Signal::EndsPause,
        LineEnd::Close => Signal::EndsClose,
        LineEnd::Colon => Signal::EndsColon,
        LineEnd::Open => Signal::EndsOpen,
    };
    let model = model(language, &source.text);
    let mut signals: Vec<(Signal, f32)> = Vec::new();
    let fits = model.goes_on(model.tail(before), model.head(after));
    signals.add(Signal::Continuity, fits.clamp(-3.0, 5.0) / 4.0);
    let (last, first) = (before.chars().next_back()?, after.chars().next()?);
    signals.add_if(class(first).shuns_line_start(), Signal::ClosingStart);
    signals.add_if(number_goes_on(last, first), Signal::NumberGoesOn);
    signals.add_if(line_end(before) == LineEnd::Open, Signal::OpeningEnd);
    signals.add(apart, -1.0);
    signals.add(Signal::NewParagraph, -1.0);
    let margin: f32 = signals.iter().map(|s| s.1).sum();
    let joined = margin > 0.0;
    if trace.wants(margin.abs()) {
        let choice = if joined { ["join", "break"] } else { ["break", "join"] };
        if !joined {
            signals.iter_mut().for_each(|s| s.1 = -s.1);
        }
        trace.decisions.push(Decision::of(DecisionKind::Seam, at, choice, margin.abs(), signals));
    }
    joined.then_some(margin)
}
