//! The XML of DjVu's hidden text, as `djvutoxml` writes it: `OBJECT > HIDDENTEXT > PAGECOLUMN > REGION >
//! PARAGRAPH > LINE > WORD`.
//!
//! The edges of a box come in the order left, bottom, right, top, but count from the top, unlike those
//! of `djvused`. Any level may hold the text itself, where the engine had no smaller one.

use super::Input;
use super::line::Line;
use super::stated::Regions;
use super::text::TextBuilder;
use super::xml::{Element, Step, Walk, figure, root};
use crate::error::Error;
use crate::geometry::Rect;
use crate::page::{Region, Size};
use crate::source::File;

/// True where the text begins as such a file does.
pub fn is_djvu(head: &str) -> bool {
    root(head) == Some("DjVuXML")
}

/// Reads all pages of such a file.
///
/// # Errors
/// Where there is no page in it.
pub fn djvu(text: &str, file: File) -> Result<Input, Error> {
    let mut walk = Walk::new(text, file.format);
    let mut djvu = Djvu::default();
    while let Some(step) = walk.step()? {
        match step {
            Step::Open(element) => djvu.open(element),
            Step::Text(text) if djvu.in_text => djvu.text(&text),
            Step::Text(_) => {}
            Step::Close(name) => djvu.close(name),
        }
    }
    if djvu.out.pages() == 0 {
        return Err(walk.lacks("there is no <OBJECT> in it, which is a page"));
    }
    let warnings = walk.warning().into_iter().collect();
    let (source, pages) = djvu.out.finish(file)?;
    Ok(Input { source, pages, warnings })
}

#[derive(Default)]
struct Djvu {
    out: TextBuilder,
    regions: Regions,
    line: Line,
    in_text: bool,
    in_line: bool,
    in_word: bool,
    /// The boxes of the open elements of the text, the innermost last.
    open: Vec<Option<Rect>>,
    region: Option<Region>,
}

impl Djvu {
    fn open(&mut self, element: Element<'_, '_>) {
        if self.in_text {
            self.open.push(element.raw("coords").and_then(coords));
        }
        match element.name {
            "OBJECT" => {
                self.end_line();
                let size = element.figure("width").zip(element.figure("height"));
                self.out.page(size.map(|(width, height)| Size { width, height }));
            }
            "HIDDENTEXT" => self.in_text = true,
            "REGION" | "PAGECOLUMN" | "PARAGRAPH" => {
                self.end_line();
                if element.name != "PARAGRAPH" {
                    self.regions.next_block(&mut self.out);
                    let rect = self.open.last().copied().flatten();
                    self.region = Some(Region { rect, ..Region::default() });
                }
            }
            "LINE" => self.begin_line(),
            "WORD" => {
                if !self.in_line {
                    self.begin_line();
                    self.in_line = false;
                }
                self.line.word("", self.open.last().copied().flatten(), None);
                self.in_word = true;
            }
            // A character's text is its word's.
            "CHARACTER" if !self.in_word => self.line.word("", self.open.last().copied().flatten(), None),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let blank = text.trim().is_empty();
        if self.in_word {
            // Between the characters of a word, a line break is the file's own.
            if !(blank && text.contains('\n')) {
                self.line.append(text);
            }
        } else if !blank {
            if !self.in_line {
                self.end_line();
                self.line.start(self.open.last().copied().flatten(), self.region);
            }
            self.line.loose(text);
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "WORD" => self.in_word = false,
            "LINE" => self.in_line = false,
            "HIDDENTEXT" => self.in_text = false,
            _ => {}
        }
        if !self.in_line && !self.in_word {
            self.end_line();
        }
        if self.in_text {
            self.open.pop();
        } else if name == "HIDDENTEXT" {
            self.open.clear();
            self.region = None;
            self.regions.next_block(&mut self.out);
        }
    }

    fn begin_line(&mut self) {
        self.end_line();
        self.line.start(self.open.last().copied().flatten(), self.region);
        self.in_line = true;
    }

    fn end_line(&mut self) {
        self.line.write(&mut self.out, &mut self.regions);
    }
}

/// The box of `left,bottom,right,top`; a baseline may follow.
fn coords(value: &str) -> Option<Rect> {
    let mut edges = value.split(',').map(figure);
    let mut edge = || edges.next().flatten();
    let (x0, y1, x1, y0) = (edge()?, edge()?, edge()?, edge()?);
    Some(Rect { x0, y0, x1, y1 })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub const PAGE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE DjVuXML PUBLIC "-//W3C//DTD DjVuXML 1.1//EN" "pubtext/DjVuXML-s.dtd">
<DjVuXML>
<HEAD>file://localhost/a.djvu</HEAD>
<BODY>
<OBJECT data="a.djvu" type="image/x.djvu" height="760" width="700" usemap="a.djvu" >
<PARAM name="DPI" value="200" />
<HIDDENTEXT>
<PAGECOLUMN><REGION coords="500,700,640,60"><PARAGRAPH>
<LINE>
<WORD coords="589,399,636,109">東京の</WORD>
<WORD coords="589,649,636,409,600">
 <CHARACTER coords="589,500,636,409">古</CHARACTER>
 <CHARACTER coords="589,649,636,500">い</CHARACTER>
</WORD>
</LINE>
<LINE coords="525,601,573,69">を文字&amp;認識</LINE>
</PARAGRAPH></REGION></PAGECOLUMN>
</HIDDENTEXT>
</OBJECT>
<MAP name="a.djvu"/>
<OBJECT width="700" height="760"><HIDDENTEXT>公開</HIDDENTEXT></OBJECT>
</BODY>
</DjVuXML>
"#;

    fn read(text: &str) -> Result<Input, Error> {
        djvu(text, File { path: None, format: "djvu", encoding: "UTF-8" })
    }

    #[test]
    fn any_level_holds_the_text() {
        let input = read(PAGE).unwrap();
        assert_eq!(input.source.text, "東京の古い\nを文字&認識\u{c}公開");
        let runs: Vec<_> =
            input.pages[0].runs.iter().map(|r| (r.line, r.region, r.rect.map(|r| (r.y0, r.y1)))).collect();
        let boxes = [Some((109.0, 399.0)), Some((409.0, 649.0)), Some((69.0, 601.0))];
        assert_eq!(runs, [(1, Some(0), boxes[0]), (1, Some(0), boxes[1]), (2, Some(0), boxes[2])]);
        assert_eq!(input.pages[1].size, Some(Size { width: 700.0, height: 760.0 }));
        assert!(input.warnings.is_empty());
    }

    #[test]
    fn a_cut_or_nonsense_is_no_end() {
        let text = "<OBJECT width='x'><HIDDENTEXT><WORD coords='NaN,,1e99'>中</WORD><WORD>文</WORD><CHARACTER>字</CHARACTER><LINE><WORD>人";
        let input = read(text).unwrap();
        assert_eq!(input.source.text, "中\n文\n字\n人");
        assert!(input.pages[0].runs.iter().all(|run| run.rect.is_none()));
        assert_eq!(input.warnings.len(), 1);
        assert!(read("<DjVuXML/>").unwrap_err().to_string().contains("no <OBJECT>"));
        assert!(read(&"<OBJECT>".repeat(1000)).is_err());
    }
}
