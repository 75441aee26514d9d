//! Markdown (CommonMark): headlines as headings, captions and bylines in emphasis, verse with hard
//! line breaks. Furniture is left out; JSON keeps it.

use crate::document::Document;
use crate::role::Role;
use std::io::{self, Write};

pub fn markdown(document: &Document, out: &mut impl Write) -> io::Result<()> {
    for (n, article) in document.articles.iter().enumerate() {
        if n > 0 {
            writeln!(out, "\n---\n")?;
        }
        for (i, block) in article.blocks.iter().enumerate() {
            let tight = i > 0 && super::is_row(block.role) && article.blocks[i - 1].role == block.role;
            let gap = if i > 0 && !tight { "\n" } else { "" };
            let text = escape(&block.text(&document.source));
            match block.role {
                Role::Headline => writeln!(out, "{gap}# {text}")?,
                Role::Subheading => writeln!(out, "{gap}## {text}")?,
                Role::Kicker | Role::Subheadline => writeln!(out, "{gap}**{text}**")?,
                Role::Byline | Role::Dateline | Role::Caption | Role::Credit | Role::Jump => {
                    writeln!(out, "{gap}*{text}*")?
                }
                Role::Verse => writeln!(out, "{gap}{}", text.replace('\n', "\\\n"))?,
                Role::List | Role::Table => writeln!(out, "{gap}- {text}")?,
                Role::Footnote => writeln!(out, "{gap}> {text}")?,
                _ => writeln!(out, "{gap}{text}")?,
            }
        }
    }
    Ok(())
}

/// Escapes what CommonMark would read as markup: marks anywhere, and what makes a line a heading, a
/// list or a quotation at its beginning.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (i, c) in text.char_indices() {
        let opens_line = i == 0 || text.as_bytes()[i - 1] == b'\n';
        let number_before = || {
            let line = text[..i].rsplit('\n').next().unwrap_or_default();
            !line.is_empty() && line.len() <= 9 && line.bytes().all(|b| b.is_ascii_digit())
        };
        let markup = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '|' | '~' => true,
            '#' | '>' | '+' | '-' | '=' => opens_line,
            '.' | ')' => number_before(),
            _ => false,
        };
        if markup {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn markup_is_escaped() {
        assert_eq!(escape("*****의 [영업]"), r"\*\*\*\*\*의 \[영업\]");
        assert_eq!(escape("1. 总则"), r"1\. 总则");
        assert_eq!(escape("# 号"), r"\# 号");
        assert_eq!(escape("3.5亿元，A-B"), r"3\.5亿元，A-B");
    }
}
