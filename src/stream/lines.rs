//! The lines of a stream. A line ends at the byte 0x0A and nowhere else: U+2028 and its like stand
//! inside lines.

use std::io::{self, BufRead, Read};

/// A line, without its line feed.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// All of it.
    Whole(Vec<u8>),
    /// It is longer than it may be; what is here is its beginning, in which its id may stand.
    TooLong(Vec<u8>),
}

impl Line {
    /// The bytes that are here.
    pub fn bytes(&self) -> &[u8] {
        let (Line::Whole(bytes) | Line::TooLong(bytes)) = self;
        bytes
    }
}

/// Bytes kept of a line that is too long.
const HEAD: usize = 64 * 1024;

/// Reads one line and its length with the line feed; `None` at the end of the stream. What is longer
/// than `longest` bytes is read over without being kept.
pub fn next(input: &mut impl BufRead, longest: usize) -> io::Result<Option<(Line, u64)>> {
    let mut line = Vec::new();
    let read = input.by_ref().take(longest as u64 + 1).read_until(b'\n', &mut line)? as u64;
    if read == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() > longest {
        line.truncate(HEAD.min(longest));
        line.shrink_to_fit();
        let rest = input.skip_until(b'\n')? as u64;
        return Ok(Some((Line::TooLong(line), read + rest)));
    }
    Ok(Some((Line::Whole(line), read)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(mut text: &[u8], longest: usize) -> Vec<Line> {
        std::iter::from_fn(|| next(&mut text, longest).unwrap().map(|(line, _)| line)).collect()
    }

    fn whole(text: &str) -> Line {
        Line::Whole(text.into())
    }

    #[test]
    fn only_a_line_feed_ends_a_line() {
        assert_eq!(
            lines("甲\u{2028}乙\r\n\n丙\u{85}".as_bytes(), 99),
            [whole("甲\u{2028}乙\r"), whole(""), whole("丙\u{85}")]
        );
        assert_eq!(lines(b"", 99), []);
    }

    #[test]
    fn a_long_line_is_read_over() {
        let expected = [whole("abcd"), Line::TooLong(b"abcd".to_vec()), whole("x"), Line::TooLong(b"1234".to_vec())];
        assert_eq!(lines(b"abcd\nabcde\nx\n12345678", 4), expected);
    }
}
