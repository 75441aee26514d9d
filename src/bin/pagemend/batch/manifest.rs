//! What is finished: one line of JSON for each document, added when its output stands.
//!
//! ```text
//! {"input":"1950/p1.xml","content":"sha256…","settings":"sha256…","output":"1950/p1.txt","bytes":5120}
//! ```
//!
//! Lines are only ever added, each in one piece. A line that a crash has torn says nothing, and its
//! document is made again. So is one whose output is gone or of another length. What is kept in
//! memory of a line is its hashes, some hundred bytes with the table about them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use pagemend::Error;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A document that is to be made, or is made.
#[derive(Debug, Clone, Copy)]
pub struct Work<'a> {
    /// Its name.
    pub name: &'a Path,
    /// The hash of its input.
    pub content: &'a str,
    /// The path of its output, below the output directory.
    pub output: &'a Path,
}

#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    input: Named,
    /// SHA-256 of the file, in hexadecimal; of a document of several, of their names and hashes.
    content: String,
    /// SHA-256 of all that the output depends on besides.
    settings: String,
    output: String,
    /// The output's length.
    bytes: u64,
}

/// A path in JSON.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    /// As it is shown.
    input: String,
    /// Its bytes, where they are no UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    input_base64: Option<String>,
}

impl Named {
    /// The name of a path.
    pub fn of(path: &Path) -> Named {
        let bytes = path.as_os_str().as_encoded_bytes();
        let input_base64 = path.to_str().is_none().then(|| STANDARD.encode(bytes));
        Named { input: path.to_string_lossy().into_owned(), input_base64 }
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        match &self.input_base64 {
            None => Some(self.input.as_bytes().to_vec()),
            Some(bytes) => STANDARD.decode(bytes).ok(),
        }
    }
}

/// The manifest of an output directory. As long as it is open no other run can open it.
#[derive(Debug)]
pub struct Manifest {
    path: PathBuf,
    file: Mutex<File>,
    settings: String,
    done: HashMap<u128, Done>,
}

/// What is known of a finished document.
#[derive(Debug, Clone, Copy)]
struct Done {
    /// Of its content, settings and output.
    fingerprint: u128,
    bytes: u64,
}

impl Manifest {
    /// Opens a manifest, or begins one. `settings` is all that an output depends on besides its
    /// input.
    ///
    /// # Errors
    /// Where it cannot be read and written, or another run is at work.
    pub fn open(path: &Path, settings: &str) -> Result<Manifest, Error> {
        let at = |e: io::Error| Error::from(e).at(path);
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path).map_err(at)?;
        match file.try_lock() {
            // Where the file system knows no locks there is nothing to wait for.
            Ok(()) | Err(TryLockError::Error(_)) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::setting("another batch is writing to this output directory; wait for it").at(path));
            }
        }
        let done = read(BufReader::new(&file)).map_err(at)?;
        end_torn_line(&mut file).map_err(at)?;
        let settings = hexadecimal(&Sha256::digest(settings));
        Ok(Manifest { path: path.to_path_buf(), file: Mutex::new(file), settings, done })
    }

    /// The length of a document's output where it was made of the same input under the same settings.
    pub fn finished(&self, work: Work<'_>) -> Option<u64> {
        let done = self.done.get(&short(&[work.name.as_os_str().as_encoded_bytes()]))?;
        let output = work.output.to_string_lossy();
        (done.fingerprint == fingerprint(work.content, &self.settings, &output)).then_some(done.bytes)
    }

    /// Notes a document whose output of so many bytes stands.
    ///
    /// # Errors
    /// Where that cannot be written.
    pub fn note(&self, work: Work<'_>, bytes: u64) -> Result<(), Error> {
        let line = Line {
            input: Named::of(work.name),
            content: work.content.to_owned(),
            settings: self.settings.clone(),
            output: work.output.to_string_lossy().into_owned(),
            bytes,
        };
        let mut line = serde_json::to_vec(&line).expect("writing to memory does not fail");
        line.push(b'\n');
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(&line).map_err(|e| Error::from(e).at(&self.path))
    }
}

