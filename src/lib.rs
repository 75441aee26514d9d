//! pagemend takes the text that an OCR engine or a PDF extractor made of a Chinese, Japanese or
//! Korean page and gives back what the page said: articles with their headlines, bylines,
//! paragraphs and captions, in order, with every line wrap repaired, and with a ledger that proves
//! that nothing was lost and nothing was made up.
//!
//! Three verbs do everything: [`read()`] bytes, [`mend`] what was read, [`write`](write::write) the
//! result.
//!
//! ```
//! use pagemend::{Options, write::Format};
//!
//! let dump = "本报讯（记者 邓公平）2 月\n28 日，区长何庆主持召开会\n议，研究部署近期工作。\n\n区政府召开会议\n";
//! let options = Options::default();
//! let input = pagemend::read(dump.as_bytes(), None, &options)?;
//! let document = pagemend::mend(input, &options);
//! let text = pagemend::write::to_string(&document, Format::Text);
//! assert_eq!(text, "区政府召开会议\n\n本报讯（记者 邓公平）2月28日，区长何庆主持召开会议，研究部署近期工作。\n");
//! # Ok::<(), pagemend::Error>(())
//! ```
//!
//! # The house
//!
//! ```text
//! bytes ─read─▶ Page ─clean─▶ ─columns─▶ Flow ─order─▶ Flow ─compose─▶ Composed ─articles─▶ Plan ─jumps─▶ Plan ─settle─▶ Document ─write─▶
//! ```
//!
//! All text of a document is one immutable string ([`source::Source`]); everything else points into
//! it. A block is a list of [pieces](document::Piece), each either a stretch of the input as it
//! stands or a stretch put as something else because of a [rule](rule::Rule). The
//! [audit](audit::audit) holds the whole program to one law: every byte of the source stands exactly
//! once, in a piece or among the dropped.

pub mod audit;
pub mod compare;
pub mod document;
pub mod error;
pub mod evidence;
pub mod flow;
pub mod geometry;
pub mod guard;
pub mod options;
pub mod page;
pub mod press;
pub mod read;
pub mod role;
pub mod rule;
pub mod settings;
pub mod source;
pub mod stage;
pub mod stream;
pub mod text;
pub mod write;

pub use document::Document;
pub use error::Error;
pub use options::Options;
pub use read::{Input, read};

use evidence::Trace;

/// Mends what was read. Any input gives a document.
pub fn mend(input: Input, options: &Options) -> Document {
    audited(stage::mend(input, options, Trace::default()))
}

/// Mends what was read and keeps every decision in [`Document::decisions`], not only the doubtful
/// ones.
pub fn explain(input: Input, options: &Options) -> Document {
    audited(stage::mend(input, options, Trace::of_all()))
}

fn audited(document: Document) -> Document {
    if cfg!(debug_assertions)
        && let Err(imbalance) = audit::audit(&document)
    {
        panic!("the books do not balance: {imbalance:?}");
    }
    document
}
