//! What newspapers do: the fixed strings and shapes by which a page marks where an article starts,
//! who wrote it, what a picture shows, and what is no article at all.
//!
//! The knowledge itself is data: one table per language beside this file, which a user's own table
//! can extend ([`Press::with`]). A table's patterns are regular expressions with three liberties, so
//! that one line stands for all its printed variants:
//!
//! - a space stands for any white space or none,
//! - a full-width bracket, colon, comma or slash stands for its half-width forms too,
//! - `{name}` stands for the word of that name in the table's `[words]`,
//! - `\p{Han}` and the other scripts stand for their blocks: an automaton of the exact script is many
//!   times as large, and is built before the first line is read.
//!
//! Patterns under `[article]` match at the beginning of a text (`signature` at its end), those under
//! `[line]` and `[furniture]` a whole line; `caption` says how a line begins. Those under `[jump]` match
//! a whole line, or what is marked off at a line's end or beginning ([`jump`]); `page` of `[furniture]`
//! is the number that a page bears, anywhere on a line, and `section` a whole line that is furniture where it
//! stands with other furniture.

#[cfg(test)]
mod forms;
pub mod jump;
mod patterns;
mod signs;

use crate::error::Error;
use crate::role::Role;
use crate::text::language::Language;
use jump::{Jumps, Unready, Way};
use patterns::Patterns;
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// A table as it is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Table {
    words: BTreeMap<String, String>,
    article: ArticlePatterns,
    line: LinePatterns,
    jump: JumpPatterns,
    furniture: FurniturePatterns,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ArticlePatterns {
    lead: Vec<String>,
    signed: Vec<String>,
    signature: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct LinePatterns {
    byline: Vec<String>,
    name: Vec<String>,
    dateline: Vec<String>,
    wire: Vec<String>,
    credit: Vec<String>,
    caption: Vec<String>,
    jump: Vec<String>,
    subheadline: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct JumpPatterns {
    out: Vec<String>,
    #[serde(rename = "in")]
    into: Vec<String>,
    next: Vec<String>,
    previous: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FurniturePatterns {
    page: Vec<String>,
    section: Vec<String>,
    folio: Vec<String>,
    masthead: Vec<String>,
    editors: Vec<String>,
    notice: Vec<String>,
}

/// What a line looks like, as far as the tables know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Looks {
    bits: u16,
}

const LEAD: u16 = 1;
const CAPTION: u16 = 2;
const SUBHEADLINE: u16 = 4;
const NAME: u16 = 2048;
const SECTION: u16 = 4096;
const WIRE: u16 = 8192;
const WHOLE: [(u16, Role); 8] = [
    (8, Role::Byline),
    (16, Role::Dateline),
    (32, Role::Credit),
    (64, Role::Jump),
    (128, Role::Folio),
    (256, Role::Masthead),
    (512, Role::Editors),
    (1024, Role::Notice),
];

/// The bits of furniture.
const FURNITURE: u16 = 128 | 256 | 512 | 1024;

impl Looks {
    /// True where an article's body may begin like this.
    pub fn lead(self) -> bool {
        self.bits & LEAD != 0
    }

    /// True where a caption may begin like this.
    pub fn caption(self) -> bool {
        self.bits & CAPTION != 0
    }

    /// True where the whole line is one that stands below a headline.
    pub fn subheadline(self) -> bool {
        self.bits & SUBHEADLINE != 0
    }

    /// True where the whole line may be a person's name.
    pub fn name(self) -> bool {
        self.bits & NAME != 0
    }

    /// True where the whole line says who sent a text by wire, from where and when: who wrote it follows, in brackets.
    pub fn wire(self) -> bool {
        self.bits & WIRE != 0
    }

    /// True where the whole line may be the name of one of a paper's sections, or a date. At the edge of a page that bears
    /// other furniture it is that; elsewhere it may well be a heading.
    pub fn section(self) -> bool {
        self.bits & SECTION != 0
    }

    /// True where the whole line may be this: byline, dateline, credit, jump, folio, masthead,
    /// editors or notice.
    pub fn whole(self, role: Role) -> bool {
        WHOLE.iter().any(|&(bit, r)| r == role && self.bits & bit != 0)
    }

    /// True where the whole line may be furniture of some kind.
    pub fn furniture(self) -> bool {
        WHOLE.iter().any(|&(bit, r)| r.is_furniture() && self.bits & bit != 0)
    }
}

/// The tables of one language, ready to match.
#[derive(Debug, Clone)]
pub struct Press {
    lines: Patterns,
    /// What each pattern of `lines` says.
    says: Vec<u16>,
    signed: Patterns,
    signature: Patterns,
    jumps: Jumps,
}

/// No line longer than this is matched as a whole: bylines, credits and furniture are short.
/// In characters.
const LONGEST_LINE: usize = 60;

/// Parts that a page's edge has on one line, and characters that the name of a section has.
const MOST_PARTS: usize = 6;
const SECTION_NAME: usize = 4;

/// Characters of a paragraph's beginning in which a lead names its reporter.
const LEAD_REACH: usize = 60;

impl Press {
    /// The built-in tables of a language.
    pub fn of(language: Language) -> Arc<Press> {
        // Each by itself: a page is in one language.
        static TABLES: [OnceLock<Arc<Press>>; 3] = [const { OnceLock::new() }; 3];
        let build = || Arc::new(Press::build(&[built_in(language)]).expect("the built-in tables are tested"));
        TABLES[language as usize].get_or_init(build).clone()
    }

    /// The built-in tables of a language and a user's own beside them, in TOML.
    ///
    /// # Errors
    /// Where the user's table is no TOML, has an unknown key or a pattern that is no regular
    /// expression; the message names it.
    pub fn with(language: Language, table: &str) -> Result<Arc<Press>, Error> {
        let own: Table = toml::from_str(table).map_err(|e| Error::setting(format!("the table of conventions: {e}")))?;
        Press::build(&[built_in(language), own]).map(Arc::new)
    }

    fn build(tables: &[Table]) -> Result<Press, Error> {
        let (mut patterns, mut says) = (Vec::new(), Vec::new());
        let (mut signed, mut signature) = (Vec::new(), Vec::new());
        let mut jumps = Unready::default();
        let bad = |why: String| Error::setting(format!("the table of conventions: {why}"));
        // Words of a later table overrule those of an earlier one.
        let words: BTreeMap<&str, &str> =
            tables.iter().flat_map(|t| t.words.iter().map(|(k, v)| (k.as_str(), v.as_str()))).collect();
        for (n, table) in tables.iter().enumerate() {
            let expand = |pattern: &String| {
                let expanded = expand(pattern, &words)?;
                // The built-in patterns are tested; what a user's would be too large for is said at once.
                let too_large = if n == 0 { None } else { Regex::new(&expanded).err() };
                too_large.map_or(Ok(expanded), |why| Err(bad(format!("{pattern:?}: {why}"))))
            };
            let (article, line, furniture) = (&table.article, &table.line, &table.furniture);
            let starts = [(LEAD, &article.lead), (CAPTION, &line.caption)];
            let wholes = [
                (SUBHEADLINE, &line.subheadline),
                (NAME, &line.name),
                (SECTION, &furniture.section),
                (WIRE, &line.wire),
                (8, &line.byline),
                (16, &line.dateline),
                (32, &line.credit),
                (64, &line.jump),
                (128, &furniture.folio),
                (256, &furniture.masthead),
                (512, &furniture.editors),
                (1024, &furniture.notice),
            ];
            for (bit, list) in starts {
                for pattern in list {
                    patterns.push(expand(pattern)?);
                    says.push(bit);
                }
            }
            for (bit, list) in wholes {
                for pattern in list {
                    patterns.push(format!("(?:{})$", expand(pattern)?));
                    says.push(bit);
                }
            }
            let ways = [
                (Way::Out, false, &table.jump.out),
                (Way::In, false, &table.jump.into),
                (Way::Out, true, &table.jump.next),
                (Way::In, true, &table.jump.previous),
            ];
            for (way, neighbour, list) in ways {
                for pattern in list {
                    let pattern = expand(pattern)?;
                    patterns.push(Jumps::whole(&pattern));
                    says.push(64);
                    jumps.add(way, neighbour, &pattern);
                }
            }
            for pattern in &furniture.page {
                jumps.add_label(&expand(pattern)?);
            }
            for pattern in &article.signed {
                signed.push(expand(pattern)?);
            }
            for pattern in &article.signature {
                signature.push(expand(pattern)?);
            }
        }
        Ok(Press {
            lines: Patterns::at_start(&patterns).map_err(bad)?,
            says,
            signed: Patterns::at_start(&signed).map_err(bad)?,
            signature: Patterns::anywhere(&signature).map_err(bad)?,
            jumps: jumps.ready().map_err(bad)?,
        })
    }

    /// What a line looks like.
    pub fn looks(&self, line: &str) -> Looks {
        let cut = line.char_indices().nth(LONGEST_LINE).map(|(i, _)| i);
        let mut looks = Looks::default();
        for i in self.lines.found(&line[..cut.unwrap_or(line.len())]) {
            let says = self.says[i];
            if cut.is_none() || says & (LEAD | CAPTION) != 0 {
                looks.bits |= says;
            }
        }
        if cut.is_none() && !looks.furniture() {
            looks.bits |= self.furniture_side_by_side(line);
        }
        looks
    }

    /// What stands side by side at a page's edge may be one line of a dump: `社会 2021年10月23日
    /// 星期六 长河时报`. Such a line is what the first part of it that is known to be furniture is,
    /// where nothing else in it is longer than a section's name.
    fn furniture_side_by_side(&self, line: &str) -> u16 {
        if line.split_whitespace().nth(1).is_none() {
            return 0;
        }
        let parts: Vec<&str> = line.split_whitespace().collect();
        if !(2..=MOST_PARTS).contains(&parts.len()) {
            return 0;
        }
        let says = |part: &str| self.lines.found(part).map(|i| self.says[i]).fold(0, |a, b| a | b);
        let known: Vec<u16> = parts.iter().map(|p| says(p) & (FURNITURE | SECTION)).collect();
        let others = parts.iter().zip(&known).filter(|(_, bits)| **bits == 0);
        let short = others.clone().all(|(part, _)| part.chars().count() <= SECTION_NAME);
        let first = known.iter().map(|bits| bits & FURNITURE).find(|bits| *bits != 0).unwrap_or(0);
        if short && others.count() * 2 <= parts.len() { first } else { 0 }
    }

    /// The shapes of jump lines and of the numbers that pages bear.
    pub fn jumps(&self) -> &Jumps {
        &self.jumps
    }

    /// True where a body's first paragraph names its reporter in its lead.
    pub fn is_signed(&self, paragraph: &str) -> bool {
        let cut = paragraph.char_indices().nth(LEAD_REACH).map_or(paragraph.len(), |(i, _)| i);
        self.signed.any(&paragraph[..cut])
    }

    /// True where a paragraph ends as the last one of an article does.
    pub fn is_signature(&self, end: &str) -> bool {
        self.signature.any(end)
    }
}

fn built_in(language: Language) -> Table {
    let text = match language {
        Language::Chinese => include_str!("chinese.toml"),
        Language::Japanese => include_str!("japanese.toml"),
        Language::Korean => include_str!("korean.toml"),
    };
    toml::from_str(text).expect("the built-in tables are tested")
}

/// Writes a table's pattern out as a regular expression.
fn expand(pattern: &str, words: &BTreeMap<&str, &str>) -> Result<String, Error> {
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut in_class = false;
    let mut chars = pattern.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => match SCRIPTS.iter().find(|(name, _)| pattern[at..].starts_with(name)) {
                Some((name, blocks)) => {
                    out.push_str(&if in_class { (*blocks).to_owned() } else { format!("[{blocks}]") });
                    while chars.next_if(|(i, _)| *i < at + name.len()).is_some() {}
                }
                None => {
                    out.push(c);
                    out.extend(chars.next().map(|(_, c)| c));
                }
            },
            '{' => {
                let rest = &pattern[at + 1..];
                let end = rest.find('}').unwrap_or(rest.len());
                let word = &rest[..end];
                // `\p{Han}` and `{2,4}` are the regular expression's own.
                if word.starts_with(|c: char| c.is_ascii_lowercase()) {
                    let Some(found) = words.get(word) else {
                        return Err(Error::setting(format!(
                            "the table of conventions: no word {{{word}}} for {pattern:?}"
                        )));
                    };
                    out.push_str("(?:");
                    out.push_str(&expand(found, words)?);
                    out.push(')');
                    while chars.next().is_some_and(|(_, c)| c != '}') {}
                } else {
                    out.push('{');
                }
            }
            '[' => {
                in_class = true;
                out.push(c);
            }
            ']' => {
                in_class = false;
                out.push(c);
            }
            ' ' if in_class => out.push_str(BLANK),
            ' ' => {
                out.push('[');
                out.push_str(BLANK);
                out.push_str("]*");
            }
            _ => match (variants(c), in_class) {
                (Some(all), true) => out.push_str(all),
                (Some(all), false) => {
                    out.push('[');
                    out.push_str(all);
                    out.push(']');
                }
                (None, _) => out.push(c),
            },
        }
    }
    Ok(out)
}

