//! A line in the making: what stands in it is known only when the format ends it.

use super::stated::Regions;
use super::text::TextBuilder;
use super::xml::push_text;
use crate::geometry::Rect;
use crate::page::Region;
use crate::role::Role;

/// The words of one line of a format. Its memory is kept from line to line.
#[derive(Default)]
pub struct Line {
    rect: Option<Rect>,
    region: Option<Region>,
    /// The words' texts, one after the other.
    text: String,
    words: Vec<Word>,
}

struct Word {
    start: usize,
    end: usize,
    rect: Option<Rect>,
    sure: Option<f32>,
    /// True of text that the format has beside the words.
    loose: bool,
}

impl Line {
    /// Begins a line: what was gathered and not written is forgotten.
    pub fn start(&mut self, rect: Option<Rect>, region: Option<Region>) {
        self.text.clear();
        self.words.clear();
        (self.rect, self.region) = (rect, region);
    }

    /// States the place of a line whose words are gathered already.
    pub fn place(&mut self, rect: Option<Rect>, region: Option<Region>) {
        (self.rect, self.region) = (rect, region);
    }

    /// Adds a word, of which more text may follow.
    pub fn word(&mut self, text: &str, rect: Option<Rect>, sure: Option<f32>) {
        self.part(rect, sure, false);
        self.append(text);
    }

    /// Adds text that stands in the line but in no word of it.
    pub fn loose(&mut self, text: &str) {
        if !self.words.last().is_some_and(|word| word.loose) {
            if text.trim().is_empty() {
                return;
            }
            self.part(None, None, true);
        }
        self.append(text);
    }

    /// Says what the line is.
    pub fn say(&mut self, role: Role) {
        self.region = Some(Region { role: Some(role), ..self.region.unwrap_or_default() });
    }

    fn part(&mut self, rect: Option<Rect>, sure: Option<f32>, loose: bool) {
        let at = self.text.len();
        self.words.push(Word { start: at, end: at, rect, sure, loose });
    }

    /// Adds to the text of the last word.
    pub fn append(&mut self, text: &str) {
        if self.words.is_empty() {
            self.part(None, None, false);
        }
        push_text(&mut self.text, text);
        if let Some(word) = self.words.last_mut() {
            word.end = self.text.len();
        }
    }

    /// Adds what is printed at the end of the last word and has a box of its own.
    pub fn tail(&mut self, text: &str, rect: Option<Rect>) {
        match self.words.last_mut() {
            Some(word) => {
                word.rect = word.rect.map(|r| rect.map_or(r, |tail| r.union(tail)));
                self.append(text);
            }
            None => self.word(text, rect, None),
        }
    }

    /// Gives the last word its text by another level, should it have none yet.
    pub fn or_append(&mut self, text: &str) {
        let start = self.words.last().map_or(0, |word| word.start);
        if self.text[start..].trim().is_empty() {
            self.append(text);
        }
    }

    /// Writes the line, if there is text in it, and begins another. Where no word has a box but the
    /// line has, the words are written as one piece.
    pub fn write(&mut self, out: &mut TextBuilder, regions: &mut Regions) {
        if !self.text.trim().is_empty() {
            self.take_once();
            regions.line_in(out, self.region);
            if self.rect.is_some() && self.words.iter().all(|word| word.rect.is_none()) {
                let texts: Vec<_> = self.words().map(|(text, _)| text).collect();
                out.line(&texts.join(" "), self.rect, None);
            } else {
                out.start_line();
                self.words().for_each(|(text, word)| out.word(text, word.rect, word.sure));
            }
        }
        self.start(None, None);
    }

    /// Takes text once that stands both before the words and in them. Where the words are only its
    /// beginning, the file was cut off among them and the text has all.
    fn take_once(&mut self) {
        let Some((first, words)) = self.words.split_first().filter(|(first, _)| first.loose) else { return };
        if words.is_empty() || words.iter().any(|word| word.loose) {
            return;
        }
        let bare = |text: &'_ str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let (whole, parts) = (bare(&self.text[first.start..first.end]), bare(&self.text[first.end..]));
        if whole == parts {
            self.words.remove(0);
        } else if whole.starts_with(&parts) {
            self.words.truncate(1);
        }
    }

    /// The words that have text.
    fn words(&self) -> impl Iterator<Item = (&str, &Word)> {
        let words = self.words.iter().map(|word| (self.text[word.start..word.end].trim_matches(' '), word));
        words.filter(|(text, _)| !text.is_empty())
    }
}
