//! What formats state of their regions: names of roles, and regions that begin where they change.

use super::text::TextBuilder;
use crate::page::Region;
use crate::role::Role;

/// The role that a format's name for a kind of text stands for; `None` for running text and for
/// names that say nothing. Case, blanks and punctuation do not matter.
///
/// The names are those of the PAGE schema, of the ALTO and METS profiles of national libraries, of
/// SegmOnto and of NDLOCR.
pub fn role(name: &str) -> Option<Role> {
    let mut plain = [0; 24];
    let mut length = 0;
    for byte in name.bytes().filter(|b| b.is_ascii_alphanumeric() || *b >= 0x80) {
        *plain.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    Some(match std::str::from_utf8(&plain[..length]).ok()? {
        "overline" | "kicker" => Role::Kicker,
        "heading" | "headline" | "title" | "maintitle" | "maintextheading" | "タイトル本文" => Role::Headline,
        "subheadline" | "subtitle" => Role::Subheadline,
        "sectionheading" | "subheading" => Role::Subheading,
        "byline" | "author" => Role::Byline,
        "dateline" => Role::Dateline,
        "caption" | "illustrationcaption" | "キャプション" => Role::Caption,
        "credit" => Role::Credit,
        "footnote" | "footnotecontinued" | "endnote" => Role::Footnote,
        "verse" | "poem" => Role::Verse,
        "masthead" => Role::Masthead,
        "pagenumber" | "pageno" | "numberingzone" | "marginaliapagenumber" | "ノンブル" => Role::PageNumber,
        "header" | "footer" | "runningtitle" | "runninghead" | "runningtitlezone" | "pageheader" | "pagefooter"
        | "柱" => Role::RunningHead,
        "advert" | "advertisement" | "広告" | "広告文字" => Role::Advertisement,
        _ => return None,
    })
}

/// Begins a region where the lines to come stand in another than the lines before.
#[derive(Default)]
pub struct Regions {
    current: Option<Region>,
}

impl Regions {
    /// The lines that follow are of another block, even one of which the same is stated.
    pub fn next_block(&mut self, out: &mut TextBuilder) {
        self.current = None;
        out.end_region();
    }

    /// The next line stands in this region, or in none.
    pub fn line_in(&mut self, out: &mut TextBuilder, region: Option<Region>) {
        match region {
            _ if self.current == region => return,
            Some(region) => out.region(region),
            None => out.end_region(),
        }
        self.current = region;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_roles_are_read_as_written_anywhere() {
        assert_eq!(role("Page-Number"), Some(Role::PageNumber));
        assert_eq!(role("Marginalia_PageNumber"), Some(Role::PageNumber));
        assert_eq!(role("キャプション"), Some(Role::Caption));
        assert_eq!(role("paragraph"), None);
        assert_eq!(role(&"title".repeat(100)), None);
    }
}
