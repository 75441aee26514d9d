//! Does text B continue text A? Asked of a character n-gram model of each language.
//!
//! The model says how much likelier the first characters of B are behind the last ones of A than
//! they are anywhere: the logarithm of that ratio is above 0 where the two belong together. What was not met
//! behind three characters is looked for behind two, and so on (back-off with absolute discounting, Ney, Essen
//! and Kneser 1994), over the n-grams alone that tell more than shorter ones do (`counts`).
//!
//! What the counts were made from stands in `SOURCES.md` beside this file; the program that makes
//! them is `examples/train.rs`.

pub mod counts;
pub mod table;

use super::class::{Class, class};
use super::language::Language;
use std::ops::RangeInclusive;
use table::{Gram, LONGEST, Table};

/// Stands for a paragraph's edge.
pub const BOUNDARY: char = '\n';

/// Characters on either side of a boundary that the model looks at.
const REACH: usize = LONGEST - 1;

/// Characters of a text that are looked at for so many signs.
const FAR: usize = 12;

/// How text is spelled for counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// Spaces say nothing.
    Unspaced,
    /// Spaces part words.
    Spaced,
}

/// A model that was counted.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    /// Its name, an IETF language tag; its files are called so.
    pub name: &'static str,
    /// How it spells.
    pub spelling: Spelling,
    table: Table,
}

macro_rules! models {
    ($($constant:ident $name:literal $spelling:ident;)*) => {
        $(static $constant: Model = Model {
            name: $name,
            spelling: Spelling::$spelling,
            table: Table::new(include_bytes!(concat!($name, ".table"))),
        };)*

        /// All models.
        pub static MODELS: [&Model; 4] = [$(&$constant),*];
    };
}

models! {
    SIMPLIFIED "zh-Hans" Unspaced;
    TRADITIONAL "zh-Hant" Unspaced;
    JAPANESE "ja" Unspaced;
    KOREAN "ko" Spaced;
}

/// So many Han characters tell simplified from traditional script: as 1000 do on all development pages.
const SAMPLE: usize = 400;

/// The model for a text: that of its language, and in Chinese that of its script.
pub fn model(language: Language, text: &str) -> &'static Model {
    match language {
        Language::Japanese => &JAPANESE,
        Language::Korean => &KOREAN,
        Language::Chinese => {
            let sample = || text.chars().filter(|c| class(*c) == Class::Han).take(SAMPLE);
            let likelihood = |m: &Model| sample().map(|c| m.single(c)).sum::<f32>();
            if likelihood(&TRADITIONAL) > likelihood(&SIMPLIFIED) { &TRADITIONAL } else { &SIMPLIFIED }
        }
    }
}

/// The last characters of a text, as the model spells them, and what it knows of them by themselves.
#[derive(Debug, Clone, Copy)]
pub struct Tail {
    /// Padded with what says nothing.
    signs: [char; REACH],
    /// What is known of the last of them, of the last two, and so on.
    known: Known,
}

/// The first characters of a text, as the model spells them, and what it knows of them by themselves: a text is
/// tried behind many others.
#[derive(Debug, Clone, Copy)]
pub struct Head {
    /// Padded with what says nothing.
    signs: [char; REACH],
    /// The logarithm of how likely each of them is behind the others before it.
    likely: [f32; REACH],
    /// That of all of them, anywhere.
    anywhere: f32,
    /// How much likelier a paragraph opens with them than any place in a text goes on so.
    opens: f32,
}

impl Head {
    /// How much likelier a paragraph opens with it than any place in a text goes on with it: the natural logarithm of the
    /// ratio.
    pub fn opens(&self) -> f32 {
        self.opens
    }
}

/// What is known of the last character before some place, of the last two, and so on.
type Known = [Option<Gram>; REACH];

/// Pads what is shorter; no n-gram has it.
const NOTHING: char = '\0';

/// The logarithm of how likely a character is that was never met.
const UNMET: f32 = -16.0;

impl Model {
    /// The same model over other counts.
    #[must_use]
    pub fn with(&self, table: Table) -> Model {
        Model { table, ..*self }
    }

