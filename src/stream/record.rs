//! One line of a stream as it is understood: which page to mend, and what to carry through.

use crate::error::{Error, ErrorKind};
use crate::options::Options;
use crate::read::{self, Input};
use crate::settings;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::HashSet;
use std::path::Path;

/// The fields of a line. Those that are carried through are never parsed further, so that numbers
/// keep their digits and no depth of nesting matters.
#[derive(Debug, Default)]
pub struct Record<'a> {
    /// Any JSON value; it names the answer.
    pub id: Option<&'a RawValue>,
    /// The fields that mean nothing to pagemend, in the order of the line.
    pub carried: Vec<(String, &'a RawValue)>,
    text: Option<String>,
    data: Option<String>,
    path: Option<String>,
    format: Option<String>,
}

/// Fields that an answer adds, so that a line cannot have them.
const ANSWERS: [&str; 3] = ["document", "error", "warnings"];

/// Base64 with or without its padding: both are common.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl<'a> Record<'a> {
    /// Takes the fields out of a line. Where the line is damaged, those before the damage are taken
    /// all the same: an error is of use to the caller where it has its id.
    pub fn fill(&mut self, line: &'a [u8]) -> Result<(), Error> {
        let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
        let (text, damage) = match std::str::from_utf8(line) {
            Ok(text) => (text, None),
            Err(e) => (std::str::from_utf8(&line[..e.valid_up_to()]).unwrap_or_default(), Some(e.valid_up_to())),
        };
        let mut json = serde_json::Deserializer::from_str(text);
        let outcome = Fields(self).deserialize(&mut json).and_then(|()| json.end());
        match (damage, outcome) {
            (Some(at), _) => Err(malformed(at, "these bytes are not UTF-8, which JSON is written in")),
            (None, _) if text.trim_ascii().is_empty() => Err(malformed(0, "the line is blank; expected a JSON object")),
            (None, Err(e)) => Err(malformed(e.column().saturating_sub(1), &without_place(&e))),
            (None, Ok(())) => Ok(()),
        }
    }

    /// Reads the page that the record gives or names.
    pub fn read(self, options: &Options) -> Result<Input, Error> {
        let from = self.format.as_deref().map(settings::format).transpose()?.or(options.from);
        let options = Options { from, ..options.clone() };
        match (self.text, self.data, self.path) {
            (Some(text), None, None) => {
                // JSON has decoded it already.
                let options = Options { encoding: Some(encoding_rs::UTF_8), ..options };
                read::read(text.as_bytes(), None, &options)
            }
            (None, Some(data), None) => read::read(&decoded(data)?, None, &options),
            (None, None, Some(path)) => {
                let path = Path::new(&path);
                read::read(&read::whole(path)?, Some(path), &options)
            }
            (None, None, None) => Err(Error::setting("there is no page here; expected `text`, `data` or `path`")),
            _ => Err(Error::setting("there are several pages here; expected one of `text`, `data` and `path` alone")),
        }
    }
}

/// Bytes from base64, line breaks and spaces in it passed over.
fn decoded(mut data: String) -> Result<Vec<u8>, Error> {
    data.retain(|c| !c.is_ascii_whitespace());
    let bad = |e: base64::DecodeError| {
        let what = e.to_string();
        let what = format!("{}; expected the standard alphabet (A-Z a-z 0-9 + /)", what.trim_end_matches('.'));
        Error::new(ErrorKind::Malformed { format: "base64", place: "`data`".to_owned(), what })
    };
    BASE64.decode(data).map_err(bad)
}

fn malformed(at: usize, what: &str) -> Error {
    Error::new(ErrorKind::Malformed { format: "JSON", place: format!("byte {at}"), what: what.to_owned() })
}

/// The message alone: every record is one line, so the line is always the first.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.clone(), |(what, _)| what.to_owned())
}

/// Fills a record field by field, so that what came before an error stays.
struct Fields<'r, 'a>(&'r mut Record<'a>);

impl<'a> DeserializeSeed<'a> for Fields<'_, 'a> {
    type Value = ();
    fn deserialize<D: Deserializer<'a>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Fields<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<M: MapAccess<'a>>(self, mut fields: M) -> Result<(), M::Error> {
        let record = self.0;
        let mut seen = HashSet::new();
        while let Some(name) = fields.next_key::<String>()? {
            if !seen.insert(name.clone()) {
                return Err(M::Error::custom(format_args!("the field `{name}` stands here twice")));
            }
            match &*name {
                "id" => record.id = Some(fields.next_value()?),
                "text" => record.text = fields.next_value()?,
                "data" => record.data = fields.next_value()?,
                "path" => record.path = fields.next_value()?,
                "format" => record.format = fields.next_value()?,
                name if ANSWERS.contains(&name) => {
                    return Err(M::Error::custom(format_args!("the field `{name}` is the answer's; rename it")));
                }
                _ => {
                    let value = fields.next_value()?;
                    record.carried.push((name, value));
                }
            }
        }
        Ok(())
    }
}
