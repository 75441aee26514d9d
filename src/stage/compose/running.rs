//! Running heads: lines that stand at the edges of several pages, whatever the numbers in them.
//!
//! ```text
//! 第二节 新航路的开辟            the first is the section's heading, where its text begins
//! 十五世纪以后，…
//! 36    第二节 新航路的开辟      those on the pages behind it are running heads
//! ```

use super::edge::Place;
use crate::flow::Flow;
use crate::source::Source;
use crate::text::class::{Class, class};
use crate::text::item::is_item;
use std::collections::HashMap;

/// Lines of a page's edge that are looked at for a running head.
const HEAD_LINES: u32 = 2;

/// A running head is no longer, in characters; and no shorter than a word.
const LONGEST: usize = 40;
const SHORTEST: usize = 2;

/// For each line, whether it is a running head.
pub fn running_heads(source: &Source, flow: &Flow, places: &[Place]) -> Vec<bool> {
    let lines = &flow.lines;
    let mut marks = vec![false; lines.len()];
    if lines.first().map(|l| l.page) == lines.last().map(|l| l.page) {
        return marks;
    }
    let mut seen: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, line) in lines.iter().enumerate() {
        let text = source.get(line.span);
        // What is numbered may be met where it heads its text, which may be within a page.
        let heads = || is_item(text) && !text.ends_with(|c| class(c) == Class::Digit);
        if places[i].from_edge >= HEAD_LINES && !heads() || text.chars().count() > LONGEST {
            continue;
        }
        let key: String = text.chars().filter(|c| class(*c).is_word() && class(*c) != Class::Digit).collect();
        if key.chars().count() >= SHORTEST {
            seen.entry(key).or_default().push(i);
        }
    }
    for all in seen.into_values() {
        let heads = is_item(source.get(lines[all[0]].span));
        let is_edge = |i: usize| places[i].from_edge < HEAD_LINES;
        // One that the contents list may head its text at the top of a page.
        let fewest = if is_edge(all[0]) { 1 } else { 2 };
        let at_edges = || all.iter().copied().skip(usize::from(heads)).filter(|i| is_edge(*i));
        let several = all.iter().any(|i| lines[*i].page != lines[all[0]].page);
        if several && at_edges().count() >= fewest {
            at_edges().for_each(|i| marks[i] = true);
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use crate::stage::drawn::{FERRY, WHEAT, mended, places, set};

    /// Three pages, no two of which share a line but the head.
    fn book(heads: [&str; 3]) -> String {
        let text = |n: usize| [FERRY, WHEAT].map(|text| set(text, 17 + n)).concat();
        (0..3).map(|n| format!("{}\n\n{}", heads[n], text(n))).collect::<Vec<_>>().join("\u{c}")
    }

    #[test]
    fn a_numbered_heading_heads_its_text_and_runs_on_above_other_pages() {
        let heads = ["第二节 渡口与麦田", "36  第二节 渡口与麦田", "第二节 渡口与麦田  37"];
        let book = book(heads);
        let roles = |head: &str| {
            let found = mended(&book);
            let text = |b: &crate::document::Block| b.text(&found.source).contains(head);
            let inside = found.articles.iter().flat_map(|a| &a.blocks).filter(|b| text(b)).count();
            (inside, found.furniture.iter().filter(|b| text(b)).count())
        };
        assert_eq!(roles("渡口与麦田"), (1, 2));
    }

    #[test]
    fn a_heading_that_the_contents_list_is_no_running_head() {
        let text = |n: usize| [FERRY, WHEAT].map(|text| set(text, 17 + n)).concat();
        let contents = format!("{}一、渡口\n二、麦田\n{}", text(0), text(1));
        let found = places(&format!("{contents}\u{c}二、麦田\n\n{}", text(2)), &["二、麦田"]);
        assert!(found[0].0.is_some());
        let book = format!("{contents}\u{c}二、麦田\n\n{}", text(2));
        assert!(mended(&book).furniture.is_empty());
    }

    #[test]
    fn the_books_title_is_a_running_head_on_every_page() {
        assert_eq!(places(&book(["清溪志"; 3]), &["清溪志"]), [(None, "running-head")]);
    }
}
