//! Finds the lines and the measure of the columns they stand in.
//!
//! CJK type is set on a grid, so a full line is as wide as its column. But punctuation is squeezed,
//! numbers are narrow and lines are stretched, so each line has only an interval of possible widths
//! and a column's measure is the width that most of its lines can have. One dynamic program over
//! the lines picks for each the measure that explains it and its neighbours best, where a change of
//! measure costs something:
//!
//! ```text
//! 各园城要认真贯彻党中央、国务院     15 ems, full
//! 决策部署，抓紧抓细抓实。           12 ems: short, a paragraph's last line
//! 会议强调，要深化分区分级分类       13 ems: short by an indent of 2
//! ```

use crate::flow::{Column, Flow, Line};
use crate::page::Page;
use crate::source::{Source, Span};
use crate::text::class::{Class, class, is_blank};
use crate::text::ends::{LineEnd, line_end};
use crate::text::language::Language;
use crate::text::width::{Width, char_width, first_unit, width};

/// Lines of all pages in the order of the input, each with its column.
pub fn columns(source: &Source, pages: &[Page], language: Language) -> Flow {
    let mut lines = Vec::with_capacity(pages.iter().map(|p| p.runs.len()).sum());
    for page in pages {
        let mut previous = 0;
        for run in &page.runs {
            if let Some(line) = line(source, page.number, run, previous) {
                previous = run.line;
                lines.push(line);
            }
        }
    }
    let states = measures(source, &lines, language);
    let mut columns: Vec<Column> = Vec::new();
    let mut current = None;
    for (line, state) in lines.iter_mut().zip(states) {
        if current != Some(state) {
            current = Some(state);
            columns.push(Column { measure: measure_of(state), lines: 0 });
        }
        let at = columns.len() - 1;
        columns[at].lines += 1;
        line.column = at as u32;
    }
    Flow { lines, columns }
}

fn line(source: &Source, page: u32, run: &crate::page::Run, previous: u32) -> Option<Line> {
    let text = source.get(run.span);
    let inner = text.trim_matches(is_blank);
    if inner.is_empty() {
        return None;
    }
    let before = text.len() - text.trim_start_matches(is_blank).len();
    let start = run.span.start as usize + before;
    let indent = text[..before].chars().map(|c| match c {
        // What a tab or a wide space indents is known; an ASCII space is a dump's, half an em wide.
        '\t' => 2.0,
        '\u{3000}' => 1.0,
        c if class(c) == Class::Space => char_width(c).most,
        _ => 0.0,
    });
    Some(Line {
        run: *run,
        span: Span::new(start, start + inner.len()),
        page,
        blanks: run.line - previous - 1,
        indent: indent.sum(),
        trailing: before + inner.len() < text.len(),
        width: line_width(inner),
        lead_in: first_unit(inner),
        column: 0,
    })
}

/// Beyond this a line is no printed line, and its exact width tells nothing.
const WIDEST_LINE: usize = 400;

fn line_width(text: &str) -> Width {
    match text.char_indices().nth(WIDEST_LINE) {
        None => width(text),
        Some((end, _)) => width(&text[..end]),
    }
}

/// Measures are looked for on this grid, in ems; squeezing makes a finer one meaningless.
const STEP: f32 = 0.5;
const NARROWEST: f32 = 4.0;
/// 116 measures, from 4 to 61.5 ems; a wider line is a paragraph that was never wrapped.
const MEASURES: usize = 116;
/// One state more: lines that no measure explains.
const OPEN: usize = MEASURES;
const STATES: usize = MEASURES + 1;

fn measure_of(state: u8) -> Option<f32> {
    ((state as usize) < OPEN).then(|| NARROWEST + STEP * f32::from(state))
}

// Costs of the dynamic program, in the natural logarithm of odds. A page's lines are full in the
// main, so a full line costs little, a last line of a paragraph more, a line wider than its column
// most; the figures keep a title or a caption of one or two lines from making a column of its own.
const TOO_WIDE: f32 = 2.0;
const TOO_WIDE_PER_EM: f32 = 0.7;
const ROOM_PER_EM: f32 = 0.15;
/// Gaps beside numbers and quotation marks make a line wider than the sum of its characters.
const TOLERANCE: f32 = 0.3;
const SHORT_LAST: f32 = 1.1;
const SHORT_INDENT: f32 = 0.9;
const SHORT_OTHER: f32 = 1.6;
const UNEXPLAINED: f32 = 1.0;
const CHANGE: f32 = 4.5;
const CHANGE_AT_BLANK: f32 = 3.0;

