//! Sets a page straight that was scanned at a slant.
//!
//! The lines of a column begin, and end, one below the other, and lines of columns side by side stand at
//! one height. The angle at which most of them do is the page's: a tenth of a degree moves the far end
//! of a column by less than a tenth of an em. What engines write down is the upright box about a slanted
//! line; how long and high the line is follows from the angle.

use crate::geometry::{Rect, median, weighted_median};
use crate::page::Page;
use crate::source::{Source, Span};
use crate::text::width::width;
use std::borrow::Cow;

/// The largest slant that is looked for, in degrees; scans that lie worse are turned by hand.
const STEEPEST: f32 = 6.0;

/// Steps of the search: the first finds the angle, each one after makes it finer.
const STEPS: [f32; 3] = [0.5, 0.125, 0.04];

/// Edges no further apart than this, in ems, are in one place; half of it where the angle is nearly known.
const PLACE: f32 = 0.5;

/// A page is slanted where so many times as many edges meet at an angle as meet without it, and for each
/// line so many more.
const BETTER: f32 = 1.12;
const MORE: f32 = 0.5;

/// Of few lines, more: they meet at some angle by chance.
const FEW: f32 = 3.0;

/// A smaller slant, in degrees, is what boxes are uneven by.
const NOTABLE: f32 = 0.25;

/// Fewer boxes tell no angle; more than these tell it no better.
const FEWEST: usize = 12;
const ENOUGH: usize = 160;

/// The page with its boxes as they stood on the paper, or as it is where it lies straight.
pub fn straight<'a>(source: &Source, page: &'a Page) -> Cow<'a, Page> {
    let states = page.runs.iter().any(|r| r.slant.is_some());
    let angle = if page.reckoned { 0.0 } else { slant(source, page, states) };
    if angle == 0.0 && !states {
        return Cow::Borrowed(page);
    }
    let turn = Turn::by(angle);
    let mut page = page.clone();
    for run in &mut page.runs {
        let own = states.then(|| run.slant.unwrap_or(0.0));
        run.rect = run.rect.map(|r| turn.undone(r, own));
    }
    let regions = page.regions.iter_mut().filter_map(|r| r.rect.as_mut());
    for rect in regions.chain(page.ink.iter_mut().map(|i| &mut i.rect)) {
        *rect = turn.undone(*rect, None);
    }
    Cow::Owned(page)
}

/// By how many degrees a page's lines fall toward the right; 0 where it lies straight. `states` says that
/// boxes state their own slant.
fn slant(source: &Source, page: &Page, states: bool) -> f32 {
    let sound = |r: &Rect| !r.is_empty() && [r.x0, r.y0, r.x1, r.y1].iter().all(|n| n.abs() < 1e6);
    let long = |r: Rect| r.width().max(r.height());
    // The box about the words of a line lies as the line does.
    let mut lines: Vec<(Rect, Option<f32>, Span)> = Vec::new();
    for runs in page.lines() {
        let rect = runs.iter().filter_map(|r| r.rect.filter(sound)).reduce(Rect::union);
        let span = runs[0].span.through(runs[runs.len() - 1].span);
        let own = states.then(|| runs[0].slant.unwrap_or(0.0));
        lines.extend(rect.map(|rect| (rect, own, span)));
    }
    let stated = stated(lines.iter().map(|l| (l.1.unwrap_or(0.0), long(l.0))));
    if lines.len() > ENOUGH {
        lines.select_nth_unstable_by(ENOUGH, |a, b| long(b.0).total_cmp(&long(a.0)).then(a.2.cmp(&b.2)));
        lines.truncate(ENOUGH);
    }
    if lines.len() < FEWEST {
        return stated.unwrap_or(0.0);
    }
    let boxes: Vec<(Rect, Option<f32>)> = lines.iter().map(|(rect, own, _)| (*rect, *own)).collect();
    let texts = lines.iter().map(|(rect, _, span)| (rect, width(source.get(*span)).middle()));
    let em = median(texts.filter(|(_, text)| *text >= 1.0).map(|(r, text)| (r.width() * r.height() / text).sqrt()));
    if em <= 0.0 {
        return 0.0;
    }
    let mut edges = Edges { boxes, em, counts: [[0; BINS]; 4] };
    let found = edges.angle(stated);
    let (with, without) = (edges.meeting(found, PLACE / 2.0), edges.meeting(0.0, PLACE / 2.0));
    let count = edges.boxes.len() as f32;
    let asked = if stated.is_none() { (BETTER + FEW / count) * without + MORE * count } else { without };
    if found.abs() >= NOTABLE && with >= asked { found } else { 0.0 }
}

/// The slant at which most boxes say that they lie, each counted by its length; none where most lie straight,
/// or so that the page cannot.
fn stated(slants: impl Iterator<Item = (f32, f32)>) -> Option<f32> {
    // Figures must not be negative to have a weighted median.
    const STRAIGHT: f32 = 90.0;
    let slants: Vec<(f32, f32)> = slants.collect();
    let slant = weighted_median(slants.iter().map(|(slant, length)| (STRAIGHT + slant, *length))) - STRAIGHT;
    // One long line at a slant is a headline's whim.
    let alike = slants.iter().filter(|(own, _)| own.signum() == slant.signum() && own.abs() >= NOTABLE / 2.0).count();
    let most = alike * 3 >= slants.len() * 2;
    ((NOTABLE..=STEEPEST).contains(&slant.abs()) && most).then_some(slant)
}

