//! Bytes in, pages out. Readers translate; they never judge layout.
//!
//! Each reader accounts for every text of its input: it is taken, or it is another level of the same
//! text, or it is spacing. One file reads one format or one family of them.

mod azure;
mod boxes;
mod decode;
mod google;
mod grid;
mod json;
mod markup;
mod mineru;
mod ndl_json;
mod ocrmac;
mod paddle;
mod plain;
mod text;
mod upright;
mod within;
mod yomitoku;

use crate::error::Error;
use crate::options::Options;
use crate::page::Page;
use crate::source::{File, Source};
use std::path::Path;

/// What a reader makes of a file.
#[derive(Debug, Clone)]
pub struct Input {
    /// The text and the way back to the file.
    pub source: Source,
    /// The pages, in order.
    pub pages: Vec<Page>,
    /// What the user should know: undecodable bytes, a doubtful encoding.
    pub warnings: Vec<String>,
}

/// A format of recognised text that is not plain text.
struct Format {
    /// Its name, as `--from` takes it and the JSON states it.
    name: &'static str,
    /// True where a file that begins like this is of the format.
    looks: fn(head: &str) -> bool,
    /// Reads the whole file.
    read: fn(text: &str, file: File) -> Result<Input, Error>,
}

/// All formats with a shape of their own, the more particular first: the first that looks right is
/// taken.
static FORMATS: &[Format] = &[
    Format { name: "umi-ocr", looks: boxes::is_umi, read: boxes::boxes },
    Format { name: "paddle", looks: paddle::is_paddle, read: paddle::paddle },
    Format { name: "mineru", looks: mineru::is_mineru, read: mineru::mineru },
    Format { name: "google-vision", looks: google::is_vision, read: google::vision },
    Format { name: "document-ai", looks: google::is_document, read: google::document },
    Format { name: "azure", looks: azure::is_azure, read: azure::azure },
    Format { name: "yomitoku", looks: yomitoku::is_yomitoku, read: yomitoku::yomitoku },
    Format { name: "ndlocr-json", looks: ndl_json::is_ndl, read: ndl_json::ndl },
    Format { name: "ocrmac", looks: ocrmac::is_ocrmac, read: ocrmac::ocrmac },
    Format { name: "rapidocr", looks: boxes::is_rapid, read: boxes::boxes },
];

/// Plain text and what is told from it by its lines.
const PLAIN: &str = "text";
const GRID: &str = "layout";
const UPRIGHT: &str = "upright";

/// The names of all formats.
pub fn formats() -> impl Iterator<Item = &'static str> {
    [PLAIN, GRID, UPRIGHT].into_iter().chain(FORMATS.iter().map(|f| f.name))
}

/// Characters of a file by which its format is told.
const HEAD: usize = 4096;

/// Reads the bytes of one file as one document.
///
/// `path` is what the document will name as its source; nothing is opened. The format and the
/// encoding are found out unless the options name them. In plain text a form feed starts a new page.
///
/// # Errors
/// Where the bytes are no text, or more than 4 GiB of it, or are damaged beyond the format's sense.
///
/// ```
/// let input = pagemend::read("会议强调\n".as_bytes(), None, &Default::default())?;
/// assert_eq!(input.pages[0].runs.len(), 1);
/// # Ok::<(), pagemend::Error>(())
/// ```
pub fn read(bytes: &[u8], path: Option<&Path>, options: &Options) -> Result<Input, Error> {
    let named = |e: Error| match path {
        Some(path) => e.at(path),
        None => e,
    };
    let decoded = decode::decode(bytes, options.encoding).map_err(named)?;
    let file = |format| File { path: path.map(Path::to_path_buf), format, encoding: decoded.encoding.name() };
    let head = decoded.text.char_indices().nth(HEAD).map_or(&*decoded.text, |(end, _)| &decoded.text[..end]);
    let format = match options.from {
        Some(name) => FORMATS.iter().find(|f| f.name == name),
        // JSON may keep its telling keys behind a long text.
        None => told(head).or_else(|| json::is_json(head).then(|| told(&decoded.text)).flatten()),
    };
    let mut input = match format {
        Some(format) => (format.read)(&decoded.text, file(format.name)).map_err(named)?,
        None => lines(decoded.text, file(PLAIN), options.from).map_err(named)?,
    };
    input.warnings.splice(0..0, decoded.warnings);
    Ok(input)
}

/// The format of a file that begins like this.
fn told(head: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|f| (f.looks)(head))
}

/// Plain text: a dump on a grid, upright text, or just lines.
fn lines(text: String, file: File, from: Option<&'static str>) -> Result<Input, Error> {
    let (mut source, mut pages) = plain::plain(text, file)?;
    let is = |format, looks: fn(&Source, &[Page]) -> bool| match from {
        Some(from) => from == format,
        None => looks(&source, &pages),
    };
    if is(GRID, grid::is_grid) {
        source.file.format = GRID;
        grid::grid(&source, &mut pages);
    } else if is(UPRIGHT, upright::is_upright) {
        source.file.format = UPRIGHT;
        (source, pages) = upright::upright(&source, &pages);
    }
    Ok(Input { source, pages, warnings: Vec::new() })
}
