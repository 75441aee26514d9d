//! `pagemend batch`: directories in, a mirrored tree out.
//!
//! ```text
//! walk ─▶ folder ─plan─▶ tasks ──▶ work ──▶ output, then a line of the manifest
//!                              ├─▶ work
//!                              └─▶ work ──▶ troubles ─▶ report
//! ```
//!
//! The walk goes on while documents are mended, so that what is in memory is one directory's names
//! and the documents at hand.

mod manifest;
mod plan;
mod progress;
mod report;
mod scans;
mod walk;
mod work;

use crate::args::BatchArgs;
use crate::pictures::Reader;
use manifest::Manifest;
use pagemend::{Error, Options};
use plan::Task;
use progress::Progress;
use rayon::iter::{ParallelBridge, ParallelIterator};
use report::{Status, Trouble};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use walk::{Folder, Sieve, Walk};
use work::{Outcome, Shop};

/// What pagemend keeps of its own in an output directory. Its name is hidden, so that a later batch
/// passes over it.
const OWN: &str = ".pagemend";

/// The manifest's name in it.
const MANIFEST: &str = "manifest.jsonl";

/// Stack of a worker, in bytes. It is reserved, not used.
const STACK: usize = 16 << 20;

/// How often the run was asked to end.
static INTERRUPTED: AtomicUsize = AtomicUsize::new(0);

/// The exit code of a program that ended because it was interrupted.
const EXIT_INTERRUPTED: u8 = 130;

/// Mends everything. Exit code 0 where all is mended, 1 where some inputs are not, 130 where the run
/// was interrupted.
pub fn batch(args: &BatchArgs) -> Result<ExitCode, Error> {
    pagemend::guard::silence();
    let options = args.how.options()?;
    let sieve = Sieve::of(&args.only, &args.except)?;
    let at_output = |e: io::Error| Error::from(e).at(&args.output);
    // Nothing is made where nothing can be done.
    for input in &args.inputs {
        fs::metadata(input).map_err(|e| Error::from(e).at(input))?;
    }
    report::writable(args.report.as_deref())?;
    fs::create_dir_all(&args.output).map_err(at_output)?;
    let output = args.output.canonicalize().map_err(at_output)?;
    let walk = || Walk::of(&args.inputs, &output, &sieve);
    let inputs = walk()?;

    let shop = shop(args, &options)?;
    listen()?;
    let tasks = |folder: Folder| plan::tasks(folder, shop.format.extension(), shop.together);
    let progress = Progress::begin(|| {
        let folders = walk().into_iter().flatten().take_while(|_| !interrupted());
        folders.map(|folder| tasks(folder).len() as u64).sum()
    });
    let said = Mutex::new(BTreeSet::new());
    let say = |command: &str, _: Option<&Path>| {
        // Each command once: there may be a thousand pictures.
        if said.lock().unwrap_or_else(PoisonError::into_inner).insert(command.to_owned()) {
            progress.say(&format!("pictures are read with `{command}`"));
        }
    };
    let reader = Reader::of_many(args.pictures.lang(), &say);
    let seen = Seen::default();
    let all = inputs.flat_map(|mut folder| {
        seen.unread.fetch_add(folder.unread, Ordering::Relaxed);
        let shut = folder.troubles.iter().filter(|t| t.status == Status::Failed).count();
        seen.shut.fetch_add(shut, Ordering::Relaxed);
        seen.troubles().append(&mut folder.troubles);
        tasks(folder)
    });
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.jobs.meant().get()).stack_size(STACK).build();
    let pool = pool.map_err(|e| Error::setting(format!("--jobs {}: {e}", args.jobs.meant())))?;
    let all = all.take_while(|_| !interrupted());
    let ran = pool.install(|| all.par_bridge().try_for_each(|task| one(&shop, &task, &reader, &seen, &progress)));
    progress.end();
    let _ = fs::remove_dir(&shop.staging);
    finish(args, seen, &progress, ran)
}

/// What a run has come across.
#[derive(Debug, Default)]
struct Seen {
    troubles: Mutex<Vec<Trouble>>,
    unread: AtomicUsize,
    /// Directories, and files in them, that could not be opened and are no documents therefore.
    shut: AtomicUsize,
}