    /// The last characters of a text.
    pub fn tail(&self, text: &str) -> Tail {
        // Spelling does not ask which way one reads.
        let mut tail = [NOTHING; REACH];
        for (sign, c) in tail.iter_mut().rev().zip(spelled(text.chars().rev().take(FAR), self.spelling)) {
            *sign = c;
        }
        self.tail_of(tail)
    }

    fn tail_of(&self, signs: [char; REACH]) -> Tail {
        let known = std::array::from_fn(|longer| {
            let gram = &signs[REACH - 1 - longer..];
            if gram[0] == NOTHING { None } else { self.table.get(gram) }
        });
        Tail { signs, known }
    }

    /// The first characters of a text.
    pub fn head(&self, text: &str) -> Head {
        let mut signs = [NOTHING; REACH];
        for (sign, c) in signs.iter_mut().zip(spelled(text.chars().take(FAR), self.spelling)) {
            *sign = c;
        }
        let mut head = Head { signs, likely: [0.0; REACH], anywhere: 0.0, opens: 0.0 };
        let mut known = [None; REACH];
        for own in 0..signs.iter().take_while(|c| **c != NOTHING).count() {
            let before = std::mem::take(&mut known);
            known[0] = self.table.get(&signs[own..=own]);
            let single = known[0].map_or(UNMET, |gram| gram.likely);
            head.likely[own] = self.given(&signs[..=own], 1..=own, single, &before, &mut known);
            head.anywhere += head.likely[own];
        }
        head.opens = self.behind(self.tail_of([NOTHING, NOTHING, BOUNDARY]), head) - head.anywhere;
        head
    }

    /// How much likelier `head` is behind `tail` than anywhere: the natural logarithm of the ratio.
    ///
    /// ```
    /// use pagemend::text::continuity::model;
    /// use pagemend::text::language::Language;
    /// let model = model(Language::Chinese, "会议");
    /// let goes_on = |a, b| model.goes_on(model.tail(a), model.head(b));
    /// assert!(goes_on("统筹推进经济社会发", "展工作") > 1.0);
    /// assert!(goes_on("统筹推进经济社会发", "示范区建设") < 0.0);
    /// ```
    pub fn goes_on(&self, tail: Tail, head: Head) -> f32 {
        let tight = self.behind(tail, head);
        let behind = match self.spelling {
            Spelling::Unspaced => tight,
            Spelling::Spaced => {
                let apart = self.apart(tail, head);
                tight.max(apart) + (-(tight - apart).abs()).exp().ln_1p()
            }
        };
        behind - head.anywhere
    }

    /// The same of words: how much likelier `head` is behind `tail` and a space than behind any space. Where a text is
    /// broken between words alone, that is what its lines tell.
    ///
    /// ```
    /// use pagemend::text::continuity::model;
    /// use pagemend::text::language::Language;
    /// let model = model(Language::Korean, "");
    /// let next = |a, b| model.next_word(model.tail(a), model.head(b));
    /// assert!(next("그렇게 할 수", "있다고 했다") > next("그렇게 할 수", "책상을 샀다"));
    /// ```
    pub fn next_word(&self, tail: Tail, head: Head) -> f32 {
        let any = self.tail_of([NOTHING, NOTHING, ' ']);
        self.behind(self.spaced_tail(tail), head) - self.behind(any, head)
    }

    /// How much likelier a space stands between two texts than none: the natural logarithm of the
    /// odds. Only where the language writes spaces.
    pub fn spaced(&self, tail: Tail, head: Head) -> f32 {
        self.apart(tail, head) - self.behind(tail, head)
    }

    /// The logarithm of the likelihood of a space behind `tail`, and of `head` behind that.
    fn apart(&self, tail: Tail, head: Head) -> f32 {
        let [a, b, c] = tail.signs;
        let single = self.single(' ');
        let space = self.given(&[a, b, c, ' '], 1..=REACH, single, &tail.known, &mut [None; REACH]);
        space + self.behind(self.spaced_tail(tail), head)
    }

    /// A tail and a space.
    fn spaced_tail(&self, tail: Tail) -> Tail {
        let [_, b, c] = tail.signs;
        self.tail_of([b, c, ' '])
    }

