//! The JSON of NDLOCR-Lite, `{"contents":[[{"boundingBox","text",…}]],"imginfo"}`: a line an item, a
//! page a file.
//!
//! A box is four corners in the order top left, bottom left, top right, bottom right. `isVertical`
//! is the word "true" on horizontal pages as well, so that the box alone tells.

use super::Input;
use super::json::{self, Sketch, items, number, rect, sure, whole, words};
use super::text::TextBuilder;
use crate::error::Error;
use crate::page::{Region, Size};
use crate::role::Role;
use crate::source::File;
use serde_json::Value;

/// True where the text begins as such a file does.
pub fn is_ndl(head: &str) -> bool {
    Sketch::of(head).is_some_and(|s| s.has_any(&["isTextline", "isVertical"]) || s.has_all(&["contents", "imginfo"]))
}

/// Reads an object, or a bare list of lines, a page.
///
/// # Errors
/// Where the text is no such JSON; the message names line and column.
pub fn ndl(text: &str, file: File) -> Result<Input, Error> {
    json::read(text, file, |value, out, warnings| {
        let size = |key: &str| number(&value["imginfo"][key]);
        let size = size("img_width").zip(size("img_height"));
        out.page(size.map(|(width, height)| Size { width, height }));
        if let Some(error) = value["error"].as_str() {
            warnings.push(format!("page {}: the engine answered: {error}", out.pages()));
        }
        let mut role = None;
        for item in items(if value.is_array() { value } else { &value["contents"] }) {
            let lines = if item.is_array() { items(item) } else { std::slice::from_ref(item) };
            lines.iter().for_each(|l| line(l, &mut role, out));
        }
    })
}

/// Writes a line; a region begins where the role changes.
fn line(value: &Value, last: &mut Option<Role>, out: &mut TextBuilder) {
    let role = whole(&value["class_index"]).and_then(role);
    if role != *last {
        match role {
            Some(_) => out.region(Region { role, ..Region::default() }),
            None => out.end_region(),
        }
        *last = role;
    }
    out.line(words(&value["text"]), rect(&value["boundingBox"]), sure(&value["confidence"]));
}

/// The classes of its layout model that are lines or hold text. The first of them, body text, is also
/// what is written where the class is not known.
fn role(class: u64) -> Option<Role> {
    Some(match class {
        2 => Role::Caption,
        3 | 7 => Role::Advertisement,
        8 => Role::RunningHead,
        9 => Role::PageNumber,
        16 => Role::Headline,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Input {
        assert!(is_ndl(text), "{text}");
        ndl(text, File { path: None, format: "ndlocr-json", encoding: "UTF-8" }).unwrap()
    }

    #[test]
    fn lines_with_corners_in_their_own_order() {
        let input = read(
            r#"{"contents":[[{"boundingBox":[[86,19],[86,356],[143,19],[143,356]],"isVertical":"true","text":"今日","confidence":0.87,"class_index":16},
            {"boundingBox":null,"text":"は","class_index":1},{"text":null},7]],"imginfo":{"img_width":574,"img_height":823}}"#,
        );
        let page = &input.pages[0];
        assert_eq!(input.source.text.trim_end(), "今日\nは");
        assert_eq!(page.runs[0].rect.map(|r| (r.x0, r.x1, r.y1)), Some((86.0, 143.0, 356.0)));
        assert!(page.runs.iter().map(|r| r.region).eq([Some(0), None]));
        assert_eq!((page.regions[0].role, page.size.map(|s| s.width)), (Some(Role::Headline), Some(574.0)));
    }

    #[test]
    fn pages_in_lines_and_an_error() {
        let input = read("[{\"isTextline\":\"true\",\"text\":\"甲\"}]\n{\"error\":\"no image\"}\n{\"contents\":7}");
        assert_eq!((input.pages.len(), input.warnings.len()), (3, 1));
    }
}