/// White space within a line, as the inside of a character class.
const BLANK: &str = " \t\u{a0}\u{2000}-\u{200a}\u{202f}\u{205f}\u{3000}";

/// The blocks of scripts, as the inside of a character class.
static SCRIPTS: &[(&str, &str)] = &[
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

    fn looks(language: Language, line: &str) -> Looks {
        Press::of(language).looks(line)
    }

    #[test]
    fn leads_of_all_forms() {
        for line in [
            "本报讯（记者 邓公平 霍吕）2 月",
            "新华社北京12月16日",
            "本报重庆 4 月28日电（记者",
            "〔記者林雅婷／台北報導〕同樣",
            "（中央社高雄21日電）隨",
            "（倫敦廿日路透電）今晨",
            "【本報訊】灣仔交通",
        ] {
            assert!(looks(Language::Chinese, line).lead(), "{line}");
        }
        assert!(looks(Language::Japanese, "【北京＝峯村健司】中国").lead());
        assert!(looks(Language::Korean, "(구미=연합뉴스) 박순기 기자 = 경북").lead());
        for line in ["会议强调，要深化", "记者日前从区里了解到，"] {
            assert!(!looks(Language::Chinese, line).lead(), "{line}");
        }
    }

    #[test]
    fn whole_lines() {
        let zh = |line| looks(Language::Chinese, line);
        assert!(zh("本报记者 齐宏").whole(Role::Byline));
        assert!(zh("记者 李建国 通讯员 王晓燕").whole(Role::Byline));
        assert!(zh("本报记者周敏王晓燕").whole(Role::Byline));
        assert!(!zh("本报记者从区里了解到").whole(Role::Byline));
        assert!(zh("记者 秦廷富 摄").whole(Role::Credit));
        assert!(zh("圖／黃俊傑攝").whole(Role::Credit));
        assert!(zh("责任编辑 赵一鸣 版式 刘海涛").whole(Role::Editors));
        assert!(zh("2021年6月24日 星期二").whole(Role::Folio));
        assert!(zh("2021年6月 24 日 星期二").whole(Role::Folio));
        assert!(zh("（下转第二版）").whole(Role::Jump));
        assert!(zh("社会 2021年10月23日星期六 长河时报").furniture());
        assert!(zh("4版 责任编辑刘海涛版式陈思远").furniture());
        assert!(!zh("2020年 我市全面启动新的改革").furniture());
        assert!(!zh("下转折点已经到来").whole(Role::Jump));
        assert!(!zh("记者。").whole(Role::Byline));
        assert!(zh("何庆主持").subheadline());
        assert!(looks(Language::Korean, "글·사진 박지훈 기자").whole(Role::Byline));
        assert!(looks(Language::Korean, "hong-gd@news.example").whole(Role::Byline), "the last line of an article");
        assert!(looks(Language::Korean, "[사진=이서연]").whole(Role::Credit));
        assert!(looks(Language::Japanese, "＝鈴木一郎撮影").whole(Role::Credit));
    }

    #[test]
    fn a_lead_says_whether_it_names_its_reporter() {
        let press = Press::of(Language::Chinese);
        assert!(press.is_signed("本报讯（记者 邓公平 霍吕）2月28日，区长"));
        assert!(press.is_signed("本报重庆4月28日电（记者李建国）在我们"));
        assert!(!press.is_signed("本报讯 昨日，区长告诉记者，"));
        assert!(press.is_signature("双胜利。（记者 于海波）"));
    }

    #[test]
    fn a_users_table_extends_the_built_in_one() {
        let own = "[line]\nbyline = ['撰稿人 {names}']\n";
        let press = Press::with(Language::Chinese, own).unwrap();
        assert!(press.looks("撰稿人 王小明").whole(Role::Byline));
        assert!(press.looks("本报记者 齐宏").whole(Role::Byline));
        assert!(Press::with(Language::Chinese, "[line]\nbylines = []").is_err());
        assert!(Press::with(Language::Chinese, "[line]\nbyline = ['{nobody}']").is_err());
        for (bad, why) in [("(", "unclosed group"), ("(?:.{1000}){1000}", "size limit")] {
            let error = Press::with(Language::Chinese, &format!("[line]\nbyline = ['{bad}']")).unwrap_err().to_string();
            assert!(error.contains(bad) && error.contains(why), "{error}");
        }
    }
}
