//! Numbered headings: short lines that open with a number, each one more than that of another before it.
//!
//! ```text
//! 1 はじめに      a page's number and the name of its section look the same, but a page has one number
//! …
//! 2 調査の方法
//! ```

use super::edge::Place;
use crate::flow::Flow;
use crate::source::Source;
use crate::text::class::{Class, class, is_blank};
use crate::text::ends::{LineEnd, line_end};
use crate::text::numerals::{is_unit, number as number_of};

/// A heading is no longer, in characters.
const LONGEST: usize = 30;

/// Digits of the highest number.
const DIGITS: usize = 2;

/// Lines from its page's edge from which on a line is no folio, whatever other pages have.
const INSIDE: u32 = 3;

/// For each line, whether it opens with a number that is counted up to or on from: on the same page, or on
/// another where neither line stands at an edge.
pub fn counted(source: &Source, flow: &Flow, places: &[Place]) -> Vec<bool> {
    let numbered: Vec<(usize, u32)> =
        (0..flow.lines.len()).filter_map(|i| Some((i, number(source.get(flow.lines[i].span))?))).collect();
    let mut marks = vec![false; flow.lines.len()];
    // The last line of each number that a heading may have.
    let mut last: [Option<usize>; 100] = [None; 100];
    for (i, n) in numbered {
        let inside = |line: usize| places[line].from_edge >= INSIDE;
        let before = n.checked_sub(1).and_then(|n| last[n as usize]);
        if let Some(a) = before.filter(|a| flow.lines[*a].page == flow.lines[i].page || inside(*a) && inside(i)) {
            (marks[a], marks[i]) = (true, true);
        }
        last[n as usize] = Some(i);
    }
    marks
}

/// The number that a line opens with, where words stand behind it that it does not count, parted by a space, and the
/// line ends as a heading does.
fn number(line: &str) -> Option<u32> {
    let digits = line.chars().take_while(|c| class(*c) == Class::Digit).count();
    let mut rest = line.chars().skip(digits);
    let is_title = |c: char| class(c).is_word() && class(c) != Class::Digit && !is_unit(c);
    let words = rest.next().is_some_and(is_blank) && rest.find(|c| !is_blank(*c)).is_some_and(is_title);
    let ends = !matches!(line_end(line), LineEnd::Stop | LineEnd::Pause);
    let heading = (1..=DIGITS).contains(&digits) && words && ends && line.chars().nth(LONGEST).is_none();
    heading.then(|| number_of(&line.chars().take(digits).collect::<String>())).flatten()
}

#[cfg(test)]
mod tests {
    use crate::stage::drawn::places;

    const TEXT: &str = "近年、地域の図書館は本を貸すだけの場所ではなくな\nりつつある。高齢者の居場所として、また子どもの\n学習の場として、新しい取り組みが始まっている。\n";

    fn page(headings: [&str; 3]) -> String {
        headings.map(|heading| format!("{heading}\n\n　{TEXT}　{TEXT}　{TEXT}\n")).concat()
    }

    #[test]
    fn numbered_headings_are_no_folios() {
        for headings in
            [["1 はじめに", "2 調査", "3 結果"], ["01 引言", "02 方法", "03 结论"], ["１ 머리말", "２ 조사", "３ 결과"]]
        {
            let found = places(&format!("図書館の新しい役割\n\n{}", page(headings)), &headings);
            assert!(found.iter().all(|(article, _)| *article == Some(1)), "{headings:?}: {found:?}");
        }
    }

    #[test]
    fn a_folio_is_not_counted_on_from_the_numbers_in_a_text() {
        let text = "市里从去年起在各区建起了社区食堂，眼下已有\n3 月开张的十二家，老人们走几步路就能吃上热饭\n菜，价钱也不贵。\n";
        let found = places(&format!("{}\n04 要闻\n", text.repeat(12)), &["04 要闻"]);
        assert_eq!(found, [(None, "folio")]);
    }

    #[test]
    fn pages_have_one_number_each() {
        let pages = ["02 要闻", "03 社会", "04 国际"].map(|folio| format!("{folio}\n\n　{TEXT}　{TEXT}"));
        let found = places(&pages.join("\u{c}"), &["02 要闻", "03 社会", "04 国际"]);
        assert_eq!(found, [(None, "folio"); 3]);
    }
}
