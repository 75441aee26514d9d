//! Fits the weights by which woven columns are undone, on pages whose columns are known.
//!
//! ```text
//! cargo run --release --example weave -- WOVEN PLACED TRUTH [WOVEN PLACED TRUTH]...
//! ```
//!
//! The first file of each three is a dump whose lines were sorted by their height, or a page set on a grid
//! of characters; the second the same page with boxes, which show what stands below what; the third its
//! text as JSON, with `articles[].blocks[].text`, which shows what is read after what.
//!
//! Each line's place and each column's successor is a choice among several, so the weights are those of a
//! logistic regression over the choices. A search also comes to rows that it should not have come to;
//! so the choices on the present program's own way count as well, and after a change of what is counted
//! the program is to be run twice, with the first run's table in its place. The table is printed as it
//! stands in `src/stage/columns/woven/weights.rs`, with what each half of the pages is worth to the
//! other before it.

use pagemend::geometry::Rect;
use pagemend::read::Input;
use pagemend::stage::columns::{columns, printed, woven};
use pagemend::text::class::class;
use pagemend::text::continuity::model;
use pagemend::text::language::language;
use pagemend::{Options, read};
use serde_json::Value;
use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use woven::cover::{Row, cover};
use woven::strands::Strands;
use woven::weave::Weave;
use woven::weights::{COUNT, NAMES, NEXT};

/// What was counted for each choice, and which one is right.
struct Choice {
    page: usize,
    choices: Vec<Vec<(usize, f32)>>,
    right: usize,
}

/// Every way that something may go, and what was counted for each.
type Ways = Vec<(Option<usize>, Vec<(usize, f32)>)>;

/// How strongly a weight is drawn to 0, for the places of lines and for columns: as so many choices
/// would that say so.
const DRAWN: f64 = 1.0;
const DRAWN_COLUMNS: f64 = 4.0;

/// Steps of the ascent, and their length.
const STEPS: usize = 400;
const STEP: f64 = 0.1;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.is_empty() || !arguments.len().is_multiple_of(3) {
        return Err("expected WOVEN PLACED TRUTH [WOVEN PLACED TRUTH]...".into());
    }
    let (mut places, mut orders) = (Vec::new(), Vec::new());
    // The same page in two forms stands in one half.
    let mut pages: Vec<&str> = Vec::new();
    for files in arguments.chunks(3) {
        let page = pages.iter().position(|p| *p == files[2]).unwrap_or(pages.len());
        if page == pages.len() {
            pages.push(&files[2]);
        }
        let [woven, placed] = [&files[0], &files[1]].map(|f| {
            let bytes = std::fs::read(f).map_err(|e| format!("{f}: {e}"))?;
            Ok::<Input, Box<dyn Error>>(read(&bytes, Some(Path::new(f)), &Options::default())?)
        });
        let truth: Value =
            serde_json::from_slice(&std::fs::read(&files[2]).map_err(|e| format!("{}: {e}", files[2]))?)?;
        learn(page, &woven?, &placed?, &blocks(&truth), &mut places, &mut orders);
    }
    let all: Vec<&Choice> = places.iter().chain(&orders).collect();
    for (name, choices) in [("lines", &places), ("columns", &orders)] {
        let half = |odd: usize| choices.iter().filter(|c| c.page % 2 == odd).collect::<Vec<_>>();
        for (judged, taught) in [(half(0), half(1)), (half(1), half(0))] {
            let weights = fit(&taught);
            let [own, held] = [taught, judged].map(|c| right(&c, &weights));
            println!("// {name}: {own:.4} right where fitted, {held:.4} held back");
        }
    }
    let weights = fit(&all);
    let mut at = 0;
    for (name, count) in NAMES {
        let table = |from: usize| {
            let figures: Vec<String> =
                weights[from + at..from + at + count].iter().map(|w| format!("{w:.2}")).collect();
            figures.join(" ")
        };
        println!("{name} [{}] [{}];", table(0), table(COUNT));
        at += count;
    }
    Ok(())
}

