//! Directories whose files are the pages of one document.

use crate::corpus::{batch, boxes, counts, listed, pagemend, said, tree};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Pieces of pages. Pages of one issue differ; what repeats on all of them is a running head.
const CLAUSES: [&str; 16] = [
    "春耕时节农机下田，",
    "新建的渡口已经通航，",
    "县医院添了两台仪器，",
    "孩子们在操场上放风筝，",
    "老街的石板路重新铺过，",
    "气象台说周末有小雨。",
    "合作社收购了三百担茶叶，",
    "夜校开了算术和国文两班，",
    "戏台前坐满了看戏的人。",
    "铁路桥的桥墩露出水面，",
    "邮局搬到了车站对面，",
    "渔民把网晒在堤岸上。",
    "图书室借书的人多起来，",
    "钟楼的大钟又敲响了，",
    "果园里的梨花开得正好，",
    "纱厂的女工得了锦旗。",
];

/// The lines of a page.
fn lines(page: usize) -> Vec<String> {
    let body: String = (0..12).map(|k| CLAUSES[(page * 5 + k * (2 * page + 1)) % CLAUSES.len()]).collect();
    let body: Vec<char> = body.chars().collect();
    let mut lines: Vec<String> = body.chunks(13 + page % 4).map(String::from_iter).collect();
    lines.push(format!("{}消息之{page}", &CLAUSES[page % 16][..12]));
    lines
}

fn issue(directory: &Path, pages: usize) {
    fs::create_dir_all(directory).unwrap();
    for n in 1..=pages {
        let text = lines(n).join("\n");
        if n % 2 == 0 {
            fs::write(directory.join(format!("page{n}.json")), boxes(&text)).unwrap();
        } else {
            fs::write(directory.join(format!("page{n}.txt")), text).unwrap();
        }
    }
}

fn document(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

/// Each block begins as the line does on which it is said to begin; gives the pages that blocks
/// stand on.
fn pages(document: &Value, lines: impl Fn(usize) -> Vec<String>) -> BTreeSet<usize> {
    let articles = document["articles"].as_array().unwrap().iter().flat_map(|a| a["blocks"].as_array().unwrap());
    let mut pages = BTreeSet::new();
    for block in articles.chain(document["furniture"].as_array().unwrap()) {
        let number = |name| block["from"][0][name].as_u64().unwrap() as usize;
        let line = &lines(number("page"))[number("line") - 1];
        assert_eq!(line.chars().next(), block["text"].as_str().unwrap().chars().next(), "{block}");
        pages.extend(block["from"].as_array().unwrap().iter().map(|from| from["page"].as_u64().unwrap() as usize));
    }
    pages
}

#[test]
fn a_directory_is_a_document_of_pages_in_order() {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in"), home.path().join("out"));
    issue(&input.join("1950/03.01"), 12);
    issue(&input.join("1950/03.02"), 2);
    issue(&input, 1);
    let run = || batch(&input, &output, &["--document", "--to", "json"]);
    let first = run();
    assert!(first.status.success(), "{}", said(&first));
    let names: Vec<PathBuf> = tree(&output).into_keys().collect();
    assert_eq!(names, ["1950/03.01.json", "1950/03.02.json", "in.json"].map(PathBuf::from));
    let document = document(&fs::read(output.join("1950/03.01.json")).unwrap());
    assert_eq!(document["source"]["path"].as_str(), input.join("1950/03.01").to_str());
    assert_eq!(document["source"]["format"], "mixed");
    assert_eq!(document["pages"].as_array().unwrap().len(), 12);
    assert_eq!(pages(&document, lines), (1..=12).collect());

    assert_eq!(counts(&run()), [0, 3, 0]);
    // One page is another: its document is made again, and no other.
    fs::write(input.join("1950/03.02/page1.txt"), lines(7).join("\n")).unwrap();
    assert_eq!(counts(&run()), [1, 2, 0]);
}

#[test]
fn fix_makes_the_same_document() {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in"), home.path().join("out"));
    issue(&input, 11);
    assert!(batch(&input, &output, &["--document", "--to", "json"]).status.success());
    let fix = |files: &[PathBuf]| pagemend(&["fix", "--document", "--to", "json"]).args(files).output().unwrap().stdout;
    // As a shell gives them: page10 before page2.
    let mut files: Vec<PathBuf> = tree(&input).into_keys().map(|name| input.join(name)).collect();
    assert!(files[1].ends_with("page10.json"));
    assert_eq!(fix(&files), fs::read(output.join("in.json")).unwrap());
    // Any other order is kept.
    files = [2, 3, 1].map(|n| input.join(format!("page{n}.{}", if n == 2 { "json" } else { "txt" }))).to_vec();
    let kept = document(&fix(&files));
    assert_eq!(pages(&kept, |page| lines([2, 3, 1][page - 1])), BTreeSet::from([1, 2, 3]));
}

#[test]
fn a_page_that_cannot_be_read_stands_empty() {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in"), home.path().join("out"));
    issue(&input, 3);
    let noise = b"\0\x01\x02".repeat(100);
    fs::write(input.join("page2.json"), &noise).unwrap();
    for _ in 0..2 {
        // It is tried again each time: the page may have been mended by its owner.
        let run = batch(&input, &output, &["--document", "--to", "json"]);
        assert_eq!((run.status.code(), counts(&run)), (Some(1), [0, 0, 1]));
        assert_eq!(listed(&output, "failed"), [(input.join("page2.json"), "binary".to_owned())]);
    }
    let document = document(&fs::read(output.join("in.json")).unwrap());
    assert_eq!(document["pages"].as_array().unwrap().len(), 3);
    assert_eq!(pages(&document, lines), BTreeSet::from([1, 3]));
    // Of nothing but unreadable pages there is no document.
    fs::remove_file(output.join("in.json")).unwrap();
    for name in ["page1.txt", "page3.txt"] {
        fs::write(input.join(name), &noise).unwrap();
    }
    assert_eq!(batch(&input, &output, &["--document", "--to", "json"]).status.code(), Some(1));
    assert!(tree(&output).is_empty());
}
