//! What Microsoft's services answer: Document Intelligence (`analyzeResult.pages`), the Read API
//! before it (`readResults`), and Image Analysis (`readResult.blocks`).
//!
//! The lines are taken, with the mean confidence of their words. Paragraphs say the same text again
//! and give a role; which lines are of which paragraph, and which words of which line, is told by
//! where their spans begin, so that the unit these count in does not matter. Units are pixels or
//! inches.

use super::Input;
use super::json::{self, Sketch, either, items, number, rect, slant, sure, whole, words};
use super::text::TextBuilder;
use crate::error::Error;
use crate::geometry::Rect;
use crate::page::{InkKind, Region, Size};
use crate::role::Role;
use crate::source::File;
use serde_json::Value;
use std::collections::BTreeMap;

/// True where the text begins as such an answer does.
pub fn is_azure(head: &str) -> bool {
    Sketch::of(head).is_some_and(|s| {
        let keys = ["analyzeResult", "readResults", "readResult", "stringIndexType", "string_index_type"];
        s.has_any(&keys) || s.has_all(&["content", "polygon", "span"])
    })
}

/// Reads an answer, bare or in its envelope.
///
/// # Errors
/// Where the text is no such JSON; the message names line and column.
pub fn azure(text: &str, file: File) -> Result<Input, Error> {
    json::read(text, file, |value, out, warnings| {
        let result = either(value, &["analyzeResult", "analyze_result"]);
        let result = if result.is_object() { result } else { value };
        let paragraphs = Paragraphs::of(result);
        let pages = items(either(result, &["pages", "readResults"]));
        let figures = figures(result);
        for value in pages {
            page(value, &paragraphs, out);
            let here = page_number(value).and_then(|number| figures.get(&number));
            here.into_iter().flatten().for_each(|rect| out.ink(InkKind::Picture, *rect));
        }
        let image = &result["readResult"];
        if image.is_object() {
            out.page(size(&result["metadata"]));
            items(&image["blocks"]).iter().for_each(|block| lines(block, &paragraphs, out));
        } else if pages.is_empty() {
            out.page(None);
            warnings.push(format!("page {}: the answer has no pages", out.pages()));
        }
    })
}

/// The box of a line or word, under the name it has in this version.
fn place(value: &Value) -> Option<Rect> {
    rect(corners(value))
}

fn corners(value: &Value) -> &Value {
    either(value, &["polygon", "boundingBox", "boundingPolygon", "bounding_polygon"])
}

fn page_number(value: &Value) -> Option<u64> {
    whole(either(value, &["pageNumber", "page_number"]))
}

/// The boxes of all figures, by the number of their page.
fn figures(result: &Value) -> BTreeMap<u64, Vec<Rect>> {
    let mut figures: BTreeMap<u64, Vec<Rect>> = BTreeMap::new();
    for region in items(&result["figures"]).iter().flat_map(|f| items(regions(f))) {
        if let Some((number, rect)) = page_number(region).zip(place(region)) {
            figures.entry(number).or_default().push(rect);
        }
    }
    figures
}

fn regions(value: &Value) -> &Value {
    either(value, &["boundingRegions", "bounding_regions"])
}

/// Where the first span of something begins.
fn offset(value: &Value) -> Option<u64> {
    let spans = &value["spans"];
    whole(either(if spans.is_array() { &spans[0] } else { &value["span"] }, &["offset"]))
}

fn size(value: &Value) -> Option<Size> {
    Some(Size { width: number(&value["width"])?, height: number(&value["height"])? })
}

fn page(value: &Value, paragraphs: &Paragraphs, out: &mut TextBuilder) {
    out.page(size(value));
    lines(value, paragraphs, out);
    if items(&value["lines"]).is_empty() {
        let parts = items(&value["words"]).iter();
        parts.for_each(|word| out.word(words(&word["content"]), place(word), sure(&word["confidence"])));
    }
}

fn lines(value: &Value, paragraphs: &Paragraphs, out: &mut TextBuilder) {
    let mut inside = None;
    let mut rest = items(&value["words"]);
    let lines = items(&value["lines"]);
    for (n, line) in lines.iter().enumerate() {
        let paragraph = offset(line).and_then(|at| paragraphs.about(at));
        if paragraph != inside {
            match paragraph {
                Some(paragraph) => out.region(paragraphs.regions[paragraph]),
                None => out.end_region(),
            }
            inside = paragraph;
        }
        let next = lines.get(n + 1).and_then(offset).unwrap_or(u64::MAX);
        let of_line = rest.iter().take_while(|word| offset(word).is_some_and(|at| at < next)).count();
        let (own, behind) = rest.split_at(of_line);
        rest = behind;
        // The other versions have the words in the line.
        let sure = mean(own).or_else(|| mean(items(&line["words"])));
        out.line(words(either(line, &["content", "text"])), place(line), sure);
        out.slant(slant(corners(line)));
    }
}

/// The mean confidence of some words.
fn mean(words: &[Value]) -> Option<f32> {
    let known: Vec<f32> = words.iter().filter_map(|word| sure(&word["confidence"])).collect();
    (!known.is_empty()).then(|| known.iter().sum::<f32>() / known.len() as f32)
}

/// The paragraphs by the place of their text.
#[derive(Default)]
struct Paragraphs {
    /// Begin, end and index, in order.
    stretches: Vec<(u64, u64, usize)>,
    regions: Vec<Region>,
}

