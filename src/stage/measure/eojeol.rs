//! Korean type is wrapped in one of two ways: newspapers break a line behind any syllable, so that all lines are
//! full; word processors, browsers and most books break it between two eojeol, and leave as much room as the next
//! one would have needed.
//!
//! ```text
//! 정부가 올해 안에 모든 학교에       14 ems
//! 도서관을 세우고 책을               10 ems: 나누어주겠다고 would not have fitted
//! 나누어주겠다고 밝혔다.
//! ```
//!
//! Which it is tells whether such a line is short, and what stands between it and the next: a space, always.

use crate::flow::Flow;
use crate::source::Source;
use crate::text::class::{Class, class};
use crate::text::ends::{LineEnd, line_end};
use crate::text::width::width;

/// Fewer lines than this tell nothing.
const FEWEST: usize = 4;

/// Room at a line's end, in ems, that a syllable would have filled, and a stop behind it.
const ROOM: f32 = 1.3;

/// A column is as wide as this share of its lines, or wider.
const FULL: (usize, usize) = (17, 20);

/// Broken between words, at least this share of the lines leave such room: half of them do, at narrow
/// and wide measures. Of lines broken anywhere it is those that end a text without a stop, one in twelve.
const SHARE: f32 = 0.33;

/// In prose so many lines go on where one ends early, and a sentence ends on one of so many at the least; in verse and
/// lists lines end as they like.
const PROSE: usize = 3;
const SENTENCE: usize = 15;

/// No prose is set narrower, in ems, where its words are kept whole.
const NARROWEST: f32 = 7.0;

/// The width of a space, in ems.
const SPACE: f32 = 0.5;

/// How much room the first eojeol of each line needs behind another one, in ems.
pub fn first_eojeols(source: &Source, flow: &Flow) -> Vec<f32> {
    let needs = |text: &str| SPACE + width(text.split(|c| class(c) == Class::Space).next().unwrap_or(text)).least;
    flow.lines.iter().map(|line| needs(source.get(line.span))).collect()
}

/// True where the lines of a document are broken between eojeol: where lines that go on end as far from the edge of
/// their column as the next eojeol is long, and not as a syllable is. The columns are those found when `needs`, of
/// [`first_eojeols`], is the room that a line must lack.
pub fn are_kept_whole(source: &Source, flow: &Flow, needs: &[f32]) -> bool {
    let text = |i: usize| source.get(flow.lines[i].span);
    let (mut told, mut roomy) = (0, 0);
    let mut start = 0;
    for column in flow.lines.chunk_by(|a, b| a.column == b.column) {
        let lines = start..start + column.len();
        start = lines.end;
        // Between two edges all lines are set as wide; it is the text within them that tells. Few hang out over the edge.
        let mut widths: Vec<f32> = column.iter().map(|line| line.width.most).collect();
        widths.sort_by(f32::total_cmp);
        let measure = widths[(widths.len() - 1) * FULL.0 / FULL.1];
        let sentences = lines.clone().filter(|i| text(*i).chars().any(|c| class(c) == Class::Stop)).count();
        if measure < NARROWEST || sentences * SENTENCE < lines.len() {
            continue;
        }
        // Behind a stop a line may be set in, and beside a Latin word it may be broken as that bids.
        let hangul = |c: Option<char>| c.is_some_and(|c| class(c) == Class::Hangul);
        let within = |i: usize| matches!(line_end(text(i)), LineEnd::Word | LineEnd::Pause);
        let goes_on = |i: &usize| {
            let broken = hangul(text(*i).chars().next_back()) && hangul(text(i + 1).chars().next());
            broken && within(i - 1) && needs[i + 1] > 2.0 * ROOM
        };
        let rooms: Vec<(f32, f32)> = (lines.start + 1..lines.end - 1)
            .filter(goes_on)
            .map(|i| (measure - flow.lines[i].width.most, needs[i + 1]))
            .collect();
        let lack = rooms.iter().filter(|(room, need)| room < need).count();
        if lack >= PROSE * (rooms.len() - lack) {
            told += lack;
            roomy += rooms.iter().filter(|(room, need)| room < need && *room >= ROOM).count();
        }
    }
    told >= FEWEST && roomy as f32 >= SHARE * told as f32
}

#[cfg(test)]
mod tests {
    use crate::stage::drawn::mended;

    const TEXT: &str = "정부가 올해 안에 모든 초등학교에 도서관을 세우고 어린이들에게 책을 나누어주겠다고 밝혔다. 교육부는 \
                        지난달부터 전국에서 신청을 받았으며 산간지역 학교들이 먼저 지원을 받게 된다고 설명했다. 학부모들은 \
                        오래전부터 바라던 일이라며 반가워했으나 사서를 구하기가 쉽지 않을 것이라는 걱정도 나왔다. 마을 \
                        주민들은 저녁마다 돌아가며 아이들에게 옛이야기를 들려주기로 약속했고, 읍내 서점에서는 헌책을 모아 \
                        보내겠다는 사람들이 줄을 이었다.";

    fn paragraphs(page: &str) -> Vec<String> {
        let document = mended(page);
        document.blocks().map(|b| b.text(&document.source)).collect()
    }

    /// Set in lines of some ems at the most, of units that no line break parts.
    fn set<'a>(units: impl Iterator<Item = &'a str>, measure: f32) -> String {
        let mut lines = vec![String::new()];
        for unit in units {
            let line = lines.last_mut().expect("there is one");
            let wider = format!("{line}{unit}");
            if crate::text::width::width(wider.trim()).most <= measure {
                *line = wider;
            } else {
                lines.push(unit.trim_start().to_owned());
            }
        }
        lines.iter().map(|line| line.trim().to_owned() + "\n").collect()
    }

    #[test]
    fn lines_broken_between_words_are_one_text() {
        for measure in [9.0, 11.0, 12.0, 14.0] {
            assert_eq!(paragraphs(&set(TEXT.split_inclusive(' '), measure)), [TEXT], "{measure}");
        }
    }

    #[test]
    fn lines_broken_anywhere_keep_their_words() {
        // Lists are broken between words whichever way the text is.
        let list =
            "어린이날 행사 준비\n도서관 봉사 모임\n해돋이마을 방문 계획\n자전거길 청소\n텃밭가꾸기 교실\n".repeat(5);
        for list in ["", &list] {
            let syllables = TEXT.char_indices().map(|(at, c)| &TEXT[at..at + c.len_utf8()]);
            let words = paragraphs(&(set(syllables, 16.0) + "\n" + list)).join(" ");
            let kept = TEXT.split(' ').filter(|eojeol| words.contains(*eojeol)).count();
            assert!(kept * 10 >= TEXT.split(' ').count() * 9, "{words}");
        }
    }
}
