//! The `ReadingOrder` of PAGE: groups of references to regions, some ordered by an index, some not.

use super::xml::Element;
use std::collections::HashMap;

/// What a reading order says of a region.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Stated {
    /// Its place; regions of one unordered group share theirs.
    pub order: Option<u32>,
    /// The number of the article, counted from 0 in the order of the file.
    pub article: Option<u32>,
}

/// A reading order in the making.
#[derive(Default)]
pub struct Groups<'a> {
    open: Vec<Group>,
    refs: Vec<(Vec<u32>, &'a str, Option<u32>)>,
    articles: u32,
}

struct Group {
    /// How long the path is that ends with this group's place.
    depth: Option<u32>,
    /// Groups in it so far, for those without an index.
    count: u32,
    article: Option<u32>,
}

impl<'a> Groups<'a> {
    /// An element of the reading order begins.
    pub fn open(&mut self, element: Element<'_, 'a>) {
        let index = element.raw("index").and_then(|index| index.trim().parse().ok());
        let article = self.open.last().and_then(|group| group.article);
        if element.name.starts_with("RegionRef") {
            let path = self.open.iter().filter_map(|group| group.depth).chain(index).collect();
            self.refs.extend(element.raw("regionRef").map(|id| (path, id, article)));
        } else {
            let own = (element.raw("type") == Some("article")).then_some(self.articles);
            self.articles += u32::from(own.is_some());
            let place = self.open.last_mut().map(|around| {
                around.count += 1;
                index.unwrap_or(around.count - 1)
            });
            // A group can stand for a region, too, of which its members are parts.
            if let Some(id) = element.raw("regionRef") {
                let path = self.open.iter().filter_map(|group| group.depth).chain(place).collect();
                self.refs.push((path, id, own.or(article)));
            }
            self.open.push(Group { depth: place, count: 0, article: own.or(article) });
        }
    }

    /// An element of the reading order of this name ends.
    pub fn close(&mut self, name: &str) {
        if !name.starts_with("RegionRef") {
            self.open.pop();
        }
    }

    /// What is said of each region, by its id, and how many articles there are.
    pub fn stated(mut self) -> (HashMap<&'a str, Stated>, u32) {
        self.refs.sort_by(|a, b| a.0.cmp(&b.0));
        let mut stated = HashMap::new();
        let mut order = 0;
        for (i, (path, id, article)) in self.refs.iter().enumerate() {
            order += u32::from(i > 0 && self.refs[i - 1].0 != *path);
            let place = (!path.is_empty()).then_some(order);
            stated.entry(*id).or_insert(Stated { order: place, article: *article });
        }
        (stated, self.articles)
    }
}

#[cfg(test)]
mod tests {
    use super::super::xml::{Step, Walk};
    use super::*;

    fn order(text: &str) -> Vec<(String, Option<u32>, Option<u32>)> {
        let mut walk = Walk::new(text, "page");
        let mut groups = Groups::default();
        while let Some(step) = walk.step().unwrap() {
            match step {
                Step::Open(element) => groups.open(element),
                Step::Close(name) => groups.close(name),
                Step::Text(_) => {}
            }
        }
        let stated = groups.stated().0.into_iter();
        let mut out: Vec<_> = stated.map(|(id, stated)| (id.to_string(), stated.order, stated.article)).collect();
        out.sort();
        out
    }

    #[test]
    fn the_index_counts_and_not_the_place_in_the_file() {
        let text = "<OrderedGroup><RegionRefIndexed index='9' regionRef='c'/>\
            <UnorderedGroupIndexed index='2' type='article'><RegionRef regionRef='a'/><RegionRef regionRef='b'/></UnorderedGroupIndexed>\
            <OrderedGroupIndexed index='3'><RegionRefIndexed index='1' regionRef='e'/><RegionRefIndexed index='0' regionRef='d'/>\
            </OrderedGroupIndexed></OrderedGroup>";
        let row = |id: &str, order, article| (id.to_string(), Some(order), article);
        assert_eq!(
            order(text),
            [row("a", 0, Some(0)), row("b", 0, Some(0)), row("c", 3, None), row("d", 1, None), row("e", 2, None)]
        );
    }

    #[test]
    fn an_unordered_group_states_no_order() {
        let text = "<UnorderedGroup><RegionRef regionRef='a'/><OrderedGroup type='article'><RegionRefIndexed index='x' regionRef='b'/>";
        assert_eq!(order(text), [("a".to_string(), None, None), ("b".to_string(), Some(1), Some(0))]);
    }
}