/// The column state of each line.
fn measures(source: &Source, lines: &[Line], language: Language) -> Vec<u8> {
    let mut best = [0f32; STATES];
    // For each line: which states were entered by a change, and the state it came from.
    let mut trail: Vec<(u128, u8)> = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let next = lines.get(i + 1);
        let change = if line.blanks > 0 || i > 0 && lines[i - 1].page != line.page { CHANGE_AT_BLANK } else { CHANGE };
        let from = (0..STATES).min_by(|a, b| best[*a].total_cmp(&best[*b])).expect("there are states");
        let floor = best[from];
        let jump = floor + change;
        let stop = line_end(source.get(line.span)) == LineEnd::Stop;
        let need = next.map_or(1.0, |n| n.lead_in.max(0.5));
        let mut changed = 0u128;
        for (state, cost) in best.iter_mut().enumerate() {
            if *cost > jump {
                *cost = jump;
                changed |= 1 << state;
            }
            // Kept small, so that sums over a million lines stay exact.
            *cost += line_cost(line, state, need, stop, language.indent()) - floor;
        }
        trail.push((changed, from as u8));
    }
    let mut state = (0..STATES).min_by(|a, b| best[*a].total_cmp(&best[*b])).unwrap_or(OPEN) as u8;
    let mut states = vec![OPEN as u8; lines.len()];
    for (i, (changed, from)) in trail.into_iter().enumerate().rev() {
        states[i] = state;
        if changed >> state & 1 == 1 {
            state = from;
        }
    }
    states
}

fn line_cost(line: &Line, state: usize, need: f32, stop: bool, indent: f32) -> f32 {
    if state == OPEN {
        return UNEXPLAINED;
    }
    let measure = NARROWEST + STEP * state as f32;
    let kept = if line.indent >= 0.8 { line.indent } else { 0.0 };
    let over = line.width.least + kept - measure;
    if over > 0.25 {
        return TOO_WIDE + TOO_WIDE_PER_EM * over.min(3.0);
    }
    let room = measure - line.width.most - kept;
    if room < need + TOLERANCE {
        // Room left is spread over the line, room lacked is squeezed out of its punctuation.
        ROOM_PER_EM * room.abs()
    } else if kept == 0.0 && (room - indent).abs() <= 0.5 {
        SHORT_INDENT
    } else if stop {
        SHORT_LAST
    } else {
        SHORT_OTHER
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;

    fn flow(text: &str) -> Flow {
        let input = crate::read(text.as_bytes(), None, &Options::default()).unwrap();
        columns(&input.source, &input.pages, Language::Chinese)
    }

    /// A paragraph set at a measure, its indent lost.
    fn set(paragraph: &str, measure: usize) -> String {
        let chars: Vec<char> = paragraph.chars().collect();
        let (first, rest) = chars.split_at(measure - 2);
        let rest = rest.chunks(measure).map(|l| l.iter().collect::<String>());
        std::iter::once(first.iter().collect()).chain(rest).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn each_column_has_its_measure() {
        let body = "春天来了河边的柳树又绿了孩子们在岸上放风筝".repeat(6);
        for measure in [12, 15, 21, 26] {
            let text = format!("{}。\n{}。\n", set(&body, measure), set(&body, measure));
            let flow = flow(&text);
            assert!(flow.columns.iter().any(|c| c.measure == Some(measure as f32)), "{measure}: {:?}", flow.columns);
            assert_eq!(flow.columns.len(), 1);
        }
        let text = format!("{}。\n\n{}。\n", set(&body, 12), set(&body, 21));
        let measures: Vec<_> = flow(&text).columns.iter().map(|c| c.measure).collect();
        assert_eq!(measures, [Some(12.0), Some(21.0)]);
    }

    #[test]
    fn lines_of_any_length_have_no_measure() {
        let text = "春天\n河边的柳树又绿了孩子们在岸上\n放风筝\n春天来了河边的\n绿\n孩子们在岸上放风筝春天来了河边的柳树\n河边\n";
        assert_eq!(flow(text).columns, [Column { measure: None, lines: 7 }]);
    }

    #[test]
    fn blank_lines_and_indents_are_counted() {
        let flow = flow("甲\n\n\n　　乙 \n");
        assert_eq!((flow.lines[1].blanks, flow.lines[1].indent, flow.lines[1].trailing), (2, 2.0, true));
    }
}
