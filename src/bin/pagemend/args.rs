//! What may be typed, and what it means.

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use pagemend::options::Trust;
use pagemend::text::language::Language;
use pagemend::write::Format;
use pagemend::{Error, Options};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// The colour of errors and of what is missing.
pub const RED: anstyle::Style = anstyle::AnsiColor::Red.on_default().bold();
/// The colour of what is new.
pub const GREEN: anstyle::Style = anstyle::AnsiColor::Green.on_default().bold();
/// The colour of warnings.
pub const YELLOW: anstyle::Style = anstyle::AnsiColor::Yellow.on_default().bold();
/// What stands back.
pub const DIM: anstyle::Style = anstyle::Style::new().dimmed();
/// The end of any colour.
pub const RESET: anstyle::Reset = anstyle::Reset;

/// Give back what a scanned Chinese, Japanese or Korean page said.
///
/// pagemend takes the text that an OCR engine or a PDF extractor made of a page (lines wrapped in
/// mid-word, blank lines in mid-sentence, headlines behind their articles) and gives back articles
/// in order, each with headline, byline, paragraphs and captions. Nothing is lost and nothing made
/// up: the JSON output carries a ledger of every character left out or changed, and the rule why.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, max_term_width = 100)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Mend files, or standard input, and write what the pages said
    Fix(FixArgs),
    /// Show seam by seam and block by block what was decided, and why
    Explain(ExplainArgs),
    /// Mend every sample of a directory and compare with what is expected
    Check(CheckArgs),
    /// Mend whole directories into a mirrored tree, and go on where a run was stopped
    ///
    /// Every file below a directory is mended, whatever its format, and written under the same path
    /// below the output directory, with the ending of what is written. A directory alone is
    /// mirrored without its own name; of several, each stands under its name. Hidden files and the
    /// output directories of this and other batches are passed over. Where two inputs would have one
    /// output, each keeps its whole name before the ending (`page.xml.txt`, `page.json.txt`).
    ///
    /// Pictures are read by tesseract, but not those that have been read: a picture beside files
    /// whose names begin with its own (`p1.png`, `p1.xml`, `p1_alto.xml`) is passed over.
    ///
    /// Each output appears whole or not at all, and what is finished is noted in
    /// OUT/.pagemend/manifest.jsonl by its content and the settings. A run that was stopped goes on
    /// where it was, and a run over unchanged files writes nothing.
    ///
    /// What cannot be mended stops nothing. It is listed at the end with its reason, and in
    /// OUT/.pagemend/report.jsonl, one JSON object a line: `input`, `status` (`failed`, `warned`,
    /// `passed-over`), `kind`, `error`. Exit code 0: all is mended; 1: some files are not; 2: the
    /// batch could not be run or could not go on, as on a full disk; 130: it was interrupted.
    Batch(BatchArgs),
    /// Mend JSON Lines from standard input: one line of output for each line, in order
    ///
    /// A line of input is a JSON object with the page as `text`, or as `data` (the bytes of its file
    /// in base64), or as the `path` of its file (a relative path is one below the working
    /// directory); with an `id` of any kind, and with the `format` where it is known. Fields of
    /// other names are carried through to the answer.
    ///
    /// A line of output has the same `id` and either the `document`, the JSON that `pagemend fix
    /// --to json` writes (and `warnings`, where there are any), or an `error`, in words. Whatever a
    /// line holds, it has one answer; blank lines too. Lines end at the byte 0x0A alone, and the
    /// output has no character at which other programs would end one.
    ///
    /// Answers are flushed as soon as there is no next one to write, so that a program can ask and
    /// wait. Nothing is written to standard error but errors of the stream itself (exit code 2) and,
    /// at its end, how much was done.
    Stream(StreamArgs),
    /// Print the JSON Schema of the JSON output
    Schema,
}

