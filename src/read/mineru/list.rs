//! `content_list.json`: a flat list of blocks that name their page, and in its second version a
//! list of blocks a page. Boxes are thousandths of the page's width and height.

use super::super::json::{items, rect, whole, words};
use super::super::markup;
use super::super::text::TextBuilder;
use super::role;
use crate::page::{InkKind, Region};
use serde_json::Value;

/// A page that is so many behind the one before is taken for the next: the number is nonsense.
const FARTHEST: u64 = 10_000;

/// Reads a list in its first version.
pub fn list(blocks: &[Value], out: &mut TextBuilder) {
    for block in blocks {
        let number = whole(&block["page_idx"]).unwrap_or(0);
        let number = if number > out.pages() as u64 + FARTHEST { out.pages() as u64 } else { number };
        while out.pages() as u64 <= number {
            out.page(None);
        }
        let kind = words(&block["type"]);
        ink(kind, block, out);
        for (key, value) in PARTS.iter().map(|key| (*key, &block[*key])) {
            let kind = match key {
                // A text with a level is a title.
                "text" if !block["text_level"].is_null() => "title",
                "text" | "code_body" | "content" => kind,
                "list_items" => "list",
                key => key,
            };
            let texts = if value.is_string() { std::slice::from_ref(value) } else { items(value) };
            let mut texts = texts.iter().map(words).filter(|text| !text.trim().is_empty()).peekable();
            if texts.peek().is_some() {
                out.region(region(kind, block, whole(&block["text_level"])));
                texts.for_each(|text| markup::write(text, None, out));
            }
        }
    }
}

/// Where the text of a block stands, in the order of the page.
const PARTS: &[&str] = &[
    "table_caption",
    "text",
    "list_items",
    "code_caption",
    "code_body",
    "table_body",
    "table_footnote",
    "image_caption",
    "img_caption",
    "chart_caption",
    "image_footnote",
    "img_footnote",
    "chart_footnote",
];

/// Reads a list in its second version.
pub fn pages(pages: &[Value], out: &mut TextBuilder) {
    for page in pages {
        out.page(None);
        for block in items(page) {
            let kind = words(&block["type"]);
            ink(kind, block, out);
            let content = &block["content"];
            for (key, value) in content.as_object().into_iter().flatten() {
                let kind = if key.ends_with("_caption") || key.ends_with("_footnote") { key } else { kind };
                let region = region(kind, block, whole(&content["level"]));
                match value {
                    Value::String(text) if matches!(key.as_str(), "html" | "math_content" | "code_content") => {
                        out.region(region);
                        markup::write(text, None, out);
                    }
                    Value::Array(spans) => {
                        out.region(region);
                        paragraph(spans, out);
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Spans side by side, or the items of a list with spans of their own.
fn paragraph(spans: &[Value], out: &mut TextBuilder) {
    let mut begun = false;
    for span in spans {
        let text = words(&span["content"]);
        if !text.trim().is_empty() {
            if !begun {
                out.start_line();
            }
            begun = true;
            out.word(text, None, None);
        }
        let inner = items(&span["item_content"]);
        if !inner.is_empty() {
            begun = false;
            paragraph(inner, out);
        }
    }
}

fn ink(kind: &str, block: &Value, out: &mut TextBuilder) {
    if let (true, Some(rect)) = (matches!(kind, "image" | "chart"), rect(&block["bbox"])) {
        out.ink(InkKind::Picture, rect);
    }
}

/// A caption has no box: the block's is the picture's.
fn region(kind: &str, block: &Value, level: Option<u64>) -> Region {
    let apart = kind.ends_with("caption") || kind.ends_with("footnote");
    let rect = rect(&block["bbox"]).filter(|_| !apart || words(&block["type"]) == kind);
    Region { rect, role: role(kind, level), order: None, article: None }
}
