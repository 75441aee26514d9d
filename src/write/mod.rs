//! Renders a document. A writer never decides.

mod json;
mod markdown;
mod tagged;
mod text;

pub use json::{schema, serializable};

use crate::document::Document;
use std::io::{self, Write};

/// The outputs there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// Plain text: headline first, paragraphs apart, articles clearly apart.
    #[default]
    Text,
    /// Markdown, headlines as headings.
    Markdown,
    /// One JSON object, as [`schema`] describes it.
    Json,
    /// Every block preceded by its role: the form of golden files.
    Tagged,
}

impl Format {
    /// The ending of a file's name, such as `md`.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Text => "txt",
            Format::Markdown => "md",
            Format::Json => "json",
            Format::Tagged => "tagged",
        }
    }
}

/// Writes a document in a format, ending with a line break unless it is empty.
///
/// # Errors
/// Where writing fails.
pub fn write(document: &Document, format: Format, out: &mut impl Write) -> io::Result<()> {
    match format {
        Format::Text => text::text(document, out),
        Format::Markdown => markdown::markdown(document, out),
        Format::Json => json::json(document, out),
        Format::Tagged => tagged::tagged(document, out),
    }
}

/// A document in a format, as a string.
pub fn to_string(document: &Document, format: Format) -> String {
    let mut out = Vec::new();
    write(document, format, &mut out).expect("writing to memory does not fail");
    String::from_utf8(out).expect("documents are UTF-8")
}

/// True for blocks that follow each other line by line.
fn is_row(role: crate::role::Role) -> bool {
    use crate::role::Role;
    matches!(role, Role::List | Role::Table)
}
