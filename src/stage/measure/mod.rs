//! Finds the measure of the columns that the lines stand in.
//!
//! CJK type is set on a grid, so a full line is as wide as its column. But punctuation is squeezed,
//! numbers are narrow and lines are stretched, so each line has only an interval of possible widths
//! and a column's measure is the width that most of its lines can have. One dynamic program over
//! the lines picks for each the measure that explains it and its neighbours best, where a change of
//! measure costs something:
//!
//! ```text
//! 各园城要认真贯彻党中央、国务院     15 ems, full
//! 决策部署，抓紧抓细抓实。           12 ems: short, a paragraph's last line
//! 会议强调，要深化分区分级分类       13 ems: short by an indent of 2
//! ```

mod eojeol;
mod kinsoku;

use crate::flow::{Column, Flow, Line};
use crate::source::Source;
use crate::text::ends::{LineEnd, line_end};
use crate::text::language::Language;

/// The same lines, each in the column whose measure explains it.
pub fn measure(source: &Source, mut flow: Flow, language: Language) -> Flow {
    // Before the columns that the page shows give way to those that are measured.
    let below = below(&flow.lines);
    if language != Language::Korean {
        flow = measured(source, flow, &below, language.indent());
        if kinsoku::is_kept(source, &flow) {
            return flow;
        }
        kinsoku::do_without(source, &mut flow);
        flow = measured(source, flow, &below, kinsoku::INDENT);
        let usual = language.indent();
        return if kinsoku::is_set_in_by(&flow, usual) { measured(source, flow, &below, usual) } else { flow };
    }
    let needs = eojeol::first_eojeols(source, &flow);
    let syllables: Vec<f32> = flow.lines.iter().map(|line| line.lead_in).collect();
    for (line, need) in flow.lines.iter_mut().zip(&needs) {
        line.lead_in = line.lead_in.max(*need);
    }
    flow = measured(source, flow, &below, language.indent());
    flow.keeps_eojeol = eojeol::are_kept_whole(source, &flow, &needs);
    if flow.keeps_eojeol {
        return flow;
    }
    for (line, syllable) in flow.lines.iter_mut().zip(syllables) {
        line.lead_in = syllable;
    }
    measured(source, flow, &below, language.indent())
}

/// For each line, whether the boxes of a page show that it stands in one column with the line before it.
fn below(lines: &[Line]) -> Vec<bool> {
    let below = |i: usize| i > 0 && lines[i].size.is_some() && lines[i].column == lines[i - 1].column;
    (0..lines.len()).map(below).collect()
}

/// The same, where it is known what a line break cannot part, which lines stand in one column, and how far paragraphs
/// are set in, in ems.
fn measured(source: &Source, mut flow: Flow, below: &[bool], indent: f32) -> Flow {
    flow.indent = indent;
    let states = measures(source, &flow, below);
    flow.columns.clear();
    let mut current = None;
    for (line, state) in flow.lines.iter_mut().zip(states) {
        if current != Some(state) {
            current = Some(state);
            flow.columns.push(Column { measure: measure_of(state), lines: 0 });
        }
        let at = flow.columns.len() - 1;
        flow.columns[at].lines += 1;
        line.column = at as u32;
    }
    flow
}

/// Measures are looked for on this grid, in ems; squeezing makes a finer one meaningless.
const STEP: f32 = 0.5;
const NARROWEST: f32 = 4.0;
/// 116 measures, from 4 to 61.5 ems; a wider line is a paragraph that was never wrapped.
const MEASURES: usize = 116;
/// One state more: lines that no measure explains.
const OPEN: usize = MEASURES;
const STATES: usize = MEASURES + 1;

fn measure_of(state: u8) -> Option<f32> {
    ((state as usize) < OPEN).then(|| NARROWEST + STEP * f32::from(state))
}

// Costs of the dynamic program, in the natural logarithm of odds. A page's lines are full in the
// main, so a full line costs little, a last line of a paragraph more, a line wider than its column
// most; the figures keep a title or a caption of one or two lines from making a column of its own.
const TOO_WIDE: f32 = 2.0;
const TOO_WIDE_PER_EM: f32 = 0.7;
const ROOM_PER_EM: f32 = 0.15;
/// Gaps beside numbers and quotation marks make a line wider than the sum of its characters.
const TOLERANCE: f32 = 0.3;
const SHORT_LAST: f32 = 1.1;
const SHORT_INDENT: f32 = 0.9;
const SHORT_OTHER: f32 = 1.6;
const UNEXPLAINED: f32 = 1.0;
const CHANGES: Changes = Changes { at_blank: 3.0, elsewhere: 4.5 };

/// What it costs that the measure changes: at a blank line or a new page, and anywhere else.
struct Changes {
    at_blank: f32,
    elsewhere: f32,
}

/// What it costs where the page shows that two lines stand in one column.
const BELOW: f32 = 7.0;

/// The column state of each line.
fn measures(source: &Source, flow: &Flow, below: &[bool]) -> Vec<u8> {
    let lines = &flow.lines;
    let changes = if flow.without_kinsoku { kinsoku::CHANGES } else { CHANGES };
    let mut best = [0f32; STATES];
    // For each line: which states were entered by a change, and the state it came from.
    let mut trail: Vec<(u128, u8)> = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let next = lines.get(i + 1);
        let parted = i > 0 && line.is_parted_from(&lines[i - 1]);
        let change = match parted {
            true => changes.at_blank,
            false if below[i] => BELOW,
            false => changes.elsewhere,
        };
        let from = cheapest(&best);
        let floor = best[from];
        let jump = floor + change;
        let stop = line_end(source.get(line.span)) == LineEnd::Stop;
        let need = next.map_or(1.0, |n| n.lead_in.max(0.5));
        let changed = dearer(&best, jump);
        for cost in &mut best {
            *cost = cost.min(jump);
        }
        let costs = line_costs(line, need, stop, flow.indent);
        for (best, cost) in best.iter_mut().zip(costs) {
            // Kept small, so that sums over a million lines stay exact.
            *best += cost - floor;
        }
        trail.push((changed, from as u8));
    }
    let mut state = cheapest(&best) as u8;
    let mut states = vec![OPEN as u8; lines.len()];
    for (i, (changed, from)) in trail.into_iter().enumerate().rev() {
        states[i] = state;
        if changed >> state & 1 == 1 {
            state = from;
        }
    }
    states
}

