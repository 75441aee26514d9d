//! Where jump lines cut the text of a document of several pages.

use crate::flow::{Flow, Line};
use crate::press::Press;
use crate::press::jump::Way;
use crate::source::Source;

/// The jump lines of a document.
pub struct Turns<'a> {
    source: &'a Source,
    flow: &'a Flow,
    press: &'a Press,
    /// The way of each line that is a jump line; empty where no text turns to another page.
    whole: Vec<Option<Way>>,
}

impl<'a> Turns<'a> {
    pub fn of(source: &'a Source, flow: &'a Flow, press: &'a Press) -> Turns<'a> {
        let lines: &[Line] = if flow.turns_pages() { &flow.lines } else { &[] };
        let whole = lines.iter().map(|line| press.jumps().of_line(source.get(line.span)).map(|jump| jump.way));
        Turns { source, flow, press, whole: whole.collect() }
    }

    fn whole(&self, i: usize, way: Way) -> bool {
        self.whole.get(i) == Some(&Some(way))
    }

    /// The text is cut off at line `i`: a jump line ends it, or stands below it.
    pub fn cut_off(&self, i: usize) -> bool {
        let line = &self.flow.lines[i];
        !self.whole.is_empty() && {
            let behind = self.press.jumps().behind(self.source.get(line.span));
            behind.is_some_and(|(_, jump)| jump.way == Way::Out)
                || self.flow.lines.get(i + 1).is_some_and(|next| next.page == line.page) && self.whole(i + 1, Way::Out)
        }
    }

    fn opens_text(&self, i: usize) -> bool {
        !self.whole.is_empty() && {
            let before = self.press.jumps().before(self.source.get(self.flow.lines[i].span));
            before.is_some_and(|(_, jump)| jump.way == Way::In)
        }
    }

    /// Whether line `i` opens with a jump line, or is one; and whether its text comes from another page.
    pub fn opens(&self, i: usize) -> [bool; 2] {
        let text = self.opens_text(i);
        [text || self.whole(i, Way::In), text || i > 0 && self.whole(i - 1, Way::In)]
    }
}
