//! The XML of ABBYY FineReader (6 to 10): `page > block > text > par > line > formatting > charParams`.
//!
//! A line's characters are its text, the spaces among them, so a line is one piece, with the line's
//! box; exports without boxes of characters have the text in `formatting` itself. The readings that the
//! engine thought of (`wordRecVariants`, `charRecVariants`) are left. A character that stands twice
//! with one box, as under some underlines, is kept twice: nothing says which is meant.
//!
//! What a paragraph is, is in its style, where the file has styles. A page can be a file's root.

use super::Input;
use super::stated::{Regions, role};
use super::text::TextBuilder;
use super::xml::{Element, Step, Walk, push_text, root};
use crate::error::Error;
use crate::geometry::Rect;
use crate::page::{InkKind, Region, Size};
use crate::role::Role;
use crate::source::File;
use std::collections::HashMap;

/// True where the text begins as such a file does.
pub fn is_abbyy(head: &str) -> bool {
    match root(head) {
        Some("document") => head.contains("FineReader") || head.contains("blockType="),
        Some("page") => head.contains("blockType="),
        _ => false,
    }
}

/// Reads all pages of such a file.
///
/// # Errors
/// Where there is no page in it.
pub fn abbyy(text: &str, file: File) -> Result<Input, Error> {
    let mut walk = Walk::new(text, file.format);
    let mut abbyy = Abbyy::default();
    while let Some(step) = walk.step()? {
        match step {
            Step::Open(element) => abbyy.open(element),
            Step::Text(text) => abbyy.text(&text),
            Step::Close(name) => abbyy.close(name),
        }
    }
    if abbyy.out.pages() == 0 {
        return Err(walk.lacks("there is no <page> in it"));
    }
    let warnings = walk.warning().into_iter().collect();
    let (source, pages) = abbyy.out.finish(file)?;
    Ok(Input { source, pages, warnings })
}

#[derive(Default)]
struct Abbyy<'a> {
    out: TextBuilder,
    regions: Regions,
    styles: HashMap<&'a str, Role>,
    region: Option<Region>,
    /// The role of the open paragraph.
    role: Option<Role>,
    line: Characters,
    in_line: bool,
    in_character: bool,
    /// How many elements of other readings are open.
    variants: usize,
    /// Whether the block is a frame of ruled lines, which are to be told one by one.
    in_frame: bool,
    separator: Separator,
}

