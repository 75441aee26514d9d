//! `pagemend batch` over real directories: mirrored, damaged, interrupted, full.

mod corpus;
mod documents;
mod resume;
mod trouble;

use corpus::{batch, counts, mixed, report, said, tree};
use std::fs;
use std::path::{Path, PathBuf};

/// Every good file is mended and every bad one is named, and nothing else is written.
fn comes_through(count: usize) {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in"), home.path().join("out"));
    let damaged = mixed(&input, count);
    assert_eq!(damaged.len(), count / 100);
    let run = batch(&input, &output, &["--to", "json"]);
    assert_eq!(run.status.code(), Some(1), "{}", said(&run));
    assert_eq!(counts(&run), [count - damaged.len(), 0, damaged.len()]);

    let named: Vec<PathBuf> = report(&output)
        .iter()
        .filter(|line| line["status"] == "failed")
        .map(|line| PathBuf::from(line["input"].as_str().unwrap()))
        .collect();
    assert_eq!(named, damaged);
    for path in &damaged {
        assert!(said(&run).contains(&format!("error: {}: ", path.display())), "{path:?}");
    }
    let outputs = tree(&output);
    assert_eq!(outputs.len(), count - damaged.len());
    for (name, bytes) in tree(&input) {
        let output = outputs.get(&name.with_extension("json"));
        if damaged.contains(&input.join(&name)) {
            assert!(output.is_none(), "{name:?}");
            continue;
        }
        let document: serde_json::Value = serde_json::from_slice(output.unwrap()).unwrap();
        assert_eq!(document["source"]["path"].as_str(), input.join(&name).to_str());
        assert!(!document["articles"].as_array().unwrap().is_empty(), "{name:?} {bytes:?}");
    }
}

#[test]
fn good_files_are_mended_and_bad_ones_named() {
    comes_through(300);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "takes minutes without optimisation; the same on 300 files always runs")]
fn ten_thousand_mixed_files_come_through() {
    comes_through(10_000);
}

#[test]
fn an_output_is_what_fix_writes() {
    let home = tempfile::tempdir().unwrap();
    let input = home.path().join("in");
    mixed(&input, 8);
    for (format, ending) in [("text", "txt"), ("markdown", "md"), ("json", "json"), ("tagged", "tagged")] {
        let output = home.path().join(format);
        assert!(batch(&input, &output, &["--to", format]).status.success());
        for name in tree(&input).keys() {
            let fixed = corpus::pagemend(&["fix", "--to", format]).arg(input.join(name)).output().unwrap();
            let written = fs::read(output.join(name).with_extension(ending)).unwrap();
            assert_eq!(written, fixed.stdout, "{name:?}");
        }
    }
}

#[test]
fn the_number_of_jobs_changes_no_byte() {
    let home = tempfile::tempdir().unwrap();
    let input = home.path().join("in");
    mixed(&input, 200);
    let [alone, together] = ["1", "4"].map(|jobs| {
        let output = home.path().join(jobs);
        let run = batch(&input, &output, &["--jobs", jobs, "--to", "json"]);
        let report = fs::read(output.join(".pagemend/report.jsonl")).unwrap();
        (tree(&output), report, said(&run).replace(output.to_str().unwrap(), ""))
    });
    assert_eq!(alone, together);
}

#[test]
fn two_inputs_do_not_fall_on_one_output() {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in"), home.path().join("out"));
    fs::create_dir_all(input.join("d.txt")).unwrap();
    for name in ["p.dump", "p.json", "p", "q.dump", "d.json", "d.txt/e"] {
        fs::write(input.join(name), "会议。\n").unwrap();
    }
    assert!(batch(&input, &output, &[]).status.success());
    let names: Vec<PathBuf> = tree(&output).into_keys().collect();
    let expected = ["d.json.txt", "d.txt/e.txt", "p.dump.txt", "p.json.txt", "p.txt", "q.txt"];
    assert_eq!(names, expected.map(PathBuf::from));
}

#[test]
fn what_is_no_page_is_passed_over() {
    let home = tempfile::tempdir().unwrap();
    let input = home.path().join("in");
    fs::create_dir_all(input.join(".git")).unwrap();
    fs::create_dir_all(input.join("drafts")).unwrap();
    for name in ["p.txt", "p.JPG", ".hidden", ".git/config", "Thumbs.db", "p.pagemend.toml", "drafts/p.txt", "q.md"] {
        fs::write(input.join(name), "会议。\n").unwrap();
    }
    // The output lies among the inputs, and so does that of another batch.
    let names = |output: &str, further: &[&str]| -> Vec<PathBuf> {
        let run = batch(&input, &input.join(output), further);
        assert!(run.status.success(), "{}", said(&run));
        assert!(batch(&input, &input.join(output), further).status.success());
        tree(&input.join(output)).into_keys().collect()
    };
    assert_eq!(names("a", &[]), ["drafts/p.txt", "p.txt", "q.txt"].map(PathBuf::from));
    assert_eq!(names("b/b", &["--except", "drafts", "--only", "*.txt"]), ["p.txt"].map(PathBuf::from));
}

#[test]
fn several_inputs_stand_under_their_names() {
    let home = tempfile::tempdir().unwrap();
    let output = home.path().join("out");
    for name in ["a/p/1.txt", "b/p/1.txt", "2.txt"] {
        let path = home.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "会议。\n").unwrap();
    }
    let inputs = ["a/p", "b/p", "2.txt"].map(|name| home.path().join(name));
    let run = corpus::pagemend(&["batch"]).args(inputs).arg("-o").arg(&output).output().unwrap();
    assert!(run.status.success(), "{}", said(&run));
    let names: Vec<PathBuf> = tree(&output).into_keys().collect();
    assert_eq!(names, ["2.txt", "p/1.txt", "p-2/1.txt"].map(PathBuf::from));
}

#[test]
fn what_cannot_be_run_is_said_before_anything_is_done() {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in"), home.path().join("out"));
    fs::create_dir(&input).unwrap();
    let refused = |input: &Path, output: &Path, further: &[&str], why: &str| {
        let run = batch(input, output, further);
        assert_eq!(run.status.code(), Some(2), "{}", said(&run));
        assert!(said(&run).contains(why), "{}", said(&run));
    };
    refused(&home.path().join("nowhere"), &output, &[], "nowhere: No such file");
    assert!(!output.exists());
    refused(&input, &output, &[], "there are no files here");
    fs::write(input.join("p.txt"), "会议。\n").unwrap();
    refused(&input, &output, &["--only", "*.xml"], "none that --only and --except let through");
    refused(&input, &output, &["--only", "[a"], "--only: ");
    refused(&input, &input, &[], "lies in the output directory");
    refused(&input, home.path(), &[], "lies in the output directory");
    refused(&input, &output, &["--report", "/no/such/directory/r.jsonl"], "is no directory; make it first");
    assert!(!output.join("p.txt").exists());
}
