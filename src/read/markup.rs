//! The markup that some engines put into a block's text: HTML tables, and HTML for what stands in
//! the middle or in a picture's place. A row of a table is a line, its cells are the words of it.
//!
//! A `<` that begins no tag of these is text.

use super::text::TextBuilder;
use crate::geometry::Rect;
use std::borrow::Cow;

/// Writes a text: its lines with the box given, its rows and cells without.
pub fn write(text: &str, rect: Option<Rect>, out: &mut TextBuilder) {
    lines(text, |part| match part {
        Markup::Line(line) => out.line(line, rect, None),
        Markup::Row => out.start_line(),
        Markup::Cell(cell) => out.cell(cell),
    });
}

/// A piece of a block's text.
#[derive(Debug, PartialEq, Eq)]
enum Markup<'a> {
    /// A line of text.
    Line(&'a str),
    /// A row of a table begins.
    Row,
    /// A cell of the row that began last.
    Cell(&'a str),
}

/// Hands over the lines, rows and cells of a text. White space alone is none of them.
fn lines(text: &str, take: impl FnMut(Markup)) {
    let mut out = Writer { take, text: String::new(), in_cell: false };
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        out.text.push_str(before);
        match Tag::of(from) {
            Some((tag, length)) => {
                out.tag(tag);
                rest = &from[length..];
            }
            None => {
                out.text.push('<');
                rest = &from[1..];
            }
        }
    }
    out.text.push_str(rest);
    out.end();
}

struct Writer<F> {
    take: F,
    text: String,
    in_cell: bool,
}

impl<F: FnMut(Markup)> Writer<F> {
    fn tag(&mut self, tag: Tag) {
        match tag {
            Tag::Inline => {}
            Tag::Break if self.in_cell => self.text.push(' '),
            Tag::Break => self.end(),
            Tag::Row => {
                self.end();
                (self.take)(Markup::Row);
            }
            Tag::Cell => {
                self.end();
                self.in_cell = true;
            }
            Tag::End => self.end(),
        }
    }

    /// Ends the cell, or the lines, at hand.
    fn end(&mut self) {
        let text = resolved(&self.text);
        if self.in_cell {
            let cell: Vec<&str> = text.split_whitespace().collect();
            if !cell.is_empty() {
                (self.take)(Markup::Cell(&cell.join(" ")));
            }
        } else {
            text.lines().filter(|line| !line.trim().is_empty()).for_each(|line| (self.take)(Markup::Line(line)));
        }
        self.in_cell = false;
        self.text.clear();
    }
}

#[derive(Clone, Copy)]
enum Tag {
    /// It changes how the text looks.
    Inline,
    /// It ends a line.
    Break,
    /// It begins a row.
    Row,
    /// It begins a cell.
    Cell,
    /// It ends a cell, a row or a table.
    End,
}

impl Tag {
    /// The tag that a text begins with, and its length in bytes.
    fn of(text: &str) -> Option<(Tag, usize)> {
        // No further than the next tag, lest what hides no end be looked through again and again.
        let end = 1 + text.get(1..)?.find(['<', '>'])?;
        let inner = text[end..].starts_with('>').then(|| &text[1..end])?;
        let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        let name = inner.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let tag = match name.to_ascii_lowercase().as_str() {
            "tr" | "td" | "th" | "table" | "thead" | "tbody" | "tfoot" if closes => Tag::End,
            "tr" => Tag::Row,
            "td" | "th" => Tag::Cell,
            "table" | "thead" | "tbody" | "tfoot" | "div" | "p" | "br" | "html" | "body" | "center" => Tag::Break,
            "img" | "span" | "sup" | "sub" | "b" | "i" | "u" | "em" | "strong" | "font" => Tag::Inline,
            _ => return None,
        };
        Some((tag, end + 1))
    }
}

/// The text with its character references resolved.
fn resolved(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let references = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    let resolved = references.iter().fold(text.to_owned(), |text, (written, meant)| text.replace(written, meant));
    Cow::Owned(resolved)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        lines(text, |part| out.push(format!("{part:?}")));
        out
    }

    #[test]
    fn text_is_taken_line_by_line() {
        assert_eq!(parts("会议\n\n强调 1 < 2，a<b>c"), ["Line(\"会议\")", "Line(\"强调 1 < 2，ac\")"]);
        assert_eq!(parts("<div style=\"text-align: center;\">图&amp;文</div>后"), ["Line(\"图&文\")", "Line(\"后\")"]);
        assert!(parts(" \n").is_empty());
    }

    #[test]
    fn a_table_is_rows_of_cells() {
        let table = "<html><body><table border=1><tr><td colspan=\"2\">甲<br>乙</td><td/></tr>\n<TR><th>1\n2</th></TR></table></body></html>";
        assert_eq!(parts(table), ["Row", "Cell(\"甲 乙\")", "Row", "Cell(\"1 2\")"]);
        assert_eq!(parts("<table><tr><td>甲"), ["Row", "Cell(\"甲\")"]);
    }

    #[test]
    fn marks_without_end_take_no_time() {
        assert_eq!(parts(&"<".repeat(200_000)).len(), 1);
    }
}
