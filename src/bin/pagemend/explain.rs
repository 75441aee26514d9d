//! `pagemend explain`: what was decided, seam by seam and block by block, and why.

use crate::args::{DIM, ExplainArgs, RED, RESET, YELLOW};
use crate::fix;
use crate::pictures::Reader;
use pagemend::document::{Document, Put};
use pagemend::evidence::{Decision, DecisionKind, confidence};
use pagemend::source::Span;
use pagemend::{Error, Options};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// Explains the inputs in order.
pub fn explain(args: &ExplainArgs) -> Result<ExitCode, Error> {
    let options = args.read.options()?;
    let mut out = anstream::stdout().lock();
    let mut failed = false;
    let reader = Reader::new(args.read.lang(), &fix::say);
    for path in fix::inputs(&args.read.inputs) {
        match read(&path, &options, &reader) {
            Ok(document) => {
                writeln!(out, "{}", header(&path, &document))?;
                out.write_all(decisions(&document, args.doubts).as_bytes())?;
                if !args.doubts {
                    out.write_all(ledger(&document).as_bytes())?;
                }
            }
            Err(error) => {
                failed = true;
                anstream::eprintln!("{RED}error:{RESET} {error}");
            }
        }
    }
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn read(path: &Path, options: &Options, reader: &Reader<'_>) -> Result<Document, Error> {
    Ok(pagemend::explain(fix::read(path, options, reader)?, options))
}

fn header(path: &Path, document: &Document) -> String {
    let (all, doubts) = (document.decisions.len(), document.doubts().count());
    let file = &document.source.file;
    format!(
        "{}: {} ({}), {} articles, {all} decisions, {doubts} of them doubtful",
        path.display(),
        file.format,
        file.encoding,
        document.articles.len(),
    )
}

/// Each decision with the two lines it is about.
fn decisions(document: &Document, doubts: bool) -> String {
    let mut out = String::new();
    let mut locator = document.source.locator();
    for decision in document.decisions.iter().filter(|d| !doubts || d.is_doubt()) {
        let place = locator.place(decision.at);
        let number =
            if document.pages.len() > 1 { format!("{}:{}", place.page, place.line) } else { place.line.to_string() };
        let (before, after) = around(document, decision);
        let about = match decision.kind {
            DecisionKind::Seam => format!("{before} {YELLOW}|{RESET} {after}"),
            DecisionKind::Role | DecisionKind::Article | DecisionKind::Jump => after,
        };
        let mark = if decision.is_doubt() { format!("{RED}?{RESET}") } else { " ".to_owned() };
        let _ = writeln!(
            out,
            "{mark}{number:>5}  {}: {} {DIM}not {}, margin {:+.1}, confidence {:.3}{RESET}  {about}",
            decision.kind.name(),
            decision.chosen,
            decision.other,
            decision.margin,
            confidence(decision.margin),
        );
        let signals: Vec<String> = decision.signals.iter().map(|(s, w)| format!("{} {w:+.1}", s.name())).collect();
        if !signals.is_empty() {
            let _ = writeln!(out, "        {DIM}{}{RESET}", signals.join("  "));
        }
    }
    out
}

/// Characters shown on each side of a seam.
const SHOWN: usize = 14;

/// The end of the line before a decision's place in the reading order, and the beginning of the line at it.
fn around(document: &Document, decision: &Decision) -> (String, String) {
    let line = decision.behind.map_or("", |span| document.source.get(span));
    let tail: Vec<char> = line.chars().rev().take(SHOWN).collect();
    let after = document.source.text[decision.at as usize..].split(['\n', '\r', '\u{c}']).next().unwrap_or_default();
    (tail.into_iter().rev().collect(), after.chars().take(SHOWN).collect())
}

/// How often each rule was used, with what it is for and a place where it was.
fn ledger(document: &Document) -> String {
    let mut counts: BTreeMap<pagemend::rule::Rule, (usize, Span)> = BTreeMap::new();
    let edits = document.blocks().flat_map(|b| &b.pieces).filter_map(|p| match p.put {
        Put::Other { rule, .. } => Some((rule, p.from)),
        Put::Same => None,
    });
    for (rule, span) in edits.chain(document.dropped.iter().map(|d| (d.rule, d.span))) {
        counts.entry(rule).or_insert((0, span)).0 += 1;
    }
    let mut out = String::from("\nrules used\n");
    let mut locator = document.source.locator();
    for (rule, (count, span)) in counts {
        let place = locator.place(span.start);
        let name = rule.name();
        let _ = writeln!(
            out,
            "{count:>6}  {name:<18} {DIM}{} (first: page {}, line {}){RESET}",
            rule.why(),
            place.page,
            place.line
        );
    }
    out
}
