//! Document AI: one text for the whole document, and pages of lines that point into it.
//!
//! Offsets count code points; those of a document in several shards count from the beginning of
//! their own shard's text. A page's `lines` are taken; where it has none, its paragraphs, blocks or
//! tokens. The layout parser's answer is another: a tree of blocks without any boxes.

use super::super::Input;
use super::super::json::{self, Sketch, either, items, whole, words};
use super::super::text::TextBuilder;
use super::{polygon, size, sure};
use crate::error::Error;
use crate::page::Region;
use crate::role::Role;
use crate::source::File;
use serde_json::Value;
use std::ops::Range;

const LAYOUT: &[&str] = &["documentLayout", "document_layout"];

/// True where the text begins as an answer of Document AI does.
pub fn is_document(head: &str) -> bool {
    Sketch::of(head).is_some_and(|s| {
        let keys = ["textAnchor", "text_anchor", "textSegments", "text_segments", "shardInfo", "shard_info"];
        s.has_any(&keys) || s.has_any(LAYOUT) || (s.has_all(&["pages", "text"]) && s.has_any(&["layout", "mimeType"]))
    })
}

/// Reads a document, one shard or several.
///
/// # Errors
/// Where the text is no such JSON; the message names line and column.
pub fn document(text: &str, file: File) -> Result<Input, Error> {
    json::read(text, file, |value, out, warnings| {
        let inner = &value["document"];
        let value = if inner.is_object() { inner } else { value };
        let layout = either(value, LAYOUT);
        if layout.is_object() {
            tree(items(&layout["blocks"]), out);
            return;
        }
        let text = Text::of(words(&value["text"]));
        let mut taken = Taken::default();
        items(&value["pages"]).iter().for_each(|p| page(p, &text, &mut taken, out));
        let left = text.visible().saturating_sub(taken.visible);
        if left > 0 {
            warnings.push(format!("{left} characters of the text stand on no page and were left out"));
        }
    })
}

/// A text whose code points can be found.
struct Text<'a> {
    text: &'a str,
    /// The byte at which each code point begins.
    starts: Vec<u32>,
}

impl<'a> Text<'a> {
    fn of(text: &'a str) -> Text<'a> {
        Text { text, starts: text.char_indices().map(|(byte, _)| byte as u32).collect() }
    }

    fn get(&self, range: Range<usize>) -> &'a str {
        let byte = |n: usize| self.starts.get(n).map_or(self.text.len(), |byte| *byte as usize);
        &self.text[byte(range.start)..byte(range.end).max(byte(range.start))]
    }

    fn visible(&self) -> usize {
        visible(self.text)
    }
}

fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// How much of the text was taken.
#[derive(Default)]
struct Taken {
    visible: usize,
}

/// The stretches of text that a layout points at, in code points.
fn segments(layout: &Value) -> impl Iterator<Item = Range<usize>> {
    let anchor = either(layout, &["textAnchor", "text_anchor"]);
    let segments = items(either(anchor, &["textSegments", "text_segments"]));
    segments.iter().map(|segment| {
        let at = |keys: &[&str]| whole(either(segment, keys)).unwrap_or(0) as usize;
        at(&["startIndex", "start_index"])..at(&["endIndex", "end_index"])
    })
}

fn page(value: &Value, text: &Text, taken: &mut Taken, out: &mut TextBuilder) {
    let size = size(&value["dimension"]).or_else(|| size(&value["image"]));
    out.page(size);
    let levels = ["lines", "paragraphs", "blocks", "tokens"].map(|level| items(&value[level]));
    let lines = levels.into_iter().find(|list| !list.is_empty());
    // A page without parts has its text at least.
    let lines = lines.unwrap_or(std::slice::from_ref(value));
    let located = !std::ptr::eq(lines.as_ptr(), value);
    let blocks = Blocks::of(items(&value["blocks"]));
    let mut inside = None;
    for layout in lines.iter().map(|line| &line["layout"]) {
        let rect = polygon(either(layout, &["boundingPoly", "bounding_poly"]), size).filter(|_| located);
        let block = segments(layout).next().and_then(|s| blocks.about(s.start));
        if block != inside {
            match block {
                Some(block) => out.region(Region {
                    rect: polygon(either(blocks.layout(block), &["boundingPoly", "bounding_poly"]), size),
                    ..Region::default()
                }),
                None => out.end_region(),
            }
            inside = block;
        }
        let words: String = segments(layout).map(|s| text.get(s)).collect();
        taken.visible += visible(&words);
        for line in words.lines() {
            out.line(line, rect, sure(&layout["confidence"]));
        }
    }
}

/// The blocks of a page by the place of their text.
struct Blocks<'a> {
    list: &'a [Value],
    /// Begin, end and block, in order.
    stretches: Vec<(usize, usize, usize)>,
}

