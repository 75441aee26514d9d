//! How far a run is: a bar on a terminal, and a line now and then elsewhere.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Counts documents, and shows them.
#[derive(Debug)]
pub struct Progress {
    /// Written, and written again.
    pub mended: AtomicU64,
    /// Finished by an earlier run.
    pub unchanged: AtomicU64,
    /// Not mended.
    pub bad: AtomicU64,
    shown: Shown,
}

#[derive(Debug)]
enum Shown {
    Bar(ProgressBar),
    Lines { started: Instant, last: Mutex<Instant> },
}

/// Between two lines where there is no terminal.
const APART: Duration = Duration::from_secs(15);

impl Progress {
    /// Begins to count. `all` is asked how many documents there are where somebody watches.
    pub fn begin(all: impl FnOnce() -> u64) -> Progress {
        let shown = if io::stderr().is_terminal() {
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len}, {per_sec}, {eta} left{msg}");
            let bar = ProgressBar::with_draw_target(Some(all()), ProgressDrawTarget::stderr());
            Shown::Bar(bar.with_style(style.expect("the template is one")))
        } else {
            Shown::Lines { started: Instant::now(), last: Mutex::new(Instant::now()) }
        };
        Progress { mended: AtomicU64::new(0), unchanged: AtomicU64::new(0), bad: AtomicU64::new(0), shown }
    }

    /// One more document is done with, and counted in `what`.
    pub fn count(&self, what: &AtomicU64) {
        what.fetch_add(1, Ordering::Relaxed);
        let bad = self.bad.load(Ordering::Relaxed);
        match &self.shown {
            Shown::Bar(bar) => {
                if bad > 0 {
                    bar.set_message(format!(", {bad} bad"));
                }
                bar.inc(1);
            }
            Shown::Lines { started, last } => {
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                if last.elapsed() >= APART {
                    *last = Instant::now();
                    let rate = self.done() as f64 / started.elapsed().as_secs_f64();
                    eprintln!("{} done, {bad} bad, {rate:.0} a second", self.done());
                }
            }
        }
    }

    /// Says something above the bar.
    pub fn say(&self, what: &str) {
        match &self.shown {
            Shown::Bar(bar) => bar.suspend(|| eprintln!("{what}")),
            Shown::Lines { .. } => eprintln!("{what}"),
        }
    }

    /// How many documents are done with.
    pub fn done(&self) -> u64 {
        [&self.mended, &self.unchanged, &self.bad].iter().map(|n| n.load(Ordering::Relaxed)).sum()
    }

    /// Takes the bar away.
    pub fn end(&self) {
        if let Shown::Bar(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}
