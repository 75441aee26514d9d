//! The first sample's page, made into others: each article set at another measure, every person,
//! place and number renamed, the articles shuffled. The structure must come out the same, to the
//! character, in nineteen of twenty.
//!
//! `VARIANTS` sets how many are tried.

use pagemend::document::Document;
use pagemend::role::Role;
use pagemend::write::{Format, to_string};
use pagemend::{Options, text::class};

const GOLDEN: &str = include_str!("../golden/newspaper/beibei-2020-03.txt");

/// An article as blocks of a role's name and a text.
type Article = Vec<(String, String)>;

fn golden() -> Vec<Article> {
    let mut articles: Vec<Article> = Vec::new();
    for line in GOLDEN.lines().filter(|l| !l.is_empty()) {
        if line.starts_with("== ") {
            articles.push(Vec::new());
        } else {
            let (role, text) = line.trim_start_matches('[').split_once("] ").expect("the tagged form");
            articles.last_mut().expect("an article").push((role.to_owned(), text.to_owned()));
        }
    }
    articles
}

/// SplitMix64 (Steele, Lea and Flood 2014): small, and the same everywhere.
struct Rng(u64);

impl Rng {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// People and places of the page, each renamed by one of the same length.
const PEOPLE: &[&str] = &[
    "邓公平",
    "霍吕",
    "何庆",
    "秦廷富",
    "彭浩杰",
    "周旭",
    "刘洪滔",
    "谢安源",
    "郝进杰",
    "曾晓隆",
    "董伦",
    "陈德川",
    "胡湧",
    "齐宏",
];
const SURNAMES: &[&str] = &[
    "赵", "钱", "孙", "李", "吴", "郑", "王", "冯", "褚", "卫", "蒋", "沈", "韩", "杨", "朱", "许", "吕", "施", "张",
    "孔", "曹", "严", "魏", "陶", "姜",
];
const GIVEN: &[&str] = &[
    "明", "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "超", "兰", "霞",
    "平", "刚", "桂", "英",
];
const PLACES: &[&str] = &["蔡家", "碚", "歇马", "水土", "嘉陵", "缙云", "渝武", "安来", "神驰", "两江", "重庆", "成渝"];
const PLACE_CHARACTERS: &[&str] = &[
    "云", "溪", "岭", "沙", "桥", "坪", "泉", "梅", "石", "柳", "竹", "清", "龙", "凤", "台", "湖", "塘", "汀", "浦",
    "津",
];

/// Renames everything in all articles alike.
fn rename(articles: &mut [Article], rng: &mut Rng) {
    let mut names: Vec<(&str, String)> = Vec::new();
    for person in PEOPLE {
        let given = (1..person.chars().count()).map(|_| *rng.pick(GIVEN));
        let given: String = given.collect();
        names.push((person, format!("{}{given}", rng.pick(SURNAMES))));
    }
    for place in PLACES {
        names.push((place, place.chars().map(|_| *rng.pick(PLACE_CHARACTERS)).collect()));
    }
    let digits: Vec<char> = (0..10).map(|_| char::from(b'1' + rng.below(9) as u8)).collect();
    for (_, text) in articles.iter_mut().flatten() {
        for (old, new) in &names {
            *text = text.replace(old, new);
        }
        *text = text.chars().map(|c| c.to_digit(10).map_or(c, |d| digits[d as usize])).collect();
    }
}

/// Sets a paragraph at a measure: its lines, the first shorter by the indent that the dump lost.
fn set(text: &str, measure: f32) -> Vec<String> {
    let closing = |c: char| class::class(c).shuns_line_start();
    let opening = |c: char| class::class(c) == class::Class::Open;
    let wide = |c: char| if c.is_ascii() { 0.5 } else { 1.0 };
    let chars: Vec<char> = text.chars().collect();
    let mut lines: Vec<Vec<char>> = vec![Vec::new()];
    let mut used = 2.0;
    for (i, &c) in chars.iter().enumerate() {
        let number = |c: char| c.is_ascii_alphanumeric() || c == '%';
        // A closing mark that does not fit is squeezed in; a number is not broken.
        let squeezed = closing(c) && used + 0.5 <= measure;
        let inside = number(c) && i > 0 && number(chars[i - 1]);
        if used + wide(c) > measure && !squeezed && !(inside && used + 0.5 <= measure + 1.0) {
            let line = lines.last_mut().expect("a line");
            let mut carried = Vec::new();
            while let Some(&last) = line.last() {
                let first = carried.last().copied().unwrap_or(c);
                // Where a line is broken at a space the dump loses it, and nobody can tell.
                if opening(last) || closing(first) || last == ' ' || first == ' ' || number(last) && number(first) {
                    carried.push(last);
                    line.pop();
                } else {
                    break;
                }
            }
            carried.reverse();
            used = carried.iter().map(|c| wide(*c)).sum();
            lines.push(carried);
        }
        lines.last_mut().expect("a line").push(c);
        used += wide(c);
    }
    lines.into_iter().filter(|l| !l.is_empty()).map(|l| l.into_iter().collect()).collect()
}

/// A text dump of the articles: bodies first, headlines behind them, stray bylines at the end,
/// blank lines that lie.
fn dump(articles: &[Article], rng: &mut Rng) -> String {
    let mut out = String::new();
    let mut bylines = String::new();
    let mut measure = 0.0;
    for article in articles {
        // Each at another measure than its neighbours.
        let others: Vec<f32> = [12.0, 15.0, 21.0, 26.0].into_iter().filter(|m| *m != measure).collect();
        measure = *rng.pick(&others);
        let (mut head, mut body) = (String::new(), String::new());
        for (role, text) in article {
            match role.as_str() {
                "byline" => bylines += &format!(" {text}\n"),
                "kicker" | "subheadline" => head += &format!("{text}\n\n"),
                "headline" => {
                    // Long headlines are set in two lines.
                    let chars: Vec<char> = text.chars().collect();
                    let half = if chars.len() > 16 { chars.len().div_ceil(2) } else { chars.len() };
                    for line in chars.chunks(half) {
                        head.extend(line);
                        head.push('\n');
                    }
                    head.push('\n');
                }
                "paragraph" | "caption" => {
                    let lines = set(text, if role == "caption" { measure - 1.0 } else { measure });
                    for (n, line) in lines.iter().enumerate() {
                        // A column ended here. Typesetters leave no paragraph's first line alone; and
                        // where a sentence ends with a full line, a blank line is no lie to be seen.
                        let inside = n > 1 && !lines[n - 1].ends_with(['。', '”']);
                        let lie = inside && rng.chance(4) && role == "paragraph";
                        body += if lie { "\n" } else { "" };
                        body += line;
                        body.push('\n');
                    }
                    body.push('\n');
                }
                _ => body += &format!("{text}\n\n"),
            }
        }
        out += &body;
        out += &head;
    }
    out + &bylines
}

fn structure(document: &Document) -> Vec<Article> {
    let block = |b: &pagemend::document::Block| (b.role.name().to_owned(), b.text(&document.source));
    document.articles.iter().map(|a| a.blocks.iter().map(block).collect()).collect()
}

fn variant(seed: u64) -> Result<(), String> {
    let mut rng = Rng(seed);
    let mut articles = golden();
    rename(&mut articles, &mut rng);
    for i in (1..articles.len()).rev() {
        articles.swap(i, rng.below(i + 1));
    }
    let text = dump(&articles, &mut rng);
    let options = Options::default();
    let input = pagemend::read(text.as_bytes(), None, &options).map_err(|e| e.to_string())?;
    let document = pagemend::mend(input, &options);
    let found = structure(&document);
    if found == articles && document.furniture.iter().all(|b| b.role != Role::Other) {
        return Ok(());
    }
    let expected = articles.iter().flatten().map(|(r, t)| format!("[{r}] {t}\n")).collect::<String>();
    let diff = pagemend::compare::Diff::of(
        &expected,
        &found.iter().flatten().map(|(r, t)| format!("[{r}] {t}\n")).collect::<String>(),
    );
    Err(format!("variant {seed}: {:?}\n{}", diff.lines, to_string(&document, Format::Tagged)))
}

#[test]
fn the_structure_survives() {
    let count = std::env::var("VARIANTS").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    let failures: Vec<String> = (0..count).filter_map(|seed| variant(seed).err()).collect();
    // Here and there chance makes a page that nobody could read: a blank line where a line ends full,
    // an article without a headline between two of the same measure.
    let allowed = count as usize / 20;
    assert!(failures.len() <= allowed, "{} of {count} variants differ; the first:\n{}", failures.len(), failures[0]);
}