/// The characters that say where a text is: all but white space.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && class(*c) != pagemend::text::class::Class::Control).collect()
}

/// The texts of each article.
fn blocks(truth: &Value) -> Vec<(usize, String)> {
    let articles = truth["articles"].as_array().into_iter().flatten().enumerate();
    articles
        .flat_map(|(n, a)| a["blocks"].as_array().into_iter().flatten().map(move |b| (n, b)))
        .filter_map(|(n, b)| Some((n, bare(b["text"].as_str()?))))
        .collect()
}

fn learn(
    page: usize,
    woven: &Input,
    placed: &Input,
    blocks: &[(usize, String)],
    places: &mut Vec<Choice>,
    orders: &mut Vec<Choice>,
) {
    let language = language(&woven.source.text);
    let press = Options::default().press(language);
    let page_of = woven.pages.iter().filter(|p| p.is_placed());
    let mut lines: Vec<_> = page_of.flat_map(|p| printed(&woven.source, p, language)).collect();
    lines.sort_by(woven::row_by_row);
    if lines.is_empty() {
        lines = columns(&woven.source, &woven.pages, language, &press).lines;
        lines.sort_by_key(|l| l.number);
    }
    let weave = Weave::of(&woven.source, &lines, model(language, &woven.source.text), language, &press);
    let texts: Vec<String> = lines.iter().map(|l| bare(woven.source.get(l.span))).collect();

    let boxes = boxes(placed, &texts);
    let known = above(&boxes);
    let own = cover(&weave);
    for way in [&known, &own] {
        let mut row = Row::default();
        for j in 0..lines.len() {
            let choices: Ways = row.choices(&weave, j);
            // What a grid broke has no box and shows nothing.
            let shows = boxes[j].is_some() || lines[j].rect.is_none();
            let right = choices.iter().position(|(above, _)| *above == known[j]).filter(|_| shows);
            if let Some(right) = right {
                places.push(Choice { page, choices: choices.into_iter().map(|(_, c)| c).collect(), right });
            }
            row = row.with(&weave, j, way[j]);
        }
    }

    let strands = Strands::of(&weave, woven::paths(&own));
    let ranks = ranks(&texts, blocks);
    // The article that most lines of a strand stand in, and where its first line stands there.
    let stands: Vec<Option<(usize, usize)>> = strands
        .lines()
        .map(|lines| {
            let known: Vec<(usize, usize)> = lines.iter().filter_map(|i| ranks[*i]).collect();
            let most = known.iter().max_by_key(|(a, _)| known.iter().filter(|(b, _)| a == b).count())?.0;
            known.into_iter().filter(|(a, _)| *a == most).min()
        })
        .collect();
    for (a, stand) in stands.iter().enumerate() {
        let next = stand.and_then(|(article, rank)| {
            let later = stands.iter().enumerate().filter_map(|(b, s)| Some((s.filter(|s| s.0 == article)?.1, b)));
            later.filter(|(r, _)| *r > rank).min().map(|(_, b)| b)
        });
        let choices: Ways = strands.choices(a);
        if let Some(right) = choices.iter().position(|(b, _)| *b == next) {
            orders.push(Choice { page, choices: choices.into_iter().map(|(_, c)| c).collect(), right });
        }
    }
}

/// The box of each line.
fn boxes(placed: &Input, texts: &[String]) -> Vec<Option<Rect>> {
    let mut of: HashMap<String, Vec<Rect>> = HashMap::new();
    for run in placed.pages.iter().flat_map(|p| &p.runs) {
        if let Some(rect) = run.rect {
            of.entry(bare(placed.source.get(run.span))).or_default().push(rect);
        }
    }
    for rects in of.values_mut() {
        rects.sort_by(|a, b| b.y0.total_cmp(&a.y0));
    }
    texts.iter().map(|t| of.get_mut(t)?.pop()).collect()
}

/// How far below another a line of its column stands, in heights of its box, and by what share boxes of one
/// size differ: a line of one character has a lower one.
const NEXT_ROW: std::ops::RangeInclusive<f32> = 0.5..=1.85;
const NOISE: f32 = 0.34;

