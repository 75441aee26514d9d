//! How the patterns of a table are written: as regular expressions with liberties, so that one line stands for all
//! its printed variants.
//!
//! - a space stands for any white space or none,
//! - a full-width bracket, colon, comma or slash stands for its half-width forms too,
//! - `{name}` stands for the word of that name in the table's `[words]`,
//! - `\p{Han}` and the other scripts stand for their blocks: an automaton of the exact script is many times as
//!   large.
//!
//! A word that is written out wherever it is used would be parsed as often, which takes longer than to mend a page.
//! So each is parsed once, and stands in a pattern as a numbered group until that is needed in full; and what is
//! known to be written well is parsed when it is needed, which most of it never is.

use super::need::{Marks, Need};
use regex_syntax::hir::{Capture, Hir, HirKind, Look, Repetition};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// The words that patterns may use.
#[derive(Debug, Default)]
pub struct Words {
    words: BTreeMap<String, Word>,
    /// These words and all patterns that use them are known to be written well.
    tested: bool,
}

#[derive(Debug)]
struct Word {
    written: String,
    parsed: OnceLock<Parsed>,
    need: OnceLock<Need>,
}

/// A parsed regular expression in which groups stand for words, and the words by the groups' numbers.
#[derive(Debug, Clone)]
struct Parsed {
    regular: Hir,
    used: Vec<String>,
}

/// One pattern.
#[derive(Debug, Clone)]
pub struct Written {
    written: String,
    parsed: OnceLock<Parsed>,
    need: OnceLock<Need>,
    words: Arc<Words>,
}

/// Why what is written can be parsed.
const PARSED_BEFORE: &str = "it is tested, or was parsed before";

impl Words {
    /// From the words as they are written, by their names.
    ///
    /// # Errors
    /// Where one is no regular expression, uses a word that there is not, or stands for itself.
    pub fn of(written: &BTreeMap<&str, &str>) -> Result<Words, String> {
        let words = Words { tested: false, ..Words::tested(written) };
        for name in written.keys() {
            words.check(name, &mut Vec::new())?;
        }
        Ok(words)
    }

    /// The same of words that a test knows to be right, as it does all patterns that use them.
    pub fn tested(written: &BTreeMap<&str, &str>) -> Words {
        let word = |(name, written): (&&str, &&str)| {
            let written = (*written).to_owned();
            ((*name).to_owned(), Word { written, parsed: OnceLock::new(), need: OnceLock::new() })
        };
        Words { words: written.iter().map(word).collect(), tested: true }
    }

    /// Parses a word and those that it uses; `within` are the ones that use it.
    fn check<'a>(&'a self, name: &'a str, within: &mut Vec<&'a str>) -> Result<(), String> {
        if within.contains(&name) {
            return Err(format!("the word {{{name}}} stands for itself"));
        }
        // One that is missing is named with the pattern that uses it.
        let Some(word) = self.words.get(name).filter(|word| word.parsed.get().is_none()) else { return Ok(()) };
        within.push(name);
        for used in liberties(&word.written).1 {
            self.check(used, within)?;
        }
        within.pop();
        let parsed = self.parse(&word.written)?;
        word.parsed.get_or_init(|| parsed);
        Ok(())
    }

    /// A pattern that may use these words.
    ///
    /// # Errors
    /// Where it is no regular expression, or uses a word that there is not; tested ones do neither.
    pub fn pattern(self: &Arc<Words>, pattern: &str) -> Result<Written, String> {
        let parsed = if self.tested { OnceLock::new() } else { OnceLock::from(self.parse(pattern)?) };
        Ok(Written { written: pattern.to_owned(), parsed, need: OnceLock::new(), words: Arc::clone(self) })
    }

    fn parse(&self, pattern: &str) -> Result<Parsed, String> {
        let (regular, used) = liberties(pattern);
        if let Some(missing) = used.iter().find(|name| !self.words.contains_key(**name)) {
            return Err(format!("no word {{{missing}}} for {pattern:?}"));
        }
        let regular = regex_syntax::parse(&regular).map_err(|error| match error {
            regex_syntax::Error::Parse(error) => format!("{pattern:?}: {}", error.kind()),
            regex_syntax::Error::Translate(error) => format!("{pattern:?}: {}", error.kind()),
            error => format!("{pattern:?}: {error}"),
        })?;
        Ok(Parsed { regular, used: used.into_iter().map(str::to_owned).collect() })
    }

    /// The word that a group stands for.
    fn named(&self, parsed: &Parsed, group: &str) -> Option<&Word> {
        let number: usize = group.strip_prefix(GROUP)?.parse().ok()?;
        self.words.get(parsed.used.get(number)?)
    }

    fn parsed<'a>(&self, word: &'a Word) -> &'a Parsed {
        word.parsed.get_or_init(|| self.parse(&word.written).expect(PARSED_BEFORE))
    }

    fn need(&self, parsed: &Parsed) -> Need {
        let of_word = |word: &Word| word.need.get_or_init(|| self.need(self.parsed(word))).clone();
        Need::of(&parsed.regular, &|group| self.named(parsed, group).map(of_word))
    }

    fn in_full(&self, parsed: &Parsed) -> Hir {
        self.part_in_full(parsed, &parsed.regular)
    }

    /// Part of a pattern with its words written out, and no groups but those that its writer named.
    fn part_in_full(&self, parsed: &Parsed, part: &Hir) -> Hir {
        let in_full = |part: &Hir| self.part_in_full(parsed, part);
        match part.kind() {
            HirKind::Capture(Capture { name: None, sub, .. }) => in_full(sub),
            HirKind::Capture(Capture { index, name: Some(group), sub }) => match self.named(parsed, group) {
                Some(word) => self.in_full(self.parsed(word)),
                None => Hir::capture(Capture { index: *index, name: Some(group.clone()), sub: Box::new(in_full(sub)) }),
            },
            HirKind::Repetition(Repetition { min, max, greedy, sub }) => {
                Hir::repetition(Repetition { min: *min, max: *max, greedy: *greedy, sub: Box::new(in_full(sub)) })
            }
            HirKind::Concat(parts) => Hir::concat(parts.iter().map(in_full).collect()),
            HirKind::Alternation(ways) => Hir::alternation(ways.iter().map(in_full).collect()),
            HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => part.clone(),
        }
    }
}

