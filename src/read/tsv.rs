//! Tab-separated words: those of Tesseract (`tesseract … tsv`) and of Poppler (`pdftotext -tsv`).
//!
//! Twelve columns, a header once or not at all, and no quoting: a `"` is text. A row is a page, block,
//! paragraph, line or word by its level; only words have text of the page. The two programs differ:
//!
//! | | Tesseract | Poppler |
//! |---|---|---|
//! | third and fourth column | block, paragraph | paragraph, block |
//! | the level that is a block | 2 | 3 |
//! | text of other levels | none | `###PAGE###`, `###FLOW###`, `###LINE###` |
//! | confidence of words | 0 to 100 | always 100, which says nothing |
//!
//! A line ends where the number of its line, paragraph, block or page changes. Rows of pages and lines
//! may be missing, as in files that were filtered.

use super::Input;
use super::line::Line;
use super::shattered;
use super::stated::Regions;
use super::text::TextBuilder;
use super::xml::figure;
use crate::error::Error;
use crate::geometry::Rect;
use crate::page::{Region, Size};
use crate::source::File;

/// How both headers begin.
const HEADER: &str = "level\tpage_num\t";

/// True where the text begins as Poppler's rows do.
pub fn is_poppler(head: &str) -> bool {
    head.starts_with(HEADER) && head[HEADER.len()..].starts_with("par_num\t")
}

/// True where the text begins as Tesseract's rows do.
pub fn is_tesseract(head: &str) -> bool {
    head.starts_with(HEADER) && head[HEADER.len()..].starts_with("block_num\t")
}

/// Reads the rows of Tesseract. Rows that are none give a warning.
///
/// # Errors
/// Where there is more than 4 GiB of text.
pub fn tesseract(text: &str, file: File) -> Result<Input, Error> {
    read(text, file, Dialect { block: 2, sure: true, typed: false })
}

/// Reads the rows of Poppler. Rows that are none give a warning.
///
/// # Errors
/// Where there is more than 4 GiB of text.
pub fn poppler(text: &str, file: File) -> Result<Input, Error> {
    let Input { source, pages, warnings } = read(text, file, Dialect { block: 3, sure: false, typed: true })?;
    let (source, pages) = shattered::gathered(source, pages)?;
    Ok(Input { source, pages, warnings })
}

struct Dialect {
    /// The level whose rows are blocks.
    block: u8,
    /// Whether confidence says anything.
    sure: bool,
    /// Whether boxes are those of the type and not of its ink.
    typed: bool,
}

const PAGE: u8 = 1;
const LINE: u8 = 4;
const WORD: u8 = 5;

/// What a row says.
struct Row<'a> {
    level: u8,
    page: &'a str,
    /// The columns that number the line, its paragraph and its block.
    place: [&'a str; 3],
    rect: Option<Rect>,
    sure: Option<f32>,
    text: &'a str,
}

