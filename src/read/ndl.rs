//! The XML of NDLOCR, of Japan's National Diet Library, and of NDLOCR-Lite: `OCRDATASET > PAGE >
//! TEXTBLOCK > LINE`, a line's text in its `STRING`.
//!
//! A `TEXTBLOCK` has a text like an article's; a `BLOCK` is a figure, table, advertisement, running
//! head or page number by its `TYPE`, and can have lines or a `STRING` of its own. `ORDER` numbers the
//! lines from 0 or 1, with gaps; a block has that of its first line. The shape of a text block stands
//! after its lines and is that of the lines, so it is left.

use super::Input;
use super::stated::{Regions, role};
use super::text::TextBuilder;
use super::xml::{Element, Step, Walk, figure, push_text, root};
use crate::error::Error;
use crate::geometry::Rect;
use crate::page::{InkKind, Region, Size};
use crate::role::Role;
use crate::source::File;

/// True where the text begins as NDLOCR's does.
pub fn is_ndl(head: &str) -> bool {
    root(head) == Some("OCRDATASET")
}

/// Reads all pages of a file.
///
/// # Errors
/// Where there is no page in it.
pub fn ndl(text: &str, file: File) -> Result<Input, Error> {
    let mut walk = Walk::new(text, file.format);
    let mut ndl = Ndl::default();
    while let Some(step) = walk.step()? {
        match step {
            Step::Open(element) => ndl.open(element),
            Step::Text(text) if ndl.out.pages() > 0 && !text.trim().is_empty() => {
                ndl.write(&text, None, None, Region::default())
            }
            Step::Text(_) => {}
            Step::Close("TEXTBLOCK" | "BLOCK") => {
                ndl.about.pop();
                ndl.regions.next_block(&mut ndl.out);
            }
            Step::Close(_) => {}
        }
    }
    if ndl.out.pages() == 0 {
        return Err(walk.lacks("there is no <PAGE> in it"));
    }
    let warnings = walk.warning().into_iter().collect();
    let (source, pages) = ndl.out.finish(file)?;
    Ok(Input { source, pages, warnings })
}

#[derive(Default)]
struct Ndl {
    out: TextBuilder,
    regions: Regions,
    /// What is stated of the open blocks, the innermost last.
    about: Vec<Region>,
    line: String,
}

impl Ndl {
    fn open(&mut self, element: Element<'_, '_>) {
        match element.name {
            "PAGE" => {
                self.regions.next_block(&mut self.out);
                let size = element.figure("WIDTH").zip(element.figure("HEIGHT"));
                self.out.page(size.map(|(width, height)| Size { width, height }));
            }
            "TEXTBLOCK" | "BLOCK" => self.block(element),
            "LINE" => self.line(element),
            _ => {}
        }
    }

    fn block(&mut self, element: Element<'_, '_>) {
        self.regions.next_block(&mut self.out);
        let rect = rect(element);
        let kind = element.raw("TYPE").unwrap_or_default();
        let region = Region { rect, role: role(kind), order: order(element), article: None };
        self.about.push(region);
        if let Some(rect) = rect.filter(|_| matches!(kind, "図版" | "組織図")) {
            self.out.ink(InkKind::Picture, rect);
        }
        if let Some(text) = element.text("STRING") {
            self.write(&text, rect, sure(element), region);
        }
    }

    fn line(&mut self, element: Element<'_, '_>) {
        let order = order(element);
        let around = self.about.last_mut().map(|around| {
            around.order = around.order.or(order);
            *around
        });
        let around = around.unwrap_or(Region { order, ..Region::default() });
        let named = element.raw("TYPE").and_then(role);
        let says = |name| element.raw(name) == Some("TRUE");
        let marked = if says("TITLE") {
            Some(Role::Headline)
        } else if says("AUTHOR") {
            Some(Role::Byline)
        } else {
            None
        };
        let region = Region { role: named.or(marked).or(around.role), ..around };
        self.write(&element.text("STRING").unwrap_or_default(), rect(element), sure(element), region);
    }

    fn write(&mut self, text: &str, rect: Option<Rect>, sure: Option<f32>, region: Region) {
        self.line.clear();
        push_text(&mut self.line, text);
        let text = self.line.trim_end_matches(' ');
        if !text.is_empty() {
            self.regions.line_in(&mut self.out, Some(region));
            self.out.line(text, rect, sure);
        }
    }
}

