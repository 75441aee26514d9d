//! One lax walk over XML, for every format that is XML.
//!
//! Files of recognised text break their own schemas and often XML itself: they are cut off, name
//! entities of HTML, hold a bare `&` or `<`, close what was never opened. The walk reads on, and
//! what it hands out is well nested all the same: every [`Step::Open`] has its [`Step::Close`].
//! Names are local names, since producers disagree about prefixes and namespaces. Nothing is kept
//! but the names of the elements that are open.

use crate::error::{Error, ErrorKind};
use quick_xml::Reader;
use quick_xml::escape::{resolve_html5_entity, unescape_with};
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;
use std::borrow::Cow;

/// How deep elements may stand in each other. Formats use some ten levels.
const DEEPEST: usize = 256;

/// One step of a walk.
pub enum Step<'w, 'a> {
    /// An element begins.
    Open(Element<'w, 'a>),
    /// Characters between tags, entities resolved. One stretch of text may come in several steps.
    Text(Cow<'a, str>),
    /// The element of this name ends.
    Close(&'a str),
}

/// An element's name and attributes.
#[derive(Clone, Copy)]
pub struct Element<'w, 'a> {
    /// Its local name.
    pub name: &'a str,
    attributes: &'w [(&'a str, &'a str)],
}

impl<'a> Element<'_, 'a> {
    /// The attribute of a local name, as it stands in the file: fit for names and figures.
    pub fn raw(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(n, _)| *n == name).map(|(_, value)| *value)
    }

    /// The attribute of a local name, entities resolved: fit for text.
    pub fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        self.raw(name).map(resolved)
    }

    /// The attribute of a local name as a finite figure.
    pub fn figure(&self, name: &str) -> Option<f32> {
        self.raw(name).and_then(figure)
    }
}

/// A walk over a text.
pub struct Walk<'a> {
    text: &'a str,
    format: &'static str,
    reader: Reader<&'a [u8]>,
    /// Where the reader's part of the text begins.
    base: usize,
    open: Vec<&'a str>,
    /// How many of the innermost open elements are to be closed before reading on.
    closing: usize,
    attributes: Vec<(&'a str, &'a str)>,
    ended: bool,
    warning: Option<String>,
}