impl<'a> Abbyy<'a> {
    fn open(&mut self, element: Element<'_, 'a>) {
        match element.name {
            "paragraphStyle" => {
                let id = element.raw("id").or(element.raw("name"));
                self.styles.extend(id.zip(element.raw("role").and_then(style)));
            }
            "page" => {
                self.end_line();
                self.regions.next_block(&mut self.out);
                let size = element.figure("width").zip(element.figure("height"));
                self.out.page(size.map(|(width, height)| Size { width, height }));
            }
            "block" => self.block(element),
            "par" => self.role = element.raw("style").and_then(|style| self.styles.get(style).copied()),
            "line" => {
                self.end_line();
                self.line.rect = rect(element);
                self.in_line = true;
            }
            "wordRecVariants" | "charRecVariants" => self.variants += 1,
            "charParams" if self.variants == 0 => {
                self.in_character = true;
                self.line.character(rect(element), element.figure("charConfidence"));
            }
            "separator" => self.separator = Separator { width: element.figure("thickness"), rect: None },
            "start" | "end" => {
                let point = element.figure("x").zip(element.figure("y"));
                self.separator.reach(point);
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let blank = text.trim().is_empty();
        if self.variants > 0 || self.out.pages() == 0 {
        } else if self.in_character || self.in_line {
            // Beside characters, a line break is the file's own.
            let is_layout = self.in_character || blank;
            push_text(&mut self.line.text, if is_layout && text.contains('\n') { text.trim() } else { text });
        } else if !blank {
            push_text(&mut self.line.text, text);
            self.end_line();
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "wordRecVariants" | "charRecVariants" => self.variants -= 1,
            "charParams" => self.in_character &= self.variants > 0,
            "line" => {
                self.end_line();
                self.in_line = false;
            }
            "separator" => {
                if let Some(rect) = self.separator.rect().filter(|_| self.in_frame) {
                    self.out.ink(InkKind::Rule, rect);
                }
            }
            "par" => self.role = None,
            "page" => self.end_line(),
            "block" => {
                self.end_line();
                self.region = None;
                self.in_frame = false;
                self.regions.next_block(&mut self.out);
            }
            _ => {}
        }
    }

    fn block(&mut self, element: Element<'_, 'a>) {
        self.regions.next_block(&mut self.out);
        let (kind, rect) = (element.raw("blockType").unwrap_or_default(), rect(element));
        let ink = match kind {
            "Picture" => Some(InkKind::Picture),
            "Separator" => Some(InkKind::Rule),
            _ => None,
        };
        if let Some((kind, rect)) = ink.zip(rect) {
            self.out.ink(kind, rect);
        }
        self.in_frame = kind == "SeparatorsBox";
        self.region = Some(Region { rect, ..Region::default() });
    }

    /// Writes the line, if there is text in it.
    fn end_line(&mut self) {
        let text = self.line.text.trim_end_matches(' ');
        if !text.is_empty() {
            let region = self.region.map(|region| Region { role: self.role, ..region });
            self.regions.line_in(&mut self.out, region);
            self.out.line(text, self.line.rect.or(self.line.around), self.line.sure());
        }
        self.line = Characters { text: std::mem::take(&mut self.line.text), ..Characters::default() };
        self.line.text.clear();
    }
}

/// The characters of a line.
#[derive(Default)]
struct Characters {
    text: String,
    /// The line's box as stated.
    rect: Option<Rect>,
    /// The box about its characters.
    around: Option<Rect>,
    /// The sum of the characters' confidences, from 0 to 100, and their number.
    confidence: (f32, u32),
}

impl Characters {
    fn character(&mut self, rect: Option<Rect>, confidence: Option<f32>) {
        if let Some(rect) = rect {
            self.around = Some(self.around.map_or(rect, |r| r.union(rect)));
        }
        // 255 is what FineReader writes where it does not know.
        if let Some(confidence) = confidence.filter(|c| (0.0..=100.0).contains(c)) {
            self.confidence = (self.confidence.0 + confidence, self.confidence.1 + 1);
        }
    }

    fn sure(&self) -> Option<f32> {
        let (sum, count) = self.confidence;
        (count > 0).then(|| sum / count as f32 / 100.0)
    }
}

/// A ruled line from one point to another.
#[derive(Default)]
struct Separator {
    width: Option<f32>,
    rect: Option<Rect>,
}

impl Separator {
    fn reach(&mut self, point: Option<(f32, f32)>) {
        if let Some((x, y)) = point {
            let point = Rect { x0: x, y0: y, x1: x, y1: y };
            self.rect = Some(self.rect.map_or(point, |r| r.union(point)));
        }
    }

    fn rect(&self) -> Option<Rect> {
        let half = self.width.unwrap_or(1.0).max(1.0) / 2.0;
        self.rect.map(|r| Rect { x0: r.x0 - half, y0: r.y0 - half, x1: r.x1 + half, y1: r.y1 + half })
    }
}

/// What the name of a style's role says.
fn style(name: &str) -> Option<Role> {
    match name {
        "pictureCaption" | "tableCaption" => Some(Role::Caption),
        // A running title.
        "rt" => Some(Role::RunningHead),
        _ => role(name),
    }
}

fn rect(element: Element<'_, '_>) -> Option<Rect> {
    Some(Rect {
        x0: element.figure("l")?,
        y0: element.figure("t")?,
        x1: element.figure("r")?,
        y1: element.figure("b")?,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub const PAGE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="http://www.abbyy.com/FineReader_xml/FineReader10-schema-v1.xml" version="1.0">
<documentData><paragraphStyles><paragraphStyle id="{1}" name="x" role="pictureCaption"/></paragraphStyles></documentData>
<page width="1079" height="1943" resolution="300" originalCoords="1">
<block blockType="Text" l="140" t="84" r="950" b="394"><region><rect l="140" t="84" r="950" b="394"/></region>
<text><par style="{1}">
<line baseline="110" l="140" t="90" r="256" b="110"><formatting lang="ChinesePRC">
<wordRecVariants><wordRecVariant><variantText>北<charParams l="1" t="1" r="2" b="2">京</charParams></variantText></wordRecVariant></wordRecVariants>
<charParams l="140" t="90" r="160" b="110" charConfidence="100" wordStart="1">北<charRecVariants><charRecVariant>京</charRecVariant></charRecVariants></charParams>
<charParams l="160" t="90" r="180" b="110" charConfidence="50">京
 <charRecVariants/>
</charParams>
<charParams l="180" t="90" r="190" b="110" charConfidence="255"> </charParams></formatting><formatting lang="ChinesePRC">
<charParams l="190" t="90" r="210" b="110">會</charParams></formatting></line>
<line><formatting><charParams l="140" t="120" r="160" b="140">議</charParams></formatting></line></par>
<par><line l="140" t="150" r="256" b="170"><formatting lang="ChinesePRC">強調&amp;</formatting></line></par></text></block>
<block blockType="Table" l="0" t="400" r="99" b="499"><row><cell><text><par><line l="0" t="400" r="9" b="410"><formatting>研究</formatting></line></par></text></cell></row></block>
<block blockType="Picture" l="0" t="500" r="99" b="599"/>
<block blockType="Separator" l="0" t="600" r="99" b="602"><separator thickness="2"><start x="0" y="601"/><end x="99" y="601"/></separator></block>
<block blockType="SeparatorsBox" l="0" t="700" r="99" b="799"><separatorsBox><separator thickness="2"><start x="1" y="700"/><end x="1" y="799"/></separator></separatorsBox></block>
</page></document>
"#;

    fn read(text: &str) -> Result<Input, Error> {
        abbyy(text, File { path: None, format: "abbyy", encoding: "UTF-8" })
    }

    #[test]
    fn a_line_is_its_characters() {
        let input = read(PAGE).unwrap();
        assert_eq!(input.source.text, "北京 會\n議\n強調&\n研究");
        let page = &input.pages[0];
        let runs: Vec<_> = page.runs.iter().map(|r| (r.region, r.rect.map(|r| (r.x0, r.x1)), r.sure)).collect();
        assert_eq!(
            runs,
            [
                (Some(0), Some((140.0, 256.0)), Some(0.75)),
                (Some(0), Some((140.0, 160.0)), None),
                (Some(1), Some((140.0, 256.0)), None),
                (Some(2), Some((0.0, 9.0)), None),
            ]
        );
        assert_eq!(page.regions.iter().map(|r| r.role).collect::<Vec<_>>(), [Some(Role::Caption), None, None]);
        let ink: Vec<_> = page.ink.iter().map(|i| (i.kind, i.rect.width())).collect();
        assert_eq!(ink, [(InkKind::Picture, 99.0), (InkKind::Rule, 99.0), (InkKind::Rule, 2.0)]);
        assert!(input.warnings.is_empty());
    }

    #[test]
    fn a_page_can_be_the_root() {
        assert!(is_abbyy(PAGE) && is_abbyy(&PAGE[PAGE.find("<page").unwrap()..]) && !is_abbyy("<page><word/></page>"));
    }

    #[test]
    fn a_cut_or_nonsense_is_no_end() {
        let cut = read(&PAGE[..PAGE.find("會").unwrap()]).unwrap();
        assert_eq!((cut.source.text.as_str(), cut.warnings.len()), ("北京", 1));
        let text = "<page width='x'><block blockType='Picture' l='NaN'><charParams l='1e99' charConfidence='-'>中</charParams><line>文</block>字<charParams>人";
        let odd = read(text).unwrap();
        assert_eq!(odd.source.text, "中\n文\n字\n人");
        assert!(odd.pages[0].runs.iter().all(|run| run.rect.is_none()));
        assert!(read("<document/>").unwrap_err().to_string().contains("no <page>"));
        assert!(read(&"<page>".repeat(1000)).is_err());
    }
}
