//! Which way the lines of a recognised page run.

use regex::Regex;
use std::sync::LazyLock;

/// The box of a line, under any of the names that tesseract gives lines.
static LINE: LazyLock<Regex> = LazyLock::new(|| {
    let line = r"class='ocr_(?:line|header|caption|textfloat)'[^>]*?bbox ([0-9]+) ([0-9]+) ([0-9]+) ([0-9]+)";
    Regex::new(line).expect("the pattern is one")
});

/// A box that is this many times as long as it is broad holds a line; a shorter one may be a single
/// character, whose box says nothing.
const LONG: u64 = 2;

/// True where most of the lines in tesseract's hOCR are higher than wide. Longer lines say more: a
/// vertical page has a masthead and captions, and specks that were taken for lines.
pub fn is_vertical(hocr: &str) -> bool {
    let (mut tall, mut wide) = (0, 0);
    for line in LINE.captures_iter(hocr) {
        // A number too large to be read is no place on a page.
        let [left, top, right, bottom] = line.extract().1.map(|n| u64::from(n.parse::<u32>().unwrap_or(0)));
        let (width, height) = (right.saturating_sub(left), bottom.saturating_sub(top));
        if height >= LONG * width {
            tall += height;
        } else if width >= LONG * height {
            wide += width;
        }
    }
    tall > wide
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[(&str, &str)]) -> String {
        lines
            .iter()
            .map(|(class, bbox)| format!("<span class='{class}' id='l' title=\"bbox {bbox}; x_size 30\">"))
            .collect()
    }

    #[test]
    fn long_lines_decide() {
        let masthead = [("ocr_header", "0 0 90 30"), ("ocr_line", "0 50 20 70"), ("ocr_line", "0 50 60 70")];
        assert!(!is_vertical(&page(&masthead)));
        let columns = [("ocr_line", "0 100 30 900"), ("ocr_caption", "40 100 70 900")];
        assert!(is_vertical(&page(&[&masthead[..], &columns[..]].concat())));
        assert!(!is_vertical(&page(&[("ocrx_word", "0 100 30 900"), ("ocr_line", "9 9 1 99999999999")])));
        assert!(!is_vertical(""));
    }
}
