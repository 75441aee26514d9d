//! Cloud Vision: `fullTextAnnotation`, pages of blocks of paragraphs of words of symbols.
//!
//! There is no level of lines. Behind its last symbol a word says what follows it: a space, the end
//! of a line, or nothing. A run is what stands between two of these, with the boxes of its words
//! taken together: in Chinese and Japanese mostly a whole line, in Korean a word. `text`, and
//! `textAnnotations`, say the same again.

use super::super::Input;
use super::super::json::{self, Sketch, either, items, words};
use super::super::text::TextBuilder;
use super::{polygon, size, sure};
use crate::error::Error;
use crate::geometry::Rect;
use crate::page::{InkKind, Region, Size};
use crate::source::File;
use serde_json::Value;

const FULL: &[&str] = &["fullTextAnnotation", "full_text_annotation"];
const ALL: &[&str] = &["textAnnotations", "text_annotations"];
const BOX: &[&str] = &["boundingBox", "bounding_box"];

/// True where the text begins as an answer of Cloud Vision does.
pub fn is_vision(head: &str) -> bool {
    Sketch::of(head).is_some_and(|s| {
        s.has_any(FULL)
            || s.has_any(ALL)
            || s.has_all(&["blocks", "paragraphs", "symbols"])
            || s.shape() == "{k[{}]}" && s.has_any(&["responses"])
            || (s.has_any(&["responses"]) && s.has_any(&["error", "context", "vertices"]))
    })
}

/// Reads an answer, or a bare annotation.
///
/// # Errors
/// Where the text is no such JSON; the message names line and column.
pub fn vision(text: &str, file: File) -> Result<Input, Error> {
    json::read(text, file, |value, out, warnings| {
        let answers = either(value, &["responses"]);
        let answers = if answers.is_array() { items(answers) } else { std::slice::from_ref(value) };
        answers.iter().for_each(|a| answer(a, out, warnings));
    })
}

fn answer(value: &Value, out: &mut TextBuilder, warnings: &mut Vec<String>) {
    let full = either(value, FULL);
    let full = if full.is_null() { value } else { full };
    let pages = items(&full["pages"]);
    if pages.iter().any(has_symbols) {
        pages.iter().for_each(|p| page(p, out));
    } else {
        out.page(pages.first().and_then(size));
        // The whole text comes first, its words follow.
        let again = items(either(value, ALL));
        let all = match words(&full["text"]) {
            "" => again.first().map_or("", |first| words(&first["description"])),
            text => text,
        };
        annotated(all, again, out);
    }
    if let Some(message) = value["error"]["message"].as_str() {
        warnings.push(format!("page {}: the service answered: {message}", out.pages()));
    }
}

fn has_symbols(page: &Value) -> bool {
    let paragraphs = items(&page["blocks"]).iter().flat_map(|block| items(&block["paragraphs"]));
    paragraphs.flat_map(|p| items(&p["words"])).any(|word| !items(&word["symbols"]).is_empty())
}

/// Writes a text whose words are listed with their boxes; what stands between two words tells
/// whether they are one run, two, or on two lines. From the first word on that is not the text's
/// next, the text is written without boxes.
fn annotated(text: &str, list: &[Value], out: &mut TextBuilder) {
    let mut run = Stretch { ended: true, ..Stretch::default() };
    let mut rest = text;
    for word in list {
        let description = words(&word["description"]);
        if description.trim() == text.trim() && rest.len() == text.len() && list.len() > 1 {
            continue;
        }
        let at = rest.trim_start();
        let Some(behind) = at.strip_prefix(description) else { break };
        let gap = &rest[..rest.len() - at.len()];
        let stop = match gap {
            "" => Stop::None,
            gap if gap.contains('\n') => Stop::Line,
            _ => Stop::Space,
        };
        run.stop(stop, out);
        run.add(description, polygon(either(word, &["boundingPoly", "bounding_poly"]), None), None);
        rest = behind;
    }
    run.write(out);
    rest.lines().filter(|line| !line.trim().is_empty()).for_each(|line| out.line(line, None, None));
}