impl Seen {
    fn troubles(&self) -> MutexGuard<'_, Vec<Trouble>> {
        self.troubles.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens the manifest, which keeps other runs out, and sweeps away what a killed run has left.
fn shop<'a>(args: &'a BatchArgs, options: &'a Options) -> Result<Shop<'a>, Error> {
    let format = args.to.meant();
    let own = args.output.join(OWN);
    let staging = own.join("staging");
    let at = |e: io::Error| Error::from(e).at(&own);
    fs::create_dir_all(&own).map_err(at)?;
    let mut settings = format!("{} {format:?} document={} {options:?}", env!("CARGO_PKG_VERSION"), args.document);
    // What was finished before there was this option stays finished.
    settings.extend(args.pictures.lang().map(|lang| format!(" lang={lang:?}")));
    let manifest = Manifest::open(&own.join(MANIFEST), &settings)?;
    match fs::remove_dir_all(&staging) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(at(e)),
        _ => fs::create_dir(&staging).map_err(at)?,
    }
    let (together, force, output) = (args.document, args.force, args.output.as_path());
    Ok(Shop { options, format, together, force, output, staging, manifest })
}

/// The first interruption lets the documents at hand be finished; the second does not.
fn listen() -> Result<(), Error> {
    let handler = || {
        if INTERRUPTED.fetch_add(1, Ordering::Relaxed) > 0 {
            std::process::exit(EXIT_INTERRUPTED.into());
        }
    };
    ctrlc::set_handler(handler).map_err(|e| Error::setting(format!("interruptions cannot be listened for: {e}")))
}

fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed) > 0
}

fn one(shop: &Shop<'_>, task: &Task, reader: &Reader<'_>, seen: &Seen, progress: &Progress) -> Result<(), Error> {
    if interrupted() {
        return Ok(());
    }
    let mut troubles = Vec::new();
    let outcome = shop.make(task, reader, &mut troubles);
    seen.troubles().append(&mut troubles);
    progress.count(match outcome? {
        Outcome::Mended => &progress.mended,
        Outcome::Unchanged => &progress.unchanged,
        Outcome::Bad => &progress.bad,
    });
    Ok(())
}

/// Lists what went wrong, in the order of the names, and says how much was done.
fn finish(args: &BatchArgs, seen: Seen, progress: &Progress, ran: Result<(), Error>) -> Result<ExitCode, Error> {
    let (unread, shut) = (seen.unread.load(Ordering::Relaxed), seen.shut.load(Ordering::Relaxed));
    let mut troubles = seen.troubles.into_inner().unwrap_or_else(PoisonError::into_inner);
    troubles.sort_unstable();
    report::list(&troubles);
    let own = args.output.join(OWN).join("report.jsonl");
    let path = args.report.as_deref().unwrap_or(&own);
    let written = report::write(&troubles, path).map_err(|e| Error::from(e).at(path));
    told(progress, unread, shut, &troubles, path);
    // What stopped the run says more than what it kept from being written.
    ran.and(written)?;
    let failed = troubles.iter().any(|t| t.status == Status::Failed);
    if interrupted() {
        anstream::eprintln!("interrupted; the same command goes on from here");
        return Ok(ExitCode::from(EXIT_INTERRUPTED));
    }
    if progress.done() == 0 && !failed {
        return Err(
            Error::setting("there are no files here, or none that --only and --except let through").at(&args.inputs[0])
        );
    }
    Ok(ExitCode::from(u8::from(failed)))
}

fn told(progress: &Progress, unread: usize, shut: usize, troubles: &[Trouble], report: &Path) {
    let count = |n: &std::sync::atomic::AtomicU64| n.load(Ordering::Relaxed);
    let (mended, unchanged, bad) = (count(&progress.mended), count(&progress.unchanged), count(&progress.bad));
    let unread = if unread > 0 { format!("; {unread} pictures and the like passed over") } else { String::new() };
    let shut = if shut > 0 { format!("; {shut} directories or files could not be opened") } else { String::new() };
    let report = if troubles.is_empty() { String::new() } else { format!("; see {}", report.display()) };
    anstream::eprintln!(
        "{} documents: {mended} mended, {unchanged} unchanged, {bad} bad{unread}{shut}{report}",
        progress.done()
    );
}
