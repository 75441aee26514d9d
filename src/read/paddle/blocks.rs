//! PP-StructureV3 and PaddleOCR-VL: `parsing_res_list`, a list of blocks with label, box, text and
//! place in the reading order; the older PP-Structure, `[{"type","bbox","res"}]`, likewise.
//!
//! PP-StructureV3 also has the recognised lines (`overall_ocr_res`): they are the text then, and
//! the blocks the regions they stand in, since a block's own text has lost its line ends (and, in
//! Korean, the spaces there). PaddleOCR-VL has blocks alone. Their text has no lines, so their box is
//! their region's and not their text's: it tells where a block stands, but neither how large its
//! type is nor how it runs.

use super::super::json::{either, items, number, rect, sure, whole, words};
use super::super::markup;
use super::super::text::TextBuilder;
use super::super::within::within;
use super::{Entry, Lines};
use crate::geometry::Rect;
use crate::page::{InkKind, Region, Size};
use crate::role::Role;
use serde_json::Value;

/// Reads a page of blocks.
pub fn blocks(page: &Value, out: &mut TextBuilder, warnings: &mut Vec<String>) {
    let size = number(&page["width"]).zip(number(&page["height"]));
    out.page(size.map(|(width, height)| Size { width, height }));
    let blocks: Vec<Block> = items(&page["parsing_res_list"]).iter().map(Block::of).collect();
    for (kind, rect) in blocks.iter().filter_map(|b| Some((b.ink()?, b.rect?))) {
        out.ink(kind, rect);
    }
    let mut lines = Vec::new();
    let read = &page["overall_ocr_res"];
    if !items(&read["rec_texts"]).is_empty() {
        Lines::of(read, out.pages(), warnings).each(|line| lines.push(line));
    }
    let rects = |n: usize| blocks.get(n).and_then(|b| b.rect);
    let places: Vec<Option<Rect>> = (0..blocks.len()).map(rects).collect();
    let (inside, outside) = within(&places, &lines.iter().map(|l| l.rect).collect::<Vec<_>>());
    for (block, inside) in blocks.iter().zip(inside) {
        if inside.is_empty() && block.text.trim().is_empty() {
            continue;
        }
        out.region(block.region());
        for line in inside.iter().map(|n| lines[*n]) {
            line.write(out);
        }
        if inside.is_empty() {
            // A formula or a seal is read by a model of its own, and is no line of the others.
            markup::write(block.text, if lines.is_empty() { None } else { block.rect }, out);
        }
    }
    out.end_region();
    for line in outside.iter().map(|n| lines[*n]) {
        line.write(out);
    }
}

struct Block<'a> {
    label: &'a str,
    text: &'a str,
    rect: Option<Rect>,
    order: Option<u32>,
}

impl<'a> Block<'a> {
    fn of(value: &'a Value) -> Block<'a> {
        let label = words(either(value, &["block_label", "label", "type"]));
        let text = words(either(value, &["block_content", "content"]));
        // A title that is formatted is one of Markdown.
        let text = if label.ends_with("title") { text.trim_start_matches('#').trim_start() } else { text };
        Block {
            label,
            text,
            rect: rect(either(value, &["block_bbox", "bbox"])),
            // Null for what stands beside the text: that is no place at its end.
            order: whole(&value["block_order"]).and_then(|n| u32::try_from(n).ok()),
        }
    }

    fn region(&self) -> Region {
        Region { rect: self.rect, role: role(self.label), order: self.order, article: None }
    }

    fn ink(&self) -> Option<InkKind> {
        let picture = matches!(self.label, "image" | "figure" | "chart" | "seal" | "header_image" | "footer_image");
        picture.then_some(InkKind::Picture)
    }
}

/// The labels of all its layout models. `text` is what a model calls what is no title: body text and
/// everything like it.
fn role(label: &str) -> Option<Role> {
    Some(match label {
        "doc_title" | "title" => Role::Headline,
        "paragraph_title" => Role::Subheading,
        "text" | "vertical_text" | "abstract" => Role::Paragraph,
        "figure_title"
        | "table_title"
        | "chart_title"
        | "figure_table_chart_title"
        | "figure_caption"
        | "table_caption" => Role::Caption,
        "footnote" | "vision_footnote" => Role::Footnote,
        "list" => Role::List,
        "table" => Role::Table,
        "header" => Role::RunningHead,
        "number" => Role::PageNumber,
        "footer" | "aside_text" => Role::Other,
        _ => return None,
    })
}

/// True where an item is a block of the older PP-Structure.
pub fn is_older(value: &Value) -> bool {
    value["type"].is_string() && value["bbox"].is_array()
}

/// Reads a page of the older PP-Structure, whose blocks hold their lines, or a table's markup.
pub fn older(list: &[Value], out: &mut TextBuilder) {
    out.page(None);
    for value in list {
        let block = Block::of(value);
        if let Some((kind, rect)) = block.ink().zip(block.rect) {
            out.ink(kind, rect);
        }
        out.region(block.region());
        for line in items(&value["res"]) {
            Entry::at(words(&line["text"]), &line["text_region"], sure(&line["confidence"])).write(out);
        }
        markup::write(words(&value["res"]["html"]), None, out);
    }
}
