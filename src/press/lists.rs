//! The patterns of some tables, list by list, and what each says of a line that it matches: all that there is to know
//! of them before the first line asks.

use super::Press;
use super::jump::{Jumps, Unready, Way};
use super::looks::Looks;
use super::need::Need;
use super::patterns::Patterns;
use super::table::{ArticlePatterns, FurniturePatterns, JumpPatterns, LinePatterns, Table};
use super::written::{Words, Written};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All patterns of some tables.
pub struct Lists {
    words: Arc<Words>,
    /// Says what is wrong with a pattern.
    check: fn(&str, &Arc<Words>) -> Result<(), String>,
    lines: Vec<Written>,
    says: Vec<Looks>,
    signed: Vec<Written>,
    signature: Vec<Written>,
    jumps: Unready,
}

impl Lists {
    /// Those of a built-in table, which are known to be written well. They are not parsed before a line asks, where
    /// `needs` says what each of [`all`](Lists::all) needs.
    pub fn tested(table: &Table, needs: impl Iterator<Item = Need>) -> Lists {
        let words = Words::tested(&words(&[table]));
        let lists = Lists::with(words, |lists| lists.add(table)).expect("the built-in tables are tested");
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
        Lists::with(Words::of(&words(&[built_in, own]))?, |lists| {
            lists.add(built_in)?;
            lists.check = fits;
            lists.add(own)
        })
    }

    fn with(words: Words, add: impl FnOnce(&mut Lists) -> Result<(), String>) -> Result<Lists, String> {
        let mut lists = Lists {
            words: Arc::new(words),
            check: |_, _| Ok(()),
            lines: Vec::new(),
            says: Vec::new(),
            signed: Vec::new(),
            signature: Vec::new(),
            jumps: Unready::default(),
        };
        add(&mut lists)?;
        Ok(lists)
    }

    fn add(&mut self, table: &Table) -> Result<(), String> {
        let ArticlePatterns { lead, signed, signature } = &table.article;
        let LinePatterns { byline, name, dateline, wire, credit, caption, jump, subheadline } = &table.line;
        let JumpPatterns { out, into, next, previous } = &table.jump;
        let FurniturePatterns { page, section, folio, masthead, editors, notice } = &table.furniture;

        self.add_lines(Looks::LEAD, lead, str::to_owned)?;
        self.add_lines(Looks::CAPTION, caption, str::to_owned)?;
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
            self.add_lines(looks, list, |pattern| format!("(?:{pattern})$"))?;
        }
        for (way, neighbour, list) in
            [(Way::Out, false, out), (Way::In, false, into), (Way::Out, true, next), (Way::In, true, previous)]
        {
            self.add_lines(Looks::JUMP, list, Jumps::whole)?;
            for pattern in list {
                self.jumps.add(way, neighbour, pattern, &self.words)?;
            }
        }
        for pattern in page {
            (self.check)(pattern, &self.words)?;
            self.jumps.add_label(pattern, &self.words)?;
        }
        for (list, patterns) in [(&mut self.signed, signed), (&mut self.signature, signature)] {
            for pattern in patterns {
                (self.check)(pattern, &self.words)?;
                list.push(self.words.pattern(pattern)?);
            }
        }
        Ok(())
    }

    /// Adds patterns that match at a line's beginning, once they are put into their surroundings.
    fn add_lines(&mut self, looks: Looks, list: &[String], within: impl Fn(&str) -> String) -> Result<(), String> {
        for pattern in list {
            (self.check)(pattern, &self.words)?;
            self.lines.push(self.words.pattern(&within(pattern))?);
            self.says.push(looks);
        }
        Ok(())
    }

    /// All patterns whose needs are asked for, always in the same order.
    pub fn all(&self) -> impl Iterator<Item = &Written> {
        self.lines.iter().chain(&self.signed).chain(&self.signature).chain(self.jumps.patterns())
    }

    /// The same, ready to be asked.
    pub fn ready(self) -> Press {
        Press {
            lines: Patterns::at_start(self.lines),
            says: self.says,
            signed: Patterns::at_start(self.signed),
            signature: Patterns::anywhere(self.signature),
            jumps: self.jumps.ready(),
        }
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
