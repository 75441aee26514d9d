//! What a pipe cannot be made to do at will: a page that the mender fails on, an output that breaks,
//! a host that asks one question at a time.

use super::*;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

fn settings(jobs: usize) -> Settings {
    Settings { options: Options::default(), jobs: NonZeroUsize::new(jobs).unwrap(), longest: 1 << 20 }
}

fn line(id: usize, text: &str) -> String {
    format!("{{\"id\":{id},\"text\":\"{text}\"}}\n")
}

#[test]
fn a_panic_is_answered_in_band() {
    let mender = |input: Input, options: &Options| {
        assert!(!input.source.text.contains("怪"), "a strange page");
        crate::mend(input, options)
    };
    let input: String = (0..40).map(|n| line(n, if n % 10 == 3 { "怪" } else { "会议。" })).collect();
    let mut out = Vec::new();
    let statistics = stream_with(input.as_bytes(), &mut out, &settings(3), mender).unwrap();
    assert_eq!((statistics.mended, statistics.failed), (36, 4));
    let answers: Vec<serde_json::Value> =
        String::from_utf8(out).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    for (n, answer) in answers.iter().enumerate() {
        assert_eq!(answer["id"], n);
        let strange = answer["error"].as_str().is_some_and(|e| e.contains("a strange page"));
        assert_eq!(strange, n % 10 == 3, "{answer}");
    }
}

/// A reader that hands out a line only after the answer to the one before it has arrived.
struct Polite {
    answered: mpsc::Receiver<()>,
    left: usize,
    line: Vec<u8>,
}

impl io::Read for Polite {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        unreachable!("lines are read through the buffer")
    }
}

impl BufRead for Polite {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.line.is_empty() && self.left > 0 {
            let waited = self.answered.recv_timeout(std::time::Duration::from_secs(60));
            waited.map_err(|_| io::Error::other("the answer was not flushed"))?;
            self.left -= 1;
            self.line = line(self.left, "会议。").into_bytes();
        }
        Ok(&self.line)
    }
    fn consume(&mut self, amount: usize) {
        self.line.drain(..amount);
    }
}

/// Counts as an answer what was flushed.
struct Flushed {
    arrived: mpsc::Sender<()>,
    pending: usize,
}

impl Write for Flushed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pending += bytes.iter().filter(|b| **b == b'\n').count();
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        (0..std::mem::take(&mut self.pending)).for_each(|_| self.arrived.send(()).unwrap_or_default());
        Ok(())
    }
}

#[test]
fn a_host_may_ask_and_wait() {
    let (arrived, answered) = mpsc::channel();
    arrived.send(()).unwrap();
    let input = Polite { answered, left: 5, line: Vec::new() };
    let statistics = stream(input, Flushed { arrived, pending: 0 }, &settings(4)).unwrap();
    assert_eq!(statistics.mended, 5);
}

struct Full(AtomicUsize);

impl Write for &Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.fetch_add(1, Ordering::Relaxed) < 3 {
            Ok(bytes.len())
        } else {
            Err(io::ErrorKind::StorageFull.into())
        }
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_output_that_breaks_ends_the_stream() {
    // More than may be in flight: who waits for room must be told that there will be none.
    let page = "会".repeat(200_000);
    let input: String = (0..300).map(|n| line(n, &page)).collect();
    let quick = |input, options: &Options| {
        let Input { source, .. } = input;
        let nothing = crate::read(b"", None, options).unwrap();
        drop(source);
        crate::mend(nothing, options)
    };
    let error = stream_with(input.as_bytes(), &Full(AtomicUsize::new(0)), &settings(2), quick).unwrap_err();
    assert!(matches!(error.kind(), crate::error::ErrorKind::Io(e) if e.kind() == io::ErrorKind::StorageFull));
}
