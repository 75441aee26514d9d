//! `pagemend stream` as a host program meets it: through a pipe, one answer for each line.

use base64::Engine;
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::thread;

/// Runs the program as Spark does: with no environment at all.
fn pagemend(args: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pagemend"));
    command.args(args).env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    thread::scope(|scope| {
        // A program that ends early does not read everything.
        scope.spawn(move || stdin.write_all(input).unwrap_or_default());
        child.wait_with_output().unwrap()
    })
}

/// The answers to some lines, each checked to be one line of JSON.
fn answers(args: &[&str], input: &[u8]) -> Vec<Value> {
    let output = pagemend(args, input);
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.is_empty() || text.ends_with('\n'));
    text.split_terminator('\n').map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn answer(line: &str) -> Value {
    let mut all = answers(&["stream"], line.as_bytes());
    assert_eq!(all.len(), 1, "{line}");
    all.remove(0)
}

fn error(line: &str) -> String {
    let answer = answer(line);
    assert!(answer.get("document").is_none());
    answer["error"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

const DUMP: &str = "本报讯（记者 邓公平）2 月\n28 日，区长何庆主持召开会\n议，研究部署近期工作。\n\n区政府召开会议\n";

#[test]
fn a_document_is_what_fix_writes() {
    let fixed = pagemend(&["fix", "--to", "json"], DUMP.as_bytes());
    let fixed = String::from_utf8(fixed.stdout).unwrap();
    let streamed = pagemend(&["stream"], json!({"id": "a", "text": DUMP}).to_string().as_bytes());
    let streamed = String::from_utf8(streamed.stdout).unwrap();
    assert_eq!(streamed, format!("{{\"id\":\"a\",\"document\":{}}}\n", fixed.trim_end()));
}

#[test]
fn the_same_page_as_text_data_and_path() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("页.txt");
    std::fs::write(&path, DUMP).unwrap();
    let data = "5Yy65pS/5bqc5Y+s5byA5Lya6K6uCg";
    let lines = [
        json!({"path": path}),
        json!({"text": DUMP, "format": "text"}),
        json!({"data": data}),
        json!({"data": format!("{}\r\n{}==", &data[..20], &data[20..])}),
    ];
    let input: String = lines.iter().map(|l| format!("{l}\n")).collect();
    let answers = answers(&["stream"], input.as_bytes());
    assert_eq!(answers[0]["document"]["articles"], answers[1]["document"]["articles"]);
    assert_eq!(answers[0]["document"]["source"]["path"], json!(path));
    assert_eq!(answers[1]["document"]["articles"][0]["blocks"][0]["text"], "区政府召开会议");
    assert_eq!(answers[2]["document"], answers[3]["document"]);
    assert_eq!(answers[2]["document"]["articles"][0]["blocks"][0]["text"], "区政府召开会议");
}

#[test]
fn every_line_is_answered_in_order_for_any_number_of_jobs() {
    let mut input = Vec::new();
    for n in 0..402 {
        match n % 7 {
            0 => input.extend_from_slice(b"\n"),
            1 => input.extend_from_slice(format!("{{\"id\":{n},\"text\":\n").as_bytes()),
            2 => input.extend_from_slice(b"{\"id\":\"\xff\"}\n"),
            3 => input.extend_from_slice(format!("{{\"id\":{n}}}\r\n").as_bytes()),
            _ => input.extend_from_slice(format!("{}\n", json!({"id": n, "text": DUMP.repeat(n % 5)})).as_bytes()),
        }
    }
    // The last line has no line feed.
    input.pop();
    let alone = pagemend(&["stream", "--jobs", "1"], &input).stdout;
    let together = pagemend(&["stream", "--jobs", "4"], &input).stdout;
    assert_eq!(String::from_utf8(alone), String::from_utf8(together));
    let answers = answers(&["stream", "--jobs", "3"], &input);
    assert_eq!(answers.len(), 402);
    for (n, answer) in answers.iter().enumerate() {
        let id = if matches!(n % 7, 0 | 2) { Value::Null } else { n.into() };
        assert_eq!(answer["id"], id, "{answer}");
        assert_eq!(answer.get("document").is_some(), n % 7 > 3, "{answer}");
    }
}

#[test]
fn unknown_fields_are_carried_through() {
    let line = r#"{"deep":[[[{"数":123456789012345678901234567890.10}]]],"id":{"a":[1,2]},"text":"会议","z":"\ud800","n":null}"#;
    let output = pagemend(&["stream"], line.as_bytes());
    let text = String::from_utf8(output.stdout).unwrap();
    let kept =
        r#"{"id":{"a":[1,2]},"deep":[[[{"数":123456789012345678901234567890.10}]]],"z":"\ud800","n":null,"document":{"#;
    assert!(text.starts_with(kept), "{text}");
    // Any depth: nothing that is carried through is looked into.
    let deep = format!("{{\"id\":1,\"x\":{}{},\"text\":\"\"}}", "[".repeat(200_000), "]".repeat(200_000));
    let output = pagemend(&["stream"], deep.as_bytes());
    assert!(String::from_utf8(output.stdout).unwrap().contains("]]],\"document\":{"));
}

#[test]
fn no_line_ends_but_line_feeds() {
    let line =
        "{\"id\":\"a\u{2028}\",\r\"x\u{2029}\":[1,\r\"\u{85}\"],\"text\":\"会\u{85}议\u{2028}会\u{2029}议\"}\r\n";
    let output = pagemend(&["stream"], line.as_bytes());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains(['\u{85}', '\u{2028}', '\u{2029}', '\r']), "{text}");
    assert_eq!(text.matches('\n').count(), 1);
    let answer: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&answer["id"], &answer["x\u{2029}"][1]), (&json!("a\u{2028}"), &json!("\u{85}")));
    assert!(answer["document"].is_object());
}

