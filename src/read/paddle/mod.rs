//! What PaddleOCR writes, in its three generations.
//!
//! - 2.x: nested lists, `[[[corners, ["text", score]], …], …]`, one inner list a page. What is
//!   printed of them has tuples; a loop over a page prints its lines one by one. EasyOCR and older
//!   RapidOCR write `[corners, "text", score]`.
//! - PP-OCR 3.x: an object a page, with parallel lists `rec_texts`, `rec_scores`, `rec_polys`. Saved
//!   files hold it bare, printed ones under `res`, the service's answers under `prunedResult`.
//! - PP-StructureV3 and PaddleOCR-VL: an object a page with blocks, see [`blocks`].
//!
//! The coordinates are those of the image after its own upright turning and flattening. One
//! recognised line is one run.

mod blocks;

use super::Input;
use super::json::{self, Sketch, items, rect, slant, sure, words};
use super::text::TextBuilder;
use crate::error::Error;
use crate::geometry::Rect;
use crate::source::File;
use serde_json::Value;

/// Keys that no other family has.
const KEYS: &[&str] = &[
    "rec_texts",
    "rec_polys",
    "rec_boxes",
    "dt_polys",
    "text_det_params",
    "parsing_res_list",
    "layout_det_res",
    "overall_ocr_res",
    "block_content",
    "prunedResult",
    "ocrResults",
    "layoutParsingResults",
    "text_region",
];

/// True where the text begins as anything of PaddleOCR's does.
pub fn is_paddle(head: &str) -> bool {
    is_nothing(head)
        || Sketch::of(head).is_some_and(|s| s.has_any(KEYS) || (s.has_lists_only() && is_nested(s.shape())))
}

/// What the first generation writes for a picture in which it found no line: `[[null]]`, printed `[None]`, and
/// for none at all `[]`.
fn is_nothing(head: &str) -> bool {
    let text = head.trim();
    let nothing = |part: &str| part.is_empty() || matches!(part.trim_start(), "null" | "None");
    text.starts_with('[') && text.split(['[', ']', ',']).all(nothing)
}

/// Four corners and what was read in them.
fn is_nested(shape: &str) -> bool {
    const CORNERS: &str = "[[nn][nn][nn][nn]]";
    shape.split_once(CORNERS).is_some_and(|(before, behind)| {
        before.chars().all(|c| c == '[' || c == 'n') && (behind.starts_with('s') || behind.starts_with("[s"))
    })
}

/// Reads a page an object, or a page a list.
///
/// # Errors
/// Where the text is no such JSON; the message names line and column.
pub fn paddle(text: &str, file: File) -> Result<Input, Error> {
    // Lines that are printed one by one are one page.
    let mut loose = false;
    json::read(text, file, |value, out, warnings| {
        let was_loose = std::mem::replace(&mut loose, Entry::of(value).is_some());
        match Entry::of(value) {
            Some(entry) => {
                if !was_loose {
                    out.page(None);
                }
                entry.write(out);
            }
            None => pages(value, out, warnings),
        }
    })
}

/// What a page of the newer generations can be wrapped in.
const WRAPPERS: &[&str] = &["res", "result", "prunedResult", "ocrResults", "layoutParsingResults"];

fn pages(value: &Value, out: &mut TextBuilder, warnings: &mut Vec<String>) {
    match value {
        Value::Array(list) if list.iter().any(|item| Entry::of(item).is_some()) => nested(list, out, warnings),
        Value::Array(list) if list.iter().any(blocks::is_older) => blocks::older(list, out),
        Value::Array(list) if !list.is_empty() => list.iter().for_each(|page| pages(page, out, warnings)),
        Value::Object(_) if !value["parsing_res_list"].is_null() => blocks::blocks(value, out, warnings),
        Value::Object(_) if !value["rec_texts"].is_null() => {
            out.page(None);
            Lines::of(value, out.pages(), warnings).each(|line| line.write(out));
        }
        Value::Object(_) => match WRAPPERS.iter().map(|key| &value[*key]).find(|inner| !inner.is_null()) {
            Some(inner) => pages(inner, out, warnings),
            None => {
                out.page(None);
                warnings.push(format!("page {}: the object has neither rec_texts nor parsing_res_list", out.pages()));
            }
        },
        // An empty page is an empty list, or `None`.
        _ => out.page(None),
    }
}

