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

mod advertisements;
mod begins;
mod briefs;
mod cells;
mod counted;
mod echo;
mod edge;
mod habits;
mod joins;
mod lattice;
pub mod lesson;
mod marks;
mod regular;
mod rows;
mod running;
mod shape;
mod speakers;
mod state;
mod stated;
mod title;
mod turns;
mod weigh;

use crate::evidence::{Decision, DecisionKind, Signal, Trace};
use crate::flow::{Cast, Composed, Flow, Line, Seam, SeamKind};
use crate::options::Trust;
use crate::press::Press;
use crate::role::Role;
use crate::source::Source;
use crate::text::continuity::model;
use crate::text::ends::LineEnd;
use crate::text::item::is_numbered;
use crate::text::language::Language;
use lattice::Lattice;
use shape::Shape;
use state::{Kind, STATES, State};
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
    let habits = habits::habits(&flow, &shapes);
    let scene = Scene { flow: &flow, shapes: &shapes, habits, language, model, trust };
    let mut composed = Composed::default();
    for range in stretches(&flow, &shapes) {
        solve(&scene, range, &mut composed);
    }
    cells::join_rows(&flow, &mut composed);
    resume(&scene, &mut composed);
    record(&scene, &composed, trace);
    let numbered = |(line, shape): (&Line, &Shape)| shape.counted || is_numbered(source.get(line.span));
    composed.numbered = flow.lines.iter().zip(&shapes).map(numbered).collect();
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

/// Finds the likeliest states of some lines and the margins.
fn solve(scene: &Scene, range: std::ops::Range<usize>, composed: &mut Composed) {
    let lattice = Lattice::of::<f32>(scene, range.clone());
    // Both sums grow with the stretch; only their differences within a line count.
    for (through, line) in lattice.through().into_iter().zip(range) {
        let best = (0..STATES).max_by(|a, b| through[*a].total_cmp(&through[*b])).expect("there are states");
        let state = State::at(best);
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
