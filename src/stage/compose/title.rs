//! Is this a title? What speaks for a line to be one, for two lines to be one title, and for it to end.

use super::shape::{Fill, Shape};
use super::weigh::Scene;
use crate::evidence::{Signal, Tally};
use crate::role::Role;
use crate::text::class::class;
use crate::text::continuity::loudness;
use crate::text::ends::LineEnd;
use crate::text::language::Language;
use crate::text::numerals::number_goes_on;

/// What the continuity model says at the most against two lines of a title, which was counted on running text.
const UNLIKE: f32 = -0.15;

/// A full stop that is seldomer than this behind its last words, as the natural logarithm of a ratio, speaks against a
/// title's end: titles end like sentences, but in words of their own.
const UNLIKE_AN_END: f32 = -3.0;

/// A title's first line from this width on, in ems, is one that had to wrap.
const WRAPPED_TITLE: f32 = 16.0;

impl Scene<'_> {
    pub fn title_joins(&self, a: usize, b: usize, tally: &mut impl Tally) {
        let (before, after) = (&self.shapes[a], &self.shapes[b]);
        tally.add(Signal::TitleGoesOn, 1.0);
        let (wa, wb) = (self.line(a).width.middle(), self.line(b).width.middle());
        // The lines of one title are set in one size and balanced; a title in smaller type below it
        // fills the same room with more characters.
        tally.add_if(wb <= wa * 1.15 + 0.5 && wa <= wb * 1.15 + 0.5, Signal::TitleSameWidth);
        let other_size = self.other_size(a, b);
        tally.add(Signal::SizeChanges, other_size);
        // Where sizes are known they tell better than widths.
        let sized = self.line(a).size.is_some() && self.line(b).size.is_some();
        // As for a first line, so that two titles are worth no more than one of two lines.
        tally.add(Signal::TitleSize, self.large(b));
        tally.add_if(self.line(b).tops && sized, Signal::TopsColumn);
        tally.add(
            Signal::TitleSameSize,
            if sized { (1.0 - other_size) * self.large(a).min(self.large(b)) } else { 0.0 },
        );
        tally.add_if(!sized && wb > wa * 1.4 + 0.5, Signal::TitleWider);
        // A title in the size of the text wraps as the text does.
        let room = if sized && before.fill == Fill::Short { 1.0 - self.large(a) } else { 0.0 };
        tally.add(Signal::TitleRoom, room);
        let remainder = wb < wa * 0.4 || wb < wa * 0.6 && wa >= WRAPPED_TITLE;
        tally.add_if(remainder, Signal::TitleRemainder);
        if after.straddles {
            tally.add(Signal::WordStraddles, if self.language == Language::Japanese { 0.6 } else { 1.0 });
        }
        tally.add(Signal::TitleEcho, f32::from(after.echoes));
        // Titles leave out what running text has between its words.
        tally.add(Signal::Continuity, loudness(after.continues).max(UNLIKE));
        tally.add(Signal::TextOpens, 0.7 * after.opening(after.continues));
        tally.add_if(class(after.first).shuns_line_start(), Signal::ClosingStart);
        tally.add_if(before.marks.open > 0, Signal::BracketOpen);
        tally.add_if(number_goes_on(before.last, after.first), Signal::NumberGoesOn);
        tally.add_if(before.end == LineEnd::Stop, Signal::TitleEnded);
        tally.add_if(after.looks.subheadline(), Signal::TitleAnother);
        tally.add_if(after.looks.lead(), Signal::LeadAhead);
        tally.add_if(after.opens_like_caption(), Signal::CaptionAhead);
        tally.add_if(after.jumps_in, Signal::JumpAhead);
        tally.add_if(after.item, Signal::ItemAhead);
        tally.add_if(after.row.is_some(), Signal::RowsAlike);
        // Titles are loosely set; a blank line between two lines of one says half of what it says in
        // running text.
        tally.add(Signal::BlankLine, -0.4 * self.blank(b));
        tally.add_if(self.line(a).page != self.line(b).page, Signal::ColumnChanges);
        tally.add(Signal::TitleInnerStop, (after.marks.stops as f32).min(2.0));
        tally.add(Signal::TitleInnerPause, (after.marks.pauses as f32).min(3.0));
        tally.add(Signal::TitleLine, 1.0);
    }

    pub fn title_line(&self, b: usize, tally: &mut impl Tally) {
        let shape = &self.shapes[b];
        tally.add(Signal::TitleInnerStop, (shape.marks.stops as f32).min(2.0));
        tally.add(Signal::TitleInnerPause, (shape.marks.pauses as f32).min(3.0));
        tally.add_if(self.habits.short && shape.marks.pauses > 0 && !shape.marks.separated, Signal::TitleTyped);
        tally.add(Signal::TitleLong, shape.marks.chars.saturating_sub(34).min(80) as f32);
        match shape.fill {
            Fill::Short if shape.fill_indented != Fill::Full => tally.add(Signal::TitleShort, 1.0),
            Fill::Full | Fill::Short => tally.add(Signal::TitleFull, 1.0),
            Fill::TooWide | Fill::AlmostFull | Fill::Unknown => {}
        }
        tally.add_if(shape.marks.chars <= 2 && !shape.section, Signal::TitleTiny);
        tally.add_if(shape.speaks, Signal::TitleSpeaks);
        tally.add_if(shape.chapter, Signal::TitleChapter);
        let looks = shape.looks;
        // A masthead may well look like a title, a folio never.
        let edge = [Role::Folio, Role::Editors].iter().any(|role| looks.whole(*role));
        tally.add_if(looks.lead() || shape.opens_like_caption() || shape.number || edge, Signal::TitleOtherShape);
        tally.add_if(looks.subheadline(), Signal::TitleLooks);
    }

    /// What a title's last line says about its being one.
    pub fn title_ends(&self, shape: &Shape, tally: &mut impl Tally) {
        tally.add(Signal::EndsUnlike, (UNLIKE_AN_END - shape.stops).clamp(0.0, 4.0));
        match shape.end {
            _ if shape.speech => tally.add(Signal::TitleStop, 0.7),
            LineEnd::Word | LineEnd::Dash => tally.add(Signal::TitleNoStop, 1.0),
            LineEnd::Close => tally.add(Signal::TitleBracket, 1.0),
            LineEnd::Stop if matches!(shape.last, '？' | '！' | '?' | '!' | '」' | '”') => {
                tally.add(Signal::TitleQuestion, 1.0)
            }
            LineEnd::Stop => tally.add(Signal::TitleStop, 1.0),
            LineEnd::Pause => tally.add(Signal::TitlePause, 1.0),
            LineEnd::Colon => tally.add(Signal::TitleColon, 1.0),
            LineEnd::Open => tally.add(Signal::EndsOpen, 1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::role::Role;
    use crate::stage::drawn::{FERRY, WHEAT, mended, places, set};

    const BODY: &str = "本报讯（记者 林一帆）河东街道今年春天修好了三座小桥，老人们过河再也不用绕远路。街道办事处说，年内还要把岸边的步道接通，并且添上路灯和长椅。";

    /// The titles above the texts of a dump.
    fn titles(lines: [&str; 2]) -> Vec<String> {
        let [first, second] = lines;
        let body = set(BODY, 15).replacen('\n', "\n\n", 2);
        let document = mended(&format!("{first}\n{second}\n\n{body}\n\n{}", set(BODY, 15)));
        let blocks = document.articles.iter().flat_map(|a| &a.blocks);
        let titles = blocks.filter(|b| matches!(b.role, Role::Kicker | Role::Headline | Role::Subheadline));
        titles.map(|b| b.text(&document.source)).collect()
    }

    #[test]
    fn what_did_not_fit_on_a_titles_first_line_stands_on_its_second() {
        for second in ["冯采|薇领奖", "白渡|洲成新景", "听取意见后再|动工修建", "让旧河岸|“活”起来"]
        {
            let (first, second) = second.split_once('|').unwrap();
            let first = format!("河东街道三座小桥修好老人们过河方便{first}");
            assert_eq!(titles([&first, second]), [format!("{first}{second}")]);
        }
    }

    #[test]
    fn a_longer_line_below_a_title_is_one_of_its_own() {
        let lines = ["河东街道三座小桥修好", "岸边步道年内接通添上路灯长椅方便夜行"];
        assert_eq!(titles(lines), lines);
    }

    #[test]
    fn no_title_ends_within_a_word() {
        // An engine has misread the word's last character.
        let text = "昨天，农技部门代表在新闻办公\n宝举行发布会并且回答提问。\n";
        let page = set(FERRY, 14) + text + &set(WHEAT, 14);
        assert_eq!(places(&page, &["办公宝举行"])[0].1, "paragraph");
    }
}
