//! The gaps between what stands on a page, and how wide they are for what. All figures are in ems.

/// A stretch of an axis that nothing covers, in ems.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gap {
    pub(super) from: f32,
    pub(super) to: f32,
}

impl Gap {
    pub(super) fn width(&self) -> f32 {
        self.to - self.from
    }
}

/// The widest of some gaps.
pub(super) fn widest<'a>(gaps: impl IntoIterator<Item = &'a Gap>) -> f32 {
    gaps.into_iter().map(Gap::width).fold(0.0, f32::max)
}

/// Gutters are wider than this when boxes are shrunk.
pub(super) const GUTTER: f32 = 0.8;

/// Boxes are taken smaller by so much on each side: they touch where recognition or a character grid is inexact.
pub(super) const SHRUNK: f32 = 0.5;

/// Rows begin at one height in two columns where they do no further apart than this.
pub(super) const ONE_ROW: f32 = 0.7;

/// What bounds a gap begins or ends at its edge, to so small a fraction of an em.
pub(super) const EDGE: f32 = 0.1;

/// Pictures are so high: a gap of this width may be where one stands.
pub(super) const PICTURE: f32 = 5.0;

/// What lies from one height to below another, of what is in order.
pub(super) fn between(sorted: &[(f32, usize)], low: f32, high: f32) -> &[(f32, usize)] {
    let from = sorted.partition_point(|(at, _)| *at < low);
    let behind = &sorted[from..];
    &behind[..behind.partition_point(|(at, _)| *at < high)]
}
