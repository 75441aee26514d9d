//! The answer to a line: the same id, whatever was carried through, and a document or an error.

use super::lines::Line;
use super::record::Record;
use crate::document::Document;
use crate::error::Error;
use crate::guard::guarded;
use crate::options::Options;
use crate::read::Input;
use crate::write;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::ser::Formatter;
use serde_json::value::RawValue;
use std::io;

/// One line of output, line feed included.
#[derive(Debug)]
pub struct Answer {
    /// Its bytes.
    pub line: Vec<u8>,
    /// True where it holds a document, false for an error.
    pub mended: bool,
}

/// Answers a line. Nothing that stands in it can keep an answer from coming.
pub fn answer(
    line: &Line,
    longest: usize,
    options: &Options,
    mend: &(impl Fn(Input, &Options) -> Document + Sync),
) -> Answer {
    let mut record = Record::default();
    let filled = record.fill(line.bytes());
    let filled = match line {
        Line::Whole(_) => filled,
        Line::TooLong(_) => {
            Err(Error::setting(format!("the line is longer than {longest} bytes; --longest-line raises that")))
        }
    };
    let (id, carried) = (record.id, std::mem::take(&mut record.carried));
    let answered = filled.and_then(|()| {
        guarded(|| {
            let mut input = record.read(options)?;
            let warnings = std::mem::take(&mut input.warnings);
            let document = mend(input, options);
            Ok(written(id, &carried, &Said::Document { document: &document, warnings: &warnings }))
        })
    });
    match answered {
        Ok(line) => Answer { line, mended: true },
        Err(error) => Answer { line: written(id, &carried, &Said::Error(&error)), mended: false },
    }
}

enum Said<'a> {
    Document { document: &'a Document, warnings: &'a [String] },
    Error(&'a Error),
}

struct Fields<'a> {
    id: Option<&'a RawValue>,
    carried: &'a [(String, &'a RawValue)],
    said: &'a Said<'a>,
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        for (name, value) in self.carried {
            map.serialize_entry(name, value)?;
        }
        match self.said {
            Said::Document { document, warnings } => {
                map.serialize_entry("document", &write::serializable(document))?;
                if !warnings.is_empty() {
                    map.serialize_entry("warnings", warnings)?;
                }
            }
            Said::Error(error) => map.serialize_entry("error", &error.to_string())?,
        }
        map.end()
    }
}

fn written(id: Option<&RawValue>, carried: &[(String, &RawValue)], said: &Said<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, OneLine);
    Fields { id, carried, said }.serialize(&mut serializer).expect("writing to memory does not fail");
    out.push(b'\n');
    out
}

/// JSON without anything that some reader takes for the end of a line: NEXT LINE, LINE SEPARATOR and
/// PARAGRAPH SEPARATOR are escaped, and a carriage return, which valid JSON has between its tokens
/// alone, is a space.
struct OneLine;

impl Formatter for OneLine {
    fn write_string_fragment<W: io::Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        escaped(fragment, out)
    }
    fn write_raw_fragment<W: io::Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        escaped(fragment, out)
    }
}

fn escaped<W: io::Write + ?Sized>(fragment: &str, out: &mut W) -> io::Result<()> {
    let mut rest = fragment;
    while let Some(at) = rest.find(['\u{85}', '\u{2028}', '\u{2029}', '\r']) {
        out.write_all(&rest.as_bytes()[..at])?;
        let end = rest[at..].chars().next().expect("one was found");
        out.write_all(match end {
            '\u{85}' => b"\\u0085",
            '\u{2028}' => b"\\u2028",
            '\u{2029}' => b"\\u2029",
            _ => b" ",
        })?;
        rest = &rest[at + end.len_utf8()..];
    }
    out.write_all(rest.as_bytes())
}
