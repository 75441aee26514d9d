//! Every option of a mending, with its reason.

use crate::error::Error;
use crate::press::Press;
use crate::text::language::Language;
use encoding_rs::Encoding;
use serde::Deserialize;
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

/// Options as they stand in a file beside a sample.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Written {
    from: Option<String>,
    encoding: Option<String>,
    language: Option<String>,
    keep_characters: bool,
    trust: Vec<String>,
    conventions: Option<toml::Table>,
}

impl Options {
    /// Options written in TOML: `from = "alto"`, `encoding = "big5"`, `language = "ja"`, `keep-characters = true`,
    /// `trust = ["order", "regions"]`, and a `[conventions]` table in the form of the built-in ones.
    ///
    /// # Errors
    /// Where the text is no TOML, or a key or value is unknown; the message says which and what
    /// would do.
    pub fn from_toml(text: &str) -> Result<Options, Error> {
        let written: Written = toml::from_str(text).map_err(|e| Error::setting(e.to_string()))?;
        let table = written.conventions.map(|table| table.to_string());
        Ok(Options {
            from: written.from.as_deref().map(format).transpose()?,
            encoding: written.encoding.as_deref().map(encoding).transpose()?,
            language: written.language.as_deref().map(language).transpose()?,
            keep_characters: written.keep_characters,
            trust: Trust::of(written.trust.iter().map(String::as_str))?,
            conventions: table.as_deref().map(Conventions::parse).transpose()?,
        })
    }

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

/// An input format by its name, as [`formats`](crate::read::formats) lists them.
///
/// # Errors
/// Where no format has the name.
pub fn format(name: &str) -> Result<&'static str, Error> {
    crate::read::formats().find(|known| *known == name).ok_or_else(|| {
        let known: Vec<&str> = crate::read::formats().collect();
        Error::setting(format!("no format is called {name:?}; {} are known", known.join(", ")))
    })
}

/// An encoding by any of its names (WHATWG Encoding Standard).
///
/// # Errors
/// Where no encoding has the name.
pub fn encoding(name: &str) -> Result<&'static Encoding, Error> {
    Encoding::for_label(name.as_bytes()).ok_or_else(|| {
        Error::setting(format!(
            "no encoding is called {name:?}; utf-8, utf-16le, utf-16be, gb18030, big5, shift_jis, euc-jp and euc-kr are known"
        ))
    })
}

/// A language by its tag.
///
/// # Errors
/// Where the tag is none of `zh`, `ja`, `ko` (a region or script after it is passed over).
pub fn language(tag: &str) -> Result<Language, Error> {
    match tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "zh" => Ok(Language::Chinese),
        "ja" => Ok(Language::Japanese),
        "ko" => Ok(Language::Korean),
        _ => Err(Error::setting(format!("no language is called {tag:?}; zh, ja and ko are known"))),
    }
}
