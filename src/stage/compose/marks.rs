//! What is counted on a line, in one pass over its characters.

use crate::text::class::{Class, class};

/// The marks of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    /// Code points.
    pub chars: u32,
    /// Brackets opened less those closed.
    pub open: i32,
    /// Full stops, and a Latin one where a space or nothing follows.
    pub stops: u32,
    /// Commas and semicolons. One enumeration comma is at home in a headline and not counted.
    pub pauses: u32,
    /// A space parts two Han or kana, or stands beside a bracket of theirs.
    pub separated: bool,
}

impl Marks {
    /// The marks of a line without white space at its edges.
    pub fn of(line: &str) -> Marks {
        let mut marks = Marks::default();
        let (mut before, mut enumerations) = (None, 0u32);
        // A space stands since the last character that is none.
        let mut spaced = false;
        let mut dotted = false;
        for c in line.chars() {
            marks.chars += 1;
            let kind = class(c);
            if kind == Class::Space {
                marks.stops += u32::from(dotted && c == ' ');
                (dotted, spaced) = (false, before.is_some());
                continue;
            }
            dotted = c == '.';
            match kind {
                Class::Open => marks.open += 1,
                Class::Close => marks.open -= 1,
                Class::Stop => marks.stops += u32::from(matches!(c, '。' | '！' | '？' | '!' | '?')),
                Class::Pause => match c {
                    '，' | ',' | '；' | ';' => marks.pauses += 1,
                    '、' => enumerations += 1,
                    _ => {}
                },
                _ => {}
            }
            marks.separated |= spaced && is_wide(kind) && before.is_some_and(is_wide);
            (before, spaced) = (Some(kind), false);
        }
        marks.stops += u32::from(dotted);
        marks.pauses += enumerations.saturating_sub(1);
        marks
    }
}

/// Han and kana, and the brackets that stand beside them.
fn is_wide(kind: Class) -> bool {
    kind.is_unspaced() || matches!(kind, Class::Open | Class::Close)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mark_is_counted_once() {
        let of = |line| Marks::of(line);
        assert_eq!(of("他说：“走吧。好！"), Marks { chars: 9, open: 1, stops: 2, ..Marks::default() });
        assert_eq!(of("U.S. and v1.5."), Marks { chars: 14, stops: 2, ..Marks::default() });
        assert_eq!(of("苹果、梨、桃，杏"), Marks { chars: 8, pauses: 2, ..Marks::default() });
        assert!(of("风调 雨顺").separated && of("“风调” “雨顺”").separated);
        assert!(!of("第 3 页").separated && !of("风调雨顺").separated);
    }
}
