//! Apple Vision by way of ocrmac: `[("text", confidence, [x, y, width, height]), …]`, as Python
//! prints it or as JSON.
//!
//! Boxes are shares of the page, measured from its bottom left; where pixels were asked for, they
//! are left, top, right and bottom. The size of the page is not told, so that shares of its width
//! and of its height cannot be compared.

use super::Input;
use super::json::{self, Sketch, items, number, rect, sure};
use super::text::TextBuilder;
use crate::error::Error;
use crate::geometry::Rect;
use crate::source::File;
use serde_json::Value;

/// True where the text begins as such a list does.
pub fn is_ocrmac(head: &str) -> bool {
    Sketch::of(head).is_some_and(|s| {
        let item = s.shape().trim_start_matches('[');
        s.has_lists_only() && s.shape().len() - item.len() <= 3 && item.starts_with("sn[nnnn]")
    })
}

/// Reads a list a page, or a list of such lists; lines that are printed one by one are one page.
///
/// # Errors
/// Where the text is no such list; the message names line and column.
pub fn ocrmac(text: &str, file: File) -> Result<Input, Error> {
    let mut loose = false;
    json::read(text, file, |value, out, warnings| {
        let was_loose = std::mem::replace(&mut loose, Line::of(value).is_some());
        if loose {
            if !was_loose {
                out.page(None);
            }
            page(std::slice::from_ref(value), out, warnings);
        } else if items(value).iter().all(|page| page.is_array() && Line::of(page).is_none())
            && !items(value).is_empty()
        {
            for lines in items(value) {
                out.page(None);
                page(items(lines), out, warnings);
            }
        } else {
            out.page(None);
            page(items(value), out, warnings);
        }
    })
}

fn page(list: &[Value], out: &mut TextBuilder, warnings: &mut Vec<String>) {
    let lines: Vec<Line> = list.iter().filter_map(Line::of).collect();
    if lines.len() < list.len() {
        warnings.push(format!("page {}: {} items of the list are no lines", out.pages(), list.len() - lines.len()));
    }
    // No share is larger than the whole, but for what stands a little over the edge.
    let shares = lines.iter().flat_map(|line| items(line.place)).filter_map(number).all(|n| n < 2.0);
    for line in lines {
        out.line(line.text, if shares { share(line.place) } else { rect(line.place) }, line.sure);
    }
}

struct Line<'a> {
    text: &'a str,
    sure: Option<f32>,
    place: &'a Value,
}

impl<'a> Line<'a> {
    fn of(value: &'a Value) -> Option<Line<'a>> {
        match value.as_array()?.as_slice() {
            [Value::String(text), confidence, place, ..] => Some(Line { text, sure: sure(confidence), place }),
            _ => None,
        }
    }
}

/// A box measured from the bottom left, in shares.
fn share(place: &Value) -> Option<Rect> {
    let figures: Option<Vec<f32>> = items(place).iter().map(number).collect();
    match figures?.as_slice() {
        [x, y, width, height] => Some(Rect { x0: *x, y0: 1.0 - y - height, x1: x + width, y1: 1.0 - y }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Input {
        assert!(is_ocrmac(text), "{text}");
        ocrmac(text, File { path: None, format: "ocrmac", encoding: "UTF-8" }).unwrap()
    }

    #[test]
    fn y_is_measured_from_the_bottom() {
        for text in [
            "[('今日', 0.5, [0.25, 0.75, 0.5, 0.125]),\n ('は', 1.0, [0.5, 0.5, 0.25, 0.125])]",
            r#"[["今日",0.5,[0.25,0.75,0.5,0.125]],["は",1.0,[0.5,0.5,0.25,0.125]]]"#,
            "('今日', 0.5, [0.25, 0.75, 0.5, 0.125])\n('は', 1.0, [0.5, 0.5, 0.25, 0.125])\n",
        ] {
            let input = read(text);
            assert_eq!((input.source.text.as_str(), input.pages.len()), ("今日\nは", 1), "{text}");
            let run = input.pages[0].runs[0];
            assert_eq!((run.rect, run.sure), (Some(Rect { x0: 0.25, y0: 0.125, x1: 0.75, y1: 0.25 }), Some(0.5)));
        }
    }

    #[test]
    fn pixels_and_pages() {
        let input = read("[[('今日', 1, (10, 20, 90, 40))], [], [('は', 1, (10, 20, 90, 40))]]");
        assert_eq!((input.source.text.as_str(), input.pages.len()), ("今日\u{c}\u{c}は", 3));
        assert_eq!(input.pages[0].runs[0].rect, Some(Rect { x0: 10.0, y0: 20.0, x1: 90.0, y1: 40.0 }));
    }

    #[test]
    fn nonsense_costs_no_more_than_itself() {
        let input = read(r#"[["今日",0.5,[0,0,1,1]],["は",null,[0,"x",1]],7,[],["も",2,null]]"#);
        assert_eq!((input.source.text.as_str(), input.warnings.len()), ("今日\nは\nも", 1));
        assert!(input.pages[0].runs.iter().map(|r| r.rect.is_some()).eq([true, false, false]));
        assert!(!is_ocrmac("[[\"a\",1,2]]") && !is_ocrmac("(据新华社) 1"));
    }
}
