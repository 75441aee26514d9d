//! Proposes character repairs, each with the name of its rule: stray spaces, mis-widthed
//! punctuation, characters without a shape.
//!
//! Only what wrapping, spacing and recognition damaged is touched. A space that parts two Han words
//! (`记者 邓公平 霍吕`, `“点、线、面”结合 保障企业有序复工复产`) is a separator and stays.
//!
//! ```text
//! 2 月 28 日，何庆,区委          2月28日，何庆，区委
//! 卡 ， 就 可 以 正 常      →   卡，就可以正常
//! 记者 邓公平                    记者 邓公平
//! ```

use crate::flow::{Edit, Flow, Needs};
use crate::rule::Rule;
use crate::source::{Source, Span};
use crate::text::class::{Class, class};
use crate::text::language::Language;
use crate::text::numerals::is_unit;

/// Repairs for all lines, in the order of the text; none overlaps another, and none reaches over a
/// line's edge.
pub fn clean(source: &Source, flow: &Flow, language: Language) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut chars = Vec::new();
    let neighbour = |i: usize, page: u32| flow.lines.get(i).filter(|l| l.page == page).map(|l| source.get(l.span));
    for (i, line) in flow.lines.iter().enumerate() {
        chars.clear();
        chars.extend(source.get(line.span).char_indices().map(|(at, c)| (line.span.start as usize + at, c)));
        let next = neighbour(i + 1, line.page).and_then(|text| text.chars().next());
        let previous = neighbour(i.wrapping_sub(1), line.page).and_then(|text| text.chars().next_back());
        clean_line(&chars, [previous, next], language, &mut edits);
    }
    edits.sort_by_key(|e| e.from);
    edits
}

/// Repairs one line; `beside` are the last character of the line before it and the first of the line
/// behind it, which are its neighbours when the wrap is gone.
fn clean_line(line: &[(usize, char)], beside: [Option<char>; 2], language: Language, edits: &mut Vec<Edit>) {
    let next = beside[1];
    let letter_spaced = letter_spaced(line);
    let at = |i: usize| line.get(i).map(|(_, c)| *c);
    let mut i = 0;
    while i < line.len() {
        let (byte, c) = line[i];
        let span = Span::new(byte, byte + c.len_utf8());
        match class(c) {
            Class::Control => {
                edits.push(Edit { from: span, put: None, rule: Rule::Control, needs: Needs::default() });
            }
            Class::Space => {
                let mut end = i + 1;
                while at(end).is_some_and(|c| class(c) == Class::Space) {
                    end += 1;
                }
                let from = Span::new(byte, line.get(end).map_or(span.end as usize, |(b, _)| *b));
                let stray = |next| stray_space(line, i, end, next, &letter_spaced, language);
                let alone = stray(None);
                if let Some(rule) = alone.or_else(|| stray(next)) {
                    let needs = Needs { before: false, after: alone.is_none() };
                    edits.push(Edit { from, put: None, rule, needs });
                } else if let (Language::Chinese, Some(needs)) = (language, beside_misread(line, i, end, beside)) {
                    edits.push(Edit { from, put: None, rule: Rule::PunctuationSpace, needs });
                }
                i = end;
                continue;
            }
            Class::Pause | Class::Stop if language == Language::Chinese => {
                if let Some((put, needs)) = wide(c).and_then(|put| Some((put, among_han(line, i, beside)?))) {
                    edits.push(Edit { from: span, put: Some(put), rule: Rule::WidePunctuation, needs });
                }
            }
            _ => {}
        }
        i += 1;
    }
}

/// What tells that a mark stands among Han, or beside their brackets, a space from them at the most; nothing where it
/// does not.
fn among_han(line: &[(usize, char)], mark: usize, [previous, next]: [Option<char>; 2]) -> Option<Needs> {
    let spaced = |i: Option<&(usize, char)>| i.is_some_and(|(_, c)| *c == ' ');
    let before = mark - usize::from(mark > 0 && spaced(line.get(mark - 1)));
    let after = mark + 1 + usize::from(spaced(line.get(mark + 1)));
    let left = if before == 0 { previous } else { Some(line[before - 1].1) }?;
    let right = line.get(after).map(|(_, c)| *c).or(next)?;
    let of_han = |c: char, bracket: Class| class(c) == Class::Han || class(c) == bracket && !c.is_ascii();
    let among = of_han(left, Class::Close) && of_han(right, Class::Open);
    among.then_some(Needs { before: before == 0, after: after == line.len() })
}

