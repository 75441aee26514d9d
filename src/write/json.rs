//! The JSON: a versioned public interface. The types here are its definition; the published schema
//! is made from them.

use crate::document::{Block, Document, Fragment, Put};
use crate::evidence::DecisionKind;
use crate::role::Role;
use crate::source::{Locator, Span};
use schemars::JsonSchema;
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};
use std::io::{self, Write};

/// The schema's name and version. A change that could break a reader raises the number.
const SCHEMA: &str = "pagemend.document/1";

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "pagemend.document/1", deny_unknown_fields)]
struct JsonDocument<'a> {
    /// Always `pagemend.document/1`.
    #[schemars(regex(pattern = "^pagemend\\.document/1$"))]
    schema: &'static str,
    tool: Tool,
    source: JsonSource<'a>,
    pages: Vec<JsonPage>,
    /// In the order of their first body line.
    articles: Lazy<'a, JsonArticle>,
    /// What belongs to a page and to no article.
    furniture: Lazy<'a, JsonBlock>,
    /// Input that is written nowhere, and the rule by which it is left out.
    dropped: Lazy<'a, JsonDropped<'a>>,
    /// Input that is written as something else, and the rule.
    edits: Lazy<'a, JsonEdit<'a>>,
    /// Decisions that were won narrowly.
    doubts: Lazy<'a, JsonDoubt>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct JsonSource<'a> {
    /// As it was given; null for standard input.
    path: Option<std::borrow::Cow<'a, str>>,
    format: &'a str,
    /// By the WHATWG Encoding Standard.
    encoding: &'a str,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct JsonPage {
    number: u32,
    /// In page units; null where the format states none.
    width: Option<f32>,
    height: Option<f32>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct JsonArticle {
    /// `a1`, `a2`, …
    id: String,
    /// The headline group first, then as one reads.
    blocks: Vec<JsonBlock>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct JsonBlock {
    /// `b1`, `b2`, …, in reading order.
    id: String,
    role: Role,
    text: String,
    /// Its place in the reading order of the whole document, from 0, furniture included.
    order: u32,
    /// The input lines it stood on.
    from: Vec<From>,
    /// From 0 to 1.
    confidence: f32,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct From {
    /// From 1.
    page: u32,
    /// Within the page, from 1.
    line: u32,
    /// Code points of that line, half open; only where the block takes a part of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    chars: Option<[u32; 2]>,
    /// Left, top, right, bottom in page units.
    #[serde(rename = "box", skip_serializing_if = "Option::is_none")]
    rect: Option<[f32; 4]>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct JsonDropped<'a> {
    rule: &'static str,
    text: &'a str,
    at: At,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct JsonEdit<'a> {
    rule: &'static str,
    from: &'a str,
    to: &'static str,
    at: At,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct JsonDoubt {
    kind: DecisionKind,
    at: At,
    /// In doubts about seams, the line before in the reading order, which `at` is parted from or joined to.
    #[serde(skip_serializing_if = "Option::is_none")]
    behind: Option<At>,
    chosen: &'static str,
    other: &'static str,
    /// In the natural logarithm of odds.
    margin: f32,
    /// What spoke for the choice (positive) and against it.
    signals: Vec<JsonSignal>,
    /// The number of the page that a jump line names, as pages bear it: `2`, `A3`; only in doubts about
    /// jump lines, and only where it is legible. `at` is where the jump line stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    names: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct JsonSignal {
    name: &'static str,
    weight: f32,
}

/// A place in the input.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct At {
    /// From 1.
    page: u32,
    /// Within the page, from 1.
    line: u32,
    /// Code points of that line, half open; a line break stands behind the last.
    chars: [u32; 2],
}

/// A list that is made while it is written, so that a large document's ledger is never in memory
/// twice.
struct Lazy<'a, T>(Box<Each<'a, T>>);

/// Hands the items of a list to someone, one by one.
type Each<'a, T> = dyn Fn(&mut dyn FnMut(T)) + 'a;

impl<T: Serialize> Serialize for Lazy<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(None)?;
        let mut result = Ok(());
        (self.0)(&mut |item| {
            if result.is_ok() {
                result = seq.serialize_element(&item);
            }
        });
        result?;
        seq.end()
    }
}

