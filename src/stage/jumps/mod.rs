//! Joins the two halves of an article that goes on on another page.
//!
//! ```text
//! page 1  article 1: headline, body …（下转第二版）     article 1: headline, body …, jump lines,
//!         article 2                                →               heading, … body
//! page 2  article 3: heading, （上接第一版）… body       article 2
//! ```
//!
//! Both sides are asked: the page that each jump line names must be met by its partner there. Where
//! several would do, one assignment over all of them decides by what the halves say. What is not met
//! stays as it stood and is listed as a doubt. A single page can resolve nothing, so of a document of
//! one page nothing is joined and nothing listed: its jump lines are blocks like any other.

mod ends;
mod pages;
mod pair;
#[cfg(test)]
mod tests;
mod weave;

use super::articles::Plan;
use crate::evidence::{Decision, DecisionKind, Signal, Trace};
use crate::flow::Composed;
use crate::page::Page;
use crate::press::Press;
use crate::press::jump::{Named, Way};
use crate::source::Source;
use crate::text::continuity::model;
use crate::text::language::Language;
use ends::End;
use pages::Pages;

/// Joins what jump lines part.
pub fn jumps(
    source: &Source,
    pages: &[Page],
    composed: Composed,
    plan: Plan,
    press: &Press,
    language: Language,
    trace: &mut Trace,
) -> (Composed, Plan) {
    let ends = if pages.len() > 1 { ends::ends(source, &composed.flow, &plan, press) } else { Vec::new() };
    if ends.is_empty() {
        return (composed, plan);
    }
    let pages = Pages::of(source, &composed.flow, &plan, press, pages.len() as u32);
    let halves = pair::Halves::of(source, &composed.flow, &plan, model(language, &source.text));
    let pairs = weave::without_circles(pair::pairs(&ends, &pages, &halves), &ends);
    let mut met = vec![false; ends.len()];
    for pair in &pairs {
        met[pair.out] = true;
        met[pair.into] = true;
        if trace.wants(pair.margin) {
            let signals = pair.signals.clone();
            let words = ["goes on there", "goes on elsewhere"];
            trace.decisions.push(decision(&ends[pair.out], words, pair.margin, signals));
        }
    }
    for (end, _) in ends.iter().zip(&met).filter(|(_, met)| !**met) {
        let words = [why(end, &ends, &pages), "joined"];
        trace.decisions.push(decision(end, words, 0.0, Vec::new()));
    }
    weave::weave(source, composed, plan, &ends, &pairs, language, trace)
}

fn decision(end: &End, choice: [&'static str; 2], margin: f32, signals: Vec<(Signal, f32)>) -> Decision {
    let names = match end.jump.named {
        Named::Page(label) => Some(label),
        Named::Neighbour | Named::Unread => None,
    };
    Decision { names, ..Decision::of(DecisionKind::Jump, end.at, choice, margin, signals) }
}

/// Why a jump line leads nowhere.
fn why(end: &End, ends: &[End], pages: &Pages) -> &'static str {
    let named = pages.named(&end.jump, end.page);
    if end.jump.named == Named::Unread {
        return "unresolved: its page is not legible";
    }
    if named.is_empty() {
        return "unresolved: the document has no such page";
    }
    let partners = || ends.iter().filter(|e| e.jump.way != end.jump.way && named.contains(&e.page));
    let answers = |e: &End| e.jump.named == Named::Unread || pages.named(&e.jump, e.page).contains(&end.page);
    match end.jump.way {
        _ if partners().any(answers) => "unresolved: another jump line fits better",
        _ if partners().next().is_some() => "unresolved: what stands on that page names another",
        Way::Out => "unresolved: nothing on that page comes from here",
        Way::In => "unresolved: nothing on that page goes on here",
    }
}
