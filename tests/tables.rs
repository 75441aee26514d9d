//! The embedded tables are those that the committed counts make.

use pagemend::text::continuity::MODELS;
use pagemend::text::continuity::counts::Counts;
use std::path::Path;

#[test]
fn the_tables_are_made_of_the_counts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/text/continuity");
    for model in MODELS {
        let read = |extension: &str| {
            let path = folder.join(format!("{}.{extension}", model.name));
            std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
        };
        let text = String::from_utf8(read("counts")).expect("counts are text");
        let counts = Counts::parsed(&text).unwrap_or_else(|e| panic!("{}.counts: {e}", model.name));
        assert!(counts.packed() == read("table"), "{}: run `cargo run --release --example train -- pack`", model.name);
    }
}
