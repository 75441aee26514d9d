//! Pictures on the command line, with a `tesseract` of our own first on the PATH: it notes how it was
//! called, and answers with pages that lie ready for it.
#![cfg(unix)]

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// How tesseract is called; the models stand between these.
const BEFORE: &str = "stdin stdout -l ";
const AFTER: &str = " -c tessedit_create_hocr=1";

/// The lines of a horizontal page, and of a vertical one.
const WIDE: [[u32; 4]; 3] = [[60, 60, 660, 90], [60, 110, 660, 140], [60, 160, 260, 190]];
const TALL: [[u32; 4]; 3] = [[600, 60, 630, 660], [550, 60, 580, 660], [500, 60, 530, 260]];

/// A sentence over three lines.
const LINES: [&str; 3] = ["東京の図書館では古い新聞を文字", "認識して公開し、誰でも読めるよう", "にしている。"];

/// A directory with pictures in it, and a tesseract that reads them.
struct Desk(TempDir);

impl Desk {
    /// A tesseract with these models installed.
    fn with(models: &[&str]) -> Desk {
        let desk = Desk(tempfile::tempdir().unwrap());
        fs::create_dir(desk.path("bin")).unwrap();
        fs::create_dir(desk.path("empty")).unwrap();
        fs::write(desk.path("models"), models.join("\n") + "\n").unwrap();
        fs::write(desk.path("calls"), "").unwrap();
        // A picture's last byte says which page it is. Much is said before anything is read.
        let script = format!(
            r#"#!/bin/sh
cd '{}'
echo "$*" >> calls
if [ "$1" = --list-langs ]; then
    echo 'List of available languages in "/usr/share/tessdata/":'
    exec cat models
fi
head -c 200000 /dev/zero | tr '\0' '\n' >&2
# Who does not read to the end has its reasons.
[ -e refuses ] && cat refuses >&2 && exit 3
page=$(tee taken | tail -c 1)
[ -e says ] && cat says >&2
exec cat "$4.$page.hocr"
"#,
            desk.path("").display()
        );
        fs::write(desk.path("bin/tesseract"), script).unwrap();
        fs::set_permissions(desk.path("bin/tesseract"), fs::Permissions::from_mode(0o755)).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// What these models make of a page.
    fn answer(&self, models: &str, page: u8, lines: &[&str], boxes: &[[u32; 4]]) {
        let mut hocr = String::from("<html><body><div class='ocr_page' title='image \"stdin\"; bbox 0 0 700 720'>\n");
        for (text, [left, top, right, bottom]) in lines.iter().zip(boxes) {
            let bbox = format!("bbox {left} {top} {right} {bottom}");
            hocr += &format!(
                "<span class='ocr_line' title=\"{bbox}; x_size 30\"><span class='ocrx_word' title='{bbox}; x_wconf 90'>{text}</span></span>\n"
            );
        }
        fs::write(self.path(&format!("{models}.{page}.hocr")), hocr + "</div></body></html>\n").unwrap();
    }

    /// A picture of this page.
    fn picture(&self, name: &str, page: u8) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, picture(page)).unwrap();
        path
    }

    fn command(&self, args: &[&OsStr], path: OsString) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pagemend"));
        command.args(args).env("PATH", path).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run<S: AsRef<OsStr>>(&self, args: &[S]) -> Output {
        let args: Vec<&OsStr> = args.iter().map(AsRef::as_ref).collect();
        self.command(&args, self.programs()).output().unwrap()
    }

    fn run_on(&self, args: &[&str], input: &[u8]) -> Output {
        let args: Vec<&OsStr> = args.iter().map(OsStr::new).collect();
        let mut child = self.command(&args, self.programs()).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap()
    }

    fn programs(&self) -> OsString {
        let others = std::env::var_os("PATH").unwrap_or_default();
        std::env::join_paths([self.path("bin")].into_iter().chain(std::env::split_paths(&others))).unwrap()
    }

    /// The models of each reading so far, in order.
    fn readings(&self) -> Vec<String> {
        let calls = fs::read_to_string(self.path("calls")).unwrap();
        let readings = calls.lines().filter(|call| *call != "--list-langs");
        let models = readings.map(|call| call.strip_prefix(BEFORE).and_then(|c| c.strip_suffix(AFTER)).expect(call));
        models.map(str::to_owned).collect()
    }
}

