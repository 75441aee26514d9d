//! How the items of a list begin, and numbered headings: `一、`, `（2）`, `③`, `●`, `第三章`, `A．`, `가.`

use super::class::{Class, class, is_blank};
use regex::Regex;
use std::sync::LazyLock;

static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[（(]?[一二三四五六七八九十百]{1,4}[）)、．.]|[（(][0-9０-９]{1,3}[）)]|[0-9０-９]{1,3}[）)、．]|[0-9０-９]{1,3}[.．]\s*[^0-9\s]|[①-⑳㈠-㈩]|[●○◆◇■□▲△★☆◎※•∙]|第[一二三四五六七八九十百0-9０-９]{1,4}[章节節条條回]|[A-HＡ-Ｈ][.．、]\s*[^A-Za-zＡ-Ｚａ-ｚ\s.．]|[가나다라마바사아자차카타파하][.)]\s)").expect("checked by tests")
});

/// True where a line opens with an item's number or mark.
///
/// ```
/// use pagemend::text::item::is_item;
/// assert!(is_item("二、团结合作"));
/// assert!(is_item("４、保护学生"));
/// assert!(!is_item("一切都好"));
/// assert!(is_item("A．东风吹来"));
/// assert!(!is_item("3.5万人"));
/// assert!(!is_item("D.H.劳伦斯"));
/// ```
pub fn is_item(line: &str) -> bool {
    ITEM.is_match(line)
}

/// True where a line opens with a chapter's number: it heads a text of its own, and is no item of a list.
///
/// ```
/// use pagemend::text::item::is_chapter;
/// assert!(is_chapter("第三回　贾雨村夤缘复旧职"));
/// assert!(!is_chapter("第三条 本法自公布之日起施行。"));
/// ```
pub fn is_chapter(line: &str) -> bool {
    let mark = || line.chars().take(CHAPTER).find(|c| matches!(c, '章' | '回' | '節' | '节' | '条' | '條'));
    line.starts_with('第') && is_item(line) && !matches!(mark(), Some('条' | '條'))
}

/// Characters of the longest number of a chapter.
const CHAPTER: usize = 6;

/// True where a line opens with a number as a heading within a text does: neither a mark, which stands
/// before headlines too, nor a chapter, which is a text of its own.
///
/// ```
/// use pagemend::text::item::is_numbered;
/// assert!(is_numbered("（二）团结合作"));
/// assert!(!is_numbered("■团结合作"));
/// assert!(is_numbered("第三节 团结合作") && !is_numbered("第二章 团结合作"));
/// ```
pub fn is_numbered(line: &str) -> bool {
    let first = line.chars().next();
    let part = || line.chars().take(CHAPTER).any(|c| matches!(c, '节' | '節' | '条' | '條'));
    is_item(line) && first.is_some_and(|c| (c != '第' || part()) && class(c) != Class::Mark)
}

/// The bullet that a line opens with: a mark of an item, but a triangle, which points at a picture; or a dash or
/// dot with a space behind it.
///
/// ```
/// use pagemend::text::item::bullet;
/// assert_eq!((bullet("●团结合作"), bullet("- 牛奶"), bullet("-5度"), bullet("▲图片")), (Some('●'), Some('-'), None, None));
/// ```
pub fn bullet(line: &str) -> Option<char> {
    let mut chars = line.chars();
    let (first, next) = (chars.next()?, chars.next()?);
    match first {
        '▲' | '△' | '※' => None,
        '-' | '*' | '·' | '・' | '–' => is_blank(next).then_some(first),
        _ => (class(first) == Class::Mark && is_item(line)).then_some(first),
    }
}
