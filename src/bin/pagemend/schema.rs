//! `pagemend schema`: the JSON Schema of the JSON output.

use pagemend::Error;
use std::io::Write;
use std::process::ExitCode;

/// Prints the schema.
pub fn schema() -> Result<ExitCode, Error> {
    let schema = pagemend::write::schema();
    let mut out = std::io::stdout().lock();
    writeln!(out, "{schema:#}")?;
    Ok(ExitCode::SUCCESS)
}
