//! Gives every line its role and every seam between two lines its kind, together: a short line is a
//! paragraph's last line or a headline, and only its neighbours and their seams can tell.
//!
//! One dynamic program over the flow finds the likeliest states; run in both directions it also
//! tells by what margin each decision was won.
//!
//! ```text
//! 防控各项工作抓紧抓细抓             ┐
//! 实。                               ┘ join: `实。` would not have fitted
//!
//! 会议还研究了其他事项。             paragraph: the line before it is short
//!
//! 区政府召开第99次常务会议           title: short, no stop, stands alone
//! 何庆主持                           title: a line of its own below a headline
//! ```

mod echo;
mod rows;
mod shape;
mod state;
mod stated;
mod title;
mod weigh;

use crate::evidence::{Decision, DecisionKind, Signal, Trace};
use crate::flow::{Cast, Composed, Flow, Holds, Seam, SeamKind};
use crate::options::Trust;
use crate::press::Press;
use crate::role::Role;
use crate::source::Source;
use crate::text::continuity::model;
use crate::text::ends::LineEnd;
use crate::text::language::Language;
use shape::Shape;
use state::{KINDS, Kind, STATES, State};
use weigh::Scene;

/// Decides roles and seams.
///
/// What the file states of its regions is weighed, or binds where it is to be trusted.
pub fn compose(
    source: &Source,
    flow: Flow,
    press: &Press,
    language: Language,
    trust: Trust,
    trace: &mut Trace,
) -> Composed {
    let model = model(language, &source.text);
    let shapes = shape::shapes(source, &flow, press, language, model);
    let habits = shape::habits(&flow, &shapes);
    let scene = Scene { flow: &flow, shapes: &shapes, habits, language, model, trust };
    let mut composed = Composed::default();
    for range in stretches(&flow, &shapes) {
        solve(&scene, range, &mut composed);
    }
    resume(&scene, &mut composed);
    record(&scene, &composed, trace);
    composed.flow = flow;
    composed
}

/// Lines that the dynamic program takes at once. A page has hundreds; a dump without page breaks may
/// have millions, and is cut at a place where no text can go on.
const STRETCH: usize = 6000;

fn stretches(flow: &Flow, shapes: &[Shape]) -> Vec<std::ops::Range<usize>> {
    let mut cuts = Vec::new();
    let mut start = 0;
    while flow.lines.len() - start > STRETCH {
        let clear = |i: &usize| {
            let page_turns = flow.lines[*i].page != flow.lines[i - 1].page;
            let ended = shapes[i - 1].end == LineEnd::Stop;
            ended && (page_turns || flow.lines[*i].blanks > 0) && shapes[i - 1].fill == shape::Fill::Short
        };
        let last = start + STRETCH;
        let cut = (last - STRETCH / 4..last).rev().find(clear).unwrap_or(last);
        cuts.push(start..cut);
        start = cut;
    }
    cuts.push(start..flow.lines.len());
    cuts
}

const SHUT: f32 = f32::NEG_INFINITY;

/// The scores of one line, before the paths through them are compared.
#[derive(Clone)]
struct Scores {
    /// To be in a state that opens a block.
    begins: [f32; STATES],
    /// To go on a block of each kind, from its first line and from a later one.
    goes: [[f32; 2]; KINDS.len()],
    /// To leave each state of the line before.
    leaves: [f32; STATES],
}

fn scores(scene: &Scene, i: usize, first: bool) -> Scores {
    let mut s = Scores { begins: [SHUT; STATES], goes: [[SHUT; 2]; KINDS.len()], leaves: [0.0; STATES] };
    for (index, begins) in s.begins.iter_mut().enumerate() {
        let state = State::at(index);
        if !state.goes_on() && scene.open(state, i) {
            *begins = 0.0;
            scene.begins(state, i, begins);
        }
    }
    if !first {
        // A name goes on with nothing.
        let kinds = KINDS.into_iter().enumerate().filter(|_| scene.flow.lines[i].holds != Holds::Label);
        for (k, kind) in kinds {
            for (of, goes) in s.goes[k].iter_mut().enumerate() {
                *goes = 0.0;
                scene.joins(kind, i - 1, i, of == 0, goes);
            }
        }
        s.leaves = leaves(scene, i - 1);
    }
    s
}

