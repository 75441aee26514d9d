//! Numbers and what they count.

use super::class::{Class, class};

/// Characters that measure or count, and stick to the number before them.
const UNITS: &str = "年月日号號时時分秒点點岁歲个個人名次项項家条條件元万萬亿億千百多余餘％%‰℃㎡米亩畝吨噸台年度倍种種届屆期回本円歳階位号室番天周週步场場张張辆輛套座处處份";

/// True for a character that a number counts by.
pub fn is_unit(c: char) -> bool {
    UNITS.contains(c)
}

/// True where a number, or a number and its unit, would be parted between two characters.
///
/// ```
/// use pagemend::text::numerals::number_goes_on;
/// assert!(number_goes_on('8', '日'));
/// assert!(number_goes_on('第', '9'));
/// assert!(!number_goes_on('8', '中'));
/// ```
pub fn number_goes_on(last: char, first: char) -> bool {
    let digit = |c: char| class(c) == Class::Digit;
    digit(last) && (digit(first) || is_unit(first) || matches!(first, '.' | ',' | '-'))
        || matches!(last, '第' | '约' | '約' | '近') && digit(first)
}

/// Reads a number below ten thousand: in digits of any width, in Han numerals (`十二`, `廿一`,
/// `百二十`), or in Han numerals put for digits (`一二`, `二〇`).
///
/// ```
/// use pagemend::text::numerals::number;
/// assert_eq!([number("１２"), number("十二"), number("一二"), number("廿一")], [Some(12), Some(12), Some(12), Some(21)]);
/// assert_eq!([number("二十"), number("一百零五"), number("版"), number("")], [Some(20), Some(105), None, None]);
/// ```
pub fn number(text: &str) -> Option<u32> {
    let (mut sum, mut digits) = (0, None);
    for (i, c) in text.chars().enumerate() {
        let (digit, counts) = match c {
            '0'..='9' => (u32::from(c) - u32::from('0'), None),
            '０'..='９' => (u32::from(c) - u32::from('０'), None),
            '十' => (1, Some(10)),
            '百' => (1, Some(100)),
            '廿' => (2, Some(10)),
            '卅' => (3, Some(10)),
            c => ("〇一二三四五六七八九".chars().position(|n| n == c || c == '零' && n == '〇')? as u32, None),
        };
        match counts {
            Some(unit) => sum += digits.take().unwrap_or(digit) * unit,
            None => digits = Some(digits.unwrap_or(0) * 10 + digit),
        }
        if i >= 5 {
            return None;
        }
    }
    (!text.is_empty()).then_some(sum + digits.unwrap_or(0)).filter(|n| *n < 10_000)
}
