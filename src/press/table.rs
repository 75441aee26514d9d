//! A table of conventions as it is written: one file per language, beside this one, and a user's own.

use crate::text::language::Language;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A table as it is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Table {
    pub words: BTreeMap<String, String>,
    pub article: ArticlePatterns,
    pub line: LinePatterns,
    pub jump: JumpPatterns,
    pub furniture: FurniturePatterns,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ArticlePatterns {
    pub lead: Vec<String>,
    pub signed: Vec<String>,
    pub signature: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LinePatterns {
    pub byline: Vec<String>,
    pub name: Vec<String>,
    pub dateline: Vec<String>,
    pub wire: Vec<String>,
    pub credit: Vec<String>,
    pub caption: Vec<String>,
    pub jump: Vec<String>,
    pub subheadline: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct JumpPatterns {
    pub out: Vec<String>,
    #[serde(rename = "in")]
    pub into: Vec<String>,
    pub next: Vec<String>,
    pub previous: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FurniturePatterns {
    pub advertisement: Vec<String>,
    pub page: Vec<String>,
    pub section: Vec<String>,
    pub folio: Vec<String>,
    pub masthead: Vec<String>,
    pub editors: Vec<String>,
    pub notice: Vec<String>,
}

impl Table {
    /// The one that is built in for a language.
    pub fn built_in(language: Language) -> Table {
        toml::from_str(Table::text(language).0).expect("the built-in tables are tested")
    }

    /// The file of the one that is built in for a language, and that of what its patterns need.
    pub fn text(language: Language) -> (&'static str, &'static str) {
        match language {
            Language::Chinese => (include_str!("chinese.toml"), include_str!("chinese.needs.json")),
            Language::Japanese => (include_str!("japanese.toml"), include_str!("japanese.needs.json")),
            Language::Korean => (include_str!("korean.toml"), include_str!("korean.needs.json")),
        }
    }
}
