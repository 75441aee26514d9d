//! Does text B continue text A? Asked of a character n-gram model of each language.
//!
//! The model says how much likelier the first characters of B are behind the last ones of A than
//! they are anywhere: the logarithm of that ratio is above 0 where the two belong together. Counts
//! of up to four characters are smoothed by what the shorter ones say (hierarchical Dirichlet
//! smoothing, MacKay and Peto 1995).
//!
//! What the counts were made from stands in `SOURCES.md` beside this file; the program that makes
//! them is `examples/train.rs`.

pub mod counts;
pub mod table;

use super::class::{Class, class};
use super::language::Language;
use table::{LONGEST, Table};

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
    /// All characters counted.
    total: f32,
}

macro_rules! models {
    ($($constant:ident $name:literal $spelling:ident $total:literal;)*) => {
        $(static $constant: Model = Model {
            name: $name,
            spelling: Spelling::$spelling,
            table: Table::new(include_bytes!(concat!($name, ".table"))),
            total: $total,
        };)*

        /// All models.
        pub static MODELS: [&Model; 4] = [$(&$constant),*];
    };
}

models! {
    SIMPLIFIED "zh-Hans" Unspaced 3.0e6;
    TRADITIONAL "zh-Hant" Unspaced 3.0e6;
    JAPANESE "ja" Unspaced 2.3e6;
    KOREAN "ko" Spaced 2.0e6;
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
            let likelihood = |m: &Model| sample().map(|c| m.single(c).ln()).sum::<f32>();
            if likelihood(&TRADITIONAL) > likelihood(&SIMPLIFIED) { &TRADITIONAL } else { &SIMPLIFIED }
        }
    }
}

/// The last characters of a text, as the model spells them, padded with what says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tail([char; REACH]);

/// The first characters of a text, as the model spells them, padded with what says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head([char; REACH]);

/// How likely a text's first characters are behind another text, and how likely anywhere.
#[derive(Debug, Clone, Copy)]
struct Likelihood {
    behind: f32,
    anywhere: f32,
}

impl Likelihood {
    /// The natural logarithm of the ratio.
    fn gain(self) -> f32 {
        (self.behind / self.anywhere).ln()
    }
}

/// Pads what is shorter; no n-gram has it.
const NOTHING: char = '\0';

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
        Tail(tail)
    }

    /// The first characters of a text.
    pub fn head(&self, text: &str) -> Head {
        let mut head = [NOTHING; REACH];
        for (sign, c) in head.iter_mut().zip(spelled(text.chars().take(FAR), self.spelling)) {
            *sign = c;
        }
        Head(head)
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
        let tight = self.behind(tail.0, head);
        let behind = match self.spelling {
            Spelling::Unspaced => tight.behind,
            Spelling::Spaced => tight.behind + self.apart(tail, head),
        };
        Likelihood { behind, ..tight }.gain()
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
        let [_, b, c] = tail.0;
        (self.behind([b, c, ' '], head).behind / self.behind([NOTHING, NOTHING, ' '], head).behind).ln()
    }

    /// How much likelier a space stands between two texts than none: the natural logarithm of the
    /// odds. Only where the language writes spaces.
    pub fn spaced(&self, tail: Tail, head: Head) -> f32 {
        (self.apart(tail, head) / self.behind(tail.0, head).behind).ln()
    }

    /// How much likelier a paragraph opens with `head` than any place in a text goes on with it.
    pub fn opens(&self, head: Head) -> f32 {
        self.behind([NOTHING, NOTHING, BOUNDARY], head).gain()
    }

    /// The likelihood of a space behind `tail`, and of `head` behind that.
    fn apart(&self, tail: Tail, head: Head) -> f32 {
        let [a, b, c] = tail.0;
        self.given(&[a, b, c, ' '], 0, &mut self.counts(&tail.0)).behind * self.behind([b, c, ' '], head).behind
    }

    /// The likelihood of `head` behind the characters `before`, and anywhere.
    fn behind(&self, before: [char; REACH], head: Head) -> Likelihood {
        let mut text = [NOTHING; 2 * REACH];
        text[..REACH].copy_from_slice(&before);
        text[REACH..].copy_from_slice(&head.0);
        let mut counts = self.counts(&text[..REACH]);
        let mut all = Likelihood { behind: 1.0, anywhere: 1.0 };
        for own in 0..head.0.iter().take_while(|c| **c != NOTHING).count() {
            let one = self.given(&text[own..=REACH + own], own, &mut counts);
            all.behind *= one.behind;
            all.anywhere *= one.anywhere;
        }
        all
    }

    /// How often the last characters of a text were counted, one of them, two, and so on.
    fn counts(&self, text: &[char]) -> [f32; LONGEST] {
        let mut counts = [0.0; LONGEST];
        for (length, count) in (1..=text.len()).zip(&mut counts) {
            let gram = &text[text.len() - length..];
            *count = if gram[0] == NOTHING { 0.0 } else { self.table.count(gram) };
            if *count == 0.0 {
                break;
            }
        }
        counts
    }

    /// The likelihood of the last character of `gram` behind the others, and behind the last `own` of them
    /// alone. `counts` are the [`counts`](Model::counts) of the others, and become those of `gram`.
    fn given(&self, gram: &[char], own: usize, counts: &mut [f32; LONGEST]) -> Likelihood {
        // How many characters' worth the shorter context counts.
        const TRUST: f32 = 6.0;
        let last = gram.len() - 1;
        let before = std::mem::take(counts);
        counts[0] = self.table.count(&gram[last..]);
        let single = self.share(counts[0]);
        let mut found = Likelihood { behind: single, anywhere: single };
        for length in 1..gram.len() {
            let all = before[length - 1];
            // No longer text was counted either.
            if all == 0.0 {
                break;
            }
            let this = self.table.count(&gram[last - length..]).min(all);
            counts[length] = this;
            found.behind = (this + TRUST * found.behind) / (all + TRUST);
            if length <= own {
                found.anywhere = found.behind;
            }
        }
        found
    }

    fn single(&self, c: char) -> f32 {
        self.share(self.table.count(&[c]))
    }

    /// The share of all characters that so many are.
    fn share(&self, count: f32) -> f32 {
        (count + 0.3) / self.total
    }
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
