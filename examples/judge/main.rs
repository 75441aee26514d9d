//! Judges decisions by pages whose truth is known: how sure was the program, and how often was it right?
//!
//! ```text
//! cargo run --release --example judge -- [--fit] PAGE TRUTH [PAGE TRUTH]...
//! ```
//!
//! A truth is JSON with `articles[].blocks[].text` and `role`, as `pagemend fix --to json` writes it: a
//! document that was mended and then put right by hand will do. Three tables are printed: seams, roles,
//! and, where the text has spaces within words' reach, the spaces at wraps.
//!
//! A seam is judged where both its sides stand at one place of the truth each, so that it is known
//! whether they are one text there; and only on pages without boxes, where the line before a seam is
//! the one before it in the input. With `--fit` the weights under which whole pages are read as their
//! truth tells are printed beside the present ones, with what they are worth on pages held back.

mod fit;

use fit::Taught;
use pagemend::evidence::{DecisionKind, confidence};
use pagemend::page::Page;
use pagemend::text::class::class;
use pagemend::{Options, explain, read};
use serde_json::Value;
use std::collections::HashMap;
use std::error::Error;
use std::path::Path;

/// Characters on either side of a seam by which its place in the truth is found, and the fewest that do.
const SIDE: usize = 10;
const FEWEST: usize = 4;

/// Parts one block of the truth from the next; no page has it.
const PARTED: char = '\u{1}';

/// Margins from which a row of a table begins, in the natural logarithm of odds.
const ROWS: [f32; 9] = [0.0, 1.0, 2.2, 3.0, 4.0, 4.6, 6.0, 8.0, 12.0];

#[derive(Default)]
struct Score {
    /// Margin of each decision, and whether it was right.
    decisions: Vec<(f32, bool)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let fits = arguments.first().is_some_and(|a| a == "--fit");
    arguments.drain(..usize::from(fits));
    if arguments.is_empty() || !arguments.len().is_multiple_of(2) {
        return Err("expected [--fit] PAGE TRUTH [PAGE TRUTH]...".into());
    }
    let (mut seams, mut roles, mut spaces) = (Score::default(), Score::default(), Spaces::default());
    let (mut taught, mut pages): (Vec<Taught>, Vec<&str>) = (Vec::new(), Vec::new());
    for pair in arguments.chunks(2) {
        let truth: Value = serde_json::from_slice(&std::fs::read(&pair[1]).map_err(|e| format!("{}: {e}", pair[1]))?)?;
        let furniture = truth["furniture"].as_array().into_iter().flatten().filter_map(Value::as_str).map(bare);
        let furniture: Vec<String> = furniture.collect();
        let truth: Vec<(String, String)> = blocks(&truth);
        let bytes = std::fs::read(&pair[0]).map_err(|e| format!("{}: {e}", pair[0]))?;
        let options = Options::default();
        let input = read(&bytes, Some(Path::new(&pair[0])), &options)?;
        if fits {
            let page = pages.iter().position(|p| *p == pair[1]).unwrap_or(pages.len());
            pages.extend((page == pages.len()).then_some(pair[1].as_str()));
            taught.push(Taught::of(page, read(&bytes, Some(Path::new(&pair[0])), &options)?, &truth, &furniture));
        }
        let placed = input.pages.iter().any(Page::is_placed);
        let document = explain(input, &options);
        let all: String = truth.iter().map(|(_, text)| bare(text) + &PARTED.to_string()).collect();
        let text = &document.source.text;
        for decision in document.decisions.iter().filter(|d| d.kind == DecisionKind::Seam && !placed) {
            let (before, after) = text.split_at(decision.at as usize);
            let line = |text: &str| text.lines().next().map(bare).unwrap_or_default();
            let before: String = {
                let side = before.trim_end().lines().next_back().map(bare).unwrap_or_default();
                let from = side.char_indices().rev().nth(SIDE - 1).map_or(0, |(at, _)| at);
                side[from..].to_owned()
            };
            let after: String = line(after).chars().take(SIDE).collect();
            let known = |side: &str| side.chars().count() >= FEWEST && all.matches(side).count() == 1;
            if known(&before) && known(&after) {
                let one = all.contains(&(before + &after));
                let right = one == (decision.chosen == "join");
                seams.decisions.push((decision.margin, right));
            }
        }
        let role_of: HashMap<String, &str> = truth.iter().map(|(role, text)| (bare(text), role.as_str())).collect();
        for block in document.blocks() {
            let text = block.text(&document.source);
            if let Some(role) = role_of.get(&bare(&text)) {
                let margin = (block.confidence / (1.0 - block.confidence)).ln().clamp(0.0, 99.0);
                roles.decisions.push((margin, *role == block.role.name()));
            }
        }
        for (_, wanted) in &truth {
            let found = document.blocks().map(|b| b.text(&document.source)).find(|text| bare(text) == bare(wanted));
            if let Some(found) = found {
                spaces.count(&found, wanted);
            }
        }
    }
    seams.print("seams");
    roles.print("roles of blocks that are whole");
    spaces.print();
    if fits {
        fit::print(&taught);
    }
    Ok(())
}

