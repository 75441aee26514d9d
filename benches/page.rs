//! The benchmark page of the README, made by `cargo bench --bench page`: a table in Markdown.
//!
//! For each form of input the same page, set in five columns: what one core does, what two do, and in
//! the same run the floor, which is decoding or parsing the same bytes with the library alone. Then
//! growth over pages and lines, and peak memory; then how long the program takes from start to end.
//! Every figure is the best of several rounds, since what disturbs a run only ever makes it slower.

use pagemend::write::{Format, to_string};
use pagemend::{Options, mend, read};
use quick_xml::events::Event;
use rayon::prelude::*;
use std::fmt::Write;
use std::hint::black_box;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const PAGE: &str = include_str!("../samples/newspaper/beibei-2020-03.txt");

/// Lines of the placed page, and characters of a line.
const LINES: usize = 300;
const MEASURE: usize = 16;
const COLUMNS: usize = 5;

/// Pages in one round.
const PAGES: usize = 24;

/// How long each figure is measured.
const TIME: Duration = Duration::from_millis(1200);

/// A form's name, its page, and the floor: what decodes or parses the same bytes alone.
type Form = (&'static str, String, fn(&str) -> usize);

fn main() {
    let lines = page();
    let forms: [Form; 7] = [
        ("text", PAGE.to_owned(), decode),
        ("woven text", woven(&lines), decode),
        ("`pdftotext -layout`", layout(&lines), decode),
        ("Umi-OCR JSON", umi(&lines), parse_json),
        ("hOCR", hocr(&lines), parse_html),
        ("ALTO", alto(&lines), parse_xml),
        ("Tesseract TSV", tsv(&lines), decode),
    ];
    println!("| form | KB a page | pages/s | MB/s | two cores | the floor alone, MB/s | times the floor |");
    println!("|---|---:|---:|---:|---:|---:|---:|");
    for (name, text, floor) in &forms {
        let one = PAGES as f64 / best(|| (0..PAGES).map(|_| mended(text)).sum());
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("two threads");
        let two = PAGES as f64 / best(|| pool.install(|| (0..PAGES).into_par_iter().map(|_| mended(text)).sum()));
        let floor = PAGES as f64 / best(|| (0..PAGES).map(|_| floor(text)).sum());
        let megabytes = text.len() as f64 / 1e6;
        println!(
            "| {name} | {:.0} | {one:.0} | {:.1} | ×{:.2} | {:.0} | {:.1} |",
            megabytes * 1e3,
            one * megabytes,
            two / one,
            floor * megabytes,
            floor / one
        );
    }
    println!("\n| a document of | lines | seconds | lines/s | peak memory, MB | bytes of memory a byte |");
    println!("|---|---:|---:|---:|---:|---:|");
    for pages in [1, 10, 100, 1000, 10_000] {
        grown(&format!("{pages} pages"), &vec![PAGE; pages].join("\u{c}"));
    }
    let all: Vec<&str> = PAGE.lines().collect();
    for lines in [100, 1000, 10_000, 100_000] {
        let text = all.iter().cycle().take(lines).fold(String::new(), |text, line| text + line + "\n");
        grown(&format!("{lines} lines on one page"), &text);
    }
    println!("\n| the whole program, for | ms | more than `--version` takes, ms |");
    println!("|---|---:|---:|");
    let nothing = started(&["--version"], "");
    for (name, text) in STARTS.into_iter().chain([("the page", PAGE)]) {
        let all = started(&["fix"], text);
        println!("| {name} | {all:.1} | {:.1} |", all - nothing);
    }
}

/// Short texts, by what is asked of them.
const STARTS: [(&str, &str); 4] = [
    ("a line of Chinese", "会议强调，要统筹推进经济社会发展。\n"),
    ("a line of Japanese", "会議では経済と社会の発展について話し合われた。\n"),
    ("a line of Korean", "회의에서는 경제와 사회의 발전을 강조했다.\n"),
    ("a line with a Chinese lead", "本报讯（记者 齐宏）昨日，会议强调，要统筹推进经济社会发展。\n"),
];

/// Milliseconds from the program's start to its end.
fn started(arguments: &[&str], text: &str) -> f64 {
    let run = || {
        let mut program = Command::new(env!("CARGO_BIN_EXE_pagemend"));
        let program = program.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null());
        let mut program = program.spawn().expect("the program starts");
        // It need not read what it does not ask for.
        let _ = program.stdin.take().expect("a pipe").write_all(text.as_bytes());
        usize::from(program.wait().expect("the program ends").success())
    };
    best(run) * 1e3
}

fn mended(text: &str) -> usize {
    let options = Options::default();
    let input = read(text.as_bytes(), None, &options).expect("the page is read");
    to_string(&mend(input, &options), Format::Json).len()
}

/// One row of the table of growth.
fn grown(name: &str, text: &str) {
    forget_peak();
    let before = peak();
    let start = Instant::now();
    black_box(mended(text));
    let seconds = start.elapsed().as_secs_f64();
    let memory = peak().zip(before).map(|(peak, before)| peak.saturating_sub(before) as f64);
    let lines = text.lines().count();
    let (megabytes, share) = memory
        .map_or(("?".into(), "?".into()), |m| (format!("{:.0}", m / 1e6), format!("{:.0}", m / text.len() as f64)));
    println!("| {name} | {lines} | {seconds:.3} | {:.0} | {megabytes} | {share} |", lines as f64 / seconds);
}

/// The most memory the program held, in bytes, since it was forgotten; where the system tells.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<usize>().ok().map(|kilobytes| kilobytes * 1024)
}

