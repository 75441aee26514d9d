//! The order of blocks of which each names the next, as the `IDNEXT` of ALTO does.

use crate::page::Page;
use std::collections::HashMap;

/// The order that blocks state by naming the next one.
#[derive(Default)]
pub struct Links<'a> {
    /// The id of each text block of the file, and of the one it names.
    blocks: Vec<(Option<&'a str>, Option<&'a str>)>,
}

impl<'a> Links<'a> {
    /// Notes a block and gives its number in the file, which stands for its order at first.
    pub fn block(&mut self, id: Option<&'a str>, next: Option<&'a str>) -> u32 {
        self.blocks.push((id, next));
        self.blocks.len() as u32 - 1
    }

    /// Puts the stated order in the place of the blocks' numbers, or none where none is stated.
    pub fn order(&self, pages: &mut [Page]) {
        if self.blocks.is_empty() {
            return;
        }
        let places = self.places();
        for region in pages.iter_mut().flat_map(|page| &mut page.regions) {
            region.order = region.order.zip(places.as_ref()).map(|(number, places)| places[number as usize]);
        }
    }

    /// The place of each block: chains one after the other, each where its first block stands.
    fn places(&self) -> Option<Vec<u32>> {
        let numbers: HashMap<_, _> =
            self.blocks.iter().enumerate().filter_map(|(i, (id, _))| Some(((*id)?, i))).collect();
        let next: Vec<_> = self.blocks.iter().map(|(_, next)| numbers.get(&(*next)?).copied()).collect();
        let mut is_first = vec![true; next.len()];
        next.iter().flatten().for_each(|i| is_first[*i] = false);
        let mut places = vec![None; next.len()];
        let mut place = 0..;
        // Rings have no first block: they begin where they begin in the file, after all chains.
        let firsts = (0..next.len()).filter(|i| is_first[*i]).chain(0..next.len());
        for first in firsts {
            let mut at = Some(first);
            while let Some(i) = at.filter(|i| places[*i].is_none()) {
                places[i] = place.next();
                at = next[i];
            }
        }
        next.iter().any(Option::is_some).then(|| places.into_iter().flatten().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(blocks: &[(&'static str, &'static str)]) -> Option<Vec<u32>> {
        let mut links = Links::default();
        for (id, next) in blocks {
            links.block(Some(id), Some(next));
        }
        links.places()
    }

    #[test]
    fn chains_stand_where_their_first_block_stands() {
        assert_eq!(places(&[("a", "c"), ("b", ""), ("c", "d"), ("d", "")]), Some(vec![0, 3, 1, 2]));
        assert_eq!(places(&[("a", ""), ("b", "")]), None);
    }

    #[test]
    fn rings_end() {
        assert_eq!(places(&[("a", "b"), ("b", "a"), ("c", "a")]), Some(vec![1, 2, 0]));
        assert_eq!(places(&[("a", "a")]), Some(vec![0]));
    }
}
