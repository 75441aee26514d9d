//! Laws for pages with boxes, as in `laws.rs`: whatever stands where, the books balance, the same
//! input gives the same bytes, every block has a place of its own, a page twice as large reads the
//! same, and a large page ends.
//!
//! `PROPTEST_CASES` sets how many cases each law is tried on.

use pagemend::document::Put;
use pagemend::write::{Format, to_string};
use pagemend::{Document, Options, audit};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

const KOREAN: &str = include_str!("../samples/newspaper/ko-daily.txt");
const REAL: &str = include_str!("../samples/newspaper/beibei-2020-03.txt");

/// One text with its box: left, top, right, bottom, in pixels. Engines write whole ones; what is no
/// number stands in a file as `null` or `NaN`.
#[derive(Debug, Clone)]
struct Piece {
    text: String,
    place: Option<[f64; 4]>,
    /// By how many degrees its box is turned about the page's origin.
    tilt: f64,
}

impl Piece {
    fn at(text: &str, place: [f64; 4]) -> Piece {
        Piece { text: text.to_owned(), place: Some(place), tilt: 0.0 }
    }

    /// Its four corners, clockwise from the top left.
    fn corners(&self) -> Option<[[f64; 2]; 4]> {
        let [x0, y0, x1, y1] = self.place?;
        let (sin, cos) = self.tilt.to_radians().sin_cos();
        let turned = |[x, y]: [f64; 2]| if self.tilt == 0.0 { [x, y] } else { [x * cos - y * sin, x * sin + y * cos] };
        Some([[x0, y0], [x1, y0], [x1, y1], [x0, y1]].map(turned))
    }
}

fn number(n: f64) -> String {
    if n.is_finite() { n.to_string() } else { "null".to_owned() }
}