fn forget_peak() {
    // `5` sets the peak back to what is held now (proc(5)); elsewhere than on Linux there is nothing to do.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// Seconds of the fastest round.
fn best(mut round: impl FnMut() -> usize) -> f64 {
    let (start, mut best) = (Instant::now(), f64::INFINITY);
    while start.elapsed() < TIME {
        let from = Instant::now();
        black_box(round());
        best = best.min(from.elapsed().as_secs_f64());
    }
    best
}

fn decode(text: &str) -> usize {
    std::str::from_utf8(black_box(text.as_bytes())).expect("UTF-8").lines().map(str::len).sum()
}

fn parse_json(text: &str) -> usize {
    serde_json::from_str::<serde_json::Value>(text).expect("JSON").as_object().map_or(0, serde_json::Map::len)
}

fn parse_html(text: &str) -> usize {
    html5gum::Tokenizer::new(text).filter(Result::is_ok).count()
}

fn parse_xml(text: &str) -> usize {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut sum = 0;
    loop {
        match reader.read_event().expect("XML") {
            Event::Eof => return sum,
            Event::Start(tag) | Event::Empty(tag) => {
                sum += tag.attributes().flatten().map(|a| a.value.len()).sum::<usize>()
            }
            Event::Text(text) => sum += text.len(),
            _ => {}
        }
    }
}

/// A line and its box, in pixels.
struct Placed {
    text: String,
    left: usize,
    top: usize,
    width: usize,
}

const EM: usize = 30;

/// The sample's text set in columns.
fn page() -> Vec<Placed> {
    let text: Vec<char> = PAGE.chars().filter(|c| !c.is_whitespace()).collect();
    let rows = LINES / COLUMNS;
    let line = |n: usize| {
        let text: String = (n * MEASURE..(n + 1) * MEASURE).map(|i| text[i % text.len()]).collect();
        let (column, row) = (n / rows, n % rows);
        Placed { text, left: 60 + column * (MEASURE + 2) * EM, top: 200 + row * 50, width: MEASURE * EM }
    };
    (0..LINES).map(line).collect()
}

/// One line of each column in turn.
fn woven(lines: &[Placed]) -> String {
    let rows = LINES / COLUMNS;
    (0..LINES).map(|n| lines[n % COLUMNS * rows + n / COLUMNS].text.clone() + "\n").collect()
}

fn layout(lines: &[Placed]) -> String {
    let rows = LINES / COLUMNS;
    let row = |row: usize| (0..COLUMNS).map(|c| lines[c * rows + row].text.as_str()).collect::<Vec<_>>().join("  ");
    (0..rows).map(|r| row(r) + "\n").collect()
}

fn umi(lines: &[Placed]) -> String {
    let line = |l: &Placed| {
        let (x0, y0, x1, y1) = (l.left, l.top, l.left + l.width, l.top + EM);
        format!(
            r#"{{"text":"{}","score":0.98,"box":[[{x0},{y0}],[{x1},{y0}],[{x1},{y1}],[{x0},{y1}]]}}"#,
            escaped(&l.text)
        )
    };
    format!(r#"{{"code":100,"data":[{}]}}"#, lines.iter().map(line).collect::<Vec<_>>().join(","))
}

/// Text in which nothing is markup.
fn escaped(text: &str) -> String {
    text.replace(['"', '\\', '<', '>', '&'], "、")
}

fn hocr(lines: &[Placed]) -> String {
    let mut out = "<html><body><div class='ocr_page' title='bbox 0 0 3000 4000'>\n".to_owned();
    for l in lines {
        let (x0, y0, x1, y1) = (l.left, l.top, l.left + l.width, l.top + EM);
        write!(out, "<span class='ocr_line' title='bbox {x0} {y0} {x1} {y1}'>").expect("a string");
        for (n, c) in escaped(&l.text).chars().enumerate() {
            let (from, to) = (x0 + n * EM, x0 + (n + 1) * EM);
            write!(out, "<span class='ocrx_word' title='bbox {from} {y0} {to} {y1}; x_wconf 91'>{c}</span>")
                .expect("a string");
        }
        out += "</span>\n";
    }
    out + "</div></body></html>\n"
}

fn alto(lines: &[Placed]) -> String {
    let mut out =
        "<?xml version=\"1.0\"?><alto xmlns=\"http://www.loc.gov/standards/alto/ns-v3#\"><Layout><Page WIDTH=\"3000\" \
                   HEIGHT=\"4000\"><PrintSpace><TextBlock>\n"
            .to_owned();
    for l in lines {
        write!(out, "<TextLine HPOS=\"{}\" VPOS=\"{}\" WIDTH=\"{}\" HEIGHT=\"{EM}\">", l.left, l.top, l.width)
            .expect("a string");
        for (n, c) in escaped(&l.text).chars().enumerate() {
            let left = l.left + n * EM;
            write!(
                out,
                "<String HPOS=\"{left}\" VPOS=\"{}\" WIDTH=\"{EM}\" HEIGHT=\"{EM}\" WC=\"0.91\" CONTENT=\"{c}\"/>",
                l.top
            )
            .expect("a string");
        }
        out += "</TextLine>\n";
    }
    out + "</TextBlock></PrintSpace></Page></Layout></alto>\n"
}

fn tsv(lines: &[Placed]) -> String {
    let mut out = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
                   1\t1\t0\t0\t0\t0\t0\t0\t3000\t4000\t-1\t\n"
        .to_owned();
    for (number, l) in lines.iter().enumerate() {
        for (n, c) in l.text.chars().enumerate() {
            let left = l.left + n * EM;
            writeln!(out, "5\t1\t1\t1\t{}\t{}\t{left}\t{}\t{EM}\t{EM}\t91\t{c}", number + 1, n + 1, l.top)
                .expect("a string");
        }
    }
    out
}
