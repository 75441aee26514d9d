//! Character classes, as far as the repair of CJK lines needs them.
//!
//! The ranges follow the Unicode blocks and the line-breaking classes of UAX #14 (OP, CL, NS, EX,
//! ID, H2/H3); marks that are wide in CJK type and narrow in Latin type (`“ ” ‘ ’ … — ·`) are
//! classed by what they do in CJK text.

use std::sync::OnceLock;

/// What a character is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// A Han character, extension planes included, and `々 〆 〇`.
    Han,
    /// Hiragana, katakana, the long-vowel mark, half-width katakana.
    Kana,
    /// A Hangul syllable or letter.
    Hangul,
    /// A letter of another script.
    Letter,
    /// A digit, half or full width.
    Digit,
    /// An opening bracket or quotation mark.
    Open,
    /// A closing bracket or quotation mark.
    Close,
    /// A mark that ends a sentence: `。 ！ ？` and their half-width forms, `.` among them.
    Stop,
    /// A mark that parts a sentence: `， 、 ； ：` and their half-width forms.
    Pause,
    /// `…`, `—`, `～` and the like.
    Dash,
    /// `·` and `・`, between the parts of a name.
    Dot,
    /// White space but a line break.
    Space,
    /// A line break or form feed.
    Break,
    /// No shape: controls, zero-width characters, the byte order mark.
    Control,
    /// Any other mark: `% & + = ● ■` and so on.
    Mark,
}

/// The class of a character.
#[inline]
pub fn class(c: char) -> Class {
    // Asked of every character several times over: most are of these two blocks.
    match c {
        '\u{4e00}'..='\u{9fff}' => Class::Han,
        '\u{ac00}'..='\u{d7a3}' => Class::Hangul,
        _ => looked_up(c),
    }
}

/// The class of a character, as it was found out the first time that one of its block was met: a page has
/// characters of few of the blocks.
fn looked_up(c: char) -> Class {
    static PLANE: [OnceLock<[Class; BLOCK]>; 0x1_0000 / BLOCK] = [const { OnceLock::new() }; 0x1_0000 / BLOCK];
    let (block, at) = (c as usize / BLOCK, c as usize % BLOCK);
    let fill = || std::array::from_fn(|at| char::from_u32((block * BLOCK + at) as u32).map_or(Class::Mark, found));
    PLANE.get(block).map_or_else(|| found(c), |classes| classes.get_or_init(fill)[at])
}

/// Characters whose classes are found out at once.
const BLOCK: usize = 256;

fn found(c: char) -> Class {
    use Class::*;
    match c {
        'a'..='z' | 'A'..='Z' => Letter,
        '0'..='9' | '０'..='９' => Digit,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Break,
        ' ' | '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Space,
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}' => Control,
        '“' | '‘' | '「' | '『' | '（' | '《' | '〈' | '【' | '〔' | '〖' | '［' | '｛' | '(' | '[' | '{' | '〝'
        | '｢' | '﹙' | '﹛' | '﹝' => Open,
        '”' | '’' | '」' | '』' | '）' | '》' | '〉' | '】' | '〕' | '〗' | '］' | '｝' | ')' | ']' | '}' | '〟'
        | '｣' | '﹚' | '﹜' | '﹞' => Close,
        '。' | '！' | '？' | '．' | '!' | '?' | '.' | '｡' | '‼' | '⁇' | '⁈' | '⁉' | '﹖' | '﹗' => Stop,
        // The small forms are Big5's, and its leader of two dots is written for a colon.
        '，' | '、' | '；' | '：' | ',' | ';' | ':' | '､' | '﹐' | '﹑' | '﹔' | '﹕' | '︰' => Pause,
        '…' | '—' | '─' | '～' | '〜' | '―' | '–' | '⋯' | '‥' => Dash,
        '·' | '・' | '･' | '‧' | '•' => Dot,
        '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}'
        | '々'
        | '〆'
        | '〇'
        | '〓'
        | '\u{2e80}'..='\u{2fdf}'
        // What tells a variant apart goes with the character before it.
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0100}'..='\u{e01ef}' => Han,
        '\u{3041}'..='\u{309f}' | '\u{30a0}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' => Kana,
        '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{a960}'..='\u{a97f}' => Hangul,
        _ if c.is_ascii() => Mark,
        _ if c.is_alphabetic() => Letter,
        _ => Mark,
    }
}

impl Class {
    /// True for the scripts that are written without spaces between words.
    pub fn is_unspaced(self) -> bool {
        matches!(self, Class::Han | Class::Kana)
    }

    /// True for the scripts of the languages that the program knows.
    pub fn is_cjk(self) -> bool {
        matches!(self, Class::Han | Class::Kana | Class::Hangul)
    }

    /// True for what a line may not begin with (kinsoku, JIS X 4051; `clreq` 3.1.4).
    pub fn shuns_line_start(self) -> bool {
        matches!(self, Class::Close | Class::Stop | Class::Pause)
    }

    /// True for letters and digits of any script.
    pub fn is_word(self) -> bool {
        self.is_cjk() || matches!(self, Class::Letter | Class::Digit)
    }
}

/// True for white space and for what has no shape: what may be trimmed from a line's edges.
pub fn is_blank(c: char) -> bool {
    matches!(class(c), Class::Space | Class::Break | Class::Control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_reach_what_others_forget() {
        assert_eq!(class('𠮷'), Class::Han);
        assert_eq!(class('々'), Class::Han);
        assert_eq!(class('ー'), Class::Kana);
        assert_eq!(class('…'), Class::Dash);
        assert_eq!(class('”'), Class::Close);
        assert_eq!(class('한'), Class::Hangul);
        assert_eq!(class('é'), Class::Letter);
        assert_eq!(class('５'), Class::Digit);
        assert_eq!(class('\u{feff}'), Class::Control);
        assert_eq!(class('﹐'), Class::Pause);
        assert_eq!(class('\u{e0100}'), Class::Han);
    }
}
