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
