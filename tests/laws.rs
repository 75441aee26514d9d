//! Laws that hold for any input: the books balance, the same input gives the same bytes, mending
//! twice is mending once, nothing panics.
//!
//! `PROPTEST_CASES` sets how many cases each law is tried on.

use pagemend::text::language::{Language, language};
use pagemend::text::stand_ins::StandIns;
use pagemend::write::{Format, to_string};
use pagemend::{Document, Options, audit};
use proptest::prelude::*;
use proptest::sample::{Index, select};

const REAL: &str = include_str!("../samples/newspaper/beibei-2020-03.txt");

fn mend(text: &str) -> Document {
    let options = Options::default();
    let input = pagemend::read(text.as_bytes(), None, &options).expect("text is read");
    pagemend::mend(input, &options)
}

/// Lines of every kind the stages look for, in three languages, and junk.
fn line() -> impl Strategy<Value = String> {
    let known = select(vec![
        "",
        "",
        " ",
        "　",
        "\u{c}",
        "本报讯（记者 邓公平 霍吕）2 月",
        "会议强调，要深化分区分级分类精准",
        "实。",
        "何庆,区委常委，",
        "区政府召开第99次常务会议",
        "何庆主持",
        "记者 秦廷富 摄",
        "本报记者 齐宏",
        "图为大桥复工现场。",
        "（下转第二版）",
        "（上接第一版）",
        "（下转第三版）",
        "实（下转第二版）",
        "（上接第一版）展工作，",
        "2版",
        "\u{c}",
        "4版",
        "长河时报",
        "2021年6月24日 星期二",
        "责任编辑 赵一鸣",
        "“点、线、面”结合 保障企业",
        "　　春天来了，河边的柳树又绿了",
        "infor-",
        "mation is here",
        "COVID-",
        "19",
        "한때 여자프로테니스",
        "(서울=연합) 박지훈 기자 = 저는",
        "다.",
        "【東京＝高橋美咲】気象庁によると",
        "台風 19 号「シマロン」",
        "＝鈴木一郎撮影",
        "① 见前注。",
        "第一章 渡口………… 12",
        "4⽉29⽇，⼯⼈们",
        "床前明月光，",
        "1. 总则",
        "、",
        "」と言った。",
        "『",
        "12",
        "— 3 —",
        "a\tb\t12\t13",
    ]);
    let han = proptest::collection::vec(select("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理世车价".chars().collect::<Vec<_>>()), 0..30)
        .prop_map(|chars| chars.into_iter().collect::<String>());
    prop_oneof![5 => known.prop_map(str::to_owned), 4 => han, 1 => "\\PC{0,12}", 1 => any::<String>().prop_map(|s| s.chars().take(12).collect())]
}

fn page() -> impl Strategy<Value = String> {
    let ends = select(vec!["\n", "\n", "\n", "\n", "\n\n", "\r\n", "\r", "\u{b}", "\u{85}", "\u{2028}", "\u{2029}"]);
    proptest::collection::vec((line(), ends), 0..40)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

/// The real page with lines taken out, doubled, swapped, and cut anywhere.
fn damaged() -> impl Strategy<Value = String> {
    let wound = (any::<Index>(), any::<Index>(), 0..4u8);
    proptest::collection::vec(wound, 1..12).prop_map(|wounds| {
        let mut lines: Vec<String> = REAL.lines().map(str::to_owned).collect();
        for (a, b, kind) in wounds {
            let (a, b) = (a.index(lines.len()), b.index(lines.len()));
            match kind {
                0 => {
                    lines.remove(a);
                }
                1 => lines.insert(b, lines[a].clone()),
                2 => lines.swap(a, b),
                _ => {
                    let at = lines[a].char_indices().map(|(i, _)| i).nth(b % 20).unwrap_or(0);
                    let rest = lines[a].split_off(at);
                    lines.insert(a + 1, rest);
                }
            }
        }
        lines.join("\n")
    })
}

/// A document of some pages, of articles that go on in each other.
fn jumping() -> impl Strategy<Value = String> {
    let article = (any::<bool>(), 1..6u8, any::<[bool; 2]>(), 1..6u8, any::<Index>(), any::<bool>());
    proptest::collection::vec(article, 1..14).prop_map(|articles| {
        let lines: Vec<&str> = REAL.lines().filter(|l| l.chars().count() > 12).collect();
        let mut text = String::new();
        for (into, from, [inline, turns], to, at, out) in articles {
            let at = at.index(lines.len() - 4);
            let gap = if inline { "" } else { "\n" };
            if into {
                text += &format!("（上接第{from}版）{gap}");
            }
            text += &lines[at..at + 4].join("\n");
            if out {
                text += &format!("{gap}（下转第{to}版）");
            }
            text += if turns { "\n\u{c}" } else { "\n\n" };
        }
        text
    })
}

fn any_page() -> impl Strategy<Value = String> {
    prop_oneof![3 => page(), 1 => damaged()]
}

/// Everything in a text but what pagemend may take away or add: white space and shapeless
/// characters.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !pagemend::text::class::is_blank(*c)).collect()
}

/// What the input says, and what the document tells of it: in its blocks and in its ledger.
fn told(document: &Document) -> (Vec<char>, Vec<char>) {
    let mut expected: Vec<char> = bare(&document.source.text).chars().collect();
    let mut written: Vec<char> = Vec::new();
    for block in document.blocks() {
        written.extend(bare(&block.text(&document.source)).chars());
    }
    for dropped in &document.dropped {
        written.extend(bare(document.source.get(dropped.span)).chars());
    }
    for piece in document.blocks().flat_map(|b| &b.pieces) {
        if let pagemend::document::Put::Other { text, .. } = piece.put {
            expected.extend(bare(text).chars());
            written.extend(bare(document.source.get(piece.from)).chars());
        }
    }
    expected.sort_unstable();
    written.sort_unstable();
    (expected, written)
}

