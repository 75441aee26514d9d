//! Everything a file system does to a batch, done for real.
#![cfg(unix)]

use crate::corpus::{batch, boxes, counts, listed, mixed, noted, pagemend, report, said, text, tree};
use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, sleep};
use std::time::Duration;

#[test]
fn links_and_what_is_no_file() {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in"), home.path().join("out"));
    fs::create_dir_all(input.join("a/b")).unwrap();
    fs::write(input.join("a/b/p.txt"), text(1)).unwrap();
    symlink("..", input.join("a/b/up")).unwrap();
    symlink("self", input.join("self")).unwrap();
    symlink("nowhere", input.join("broken")).unwrap();
    symlink("a/b/p.txt", input.join("linked.txt")).unwrap();
    symlink("a/b", input.join("other")).unwrap();
    assert!(Command::new("mkfifo").arg(input.join("pipe")).status().unwrap().success());
    let run = batch(&input, &output, &[]);
    assert_eq!((run.status.code(), counts(&run)), (Some(1), [3, 0, 0]), "{}", said(&run));
    let names: Vec<PathBuf> = tree(&output).into_keys().collect();
    assert_eq!(names, ["a/b/p.txt", "linked.txt", "other/p.txt"].map(PathBuf::from));
    let kind = |name: &str, kind: &str| (input.join(name), kind.to_owned());
    assert_eq!(listed(&output, "failed"), [kind("broken", "not-found"), kind("self", "io")]);
    let passed = listed(&output, "passed-over");
    assert!(passed.contains(&kind("a/b/up", "loop")) && passed.contains(&kind("pipe", "no-file")), "{passed:?}");
}

#[test]
fn names_that_are_no_utf8() {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in"), home.path().join("out"));
    fs::create_dir(&input).unwrap();
    let names = [b"\xb5\xda1\xb0\xe6.txt", b"\xb5\xda2\xb0\xe6.txt"].map(|name| PathBuf::from(OsStr::from_bytes(name)));
    if fs::write(input.join(&names[0]), text(1)).is_err() {
        eprintln!("skipped: this file system has no such names");
        return;
    }
    fs::write(input.join(&names[1]), b"\0\x01\x02".repeat(100)).unwrap();
    for expected in [[1, 0, 1], [0, 1, 1]] {
        assert_eq!(counts(&batch(&input, &output, &[])), expected);
        assert_eq!(tree(&output).into_keys().collect::<Vec<_>>(), [names[0].clone()]);
    }
    let bad = &report(&output)[0];
    let bytes =
        base64::Engine::decode(&base64::engine::general_purpose::STANDARD, bad["input_base64"].as_str().unwrap());
    assert_eq!(bytes.unwrap(), input.join(&names[1]).as_os_str().as_bytes());
}

#[test]
fn what_may_not_be_read() {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in"), home.path().join("out"));
    fs::create_dir_all(input.join("locked")).unwrap();
    fs::write(input.join("locked/p.txt"), text(1)).unwrap();
    fs::write(input.join("p.txt"), text(2)).unwrap();
    fs::write(input.join("secret.txt"), text(3)).unwrap();
    let forbid = |name: &str, mode| fs::set_permissions(input.join(name), fs::Permissions::from_mode(mode)).unwrap();
    forbid("secret.txt", 0);
    if fs::read(input.join("secret.txt")).is_ok() {
        eprintln!("skipped: whoever runs this may read everything");
        return;
    }
    forbid("locked", 0);
    let run = batch(&input, &output, &[]);
    forbid("locked", 0o755);
    assert_eq!((run.status.code(), counts(&run)), (Some(1), [1, 0, 1]), "{}", said(&run));
    assert!(said(&run).contains("1 directories or files could not be opened"), "{}", said(&run));
    let denied = |name: &str| (input.join(name), "permission-denied".to_owned());
    assert_eq!(listed(&output, "failed"), [denied("locked"), denied("secret.txt")]);
}

#[test]
fn an_empty_file_is_warned_of() {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in"), home.path().join("out"));
    fs::create_dir_all(&input).unwrap();
    fs::write(input.join("p.txt"), text(1)).unwrap();
    fs::write(input.join("empty.txt"), "").unwrap();
    let run = batch(&input, &output, &[]);
    assert_eq!((run.status.code(), counts(&run)), (Some(0), [2, 0, 0]), "{}", said(&run));
    let warned: Vec<PathBuf> = listed(&output, "warned").into_iter().map(|(path, _)| path).collect();
    assert_eq!(warned, [input.join("empty.txt")]);
    let fix = pagemend(&[Path::new("fix"), &input.join("empty.txt")]).output().unwrap();
    assert!(fix.status.success() && said(&fix).contains("empty.txt: the file is empty"), "{}", said(&fix));
    fs::write(input.join("mark.txt"), "\u{feff}").unwrap();
    let fix = pagemend(&[Path::new("fix"), &input.join("mark.txt")]).output().unwrap();
    assert!(fix.status.success() && said(&fix).contains("mark.txt: no text stands in the file"), "{}", said(&fix));
}

