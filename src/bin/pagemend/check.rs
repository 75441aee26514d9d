//! `pagemend check`.
use crate::args::CheckArgs;
use pagemend::Error;
use std::process::ExitCode;
pub fn check(_args: &CheckArgs) -> Result<ExitCode, Error> { todo!() }
