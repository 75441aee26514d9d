//! The `TextEquiv` of PAGE: readings of the text of one element, of which the best is taken.

use super::xml::Element;

/// The best reading of an element so far; none where its text is empty.
#[derive(Default)]
pub struct Best {
    /// Its text, which is not blank, or empty.
    pub text: String,
    /// How sure the engine was of it, from 0 to 1.
    pub sure: Option<f32>,
    index: f32,
}

/// The reading that is open, if one is.
#[derive(Default)]
pub struct Equiv {
    is_open: bool,
    in_plain: bool,
    unicode: String,
    plain: String,
    index: f32,
    sure: Option<f32>,
}

impl Equiv {
    /// An element begins; true where it is a reading or a part of one.
    pub fn open(&mut self, element: Element<'_, '_>) -> bool {
        match element.name {
            "TextEquiv" => {
                (self.is_open, self.in_plain) = (true, false);
                self.unicode.clear();
                self.plain.clear();
                self.index = element.figure("index").unwrap_or(0.0);
                self.sure = element.figure("conf").map(|sure| sure.clamp(0.0, 1.0));
                true
            }
            "Unicode" | "PlainText" => {
                self.in_plain = element.name == "PlainText";
                self.is_open
            }
            _ => false,
        }
    }

    /// Takes text; false where it stands in no reading.
    pub fn text(&mut self, text: &str) -> bool {
        if self.is_open {
            let part = if self.in_plain { &mut self.plain } else { &mut self.unicode };
            part.push_str(text);
        }
        self.is_open
    }

    /// A part of the reading ends.
    pub fn close_part(&mut self) {
        self.in_plain = false;
    }

    /// The reading ends: it becomes the best one if its index is the lowest. `PlainText` is a reading
    /// only where there is no `Unicode`.
    pub fn close(&mut self, best: Option<&mut Best>) {
        self.is_open = false;
        let text = if self.unicode.trim().is_empty() { &mut self.plain } else { &mut self.unicode };
        if let Some(best) = best.filter(|_| !text.trim().is_empty())
            && (best.text.is_empty() || self.index < best.index)
        {
            std::mem::swap(&mut best.text, text);
            (best.index, best.sure) = (self.index, self.sure);
        }
    }
}