impl<'a> Blocks<'a> {
    fn of(list: &'a [Value]) -> Blocks<'a> {
        let stretches = list.iter().enumerate();
        let stretches = stretches.flat_map(|(n, b)| segments(&b["layout"]).map(move |s| (s.start, s.end, n)));
        let mut stretches: Vec<_> = stretches.collect();
        stretches.sort_unstable();
        Blocks { list, stretches }
    }

    /// The block in whose text a code point stands.
    fn about(&self, at: usize) -> Option<usize> {
        let before = self.stretches.partition_point(|(start, _, _)| *start <= at);
        self.stretches[..before].last().filter(|(_, end, _)| at < *end).map(|(_, _, block)| *block)
    }

    fn layout(&self, block: usize) -> &'a Value {
        &self.list[block]["layout"]
    }
}

/// A page that is so many behind the one before is taken for the same: the number is nonsense.
const FARTHEST: u64 = 10_000;

/// Blocks of the layout parser and what is in them. (JSON nests only so deep.)
fn tree(blocks: &[Value], out: &mut TextBuilder) {
    for block in blocks {
        let span = either(block, &["pageSpan", "page_span"]);
        let number = whole(either(span, &["pageStart", "page_start"])).unwrap_or(1);
        while (out.pages() as u64) < number && number < out.pages() as u64 + FARTHEST {
            out.page(None);
        }
        let text = either(block, &["textBlock", "text_block"]);
        if !words(&text["text"]).trim().is_empty() {
            out.region(Region { role: role(words(&text["type"])), ..Region::default() });
            words(&text["text"]).lines().for_each(|line| out.line(line, None, None));
        }
        tree(items(&text["blocks"]), out);
        let list = either(block, &["listBlock", "list_block"]);
        for entry in items(either(list, &["listEntries", "list_entries"])) {
            tree(items(&entry["blocks"]), out);
        }
        let table = either(block, &["tableBlock", "table_block"]);
        for rows in [&["headerRows", "header_rows"], &["bodyRows", "body_rows"]] {
            for cell in items(either(table, rows)).iter().flat_map(|row| items(&row["cells"])) {
                tree(items(&cell["blocks"]), out);
            }
        }
    }
}

fn role(kind: &str) -> Option<Role> {
    Some(match kind {
        "heading-1" | "title" => Role::Headline,
        "subtitle" => Role::Subheadline,
        "header" => Role::RunningHead,
        "footer" => Role::Other,
        "footnote" => Role::Footnote,
        "paragraph" => Role::Paragraph,
        kind if kind.starts_with("heading-") => Role::Subheading,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Input {
        assert!(is_document(text), "{text}");
        document(text, File { path: None, format: "document-ai", encoding: "UTF-8" }).unwrap()
    }

    fn line(start: u32, end: u32) -> String {
        format!(
            r#"{{"layout":{{"textAnchor":{{"textSegments":[{{"startIndex":"{start}","endIndex":"{end}"}}]}},
            "boundingPoly":{{"normalizedVertices":[{{}},{{"x":0.5}},{{"x":0.5,"y":0.1}},{{"y":0.1}}]}},"confidence":0.9}}}}"#
        )
    }

    #[test]
    fn lines_point_into_the_text() {
        let block = line(0, 6);
        let input = read(&format!(
            r#"{{"shardInfo":{{"textOffset":"500"}},"text":"𠮷野\n会议\n强调","pages":[
            {{"dimension":{{"width":200,"height":100}},"blocks":[{block}],"paragraphs":[{block}],"lines":[{},{},{}]}}]}}"#,
            line(0, 3),
            line(3, 6),
            line(6, 8),
        ));
        assert_eq!((input.source.text.as_str(), input.warnings.len()), ("𠮷野\n会议\n强调", 0));
        let runs = &input.pages[0].runs;
        assert_eq!(runs.iter().map(|r| r.region).collect::<Vec<_>>(), [Some(0), Some(0), None]);
        assert_eq!(runs[0].rect.map(|r| (r.x1, r.y1)), Some((100.0, 10.0)));
    }

    #[test]
    fn wild_offsets_stay_inside() {
        let input = read(&format!(
            r#"{{"pages":[{{"lines":[{},{},{},{{"layout":null}},7]}},null,{{"layout":{{"textAnchor":{{"textSegments":[{{"endIndex":1}}]}}}}}}],"text":"会议强调"}}"#,
            line(2, 1),
            line(3, 999),
            line(4_000_000_000, 4_000_000_001),
        ));
        assert_eq!((input.source.text.as_str(), input.pages.len()), ("调\u{c}\u{c}会", 3));
        assert_eq!(input.warnings, ["2 characters of the text stand on no page and were left out"]);
    }

    #[test]
    fn a_tree_of_blocks_has_no_boxes() {
        let input = read(
            r#"{"documentLayout":{"blocks":[{"textBlock":{"text":"会议","type":"heading-1","blocks":[
            {"textBlock":{"text":"强调","type":"paragraph"},"pageSpan":{"pageStart":2}}]},"pageSpan":{"pageStart":1}},
            {"tableBlock":{"bodyRows":[{"cells":[{"blocks":[{"textBlock":{"text":"甲"},"pageSpan":{"pageStart":90000000}}]}]}]}}, 7]}}"#,
        );
        assert_eq!(input.source.text, "会议\u{c}强调\n甲");
        assert_eq!(input.pages[0].regions[0].role, Some(Role::Headline));
    }
}