impl Paragraphs {
    fn of(result: &Value) -> Paragraphs {
        let mut all = Paragraphs::default();
        for paragraph in items(&result["paragraphs"]) {
            all.add(paragraph, role(words(&paragraph["role"])));
        }
        // A caption is a paragraph too; what comes later speaks for the same text.
        for figure in items(&result["figures"]).iter().chain(items(&result["tables"])) {
            all.add(&figure["caption"], Some(Role::Caption));
        }
        all.stretches.sort_by_key(|(start, _, _)| *start);
        all
    }

    fn add(&mut self, value: &Value, role: Option<Role>) {
        for span in items(&value["spans"]) {
            if let (Some(start), Some(length)) = (whole(&span["offset"]), whole(&span["length"])) {
                self.stretches.push((start, start.saturating_add(length), self.regions.len()));
            }
        }
        self.regions.push(Region { rect: place(&regions(value)[0]), role, order: None, article: None });
    }

    /// The paragraph in whose text an offset lies.
    fn about(&self, at: u64) -> Option<usize> {
        let before = self.stretches.partition_point(|(start, _, _)| *start <= at);
        self.stretches[..before].last().filter(|(_, end, _)| at < *end).map(|(_, _, paragraph)| *paragraph)
    }
}

fn role(name: &str) -> Option<Role> {
    Some(match name {
        "title" => Role::Headline,
        "sectionHeading" => Role::Subheading,
        "pageHeader" => Role::RunningHead,
        "pageFooter" => Role::Other,
        "pageNumber" => Role::PageNumber,
        "footnote" => Role::Footnote,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Input {
        assert!(is_azure(text), "{text}");
        azure(text, File { path: None, format: "azure", encoding: "UTF-8" }).unwrap()
    }

    #[test]
    fn lines_have_the_role_of_their_paragraph() {
        let input = read(
            r#"{"status":"succeeded","analyzeResult":{"content":"会议\n强调要","pages":[{"pageNumber":1,"unit":"inch","width":8.5,"height":11,
            "words":[{"content":"会议","confidence":0.5,"span":{"offset":0,"length":2}},{"content":"强调","confidence":1,"span":{"offset":3,"length":2}},
              {"content":"要","confidence":0.5,"span":{"offset":5,"length":1}}],
            "lines":[{"content":"会议","polygon":[1,1,2,1,2,1.2,1,1.2],"spans":[{"offset":0,"length":2}]},
              {"content":"强调要","polygon":[1,2,4,2,4,2.2,1,2.2],"spans":[{"offset":3,"length":3}]}]}],
            "paragraphs":[{"role":"title","content":"会议","spans":[{"offset":0,"length":2}],"boundingRegions":[{"pageNumber":1,"polygon":[1,1,2,1,2,1.2,1,1.2]}]}],
            "figures":[{"boundingRegions":[{"pageNumber":1,"polygon":[5,5,6,5,6,6,5,6]}],"caption":{"spans":[{"offset":3,"length":3}]}}]}}"#,
        );
        let page = &input.pages[0];
        assert_eq!(input.source.text, "会议\n强调要");
        assert!(page.runs.iter().map(|r| r.sure).eq([Some(0.5), Some(0.75)]));
        let roles = page.runs.iter().map(|r| page.regions[r.region.unwrap() as usize].role);
        assert!(roles.eq([Some(Role::Headline), Some(Role::Caption)]));
        assert_eq!((page.ink.len(), page.runs[1].rect.map(|r| r.x1)), (1, Some(4.0)));
    }

    #[test]
    fn the_older_answers() {
        let input = read(
            r#"{"analyzeResult":{"readResults":[{"page":1,"width":100,"height":50,"unit":"pixel","lines":[
            {"boundingBox":[1,1,9,1,9,5,1,5],"text":"会议","words":[{"text":"会议","confidence":0.5}]}]},
            {"page":2,"words":[{"content":"强调","polygon":null}],"lines":[]}]}}"#,
        );
        assert_eq!((input.source.text.as_str(), input.pages[0].runs[0].sure), ("会议\u{c}强调", Some(0.5)));
        let input = read(
            r#"{"metadata":{"width":100,"height":50},"readResult":{"blocks":[{"lines":[{"text":"会议",
            "boundingPolygon":[{"x":1,"y":1},{"x":9,"y":1},{"x":9,"y":5},{"x":1,"y":5}],"words":[]}]}]}}"#,
        );
        assert_eq!((input.source.text.as_str(), input.pages[0].runs[0].rect.map(|r| r.y1)), ("会议", Some(5.0)));
    }

    #[test]
    fn nonsense_costs_no_more_than_itself() {
        let input = read(
            r#"{"analyzeResult":{"pages":[7,null,{"lines":[{},{"content":null},{"content":"会议","polygon":["x"],"spans":7}],
            "words":[{"span":{"offset":-1}},4]}],"paragraphs":[1,{"spans":[{"offset":18446744073709551615,"length":9}]}],"figures":3}}"#,
        );
        assert_eq!((input.source.text.trim(), input.pages.len()), ("会议", 3));
        assert_eq!(read(r#"{"analyzeResult":{"pages":null}}"#).warnings.len(), 1);
    }
}
