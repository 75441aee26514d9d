//! Regular verse: lines of five or of seven characters each, as poems of the Tang have them. No text is
//! wrapped so, without a mark inside a line.
//!
//! ```text
//! 床前明月光
//! 疑是地上霜
//! 举头望明月
//! 低头思故乡
//! ```

use super::rows::Row;
use crate::flow::Flow;
use crate::source::Source;
use crate::text::class::{Class, class};

/// Characters of a line.
const LENGTHS: [usize; 2] = [5, 7];

/// A stanza has so many lines; fewer are alike by chance.
const FEWEST: usize = 4;

/// For each line, whether it is one of several of one regular length, and which.
pub fn regular(source: &Source, flow: &Flow) -> Vec<Option<Row>> {
    let lengths: Vec<Option<(usize, u32)>> =
        flow.lines.iter().map(|l| Some((length(source.get(l.span))?, l.page))).collect();
    let mut rows = vec![None; lengths.len()];
    let mut start = 0;
    for run in lengths.chunk_by(|a, b| a == b) {
        let end = start + run.len();
        if run[0].is_some() && run.len() >= FEWEST {
            rows[start] = Some(Row::First);
            rows[start + 1..end].fill(Some(Row::Next));
        }
        start = end;
    }
    rows
}

/// The number of a line's characters, where it may be regular: all are Han but a mark at its end.
fn length(line: &str) -> Option<usize> {
    let text = line.trim_end_matches(|c| matches!(class(c), Class::Stop | Class::Pause));
    let count = text.chars().take(LENGTHS[1] + 1).count();
    (LENGTHS.contains(&count) && text.chars().all(|c| class(c) == Class::Han)).then_some(count)
}

#[cfg(test)]
mod tests {
    use crate::stage::drawn::places;

    #[test]
    fn a_poem_of_four_lines_is_no_headline() {
        let found =
            places("静夜思\n李白\n床前明月光\n疑是地上霜\n举头望明月\n低头思故乡\n", &["静夜思", "床前", "低头"]);
        assert_eq!(found, [(Some(1), "headline"), (Some(1), "verse"), (Some(1), "verse")]);
    }

    #[test]
    fn a_text_set_as_narrow_is_no_verse() {
        let page = "春天来了河\n边的柳树又\n绿了一回孩\n子们在岸上\n放风筝，风\n筝飞过山去。\n";
        assert_eq!(places(page, &["春天来了"])[0].1, "paragraph");
    }
}
