//! Which seams part what the page says elsewhere.

use crate::flow::Flow;
use crate::source::Source;
use crate::text::phrases::Phrases;

/// Lines that are one page's, or as many pages' as are looked at together.
const TOGETHER: usize = 4096;

/// For each line, how many of the two phrases of three characters across the seam before it stand
/// within some line.
pub fn echoes(source: &Source, flow: &Flow) -> Vec<u8> {
    let mut counts = Vec::with_capacity(flow.lines.len());
    for lines in flow.lines.chunks(TOGETHER) {
        let text = |i: usize| source.get(lines[i].span);
        let said = Phrases::of((0..lines.len()).map(text));
        counts.push(0);
        counts.extend((1..lines.len()).map(|i| said.across(text(i - 1), text(i))));
    }
    counts
}