#[test]
fn what_is_wrong_is_said_in_band() {
    assert_eq!(error("\n"), "byte 0: this is no good JSON: the line is blank; expected a JSON object");
    assert!(error("[1]\n").contains("expected a JSON object"));
    assert!(error("{\"id\":1,\"text\":\"a\"} x\n").contains("trailing characters"));
    assert!(error("{\"id\":1,\"text\":5}\n").contains("expected a string"));
    assert!(error("{\"id\":1,\"text\":\"a\",\"text\":\"b\"}\n").contains("`text` stands here twice"));
    assert!(error("{\"id\":1,\"text\":\"a\",\"document\":2}\n").contains("`document` is the answer's"));
    assert!(error("{\"id\":1}\n").contains("expected `text`, `data` or `path`"));
    assert!(error("{\"id\":1,\"text\":\"a\",\"path\":\"b\"}\n").contains("alone"));
    assert!(error("{\"id\":1,\"text\":\"a\",\"format\":\"klingon\"}\n").contains("no format is called"));
    assert!(error("{\"id\":1,\"data\":\"5Yy6*pS\"}\n").starts_with("`data`: this is no good base64: "));
    assert!(error("{\"id\":1,\"data\":\"AAAAAAAAAAAAAAAAAAAA\"}\n").contains("this is not text"));
    assert!(error("{\"id\":1,\"path\":\"no-such-page.txt\"}\n").starts_with("no-such-page.txt: "));
    assert!(error("{\"id\":1,\"path\":\"a\\u0000b\"}\n").starts_with("a\0b: "));
    assert!(error("{\"id\":1,\"path\":\"/\"}\n").contains("no regular file"));
    assert_eq!(answer("{\"id\":[7],\"path\":null,\"text\":\"a\",\"z\":tru\n")["id"], json!([7]));
}

#[test]
fn a_line_that_is_too_long_is_refused_in_band() {
    let huge = json!({"id": "huge", "text": "会议。\n".repeat(300_000)});
    let input = format!("{huge}\n{}\n", json!({"id": 2, "text": "会议"}));
    let refused = answers(&["stream", "--longest-line", "64K"], input.as_bytes());
    assert_eq!(refused[0]["id"], "huge");
    assert!(refused[0]["error"].as_str().unwrap().contains("longer than 65536 bytes; --longest-line"));
    assert!(refused[1]["document"].is_object());
}

#[test]
fn warnings_are_told() {
    let mut damaged = DUMP.repeat(3).into_bytes();
    damaged[1] = 0xff;
    let line = json!({"id": 1, "data": base64::engine::general_purpose::STANDARD.encode(damaged)}).to_string();
    assert!(answer(&line)["warnings"][0].as_str().unwrap().contains("U+FFFD"));
}

#[test]
fn standard_error_has_the_statistics_alone() {
    let output = pagemend(&["stream"], b"{\"id\":1,\"text\":\"a\"}\n\n");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("2 lines: 1 mended, 1 errors; 0.0 MB in, 0.0 MB out, "), "{said}");
    assert_eq!(said.lines().count(), 1);
}

/// Where nothing can be written the stream cannot go on.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_the_stream() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_pagemend"));
    let mut child = command.arg("stream").stdin(Stdio::piped()).stdout(full).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"{\"id\":1,\"text\":\"a\"}\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("No space left"));
}
