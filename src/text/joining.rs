//! What belongs between two wrapped lines that are one text: nothing, a space, or less than stood
//! there (a hyphen goes).

use super::class::{Class, class};
use super::language::Language;
use super::vocabulary::Vocabulary;

/// How two pieces of one text are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// Nothing between them.
    Tight,
    /// A space between them.
    Space,
    /// Nothing between them, and the hyphen at the end of the first goes.
    DropHyphen,
}

/// What the dump shows at a line's edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// The space at which the line was broken.
    Spaced,
    /// No space, in a dump that keeps them.
    Bare,
    /// No space, in a dump that drops them.
    Unknown,
}

/// How `before` and `after` are joined.
///
/// Between Han, kana and wide punctuation stands nothing. Latin words keep their space, and lose the
/// hyphen that only the line end put there. A wrapped Korean line broke inside an eojeol or between
/// two; where the dump keeps the space at a line's `edge`, that tells, and where it does not the
/// document's own `vocabulary` does, and that of the language.
///
/// ```
/// use pagemend::text::{joining::{Edge, Joint, joint}, language::Language, vocabulary::Vocabulary};
/// let none = Vocabulary::default();
/// let join = |a, b| joint(a, b, Edge::Unknown, Language::Chinese, &none);
/// assert_eq!(join("经济社会发", "展工作"), Joint::Tight);
/// assert_eq!(join("taking an awfully", "long time"), Joint::Space);
/// assert_eq!(join("infor-", "mation"), Joint::DropHyphen);
/// assert_eq!(join("COVID-", "19"), Joint::Tight);
/// ```
pub fn joint(before: &str, after: &str, edge: Edge, language: Language, vocabulary: &Vocabulary) -> Joint {
    let (Some(left), Some(right)) = (before.chars().next_back(), after.chars().next()) else {
        return Joint::Tight;
    };
    let (l, r) = (class(left), class(right));
    if l.is_unspaced() || r.is_unspaced() {
        return Joint::Tight;
    }
    if l == Class::Hangul || r == Class::Hangul || language == Language::Korean && edge == Edge::Spaced {
        return hangul_joint(left, right, edge, language, || vocabulary.apart(before, after));
    }
    if left == '-' && r == Class::Letter && before.chars().rev().nth(1).is_some_and(|c| class(c) == Class::Letter) {
        // A real hyphen before a capital (`Franco-German`) or after one that stands alone
        // (`X-ray`) stays; a word broken by the line end goes on in lower case.
        let stem = before.chars().rev().skip(1).take_while(|c| class(*c) == Class::Letter).count();
        return if right.is_lowercase() && stem > 1 { Joint::DropHyphen } else { Joint::Tight };
    }
    if in_address(before, after) {
        return Joint::Tight;
    }
    let latin = |kind: Class, c: char| kind == Class::Letter || kind == Class::Digit && c.is_ascii();
    match (l, r) {
        (Class::Digit, Class::Digit) => Joint::Tight,
        _ if latin(l, left) && latin(r, right) => Joint::Space,
        // Half-width punctuation after a Latin word brings no room of its own.
        (Class::Pause | Class::Stop | Class::Close, Class::Letter | Class::Digit | Class::Open)
            if left.is_ascii() && right.is_ascii() && !(l == Class::Stop && r == Class::Digit) =>
        {
            Joint::Space
        }
        (Class::Letter | Class::Digit, Class::Open) if right == '(' && edge == Edge::Spaced => Joint::Space,
        _ if edge == Edge::Spaced && left.is_ascii() && right.is_ascii() => Joint::Space,
        _ => Joint::Tight,
    }
}

fn hangul_joint(left: char, right: char, edge: Edge, language: Language, apart: impl FnOnce() -> f32) -> Joint {
    if edge == Edge::Spaced {
        return Joint::Space;
    }
    let (l, r) = (class(left), class(right));
    if l == Class::Open
        || r.shuns_line_start()
        || l == Class::Dot
        || r == Class::Dot
        || l == Class::Dash && language != Language::Korean
    {
        return Joint::Tight;
    }
    if matches!(l, Class::Stop | Class::Pause) {
        return Joint::Space;
    }
    if edge == Edge::Unknown && apart() > 0.0 { Joint::Space } else { Joint::Tight }
}

/// True where the line end cut through an address (`https://…`, `name@host`).
fn in_address(before: &str, after: &str) -> bool {
    let is_part = |c: &char| c.is_ascii_graphic();
    let head: String = before.chars().rev().take_while(is_part).take(80).collect();
    let tail: String = after.chars().take_while(is_part).take(80).collect();
    let open_end = head.starts_with(['/', '.', '@', '_', '=', '&', '?', '%']);
    // `head` is reversed.
    let address = head.contains("//:") || head.contains('@') || head.contains(".www");
    address && (open_end || tail.contains(['/', '@', '=']) || tail.contains('.') && !tail.ends_with('.'))
}