/// The same of a mark beside the space `line[start..end]` that stands for a wide one.
fn beside_misread(line: &[(usize, char)], start: usize, end: usize, beside: [Option<char>; 2]) -> Option<Needs> {
    let marks = [start.checked_sub(1), Some(end)].into_iter().flatten();
    let misread = |i: &usize| line.get(*i).is_some_and(|(_, c)| wide(*c).is_some());
    marks.filter(misread).find_map(|i| among_han(line, i, beside))
}

/// The wide form of a half-width mark that stands for it in misread text. A full stop and a colon
/// are left alone: `.` may be a middle dot, and `:` is set on purpose in ratios and titles.
fn wide(c: char) -> Option<&'static str> {
    Some(match c {
        ',' => "，",
        ';' => "；",
        '!' => "！",
        '?' => "？",
        _ => return None,
    })
}

/// The reason to leave out the white space `line[start..end]`, if there is one.
fn stray_space(
    line: &[(usize, char)],
    start: usize,
    end: usize,
    next: Option<char>,
    letter_spaced: &[bool],
    language: Language,
) -> Option<Rule> {
    let left = start.checked_sub(1).map(|i| line[i].1)?;
    let right = line.get(end).map(|(_, c)| *c)?;
    if letter_spaced[start] {
        return Some(Rule::LetterSpace);
    }
    if line[start..end].iter().any(|(_, c)| *c == '\u{3000}' || *c == '\t') || language == Language::Korean {
        return None;
    }
    let (l, r) = (class(left), class(right));
    match (l, r) {
        (Class::Digit, _) if r.is_unspaced() => {
            let number = || line[..start].iter().rev().take_while(|(_, c)| class(*c) == Class::Digit);
            // `08 人文` is a page's label; what counts does not begin with a zero.
            let counts = number().last().is_none_or(|(_, c)| *c != '0');
            let far = far_side(line[..start].iter().rev(), None);
            (is_unit(right) && counts || far == Far::Space).then_some(Rule::DigitSpace)
        }
        (_, Class::Digit) if l.is_unspaced() => {
            // A number at the end of a line of running text has what it counts on the next one; one at
            // the end of a few characters is a label's.
            let next = next.filter(|_| line.len() >= RUNNING_TEXT).map(|_| '，');
            let far = far_side(line[end..].iter(), next);
            (far != Far::Text).then_some(Rule::DigitSpace)
        }
        // `3. 5亿`: the fraction parted from its number.
        (Class::Stop, Class::Digit) if left == '.' => {
            let whole = start.checked_sub(2).is_some_and(|i| class(line[i].1) == Class::Digit);
            (whole && far_side(line[end..].iter(), next) == Far::Unit).then_some(Rule::DigitSpace)
        }
        (Class::Digit, Class::Digit) => is_thousands_gap(line, start, end).then_some(Rule::DigitSpace),
        _ if l.is_unspaced() && r.shuns_line_start() && !right.is_ascii() => Some(Rule::PunctuationSpace),
        _ => None,
    }
}

/// Shorter lines than this, in characters, may be labels.
const RUNNING_TEXT: usize = 8;

/// What stands on the far side of a number that has a space on this side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Far {
    /// A space, so that the number stands free on both sides, as typesetting leaves it.
    Space,
    /// A unit that the number counts.
    Unit,
    /// Punctuation.
    Open,
    /// Other text, touching the number: the space on this side parts two phrases, as in
    /// `表决解散 7常委`. Or nothing at all, as in `地域 22`.
    Text,
}

/// `beyond` is what follows where the line ends with the number.
fn far_side<'a>(number: impl Iterator<Item = &'a (usize, char)>, beyond: Option<char>) -> Far {
    let part = |c: char| class(c) == Class::Digit || matches!(c, '.' | ',' | '-' | '%' | '％' | '/' | ':' | '~');
    match number.map(|(_, c)| *c).find(|c| !part(*c)).or(beyond) {
        None => Far::Text,
        Some(c) if class(c) == Class::Space => Far::Space,
        Some(c) if is_unit(c) => Far::Unit,
        Some(c) if class(c).is_word() => Far::Text,
        Some(_) => Far::Open,
    }
}

