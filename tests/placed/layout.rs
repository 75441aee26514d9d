//! Small pages, each drawn for one thing that a layout does.

use crate::drawing::{Piece, bare, mend, umi};
use pagemend::rule::Rule;
use pagemend::write::{Format, to_string};

const KOREAN: &str = include_str!("../../samples/newspaper/ko-daily.txt");

#[test]
fn korean_words_broken_at_a_line_end_are_whole_however_lines_begin() {
    let lines = ["사고로 네 명이 숨졌다고 알려졌다. 부상", "자는 두 명이다. 부상자는 모두 숨졌", "다고 알려졌다."];
    let place = |n: usize| {
        let (x, y) = (100.0 + [0.0, 7.0, 4.0][n], 100.0 + 45.0 * n as f64);
        [x, y, x + 30.0 * lines[n].chars().count() as f64, y + 30.0]
    };
    let page: Vec<Piece> = lines.iter().enumerate().map(|(n, line)| Piece::at(line, place(n))).collect();
    let document = mend(&umi(&page));
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
    let document = mend(&umi(&page));
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
    let document = mend(&file);
    let text = to_string(&document, Format::Text);
    let joined = |lines: &[String]| bare(&lines.concat()).collect::<String>();
    let found: String = bare(&text).collect();
    assert!(found.contains(&joined(&lines[1..12])) && found.contains(&joined(&lines[12..23])), "{text}");
}

/// Readings in small kana beside a line are kept out of its sentence, and stand in the ledger.
#[test]
fn ruby_stands_in_the_ledger_and_in_no_paragraph() {
    let lines = [
        ("とうきょう", [30.0, 88.0, 70.0, 99.0]),
        ("　東京の春はもう近い。川べり", [20.0, 100.0, 280.0, 120.0]),
        ("さくら", [60.0, 119.0, 80.0, 129.0]),
        ("の、桜のつぼみがふくらんで、", [20.0, 130.0, 280.0, 150.0]),
        ("こども", [60.0, 149.0, 80.0, 159.0]),
        ("岸で子どもたちが凧をあげた。", [20.0, 160.0, 280.0, 180.0]),
    ];
    let page: Vec<Piece> = lines.iter().map(|(text, place)| Piece::at(text, *place)).collect();
    let document = mend(&umi(&page));
    let paragraphs: Vec<String> = document.blocks().map(|b| b.text(&document.source)).collect();
    assert_eq!(paragraphs, ["東京の春はもう近い。川べりの、桜のつぼみがふくらんで、岸で子どもたちが凧をあげた。"]);
    let ruby = document.dropped.iter().filter(|d| d.rule == Rule::Ruby);
    let readings: Vec<&str> = ruby.map(|d| document.source.get(d.span)).collect();
    assert_eq!(readings, ["とうきょう", "さくら", "こども"]);
}

/// The same page, scanned at a slant, reads the same; boxes are written as the file has them.
#[test]
fn a_slanted_scan_reads_as_a_straight_one() {
    let mut page = vec![Piece::at("渡口服务站启用", [100.0, 20.0, 450.0, 70.0])];
    let lines = ["清溪区首个渡口服务站正式启用沿江村", "民办理船票预约农产品寄递等事务不必", "再绕行到镇上"];
    for column in 0..3 {
        for row in 0..15 {
            let (x, y) = (100.0 + 560.0 * f64::from(column), 100.0 + 45.0 * f64::from(row));
            let text = lines[row as usize % 3];
            page.push(Piece::at(text, [x, y, x + 30.0 * text.chars().count() as f64, y + 30.0]));
        }
    }
    let text = |page: &[Piece]| to_string(&mend(&umi(page)), Format::Tagged);
    let straight = text(&page);
    for tilt in [-5.0, -1.5, 0.7, 3.0] {
        for piece in &mut page {
            piece.tilt = tilt;
        }
        assert_eq!(text(&page), straight, "at {tilt} degrees");
        // Engines that write upright boxes say nothing of the slant.
        let mut upright = page.clone();
        for (upright, piece) in upright.iter_mut().zip(&page) {
            let corners = piece.corners().expect("it has a place");
            let edge =
                |n: usize, pick: fn(f64, f64) -> f64| corners.map(|c| c[n]).into_iter().reduce(pick).expect("four");
            upright.place = Some([edge(0, f64::min), edge(1, f64::min), edge(0, f64::max), edge(1, f64::max)]);
            upright.tilt = 0.0;
        }
        assert_eq!(text(&upright), straight, "upright boxes at {tilt} degrees");
    }
}

