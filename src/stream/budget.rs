//! How many bytes may be in flight.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes that are held by lines between reader and writer. A single line may exceed it: it is then
/// in flight alone.
pub struct Budget {
    most: usize,
    held: Mutex<Held>,
    freed: Condvar,
}

struct Held {
    bytes: usize,
    closed: bool,
}

impl Budget {
    /// Room for `most` bytes.
    pub fn of(most: usize) -> Budget {
        Budget { most, held: Mutex::new(Held { bytes: 0, closed: false }), freed: Condvar::new() }
    }

    /// Waits until there is room for some bytes, and takes it.
    pub fn take(&self, bytes: usize) {
        let full = |held: &mut Held| held.bytes > 0 && held.bytes.saturating_add(bytes) > self.most && !held.closed;
        let mut held = self.freed.wait_while(self.lock(), full).unwrap_or_else(PoisonError::into_inner);
        held.bytes = held.bytes.saturating_add(bytes);
    }

    /// Gives room back.
    pub fn give(&self, bytes: usize) {
        self.lock().bytes -= bytes;
        self.freed.notify_one();
    }

    /// Nobody will give anything back any more, so nobody has to wait.
    pub fn close(&self) {
        self.lock().closed = true;
        self.freed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
