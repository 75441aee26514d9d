//! Columns of the samples' own text, woven as a dump weaves them.

use super::weave::Weave;
use crate::options::Options;
use crate::press::Press;
use crate::stage::columns::columns;
use crate::text::class::{class, is_blank};
use crate::text::continuity::model;
use crate::text::language::language;
use crate::text::width::char_width;
use std::fmt::Write;

const NEWS: &str = include_str!("../../../../samples/newspaper/two-articles-hans.txt");
const FEATURE: &str = include_str!("../../../../samples/newspaper/feature-subheads.txt");
const JAPANESE: &str = include_str!("../../../../samples/newspaper/ja-regional.txt");

/// A text set at a measure. The first lines of its paragraphs are set in, and no line begins with
/// closing punctuation.
fn set(text: &str, measure: f32, indent: f32) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split("\n\n").filter(|p| p.chars().count() > 40) {
        let mut room = measure - indent;
        let mut line = String::new();
        for sign in paragraph.chars().filter(|c| !is_blank(*c)) {
            if room < char_width(sign).most && !class(sign).shuns_line_start() {
                lines.push(std::mem::take(&mut line));
                room = measure;
            }
            line.push(sign);
            room -= char_width(sign).most;
        }
        lines.push(line);
    }
    lines
}

/// One line of each column in turn.
fn weave(columns: &[&[String]]) -> String {
    let rows = columns.iter().map(|c| c.len()).max().unwrap_or(0);
    (0..rows).flat_map(|y| columns.iter().filter_map(move |c| c.get(y))).fold(String::new(), |dump, l| dump + l + "\n")
}

/// The lines of a dump as the program reads them.
fn read(dump: &str) -> Vec<String> {
    begun(dump).into_iter().map(|(line, _)| line).collect()
}

/// The same, and whether a text begins with them.
fn begun(dump: &str) -> Vec<(String, Option<bool>)> {
    let input = crate::read(dump.as_bytes(), None, &Options::default()).unwrap();
    let language = language(&input.source.text);
    let flow = columns(&input.source, &input.pages, language, &Press::of(language));
    flow.lines.iter().map(|l| (input.source.get(l.span).to_owned(), l.begins)).collect()
}

/// The share of lines that the right one follows.
fn right(found: &[String], columns: &[&[String]]) -> f32 {
    let wanted: Vec<(&String, &String)> = columns.iter().flat_map(|c| c.windows(2)).map(|l| (&l[0], &l[1])).collect();
    let held = found.windows(2).filter(|l| wanted.contains(&(&l[0], &l[1]))).count();
    held as f32 / wanted.len() as f32
}

#[test]
fn columns_of_two_articles_are_taken_apart() {
    let (a, b) = (set(FEATURE, 16.0, 2.0), set(NEWS, 13.0, 2.0));
    let columns: [&[String]; 3] = [&a[..20], &b[..20], &b[20..38]];
    let found = read(&weave(&columns));
    assert_eq!(found.len(), 58);
    assert!(right(&found, &columns) > 0.95, "{found:#?}");
    let begins = |line: &String| begun(&weave(&columns)).iter().any(|(l, begins)| l == line && *begins == Some(true));
    assert_eq!([&a[0], &b[0], &b[20]].map(begins), [true, true, false]);
}

/// What speaks for a line to stand below the first one of a dump.
fn below_the_first(dump: &str, line: usize) -> f32 {
    let input = crate::read(dump.as_bytes(), None, &Options::default()).unwrap();
    let language = language(&input.source.text);
    let press = Press::of(language);
    let lines = columns(&input.source, &input.pages, language, &press).lines;
    let weave = Weave::of(&input.source, &lines, model(language, dump), language, &press);
    let mut sum = 0f32;
    weave.below(0, None, line, &mut sum);
    sum
}

#[test]
fn a_line_that_closes_the_bracket_of_another_stands_below_it() {
    let below = |line| below_the_first("本报讯（记者欧阳\n立波，昨日上午，\n立波）昨日上午，\n", line);
    assert!(below(2) > below(1) + 4.0, "{} {}", below(2), below(1));
}

#[test]
fn a_line_stands_below_another_where_the_page_says_elsewhere_what_they_part() {
    let below = |third| below_the_first(&format!("村民们说起白石\n渡口的老船工，\n{third}\n"), 1);
    let (said, unsaid) = (below("人们在白石渡口等候，"), below("人们在河边码头等候，"));
    assert!(said > unsaid + 1.0, "{said} {unsaid}");
}

