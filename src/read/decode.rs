//! From bytes to text: a byte order mark, else strict UTF-8, else statistics.

use crate::error::{Error, ErrorKind};
use crate::text::class::{Class, class};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Decoded text.
pub struct Decoded {
    pub text: String,
    pub encoding: &'static Encoding,
    pub warnings: Vec<String>,
}

/// Bytes looked at when the encoding is guessed or binary data suspected. The rest of a larger file
/// is in the same encoding or in none.
const SAMPLE: usize = 256 * 1024;

/// Fewer bytes outside ASCII than this, some ten characters, are a guess and not statistics.
const ENOUGH: usize = 20;

/// Decodes a file, in the encoding given or in the one it most likely is in.
pub fn decode(bytes: &[u8], given: Option<&'static Encoding>) -> Result<Decoded, Error> {
    let mut warnings = Vec::new();
    let (encoding, mark) = match given {
        Some(encoding) => (encoding, Encoding::for_bom(bytes).filter(|(e, _)| *e == encoding).map_or(0, |b| b.1)),
        None => match Encoding::for_bom(bytes) {
            Some(found) => found,
            None => (guess(bytes, &mut warnings)?, 0),
        },
    };
    let (text, bad) = encoding.decode_without_bom_handling(&bytes[mark..]);
    if bad {
        let lost = text.matches('\u{fffd}').count();
        warnings.push(format!(
            "{lost} places could not be read as {}; they stand as U+FFFD (another encoding can be named with --encoding)",
            encoding.name()
        ));
    }
    Ok(Decoded { text: text.into_owned(), encoding, warnings })
}

fn guess(bytes: &[u8], warnings: &mut Vec<String>) -> Result<&'static Encoding, Error> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if let Some(wide) = utf16(sample) {
        return Ok(wide);
    }
    refuse_binary(sample)?;
    match std::str::from_utf8(bytes) {
        Ok(_) => return Ok(UTF_8),
        // A file that is UTF-8 nearly throughout is a damaged UTF-8 file, not another encoding: the
        // multi-byte sequences of the others break UTF-8 every few characters.
        Err(_) if mostly_utf8(sample) => return Ok(UTF_8),
        Err(_) => {}
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(sample, sample.len() == bytes.len());
    let encoding = detector.guess(None, chardetng::Utf8Detection::Allow);
    // The detector answers GBK; GB18030 is its superset and decodes the same bytes and more.
    let encoding = if encoding == encoding_rs::GBK { encoding_rs::GB18030 } else { encoding };
    let cjk = [
        encoding_rs::GB18030,
        encoding_rs::BIG5,
        encoding_rs::SHIFT_JIS,
        encoding_rs::EUC_JP,
        encoding_rs::ISO_2022_JP,
        encoding_rs::EUC_KR,
    ];
    if !cjk.contains(&encoding) || sample.iter().filter(|b| !b.is_ascii()).count() < ENOUGH {
        warnings.push(format!(
            "the encoding is a guess; {} fits best (name it with --encoding if that is wrong)",
            encoding.name()
        ));
    }
    Ok(encoding)
}

/// UTF-16 without a byte order mark: it has line breaks of two bytes, and what it decodes to is text.
fn utf16(sample: &[u8]) -> Option<&'static Encoding> {
    let breaks = |pattern: [u8; 2]| sample.chunks_exact(2).filter(|pair| *pair == pattern).count();
    let (little, big) = (breaks([b'\n', 0]), breaks([0, b'\n']));
    // A line of text has at most some hundreds of characters.
    let encoding = match little.cmp(&big) {
        std::cmp::Ordering::Greater if little * 800 > sample.len() => UTF_16LE,
        std::cmp::Ordering::Less if big * 800 > sample.len() => UTF_16BE,
        _ => return None,
    };
    let text = encoding.decode_without_bom_handling(&sample[..sample.len() / 2 * 2]).0;
    let (mut all, mut odd) = (0, 0);
    for c in text.chars() {
        all += 1;
        odd += usize::from(c == '\u{fffd}' || class(c) == Class::Control);
    }
    (odd * 50 <= all).then_some(encoding)
}

fn refuse_binary(sample: &[u8]) -> Result<(), Error> {
    // ESC belongs to ISO-2022-JP; the rest of C0 but white space has no place in text. A stray NUL
    // in a text file is tolerated, one byte in twenty is not.
    let is_control = |b: u8| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b);
    let controls = sample.iter().filter(|b| is_control(**b)).count();
    if controls * 20 > sample.len() {
        let offset = sample.iter().position(|b| is_control(*b)).unwrap_or(0);
        return Err(Error::new(ErrorKind::Binary { offset }));
    }
    Ok(())
}

fn mostly_utf8(sample: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 20
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::*;

    const ZH: &str = "会议强调，要深化分区分级分类精准防控，有序恢复生产生活秩序。\n";
    const HANT: &str = "警方早已安排警力，法院外有多名警員駐守及巡邏，亦封鎖一條行車線。\n";
    const JA: &str = "この町では、町の家屋に被害が出た。また、同じ州では、農夫が死亡した。\n";
    const KO: &str = "경찰은 정확한 사인을 밝히기 위해 국립과학수사연구소에 부검을 의뢰했다.\n";

    #[test]
    fn each_encoding_is_found() {
        for (encoding, text) in [(UTF_8, ZH), (GB18030, ZH), (BIG5, HANT), (SHIFT_JIS, JA), (EUC_JP, JA), (EUC_KR, KO)]
        {
            let text = text.repeat(3);
            let bytes = encoding.encode(&text).0;
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!((decoded.encoding, &decoded.text), (encoding, &text));
        }
    }

    #[test]
    fn utf16_with_and_without_mark() {
        for mark in ["\u{feff}", ""] {
            let text = format!("{mark}{}", ZH.repeat(3));
            let low: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let high: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(decode(&low, None).unwrap().text, ZH.repeat(3));
            assert_eq!(decode(&high, None).unwrap().text, ZH.repeat(3));
        }
    }

    #[test]
    fn a_mark_is_no_text() {
        assert_eq!(decode("\u{feff}会议".as_bytes(), None).unwrap().text, "会议");
    }

    #[test]
    fn damage_stays_visible() {
        let mut bytes = ZH.repeat(4).into_bytes();
        bytes[10] = 0xff;
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!(decoded.encoding, UTF_8);
        assert!(decoded.text.contains('\u{fffd}'));
        assert_eq!(decoded.warnings.len(), 1);
    }

    #[test]
    fn a_given_encoding_is_obeyed() {
        let bytes = GB18030.encode(ZH).0;
        assert_eq!(decode(&bytes, Some(GB18030)).unwrap().text, ZH);
        assert_ne!(decode(&bytes, Some(SHIFT_JIS)).unwrap().text, ZH);
    }

    #[test]
    fn binary_data_is_refused() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0\0\0\x02\0\x08\x06\0\0\0";
        assert!(matches!(decode(png, None).map(|d| d.text).unwrap_err().kind(), ErrorKind::Binary { .. }));
    }
}
