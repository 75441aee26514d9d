//! Plain text: one run a line, a form feed parts pages.

use crate::error::{Error, ErrorKind};
use crate::page::{Page, Run};
use crate::source::{File, LineStart, Source, Span};

/// Cuts decoded text into pages and lines. Lines end with LF, CR or CR LF, or with what word processors and
/// typesetters write for a break within a paragraph (VT, NEL, U+2028, U+2029); blank lines count, but make no run.
pub fn plain(text: String, file: File) -> Result<(Source, Vec<Page>), Error> {
    if text.len() >= u32::MAX as usize {
        return Err(Error::new(ErrorKind::TooLarge { bytes: text.len() }));
    }
    let bytes = text.as_bytes();
    let mut lines = Vec::with_capacity(bytes.len() / 48 + 1);
    let mut pages = vec![Page::empty(1, None)];
    let (mut start, mut number) = (0, 1);
    loop {
        // One look at its first byte tells of nearly all bytes that no line ends there.
        let places = (start..bytes.len()).filter(|at| matches!(bytes[*at], 0x0a..=0x0d | 0xc2 | 0xe2));
        let mut ends = places.map(|at| (at, line_end(&bytes[at..]))).filter(|(_, length)| *length > 0);
        let (end, length) = ends.next().unwrap_or((bytes.len(), 0));
        let page = pages.last_mut().expect("there is a first page");
        lines.push(LineStart { byte: start as u32, page: page.number, number });
        if !text[start..end].chars().all(crate::text::class::is_blank) {
            page.runs.push(Run::of(Span::new(start, end), number));
        }
        if end == bytes.len() {
            break;
        }
        start = end + length;
        number += 1;
        // A form feed at the very end closes the last page and opens none.
        if bytes[end] == 0x0c && start < bytes.len() {
            pages.push(Page::empty(pages.len() as u32 + 1, None));
            number = 1;
        }
    }
    Ok((Source { text, file, lines }, pages))
}

/// The bytes of the line end at the beginning of some text; none where there is no line end.
fn line_end(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | 0x0b | 0x0c | b'\r', ..] => 1,
        [0xc2, 0x85, ..] => 2,
        [0xe2, 0x80, 0xa8 | 0xa9, ..] => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u32, u32, String)> {
        let file = File { path: None, format: "text", encoding: "UTF-8" };
        let (source, pages) = plain(text.to_owned(), file).unwrap();
        let runs = pages.iter().flat_map(|p| p.runs.iter().map(|r| (p.number, r)));
        runs.map(|(page, r)| (page, r.line, source.get(r.span).to_owned())).collect()
    }

    #[test]
    fn all_line_ends_and_page_breaks() {
        let expected = [(1, 1, "甲"), (1, 2, "乙"), (1, 4, "丙"), (2, 1, "丁")];
        let expected = expected.map(|(p, l, t)| (p, l, t.to_owned()));
        assert_eq!(lines("甲\r\n乙\r\r丙\n\u{c}丁\n"), expected);
        assert_eq!(lines("甲\n乙\n \t\n丙\u{c}丁\u{c}"), expected);
        assert_eq!(lines("甲\u{2028}乙\u{85}\u{b}丙\u{2029}\u{c}丁"), expected);
    }

    #[test]
    fn nothing_gives_a_page_without_lines() {
        assert_eq!(lines(""), []);
        assert_eq!(lines("\n\n\u{c}\n"), []);
    }
}