/// For each line the one that it stands right below, in one column and one size.
fn above(boxes: &[Option<Rect>]) -> Vec<Option<usize>> {
    let mut above = vec![None; boxes.len()];
    for (i, here) in boxes.iter().enumerate() {
        let Some(here) = here else { continue };
        let height = here.height();
        let below = boxes.iter().enumerate().filter_map(|(j, b)| Some((j, (*b)?))).filter(|(_, b)| {
            let down = (b.y0 - here.y0) / height;
            let over = here.x0 < b.x1 && b.x0 < here.x1;
            over && NEXT_ROW.contains(&down) && (b.height() - height).abs() <= NOISE * height
        });
        let nearest = below.min_by(|(_, a), (_, b)| a.y0.total_cmp(&b.y0));
        if let Some((j, _)) = nearest.filter(|(j, _)| *j > i) {
            above[j] = Some(i);
        }
    }
    above
}

/// The article of each line and its place in the truth.
fn ranks(texts: &[String], blocks: &[(usize, String)]) -> Vec<Option<(usize, usize)>> {
    let mut used: Vec<Vec<(usize, usize)>> = vec![Vec::new(); blocks.len()];
    let starts: Vec<usize> =
        blocks.iter().scan(0, |sum, (_, t)| Some(std::mem::replace(sum, *sum + t.len()))).collect();
    texts
        .iter()
        .map(|text| {
            blocks.iter().enumerate().find_map(|(n, (article, block))| {
                let free = |at: &usize| !used[n].iter().any(|(a, b)| *a < at + text.len() && *at < *b);
                let at = block.match_indices(text.as_str()).map(|(at, _)| at).find(free)?;
                used[n].push((at, at + text.len()));
                Some((*article, starts[n] + at))
            })
        })
        .collect()
}

/// The weights under which the right choices are likeliest, by Adam (Kingma and Ba 2015).
fn fit(choices: &[&Choice]) -> Vec<f64> {
    let n = 2 * COUNT;
    let (mut weights, mut mean, mut square) = (vec![0f64; n], vec![0f64; n], vec![0f64; n]);
    for step in 1..=STEPS {
        let mut gradient: Vec<f64> = weights
            .iter()
            .enumerate()
            .map(|(i, w)| -w * if i % COUNT < NEXT { DRAWN } else { DRAWN_COLUMNS })
            .collect();
        for choice in choices {
            for (i, (share, counted)) in shares(choice, &weights).into_iter().zip(&choice.choices).enumerate() {
                let pull = f64::from(u8::from(i == choice.right)) - share;
                counted.iter().for_each(|(w, strength)| gradient[*w] += pull * f64::from(*strength));
            }
        }
        let (first, second) = (1.0 - 0.9f64.powi(step as i32), 1.0 - 0.99f64.powi(step as i32));
        for w in 0..n {
            mean[w] = 0.9 * mean[w] + 0.1 * gradient[w];
            square[w] = 0.99 * square[w] + 0.01 * gradient[w] * gradient[w];
            weights[w] += STEP * (mean[w] / first) / ((square[w] / second).sqrt() + 1e-8);
        }
    }
    weights
}

/// How likely each of some choices is.
fn shares(choice: &Choice, weights: &[f64]) -> Vec<f64> {
    let sum = |counted: &Vec<(usize, f32)>| counted.iter().map(|(w, s)| weights[*w] * f64::from(*s)).sum::<f64>();
    let sums: Vec<f64> = choice.choices.iter().map(sum).collect();
    let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let all: f64 = sums.iter().map(|s| (s - most).exp()).sum();
    sums.into_iter().map(|s| (s - most).exp() / all).collect()
}

/// The share of the choices of which the likeliest is right.
fn right(choices: &[&Choice], weights: &[f64]) -> f64 {
    let likeliest = |c: &&&Choice| {
        let shares = shares(c, weights);
        shares.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).is_some_and(|(i, _)| i == c.right)
    };
    choices.iter().filter(likeliest).count() as f64 / choices.len().max(1) as f64
}
