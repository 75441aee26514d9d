//! Printed lines that a dump took for two: extractors that go by gaps end a line where a justified one, or a browser,
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
//! about them. In old print lines do open with one, behind lines that are full by themselves: a page
//! where that is so has no split lines.
//!
//! The same happens between a mark and an opening bracket, which lines do open with as well. What is squeezed is one of
//! two marks that stand beside each other, so where all is squeezed they hardly ever stand within a line. There a comma
//! and a bracket are pieces of one line wherever there was room for both; a full stop and a bracket where they fill a
//! line, as a paragraph may end between them. Before a bracket behind a word one line in a hundred is split.

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

/// Where nothing else tells, pieces are as long as this many of the lines about them, give or take so much, in ems. Twice
/// as many, or a whole em, change the paragraphs of 84 dumps by a thousandth.
const ALIKE: usize = 3;
const ABOUT_ALIKE: usize = 12;
const SNUG: f32 = 0.3;

/// Pieces that one line falls into at the most.
const PIECES: usize = 8;

/// A dump was split wherever marks were squeezed if half of those beside each other in mid-sentence have a line's end
/// between them, and so many at the least. So it is in 136 of 137 dumps of `pdftotext -raw` with six of them and more; of
/// other dumps in none, and old print, where lines open with marks, comes to two fifths.
const FEWEST_PARTED: usize = 3;

/// How surely two pieces are of one line that they fill, where lines may end and begin like this too. Half as much, or
/// twice, changes the paragraphs of those dumps by three thousandths.
const LIKELY: f32 = 0.5;

/// Gives the pieces of split lines the extent of the line they make, so that none of them looks short, and says how
/// surely each is one.
pub fn mend(source: &Source, lines: &mut [Line]) {
    let squeezes = squeezes(source, lines);
    let marked = (1..lines.len()).filter(|i| opens_with_mark(source.get(lines[*i].span)));
    let (split, full): (Vec<_>, Vec<_>) = marked.partition(|i| pieces(source, lines, i - 1, squeezes).len() > 1);
    // Brackets tell nothing where no mark does.
    if split.is_empty() && !squeezes || full.len() > split.len() {
        return;
    }
    let mut start = 0;
    while start < lines.len() {
        let sure = pieces(source, lines, start, squeezes);
        let pieces = &mut lines[start..start + sure.len()];
        start += sure.len();
        if let Some(extent) = pieces.iter().map(|l| l.extent).reduce(sum) {
            make_whole(pieces, extent);
            pieces.iter_mut().zip(sure).for_each(|(piece, sure)| piece.of_one_line = sure);
        }
    }
}

/// True where marks that stand beside each other in mid-sentence were taken apart.
fn squeezes(source: &Source, lines: &[Line]) -> bool {
    let text = |line: &Line| source.get(line.span);
    let parts = |pair: &&[Line]| {
        let ends = text(&pair[0]).chars().next_back().zip(text(&pair[1]).chars().next());
        pair[1].blanks == 0 && ends.is_some_and(|(last, first)| is_squeezed(last, first))
    };
    let parted = lines.windows(2).filter(parts).count();
    // Most pages are looked at no further.
    parted >= FEWEST_PARTED && {
        let within = |line: &Line| {
            text(line).chars().zip(text(line).chars().skip(1)).filter(|(a, b)| is_squeezed(*a, *b)).count()
        };
        parted >= lines.iter().map(within).sum()
    }
}

/// Two full-width marks in mid-sentence of which one is squeezed: between them both have room.
fn is_squeezed(before: char, next: char) -> bool {
    use Class::{Close, Open, Pause, Stop};
    let beside = match class(next) {
        // Behind a colon a speech may be set as a paragraph.
        Open => matches!(class(before), Pause | Open) && before != '：',
        Pause | Stop => class(before) == Close,
        Close => matches!(class(before), Stop | Close),
        _ => false,
    };
    beside && !before.is_ascii() && !next.is_ascii()
}

