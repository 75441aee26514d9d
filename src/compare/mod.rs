//! Golden files: what a directory of samples gives, compared with what is expected.
//!
//! ```text
//! samples/newspaper/page.txt             the input
//! samples/newspaper/page.pagemend.toml   its options, where it needs any
//! golden/newspaper/page.txt              what is expected, in the tagged form
//! ```

mod atomic;
mod diff;
mod golden;

pub use atomic::AtomicFile;
pub use diff::{Diff, DiffLine, Part};
pub use golden::{Outcome, Report, Sample, bless, check, samples};
