//! Finds samples and what is expected of them, mends, and compares.

use super::{AtomicFile, Diff};
use crate::error::Error;
use crate::options::Options;
use crate::settings;
use crate::write::{Format, to_string};
use globset::{Glob, GlobMatcher};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The ending of a file with a sample's options.
const OPTIONS: &str = ".pagemend.toml";

/// A sample or a golden file, by its path below its directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The path that sample and golden file share.
    pub name: PathBuf,
    /// Where the sample lies; `None` where there is only a golden file.
    pub input: Option<PathBuf>,
    /// Where the golden file lies, or would.
    pub golden: PathBuf,
    /// True where the golden file is there.
    pub expected: bool,
}

/// What became of a sample.
#[derive(Debug)]
pub enum Outcome {
    /// It gave what is expected.
    Same,
    /// It gave something else.
    Different(Diff),
    /// Nothing is expected of it yet.
    NoGolden,
    /// There is a golden file and no sample.
    NoSample,
    /// It could not be read or compared.
    Failed(Error),
}

/// A sample and what became of it.
#[derive(Debug)]
pub struct Report {
    /// Which.
    pub sample: Sample,
    /// What.
    pub outcome: Outcome,
}

/// Finds all samples and golden files, in the order of their names. `only` is a glob on the name.
/// Hidden files and directories are passed over.
///
/// # Errors
/// Where the directory of samples cannot be read, or the glob is none. A directory of golden files
/// need not be there.
pub fn samples(samples: &Path, golden: &Path, only: Option<&str>) -> Result<Vec<Sample>, Error> {
    let only = only.map(glob).transpose()?;
    if !samples.is_dir() {
        return Err(
            Error::setting("expected a directory of samples here; name it: pagemend check SAMPLES GOLDEN").at(samples)
        );
    }
    let inputs = files(samples)?;
    let goldens = if golden.exists() { files(golden)? } else { BTreeSet::new() };
    let wanted = |name: &PathBuf| only.as_ref().is_none_or(|glob| glob.is_match(name));
    let is_options = |name: &PathBuf| name.to_string_lossy().ends_with(OPTIONS);
    let names = inputs.union(&goldens).filter(|n| wanted(n) && !is_options(n));
    let sample = |name: &PathBuf| Sample {
        name: name.clone(),
        input: inputs.contains(name).then(|| samples.join(name)),
        golden: golden.join(name),
        expected: goldens.contains(name),
    };
    Ok(names.map(sample).collect())
}

fn glob(pattern: &str) -> Result<GlobMatcher, Error> {
    let glob = Glob::new(pattern).map_err(|e| Error::setting(format!("--only {pattern}: {e}")))?;
    Ok(glob.compile_matcher())
}

/// All files below a directory, by their paths below it.
fn files(directory: &Path) -> Result<BTreeSet<PathBuf>, Error> {
    let hidden = |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
    let mut names = BTreeSet::new();
    for entry in WalkDir::new(directory).follow_links(true).into_iter().filter_entry(|e| !hidden(e)) {
        let entry = entry.map_err(|e| {
            let path = e.path().unwrap_or(directory).to_path_buf();
            match e.into_io_error() {
                Some(error) => Error::from(error).at(path),
                None => Error::setting("this link leads back to a directory above it").at(path),
            }
        })?;
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(directory).expect("it was found below");
            names.insert(name.to_path_buf());
        }
    }
    Ok(names)
}

/// Mends every sample and compares; in the order of the samples, whatever the number of threads.
pub fn check(samples: &[Sample]) -> Vec<Report> {
    let report =
        |sample: &Sample| Report { sample: sample.clone(), outcome: compare(sample).unwrap_or_else(Outcome::Failed) };
    samples.par_iter().map(report).collect()
}

fn compare(sample: &Sample) -> Result<Outcome, Error> {
    let Some(input) = &sample.input else {
        return Ok(Outcome::NoSample);
    };
    let actual = mended(input)?;
    if !sample.expected {
        return Ok(Outcome::NoGolden);
    }
    let expected = fs::read_to_string(&sample.golden).map_err(|e| Error::from(e).at(&sample.golden))?;
    // A checkout may have turned line ends.
    let diff = Diff::of(&expected.replace("\r\n", "\n"), &actual);
    Ok(if diff.is_empty() { Outcome::Same } else { Outcome::Different(diff) })
}

/// A sample in the tagged form, mended with the options beside it.
fn mended(input: &Path) -> Result<String, Error> {
    let options = options_of(input)?;
    let bytes = fs::read(input).map_err(|e| Error::from(e).at(input))?;
    let read = crate::read(&bytes, Some(input), &options)?;
    Ok(to_string(&crate::mend(read, &options), Format::Tagged))
}

/// The options beside a sample: `page.pagemend.toml` beside `page.txt`.
fn options_of(input: &Path) -> Result<Options, Error> {
    let mut name = input.file_stem().unwrap_or_default().to_owned();
    name.push(OPTIONS);
    let path = input.with_file_name(name);
    match fs::read_to_string(&path) {
        Ok(text) => settings::from_toml(&text).map_err(|e| e.at(&path)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Options::default()),
        Err(e) => Err(Error::from(e).at(&path)),
    }
}

/// Takes what a sample gives now as what is expected of it; a golden file without a sample is
/// removed. Each file is replaced whole or not at all. Answers whether anything changed.
///
/// # Errors
/// Where the sample cannot be read or the golden file not be written.
pub fn bless(sample: &Sample) -> Result<bool, Error> {
    let at = |e: io::Error| Error::from(e).at(&sample.golden);
    let Some(input) = &sample.input else {
        fs::remove_file(&sample.golden).map_err(at)?;
        return Ok(true);
    };
    let actual = mended(input)?;
    if sample.expected && fs::read(&sample.golden).is_ok_and(|old| old == actual.as_bytes()) {
        return Ok(false);
    }
    if let Some(directory) = sample.golden.parent() {
        fs::create_dir_all(directory).map_err(at)?;
    }
    let mut file = AtomicFile::create(&sample.golden).map_err(at)?;
    file.write_all(actual.as_bytes()).and_then(|()| file.commit()).map_err(at)?;
    Ok(true)
}
