//! ALTO (1 to 4): `Page > PrintSpace > TextBlock > TextLine > String`, the words in attributes.
//!
//! A `TextLine` is a line and each `String` a word of it. What else repeats the text is another level
//! of it and is left: `SUBS_CONTENT`, the whole of a divided word, stands on both its halves; `Glyph`
//! and `Variant` are the string's characters over again. `SP` is no evidence of a space, since
//! Tesseract writes one between any two words, and the official Chinese sample none at all. `HYP`
//! is a hyphen that is printed, so it ends the word before it.
//!
//! The margins of a page, beside its `PrintSpace`, hold running titles and page numbers. Captions,
//! headings and articles have no element of their own: they are a `TYPE` of a block or a tag that a
//! `TAGREFS` points to. The order of blocks is in `ReadingOrder` (4.3), else in the `IDNEXT` of blocks.

use super::Input;
use super::line::Line;
use super::links::Links;
use super::stated::{Regions, role};
use super::text::TextBuilder;
use super::xml::{Element, Step, Walk, push_text, root};
use crate::error::Error;
use crate::geometry::Rect;
use crate::page::{InkKind, Region, Size};
use crate::role::Role;
use crate::source::File;
use std::collections::HashMap;

/// True where the text begins as ALTO does.
pub fn is_alto(head: &str) -> bool {
    root(head) == Some("alto")
}

/// Reads all pages of an ALTO file.
///
/// # Errors
/// Where there is no page in it.
pub fn alto(text: &str, file: File) -> Result<Input, Error> {
    let mut walk = Walk::new(text, file.format);
    let mut alto = Alto::default();
    while let Some(step) = walk.step()? {
        match step {
            Step::Open(element) => alto.open(element),
            Step::Text(text) => alto.text(&text),
            Step::Close(name) => alto.close(name),
        }
    }
    if alto.out.pages() == 0 {
        return Err(walk.lacks("there is no <Page> in it"));
    }
    let warnings = walk.warning().into_iter().collect();
    let (source, mut pages) = alto.out.finish(file)?;
    alto.links.order(&mut pages);
    Ok(Input { source, pages, warnings })
}

#[derive(Default)]
struct Alto<'a> {
    out: TextBuilder,
    regions: Regions,
    /// What is stated by the margins and blocks about the place, the innermost last.
    about: Vec<Region>,
    line: Line,
    in_line: bool,
    in_string: bool,
    /// Within other readings of the string.
    in_alternative: bool,
    /// The text of a `String` by its glyphs, for one that states none itself.
    within: String,
    tags: HashMap<&'a str, Role>,
    /// The places of elements in the stated order.
    order: HashMap<&'a str, u32>,
    /// The groups of the stated order that are open, true for ordered ones.
    groups: Vec<bool>,
    links: Links<'a>,
    articles: u32,
}

impl<'a> Alto<'a> {
    fn open(&mut self, element: Element<'_, 'a>) {
        match element.name {
            "LayoutTag" | "StructureTag" | "RoleTag" | "OtherTag" => self.tag(element),
            "OrderedGroup" | "UnorderedGroup" => self.groups.push(element.name == "OrderedGroup"),
            "ElementRef" if self.groups.last() == Some(&true) => {
                for id in element.raw("REF").unwrap_or_default().split_ascii_whitespace() {
                    let place = self.order.len() as u32;
                    self.order.entry(id).or_insert(place);
                }
            }
            "Page" => {
                self.write();
                let size = element.figure("WIDTH").zip(element.figure("HEIGHT"));
                self.regions.next_block(&mut self.out);
                self.out.page(size.map(|(width, height)| Size { width, height }));
            }
            "TopMargin" | "LeftMargin" | "RightMargin" | "BottomMargin" => {
                self.about.push(Region { role: Some(Role::RunningHead), ..Region::default() });
            }
            "ComposedBlock" | "TextBlock" => self.block(element),
            "Illustration" => self.ink(InkKind::Picture, element),
            "GraphicalElement" => self.ink(InkKind::Rule, element),
            "TextLine" => {
                self.write();
                let mut region = self.about.last().copied().unwrap_or_default();
                region.role = self.tagged(element).or(region.role);
                region.order = self.place(element).or(region.order);
                self.line.start(rect(element), Some(region));
                self.in_line = true;
            }
            "String" => {
                if !self.in_line {
                    self.line.start(None, self.about.last().copied());
                }
                self.in_string = true;
                self.within.clear();
                self.line.word(&element.text("CONTENT").unwrap_or_default(), rect(element), sure(element));
            }
            "Glyph" if self.in_string => push_text(&mut self.within, &element.text("CONTENT").unwrap_or_default()),
            "HYP" => self.line.tail(&element.text("CONTENT").unwrap_or_default(), rect(element)),
            "ALTERNATIVE" => self.in_alternative = true,
            _ => {}
        }
    }

