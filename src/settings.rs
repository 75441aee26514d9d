//! Options as people write them: in TOML beside a sample, and each value by its name.

use crate::error::Error;
use crate::options::{Conventions, Options, Trust};
use crate::text::language::Language;
use encoding_rs::Encoding;
use serde::Deserialize;

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
