//! What Google's services answer: Cloud Vision and Document AI. Their JSON leaves out whatever is
//! zero, writes whole numbers of 64 bits in quotes, and names keys in either of two ways
//! (`boundingBox`, or in Python's dumps `bounding_box`).

mod document;
mod vision;

pub use document::{document, is_document};
pub use vision::{is_vision, vision};

use super::json::{either, items, number, rect};
use crate::geometry::Rect;
use crate::page::Size;
use serde_json::Value;

/// The rectangle about a polygon: its corners in pixels, or in shares of a page of this size.
fn polygon(value: &Value, page: Option<Size>) -> Option<Rect> {
    let pixels = &value["vertices"];
    // A dump of defaults has corners that are all empty.
    if items(pixels).iter().any(|corner| corner.as_object().is_some_and(|c| !c.is_empty())) {
        return rect(pixels);
    }
    let shares = rect(either(value, &["normalizedVertices", "normalized_vertices"]))?;
    let Size { width, height } = page.unwrap_or(Size { width: 1.0, height: 1.0 });
    Some(Rect { x0: shares.x0 * width, y0: shares.y0 * height, x1: shares.x1 * width, y1: shares.y1 * height })
}

/// Width and height, where both are stated.
fn size(value: &Value) -> Option<Size> {
    let of = |key: &str| number(&value[key]).filter(|n| *n > 0.0);
    Some(Size { width: of("width")?, height: of("height")? })
}

/// A confidence; zero is what a dump writes for none.
fn sure(value: &Value) -> Option<f32> {
    super::json::sure(value).filter(|sure| *sure > 0.0)
}
