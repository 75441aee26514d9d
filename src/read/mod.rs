//! Bytes in, pages out. Readers translate; they never judge layout.
//!
//! Each reader accounts for every text of its input: it is taken, or it is another level of the same
//! text, or it is spacing. One file reads one format or one family of them.

mod abbyy;
#[cfg(test)]
mod account;
mod alto;
mod apart;
mod azure;
mod boxes;
mod decode;
mod djvu;
mod equiv;
mod file;
mod gather;
mod google;
mod grid;
mod groups;
mod hocr;
mod html;
mod json;
mod line;
mod links;
mod markup;
mod mineru;
mod ndl;
mod ndl_json;
mod ocrmac;
mod paddle;
mod pagexml;
mod parted;
#[cfg(feature = "pdf")]
mod pdf;
mod picture;
mod plain;
mod poppler;
mod shattered;
mod stated;
mod text;
mod textract;
mod tsv;
mod upright;
mod within;
mod xml;
mod yomitoku;

pub use file::whole;
pub use gather::{blank, gather, natural};
#[cfg(feature = "pdf")]
pub use pdf::{ONLY_A_PICTURE, Scans};
pub use picture::picture;

use crate::error::{Error, ErrorKind};
use crate::options::Options;
use crate::page::Page;
use crate::source::{File, Source};
use crate::text::composed::composed;
use std::borrow::Cow;
use std::path::Path;

/// What a reader makes of a file.
#[derive(Debug, Clone)]
pub struct Input {
    /// The text and the way back to the file.
    pub source: Source,
    /// The pages, in order.
    pub pages: Vec<Page>,
    /// What the user should know: undecodable bytes, a doubtful encoding.
    pub warnings: Vec<String>,
}

/// A format of recognised text that is not plain text.
struct Format {
    /// Its name, as `--from` takes it and the JSON states it.
    name: &'static str,
    /// True where a file that begins like this is of the format.
    looks: fn(head: &str) -> bool,
    /// Reads the whole file.
    read: fn(text: &str, file: File) -> Result<Input, Error>,
}

/// All formats with a shape of their own, the more particular first: the first that looks right is
/// taken.
static FORMATS: &[Format] = &[
    Format { name: "umi-ocr", looks: boxes::is_umi, read: boxes::boxes },
    Format { name: "paddle", looks: paddle::is_paddle, read: paddle::paddle },
    Format { name: "mineru", looks: mineru::is_mineru, read: mineru::mineru },
    Format { name: "google-vision", looks: google::is_vision, read: google::vision },
    Format { name: "document-ai", looks: google::is_document, read: google::document },
    Format { name: "azure", looks: azure::is_azure, read: azure::azure },
    Format { name: "yomitoku", looks: yomitoku::is_yomitoku, read: yomitoku::yomitoku },
    Format { name: "ndlocr-json", looks: ndl_json::is_ndl, read: ndl_json::ndl },
    Format { name: "ocrmac", looks: ocrmac::is_ocrmac, read: ocrmac::ocrmac },
    Format { name: "textract", looks: textract::is_textract, read: textract::textract },
    Format { name: "rapidocr", looks: boxes::is_rapid, read: boxes::boxes },
    Format { name: "alto", looks: alto::is_alto, read: alto::alto },
    Format { name: "page", looks: pagexml::is_page, read: pagexml::page },
    Format { name: "abbyy", looks: abbyy::is_abbyy, read: abbyy::abbyy },
    Format { name: "ndlocr", looks: ndl::is_ndl, read: ndl::ndl },
    Format { name: "djvu", looks: djvu::is_djvu, read: djvu::djvu },
    Format { name: "tsv", looks: tsv::is_tesseract, read: tsv::tesseract },
    Format { name: "pdftotext-tsv", looks: tsv::is_poppler, read: tsv::poppler },
    Format { name: "pdftotext-bbox", looks: poppler::is_bbox, read: poppler::bbox },
    Format { name: "hocr", looks: hocr::is_hocr, read: hocr::hocr },
];

