//! Bytes in, pages out. Readers translate; they never judge layout.

mod boxes;
mod decode;
mod grid;
mod plain;
mod text;
mod upright;

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

/// Reads the bytes of one file as one document.
///
/// `path` is what the document will name as its source; nothing is opened. A form feed starts a new
/// page. The encoding is found out unless the options name one.
///
/// # Errors
/// Where the bytes are no text, or more than 4 GiB of it.
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
    let mut warnings = decoded.warnings;
    if boxes::is_boxes(&decoded.text) {
        let (source, pages, more) = boxes::boxes(&decoded.text, file("boxes")).map_err(named)?;
        warnings.extend(more);
        return Ok(Input { source, pages, warnings });
    }
    let (mut source, mut pages) = plain::plain(decoded.text, file("text")).map_err(named)?;
    if grid::is_grid(&source, &pages) {
        source.file.format = "layout";
        grid::grid(&source, &mut pages);
    } else if upright::is_upright(&source, &pages) {
        source.file.format = "upright";
        (source, pages) = upright::upright(&source, &pages);
    }
    Ok(Input { source, pages, warnings })
}
