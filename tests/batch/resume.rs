//! Runs that stop and go on.

use crate::corpus::{batch, counts, mixed, noted, pagemend, said, text, tree};
use std::fs;
use std::path::Path;
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

fn times(directory: &Path) -> Vec<SystemTime> {
    tree(directory).keys().map(|name| fs::metadata(directory.join(name)).unwrap().modified().unwrap()).collect()
}

#[test]
fn a_second_run_does_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in"), home.path().join("out"));
    mixed(&input, 30);
    assert_eq!(counts(&batch(&input, &output, &[])), [30, 0, 0]);
    let (files, before) = (tree(&output), times(&output));
    assert_eq!(counts(&batch(&input, &output, &[])), [0, 30, 0]);
    assert_eq!((tree(&output), times(&output)), (files, before));
    assert_eq!(noted(&output), 30);

    // The names and times of the inputs do not matter, their content does.
    fs::write(input.join("1950/00/第0版.txt"), text(77)).unwrap();
    assert_eq!(counts(&batch(&input, &output, &[])), [1, 29, 0]);
    // An output that is gone or cut is made again.
    fs::remove_file(output.join("1950/00/第0版.txt")).unwrap();
    fs::write(output.join("1951/00/p1.txt"), "").unwrap();
    assert_eq!(counts(&batch(&input, &output, &[])), [2, 28, 0]);
    // Other settings are other outputs.
    assert_eq!(counts(&batch(&input, &output, &["--keep-characters"])), [30, 0, 0]);
    assert_eq!(counts(&batch(&input, &output, &["--keep-characters", "--jobs", "1"])), [0, 30, 0]);
    assert_eq!(counts(&batch(&input, &output, &["--keep-characters", "--force"])), [30, 0, 0]);
}

/// Files enough that a run can be stopped in its middle, however fast it is.
const MANY: usize = if cfg!(debug_assertions) { 600 } else { 3000 };

/// Starts a batch and waits until some documents are finished.
fn started(input: &Path, output: &Path) -> Child {
    let mut child = pagemend(&["batch", "--jobs", "2"]).arg(input).arg("-o").arg(output).spawn().unwrap();
    let patience = Instant::now();
    while noted(output) < 20 {
        assert!(patience.elapsed() < Duration::from_secs(120), "nothing is finished");
        assert!(child.try_wait().unwrap().is_none(), "the run ended too early to be stopped");
        sleep(Duration::from_millis(2));
    }
    child
}

/// Whatever stands in the output of a stopped run is whole, and going on gives what one run gives.
fn goes_on(input: &Path, output: &Path, fresh: &Path, count: usize) {
    let expected = tree(fresh);
    let stopped = tree(output);
    assert!(stopped.len() >= 20 && stopped.len() < expected.len(), "{} files", stopped.len());
    for (name, bytes) in &stopped {
        assert_eq!(expected.get(name), Some(bytes), "{name:?}");
    }
    let finished = noted(output);
    let run = batch(input, output, &[]);
    let [mended, unchanged, bad] = counts(&run);
    assert_eq!((mended + unchanged + bad, bad), (count, count / 100), "{}", said(&run));
    assert!(unchanged >= finished - 1, "{unchanged} of {finished}");
    assert_eq!(tree(output), expected);
    assert!(!output.join(".pagemend/staging").exists());
}

#[test]
fn a_killed_run_goes_on_where_it_was() {
    let home = tempfile::tempdir().unwrap();
    let [input, output, fresh] = ["in", "out", "fresh"].map(|name| home.path().join(name));
    mixed(&input, MANY);
    batch(&input, &fresh, &[]);
    let mut child = started(&input, &output);
    child.kill().unwrap();
    child.wait().unwrap();
    // A crash may tear the last line too.
    let manifest = output.join(".pagemend/manifest.jsonl");
    let lines = fs::read(&manifest).unwrap();
    fs::write(&manifest, &lines[..lines.len() - 9]).unwrap();
    goes_on(&input, &output, &fresh, MANY);
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_ends_cleanly() {
    let home = tempfile::tempdir().unwrap();
    let [input, output, fresh] = ["in", "out", "fresh"].map(|name| home.path().join(name));
    mixed(&input, MANY);
    batch(&input, &fresh, &[]);
    let child = started(&input, &output);
    let kill = std::process::Command::new("kill").arg("-INT").arg(child.id().to_string()).status().unwrap();
    assert!(kill.success());
    let run = child.wait_with_output().unwrap();
    assert_eq!(run.status.code(), Some(130), "{}", said(&run));
    assert!(said(&run).contains("interrupted; the same command goes on from here"));
    // What was at hand is finished and noted.
    assert_eq!(noted(&output), tree(&output).len());
    assert!(!output.join(".pagemend/staging").exists());
    goes_on(&input, &output, &fresh, MANY);
}
