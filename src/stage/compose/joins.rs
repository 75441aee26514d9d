//! Does a block go on from one line to another? Does it end here?

use super::rows::Row;
use super::shape::{Fill, KEPT_INDENT, Shape};
use super::state::{Kind, State};
use super::weigh::Scene;
use crate::evidence::{Signal, Tally};
use crate::text::class::{Class, class};
use crate::text::continuity::loudness;
use crate::text::ends::LineEnd;
use crate::text::language::Language;
use crate::text::numerals::number_goes_on;

/// A line of more characters is no lead alone.
const LEAD: u32 = 20;

impl Scene<'_> {
    /// Does line `b` continue line `a` within a block of some kind? `first` says that `a` opens its
    /// block. The two need not be neighbours: a caption or a page's foot may stand between.
    pub fn joins(&self, kind: Kind, a: usize, b: usize, first: bool, tally: &mut impl Tally) {
        match kind {
            Kind::Title => self.title_joins(a, b, tally),
            Kind::Verse => {
                tally.add_if(self.line(b).blanks > 0, Signal::StanzaEnds);
                self.verse_line(a, b, tally);
            }
            _ => self.text_joins(kind, a, b, first, tally),
        }
        // A line of verse is a printed line.
        if a + 1 == b && kind != Kind::Verse {
            tally.add(Signal::OneLine, self.line(b).of_one_line);
        }
        // As for a first line, so that two blocks are worth no more than one of two lines.
        self.stated_role(State::Goes(kind), b, tally);
        self.stated_join(a, b, tally);
    }

    fn text_joins(&self, kind: Kind, a: usize, b: usize, first: bool, tally: &mut impl Tally) {
        let (before, after) = (&self.shapes[a], &self.shapes[b]);
        let neighbours = a + 1 == b;
        // Where all characters are an em wide, a few lines have a measure.
        let measured = self.flow.without_kinsoku && !self.has_own_measure(a);
        if kind == Kind::Caption && !measured {
            // A caption is too short to have a measure of its own found; its lines measure each other.
            let indent = if first { self.flow.indent } else { 0.0 };
            let wider = self.line(b).width.least - self.line(a).width.most;
            tally.add_if(wider > 1.0 + indent, Signal::ShorterThanNext);
            tally.add(Signal::LineFull, 1.0);
            tally.add(Signal::Unwrapped, self.habits.unwrapped);
            tally.add(Signal::CaptionLine, 1.0);
            tally.add_if(before.credited, Signal::CaptionCredited);
            tally.add_if(self.line(b).tops && self.line(b).rect.is_some(), Signal::TopsColumn);
        } else if neighbours {
            let first = first || self.may_open(a);
            let fill = if first && !self.habits.keeps_indents && !before.takes_up {
                // Whether this first line was set in is not known; the likelier reading counts.
                match (before.fill_indented, before.fill) {
                    (Fill::Full, _) if self.habits.indents >= 0.2 => Fill::Full,
                    (_, plain) if self.habits.indents < 0.5 => plain,
                    (Fill::TooWide, Fill::Full) => Fill::AlmostFull,
                    (set_in, _) => set_in,
                }
            } else {
                before.fill
            };
            match fill {
                Fill::Full => tally.add(Signal::LineFull, 1.0),
                Fill::AlmostFull => tally.add(Signal::LineShortBit, 1.0),
                Fill::Short => tally.add(Signal::LineShort, 1.0),
                Fill::TooWide => tally.add(Signal::LineTooWide, 1.0),
                Fill::Unknown => tally.add(Signal::Unwrapped, self.habits.unwrapped),
            }
            tally.add_if(self.line(a).column != self.line(b).column, Signal::ColumnChanges);
        }
        tally.add_if(before.end == LineEnd::Stop, Signal::StopInside);
        tally.add_if(before.end == LineEnd::Open, Signal::OpeningEnd);
        tally.add_if(class(after.first).shuns_line_start(), Signal::ClosingStart);
        tally.add_if(before.marks.open > 0 && before.end != LineEnd::Stop, Signal::BracketOpen);
        let straddles = if neighbours { after.straddles } else { false };
        if straddles {
            // In Japanese the dictionary also finds words over true breaks, and says less.
            tally.add(Signal::WordStraddles, if self.language == Language::Japanese { 0.4 } else { 1.0 });
        }
        if neighbours {
            tally.add(Signal::Echo, f32::from(after.echoes));
        }
        let continues =
            if neighbours { after.continues } else { self.flow.continues(self.model, before.tail, after.head) };
        tally.add(Signal::Continuity, loudness(continues));
        // What ends with a comma goes on, and behind a full stop any text may begin.
        let says = match before.end {
            LineEnd::Word | LineEnd::Dash => 1.0,
            LineEnd::Stop => 0.4,
            _ => 0.0,
        };
        tally.add(Signal::TextOpens, says * after.opening(continues));
        tally.add_if(number_goes_on(before.last, after.first), Signal::NumberGoesOn);
        let closes = before.end == LineEnd::Stop && class(before.last) == Class::Close || before.speech;
        let speech = closes && class(after.first) == Class::Open;
        tally.add_if(speech, Signal::Dialogue);
        let opens_speech = after.speech || matches!(after.first, '「' | '『' | '“');
        tally.add_if(
            opens_speech && before.fill == Fill::Short && matches!(before.end, LineEnd::Pause | LineEnd::Colon),
            Signal::SpeechOpens,
        );
        if neighbours {
            // A dump is wont to put a blank line before a quotation in mid-sentence.
            let quotes = class(after.first) == Class::Open && before.end != LineEnd::Stop;
            tally.add(Signal::BlankLine, -self.blank(b) * if quotes { 0.2 } else { 0.6 });
        }
        tally.add_if(before.cut_off, Signal::JumpBehind);
        tally.add_if(after.jumps_in, Signal::JumpAhead);
        let reporter = self.is_lead_alone(a) && class(after.first) == Class::Open;
        tally.add_if(after.looks.lead() && !reporter, Signal::LeadAhead);
        tally.add_if((after.item || after.leader) && (kind != Kind::Caption || before.item), Signal::ItemAhead);
        tally.add_if(before.leader, Signal::LeaderBehind);
        tally.add_if(neighbours && after.row == Some(Row::Next), Signal::RowsAlike);
        tally.add_if(after.speaks, Signal::SpeakerAhead);
        tally.add_if(after.opens_like_caption(), Signal::CaptionAhead);
        if self.habits.keeps_indents {
            let indented = self.line(b).indent >= KEPT_INDENT;
            tally.add_if(indented, Signal::IndentKept);
            // An opening bracket brings its own room and often stands flush (`jlreq` 3.1.5).
            tally.add_if(!indented && class(after.first) != Class::Open, Signal::IndentMissing);
        }
        tally.add_if(self.line(a).page != self.line(b).page, Signal::PageTurns);
        // What was told for a caption by its size ends with it.
        let told = kind == Kind::Caption && self.line(a).picture > 0.0 && self.small(a) > 0.0;
        let sizes = if told { 1.5 } else { 0.6 };
        tally.add(Signal::SizeChanges, sizes * self.other_size(a, b));
    }

    /// True where line `a` is a later piece of a printed line that a block may open with.
    fn may_open(&self, a: usize) -> bool {
        let opens = (0..=a).rev().find(|i| self.line(*i).of_one_line == 0.0).unwrap_or(0);
        opens < a && opens.checked_sub(1).is_none_or(|before| self.shapes[before].end == LineEnd::Stop)
    }

    fn verse_line(&self, a: usize, b: usize, tally: &mut impl Tally) {
        let (before, after) = (&self.shapes[a], &self.shapes[b]);
        let equal = before.marks.chars == after.marks.chars;
        let early = matches!(after.fill, Fill::Short | Fill::Unknown);
        let closes = |shape: &Shape| matches!(shape.end, LineEnd::Pause | LineEnd::Stop);
        let regular = after.regular == Some(Row::Next);
        if regular || equal && (early || closes(before) && closes(after)) {
            tally.add(Signal::VerseEqual, 1.0);
        } else if early && after.end != LineEnd::Stop {
            tally.add(Signal::VerseShort, 1.0);
        } else {
            tally.add(Signal::VerseRagged, 1.0);
        }
        tally.add_if(after.is_long_verse(), Signal::VerseLong);
        let looks = after.looks;
        tally.add_if(looks.lead() || looks.name() || after.item, Signal::TitleOtherShape);
        tally.add_if(after.item, Signal::ItemAhead);
        // The poet breaks no word.
        tally.add_if(after.straddles, Signal::VerseBreaksWord);
    }

    /// What speaks against a block of some kind ending with line `a`. `first` as in [`joins`].
    ///
    /// [`joins`]: Scene::joins
    pub fn ends(&self, kind: Kind, a: usize, first: bool, tally: &mut impl Tally) {
        let shape = &self.shapes[a];
        match kind {
            Kind::Body | Kind::Footnote | Kind::List | Kind::Caption => {
                tally.add(Signal::NewParagraph, 1.0);
                let strength = match kind {
                    Kind::Body => 1.0,
                    Kind::Caption => 0.4,
                    // Items and notes are often no sentences.
                    _ => 0.0,
                };
                self.unfinished(a, strength, tally);
                let fill = if first { shape.fill_indented } else { shape.fill };
                tally.add_if(kind == Kind::Body && fill == Fill::Full, Signal::LastLineFull);
                // Extractors split a first line behind its lead, where a bracket or a wide space follows.
                let sentence = shape.end == LineEnd::Stop || shape.marks.stops + shape.marks.pauses > 0;
                let lead = first && !sentence && shape.looks.lead() && shape.marks.chars <= LEAD;
                tally.add_if(kind == Kind::Body && lead, Signal::EndsLead);
            }
            Kind::Title => {
                self.title_ends(shape, tally);
                let lead = self.shapes.get(a + 1).is_some_and(|next| next.looks.lead());
                tally.add_if(lead, Signal::TitleAboveLead);
            }
            Kind::Verse => tally.add_if(shape.end == LineEnd::Pause, Signal::EndsPause),
        }
    }

    fn unfinished(&self, a: usize, strength: f32, tally: &mut impl Tally) {
        let signal = match self.shapes[a].end {
            // It goes on on another page.
            _ if self.shapes[a].cut_off => return,
            LineEnd::Stop => return,
            LineEnd::Word | LineEnd::Dash => {
                let stops = self.shapes[a].stops;
                let unlike = (-stops).clamp(0.0, 6.0) - 0.5 * stops.clamp(0.0, 3.0);
                tally.add(Signal::EndsUnlike, strength * unlike);
                Signal::EndsWord
            }
            LineEnd::Pause => {
                tally.add(Signal::EndsPause, strength * (1.0 - self.habits.pauses_end));
                return;
            }
            // Japanese speeches close without a stop.
            LineEnd::Close if self.shapes[a].speech => return,
            LineEnd::Close => Signal::EndsClose,
            LineEnd::Colon => Signal::EndsColon,
            LineEnd::Open => Signal::EndsOpen,
        };
        tally.add(signal, strength);
    }
}

