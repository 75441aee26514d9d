//! The JSON: every sample's output validates against the published schema, and holds what the
//! contract says.

use pagemend::write::{Format, schema, to_string};
use pagemend::{Options, compare};
use serde_json::Value;
use std::path::Path;

fn documents() -> Vec<(String, String, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let samples = compare::samples(&root.join("samples"), &root.join("golden"), None).unwrap();
    let inputs = samples.into_iter().filter_map(|s| s.input);
    inputs
        .map(|path| {
            let bytes = std::fs::read(&path).unwrap();
            let options = Options::default();
            let document = pagemend::mend(pagemend::read(&bytes, Some(&path), &options).unwrap(), &options);
            let text = document.source.text.clone();
            (path.display().to_string(), text, serde_json::from_str(&to_string(&document, Format::Json)).unwrap())
        })
        .collect()
}

#[test]
fn outputs_validate_against_the_schema() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for (name, _, document) in documents() {
        let errors: Vec<String> = validator.iter_errors(&document).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

#[test]
fn the_schema_refuses_what_is_no_document() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let (_, _, mut document) = documents().remove(0);
    assert!(validator.is_valid(&document));
    document["articles"][0]["blocks"][0]["role"] = "banner".into();
    assert!(!validator.is_valid(&document));
    document["articles"][0]["blocks"][0]["role"] = "headline".into();
    document["schema"] = "pagemend.document/2".into();
    assert!(!validator.is_valid(&document));
}

/// Pages, lines and code points lead back to the input: what the ledger says stood there stands
/// there.
#[test]
fn places_lead_back_to_the_input() {
    for (name, text, document) in documents() {
        let pages: Vec<Vec<&str>> = text.split('\u{c}').map(|page| page.split('\n').collect()).collect();
        let mut seen = 0;
        for entry in document["dropped"].as_array().unwrap().iter().chain(document["edits"].as_array().unwrap()) {
            let (at, what) = (&entry["at"], entry["text"].as_str().or(entry["from"].as_str()).unwrap());
            if what.contains('\u{c}') {
                continue;
            }
            let line = pages[at["page"].as_u64().unwrap() as usize - 1][at["line"].as_u64().unwrap() as usize - 1];
            let [start, end] = [0, 1].map(|i| at["chars"][i].as_u64().unwrap() as usize);
            let there: String = line.chars().chain(['\n']).skip(start).take(end - start).collect();
            assert_eq!(there, what, "{name}: {entry}");
            seen += 1;
        }
        assert!(seen > 0, "{name}");
        for block in document["articles"].as_array().unwrap().iter().flat_map(|a| a["blocks"].as_array().unwrap()) {
            let from = &block["from"][0];
            let line = pages[from["page"].as_u64().unwrap() as usize - 1][from["line"].as_u64().unwrap() as usize - 1];
            let first = block["text"].as_str().unwrap().chars().next();
            // What the ledger says is written for the first character, or that itself.
            let start = line.chars().take_while(|c| c.is_whitespace()).count();
            let is_first = |edit: &&Value| {
                let at = &edit["at"];
                [&at["page"], &at["line"]] == [&from["page"], &from["line"]] && at["chars"][0] == start
            };
            let edit = document["edits"].as_array().unwrap().iter().find(is_first);
            let written = edit.map_or(line.trim_start(), |edit| edit["to"].as_str().unwrap());
            assert_eq!(written.chars().next(), first, "{name}: {block}");
        }
    }
}