/// Places on the page are told apart by their number modulo this.
const BINS: usize = 512;

/// Their numbers begin so far off the page that none is negative.
const FAR: f32 = 65_536.0;

/// No angle is the page's at which more boxes than one in so many could not be what they are.
const FEW_CANNOT: usize = 8;

/// The edges of a page's boxes.
struct Edges {
    /// Each with the slant of its own, where boxes state one.
    boxes: Vec<(Rect, Option<f32>)>,
    em: f32,
    counts: [[u16; BINS]; 4],
}

impl Edges {
    /// The angle at which most edges meet: near the one that boxes state, or of all that are looked for.
    fn angle(&mut self, stated: Option<f32>) -> f32 {
        let (mut found, mut reach) = stated.map_or((0.0, STEEPEST), |angle| (angle, STEPS[0]));
        for step in STEPS.into_iter().skip(usize::from(stated.is_some())) {
            // However fine it is made, it stays a slant that is none.
            if found.abs() + reach < NOTABLE {
                break;
            }
            let place = if step == STEPS[0] { PLACE } else { PLACE / 2.0 };
            let steps = (reach / step).round() as i32;
            let from = found;
            let mut most = self.meeting(found, place);
            let angles = (-steps..=steps).filter(|n| *n != 0).map(|n| from + step * n as f32);
            for angle in angles.filter(|a| a.abs() <= STEEPEST) {
                let meeting = self.meeting(angle, place);
                // Of angles that are as good, the smaller one.
                if meeting > most || meeting == most && angle.abs() < found.abs() {
                    (found, most) = (angle, meeting);
                }
            }
            reach = step;
        }
        found
    }

    /// How many pairs of edges meet where the page is slanted by an angle. Edges meet no further apart
    /// than `place` ems.
    fn meeting(&mut self, angle: f32, place: f32) -> f32 {
        let turn = Turn::by(angle);
        let cannot = self.boxes.iter().filter(|(rect, own)| own.is_none() && !turn.may_be(*rect)).count();
        if cannot * FEW_CANNOT > self.boxes.len() {
            return 0.0;
        }
        let places = 1.0 / (place * self.em);
        for counts in &mut self.counts {
            counts.fill(0);
        }
        for (rect, own) in &self.boxes {
            let straight = turn.undone(*rect, *own);
            let edges = [straight.x0, straight.x1, straight.y0, straight.y1];
            for (counts, edge) in self.counts.iter_mut().zip(edges) {
                counts[(edge * places + FAR) as usize % BINS] += 1;
            }
        }
        // Edges in neighbouring places may be close too.
        let pairs = |counts: &[u16; BINS]| {
            let next = counts.iter().skip(1).chain(&counts[..1]);
            counts.iter().zip(next).map(|(n, next)| u32::from(*n) * u32::from(n + next)).sum::<u32>()
        };
        self.counts.iter().map(pairs).sum::<u32>() as f32
    }
}

/// A turn of the paper about the page's origin, clockwise.
#[derive(Clone, Copy)]
struct Turn {
    sin: f32,
    cos: f32,
}

impl Turn {
    fn by(degrees: f32) -> Turn {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Turn { sin, cos }
    }

    /// The box of a line before the turn, told from the upright box about it after. The line itself may be
    /// known to lie at a slant of its `own`: paper that is bent, or seen from the side, has many.
    fn undone(&self, rect: Rect, own: Option<f32>) -> Rect {
        let Turn { sin, cos } = *self;
        let (x, y) = ((rect.x0 + rect.x1) / 2.0, rect.middle());
        let (x, y) = (x * cos + y * sin, y * cos - x * sin);
        let (width, height) = own.map_or(*self, Turn::by).sides(rect);
        Rect { x0: x - width / 2.0, x1: x + width / 2.0, y0: y - height / 2.0, y1: y + height / 2.0 }
    }

    /// True where an upright box may be that about a line that was turned so: it is as high at least as the
    /// line's ends are apart.
    fn may_be(&self, around: Rect) -> bool {
        let (long, short) = (around.width().max(around.height()), around.width().min(around.height()));
        short * self.cos - long * self.sin.abs() >= LEAST * short
    }

    /// Width and height of a line, told from the upright box about it: that is wide by the line's width
    /// and, slanted, by its height; high likewise.
    fn sides(self, around: Rect) -> (f32, f32) {
        let (sin, cos) = (self.sin.abs(), self.cos);
        let (wide, high) = (around.width(), around.height());
        let both = cos * cos - sin * sin;
        (((wide * cos - high * sin) / both).max(wide * LEAST), ((high * cos - wide * sin) / both).max(high * LEAST))
    }
}

/// Nor is a line lower than this share of the box about it, even where an engine cuts its boxes closer.
const LEAST: f32 = 0.2;