#[cfg(test)]
mod tests {
    use crate::stage::drawn::{FERRY, SQUEEZED, WHEAT, mended, places, set, umi};

    #[test]
    fn a_caption_ends_with_who_took_the_picture() {
        let page = "　　昨日上午，第三届马拉松赛在滨江广场鸣枪开\n跑，来自二十多个国家和地区的两万余名\n\n\
                    图为选手在滨江路上奔跑。（记者 张勇 摄）\n\n选手参加了比赛。经过两个多小时的激烈角逐，\n江北选手获得冠军。\n";
        let found = places(page, &["图为选手", "两万余名选手参加了比赛"]);
        assert_eq!(found, [(Some(1), "caption"), (Some(1), "paragraph")]);
    }

    #[test]
    fn a_text_that_opens_as_texts_do_is_no_part_of_a_title() {
        let title = "冬小麦越冬管理到田头农技人员指导忙";
        let measure = title.chars().count();
        for caption in
            ["当地时间3日下午，农技人员走进田间指导农户清沟。", "此外，农技人员还走进田间，指导农户清沟排水。"]
        {
            let page =
                set(FERRY, measure) + title + "\n" + &set(caption, measure) + "林一帆 摄\n" + &set(WHEAT, measure);
            let found = places(&page, &[title, caption]);
            assert!(found[0].1 != "caption" && found[1].1 == "caption", "{caption}: {found:?}");
        }
    }

