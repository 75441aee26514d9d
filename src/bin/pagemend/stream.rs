//! `pagemend stream`: JSON Lines in, JSON Lines out.

use crate::args::StreamArgs;
use pagemend::Error;
use pagemend::stream::{Settings, Statistics, stream as answer};
use std::io::{self, BufWriter};
use std::process::ExitCode;
use std::time::Instant;

/// Bytes gathered before they are written; answers that nobody waits for go out together.
const BUFFER: usize = 1 << 16;

/// Answers standard input on standard output. Records that cannot be mended are answered in band and
/// do not change the exit code.
pub fn stream(args: &StreamArgs) -> Result<ExitCode, Error> {
    let settings = Settings { options: args.how.options()?, jobs: args.jobs.meant(), longest: args.longest_line };
    pagemend::guard::silence();
    let started = Instant::now();
    let out = BufWriter::with_capacity(BUFFER, io::stdout());
    let statistics = answer(io::stdin().lock(), out, &settings)?;
    anstream::eprintln!("{}", told(&statistics, started.elapsed().as_secs_f64()));
    Ok(ExitCode::SUCCESS)
}

fn told(statistics: &Statistics, seconds: f64) -> String {
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let Statistics { mended, failed, bytes_in, bytes_out } = *statistics;
    format!(
        "{} lines: {mended} mended, {failed} errors; {:.1} MB in, {:.1} MB out, {seconds:.1} s",
        mended + failed,
        megabytes(bytes_in),
        megabytes(bytes_out),
    )
}