/// What a block is, as a name or as the number that stands for it in Python's dumps.
fn is(value: &Value, name: &str, number: u64) -> bool {
    value.as_str() == Some(name) || value.as_u64() == Some(number)
}

fn page(value: &Value, out: &mut TextBuilder) {
    let size = size(value);
    out.page(size);
    for block in items(&value["blocks"]) {
        let rect = polygon(either(block, BOX), size);
        let kind = either(block, &["blockType", "block_type"]);
        let ink =
            if is(kind, "PICTURE", 3) { Some(InkKind::Picture) } else { is(kind, "RULER", 4).then_some(InkKind::Rule) };
        if let Some((kind, rect)) = ink.zip(rect) {
            out.ink(kind, rect);
        }
        let paragraphs = items(&block["paragraphs"]);
        if !paragraphs.is_empty() {
            out.region(Region { rect, ..Region::default() });
            paragraphs.iter().for_each(|p| paragraph(p, size, out));
        }
    }
}

/// Writes a paragraph line by line.
fn paragraph(value: &Value, page: Option<Size>, out: &mut TextBuilder) {
    let mut run = Stretch { ended: true, ..Stretch::default() };
    for word in items(&value["words"]) {
        let (rect, sure) = (polygon(either(word, BOX), page), sure(&word["confidence"]));
        for symbol in items(&word["symbols"]) {
            let stop = either(&symbol["property"], &["detectedBreak", "detected_break"]);
            let before = either(stop, &["isPrefix", "is_prefix"]).as_bool().unwrap_or(false);
            if before {
                run.stop(Stop::of(&stop["type"]), out);
            }
            run.add(words(&symbol["text"]), rect, sure);
            if !before {
                run.stop(Stop::of(&stop["type"]), out);
            }
        }
    }
    run.write(out);
}

/// What stands between two runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    None,
    Space,
    /// The end of a line.
    Line,
    /// The end of a line, and a hyphen that the symbols leave out.
    Hyphen,
}

impl Stop {
    fn of(kind: &Value) -> Stop {
        if is(kind, "SPACE", 1) || is(kind, "SURE_SPACE", 2) {
            Stop::Space
        } else if is(kind, "EOL_SURE_SPACE", 3) || is(kind, "LINE_BREAK", 5) {
            Stop::Line
        } else if is(kind, "HYPHEN", 4) {
            Stop::Hyphen
        } else {
            Stop::None
        }
    }
}

/// A run in the making.
#[derive(Default)]
struct Stretch {
    text: String,
    rect: Option<Rect>,
    sure: f32,
    counted: u32,
    /// A line ended: the next run starts another.
    ended: bool,
}

impl Stretch {
    fn add(&mut self, text: &str, rect: Option<Rect>, sure: Option<f32>) {
        self.text.push_str(text);
        self.rect = match (self.rect, rect) {
            (Some(a), Some(b)) => Some(a.union(b)),
            (a, b) => a.or(b),
        };
        if let Some(sure) = sure {
            self.sure += sure;
            self.counted += 1;
        }
    }

    fn stop(&mut self, stop: Stop, out: &mut TextBuilder) {
        match stop {
            Stop::Hyphen => self.text.push('-'),
            // The service says that there is one, whatever the room.
            Stop::Space if !self.text.is_empty() => self.text.push(' '),
            _ => {}
        }
        if stop != Stop::None {
            self.write(out);
        }
        self.ended |= matches!(stop, Stop::Line | Stop::Hyphen);
    }

    fn write(&mut self, out: &mut TextBuilder) {
        if !self.text.is_empty() {
            if self.ended {
                out.start_line();
            }
            let sure = (self.counted > 0).then(|| self.sure / self.counted as f32);
            out.word(&self.text, self.rect, sure);
            *self = Stretch::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Input {
        assert!(is_vision(text), "{text}");
        vision(text, File { path: None, format: "google-vision", encoding: "UTF-8" }).unwrap()
    }

    /// A word of symbols with the break behind the last one.
    fn word(text: &str, x: u32, stop: &str) -> String {
        let symbols: Vec<String> = text.chars().map(|c| format!(r#"{{"text":"{c}"}}"#)).collect();
        let symbols = symbols.join(",");
        let symbols = symbols.strip_suffix('}').unwrap();
        let x1 = x + 10;
        format!(
            r#"{{"boundingBox":{{"vertices":[{{"x":{x}}},{{"x":{x1}}},{{"x":{x1},"y":9}},{{"x":{x},"y":9}}]}},"confidence":0.5,
            "symbols":[{symbols},"property":{{"detectedBreak":{{"type":{stop}}}}}}}]}}"#
        )
    }

