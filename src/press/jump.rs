//! Jump lines: `（下转第二版）` says where a text goes on, `（上接第一版）` where it came from. A jump
//! line stands on a line of its own, or between brackets or behind a mark at the end of the last line
//! or the beginning of the first.
//!
//! What the words are stands in the tables, under `[jump]`; `{page}` is the page they name. A pattern
//! of `out` or `in` without it is one whose numeral the engine lost.

use super::patterns::Patterns;
use super::written::{Words, Written};
use crate::text::numerals::number;
use regex::{Regex, RegexBuilder};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// Which way a jump line points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The text goes on elsewhere.
    Out,
    /// The text came from elsewhere.
    In,
}

/// The page that a jump line names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// By its number.
    Page(Label),
    /// The next page, where the text goes on; the one before, where it came from.
    Neighbour,
    /// Its number is not legible.
    Unread,
}

/// What a jump line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jump {
    /// Which way it points.
    pub way: Way,
    /// Where to.
    pub named: Named,
}

/// The number that a page bears: `3版`, `A3`, `3面`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// The letter of its section.
    pub section: Option<char>,
    /// The number.
    pub number: u32,
}

impl Label {
    /// Reads `3`, `第三` without its `第`, `A3`, in any width.
    pub fn parse(text: &str) -> Option<Label> {
        let first = text.chars().next()?;
        let letter = match first {
            'Ａ'..='Ｚ' => char::from_u32(u32::from(first) - u32::from('Ａ') + u32::from('A')),
            _ => first.is_ascii_uppercase().then_some(first),
        };
        let rest = if letter.is_some() { &text[first.len_utf8()..] } else { text };
        Some(Label { section: letter, number: number(rest.trim()).filter(|n| *n > 0)? })
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.section.map_or(Ok(()), |letter| write!(f, "{letter}"))?;
        write!(f, "{}", self.number)
    }
}

/// What a jump line stands between, beside its words.
const OPENING: &str = r"[（(［\[【〔〈<＝=－—―─▶▷►☞→◆]";
const CLOSING: &str = r"[）)］\]】〕〉>＝=－—―─◀◁→]";

/// Characters at a line's ends in which a jump line is looked for.
const REACH: usize = 20;

/// Digits that a page's number has at the most.
const DIGITS: usize = 3;

/// One shape of a jump line.
#[derive(Debug, Clone)]
struct Shape {
    way: Way,
    neighbour: bool,
    /// Its words, between what marks it off.
    whole: Late,
}

/// A regular expression that is made when the first line comes that needs it: most pages have none.
#[derive(Debug, Clone)]
struct Late {
    written: Written,
    made: OnceLock<Regex>,
}

impl Late {
    fn new(written: Written) -> Late {
        Late { written, made: OnceLock::new() }
    }

    fn get(&self) -> &Regex {
        let full = || self.written.in_full().to_string();
        let make = || RegexBuilder::new(&full()).size_limit(usize::MAX).nest_limit(u32::MAX).build();
        self.made.get_or_init(|| make().expect("its words are a regular expression"))
    }
}

/// The shapes of one language's jump lines and page numbers.
#[derive(Debug, Clone, Default)]
pub struct Jumps {
    /// The words of all shapes: few lines have any, and only those are looked at closely.
    words: Patterns,
    shapes: Vec<Shape>,
    /// The numbers that pages bear, likewise.
    numbers: Patterns,
    labels: Vec<Late>,
}

/// The patterns of a table, until all are known.
#[derive(Default)]
pub struct Unready {
    words: Vec<Written>,
    shapes: Vec<Shape>,
    labels: Vec<Written>,
}

impl Unready {
    /// Adds a pattern of a jump line; `neighbour` says that it names no page but the next or the one before.
    ///
    /// # Errors
    /// Where the pattern is no regular expression or uses a word that there is not, with the reason.
    pub fn add(&mut self, way: Way, neighbour: bool, pattern: &str, words: &Arc<Words>) -> Result<(), String> {
        let whole = format!(r"(?P<open>{OPENING}{{0,3}})\s*(?:{pattern})\s*(?P<close>{CLOSING}{{0,3}})");
        self.shapes.push(Shape { way, neighbour, whole: Late::new(words.pattern(&whole)?) });
        self.words.push(words.pattern(pattern)?);
        Ok(())
    }