impl<'a> Walk<'a> {
    /// A walk from the beginning of `text`; `format` is what errors call it.
    pub fn new(text: &'a str, format: &'static str) -> Walk<'a> {
        Walk {
            text,
            format,
            reader: reader(text),
            base: 0,
            open: Vec::new(),
            closing: 0,
            attributes: Vec::new(),
            ended: false,
            warning: None,
        }
    }

    /// The next step; `None` at the end.
    ///
    /// # Errors
    /// Where elements stand in each other deeper than any format has them.
    pub fn step(&mut self) -> Result<Option<Step<'_, 'a>>, Error> {
        loop {
            if self.closing > 0 {
                self.closing -= 1;
                return Ok(self.open.pop().map(Step::Close));
            }
            if self.ended {
                return Ok(None);
            }
            let start = self.position();
            if is_stray(&self.text.as_bytes()[start..]) {
                self.base = start + 1;
                self.reader = reader(&self.text[self.base..]);
                return Ok(Some(Step::Text("<".into())));
            }
            let event = self.reader.read_event();
            let end = self.position();
            match event {
                Ok(Event::Start(_)) => return self.begin(start + 1, end - 1).map(Some),
                Ok(Event::Empty(_)) => {
                    self.closing = 1;
                    return self.begin(start + 1, end - 2).map(Some);
                }
                Ok(Event::End(_)) => {
                    let name = local_name(&self.text[start + 2..end - 1]);
                    // An end of what is not open says nothing; else it ends what stands within, too.
                    self.closing = self.open.iter().rev().position(|o| *o == name).map_or(0, |i| i + 1);
                }
                Ok(Event::Text(_)) => return Ok(Some(Step::Text(self.text[start..end].into()))),
                Ok(Event::GeneralRef(_)) => return Ok(Some(Step::Text(resolved(&self.text[start..end])))),
                Ok(Event::CData(_)) => {
                    let mark = "<![CDATA[".len();
                    return Ok(Some(Step::Text(self.text[start + mark..end - "]]>".len()].into())));
                }
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
                Ok(Event::Eof) => self.end(None),
                Err(_) => self.end(Some(start)),
            }
        }
    }

    /// What the user should know when the walk is over: that the file was cut off, and where.
    pub fn warning(self) -> Option<String> {
        self.warning
    }

    /// An error about what the walk did not meet.
    pub fn lacks(&self, what: &str) -> Error {
        let place = format!("byte {}", self.position());
        Error::new(ErrorKind::Malformed { format: self.format, place, what: what.to_string() })
    }

    fn position(&self) -> usize {
        self.base + self.reader.buffer_position() as usize
    }

    /// An element whose name and attributes stand at `start..end`.
    fn begin(&mut self, start: usize, end: usize) -> Result<Step<'_, 'a>, Error> {
        if self.open.len() >= DEEPEST {
            return Err(self.lacks("elements stand in each other more than 256 deep, which no writer of it does"));
        }
        let tag = &self.text[start..end];
        let name = local_name(tag);
        let after = tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len());
        self.attributes.clear();
        for attribute in Attributes::html(tag, after).with_checks(false).flatten() {
            if let Cow::Borrowed(value) = attribute.value {
                self.attributes.push((attribute.key.local_name().into_inner(), value));
            }
        }
        self.open.push(name);
        Ok(Step::Open(Element { name, attributes: &self.attributes }))
    }

    /// Ends the walk, if need be inside a tag or comment that begins at `cut`.
    fn end(&mut self, cut: Option<usize>) {
        self.ended = true;
        self.closing = self.open.len();
        self.warning = match (cut, self.open.last()) {
            (Some(byte), _) => Some(format!(
                "byte {byte}: the markup that begins here never ends; what stands before it was read, the rest was not"
            )),
            (None, Some(name)) => Some(format!(
                "byte {}: the file ends inside <{name}>: it was cut off; it was read to there",
                self.text.len()
            )),
            (None, None) => None,
        };
    }
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// True for a `<` that begins no markup, as in `a < b`.
fn is_stray(bytes: &[u8]) -> bool {
    match bytes {
        [b'<', b'!', after, ..] => !matches!(after, b'-' | b'[' | b'D' | b'd'),
        [b'<', after, ..] => {
            !(after.is_ascii_alphabetic() || *after >= 0x80 || matches!(after, b'/' | b'?' | b'_' | b':'))
        }
        _ => false,
    }
}

/// The local name at the beginning of a tag's content.
fn local_name(tag: &str) -> &str {
    let end = tag.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(tag.len());
    let name = &tag[..end];
    name.find(':').map_or(name, |colon| &name[colon + 1..])
}

/// A text with its entities resolved, those of HTML too. What is no entity stays as it is.
fn resolved(raw: &str) -> Cow<'_, str> {
    let Some(first) = raw.find('&') else { return raw.into() };
    let (mut out, mut rest) = (raw[..first].to_string(), &raw[first..]);
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        // No entity's name is longer than this.
        let end = rest.bytes().take(40).position(|b| b == b';').map_or(1, |semicolon| semicolon + 1);
        match unescape_with(&rest[..end], resolve_html5_entity) {
            Ok(text) => out.push_str(&text),
            Err(_) => out.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out.into()
}

/// A finite figure.
pub fn figure(raw: &str) -> Option<f32> {
    raw.trim().parse().ok().filter(|f: &f32| f.is_finite())
}

