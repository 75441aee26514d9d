//! Pictures: tesseract reads them, and what it gives is read as any hOCR is.
//!
//! ```text
//! scan.png ─▶ tesseract -l jpn ─▶ hOCR ─▶ lines are wide: read it
//!                                      └▶ most are tall: tesseract -l jpn_vert ─▶ hOCR ─▶ read that
//! ```
//!
//! A PDF that is nothing but pictures is read page by page in the same way, and is one document.
//!
//! That a page is vertical is seen from the first run: tesseract finds the lines of a vertical page
//! with any model, and only misreads what is in them. Its own detection of orientation (`--psm 0`)
//! tells which side of a page is up, which is the same for both.
//!
//! The library starts no programs; this is the command line's.

mod direction;
mod models;
mod process;

use direction::is_vertical;
use models::{HOW_TO_INSTALL, Installed};
use pagemend::error::ErrorKind;
use pagemend::page::InkKind;
use pagemend::read::picture;
#[cfg(feature = "pdf")]
use pagemend::read::{ONLY_A_PICTURE, blank, gather};
#[cfg(feature = "pdf")]
use pagemend::source::File;
use pagemend::{Error, Input, Options};
use process::{Ended, run};
use std::io;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

/// The program, as it is found on the PATH.
const PROGRAM: &str = "tesseract";

/// What keeps tesseract's own threads apart.
const THREADS: &str = "OMP_THREAD_LIMIT";

/// Reads files, pictures among them.
pub struct Reader<'a> {
    /// The models that the user names.
    lang: Option<&'a str>,
    /// Pictures are read on several threads at once, and an interruption is not meant for each.
    many: bool,
    /// Is told each command before it is run, and for which file.
    say: &'a (dyn Fn(&str, Option<&Path>) + Sync),
    installed: OnceLock<Installed>,
}

