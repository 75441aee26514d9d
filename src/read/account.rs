//! The readers' account: each text of a file is taken once, or it is another level of the same text,
//! or spacing.
//!
//! The pages here are those of the readers' own tests. In each of them a character outside ASCII is the
//! text of one place on the page, so that it must stand in the source exactly once, however often
//! the format repeats it; and the source can have no other.

use super::{FORMATS, Input, abbyy, alto, djvu, hocr, ndl, pagexml, poppler, read, tsv};
use crate::options::Options;
use crate::page::Page;

static PAGES: &[(&str, &str)] = &[
    ("abbyy", abbyy::tests::PAGE),
    ("alto", alto::tests::PAGE),
    ("djvu", djvu::tests::PAGE),
    ("hocr", hocr::tests::PAGE),
    ("ndlocr", ndl::tests::PAGES),
    ("page", pagexml::tests::PAGE),
    ("pdftotext-bbox", poppler::tests::LAYOUT),
    ("pdftotext-bbox", poppler::tests::WORDS),
    ("pdftotext-tsv", tsv::tests::POPPLER),
    ("tsv", tsv::tests::TESSERACT),
];

fn read_as(name: Option<&'static str>, text: &str) -> Input {
    let options = Options { from: name, ..Options::default() };
    read(text.as_bytes(), None, &options).unwrap_or_else(|e| panic!("{name:?}: {e}\n{text}"))
}

/// All characters beyond ASCII that stand in a file outside of tags, or in an attribute that is text.
fn characters(text: &str) -> Vec<char> {
    let text = regex::Regex::new(r#"(?s)\b(?:TYPE|IMAGENAME|lang|ID)="[^"]*""#).unwrap().replace_all(text, "");
    let references = regex::Regex::new(r"&#x([0-9a-fA-F]+);").unwrap();
    let text = references.replace_all(&text, |found: &regex::Captures| {
        char::from_u32(u32::from_str_radix(&found[1], 16).unwrap()).unwrap().to_string()
    });
    let mut characters: Vec<_> = text.chars().filter(|c| !c.is_ascii()).collect();
    characters.sort_unstable();
    characters.dedup();
    characters
}

#[test]
fn every_text_is_taken_exactly_once() {
    for (name, text) in PAGES {
        let input = read_as(None, text);
        assert_eq!(input.source.file.format, *name);
        let mut taken: Vec<_> = input.source.text.chars().filter(|c| !c.is_ascii() && *c != '\u{a0}').collect();
        taken.sort_unstable();
        assert_eq!(taken, characters(text), "{name}");
        let in_runs: usize = runs(&input).map(|text| text.chars().filter(|c| !c.is_whitespace()).count()).sum();
        let in_all = input.source.text.chars().filter(|c| !c.is_whitespace()).count();
        assert_eq!(in_runs, in_all, "{name}");
    }
}

fn runs(input: &Input) -> impl Iterator<Item = &str> {
    input.pages.iter().flat_map(|page| &page.runs).map(|run| input.source.get(run.span))
}

#[test]
fn each_format_of_pages_is_told_from_all_others() {
    for (name, text) in PAGES {
        let looks: Vec<_> = FORMATS.iter().filter(|format| (format.looks)(text)).map(|format| format.name).collect();
        assert_eq!(looks, [*name]);
    }
}

/// What is read of a file that was cut off is what is read of the whole, up to the cut.
#[test]
fn a_file_cut_off_anywhere_gives_what_stands_before_the_cut() {
    for (name, text) in PAGES {
        let whole = visible(&read_as(Some(name), text));
        let mut last = Vec::new();
        for (cut, _) in text.char_indices() {
            let options = Options { from: Some(name), ..Options::default() };
            let Ok(input) = read(&text.as_bytes()[..cut], None, &options) else { continue };
            let part = visible(&input);
            assert!(part.iter().all(|c| whole.contains(c) || c.is_ascii()), "{name} cut at {cut}: {part:?}");
            // An entity that is cut off is read as its letters.
            assert!(part.len() + "&#x6771".len() >= last.len(), "{name} cut at {cut} loses what was read before");
            input.pages.iter().for_each(assert_sound);
            last = part;
        }
        assert_eq!(last, whole, "{name}");
    }
}

fn visible(input: &Input) -> Vec<char> {
    input.source.text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn assert_sound(page: &Page) {
    for run in &page.runs {
        assert!(run.rect.is_none_or(|r| r.x1 > r.x0 && r.y1 > r.y0));
        assert!(run.sure.is_none_or(|sure| (0.0..=1.0).contains(&sure)));
        assert!(run.region.is_none_or(|region| (region as usize) < page.regions.len()));
    }
}

/// A file of which a character was made another gives a document or an error, and never a panic.
#[test]
fn damage_is_borne() {
    let damages = ["", "<", ">", "\"", "'", "&", "\u{1}", "/", "\t", "-"];
    for (name, text) in PAGES {
        // A stride that shares no factor with the number of damages lets every one meet every tag.
        for (i, (at, character)) in text.char_indices().enumerate().step_by(7) {
            let damaged = [&text[..at], damages[i % damages.len()], &text[at + character.len_utf8()..]].concat();
            let options = Options { from: Some(name), ..Options::default() };
            if let Ok(input) = read(damaged.as_bytes(), None, &options) {
                input.pages.iter().for_each(assert_sound);
            }
        }
    }
}
