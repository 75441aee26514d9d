//! The text layer of a PDF: its glyphs with their places, in the order in which they are drawn.
//!
//! Glyphs that follow each other without a gap are a run (see [`gather`]); what a page looks like
//! beyond that is not judged here. A box is as high as its type: the em square about the baseline.
//! Points from the top left of the visible page are the unit. Pictures and straight rules are ink.
//!
//! On a scanned page with a layer of recognised text, which is invisible, the pictures are the scan
//! and no ink. A page that is nothing but a picture is said to be one: it has to be recognised first.

mod canvas;
mod gather;
mod scan;

use super::Input;
use super::text::TextBuilder;
use crate::error::{Error, ErrorKind};
use crate::page::Size;
use crate::source::File;
use canvas::Canvas;
pub use canvas::ONLY_A_PICTURE;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{
    Context, Device, InterpreterCache, InterpreterSettings, RenderContent, TransformExt, interpret_page, kurbo,
};
pub use scan::Scans;

/// True where the bytes begin as a PDF does.
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"%PDF-")
}

/// Reads the text layer of all pages.
///
/// # Errors
/// Where the file cannot be read as a PDF, or needs a password.
pub fn pdf(bytes: &[u8], file: File) -> Result<Input, Error> {
    let pdf = open(bytes, &file)?;
    let cache = InterpreterCache::new();
    let mut out = TextBuilder::default();
    let mut warnings = Vec::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        out.page(Some(Size { width, height }));
        let visible = kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut canvas = Canvas::new(visible, &mut out);
        interpret(&pdf, page, &cache, &mut canvas);
        let faults = canvas.finish();
        warnings.extend(faults.into_iter().map(|fault| format!("page {}: {fault}", out.pages())));
    }
    let (source, pages) = out.finish(file)?;
    Ok(Input { source, pages, warnings })
}

fn open(bytes: &[u8], file: &File) -> Result<Pdf, Error> {
    Pdf::new(bytes.to_vec()).map_err(|e| damaged(&e, file))
}

/// Draws a page; points from the top left of what is visible are the unit.
fn interpret<'a>(pdf: &'a Pdf, page: &Page<'a>, cache: &InterpreterCache<'a>, device: &mut impl Device<'a>) {
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let (width, height) = page.render_dimensions();
    let visible = kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let upright = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(upright, visible, cache, pdf.xref(), settings);
    interpret_page(page, &mut context, device);
}

fn damaged(error: &LoadPdfError, file: &File) -> Error {
    let (place, what) = match error {
        LoadPdfError::Decryption(_) => ("its encryption", "it is locked with a password; save it without one first"),
        LoadPdfError::Invalid => ("its structure", "no page of it can be found; is the file cut short?"),
    };
    Error::new(ErrorKind::Malformed { format: file.format, place: place.to_owned(), what: what.to_owned() })
}

#[cfg(test)]
mod tests;