/// Of several lines about one document the last one holds.
fn read(mut lines: impl BufRead) -> io::Result<HashMap<u128, Done>> {
    let mut done = HashMap::new();
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        if let Ok(line) = serde_json::from_slice::<Line>(&line)
            && let Some(name) = line.input.bytes()
        {
            let fingerprint = fingerprint(&line.content, &line.settings, &line.output);
            done.insert(short(&[&name]), Done { fingerprint, bytes: line.bytes });
        }
        line.clear();
    }
    Ok(done)
}

fn end_torn_line(file: &mut File) -> io::Result<()> {
    let mut last = [b'\n'];
    if file.metadata()?.len() > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    if last == *b"\n" { Ok(()) } else { file.write_all(b"\n") }
}

/// The hash of a document's input: of a file its SHA-256; of several, that of their names and hashes.
pub fn content(pages: &[(&OsStr, &[u8])]) -> String {
    if let [(_, bytes)] = pages {
        return hexadecimal(&Sha256::digest(bytes));
    }
    let mut all = Sha256::new();
    for (name, bytes) in pages {
        all.update((name.len() as u64).to_le_bytes());
        all.update(name.as_encoded_bytes());
        all.update(Sha256::digest(bytes));
    }
    hexadecimal(&all.finalize())
}

fn fingerprint(content: &str, settings: &str, output: &str) -> u128 {
    short(&[content.as_bytes(), settings.as_bytes(), output.as_bytes()])
}

/// The half of a SHA-256 is enough to tell documents apart.
fn short(parts: &[&[u8]]) -> u128 {
    let mut all = Sha256::new();
    for part in parts {
        all.update((part.len() as u64).to_le_bytes());
        all.update(part);
    }
    let hash = all.finalize();
    u128::from_le_bytes(hash[..16].try_into().expect("a SHA-256 has 32 bytes"))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(content: &str) -> Work<'_> {
        Work { name: Path::new("a/页.xml"), content, output: Path::new("a/页.txt") }
    }

    #[test]
    fn what_is_noted_is_finished() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("manifest.jsonl");
        let open = |settings| Manifest::open(&path, settings).unwrap();
        open("to text").note(work("c1"), 7).unwrap();
        assert_eq!(open("to text").finished(work("c1")), Some(7));
        assert_eq!(open("to text").finished(work("c2")), None);
        assert_eq!(open("to json").finished(work("c1")), None);
        // The output has meanwhile been made of something else.
        open("to text").note(work("c2"), 8).unwrap();
        assert_eq!(open("to text").finished(work("c1")), None);
        assert_eq!(open("to text").finished(work("c2")), Some(8));
    }

    #[test]
    fn a_torn_line_says_nothing_and_spoils_nothing() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("manifest.jsonl");
        let other = Work { name: Path::new("b"), ..work("c2") };
        Manifest::open(&path, "").unwrap().note(work("c1"), 7).unwrap();
        let whole = std::fs::read(&path).unwrap();
        Manifest::open(&path, "").unwrap().note(other, 8).unwrap();
        let both = std::fs::read(&path).unwrap();
        // The last line, its line feed included, torn at any byte; cut in the middle of a character too.
        for torn in whole.len() + 1..both.len() - 1 {
            std::fs::write(&path, &both[..torn]).unwrap();
            let manifest = Manifest::open(&path, "").unwrap();
            assert_eq!((manifest.finished(work("c1")), manifest.finished(other)), (Some(7), None), "{torn}");
            manifest.note(other, 9).unwrap();
            drop(manifest);
            assert_eq!(Manifest::open(&path, "").unwrap().finished(other), Some(9), "{torn}");
        }
    }

    #[test]
    fn two_runs_do_not_share_a_manifest() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("manifest.jsonl");
        let open = Manifest::open(&path, "").unwrap();
        assert!(Manifest::open(&path, "").unwrap_err().to_string().contains("another batch"));
        drop(open);
        Manifest::open(&path, "").unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_utf8_keep_their_bytes() {
        use std::os::unix::ffi::OsStrExt;
        let [a, b] = [b"p\xff.txt", b"p\xfe.txt"].map(|name| Named::of(Path::new(OsStr::from_bytes(name))));
        assert_eq!(a.input, b.input);
        assert_eq!((a.bytes().unwrap(), b.bytes().unwrap()), (b"p\xff.txt".to_vec(), b"p\xfe.txt".to_vec()));
    }
}
