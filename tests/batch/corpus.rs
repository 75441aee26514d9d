//! Directories of pages to mend, made as they are needed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A command of the program, its streams piped.
pub fn pagemend<S: AsRef<std::ffi::OsStr>>(args: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pagemend"));
    command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs `pagemend batch INPUT -o OUTPUT` with further arguments.
pub fn batch(input: &Path, output: &Path, further: &[&str]) -> Output {
    pagemend(&["batch"]).arg(input).arg("-o").arg(output).args(further).output().unwrap()
}

/// What was said on standard error.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The last line of a run: how many were mended, unchanged, bad.
pub fn counts(output: &Output) -> [usize; 3] {
    let said = said(output);
    let line = said.lines().find(|l| l.contains(" documents: ")).unwrap_or_else(|| panic!("{said}"));
    let numbers = line.split(": ").nth(1).unwrap().split([',', ';']).take(3);
    let numbers: Vec<usize> = numbers.map(|part| part.split_whitespace().next().unwrap().parse().unwrap()).collect();
    numbers.try_into().unwrap()
}

/// Writes `count` pages of mixed formats and encodings below a directory, one in a hundred damaged;
/// gives the damaged ones.
pub fn mixed(directory: &Path, count: usize) -> Vec<PathBuf> {
    let mut damaged = Vec::new();
    for n in 0..count {
        let folder = directory.join(format!("{}/{:02}", 1950 + n % 3, n / 3 % 7));
        fs::create_dir_all(&folder).unwrap();
        let (name, mut bytes) = page(n);
        if n % 100 == 37 {
            bytes = damage(n / 100);
            damaged.push(folder.join(&name));
        }
        fs::write(folder.join(name), bytes).unwrap();
    }
    damaged.sort();
    damaged
}

/// A page that differs from all others.
pub fn text(n: usize) -> String {
    format!(
        "本报讯（记者 邓公平）3 月\n{} 日，区长何庆主持召开会\n议，研究部署近期工作。会议强调，要全面深化第{n}次改\n革，\
         有序恢复生产生活秩序。\n\n区政府召开第{n}次会议\n",
        n % 28 + 1
    )
}

fn page(n: usize) -> (String, Vec<u8>) {
    let text = text(n);
    match n % 4 {
        0 => (format!("第{n}版.txt"), text.into_bytes()),
        1 => (format!("p{n}.gb"), encoding_rs::GB18030.encode(&text).0.into_owned()),
        2 => (format!("p{n}.dump.TXT"), text.replace('\n', "\r\n").into_bytes()),
        _ => (format!("p{n}.json"), boxes(&text)),
    }
}

/// The lines of a text as an engine gives them, each in a box of its own.
pub fn boxes(text: &str) -> Vec<u8> {
    let line = |(n, text): (usize, &str)| {
        let (y, right) = (n * 24, 20 * text.chars().count());
        serde_json::json!({"text": text, "score": 0.98, "box": [[0, y], [right, y], [right, y + 20], [0, y + 20]]})
    };
    let lines: Vec<_> = text.lines().filter(|l| !l.is_empty()).enumerate().map(line).collect();
    serde_json::json!({"code": 100, "data": lines}).to_string().into_bytes()
}

fn damage(kind: usize) -> Vec<u8> {
    match kind % 3 {
        0 => (0..2000u32).map(|n| (n * n % 23) as u8).collect(),
        1 => b"{\"code\":100,\"data\":[{\"text\":\"\xe4\xbc".to_vec(),
        _ => b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".repeat(40),
    }
}

/// All files below a directory but the program's own, and what is in them.
pub fn tree(directory: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(directory).into_iter().filter_entry(|e| e.file_name() != ".pagemend") {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(directory).unwrap().to_path_buf();
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// The report of a run, line by line.
pub fn report(output: &Path) -> Vec<serde_json::Value> {
    let report = fs::read_to_string(output.join(".pagemend/report.jsonl")).unwrap();
    report.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The inputs that a report lists with a status, and the kind of trouble.
pub fn listed(output: &Path, status: &str) -> Vec<(PathBuf, String)> {
    let lines = report(output).into_iter().filter(|line| line["status"] == status);
    lines.map(|l| (l["input"].as_str().unwrap().into(), l["kind"].as_str().unwrap().to_owned())).collect()
}

/// How many documents the manifest names so far.
pub fn noted(output: &Path) -> usize {
    let manifest = fs::read(output.join(".pagemend/manifest.jsonl")).unwrap_or_default();
    manifest.iter().filter(|b| **b == b'\n').count()
}
