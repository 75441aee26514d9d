//! YomiToku: `words`, which are recognised lines, and the paragraphs, tables and figures they stand
//! in. The words are taken; what paragraphs and cells hold is the same text joined. A file is a
//! page, or a list of pages.

use super::Input;
use super::json::{self, Sketch, items, rect, slant, sure, whole, words};
use super::text::TextBuilder;
use super::within::within;
use crate::error::Error;
use crate::geometry::Rect;
use crate::page::{InkKind, Region};
use crate::role::Role;
use crate::source::File;
use serde_json::Value;

/// True where the text begins as a result of YomiToku does.
pub fn is_yomitoku(head: &str) -> bool {
    Sketch::of(head).is_some_and(|s| {
        s.has_all(&["contents", "direction", "order"])
            || s.has_all(&["content", "points", "rec_score"])
            || s.has_all(&["paragraphs", "tables", "words", "figures"])
    })
}

/// Reads an object a page.
///
/// # Errors
/// Where the text is no such JSON; the message names line and column.
pub fn yomitoku(text: &str, file: File) -> Result<Input, Error> {
    json::read(text, file, |value, out, _| match value {
        Value::Array(pages) => pages.iter().for_each(|p| page(p, out)),
        value => page(value, out),
    })
}

fn page(value: &Value, out: &mut TextBuilder) {
    out.page(None);
    for figure in items(&value["figures"]) {
        if let Some(rect) = rect(&figure["box"]) {
            out.ink(InkKind::Picture, rect);
        }
    }
    let lines = items(&value["words"]);
    if lines.is_empty() {
        joined(value, out);
        return;
    }
    // A paragraph in a figure or a table is smaller than that, and so comes before it.
    let figures = items(&value["figures"]);
    let paragraphs = items(&value["paragraphs"]).iter().chain(figures.iter().flat_map(|f| items(&f["paragraphs"])));
    let mut regions: Vec<Region> = paragraphs.map(|p| region(p, role(&p["role"]))).collect();
    regions.extend(items(&value["tables"]).iter().map(|table| region(table, Some(Role::Table))));
    let blocks: Vec<Option<Rect>> = regions.iter().map(|r| r.rect).collect();
    let places: Vec<Option<Rect>> = lines.iter().map(|line| rect(&line["points"])).collect();
    let (inside, outside) = within(&blocks, &places);
    let write = |n: usize, out: &mut TextBuilder| {
        out.line(words(&lines[n]["content"]), places[n], sure(&lines[n]["rec_score"]));
        out.slant(slant(&lines[n]["points"]));
    };
    for (region, inside) in regions.into_iter().zip(inside).filter(|(_, inside)| !inside.is_empty()) {
        out.region(region);
        inside.into_iter().for_each(|n| write(n, out));
    }
    out.end_region();
    outside.into_iter().for_each(|n| write(n, out));
}

/// The text of paragraphs and cells, where there are no lines.
fn joined(value: &Value, out: &mut TextBuilder) {
    let figures = items(&value["figures"]).iter().flat_map(|f| items(&f["paragraphs"]));
    for paragraph in items(&value["paragraphs"]).iter().chain(figures) {
        out.region(region(paragraph, role(&paragraph["role"])));
        words(&paragraph["contents"]).lines().for_each(|line| out.line(line, None, None));
    }
    for table in items(&value["tables"]) {
        out.region(region(table, Some(Role::Table)));
        let mut row = None;
        for cell in items(&table["cells"]) {
            if row.replace(&cell["row"]) != Some(&cell["row"]) {
                out.start_line();
            }
            let contents: Vec<&str> = words(&cell["contents"]).split_whitespace().collect();
            out.cell(&contents.join(" "));
        }
    }
}

fn region(value: &Value, role: Option<Role>) -> Region {
    let order = whole(&value["order"]).and_then(|n| u32::try_from(n).ok());
    Region { rect: rect(&value["box"]), role, order, article: None }
}

fn role(value: &Value) -> Option<Role> {
    Some(match words(value) {
        "section_headings" => Role::Headline,
        "page_header" => Role::RunningHead,
        "page_footer" => Role::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Input {
        assert!(is_yomitoku(text), "{text}");
        yomitoku(text, File { path: None, format: "yomitoku", encoding: "UTF-8" }).unwrap()
    }

    #[test]
    fn words_are_lines_in_paragraphs() {
        let input = read(
            r#"{"paragraphs":[{"box":[50,0,100,90],"contents":"今日\nは","direction":"vertical","order":1,"role":null},
              {"box":[0,0,40,20],"contents":"題","direction":"horizontal","order":0,"role":"section_headings"}],
            "tables":[],"figures":[{"box":[0,50,40,90],"order":2,"direction":"horizontal","paragraphs":[]}],
            "words":[{"points":[[2,2],[30,2],[30,18],[2,18]],"content":"題","direction":"horizontal","rec_score":0.9,"det_score":0.8},
              {"points":[[60,2],[70,2],[70,80],[60,80]],"content":"今日","rec_score":0.5},
              {"points":null,"content":"は","rec_score":"x"}, 7]}"#,
        );
        let page = &input.pages[0];
        let region = |r: Option<u32>| r.map(|r| (page.regions[r as usize].order, page.regions[r as usize].role));
        let runs = page.runs.iter().map(|r| (input.source.get(r.span), region(r.region), r.sure));
        let expected = [
            ("今日", Some((Some(1), None)), Some(0.5)),
            ("題", Some((Some(0), Some(Role::Headline))), Some(0.9)),
            ("は", None, None),
        ];
        assert!(runs.eq(expected), "{page:?}");
        assert_eq!(page.ink.len(), 1);
    }

    #[test]
    fn paragraphs_alone_have_no_boxes() {
        let input = read(
            r#"[{"words":[],"figures":[],"paragraphs":[{"contents":"今日\nは","direction":"vertical","order":null},{"contents":null}],
            "tables":[{"box":[1,2,3,4],"cells":[{"row":1,"col":1,"contents":"甲\n乙"},{"row":1,"contents":"丙"},{"row":2,"contents":"丁"}]}]},null]"#,
        );
        assert_eq!(input.source.text, "今日\nは\n甲 乙 丙\n丁\u{c}");
        assert!(input.pages[0].runs.iter().all(|r| r.rect.is_none()));
    }
}