/// Adds text to a line in the making. A stretch of white space or control characters is the
/// format's spacing and becomes one space, none at the line's beginning.
pub fn push_text(line: &mut String, text: &str) {
    // Most text is free of it; 0xC2 begins the control characters beyond ASCII.
    if text.bytes().all(|b| b > b' ' && b != 0x7f && b != 0xc2) {
        return line.push_str(text);
    }
    for part in text.split_inclusive(|c: char| c.is_ascii_whitespace() || c.is_control()) {
        let end = part.char_indices().next_back().filter(|(_, c)| c.is_ascii_whitespace() || c.is_control());
        line.push_str(&part[..end.map_or(part.len(), |(at, _)| at)]);
        if end.is_some() && !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
}

/// The local name of the first element of a file, by its first characters.
pub fn root(head: &str) -> Option<&str> {
    let mut walk = Walk::new(head, "XML");
    if !head.trim_start().starts_with('<') {
        return None;
    }
    loop {
        match walk.step() {
            Ok(Some(Step::Open(element))) => return Some(element.name),
            Ok(Some(Step::Text(text))) if text.trim().is_empty() => {}
            _ => return None,
        }
    }
}

/// True where a text is markup from its first character on: it declares itself, or its first element
/// is closed at its end. A text that only begins with `<b>` is none.
///
/// `head` is the beginning of the text, long enough for its first element.
pub fn is_markup(head: &str, text: &str) -> bool {
    let declared = head.trim_start().strip_prefix('<').is_some_and(|rest| rest.starts_with(['?', '!']));
    root(head).is_some_and(|name| {
        let closed = text.trim_end().strip_suffix('>').and_then(|text| text.trim_end().strip_suffix(name));
        declared || closed.is_some_and(|text| text.ends_with("</") || text.ends_with(':'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(text: &str) -> (String, Option<String>) {
        let mut walk = Walk::new(text, "XML");
        let mut out = String::new();
        while let Some(step) = walk.step().unwrap() {
            match step {
                Step::Open(e) => {
                    out += &format!("({}{}", e.name, e.text("v").map_or(String::new(), |v| format!("={v}")))
                }
                Step::Text(text) => out += &text,
                Step::Close(_) => out.push(')'),
            }
        }
        (out, walk.warning())
    }

    #[test]
    fn whole_files_are_read_without_a_word() {
        let (out, warning) =
            steps("<?xml version='1.0'?><!-- c --><n:a xmlns:n='x'><b x:v='1 &lt; 2'/>中&amp;文<![CDATA[<]]></n:a>");
        assert_eq!((out.as_str(), warning), ("(a(b=1 < 2)中&文<)", None));
    }

    #[test]
    fn tag_soup_is_well_nested() {
        assert_eq!(steps("<a><b>x</a>y</b></c>").0, "(a(bx))y");
        assert_eq!(steps("<a>1 < 2 & 3&nbsp;&what;&#x4e2d;<!x></a>").0, "(a1 < 2 & 3\u{a0}&what;中<!x>)");
        assert_eq!(steps("<a v=bare w><b v></b>").0, "(a=bare(b=))");
    }

    #[test]
    fn a_cut_is_told() {
        let whole = "<a><b v='1'>中</b><!-- c --></a>";
        for cut in (1..whole.len()).filter(|cut| whole.is_char_boundary(*cut)) {
            let (out, warning) = steps(&whole[..cut]);
            assert!(warning.is_some(), "{cut}");
            assert_eq!(out.matches('(').count(), out.matches(')').count());
        }
    }

    #[test]
    fn nesting_has_an_end() {
        let text = "<a>".repeat(100_000);
        let mut walk = Walk::new(&text, "XML");
        let error = loop {
            if let Err(error) = walk.step() {
                break error.to_string();
            }
        };
        assert!(error.starts_with("byte 771: this is no good XML"), "{error}");
    }

    #[test]
    fn white_space_is_one_space() {
        let mut line = String::new();
        push_text(&mut line, " \n中\t\u{c} 文");
        push_text(&mut line, "\u{3000}x \n");
        push_text(&mut line, " y");
        assert_eq!(line, "中 文\u{3000}x y");
    }

    #[test]
    fn the_first_element_is_found() {
        assert_eq!(root("<?xml?>\n<!DOCTYPE html>\n<!-- -->\n<x:alto a"), None);
        assert_eq!(root("<?xml?>\n<!DOCTYPE html>\n<!-- -->\n<x:alto a='1'>"), Some("alto"));
        assert_eq!(root("會議 <b>"), None);
    }

    #[test]
    fn markup_declares_itself_or_is_closed() {
        let markup =
            ["<!DOCTYPE html><html><p>會議", "<?xml?><a>會議</a>", "<html>\n會議</html>\n", "<t:TEI>會議</t:TEI>"];
        let text = ["會議", "<b>會議</b>強調", "<會議>\n強調", "<!-- 會議", "<a> 會議 <a>", ""];
        for (texts, is) in [(&markup[..], true), (&text[..], false)] {
            for text in texts {
                assert_eq!(is_markup(text, text), is, "{text}");
            }
        }
    }
}
