//! Lists of lines with boxes, one object a line, as the relatives of PaddleOCR write them.
//!
//! - Umi-OCR and PaddleOCR-json: `{"code":100,"data":[{"text","box","score"}]}`, one object a page,
//!   in a batch one a line (JSON Lines). Code 101 is a page without text, any other but 100 an
//!   error, which `data` then says in words. Over HTTP the whole text can stand in `data`.
//! - RapidOCR: `[{"box","txt","score"}]`, one list a page.
//!
//! A box is four corners, clockwise from the top left of the text. One text is one run; its line of
//! the source is its place in the list. Umi-OCR's `end`, what its own reading puts behind a line, is
//! no part of the page.

use super::Input;
use super::json::{self, Sketch, either, rect, slant, sure, whole, words};
use super::text::TextBuilder;
use crate::error::Error;
use crate::source::File;
use serde_json::Value;

/// The names under which a line's text and box go.
const TEXT: &[&str] = &["text", "txt"];
const BOX: &[&str] = &["box", "dt_box", "points"];

/// True where the text begins as an answer of Umi-OCR or PaddleOCR-json does.
pub fn is_umi(head: &str) -> bool {
    Sketch::of(head).is_some_and(|s| {
        s.has_all(&["code", "data"]) || (s.has_all(&["data", "box", "text"]) && s.shape().starts_with("{k[{"))
    })
}

/// True where the text begins as a list of RapidOCR does.
pub fn is_rapid(head: &str) -> bool {
    Sketch::of(head).is_some_and(|s| {
        let list = s.shape().trim_start_matches('[').starts_with("{k") && s.shape().starts_with('[');
        list && s.has_any(TEXT) && s.has_all(&["box", "score"])
    })
}

/// Reads one object, or one list, a page.
///
/// # Errors
/// Where the text is no such JSON; the message names line and column.
pub fn boxes(text: &str, file: File) -> Result<Input, Error> {
    json::read(text, file, pages)
}

/// A value of the file: a page, or a list of pages.
fn pages(value: &Value, out: &mut TextBuilder, warnings: &mut Vec<String>) {
    match value {
        Value::Array(list) if !list.is_empty() && list.iter().all(is_page) => {
            list.iter().for_each(|page| pages(page, out, warnings));
        }
        Value::Array(list) => page(list, out, warnings),
        Value::Object(_) => answer(value, out, warnings),
        _ => {
            out.page(None);
            warnings.push(format!("page {}: a list of lines was expected, not {value}", out.pages()));
        }
    }
}

fn is_page(value: &Value) -> bool {
    value.is_array() || value.is_null() || !value["data"].is_null() || !value["code"].is_null()
}

/// The code of a page on which no text was found.
const NO_TEXT: u64 = 101;

/// The code of a page that was read.
const READ: u64 = 100;

fn answer(value: &Value, out: &mut TextBuilder, warnings: &mut Vec<String>) {
    match (&value["data"], whole(&value["code"])) {
        (Value::Array(list), _) => page(list, out, warnings),
        (Value::String(all), None | Some(READ)) => {
            out.page(None);
            all.lines().for_each(|line| out.line(line, None, None));
        }
        (_, Some(READ | NO_TEXT)) => out.page(None),
        (data, _) => {
            out.page(None);
            let code = &value["code"];
            warnings.push(format!("page {}: the engine answered {code}: {}", out.pages(), words(data)));
        }
    }
}

fn page(list: &[Value], out: &mut TextBuilder, warnings: &mut Vec<String>) {
    out.page(None);
    let mut without = 0;
    for line in list {
        match either(line, TEXT) {
            Value::String(text) => {
                let corners = either(line, BOX);
                out.line(text, rect(corners), sure(&line["score"]));
                out.slant(slant(corners));
            }
            _ => without += 1,
        }
    }
    if without > 0 {
        warnings.push(format!("page {}: {without} lines of the list have no text", out.pages()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Rect;

    fn read(text: &str) -> Input {
        boxes(text, File { path: None, format: "umi-ocr", encoding: "UTF-8" }).unwrap()
    }

    fn lines(input: &Input) -> Vec<(u32, &str, bool)> {
        let runs = input.pages.iter().flat_map(|p| p.runs.iter().map(move |r| (p.number, r)));
        runs.map(|(page, r)| (page, input.source.get(r.span), r.rect.is_some())).collect()
    }

    #[test]
    fn a_batch_is_one_page_a_line() {
        let batch = concat!(
            r#"{"path":"1.png","data":[{"end":"","score":0.5,"box":[[1,2],[9,2],[9,4],[1,4]],"text":"会议"}],"code":100}"#,
            "\n",
            r#"{"code":101,"data":"No text found"}"#,
            "\n",
            r#"{"code":902,"data":"no such file"}"#,
            "\n",
            r#"{"code":100,"data":"强调\n要"}"#,
        );
        assert!(is_umi(batch));
        let input = read(batch);
        assert_eq!(lines(&input), [(1, "会议", true), (4, "强调", false), (4, "要", false)]);
        let run = input.pages[0].runs[0];
        assert_eq!((run.rect, run.sure), (Some(Rect { x0: 1.0, y0: 2.0, x1: 9.0, y1: 4.0 }), Some(0.5)));
        assert_eq!(input.warnings, ["page 3: the engine answered 902: no such file"]);
    }

    #[test]
    fn a_list_of_rapid_ocr_is_a_page() {
        let list =
            r#"[ {"txt":"会议","score":"0.9","box":[[1,2],[9,2],[9,4],[1,4]]}, {"txt":"强调","box":null,"score":7} ]"#;
        assert!(is_rapid(list) && !is_umi(list));
        assert_eq!(lines(&read(list)), [(1, "会议", true), (1, "强调", false)]);
        assert_eq!(lines(&read(&format!("[{list}, null, {list}]"))).last(), Some(&(3, "强调", false)));
    }

    #[test]
    fn nonsense_costs_no_more_than_itself() {
        let odd = r#"{"code":100,"data":[{"text":null,"box":[[1,2]]},{"text":"","box":3},{"text":"甲","box":[[null,"x"],[1e99,2]],"score":"?"},7,null]}"#;
        let input = read(odd);
        assert_eq!(lines(&input), [(1, "甲", false)]);
        assert_eq!(input.warnings.len(), 1, "{:?}", input.warnings);
        assert_eq!(lines(&read("null\n7\n{}\n[]\n{\"code\":\"?\"}")), []);
    }

    #[test]
    fn its_beginning_tells_it_whatever_comes_first() {
        assert!(is_umi("{\n  \"time\": 0.2,\n  \"data\": \"\",\n  \"code\": 101\n}"));
        assert!(is_umi(r#"{"data": [{"text": "甲", "score": 0.5, "box": [["#));
        assert!(!is_umi("[新华社北京1月2日电]") && !is_umi("code: data:"));
        assert!(!is_rapid(r#"{"box": 1, "text": 2, "score": 3}"#));
    }
}
