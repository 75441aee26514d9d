//! What `pdftotext` writes with `-bbox` and `-bbox-layout`: XHTML in which every word of a PDF has its
//! box in points. (Its `-tsv` is read by [`tsv`](super::tsv).)
//!
//! With `-bbox-layout` words stand in lines and these in blocks. With `-bbox` they stand on the page:
//! words that follow each other on one row, with no more room between than a space has, are one line.

use super::Input;
use super::line::Line;
use super::shattered;
use super::stated::Regions;
use super::text::TextBuilder;
use super::xml::{Element, Step, Walk, root};
use crate::error::Error;
use crate::geometry::Rect;
use crate::page::{Region, Size};
use crate::source::File;

/// True where the text begins as such a file does.
pub fn is_bbox(head: &str) -> bool {
    head.contains("<doc>") && head.contains("<page width=") && root(head) == Some("html")
}

/// Reads all pages of such a file.
///
/// # Errors
/// Where there is no page in it.
pub fn bbox(text: &str, file: File) -> Result<Input, Error> {
    let mut walk = Walk::new(text, file.format);
    let mut out = TextBuilder::typed();
    let mut regions = Regions::default();
    let mut line = Line::default();
    let mut region = None;
    let (mut in_line, mut in_word) = (false, false);
    let mut before: Option<Rect> = None;
    while let Some(step) = walk.step()? {
        match step {
            Step::Open(element) => match element.name {
                "page" => {
                    line.write(&mut out, &mut regions);
                    let size = element.figure("width").zip(element.figure("height"));
                    out.page(size.map(|(width, height)| Size { width, height }));
                }
                "block" => {
                    line.write(&mut out, &mut regions);
                    regions.next_block(&mut out);
                    region = Some(Region { rect: rect(element), ..Region::default() });
                }
                "line" => {
                    line.write(&mut out, &mut regions);
                    line.start(rect(element), region);
                    in_line = true;
                }
                "word" => {
                    let place = rect(element);
                    if !in_line {
                        if !before.zip(place).is_some_and(|(a, b)| goes_on(a, b)) {
                            line.write(&mut out, &mut regions);
                            line.start(None, region);
                        }
                        before = place;
                    }
                    line.word("", place, None);
                    in_word = true;
                }
                _ => {}
            },
            Step::Text(text) if in_word => line.append(&text),
            Step::Text(text) if out.pages() > 0 => line.loose(&text),
            Step::Text(_) => {}
            Step::Close(name) => {
                match name {
                    "word" => in_word = false,
                    "line" => in_line = false,
                    "block" => region = None,
                    _ => {}
                }
                if name == "line" || name == "page" || name == "block" {
                    line.write(&mut out, &mut regions);
                    before = None;
                }
                if name == "page" || name == "block" {
                    regions.next_block(&mut out);
                }
            }
        }
    }
    line.write(&mut out, &mut regions);
    if out.pages() == 0 {
        return Err(walk.lacks("there is no <page> in it"));
    }
    let warnings = walk.warning().into_iter().collect();
    let (source, pages) = out.finish(file)?;
    let (source, pages) = shattered::gathered(source, pages)?;
    Ok(Input { source, pages, warnings })
}

/// True where a word without a line stands on the row of the one before, close behind it.
fn goes_on(before: Rect, next: Rect) -> bool {
    let gap = next.x0 - before.x1;
    let high = before.height().min(next.height());
    before.shared_height(next) > 0.8 && gap.abs() <= SPACE * high
}

/// A space is no wider than this, as a share of the height of the boxes beside it.
const SPACE: f32 = 0.5;

fn rect(element: Element<'_, '_>) -> Option<Rect> {
    Some(Rect {
        x0: element.figure("xMin")?,
        y0: element.figure("yMin")?,
        x1: element.figure("xMax")?,
        y1: element.figure("yMax")?,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub const LAYOUT: &str = r#"<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>x</title><meta name="Producer" content="x"/></head>
<body>
<doc>
  <page width="324.000000" height="187.200000">
    <flow>
      <block xMin="46.8" yMin="15.28" xMax="248.4" yMax="28.29">
        <line xMin="46.8" yMin="15.28" xMax="113.7" yMax="28.29">
          <word xMin="46.8" yMin="15.28" xMax="60.0" yMax="28.29">東&amp;京</word>
          <word xMin="60.0" yMin="15.28" xMax="113.7" yMax="28.29">の</word>
        </line>
        <line xMin="46.8" yMin="35.28" xMax="113.7" yMax="48.29">
          <word xMin="46.8" yMin="35.28" xMax="60.0" yMax="48.29">図書</word>
        </line>
      </block>
    </flow>
  </page>
  <page width="324.000000" height="187.200000">
    <flow><block><line><word>館</word></line></block>古<!-- --></flow>
  </page>
</doc>
</body>
</html>
"#;

    pub const WORDS: &str = r#"<html xmlns="http://www.w3.org/1999/xhtml">
<head><title></title></head><body><doc>
  <page width="595.0" height="842.0">
    <word xMin="56.8" yMin="57.2" xMax="118.2" yMax="70.5">新聞</word>
    <word xMin="156.8" yMin="57.2" xMax="218.2" yMax="70.5">を</word>
    <word xMin="222.0" yMin="57.2" xMax="240.2" yMax="70.5">読む</word>
    <word xMin="56.8" yMin="77.2" xMax="118.2" yMax="90.5">人</word>
  </page>
</doc></body></html>
"#;

    fn read(text: &str) -> Result<Input, Error> {
        bbox(text, File { path: None, format: "bbox", encoding: "UTF-8" })
    }

    #[test]
    fn words_stand_in_lines_in_blocks() {
        let input = read(LAYOUT).unwrap();
        assert_eq!(input.source.text, "東&京の\n図書\u{c}館\n古");
        let runs: Vec<_> = input.pages[0].runs.iter().map(|r| (r.line, r.region, r.rect.map(|r| r.x0))).collect();
        assert_eq!(runs, [(1, Some(0), Some(46.8)), (1, Some(0), Some(60.0)), (2, Some(0), Some(46.8))]);
        assert_eq!(input.pages[0].size, Some(Size { width: 324.0, height: 187.2 }));
        assert_eq!((input.pages[1].runs[0].rect, input.warnings.len()), (None, 0));
    }

    #[test]
    fn words_without_lines_are_lines_where_they_stand_close() {
        let input = read(WORDS).unwrap();
        assert_eq!(input.source.text, "新聞\nを読む\n人");
        assert_eq!(input.pages[0].runs.iter().map(|r| r.line).collect::<Vec<_>>(), [1, 2, 2, 3]);
        assert!(is_bbox(WORDS) && is_bbox(LAYOUT) && !is_bbox("<html><p>&lt;doc>"));
    }

    #[test]
    fn a_cut_or_nonsense_is_no_end() {
        let cut = read(&LAYOUT[..LAYOUT.find("の").unwrap()]).unwrap();
        assert_eq!((cut.source.text.as_str(), cut.warnings.len()), ("東&京", 1));
        let odd =
            read("<doc><page width='x'><word xMin='NaN' yMin='inf' xMax='-' yMax='1e99'>中</word><line><word>文<page>")
                .unwrap();
        assert_eq!((odd.source.text.as_str(), odd.pages.len()), ("中\n文\u{c}", 2));
        assert!(read("<doc></doc>").unwrap_err().to_string().contains("no <page>"));
    }
}