fn picture(page: u8) -> Vec<u8> {
    // More than a pipe holds.
    [&b"\x89PNG\r\n\x1a\n"[..], &[0; 200_000], page.to_string().as_bytes()].concat()
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}

fn paragraph() -> String {
    LINES.concat() + "\n"
}

#[test]
fn a_picture_is_read_with_what_is_installed() {
    let desk = Desk::with(&["eng", "jpn", "kor", "osd"]);
    desk.answer("jpn+kor", 1, &LINES, &WIDE);
    let scan = desk.picture("scan.png", 1);
    let run = desk.run(&[OsStr::new("fix"), scan.as_os_str()]);
    assert_eq!((out(&run), run.status.code()), (paragraph().as_str(), Some(0)), "{}", said(&run));
    assert_eq!(said(&run), format!("running: tesseract {BEFORE}jpn+kor{AFTER} < {}", scan.display()));
    assert_eq!(desk.readings(), ["jpn+kor"]);
    assert_eq!(fs::read(desk.path("taken")).unwrap(), picture(1));
    // The ending says nothing.
    fs::rename(&scan, desk.path("scan")).unwrap();
    let run = desk.run(&[OsStr::new("fix"), "--to".as_ref(), "json".as_ref(), desk.path("scan").as_os_str()]);
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(
        (json["source"]["format"].as_str(), &json["source"]["path"]),
        (Some("hocr"), &desk.path("scan").to_str().into())
    );
    let run = desk.run(&[OsStr::new("explain"), desk.path("scan").as_os_str()]);
    assert!(out(&run).contains("(hocr)") || out(&run).contains("hocr ("), "{}", out(&run));
}

#[test]
fn standard_input_may_be_a_picture() {
    let desk = Desk::with(&["jpn"]);
    desk.answer("jpn", 1, &LINES, &WIDE);
    for args in [&["fix"][..], &["fix", "-"]] {
        let run = desk.run_on(args, &picture(1));
        assert_eq!(out(&run), paragraph());
        assert_eq!(said(&run), format!("running: tesseract {BEFORE}jpn{AFTER}"));
    }
}

#[test]
fn the_language_or_the_user_chooses_the_models() {
    let desk = Desk::with(&["chi_sim", "chi_tra", "jpn", "kor"]);
    let scan = desk.picture("scan.png", 1);
    let scan = scan.to_str().unwrap();
    for (args, models) in [
        (&["--language", "zh"][..], "chi_sim+chi_tra"),
        (&["--language", "ko"], "kor"),
        (&["--language", "ko", "--lang", "chi_sim+eng"], "chi_sim+eng"),
        (&["--lang", "script/HanS"], "script/HanS"),
        (&[], "chi_sim+chi_tra+jpn+kor"),
    ] {
        fs::create_dir_all(desk.path("script")).unwrap();
        desk.answer(models, 1, &LINES, &WIDE);
        let run = desk.run(&[&["fix", scan], args].concat());
        assert_eq!(out(&run), paragraph(), "{}", said(&run));
        assert_eq!(desk.readings().last().unwrap(), models);
    }
    // Whoever names the models is not asked what is installed.
    let calls = fs::read_to_string(desk.path("calls")).unwrap();
    assert_eq!(calls.matches("--list-langs").count(), 3);
}

#[test]
fn a_vertical_page_is_read_with_the_vertical_model() {
    let desk = Desk::with(&["jpn", "jpn_vert"]);
    desk.answer("jpn", 1, &["胡羽図由記", "地層仲飛疾", "娠期"], &TALL);
    desk.answer("jpn_vert", 1, &LINES, &TALL);
    let scan = desk.picture("scan.tif", 1);
    let scan = scan.to_str().unwrap();
    let run = desk.run(&["fix", scan]);
    assert_eq!(out(&run), paragraph(), "{}", said(&run));
    assert_eq!(desk.readings(), ["jpn", "jpn_vert"]);
    assert_eq!(said(&run).lines().count(), 2);
    // Whoever names the model has it, and is told.
    let run = desk.run(&["fix", "--lang", "jpn_vert", scan]);
    assert_eq!((out(&run), said(&run).lines().count()), (paragraph().as_str(), 1));
    let run = desk.run(&["fix", "--lang", "jpn", scan]);
    assert!(
        said(&run).contains("most of its lines are vertical, and --lang jpn is for horizontal ones"),
        "{}",
        said(&run)
    );
    assert_eq!(desk.readings()[2..], ["jpn_vert", "jpn"]);
}

