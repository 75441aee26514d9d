//! The patterns of some tables, list by list, and what each says of a line that it matches: all that there is to know
//! of them before the first line asks.

use super::jump::{Jumps, Unready, Way};
use super::looks::Looks;
use super::need::Need;
use super::table::{ArticlePatterns, FurniturePatterns, JumpPatterns, LinePatterns, Table};
use super::written::{Words, Written};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All patterns of some tables.
pub struct Lists {
    words: Arc<Words>,
    /// Those that match at a line's beginning, and what each of them says.
    pub lines: Vec<Written>,
    pub says: Vec<Looks>,
    pub signed: Vec<Written>,
    pub signature: Vec<Written>,
    pub advertisement: Vec<Written>,
    pub jumps: Unready,
}

/// Says what is wrong with a pattern.
type Check = fn(&str, &Arc<Words>) -> Result<(), String>;

/// The built-in patterns are tested.
const TESTED: Check = |_, _| Ok(());

impl Lists {
    /// Those of a built-in table, which are known to be written well. They are not parsed before a line asks, where
    /// `needs` says what each of [`all`](Lists::all) needs.
    pub fn tested(table: &Table, needs: impl Iterator<Item = Need>) -> Lists {
        let mut lists = Lists::with(Words::tested(&words(&[table])));
        lists.add(table, TESTED).expect("the built-in tables are tested");
        for (pattern, need) in lists.all().zip(needs) {
            pattern.is_known_to(need);
        }
        lists
    }

    /// Those of a built-in table and of a user's own.
    ///
    /// # Errors
    /// Where a word or a pattern of the user's is no regular expression, is too large, or uses a word that there is
    /// not; the message names it.
    pub fn of(built_in: &Table, own: &Table) -> Result<Lists, String> {
        let mut lists = Lists::with(Words::of(&words(&[built_in, own]))?);
        lists.add(built_in, TESTED)?;
        lists.add(own, fits)?;
        Ok(lists)
    }

    /// None yet, of these words.
    fn with(words: Words) -> Lists {
        Lists {
            words: Arc::new(words),
            lines: Vec::new(),
            says: Vec::new(),
            signed: Vec::new(),
            signature: Vec::new(),
            advertisement: Vec::new(),
            jumps: Unready::default(),
        }
    }

    fn add(&mut self, table: &Table, check: Check) -> Result<(), String> {
        let ArticlePatterns { lead, signed, signature } = &table.article;
        let LinePatterns { byline, name, dateline, wire, credit, caption, jump, subheadline } = &table.line;
        let JumpPatterns { out, into, next, previous } = &table.jump;
        let FurniturePatterns { advertisement, page, section, folio, masthead, editors, notice } = &table.furniture;

        self.add_lines(check, Looks::LEAD, lead, str::to_owned)?;
        self.add_lines(check, Looks::CAPTION, caption, str::to_owned)?;
        for (looks, list) in [
            (Looks::SUBHEADLINE, subheadline),
            (Looks::NAME, name),
            (Looks::WIRE, wire),
            (Looks::BYLINE, byline),
            (Looks::DATELINE, dateline),
            (Looks::CREDIT, credit),
            (Looks::JUMP, jump),
            (Looks::SECTION, section),
            (Looks::FOLIO, folio),
            (Looks::MASTHEAD, masthead),
            (Looks::EDITORS, editors),
            (Looks::NOTICE, notice),
        ] {
            self.add_lines(check, looks, list, |pattern| format!("(?:{pattern})$"))?;
        }
        for (way, neighbour, list) in
            [(Way::Out, false, out), (Way::In, false, into), (Way::Out, true, next), (Way::In, true, previous)]
        {
            self.add_lines(check, Looks::JUMP, list, Jumps::whole)?;
            for pattern in list {
                self.jumps.add(way, neighbour, pattern, &self.words)?;
            }
        }
        for pattern in page {
            check(pattern, &self.words)?;
            self.jumps.add_label(pattern, &self.words)?;
        }
        for (list, patterns) in
            [(&mut self.signed, signed), (&mut self.signature, signature), (&mut self.advertisement, advertisement)]
        {
            for pattern in patterns {
                check(pattern, &self.words)?;
                list.push(self.words.pattern(pattern)?);
            }
        }
        Ok(())
    }

    /// Adds patterns that match at a line's beginning, once they are put into their surroundings.
    fn add_lines(
        &mut self,
        check: Check,
        looks: Looks,
        list: &[String],
        within: impl Fn(&str) -> String,
    ) -> Result<(), String> {
        for pattern in list {
            check(pattern, &self.words)?;
            self.lines.push(self.words.pattern(&within(pattern))?);
            self.says.push(looks);
        }
        Ok(())
    }

    /// All patterns whose needs are asked for, always in the same order.
    pub fn all(&self) -> impl Iterator<Item = &Written> {
        let anywhere = self.signature.iter().chain(&self.advertisement);
        self.lines.iter().chain(&self.signed).chain(anywhere).chain(self.jumps.patterns())
    }
}

/// The words of some tables. Those of a later one overrule those of an earlier.
fn words<'a>(tables: &[&'a Table]) -> BTreeMap<&'a str, &'a str> {
    tables.iter().flat_map(|table| table.words.iter().map(|(name, word)| (name.as_str(), word.as_str()))).collect()
}

/// An error where a pattern is no regular expression by itself, or one too large.
fn fits(pattern: &str, words: &Arc<Words>) -> Result<(), String> {
    let full = words.pattern(pattern)?.in_full().to_string();
    Regex::new(&full).map(|_| ()).map_err(|why| format!("{pattern:?}: {why}"))
}