#[derive(Debug, ClapArgs)]
pub struct ReadArgs {
    /// Text dumps, and pictures for tesseract to read; `-`, or none at all, is standard input. A form
    /// feed starts a new page
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    #[command(flatten)]
    how: HowArgs,

    #[command(flatten)]
    pictures: PictureArgs,
}

impl ReadArgs {
    /// The options these arguments mean.
    pub fn options(&self) -> Result<Options, Error> {
        self.how.options()
    }

    /// The models that tesseract is to read pictures with.
    pub fn lang(&self) -> Option<&str> {
        self.pictures.lang()
    }
}

/// How pictures are read, where an OCR engine may be run.
#[derive(Debug, ClapArgs)]
pub struct PictureArgs {
    /// The models tesseract reads pictures with, such as jpn_vert or chi_sim+eng
    ///
    /// Without it, those that are installed of chi_sim, chi_tra, jpn and kor, or of --language alone;
    /// and a page whose lines are mostly vertical is read once more with their vertical ones.
    #[arg(long, value_name = "MODELS")]
    lang: Option<String>,
}

impl PictureArgs {
    /// The models named.
    pub fn lang(&self) -> Option<&str> {
        self.lang.as_deref()
    }
}

/// How pages are read and mended, wherever they come from.
#[derive(Debug, ClapArgs)]
pub struct HowArgs {
    /// The input's format, where it is not told rightly by itself
    #[arg(long, value_name = "FORMAT", value_parser = clap::builder::PossibleValuesParser::new(pagemend::read::formats()))]
    from: Option<String>,

    /// The input's encoding, such as gb18030 or shift_jis
    ///
    /// Without it the encoding is found out: a byte order mark, else UTF-8, else statistics.
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,

    /// The main language, where the scripts of the text do not tell
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<LanguageArg>,

    /// A TOML table of your paper's own leads, bylines, credits and furniture
    ///
    /// It has the form of the built-in tables and stands beside them.
    #[arg(long, value_name = "FILE")]
    conventions: Option<PathBuf>,

    /// Repair wraps alone and leave spaces and punctuation as they stand
    #[arg(long)]
    keep_characters: bool,

    /// What the file states of its structure that binds
    ///
    /// `order`: the reading order of its regions. `regions`: what their text is, and where one ends;
    /// a paragraph still goes on from one region of text to the next. Without it both are evidence,
    /// which the text and the layout can outweigh.
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = clap::builder::PossibleValuesParser::new(Trust::NAMES))]
    trust: Vec<String>,
}

