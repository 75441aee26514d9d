//! What goes wrong in one document stays in it: a panic becomes an error.
//!
//! Nothing here should ever be needed. But who mends a million pages does not want to lose them for
//! one page that this program's makers have not thought of.

use crate::error::{Error, ErrorKind};
use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

thread_local! {
    /// Where the last panic of this thread was, if anyone keeps account.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Does some work; a panic in it is an error of the kind [`ErrorKind::Fault`].
///
/// What the work leaves half done is dropped with it: give it nothing by reference that is looked at
/// later.
///
/// # Errors
/// Those of the work, and its panic.
pub fn guarded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        let what = message(&*payload);
        let what = match PLACE.take() {
            Some(place) => format!("{what}, at {place}"),
            None => what.to_owned(),
        };
        Err(Error::new(ErrorKind::Fault(what)))
    })
}

/// From here on a panic prints nothing; [`guarded`] names its place instead. For programs that
/// report every error themselves.
pub fn silence() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string);
        PLACE.set(place);
    }));
}

fn message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error() {
        let broken: Result<(), Error> = guarded(|| panic!("no line {}", 7));
        assert!(matches!(broken.unwrap_err().kind(), ErrorKind::Fault(what) if what.starts_with("no line 7")));
        assert_eq!(guarded(|| Ok(1)).unwrap(), 1);
    }
}
