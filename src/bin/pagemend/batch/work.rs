//! One document of a batch: read, mended, written, noted.

use super::manifest::{self, Manifest, Work};
use super::plan::Task;
use super::report::{Status, Trouble};
use crate::pictures::Reader;
use pagemend::compare::AtomicFile;
use pagemend::error::ErrorKind;
use pagemend::guard::guarded;
use pagemend::read::{blank, gather, whole};
use pagemend::write::{Format, write};
use pagemend::{Document, Error, Input, Options};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What is the same for all documents of a batch.
#[derive(Debug)]
pub struct Shop<'a> {
    pub options: &'a Options,
    pub format: Format,
    /// The files of a task are the pages of one document.
    pub together: bool,
    /// Mend what is finished too.
    pub force: bool,
    pub output: &'a Path,
    /// Where outputs are written before they are moved to their place.
    pub staging: PathBuf,
    pub manifest: Manifest,
}

/// What became of a document.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is written.
    Mended,
    /// It had been written before.
    Unchanged,
    /// It is not written, or not all of it.
    Bad,
}

/// A file of a document and its bytes, or why it has none.
type Page<'a> = (&'a PathBuf, Result<Vec<u8>, Error>);

impl Shop<'_> {
    /// Makes a document. What is wrong with its input goes to the troubles.
    ///
    /// # Errors
    /// Where outputs cannot be written at all, so that there is no sense in going on.
    pub fn make(&self, task: &Task, reader: &Reader<'_>, troubles: &mut Vec<Trouble>) -> Result<Outcome, Error> {
        let pages: Vec<Page<'_>> = task.pages.iter().map(|path| (path, whole(path))).collect();
        let content = content(&pages);
        let work = content.as_ref().map(|content| Work { name: &task.name, content, output: &task.output });
        let output = self.output.join(&task.output);
        if let Some(work) = work
            && !self.force
            && let Some(bytes) = self.manifest.finished(work)
            && fs::metadata(&output).is_ok_and(|m| m.is_file() && m.len() == bytes)
        {
            return Ok(Outcome::Unchanged);
        }
        let before = troubles.len();
        let Some(document) = self.mended(task, pages, reader, troubles) else {
            return Ok(Outcome::Bad);
        };
        let bytes = match self.write(&document, &output) {
            Ok(bytes) => bytes,
            Err(error) if is_about_its_name(&error) => {
                troubles.push(Trouble::failed(&task.pages[0], &error.at(&output)));
                return Ok(Outcome::Bad);
            }
            Err(error) => return Err(error.at(&output)),
        };
        // A page that is missing may be there the next time.
        if troubles[before..].iter().any(|t| t.status == Status::Failed) {
            return Ok(Outcome::Bad);
        }
        if let Some(work) = work {
            self.manifest.note(work, bytes)?;
        }
        Ok(Outcome::Mended)
    }

    /// The document, if any of its pages can be read.
    fn mended(
        &self,
        task: &Task,
        pages: Vec<Page<'_>>,
        reader: &Reader<'_>,
        troubles: &mut Vec<Trouble>,
    ) -> Option<Document> {
        let mut inputs = Vec::with_capacity(pages.len());
        let mut any = false;
        for (path, bytes) in pages {
            let input = bytes.and_then(|bytes| guarded(|| reader.read(&bytes, Some(path), self.options)));
            inputs.push(match input {
                Ok(mut input) => {
                    any = true;
                    troubles.extend(input.warnings.drain(..).map(|warning| Trouble::warned(path, &warning)));
                    input
                }
                Err(error) => {
                    troubles.push(Trouble::failed(path, &error.at(path)));
                    blank(Some(path))
                }
            });
        }
        if !any {
            return None;
        }
        let (first, directory) = (&task.pages[0], task.pages[0].parent());
        let document = guarded(|| {
            let input: Input = match inputs.len() {
                1 if !self.together => inputs.remove(0),
                _ => gather(inputs, directory)?,
            };
            Ok(pagemend::mend(input, self.options))
        });
        let path = if self.together { directory.unwrap_or(first) } else { first };
        document.map_err(|error| troubles.push(Trouble::failed(path, &error.at(path)))).ok()
    }

    fn write(&self, document: &Document, path: &Path) -> Result<u64, Error> {
        if let Some(directory) = path.parent() {
            fs::create_dir_all(directory)?;
        }
        let mut out = Counted { file: AtomicFile::staged(path, &self.staging)?, bytes: 0 };
        write(document, self.format, &mut out)?;
        out.file.commit()?;
        Ok(out.bytes)
    }
}

fn content(pages: &[Page<'_>]) -> Option<String> {
    let pages: Option<Vec<_>> =
        pages.iter().map(|(path, bytes)| Some((path.file_name()?, bytes.as_deref().ok()?))).collect();
    pages.map(|pages| manifest::content(&pages))
}

/// True where another document can be written all the same: the name is too long for the file
/// system, or something that is no file has it.
fn is_about_its_name(error: &Error) -> bool {
    use io::ErrorKind::{AlreadyExists, InvalidFilename, IsADirectory, NotADirectory};
    let ErrorKind::Io(error) = error.kind() else { return false };
    matches!(error.kind(), AlreadyExists | InvalidFilename | IsADirectory | NotADirectory)
}

struct Counted {
    file: AtomicFile,
    bytes: u64,
}

impl Write for Counted {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.file.write(buffer)?;
        self.bytes += written as u64;
        Ok(written)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
