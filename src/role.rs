//! What a block can be on a page.

use serde::{Deserialize, Serialize};

macro_rules! roles {
    ($($variant:ident $name:literal $furniture:literal: $doc:literal;)*) => {
        /// What a block is on the page.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub enum Role { $(#[doc = $doc] $variant,)* }

        impl Role {
            /// All roles, in the order of the table.
            pub const ALL: &'static [Role] = &[$(Role::$variant,)*];

            /// The role's stable name, as every output writes it.
            pub fn name(self) -> &'static str {
                match self { $(Role::$variant => $name,)* }
            }

            /// True where blocks of this role belong to the page and to no article.
            pub fn is_furniture(self) -> bool {
                match self { $(Role::$variant => $furniture,)* }
            }
        }
    };
}

roles! {
    Kicker "kicker" false: "A short line above the headline.";
    Headline "headline" false: "The headline.";
    Subheadline "subheadline" false: "A line below the headline that goes with it.";
    Byline "byline" false: "Who wrote it, on a line of its own.";
    Dateline "dateline" false: "Where and when, on a line of its own.";
    Paragraph "paragraph" false: "Running text.";
    Subheading "subheading" false: "A heading inside an article.";
    Caption "caption" false: "What a picture shows.";
    Credit "credit" false: "Who made a picture.";
    Jump "jump" false: "Where an article goes on, or came from.";
    Footnote "footnote" false: "A note below the text.";
    Verse "verse" false: "A stanza; its line breaks are kept.";
    List "list" false: "One item of a list.";
    Table "table" false: "One row of a table.";
    Masthead "masthead" true: "The paper's name.";
    PageNumber "page-number" true: "The page's number.";
    RunningHead "running-head" true: "A title repeated from page to page.";
    Folio "folio" true: "The page's label and date.";
    Editors "editors" true: "Who made up the page.";
    Notice "notice" true: "Publisher's notices: telephone, price, registration.";
    Advertisement "advertisement" true: "An advertisement.";
    Other "other" true: "Furniture of another kind.";
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
