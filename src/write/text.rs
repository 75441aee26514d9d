//! Plain text. Furniture is left out; JSON keeps it.

use crate::document::Document;
use std::io::{self, Write};

/// Stands between two articles, with an empty line on each side.
pub const BETWEEN: &str = "* * *";

pub fn text(document: &Document, out: &mut impl Write) -> io::Result<()> {
    for (n, article) in document.articles.iter().enumerate() {
        if n > 0 {
            write!(out, "\n{BETWEEN}\n\n")?;
        }
        for (i, block) in article.blocks.iter().enumerate() {
            // Items of a list and rows of a table stand on lines of their own, not apart.
            let tight = i > 0 && super::is_row(block.role) && article.blocks[i - 1].role == block.role;
            let gap = if i > 0 && !tight { "\n" } else { "" };
            writeln!(out, "{gap}{}", block.text(&document.source))?;
        }
    }
    Ok(())
}
