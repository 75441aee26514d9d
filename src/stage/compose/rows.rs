//! Finds the rows of lists and tables by their likeness: running text has a number here and a mark there, and
//! no four lines in a row with the same ones in the same order.
//!
//! ```text
//! 王小明 100元
//! 李红梅 200元       Han, a number, Han
//! 张建国 50元
//! 赵一鸣 300元
//! ```

use crate::flow::{Flow, Line, is_short};
use crate::source::Source;
use crate::text::class::{Class, class};
use crate::text::item::bullet;

/// Fewer lines in a row that are alike are so by chance, but for one less in a short document, as a bill is or a
/// table by itself; of names and other single words, fewer than these.
const FEWEST: usize = 4;
const FEWEST_WORDS: usize = 5;

/// Longer lines, in characters, are no rows, and longer words no column of names: no text is set so narrow.
const LONGEST: usize = 40;
const LONGEST_WORD: usize = 4;

/// So many of some words are shorter than the longest.
const SHORTER: usize = 2;

/// Rows have so many parts at least, a number among them or several marks.
const PARTS: usize = 3;
const MARKS: usize = 2;

/// For each line, whether it is a row of a list, and which.
pub fn rows(source: &Source, flow: &Flow) -> Vec<Option<Row>> {
    let shapes: Vec<Option<Shape>> = flow.lines.iter().map(|l| Shape::of(source.get(l.span))).collect();
    let mut rows = vec![None; shapes.len()];
    let mut start = 0;
    let short = is_short(&flow.lines);
    while start < shapes.len() {
        let page = flow.lines[start].page;
        // Words of one printed line stand beside each other.
        let below = |line: &Line| line.page == page && line.of_one_line == 0.0;
        let same = |at: &usize| shapes[*at] == shapes[start] && below(&flow.lines[*at]);
        let end = start + 1 + (start + 1..shapes.len()).take_while(same).count();
        if shapes[start].as_ref().is_some_and(|s| s.are_rows(&flow.lines[start..end], short)) {
            rows[start] = Some(Row::First);
            rows[start + 1..end].fill(Some(Row::Next));
        }
        start = end;
    }
    rows
}

/// One of several lines, one below the other, that are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    First,
    /// Another one stands before it.
    Next,
}

/// The kinds of a line's characters, each run of one kind once.
#[derive(PartialEq, Eq)]
struct Shape {
    parts: Vec<char>,
    /// It is one short word.
    word: bool,
}

impl Shape {
    /// The shape of a line that may be a row.
    fn of(line: &str) -> Option<Shape> {
        if let Some(bullet) = bullet(line) {
            return Some(Shape { parts: vec![bullet], word: false });
        }
        let mut parts: Vec<char> = Vec::with_capacity(8);
        let (mut chars, mut numbers, mut marks) = (0, 0, 0);
        for c in line.chars() {
            chars += 1;
            if chars > LONGEST {
                return None;
            }
            let part = match class(c) {
                Class::Han | Class::Kana => '文',
                Class::Hangul => '글',
                Class::Letter => 'a',
                Class::Digit => '0',
                Class::Space => ' ',
                Class::Control | Class::Break => continue,
                // A full stop in a row's middle ends a sentence.
                Class::Stop if !c.is_ascii() => return None,
                _ => c,
            };
            if parts.last() != Some(&part) {
                numbers += usize::from(part == '0');
                marks += usize::from(matches!(part, ',' | ';' | '|' | ':' | '/'));
                parts.push(part);
            }
        }
        let word = parts.len() == 1 && chars <= LONGEST_WORD && matches!(parts[0], '文' | '글');
        let row = parts.len() >= PARTS && (numbers > 0 || marks >= MARKS);
        (word || row).then_some(Shape { parts, word })
    }

    /// True where so many lines of this shape are no chance. `short` says that their document is.
    fn are_rows(&self, lines: &[Line], short: bool) -> bool {
        // Words of one length may be a text that is set as narrow; names have two characters or three.
        let longest = lines.iter().map(|l| l.width.most).fold(0.0, f32::max);
        let shorter = lines.iter().filter(|l| l.width.most < longest).count();
        match self.word {
            true => lines.len() >= FEWEST_WORDS && shorter >= SHORTER,
            false => lines.len() >= FEWEST - usize::from(short),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Row;
    use crate::options::Options;
    use crate::press::Press;
    use crate::stage::columns::columns;
    use crate::text::language::Language;

    fn rows(text: &str) -> Vec<Option<Row>> {
        let input = crate::read(text.as_bytes(), None, &Options::default()).unwrap();
        let flow = columns(&input.source, &input.pages, Language::Chinese, &Press::of(Language::Chinese));
        super::rows(&input.source, &flow)
    }

    const FOUR: [Option<Row>; 4] = [Some(Row::First), Some(Row::Next), Some(Row::Next), Some(Row::Next)];

    #[test]
    fn lines_of_one_shape_are_rows() {
        let list = rows("捐款名单\n王小明 100元\n李红梅 200元\n张建国 50元\n赵一鸣 300元");
        assert_eq!((list[0], &list[1..]), (None, &FOUR[..]));
        assert_eq!(rows("王小明,32,北京\n李红梅,28,上海\n张建国,45,广州\n赵一鸣,39,深圳"), FOUR);
        assert_eq!(rows("王小明\n李梅\n张建国\n赵一\n刘海涛")[1..], [Some(Row::Next); 4]);
    }

    #[test]
    fn lines_with_one_bullet_are_rows() {
        assert_eq!(rows("购物清单\n- 牛奶\n- 鸡蛋\n- 面包\n- 洗衣液")[1..], FOUR);
        assert_eq!(rows("● 家电清洗\n● 管道疏通\n● 空调移机、加氟\n● 搬家"), FOUR);
        assert_eq!(rows("●家电清洗\n○管道疏通\n●空调移机\n○搬家"), [None; 4]);
    }

    #[test]
    fn what_may_be_text_is_none() {
        let text = "春天来了，3月的河边\n柳树又绿了一回孩子们\n在岸上放风筝，5只风筝\n飞过山去，2只落在水里";
        assert_eq!(rows(text), [None; 4]);
        let three = "王小明 1元\n李红梅 2元\n张建国 3元\n";
        let others = "春天来了\n柳树又绿了一回\n".repeat(12);
        assert_eq!(rows(&format!("{others}{three}"))[24..], [None; 3], "three are chance");
        assert_eq!(rows(three)[1..], [Some(Row::Next); 2], "but not by themselves");
        assert_eq!(rows("春天来\n了河边\n的柳树\n又绿了\n一回"), [None; 5], "a text set as narrow");
    }
}
