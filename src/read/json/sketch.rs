//! The outline of a JSON file, by which its family is told: the keys that occur in it and how its
//! brackets nest, from its beginning as far as one looks.

/// True where a text begins as JSON, or a Python list, does.
pub fn is_json(head: &str) -> bool {
    head.trim_start().starts_with(['{', '[', '('])
}

/// An outline.
pub struct Sketch<'a> {
    keys: Vec<&'a str>,
    /// Brackets, `k` for a key, `s` for another string, `n` for a number or constant.
    shape: String,
}

impl<'a> Sketch<'a> {
    /// The outline of a text that begins as JSON, or a Python list, does; it may end anywhere.
    pub fn of(head: &'a str) -> Option<Sketch<'a>> {
        if !is_json(head) {
            return None;
        }
        let mut rest = head;
        let mut sketch = Sketch { keys: Vec::new(), shape: String::new() };
        while let Some(c) = rest.chars().next() {
            rest = match c {
                '"' | '\'' => sketch.string(rest, c),
                '{' | '[' | '(' | '}' | ']' | ')' => {
                    sketch.shape.push(match c {
                        '(' => '[',
                        ')' => ']',
                        c => c,
                    });
                    &rest[1..]
                }
                c if c.is_alphanumeric() || matches!(c, '-' | '+' | '.' | '_') => {
                    sketch.shape.push('n');
                    rest.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '-' | '+' | '.' | '_'))
                }
                _ => &rest[c.len_utf8()..],
            };
        }
        Some(sketch)
    }

    /// Takes the string that `rest` begins with; what is left.
    fn string(&mut self, rest: &'a str, quote: char) -> &'a str {
        let inner = &rest[1..];
        let mut escaped = false;
        let end = inner.find(|c| {
            let ends = c == quote && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        let Some(end) = end else {
            self.shape.push('s');
            return "";
        };
        let behind = &inner[end + 1..];
        if behind.trim_start().starts_with(':') {
            self.keys.push(&inner[..end]);
            self.shape.push('k');
        } else {
            self.shape.push('s');
        }
        behind
    }

    /// True where one of these keys occurs.
    pub fn has_any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.keys.contains(key))
    }

    /// True where all of these keys occur.
    pub fn has_all(&self, keys: &[&str]) -> bool {
        keys.iter().all(|key| self.keys.contains(key))
    }

    /// True where there are no keys at all.
    pub fn has_lists_only(&self) -> bool {
        self.keys.is_empty()
    }

    /// How its brackets nest: `[`, `]`, `{`, `}`, `k` for a key, `s` for another string, `n` for a
    /// number or constant; tuples count as lists.
    pub fn shape(&self) -> &str {
        &self.shape
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_brackets_are_seen() {
        let sketch = Sketch::of(" {\n \"a\\\"b\" : [1.5, null],\"c\":\"d: e\", \"f").unwrap();
        assert!(sketch.has_all(&["a\\\"b", "c"]) && !sketch.has_any(&["d", "f"]));
        assert_eq!(sketch.shape(), "{k[nn]kss");
        let python = Sketch::of("[[[1, -2.0]], ('it\\'s', 0.5)]").unwrap();
        assert_eq!((python.shape(), python.has_lists_only()), ("[[[nn]][sn]]", true));
        assert!(Sketch::of("会议").is_none() && Sketch::of("").is_none());
    }
}
