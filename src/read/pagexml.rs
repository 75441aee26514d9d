//! PAGE XML (2010 to 2019): `Page > TextRegion > TextLine > Word > Glyph`, the same text at every level
//! in a `TextEquiv`.
//!
//! A line's own text is taken where it has one, with the line's box: it has the spaces of the page,
//! while the words of a line are joined by spaces in Chinese, too. A level without text is passed
//! over for the one below it: words for a line, glyphs for a word; a region's own text is taken only
//! where no line of it has any. Of several `TextEquiv` that of the lowest index is the text. The rules
//! are those of the schema and, where levels disagree, of OCR-D: the lower level of a region wins.
//!
//! Real files break the schema (ids that are numbers, coordinates that are negative or missing); nothing
//! is asked of them. The order is that of `ReadingOrder`, else of `custom="readingOrder {index:0;}"`, in
//! which Transkribus also states articles and kinds of regions and of lines.

use super::Input;
use super::equiv::{Best, Equiv};
use super::groups::{Groups, Stated};
use super::line::Line;
use super::stated::{Regions, role};
use super::text::TextBuilder;
use super::xml::{Element, Step, Walk, figure, root};
use crate::error::Error;
use crate::geometry::Rect;
use crate::page::{InkKind, Region, Size};
use crate::role::Role;
use crate::source::File;
use std::collections::HashMap;

/// True where the text begins as PAGE XML does.
pub fn is_page(head: &str) -> bool {
    root(head) == Some("PcGts")
}

/// Reads a PAGE file.
///
/// # Errors
/// Where there is no page in it.
pub fn page(text: &str, file: File) -> Result<Input, Error> {
    let mut walk = Walk::new(text, file.format);
    let mut page = Reader::default();
    while let Some(step) = walk.step()? {
        match step {
            Step::Open(element) => page.open(element),
            Step::Text(text) => page.text(&text),
            Step::Close(name) => page.close(name),
        }
    }
    if page.out.pages() == 0 {
        return Err(walk.lacks("there is no <Page> in it"));
    }
    let mut warnings: Vec<_> = walk.warning().into_iter().collect();
    if page.longer > 0 {
        warnings.push(format!(
            "{} regions have more text of their own than their lines have; the lines were taken",
            page.longer
        ));
    }
    let (source, pages) = page.out.finish(file)?;
    Ok(Input { source, pages, warnings })
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Region(Option<InkKind>),
    Line,
    Word,
    /// A glyph or a part of one.
    Glyph,
    /// What has coordinates and no text of the page.
    Frame,
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "TextLine" => Kind::Line,
        "Word" => Kind::Word,
        "Glyph" | "Grapheme" | "GraphemeGroup" | "NonPrintingChar" => Kind::Glyph,
        "Border" | "PrintSpace" => Kind::Frame,
        "ImageRegion" | "GraphicRegion" | "LineDrawingRegion" | "ChartRegion" | "MapRegion" => {
            Kind::Region(Some(InkKind::Picture))
        }
        "SeparatorRegion" => Kind::Region(Some(InkKind::Rule)),
        _ if name.ends_with("Region") => Kind::Region(None),
        _ => return None,
    })
}

/// An open element that can have coordinates and text.
struct Level {
    kind: Kind,
    rect: Option<Rect>,
    own: Best,
    /// The text of the levels below.
    below: String,
    /// Visible characters taken from the levels below.
    taken: usize,
    /// What is stated of the region, or of the line's.
    region: Region,
}

#[derive(Default)]
struct Reader<'a> {
    out: TextBuilder,
    regions: Regions,
    levels: Vec<Level>,
    line: Line,
    equiv: Equiv,
    in_order: bool,
    groups: Groups<'a>,
    stated: HashMap<&'a str, Stated>,
    articles: HashMap<&'a str, u32>,
    /// How many articles the reading order has.
    grouped: u32,
    /// How many regions have more text than their lines.
    longer: usize,
}

