//! How wide text is in CJK type, in ems: an interval, because the same characters set wider or
//! narrower as the line needs.
//!
//! Han, kana and Hangul fill one em. Punctuation may be squeezed to half an em (`clreq` 3.1.6,
//! JIS X 4051). Latin digits are half an em wide; letters and marks depend on the font.

use super::class::{Class, class};

/// The least and the greatest width of a stretch of text, in ems.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Width {
    /// Everything squeezed that may be.
    pub least: f32,
    /// Nothing squeezed.
    pub most: f32,
}

impl Width {
    /// The middle of the interval, in ems.
    pub fn middle(self) -> f32 {
        (self.least + self.most) / 2.0
    }
}

/// The width of one character.
pub fn char_width(c: char) -> Width {
    let (least, most) = match class(c) {
        Class::Han | Class::Kana => match c {
            '\u{ff66}'..='\u{ff9f}' => (0.5, 0.5),
            _ => (1.0, 1.0),
        },
        Class::Hangul => (0.9, 1.0),
        Class::Digit => match c {
            '0'..='9' => (0.5, 0.56),
            _ => (1.0, 1.0),
        },
        Class::Letter => match c {
            'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' => (0.25, 0.45),
            'm' | 'w' | 'M' | 'W' => (0.7, 0.95),
            'A'..='Z' => (0.5, 0.75),
            'Ａ'..='Ｚ' | 'ａ'..='ｚ' => (1.0, 1.0),
            _ => (0.45, 0.6),
        },
        Class::Open | Class::Close | Class::Stop | Class::Pause if c.is_ascii() => (0.25, 0.5),
        Class::Open | Class::Close | Class::Stop | Class::Pause => (0.5, 1.0),
        Class::Dash => (0.8, 1.0),
        Class::Dot => (0.3, 1.0),
        Class::Space => match c {
            '\u{3000}' => (0.9, 1.0),
            _ => (0.2, 0.5),
        },
        Class::Break | Class::Control => (0.0, 0.0),
        Class::Mark if c.is_ascii() => (0.4, 0.8),
        Class::Mark => (0.5, 1.0),
    };
    Width { least, most }
}

/// The width of a stretch of text.
///
/// ```
/// use pagemend::text::width::width;
/// let line = width("会议强调，");
/// assert_eq!((line.least, line.most), (4.5, 5.0));
/// ```
pub fn width(text: &str) -> Width {
    text.chars()
        .map(char_width)
        .fold(Width::default(), |a, b| Width { least: a.least + b.least, most: a.most + b.most })
}

/// The least width of what a line break cannot part from the text's beginning: opening brackets,
/// one character or a whole Latin word or number, and the closing marks that stick to it. In ems.
///
/// ```
/// use pagemend::text::width::first_unit;
/// assert_eq!(first_unit("会议"), 1.0);
/// assert_eq!(first_unit("实。"), 1.5);
/// assert_eq!(first_unit("2020年"), 2.0);
/// assert!(first_unit("hong@news.example로") > 5.0);
/// ```
pub fn first_unit(text: &str) -> f32 {
    let mut sum = 0.0;
    let mut previous: Option<Class> = None;
    let mut previous_is_ascii = false;
    for c in text.chars().take(24) {
        let kind = class(c);
        let sticks = match previous {
            None | Some(Class::Open | Class::Control) => true,
            // An address is parted at its slashes and hyphens at the most.
            Some(Class::Letter | Class::Digit) => {
                matches!(kind, Class::Letter | Class::Digit)
                    || kind.shuns_line_start()
                    || c.is_ascii_graphic() && !matches!(c, '(' | '[' | '/' | '-')
            }
            Some(Class::Mark) if previous_is_ascii => kind.is_word() || c.is_ascii_graphic(),
            Some(Class::Stop) if previous_is_ascii && kind.is_word() && c.is_ascii() => true,
            Some(Class::Space) => false,
            _ => kind.shuns_line_start(),
        };
        if !sticks {
            break;
        }
        sum += char_width(c).least;
        previous = Some(kind);
        previous_is_ascii = sum > 0.0 && c.is_ascii_graphic();
    }
    sum
}