#[test]
fn files_that_vanish() {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in"), home.path().join("out"));
    fs::create_dir(&input).unwrap();
    for n in 0..40 {
        // Each takes some milliseconds, so that there is time to take the last ones away.
        let pages: String = (0..if cfg!(debug_assertions) { 30 } else { 300 }).map(text).collect();
        fs::write(input.join(format!("{n:02}.txt")), pages).unwrap();
    }
    let child = pagemend(&["batch", "--jobs", "1"]).arg(&input).arg("-o").arg(&output).spawn().unwrap();
    // The names are known when the first document is finished.
    while noted(&output) == 0 {
        sleep(Duration::from_millis(1));
    }
    let gone: Vec<PathBuf> = (30..40).map(|n| input.join(format!("{n}.txt"))).collect();
    gone.iter().for_each(|path| fs::remove_file(path).unwrap());
    let run = child.wait_with_output().unwrap();
    assert_eq!((run.status.code(), counts(&run)), (Some(1), [30, 0, 10]), "{}", said(&run));
    let expected: Vec<_> = gone.into_iter().map(|path| (path, "not-found".to_owned())).collect();
    assert_eq!(listed(&output, "failed"), expected);
}

#[test]
fn a_file_that_is_being_written() {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in"), home.path().join("out"));
    fs::create_dir(&input).unwrap();
    fs::write(input.join("a.txt"), text(1)).unwrap();
    // Large enough that something is added while it is read.
    fs::write(input.join("growing.txt"), vec![b' '; 48 << 20]).unwrap();
    let stop = AtomicBool::new(false);
    let run = thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = OpenOptions::new().append(true).open(input.join("growing.txt")).unwrap();
            while !stop.load(Ordering::Relaxed) {
                file.write_all(b" ").unwrap();
            }
        });
        let run = batch(&input, &output, &[]);
        stop.store(true, Ordering::Relaxed);
        run
    });
    assert_eq!((run.status.code(), counts(&run)), (Some(1), [1, 0, 1]), "{}", said(&run));
    assert_eq!(listed(&output, "failed"), [(input.join("growing.txt"), "changed".to_owned())]);
}

#[test]
fn a_name_that_is_too_long_for_its_ending() {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in"), home.path().join("out"));
    fs::create_dir(&input).unwrap();
    let long = format!("{}.t", "x".repeat(252));
    fs::write(input.join(&long), text(1)).unwrap();
    fs::write(input.join("z.t"), text(2)).unwrap();
    let run = batch(&input, &output, &["--to", "json"]);
    assert_eq!((run.status.code(), counts(&run)), (Some(1), [1, 0, 1]), "{}", said(&run));
    assert!(output.join("z.json").exists());
}

/// A run that cannot write stops at once, names the output, and goes on when there is room again.
fn stops_for_want_of_room(input: &Path, output: &Path, run: std::process::Output, why: &str) {
    assert_eq!(run.status.code(), Some(2), "{}", said(&run));
    let said = said(&run);
    let error = said.lines().last().unwrap();
    assert!(error.starts_with("error: ") && error.contains(output.to_str().unwrap()) && error.contains(why), "{said}");
    let written = tree(output);
    let fresh = input.with_file_name("fresh");
    assert!(batch(input, &fresh, &["--to", "json"]).status.success());
    let expected = tree(&fresh);
    assert!(written.len() < expected.len());
    assert!(written.iter().all(|(name, bytes)| expected.get(name) == Some(bytes)));
}

#[test]
fn a_file_that_may_not_grow() {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in"), home.path().join("out"));
    mixed(&input, 20);
    fs::write(input.join("z-large.json"), boxes(&(0..200).map(text).collect::<String>())).unwrap();
    let script = "trap '' XFSZ; ulimit -f 64; exec \"$0\" batch --to json --jobs 1 \"$1\" -o \"$2\"";
    let program = env!("CARGO_BIN_EXE_pagemend");
    let run = Command::new("bash").args(["-c", script, program]).args([&input, &output]).output().unwrap();
    stops_for_want_of_room(&input, &output, run, "File too large");
    assert!(batch(&input, &output, &["--to", "json"]).status.success());
    assert_eq!(tree(&output), tree(&input.with_file_name("fresh")));
}

/// A small file system of its own, taken away at the end.
struct Small(PathBuf);

impl Small {
    fn mount(path: PathBuf) -> Option<Small> {
        fs::create_dir(&path).unwrap();
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=128k", "tmpfs"]).arg(&path).output();
        mount.is_ok_and(|m| m.status.success()).then_some(Small(path))
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk() {
    let home = tempfile::tempdir().unwrap();
    let input = home.path().join("in");
    let Some(small) = Small::mount(home.path().join("small")) else {
        eprintln!("skipped: whoever runs this may mount nothing");
        return;
    };
    mixed(&input, 37);
    fs::write(input.join("large.json"), boxes(&(0..200).map(text).collect::<String>())).unwrap();
    let run = batch(&input, &small.0, &["--to", "json", "--jobs", "2"]);
    stops_for_want_of_room(&input, &small.0, run, "No space left on device");
}
