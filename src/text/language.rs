//! Which language a document is mostly in. It decides how lines join, how deep a paragraph's first
//! line is indented, and which newspaper conventions are looked for first.

use super::class::{Class, class};

/// The main language of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Chinese, simplified or traditional.
    #[default]
    Chinese,
    /// Japanese.
    Japanese,
    /// Korean.
    Korean,
}

impl Language {
    /// How deep a paragraph's first line is set in, in ems: two in Chinese (`clreq` 3.2.4), one in
    /// Japanese (`jlreq` 3.5.1) and Korean (`klreq` 3.4).
    pub fn indent(self) -> f32 {
        match self {
            Language::Chinese => 2.0,
            Language::Japanese | Language::Korean => 1.0,
        }
    }
}

/// The language of a text, by its scripts: Hangul makes it Korean, kana Japanese, Han alone
/// Chinese. Looks at the first 20,000 characters.
///
/// ```
/// use pagemend::text::language::{Language, language};
/// assert_eq!(language("会议强调，要深化"), Language::Chinese);
/// assert_eq!(language("会議で強調した"), Language::Japanese);
/// assert_eq!(language("회의에서 强調했다"), Language::Korean);
/// ```
pub fn language(text: &str) -> Language {
    let (mut han, mut kana, mut hangul) = (0u32, 0u32, 0u32);
    for c in text.chars().take(20_000) {
        match class(c) {
            Class::Han => han += 1,
            Class::Kana => kana += 1,
            Class::Hangul => hangul += 1,
            _ => {}
        }
    }
    // A Japanese page has at least one kana for every four Han, a Chinese one has stray kana at
    // most; a Korean page may quote Han freely.
    if hangul > kana && hangul * 3 > han {
        Language::Korean
    } else if kana * 8 > han && kana > 0 {
        Language::Japanese
    } else {
        Language::Chinese
    }
}
