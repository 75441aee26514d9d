//! Finds ruby: readings in small kana (or bopomofo) beside the characters they belong to, above a
//! horizontal line and to the right of a vertical one (JLReq 3.3). An engine that reads them gives them
//! as lines or words of their own, which belong into no sentence.
//!
//! ```text
//!   とうきょう          half as high as the line below, and touching it
//!   東京の春            with a Han character below it
//! ```

use crate::geometry::{CROWD, Rect, weighted_median};
use crate::page::{Page, Run};
use crate::source::{Source, Span};
use crate::text::class::{Class, class, is_blank};
use crate::text::width::char_width;
use std::borrow::Cow;

/// Ruby is half as large as its base (JLReq 3.3.3); boxes and engines stretch that, but not beyond these
/// shares.
const SMALLEST: f32 = 0.25;
const LARGEST: f32 = 0.68;

/// Ruby stands with text in the page's usual size, give or take this factor; with larger text only where that
/// has several readings: small kana above a headline are a line of its own.
const USUAL: f32 = 1.4;

/// So much of the text below a reading is Han.
const HAN: f32 = 0.6;

/// How far ruby may stand off its base, reach into its box, and stand out beyond its ends, in heights of the
/// base.
const OFF: f32 = 0.3;
const INTO: f32 = 0.45;
const BEYOND: f32 = 0.6;

/// The page without its ruby, and where that stands in the input, in its order.
pub fn part<'a>(source: &Source, page: &'a Page) -> (Cow<'a, Page>, Vec<Span>) {
    // Kana among other words of a line are of its sentence.
    let may_be = |runs: &&[Run]| runs.iter().all(|r| is_reading(source.get(r.span)));
    let readings = page.lines().filter(may_be).flatten();
    let mut readings = readings.filter(|r| r.rect.is_some_and(|r| !r.is_empty())).peekable();
    if readings.peek().is_none() {
        return (Cow::Borrowed(page), Vec::new());
    }
    let bases = Bases::on(source, page);
    let found: Vec<(Span, &Base)> = readings.filter_map(|r| Some((r.span, bases.of(r)?))).collect();
    let several = |base: &Base| found.iter().filter(|(_, b)| b.span == base.span).count() > 1;
    let usual = bases.usual();
    let stands = |base: &Base| base.rect.height() <= USUAL * usual || several(base);
    let mut ruby: Vec<Span> = found.iter().filter(|(_, base)| stands(base)).map(|(span, _)| *span).collect();
    ruby.sort_unstable();
    (page.without(&ruby), ruby)
}

/// Kana or bopomofo and nothing else.
fn is_reading(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| !is_blank(*c)).peekable();
    letters.peek().is_some() && letters.all(|c| class(c) == Class::Kana || is_bopomofo(c))
}

fn is_bopomofo(c: char) -> bool {
    matches!(c, '\u{3105}'..='\u{312f}' | 'ˊ' | 'ˇ' | 'ˋ' | '˙')
}

/// A run that ruby may belong to, turned where it runs down, so that its right edge is the upper one.
struct Base {
    rect: Rect,
    span: Span,
}

/// The runs of each direction, by the edge at which ruby stands.
struct Bases<'a> {
    source: &'a Source,
    level: Vec<Base>,
    upright: Vec<Base>,
}

impl Bases<'_> {
    fn on<'a>(source: &'a Source, page: &Page) -> Bases<'a> {
        let vertical = page.is_vertical(source);
        let (mut level, mut upright) = (Vec::new(), Vec::new());
        for (run, rect) in page.runs.iter().filter_map(|r| Some((r, r.rect.filter(|r| !r.is_empty())?))) {
            match rect.runs_down().unwrap_or(vertical) {
                true => upright.push(Base { rect: rect.turned(), span: run.span }),
                false => level.push(Base { rect, span: run.span }),
            }
        }
        for bases in [&mut level, &mut upright] {
            bases.sort_by(|a, b| a.rect.y0.total_cmp(&b.rect.y0).then(a.span.cmp(&b.span)));
        }
        Bases { source, level, upright }
    }

    /// How high the page's text is that is no reading itself.
    fn usual(&self) -> f32 {
        let all = self.level.iter().chain(&self.upright);
        let texts = all.map(|b| (b.rect.height(), self.source.get(b.span)));
        weighted_median(texts.filter(|(_, text)| !is_reading(text)).map(|(height, text)| (height, text.len() as f32)))
    }

    /// The run whose ruby another is.
    fn of(&self, run: &Run) -> Option<&Base> {
        let rect = run.rect?;
        self.below(rect, &self.level).or_else(|| self.below(rect.turned(), &self.upright))
    }

    fn below<'b>(&self, ruby: Rect, bases: &'b [Base]) -> Option<&'b Base> {
        // No base is higher than this allows.
        let highest = ruby.height() / SMALLEST;
        let first = bases.partition_point(|b| b.rect.y0 < ruby.y1 - INTO * highest);
        let mut near = bases[first..].iter().take(CROWD).take_while(|b| b.rect.y0 <= ruby.y1 + OFF * highest);
        near.find(|base| fits(ruby, base.rect) && self.reads_han(ruby, base))
    }

    /// True where most of the base below the ruby is Han: kana need no reading.
    fn reads_han(&self, ruby: Rect, base: &Base) -> bool {
        let text = self.source.get(base.span);
        let width = |c: char| char_width(c).middle();
        let em = base.rect.width() / text.chars().map(width).sum::<f32>().max(1.0);
        let (mut x, mut han, mut all) = (base.rect.x0, 0.0, 0.0);
        for c in text.chars() {
            let from = x;
            x += em * width(c);
            let shared = (x.min(ruby.x1) - from.max(ruby.x0)).max(0.0);
            all += shared;
            han += if class(c) == Class::Han { shared } else { 0.0 };
        }
        han > 0.0 && han >= HAN * all
    }
}

