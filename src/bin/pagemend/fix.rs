//! `pagemend fix`: files in, documents out.

use crate::args::{DIM, FixArgs, RED, RESET, YELLOW};
use crate::pictures::Reader;
use pagemend::read::{blank, gather, natural};
use pagemend::{Error, Input, Options};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Mends the inputs in order. An input that cannot be read is reported and passed over; the exit
/// code is then 1.
pub fn fix(args: &FixArgs) -> Result<ExitCode, Error> {
    let options = args.read.options()?;
    let format = args.to.meant();
    let (mut failed, mut written) = (false, false);
    let inputs = inputs(&args.read.inputs);
    let reader = Reader::new(args.read.lang(), &say);
    let all = |out: &mut dyn Write| -> Result<(), Error> {
        let mut read = |path: &PathBuf| match read(path, &options, &reader) {
            Ok(input) => Some(input),
            Err(error) => {
                failed = true;
                anstream::eprintln!("{RED}error:{RESET} {error}");
                None
            }
        };
        let mut write = |input| {
            written = true;
            pagemend::write::write(&pagemend::mend(input, &options), format, &mut &mut *out)
        };
        if args.document {
            together(inputs, read)?.map_or(Ok(()), write)?;
        } else {
            inputs.iter().filter_map(&mut read).try_for_each(&mut write)?;
        }
        Ok(out.flush()?)
    };
    match &args.output {
        None => all(&mut BufWriter::new(io::stdout().lock()))?,
        Some(path) => {
            let named = |e: io::Error| Error::from(e).at(path);
            let mut file = pagemend::compare::AtomicFile::create(path).map_err(named)?;
            all(&mut file).map_err(|e| e.at(path))?;
            // A file of nothing but failures is not worth having.
            if written || !failed {
                file.commit().map_err(named)?;
            }
        }
    }
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// The inputs meant: standard input where none is named.
pub fn inputs(given: &[PathBuf]) -> Vec<PathBuf> {
    if given.is_empty() { vec![PathBuf::from("-")] } else { given.to_vec() }
}

/// All inputs as one, if any can be read. The document is named after the directory of the first.
fn together(mut inputs: Vec<PathBuf>, read: impl FnMut(&PathBuf) -> Option<Input>) -> Result<Option<Input>, Error> {
    // This is how a shell gives the files of a pattern; any other order is somebody's wish.
    if inputs.is_sorted() {
        inputs.sort_by(|a, b| natural(a, b));
    }
    let pages: Vec<Option<Input>> = inputs.iter().map(read).collect();
    if pages.iter().all(Option::is_none) {
        return Ok(None);
    }
    let directory = inputs[0].parent().filter(|d| !d.as_os_str().is_empty());
    let pages = pages.into_iter().zip(&inputs).map(|(page, path)| page.unwrap_or_else(|| blank(Some(path))));
    gather(pages, directory).map(Some)
}

/// Says which command is run for a picture: it may take minutes, and can be tried by hand.
pub fn say(command: &str, path: Option<&Path>) {
    let from = path.map_or_else(String::new, |path| format!(" < {}", path.display()));
    anstream::eprintln!("{DIM}running:{RESET} {command}{from}");
}

/// Reads a file, or standard input for `-`, and prints what the user should know about it.
pub fn read(path: &Path, options: &Options, reader: &Reader<'_>) -> Result<pagemend::Input, Error> {
    let (bytes, path) = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        (bytes, None)
    } else {
        (std::fs::read(path).map_err(|e| Error::from(e).at(path))?, Some(path))
    };
    let input = reader.read(&bytes, path, options)?;
    let name = path.map_or_else(|| "standard input".to_owned(), |p| p.display().to_string());
    for warning in &input.warnings {
        anstream::eprintln!("{YELLOW}warning:{RESET} {name}: {warning}");
    }
    Ok(input)
}
