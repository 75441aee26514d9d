//! Rectangles on a page. No text in here.

/// A rectangle in page units, the origin at the top left, y growing downward.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x0: f32,
    /// Top edge.
    pub y0: f32,
    /// Right edge.
    pub x1: f32,
    /// Bottom edge.
    pub y1: f32,
}

impl Rect {
    /// Its width in page units.
    pub fn width(self) -> f32 {
        self.x1 - self.x0
    }

    /// Its height in page units.
    pub fn height(self) -> f32 {
        self.y1 - self.y0
    }

    /// True where it has no extent.
    pub fn is_empty(self) -> bool {
        self.x1 <= self.x0 || self.y1 <= self.y0
    }

    /// The height of its middle.
    pub fn middle(self) -> f32 {
        (self.y0 + self.y1) / 2.0
    }

    /// Whether a line that fills it runs from top to bottom; nothing where it is about as wide as high.
    pub fn runs_down(self) -> Option<bool> {
        let (long, short) = (self.height().max(self.width()), self.height().min(self.width()));
        (long > TELLING * short).then(|| self.height() > self.width())
    }

    /// The smallest rectangle that holds both.
    #[must_use]
    pub fn union(self, other: Rect) -> Rect {
        Rect {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// The room between two rectangles, across and along added up; 0 where they touch or overlap.
    pub fn distance(self, other: Rect) -> f32 {
        let apart = |a0: f32, a1: f32, b0: f32, b1: f32| (b0 - a1).max(a0 - b1).max(0.0);
        apart(self.x0, self.x1, other.x0, other.x1) + apart(self.y0, self.y1, other.y0, other.y1)
    }

    /// The share of the lower of two rectangles' heights that both cover.
    pub fn shared_height(self, other: Rect) -> f32 {
        let both = self.y1.min(other.y1) - self.y0.max(other.y0);
        both / self.height().min(other.height()).max(f32::MIN_POSITIVE)
    }

    /// How much of the narrower one's width two rectangles share; negative where they are apart.
    pub fn shared_width(self, other: Rect) -> f32 {
        let both = self.x1.min(other.x1) - self.x0.max(other.x0);
        both / self.width().min(other.width()).max(f32::MIN_POSITIVE)
    }

    /// The rectangle on a page turned so that vertical lines, read from right to left, become
    /// horizontal ones, read from top to bottom.
    #[must_use]
    pub fn turned(self) -> Rect {
        Rect { x0: self.y0, x1: self.y1, y0: -self.x1, y1: -self.x0 }
    }

    /// The rectangle that was [turned](Rect::turned).
    #[must_use]
    pub fn turned_back(self) -> Rect {
        Rect { x0: -self.y1, x1: -self.y0, y0: self.x0, y1: self.x1 }
    }
}

/// A box that is longer than wide by this factor tells which way its line runs.
const TELLING: f32 = 1.5;

/// So many boxes about one are looked at for its neighbours, and no more: rows of a page have fewer,
/// and a page whose boxes all lie in one place still ends.
pub const CROWD: usize = 2000;

/// The middle one of some figures; 0 of none.
pub fn median(figures: impl Iterator<Item = f32>) -> f32 {
    let mut figures: Vec<f32> = figures.collect();
    if figures.is_empty() {
        return 0.0;
    }
    let middle = figures.len() / 2;
    *figures.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// The figure at which half the weight of some figures is reached, each given with its own; figures of 0 and
/// less do not count. 0 of none.
pub fn weighted_median(figures: impl Iterator<Item = (f32, f32)>) -> f32 {
    let mut figures: Vec<(f32, f32)> = figures.filter(|(figure, _)| *figure > 0.0).collect();
    figures.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = figures.iter().map(|f| f.1).sum::<f32>() / 2.0;
    let mut sum = 0.0;
    let mut reached = figures.into_iter().skip_while(|(_, weight)| {
        sum += weight;
        sum < half
    });
    reached.next().map_or(0.0, |(figure, _)| figure)
}
