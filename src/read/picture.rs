//! Pictures, told by their first bytes. Nothing here reads them: an OCR engine has to.

/// The kind of picture that a file is, such as `PNG`; `None` where it is no picture.
///
/// Known are the kinds that scanners and archives give and OCR engines read. Their first bytes are
/// those of no text in any encoding that [`read`](super::read()) finds out.
///
/// ```
/// assert_eq!(pagemend::read::picture(b"\x89PNG\r\n\x1a\n\0\0"), Some("PNG"));
/// assert_eq!(pagemend::read::picture("会议".as_bytes()), None);
/// ```
pub fn picture(bytes: &[u8]) -> Option<&'static str> {
    let begins = |start: &[u8]| bytes.starts_with(start);
    let holds = |at: usize, what: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(what));
    if begins(b"\x89PNG\r\n\x1a\n") {
        Some("PNG")
    } else if begins(b"\xff\xd8\xff") {
        Some("JPEG")
    } else if [b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"].iter().any(|start| begins(*start)) {
        Some("TIFF")
    } else if begins(b"RIFF") && holds(8, b"WEBP") {
        Some("WebP")
    } else if begins(b"GIF87a") || begins(b"GIF89a") {
        Some("GIF")
    // The file, and the bare codestream.
    } else if begins(b"\0\0\0\x0cjP  \r\n\x87\n") || begins(b"\xff\x4f\xff\x51") {
        Some("JPEG 2000")
    // Two letters are little to go by; behind them are four bytes of zero and a header's length.
    } else if begins(b"BM") && holds(6, &[0; 4]) && holds(15, &[0; 3]) {
        Some("BMP")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use crate::options::Options;

    const BEGINNINGS: &[(&[u8], &str)] = &[
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"II*\0\x08\0\0\0", "TIFF"),
        (b"MM\0*\0\0\0\x08", "TIFF"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "WebP"),
        (b"GIF89a\x01\0\x01\0", "GIF"),
        (b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 ", "JPEG 2000"),
        (b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01", "BMP"),
    ];

    #[test]
    fn a_picture_is_said_to_be_one() {
        for (bytes, kind) in BEGINNINGS {
            assert_eq!(picture(bytes), Some(*kind));
            // Whatever it is said to be.
            for from in [None, Some("text"), Some("hocr")] {
                let error = super::super::read(bytes, None, &Options { from, ..Options::default() }).unwrap_err();
                assert!(matches!(error.kind(), ErrorKind::Picture { kind: k } if k == kind), "{error}");
                assert!(error.to_string().starts_with(&format!("this is a picture ({kind})")), "{error}");
            }
        }
    }

    #[test]
    fn text_is_no_picture() {
        for text in ["BM会议强调，要深化分区", "BMW の新型車、来春発売へ\n", "GIF 動画", "RIFF", "II*", "", "MM"]
        {
            assert_eq!(picture(text.as_bytes()), None, "{text}");
        }
    }
}
