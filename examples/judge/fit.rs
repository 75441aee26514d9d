//! Fits the weights of the signals that speak at seams, and shows on pages that were held back what the
//! fitting is worth.
//!
//! A seam's signals are a logistic regression's features: the strength of each, positive where it speaks
//! for a join. The weights that explain the truth best are found by gradient ascent, drawn toward the
//! present ones so that a signal that speaks on a few seams alone keeps what it has. Of two halves of
//! the pages each is judged by the weights of the other.

use pagemend::evidence::{DOUBT, Decision, Signal};
use std::collections::HashMap;

/// How strongly a weight is drawn to the present one: as so many seams would that say so.
const DRAWN: f64 = 4.0;

/// Steps of the ascent, and their length.
const STEPS: usize = 600;
const STEP: f64 = 0.5;

/// A seam with its truth: what speaks for a join, and whether it is one.
pub struct Example {
    page: usize,
    strengths: Vec<(Signal, f64)>,
    join: bool,
}

impl Example {
    /// A decision about a seam on some page, and whether it was right.
    pub fn of(page: usize, decision: &Decision, right: bool) -> Example {
        let chosen = decision.chosen == "join";
        let sign = if chosen { 1.0 } else { -1.0 };
        let mut sums: HashMap<Signal, f64> = HashMap::new();
        for (signal, counted) in &decision.signals {
            *sums.entry(*signal).or_default() += sign * f64::from(*counted) / f64::from(signal.weight());
        }
        let mut strengths: Vec<(Signal, f64)> = sums.into_iter().filter(|(_, s)| s.abs() > 1e-6).collect();
        strengths.sort_by_key(|(signal, _)| signal.name());
        Example { page, strengths, join: chosen == right }
    }

    /// The odds that some weights give a join, as a logarithm.
    fn odds(&self, weights: &HashMap<Signal, f64>) -> f64 {
        self.strengths.iter().map(|(signal, strength)| weights[signal] * strength).sum()
    }
}

/// Prints the table of weights, and what they are worth on pages held back.
pub fn print(examples: &[Example]) {
    let present: HashMap<Signal, f64> = Signal::ALL.iter().map(|s| (*s, f64::from(s.weight()))).collect();
    let half = |odd: usize| examples.iter().filter(move |e| e.page % 2 == odd).collect::<Vec<_>>();
    println!("\nseams by their own signals   log loss   wrong   doubts   wrong ones among them");
    for (name, judged, fitted) in [("odd pages", half(1), half(0)), ("even pages", half(0), half(1))] {
        report(&format!("{name}, present weights"), &judged, &present);
        report(&format!("{name}, fitted on them"), &judged, &fit(&judged, &present));
        report(&format!("{name}, held back"), &judged, &fit(&fitted, &present));
    }
    let all: Vec<&Example> = examples.iter().collect();
    let weights = fit(&all, &present);
    println!("\nsignal                        seams   present    fitted");
    for signal in Signal::ALL {
        let seams = all.iter().filter(|e| e.strengths.iter().any(|(s, _)| s == signal)).count();
        if seams > 0 {
            println!("{:<28} {seams:>6}  {:>8.2}  {:>8.2}", signal.name(), present[signal], weights[signal]);
        }
    }
}

fn report(name: &str, examples: &[&Example], weights: &HashMap<Signal, f64>) {
    let n = examples.len().max(1) as f64;
    let loss = |e: &&Example| (1.0 + (-e.odds(weights) * if e.join { 1.0 } else { -1.0 }).exp()).ln();
    let wrong = |e: &&&Example| (e.odds(weights) > 0.0) != e.join;
    let doubtful = |e: &&&Example| e.odds(weights).abs() < f64::from(DOUBT);
    let wrongs = examples.iter().filter(wrong).count();
    let doubts = examples.iter().filter(doubtful).count();
    let held = examples.iter().filter(doubtful).filter(wrong).count();
    println!(
        "{name:<28} {:>8.4} {wrongs:>7} {:>6.2} % {held:>7}",
        examples.iter().map(loss).sum::<f64>() / n,
        100.0 * doubts as f64 / n
    );
}

/// The weights that explain some seams best.
fn fit(examples: &[&Example], present: &HashMap<Signal, f64>) -> HashMap<Signal, f64> {
    let mut weights = present.clone();
    // A signal's own step is the shorter, the more it speaks (Adagrad, Duchi et al. 2011).
    let mut spoken: HashMap<Signal, f64> = HashMap::new();
    for _ in 0..STEPS {
        let mut slopes: HashMap<Signal, f64> = HashMap::new();
        for example in examples {
            let likely = 1.0 / (1.0 + (-example.odds(&weights)).exp());
            let off = if example.join { 1.0 - likely } else { -likely };
            for (signal, strength) in &example.strengths {
                *slopes.entry(*signal).or_default() += off * strength;
            }
        }
        for (signal, slope) in slopes {
            let slope = slope - DRAWN * (weights[&signal] - present[&signal]) / present[&signal].abs().max(0.5);
            let sum = spoken.entry(signal).or_insert(1.0);
            *sum += slope * slope;
            *weights.entry(signal).or_default() += STEP * slope / sum.sqrt();
        }
    }
    weights
}
