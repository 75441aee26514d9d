//! Makes the tables of the continuity model.
//!
//! ```text
//! cargo run --release --example train -- count zh-Hans FILE...    counts from running text, one paragraph a line
//! cargo run --release --example train -- pack                     the tables from the counts
//! cargo run --release --example train -- judge zh-Hans FILE...    how well the model finds the next line
//! ```
//!
//! `judge` counts nine tenths of the text, sets the rest as pages, and asks of every wrapped line
//! which of 20 lines of its page goes on with it.

use pagemend::text::continuity::counts::Counts;
use pagemend::text::continuity::table::Table;
use pagemend::text::continuity::{MODELS, Model};
use pagemend::text::ends::{LineEnd, line_end};
use pagemend::text::numerals::number_goes_on;
use pagemend::text::width::width;
use pagemend::text::word::straddles;
use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["count", name, files @ ..] if !files.is_empty() => {
            let counts = Counts::of(&read(files)?, model(name)?.spelling);
            println!("{name}: {} n-grams", counts.len());
            std::fs::write(beside(name, "counts"), counts.written())?;
            Ok(())
        }
        ["pack"] => {
            for model in MODELS {
                let counts = Counts::parsed(&std::fs::read_to_string(beside(model.name, "counts"))?)?;
                std::fs::write(beside(model.name, "table"), counts.packed())?;
            }
            Ok(())
        }
        ["judge", name, files @ ..] if !files.is_empty() => judge(model(name)?, &read(files)?),
        _ => Err("expected `count NAME FILE...`, `pack` or `judge NAME FILE...`".into()),
    }
}

fn model(name: &str) -> Result<&'static Model, String> {
    let names = || MODELS.map(|m| m.name).join(", ");
    MODELS.into_iter().find(|m| m.name == name).ok_or_else(|| format!("{name}: expected one of {}", names()))
}

fn beside(name: &str, extension: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/text/continuity").join(format!("{name}.{extension}"))
}

fn read(files: &[&str]) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    for file in files {
        text += &std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
        text.push('\n');
    }
    Ok(text)
}

/// Lines of a page to choose from.
const CANDIDATES: usize = 20;

/// Measures at which the pages are set, in ems.
const MEASURES: [f32; 4] = [12.0, 15.0, 19.0, 24.0];

fn judge(model: &Model, text: &str) -> Result<(), Box<dyn Error>> {
    let paragraphs: Vec<&str> = text.lines().filter(|l| l.chars().count() > 30).collect();
    let (known, unknown) = paragraphs.split_at(paragraphs.len() * 9 / 10);
    let table = Counts::of(&known.join("\n"), model.spelling).packed();
    let model = model.with(Table::new(table.leak()));
    let (mut asked, mut by_rules, mut by_model, mut by_both) = (0f32, 0f32, 0f32, 0f32);
    let mut spaces = Spaces::default();
    for (n, page) in unknown.chunks(12).enumerate() {
        let mut lines: Vec<&str> = Vec::new();
        let mut next = Vec::new();
        for paragraph in page {
            for line in set(paragraph, MEASURES[n % MEASURES.len()]) {
                lines.push(line);
                next.push(lines.len());
            }
            if let Some(last) = next.last_mut() {
                *last = 0;
            }
        }
        for (i, line) in lines.iter().enumerate().filter(|(i, _)| next[*i] != 0) {
            // The true one, and others spread over the page.
            let step = (lines.len() / CANDIDATES).max(1);
            let others = (1..lines.len()).map(|k| (next[i] + k * step) % lines.len());
            let mut candidates: Vec<usize> = others.filter(|j| *j != i && *j != next[i]).take(CANDIDATES - 1).collect();
            candidates.push(next[i]);
            let tail = model.tail(line);
            let rules = |j: usize| rules(&model, line, lines[j]);
            let counts = |j: usize| model.goes_on(tail, model.head(lines[j]));
            let first = |score: &dyn Fn(usize) -> f32| {
                let best = score(next[i]);
                // Of several that are as good, one is guessed.
                let equal = candidates.iter().filter(|j| score(**j) == best).count();
                if candidates.iter().any(|j| score(*j) > best) { 0.0 } else { 1.0 / equal as f32 }
            };
            asked += 1.0;
            by_rules += first(&rules);
            by_model += first(&counts);
            by_both += first(&|j| rules(j) + counts(j));
            spaces.count(&model, line, lines[next[i]], paragraph_of(page, line, lines[next[i]]));
        }
    }
    println!("{} lines; the true next one of {CANDIDATES} is first:", asked);
    println!("  rules and words  {:.3}", by_rules / asked);
    println!("  model            {:.3}", by_model / asked);
    println!("  both             {:.3}", by_both / asked);
    spaces.print();
    Ok(())
}

/// What the script rules and the dictionary say; in Japanese it also finds words over true breaks, and says less.
fn rules(model: &Model, before: &str, after: &str) -> f32 {
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return 0.0 };
    let closes = pagemend::text::class::class(first).shuns_line_start();
    let opened = line_end(before) == LineEnd::Open;
    let strength = |holds: bool, weight: f32| if holds { weight } else { 0.0 };
    strength(straddles(before, after), if model.name == "ja" { 1.8 } else { 4.5 })
        + strength(number_goes_on(last, first), 2.5)
        + strength(closes, -9.0)
        + strength(opened, 1.0)
}

/// Sets a paragraph at a measure.
fn set(paragraph: &str, measure: f32) -> Vec<&str> {
    let mut lines = Vec::new();
    let (mut from, mut room) = (0, measure);
    for (at, c) in paragraph.char_indices() {
        let wide = width(c.encode_utf8(&mut [0; 4])).middle();
        let shuns = pagemend::text::class::class(c).shuns_line_start();
        if wide > room && !shuns {
            lines.push(paragraph[from..at].trim());
            (from, room) = (at, measure);
        }
        room -= wide;
    }
    lines.push(paragraph[from..].trim());
    lines.retain(|l| !l.is_empty());
    lines
}

/// The paragraph of a page in which one line goes on another.
fn paragraph_of<'a>(page: &[&'a str], line: &str, next: &str) -> Option<(&'a str, usize)> {
    page.iter().find_map(|p| {
        let at = p.find(line)? + line.len();
        p[at..].trim_start().starts_with(next).then_some((*p, at))
    })
}

/// How often a wrapped line is rightly joined with a space.
#[derive(Default)]
struct Spaces {
    right: u32,
    put: u32,
    wanted: u32,
}

impl Spaces {
    fn count(&mut self, model: &Model, line: &str, next: &str, whole: Option<(&str, usize)>) {
        let Some((paragraph, at)) = whole.filter(|_| model.spelling == pagemend::text::continuity::Spelling::Spaced)
        else {
            return;
        };
        let wanted = paragraph[at..].starts_with(' ');
        let put = model.spaced(model.tail(line), model.head(next)) > 0.0;
        self.wanted += u32::from(wanted);
        self.put += u32::from(put);
        self.right += u32::from(wanted && put);
    }

    fn print(&self) {
        if self.wanted > 0 {
            let share = |of: u32| self.right as f32 / of.max(1) as f32;
            println!("  spaces           precision {:.3}, recall {:.3}", share(self.put), share(self.wanted));
        }
    }
}