impl<'a> Row<'a> {
    /// The row of a line, or `None` where it is none: too few columns, or no level.
    fn of(line: &'a str) -> Option<Row<'a>> {
        let mut columns = line.splitn(12, '\t');
        let mut next = || columns.next();
        let level = next()?.trim().parse().ok()?;
        let page = next()?;
        let place = [next()?, next()?, next()?];
        let _word = next()?;
        let (x0, y0, width, height) = (figure(next()?), figure(next()?), figure(next()?), figure(next()?));
        let sure = figure(next()?).filter(|percent| *percent >= 0.0).map(|percent| (percent / 100.0).min(1.0));
        let rect = (|| Some(Rect { x0: x0?, y0: y0?, x1: x0? + width?, y1: y0? + height? }))();
        Some(Row { level, page, place, rect, sure, text: next().unwrap_or_default() })
    }
}

fn read(text: &str, file: File, dialect: Dialect) -> Result<Input, Error> {
    let mut out = if dialect.typed { TextBuilder::typed() } else { TextBuilder::default() };
    let mut regions = Regions::default();
    let mut line = Line::default();
    let mut region = None;
    let mut page = "";
    let mut place = [""; 3];
    let (mut bad, mut first_bad) = (0, 0);
    for (number, text) in text.lines().enumerate() {
        if text.is_empty() || text.starts_with(HEADER) {
            continue;
        }
        let Some(row) = Row::of(text) else {
            bad += 1;
            first_bad = if bad == 1 { number + 1 } else { first_bad };
            continue;
        };
        let is_page = row.level == PAGE;
        if is_page || (row.level == WORD && row.page != page) {
            line.write(&mut out, &mut regions);
            regions.next_block(&mut out);
            out.page(row.rect.filter(|_| is_page).map(|r| Size { width: r.width(), height: r.height() }));
            (page, region) = (row.page, None);
        }
        if row.level == dialect.block {
            line.write(&mut out, &mut regions);
            regions.next_block(&mut out);
            region = Some(Region { rect: row.rect, ..Region::default() });
        }
        if row.level == LINE || (row.level == WORD && row.place != place) {
            line.write(&mut out, &mut regions);
            line.start(None, region);
            place = row.place;
        }
        if row.level == WORD {
            line.word(row.text, row.rect, row.sure.filter(|_| dialect.sure));
        }
    }
    line.write(&mut out, &mut regions);
    let warning = format!("line {first_bad}: this is no row of twelve columns; {bad} such lines were left out");
    let (source, pages) = out.finish(file)?;
    Ok(Input { source, pages, warnings: if bad > 0 { vec![warning] } else { Vec::new() } })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub const TESSERACT: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\r\n\
        1\t1\t0\t0\t0\t0\t0\t0\t900\t520\t-1\t\n\
        2\t1\t1\t0\t0\t0\t60\t40\t600\t140\t-1\n\
        3\t1\t1\t1\t0\t0\t60\t40\t600\t140\t-1\t\n\
        4\t1\t1\t1\t1\t0\t60\t40\t600\t30\t-1\t\n\
        5\t1\t1\t1\t1\t1\t60\t40\t30\t30\t75.000000\t\"圖\n\
        5\t1\t1\t1\t1\t2\t125\t40\t30\t30\t-1\t書&amp;\n\
        5\t1\t1\t1\t2\t1\t60\t80\t30\t30\t50\t館\n\
        2\t1\t2\t0\t0\t0\t60\t240\t570\t80\t-1\t\n\
        5\t1\t2\t1\t1\t1\t60\t240\t570\t80\t95\t \n\
        1\t2\t0\t0\t0\t0\t0\t0\t700\t760\t-1\t\n\
        5\t2\t1\t1\t1\t1\t1\t2\t3\t4\t91\t報\n";

    pub const POPPLER: &str = "level\tpage_num\tpar_num\tblock_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
        1\t1\t0\t0\t0\t0\t0.000000\t0.000000\t324.000000\t187.200000\t-1\t###PAGE###\n\
        3\t1\t0\t0\t0\t0\t46.8\t15.28\t201.6\t13.0\t-1\t###FLOW###\n\
        4\t1\t0\t0\t0\t0\t46.8\t15.28\t66.96\t13.0\t-1\t###LINE###\n\
        5\t1\t0\t0\t0\t0\t46.80\t15.28\t66.96\t13.01\t100\t東京\n\
        4\t1\t0\t0\t1\t0\t77.04\t15.28\t171.37\t13.01\t-1\t###LINE###\n\
        5\t1\t0\t0\t1\t0\t77.04\t15.28\t5.40\t13.01\t100\tの\n\
        5\t1\t0\t0\t1\t1\t87.48\t15.28\t19.44\t13.01\t100\t図書\n";

    fn file() -> File {
        File { path: None, format: "tsv", encoding: "UTF-8" }
    }

    #[test]
    fn rows_of_tesseract_are_words_of_lines_of_pages() {
        let input = tesseract(TESSERACT, file()).unwrap();
        assert_eq!(input.source.text, "\"圖 書&amp;\n館\u{c}報");
        let sure: Vec<_> = input.pages[0].runs.iter().map(|r| (r.sure, r.region)).collect();
        assert_eq!(sure, [(Some(0.75), Some(0)), (None, Some(0)), (Some(0.5), Some(0))]);
        let sizes: Vec<_> = input.pages.iter().map(|p| p.size.map(|s| s.height)).collect();
        assert_eq!((sizes, input.warnings.len()), (vec![Some(520.0), Some(760.0)], 0));
    }

    #[test]
    fn rows_of_poppler_say_nothing_of_confidence() {
        let input = poppler(POPPLER, file()).unwrap();
        assert_eq!(input.source.text, "東京\nの 図書");
        assert!(input.pages[0].runs.iter().all(|r| r.rect.is_some() && r.sure.is_none() && r.region == Some(0)));
        assert!(is_poppler(POPPLER) && !is_poppler(TESSERACT) && is_tesseract(TESSERACT));
    }

    #[test]
    fn rows_of_words_alone_do() {
        let words: String =
            TESSERACT.lines().filter(|line| line.starts_with('5')).map(|line| format!("{line}\n")).collect();
        let input = tesseract(&words, file()).unwrap();
        assert_eq!((input.source.text.as_str(), input.pages.len()), ("\"圖 書&amp;\n館\u{c}報", 2));
    }

    #[test]
    fn what_is_no_row_is_told() {
        let text = "5\t1\t1\t1\t1\t1\tNaN\t-1e99\tx\t\t1e9\t中\nx\t\n文\n5\t1\t1\t1\t1\t2\t0\t0";
        let input = tesseract(text, file()).unwrap();
        assert_eq!((input.source.text.as_str(), input.pages[0].runs[0].rect), ("中", None));
        assert_eq!(input.warnings, ["line 2: this is no row of twelve columns; 3 such lines were left out"]);
    }
}
