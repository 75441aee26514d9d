//! Every option of a mending, with its reason.

use crate::error::Error;
use crate::press::Press;
use crate::text::language::Language;
use encoding_rs::Encoding;
use std::sync::Arc;

/// How a document is to be read and mended. The default finds everything out by itself.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The input's format, by its name; `None` finds it out.
    pub from: Option<&'static str>,
    /// The input's encoding; `None` finds it out.
    pub encoding: Option<&'static Encoding>,
    /// The main language; `None` goes by the scripts of the text.
    pub language: Option<Language>,
    /// A user's own newspaper conventions, beside the built-in ones.
    pub conventions: Option<Conventions>,
    /// Keep the spaces, marks and widths of every line as they stand; only wraps are repaired.
    pub keep_characters: bool,
    /// What files state that binds; the rest of what they state is evidence like any other.
    pub trust: Trust,
}

/// What a file states of its structure that is believed whatever the page looks like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Trust {
    /// The reading order of its regions.
    pub order: bool,
    /// What the text of its regions is, and where one ends.
    pub regions: bool,
}

impl Trust {
    /// What may be trusted, by its names.
    pub const NAMES: [&'static str; 2] = ["order", "regions"];

    /// How loudly what a file states of its regions speaks, as a factor of its signals: where it is
    /// trusted nothing outweighs it.
    pub fn loudness(self) -> f32 {
        if self.regions { 20.0 } else { 1.0 }
    }

    /// Trust in what some names stand for.
    ///
    /// # Errors
    /// Where a name is none of [`Trust::NAMES`].
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Trust, Error> {
        let mut trust = Trust::default();
        for name in names {
            match name {
                "order" => trust.order = true,
                "regions" => trust.regions = true,
                _ => {
                    let known = Trust::NAMES.join(" and ");
                    return Err(Error::setting(format!("{name:?} cannot be trusted; {known} can")));
                }
            }
        }
        Ok(trust)
    }
}

impl Options {
    /// The newspaper conventions of a language, with the user's own.
    pub fn press(&self, language: Language) -> Arc<Press> {
        match &self.conventions {
            None => Press::of(language),
            Some(own) => own.0[language as usize].clone(),
        }
    }
}

/// A user's table of newspaper conventions, checked and joined to the built-in ones.
#[derive(Debug, Clone)]
pub struct Conventions([Arc<Press>; 3]);

impl Conventions {
    /// Reads a table in TOML, in the form of the built-in ones.
    ///
    /// # Errors
    /// Where it is no TOML, has an unknown key, or a pattern that is no regular expression.
    pub fn parse(table: &str) -> Result<Conventions, Error> {
        let [zh, ja, ko] = [Language::Chinese, Language::Japanese, Language::Korean];
        Ok(Conventions([Press::with(zh, table)?, Press::with(ja, table)?, Press::with(ko, table)?]))
    }
}