fn sorted(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.chars().collect();
    chars.sort_unstable();
    chars
}

/// The text of a mended page, and of that text mended again, without white space. The language is
/// stated: it goes by the scripts of the whole input, and a page may have others without its
/// furniture.
fn mended_twice(page: &[u8]) -> (String, String) {
    let read = |page: &[u8], options: &Options| pagemend::read(page, None, options).expect("the page is readable");
    let input = read(page, &Options::default());
    let options = Options { language: Some(language(&input.source.text)), ..Options::default() };
    let once = pagemend::mend(input, &options);
    let blocks = once.articles.iter().flat_map(|a| &a.blocks);
    let written: String = blocks.map(|b| b.text(&once.source) + "\n\n").collect();
    let again = pagemend::mend(read(written.as_bytes(), &options), &options);
    let twice: String = again.blocks().map(|b| bare(&b.text(&again.source))).collect();
    (bare(&written), twice)
}

/// Every sample's text mends to itself, in its order.
#[test]
fn every_sample_mended_twice_is_itself() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let samples = pagemend::compare::samples(&root.join("samples"), &root.join("golden"), None).expect("listed");
    assert!(samples.len() > 10);
    for sample in samples {
        let Some(path) = &sample.input else { continue };
        let bytes = std::fs::read(path).expect("read");
        let (once, twice) = mended_twice(&bytes);
        assert_eq!(once, twice, "{}", sample.name.display());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_books_balance(text in any_page()) {
        let document = mend(&text);
        prop_assert_eq!(audit::audit(&document), Ok(()));
    }

    /// What is written, furniture included, is the input's text: no character more or less, but for
    /// white space and what the ledger lists.
    #[test]
    fn nothing_is_lost_and_nothing_made_up(text in any_page()) {
        let document = mend(&text);
        let (expected, written) = told(&document);
        prop_assert_eq!(expected, written);
    }

    /// So they do where halves of articles on many pages point to each other, and every jump line still
    /// stands in some block.
    #[test]
    fn the_books_balance_over_jump_lines(text in jumping()) {
        let document = mend(&text);
        prop_assert_eq!(audit::audit(&document), Ok(()));
        let written: String = document.blocks().map(|b| b.text(&document.source)).collect();
        for words in ["下转", "上接"] {
            prop_assert_eq!(written.matches(words).count(), text.matches(words).count());
        }
    }

    /// So they do where the lines of the real page, set at any measure, are woven from any number of
    /// columns.
    #[test]
    fn the_books_balance_over_woven_columns(columns in 2usize..9, measure in 7usize..24, lines in 16usize..160, from in 0usize..2000) {
        let text: Vec<char> = bare(REAL).chars().collect();
        let line = |n: usize| (0..measure).map(|i| text[(from + n * measure + i) % text.len()]).collect::<String>();
        let rows = lines / columns;
        let dump: String = (0..rows * columns).map(|n| line(n % columns * rows + n / columns) + "\n").collect();
        let document = mend(&dump);
        prop_assert_eq!(audit::audit(&document), Ok(()));
        let (expected, written) = told(&document);
        prop_assert_eq!(expected, written);
    }

    #[test]
    fn the_same_input_gives_the_same_bytes(text in any_page()) {
        let once = to_string(&mend(&text), Format::Json);
        let elsewhere = std::thread::scope(|s| s.spawn(|| to_string(&mend(&text), Format::Json)).join());
        prop_assert_eq!(Some(once), elsewhere.ok());
    }

    /// A mended text mends to itself, its separators removed: the real page, however damaged.
    #[test]
    fn mending_twice_is_mending_once(text in damaged()) {
        let (once, twice) = mended_twice(text.as_bytes());
        prop_assert_eq!(sorted(&once), sorted(&twice));
    }

    /// So does junk, which need not fall into the same blocks twice: a hyphen that ended a block may
    /// then end a line, a half-width mark at a block's edge may stand between two Han, and a radical that stood by
    /// itself within a word.
    #[test]
    fn junk_mended_twice_is_the_same_but_for_hyphens_and_widths(text in page()) {
        let plain = |text: &str| -> String {
            let narrow = |c| match c { '，' => ',', '；' => ';', '！' => '!', '？' => '?', c => c };
            let stand_ins = StandIns::of(Language::Japanese, "");
            let meant = |c| stand_ins.meant(c, [Some('の'), None]).and_then(|text| text.chars().next()).unwrap_or(c);
            text.chars().filter(|c| *c != '-').map(meant).map(narrow).collect()
        };
        let (once, twice) = mended_twice(text.as_bytes());
        prop_assert_eq!(sorted(&plain(&once)), sorted(&plain(&twice)));
    }

    #[test]
    fn any_bytes_give_a_document_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let options = Options::default();
        if let Ok(input) = pagemend::read(&bytes, None, &options) {
            let document = pagemend::mend(input, &options);
            prop_assert_eq!(audit::audit(&document), Ok(()));
        }
    }

    /// Every block's order is its own, and all are there.
    #[test]
    fn every_block_has_its_place(text in any_page()) {
        let document = mend(&text);
        let mut orders: Vec<u32> = document.blocks().map(|b| b.order).collect();
        orders.sort_unstable();
        prop_assert_eq!(orders.clone(), (0..orders.len() as u32).collect::<Vec<_>>());
    }
}
