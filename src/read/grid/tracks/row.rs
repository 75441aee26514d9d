//! The cheapest way for the cells of one row to stand on tracks.

use super::super::{Cell, GUTTER, INDENT, NAME, SPACE};
use super::track::{AWAY, Track, WERE_SET_IN};

/// Bounds of the room between two columns that a single space stands for, in ems. The program begins a new
/// line where there is more.
const NARROWEST_GUTTER: f32 = 0.5;
const WIDEST_GUTTER: f32 = 1.6;

/// Behind more spaces there is more room than this.
const WIDE_GUTTER: f32 = 1.2;

/// What it costs to open a track behind more spaces than one.
const OPEN_ANCHORED: f32 = 2.0;

/// To take a space for one between words costs next to nothing where the text says so.
const JOIN_CLOSE: f32 = 0.2;

/// That a text longer than a name goes on behind a space costs so much more, but for titles, which stand free.
const JOIN_LONG: f32 = 1.5;

/// What an em (squared) costs by which a place is out of the reach of the text before it; and at the most.
const MISS: f32 = 1.5;
const WORST: f32 = 9.0;

/// The text before a single space is a whole line of a column. Hardly one is narrower than this, in ems, but in a
/// table; what it costs to take a shorter text for one where the column shows no others.
const NARROWEST: f32 = 6.0;
const NARROW: f32 = 3.0;

/// Two cells of a row do not share a place: the second begins behind so much of the first.
const BEHIND: f32 = 0.7;
const NEVER: f32 = 1000.0;

/// A place that only a column tells is no further off than this, in ems.
const UNSURE: f32 = 8.0;

/// What a cell is.
#[derive(Clone, Copy)]
pub enum Choice {
    /// It goes on with a track, set in by so much; `were` says that the track's cells so far were.
    Goes { track: usize, set_in: f32, were: bool },
    /// It goes on with a track that only columns have told of so far, and tells its place.
    Moves { track: usize },
    /// It opens one.
    Opens,
    /// It belongs to the text before it.
    Joins,
}

/// A row up to a cell: what that costs, where the cell begins, and where it ends at the least and most.
#[derive(Clone, Copy)]
pub struct Step {
    cost: f32,
    pub x: f32,
    least: f32,
    most: f32,
    pub choice: Choice,
    from: usize,
}

impl Step {
    /// Where what stands behind a single space begins.
    fn behind(&self) -> f32 {
        (self.least + self.most) / 2.0 + GUTTER
    }

    /// The track that the cell goes on with.
    fn track(&self) -> Option<usize> {
        match self.choice {
            Choice::Goes { track, .. } | Choice::Moves { track } => Some(track),
            Choice::Opens | Choice::Joins => None,
        }
    }
}

/// What is known when a row is read.
pub struct Known<'a> {
    pub tracks: &'a [Track],
    /// Those that may go on here.
    pub open: &'a [usize],
    /// What it costs to open a track behind a single space, and to take the space for one between words.
    pub opens: f32,
    pub joins: f32,
    /// A blank line stands above or below.
    pub free: bool,
    /// Where a cell behind several spaces stands that opens a track, given where it may begin at least.
    pub new_place: &'a dyn Fn(&Cell, f32) -> f32,
}

/// What each cell of a row is, and where it begins; `leads` is the place of the first, if it is the first
/// column's.
pub fn row(cells: &[Cell], leads: Option<f32>, known: &Known) -> Vec<Step> {
    let margin = Step { cost: 0.0, x: f32::MIN, least: f32::MIN, most: f32::MIN, choice: Choice::Opens, from: 0 };
    let mut steps: Vec<Vec<Step>> = Vec::with_capacity(cells.len());
    for (n, cell) in cells.iter().enumerate() {
        let here = match leads {
            Some(x) if n == 0 => vec![step(cell, 0.0, x, Choice::Goes { track: 0, set_in: x, were: false }, 0)],
            _ => ways(cell, steps.last().map_or(&[margin], Vec::as_slice), known),
        };
        steps.push(here);
    }
    let mut at = steps.last().map_or(0, |last| cheapest(last));
    let mut row: Vec<Step> = Vec::with_capacity(cells.len());
    for here in steps.iter().rev() {
        row.push(here[at]);
        at = here[at].from;
    }
    row.reverse();
    row
}