    #[test]
    fn pieces_of_a_printed_line_are_one_text() {
        let last = "老人们在桥头上下着棋说着旧事\n说着去年今日里的那一场大雨天\n大家都收起风筝回去了。\n（记者\n周立波）\n\
                    春天来了\n本报讯（记者 李文）昨天春天来\n了河边的柳树又绿了一回大家看\n";
        let found = places(&(SQUEEZED.to_owned() + last), &["回去了。（记者周立波）"]);
        assert_eq!(found, [(Some(1), "paragraph")]);
    }

    #[test]
    fn a_last_line_in_pieces_is_short() {
        let text = "孩子们在岸上看着风筝飞过了山\n唱着“春天来了”\n，回家。\n老人们在桥头上下着棋说着旧事\n";
        let text = text.to_owned() + "说着去年今日里的那一场大雨天\n还有那座被大水冲走的旧木桥。\n";
        let document = mended(&(SQUEEZED.to_owned() + &text));
        let blocks = document.articles.iter().flat_map(|a| &a.blocks).map(|b| b.text(&document.source));
        assert!(blocks.into_iter().any(|text| text.ends_with("回家。")));
    }

    #[test]
    fn who_sent_a_wire_stands_behind_where_it_was_sent_from() {
        let text = [
            "（记者林晓、周立）河口渡",
            "轮公司从今天起在两岸之间",
            "增开两班夜航，末班船晚上",
            "十点从南岸开出，方便下夜",
            "班的市民过江回家。",
        ];
        let mut lines = vec![
            ("河口渡轮今起增开夜航", 100.0, 100.0, 40.0),
            ("本报记者 周立波", 100.0, 150.0, 20.0),
            ("新华社武汉12月25日电", 140.0, 190.0, 20.0),
        ];
        lines.extend(text.iter().zip([220.0, 250.0, 280.0, 310.0, 340.0]).map(|(text, y)| (*text, 100.0, y, 20.0)));
        let found = places(&umi(&lines), &["日电（记者林晓、周立）河口渡轮公司"]);
        assert_eq!(found, [(Some(1), "paragraph")]);
    }
}
