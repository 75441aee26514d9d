//! Many patterns asked of one line at once: which of them match?
//!
//! A table has more than a hundred, and to make automata of all of them takes longer than to mend a page. So each
//! is made when the first line comes that may match it, by its [`signs`](super::signs); and made for no more than
//! the question whether it matches, without what finds where.

use super::signs::Signs;
use super::written::Written;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::{Anchored, Input, MatchKind};
use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::{Arc, OnceLock};

/// What the states of one pattern that were met so far may take, in bytes, before they are forgotten.
const STATES: usize = 1 << 20;

type Caches = Pool<Cache, Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>>;

thread_local! {
    /// One for all patterns: to clear a new one's memory takes longer than to compile one.
    static COMPILER: thompson::Compiler = {
        let mut compiler = thompson::Compiler::new();
        compiler.configure(thompson::Config::new().which_captures(WhichCaptures::None));
        compiler
    };
}

/// Some patterns, ready to match.
#[derive(Clone)]
pub struct Patterns {
    patterns: Arc<[Pattern]>,
    signs: Signs,
    /// Where a match may begin: anywhere, or at the text's beginning alone.
    begins: Anchored,
}

/// One pattern, and its automaton once a line asked for it.
struct Pattern {
    written: Written,
    automaton: OnceLock<Automaton>,
}

struct Automaton {
    dfa: Arc<DFA>,
    caches: Caches,
}

impl Pattern {
    fn automaton(&self) -> &Automaton {
        self.automaton.get_or_init(|| {
            let automaton =
                COMPILER.with(|compiler| compiler.build_from_hir(&self.written.in_full()).map_err(Box::new));
            let automaton = automaton.expect("an automaton without captures has no limit that a pattern exceeds");
            let config =
                DFA::config().match_kind(MatchKind::All).cache_capacity(STATES).skip_cache_capacity_check(true);
            let dfa = DFA::builder().configure(config).build_from_nfa(automaton);
            let dfa = Arc::new(dfa.expect("the capacity of the cache is not checked"));
            let own = Arc::clone(&dfa);
            Automaton { dfa, caches: Pool::new(Box::new(move || own.create_cache())) }
        })
    }

    fn matches(&self, input: &Input) -> bool {
        let Automaton { dfa, caches } = self.automaton();
        // The automaton gives up nowhere: no byte was set to make it, and its states may be forgotten.
        dfa.try_search_fwd(&mut caches.get(), input).is_ok_and(|found| found.is_some())
    }
}

impl Patterns {
    /// Each of which may match anywhere in a text.
    pub fn anywhere(patterns: Vec<Written>) -> Patterns {
        Patterns::of(patterns, Anchored::No)
    }

    /// Which match at the beginning of a text.
    pub fn at_start(patterns: Vec<Written>) -> Patterns {
        Patterns::of(patterns, Anchored::Yes)
    }

    fn of(patterns: Vec<Written>, begins: Anchored) -> Patterns {
        let signs = Signs::of(&patterns, begins == Anchored::Yes);
        let late = |written| Pattern { written, automaton: OnceLock::new() };
        Patterns { patterns: patterns.into_iter().map(late).collect(), signs, begins }
    }

    /// True where one of the patterns matches somewhere in a text.
    pub fn any(&self, text: &str) -> bool {
        self.found(text).next().is_some()
    }

    /// The patterns that match somewhere in a text, by their numbers, rising.
    pub fn found<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.candidates(text).filter(move |n| self.matches(*n, text))
    }

    /// The patterns that may match somewhere in a text, by their numbers, rising: all others do not.
    pub fn candidates(&self, text: &str) -> impl Iterator<Item = usize> + use<> {
        self.signs.candidates(text).into_iter().map(|n| n as usize)
    }

    /// True where pattern `n` matches somewhere in a text.
    pub fn matches(&self, n: usize, text: &str) -> bool {
        self.patterns[n].matches(&Input::new(text).anchored(self.begins).earliest(true))
    }
}

/// None.
impl Default for Patterns {
    fn default() -> Self {
        Patterns { patterns: Arc::new([]), signs: Signs::default(), begins: Anchored::No }
    }
}

impl fmt::Debug for Patterns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} patterns", self.patterns.len())
    }
}

#[cfg(test)]
mod tests {
    use super::super::written::Words;
    use super::*;

    fn written(patterns: &[&str]) -> Vec<Written> {
        let words = Arc::<Words>::default();
        patterns.iter().map(|pattern| words.pattern(pattern).unwrap()).collect()
    }

    fn found(patterns: &Patterns, text: &str) -> Vec<usize> {
        patterns.found(text).collect()
    }

    #[test]
    fn all_that_match_are_told() {
        let patterns = Patterns::anywhere(written(&["^本报", "记者$", "[一-龥]{4}"]));
        assert_eq!(found(&patterns, "本报记者"), [0, 1, 2]);
        assert_eq!(found(&patterns, "记者"), [1]);
        assert!(patterns.found("").next().is_none() && !patterns.any("") && patterns.any("本报"));
        assert!(!Patterns::anywhere(Vec::new()).any("本报"));
        let patterns = Patterns::at_start(written(&["本报", "记者$", "本报.*"]));
        assert_eq!(found(&patterns, "本报记者"), [0, 2]);
        assert!(patterns.found("新本报记者").next().is_none() && !patterns.any("新本报记者") && patterns.any("记者"));
    }
}
