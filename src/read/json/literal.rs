//! What Python prints of lists, tuples and dictionaries, as a JSON value.
//!
//! Many scripts save an engine's answer with `print` or `str`: strings in single quotes, tuples,
//! `None`, `nan`, and numbers in the dress of their library (`np.float32(0.98)`,
//! `array([[1, 2]], dtype=int16)`), of which the first argument is the value.

use super::Damage;
use serde_json::{Map, Number, Value};

/// As deep as the JSON reader goes.
const DEEPEST: usize = 128;

/// The value that a text begins with, and its length in bytes.
pub fn value(text: &str) -> Result<(Value, usize), Damage> {
    let mut reader = Reader { text, at: 0 };
    match reader.value(DEEPEST) {
        Ok(value) => Ok((value, reader.at)),
        Err(what) => Err(Damage { byte: reader.at, what: what.to_owned() }),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Takes a mark, if it is the next.
    fn take(&mut self, mark: char) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(mark);
        self.at += if found { mark.len_utf8() } else { 0 };
        found
    }

    /// Takes characters while they are of a kind.
    fn while_are(&mut self, kind: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !kind(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn value(&mut self, depth: usize) -> Result<Value, &'static str> {
        let depth = depth.checked_sub(1).ok_or("nested too deeply")?;
        self.skip_space();
        match self.rest().chars().next() {
            Some('[') => self.list('[', ']', depth),
            Some('(') => self.list('(', ')', depth),
            Some('{') => self.object(depth),
            Some('\'' | '"') => self.strings().map(Value::String),
            Some('0'..='9' | '-' | '+' | '.') => self.number(),
            Some(c) if c.is_alphabetic() || c == '_' => self.named(depth),
            Some(_) => Err("a value was expected"),
            None => Err("it ends in the middle; is the file cut short?"),
        }
    }

    fn list(&mut self, open: char, close: char, depth: usize) -> Result<Value, &'static str> {
        let mut list = Vec::new();
        self.take(open);
        while !self.take(close) {
            list.push(self.value(depth)?);
            if !self.take(',') && !self.rest().starts_with(close) {
                return Err("a comma or the end of the list was expected");
            }
        }
        Ok(Value::Array(list))
    }

    fn object(&mut self, depth: usize) -> Result<Value, &'static str> {
        let mut object = Map::new();
        self.take('{');
        while !self.take('}') {
            let key = match self.value(depth)? {
                Value::String(key) => key,
                other => other.to_string(),
            };
            if !self.take(':') {
                return Err("a colon was expected");
            }
            object.insert(key, self.value(depth)?);
            if !self.take(',') && !self.rest().starts_with('}') {
                return Err("a comma or the end of the dictionary was expected");
            }
        }
        Ok(Value::Object(object))
    }

    /// Strings side by side are one: a long one is printed on several lines.
    fn strings(&mut self) -> Result<String, &'static str> {
        let mut out = String::new();
        while let Some(quote @ ('\'' | '"')) = self.rest().chars().next() {
            self.at += 1;
            loop {
                out.push_str(self.while_are(|c| c != quote && c != '\\' && c != '\n'));
                if self.take_char(quote) {
                    break;
                }
                if !self.take_char('\\') {
                    return Err("the string does not end");
                }
                out.extend(self.escaped()?);
            }
            self.skip_space();
        }
        Ok(out)
    }

    fn take_char(&mut self, c: char) -> bool {
        let found = self.rest().starts_with(c);
        self.at += if found { c.len_utf8() } else { 0 };
        found
    }

    fn escaped(&mut self) -> Result<Option<char>, &'static str> {
        let c = self.rest().chars().next().ok_or("the string does not end")?;
        self.at += c.len_utf8();
        let digits = match c {
            'n' => return Ok(Some('\n')),
            't' => return Ok(Some('\t')),
            'r' => return Ok(Some('\r')),
            // A line break behind a backslash is none.
            '\n' => return Ok(None),
            'x' => 2,
            'u' => 4,
            'U' => 8,
            c => return Ok(Some(c)),
        };
        let code = self.rest().get(..digits).and_then(|d| u32::from_str_radix(d, 16).ok());
        let code = code.ok_or("hexadecimal digits were expected")?;
        self.at += digits;
        Ok(Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)))
    }

    fn number(&mut self) -> Result<Value, &'static str> {
        let start = self.at;
        let digits = self.while_are(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E' | '_'));
        if matches!(digits, "-" | "+") && self.rest().starts_with(['i', 'I', 'n', 'N']) {
            return self.named(1);
        }
        if let Ok(whole) = digits.parse::<i64>() {
            return Ok(whole.into());
        }
        match digits.parse::<f64>() {
            Ok(number) => Ok(Number::from_f64(number).map_or(Value::Null, Value::Number)),
            Err(_) => {
                self.at = start;
                Err("a number was expected")
            }
        }
    }

    /// A constant, or a value in the dress of its library.
    fn named(&mut self, depth: usize) -> Result<Value, &'static str> {
        let start = self.at;
        let name = self.while_are(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
        match name {
            "None" | "null" | "nan" | "NaN" | "inf" | "Infinity" => return Ok(Value::Null),
            "True" | "true" => return Ok(true.into()),
            "False" | "false" => return Ok(false.into()),
            _ => {}
        }
        if !self.take('(') {
            self.at = start;
            return Err("a value was expected");
        }
        let value = self.value(depth)?;
        while self.take(',') && !self.rest().trim_start().starts_with(')') {
            self.skip_space();
            self.while_are(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '=' | '\''));
        }
        if self.take(')') { Ok(value) } else { Err("a closing bracket was expected") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_python_prints_is_read() {
        let read = |text| value(text).map(|(value, length)| (value, text.get(length..).unwrap_or("?")));
        let read = |text: &'static str| read(text).map_err(|d| d.byte);
        let line = "[[1.0, -2e1], ('它\\'s \\u7532\\n', 0.5),] rest";
        assert_eq!(read(line), Ok((json!([[1.0, -20.0], ["它's 甲\n", 0.5]]), " rest")));
        assert_eq!(read("{'a': None, 1: True, 'b': ()}"), Ok((json!({"a": null, "1": true, "b": []}), "")));
        assert_eq!(read("('甲'\n \"乙\")"), Ok((json!(["甲乙"]), "")));
        let dressed = "[np.float32(0.5), array([[1, 2]], dtype=int16), -inf]";
        assert_eq!(read(dressed), Ok((json!([0.5, [[1, 2]], null]), "")));
    }

    #[test]
    fn nonsense_is_refused_where_it_stands() {
        for (text, byte) in
            [("[1, ?", 4), ("['甲", 5), ("[1 2]", 3), ("{'a' 1}", 5), ("['\\u12", 4), ("[--1]", 1), ("[...]", 1)]
        {
            assert_eq!(value(text).map_err(|d| d.byte).unwrap_err(), byte, "{text}");
        }
        assert_eq!(value(&"(".repeat(100_000)).map_err(|d| d.what).unwrap_err(), "nested too deeply");
    }
}