/// A format whose files are no text.
struct BinaryFormat {
    /// Its name, as `--from` takes it and the JSON states it.
    name: &'static str,
    /// What its files hold their text in.
    encoding: &'static str,
    /// True where a file is of the format.
    looks: fn(bytes: &[u8]) -> bool,
    /// Reads the whole file.
    read: fn(bytes: &[u8], file: File) -> Result<Input, Error>,
}

/// All formats whose files are no text. They are told apart before anything is decoded.
static BINARY: &[BinaryFormat] = &[
    // The maps from glyphs to Unicode are in UTF-16BE (ISO 32000-2, 9.10.3).
    #[cfg(feature = "pdf")]
    BinaryFormat { name: "pdf", encoding: "UTF-16BE", looks: pdf::is_pdf, read: pdf::pdf },
];

/// Plain text and what is told from it by its lines.
const PLAIN: &str = "text";
const GRID: &str = "layout";
const UPRIGHT: &str = "upright";

/// The names of all formats.
pub fn formats() -> impl Iterator<Item = &'static str> {
    [PLAIN, GRID, UPRIGHT].into_iter().chain(FORMATS.iter().map(|f| f.name)).chain(BINARY.iter().map(|f| f.name))
}

/// Characters of a file by which its format is told.
const HEAD: usize = 4096;

/// Reads the bytes of one file as one document.
///
/// `path` is what the document will name as its source; nothing is opened. The format and the
/// encoding are found out unless the options name them. In plain text a form feed starts a new page.
///
/// # Errors
/// Where the bytes are no text, or more than 4 GiB of it, or are damaged beyond the format's sense.
/// A [`picture()`] is no text: nothing is recognised here, and no other program is started.
///
/// ```
/// let input = pagemend::read("会议强调\n".as_bytes(), None, &Default::default())?;
/// assert_eq!(input.pages[0].runs.len(), 1);
/// # Ok::<(), pagemend::Error>(())
/// ```
pub fn read(bytes: &[u8], path: Option<&Path>, options: &Options) -> Result<Input, Error> {
    let named = |e: Error| match path {
        Some(path) => e.at(path),
        None => e,
    };
    if let Some(kind) = picture(bytes) {
        return Err(named(Error::new(ErrorKind::Picture { kind })));
    }
    let binary = match options.from {
        Some(name) => BINARY.iter().find(|f| f.name == name),
        None => BINARY.iter().find(|f| (f.looks)(bytes)),
    };
    if let Some(BinaryFormat { name, encoding, read, .. }) = binary {
        return read(bytes, File { path: path.map(Path::to_path_buf), format: name, encoding }).map_err(named);
    }
    let decoded = decode::decode(bytes, options.encoding).map_err(named)?;
    let file = |format| File { path: path.map(Path::to_path_buf), format, encoding: decoded.encoding.name() };
    let head = decoded.text.char_indices().nth(HEAD).map_or(&*decoded.text, |(end, _)| &decoded.text[..end]);
    let format = match options.from {
        Some(name) => FORMATS.iter().find(|f| f.name == name),
        // JSON may keep its telling keys behind a long text.
        None => told(head).or_else(|| json::is_json(head).then(|| told(&decoded.text)).flatten()),
    };
    let mut input = match format {
        Some(format) => (format.read)(&decoded.text, file(format.name)).map_err(named)?,
        None => {
            let other = options.from.is_none().then(|| other_kind(head, &decoded.text)).flatten();
            let mut input = lines(decoded.text, file(PLAIN), options).map_err(named)?;
            input.warnings.extend(other.map(|kind| {
                format!(
                    "this is {kind}, but of no kind that is known: it was read as plain text, marks and all; \
                     if it is of a known kind, name that with --from"
                )
            }));
            input
        }
    };
    input.warnings.splice(0..0, decoded.warnings);
    Ok(input)
}

/// The format of a file that begins like this.
fn told(head: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|f| (f.looks)(head))
}

/// What a file of no known format is written in, where its text is no plain text.
fn other_kind(head: &str, text: &str) -> Option<&'static str> {
    if json::is_value(text) { Some("JSON") } else { xml::is_markup(head, text).then_some("HTML or another markup") }
}

