//! What did not come through, or not quite, and why: for people at the end of a run, and for
//! programs as JSON Lines.

use super::manifest::Named;
use crate::args::{RED, RESET, YELLOW};
use pagemend::Error;
use pagemend::compare::AtomicFile;
use pagemend::error::ErrorKind;
use serde::Serialize;
use std::io::{self, Write};
use std::path::Path;

/// One input that is worth a word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Trouble {
    #[serde(flatten)]
    input: Named,
    /// How bad it is.
    pub status: Status,
    /// What it is, in a word that does not change.
    kind: &'static str,
    /// What it is, in full.
    error: String,
}

/// How bad something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// The input is not mended.
    Failed,
    /// The input is mended, and should be looked at.
    Warned,
    /// The input is none; nothing is missing without it.
    PassedOver,
}

impl Trouble {
    /// An input that is not mended.
    pub fn failed(path: &Path, error: &Error) -> Trouble {
        Trouble { input: Named::of(path), status: Status::Failed, kind: kind(error), error: error.to_string() }
    }

    /// An input that is mended with a doubt.
    pub fn warned(path: &Path, warning: &str) -> Trouble {
        let error = format!("{}: {warning}", path.display());
        Trouble { input: Named::of(path), status: Status::Warned, kind: "warning", error }
    }

    /// A link to a directory that it lies in.
    pub fn loops(path: &Path, real: &Path) -> Trouble {
        let error = format!("{}: this link leads back to {}; it is not followed", path.display(), real.display());
        Trouble { input: Named::of(path), status: Status::PassedOver, kind: "loop", error }
    }

    /// A pipe, a socket or a device.
    pub fn no_file(path: &Path) -> Trouble {
        let error = format!("{}: this is neither a file nor a directory", path.display());
        Trouble { input: Named::of(path), status: Status::PassedOver, kind: "no-file", error }
    }
}

fn kind(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::Io(error) => match error.kind() {
            io::ErrorKind::NotFound => "not-found",
            io::ErrorKind::PermissionDenied => "permission-denied",
            io::ErrorKind::ResourceBusy => "changed",
            _ => "io",
        },
        ErrorKind::Binary { .. } => "binary",
        ErrorKind::Picture { .. } => "picture",
        ErrorKind::Engine(_) => "engine",
        ErrorKind::TooLarge { .. } => "too-large",
        ErrorKind::Malformed { .. } => "malformed",
        ErrorKind::Setting(_) => "setting",
        ErrorKind::Directory => "directory",
        ErrorKind::Fault(_) => "fault",
    }
}

/// Lists the troubles, which are in order.
pub fn list(troubles: &[Trouble]) {
    for trouble in troubles {
        match trouble.status {
            Status::Failed => anstream::eprintln!("{RED}error:{RESET} {}", trouble.error),
            Status::Warned | Status::PassedOver => anstream::eprintln!("{YELLOW}warning:{RESET} {}", trouble.error),
        }
    }
}

/// Looks whether a report of one's own can be written, before there is anything to report.
pub fn writable(path: Option<&Path>) -> Result<(), Error> {
    match path {
        Some(path) => AtomicFile::create(path).map(drop).map_err(|e| Error::from(e).at(path)),
        None => Ok(()),
    }
}

/// Writes the troubles as JSON Lines.
pub fn write(troubles: &[Trouble], path: &Path) -> io::Result<()> {
    let mut file = AtomicFile::create(path)?;
    for trouble in troubles {
        serde_json::to_writer(&mut file, trouble)?;
        file.write_all(b"\n")?;
    }
    file.commit()
}
