//! The command line of pagemend.

mod args;
mod batch;
mod check;
mod explain;
mod fix;
mod pictures;
mod schema;
mod stream;

use args::{Args, Command};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = Args::parse();
    let outcome = match args.command {
        Command::Fix(args) => fix::fix(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Check(args) => check::check(&args),
        Command::Batch(args) => batch::batch(&args),
        Command::Stream(args) => stream::stream(&args),
        Command::Schema => schema::schema(),
    };
    match outcome {
        Ok(code) => code,
        // Whoever read our output has enough of it; that is no failure.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("{}error:{} {error}", args::RED, args::RESET);
            ExitCode::from(2)
        }
    }
}

fn is_broken_pipe(error: &pagemend::Error) -> bool {
    matches!(error.kind(), pagemend::error::ErrorKind::Io(e) if e.kind() == std::io::ErrorKind::BrokenPipe)
}
