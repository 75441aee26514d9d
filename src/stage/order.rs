//! Puts lines into reading order.
//!
//! A flowing page states its order by the order of its lines, and there is nothing better to go by:
//! what a typesetter's frames put in the wrong place (a headline behind its body, a byline on the
//! last line) is not out of order line by line but article by article, and
//! [`articles`](super::articles) mends it.

use crate::flow::Flow;

/// The lines of all pages, in reading order.
pub fn order(flow: Flow) -> Flow {
    flow
}