/// Boxes that hold whole blocks: how large their type is, the room tells in which their text stands.
#[test]
fn headlines_are_known_in_boxes_of_whole_blocks() {
    const FERRY: &str = "沿江村民办理船票预约和农产品寄递等事务，不必再绕行到镇上。渡口的候船室也重新粉刷过。";
    const WHEAT: &str = "麦田里的农户正忙着镇压保墒，技术员每天到地头查看苗情。返青前还要再追一次肥。";
    let body = |text: &str, chars: usize| text.chars().cycle().take(chars - 1).chain(['。']).collect::<String>();
    // So many lines of sixteen characters, in type of 20 pixels.
    let block = |text: String, x: f64, y: f64| {
        let lines = text.chars().count().div_ceil(16) as f64;
        Piece::at(&text, [x, y, x + 320.0, y + 20.0 + (lines - 1.0) * 28.0])
    };
    let page = [
        Piece::at("渡口服务站启用", [40.0, 40.0, 320.0, 80.0]),
        block(body(FERRY, 90), 40.0, 100.0),
        block(body(FERRY, 150), 40.0, 270.0),
        block(body(FERRY, 120), 400.0, 100.0),
        block(body(FERRY, 60), 400.0, 325.0),
        Piece::at("麦田越冬管理加强", [40.0, 620.0, 360.0, 660.0]),
        block(body(WHEAT, 140), 40.0, 680.0),
        block(body(WHEAT, 100), 40.0, 950.0),
        block(body(WHEAT, 200), 400.0, 680.0),
    ];
    let document = mend(&umi(&page));
    let heads: Vec<String> = document
        .articles
        .iter()
        .map(|a| a.blocks.iter().filter(|b| b.role.name() == "headline").map(|b| b.text(&document.source)).collect())
        .collect();
    assert_eq!(heads, ["渡口服务站启用", "麦田越冬管理加强"], "{}", to_string(&document, Format::Tagged));
}

/// Centred lines begin and end anywhere, and at some angle more of their edges meet than straight; but
/// their boxes are too low to lie so.
#[test]
fn a_straight_page_of_centred_lines_is_read_from_top_to_bottom() {
    let lines = [19, 5, 5, 7, 8, 6, 16, 9, 3, 10, 7, 11];
    let off = [0.3, -0.4, 0.8, -0.8, 0.7, -0.5, 0.2, 0.8, -0.3, -0.7, -0.7, -0.4];
    let mut page = Vec::new();
    for (n, (chars, off)) in lines.into_iter().zip(off).enumerate() {
        let text: String = std::iter::once(char::from(b'a' + n as u8)).chain("春".repeat(chars - 1).chars()).collect();
        let (x, y) = (500.0 + off - 10.0 * chars as f64, 99.0 + 30.1 * n as f64 + off);
        page.push(Piece::at(&text, [x, y, x + 20.0 * chars as f64, y + 20.0]));
    }
    let text = to_string(&mend(&umi(&page)), Format::Text);
    let order: String = text.chars().filter(char::is_ascii_lowercase).collect();
    assert_eq!(order, "abcdefghijkl", "{text}");
}

/// One box that lies at a slant turns no page, however long it is.
#[test]
fn a_slanted_headline_turns_no_page() {
    let mut page = vec![Piece { tilt: 18.0, ..Piece::at("爆裂大冒险", [60.0, 20.0, 660.0, 100.0]) }];
    for (text, x, y) in
        [("你来了", 60.0, 400.0), ("我等你很久", 500.0, 405.0), ("快走吧", 60.0, 700.0), ("别回头", 500.0, 705.0)]
    {
        page.push(Piece::at(text, [x, y, x + 40.0 * text.chars().count() as f64, y + 40.0]));
    }
    let text = to_string(&mend(&umi(&page)), Format::Text);
    let at = |what: &str| text.find(what).expect(what);
    assert!(at("你来了") < at("我等你") && at("我等你") < at("快走吧") && at("快走吧") < at("别回头"), "{text}");
}
