//! Printed lines that a dump took for two: extractors that go by gaps end a line where a justified one
//! squeezes its punctuation.
//!
//! ```text
//! 塞感谢中方长期以来为埃塞经济社会发展提供的有力支     24 ems
//! 心利益。埃塞愿积极参与共建“一带一路”               18½ and
//! ，深化两国                                       5: one line of 23½
//! 工业、农业、基础设施建设等领域互利合作。欢迎中方     24
//! ```
//!
//! No printed line opens with a comma (kinsoku), and both pieces together are as long as the lines
//! about them. The same happens before an opening bracket; since lines do open with one, the pieces
//! must fill a line there. In old print lines do open with one, behind lines that are full by themselves: a page
//! where that is so has no split lines.

use crate::flow::{Line, make_whole};
use crate::source::Source;
use crate::text::class::{Class, class};
use crate::text::width::Width;

/// Lines above and below by which it is told how long a line can be.
const ABOUT: usize = 6;

/// Pieces may come out longer than the line they make by this, in ems: what was squeezed.
const SQUEEZED: f32 = 1.0;

/// A line that is full may be shorter than those about it by a lost indent and what squeezing made of
/// it, in ems.
const SET_IN: f32 = 3.0;

/// Pieces that one line falls into at the most.
const PIECES: usize = 5;

/// Gives the pieces of split lines the extent of the line they make, so that none of them looks short.
pub fn mend_extents(source: &Source, lines: &mut [Line]) {
    let marked = (1..lines.len()).filter(|i| opens_with_mark(source.get(lines[*i].span)));
    let (split, full): (Vec<_>, Vec<_>) = marked.partition(|i| pieces(source, lines, i - 1) > 1);
    // Brackets tell nothing where no mark does.
    if split.is_empty() || full.len() > split.len() {
        return;
    }
    let mut start = 0;
    while start < lines.len() {
        let end = start + pieces(source, lines, start);
        if let Some(extent) = lines[start..end].iter().map(|l| l.extent).reduce(sum) {
            make_whole(&mut lines[start..end], extent);
        }
        start = end;
    }
}

/// How many lines from `start` on are pieces of one.
fn pieces(source: &Source, lines: &[Line], start: usize) -> usize {
    let mut whole = lines[start].extent;
    // The pieces that are sure, and those that would be with what follows them.
    let (mut sure, mut count) = (1, 1);
    while count < PIECES {
        let Some(next) = lines.get(start + count).filter(|next| next.blanks == 0) else { break };
        let passage = passage(source.get(lines[start + count - 1].span), source.get(next.span));
        whole = sum(whole, next.extent);
        let longest = longest(lines, start, start + count);
        if passage == Passage::Open || whole.least > longest + SQUEEZED {
            break;
        }
        count += 1;
        if passage == Passage::Shut || whole.most >= longest - SET_IN {
            sure = count;
        }
    }
    sure
}

/// What parts two lines.
#[derive(PartialEq, Eq)]
enum Passage {
    /// Lines end and begin like this.
    Open,
    /// They do, but extractors split them here too.
    Narrow,
    /// No line ends and begins like this.
    Shut,
}

fn passage(before: &str, next: &str) -> Passage {
    let opens = class(next.chars().next().unwrap_or(' ')) == Class::Open;
    let mark = |c: char| matches!(class(c), Class::Stop | Class::Pause | Class::Close);
    let last = class(before.chars().next_back().unwrap_or(' '));
    match () {
        () if opens_with_mark(next) => Passage::Shut,
        () if opens && before.chars().all(mark) && last == Class::Pause => Passage::Shut,
        () if opens && last != Class::Stop => Passage::Narrow,
        () => Passage::Open,
    }
}

fn opens_with_mark(line: &str) -> bool {
    line.chars().next().is_some_and(|c| matches!(class(c), Class::Stop | Class::Pause | Class::Close))
}

fn sum(a: Width, b: Width) -> Width {
    Width { least: a.least + b.least, most: a.most + b.most }
}

/// The longest line about the lines `from..=to`, in ems.
fn longest(lines: &[Line], from: usize, to: usize) -> f32 {
    let above = &lines[from.saturating_sub(ABOUT)..from];
    let below = &lines[(to + 1).min(lines.len())..(to + 1 + ABOUT).min(lines.len())];
    above.iter().chain(below).map(|l| l.width.most).fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use crate::options::Options;
    use crate::press::Press;
    use crate::stage::columns::columns;
    use crate::text::language::Language;

    fn extents(text: &str) -> Vec<f32> {
        let input = crate::read(text.as_bytes(), None, &Options::default()).unwrap();
        let flow = columns(&input.source, &input.pages, Language::Chinese, &Press::of(Language::Chinese));
        flow.lines.iter().map(|l| l.extent.most.round()).collect()
    }

    #[test]
    fn a_line_split_at_its_comma_is_as_long_as_both() {
        let text = "春天来了河边的柳树又绿了一回\n孩子们在岸上唱“春天来了”\n，风筝\n飞过了山又飞过了水一直到远方";
        assert_eq!(extents(text), [14.0, 16.0, 16.0, 14.0]);
    }

    #[test]
    fn a_bracket_opens_a_piece_where_both_fill_a_line() {
        let text = "他们唱“春天”\n，又唱了一回\n春天来了河边的柳树又绿了一回\n孩子们在岸上读\n《春天来了》一书\n放风筝。\n“来了”。\n风筝飞过了山又飞过了水到远方";
        assert_eq!(extents(text), [13.0, 13.0, 14.0, 15.0, 15.0, 4.0, 5.0, 14.0]);
    }

    #[test]
    fn a_full_line_before_a_comma_is_whole() {
        let text = "春天来了河边的柳树又绿了一回\n孩子们在岸上看着风筝飞过了山\n，又飞过了水一直到远方才停下";
        assert_eq!(extents(text), [14.0, 14.0, 14.0]);
    }
}