impl HowArgs {
    /// The options these arguments mean.
    pub fn options(&self) -> Result<Options, Error> {
        let conventions = match &self.conventions {
            None => None,
            Some(path) => {
                let table = std::fs::read_to_string(path).map_err(|e| Error::from(e).at(path))?;
                Some(pagemend::options::Conventions::parse(&table).map_err(|e| e.at(path))?)
            }
        };
        Ok(Options {
            from: self.from.as_deref().map(pagemend::settings::format).transpose()?,
            encoding: self.encoding.as_deref().map(pagemend::settings::encoding).transpose()?,
            language: self.language.map(LanguageArg::meant),
            conventions,
            keep_characters: self.keep_characters,
            trust: Trust::of(self.trust.iter().map(String::as_str))?,
        })
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LanguageArg {
    /// Chinese, simplified or traditional
    Zh,
    /// Japanese
    Ja,
    /// Korean
    Ko,
}

impl LanguageArg {
    fn meant(self) -> Language {
        match self {
            LanguageArg::Zh => Language::Chinese,
            LanguageArg::Ja => Language::Japanese,
            LanguageArg::Ko => Language::Korean,
        }
    }
}

#[derive(Debug, ClapArgs)]
pub struct FixArgs {
    #[command(flatten)]
    pub read: ReadArgs,

    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: FormatArg,

    /// Write to a file instead of standard output; it appears whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Take all inputs as the pages of one document, in the order they are named
    ///
    /// Where they are named in the order of their characters, as a shell gives the files of a
    /// pattern, they are taken in that of their numbers, page2 before page10. A page that cannot be read is reported, and stands in the document as an empty one.
    #[arg(long)]
    pub document: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FormatArg {
    /// Headline first, paragraphs apart, articles clearly apart
    Text,
    /// Headlines as headings
    Markdown,
    /// One object a document, with places, ledger and doubts; see `pagemend schema`
    Json,
    /// Every block preceded by its role: the form of golden files
    Tagged,
}

impl FormatArg {
    /// The format meant.
    pub fn meant(self) -> Format {
        match self {
            FormatArg::Text => Format::Text,
            FormatArg::Markdown => Format::Markdown,
            FormatArg::Json => Format::Json,
            FormatArg::Tagged => Format::Tagged,
        }
    }
}

/// How many may work at once.
#[derive(Debug, ClapArgs)]
pub struct JobsArgs {
    /// How many threads mend at once; the output is the same for any number [default: the cores there are]
    #[arg(short, long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

impl JobsArgs {
    /// The number meant.
    pub fn meant(&self) -> NonZeroUsize {
        self.jobs.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
    }
}

#[derive(Debug, ClapArgs)]
pub struct StreamArgs {
    #[command(flatten)]
    pub how: HowArgs,

    #[command(flatten)]
    pub jobs: JobsArgs,

    /// The longest line that is mended, in bytes, or with K, M or G; a longer one is answered with an error
    #[arg(long, value_name = "BYTES", default_value = "256M", value_parser = bytes)]
    pub longest_line: usize,
}

#[derive(Debug, ClapArgs)]
pub struct BatchArgs {
    /// Directories, and files
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,

    /// The directory to write to; it is made where it is missing
    #[arg(short, long, value_name = "OUT")]
    pub output: PathBuf,

    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: FormatArg,

    /// Take all files of a directory as the pages of one document, named after the directory
    ///
    /// The pages are in the order of their numbers, page2 before page10. A page that cannot be read
    /// is reported, and stands in the document as an empty one.
    #[arg(long)]
    pub document: bool,

    /// Only files whose path below their directory matches, such as '1950/*'; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub only: Vec<String>,

    /// No files or directories whose path matches; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub except: Vec<String>,

    #[command(flatten)]
    pub how: HowArgs,

    #[command(flatten)]
    pub pictures: PictureArgs,

    #[command(flatten)]
    pub jobs: JobsArgs,

    /// Mend everything again, whatever is finished
    #[arg(long)]
    pub force: bool,

    /// Where to write the report instead of OUT/.pagemend/report.jsonl
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// A number of bytes, such as `65536` or `64K`.
fn bytes(typed: &str) -> Result<usize, String> {
    let number = typed.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &typed[number.len()..] {
        "" => Some(1),
        "K" | "k" => Some(1 << 10),
        "M" | "m" => Some(1 << 20),
        "G" | "g" => Some(1 << 30),
        _ => None,
    };
    let bytes = number.parse::<usize>().ok().zip(unit).and_then(|(n, unit)| n.checked_mul(unit));
    bytes.filter(|n| *n > 0).ok_or_else(|| "expected a number of bytes, such as 65536, 64K or 256M".to_owned())
}

#[derive(Debug, ClapArgs)]
pub struct ExplainArgs {
    #[command(flatten)]
    pub read: ReadArgs,

    /// Show the narrow decisions only
    #[arg(long)]
    pub doubts: bool,
}

#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    /// The directory of samples
    #[arg(default_value = "samples")]
    pub samples: PathBuf,

    /// The directory of what is expected: the same paths, in the tagged form
    #[arg(default_value = "golden")]
    pub golden: PathBuf,

    /// Take what comes out now as what is expected, and list what changed
    #[arg(long)]
    pub bless: bool,

    /// Only samples whose path matches, such as 'newspaper/*'
    #[arg(long, value_name = "GLOB")]
    pub only: Option<String>,
}
