//! The bytes of a file, whole and at rest.
//!
//! A scanner or a copy may still be writing the file. Half a page mends as well as a whole one and
//! nobody would notice, so a file that changes while it is read is read once more, and refused when
//! it changes again.

use crate::error::Error;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

/// What a file's length and time of change were, and what was read meanwhile.
struct Reading {
    before: State,
    bytes: Vec<u8>,
    after: State,
}

/// By what a change is seen.
#[derive(PartialEq)]
struct State {
    length: u64,
    changed: Option<SystemTime>,
}

impl State {
    fn of(metadata: &Metadata) -> State {
        State { length: metadata.len(), changed: metadata.modified().ok() }
    }
}

/// Reads a regular file that nobody is writing.
///
/// # Errors
/// Where it cannot be read, is a directory, pipe or device, or changes under the reader's eyes twice.
pub fn whole(path: &Path) -> Result<Vec<u8>, Error> {
    at_rest(|| once(path)).map_err(|e| Error::from(e).at(path))
}

fn once(path: &Path) -> io::Result<Reading> {
    // Asked before it is opened: opening a pipe waits for its writer.
    if !path.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "this is no regular file; expected a page to read"));
    }
    let mut file = File::open(path)?;
    let before = State::of(&file.metadata()?);
    let mut bytes = Vec::new();
    // The length is a hint: a file that claims too much fails here, not in the allocator.
    bytes.try_reserve_exact(before.length.try_into().unwrap_or(usize::MAX))?;
    file.read_to_end(&mut bytes)?;
    let after = State::of(&file.metadata()?);
    Ok(Reading { before, bytes, after })
}

fn at_rest(mut read: impl FnMut() -> io::Result<Reading>) -> io::Result<Vec<u8>> {
    for _ in 0..2 {
        let reading = read()?;
        if reading.before == reading.after && reading.bytes.len() as u64 == reading.after.length {
            return Ok(reading.bytes);
        }
    }
    Err(io::Error::new(io::ErrorKind::ResourceBusy, "it changed while it was read, twice; try again when it is whole"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(before: u64, read: usize, after: u64) -> io::Result<Reading> {
        let state = |length| State { length, changed: None };
        Ok(Reading { before: state(before), bytes: vec![b'x'; read], after: state(after) })
    }

    #[test]
    fn what_changes_once_is_read_again() {
        let mut readings = [reading(5, 5, 7), reading(9, 9, 9)].into_iter();
        assert_eq!(at_rest(|| readings.next().unwrap()).unwrap().len(), 9);
    }

    #[test]
    fn what_changes_twice_is_refused() {
        let mut readings = [reading(5, 5, 7), reading(9, 8, 9), reading(9, 9, 9)].into_iter();
        assert_eq!(at_rest(|| readings.next().unwrap()).unwrap_err().kind(), io::ErrorKind::ResourceBusy);
    }

    #[test]
    fn a_directory_is_no_page() {
        assert!(whole(Path::new(".")).unwrap_err().to_string().contains("no regular file"));
    }
}