    /// Text between tags: the format has none on its pages, but what stands there is not lost.
    fn text(&mut self, text: &str) {
        if self.in_alternative || self.out.pages() == 0 {
        } else if self.in_string {
            push_text(&mut self.within, text);
        } else if self.in_line {
            self.line.loose(text);
        } else if !text.trim().is_empty() {
            self.line.start(None, self.about.last().copied());
            self.line.loose(text);
            self.write();
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "OrderedGroup" | "UnorderedGroup" => _ = self.groups.pop(),
            "TopMargin" | "LeftMargin" | "RightMargin" | "BottomMargin" | "ComposedBlock" | "TextBlock" => {
                self.about.pop();
                self.regions.next_block(&mut self.out);
            }
            "String" => {
                self.in_string = false;
                self.line.or_append(self.within.trim_end());
                if !self.in_line {
                    self.write();
                }
            }
            "ALTERNATIVE" => self.in_alternative = false,
            "TextLine" | "Page" => self.write(),
            _ => {}
        }
    }

    /// Writes the line that was gathered.
    fn write(&mut self) {
        self.line.write(&mut self.out, &mut self.regions);
        self.in_line = false;
    }

    fn tag(&mut self, element: Element<'_, 'a>) {
        let stated = ["LABEL", "TYPE"].iter().find_map(|name| role(&element.text(name)?));
        if let Some((id, role)) = element.raw("ID").zip(stated) {
            self.tags.insert(id, role);
        }
    }

    /// A block, which has what is stated of the block around it unless more is stated of itself.
    fn block(&mut self, element: Element<'_, 'a>) {
        self.regions.next_block(&mut self.out);
        let mut region = self.about.last().copied().unwrap_or_default();
        region.rect = rect(element).or(region.rect);
        let kind = element.text("TYPE").unwrap_or_default();
        region.role = self.tagged(element).or(role(&kind)).or(region.role);
        if kind.eq_ignore_ascii_case("article") {
            region.article = Some(self.articles);
            self.articles += 1;
        }
        region.order = self.place(element).or(region.order);
        if self.order.is_empty() && element.name == "TextBlock" {
            region.order = Some(self.links.block(element.raw("ID"), element.raw("IDNEXT")));
        }
        self.about.push(region);
    }

    fn ink(&mut self, kind: InkKind, element: Element<'_, 'a>) {
        if let Some(rect) = rect(element) {
            self.out.ink(kind, rect);
        }
    }

    fn tagged(&self, element: Element<'_, 'a>) -> Option<Role> {
        let tags = element.raw("TAGREFS")?;
        tags.split_ascii_whitespace().find_map(|id| self.tags.get(id).copied())
    }

    fn place(&self, element: Element<'_, 'a>) -> Option<u32> {
        self.order.get(element.raw("ID")?).copied()
    }
}

/// The box of an element; `None` where an edge is missing, which the schema allows.
fn rect(element: Element<'_, '_>) -> Option<Rect> {
    let (x0, y0) = (element.figure("HPOS")?, element.figure("VPOS")?);
    Some(Rect { x0, y0, x1: x0 + element.figure("WIDTH")?, y1: y0 + element.figure("HEIGHT")? })
}

