//! `pagemend check`: every sample against what is expected.

use crate::args::{CheckArgs, DIM, GREEN, RED, RESET, YELLOW};
use pagemend::Error;
use pagemend::compare::{self, Diff, DiffLine, Outcome, Part, Report};
use std::io::Write;
use std::process::ExitCode;
use unicode_width::UnicodeWidthStr;

/// Checks or blesses. The exit code is 0 where everything is as expected, 1 where something is not,
/// 2 where something could not be run.
pub fn check(args: &CheckArgs) -> Result<ExitCode, Error> {
    let samples = compare::samples(&args.samples, &args.golden, args.only.as_deref())?;
    if samples.is_empty() {
        return Err(Error::setting("there are no samples here, or none that matches --only").at(&args.samples));
    }
    if args.bless {
        return bless(&samples);
    }
    let reports = compare::check(&samples);
    let mut out = anstream::stdout().lock();
    for report in &reports {
        match &report.outcome {
            Outcome::Different(diff) => {
                writeln!(out, "{RED}{}{RESET}", report.sample.golden.display())?;
                show(diff, &mut out)?;
                writeln!(out)?;
            }
            Outcome::Failed(error) => writeln!(out, "{RED}{error}{RESET}\n")?,
            Outcome::Same | Outcome::NoGolden | Outcome::NoSample => {}
        }
    }
    summary(&reports, &mut out)?;
    let failed = reports.iter().any(|r| matches!(r.outcome, Outcome::Failed(_)));
    let same = reports.iter().all(|r| matches!(r.outcome, Outcome::Same));
    Ok(ExitCode::from(if failed { 2 } else { u8::from(!same) }))
}

fn bless(samples: &[compare::Sample]) -> Result<ExitCode, Error> {
    let mut out = anstream::stdout().lock();
    let (mut changed, mut failed) = (0, 0);
    for sample in samples {
        match compare::bless(sample) {
            Ok(false) => {}
            Ok(true) => {
                changed += 1;
                let what = match (&sample.input, sample.expected) {
                    (None, _) => "removed",
                    (_, true) => "changed",
                    (_, false) => "new",
                };
                writeln!(out, "{GREEN}{what:>8}{RESET}  {}", sample.golden.display())?;
            }
            Err(error) => {
                failed += 1;
                anstream::eprintln!("{RED}error:{RESET} {error}");
            }
        }
    }
    writeln!(out, "{changed} of {} golden files changed", samples.len())?;
    Ok(if failed > 0 { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

fn show(diff: &Diff, out: &mut impl Write) -> std::io::Result<()> {
    for line in &diff.lines {
        match line {
            DiffLine::Same(number, text) => writeln!(out, "{DIM}{number:>5}   {}{RESET}", shortened(text))?,
            DiffLine::Gap => writeln!(out, "{DIM}    …{RESET}")?,
            DiffLine::Missing(number, parts) => {
                write!(out, "{RED}{number:>5} -{RESET} ")?;
                show_parts(parts, RED, out)?;
            }
            DiffLine::Extra(number, parts) => {
                write!(out, "{GREEN}{number:>5} +{RESET} ")?;
                show_parts(parts, GREEN, out)?;
            }
        }
    }
    Ok(())
}

/// Changed parts are set in colour, and in brackets where there is none; long parts that stand on
/// both sides are shortened.
fn show_parts(parts: &[Part], colour: anstyle::Style, out: &mut impl Write) -> std::io::Result<()> {
    let one = parts.len() == 1;
    for part in parts {
        if part.changed && !one {
            write!(out, "{DIM}[{RESET}{colour}{}{RESET}{DIM}]{RESET}", part.text)?;
        } else if part.changed {
            write!(out, "{colour}{}{RESET}", part.text)?;
        } else {
            write!(out, "{}", shortened(&part.text))?;
        }
    }
    writeln!(out)
}

/// Columns of context shown at either end of a long stretch.
const SHOWN: usize = 24;

fn shortened(text: &str) -> String {
    if text.width() <= 2 * SHOWN + 2 {
        return text.to_owned();
    }
    let take = |chars: &mut dyn Iterator<Item = char>| {
        let mut columns = 0;
        let mut out: Vec<char> = Vec::new();
        for c in chars {
            columns += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
            if columns > SHOWN {
                break;
            }
            out.push(c);
        }
        out
    };
    let head: String = take(&mut text.chars()).into_iter().collect();
    let tail: String = take(&mut text.chars().rev()).into_iter().rev().collect();
    format!("{head}…{tail}")
}

fn summary(reports: &[Report], out: &mut impl Write) -> std::io::Result<()> {
    let names: Vec<String> = reports.iter().map(|r| r.sample.name.display().to_string()).collect();
    let wide = names.iter().map(|n| n.width()).max().unwrap_or(0);
    for (report, name) in reports.iter().zip(&names) {
        let pad = " ".repeat(wide - name.width());
        let (colour, what) = match &report.outcome {
            Outcome::Same => (GREEN, "same".to_owned()),
            Outcome::Different(diff) => {
                (RED, format!("different: {} lines missing, {} not expected", diff.missing, diff.extra))
            }
            Outcome::NoGolden => (YELLOW, "no golden file (make it with --bless)".to_owned()),
            Outcome::NoSample => (YELLOW, "a golden file with no sample (remove it with --bless)".to_owned()),
            Outcome::Failed(_) => (RED, "could not be run".to_owned()),
        };
        writeln!(out, "{name}{pad}  {colour}{what}{RESET}")?;
    }
    let count = |keep: fn(&Outcome) -> bool| reports.iter().filter(|r| keep(&r.outcome)).count();
    let same = count(|o| matches!(o, Outcome::Same));
    let different = count(|o| matches!(o, Outcome::Different(_)));
    let alone = count(|o| matches!(o, Outcome::NoGolden | Outcome::NoSample));
    let failed = count(|o| matches!(o, Outcome::Failed(_)));
    writeln!(
        out,
        "\n{} samples: {same} same, {different} different, {alone} without a partner, {failed} could not be run",
        reports.len()
    )
}
