//! Many patterns asked of one line at once: which of them match?
//!
//! What `regex::RegexSet` does, with half of what it builds: an automaton that runs backward finds where
//! a match begins, and nobody asks that here. Building it took half of the time that a short page takes.

use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::{Anchored, Input, MatchKind, PatternSet};
use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;

/// What the states that were met so far may take, in bytes, before they are forgotten.
const STATES: usize = 1 << 23;

type Caches = Pool<Cache, Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>>;

/// Some patterns, ready to match.
#[derive(Clone)]
pub struct Patterns {
    dfa: Arc<DFA>,
    caches: Arc<Caches>,
    /// Where a match may begin: anywhere, or at the text's beginning alone.
    begins: Anchored,
}

impl Patterns {
    /// From regular expressions, each of which may match anywhere in a text.
    ///
    /// # Errors
    /// Where one is no regular expression, with the reason.
    pub fn anywhere(patterns: &[String]) -> Result<Patterns, String> {
        Patterns::of(patterns, Anchored::No)
    }

    /// From regular expressions that match at the beginning of a text: what begins like none of them, as
    /// most lines do, is told by its first characters.
    ///
    /// # Errors
    /// As [`anywhere`](Patterns::anywhere).
    pub fn at_start(patterns: &[String]) -> Result<Patterns, String> {
        Patterns::of(patterns, Anchored::Yes)
    }

    fn of(patterns: &[String], begins: Anchored) -> Result<Patterns, String> {
        let forward = thompson::Config::new().which_captures(WhichCaptures::None);
        let config = DFA::config().match_kind(MatchKind::All).cache_capacity(STATES).skip_cache_capacity_check(true);
        let dfa = DFA::builder().configure(config).thompson(forward).build_many(patterns);
        let dfa = Arc::new(dfa.map_err(|error| {
            // What is wrong with the pattern stands at the end of the chain.
            let chain = std::iter::successors(Some(&error as &dyn std::error::Error), |e| e.source());
            chain.last().map_or_else(String::new, ToString::to_string)
        })?);
        let own = Arc::clone(&dfa);
        Ok(Patterns { dfa, caches: Arc::new(Pool::new(Box::new(move || own.create_cache()))), begins })
    }

    /// True where one of the patterns matches somewhere in a text.
    pub fn any(&self, text: &str) -> bool {
        self.dfa.pattern_len() > 0 && {
            let mut cache = self.caches.get();
            let input = Input::new(text).anchored(self.begins).earliest(true);
            self.dfa.try_search_fwd(&mut cache, &input).is_ok_and(|found| found.is_some())
        }
    }

    /// The patterns that match somewhere in a text, by their numbers.
    pub fn matches(&self, text: &str) -> Vec<usize> {
        // Most texts match none, which is told faster than which ones match.
        if !self.any(text) {
            return Vec::new();
        }
        let mut found = PatternSet::new(self.dfa.pattern_len());
        let mut cache = self.caches.get();
        let input = Input::new(text).anchored(self.begins);
        // The automaton gives up nowhere: no byte was set to make it, and its states may be forgotten.
        let searched = self.dfa.try_which_overlapping_matches(&mut cache, &input, &mut found);
        debug_assert!(searched.is_ok(), "{searched:?}");
        found.iter().map(|pattern| pattern.as_usize()).collect()
    }
}

/// None.
impl Default for Patterns {
    fn default() -> Self {
        Patterns::anywhere(&[]).expect("no patterns are all regular expressions")
    }
}

impl fmt::Debug for Patterns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} patterns", self.dfa.pattern_len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_match_are_told() {
        let patterns = Patterns::anywhere(&["^本报".into(), "记者$".into(), "[一-龥]{4}".into()]).unwrap();
        assert_eq!(patterns.matches("本报记者"), [0, 1, 2]);
        assert_eq!(patterns.matches("记者"), [1]);
        assert!(patterns.matches("").is_empty() && !patterns.any("") && patterns.any("本报"));
        assert!(!Patterns::anywhere(&[]).unwrap().any("本报"));
        let patterns = Patterns::at_start(&["本报".into(), "记者$".into(), "本报.*".into()]).unwrap();
        assert_eq!(patterns.matches("本报记者"), [0, 2]);
        assert!(patterns.matches("新本报记者").is_empty() && !patterns.any("新本报记者") && patterns.any("记者"));
        assert!(Patterns::anywhere(&["(".into()]).is_err_and(|why| why.contains("unclosed group")));
    }
}