/// The states that cost more than this, a bit for each.
fn dearer(best: &[f32; STATES], than: f32) -> u128 {
    // Eight bits at a time, each where it belongs: that is done in a few instructions.
    let byte = |costs: &[f32]| {
        let bits = costs.iter().zip([1u32, 2, 4, 8, 16, 32, 64, 128]);
        bits.map(|(cost, bit)| if *cost > than { bit } else { 0 }).sum::<u32>()
    };
    best.chunks(8).enumerate().fold(0, |all, (n, costs)| all | u128::from(byte(costs)) << (8 * n))
}

/// The first of the states that have cost least.
fn cheapest(best: &[f32; STATES]) -> usize {
    let least = best.iter().fold(f32::INFINITY, |least, cost| if *cost < least { *cost } else { least });
    best.iter().position(|cost| *cost == least).expect("no cost is no number")
}

/// What a line costs in each state.
fn line_costs(line: &Line, need: f32, stop: bool, indent: f32) -> [f32; STATES] {
    let kept = if line.indent >= 0.8 { line.indent } else { 0.0 };
    let (least, most) = (line.extent.least + kept, line.extent.most + kept);
    // The states are rising measures: first those that the line is too wide for, then those that it
    // fills, then those that it falls short of.
    let mut costs = [if stop { SHORT_LAST } else { SHORT_OTHER }; STATES];
    let measure = |state: usize| NARROWEST + STEP * state as f32;
    let fits = states_below(least - 0.25);
    let short = states_below(most + need + TOLERANCE).max(fits);
    for (state, cost) in costs[..fits].iter_mut().enumerate() {
        *cost = TOO_WIDE + TOO_WIDE_PER_EM * (least - measure(state)).min(3.0);
    }
    for (state, cost) in (fits..).zip(&mut costs[fits..short]) {
        // Room left is spread over the line, room lacked is squeezed out of its punctuation.
        *cost = ROOM_PER_EM * (measure(state) - most).abs();
    }
    if kept == 0.0 {
        let set_in = states_below(most + indent - 0.5).max(short)..states_below(most + indent + 0.5 + NEXT).max(short);
        costs[set_in].fill(SHORT_INDENT);
    }
    costs[OPEN] = UNEXPLAINED;
    costs
}

/// The smallest measure above another one.
const NEXT: f32 = 1e-4;

/// How many states have a measure less than this, in ems.
fn states_below(measure: f32) -> usize {
    (((measure - NARROWEST) / STEP).ceil().max(0.0) as usize).min(MEASURES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use crate::press::Press;
    use crate::stage::drawn::{Drawn, FERRY, WHEAT, set, umi};

    pub(super) fn flow(text: &str) -> Flow {
        let input = crate::read(text.as_bytes(), None, &Options::default()).unwrap();
        let lines = crate::stage::columns::columns(
            &input.source,
            &input.pages,
            Language::Chinese,
            &Press::of(Language::Chinese),
        );
        measure(&input.source, lines, Language::Chinese)
    }

    #[test]
    fn each_column_has_its_measure() {
        let body = "春天来了河边的柳树又绿了孩子们在岸上放风筝".repeat(6) + "。";
        for measure in [12, 15, 21, 26] {
            let text = format!("{}{}", set(&body, measure), set(&body, measure));
            let flow = flow(&text);
            assert!(flow.columns.iter().any(|c| c.measure == Some(measure as f32)), "{measure}: {:?}", flow.columns);
            assert_eq!(flow.columns.len(), 1);
        }
        let text = format!("{}\n{}", set(&body, 12), set(&body, 21));
        let measures: Vec<_> = flow(&text).columns.iter().map(|c| c.measure).collect();
        assert_eq!(measures, [Some(12.0), Some(21.0)]);
    }

    #[test]
    fn lines_of_any_length_have_no_measure() {
        let text = "春天\n河边的柳树又绿了孩子们在岸上\n放风筝\n春天来了河边的\n绿\n孩子们在岸上放风筝春天来了河边的柳树\n河边\n";
        assert_eq!(flow(text).columns, [Column { measure: None, lines: 7 }]);
    }

    #[test]
    fn a_column_of_a_page_keeps_its_measure_to_its_foot() {
        let text = (set(FERRY, 16) + &set(WHEAT, 16)).repeat(4);
        let short = ["船票", "渡口的船", "水声", "旧木桥", "长椅和路灯", "热茶", "柳树", "风筝飞过", "茶", "雨"];
        let lines = text.lines().chain(short).zip((100i16..).step_by(30));
        let lines: Vec<Drawn> = lines.map(|(line, y)| (line, 100.0, f32::from(y), 20.0)).collect();
        let options = Options::default();
        let input = crate::read(umi(&lines).as_bytes(), None, &options).unwrap();
        let press = Press::of(Language::Chinese);
        let flow = crate::stage::flow(&input.source, &input.pages, Language::Chinese, &press, options.trust);
        assert!((0..flow.lines.len()).all(|i| flow.measure(i) == Some(16.0)), "{:?}", flow.columns);
    }
}
