//! A lax walk over HTML: well nested elements out of whatever a file holds.
//!
//! The tokens are those of the HTML standard, by html5gum, and not an XML reader's: in real hOCR a
//! `<` stands in the text, attributes go unquoted, a document type lacks its closing quotation mark,
//! and an XML reader loses text over each of these. A tree is not built. Two things differ from the
//! standard because much of it is XHTML that was written by XML tools: `/>` ends an element of any
//! name, and a `<title/>` does not begin a text without tags.

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Error, Span, Tokenizer};
use std::borrow::Cow;
use std::convert::Infallible;

/// How deep elements may stand in each other; what is deeper counts as text of the last one.
const DEEPEST: usize = 256;

/// A tag that begins an element, with the attributes that matter here.
#[derive(Default)]
pub struct Tag {
    /// Its name, in lower case.
    pub name: String,
    /// Its `class`.
    pub class: String,
    /// Its `title`.
    pub title: String,
    /// Its `id`.
    pub id: String,
}

/// What is told of a file, in order. Every `open` has its `close`.
pub trait Visit {
    /// An element begins.
    fn open(&mut self, tag: &Tag);
    /// Characters between tags, entities resolved.
    fn text(&mut self, text: &str);
    /// The innermost open element ends.
    fn close(&mut self);
}

/// Walks over a whole file and gives what the user should know of it.
pub fn walk(text: &str, visit: &mut impl Visit) -> Vec<String> {
    let mut walker =
        Walker { visit, tag: Tag::default(), attribute: None, open: Names::default(), hidden: 0, cut: false };
    let Ok(()) = Tokenizer::new_with_emitter(text, CallbackEmitter::new(&mut walker)).finish();
    let cut = walker.cut || walker.open.iter().any(|name| matches!(name, "div" | "span"));
    let deep = walker.open.deepest;
    while walker.open.pop() {
        walker.visit.close();
    }
    let mut warnings = Vec::new();
    if cut {
        warnings.push(format!(
            "byte {}: the file ends inside an element: it was cut off; it was read to there",
            text.len()
        ));
    }
    if deep >= DEEPEST {
        warnings.push(format!(
            "elements stand in each other more than {DEEPEST} deep: of those within, only the text was read"
        ));
    }
    warnings
}

struct Walker<'v, V> {
    visit: &'v mut V,
    tag: Tag,
    /// The attribute whose value comes next.
    attribute: Option<fn(&mut Tag) -> &mut String>,
    open: Names,
    /// Open elements beyond the deepest.
    hidden: usize,
    cut: bool,
}

impl<V: Visit> Callback<Infallible, ()> for &mut Walker<'_, V> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                let Tag { name: ours, class, title, id } = &mut self.tag;
                [&mut *ours, class, title, id].into_iter().for_each(String::clear);
                ours.push_str(&utf8(name));
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute = match name {
                    b"class" => Some(|tag| &mut tag.class),
                    b"title" => Some(|tag| &mut tag.title),
                    b"id" => Some(|tag| &mut tag.id),
                    _ => None,
                };
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(attribute) = self.attribute {
                    attribute(&mut self.tag).push_str(&utf8(value));
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => self.begin(self_closing),
            CallbackEvent::EndTag { name } => self.end(&utf8(name)),
            CallbackEvent::String { value } => self.visit.text(&utf8(value)),
            // HTML knows no such section outside of drawings, XHTML does.
            CallbackEvent::Comment { value } => {
                if let Some(text) = value.strip_prefix(b"[CDATA[").and_then(|v| v.strip_suffix(b"]]")) {
                    self.visit.text(&utf8(text));
                }
            }
            CallbackEvent::Error(Error::EofInTag | Error::EofInComment | Error::EofBeforeTagName) => self.cut = true,
            CallbackEvent::Error(_) | CallbackEvent::Doctype { .. } => {}
        }
        None
    }
}

impl<V: Visit> Walker<'_, V> {
    fn begin(&mut self, self_closing: bool) {
        if self.tag.name == "p"
            && let Some(above) = self.open.position("p")
            && self.open.position("div").is_none_or(|div| above < div)
        {
            self.close(above + 1);
        }
        if is_void(&self.tag.name) || self_closing {
            self.visit.open(&self.tag);
            self.visit.close();
        } else if self.open.push(&self.tag.name) {
            self.visit.open(&self.tag);
        } else {
            self.hidden += 1;
        }
    }

    fn end(&mut self, name: &str) {
        if is_void(name) {
        } else if self.hidden > 0 {
            self.hidden -= 1;
        } else if let Some(above) = self.open.position(name) {
            self.close(above + 1);
        }
    }

    fn close(&mut self, count: usize) {
        for _ in 0..count {
            self.open.pop();
            self.visit.close();
        }
    }
}

fn utf8(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// The names of the open elements, one after the other in one string.
#[derive(Default)]
struct Names {
    text: String,
    starts: Vec<usize>,
    deepest: usize,
}

impl Names {
    /// Adds a name unless there are as many as may be.
    fn push(&mut self, name: &str) -> bool {
        let fits = self.starts.len() < DEEPEST;
        if fits {
            self.starts.push(self.text.len());
            self.text.push_str(name);
        }
        self.deepest = self.deepest.max(self.starts.len() + usize::from(!fits));
        fits
    }

    fn pop(&mut self) -> bool {
        let start = self.starts.pop();
        self.text.truncate(start.unwrap_or(0));
        start.is_some()
    }

    /// The names, the innermost first.
    fn iter(&self) -> impl Iterator<Item = &str> {
        let mut end = self.text.len();
        self.starts.iter().rev().map(move |start| {
            let name = &self.text[*start..end];
            end = *start;
            name
        })
    }

    /// How many elements stand within the innermost one of a name.
    fn position(&self, name: &str) -> Option<usize> {
        self.iter().position(|n| n == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Told(String);

    impl Visit for Told {
        fn open(&mut self, tag: &Tag) {
            self.0 += &format!("({}{}", tag.name, tag.class);
        }
        fn text(&mut self, text: &str) {
            self.0 += text;
        }
        fn close(&mut self) {
            self.0.push(')');
        }
    }

    fn told(text: &str) -> (String, usize) {
        let mut told = Told::default();
        let warnings = walk(text, &mut told);
        (told.0, warnings.len())
    }

    #[test]
    fn soup_is_well_nested() {
        assert_eq!(
            told("<DIV class=.a>1 < 2&nbsp;&amp;<br>3<p>x<p>y</DIV>z</p>"),
            ("(div.a1 < 2\u{a0}&(br)3(px)(py))z".into(), 0)
        );
        assert_eq!(told("<p><span/>x<title/><span class='>'>y</span></p>"), ("(p(span)x(title)(span>y))".into(), 0));
        assert_eq!(told("<p><![CDATA[中文]]></p>"), ("(p中文)".into(), 0));
    }

    #[test]
    fn a_document_type_without_its_end_hides_nothing() {
        assert_eq!(told("<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML\n x.dtd><b>x</b>"), ("(bx)".into(), 0));
    }

    #[test]
    fn a_cut_is_told_and_depth_is_bounded() {
        assert_eq!(told("<div>x"), ("(divx)".into(), 1));
        assert_eq!(told("<p>x<!-- "), ("(px)".into(), 1));
        assert_eq!(told("<p>x<b"), ("(px)".into(), 1));
        let (out, warnings) = told(&("<i>".repeat(10_000) + "x"));
        assert_eq!((out.matches('(').count(), out.contains('x'), warnings), (DEEPEST, true, 1));
    }
}
