//! How a line ends and begins: what that says about a sentence going on.

use super::class::{Class, class};

/// The end of a line, as far as it speaks about the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineEnd {
    /// A full stop, exclamation or question mark, perhaps with closing brackets after it.
    Stop,
    /// A closing bracket or quotation mark with no stop before it.
    Close,
    /// A colon.
    Colon,
    /// A comma, semicolon or enumeration comma.
    Pause,
    /// An opening bracket.
    Open,
    /// A dash or an ellipsis.
    Dash,
    /// A letter, a digit or any other mark.
    Word,
}

/// How a line ends. Looks at a few characters only; an empty line ends in a word.
///
/// ```
/// use pagemend::text::ends::{LineEnd, line_end};
/// assert_eq!(line_end("他说：“走吧。”"), LineEnd::Stop);
/// assert_eq!(line_end("（记者 于海波）"), LineEnd::Close);
/// assert_eq!(line_end("精准施策，"), LineEnd::Pause);
/// assert_eq!(line_end("约3.5"), LineEnd::Word);
/// ```
pub fn line_end(line: &str) -> LineEnd {
    let mut closed = false;
    for c in line.chars().rev().take(6) {
        match class(c) {
            Class::Close => closed = true,
            Class::Stop => return LineEnd::Stop,
            Class::Space | Class::Control => {}
            _ if closed => return LineEnd::Close,
            kind => {
                return match kind {
                    Class::Pause if matches!(c, '：' | ':') => LineEnd::Colon,
                    Class::Pause => LineEnd::Pause,
                    Class::Open => LineEnd::Open,
                    Class::Dash => LineEnd::Dash,
                    _ => LineEnd::Word,
                };
            }
        }
    }
    if closed { LineEnd::Close } else { LineEnd::Word }
}