/// The lines from `start` on that are pieces of one, each with how surely it is.
fn pieces(source: &Source, lines: &[Line], start: usize, squeezes: bool) -> Vec<f32> {
    let mut pieces = vec![0.0];
    let mut whole = lines[start].extent;
    // The pieces with those that follow the last sure one.
    let mut sure = 1;
    while pieces.len() < PIECES {
        let at = start + pieces.len();
        let Some(next) = lines.get(at).filter(|next| next.blanks == 0) else { break };
        let passage = passage(source.get(lines[at - 1].span), source.get(next.span), squeezes);
        whole = sum(whole, next.extent);
        let longest = longest(lines, start, at);
        if whole.least > longest + SQUEEZED {
            break;
        }
        let (is_piece, fills) = match passage {
            Passage::Open => break,
            Passage::Shut => (1.0, true),
            Passage::Narrow => (LIKELY, whole.most >= longest - SET_IN),
            Passage::Rare => (0.0, whole.most >= longest - SET_IN),
            Passage::Closed | Passage::Ended => {
                // What goes with the piece stands on the line too.
                let behind = goes_with(source, lines, at, squeezes);
                let with_rest = |piece: Width| lines[at + 1..=behind].iter().map(|l| l.extent).fold(piece, sum);
                // A line that is nearly full by itself may be a paragraph's first.
                let may_open = with_rest(next.extent).most >= longest - SET_IN;
                if may_open || alike(lines, start, behind, with_rest(whole)) < ALIKE {
                    break;
                }
                (LIKELY, true)
            }
        };
        pieces.push(is_piece);
        if fills {
            sure = pieces.len();
        }
    }
    pieces.truncate(sure);
    pieces
}

/// The last of the lines from `at` on that go with it: all but the piece behind a full stop.
fn goes_with(source: &Source, lines: &[Line], at: usize, squeezes: bool) -> usize {
    let text = |i: usize| source.get(lines[i].span);
    let passage = |i: &usize| passage(text(i - 1), text(*i), squeezes);
    let goes_on = |i: &usize| lines[*i].blanks == 0 && matches!(passage(i), Passage::Shut | Passage::Closed);
    at + (at + 1..lines.len()).take(PIECES).take_while(goes_on).count()
}

/// What parts two lines.
#[derive(PartialEq, Eq)]
enum Passage {
    /// Lines end and begin like this.
    Open,
    /// Paragraphs do, behind a full stop, but extractors split lines here too.
    Ended,
    /// The same behind a bracket, where fewer paragraphs end.
    Closed,
    /// Lines do, but extractors split them here too.
    Narrow,
    /// Lines do, and few are split here: pieces that fill a line are as long as it, and no more is told.
    Rare,
    /// No line ends and begins like this, where there is room for both.
    Shut,
}

fn passage(before: &str, next: &str, squeezes: bool) -> Passage {
    let (last, first) = (before.chars().next_back().unwrap_or(' '), next.chars().next().unwrap_or(' '));
    let opens = class(first) == Class::Open;
    let mark = |c: char| matches!(class(c), Class::Stop | Class::Pause | Class::Close);
    match () {
        () if opens_with_mark(next) => Passage::Shut,
        () if opens && before.chars().all(mark) && class(last) == Class::Pause => Passage::Shut,
        () if opens && squeezes && is_squeezed(last, first) => Passage::Shut,
        // A name in brackets by itself is a byline.
        () if opens && squeezes && before.starts_with('（') && last == '）' => Passage::Open,
        // What articles open with does not stand in running text.
        () if matches!(first, '【' | '〔') => Passage::Open,
        () if opens && squeezes && class(last) == Class::Stop => Passage::Ended,
        () if opens && squeezes && class(last) == Class::Close => Passage::Closed,
        () if opens && matches!(class(last), Class::Pause | Class::Close) => Passage::Narrow,
        () if opens && class(last) != Class::Stop => Passage::Rare,
        () => Passage::Open,
    }
}

fn opens_with_mark(line: &str) -> bool {
    line.chars().next().is_some_and(|c| matches!(class(c), Class::Stop | Class::Pause | Class::Close))
}

fn sum(a: Width, b: Width) -> Width {
    Width { least: a.least + b.least, most: a.most + b.most }
}

/// So many lines above the lines `from..=to`, and below.
fn about(lines: &[Line], from: usize, to: usize, many: usize) -> impl Iterator<Item = &Line> {
    let above = &lines[from.saturating_sub(many)..from];
    let below = &lines[(to + 1).min(lines.len())..(to + 1 + many).min(lines.len())];
    above.iter().chain(below)
}

/// The longest line about them, in ems.
fn longest(lines: &[Line], from: usize, to: usize) -> f32 {
    about(lines, from, to, ABOUT).map(|l| l.width.most).fold(0.0, f32::max)
}

