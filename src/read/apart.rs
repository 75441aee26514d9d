//! Characters that an engine set apart: Tesseract parts Chinese and Japanese text into words of its own, most of
//! them one character long, and writes a space between any two.
//!
//! ```text
//! 我 叫 馮 敬 恩 , 剛 從 港 大 畢業      →     我叫馮敬恩,剛從港大畢業
//! ```
//!
//! In such a text a space tells nothing, and a line with spaces in it seems longer than it is.

use crate::text::class::{Class, class};

/// So many characters set apart are no name set wide, and no row of a table.
const FEWEST: usize = 20;

/// A text of fewer spaces than one in so many bytes has no more than there are between its words.
const SPACES: usize = 16;

/// A text without the spaces between its characters, where most of those that could stand together were set apart;
/// nothing where they were not. Two spaces and more are a gap, and stay.
pub fn together(text: &str) -> Option<String> {
    let spaces = text.bytes().filter(|b| *b == b' ').count();
    if spaces * SPACES < text.len() || !are_apart(text) {
        return None;
    }
    let mut out = String::with_capacity(text.len() - spaces);
    let mut rest = text.char_indices();
    while let Some((at, c)) = rest.next() {
        let next = rest.clone().next().map(|(_, next)| next);
        let before = text[..at].chars().next_back();
        let parts = c == ' ' && before.zip(next).is_some_and(|(before, next)| belong(before, next));
        if !parts {
            out.push(c);
        }
    }
    Some(out)
}

/// True where more of a text's Han and kana are parted from the next by a space than stand beside it.
fn are_apart(text: &str) -> bool {
    let (mut apart, mut beside) = (0, 0);
    let (mut last, mut spaces) = (None, 0);
    for c in text.chars() {
        if c == ' ' {
            spaces += 1;
            continue;
        }
        if let (Some(true), true) = (last, class(c).is_unspaced()) {
            match spaces {
                0 => beside += 1,
                1 => apart += 1,
                _ => {}
            }
        }
        (last, spaces) = (Some(class(c).is_unspaced()), 0);
    }
    apart >= FEWEST && apart > beside
}

/// True for two characters that no writer would part by a space: each is of a script without spaces, a mark or a
/// figure, and not both are figures.
fn belong(before: char, next: char) -> bool {
    let goes = |c: char| match class(c) {
        Class::Han | Class::Kana | Class::Digit => true,
        Class::Open | Class::Close | Class::Stop | Class::Pause | Class::Dash | Class::Dot => true,
        _ => matches!(c, '/' | '／' | '"' | '\''),
    };
    let figures = class(before) == Class::Digit && class(next) == Class::Digit;
    goes(before) && goes(next) && !figures
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_engine_set_apart_stands_together() {
        let line = "我 叫 馮 敬 恩 , 剛 從 港 大 畢業 , 明 天 ( 即 今天 ) 是 2 月 1 日 。\n";
        let mended = "我叫馮敬恩,剛從港大畢業,明天(即今天)是2月1日。\n";
        assert_eq!(together(&line.repeat(3)), Some(mended.repeat(3)));
        let latin = "他 今 早 在 Facebook 上 的 發 文  第 10 20 頁\n";
        assert_eq!(together(&latin.repeat(4)), Some("他今早在 Facebook 上的發文  第10 20頁\n".repeat(4)));
    }

    #[test]
    fn spaces_between_words_stay() {
        for text in [
            "记者 邓公平 霍吕 通讯员 周立波 记者 秦廷富 摄\n".repeat(9),
            "司 伟 摄\n图 为 渡 口\n".to_owned(),
            "日  一  二  三  四  五  六\n".repeat(9),
            "日 一 二 三 四 五 六\n1 2 3 4 5 6 7\n".to_owned(),
            "정부가 올해 안에 모든 학교에 도서관을 세우고 책을\n".repeat(9),
        ] {
            assert_eq!(together(&text), None);
        }
    }
}