/// The blocks of a truth, each with its role.
fn blocks(truth: &Value) -> Vec<(String, String)> {
    let text = |block: &Value, key: &str| block[key].as_str().unwrap_or_default().to_owned();
    let articles = truth["articles"].as_array().into_iter().flatten();
    let blocks = articles.flat_map(|a| a["blocks"].as_array().into_iter().flatten());
    blocks.map(|b| (text(b, "role"), text(b, "text"))).collect()
}

/// A text without its spaces.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

impl Score {
    fn print(&self, what: &str) {
        let n = self.decisions.len();
        if n == 0 {
            return;
        }
        let right = |from: f32, to: f32| {
            let here = self.decisions.iter().filter(move |(margin, _)| (from..to).contains(margin));
            (here.clone().count(), here.filter(|(_, right)| *right).count())
        };
        let share = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
        println!("\n{what}: {n}, {:.2} % right", share(right(0.0, f32::MAX).1, n));
        println!("  confidence from    decisions     right");
        for (i, from) in ROWS.into_iter().enumerate() {
            let (all, good) = right(from, ROWS.get(i + 1).copied().unwrap_or(f32::MAX));
            println!("  {:>15.4}  {:>8.2} %  {:>6.2} %", confidence(from), share(all, n), share(good, all));
        }
        let sure = ROWS[5];
        let (all, good) = right(sure, f32::MAX);
        println!("  from .99 on: {:.1} % of all, {:.2} % of them right", share(all, n), share(good, all));
        let doubt = pagemend::evidence::DOUBT;
        let (doubts, doubts_right) = right(0.0, doubt);
        let errors = self.decisions.iter().filter(|(_, right)| !right).count();
        let held = share(doubts - doubts_right, errors);
        println!("  doubts: {:.1} % of all, and hold {held:.0} % of the {errors} errors", share(doubts, n));
    }
}

/// Spaces that were written, those that should have been, and those that are both.
#[derive(Default)]
struct Spaces {
    written: usize,
    wanted: usize,
    both: usize,
}

impl Spaces {
    fn count(&mut self, found: &str, wanted: &str) {
        let places = |text: &str| -> Vec<bool> {
            let mut after = Vec::new();
            for c in text.chars() {
                match c.is_whitespace() {
                    true => after.last_mut().into_iter().for_each(|space| *space = true),
                    false => after.push(false),
                }
            }
            after
        };
        if !wanted.chars().any(|c| class(c) == pagemend::text::class::Class::Hangul) {
            return;
        }
        for (written, wanted) in places(found).into_iter().zip(places(wanted)) {
            self.written += usize::from(written);
            self.wanted += usize::from(wanted);
            self.both += usize::from(written && wanted);
        }
    }

    fn print(&self) {
        let share = |of: usize| 100.0 * self.both as f64 / of.max(1) as f64;
        if self.wanted > 0 {
            println!(
                "\nspaces of Korean text: {} wanted, precision {:.2} %, recall {:.2} %",
                self.wanted,
                share(self.written),
                share(self.wanted)
            );
        }
    }
}
