//! One error type: what went wrong, in which file, and what to do.

use std::path::{Path, PathBuf};

/// Why an input gave no document.
#[derive(Debug)]
pub struct Error {
    path: Option<PathBuf>,
    kind: ErrorKind,
}

/// What went wrong.
#[derive(Debug)]
pub enum ErrorKind {
    /// Reading or writing failed.
    Io(std::io::Error),
    /// The bytes are no text in any known encoding.
    Binary {
        /// The offset of the first byte that shows it.
        offset: usize,
    },
    /// The bytes are a picture, whose text has to be recognised first.
    Picture {
        /// The kind of picture, such as `PNG`.
        kind: &'static str,
    },
    /// A directory was named where a file was expected.
    Directory,
    /// An OCR engine that was to read a picture cannot be run, or failed.
    Engine(String),
    /// The document is larger than 4 GiB, which is what a span can address.
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
    },
    /// The input is damaged, or not of the format it seemed to be.
    Malformed {
        /// The format.
        format: &'static str,
        /// Where in the file.
        place: String,
        /// What is wrong there.
        what: String,
    },
    /// A setting that cannot be understood.
    Setting(String),
    /// pagemend itself failed on this input; everything else goes on.
    Fault(String),
}

impl Error {
    /// An error of some kind, not yet tied to a file.
    pub fn new(kind: ErrorKind) -> Self {
        Error { path: None, kind }
    }

    /// A setting that cannot be understood; `what` says what was expected.
    pub fn setting(what: impl Into<String>) -> Self {
        Error::new(ErrorKind::Setting(what.into()))
    }

    /// The same error, naming the file it happened in.
    #[must_use]
    pub fn at(mut self, path: impl AsRef<Path>) -> Self {
        self.path.get_or_insert_with(|| path.as_ref().to_path_buf());
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Error::new(if error.kind() == std::io::ErrorKind::IsADirectory {
            ErrorKind::Directory
        } else {
            ErrorKind::Io(error)
        })
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}: ", path.display())?;
        }
        match &self.kind {
            ErrorKind::Io(error) => write!(f, "{error}"),
            ErrorKind::Binary { offset } => write!(
                f,
                "this is not text: byte {offset} and much after it is control data; \
                 pagemend reads text dumps (if it is text, name its encoding with --encoding)"
            ),
            ErrorKind::Picture { kind } => write!(
                f,
                "this is a picture ({kind}); its text has to be recognised first: \
                 `pagemend fix` and `pagemend batch` have tesseract do that, anything else is given what an OCR engine made of it"
            ),
            ErrorKind::Directory => f.write_str("this is a directory; `pagemend batch` mends all files below one"),
            ErrorKind::Engine(what) => f.write_str(what),
            ErrorKind::TooLarge { bytes } => {
                write!(f, "{bytes} bytes are more than one document may hold (4 GiB); split it at a page break")
            }
            ErrorKind::Malformed { format, place, what } => write!(f, "{place}: this is no good {format}: {what}"),
            ErrorKind::Setting(what) => f.write_str(what),
            ErrorKind::Fault(what) => {
                write!(f, "pagemend itself failed here ({what}); please report this, with the input if you can")
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            ErrorKind::Io(error) => Some(error),
            _ => None,
        }
    }
}
