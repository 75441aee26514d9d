//! JSON Lines in, JSON Lines out: one answer for each line, in order. This is how a host program or
//! a cluster drives pagemend, through a pipe.
//!
//! ```text
//! {"id": 7, "text": "…", "issue": "1950-03-01"}      or "data" (base64) or "path"; "format" if it is known
//! {"id": 7, "issue": "1950-03-01", "document": {…}}  or "error"
//! ```
//!
//! ```text
//!          ┌─▶ worker ─┐
//! reader ──┼─▶ worker ─┼─▶ writer
//!          └─▶ worker ─┘
//! ```
//!
//! The reader hands each line to the workers, and to the writer the slot in which its answer will
//! lie. The writer waits for the slots in order. Both queues are short and the bytes in flight are
//! counted, so memory does not grow with the stream.

mod answer;
mod budget;
mod lines;
mod record;

use crate::document::Document;
use crate::error::Error;
use crate::options::Options;
use crate::read::Input;
use answer::{Answer, answer};
use budget::Budget;
use lines::Line;
use std::io::{self, BufRead, Write};
use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How a stream is answered.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How pages are read and mended; a record's own `format` goes before [`Options::from`].
    pub options: Options,
    /// Worker threads.
    pub jobs: NonZeroUsize,
    /// Bytes of the longest line that is answered with a document; a longer one is answered with an
    /// error and not kept in memory.
    pub longest: usize,
}

/// What a stream was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Lines answered with a document.
    pub mended: u64,
    /// Lines answered with an error.
    pub failed: u64,
    /// Bytes read.
    pub bytes_in: u64,
    /// Bytes written.
    pub bytes_out: u64,
}

/// Lines in flight for each worker: enough that none waits while the writer waits for a slow one.
const WAITING: usize = 16;

/// Bytes of the lines in flight; one longer line is in flight alone.
const IN_FLIGHT: usize = 64 << 20;

/// Stack of a worker, in bytes. It is reserved, not used.
const STACK: usize = 16 << 20;

/// Answers every line of `input` with one line of `output`, in order, until the input ends.
///
/// What is wrong with a record is said in its answer. Answers are flushed whenever the next one has
/// to be waited for, so that a host may ask one question at a time. The output does not depend on
/// the number of jobs.
///
/// # Errors
/// Where the input cannot be read or the output cannot be written any more. What was read before is
/// answered if that is possible.
///
/// ```
/// let settings = pagemend::stream::Settings {
///     options: Default::default(),
///     jobs: std::num::NonZeroUsize::MIN,
///     longest: 1 << 20,
/// };
/// let mut out = Vec::new();
/// let statistics = pagemend::stream::stream(&b"{\"id\":1,\"text\":\"...\"}\n"[..], &mut out, &settings)?;
/// assert!(out.starts_with(b"{\"id\":1,\"document\":{"));
/// assert_eq!(statistics.mended, 1);
/// # Ok::<(), pagemend::Error>(())
/// ```
pub fn stream(input: impl BufRead, output: impl Write + Send, settings: &Settings) -> Result<Statistics, Error> {
    stream_with(input, output, settings, crate::mend)
}

/// A line on its way to a worker, and where its answer is waited for.
struct Question {
    line: Line,
    slot: SyncSender<Answer>,
}

/// The slot of a line, and the bytes it holds of the budget.
struct Slot {
    answer: Receiver<Answer>,
    bytes: usize,
}

fn stream_with(
    mut input: impl BufRead,
    output: impl Write + Send,
    settings: &Settings,
    mend: impl Fn(Input, &Options) -> Document + Sync,
) -> Result<Statistics, Error> {
    let budget = Budget::of(IN_FLIGHT);
    let waiting = settings.jobs.get() * WAITING;
    let (ask, questions) = sync_channel::<Question>(waiting);
    let (line_up, slots) = sync_channel::<Slot>(waiting);
    let questions = Mutex::new(questions);
    thread::scope(|scope| {
        let worker = || work(&questions, |line| answer(line, settings.longest, &settings.options, &mend));
        for _ in 0..settings.jobs.get() {
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker)?;
        }
        let writer = scope.spawn(|| {
            let written = write(slots, output, &budget);
            budget.close();
            written
        });
        let read = read(&mut input, settings.longest, &budget, ask, line_up);
        let mut statistics = writer.join().expect("the writer does not panic")?;
        statistics.bytes_in = read.map_err(|e| io::Error::new(e.kind(), format!("the stream cannot be read: {e}")))?;
        Ok(statistics)
    })
}

/// Hands out the lines until there are no more or nobody writes the answers; gives the bytes read.
fn read(
    input: &mut impl BufRead,
    longest: usize,
    budget: &Budget,
    ask: SyncSender<Question>,
    line_up: SyncSender<Slot>,
) -> io::Result<u64> {
    let mut all = 0;
    while let Some((line, length)) = lines::next(input, longest)? {
        all += length;
        let bytes = line.bytes().len();
        budget.take(bytes);
        let (slot, answer) = sync_channel(1);
        if line_up.send(Slot { answer, bytes }).is_err() || ask.send(Question { line, slot }).is_err() {
            break;
        }
    }
    Ok(all)
}

/// Answers questions until there are no more.
fn work(questions: &Mutex<Receiver<Question>>, answer: impl Fn(&Line) -> Answer) {
    // The lock is held while waiting for a question, not while answering it.
    let next = || questions.lock().unwrap_or_else(PoisonError::into_inner).recv();
    while let Ok(Question { line, slot }) = next() {
        // Nobody waits for the answer where the output is closed.
        let _ = slot.send(answer(&line));
    }
}

/// Writes the answers in the order of their lines.
fn write(slots: Receiver<Slot>, mut out: impl Write, budget: &Budget) -> io::Result<Statistics> {
    let mut statistics = Statistics::default();
    while let Some(Slot { answer, bytes }) = at_once_or(&slots, || out.flush())? {
        let Some(answer) = at_once_or(&answer, || out.flush())? else {
            return Err(io::Error::other("a worker ended without an answer"));
        };
        out.write_all(&answer.line)?;
        budget.give(bytes);
        statistics.bytes_out += answer.line.len() as u64;
        *(if answer.mended { &mut statistics.mended } else { &mut statistics.failed }) += 1;
    }
    out.flush()?;
    Ok(statistics)
}

/// What is received next; does something else first where that has to be waited for.
fn at_once_or<T>(queue: &Receiver<T>, meanwhile: impl FnOnce() -> io::Result<()>) -> io::Result<Option<T>> {
    match queue.try_recv() {
        Ok(item) => Ok(Some(item)),
        Err(TryRecvError::Disconnected) => Ok(None),
        Err(TryRecvError::Empty) => {
            meanwhile()?;
            Ok(queue.recv().ok())
        }
    }
}

#[cfg(test)]
mod tests;