impl<T: JsonSchema> JsonSchema for Lazy<'_, T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Vec::<T>::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Vec::<T>::json_schema(generator)
    }
    fn inline_schema() -> bool {
        true
    }
}

/// The JSON Schema (2020-12) of the JSON output.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(JsonDocument<'static>).to_value()
}

/// What [`Format::Json`](super::Format::Json) writes, for a serializer of one's own.
pub fn serializable(document: &Document) -> impl Serialize + '_ {
    of(document)
}

pub fn json(document: &Document, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &of(document))?;
    out.write_all(b"\n")
}

fn of(document: &Document) -> JsonDocument<'_> {
    let source = &document.source;
    JsonDocument {
        schema: SCHEMA,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        source: JsonSource {
            path: source.file.path.as_ref().map(|p| p.to_string_lossy()),
            format: source.file.format,
            encoding: source.file.encoding,
        },
        pages: document
            .pages
            .iter()
            .map(|p| JsonPage { number: p.number, width: p.size.map(|s| s.width), height: p.size.map(|s| s.height) })
            .collect(),
        articles: Lazy(Box::new(move |each| {
            let mut locator = source.locator();
            for (n, article) in document.articles.iter().enumerate() {
                let blocks = article.blocks.iter().map(|b| block(document, b, &mut locator)).collect();
                each(JsonArticle { id: format!("a{}", n + 1), blocks });
            }
        })),
        furniture: Lazy(Box::new(move |each| {
            let mut locator = source.locator();
            document.furniture.iter().for_each(|b| each(block(document, b, &mut locator)));
        })),
        dropped: Lazy(Box::new(move |each| {
            let mut locator = source.locator();
            for d in &document.dropped {
                each(JsonDropped {
                    rule: d.rule.name(),
                    text: source.get(d.span),
                    at: at(d.span, document, &mut locator),
                });
            }
        })),
        edits: Lazy(Box::new(move |each| {
            let mut edits: Vec<(Span, &'static str, &'static str)> = Vec::new();
            for piece in document.blocks().flat_map(|b| &b.pieces) {
                if let Put::Other { text, rule } = piece.put {
                    edits.push((piece.from, text, rule.name()));
                }
            }
            edits.sort_unstable();
            let mut locator = source.locator();
            for (span, to, rule) in edits {
                each(JsonEdit { rule, from: source.get(span), to, at: at(span, document, &mut locator) });
            }
        })),
        doubts: Lazy(Box::new(move |each| {
            let mut locator = source.locator();
            for d in document.doubts() {
                let signals = d.signals.iter().map(|(s, w)| JsonSignal { name: s.name(), weight: round(*w) }).collect();
                let span = Span { start: d.at, end: d.at };
                each(JsonDoubt {
                    kind: d.kind,
                    at: at(span, document, &mut locator),
                    behind: d.behind.map(|span| at(span, document, &mut locator)),
                    chosen: d.chosen,
                    other: d.other,
                    margin: round(d.margin),
                    signals,
                    names: d.names.map(|label| label.to_string()),
                });
            }
        })),
    }
}

/// Three decimals are more than any of these figures is worth.
fn round(figure: f32) -> f32 {
    (figure * 1000.0).round() / 1000.0
}

fn block(document: &Document, block: &Block, locator: &mut Locator<'_>) -> JsonBlock {
    JsonBlock {
        id: format!("b{}", block.order + 1),
        role: block.role,
        text: block.text(&document.source),
        order: block.order,
        from: block.fragments.iter().map(|f| from(f, document, locator)).collect(),
        confidence: round(block.confidence),
    }
}

fn from(fragment: &Fragment, document: &Document, locator: &mut Locator<'_>) -> From {
    let place = locator.place(fragment.span.start);
    let chars = document.source.get(fragment.span).chars();
    From {
        page: place.page,
        line: place.line,
        chars: fragment.partial.then(|| [place.chars, place.chars + chars.count() as u32]),
        rect: fragment.rect.map(|r| [r.x0, r.y0, r.x1, r.y1]),
    }
}

fn at(span: Span, document: &Document, locator: &mut Locator<'_>) -> At {
    let place = locator.place(span.start);
    let length = document.source.get(span).chars().count() as u32;
    At { page: place.page, line: place.line, chars: [place.chars, place.chars + length] }
}