    /// Adds a pattern of the number that a page bears.
    ///
    /// # Errors
    /// Where the pattern is no regular expression or uses a word that there is not, with the reason.
    pub fn add_label(&mut self, pattern: &str, words: &Arc<Words>) -> Result<(), String> {
        let apart = format!(r"(?:^|[^0-9０-９A-Za-z㐀-鿿ぁ-ヿ가-힣])(?:{pattern})(?:$|[^0-9A-Za-z])");
        self.labels.push(words.pattern(&apart)?);
        Ok(())
    }

    /// The patterns by which it is told whether a line is looked at at all.
    pub fn patterns(&self) -> impl Iterator<Item = &Written> {
        self.words.iter().chain(&self.labels)
    }

    /// The same, ready to be asked.
    pub fn ready(self) -> Jumps {
        Jumps {
            words: Patterns::anywhere(self.words),
            shapes: self.shapes,
            numbers: Patterns::anywhere(self.labels.clone()),
            labels: self.labels.into_iter().map(Late::new).collect(),
        }
    }
}

impl Jumps {
    /// A line of its own that is a jump line, as a pattern of a line's beginning.
    pub fn whole(pattern: &str) -> String {
        format!(r"{OPENING}{{0,3}}\s*(?:{pattern})\s*{CLOSING}{{0,3}}$")
    }

    /// True where a line holds the words of a jump line: where it does not, there is nothing else to be asked of it.
    pub fn speak(&self, line: &str) -> bool {
        self.words.any(line)
    }

    /// What a line says that is a jump line and nothing else.
    pub fn of_line(&self, line: &str) -> Option<Jump> {
        if line.chars().nth(2 * REACH).is_some() {
            return None;
        }
        self.find(line, |found, _, _| found == (0, line.len())).map(|(_, jump)| jump)
    }

    /// The jump line at the end of a line that holds text too, and the byte where it begins.
    pub fn behind(&self, line: &str) -> Option<(usize, Jump)> {
        let from = line.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
        let tail = &line[from..];
        let ((start, _), jump) = self.find(tail, |(_, end), open, _| end == tail.len() && open)?;
        (!line[..from + start].trim().is_empty()).then_some((from + start, jump))
    }

    /// The jump line at the beginning of a line that holds text too, and the byte where it ends.
    pub fn before(&self, line: &str) -> Option<(usize, Jump)> {
        let to = line.char_indices().nth(REACH).map_or(line.len(), |(at, _)| at);
        let ((_, end), jump) = self.find(&line[..to], |(start, _), open, close| start == 0 && open && close)?;
        (!line[end..].trim().is_empty()).then_some((end, jump))
    }

    /// The first shape found where `fits` likes its place and whether it is marked off on either side.
    fn find(&self, text: &str, fits: impl Fn((usize, usize), bool, bool) -> bool) -> Option<((usize, usize), Jump)> {
        if !self.words.any(text) {
            return None;
        }
        self.shapes.iter().find_map(|shape| {
            shape.whole.get().captures_iter(text).find_map(|found| {
                let all = found.get(0)?;
                let marked = |name: &str| found.name(name).is_some_and(|m| !m.is_empty());
                let place = (all.start(), all.end());
                let named = match found.name("page").and_then(|m| Label::parse(m.as_str())) {
                    Some(label) => Named::Page(label),
                    None if shape.neighbour => Named::Neighbour,
                    None => Named::Unread,
                };
                fits(place, marked("open"), marked("close")).then_some((place, Jump { way: shape.way, named }))
            })
        })
    }

