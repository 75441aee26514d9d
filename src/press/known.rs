//! What the patterns of the built-in tables need, found out beforehand.
//!
//! To find it out takes parsing all of them, which takes longer than to mend a page. So it stands beside each table in
//! a file, whose test says when it is to be made again: `BLESS=1 cargo test known`. Until then, as a table that was
//! changed has another checksum than its file says, the patterns are parsed after all.

use super::need::{Marks, Need};
use serde::{Deserialize, Serialize};

/// What stands in a file.
#[derive(Debug, Serialize, Deserialize)]
struct Known {
    /// The checksum of the table.
    table: u64,
    /// Sets of characters.
    sets: Vec<String>,
    /// What each pattern needs, in the order of [`Lists::all`](super::lists::Lists::all).
    patterns: Vec<Row>,
}

/// What a pattern needs: its signs at the beginning and within by the sets' numbers, its marks, and its lengths.
type Row = (Option<usize>, Option<usize>, Marks, usize, Option<usize>);

/// What the patterns of a table need, by its file; nothing where the file is not of this table.
pub fn needs(table: &str, file: &str) -> Vec<Need> {
    let Ok(Known { table: of, sets, patterns }) = serde_json::from_str(file) else { return Vec::new() };
    if of != checksum(table) {
        return Vec::new();
    }
    let sets: Vec<Vec<char>> = sets.iter().map(|set| set.chars().collect()).collect();
    let set = |number: Option<usize>| number.and_then(|n| sets.get(n)).cloned();
    let need = |(first, within, marks, shortest, longest): Row| Need {
        first: set(first),
        within: set(within),
        marks,
        shortest,
        longest,
    };
    patterns.into_iter().map(need).collect()
}

/// FNV-1a of 64 bits, by Fowler, Noll and Vo: a table is a few thousand bytes, and nobody wants to forge one.
fn checksum(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::super::lists::Lists;
    use super::super::table::Table;
    use super::*;
    use crate::text::language::Language;
    use std::path::Path;

    /// The file that says what patterns need. A line each, so that a change of the table shows as one.
    fn file<'a>(table: &str, needs: impl Iterator<Item = &'a Need>) -> String {
        let mut sets: Vec<String> = Vec::new();
        let mut number = |set: &Option<Vec<char>>| {
            let set: String = set.as_ref()?.iter().collect();
            Some(sets.iter().position(|known| *known == set).unwrap_or_else(|| {
                sets.push(set);
                sets.len() - 1
            }))
        };
        let row = |need: &Need| (number(&need.first), number(&need.within), need.marks, need.shortest, need.longest);
        let patterns: Vec<Row> = needs.map(row).collect();
        let lines = |all: Vec<String>| all.join(",\n");
        format!(
            "{{\"table\":{},\n\"sets\":[\n{}],\n\"patterns\":[\n{}]}}\n",
            checksum(table),
            lines(sets.iter().map(|set| serde_json::to_string(set).unwrap()).collect()),
            lines(patterns.iter().map(|row| serde_json::to_string(row).unwrap()).collect()),
        )
    }

    #[test]
    fn what_is_known_of_the_built_in_tables_is_what_they_need() {
        let files = [(Language::Chinese, "chinese"), (Language::Japanese, "japanese"), (Language::Korean, "korean")];
        for (language, name) in files {
            let (table, known) = Table::text(language);
            let lists = Lists::of(&Table::built_in(language), &Table::default()).unwrap();
            let current = file(table, lists.all().map(|pattern| pattern.need()));
            if std::env::var_os("BLESS").is_some() {
                let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/press/{name}.needs.json"));
                std::fs::write(path, current).unwrap();
            } else {
                assert!(current == known, "what {name} patterns need has changed: run `BLESS=1 cargo test known`");
                assert_eq!(needs(table, known).len(), lists.all().count(), "{name}");
            }
        }
    }

    #[test]
    fn what_is_known_of_another_table_says_nothing() {
        let need = Need {
            first: Some(vec!['本', '\t']),
            within: None,
            marks: Marks::of("，。"),
            shortest: 3,
            longest: Some(9),
        };
        let file = file("a table", [&need].into_iter());
        assert_eq!(needs("a table", &file), [need]);
        assert_eq!(needs("another table", &file), []);
        assert_eq!(needs("a table", "no file"), []);
    }
}