impl Written {
    fn parsed(&self) -> &Parsed {
        self.parsed.get_or_init(|| self.words.parse(&self.written).expect(PARSED_BEFORE))
    }

    /// What a text needs that begins with a match. It may be longer than that, unless the match ends with the text.
    pub fn need(&self) -> &Need {
        self.need.get_or_init(|| {
            let parsed = self.parsed();
            let need = self.words.need(parsed);
            let to_the_end = parsed.regular.properties().look_set_suffix().contains(Look::End);
            if to_the_end { need } else { Need { longest: None, marks: Marks::ALL, ..need } }
        })
    }

    /// Says what the pattern [`need`](Written::need)s, so that it is not parsed to find that out.
    pub fn is_known_to(&self, need: Need) {
        self.need.get_or_init(|| need);
    }

    /// The whole pattern. Printed, it is the regular expression that a machine would have written.
    pub fn in_full(&self) -> Hir {
        self.words.in_full(self.parsed())
    }
}

/// How the names of groups that stand for words begin; their number among those of the pattern follows.
const GROUP: &str = "word.";

/// A pattern as a regular expression in which groups stand for words, and the words by their numbers.
fn liberties(pattern: &str) -> (String, Vec<&str>) {
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut used = Vec::new();
    let mut in_class = false;
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        let set = if matches!(c, ' ' | '\\') { SETS.iter().find(|(set, _)| rest.starts_with(set)) } else { None };
        if let Some((written, inside)) = set {
            match (in_class, c) {
                (true, _) => out.push_str(inside),
                (false, ' ') => out.push_str(&format!("[{inside}]*")),
                (false, _) => out.push_str(&format!("[{inside}]")),
            }
            taken = written.len();
        } else if c == '\\' {
            taken += rest[taken..].chars().next().map_or(0, char::len_utf8);
            out.push_str(&rest[..taken]);
        } else if let Some(name) = rest.strip_prefix('{').filter(|name| name.starts_with(is_name)) {
            let length = name.find('}').unwrap_or(name.len());
            // The group is not empty: of what is empty the parser keeps no repetition.
            out.push_str(&format!("(?P<{GROUP}{}>_)", used.len()));
            used.push(&name[..length]);
            taken = (length + 2).min(rest.len());
        } else {
            in_class = if in_class { c != ']' } else { c == '[' };
            match variants(c) {
                Some(all) if in_class => out.push_str(all),
                Some(all) => out.push_str(&format!("[{all}]")),
                None => out.push(c),
            }
        }
        rest = &rest[taken..];
    }
    (out, used)
}