#[test]
fn a_text_goes_on_at_the_top_of_the_next_column() {
    let text = set(NEWS, 14.0, 2.0);
    let columns: Vec<&[String]> = text[..36].chunks(12).collect();
    let found = read(&weave(&columns));
    assert_eq!(found, text[..36], "{found:#?}");
}

#[test]
fn japanese_columns_are_taken_apart() {
    let text = set(JAPANESE, 15.0, 1.0);
    let columns: Vec<&[String]> = text[..24].chunks(12).collect();
    let found = read(&weave(&columns));
    assert!(right(&found, &columns) > 0.9, "{found:#?}");
}

#[test]
fn a_page_that_is_woven_in_part_is_taken_apart() {
    let text = set(JAPANESE, 9.0, 1.0);
    let columns: [&[String]; 3] = [&text[..36], &text[36..72], &text[72..102]];
    let page = weave(&columns[..2]) + &(columns[2].join("\n") + "\n");
    let found = read(&page);
    assert!(right(&found, &columns) > 0.9, "{found:#?}");
    // A short page shows too little of it.
    let short = weave(&[&text[..20], &text[20..40]]) + &(text[40..60].join("\n") + "\n");
    assert_eq!(read(&short), short.lines().collect::<Vec<_>>());
}

#[test]
fn columns_on_a_grid_are_taken_apart() {
    // The right column begins a row lower, and its gutter drifts.
    let (a, b) = (set(NEWS, 14.0, 2.0), set(FEATURE, 14.0, 2.0));
    let columns: [&[String]; 2] = [&a[..20], &b[..20]];
    let mut page = String::new();
    for y in 0..21 {
        let left = columns[0].get(y).map_or("", String::as_str);
        let room = 32 + y % 2 - 2 * left.chars().count();
        let right = y.checked_sub(1).and_then(|y| columns[1].get(y)).map_or("", String::as_str);
        let _ = writeln!(page, "{left}{}{right}", " ".repeat(room));
    }
    let found = read(&page);
    assert!(right(&found, &columns) > 0.9, "{found:#?}");
}

#[test]
fn columns_on_a_grid_are_taken_apart_above_a_text_in_one_column() {
    let (a, b, c) = (set(NEWS, 14.0, 2.0), set(FEATURE, 14.0, 2.0), set(JAPANESE, 26.0, 1.0));
    let columns: [&[String]; 3] = [&a[..16], &b[..16], &c[..30]];
    let mut page = String::new();
    for (left, right) in columns[0].iter().zip(columns[1]) {
        let _ = writeln!(page, "{left}{}{right}", " ".repeat(32 - 2 * left.chars().count()));
    }
    let found = read(&(page + &columns[2].join("\n") + "\n"));
    assert!(right(&found, &columns) > 0.9, "{found:#?}");
}

#[test]
fn lines_in_their_order_keep_it() {
    for sample in [NEWS, FEATURE, JAPANESE] {
        let lines = set(sample, 15.0, 2.0);
        assert_eq!(read(&(lines.join("\n") + "\n")), lines);
    }
}

#[test]
fn lines_that_have_nothing_to_do_with_each_other_keep_their_order() {
    // A list of headlines: pieces of texts, of all lengths, from here and there.
    let texts = [NEWS, FEATURE].map(|text| text.chars().filter(|c| class(*c).is_word()).collect::<Vec<_>>());
    let list: Vec<String> = (0..90)
        .map(|n| {
            let text = &texts[n % 2];
            let (from, length) = (n * 97 % (text.len() - 40), 7 + n * 13 % 29);
            text[from..from + length].iter().collect()
        })
        .collect();
    assert_eq!(read(&(list.join("\n") + "\n")), list);
}

#[test]
fn a_long_dump_is_taken_apart_as_a_short_one_is() {
    // What the search holds of the lines behind it must not grow with them.
    let (a, b) = (set(FEATURE, 16.0, 2.0), set(NEWS, 13.0, 2.0));
    let columns: [&[String]; 3] = [&a[..20], &b[..20], &b[20..38]];
    let found = read(&weave(&columns).repeat(100));
    assert_eq!(found.len(), 5800);
    let own = |lines: &&[String]| columns.iter().any(|c| c.windows(2).any(|two| two == *lines));
    let held = found.windows(2).filter(own).count() as f32;
    let wanted = columns.iter().map(|c| c.len() - 1).sum::<usize>() * 100;
    assert!(held > 0.9 * wanted as f32, "{held} of {wanted}");
}
