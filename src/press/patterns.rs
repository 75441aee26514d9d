//! Many patterns asked of one line at once: which of them match?
//!
//! A table has more than a hundred, and to make automata of all of them takes longer than to mend a page. So each
//! is made when the first line comes that may match it, by its [`signs`](super::signs); and made for no more than
//! the question whether it matches, without what finds where.

use super::signs::Signs;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::{Anchored, Input, MatchKind};
use regex_syntax::hir::Hir;
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
    parsed: Hir,
    automaton: OnceLock<Automaton>,
}

struct Automaton {
    dfa: Arc<DFA>,
    caches: Caches,
}

impl Pattern {
    fn automaton(&self) -> &Automaton {
        self.automaton.get_or_init(|| {
            let automaton = COMPILER.with(|compiler| compiler.build_from_hir(&self.parsed).map_err(Box::new));
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
    /// From regular expressions, each of which may match anywhere in a text.
    ///
    /// # Errors
    /// Where one is no regular expression, with the reason.
    pub fn anywhere(patterns: &[String]) -> Result<Patterns, String> {
        Patterns::of(patterns, Anchored::No)
    }

    /// From regular expressions that match at the beginning of a text.
    ///
    /// # Errors
    /// As [`anywhere`](Patterns::anywhere).
    pub fn at_start(patterns: &[String]) -> Result<Patterns, String> {
        Patterns::of(patterns, Anchored::Yes)
    }

    fn of(patterns: &[String], begins: Anchored) -> Result<Patterns, String> {
        let parse = |pattern: &String| match regex_syntax::parse(pattern) {
            Ok(parsed) => Ok(Pattern { parsed, automaton: OnceLock::new() }),
            Err(error) => Err(error.to_string()),
        };
        let patterns: Arc<[Pattern]> = patterns.iter().map(parse).collect::<Result<_, _>>()?;
        let signs = Signs::of(patterns.iter().map(|pattern| &pattern.parsed), begins == Anchored::Yes);
        Ok(Patterns { patterns, signs, begins })
    }

    /// True where one of the patterns matches somewhere in a text.
    pub fn any(&self, text: &str) -> bool {
        self.found(text).next().is_some()
    }

    /// The patterns that match somewhere in a text, by their numbers, rising.
    pub fn found<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let input = Input::new(text).anchored(self.begins).earliest(true);
        let candidates = self.signs.candidates(text).into_iter().map(|n| n as usize);
        candidates.filter(move |n| self.patterns[*n].matches(&input))
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
    use super::*;

    fn found(patterns: &Patterns, text: &str) -> Vec<usize> {
        patterns.found(text).collect()
    }

    #[test]
    fn all_that_match_are_told() {
        let patterns = Patterns::anywhere(&["^本报".into(), "记者$".into(), "[一-龥]{4}".into()]).unwrap();
        assert_eq!(found(&patterns, "本报记者"), [0, 1, 2]);
        assert_eq!(found(&patterns, "记者"), [1]);
        assert!(patterns.found("").next().is_none() && !patterns.any("") && patterns.any("本报"));
        assert!(!Patterns::anywhere(&[]).unwrap().any("本报"));
        let patterns = Patterns::at_start(&["本报".into(), "记者$".into(), "本报.*".into()]).unwrap();
        assert_eq!(found(&patterns, "本报记者"), [0, 2]);
        assert!(patterns.found("新本报记者").next().is_none() && !patterns.any("新本报记者") && patterns.any("记者"));
        assert!(Patterns::anywhere(&["(".into()]).is_err_and(|why| why.contains("unclosed group")));
    }
}
