//! Fits the weights of the composer's signals to whole pages, and shows on pages that were held back what the
//! fitting is worth.
//!
//! A page's best reading under the present weights is held against the best reading that is true, and the
//! weights move toward what speaks for the second and away from what speaks for the first, until no false
//! reading comes within a margin for each line that it reads falsely (Tsochantaridis et al. 2005). The mean of
//! all weights on the way is taken, and each is drawn toward what it was, so that a signal that speaks on a few
//! lines alone keeps what it has. Of two halves of the pages each is judged by the weights of the other.

use super::{PARTED, bare};
use pagemend::Options;
use pagemend::evidence::{Signal, Tally};
use pagemend::flow::Flow;
use pagemend::press::Press;
use pagemend::read::Input;
use pagemend::role::Role;
use pagemend::source::Source;
use pagemend::stage;
use pagemend::stage::compose::lesson::{Lesson, Told};
use pagemend::text::language::{Language, language};
use std::cell::RefCell;
use std::sync::Arc;

/// What a line that is read falsely is worth to a reading that the true one is to be better than.
const MARGIN: f32 = 2.0;

/// What a false line costs a reading that must be true.
const FALSE: f32 = -10_000.0;

/// Times that all pages are gone through, and how far the weights move for a page.
const ROUNDS: usize = 20;
const STEP: f32 = 0.004;

/// How strongly a weight is drawn toward what it was, for each page.
const DRAWN: f32 = 0.0005;

/// Shorter lines, in characters, tell their place in the truth only by the line before.
const FEWEST: usize = 4;

thread_local! {
    /// The weights that are being tried.
    static WEIGHTS: RefCell<Vec<f32>> = const { RefCell::new(Vec::new()) };
}

/// The sum under the weights that are being tried.
#[derive(Default)]
struct Tried(f32);

impl Tally for Tried {
    fn add(&mut self, signal: Signal, strength: f32) {
        self.0 += strength * WEIGHTS.with_borrow(|w| w[signal as usize]);
    }
}

impl From<Tried> for f32 {
    fn from(tried: Tried) -> f32 {
        tried.0
    }
}

/// How strongly each signal speaks, in the order of [`Signal::ALL`].
struct Counted(Vec<f32>);

impl Tally for Counted {
    fn add(&mut self, signal: Signal, strength: f32) {
        self.0[signal as usize] += strength;
    }
}

/// A page and what its truth tells of its lines.
pub struct Taught {
    source: Source,
    flow: Flow,
    press: Arc<Press>,
    language: Language,
    told: Vec<Option<Told>>,
    /// Which page it is: one in two forms stands in one half.
    page: usize,
}

impl Taught {
    /// A page as the composer gets it, with the roles and texts of its true blocks, and its furniture.
    pub fn of(page: usize, input: Input, truth: &[(String, String)], furniture: &[String]) -> Taught {
        let options = Options::default();
        let language = language(&input.source.text);
        let press = options.press(language);
        let flow = stage::flow(&input.source, &input.pages, language, &press, options.trust);
        let told = told(&input.source, &flow, truth, furniture);
        Taught { source: input.source, flow, press, language, told, page }
    }

    fn lesson(&self) -> Lesson<'_> {
        Lesson::of(&self.source, &self.flow, &self.press, self.language)
    }
}

/// A caption has few lines, and a credit or byline one, that tell of the whole block.
fn weight(role: Role) -> f32 {
    match role {
        Role::Caption | Role::Credit | Role::Byline => 4.0,
        Role::Paragraph => 1.0,
        _ => 2.0,
    }
}