/// How the name of a word begins: `{2,4}` is the regular expression's own.
fn is_name(c: char) -> bool {
    c.is_ascii_lowercase()
}

/// Characters that a table writes shortly, as the inside of a character class.
static SETS: [(&str, &str); 7] = [
    // White space within a line.
    (" ", " \t\u{a0}\u{2000}-\u{200a}\u{202f}\u{205f}\u{3000}"),
    (r"\p{Han}", "々〆〇㐀-鿿豈-﫿\u{20000}-\u{3ffff}"),
    (r"\p{Hiragana}", "ぁ-ゟ"),
    (r"\p{Katakana}", "ァ-ヿㇰ-ㇿｦ-ﾟ"),
    (r"\p{Hangul}", "ᄀ-ᇿㄱ-ㆎ가-힣"),
    (r"\p{Nd}", "0-9０-９"),
    (r"\w", "0-9０-９A-Za-zÀ-ɏ々〇㐀-鿿ぁ-ヿ가-힣"),
];

/// The printed variants of a full-width mark, as the inside of a character class.
fn variants(c: char) -> Option<&'static str> {
    Some(match c {
        '（' => "（(",
        '）' => "）)",
        '：' => "：:",
        '，' => "，,",
        '／' => "／/∕╱",
        '［' => r"［\[",
        '］' => r"］\]",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(list: &[(&'static str, &'static str)]) -> Result<Arc<Words>, String> {
        Words::of(&list.iter().copied().collect()).map(Arc::new)
    }

    #[test]
    fn a_pattern_in_full_is_the_one_with_its_words_written_out() {
        let words = words(&[
            ("name", r"(\p{Han}{2,4}|甲)"),
            ("names", "{name}(、{name})*"),
            ("page", "(?P<page>[0-9])"),
            ("a-b.c 丁", "丁"),
        ]);
        let words = words.unwrap();
        let han = r"[々〆〇㐀-鿿豈-﫿\u{20000}-\u{3ffff}]";
        let name = format!("(?:{han}{{2,4}}|甲)");
        for (pattern, same) in [
            ("{name}", name.clone()),
            ("(记者|{name})?", format!("(?:记者|{name})?")),
            ("({names}){1,2}$", format!("(?:{name}(?:、{name})*){{1,2}}$")),
            ("甲|{name}乙", format!("甲|{name}乙")),
            ("第{page}版", "第(?P<page>[0-9])版".to_owned()),
            ("[ ]x{2}", r"[ \t\x{a0}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}]x{2}".to_owned()),
            ("{a-b.c 丁}?", "丁?".to_owned()),
            ("（{name}", format!("[（(]{name}")),
        ] {
            let full = words.pattern(pattern).unwrap().in_full();
            let parsed = regex_syntax::parse(&same).unwrap();
            let same = words.in_full(&Parsed { regular: parsed, used: Vec::new() });
            assert_eq!(full.to_string(), same.to_string(), "{pattern}");
        }
    }

    #[test]
    fn a_word_that_is_missing_or_stands_for_itself_is_named() {
        let error = |list, pattern| words(list).and_then(|words| words.pattern(pattern)).unwrap_err();
        assert_eq!(error(&[("a", "x")], "{b}"), r#"no word {b} for "{b}""#);
        assert_eq!(error(&[("a", "{b}")], "x"), r#"no word {b} for "{b}""#);
        assert_eq!(error(&[("a", "{b}"), ("b", "x{a}")], "x"), "the word {a} stands for itself");
        assert_eq!(error(&[("a", "(")], "x"), r#""(": unclosed group"#);
    }

    #[test]
    fn what_a_word_needs_is_known_without_its_being_written_out() {
        let words = words(&[("a", "[甲乙]丙?"), ("b", "({a}丁)+")]).unwrap();
        let need = words.pattern("戊?{b}$").unwrap().need().clone();
        assert_eq!(need.first, Some(vec!['乙', '戊', '甲']));
        assert_eq!(need.within, Some(vec!['丁']));
        assert_eq!((need.shortest, need.longest), (6, None));
        assert_eq!(words.pattern("{a}{a}$").unwrap().need().longest, Some(12));
        assert_eq!(words.pattern("{a}{a}").unwrap().need().longest, None, "the text may go on behind the match");
        let marks = |pattern| words.pattern(pattern).unwrap().need().marks;
        assert_eq!(marks("{b}[、-。]?$"), Marks::of("丁、。"));
        assert_eq!(marks("{b}[、-。]?"), Marks::ALL);
    }
}