impl<'a> Reader<'a> {
    /// A reader of one file after another.
    pub fn new(lang: Option<&'a str>, say: &'a (dyn Fn(&str, Option<&Path>) + Sync)) -> Reader<'a> {
        Reader { lang, many: false, say, installed: OnceLock::new() }
    }

    /// A reader of many files at once.
    pub fn of_many(lang: Option<&'a str>, say: &'a (dyn Fn(&str, Option<&Path>) + Sync)) -> Reader<'a> {
        Reader { many: true, ..Reader::new(lang, say) }
    }

    /// Reads the bytes of a file, as [`pagemend::read`] does, and pictures too, and PDFs that are nothing
    /// but pictures.
    pub fn read(&self, bytes: &[u8], path: Option<&Path>, options: &Options) -> Result<Input, Error> {
        let input = match picture(bytes) {
            Some(kind) => self.recognised(kind, bytes, path, options),
            None => {
                let mut input = pagemend::read(bytes, path, options)?;
                if !is_scan(&input) {
                    if path.is_some() && input.source.text.is_empty() {
                        let what = if bytes.is_empty() { "the file is empty" } else { "no text stands in the file" };
                        input.warnings.push(format!("{what}, and what comes of it is empty"));
                    }
                    return Ok(input);
                }
                self.scanned(&input, bytes, path, options)
            }
        };
        input.map_err(|e| match path {
            Some(path) => e.at(path),
            None => e,
        })
    }

    /// The pages of a PDF that are nothing but pictures, read one by one.
    #[cfg(feature = "pdf")]
    fn scanned(&self, layer: &Input, bytes: &[u8], path: Option<&Path>, options: &Options) -> Result<Input, Error> {
        const KIND: &str = "a page of a PDF";
        if self.lang.is_none() {
            // Before anything is painted for nobody.
            self.installed(KIND)?;
        }
        let scans = pagemend::read::Scans::of(bytes)?;
        let mut pages = Vec::with_capacity(layer.pages.len());
        let mut failed = None;
        for number in 0..layer.pages.len() {
            let read = scans.page(number).map(|scan| self.recognised(KIND, &scan, path, options));
            let mut page = match read {
                Some(Ok(page)) => page,
                // The others keep their numbers.
                Some(Err(error)) => {
                    let warnings = vec![error.to_string()];
                    failed = Some(error);
                    Input { warnings, ..blank(None) }
                }
                None => blank(None),
            };
            page.source.file = File { path: None, format: "hocr", ..page.source.file };
            let named = format!("page {}: ", number + 1);
            for warning in &mut page.warnings {
                warning.insert_str(0, &named);
            }
            // That it is only a picture is what was mended.
            let of_layer = |warning: &&String| warning.starts_with(&named) && !warning.ends_with(ONLY_A_PICTURE);
            page.warnings.extend(layer.warnings.iter().filter(of_layer).cloned());
            pages.push(page);
        }
        match failed {
            Some(error) if pages.iter().all(|page| page.pages.iter().all(|p| p.runs.is_empty())) => Err(error),
            _ => gather(pages, path),
        }
    }

    #[cfg(not(feature = "pdf"))]
    fn scanned(&self, _: &Input, bytes: &[u8], path: Option<&Path>, options: &Options) -> Result<Input, Error> {
        pagemend::read(bytes, path, options)
    }

    fn recognised(&self, kind: &str, bytes: &[u8], path: Option<&Path>, options: &Options) -> Result<Input, Error> {
        let models = match self.lang {
            Some(lang) => lang.to_owned(),
            None => self.installed(kind)?.models(options.language)?,
        };
        let mut page = self.page(&models, kind, bytes, path)?;
        if is_vertical(&page.hocr) {
            page = self.vertical(&models, kind, bytes, path, page)?;
        }
        let options =
            Options { from: Some("hocr"), encoding: Some(pagemend::settings::encoding("utf-8")?), ..options.clone() };
        let mut input = pagemend::read(page.hocr.as_bytes(), path, &options)?;
        input.warnings.splice(0..0, page.warnings);
        Ok(input)
    }

    /// A vertical page, which was read with these models: read once more with their vertical ones,
    /// where there are any and the user has not decided.
    fn vertical(
        &self,
        models: &str,
        kind: &str,
        bytes: &[u8],
        path: Option<&Path>,
        mut first: Page,
    ) -> Result<Page, Error> {
        if self.lang.is_some() {
            if !models.contains(models::VERTICAL) {
                first
                    .warnings
                    .push(format!("most of its lines are vertical, and --lang {models} is for horizontal ones"));
            }
            return Ok(first);
        }
        let (vertical, missing) = self.installed(kind)?.vertical(models);
        let mut page =
            if vertical.is_empty() || vertical == models { first } else { self.page(&vertical, kind, bytes, path)? };
        if !missing.is_empty() {
            let missing = missing.join(", ");
            page.warnings.push(format!(
                "most of its lines are vertical, and tesseract has no {missing} to read such lines with; {HOW_TO_INSTALL}"
            ));
        }
        Ok(page)
    }

    /// What tesseract makes of a picture. It is given the bytes that were read, not the file: nobody
    /// can change them in between, no name has to be escaped, and there is nothing to clean up.
    fn page(&self, models: &str, kind: &str, bytes: &[u8], path: Option<&Path>) -> Result<Page, Error> {
        // The setting does what the configuration file `hocr` does, which not every installation has.
        let args = ["stdin", "stdout", "-l", models, "-c", "tessedit_create_hocr=1"];
        (self.say)(&format!("{PROGRAM} {}", args.join(" ")), path);
        let ended = self.run(&args, kind, bytes)?;
        let hocr = String::from_utf8_lossy(&ended.out).into_owned();
        Ok(Page { hocr, warnings: complaints(&ended.said) })
    }

    /// What is installed. It is asked once.
    fn installed(&self, kind: &str) -> Result<&Installed, Error> {
        if let Some(installed) = self.installed.get() {
            return Ok(installed);
        }
        let ended = self.run(&["--list-langs"], kind, &[])?;
        // Version 3 writes the list to standard error.
        let list = format!("{}\n{}", String::from_utf8_lossy(&ended.out), ended.said);
        Ok(self.installed.get_or_init(|| Installed::of(&list)))
    }

    fn run(&self, args: &[&str], kind: &str, bytes: &[u8]) -> Result<Ended, Error> {
        let failed = |what: String| Error::new(ErrorKind::Engine(what));
        let mut command = Command::new(PROGRAM);
        command.args(args);
        if self.many {
            // Threads in threads only get in each other's way.
            if std::env::var_os(THREADS).is_none() {
                command.env(THREADS, "1");
            }
            process::undisturbed(&mut command);
        }
        let ended = run(&mut command, bytes).map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => failed(format!(
                "this is a picture ({kind}), and there is no {PROGRAM} here to read it; {HOW_TO_INSTALL}"
            )),
            _ => failed(format!("{PROGRAM} cannot be run: {e}")),
        })?;
        if ended.status.success() {
            return Ok(ended);
        }
        let said = ended.said.trim();
        let said = if said.is_empty() { "it says nothing" } else { said };
        Err(failed(format!("{PROGRAM} {} failed ({}): {said}", args.join(" "), ended.status)))
    }
}

/// True for a PDF without a character of text, whose pages show pictures.
fn is_scan(input: &Input) -> bool {
    let picture = |page: &pagemend::page::Page| page.ink.iter().any(|ink| ink.kind == InkKind::Picture);
    let without_text = input.pages.iter().all(|page| page.runs.is_empty());
    input.source.file.format == "pdf" && without_text && input.pages.iter().any(picture)
}

/// A picture that was read.
struct Page {
    hocr: String,
    warnings: Vec<String>,
}

/// What tesseract says of its work that the user should know: not how it estimates a resolution, but
/// that a model is not there, or the picture damaged.
fn complaints(said: &str) -> Vec<String> {
    let told = |line: &&str| line.starts_with("Error") || line.starts_with("Failed");
    said.lines().map(str::trim).filter(told).map(|line| format!("{PROGRAM}: {line}")).collect()
}