fn cheapest(steps: &[Step]) -> usize {
    (0..steps.len()).min_by(|a, b| steps[*a].cost.total_cmp(&steps[*b].cost)).unwrap_or(0)
}

fn step(cell: &Cell, cost: f32, x: f32, choice: Choice, from: usize) -> Step {
    Step { cost, x, least: x + cell.extent.least, most: x + cell.extent.most, choice, from }
}

/// Every way for a cell behind those before it.
fn ways(cell: &Cell, before: &[Step], known: &Known) -> Vec<Step> {
    let mut here: Vec<Step> = Vec::with_capacity(2 * known.open.len() + 2);
    let from = cheapest(before);
    let likely = before[from];
    let narrow = |step: &Step| {
        let is_narrow = !cell.anchored && step.most - step.x < NARROWEST;
        let column = step.track().map(|t| &known.tracks[t]);
        is_narrow && !column.is_some_and(|column| column.is_narrow(cell.line, NARROWEST))
    };
    let narrow: Vec<f32> = before.iter().map(|b| if narrow(b) { NARROW } else { 0.0 }).collect();
    let mut stand = |x: f32, price: f32, choice: Choice| {
        let costs =
            before.iter().zip(&narrow).map(|(b, narrow)| b.cost + price + narrow + room(cell, b, x)).enumerate();
        if let Some((from, cost)) = costs.min_by(|a, b| a.1.total_cmp(&b.1)) {
            here.push(step(cell, cost, x, choice, from));
        }
    };
    for &t in known.open {
        let track = &known.tracks[t];
        if cell.anchored {
            for fit in track.fits(cell) {
                let x = track.x + fit.set_in - if fit.were { INDENT } else { 0.0 };
                stand(x, fit.cost, Choice::Goes { track: t, set_in: fit.set_in, were: fit.were });
            }
            continue;
        }
        let price = track.fits_single(cell);
        stand(track.x, price, Choice::Goes { track: t, set_in: 0.0, were: false });
        if track.may_be_set_in(cell) {
            stand(track.x - INDENT, price + WERE_SET_IN, Choice::Goes { track: t, set_in: 0.0, were: true });
        }
        let away = (likely.behind() - track.x).abs();
        let moves = !track.sure && away <= UNSURE && cell.width >= NAME;
        if moves && likely.track() != Some(t) {
            stand(likely.behind(), price + AWAY * away, Choice::Moves { track: t });
        }
    }
    if cell.anchored {
        let x = (known.new_place)(cell, likely.least + WIDE_GUTTER);
        stand(x, OPEN_ANCHORED, Choice::Opens);
    } else {
        stand(likely.behind(), known.opens, Choice::Opens);
        let price = match () {
            () if cell.goes_on => JOIN_CLOSE,
            () if cell.width < NAME && !cell.stops => known.joins,
            () if known.free => known.joins,
            () => known.joins + JOIN_LONG,
        };
        here.push(Step {
            cost: likely.cost + price,
            x: likely.x,
            least: likely.least + SPACE / 2.0 + cell.extent.least,
            most: likely.most + SPACE + cell.extent.most,
            choice: Choice::Joins,
            from,
        });
    }
    here
}

/// What it costs that a cell stands at a place behind some text.
fn room(cell: &Cell, before: &Step, x: f32) -> f32 {
    if x < before.x + BEHIND * (before.least - before.x) {
        return NEVER;
    }
    let away = if cell.anchored {
        (before.least + WIDE_GUTTER - x).max(0.0)
    } else {
        (before.least + NARROWEST_GUTTER - x).max(x - before.most - WIDEST_GUTTER).max(0.0)
    };
    (MISS * away * away).min(WORST)
}
