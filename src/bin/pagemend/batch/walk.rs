//! Which files there are: one directory after another, so that no more than one directory's names
//! are in memory.

use super::report::Trouble;
use super::scans;
use globset::{Glob, GlobSet, GlobSetBuilder};
use pagemend::Error;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A directory and what lies in it, in the order of the names.
#[derive(Debug, Default)]
pub struct Folder {
    /// Where its outputs belong, below the output directory.
    pub place: PathBuf,
    /// What a document made of all its files is called, where its place has no name for it.
    pub title: Option<OsString>,
    /// The files to mend.
    pub files: Vec<PathBuf>,
    /// The names of the directories in it.
    pub folders: Vec<OsString>,
    /// What cannot be had, or is not meant.
    pub troubles: Vec<Trouble>,
    /// Pictures of what is there as text, and other files that are not looked at.
    pub unread: usize,
}

/// What the user wants of the files that are there.
#[derive(Debug)]
pub struct Sieve {
    only: Option<GlobSet>,
    except: GlobSet,
}

impl Sieve {
    /// Reads the patterns.
    pub fn of(only: &[String], except: &[String]) -> Result<Sieve, Error> {
        let only = if only.is_empty() { None } else { Some(globs("--only", only)?) };
        Ok(Sieve { only, except: globs("--except", except)? })
    }

    fn wants(&self, file: &Path) -> bool {
        self.only.as_ref().is_none_or(|only| only.is_match(file)) && !self.refuses(file)
    }

    fn refuses(&self, path: &Path) -> bool {
        self.except.is_match(path)
    }
}

fn globs(option: &str, patterns: &[String]) -> Result<GlobSet, Error> {
    let bad = |e: globset::Error| Error::setting(format!("{option}: {e}"));
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(Glob::new(pattern).map_err(bad)?);
    }
    set.build().map_err(bad)
}

/// Walks through the inputs.
#[derive(Debug)]
pub struct Walk<'a> {
    sieve: &'a Sieve,
    /// The output directory, without links in its path.
    output: &'a Path,
    /// The files that were named one by one.
    named: Option<Folder>,
    /// The directories still to be walked, the next one last.
    pending: Vec<Pending>,
}

#[derive(Debug)]
struct Pending {
    path: PathBuf,
    below: PathBuf,
    place: PathBuf,
    title: Option<OsString>,
    chain: Arc<Chain>,
}

/// The directories above and the directory itself, without links in their paths: by them a link is
/// known that leads back.
#[derive(Debug)]
struct Chain {
    real: PathBuf,
    above: Option<Arc<Chain>>,
}

impl Chain {
    fn leads_back(&self, real: &Path) -> bool {
        let above = std::iter::successors(Some(self), |chain| chain.above.as_deref());
        above.into_iter().any(|chain| chain.real == real)
    }
}

/// Endings of pictures that no OCR engine reads.
const UNREADABLE: &[&str] = &["avif", "djvu", "heic", "jxl"];

/// Files that systems and this program put beside others.
const PUT_BESIDE: &[&str] = &["Thumbs.db", "desktop.ini"];
const OPTIONS: &str = ".pagemend.toml";