fn rect(element: Element<'_, '_>) -> Option<Rect> {
    let (x0, y0) = (element.figure("X")?, element.figure("Y")?);
    Some(Rect { x0, y0, x1: x0 + element.figure("WIDTH")?, y1: y0 + element.figure("HEIGHT")? })
}

fn sure(element: Element<'_, '_>) -> Option<f32> {
    element.figure("CONF").map(|sure| sure.clamp(0.0, 1.0))
}

fn order(element: Element<'_, '_>) -> Option<u32> {
    element.raw("ORDER").and_then(figure).filter(|order| *order >= 0.0).map(|order| order as u32)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub const PAGES: &str = r#"<OCRDATASET>
<PAGE IMAGENAME="a.jpg" WIDTH="827" HEIGHT="1170">
  <TEXTBLOCK CONF="0.990">
    <LINE TYPE="タイトル本文" X="699" Y="154" WIDTH="12" HEIGHT="275" CONF="0.934" ORDER="3" STRING="春は&amp;あ" />
    <LINE TYPE="本文" X="673" Y="142" WIDTH="12" HEIGHT="287" CONF="7" ORDER="5" STRING="けぼの" />
    <SHAPE><POLYGON POINTS="15,11,15,779,543,779,543,11" /></SHAPE>
  </TEXTBLOCK>
  <LINE TYPE="キャプション" AUTHOR="TRUE" X="1" Y="2" WIDTH="3" HEIGHT="4" ORDER="9" STRING="白く" />
  <LINE TYPE="本文" AUTHOR="TRUE" X="1" Y="12" WIDTH="3" HEIGHT="4" ORDER="10" STRING="山" />
  <BLOCK TYPE="図版" X="10" Y="20" WIDTH="300" HEIGHT="400" CONF="0.738" />
  <BLOCK TYPE="ノンブル" X="614" Y="434" WIDTH="8" HEIGHT="10" CONF="0.738" STRING="十二" />
</PAGE>
<PAGE IMAGENAME="b.jpg" WIDTH="827" HEIGHT="1170">
  <BLOCK TYPE="広告" X="0" Y="0" WIDTH="80" HEIGHT="10"><LINE X="0" Y="0" WIDTH="80" HEIGHT="10" STRING="夏"/><LINE/></BLOCK>
</PAGE>
</OCRDATASET>"#;

    fn read(text: &str) -> Result<Input, Error> {
        ndl(text, File { path: None, format: "ndlocr", encoding: "UTF-8" })
    }

    #[test]
    fn lines_have_roles_and_blocks_an_order() {
        let input = read(PAGES).unwrap();
        assert_eq!(input.source.text, "春は&あ\nけぼの\n白く\n山\n十二\u{c}夏");
        let page = &input.pages[0];
        let stated: Vec<_> = page.regions.iter().map(|r| (r.role, r.order)).collect();
        assert_eq!(
            stated,
            [
                (Some(Role::Headline), Some(3)),
                (None, Some(3)),
                (Some(Role::Caption), Some(9)),
                (Some(Role::Byline), Some(10)),
                (Some(Role::PageNumber), None),
            ]
        );
        let runs: Vec<_> = page.runs.iter().map(|r| (r.region, r.rect.map(|r| r.y1), r.sure)).collect();
        assert_eq!(runs[..2], [(Some(0), Some(429.0), Some(0.934)), (Some(1), Some(429.0), Some(1.0))]);
        assert_eq!((page.ink.len(), input.pages[1].regions[0].role), (1, Some(Role::Advertisement)));
        assert!(input.warnings.is_empty());
    }

    #[test]
    fn nonsense_gives_text_without_boxes() {
        let input = read(
            "<PAGE WIDTH='x'>文<LINE X='NaN' Y='1e99' WIDTH='' CONF='-' ORDER='-5' STRING='中'/></BLOCK><LINE STRING='",
        )
        .unwrap();
        assert_eq!(input.source.text, "文\n中");
        assert!(input.pages[0].runs.iter().all(|run| run.rect.is_none()));
        assert_eq!(input.warnings.len(), 1);
        assert!(read("<OCRDATASET/>").unwrap_err().to_string().contains("no <PAGE>"));
        assert!(read(&"<PAGE>".repeat(1000)).is_err());
    }
}
