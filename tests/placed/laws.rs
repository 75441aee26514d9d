//! Laws for pages with boxes, as in `tests/laws.rs`: whatever stands where, the books balance, the same
//! input gives the same bytes, every block has a place of its own, and a page twice as large reads the
//! same.
//!
//! `PROPTEST_CASES` sets how many cases each law is tried on.

use crate::drawing::{Piece, bare, hocr, mend, prose, umi};
use pagemend::audit;
use pagemend::document::Put;
use pagemend::write::{Format, to_string};
use proptest::prelude::*;
use proptest::sample::{Index, select};

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