fn leaves(scene: &Scene, i: usize) -> [f32; STATES] {
    let mut out = [0.0; STATES];
    for (index, leave) in out.iter_mut().enumerate() {
        match State::at(index) {
            State::First(kind) => scene.ends(kind, i, true, leave),
            State::Goes(kind) => scene.ends(kind, i, false, leave),
            State::Single(_) => {}
        }
    }
    out
}

/// What the passage from each state to each other says, wherever it is: after a line that ends in
/// mid-sentence, and after one that does not.
struct Passages([[[f32; STATES]; STATES]; 2]);

impl Passages {
    fn new() -> Self {
        let mut tables = [[[0.0; STATES]; STATES]; 2];
        for (finished, table) in tables.iter_mut().enumerate() {
            for (a, row) in table.iter_mut().enumerate() {
                for (b, cell) in row.iter_mut().enumerate() {
                    Scene::follows(State::at(a), State::at(b), finished == 1, cell);
                }
            }
        }
        Passages(tables)
    }

    fn after(&self, shape: &Shape) -> &[[f32; STATES]; STATES] {
        &self.0[usize::from(shape.end == LineEnd::Stop)]
    }
}

/// Finds the likeliest states of some lines and the margins.
fn solve(scene: &Scene, range: std::ops::Range<usize>, composed: &mut Composed) {
    if range.is_empty() {
        return;
    }
    let passages = Passages::new();
    let all: Vec<Scores> = range.clone().map(|i| scores(scene, i, i == range.start)).collect();
    let n = all.len();
    // The best score of a path from the start to each state of each line, and from there to the end.
    let mut ahead = vec![[SHUT; STATES]; n];
    ahead[0] = all[0].begins;
    for i in 1..n {
        let (done, rest) = ahead.split_at_mut(i);
        step(&done[i - 1], &all[i], passages.after(&scene.shapes[range.start + i - 1]), &mut rest[0]);
    }
    let mut behind = vec![[0f32; STATES]; n];
    behind[n - 1] = leaves(scene, range.end - 1);
    for i in (0..n - 1).rev() {
        let (head, tail) = behind.split_at_mut(i + 1);
        step_back(&tail[0], &all[i + 1], passages.after(&scene.shapes[range.start + i]), &mut head[i]);
    }
    // Both sums grow with the stretch; only their differences within a line count.
    for i in 0..n {
        let through: [f32; STATES] = std::array::from_fn(|s| ahead[i][s] + behind[i][s]);
        let best = (0..STATES).max_by(|a, b| through[*a].total_cmp(&through[*b])).expect("there are states");
        let state = State::at(best);
        let line = range.start + i;
        let furniture = scene.furniture(line);
        let cast = state.cast(furniture);
        let rival = |keep: &dyn Fn(State) -> bool| {
            let rivals = (0..STATES).filter(|s| keep(State::at(*s)));
            rivals.max_by(|a, b| through[*a].total_cmp(&through[*b])).unwrap_or(best)
        };
        let other_role = rival(&|s: State| s.cast(furniture) != cast);
        let other_seam = rival(&|s: State| s.goes_on() != state.goes_on());
        let margin = |other: usize| (through[best] - through[other]).min(99.0);
        composed.casts.push(cast);
        composed.rivals.push(State::at(other_role).cast(furniture));
        composed.sure.push(margin(other_role));
        composed.seams.push(Seam {
            kind: if state.goes_on() { SeamKind::Join } else { SeamKind::Break },
            margin: margin(other_seam),
            after: line.saturating_sub(1) as u32,
        });
    }
}

fn step(from: &[f32; STATES], line: &Scores, table: &[[f32; STATES]; STATES], to: &mut [f32; STATES]) {
    for b in 0..STATES {
        to[b] = match State::at(b) {
            State::Goes(_) => {
                let k = b - KINDS.len();
                (from[k] + line.goes[k][0]).max(from[b] + line.goes[k][1])
            }
            _ if line.begins[b] == SHUT => SHUT,
            _ => {
                let best = (0..STATES).map(|a| from[a] + line.leaves[a] + table[a][b]).fold(SHUT, f32::max);
                best + line.begins[b]
            }
        };
    }
}

