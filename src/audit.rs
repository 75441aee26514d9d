//! The books balance: every byte of the source stands exactly once, in a piece or among the
//! dropped, and nothing is written that is neither source text nor covered by a rule.
//!
//! The audit is a sort and a scan. It runs after every [`mend`](crate::mend) in debug builds, and
//! in the property tests over random pages.

use crate::document::{Document, Put};
use crate::source::Span;

/// An entry that does not balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Imbalance {
    /// These bytes stand nowhere.
    Lost(Span),
    /// These bytes stand twice.
    Twice(Span),
    /// A piece writes nothing for its input; what is left out belongs among the dropped.
    Silent(Span),
    /// A span does not lie on character boundaries of the source.
    Torn(Span),
}

/// Checks a document's books.
///
/// # Errors
/// The first imbalance in the order of the input.
pub fn audit(document: &Document) -> Result<(), Imbalance> {
    let text = &document.source.text;
    let mut spans = Vec::new();
    for piece in document.blocks().flat_map(|b| &b.pieces) {
        if matches!(piece.put, Put::Other { text: "", .. }) {
            return Err(Imbalance::Silent(piece.from));
        }
        spans.push(piece.from);
    }
    spans.extend(document.dropped.iter().map(|d| d.span));
    spans.sort_unstable();
    let mut reached = 0;
    for span in spans {
        if span.is_empty() {
            continue;
        }
        if !text.is_char_boundary(span.start as usize) || !text.is_char_boundary(span.end as usize) {
            return Err(Imbalance::Torn(span));
        }
        if span.start > reached {
            return Err(Imbalance::Lost(Span { start: reached, end: span.start }));
        }
        if span.start < reached {
            return Err(Imbalance::Twice(span));
        }
        reached = span.end;
    }
    if (reached as usize) < text.len() {
        return Err(Imbalance::Lost(Span::new(reached as usize, text.len())));
    }
    Ok(())
}