    /// The logarithm of the likelihood of `head` behind `tail`.
    fn behind(&self, tail: Tail, head: Head) -> f32 {
        let mut text = [NOTHING; 2 * REACH];
        text[..REACH].copy_from_slice(&tail.signs);
        text[REACH..].copy_from_slice(&head.signs);
        let (mut all, mut known) = (0.0, tail.known);
        for own in 0..head.signs.iter().take_while(|c| **c != NOTHING).count() {
            let before = std::mem::take(&mut known);
            // What lies within the head is in `likely`.
            all += self.given(&text[own..=REACH + own], own + 1..=REACH, head.likely[own], &before, &mut known);
        }
        all
    }

    /// The logarithm of the likelihood of the last character of `gram` behind so many `lengths` of the others, where
    /// `likely` is that behind fewer. `before` is what is known of the others, and what is known of `gram` is put into
    /// `known`.
    fn given(
        &self,
        gram: &[char],
        lengths: RangeInclusive<usize>,
        mut likely: f32,
        before: &Known,
        known: &mut Known,
    ) -> f32 {
        let last = gram.len() - 1;
        for length in lengths {
            // Nothing was kept that goes on from here: no more is known than from fewer.
            let Some(rest) = before[length - 1].and_then(|context| context.rest) else { continue };
            let this = self.table.get(&gram[last - length..]);
            likely = this.map_or(rest + likely, |gram| gram.likely);
            if length < REACH {
                known[length] = this;
            }
        }
        likely
    }

    /// The logarithm of the share of all characters that this one is.
    pub(super) fn single(&self, c: char) -> f32 {
        self.table.get(&[c]).map_or(UNMET, |gram| gram.likely)
    }
}

/// How loudly it speaks for a text to begin that paragraphs open so, 1 being ten times as often as texts go on so:
/// what is a little likelier there says nothing, nor does anything where the line before goes well with it.
///
/// Of full lines on the development pages that end without a mark, and whose next line does not fit (a ratio of less
/// than e⁻⁴), 59 of 74 end a text where `opens` is 3 or more, and 14 of 93 where it is less.
pub fn opening(goes_on: f32, opens: f32) -> f32 {
    let unlike = (-1.0 - goes_on / 2.0).clamp(0.0, 1.0);
    unlike * (opens - 1.0).clamp(0.0, 4.0) / std::f32::consts::LN_10
}

/// How loudly a likelihood ratio of the model speaks as a signal beside others, 1 being full strength: the ratio is
/// nearly that of true next lines to others of their page, but other signals say part of the same.
pub fn loudness(goes_on: f32) -> f32 {
    (goes_on.clamp(-4.0, 6.0) - 0.6) / 3.0
}

/// Writes text as the models spell it: numbers and Latin words as one sign each, marks in their wide
/// forms, spaces only where they part words.
pub fn spelled(text: impl Iterator<Item = char>, spelling: Spelling) -> impl Iterator<Item = char> {
    let mut text = text.peekable();
    let mut last = NOTHING;
    std::iter::from_fn(move || {
        let mut spaced = false;
        while let Some(c) = text.peek().copied() {
            let sign = match class(c) {
                Class::Space => {
                    spaced = last != NOTHING && spelling == Spelling::Spaced;
                    text.next();
                    continue;
                }
                Class::Control | Class::Break => {
                    text.next();
                    continue;
                }
                Class::Digit => '0',
                Class::Letter => 'a',
                Class::Pause | Class::Stop | Class::Open | Class::Close if c.is_ascii() => wide(c),
                _ => c,
            };
            if spaced {
                // The sign itself comes next.
                last = ' ';
                return Some(' ');
            }
            text.next();
            if matches!(sign, '0' | 'a') && last == sign {
                continue;
            }
            last = sign;
            return Some(sign);
        }
        None
    })
}

/// The wide form of an ASCII mark.
fn wide(c: char) -> char {
    match c {
        // Korean and Latin text is set with this one, Chinese with the ideographic one.
        '.' => '.',
        _ => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
    }
}
