//! The ends of articles that point to other pages.

use crate::flow::Flow;
use crate::press::Press;
use crate::press::jump::{Jump, Way};
use crate::role::Role;
use crate::source::Source;
use crate::stage::articles::{Part, Plan};

/// A jump line, and the article whose end it is.
#[derive(Debug, Clone, Copy)]
pub struct End {
    pub jump: Jump,
    /// The article and its part.
    pub article: usize,
    pub part: usize,
    /// The line of the flow that holds it.
    pub line: usize,
    /// The page where it stands.
    pub page: u32,
    /// Its first byte.
    pub at: u32,
    /// The byte at which it is parted from text on its own line.
    pub cut: Option<u32>,
}

/// All of them, in the order of the articles.
pub fn ends(source: &Source, flow: &Flow, plan: &Plan, press: &Press) -> Vec<End> {
    let mut ends = Vec::new();
    for (article, parts) in plan.articles.iter().enumerate() {
        for (part, p) in parts.iter().enumerate() {
            for (line, at, cut, jump) in of_part(source, flow, p, press).into_iter().flatten() {
                ends.push(End { jump, article, part, line, page: flow.lines[line].page, at, cut });
            }
        }
    }
    ends
}

/// A jump line found in a part: its line, its first byte, the byte at which it is parted from text.
type Found = (usize, u32, Option<u32>, Jump);

/// The jump line with which a part begins, and that with which it ends.
fn of_part(source: &Source, flow: &Flow, part: &Part, press: &Press) -> [Option<Found>; 2] {
    let jumps = press.jumps();
    let (first, last) = (part.lines[0], part.lines[part.lines.len() - 1]);
    let span = |i: usize| flow.lines[i].span;
    if part.role == Role::Jump {
        return [jumps.of_line(source.get(span(first))).map(|jump| (first, span(first).start, None, jump)), None];
    }
    let title = matches!(part.role, Role::Headline | Role::Kicker | Role::Subheadline | Role::Subheading);
    if !title && !matches!(part.role, Role::Paragraph | Role::List) {
        return [None; 2];
    }
    let behind = jumps.behind(source.get(span(last))).filter(|(_, jump)| (jump.way == Way::In) == title);
    let before = if title { None } else { jumps.before(source.get(span(first))) };
    [
        before
            .filter(|(_, jump)| jump.way == Way::In)
            .map(|(to, jump)| (first, span(first).start, Some(span(first).start + to as u32), jump)),
        behind.map(|(from, jump)| {
            let at = span(last).start + from as u32;
            (last, at, Some(at), jump)
        }),
    ]
}