/// The page as Umi-OCR writes it.
fn umi(page: &[Piece]) -> String {
    let line = |piece: &Piece| {
        let corner = |[x, y]: [f64; 2]| format!("[{},{}]", number(x), number(y));
        let corners = piece.corners().map_or("null".to_owned(), |c| format!("[{}]", c.map(corner).join(",")));
        format!(r#"{{"text":{},"box":{corners},"score":0.9}}"#, serde_json::Value::from(piece.text.as_str()))
    };
    format!(r#"{{"code":100,"data":[{}]}}"#, page.iter().map(line).collect::<Vec<_>>().join(","))
}

/// The page as hOCR; every other line has words.
fn hocr(page: &[Piece]) -> String {
    let mut out = "<html><body><div class='ocr_page' title='bbox 0 0 4000 4000'>\n".to_owned();
    for (n, piece) in page.iter().enumerate() {
        let text = piece.text.replace('&', "&amp;").replace('<', "&lt;");
        let title = |[x0, y0, x1, y1]: [f64; 4]| format!(" title='bbox {x0} {y0} {x1} {y1}'");
        let whole = piece.place.map_or(String::new(), title);
        let chars = piece.text.chars().count();
        match piece.place {
            Some([x0, y0, x1, y1]) if n.is_multiple_of(2) && chars >= 2 && chars == text.chars().count() => {
                let upright = y1 - y0 > x1 - x0;
                let cut = chars / 2;
                let share = cut as f64 / chars as f64;
                let (x, y) = (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share);
                let (a, b) =
                    if upright { ([x0, y0, x1, y], [x0, y, x1, y1]) } else { ([x0, y0, x, y1], [x, y0, x1, y1]) };
                let head: String = text.chars().take(cut).collect();
                let word = |place, text: &str| format!("<span class='ocrx_word'{}>{text}</span>", title(place));
                let words = word(a, &head) + &word(b, &text[head.len()..]);
                out += &format!("<span class='ocr_line'{whole}>{words}</span>\n");
            }
            _ => out += &format!("<span class='ocr_line'{whole}>{text}</span>\n"),
        }
    }
    out + "</div></body></html>\n"
}

/// A stretch of running text, from anywhere in the real page.
fn prose(from: usize, chars: usize) -> String {
    static ALL: LazyLock<Vec<char>> = LazyLock::new(|| REAL.chars().filter(|c| !c.is_whitespace()).collect());
    (from..from + chars).map(|at| ALL[at % ALL.len()]).collect()
}

/// What a page is drawn from.
#[derive(Debug, Clone)]
struct Plan {
    columns: usize,
    rows: usize,
    /// Characters of a full line, and the size of its type in pixels.
    measure: usize,
    em: usize,
    gutter: usize,
    leading: usize,
    /// Rows before which a headline stands over some columns: row, first column, how many, lines.
    headlines: Vec<(usize, usize, usize, usize)>,
    /// Pieces between the columns that are set apart: column, row.
    captions: Vec<(usize, usize)>,
    vertical: bool,
    from: usize,
}

fn plan() -> impl Strategy<Value = Plan> {
    let sizes = (1..6usize, 1..24usize, 4..22usize, 10..40usize, 0..3usize, 0..2usize);
    let headline = (0..24usize, 0..6usize, 1..4usize, 1..3usize);
    let captions = proptest::collection::vec((0..6usize, 0..24usize), 0..3);
    (sizes, proptest::collection::vec(headline, 0..4), captions, any::<bool>(), 0..4000usize).prop_map(
        |((columns, rows, measure, em, gutter, leading), headlines, captions, vertical, from)| {
            let (gutter, leading) = (gutter * em, leading * em / 2);
            Plan { columns, rows, measure, em, gutter, leading, headlines, captions, vertical, from }
        },
    )
}

/// The page of a plan: columns of text under headlines in larger type, with captions between.
fn drawn(plan: &Plan) -> Vec<Piece> {
    let (em, mut y) = (plan.em as f64, plan.em as f64);
    let width = (plan.measure * plan.em) as f64;
    let left = |column: usize| em + column as f64 * (width + plan.gutter as f64);
    let mut from = plan.from;
    let mut text = |chars: usize| {
        from += chars;
        prose(from, chars)
    };
    let mut page = Vec::new();
    for row in 0..plan.rows {
        for (_, first, over, lines) in plan.headlines.iter().filter(|h| h.0 == row) {
            let first = first % plan.columns;
            let right = left((first + over).min(plan.columns) - 1) + width;
            for _ in 0..*lines {
                let chars = (((right - left(first)) / (2.0 * em)) as usize).max(1);
                let place = [left(first), y, left(first) + 2.0 * em * chars as f64, y + 2.0 * em];
                page.push(Piece::at(&text(chars), place));
                y += 2.5 * em;
            }
        }
        for column in 0..plan.columns {
            let apart = plan.captions.contains(&(column, row));
            let short = (row * 7 + column * 5).is_multiple_of(6);
            let chars = if short || apart { plan.measure / 2 + 1 } else { plan.measure };
            let x = left(column) + if apart { em } else { 0.0 };
            let size = if apart { 0.8 * em } else { em };
            page.push(Piece::at(&text(chars), [x, y, x + chars as f64 * size, y + size]));
        }
        y += em + plan.leading as f64;
    }
    if plan.vertical {
        let right = left(plan.columns) + y;
        for piece in &mut page {
            // Every seventh piece, which a caption may be, keeps lying.
            if let Some([x0, y0, x1, y1]) = piece.place
                && !piece.text.chars().count().is_multiple_of(7)
            {
                piece.place = Some([right - y1, x0, right - y0, x1]);
            }
        }
    }
    page
}

/// Boxes and texts without any sense.
fn junk() -> impl Strategy<Value = Vec<Piece>> {
    let figure = || {
        prop_oneof![
            8 => (0..2000i32).prop_map(f64::from),
            1 => select(vec![f64::NAN, f64::INFINITY, -1e30, 1e30, 1e7, -9e6, 0.0, -0.0, 1e-30, 3.4e38, 1e300]),
        ]
    };
    let place = prop_oneof![
        6 => [figure(), figure(), figure(), figure()],
        3 => (figure(), figure(), 1..300i32, 1..60i32)
            .prop_map(|(x, y, w, h)| [x, y, x + f64::from(w), y + f64::from(h)]),
    ];
    let text =
        prop_oneof![3 => (0..4000usize, 0..12usize).prop_map(|(from, chars)| prose(from, chars)), 1 => "\\PC{0,6}"];
    let piece = (text, proptest::option::weighted(0.95, place));
    proptest::collection::vec(piece.prop_map(|(text, place)| Piece { text, place, tilt: 0.0 }), 0..60)
}

/// What may befall a page.
fn hurt(page: &mut Vec<Piece>, wounds: &[(u8, Index, Index)]) {
    for (kind, a, b) in wounds {
        if page.is_empty() {
            return;
        }
        let (a, b) = (a.index(page.len()), b.index(page.len()));
        match kind {
            0 => page.swap(a, b),
            1 => page.insert(b, page[a].clone()),
            2 => {
                let mut copy = page[a].clone();
                copy.place = copy.place.map(|[x0, y0, x1, y1]| [x0 + 3.0, y0 + 4.0, x1 + 3.0, y1 + 4.0]);
                page.insert(b, copy);
            }
            3 => page[a].place = None,
            4 => page[a].place = page[a].place.map(|[x0, y0, ..]| [x0, y0, x0, y0]),
            5 => page[a].place = Some([0.0, 0.0, 5000.0, 5000.0]),
            6 => page[a].text.clear(),
            7 => page[a].text.push_str(" \u{3000}\u{200b}"),
            8 => page[a].place = Some([f64::NAN, 1e30, -1e30, 2.0]),
            9 => page[a].place = page[a].place.map(|p| p.map(|n| -n)),
            10 => page[a].place = page[a].place.map(|p| p.map(|n| n * 1000.0)),
            11 if a.is_multiple_of(4) => page.iter_mut().for_each(|p| p.tilt = 3.0 - (b % 7) as f64),
            12 if a.is_multiple_of(8) => {
                let place = page[b].place;
                page.iter_mut().for_each(|p| p.place = place);
            }
            13 if a.is_multiple_of(8) => page.truncate(1),
            14 if a.is_multiple_of(8) => page.sort_by(|p, q| p.text.cmp(&q.text)),
            _ => {}
        }
    }
}

fn page() -> impl Strategy<Value = Vec<Piece>> {
    let wounds = proptest::collection::vec((0..15u8, any::<Index>(), any::<Index>()), 0..8);
    let whole = prop_oneof![3 => plan().prop_map(|plan| drawn(&plan)), 1 => junk()];
    (whole, wounds).prop_map(|(mut page, wounds)| {
        hurt(&mut page, &wounds);
        page
    })
}

/// A page as a file of either format.
fn file() -> impl Strategy<Value = String> {
    (page(), any::<bool>()).prop_map(|(page, json)| if json { umi(&page) } else { hocr(&page) })
}

fn mend(file: &str) -> Document {
    let options = Options::default();
    let input = pagemend::read(file.as_bytes(), None, &options).expect("the file is read");
    pagemend::mend(input, &options)
}

/// Everything in a text but white space and shapeless characters, in the order of the alphabet.
fn bare(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !pagemend::text::class::is_blank(*c))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_books_balance(file in file()) {
        prop_assert_eq!(audit::audit(&mend(&file)), Ok(()));
    }

    /// What the file says is written, and no character more or less but what the ledger lists.
    #[test]
    fn nothing_is_lost_and_nothing_made_up(page in page()) {
        let document = mend(&umi(&page));
        let mut expected: Vec<char> = page.iter().flat_map(|p| bare(&p.text)).collect();
        let mut written: Vec<char> = Vec::new();
        for block in document.blocks() {
            written.extend(bare(&block.text(&document.source)));
        }
        for dropped in &document.dropped {
            written.extend(bare(document.source.get(dropped.span)));
        }
        for piece in document.blocks().flat_map(|b| &b.pieces) {
            if let Put::Other { text, .. } = piece.put {
                expected.extend(bare(text));
                written.extend(bare(document.source.get(piece.from)));
            }
        }
        expected.sort_unstable();
        written.sort_unstable();
        prop_assert_eq!(expected, written);
    }

    #[test]
    fn the_same_input_gives_the_same_bytes(file in file()) {
        let once = to_string(&mend(&file), Format::Json);
        let elsewhere = std::thread::scope(|s| s.spawn(|| to_string(&mend(&file), Format::Json)).join());
        prop_assert_eq!(Some(once), elsewhere.ok());
    }

    #[test]
    fn every_block_has_its_place(file in file()) {
        let mut orders: Vec<u32> = mend(&file).blocks().map(|b| b.order).collect();
        orders.sort_unstable();
        prop_assert_eq!(orders.clone(), (0..orders.len() as u32).collect::<Vec<_>>());
    }

    /// What a block's boxes are made of stood on the page.
    #[test]
    fn no_box_is_made_up(page in page()) {
        let document = mend(&umi(&page));
        let edges = |of: [usize; 2]| {
            let corners = page.iter().filter_map(Piece::corners).flatten();
            corners.flat_map(move |c| of.map(|n| c[n] as f32)).filter(|n| n.is_finite())
        };
        let (xs, ys): (Vec<f32>, Vec<f32>) = (edges([0, 0]).collect(), edges([1, 1]).collect());
        for rect in document.blocks().flat_map(|b| &b.fragments).filter_map(|f| f.rect) {
            prop_assert!(xs.contains(&rect.x0) && xs.contains(&rect.x1), "{:?}", rect);
            prop_assert!(ys.contains(&rect.y0) && ys.contains(&rect.y1), "{:?}", rect);
            prop_assert!(!rect.is_empty());
        }
    }

    /// Everything is measured in ems: a scan of four times the resolution reads the same.
    #[test]
    fn a_larger_scan_reads_the_same(plan in plan(), wounds in proptest::collection::vec((0..8u8, any::<Index>(), any::<Index>()), 0..4)) {
        let mut page = drawn(&plan);
        hurt(&mut page, &wounds);
        let once = to_string(&mend(&umi(&page)), Format::Text);
        for piece in &mut page {
            piece.place = piece.place.map(|p| p.map(|n| n * 4.0));
        }
        prop_assert_eq!(once, to_string(&mend(&umi(&page)), Format::Text));
    }
}

/// A line of so many characters in type of 20 pixels.
fn set(n: usize, chars: usize, x: f64, y: f64) -> Piece {
    Piece::at(&prose(n * 17, chars), [x, y, x + 20.0 * chars as f64, y + 20.0])
}

/// Large pages, ordinary ones and the worst for cutting at gaps, looking for neighbours and searching
/// articles.
fn large(shape: &str, lines: usize) -> Vec<Piece> {
    // Prose of its own for every line would take as long to make as to mend.
    let line = |n: usize| {
        let (i, at) = (n % 500, n as f64);
        match shape {
            // Six columns under headlines, a page as long as it takes.
            "columns" => {
                let (row, column) = (n / 6, (n % 6) as f64);
                let y = row as f64 * 26.0 + (row / 30) as f64 * 80.0;
                if row.is_multiple_of(30) && !n.is_multiple_of(6) {
                    return set(i, 3, column * 280.0, y + 1e-3 * at);
                }
                let chars = if row.is_multiple_of(7) { 5 } else { 12 };
                let mut piece = set(i, chars, column * 280.0, y);
                if row.is_multiple_of(30) {
                    piece.place = Some([0.0, y - 60.0, 5.0 * 40.0, y - 20.0]);
                }
                piece
            }
            // One column of paragraphs that stand apart.
            "paragraphs" => set(i, if n.is_multiple_of(3) { 9 } else { 14 }, 0.0, at * 24.0 + (n / 3) as f64 * 30.0),
            "one row" => set(i, 3, at * 70.0, 0.0),
            "one place" => set(i, 8, 0.0, 0.0),
            "large and in one place" => {
                let mut piece = set(i, 8, 0.0, 0.0);
                if !n.is_multiple_of(3) {
                    piece.place = Some([0.0, 0.0, 400.0, 50.0]);
                }
                piece
            }
            // Each line further right than the one above, and touching it.
            "stairs" => set(i, 4, (lines - n) as f64 * 50.0, at * 19.0),
            // Every line spans what is left of the page, at its top and at its left by turns.
            "nest" => {
                let (far, step) = (lines as f64 * 40.0, at * 30.0);
                let mut piece = set(i, 4, step, step);
                piece.place = Some(match n % 2 {
                    0 => [step, step, far, step + 20.0],
                    _ => [step, step, step + 20.0, far],
                });
                piece
            }
            // Every other box covers the page.
            "covered" => {
                let mut piece = set(i, 10, (n % 40) as f64 * 220.0, (n / 40) as f64 * 30.0);
                if n.is_multiple_of(2) {
                    piece.place = Some([0.0, 0.0, 8800.0, lines as f64]);
                }
                piece
            }
            "scattered" => set(i, 5, (n * 7919 % 9973) as f64, (n * 104_729 % (lines * 3 + 1)) as f64),
            "headlines" => {
                let mut piece = set(i, 6, 0.0, at * 30.0);
                if !n.is_multiple_of(100) {
                    piece.place = Some([0.0, at * 60.0, 240.0, at * 60.0 + 40.0]);
                }
                piece
            }
            // Every second article in a column of another measure.
            "articles" => {
                let (article, of) = (n / 4, n % 4);
                let y = at * 30.0 + article as f64 * 60.0;
                let mut piece = set(i, 14 + article % 2 * 3, 0.0, y);
                if of == 0 {
                    piece = set(i, 6, 0.0, y);
                    piece.place = Some([0.0, y - 30.0, 240.0, y + 10.0]);
                }
                piece
            }
            "without boxes" => Piece {
                place: (!n.is_multiple_of(12)).then_some([0.0, at * 30.0, 280.0, at * 30.0 + 20.0]),
                ..set(i, 14, 0.0, 0.0)
            },
            _ => unreachable!("{shape} is no shape"),
        }
    };
    (0..lines).map(line).collect()
}

const SHAPES: &[&str] = &[
    "columns",
    "paragraphs",
    "one row",
    "one place",
    "large and in one place",
    "stairs",
    "nest",
    "covered",
    "scattered",
    "headlines",
    "articles",
    "without boxes",
];

/// How long a page of so many lines takes.
fn time(shape: &str, lines: usize) -> Duration {
    let file = umi(&large(shape, lines));
    let input = pagemend::read(file.as_bytes(), None, &Options::default()).expect("the file is read");
    let start = Instant::now();
    let document = pagemend::mend(input, &Options::default());
    let taken = start.elapsed();
    assert!(document.blocks().count() > 0);
    taken
}

/// Four times the lines take no more than so many times as long: more than four for what a page has
/// but once, far less than sixteen.
const GROWTH: u32 = 9;

/// Below this a time is noise.
const NOISE: Duration = Duration::from_millis(300);

#[test]
fn time_grows_with_the_lines() {
    for shape in SHAPES {
        // The best of some: what else the machine does only makes them longer.
        let best = |lines: usize| (0..3).map(|_| time(shape, lines)).min().expect("three");
        let (small, large) = (best(1500), best(6000));
        assert!(large <= small * GROWTH + NOISE, "{shape}: {small:?} for 1500 lines, {large:?} for 6000");
    }
}

#[test]
fn korean_words_broken_at_a_line_end_are_whole_however_lines_begin() {
    let lines = ["사고로 네 명이 숨졌다고 알려졌다. 부상", "자는 두 명이다. 부상자는 모두 숨졌", "다고 알려졌다."];
    let place = |n: usize| {
        let (x, y) = (100.0 + [0.0, 7.0, 4.0][n], 100.0 + 45.0 * n as f64);
        [x, y, x + 30.0 * lines[n].chars().count() as f64, y + 30.0]
    };
    let page: Vec<Piece> = lines.iter().enumerate().map(|(n, line)| Piece::at(line, place(n))).collect();
    let options = Options::default();
    let document = pagemend::mend(pagemend::read(umi(&page).as_bytes(), None, &options).unwrap(), &options);
    let text = to_string(&document, Format::Text);
    assert!(text.contains("부상자는 두") && text.contains("숨졌다고 알려졌다."), "{text}");
}

#[test]
fn a_line_in_two_boxes_is_one_line() {
    // The third line of a justified paragraph, with room between two boxes that is no gutter.
    let lines = [
        (2.0, "清溪区首个渡口服务站正式启用，沿江"),
        (0.0, "村民办理船票预约、农产品寄递等事务，不"),
        (0.0, "必再绕行到镇上。"),
        (9.0, "“在渡口候船的工夫”"),
        (0.0, "就能办完，”家住柳荫村的村民田桂芳说，这"),
        (0.0, "比从前方便得多了。"),
    ];
    let mut y = 100.0;
    let mut page = Vec::new();
    for (x, text) in lines {
        if x != 9.0 && !page.is_empty() {
            y += 45.0;
        }
        let x = 100.0 + 30.0 * x;
        page.push(Piece::at(text, [x, y, x + 30.0 * text.chars().count() as f64, y + 30.0]));
    }
    let options = Options::default();
    let document = pagemend::mend(pagemend::read(umi(&page).as_bytes(), None, &options).unwrap(), &options);
    assert_eq!(document.blocks().count(), 1, "{}", to_string(&document, Format::Tagged));
}

#[test]
fn a_narrow_gutter_parts_korean_columns_and_a_wide_space_does_not() {
    // Justified lines, whose spaces stretch to nearly the gutter's width.
    const MEASURE: f64 = 13.0 * 30.0;
    let mut lines: Vec<String> = vec![String::new()];
    let mut wide = 0.0;
    for c in KOREAN.split_whitespace().skip(20).collect::<Vec<_>>().join(" ").chars() {
        let room = if c == ' ' { 10.0 } else { 30.0 };
        if wide + room > MEASURE {
            lines.push(String::new());
            wide = 0.0;
        }
        wide += room;
        lines.last_mut().unwrap().push(c);
    }
    let mut words = String::new();
    for row in 0..12 {
        let y = 100.0 + 45.0 * row as f64;
        for (x, line) in [(100.0, &lines[row]), (130.0 + MEASURE, &lines[row + 12])] {
            let parts: Vec<&str> = line.split_whitespace().collect();
            let ink: usize = parts.iter().map(|w| w.chars().count()).sum();
            let space = (MEASURE - 30.0 * ink as f64) / (parts.len() - 1).max(1) as f64;
            let mut at = x;
            for word in parts {
                let end = at + 30.0 * word.chars().count() as f64;
                let place = format!(r#"xMin="{at:.2}" yMin="{y}" xMax="{end:.2}" yMax="{}""#, y + 30.0);
                words += &format!("<word {place}>{word}</word>\n");
                at = end + space;
            }
        }
    }
    let file = format!("<html><body><doc><page width=\"1000\" height=\"1000\">\n{words}</page></doc></body></html>");
    let options = Options::default();
    let document = pagemend::mend(pagemend::read(file.as_bytes(), None, &options).unwrap(), &options);
    let text = to_string(&document, Format::Text);
    let joined = |lines: &[String]| bare(&lines.concat()).collect::<String>();
    let found: String = bare(&text).collect();
    assert!(found.contains(&joined(&lines[1..12])) && found.contains(&joined(&lines[12..23])), "{text}");
}
