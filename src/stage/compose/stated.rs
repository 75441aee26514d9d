//! What the file states of its regions, weighed like everything else; or, where it is trusted, above it.

use super::state::{Kind, State};
use super::weigh::Scene;
use crate::evidence::{Signal, Tally};
use crate::flow::Cast;
use crate::role::Role;

impl Scene<'_> {
    fn role_stated(&self, b: usize) -> Option<Role> {
        self.flow.lines[b].stated?.role
    }

    /// True where the file says that line `b` is what a state makes of it.
    pub fn is_stated(&self, state: State, b: usize) -> bool {
        self.role_stated(b).is_some_and(|stated| match state.cast(self.furniture(b)) {
            Cast::Title => is_title(stated),
            Cast::Role(role) => role == stated || role.is_furniture() && stated.is_furniture(),
        })
    }

    /// What the file says of a line `b` in some state.
    pub fn stated_role(&self, state: State, b: usize, tally: &mut impl Tally) {
        let Some(stated) = self.role_stated(b) else { return };
        let is = self.is_stated(state, b);
        // Layout models call text what they know to be no title, and bylines, items and notes too.
        let text = stated == Role::Paragraph && !self.trust.regions;
        let of_text =
            !matches!(state, State::First(Kind::Title | Kind::Caption) | State::Goes(Kind::Title | Kind::Caption));
        if text {
            tally.add(Signal::StatedOther, if of_text { 0.0 } else { 0.7 });
        } else {
            tally.add(Signal::StatedRole, if is { self.trust.loudness() } else { 0.0 });
            tally.add(Signal::StatedOther, if is { 0.0 } else { self.trust.loudness() });
        }
    }

    /// What the file says of a seam: its lines stand in one region or in two. Paragraphs are told within
    /// a region of text and go on from one to the next; a region of anything else is one block.
    pub fn stated_join(&self, a: usize, b: usize, tally: &mut impl Tally) {
        let (Some(before), Some(after)) = (self.flow.lines[a].stated, self.flow.lines[b].stated) else { return };
        let one = before.region == after.region && self.flow.lines[a].page == self.flow.lines[b].page;
        let text = |role: Option<Role>| matches!(role, None | Some(Role::Paragraph));
        let signal = if one { Signal::StatedTogether } else { Signal::StatedApart };
        let strength = match text(before.role) && text(after.role) {
            false => self.trust.loudness(),
            true if one => 0.5,
            // Some formats have a region for every line.
            true if self.goes_on_in_region(a, a.wrapping_sub(1)) || self.goes_on_in_region(b, b + 1) => 0.4,
            true => 0.0,
        };
        tally.add(signal, strength);
    }

    fn goes_on_in_region(&self, a: usize, b: usize) -> bool {
        let region = |i: usize| Some((self.flow.lines.get(i)?.page, self.flow.lines.get(i)?.stated?.region));
        region(a).is_some() && region(a) == region(b)
    }
}

/// The roles of titles.
fn is_title(role: Role) -> bool {
    matches!(role, Role::Kicker | Role::Headline | Role::Subheadline | Role::Subheading)
}