/// What the truth tells of each line: nothing where it stands nowhere in it, or at several places.
fn told(source: &Source, flow: &Flow, truth: &[(String, String)], furniture: &[String]) -> Vec<Option<Told>> {
    let mut all = String::new();
    let mut begins = Vec::new();
    for (_, text) in truth {
        begins.push(all.len());
        all.push_str(&bare(text));
        all.push(PARTED);
    }
    // Where the line before ends in the truth; none where it is not known.
    let mut end: Option<usize> = None;
    let mut tell = |text: String| -> Option<Told> {
        let before = end;
        let goes_on = before.filter(|at| all[*at..].starts_with(&text));
        // A caption may say what its article says; then it is told by where it begins.
        let places: Vec<usize> = all.match_indices(&text).map(|(at, _)| at).collect();
        let openings: Vec<usize> = places.iter().copied().filter(|at| begins.binary_search(at).is_ok()).collect();
        let only = [&places, &openings].into_iter().find(|p| p.len() == 1 && text.chars().count() >= FEWEST);
        let at = goes_on.or(only.map(|p| p[0]));
        end = at.map(|at| at + text.len());
        let Some(at) = at else {
            return furniture.contains(&text).then_some(Told { role: Role::Other, goes_on: false, weight: 1.0 });
        };
        let block = begins.partition_point(|b| *b <= at) - 1;
        let role = Role::ALL.iter().find(|r| r.name() == truth[block].0)?;
        let opens = at == begins[block];
        // In mid-block behind a line that is not known, who knows.
        let known = opens || before.is_some();
        known.then_some(Told { role: *role, goes_on: goes_on.is_some() && !opens, weight: weight(*role) })
    };
    flow.lines.iter().map(|line| tell(bare(source.get(line.span)))).collect()
}

/// Prints the table of weights, and what they are worth on pages held back.
pub fn print(pages: &[Taught]) {
    let present: Vec<f32> = Signal::ALL.iter().map(|s| s.weight()).collect();
    let taught = pages;
    let pages: Vec<(Lesson, &[Option<Told>])> = pages.iter().map(|p| (p.lesson(), p.told.as_slice())).collect();
    let half = |odd: usize| {
        let of_half = pages.iter().zip(taught).filter(|(_, t)| t.page % 2 == odd);
        of_half.map(|(p, _)| p).collect::<Vec<_>>()
    };
    println!("\nlines read as they are told of");
    for (name, judged, taught) in [("odd pages", half(1), half(0)), ("even pages", half(0), half(1))] {
        println!("{name}, present weights  {:.4}", right(&judged, &present));
        println!("{name}, fitted on them   {:.4}", right(&judged, &fit(&judged, &present)));
        println!("{name}, held back        {:.4}", right(&judged, &fit(&taught, &present)));
    }
    let all: Vec<_> = pages.iter().collect();
    let weights = fit(&all, &present);
    println!("\nsignal                          present    fitted");
    for (signal, (was, is)) in Signal::ALL.iter().zip(present.iter().zip(&weights)) {
        println!("{:<28} {was:>10.2} {is:>10.2}", signal.name());
    }
}

/// The share of lines that are read as they are told of.
fn right(pages: &[&(Lesson, &[Option<Told>])], weights: &[f32]) -> f64 {
    WEIGHTS.set(weights.to_vec());
    let right = |(lesson, told): &(Lesson, &[Option<Told>])| lesson.right(&lesson.read::<Tried>(told, 0.0), told);
    let all: usize = pages.iter().map(|p| p.1.iter().flatten().count()).sum();
    pages.iter().map(|p| right(p)).sum::<usize>() as f64 / all.max(1) as f64
}

/// The weights under which the true readings are the best.
fn fit(pages: &[&(Lesson, &[Option<Told>])], present: &[f32]) -> Vec<f32> {
    let mut weights = present.to_vec();
    let mut sums = vec![0f64; weights.len()];
    for _ in 0..ROUNDS {
        for (lesson, told) in pages {
            WEIGHTS.set(weights.clone());
            let count = |more: f32| {
                let mut counted = Counted(vec![0.0; present.len()]);
                lesson.count(&lesson.read::<Tried>(told, more), &mut counted);
                counted.0
            };
            let (truth, rival) = (count(FALSE), count(MARGIN));
            for (w, weight) in weights.iter_mut().enumerate() {
                *weight += STEP * (truth[w] - rival[w]) - DRAWN * (*weight - present[w]);
                sums[w] += f64::from(*weight);
            }
        }
    }
    sums.into_iter().map(|sum| (sum / (ROUNDS * pages.len()).max(1) as f64) as f32).collect()
}