/// `3 000 万元`: a group of three digits behind one to three others.
fn is_thousands_gap(line: &[(usize, char)], start: usize, end: usize) -> bool {
    let digits =
        |iter: &mut dyn Iterator<Item = &(usize, char)>| iter.take_while(|(_, c)| class(*c) == Class::Digit).count();
    let before = digits(&mut line[..start].iter().rev());
    let after = digits(&mut line[end..].iter());
    let beyond = line[end..].get(after).map(|(_, c)| *c);
    let ahead = start.checked_sub(before + 1).map(|i| line[i].1);
    (1..=3).contains(&before)
        && after == 3
        && ahead.is_none_or(|c| class(c) != Class::Dot && c != '.')
        && beyond.is_some_and(|c| class(c).is_unspaced() || class(c) == Class::Space)
}

/// Marks the spaces of stretches in which every character stands apart from the next: four
/// characters or more, so that a name set wide (`齐 宏`) is no such stretch.
fn letter_spaced(line: &[(usize, char)]) -> Vec<bool> {
    const SHORTEST: usize = 4;
    let mut marks = vec![false; line.len()];
    let wide = |c: char| {
        matches!(class(c), Class::Han | Class::Kana | Class::Open | Class::Close | Class::Stop | Class::Pause)
            && !c.is_ascii()
    };
    let mut i = 0;
    while i < line.len() {
        let start = i;
        let mut count = 0;
        // It begins with a character that stands alone.
        let alone = start == 0 || !class(line[start - 1].1).is_word();
        while alone && i < line.len() && wide(line[i].1) {
            count += 1;
            let gap = line.get(i + 1).is_some_and(|(_, c)| *c == ' ');
            if !gap || !line.get(i + 2).is_some_and(|(_, c)| wide(*c)) {
                i += 1;
                break;
            }
            i += 2;
        }
        if count >= SHORTEST {
            for (j, (_, c)) in line.iter().enumerate().take(i).skip(start) {
                marks[j] = class(*c) == Class::Space;
            }
        }
        i = i.max(start + 1);
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str, language: Language) -> String {
        let line: Vec<_> = text.char_indices().collect();
        let mut edits = Vec::new();
        clean_line(&line, [None, None], language, &mut edits);
        let mut out = String::new();
        let mut at = 0;
        for edit in edits {
            out.push_str(&text[at..edit.from.start as usize]);
            out.push_str(edit.put.unwrap_or(""));
            at = edit.from.end as usize;
        }
        out + &text[at..]
    }

    #[test]
    fn spaces_beside_numbers_go() {
        let zh = |text| cleaned(text, Language::Chinese);
        assert_eq!(zh("）2 月 28 日，区长"), "）2月28日，区长");
        assert_eq!(zh("主持召开第 99 次"), "主持召开第99次");
        assert_eq!(zh("支出 3 000 万元"), "支出3000万元");
        assert_eq!(zh("28 日，区长"), "28日，区长");
        assert_eq!(zh("科技6 月18日发布3. 5亿元"), "科技6月18日发布3.5亿元");
        assert_eq!(cleaned("1都 2 県で", Language::Japanese), "1都2県で");
    }

    #[test]
    fn separators_stay() {
        for text in [
            "（记者 邓公平 霍吕）",
            "“点、线、面”结合 保障企业有序复工复产",
            "会员大会表决解散 7常委拒国安",
            "新华社北京12月16日电　为把学习",
            "使用 Python 编写",
            "A3 焦點新聞",
            "记者 司 伟 摄",
        ] {
            assert_eq!(cleaned(text, Language::Chinese), text);
        }
        assert_eq!(cleaned("지난 27일 열린 300 승", Language::Korean), "지난 27일 열린 300 승");
    }

    #[test]
    fn misread_marks_are_widened_between_han_alone() {
        let zh = |text| cleaned(text, Language::Chinese);
        assert_eq!(zh("何庆,区委常委"), "何庆，区委常委");
        assert_eq!(zh("另一回事」,而申诉"), "另一回事」，而申诉");
        assert_eq!(zh("知美国表示, “绑架问题 ,另一回 ; 事"), "知美国表示，“绑架问题，另一回；事");
        for text in ["3,000万 a,b 何庆, a", "何庆,  区委", "何庆  ,区委"] {
            assert_eq!(zh(text), text);
        }
        assert_eq!(zh("比分1:2"), "比分1:2");
    }

    #[test]
    fn letter_spacing_goes() {
        assert_eq!(cleaned("卡 ， 就 可 以 正常", Language::Chinese), "卡，就可以正常");
        assert_eq!(cleaned("财联社电 ，据", Language::Chinese), "财联社电，据");
    }

    #[test]
    fn shapeless_characters_go() {
        assert_eq!(cleaned("会\u{200b}议\0强\u{feff}调", Language::Chinese), "会议强调");
    }
}
