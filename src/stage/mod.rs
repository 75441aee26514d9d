//! The story of a page, on one screen.
//!
//! Each stage is a pure function from the type before it to the type after it, and lives in the file
//! that bears its name.

pub mod articles;
pub mod clean;
pub mod columns;
pub mod compose;
pub mod jumps;
pub mod measure;
pub mod order;
pub mod settle;

use crate::document::Document;
use crate::evidence::Trace;
use crate::options::Options;
use crate::read::Input;
use crate::text::language::language;

/// Mends what was read; decisions go to the trace.
pub(crate) fn mend(input: Input, options: &Options, mut trace: Trace) -> Document {
    let Input { source, pages, .. } = input;
    let language = options.language.unwrap_or_else(|| language(&source.text));
    let press = options.press(language);

    let lines = columns::columns(&source, &pages, language, &press);
    let ordered = order::order(lines, options.trust);
    let flow = measure::measure(&source, ordered, language);
    let edits = if options.keep_characters { Vec::new() } else { clean::clean(&source, &flow, language) };
    let composed = compose::compose(&source, flow, &press, language, options.trust, &mut trace);
    let plan = articles::articles(&source, &composed, &press, options.trust, &mut trace);
    let (composed, plan) = jumps::jumps(&source, &pages, composed, plan, &press, language, &mut trace);
    settle::settle(source, &pages, &edits, &composed, plan, language, trace)
}
