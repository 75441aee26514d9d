//! The result: articles of blocks, blocks of pieces, and what was left out.

use crate::evidence::Decision;
use crate::page::Size;
use crate::role::Role;
use crate::rule::Rule;
use crate::source::{Source, Span};

/// What becomes of a stretch of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It stands as it is.
    Same,
    /// It is written as `text`, because of `rule`.
    Other {
        /// What stands instead; never empty (what is left out goes to [`Document::dropped`]).
        text: &'static str,
        /// Why.
        rule: Rule,
    },
}

/// A stretch of input inside a block, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// The input.
    pub from: Span,
    /// What is written for it.
    pub put: Put,
}

/// The lines that a block was made of, or parts of lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fragment {
    /// The stretch of one input line that belongs to the block, its edge spaces left out.
    pub span: Span,
    /// True where the line holds text of another block too.
    pub partial: bool,
    /// Its box, where the format states one.
    pub rect: Option<crate::geometry::Rect>,
}

/// One block.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it is.
    pub role: Role,
    /// Its place in the reading order of the whole document, from 0, furniture included.
    pub order: u32,
    /// The lines it stood on.
    pub fragments: Vec<Fragment>,
    /// Its text.
    pub pieces: Vec<Piece>,
    /// How sure its role and its limits are, from 0 to 1.
    pub confidence: f32,
}

impl Block {
    /// The block's text as it is written.
    pub fn text(&self, source: &Source) -> String {
        let mut text = String::with_capacity(self.pieces.iter().map(|p| p.from.len()).sum());
        for piece in &self.pieces {
            match piece.put {
                Put::Same => text.push_str(source.get(piece.from)),
                Put::Other { text: put, .. } => text.push_str(put),
            }
        }
        text
    }

    /// The first byte of the block in the input.
    pub fn start(&self) -> u32 {
        self.fragments.first().map_or(0, |f| f.span.start)
    }
}

/// One article: its headline group first, then the rest as one reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// A stretch of input that is written nowhere, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dropped {
    /// The input.
    pub span: Span,
    /// Why.
    pub rule: Rule,
}

/// A page of the input, without its text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageInfo {
    /// Its number, from 1.
    pub number: u32,
    /// Its size, where the format states one.
    pub size: Option<Size>,
}

/// What the page said.
#[derive(Debug, Clone)]
pub struct Document {
    /// The input, whole.
    pub source: Source,
    /// Its pages.
    pub pages: Vec<PageInfo>,
    /// The articles, in the order of their first body line.
    pub articles: Vec<Article>,
    /// What belongs to the page and to no article, in order.
    pub furniture: Vec<Block>,
    /// What is written nowhere, in the order of the input.
    pub dropped: Vec<Dropped>,
    /// The decisions won narrowly, in the order of the input; all of them where
    /// [`explain`](crate::explain) asked for them.
    pub decisions: Vec<Decision>,
}

impl Document {
    /// The decisions that a person should look at.
    pub fn doubts(&self) -> impl Iterator<Item = &Decision> {
        self.decisions.iter().filter(|d| d.is_doubt())
    }

    /// Every block, those of the articles first.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        let articles = self.articles.iter().flat_map(|a| a.blocks.iter());
        articles.chain(self.furniture.iter())
    }
}
