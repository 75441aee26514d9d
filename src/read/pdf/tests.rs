//! Small files, written here object by object.

use super::*;
use crate::geometry::Rect;
use crate::page::InkKind;

/// A file of these objects, numbered from 1, of which the first is the catalogue.
fn file(objects: &[String]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", n + 1).bytes());
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    places.iter().for_each(|place| out.extend(format!("{place:010} 00000 n \n").bytes()));
    let end = format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", places.len() + 1);
    out.extend(end.bytes());
    out
}

fn stream(dictionary: &str, text: &str) -> String {
    format!("<<{dictionary}/Length {}>>\nstream\n{text}\nendstream", text.len())
}

/// The characters whose codes are 1, 2, 3 …
const CHARACTERS: &str = "会议强调，。ab지난ﬁ";

/// A page that draws this. `/F` is a font written from left to right, `/V` one written downward,
/// `/U` one without Unicode, `/I` a picture.
fn page(content: &str) -> Vec<u8> {
    let map: String = CHARACTERS.chars().zip(1..).map(|(c, n)| format!("<{n:04x}> <{:04x}>\n", c as u32)).collect();
    let map = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n\
         1 begincodespacerange <0000> <ffff> endcodespacerange\n{} beginbfchar\n{map}endbfchar\nendcmap end end",
        CHARACTERS.chars().count()
    );
    let font = |way: &str, map: &str| {
        format!("<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/Identity-{way}/DescendantFonts[8 0 R]{map}>>")
    };
    file(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<<\
         /Font<</F 5 0 R/V 6 0 R/U 7 0 R>>/XObject<</I 10 0 R>>>>>>"
            .to_owned(),
        stream("", content),
        font("H", "/ToUnicode 9 0 R"),
        font("V", "/ToUnicode 9 0 R"),
        font("H", ""),
        // The codes of `ab` are half as wide as the others.
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/S/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\
         /DW 1000/W[7[500 500]]/FontDescriptor 11 0 R>>"
            .to_owned(),
        stream("", &map),
        stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "x"),
        "<</Type/FontDescriptor/FontName/S/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120>>"
            .to_owned(),
    ])
}

fn read(bytes: &[u8]) -> Input {
    assert!(is_pdf(bytes));
    pdf(bytes, File { path: None, format: "pdf", encoding: "UTF-16BE" }).unwrap()
}

/// The text of each run, and its box in whole points.
fn runs(input: &Input) -> Vec<(&str, [i32; 4])> {
    let whole = |r: Rect| [r.x0, r.y0, r.x1, r.y1].map(|v| v.round() as i32);
    input.pages[0].runs.iter().map(|r| (input.source.get(r.span), whole(r.rect.unwrap()))).collect()
}

#[test]
fn a_line_is_a_run_as_high_as_its_type() {
    let input = read(&page("BT /F 10 Tf 20 50 Td <0001000200030004> Tj ET"));
    assert_eq!(runs(&input), [("会议强调", [20, 41, 60, 51])]);
    assert_eq!(input.pages[0].size.map(|s| (s.width, s.height)), Some((200.0, 100.0)));
    assert!(input.warnings.is_empty(), "{:?}", input.warnings);
}

#[test]
fn runs_end_at_gaps() {
    // Marks drawn together, a word gap, a column's gap, and a new line.
    let input = read(&page(
        "BT /F 10 Tf 20 50 Td [<00010002> -300 <0003> 500 <0005>] TJ 60 0 Td [<0007> -250 <00080007>] TJ \
         60 0 Td <0001> Tj -120 -12 Td <0002> Tj ET",
    ));
    assert_eq!(input.source.text, "会议强，\na ba\n会\n议");
}

#[test]
fn a_ligature_is_its_letters() {
    assert_eq!(read(&page("BT /F 10 Tf 20 50 Td <000b0007> Tj ET")).source.text, "fia");
}

#[test]
fn a_recognised_word_ends_where_the_next_begins() {
    let input = read(&page("BT 3 Tr /F 10 Tf 20 50 Td 300 Tz <00010002> Tj 25 0 Td 100 Tz <0003> Tj ET"));
    assert_eq!(input.source.text, "会议强");
    assert_eq!(runs(&input).iter().map(|(_, r)| (r[0], r[2])).collect::<Vec<_>>(), [(20, 45), (45, 55)]);
}

#[test]
fn downward_writing_by_font_and_by_place() {
    let input = read(&page("BT /V 10 Tf 100 90 Td <0001000200030004> Tj ET"));
    assert_eq!(runs(&input), [("会议强调", [95, 10, 105, 50])]);
    let input = read(&page(
        "BT /F 10 Tf 100 80 Td <0001> Tj 0 -10 Td <0002> Tj 0 -10 Td <0003> Tj -15 20 Td <0004> Tj 0 -10 Td <0001> Tj ET",
    ));
    assert_eq!(input.source.text, "会议强\n调会");
    assert_eq!(runs(&input)[0].1, [100, 11, 110, 41]);
}

#[test]
fn what_is_drawn_twice_is_read_once() {
    let bold = "BT 2 Tr /F 10 Tf 20 50 Td <00010002> Tj ET BT /F 10 Tf 20.3 50 Td <00010002> Tj ET";
    assert_eq!(runs(&read(&page(bold))).len(), 1);
    assert_eq!(read(&page("BT /F 10 Tf 20 50 Td <00010001> Tj ET")).source.text, "会会");
}

