//! Where jump lines cut the text of a document of several pages.

use crate::flow::{Flow, Line};
use crate::press::Press;
use crate::press::jump::{Jump, Way};
use crate::source::Source;

/// The jump lines of a document.
pub struct Turns<'a> {
    flow: &'a Flow,
    /// What each line holds of jump lines; empty where no text turns to another page.
    lines: Vec<Held>,
}

/// What a line holds.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    /// It is a jump line.
    whole: Option<Way>,
    /// It opens with one that says where its text came from; it ends with one that says where it goes.
    led_in: bool,
    led_out: bool,
}

impl<'a> Turns<'a> {
    pub fn of(source: &Source, flow: &'a Flow, press: &Press) -> Turns<'a> {
        let lines: &[Line] = if flow.turns_pages() { &flow.lines } else { &[] };
        let jumps = press.jumps();
        let held = |line: &Line| {
            let text = source.get(line.span);
            if !jumps.speak(text) {
                return Held::default();
            }
            let points = |found: Option<(usize, Jump)>, way| found.is_some_and(|(_, jump)| jump.way == way);
            Held {
                whole: jumps.of_line(text).map(|jump| jump.way),
                led_in: points(jumps.before(text), Way::In),
                led_out: points(jumps.behind(text), Way::Out),
            }
        };
        Turns { flow, lines: lines.iter().map(held).collect() }
    }

    fn held(&self, i: usize) -> Held {
        self.lines.get(i).copied().unwrap_or_default()
    }

    /// The text is cut off at line `i`: a jump line ends it, or stands below it.
    pub fn cut_off(&self, i: usize) -> bool {
        let lines = &self.flow.lines;
        let below = || lines.get(i + 1).is_some_and(|next| next.page == lines[i].page);
        self.held(i).led_out || self.held(i + 1).whole == Some(Way::Out) && below()
    }

    /// A jump line opens line `i`, or is it.
    pub fn opens(&self, i: usize) -> bool {
        self.held(i).led_in || self.held(i).whole == Some(Way::In)
    }

    /// The text of line `i` comes from another page.
    pub fn takes_up(&self, i: usize) -> bool {
        self.held(i).led_in || i > 0 && self.held(i - 1).whole == Some(Way::In)
    }
}
