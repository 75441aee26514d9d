//! A dump of vertical text by an extractor that knows horizontal lines only: every character stands
//! on a line of its own, in the right order. Where the printed lines ended is lost.
//!
//! ```text
//! 同              one run: 同樣地，美國的北部……。
//! 樣
//! 地
//! ，
//! ```
//!
//! The line breaks between single characters are that extractor's spacing and no text. A run is a
//! sentence, or what stands before an opening bracket that leads a text in. On a page of horizontal
//! text a headline may be set so: there only several such lines in a row are one.

use crate::page::{Page, Run};
use crate::source::{LineStart, Source, Span};
use crate::text::class::{Class, class, is_blank};

/// Fewer lines of one character show nothing.
const FEWEST: usize = 40;

/// True where most of the text stands one character a line.
pub fn is_upright(source: &Source, pages: &[Page]) -> bool {
    let lines = || pages.iter().flat_map(|p| &p.runs).map(|r| source.get(r.span));
    let single = lines().filter(|l| is_single(l)).count();
    let rest: usize = lines().filter(|l| !is_single(l)).map(|l| l.chars().count()).sum();
    single >= FEWEST && single > rest
}

/// One character, or one that holds no more than a digit or two set upright.
fn is_single(line: &str) -> bool {
    let text = line.trim_matches(is_blank);
    let mut chars = text.chars();
    chars.next().is_some() && chars.next().is_none()
}

/// So many lines of one character in a row are upright text on whatever page.
const HEADLINE: usize = 6;

/// True where there is upright text among other.
pub fn has_upright(source: &Source, pages: &[Page]) -> bool {
    pages.iter().any(|page| stretches(source, page, HEADLINE).iter().any(|upright| *upright))
}

/// For each line of a page, whether it stands with at least so many of one character in a row.
fn stretches(source: &Source, page: &Page, least: usize) -> Vec<bool> {
    let mut marks = Vec::with_capacity(page.runs.len());
    for lines in page.runs.chunk_by(|a, b| {
        let single = |run: &Run| is_single(source.get(run.span));
        single(a) && single(b) && a.line + 1 == b.line
    }) {
        let words = lines.iter().filter(|r| source.get(r.span).chars().all(|c| class(c).is_word())).count();
        let upright = is_single(source.get(lines[0].span)) && (lines.len() >= least && (least == 1 || words >= least));
        marks.extend(std::iter::repeat_n(upright, lines.len()));
    }
    marks
}

/// The same text with its upright lines made whole: `all` of them, or those that many make together.
pub fn upright(source: &Source, pages: &[Page], all: bool) -> (Source, Vec<Page>) {
    let least = if all { 1 } else { HEADLINE };
    let mut out =
        Source { text: String::with_capacity(source.text.len()), file: source.file.clone(), lines: Vec::new() };
    let mut made = Vec::with_capacity(pages.len());
    for page in pages {
        if !made.is_empty() {
            out.text.push('\u{c}');
        }
        let mut runs: Vec<Run> = Vec::new();
        let mut open = false;
        for (i, (run, single)) in page.runs.iter().zip(stretches(source, page, least)).enumerate() {
            let text = source.get(run.span);
            let text = if single { text.trim_matches(is_blank) } else { text };
            let leads =
                leads_in(page.runs[i..].iter().filter_map(|r| source.get(r.span).chars().find(|c| !is_blank(*c))));
            let goes_on = open && single && !leads;
            if !goes_on && !runs.is_empty() {
                out.text.push('\n');
            }
            let start = out.text.len();
            out.lines.push(LineStart { byte: start as u32, page: page.number, number: run.line });
            out.text.push_str(text);
            let end = out.text.len();
            match runs.last_mut() {
                Some(last) if goes_on => last.span.end = end as u32,
                _ => runs.push(Run::of(Span::new(start, end), run.line)),
            }
            open = single && !text.chars().next_back().is_some_and(ends_sentence);
        }
        made.push(Page { runs, ..Page::empty(page.number, page.size) });
    }
    if out.lines.is_empty() {
        out.lines.push(LineStart { byte: 0, page: 1, number: 1 });
    }
    (out, made)
}

/// Characters between the brackets of a dateline: an agency, a place, a day.
const DATELINE: usize = 24;

/// True where an opening bracket leads a text in: one that is used for nothing else, or that of a
/// dateline, which tells of a wire (`（中央社高雄2日電）`).
fn leads_in(mut text: impl Iterator<Item = char>) -> bool {
    match text.next() {
        Some('【' | '〔') => true,
        Some('（') => {
            let mut last = ' ';
            for c in text.take(DATELINE) {
                if c == '）' {
                    return matches!(last, '電' | '电' | '訊' | '讯');
                }
                last = c;
            }
            false
        }
        _ => false,
    }
}

fn ends_sentence(c: char) -> bool {
    class(c) == Class::Stop && !c.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::options::Options;

    fn lines(text: &str, from: Option<&'static str>) -> Vec<String> {
        let input = read(text.as_bytes(), None, &Options { from, ..Options::default() }).unwrap();
        input.source.text.lines().map(str::to_owned).collect()
    }

    const PAGE: &str = "春天来了河边的柳树又绿了\n实\n市\n场\n物\n丰\n价\n稳\n供\n孩子们在岸上放风筝\n，\n远方";

    #[test]
    fn an_upright_headline_among_horizontal_text_is_one_line() {
        let wanted = ["春天来了河边的柳树又绿了", "实市场物丰价稳供", "孩子们在岸上放风筝", "，", "远方"];
        assert_eq!(lines(PAGE, None), wanted);
        assert_eq!(lines(PAGE, Some("text")).len(), 12);
    }

    #[test]
    fn a_dateline_leads_a_text_in() {
        let upright: String = "渡口启用（中央社高雄2日電）白石渡（旧渡口）".chars().flat_map(|c| [c, '\n']).collect();
        assert_eq!(lines(&upright, Some("upright")), ["渡口启用", "（中央社高雄2日電）白石渡（旧渡口）"]);
    }

    #[test]
    fn who_says_that_it_is_upright_is_believed() {
        assert_eq!(lines("春\n天\n来\n了\n", Some("upright")), ["春天来了"]);
        assert_eq!(lines("春\n天\n来\n了\n", None).len(), 4);
    }
}
