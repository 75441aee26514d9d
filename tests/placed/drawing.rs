//! Pages of boxes, drawn for a test, as files of two formats.

use pagemend::{Document, Options};
use std::sync::LazyLock;

const REAL: &str = include_str!("../../samples/newspaper/beibei-2020-03.txt");

/// One text with its box: left, top, right, bottom, in pixels. Engines write whole ones; what is no
/// number stands in a file as `null` or `NaN`.
#[derive(Debug, Clone)]
pub struct Piece {
    pub text: String,
    pub place: Option<[f64; 4]>,
    /// By how many degrees its box is turned about the page's origin.
    pub tilt: f64,
}

impl Piece {
    pub fn at(text: &str, place: [f64; 4]) -> Piece {
        Piece { text: text.to_owned(), place: Some(place), tilt: 0.0 }
    }

    /// Its four corners, clockwise from the top left.
    pub fn corners(&self) -> Option<[[f64; 2]; 4]> {
        let [x0, y0, x1, y1] = self.place?;
        let (sin, cos) = self.tilt.to_radians().sin_cos();
        let turned = |[x, y]: [f64; 2]| if self.tilt == 0.0 { [x, y] } else { [x * cos - y * sin, x * sin + y * cos] };
        Some([[x0, y0], [x1, y0], [x1, y1], [x0, y1]].map(turned))
    }
}

pub fn number(n: f64) -> String {
    if n.is_finite() { n.to_string() } else { "null".to_owned() }
}

/// The page as Umi-OCR writes it.
pub fn umi(page: &[Piece]) -> String {
    let line = |piece: &Piece| {
        let corner = |[x, y]: [f64; 2]| format!("[{},{}]", number(x), number(y));
        let corners = piece.corners().map_or("null".to_owned(), |c| format!("[{}]", c.map(corner).join(",")));
        format!(r#"{{"text":{},"box":{corners},"score":0.9}}"#, serde_json::Value::from(piece.text.as_str()))
    };
    format!(r#"{{"code":100,"data":[{}]}}"#, page.iter().map(line).collect::<Vec<_>>().join(","))
}

/// The page as hOCR; every other line has words.
pub fn hocr(page: &[Piece]) -> String {
    let mut out = "<html><body><div class='ocr_page' title='bbox 0 0 4000 4000'>\n".to_owned();
    for (n, piece) in page.iter().enumerate() {
        let text = piece.text.replace('&', "&amp;").replace('<', "&lt;");
        let title = |[x0, y0, x1, y1]: [f64; 4]| format!(" title='bbox {x0} {y0} {x1} {y1}'");
        let whole = piece.place.map_or(String::new(), title);
        let chars = piece.text.chars().count();
        match piece.place {
            Some([x0, y0, x1, y1]) if n.is_multiple_of(2) && chars >= 2 && chars == text.chars().count() => {
                let upright = y1 - y0 > x1 - x0;
                let cut = chars / 2;
                let share = cut as f64 / chars as f64;
                let (x, y) = (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share);
                let (a, b) =
                    if upright { ([x0, y0, x1, y], [x0, y, x1, y1]) } else { ([x0, y0, x, y1], [x, y0, x1, y1]) };
                let head: String = text.chars().take(cut).collect();
                let word = |place, text: &str| format!("<span class='ocrx_word'{}>{text}</span>", title(place));
                let words = word(a, &head) + &word(b, &text[head.len()..]);
                out += &format!("<span class='ocr_line'{whole}>{words}</span>\n");
            }
            _ => out += &format!("<span class='ocr_line'{whole}>{text}</span>\n"),
        }
    }
    out + "</div></body></html>\n"
}

/// A stretch of running text, from anywhere in the real page.
pub fn prose(from: usize, chars: usize) -> String {
    static ALL: LazyLock<Vec<char>> = LazyLock::new(|| REAL.chars().filter(|c| !c.is_whitespace()).collect());
    (from..from + chars).map(|at| ALL[at % ALL.len()]).collect()
}

pub fn mend(file: &str) -> Document {
    let options = Options::default();
    let input = pagemend::read(file.as_bytes(), None, &options).expect("the file is read");
    pagemend::mend(input, &options)
}

/// Everything in a text but white space and shapeless characters, in the order of the alphabet.
pub fn bare(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !pagemend::text::class::is_blank(*c))
}
