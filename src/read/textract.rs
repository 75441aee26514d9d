//! AWS Textract: a list of blocks that name each other. Its lines are taken; what it calls a
//! headline, a foot or a figure is a block of its own that names the lines in it.
//!
//! Boxes are shares of the page's width and height, which are not told.

use super::Input;
use super::json::{self, Sketch, either, items, number, whole, words};
use super::text::TextBuilder;
use crate::error::Error;
use crate::geometry::Rect;
use crate::page::{InkKind, Region};
use crate::role::Role;
use crate::source::File;
use serde_json::Value;
use std::collections::HashMap;

/// True where the text begins as an answer of Textract does.
pub fn is_textract(head: &str) -> bool {
    Sketch::of(head)
        .is_some_and(|s| s.has_any(&["BlockType", "DetectDocumentTextModelVersion", "AnalyzeDocumentModelVersion"]))
}

/// Reads an answer, or a list of answers.
///
/// # Errors
/// Where the text is no such JSON; the message names line and column.
pub fn textract(text: &str, file: File) -> Result<Input, Error> {
    json::read(text, file, |value, out, _| {
        let answers = if value.is_array() { items(value) } else { std::slice::from_ref(value) };
        answers.iter().for_each(|a| answer(items(&a["Blocks"]), out));
    })
}

/// A page that is so many behind the one before is taken for the same: the number is nonsense.
const FARTHEST: u64 = 10_000;

fn answer(blocks: &[Value], out: &mut TextBuilder) {
    let layouts = blocks.iter().filter(|b| words(&b["BlockType"]).starts_with("LAYOUT_"));
    let inside = layouts.flat_map(|layout| children(layout).map(move |id| (id, layout)));
    let inside: HashMap<&str, &Value> = inside.collect();
    let before = out.pages() as u64;
    let mut last = None;
    out.page(None);
    for block in blocks {
        // A page is named by its number in this answer, and where there is but one by none.
        let number = before + whole(&block["Page"]).unwrap_or(1);
        while (out.pages() as u64) < number && number < out.pages() as u64 + FARTHEST {
            out.page(None);
            last = None;
        }
        match words(&block["BlockType"]) {
            "LAYOUT_FIGURE" => place(block).into_iter().for_each(|rect| out.ink(InkKind::Picture, rect)),
            "LINE" => {
                let id = words(&block["Id"]);
                let layout = inside.get(id).copied();
                if layout.map(std::ptr::from_ref) != last {
                    match layout {
                        Some(layout) => out.region(region(layout)),
                        None => out.end_region(),
                    }
                    last = layout.map(std::ptr::from_ref);
                }
                let sure = of_hundred(&block["Confidence"]);
                out.line(words(&block["Text"]), place(block), sure);
            }
            _ => {}
        }
    }
}

/// The blocks that a block says are in it.
fn children(block: &Value) -> impl Iterator<Item = &str> {
    let related = items(&block["Relationships"]).iter().filter(|r| words(&r["Type"]) == "CHILD");
    related.flat_map(|r| items(&r["Ids"])).filter_map(Value::as_str)
}

fn region(layout: &Value) -> Region {
    let role = match words(&layout["BlockType"]) {
        "LAYOUT_TITLE" => Some(Role::Headline),
        "LAYOUT_SECTION_HEADER" => Some(Role::Subheading),
        "LAYOUT_TEXT" => Some(Role::Paragraph),
        "LAYOUT_LIST" => Some(Role::List),
        "LAYOUT_TABLE" => Some(Role::Table),
        "LAYOUT_HEADER" => Some(Role::RunningHead),
        "LAYOUT_FOOTER" => Some(Role::Other),
        "LAYOUT_PAGE_NUMBER" => Some(Role::PageNumber),
        _ => None,
    };
    Region { rect: place(layout), role, order: None, article: None }
}

fn place(block: &Value) -> Option<Rect> {
    let geometry = &block["Geometry"];
    let frame = &geometry["BoundingBox"];
    let of = |key: &str| number(&frame[key]);
    match (of("Left"), of("Top"), of("Width"), of("Height")) {
        (Some(x), Some(y), Some(width), Some(height)) => Some(Rect { x0: x, y0: y, x1: x + width, y1: y + height }),
        _ => {
            let corners = items(either(geometry, &["Polygon"])).iter();
            let corners = corners.filter_map(|c| Some((number(&c["X"])?, number(&c["Y"])?)));
            let corners = corners.map(|(x, y)| Rect { x0: x, y0: y, x1: x, y1: y });
            corners.reduce(Rect::union)
        }
    }
}

/// A confidence of at most a hundred.
fn of_hundred(value: &Value) -> Option<f32> {
    number(value).map(|n| n / 100.0).filter(|n| (0.0..=1.0).contains(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_the_role_of_the_layout_that_names_them() {
        let answer = r#"{"DetectDocumentTextModelVersion":"1.0","Blocks":[{"BlockType":"PAGE","Id":"p"},
            {"BlockType":"LINE","Id":"a","Text":"Title","Confidence":50,"Geometry":{"BoundingBox":{"Left":0.25,"Top":0.5,"Width":0.25,"Height":0.125}}},
            {"BlockType":"WORD","Id":"b","Text":"Title"},
            {"BlockType":"LAYOUT_TITLE","Id":"c","Relationships":[{"Type":"CHILD","Ids":["a","z",7]}]},
            {"BlockType":"LINE","Id":"d","Text":"text","Page":2,"Confidence":"?","Geometry":{"Polygon":[{"X":0.5,"Y":0.5},{"X":1,"Y":0.75}]}},
            {"BlockType":"LINE","Page":4000000000,"Text":null}, 7, null]}"#;
        assert!(is_textract(answer));
        let file = File { path: None, format: "textract", encoding: "UTF-8" };
        let input = textract(answer, file).unwrap();
        assert_eq!(input.source.text.trim_end(), "Title\u{c}text");
        let run = input.pages[0].runs[0];
        assert_eq!((run.rect.map(|r| (r.x0, r.y1)), run.sure), (Some((0.25, 0.625)), Some(0.5)));
        assert_eq!(input.pages[0].regions[0].role, Some(Role::Headline));
        assert_eq!(input.pages[1].runs[0].rect.map(|r| r.x1), Some(1.0));
    }
}
