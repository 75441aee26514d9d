//! Every rule by which a piece of text may be changed or left out.
//!
//! One table feeds the ledger in the JSON, `explain` and the documentation. A change that names no
//! rule cannot be made: [`Put`](crate::document::Put) and
//! [`Document::dropped`](crate::document::Document::dropped) ask for one.

macro_rules! rules {
    ($($variant:ident $name:literal: $why:literal, $example:literal;)*) => {
        /// A reason for which text was changed or left out.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $(#[doc = $why] $variant,)* }

        impl Rule {
            /// All rules, in the order of the table.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant,)*];

            /// The rule's stable name, as the JSON writes it.
            pub fn name(self) -> &'static str {
                match self { $(Rule::$variant => $name,)* }
            }

            /// What the rule does and why, in a sentence.
            pub fn why(self) -> &'static str {
                match self { $(Rule::$variant => $why,)* }
            }

            /// Before and after.
            pub fn example(self) -> &'static str {
                match self { $(Rule::$variant => $example,)* }
            }
        }
    };
}

rules! {
    Wrap "wrap": "A line break inside a paragraph is the column's, not the writer's.", "工作组⏎全体 → 工作组全体";
    Cell "cell": "Cells that stand on one row of a table are one line; a tab parts them.", "合计⏎89.00 → 合计⇥89.00";
    WrapSpace "wrap-space": "A line break stood where two words are apart, so it becomes their space.", "지난⏎여름 → 지난 여름";
    Hyphen "hyphen": "A Latin word broken at the line end loses its hyphen.", "infor-⏎mation → information";
    LineBreak "line-break": "A line break between two blocks is shown by the blocks themselves.", "。⏎本报讯";
    BlankLine "blank-line": "A blank line is no text.", "。⏎⏎";
    PageBreak "page-break": "A form feed parts two pages and is no text.", "␌";
    Indent "indent": "White space at a line's beginning is layout.", "　　他说 → 他说";
    TrailingSpace "trailing-space": "White space at a line's end is layout.", "他说␠⏎";
    Gutter "gutter": "The room between two columns is layout.", "昂。␠␠␠␠奥比昂表示";
    DigitSpace "digit-space": "Typesetting puts a thin gap between Han or kana and digits, and dumps write it as a space.", "2 月 28 日 → 2月28日";
    LetterSpace "letter-space": "Characters set apart to fill a line are one word.", "卡 ， 就 可 以 → 卡，就可以";
    PunctuationSpace "punctuation-space": "Wide punctuation brings its own room; a space beside it within a sentence is the dump's.", "财联社电 ， → 财联社电，";
    WidePunctuation "wide-punctuation": "Between two Han or kana a half-width mark is a misreading of the wide one.", "何庆,区委 → 何庆，区委";
    StandIn "stand-in": "A radical that shares a glyph with a character, or a mark's form for vertical text, stands for what the page says.", "4⽉29⽇︒ → 4月29日。";
    Ruby "ruby": "Small kana beside a line are the reading of its characters, no part of its sentence.", "東京《とうきょう》の春 → 東京の春";
    Doubled "doubled": "Text that was recognised twice in one place is written once.", "春天来了 春天来了 → 春天来了";
    Control "control": "Zero-width and control characters have no shape on the page.", "U+200B, U+FEFF, NUL";
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
