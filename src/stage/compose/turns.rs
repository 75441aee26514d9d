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
    /// Whether each line holds a text behind a jump line; empty as well.
    led_in: Vec<bool>,
}

impl<'a> Turns<'a> {
    pub fn of(source: &'a Source, flow: &'a Flow, press: &'a Press) -> Turns<'a> {
        let lines: &[Line] = if flow.turns_pages() { &flow.lines } else { &[] };
        let jumps = press.jumps();
        let whole = lines.iter().map(|line| jumps.of_line(source.get(line.span)).map(|jump| jump.way));
        let before = lines.iter().map(|line| jumps.before(source.get(line.span)));
        let led_in = before.map(|found| found.is_some_and(|(_, jump)| jump.way == Way::In));
        Turns { source, flow, press, whole: whole.collect(), led_in: led_in.collect() }
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

    fn is_led_in(&self, i: usize) -> bool {
        self.led_in.get(i) == Some(&true)
    }

    /// A jump line opens line `i`, or is it.
    pub fn opens(&self, i: usize) -> bool {
        self.is_led_in(i) || self.whole(i, Way::In)
    }

    /// The text of line `i` comes from another page.
    pub fn takes_up(&self, i: usize) -> bool {
        self.is_led_in(i) || i > 0 && self.whole(i - 1, Way::In)
    }
}