#[test]
fn a_vertical_page_without_its_model_is_warned_of() {
    let desk = Desk::with(&["jpn"]);
    desk.answer("jpn", 1, &["胡羽図由記", "地層仲飛疾", "娠期"], &TALL);
    let run = desk.run(&["fix", desk.picture("scan.png", 1).to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(0));
    assert!(out(&run).contains("胡羽図由記"), "{}{}", out(&run), said(&run));
    let expected =
        "scan.png: most of its lines are vertical, and tesseract has no jpn_vert to read such lines with; on Debian";
    assert!(said(&run).contains(expected), "{}", said(&run));
    assert_eq!(desk.readings(), ["jpn"]);
}

#[test]
fn what_is_missing_is_said_with_how_to_install_it() {
    let desk = Desk::with(&["eng", "osd"]);
    let scan = desk.picture("scan.png", 1);
    let args = [OsStr::new("fix"), scan.as_os_str()];
    let without = desk.command(&args, desk.path("empty").into_os_string()).output().unwrap();
    let scan = scan.display();
    let expected = format!(
        "error: {scan}: this is a picture (PNG), and there is no tesseract here to read it; on Debian and Ubuntu `apt install tesseract-ocr` and the lang"
    );
    assert!(said(&without).starts_with(&expected), "{}", said(&without));
    assert_eq!((out(&without), without.status.code()), ("", Some(1)));

    let run = desk.run(&args);
    let expected = format!(
        "error: {scan}: tesseract needs a model for this picture: chi_sim or chi_tra or jpn or kor; it has eng, osd; on Debian"
    );
    assert!(said(&run).starts_with(&expected), "{}", said(&run));
    assert_eq!((out(&run), run.status.code()), ("", Some(1)));
}

#[test]
fn what_tesseract_says_of_its_failure_is_passed_on() {
    let desk = Desk::with(&["jpn"]);
    let scan = desk.picture("scan.png", 1);
    let scan = scan.to_str().unwrap();
    fs::write(desk.path("says"), "Error in pixReadMemPng: truncated file\n").unwrap();
    let run = desk.run(&["fix", scan]);
    let expected = format!(
        "error: {scan}: tesseract {BEFORE}jpn{AFTER} failed (exit status: 1): Error in pixReadMemPng: truncated file\n"
    );
    assert!(said(&run).contains(&expected), "{}", said(&run));
    assert_eq!((out(&run), run.status.code()), ("", Some(1)));
    fs::write(desk.path("refuses"), "no memory").unwrap();
    let run = desk.run(&["fix", scan]);
    assert!(said(&run).ends_with("failed (exit status: 3): no memory"), "{}", said(&run));
    fs::remove_file(desk.path("refuses")).unwrap();
    // It came through, and complained.
    desk.answer("jpn", 1, &LINES, &WIDE);
    fs::write(desk.path("says"), "Estimating resolution as 299\nFailed loading language 'kor'\n").unwrap();
    let run = desk.run(&["fix", scan]);
    assert_eq!((out(&run), run.status.code()), (paragraph().as_str(), Some(0)));
    assert!(
        said(&run).ends_with(&format!("warning: {scan}: tesseract: Failed loading language 'kor'")),
        "{}",
        said(&run)
    );
}

/// The issue of a paper: ten pictures, the pages named by their numbers.
fn issue(desk: &Desk) {
    for page in 1..=9 {
        let lines = LINES.map(|line| format!("{page}{line}"));
        desk.answer("jpn", page, &lines.each_ref().map(String::as_str), &WIDE);
    }
    for (name, page) in [("page2.png", 1), ("page9.jpg", 2), ("page10.png", 3)] {
        desk.picture(&format!("issue/{name}"), page);
    }
}

#[test]
fn a_directory_of_pictures_is_one_document() {
    let desk = Desk::with(&["jpn"]);
    issue(&desk);
    let (input, output) = (desk.path("issue"), desk.path("out"));
    let (input, output) = (input.to_str().unwrap(), output.to_str().unwrap());
    let run = desk.run(&["batch", "--document", "--to", "json", input, "-o", output]);
    assert_eq!(run.status.code(), Some(0), "{}", said(&run));
    let json: serde_json::Value = serde_json::from_slice(&fs::read(desk.path("out/issue.json")).unwrap()).unwrap();
    let text = json["articles"].to_string() + &json["furniture"].to_string();
    let places: Vec<_> = [1, 2, 3].iter().map(|page| text.find(&format!("{page}{}", LINES[0])).expect(&text)).collect();
    assert!(places.is_sorted(), "{text}");
    assert_eq!(json["pages"].as_array().unwrap().len(), 3);
    assert_eq!(json["source"]["format"], "hocr");
    // The same command thrice is said once.
    assert_eq!(said(&run).matches(&format!("pictures are read with `tesseract {BEFORE}jpn{AFTER}`")).count(), 1);

    let pages = ["page10.png", "page2.png", "page9.jpg"].map(|p| desk.path("issue").join(p).display().to_string());
    let fixed = desk.run(&["fix", "--document", "--to", "json", &pages[0], &pages[1], &pages[2]]);
    assert_eq!(fixed.stdout, fs::read(desk.path("out/issue.json")).unwrap());
}

#[test]
fn a_batch_reads_pictures_that_nobody_has_read() {
    let desk = Desk::with(&["jpn"]);
    issue(&desk);
    fs::write(desk.path("issue/page9_alto.txt"), "会议。\n").unwrap();
    fs::write(desk.path("issue/broken.png"), "\u{fffd}PNG").unwrap();
    desk.picture("issue/page4.png", 0);
    let (input, output) = (desk.path("issue"), desk.path("out"));
    let args = ["batch", input.to_str().unwrap(), "-o", output.to_str().unwrap()];
    let run = desk.run(&args);
    assert_eq!(run.status.code(), Some(1), "{}", said(&run));
    // What is called a picture and is none is text; one that tesseract cannot read is listed.
    assert!(
        said(&run).contains("5 documents: 4 mended, 0 unchanged, 1 bad; 1 pictures and the like passed over"),
        "{}",
        said(&run)
    );
    assert!(said(&run).contains("page4.png: tesseract "), "{}", said(&run));
    let report = fs::read_to_string(desk.path("out/.pagemend/report.jsonl")).unwrap();
    assert!(report.contains(r#""kind":"engine""#), "{report}");
    assert!(fs::read_to_string(desk.path("out/page10.txt")).unwrap().starts_with(&format!("3{}", LINES[0])));
    // What is finished is not read again; what failed is.
    let before = desk.readings().len();
    fs::remove_file(desk.path("issue/page4.png")).unwrap();
    let run = desk.run(&args);
    assert!(said(&run).contains("4 documents: 0 mended, 4 unchanged, 0 bad"), "{}", said(&run));
    assert_eq!(desk.readings().len(), before);
    // Other models are another setting.
    desk.answer("jpn_vert", 1, &LINES, &WIDE);
    let run = desk.run(&[&args[..], &["--only", "page2.png", "--lang", "jpn_vert"]].concat());
    assert!(said(&run).contains("1 documents: 1 mended"), "{}", said(&run));
    assert_eq!(fs::read_to_string(desk.path("out/page2.txt")).unwrap(), paragraph());
}

#[test]
fn a_stream_runs_no_program() {
    let desk = Desk::with(&["jpn"]);
    let scan = desk.picture("scan.png", 1);
    let lines = format!("{{\"id\":1,\"path\":{:?}}}\n{{\"id\":2,\"data\":\"iVBORw0KGgo=\"}}\n", scan.to_str().unwrap());
    let run = desk.run_on(&["stream"], lines.as_bytes());
    let answers: Vec<serde_json::Value> = out(&run).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let errors: Vec<&str> = answers.iter().map(|a| a["error"].as_str().unwrap()).collect();
    assert!(errors[0].contains("scan.png: this is a picture (PNG); its text has to be recognised first"), "{errors:?}");
    assert!(errors[1].starts_with("this is a picture (PNG)"), "{errors:?}");
    assert_eq!((run.status.code(), desk.readings().len()), (Some(0), 0));
}

#[test]
fn a_picture_does_not_stop_the_others() {
    let desk = Desk::with(&["jpn"]);
    desk.answer("jpn", 2, &LINES, &WIDE);
    let scans = [1, 2].map(|page| desk.picture(&format!("{page}.png"), page));
    let run = desk.run(&[OsStr::new("fix"), scans[0].as_os_str(), scans[1].as_os_str()]);
    assert_eq!((out(&run), run.status.code()), (paragraph().as_str(), Some(1)), "{}", said(&run));
}

/// Nothing of a picture stays behind: it is given to tesseract through a pipe.
#[test]
fn there_are_no_temporary_files() {
    let desk = Desk::with(&["jpn"]);
    desk.answer("jpn", 1, &LINES, &WIDE);
    let scan = desk.picture("scan.png", 1);
    let args = [OsStr::new("fix"), scan.as_os_str()];
    let run = desk.command(&args, desk.programs()).env("TMPDIR", desk.path("empty")).output().unwrap();
    assert!(run.status.success());
    assert_eq!(files(&desk.path("empty")), 0);
}

fn files(directory: &Path) -> usize {
    fs::read_dir(directory).unwrap().count()
}

/// A PDF of two pages that show a picture each, whose last pixel is the page's number.
#[cfg(feature = "pdf")]
fn scanned() -> Vec<u8> {
    let page = |content: u8| {
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 40 40]/Contents 7 0 R/Resources<</XObject<</I {content} 0 R>>>>>>"
        )
    };
    let stream =
        |dictionary: &str, data: &str| format!("<<{dictionary}/Length {}>>\nstream\n{data}\nendstream", data.len());
    let image = "/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>".to_owned(),
        page(5),
        page(6),
        stream(image, "abc1"),
        stream(image, "abc2"),
        stream("", "q 40 0 0 40 0 0 cm /I Do Q"),
    ];
    let mut out = String::from("%PDF-1.7\n");
    let mut table = String::new();
    for (n, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let at = out.len();
    let count = objects.len() + 1;
    out += &format!(
        "xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n"
    );
    out.into_bytes()
}

#[test]
#[cfg(feature = "pdf")]
fn a_scanned_pdf_is_read_page_by_page_and_is_one_document() {
    let desk = Desk::with(&["jpn"]);
    desk.answer("jpn", 1, &LINES[..2], &WIDE[..2]);
    desk.answer("jpn", 2, &LINES[2..], &WIDE[..1]);
    let pdf = desk.path("scan.pdf");
    fs::write(&pdf, scanned()).unwrap();
    let output = desk.run(&[OsStr::new("fix"), pdf.as_os_str()]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(out(&output), paragraph());
    assert_eq!(desk.readings(), ["jpn", "jpn"]);
    assert!(fs::read(desk.path("taken")).unwrap().starts_with(b"P5\n40 40\n255\n"));
}

#[test]
#[cfg(feature = "pdf")]
fn a_page_of_a_scanned_pdf_that_cannot_be_read_is_named_and_stops_nothing() {
    let desk = Desk::with(&["jpn"]);
    desk.answer("jpn", 1, &LINES, &WIDE);
    let pdf = desk.path("scan.pdf");
    fs::write(&pdf, scanned()).unwrap();
    let output = desk.run(&[OsStr::new("fix"), pdf.as_os_str()]);
    assert_eq!((out(&output), output.status.code()), (paragraph().as_str(), Some(0)));
    let warned = format!("warning: {}: page 2: tesseract {BEFORE}jpn{AFTER} failed", pdf.display());
    assert!(said(&output).contains(&warned), "{}", said(&output));
    // What the text layer said is answered by now.
    assert!(!said(&output).contains("only an image"), "{}", said(&output));
    // Where no page can be read there is nothing to write.
    fs::remove_file(desk.path("jpn.1.hocr")).unwrap();
    let output = desk.run(&[OsStr::new("fix"), pdf.as_os_str()]);
    assert_eq!((out(&output), output.status.code()), ("", Some(1)));
}

#[test]
#[cfg(feature = "pdf")]
fn what_else_is_wrong_with_a_scanned_pdf_is_still_told() {
    let desk = Desk::with(&["jpn"]);
    desk.answer("jpn", 1, &LINES, &WIDE);
    desk.answer("jpn", 2, &LINES, &WIDE);
    let pdf = desk.path("scan.pdf");
    // Text far outside of what is visible.
    let text = String::from_utf8_lossy(&scanned())
        .replace("q 40 0 0 40 0 0 cm /I Do Q", "BT /F 9 Tf 900 900 Td (Outside) Tj ET q 40 0 0 40 0 0 cm /I Do Q");
    fs::write(&pdf, text).unwrap();
    let output = desk.run(&[OsStr::new("fix"), pdf.as_os_str()]);
    for page in [1, 2] {
        let warned = format!("page {page}: 7 characters stand outside the visible page and were left out");
        assert!(said(&output).contains(&warned), "{}", said(&output));
    }
}
