//! What newspapers do: the fixed strings and shapes by which a page marks where an article starts,
//! who wrote it, what a picture shows, and what is no article at all.
//!
//! The knowledge itself is data: one `table` per language beside this file, which a user's own table can extend
//! ([`Press::with`]). How its patterns are `written` is for people to read; what the `lists` of them are made into is
//! for lines to be asked quickly. Which lines may match one at all is `known` beforehand, and few are made for a page.
//!
//! Those under `[article]` match at the beginning of a text (`signature` at its end), those under `[line]` and
//! `[furniture]` a whole line; `caption` says how a line begins. Those under `[jump]` match a whole line, or what is
//! marked off at a line's end or beginning ([`jump`]); `page` of `[furniture]` is the number that a page bears,
//! anywhere on a line, `advertisement` a word of one, anywhere on a line, and `section` a whole line that is furniture where
//! it stands with other furniture.

#[cfg(test)]
mod forms;
pub mod jump;
mod known;
mod lists;
mod looks;
mod need;
mod patterns;
mod signs;
pub(crate) mod spaces;
mod table;
mod written;

pub use looks::Looks;

use crate::error::Error;
use crate::text::language::Language;
use jump::Jumps;
use lists::Lists;
use patterns::Patterns;
use std::sync::{Arc, OnceLock};
use table::Table;

/// The tables of one language, ready to match.
#[derive(Debug, Clone)]
pub struct Press {
    lines: Patterns,
    /// What each pattern of `lines` says.
    says: Vec<Looks>,
    signed: Patterns,
    signature: Patterns,
    advertisement: Patterns,
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
        let build = || {
            let (table, file) = Table::text(language);
            let needs = known::needs(table, file).into_iter();
            Arc::new(Press::ready(Lists::tested(&Table::built_in(language), needs)))
        };
        TABLES[language as usize].get_or_init(build).clone()
    }

    /// The built-in tables of a language and a user's own beside them, in TOML.
    ///
    /// # Errors
    /// Where the user's table is no TOML, has an unknown key or a pattern that is no regular
    /// expression; the message names it.
    pub fn with(language: Language, table: &str) -> Result<Arc<Press>, Error> {
        let wrong = |why: String| Error::setting(format!("the table of conventions: {why}"));
        let own: Table = toml::from_str(table).map_err(|why| wrong(why.to_string()))?;
        let lists = Lists::of(&Table::built_in(language), &own).map_err(wrong)?;
        Ok(Arc::new(Press::ready(lists)))
    }

    /// The patterns of some tables, ready to match.
    fn ready(lists: Lists) -> Press {
        Press {
            lines: Patterns::at_start(lists.lines),
            says: lists.says,
            signed: Patterns::at_start(lists.signed),
            signature: Patterns::anywhere(lists.signature),
            advertisement: Patterns::anywhere(lists.advertisement),
            jumps: lists.jumps.ready(),
        }
    }

    /// What a line looks like.
    pub fn looks(&self, line: &str) -> Looks {
        let Some((cut, _)) = line.char_indices().nth(LONGEST_LINE) else {
            let looks = self.looks_among(line, Looks::ALL);
            return if looks.furniture() { looks } else { looks.or(self.furniture_side_by_side(line)) };
        };
        self.looks_among(&line[..cut], Looks::LEAD.or(Looks::CAPTION))
    }

    /// What a line looks like of what is asked.
    fn looks_among(&self, line: &str, asked: Looks) -> Looks {
        let mut looks = Looks::NOTHING;
        for pattern in self.lines.candidates(line) {
            let says = self.says[pattern].and(asked);
            // What another pattern has said need not be said again.
            if says != looks.and(says) && self.lines.matches(pattern, line) {
                looks = looks.or(says);
            }
        }
        looks
    }

    /// What stands side by side at a page's edge may be one line of a dump: `社会 2021年10月23日
    /// 星期六 长河时报`. Such a line is what the first part of it that is known to be furniture is,
    /// where nothing else in it is longer than a section's name.
    fn furniture_side_by_side(&self, line: &str) -> Looks {
        if line.split_whitespace().nth(1).is_none() {
            return Looks::NOTHING;
        }
        let parts: Vec<&str> = line.split_whitespace().collect();
        if !(2..=MOST_PARTS).contains(&parts.len()) {
            return Looks::NOTHING;
        }
        let asked = Looks::FURNITURE.or(Looks::SECTION);
        let known: Vec<Looks> = parts.iter().map(|part| self.looks_among(part, asked)).collect();
        let others = parts.iter().zip(&known).filter(|(_, looks)| **looks == Looks::NOTHING);
        let short = others.clone().all(|(part, _)| part.chars().count() <= SECTION_NAME);
        let first = known.iter().map(|looks| looks.and(Looks::FURNITURE)).find(|looks| looks.furniture());
        first.filter(|_| short && others.count() * 2 <= parts.len()).unwrap_or_default()
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

    /// True where a line has a word that advertisements have.
    pub fn advertises(&self, line: &str) -> bool {
        self.advertisement.any(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::role::Role;

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
        let round = "[words]\nname = '{names}'";
        let error = Press::with(Language::Chinese, round).unwrap_err().to_string();
        assert!(error.contains("stands for itself"), "{error}");
        for (bad, why) in [("(", "unclosed group"), ("(?:.{1000}){1000}", "size limit")] {
            let error = Press::with(Language::Chinese, &format!("[line]\nbyline = ['{bad}']")).unwrap_err().to_string();
            assert!(error.contains(bad) && error.contains(why), "{error}");
        }
    }
}
