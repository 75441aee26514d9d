//! `pagemend explain`: what was decided, and why.
use crate::args::ExplainArgs;
use pagemend::Error;
use std::process::ExitCode;
pub fn explain(_args: &ExplainArgs) -> Result<ExitCode, Error> { todo!() }
