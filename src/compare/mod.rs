//! Golden files: what a directory of samples gives, compared with what is expected.

mod atomic;

pub use atomic::AtomicFile;
