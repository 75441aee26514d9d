//! Which page a jump line means. A page has the number that is printed on it, where one was found;
//! else it counts on from the nearest page that has one, and else it is its place in the document.

use crate::flow::Flow;
use crate::press::Press;
use crate::press::jump::{Jump, Label, Named, Way};
use crate::role::Role;
use crate::source::Source;
use crate::stage::articles::Plan;
use std::collections::BTreeMap;

/// The numbers of all pages.
pub struct Pages {
    labels: Vec<Label>,
    /// The places of the pages that have each number, rising.
    places: BTreeMap<Label, Vec<u32>>,
}

impl Pages {
    /// Finds the number of each of `count` pages.
    pub fn of(source: &Source, flow: &Flow, plan: &Plan, press: &Press, count: u32) -> Pages {
        let mut printed: Vec<Option<Label>> = vec![None; count as usize];
        let bears = |role| matches!(role, Role::Folio | Role::PageNumber | Role::RunningHead | Role::Masthead);
        for part in plan.furniture.iter().filter(|p| bears(p.role)) {
            for line in part.lines.iter().map(|i| &flow.lines[*i]) {
                let page = &mut printed[line.page as usize - 1];
                *page = page.or_else(|| press.jumps().label(source.get(line.span)));
            }
        }
        Pages::from(&printed)
    }

    fn from(printed: &[Option<Label>]) -> Pages {
        let count_on = |label: Label, by: i64| {
            let number = u32::try_from(i64::from(label.number) + by).ok().filter(|n| *n > 0)?;
            Some(Label { number, ..label })
        };
        let mut labels: Vec<Label> = Vec::with_capacity(printed.len());
        let first = printed.iter().enumerate().find_map(|(i, label)| Some((i, (*label)?)));
        let mut before: Option<(usize, Label)> = None;
        for (i, label) in printed.iter().enumerate() {
            let place = Label { section: None, number: i as u32 + 1 };
            let near = before.or(first).and_then(|(at, label)| count_on(label, i as i64 - at as i64));
            labels.push(label.or(near).unwrap_or(place));
            before = label.map(|label| (i, label)).or(before);
        }
        let mut places: BTreeMap<Label, Vec<u32>> = BTreeMap::new();
        for (i, label) in labels.iter().enumerate() {
            places.entry(*label).or_default().push(i as u32 + 1);
        }
        Pages { labels, places }
    }

    /// The pages that a jump line on page `from` may name. Several have one number where a document
    /// holds several issues; then the nearest on either side.
    pub fn named(&self, jump: &Jump, from: u32) -> Vec<u32> {
        let label = match (jump.named, jump.way) {
            (Named::Page(label), _) => label,
            (Named::Neighbour, Way::Out) => {
                return Vec::from_iter((from < self.labels.len() as u32).then_some(from + 1));
            }
            (Named::Neighbour, Way::In) => return Vec::from_iter((from > 1).then(|| from - 1)),
            (Named::Unread, _) => return Vec::new(),
        };
        // Within a section its letter may be left out, and the first section's nearly always is.
        let here = self.labels[from as usize - 1].section;
        let other = match label.section {
            None => Label { section: here, ..label },
            Some('A') => Label { section: None, ..label },
            Some(_) => label,
        };
        let Some(places) = self.places.get(&label).or_else(|| self.places.get(&other)) else {
            return Vec::new();
        };
        let at = places.partition_point(|p| *p < from);
        let near = [at.checked_sub(1), Some(at)].into_iter().flatten().filter_map(|i| places.get(i));
        near.copied().filter(|p| *p != from).collect()
    }

    /// How many pages lie between two beyond what their numbers tell.
    pub fn unaccounted(&self, a: u32, b: u32) -> u32 {
        let number = |page: u32| i64::from(self.labels[page as usize - 1].number);
        let told = number(b) - number(a);
        (i64::from(b) - i64::from(a) - told).unsigned_abs() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_counts_and_else_the_place() {
        let label = |text: &str| Label::parse(text).unwrap();
        let labels = |printed: &[Option<Label>]| -> Vec<String> {
            Pages::from(printed).labels.iter().map(ToString::to_string).collect()
        };
        assert_eq!(labels(&[None, None]), ["1", "2"]);
        assert_eq!(labels(&[None, Some(label("6")), None]), ["5", "6", "7"]);
        assert_eq!(labels(&[Some(label("A1")), None, Some(label("B1"))]), ["A1", "A2", "B1"]);
        let pages = Pages::from(&[Some(label("A1")), None, Some(label("A1")), None]);
        let named = |text, from| pages.named(&Jump { way: Way::Out, named: Named::Page(label(text)) }, from);
        assert_eq!(named("2", 1), [2]);
        assert_eq!(named("A2", 3), [2, 4]);
        assert!(named("7", 1).is_empty());
    }
}
