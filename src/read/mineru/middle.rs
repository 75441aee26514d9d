//! `middle.json`: pages of blocks of lines of spans.
//!
//! `para_blocks` has had its paragraphs joined across columns and pages: lines moved into the first
//! block, where their boxes are of another page. `preproc_blocks` has the same lines where they
//! stood, and is taken where it is there.

use super::super::json::{items, number, rect, sure, whole, words};
use super::super::markup;
use super::super::text::TextBuilder;
use super::role;
use crate::geometry::Rect;
use crate::page::{InkKind, Region, Size};
use serde_json::Value;

/// Reads a file, or one page of it.
pub fn middle(value: &Value, out: &mut TextBuilder, warnings: &mut Vec<String>) {
    match &value["pdf_info"] {
        Value::Array(pages) => pages.iter().for_each(|p| page(p, out)),
        Value::Null => page(value, out),
        _ => warnings.push("pdf_info is no list of pages".to_owned()),
    }
}

fn page(value: &Value, out: &mut TextBuilder) {
    let size = &value["page_size"];
    let size = number(&size[0]).zip(number(&size[1]));
    out.page(size.map(|(width, height)| Size { width, height }));
    let placed = items(&value["preproc_blocks"]);
    let blocks = if placed.iter().any(has_text) { placed } else { items(&value["para_blocks"]) };
    // Heads, feet and page numbers stand apart.
    blocks.iter().chain(items(&value["discarded_blocks"])).for_each(|b| block(b, out));
}

fn has_text(block: &Value) -> bool {
    let mut spans = items(&block["lines"]).iter().flat_map(|line| items(&line["spans"]));
    spans.any(|span| !words(&span["content"]).is_empty()) || items(&block["blocks"]).iter().any(has_text)
}

/// A block; pictures and tables hold blocks of their own. (JSON nests only so deep.)
fn block(value: &Value, out: &mut TextBuilder) {
    let kind = words(&value["type"]);
    let inner = items(&value["blocks"]);
    let picture =
        matches!(kind, "image_body" | "chart_body") || (matches!(kind, "image" | "chart") && inner.is_empty());
    if let (true, Some(rect)) = (picture, rect(&value["bbox"])) {
        out.ink(InkKind::Picture, rect);
    }
    let lines = items(&value["lines"]);
    if !picture && !lines.is_empty() {
        let role = role(kind, whole(&value["level"]));
        out.region(Region { rect: rect(&value["bbox"]), role, order: None, article: None });
        lines.iter().for_each(|l| line(l, out));
        out.end_region();
    }
    inner.iter().for_each(|b| block(b, out));
}

fn line(value: &Value, out: &mut TextBuilder) {
    let mut begun = false;
    for span in items(&value["spans"]) {
        let text = words(&span["content"]);
        if !text.is_empty() {
            if !begun {
                out.start_line();
            }
            begun = true;
            out.word(text, place(span), sure(&span["score"]));
        }
        markup::write(words(&span["html"]), None, out);
    }
}

/// Where a span stands on its page.
fn place(span: &Value) -> Option<Rect> {
    let elsewhere = span["cross_page"].as_bool().unwrap_or(false);
    if elsewhere { None } else { rect(&span["bbox"]) }
}