/// How sure a string is: `WC`, from 0 to 1, or the mean of `CC`, a digit a character, 0 the surest.
fn sure(element: Element<'_, '_>) -> Option<f32> {
    if let Some(sure) = element.figure("WC") {
        return Some(sure.clamp(0.0, 1.0));
    }
    let digits = || element.raw("CC").into_iter().flat_map(str::chars).filter_map(|c| c.to_digit(10));
    let (count, sum) = (digits().count(), digits().sum::<u32>());
    (count > 0).then(|| 1.0 - sum as f32 / (9 * count) as f32)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub const PAGE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<a:alto xmlns:a="http://www.loc.gov/standards/alto/ns-v4#">
  <a:Description><a:MeasurementUnit>pixel</a:MeasurementUnit></a:Description>
  <a:Tags><a:LayoutTag ID="T1" LABEL="Caption"/><a:OtherTag ID="T2"/></a:Tags>
  <a:ReadingOrder><a:OrderedGroup><a:ElementRef REF="b3"/><a:ElementRef REF="b1 b2"/></a:OrderedGroup></a:ReadingOrder>
  <a:Layout>
    <a:Page WIDTH="800" HEIGHT="600">
      <a:TopMargin><a:TextBlock ID="b0"><a:TextLine><a:String CONTENT="晚報" HPOS="10" VPOS="5" WIDTH="40" HEIGHT="20"/></a:TextLine></a:TextBlock></a:TopMargin>
      <a:PrintSpace>
        <a:ComposedBlock TYPE="Article">
          <a:TextBlock ID="b1" HPOS="10" VPOS="50" WIDTH="300" HEIGHT="60">
            <a:TextLine HPOS="10" VPOS="50" WIDTH="300" HEIGHT="20">
              <a:String CONTENT="Tele" WC="0.5" SUBS_TYPE="HypPart1" SUBS_CONTENT="Telephone" HPOS="10" VPOS="50" WIDTH="40" HEIGHT="20"/>
              <a:HYP CONTENT="-" HPOS="50" VPOS="50" WIDTH="5" HEIGHT="20"/>
            </a:TextLine>
            <a:TextLine HPOS="10" VPOS="80" WIDTH="300" HEIGHT="20">
              <a:String CONTENT="phone" CC="00009" SUBS_TYPE="HypPart2" SUBS_CONTENT="Telephone" HPOS="10" VPOS="80" WIDTH="60" HEIGHT="20"/>
              <a:SP WIDTH="-47" HPOS="70" VPOS="80"/>
              <a:String HPOS="80" VPOS="80" WIDTH="20" HEIGHT="20"><a:Glyph CONTENT="局"><a:Variant CONTENT="局"/></a:Glyph></a:String>
            </a:TextLine>
          </a:TextBlock>
          <a:TextBlock ID="b2" TAGREFS="T2 T1"><a:TextLine HPOS="10" VPOS="200" WIDTH="90" HEIGHT="20"><a:String CONTENT="圖為"/><a:String CONTENT="會場"/></a:TextLine></a:TextBlock>
        </a:ComposedBlock>
        <a:TextBlock ID="b3"><a:TextLine><a:String CONTENT="&#x6771;&amp;京"><a:ALTERNATIVE>東&amp;京</a:ALTERNATIVE></a:String></a:TextLine>站<a:TextLine/></a:TextBlock>
        <a:Illustration HPOS="10" VPOS="120" WIDTH="300" HEIGHT="70"/>
        <a:GraphicalElement HPOS="400" VPOS="10" WIDTH="2" HEIGHT="500"></a:GraphicalElement>
        <a:Illustration/>
      </a:PrintSpace>
    </a:Page>
  </a:Layout>
</a:alto>
"#;

    fn read(text: &str) -> Result<Input, Error> {
        alto(text, File { path: None, format: "alto", encoding: "UTF-8" })
    }

    #[test]
    fn a_page_has_its_words_regions_and_ink() {
        let input = read(PAGE).unwrap();
        assert_eq!(input.source.text, "晚報\nTele-\nphone 局\n圖為 會場\n東&京\n站");
        let page = &input.pages[0];
        assert_eq!(page.size, Some(Size { width: 800.0, height: 600.0 }));
        let stated: Vec<_> = page.regions.iter().map(|r| (r.role, r.order, r.article)).collect();
        assert_eq!(
            stated,
            [
                (Some(Role::RunningHead), None, None),
                (None, Some(1), Some(0)),
                (Some(Role::Caption), Some(2), Some(0)),
                (None, Some(0), None),
            ]
        );
        let runs: Vec<_> = page.runs.iter().map(|r| (r.line, r.region, r.rect.map(|r| (r.x0, r.x1)), r.sure)).collect();
        assert_eq!(
            runs,
            [
                (1, Some(0), Some((10.0, 50.0)), None),
                (2, Some(1), Some((10.0, 55.0)), Some(0.5)),
                (3, Some(1), Some((10.0, 70.0)), Some(0.8)),
                (3, Some(1), Some((80.0, 100.0)), None),
                (4, Some(2), Some((10.0, 100.0)), None),
                (5, Some(3), None, None),
                (6, Some(3), None, None),
            ]
        );
        assert_eq!(page.ink.iter().map(|i| i.kind).collect::<Vec<_>>(), [InkKind::Picture, InkKind::Rule]);
        assert!(input.warnings.is_empty());
    }

    #[test]
    fn nonsense_gives_text_without_boxes() {
        let page = "<alto><Page WIDTH='x' HEIGHT='-1'><TextLine><String CONTENT='中' HPOS='NaN' VPOS='1e99' WIDTH='-3' HEIGHT='inf' WC='7' CC='?'/>";
        let input = read(page).unwrap();
        assert_eq!((input.source.text.as_str(), input.pages[0].runs[0].rect), ("中", None));
        assert_eq!(input.pages[0].runs[0].sure, Some(1.0));
        assert!(input.warnings[0].contains("cut off"), "{:?}", input.warnings);
        assert!(read("<alto>").unwrap_err().to_string().contains("no <Page>"));
        assert!(read(&"<Page>".repeat(1000)).is_err());
    }
}
