//! What characters and words are: classes, widths, line-break rules, languages, continuity.
//! Nothing in here knows of pages or layout.

pub mod brackets;
pub mod class;
pub mod composed;
pub mod continuity;
pub mod ends;
pub mod item;
pub mod joining;
pub mod language;
pub mod numerals;
pub mod phrases;
pub mod stand_ins;
pub mod vocabulary;
pub mod width;
pub mod word;
pub mod words;