/// A page as a list of entries.
fn nested(list: &[Value], out: &mut TextBuilder, warnings: &mut Vec<String>) {
    out.page(None);
    let entries = list.iter().filter_map(Entry::of);
    let before = list.len();
    let mut taken = 0;
    for entry in entries {
        entry.write(out);
        taken += 1;
    }
    if taken < before {
        warnings.push(format!("page {}: {} items of the list are no lines", out.pages(), before - taken));
    }
}

/// A recognised line.
#[derive(Clone, Copy)]
struct Entry<'a> {
    text: &'a str,
    rect: Option<Rect>,
    slant: Option<f32>,
    sure: Option<f32>,
}

impl<'a> Entry<'a> {
    fn at(text: &'a str, corners: &Value, sure: Option<f32>) -> Entry<'a> {
        Entry { text, rect: rect(corners), slant: slant(corners), sure }
    }

    fn write(self, out: &mut TextBuilder) {
        out.line(self.text, self.rect, self.sure);
        out.slant(self.slant);
    }

    /// A line of a nested list: `[corners, [text, score]]`, `[corners, text, score]`, or where
    /// nothing was located `[text, score]`.
    fn of(value: &'a Value) -> Option<Entry<'a>> {
        match value.as_array()?.as_slice() {
            [corners @ Value::Array(_), Value::Array(read), ..] => {
                let text = read.first()?.as_str()?;
                Some(Entry::at(text, corners, read.get(1).and_then(sure)))
            }
            [corners @ (Value::Array(_) | Value::Null), Value::String(text), score, ..] => {
                Some(Entry::at(text, corners, sure(score)))
            }
            [Value::String(text), score @ Value::Number(_)] => Some(Entry::at(text, &Value::Null, sure(score))),
            _ => None,
        }
    }
}

/// The recognised lines of a page of PP-OCR 3.x.
struct Lines<'a> {
    texts: &'a [Value],
    scores: &'a [Value],
    boxes: &'a [Value],
}

impl<'a> Lines<'a> {
    fn of(page: &'a Value, number: usize, warnings: &mut Vec<String>) -> Lines<'a> {
        let texts = items(&page["rec_texts"]);
        let parallel = |key: &str| Some(items(&page[key])).filter(|list| list.len() == texts.len());
        // What was detected and not recognised stands in `dt_polys` alone.
        let boxes = ["rec_polys", "rec_boxes", "dt_polys"].into_iter().find_map(parallel);
        if boxes.is_none() {
            warnings.push(format!("page {number}: no list of boxes is as long as rec_texts; its lines have no place"));
        }
        Lines { texts, scores: parallel("rec_scores").unwrap_or_default(), boxes: boxes.unwrap_or_default() }
    }

    fn each(&self, take: impl FnMut(Entry<'a>)) {
        let lines = self.texts.iter().enumerate().map(|(n, text)| {
            let corners = self.boxes.get(n).unwrap_or(&Value::Null);
            Entry::at(words(text), corners, self.scores.get(n).and_then(sure))
        });
        lines.for_each(take);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::role::Role;

    fn read(text: &str) -> Input {
        assert!(is_paddle(text), "{text}");
        paddle(text, File { path: None, format: "paddle", encoding: "UTF-8" }).unwrap()
    }

    /// Page, text, left edge, role of the region.
    fn lines(input: &Input) -> Vec<(u32, &str, Option<f32>, Option<Role>)> {
        let mut out = Vec::new();
        for page in &input.pages {
            for run in &page.runs {
                let role = run.region.and_then(|r| page.regions[r as usize].role);
                out.push((page.number, input.source.get(run.span), run.rect.map(|r| r.x0), role));
            }
        }
        out
    }

    #[test]
    fn nested_lists_are_pages_of_lines() {
        let line = r#"[[[8,2],[90,2],[90,12],[8,12]],["会议强调",0.9]]"#;
        for (text, page) in [
            (format!("[[{line}]]"), 1),
            (format!("[null,[{line}]]"), 2),
            (format!("[[{line}],[]]"), 1),
            (line.to_owned(), 1),
            ("[([[8, 2], [90, 2], [90, 12], [8, 12]], '会议强调', 0.9)]".to_owned(), 1),
        ] {
            assert_eq!(lines(&read(&text)), [(page, "会议强调", Some(8.0), None)], "{text}");
        }
        let printed = "[[[8.0, 2.0], [90.0, 2.0], [90.0, 12.0], [8.0, 12.0]], ('会议', 0.9)]\n".repeat(2);
        assert_eq!(lines(&read(&printed)).last(), Some(&(1, "会议", Some(8.0), None)));
    }

    #[test]
    fn parallel_lists_are_lines() {
        let page = r#"{"rec_texts":["会议",""," 强调"],"rec_scores":[0.9,0,0.5],"input_path":"a.png",
            "dt_polys":[[],[],[],[]],"rec_boxes":[[8,2,90,12],[0,0,0,0],[9,20,90,30]],"rec_polys":null}"#;
        let expected = [(1, "会议", Some(8.0), None), (1, " 强调", Some(9.0), None)];
        for text in [
            page.to_owned(),
            format!(r#"{{"res":{page}}}"#),
            format!(r#"{{"logId":"1","result":{{"ocrResults":[{{"prunedResult":{page},"ocrImage":"…"}}]}}}}"#),
        ] {
            assert_eq!(lines(&read(&text)), expected, "{text}");
        }
        let input = read(r#"{"rec_texts":["甲","乙"],"rec_polys":[[[1,2]]]}"#);
        assert_eq!((lines(&input).len(), input.warnings.len()), (2, 1));
    }

    #[test]
    fn lines_stand_in_their_blocks() {
        let input = read(
            r###"{"width":100,"height":80,"parsing_res_list":[
            {"block_label":"image","block_bbox":[0,60,50,80],"block_content":"","block_order":null},
            {"block_label":"paragraph_title","block_bbox":[0,0,100,12],"block_content":"## 会议","block_order":1},
            {"block_label":"formula","block_bbox":[60,60,90,70],"block_content":"$a$"}],
            "overall_ocr_res":{"rec_texts":["强调","会议"],"rec_boxes":[[0,20,90,30],[2,2,40,12]]}}"###,
        );
        let expected = [
            (1, "会议", Some(2.0), Some(Role::Subheading)),
            (1, "$a$", Some(60.0), None),
            (1, "强调", Some(0.0), None),
        ];
        assert_eq!(lines(&input), expected);
        let page = &input.pages[0];
        assert_eq!((page.ink.len(), page.size.map(|s| s.width), page.regions[0].order), (1, Some(100.0), Some(1)));
    }

    #[test]
    fn blocks_alone_have_no_lines() {
        let input = read(
            r###"{"layoutParsingResults":[{"prunedResult":{"parsing_res_list":[
            {"block_label":"doc_title","block_content":"# 会议","block_bbox":[1,2,3,4]},
            {"block_label":"text","block_content":"强调\n要","block_bbox":[1,2,"?",4]},
            {"block_label":"table","block_content":"<table><tr><td>甲</td><td>乙</td></tr></table>"},
            7, null, {"block_label":7,"block_content":null}]}}]}"###,
        );
        let texts: Vec<_> = lines(&input).into_iter().map(|(_, text, x, role)| (text, x, role)).collect();
        let (headline, paragraph, table) = (Some(Role::Headline), Some(Role::Paragraph), Some(Role::Table));
        let expected = [("会议", headline), ("强调", paragraph), ("要", paragraph), ("甲", table), ("乙", table)];
        assert_eq!(texts, expected.map(|(text, role)| (text, None, role)));
        assert_eq!(input.pages[0].runs[3].line, input.pages[0].runs[4].line);
    }

    #[test]
    fn blocks_of_the_older_generation() {
        let input = read(
            r#"[{"type":"text","bbox":[1,1,50,20],"res":[{"text":"会议","confidence":0.9,"text_region":[[1,1],[50,1],[50,9],[1,9]]}]},
            {"type":"figure","bbox":[1,30,50,60],"res":[]}, {"type":"table","bbox":[1,61,50,90],"res":{"html":"<tr><td>甲"}}]"#,
        );
        assert_eq!(lines(&input)[0], (1, "会议", Some(1.0), Some(Role::Paragraph)));
        assert_eq!((lines(&input).len(), input.pages[0].ink.len()), (2, 1));
    }

    #[test]
    fn nonsense_gives_an_empty_page() {
        for text in [
            r#"{"rec_polys":7}"#,
            r#"{"parsing_res_list":7}"#,
            r#"{"rec_texts":{"a":1}}"#,
            r#"{"res":null,"dt_polys":[]}"#,
        ] {
            assert_eq!(lines(&read(text)), [], "{text}");
        }
        for text in ["[[null]]", "[None]", "[]\n"] {
            assert!(is_paddle(text) && lines(&read(text)).is_empty(), "{text}");
        }
        assert!(!is_paddle("[ ]") && !is_paddle("null") && !is_paddle(""), "a box to tick, a word, nothing");
        assert!(
            !is_paddle("[1,2],[3,4]") && !is_paddle("[[一]]【本报讯】") && !is_paddle(r#"[["text",0.5,[1,2,3,4]]]"#)
        );
    }
}