#[test]
fn what_has_no_unicode_stands_as_that() {
    let input = read(&page("BT /U 10 Tf 20 50 Td <00010002> Tj /F 10 Tf 0 -20 Td <00ff> Tj 900 0 Td <0001> Tj ET"));
    assert_eq!(input.source.text, "\u{fffd}\u{fffd}\n\u{fffd}");
    assert_eq!(
        input.warnings,
        [
            "page 1: 3 characters have no Unicode in the file; they stand as U+FFFD",
            "page 1: 1 characters stand outside the visible page and were left out"
        ]
    );
}

#[test]
fn pictures_and_rules_are_ink() {
    let input = read(&page(
        "q 50 0 0 40 10 20 cm /I Do Q 20 90 100 0.5 re f 1 w 150 10 m 150 80 l S 5 5 3 3 re f BT /F 10 Tf 20 5 Td <0001> Tj ET",
    ));
    let ink: Vec<_> = input.pages[0].ink.iter().map(|i| (i.kind, [i.rect.x0, i.rect.x1].map(f32::round))).collect();
    let expected = [(InkKind::Picture, [10., 60.]), (InkKind::Rule, [20., 120.]), (InkKind::Rule, [150., 151.])];
    assert_eq!(ink, expected);
    assert_eq!(input.pages[0].ink[0].rect, Rect { x0: 10.0, y0: 40.0, x1: 60.0, y1: 80.0 });
}

#[test]
fn a_scan_is_no_picture_and_without_text_no_page() {
    let scan = "q 200 0 0 100 0 0 cm /I Do Q";
    let input = read(&page(&format!("{scan} BT 3 Tr /F 10 Tf 20 50 Td <0001> Tj ET")));
    assert_eq!((input.source.text.as_str(), input.pages[0].ink.len(), input.warnings.len()), ("会", 0, 0));
    let input = read(&page(scan));
    assert_eq!((input.source.text.as_str(), input.pages[0].ink.len()), ("", 1));
    assert_eq!(input.warnings.len(), 1);
    assert!(input.warnings[0].starts_with("page 1: it is only an image and has no text layer; recognise it first"));
}

#[test]
fn damage_is_an_error_or_less_text() {
    let whole = page("BT /F 10 Tf 20 50 Td <0001000200030004> Tj ET");
    let file = || File { path: None, format: "pdf", encoding: "UTF-16BE" };
    for end in (5..whole.len()).step_by(37) {
        let _ = pdf(&whole[..end], file());
    }
    let error = pdf(b"%PDF-1.7\nnothing", file()).unwrap_err().to_string();
    assert_eq!(error, "its structure: this is no good pdf: no page of it can be found; is the file cut short?");
    for odd in [
        "BT /F 1e30 Tf <0001> Tj ET",
        "BT /F 0 Tf <0001> Tj ET",
        "BT /F 10 Tf 0 0 0 0 5 5 Tm <0001> Tj ET",
        "1e300 0 0 1e300 0 0 cm 0 0 m 1 1 l S",
    ] {
        let input = read(&page(odd));
        assert!(input.pages[0].runs.iter().all(|r| r.rect.is_some()), "{odd}");
    }
}

/// A page of four by four points that draws this; `/I` is a picture of two by two pixels, `/M` the same as a
/// mask, whose first row lets paint through.
fn scan(content: &str) -> Option<Vec<u8>> {
    let bytes = file(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 4 4]/Contents 4 0 R/Resources<</XObject<</I 5 0 R/M 6 0 R>>>>>>"
            .to_owned(),
        stream("", content),
        stream("/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8", "abcd"),
        stream(
            "/Type/XObject/Subtype/Image/Width 2/Height 2/ImageMask true/BitsPerComponent 1/Filter/ASCIIHexDecode",
            "00C0>",
        ),
    ]);
    Scans::of(&bytes).unwrap().page(0)
}

#[test]
fn a_scan_is_seen_as_it_lies_on_its_page() {
    let seen = |content: &str| {
        let map = scan(content).expect("there is a picture");
        let pixels = map.strip_prefix(b"P5\n4 4\n255\n").expect("a graymap of four by four").to_vec();
        String::from_utf8_lossy(&pixels)
            .replace('\u{fffd}', ".")
            .as_bytes()
            .chunks(4)
            .map(|r| String::from_utf8_lossy(r).into_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(seen("q 4 0 0 4 0 0 cm /I Do Q"), "aabb aabb ccdd ccdd");
    assert_eq!(seen("q -4 0 0 -4 4 4 cm /I Do Q"), "ddcc ddcc bbaa bbaa", "turned upside down");
    assert_eq!(seen("q 0 -4 4 0 0 4 cm /I Do Q"), "ccaa ccaa ddbb ddbb", "turned by a quarter");
    assert_eq!(seen("q 4 0 0 2 0 2 cm /I Do Q q 4 0 0 2 0 0 cm /I Do Q"), "aabb ccdd aabb ccdd", "in two strips");
    assert_eq!(seen("q 2 0 0 2 2 0 cm /I Do Q"), ".... .... ..ab ..cd", "the rest is paper");
    assert_eq!(seen("q 4 0 0 4 0 0 cm /M Do Q").replace('\0', "x"), "xxxx xxxx .... ....", "a mask lets black through");
    assert!(scan("").is_none());
}