impl<'a> Walk<'a> {
    /// Begins a walk. `output` exists.
    ///
    /// # Errors
    /// Where an input cannot be found, or lies in the output directory.
    pub fn of(inputs: &[PathBuf], output: &'a Path, sieve: &'a Sieve) -> Result<Walk<'a>, Error> {
        let mut named = Folder::default();
        let mut pending = Vec::new();
        for input in inputs {
            let real = input.canonicalize().map_err(|e| Error::from(e).at(input))?;
            if real.starts_with(output) {
                return Err(Error::setting("this input lies in the output directory; write to another one").at(input));
            }
            let name = last_name(&real);
            if real.is_dir() {
                let alone = inputs.len() == 1;
                let place = if alone { PathBuf::new() } else { unlike(&named.folders, &name).into() };
                named.folders.extend(place.file_name().map(OsStr::to_owned));
                let (title, chain) = (alone.then_some(name), Arc::new(Chain { real, above: None }));
                pending.push(Pending { path: input.clone(), below: PathBuf::new(), place, title, chain });
            } else if sieve.wants(Path::new(&name)) {
                named.title.get_or_insert_with(|| last_name(real.parent().unwrap_or(&real)));
                named.files.push(input.clone());
            }
        }
        pending.reverse();
        named.title = named.title.map(|title| unlike(&named.folders, &title));
        let named = (!named.files.is_empty()).then_some(named);
        Ok(Walk { sieve, output, named, pending })
    }

    fn folder(&mut self, pending: Pending) -> Folder {
        let mut folder = Folder { place: pending.place.clone(), ..Folder::default() };
        let mut inner = Vec::new();
        match entries(&pending.path) {
            Err(error) => folder.troubles.push(failed(&pending.path, error)),
            Ok(names) => {
                for name in names {
                    self.entry(name, &pending, &mut folder, &mut inner);
                }
            }
        }
        folder.unread += scans::leave_out_read(&mut folder.files);
        folder.title = pending.title.map(|title| unlike(&folder.folders, &title));
        self.pending.extend(inner.into_iter().rev());
        folder
    }

    fn entry(&self, name: OsString, parent: &Pending, folder: &mut Folder, inner: &mut Vec<Pending>) {
        let (path, below) = (parent.path.join(&name), parent.below.join(&name));
        if is_hidden(&name) || self.sieve.refuses(&below) {
            return;
        }
        let kind = match fs::metadata(&path) {
            Ok(metadata) => metadata.file_type(),
            Err(error) => return folder.troubles.push(failed(&path, error)),
        };
        if kind.is_dir() {
            let real = match path.canonicalize() {
                Ok(real) => real,
                Err(error) => return folder.troubles.push(failed(&path, error)),
            };
            if parent.chain.leads_back(&real) {
                return folder.troubles.push(Trouble::loops(&path, &real));
            }
            if real != self.output && !is_made(&path) {
                let chain = Arc::new(Chain { real, above: Some(parent.chain.clone()) });
                let place = parent.place.join(&name);
                folder.folders.push(name);
                inner.push(Pending { path, below, place, title: None, chain });
            }
        } else if !self.sieve.wants(&below) {
        } else if is_put_beside(&name) {
            folder.unread += 1;
        } else if kind.is_file() {
            folder.files.push(path);
        } else {
            folder.troubles.push(Trouble::no_file(&path));
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = Folder;

    fn next(&mut self) -> Option<Folder> {
        self.named.take().or_else(|| {
            let next = self.pending.pop()?;
            Some(self.folder(next))
        })
    }
}

fn failed(path: &Path, error: io::Error) -> Trouble {
    Trouble::failed(path, &Error::from(error).at(path))
}

fn entries(directory: &Path) -> io::Result<Vec<OsString>> {
    let mut names = fs::read_dir(directory)?.map(|e| Ok(e?.file_name())).collect::<io::Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}

/// True for what an earlier batch has written.
fn is_made(directory: &Path) -> bool {
    directory.join(super::OWN).join(super::MANIFEST).is_file()
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn is_put_beside(name: &OsStr) -> bool {
    let ending = Path::new(name).extension().unwrap_or_default().to_ascii_lowercase();
    UNREADABLE.iter().any(|p| ending == *p)
        || PUT_BESIDE.iter().any(|p| name == *p)
        || name.as_encoded_bytes().ends_with(OPTIONS.as_bytes())
}

fn last_name(real: &Path) -> OsString {
    real.file_name().unwrap_or(OsStr::new("pages")).to_owned()
}

/// The name itself, or numbered, so that it is none of the others.
fn unlike(others: &[OsString], name: &OsStr) -> OsString {
    let numbered = (2..).map(|n| {
        let mut name = name.to_owned();
        name.push(format!("-{n}"));
        name
    });
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| !others.contains(name)).expect("there are more numbers than names")
}
