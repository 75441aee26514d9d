//! Every block preceded by its role: what a person wants to read in a diff. No confidences, no
//! version, no places.
//!
//! ```text
//! == article 1
//! [headline] 区政府召开第99次常务会议
//! [paragraph] 本报讯（记者 邓公平 霍吕）2月28日，…
//!
//! == furniture
//! [page-number] 4版
//! ```

use crate::document::{Block, Document};
use std::io::{self, Write};

pub fn tagged(document: &Document, out: &mut impl Write) -> io::Result<()> {
    let mut gap = "";
    for (n, article) in document.articles.iter().enumerate() {
        writeln!(out, "{gap}== article {}", n + 1)?;
        gap = "\n";
        blocks(document, &article.blocks, out)?;
    }
    if !document.furniture.is_empty() {
        writeln!(out, "{gap}== furniture")?;
        blocks(document, &document.furniture, out)?;
    }
    Ok(())
}

fn blocks(document: &Document, blocks: &[Block], out: &mut impl Write) -> io::Result<()> {
    for block in blocks {
        let text = block.text(&document.source);
        writeln!(out, "[{}] {}", block.role, text.replace('\n', "\n  "))?;
    }
    Ok(())
}
