//! The story of a page, on one screen.
//!
//! Each stage is a pure function from the type before it to the type after it, and lives in the file
//! that bears its name.

pub mod articles;
pub mod clean;
pub mod columns;
pub mod compose;
#[cfg(test)]
mod drawn;
pub mod jumps;
pub mod measure;
pub mod order;
pub mod settle;
pub mod stand_ins;

use crate::document::Document;
use crate::evidence::Trace;
use crate::flow::Flow;
use crate::options::{Options, Trust};
use crate::page::Page;
use crate::press::Press;
use crate::read::Input;
use crate::source::Source;
use crate::text::language::{Language, language};

/// The printed lines of some pages, in reading order, each in the column whose measure explains it: what is
/// composed then, and what a program that fits the composer's weights learns from.
pub fn flow(source: &Source, pages: &[Page], language: Language, press: &Press, trust: Trust) -> Flow {
    let lines = columns::columns(source, pages, language, press);
    let ordered = order::order(lines, trust);
    measure::measure(source, ordered, language)
}

/// Mends what was read; decisions go to the trace.
pub(crate) fn mend(input: Input, options: &Options, mut trace: Trace) -> Document {
    let Input { source, pages, .. } = input;
    let language = options.language.unwrap_or_else(|| language(&source.text));
    let stand_ins = stand_ins::stand_ins(&source, language);
    let legible = stand_ins::legible(&source, &stand_ins);
    let press = options.press(language);

    let flow = flow(&legible, &pages, language, &press, options.trust);
    let mut edits = Vec::new();
    if !options.keep_characters {
        edits = [stand_ins, clean::clean(&legible, &flow, language)].concat();
        edits.sort_by_key(|edit| edit.from);
    }
    let composed = compose::compose(&legible, flow, &press, language, options.trust, &mut trace);
    let plan = articles::articles(&legible, &composed, &press, options.trust, &mut trace);
    let (composed, plan) = jumps::jumps(&legible, &pages, composed, plan, &press, language, &mut trace);
    drop(legible);
    settle::settle(source, &pages, &edits, &composed, plan, language, trace)
}
