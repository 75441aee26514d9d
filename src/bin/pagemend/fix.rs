//! `pagemend fix`: files in, documents out.

use crate::args::{FixArgs, RED, RESET, YELLOW};
use pagemend::{Error, Options};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Mends the inputs in order. An input that cannot be read is reported and passed over; the exit
/// code is then 1.
pub fn fix(args: &FixArgs) -> Result<ExitCode, Error> {
    let options = args.read.options()?;
    let format = args.to.meant();
    let mut failed = false;
    let inputs = inputs(&args.read.inputs);
    let mut all = |out: &mut dyn Write| -> Result<(), Error> {
        for path in &inputs {
            match mend(path, &options) {
                Ok(document) => pagemend::write::write(&document, format, &mut &mut *out)?,
                Err(error) => {
                    failed = true;
                    anstream::eprintln!("{RED}error:{RESET} {error}");
                }
            }
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
            if !(failed && inputs.len() == 1) {
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

fn mend(path: &Path, options: &Options) -> Result<pagemend::Document, Error> {
    Ok(pagemend::mend(read(path, options)?, options))
}

/// Reads a file, or standard input for `-`, and prints what the user should know about it.
pub fn read(path: &Path, options: &Options) -> Result<pagemend::Input, Error> {
    let (bytes, path) = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        (bytes, None)
    } else {
        (std::fs::read(path).map_err(|e| Error::from(e).at(path))?, Some(path))
    };
    let input = pagemend::read(&bytes, path, options)?;
    let name = path.map_or_else(|| "standard input".to_owned(), |p| p.display().to_string());
    for warning in &input.warnings {
        anstream::eprintln!("{YELLOW}warning:{RESET} {name}: {warning}");
    }
    Ok(input)
}
