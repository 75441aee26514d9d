//! Lines with boxes in JSON, as PaddleOCR and its relatives write them: Umi-OCR and PaddleOCR-json
//! (`{"code":100,"data":[{"text","box","score"}]}`, one object a page, or one a line in JSON Lines).
//!
//! A box is four corners, clockwise from the top left of the text. One text is one run; its line of
//! the source is its place in the list.

use super::Input;
use super::text::TextBuilder;
use crate::error::{Error, ErrorKind};
use crate::geometry::Rect;
use crate::source::File;
use serde::Deserialize;

#[derive(Deserialize)]
struct Answer {
    code: i64,
    #[serde(default)]
    data: Data,
}

/// The lines, or in words why there are none.
#[derive(Deserialize)]
#[serde(untagged)]
enum Data {
    Lines(Vec<TextLine>),
    Words(String),
}

impl Default for Data {
    fn default() -> Self {
        Data::Words(String::new())
    }
}

#[derive(Deserialize)]
struct TextLine {
    text: String,
    #[serde(rename = "box")]
    corners: Option<Vec<[f32; 2]>>,
    score: Option<f32>,
}

/// True where the text begins as such an answer does.
pub fn is_boxes(head: &str) -> bool {
    let head: String = head.chars().filter(|c| !c.is_whitespace()).take(200).collect();
    head.starts_with('{') && head.contains("\"code\":") && head.contains("\"data\":")
}

/// The code of a page on which no text was found.
const NO_TEXT: i64 = 101;

/// The code of a page that was read.
const READ: i64 = 100;

/// Reads one object a page.
///
/// # Errors
/// Where the text is no such JSON; the message names line and column.
pub fn boxes(text: &str, file: File) -> Result<Input, Error> {
    let mut out = TextBuilder::default();
    let mut warnings = Vec::new();
    for answer in serde_json::Deserializer::from_str(text).into_iter::<Answer>() {
        let answer = answer.map_err(|e| {
            Error::new(ErrorKind::Malformed {
                format: file.format,
                place: format!("line {}, column {}", e.line(), e.column()),
                what: e.to_string(),
            })
        })?;
        out.page(None);
        match answer.data {
            Data::Lines(lines) => {
                for line in lines {
                    out.line(&line.text, line.corners.as_deref().and_then(rect), line.score);
                }
            }
            Data::Words(words) if answer.code != NO_TEXT && answer.code != READ => {
                warnings.push(format!("page {}: the engine answered {}: {words}", out.pages(), answer.code));
            }
            Data::Words(_) => {}
        }
    }
    let (source, pages) = out.finish(file)?;
    Ok(Input { source, pages, warnings })
}

/// The upright rectangle about four corners.
fn rect(corners: &[[f32; 2]]) -> Option<Rect> {
    let points = || corners.iter().filter(|[x, y]| x.is_finite() && y.is_finite());
    let first = points().next()?;
    let start = Rect { x0: first[0], y0: first[1], x1: first[0], y1: first[1] };
    Some(points().fold(start, |r, [x, y]| r.union(Rect { x0: *x, y0: *y, x1: *x, y1: *y })))
}
