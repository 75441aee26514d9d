//! Briefs: short texts, one below the other, each opened by the mark that elsewhere points at a picture.
//!
//! ```text
//! ▲比国驻华大使定于后日赴港一行，其在港逗留之期约有十日。
//! ▲昨晚六时半，法国总会举行招待会，著名法侨均参加。
//! ▲前晚，法侨参战军人假座捕房总会举行茶会。
//! ```

use crate::flow::Flow;
use crate::source::Source;

/// Fewer of them are captions.
const FEWEST: usize = 3;

/// None has more lines.
const LONGEST: usize = 24;

/// What a line opens that stands in a row of such.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brief {
    /// A line: an item of a list.
    Line,
    /// A text of several.
    Text,
}

/// For each line, what of this it opens.
pub fn briefs(source: &Source, flow: &Flow) -> Vec<Option<Brief>> {
    let mut briefs = vec![None; flow.lines.len()];
    let marks: Vec<Option<char>> = flow.lines.iter().map(|line| mark(source.get(line.span))).collect();
    let parted = |i: usize| i > 0 && flow.lines[i].is_parted_from(&flow.lines[i - 1]);
    let brief = |i: usize| {
        let goes_on = i + 1 < marks.len() && marks[i + 1].is_none() && !parted(i + 1);
        Some(if goes_on { Brief::Text } else { Brief::Line })
    };
    let mut row: Vec<usize> = Vec::new();
    for i in 0..marks.len() {
        let far = row.last().is_some_and(|last| i - last > LONGEST);
        let other = row.last().is_some_and(|last| marks[i].is_some() && marks[i] != marks[*last]);
        if parted(i) || far || other {
            row.clear();
        }
        if marks[i].is_some() {
            row.push(i);
            match row.len() {
                ..FEWEST => {}
                FEWEST => row.iter().for_each(|i| briefs[*i] = brief(*i)),
                _ => briefs[i] = brief(i),
            }
        }
    }
    briefs
}

/// The triangle that a line opens with.
fn mark(line: &str) -> Option<char> {
    line.chars().next().filter(|c| matches!(c, '▲' | '△' | '▼' | '▽' | '◀' | '▶'))
}

#[cfg(test)]
mod tests {
    use crate::stage::drawn::places;

    const TEXTS: [&str; 3] =
        ["渡口服务站昨日启用，船票在站内办理。", "小麦已经越冬，农户忙着清沟排水。", "三座小桥修好，老人不必绕路。"];

    /// The roles of the texts, each opened by a mark and broken after some characters.
    fn roles(measure: usize, between: &str) -> Vec<&'static str> {
        let lines = |text: &str| {
            let text: Vec<char> = format!("▲{text}").chars().collect();
            text.chunks(measure).map(|line| line.iter().collect::<String>() + "\n").collect::<String>()
        };
        let found = places(&TEXTS.map(lines).join(between), &["服务站", "越冬", "修好"]);
        found.into_iter().map(|(_, role)| role).collect()
    }

    #[test]
    fn texts_in_a_row_that_open_with_a_triangle_are_no_captions() {
        assert_eq!([roles(9, ""), roles(13, "")].concat(), ["paragraph"; 6]);
        assert_eq!(roles(30, ""), ["list"; 3], "of one line each");
        assert_eq!(roles(9, "\n"), ["caption"; 3], "each stands by itself, as pictures do");
    }
}