fn step_back(next: &[f32; STATES], line: &Scores, table: &[[f32; STATES]; STATES], out: &mut [f32; STATES]) {
    for a in 0..STATES {
        let opens = (0..STATES).map(|b| table[a][b] + line.begins[b] + next[b]).fold(SHUT, f32::max);
        let mut best = opens + line.leaves[a];
        let goes = |k: usize, of: usize| line.goes[k][of] + next[KINDS.len() + k];
        match State::at(a) {
            State::First(_) => best = best.max(goes(a, 0)),
            State::Goes(_) => best = best.max(goes(a - KINDS.len(), 1)),
            State::Single(_) => {}
        }
        out[a] = best;
    }
}

/// Carries a sentence across what interrupts it: a page's foot and head, a note, a caption.
fn resume(scene: &Scene, composed: &mut Composed) {
    let body = Cast::Role(Role::Paragraph);
    // The last body line, and whether something other than interruptions came since.
    let mut open: Option<usize> = None;
    for i in 0..composed.casts.len() {
        let cast = composed.casts[i];
        if cast == body {
            let interrupted = open.is_some_and(|a| a + 1 < i) && composed.seams[i].kind == SeamKind::Break;
            if let (true, Some(a)) = (interrupted, open) {
                let first = composed.seams[a].kind == SeamKind::Break;
                let (mut join, mut apart) = (0f32, 0f32);
                scene.joins(Kind::Body, a, i, first, &mut join);
                scene.ends(Kind::Body, a, first, &mut apart);
                composed.seams[i].margin = (join - apart).abs();
                if join > apart {
                    composed.seams[i].kind = SeamKind::Join;
                    composed.seams[i].after = a as u32;
                }
            }
            open = Some(i);
        } else {
            let interrupts = match cast {
                Cast::Role(role) => {
                    role.is_furniture() || matches!(role, Role::Footnote | Role::Caption | Role::Credit)
                }
                Cast::Title => false,
            };
            if !interrupts {
                open = None;
            }
        }
    }
}

/// Records how the seam before each line, and the role of each block, was decided.
fn record(scene: &Scene, composed: &Composed, trace: &mut Trace) {
    for i in 0..composed.casts.len() {
        let (seam, here) = (composed.seams[i], scene.state(composed, i));
        let at = scene.flow.lines[i].span.start;
        if i > 0 && trace.wants(seam.margin) {
            let joined = seam.kind == SeamKind::Join;
            let choice = if joined { ["join", "break"] } else { ["break", "join"] };
            let signals = seam_signals(scene, composed, i, here);
            let behind = Some(scene.flow.lines[seam.after as usize].span);
            let decision = Decision::of(DecisionKind::Seam, at, choice, seam.margin, signals);
            trace.decisions.push(Decision { behind, ..decision });
        }
        if !here.goes_on() && trace.wants(composed.sure[i]) {
            let mut signals = Vec::new();
            scene.begins(here, i, &mut signals);
            let choice = [composed.casts[i].name(), composed.rivals[i].name()];
            trace.decisions.push(Decision::of(DecisionKind::Role, at, choice, composed.sure[i], signals));
        }
    }
}

/// What spoke for the seam before line `i` as it was decided (positive), and what against it.
fn seam_signals(scene: &Scene, composed: &Composed, i: usize, here: State) -> Vec<(Signal, f32)> {
    let a = composed.seams[i].after as usize;
    let before = scene.state(composed, a);
    let first = composed.seams[a].kind == SeamKind::Break;
    let (mut join, mut apart) = (Vec::new(), Vec::new());
    if let (State::Goes(kind), _) | (_, State::First(kind) | State::Goes(kind)) = (here, before) {
        scene.joins(kind, a, i, first, &mut join);
        scene.ends(kind, a, first, &mut apart);
    }
    if !here.goes_on() {
        Scene::follows(before, here, scene.shapes[a].end == LineEnd::Stop, &mut apart);
    }
    let (mut signals, against) = if here.goes_on() { (join, apart) } else { (apart, join) };
    signals.extend(against.into_iter().map(|(signal, counted)| (signal, -counted)));
    signals
}