/// Plain text: a dump on a grid, upright text, or just lines.
fn lines(text: String, file: File, options: &Options) -> Result<Input, Error> {
    let named = |format| options.from.map(|from| from == format);
    let text = match composed(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(composed) => composed,
    };
    let (mut source, mut pages) = plain::plain(text, file)?;
    if named(GRID).unwrap_or_else(|| grid::is_grid(&source, &pages)) {
        source.file.format = GRID;
        grid::grid(&source, &mut pages);
        return Ok(Input { source, pages, warnings: Vec::new() });
    }
    // On a grid spaces tell where columns stand; elsewhere they may tell nothing.
    if let Some(text) = apart::together(&source.text).filter(|_| !options.keep_characters) {
        (source, pages) = plain::plain(text, source.file)?;
    }
    if named(UPRIGHT).unwrap_or_else(|| upright::is_upright(&source, &pages)) {
        source.file.format = UPRIGHT;
        (source, pages) = upright::upright(&source, &pages, true);
    } else if options.from.is_none() && upright::has_upright(&source, &pages) {
        (source, pages) = upright::upright(&source, &pages, false);
    }
    Ok(Input { source, pages, warnings: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of each family of JSON, with the name of the format it is to be taken for.
    const FAMILIES: &[(&str, &str)] = &[
        ("umi-ocr", r#"{"data":[{"score":0.9,"text":"会议","box":[[1,2],[9,2],[9,4],[1,4]]}],"code":100}"#),
        ("rapidocr", r#"[{"box":[[1,2],[9,2],[9,4],[1,4]],"txt":"会议","score":0.9}]"#),
        ("paddle", r#"[[[[[1,2],[9,2],[9,4],[1,4]],["会议",0.9]]]]"#),
        ("paddle", "[[[1.0, 2.0], [9.0, 2.0], [9.0, 4.0], [1.0, 4.0]], ('会议', 0.9)]"),
        ("paddle", r#"{"res":{"page_index":null,"rec_texts":["会议"],"rec_boxes":[[1,2,9,4]],"rec_scores":[0.9]}}"#),
        ("paddle", r#"{"parsing_res_list":[{"block_label":"text","block_bbox":[1,2,9,4],"block_content":"会议"}]}"#),
        ("mineru", r#"{"pdf_info":[{"para_blocks":[{"type":"text","lines":[{"spans":[{"content":"会议"}]}]}]}]}"#),
        ("mineru", r#"[{"type":"text","text":"会议","bbox":[1,2,9,4],"page_idx":0}]"#),
        ("mineru", r#"[[{"type":"paragraph","content":{"paragraph_content":[{"content":"会议"}]},"bbox":[1,2,9,4]}]]"#),
        ("google-vision", r#"{"responses":[{"fullTextAnnotation":{"pages":[],"text":"会议"}}]}"#),
        (
            "document-ai",
            r#"{"text":"会议","pages":[{"lines":[{"layout":{"textAnchor":{"textSegments":[{"endIndex":"2"}]}}}]}]}"#,
        ),
        ("azure", r#"{"analyzeResult":{"pages":[{"lines":[{"content":"会议","polygon":[1,2,9,2,9,4,1,4]}]}]}}"#),
        (
            "yomitoku",
            r#"{"paragraphs":[],"tables":[],"words":[{"points":[[1,2],[9,2],[9,4],[1,4]],"content":"会议"}],"figures":[]}"#,
        ),
        ("ndlocr-json", r#"{"contents":[[{"boundingBox":[[1,2],[1,4],[9,2],[9,4]],"text":"会议"}]],"imginfo":{}}"#),
        ("ocrmac", "[('会议', 0.5, [0.1, 0.2, 0.3, 0.1])]"),
        ("textract", r#"{"Blocks":[{"BlockType":"LINE","Text":"会议"}]}"#),
    ];

    #[test]
    fn each_family_is_told_by_itself() {
        for (name, text) in FAMILIES {
            let pretty =
                serde_json::from_str::<serde_json::Value>(text).map(|v| serde_json::to_string_pretty(&v).unwrap());
            for text in [Ok((*text).to_owned()), pretty].into_iter().flatten() {
                let takers: Vec<_> = FORMATS.iter().filter(|f| (f.looks)(&text)).map(|f| f.name).collect();
                assert_eq!(takers, [*name], "{text}");
                let input = read(text.as_bytes(), None, &Options::default()).unwrap();
                assert_eq!((input.source.text.as_str(), input.source.file.format), ("会议", *name), "{text}");
            }
        }
    }

    #[test]
    fn hangul_in_pieces_is_composed_in_text_and_behind_escapes() {
        let pieces = "\u{1112}\u{1161}\u{11ab}글";
        let json =
            r#"{"data":[{"score":0.9,"text":"\u1112\u1161\u11ab글","box":[[1,2],[9,2],[9,4],[1,4]]}],"code":100}"#;
        for file in [pieces, json] {
            assert_eq!(read(file.as_bytes(), None, &Options::default()).unwrap().source.text, "한글");
        }
    }

    #[test]
    fn spaces_that_an_engine_put_between_characters_are_not_read() {
        let file = "渡 口 的 夜 航 ， 今 晚 起 正 式 開 通 。\n往 來 兩 岸 的 居 民 都 有 船 可 搭 。\n";
        let text = |options: Options| read(file.as_bytes(), None, &options).unwrap().source.text;
        let together = "渡口的夜航，今晚起正式開通。\n往來兩岸的居民都有船可搭。\n";
        assert_eq!(text(Options::default()), together);
        assert_eq!(text(Options { keep_characters: true, ..Options::default() }), file);
        assert_eq!(text(Options { from: Some(GRID), ..Options::default() }), file);
    }

    /// A text of JSON may hold breaks that end no line of it.
    #[test]
    fn the_books_balance_where_a_text_holds_breaks() {
        for end in ["\n", "\r\n", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"] {
            let texts = [format!("会议强调{end}要深化"), format!("{end}渡口启用。{end}{end}昨日")];
            let line = |(n, text): (usize, &String)| {
                let (top, foot) = (20 * n, 20 * n + 10);
                let text = serde_json::to_string(text).unwrap();
                format!(r#"{{"score":0.9,"text":{text},"box":[[1,{top}],[90,{top}],[90,{foot}],[1,{foot}]]}}"#)
            };
            let lines: Vec<String> = texts.iter().enumerate().map(line).collect();
            let file = format!(r#"{{"data":[{}],"code":100}}"#, lines.join(","));
            let input = read(file.as_bytes(), None, &Options::default()).unwrap();
            assert_eq!(crate::audit::audit(&crate::mend(input, &Options::default())), Ok(()), "{end:?}");
        }
    }

    #[test]
    fn a_telling_key_may_come_late() {
        let text = format!(r#"{{"text":"{}","pages":[{{"layout":{{"textAnchor":{{}}}}}}]}}"#, "会".repeat(2 * HEAD));
        assert_eq!(read(text.as_bytes(), None, &Options::default()).unwrap().source.file.format, "document-ai");
    }

    #[test]
    fn a_file_cut_anywhere_is_an_error_or_a_document() {
        for (_, text) in FAMILIES {
            for (end, _) in text.char_indices() {
                if let Ok(input) = read(&text.as_bytes()[..end], None, &Options::default()) {
                    crate::mend(input, &Options::default());
                }
            }
        }
    }

    #[test]
    fn what_is_of_no_known_kind_is_said_to_be_that() {
        let warnings = |text: &str| read(text.as_bytes(), None, &Options::default()).unwrap().warnings.concat();
        assert!(warnings(r#"{"name":"会议"}"#).starts_with("this is JSON, "));
        assert!(warnings("<!DOCTYPE html>\n<p>会议</p>\n").starts_with("this is HTML or another markup, "));
        assert_eq!(warnings("[新华社北京1月2日电]会议"), "");
        assert_eq!(warnings("<会议>强调</会议>。"), "");
    }
}
