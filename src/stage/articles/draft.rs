//! Blocks in the making: lines gathered by their seams.

use crate::flow::{Cast, Composed, SeamKind};
use crate::press::Press;
use crate::press::jump::{Jump, Way};
use crate::role::Role;
use crate::source::Source;

/// Lines that are one block.
#[derive(Debug, Clone)]
pub struct Draft {
    pub cast: Cast,
    /// Indices of lines, rising.
    pub lines: Vec<usize>,
    /// The smallest margin of the decisions that made it, in the natural logarithm of odds.
    pub margin: f32,
}

impl Draft {
    /// True for what is running text, or stands in its place.
    pub fn is_body(&self) -> bool {
        matches!(
            self.cast,
            Cast::Role(
                Role::Paragraph | Role::List | Role::Verse | Role::Footnote | Role::Table | Role::Jump | Role::Dateline
            )
        )
    }

    pub fn is(&self, role: Role) -> bool {
        self.cast == Cast::Role(role)
    }
}

/// Gathers lines into blocks, in the order of their first lines.
pub fn drafts(composed: &Composed) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut draft_of: Vec<usize> = Vec::with_capacity(composed.casts.len());
    for (i, cast) in composed.casts.iter().enumerate() {
        let seam = composed.seams[i];
        let margin = composed.sure[i].min(seam.margin);
        if seam.kind == SeamKind::Join && i > 0 {
            let at = draft_of[seam.after as usize];
            drafts[at].lines.push(i);
            drafts[at].margin = drafts[at].margin.min(margin);
            draft_of.push(at);
        } else {
            draft_of.push(drafts.len());
            drafts.push(Draft { cast: *cast, lines: vec![i], margin });
        }
    }
    drafts
}

/// The lines of a draft, as text.
pub fn texts<'a>(
    draft: &'a Draft,
    source: &'a Source,
    composed: &'a Composed,
) -> impl DoubleEndedIterator<Item = &'a str> {
    draft.lines.iter().map(|i| source.get(composed.flow.lines[*i].span))
}

/// Whether a draft came from another page, and whether it goes on on one, by its jump lines.
pub fn jumps(draft: &Draft, source: &Source, composed: &Composed, press: &Press) -> [bool; 2] {
    let jumps = press.jumps();
    let (first, last) = (texts(draft, source, composed).next(), texts(draft, source, composed).next_back());
    let says = |jump: Option<Jump>, way: Way| jump.is_some_and(|jump| jump.way == way);
    let into = first.is_some_and(|line| {
        says(jumps.of_line(line), Way::In) || says(jumps.before(line).map(|(_, jump)| jump), Way::In)
    });
    let out = last.is_some_and(|line| {
        says(jumps.of_line(line), Way::Out) || says(jumps.behind(line).map(|(_, jump)| jump), Way::Out)
    });
    [into, out]
}

/// The first characters of a draft, its wraps gone: at least `reach` of them where it has as many.
pub fn opening(draft: &Draft, source: &Source, composed: &Composed, reach: usize) -> String {
    let mut text = String::new();
    for line in texts(draft, source, composed) {
        text.push_str(line);
        if text.len() >= reach * 3 {
            break;
        }
    }
    text
}

/// The last characters of a draft, as [`opening`].
pub fn closing(draft: &Draft, source: &Source, composed: &Composed, reach: usize) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut length = 0;
    for line in texts(draft, source, composed).rev() {
        lines.push(line);
        length += line.len();
        if length >= reach * 3 {
            break;
        }
    }
    lines.into_iter().rev().collect()
}
