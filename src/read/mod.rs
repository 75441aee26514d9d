//! Bytes in, pages out. Readers translate; they never judge layout.

mod decode;
mod plain;

use crate::error::Error;
use crate::options::Options;
use crate::page::Page;
use crate::source::Source;
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
    let file =
        crate::source::File { path: path.map(Path::to_path_buf), format: "text", encoding: decoded.encoding.name() };
    let (source, pages) = plain::plain(decoded.text, file).map_err(named)?;
    Ok(Input { source, pages, warnings: decoded.warnings })
}