    /// The number of its page that a line of furniture bears.
    pub fn label(&self, line: &str) -> Option<Label> {
        let mut shapes = self.numbers.found(line).map(|n| self.labels[n].get());
        let worded = shapes.find_map(|shape| Label::parse(shape.captures(line)?.name("page")?.as_str()));
        worded.or_else(|| {
            let (first, last) = (line.split_whitespace().next()?, line.split_whitespace().next_back()?);
            [line, first, last].into_iter().find_map(|part| {
                let digits = part.trim_matches(|c: char| !c.is_alphanumeric());
                let number = digits.chars().count() <= DIGITS && digits.chars().all(char::is_numeric);
                if number { Label::parse(digits) } else { None }
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::press::Press;
    use crate::text::language::Language::{self, Chinese, Japanese, Korean};

    fn says(language: Language, line: &str) -> Option<(Way, String)> {
        let jump = Press::of(language).jumps().of_line(line)?;
        Some((
            jump.way,
            match jump.named {
                Named::Page(label) => label.to_string(),
                Named::Neighbour => "neighbour".to_owned(),
                Named::Unread => "unread".to_owned(),
            },
        ))
    }

    #[test]
    fn jump_lines_of_all_forms() {
        use Way::{In, Out};
        for (language, line, way, page) in [
            (Chinese, "（下转第二版）", Out, "2"),
            (Chinese, "(下转第 12 版)", Out, "12"),
            (Chinese, "下转A3", Out, "A3"),
            (Chinese, "（下转Ａ８版）", Out, "A8"),
            (Chinese, "（下接二版）", Out, "2"),
            (Chinese, "轉入第三版", Out, "3"),
            (Chinese, "（下轉第十一版）", Out, "11"),
            (Chinese, "（下转第50页）", Out, "50"),
            (Chinese, "（下转第 版）", Out, "unread"),
            (Chinese, "（上接第一版）", In, "1"),
            (Chinese, "－－本文接第一版－－", In, "1"),
            (Chinese, "文接A1", In, "A1"),
            (Chinese, "（紧接第一版）", In, "1"),
            (Chinese, "（上接第 页 ）", In, "unread"),
            (Japanese, "（２面に続く）", Out, "2"),
            (Japanese, "＝2面に続く", Out, "2"),
            (Japanese, "１面から続く", In, "1"),
            (Japanese, "（１面からつづく）", In, "1"),
            (Korean, "☞ 3면에 계속", Out, "3"),
            (Korean, "▶1면에서 계속", In, "1"),
            (Korean, "(A3면으로 이어짐)", Out, "A3"),
            (Korean, "(전면에서 계속)", In, "neighbour"),
            (Korean, "다음 면에 계속", Out, "neighbour"),
        ] {
            assert_eq!(says(language, line), Some((way, page.to_owned())), "{line}");
            assert!(Press::of(language).looks(line).whole(crate::role::Role::Jump), "{line}");
        }
        for (language, line) in [
            (Chinese, "坐在地上接受采访"),
            (Chinese, "波动的下转折点"),
            (Chinese, "临时线路上接线窃电"),
            (Chinese, "（相关报道见第三版）"),
            (Japanese, "（１・２面に関連記事）"),
            (Korean, "▶관련기사 A3면"),
        ] {
            assert_eq!(says(language, line), None, "{line}");
        }
    }

    #[test]
    fn jump_lines_at_the_ends_of_text() {
        let jumps = |language| Press::of(language).jumps().clone();
        let behind = |language, line: &str| jumps(language).behind(line).map(|(at, _)| line[at..].to_owned());
        assert_eq!(behind(Chinese, "会短信通知呢。”（下转第二版）"), Some("（下转第二版）".to_owned()));
        assert_eq!(behind(Japanese, "と話した。＝２面に続く"), Some("＝２面に続く".to_owned()));
        assert_eq!(behind(Korean, "말했다. ▶3면에 계속"), Some("▶3면에 계속".to_owned()));
        assert_eq!(behind(Chinese, "这篇文章下转第二版"), None);
        assert_eq!(behind(Chinese, "（下转第二版）"), None);
        let before = |line: &str| jumps(Chinese).before(line).map(|(at, _)| line[at..].to_owned());
        assert_eq!(before("（上接第一版）厨房里，水槽"), Some("厨房里，水槽".to_owned()));
        assert_eq!(before("上接第一版的文章"), None);
    }

    #[test]
    fn the_numbers_that_pages_bear() {
        let label = |language, line: &str| Press::of(language).jumps().label(line).map(|l| l.to_string());
        for (language, line, page) in [
            (Chinese, "3版", "3"),
            (Chinese, "第三版", "3"),
            (Chinese, "第 3 版", "3"),
            (Chinese, "2021年10月23日 星期六 第4版", "4"),
            (Chinese, "2008.05.10 自由時報 A3 焦點新聞", "A3"),
            (Chinese, "02 要闻", "2"),
            (Chinese, "— 12 —", "12"),
            (Japanese, "3面", "3"),
            (Japanese, "2026年11月5日（木） 3", "3"),
            (Korean, "3면", "3"),
            (Korean, "A3 종합", "A3"),
        ] {
            assert_eq!(label(language, line), Some(page.to_owned()), "{line}");
        }
        assert_eq!(label(Chinese, "2021年6月24日 星期二"), None);
        assert_eq!(label(Chinese, "今日8版"), None);
        // In Japan `版` counts editions.
        assert_eq!(label(Japanese, "13版"), None);
    }
}