/// True where a box is as small as the ruby of another, and stands where that would.
fn fits(ruby: Rect, base: Rect) -> bool {
    let size = ruby.height() / base.height();
    let off = (base.y0 - ruby.y1) / base.height();
    let room = BEYOND * base.height();
    (SMALLEST..=LARGEST).contains(&size)
        && (-INTO..=OFF).contains(&off)
        && ruby.middle() < base.y0
        && ruby.x0 >= base.x0 - room
        && ruby.x1 <= base.x1 + room
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;

    /// The ruby of a page of boxes, each given as text, left, top, width and height.
    fn ruby(boxes: &[(&str, f32, f32, f32, f32)]) -> Vec<String> {
        let item = |(text, x, y, w, h): &(&str, f32, f32, f32, f32)| {
            format!(
                r#"{{"text":"{text}","score":0.9,"box":[[{x},{y}],[{},{y}],[{},{}],[{x},{}]]}}"#,
                x + w,
                x + w,
                y + h,
                y + h
            )
        };
        let items: Vec<String> = boxes.iter().map(item).collect();
        let json = format!(r#"{{"code":100,"data":[{}]}}"#, items.join(","));
        let input = crate::read(json.as_bytes(), None, &Options::default()).unwrap();
        let spans = part(&input.source, &input.pages[0]).1;
        spans.into_iter().map(|s| input.source.get(s).to_string()).collect()
    }

    #[test]
    fn small_kana_above_a_line_are_ruby() {
        let page = [
            ("とうきょう", 20.0, 90.0, 40.0, 10.0),
            ("東京の春はもう近い", 20.0, 100.0, 180.0, 20.0),
            ("はる", 80.0, 88.0, 20.0, 10.0),
            ("川べりの桜が咲いた", 20.0, 130.0, 180.0, 20.0),
        ];
        assert_eq!(ruby(&page), ["とうきょう", "はる"]);
    }

    #[test]
    fn small_kana_right_of_a_vertical_line_are_ruby() {
        let page = [
            ("東京の春はもう近い", 200.0, 20.0, 20.0, 180.0),
            ("とうきょう", 221.0, 20.0, 10.0, 40.0),
            ("川べりの桜が咲いた", 160.0, 20.0, 20.0, 180.0),
            ("さくら", 148.0, 100.0, 10.0, 20.0),
        ];
        assert_eq!(ruby(&page), ["とうきょう"], "what stands to the left is none");
    }

    #[test]
    fn kana_above_a_headline_or_beside_other_kana_are_not() {
        let kicker = [
            ("ニュース", 20.0, 60.0, 120.0, 30.0),
            ("東京の春はもう近い", 20.0, 90.0, 540.0, 60.0),
            ("川べりの桜が咲いたと聞いて出かけた", 20.0, 200.0, 510.0, 30.0),
        ];
        let author = [
            ("川べりの桜が咲いた", 200.0, 20.0, 20.0, 180.0),
            ("さくらももこ", 221.0, 30.0, 10.0, 60.0),
            ("東京の春はもう近い", 160.0, 20.0, 20.0, 180.0),
        ];
        for page in [kicker, author] {
            assert_eq!(ruby(&page), [""; 0]);
        }
    }

    #[test]
    fn kana_of_the_size_of_the_text_or_apart_from_it_or_above_kana_are_not() {
        let size = [("とうきょう", 20.0, 80.0, 100.0, 20.0), ("東京の春はもう近い", 20.0, 100.0, 180.0, 20.0)];
        let apart = [("とうきょう", 20.0, 74.0, 40.0, 10.0), ("東京の春はもう近い", 20.0, 100.0, 180.0, 20.0)];
        let kana = [("とうきょう", 100.0, 90.0, 80.0, 10.0), ("東京の春はもうちかい", 20.0, 100.0, 200.0, 20.0)];
        for page in [size, apart, kana] {
            assert_eq!(ruby(&page), [""; 0]);
        }
    }
}