impl<'a> Reader<'a> {
    fn open(&mut self, element: Element<'_, 'a>) {
        match element.name {
            "Page" => {
                let size = element.figure("imageWidth").zip(element.figure("imageHeight"));
                self.regions.next_block(&mut self.out);
                self.out.page(size.map(|(width, height)| Size { width, height }));
            }
            "ReadingOrder" => self.in_order = true,
            _ if self.in_order => self.groups.open(element),
            "Coords" => self.extend(element.raw("points").and_then(polygon)),
            "Point" => {
                let point = element.figure("x").zip(element.figure("y"));
                self.extend(point.map(|(x, y)| Rect { x0: x, y0: y, x1: x, y1: y }));
            }
            _ if self.equiv.open(element) => {}
            name => {
                if let Some(kind) = kind(name) {
                    self.begin(kind, element);
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        // No text stands beside readings by the schema, but what does is not lost.
        let is_page = self.out.pages() > 0 && !self.in_order;
        if !self.equiv.text(text) && is_page && !text.trim().is_empty() {
            self.line.write(&mut self.out, &mut self.regions);
            self.line.word(text, None, None);
            self.line.write(&mut self.out, &mut self.regions);
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "ReadingOrder" => {
                self.in_order = false;
                (self.stated, self.grouped) = std::mem::take(&mut self.groups).stated();
            }
            _ if self.in_order => self.groups.close(name),
            "Unicode" | "PlainText" => self.equiv.close_part(),
            "TextEquiv" => self.equiv.close(self.levels.last_mut().map(|level| &mut level.own)),
            _ if kind(name).is_some() => self.end(),
            _ => {}
        }
    }

    /// Widens the box of the innermost level.
    fn extend(&mut self, rect: Option<Rect>) {
        if let Some((level, rect)) = self.levels.last_mut().zip(rect) {
            level.rect = Some(level.rect.map_or(rect, |r| r.union(rect)));
        }
    }

    fn begin(&mut self, kind: Kind, element: Element<'_, 'a>) {
        let mut region = self.levels.last().map(|level| level.region).unwrap_or_default();
        match kind {
            Kind::Region(_) => {
                self.regions.next_block(&mut self.out);
                region.rect = None;
                self.state(&mut region, element);
            }
            Kind::Line => {
                let around = self.levels.iter().rev().find(|level| matches!(level.kind, Kind::Region(_)));
                region.rect = around.and_then(|level| level.rect);
                self.line.write(&mut self.out, &mut self.regions);
                self.state(&mut region, element);
            }
            Kind::Word | Kind::Glyph | Kind::Frame => {}
        }
        let (own, below) = (Best::default(), String::new());
        self.levels.push(Level { kind, rect: None, own, below, taken: 0, region });
    }

    /// Adds what is stated of a region or line to what is stated around it.
    fn state(&mut self, region: &mut Region, element: Element<'_, 'a>) {
        let custom = element.raw("custom").unwrap_or_default();
        let kind = property(custom, "structure", "type");
        let own = if element.name == "AdvertRegion" { Some(Role::Advertisement) } else { None };
        let typed = element.raw("type").and_then(role);
        region.role = own.or(typed).or_else(|| role(kind?)).or(region.role);
        if let Some(id) = property(custom, "structure", "id").filter(|_| kind == Some("article")) {
            let next = self.grouped + self.articles.len() as u32;
            region.article = Some(*self.articles.entry(id).or_insert(next));
        }
        let stated = element.raw("id").and_then(|id| self.stated.get(id)).copied().unwrap_or_default();
        region.article = stated.article.or(region.article);
        region.order = stated.order.or(region.order);
        if self.stated.is_empty() && element.name != "TextLine" {
            let index = property(custom, "readingOrder", "index").and_then(|index| index.parse().ok());
            region.order = region.order.or(index);
        }
    }

    fn end(&mut self) {
        let Some(mut level) = self.levels.pop() else { return };
        match level.kind {
            Kind::Glyph | Kind::Word if level.own.text.is_empty() => level.own.text = std::mem::take(&mut level.below),
            _ => {}
        }
        let around = self.levels.last().map(|around| around.kind);
        match (level.kind, around) {
            (Kind::Region(ink), _) => self.end_region(&level, ink),
            (Kind::Line, _) => self.end_line(&level),
            (Kind::Word, Some(Kind::Line)) => self.line.word(&level.own.text, level.rect, level.own.sure),
            (Kind::Glyph, Some(Kind::Word | Kind::Glyph)) => {}
            // A word or glyph where none is expected is a line.
            (Kind::Word | Kind::Glyph, _) => self.end_line(&level),
            (Kind::Frame, _) => {}
        }
        if let Some(around) = self.levels.last_mut() {
            match (level.kind, around.kind) {
                (Kind::Glyph, Kind::Word | Kind::Glyph) => around.below.push_str(level.own.text.trim()),
                _ => around.taken += level.taken.max(visible(&level.own.text)),
            }
        }
    }

    /// Writes a line: its own text, or else its words, and also where these have more.
    fn end_line(&mut self, level: &Level) {
        if !level.own.text.is_empty() && visible(&level.own.text) >= level.taken {
            self.line.start(level.rect, Some(level.region));
            self.line.word(&level.own.text, level.rect, level.own.sure);
        } else {
            self.line.place(level.rect, Some(level.region));
        }
        self.line.write(&mut self.out, &mut self.regions);
    }

    /// Ends a region, whose own text is its lines' unless these have none.
    fn end_region(&mut self, level: &Level, ink: Option<InkKind>) {
        if let Some((kind, rect)) = ink.zip(level.rect) {
            self.out.ink(kind, rect);
        }
        if level.taken == 0 {
            let mut lines = level.own.text.lines().filter(|line| !line.trim().is_empty()).peekable();
            let region = Region { rect: level.rect, ..level.region };
            while let Some(text) = lines.next() {
                let is_only = lines.peek().is_none() && level.own.text.trim().lines().count() == 1;
                self.line.start(level.rect.filter(|_| is_only), Some(region));
                self.line.word(text, None, level.own.sure);
                self.line.write(&mut self.out, &mut self.regions);
            }
        }
        self.longer += usize::from(level.taken > 0 && visible(&level.own.text) > level.taken);
        self.regions.next_block(&mut self.out);
    }
}

fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// The box about the points of `x,y x,y …`; what is no figure is passed over with its point.
fn polygon(points: &str) -> Option<Rect> {
    let figures: Vec<_> = points.split([' ', ',', '\n', '\t']).filter(|p| !p.is_empty()).map(figure).collect();
    let points = figures.chunks_exact(2).filter_map(|pair| Some((pair[0]?, pair[1]?)));
    points.map(|(x, y)| Rect { x0: x, y0: y, x1: x, y1: y }).reduce(Rect::union)
}

/// The value of a key in `name {key:value; key:value;} name {…}`.
fn property<'a>(custom: &'a str, name: &str, key: &str) -> Option<&'a str> {
    let parts = custom.split('}').filter_map(|part| part.split_once('{'));
    let mut bodies = parts.filter(|(n, _)| n.trim() == name).map(|(_, body)| body);
    let pairs = bodies.next()?.split(';').filter_map(|pair| pair.split_once(':'));
    pairs.map(|(k, value)| (k.trim(), value.trim())).find(|(k, _)| *k == key).map(|(_, value)| value)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub const PAGE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">
  <Metadata><Creator>x</Creator></Metadata>
  <Page imageFilename="a.png" imageWidth="800" imageHeight="600">
    <ReadingOrder><OrderedGroup id="g" type="article"><RegionRefIndexed index="1" regionRef="r1"/><RegionRefIndexed index="0" regionRef="2"/></OrderedGroup></ReadingOrder>
    <PrintSpace><Coords points="0,0 9,9"/></PrintSpace>
    <TextRegion id="r1" type="heading">
      <Coords points="10,10 300,12 300,60 -1,60"/>
      <TextLine>
        <Coords points="10,10 300,12 300,30"/><Baseline points="1,1 900,900"/>
        <Word><Coords points="10,10 20,20"/><TextEquiv><Unicode>北</Unicode></TextEquiv></Word>
        <Word><Coords points="20,10 30,20"/><Glyph><TextEquiv><Unicode>京</Unicode></TextEquiv></Glyph></Word>
        <TextEquiv index="2"><Unicode>北</Unicode></TextEquiv>
        <TextEquiv index="1" conf="0.5"><PlainText>京</PlainText><Unicode>北 京</Unicode></TextEquiv>
      </TextLine>
      <TextLine>
        <Coords><Point x="10" y="40"/><Point x="300" y="60"/></Coords>
        <Word><Coords points="10,40 20,60"/><TextEquiv conf="0.25"><Unicode>會</Unicode></TextEquiv></Word>
        <Word><Coords points="20,40 30,60"/><Glyph><TextEquiv><Unicode>議</Unicode></TextEquiv></Glyph><Glyph><TextEquiv><Unicode>強</Unicode></TextEquiv></Glyph><TextEquiv><Unicode/></TextEquiv></Word>
        <TextEquiv><Unicode></Unicode></TextEquiv>
      </TextLine>
      <TextEquiv><Unicode>北京
會議強</Unicode></TextEquiv>
    </TextRegion>
    <ImageRegion><Coords points="10,100 200,300"/><TextRegion id="2" custom="readingOrder {index:7;} structure {type:caption;}">
      <Coords/><TextLine/><TextEquiv><Unicode>調&amp;研
究</Unicode></TextEquiv></TextRegion></ImageRegion>
    <SeparatorRegion><Coords points="10,400 700,402"/></SeparatorRegion>
    <TextRegion><Coords points="10,410 700,430"/><TextLine custom="structure {id:a1; type:article;}"><TextEquiv><PlainText>文</PlainText><Unicode/></TextEquiv></TextLine></TextRegion>
  </Page>
</PcGts>
"#;

    fn read(text: &str) -> Result<Input, Error> {
        page(text, File { path: None, format: "page", encoding: "UTF-8" })
    }

    #[test]
    fn each_text_is_taken_at_one_level() {
        let input = read(PAGE).unwrap();
        assert_eq!(input.source.text, "北 京\n會議強\n調&研\n究\n文");
        assert_eq!(input.warnings, [] as [String; 0]);
        let page = &input.pages[0];
        let stated: Vec<_> = page.regions.iter().map(|r| (r.role, r.order, r.article, r.rect.map(|r| r.x0))).collect();
        assert_eq!(
            stated,
            [
                (Some(Role::Headline), Some(1), Some(0), Some(-1.0)),
                (Some(Role::Caption), Some(0), Some(0), None),
                (None, None, Some(1), Some(10.0)),
            ]
        );
        let runs: Vec<_> = page.runs.iter().map(|r| (r.line, r.region, r.rect.map(|r| r.x1), r.sure)).collect();
        assert_eq!(
            runs,
            [
                (1, Some(0), Some(300.0), Some(0.5)),
                (2, Some(0), Some(20.0), Some(0.25)),
                (2, Some(0), Some(30.0), None),
                (3, Some(1), None, None),
                (4, Some(1), None, None),
                (5, Some(2), None, None),
            ]
        );
        assert_eq!(page.ink.iter().map(|i| i.kind).collect::<Vec<_>>(), [InkKind::Picture, InkKind::Rule]);
    }

    #[test]
    fn a_custom_order_does_where_no_other_is_stated() {
        let region = |index| {
            format!(
                "<TextRegion custom='readingOrder {{index:{index};}}'><TextLine><TextEquiv>中</TextEquiv></TextLine></TextRegion>"
            )
        };
        let input = read(&format!("<PcGts><Page>{}{}</Page></PcGts>", region(4), region(2))).unwrap();
        assert_eq!(input.pages[0].regions.iter().map(|r| r.order).collect::<Vec<_>>(), [Some(4), Some(2)]);
        assert_eq!(input.source.text, "中\n中");
    }

    #[test]
    fn a_region_that_has_more_than_its_lines_is_told() {
        let line = "<TextLine><TextEquiv><Unicode>中</Unicode></TextEquiv></TextLine>";
        let region =
            format!("<Page><TextRegion>{line}<TextEquiv><Unicode>中文</Unicode></TextEquiv></TextRegion></Page>");
        let input = read(&region).unwrap();
        assert_eq!((input.source.text.as_str(), input.warnings.len()), ("中", 1));
    }

    #[test]
    fn nonsense_gives_text_without_boxes() {
        let text = "<Page imageWidth='x'><TextRegion><Coords points='1, ,x,y NaN,1e99'/><Word><TextEquiv index='x' conf='9'><Unicode>中</Unicode>\
            </TextEquiv></Word>文<TextLine><TextLine><TextEquiv>字</TextEquiv></TextLine><Word><Glyph><Coords points='5'/>";
        let input = read(text).unwrap();
        assert_eq!(input.source.text, "中\n文\n字");
        assert!(input.pages[0].runs.iter().all(|run| run.rect.is_none()));
        assert!(read("<PcGts/>").unwrap_err().to_string().contains("no <Page>"));
        assert!(read(&("<Page>".to_string() + &"<TextRegion>".repeat(1000))).is_err());
    }
}
