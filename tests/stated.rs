//! What a file states of its regions: evidence by default, law where it is trusted.

use pagemend::options::Trust;
use pagemend::role::Role;
use pagemend::write::{Format, to_string};
use pagemend::{Document, Options, audit};

struct Region {
    kind: &'static str,
    x: u32,
    y: u32,
    lines: &'static [&'static str],
}

/// A page as PAGE XML whose regions are read in the order of the list.
fn page(regions: &[Region]) -> String {
    let mut order = String::new();
    let mut text = String::new();
    for (n, region) in regions.iter().enumerate() {
        order += &format!(r#"<RegionRefIndexed index="{n}" regionRef="r{n}"/>"#);
        let mut lines = String::new();
        let (x0, mut y0) = (region.x, region.y);
        for line in region.lines {
            let x1 = x0 + 20 * line.chars().count() as u32;
            let points = format!("{x0},{y0} {x1},{y0} {x1},{} {x0},{}", y0 + 20, y0 + 20);
            lines += &format!(
                r#"<TextLine id="l{x0}-{y0}"><Coords points="{points}"/><TextEquiv><Unicode>{line}</Unicode></TextEquiv></TextLine>"#
            );
            y0 += 30;
        }
        let points = format!("{0},{1} {2},{1} {2},{3} {0},{3}", region.x, region.y, region.x + 200, y0);
        text +=
            &format!(r#"<TextRegion id="r{n}" type="{}"><Coords points="{points}"/>{lines}</TextRegion>"#, region.kind);
    }
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page imageFilename="p.png" imageWidth="600" imageHeight="800">
<ReadingOrder><OrderedGroup id="g">{order}</OrderedGroup></ReadingOrder>{text}</Page></PcGts>"#
    )
}

fn mend(file: &str, trust: &[&str]) -> Document {
    let options = Options { trust: Trust::of(trust.iter().copied()).unwrap(), ..Options::default() };
    let input = pagemend::read(file.as_bytes(), None, &options).unwrap();
    let document = pagemend::mend(input, &options);
    assert_eq!(audit::audit(&document), Ok(()));
    document
}

fn text(document: &Document) -> String {
    to_string(document, Format::Text)
}

const LEFT: &[&str] = &["春天来了，河边的柳树", "发了新芽，孩子们在树", "下放风筝。"];
const RIGHT: &[&str] = &["秋天到了，山上的枫叶", "红了一片，游人慢慢地", "走上山去。"];

/// Two columns, the right one read first.
fn right_first() -> String {
    page(&[
        Region { kind: "paragraph", x: 300, y: 100, lines: RIGHT },
        Region { kind: "paragraph", x: 50, y: 100, lines: LEFT },
    ])
}

#[test]
fn an_order_against_the_layout_counts_only_where_it_is_trusted() {
    let place = |text: &str| (text.find("春天").unwrap(), text.find("秋天").unwrap());
    let (spring, autumn) = place(&text(&mend(&right_first(), &[])));
    assert!(spring < autumn);
    let (spring, autumn) = place(&text(&mend(&right_first(), &["order"])));
    assert!(autumn < spring);
}

#[test]
fn an_order_that_the_layout_mostly_goes_is_followed() {
    // The layout reads the left column down first; the file reads both tops before both feet.
    let file = page(&[
        Region { kind: "paragraph", x: 50, y: 100, lines: LEFT },
        Region { kind: "paragraph", x: 300, y: 100, lines: RIGHT },
        Region { kind: "paragraph", x: 50, y: 300, lines: &["冬天下雪，屋顶白了。"] },
        Region { kind: "paragraph", x: 300, y: 300, lines: &["夏天有雨，池塘满了。"] },
    ]);
    let in_order = |file: &str| {
        let text = text(&mend(file, &[]));
        ["春天", "秋天", "冬天", "夏天"].iter().map(|s| text.find(s).unwrap()).collect::<Vec<_>>().is_sorted()
    };
    assert!(in_order(&file));
    let unstated = file.replace("regionRef=", "unknown=");
    assert!(!in_order(&unstated), "the layout alone tells it too: the page tests nothing");
}

#[test]
fn what_a_region_is_binds_where_it_is_trusted() {
    let file = page(&[
        Region { kind: "paragraph", x: 50, y: 100, lines: LEFT },
        Region {
            kind: "caption", x: 50, y: 200, lines: &["他们每天清早都到这里", "来看日出，从不间断。"]
        },
        Region { kind: "paragraph", x: 50, y: 270, lines: RIGHT },
    ]);
    let roles = |document: &Document| -> Vec<Role> {
        document.articles.iter().flat_map(|a| &a.blocks).map(|b| b.role).collect()
    };
    let document = mend(&file, &["regions"]);
    assert_eq!(roles(&document), [Role::Paragraph, Role::Caption, Role::Paragraph]);
    let caption = document.articles.iter().flat_map(|a| &a.blocks).find(|b| b.role == Role::Caption).unwrap();
    assert_eq!(caption.text(&document.source), "他们每天清早都到这里来看日出，从不间断。");
}

#[test]
fn a_page_number_that_is_stated_leaves_the_text() {
    let file = page(&[
        Region {
            kind: "paragraph", x: 50, y: 100, lines: &["春天来了，河边的柳树", "发了新芽，孩子们在树"]
        },
        Region { kind: "page-number", x: 150, y: 400, lines: &["第十二号"] },
        Region { kind: "paragraph", x: 300, y: 100, lines: &["下放风筝，一直到天黑", "才回家去。"] },
    ]);
    let document = mend(&file, &[]);
    assert_eq!(document.furniture.iter().map(|b| b.role).collect::<Vec<_>>(), [Role::PageNumber]);
    assert!(text(&document).contains("孩子们在树下放风筝，一直到天黑才回家去。"), "{}", text(&document));
}

#[test]
fn what_cannot_be_trusted_is_said() {
    let error = Trust::of(["roles"]).unwrap_err().to_string();
    assert!(error.contains("roles") && error.contains("order and regions"), "{error}");
}
