//! The JSON that engines write: one value a file, one a line (JSON Lines), or several in a row.
//!
//! Keys come in any order, on one line or many. What Python prints of the same lists (`('text',
//! 0.9)`) is read as well, since that is what many scripts save. Values are taken one after another,
//! so that a file of many pages is never held as a tree; a page that is damaged is left out with a
//! warning where others are whole.

mod literal;
mod pick;
mod sketch;

pub use pick::{either, items, number, rect, slant, sure, whole, words};
pub use sketch::{Sketch, is_json};

use super::Input;
use super::parted;
use super::text::TextBuilder;
use crate::error::{Error, ErrorKind};
use crate::source::File;
use serde_json::Value;

/// Reads a file of JSON values, each of which `translate` writes to the text; it may add warnings.
///
/// # Errors
/// Where no value of the file can be read; the message names line and column.
pub fn read(
    text: &str,
    file: File,
    mut translate: impl FnMut(&Value, &mut TextBuilder, &mut Vec<String>),
) -> Result<Input, Error> {
    let mut out = TextBuilder::default();
    let mut warnings = Vec::new();
    each(text, file.format, |value| match value {
        Ok(value) => translate(&value, &mut out, &mut warnings),
        Err(warning) => warnings.push(warning),
    })?;
    let (source, pages) = out.finish(file)?;
    let (source, pages) = parted::gathered(source, pages)?;
    Ok(Input { source, pages, warnings })
}

/// True where a text is an object, or a list of some length, and nothing else.
pub fn is_value(text: &str) -> bool {
    is_json(text) && line_value(text.trim()).is_ok()
}

/// What is wrong with a value, and at which byte.
struct Damage {
    byte: usize,
    what: String,
}

/// Hands over every value of the text, and a warning for each that is damaged.
fn each(text: &str, format: &'static str, mut take: impl FnMut(Result<Value, String>)) -> Result<(), Error> {
    let (mut at, mut count, mut one_a_line) = (0, 0, true);
    loop {
        let start = text.len() - text[at..].trim_start().len();
        if start == text.len() {
            return Ok(());
        }
        let damage = match value(&text[start..]) {
            Ok((value, length)) => {
                at = start + length;
                count += 1;
                one_a_line &= !text[start..at].contains('\n');
                take(Ok(value));
                continue;
            }
            Err(damage) => Damage { byte: start + damage.byte, ..damage },
        };
        let rest = &text[start..];
        if (count > 0 && one_a_line) || rest.split('\n').skip(1).any(|line| line_value(line).is_ok()) {
            lines(rest, text[..start].matches('\n').count(), take);
            return Ok(());
        }
        let place = place(text, damage.byte);
        if count == 0 {
            return Err(Error::new(ErrorKind::Malformed { format, place, what: damage.what }));
        }
        take(Err(format!("{place}: {}; what stands from there on was left out", damage.what)));
        return Ok(());
    }
}

/// Hands over the values of JSON Lines, of which `before` lines were read already. A line ends at
/// a line feed only: the other line ends may stand inside its strings.
fn lines(text: &str, before: usize, mut take: impl FnMut(Result<Value, String>)) {
    for (n, line) in text.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        take(line_value(line).map_err(|damage| {
            let column = line[..damage.byte].chars().count() + 1;
            format!("line {}, column {column}: {}; this line was left out", before + n + 1, damage.what)
        }));
    }
}

/// The list or object that stands alone on a line, from its beginning.
fn line_value(line: &str) -> Result<Value, Damage> {
    let wrong = |byte, what: &str| Damage { byte, what: what.to_owned() };
    if !line.starts_with(['{', '[', '(']) {
        return Err(wrong(0, "an object or a list was expected"));
    }
    let (value, length) = value(line)?;
    match &value {
        _ if !line[length..].trim().is_empty() => Err(wrong(length, "the end of the line was expected")),
        Value::Array(list) if list.is_empty() => Err(wrong(0, "the list is empty")),
        Value::Object(object) if object.is_empty() => Err(wrong(0, "the object is empty")),
        _ => Ok(value),
    }
}