    fn answer(words: &[String]) -> String {
        format!(
            r#"{{"responses":[{{"textAnnotations":[{{"description":"again"}}],"fullTextAnnotation":{{"text":"again",
            "pages":[{{"width":100,"height":50,"blocks":[{{"blockType":"TEXT","paragraphs":[{{"words":[{}]}}]}},
            {{"blockType":3,"boundingBox":{{"normalizedVertices":[{{}},{{"x":0.5,"y":0.5}}]}}}}]}}]}}}}]}}"#,
            words.join(",")
        )
    }

    #[test]
    fn runs_are_what_breaks_part() {
        let input = read(&answer(&[
            word("会议", 0, "0"),
            word("强调", 20, "\"SPACE\""),
            word("要", 30, "\"EOL_SURE_SPACE\""),
            word("지난", 0, "\"SPACE\""),
            word("여름", 20, "3"),
            word("infor", 0, "\"HYPHEN\""),
            word("mation", 0, "\"LINE_BREAK\""),
        ]));
        assert_eq!(input.source.text, "会议强调 要\n지난 여름\ninfor-\nmation");
        let rects: Vec<(f32, f32)> = input.pages[0].runs.iter().filter_map(|r| r.rect).map(|r| (r.x0, r.x1)).collect();
        assert_eq!(rects, [(0., 30.), (30., 40.), (0., 10.), (20., 30.), (0., 10.), (0., 10.)]);
        assert_eq!(input.pages[0].runs[0].sure, Some(0.5));
        let rect = Rect { x0: 0.0, y0: 0.0, x1: 50.0, y1: 25.0 };
        assert_eq!(input.pages[0].ink.iter().map(|i| (i.kind, i.rect)).collect::<Vec<_>>(), [(InkKind::Picture, rect)]);
    }

    #[test]
    fn an_error_and_a_text_without_boxes() {
        let input = read(
            r#"{"responses":[{"error":{"code":3,"message":"Bad image data."}},{},
            {"textAnnotations":[{"description":"会议\n强调"},{"description":"会议","boundingPoly":{"vertices":[{},{"x":9,"y":5}]}}]}]}"#,
        );
        assert_eq!(input.source.text, "\u{c}\u{c}会议\n强调");
        assert!(input.pages[2].runs.iter().map(|r| r.rect.is_some()).eq([true, false]));
        assert_eq!(input.warnings, ["page 1: the service answered: Bad image data."]);
    }

    #[test]
    fn nonsense_costs_no_more_than_itself() {
        for odd in ["7", "null", "{}", r#"{"symbols":[{},{"text":null},{"text":7}],"confidence":"x"}"#] {
            let input = read(&answer(&[odd.to_owned(), word("会议", 0, "{}")]));
            assert_eq!(input.source.text, "会议", "{odd}");
        }
        for odd in [
            r#"{"responses":7,"error":1}"#,
            r#"{"fullTextAnnotation":{"pages":[7,null,{"blocks":[[],{"paragraphs":[1]}]}]}}"#,
        ] {
            assert_eq!(read(odd).pages.iter().map(|p| p.runs.len()).sum::<usize>(), 0, "{odd}");
        }
    }

    #[test]
    fn an_empty_answer_and_a_bare_annotation_are_told() {
        assert!(is_vision(r#"{"responses": [{}]}"#) && !is_vision(r#"{"responses": [{"text": 1}]}"#));
        let bare = answer(&[word("会议", 0, "0")]);
        let bare = &bare[bare.find("{\"text\":\"again").unwrap()..bare.len() - 3];
        assert!(is_vision(bare), "{bare}");
        assert_eq!(read(bare).source.text, "会议");
    }
}