/// How many lines about them may be as long.
fn alike(lines: &[Line], from: usize, to: usize, whole: Width) -> usize {
    let apart = |l: &Line| (l.width.least - whole.most).max(whole.least - l.width.most);
    about(lines, from, to, ABOUT_ALIKE).filter(|l| apart(l) <= SNUG).count()
}

#[cfg(test)]
mod tests {
    use crate::options::Options;
    use crate::press::Press;
    use crate::stage::columns::columns;
    use crate::stage::drawn::SQUEEZED;
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

    /// How surely each line of a page behind those above is a piece of the line before it.
    fn of_one(squeezed: &str, text: &str) -> Vec<f32> {
        let input = crate::read((squeezed.to_owned() + text).as_bytes(), None, &Options::default()).unwrap();
        let flow = columns(&input.source, &input.pages, Language::Chinese, &Press::of(Language::Chinese));
        flow.lines.iter().skip(squeezed.lines().count()).map(|l| l.of_one_line).collect()
    }

    const BELOW: &str = "老人们在桥头上下着棋说着旧事\n说着去年今日里的那一场大雨天\n还有那座被大水冲走的旧木桥了\n";

    #[test]
    fn where_marks_are_squeezed_a_comma_and_a_bracket_are_pieces_of_a_line_of_any_length() {
        let text = "他说，\n“来了”\n".to_owned() + BELOW;
        assert_eq!(of_one(SQUEEZED, &text)[..2], [0.0, 1.0]);
        assert_eq!(of_one("", &text)[..2], [0.0, 0.0], "nothing tells that the dump was split");
        let full = "春天来了河边的柳树又绿了他说，\n“来了”\n".to_owned() + BELOW;
        assert_eq!(of_one(SQUEEZED, &full)[..2], [0.0, 0.0], "no room is left for it");
    }

    #[test]
    fn where_marks_are_squeezed_a_full_stop_and_a_bracket_are_pieces_of_a_line_that_they_fill() {
        let cases = [
            ("大家都回家去了。\n“明天再来吧\n他说着又把书收好了放在桥头上", super::LIKELY, "they fill it"),
            ("大家都回家去了。\n“再来吧", 0.0, "together they are short"),
            ("大家都回家去了。\n“明天再来吧\n”，他说着又", 0.0, "the comma stands on that line, too"),
            ("大家回家。\n“来吧\n”，他说", 0.0, "the comma makes the bracket no piece of what is above"),
            ("大家都回家去了。\n《春天的歌》\n（这是书名", 0.0, "what stands behind its bracket goes with it"),
            ("（记者周立波）\n“春天又来到了", 0.0, "a name in brackets stands by itself"),
            ("大家都回家去了。\n【本报讯】昨", 0.0, "an article opens with it"),
            ("大家都回家去了\n“明天再来吧", 0.0, "no mark is squeezed, and hardly one line is split so"),
            ("了。\n“明天再来吧，他说着又收", 0.0, "it may be a paragraph's first line"),
        ];
        for (text, sure, why) in cases {
            assert_eq!(of_one(SQUEEZED, &format!("{text}\n{BELOW}"))[..2], [0.0, sure], "{text}: {why}");
        }
    }

    #[test]
    fn marks_within_lines_show_that_nothing_was_squeezed() {
        let within = "他们读《春天》、《秋天》、《冬》\n老人唱“春来了”，“秋来了”，唱\n";
        let text = "他说，\n“来了”\n".to_owned() + BELOW;
        assert_eq!(of_one(&(SQUEEZED.to_owned() + within), &text)[..2], [0.0, 0.0]);
    }

    #[test]
    fn speeches_in_paragraphs_are_not_split_lines() {
        let text = "“春天来了吗？”\n“来了，柳树绿了。”\n“风筝呢？”\n“孩子们在河边放呢。”\n“明天我们也去。”\n";
        assert!(of_one("", &(text.to_owned() + BELOW)).iter().all(|sure| *sure == 0.0));
        let led = "老人问：\n“春天来了吗？”\n孩子说：\n“来了，柳树绿了。”\n老人说：\n“去看看。”\n".to_owned();
        assert!(of_one("", &(led + BELOW)).iter().all(|sure| *sure == 0.0));
    }
}