/// The value that a text begins with, and its length in bytes: JSON, or what Python prints.
fn value(text: &str) -> Result<(Value, usize), Damage> {
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let error = match stream.next() {
        Some(Ok(value)) => return Ok((value, stream.byte_offset())),
        Some(Err(error)) => error,
        None => return Err(Damage { byte: 0, what: "nothing stands here".to_owned() }),
    };
    let json = damage(text, &error);
    // The reading that came further is what was meant.
    literal::value(text).map_err(|python| if python.byte > json.byte { python } else { json })
}

fn damage(text: &str, error: &serde_json::Error) -> Damage {
    let line: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let byte = text.floor_char_boundary((line + error.column().saturating_sub(1)).min(text.len()));
    if error.is_eof() {
        return Damage { byte: text.len(), what: "it ends in the middle; is the file cut short?".to_owned() };
    }
    let what = error.to_string();
    let what = what.rsplit_once(" at line ").map_or(what.as_str(), |(what, _)| what).to_owned();
    Damage { byte, what }
}

/// A place as a person would name it.
fn place(text: &str, byte: usize) -> String {
    let before = &text[..byte];
    let line = before.rfind('\n').map_or(0, |n| n + 1);
    format!("line {}, column {}", before.matches('\n').count() + 1, before[line..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Result<(Vec<String>, Vec<String>), String> {
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        let done = each(text, "test", |value| match value {
            Ok(value) => good.push(value.to_string()),
            Err(warning) => bad.push(warning),
        });
        done.map(|()| (good, bad)).map_err(|e| e.to_string())
    }

    #[test]
    fn one_value_or_several_in_any_dress() {
        let pretty = "{\n  \"a\": [\n    1\n  ]\n}\n";
        assert_eq!(values(pretty).unwrap().0, [r#"{"a":[1]}"#]);
        assert_eq!(values(&pretty.repeat(2)).unwrap().0.len(), 2);
        assert_eq!(
            values("{\"a\":1}\r\n\n[\"\u{2028}\"]\n").unwrap(),
            (vec![r#"{"a":1}"#.into(), "[\"\u{2028}\"]".into()], vec![])
        );
        assert_eq!(
            values("[('甲', 0.5, None)]\n[('乙', 1, [nan])]").unwrap().0,
            [r#"[["甲",0.5,null]]"#, r#"[["乙",1,[null]]]"#]
        );
    }

    #[test]
    fn a_bad_line_costs_that_line_only() {
        for bad in ["{\"a\":", "{\"甲\":1,x", "nonsense", "{\"a\":["] {
            let (good, warnings) = values(&format!("{{\"a\":1}}\n{bad}\n{{\"a\":2}}\n")).unwrap();
            assert_eq!(good, [r#"{"a":1}"#, r#"{"a":2}"#], "{bad}");
            assert!(warnings.len() == 1 && warnings[0].starts_with("line 2, column "), "{warnings:?}");
        }
        let (good, warnings) = values("{\"a\":\n{\"a\":2}\n{\"a\":3").unwrap();
        assert_eq!((good.len(), warnings.len()), (1, 2), "{warnings:?}");
        assert!(warnings[1].starts_with("line 3, column 7: it ends in the middle"), "{warnings:?}");
    }

    #[test]
    fn damage_names_line_and_column() {
        let cut = values("{\n  \"data\": [\n    {\"text\": \"甲").unwrap_err();
        assert!(cut.starts_with("line 3, column 16: ") && cut.contains("cut short"), "{cut}");
        let wrong = values("{\n  \"甲\": ?\n}").unwrap_err();
        assert!(wrong.starts_with("line 2, column 8: "), "{wrong}");
        let deep = values(&"[".repeat(100_000)).unwrap_err();
        assert!(deep.contains("line 1, column "), "{deep}");
        let python = values("[('甲', 0.5), ('乙', ?)]").unwrap_err();
        assert!(python.starts_with("line 1, column 20: "), "{python}");
        let (good, bad) = values("{\n\"a\": 1\n}\n{\n\"a\": x\n}").unwrap();
        assert_eq!((good.len(), bad.len()), (1, 1), "{bad:?}");
    }
}
