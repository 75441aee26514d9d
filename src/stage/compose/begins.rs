//! Does a block of some kind begin with a line?

use super::briefs::Brief;
use super::rows::Row;
use super::shape::{Fill, KEPT_INDENT, Shape};
use super::state::{Kind, Single, State};
use super::weigh::Scene;
use crate::evidence::{Signal, Tally};
use crate::flow::Holds;
use crate::role::Role;
use crate::text::class::{Class, class};
use crate::text::ends::LineEnd;

/// Lines of a column that may be a caption's own, with a headline or a credit.
const CAPTION_COLUMN: u32 = 12;

/// Lines of a short document's head, where a letter's own head may stand.
const HEAD: usize = 2;

/// How much it tells against a name of three characters or more that it is no more than a name.
const LONG_NAME: f32 = 0.3;

impl Scene<'_> {
    /// What speaks for a block that begins with line `b`. `-∞` cannot be said with signals, so the
    /// states that a line has no shape for are shut by [`open`](Scene::open).
    pub fn begins(&self, state: State, b: usize, tally: &mut impl Tally) {
        let shape = &self.shapes[b];
        self.stated_role(state, b, tally);
        // Who reports stands in brackets behind a lead, too.
        let reporter = state == State::Single(Single::Byline) && b > 0 && self.is_lead_alone(b - 1);
        tally.add_if(reporter || state != State::First(Kind::Body) && self.is_lead_alone(b), Signal::LeadAlone);
        if b > 0 {
            // A line that is known by its own shape needs no blank line before it.
            let known = matches!(state, State::Single(_)) && self.line(b).blanks == 0;
            let strength = match state {
                _ if known => 0.2,
                // Titles are set apart with or without a blank line.
                State::First(Kind::Title) => 0.4,
                _ => 0.6,
            };
            tally.add(Signal::BlankLine, self.blank(b) * strength);
        }
        match state {
            State::First(Kind::Body) => {
                let reporter = b > 0 && self.is_lead_alone(b - 1);
                tally.add_if(shape.looks.lead() && !reporter, Signal::LeadOpens);
                tally.add(Signal::TextSize, self.large(b));
                tally.add_if(self.is_too_wide(b), Signal::FirstLineTooWide);
                tally.add_if(class(shape.first).shuns_line_start(), Signal::TitleClosingStart);
                if self.habits.keeps_indents {
                    let flush =
                        self.line(b).indent < KEPT_INDENT && class(shape.first) != Class::Open && !shape.takes_up;
                    tally.add(Signal::IndentMissing, if flush { -1.0 } else { 0.0 });
                } else if shape.fill_indented == Fill::TooWide && shape.fill == Fill::Full && !shape.takes_up {
                    tally.add(Signal::FirstLineFlush, self.habits.indents);
                }
            }
            State::First(Kind::Title) => {
                tally.add(Signal::TitleRare, 1.0);
                tally.add_if(shape.marks.separated, Signal::TitleSeparator);
                tally.add_if(class(shape.first).shuns_line_start(), Signal::TitleClosingStart);
                self.title_line(b, tally);
                tally.add(Signal::TitleSize, self.large(b));
                tally.add_if(self.line(b).size.is_some() && self.large(b) == 0.0, Signal::TitleSizeOfText);
                tally.add(Signal::TitleFlush, if self.is_flush_anew(b) { 1.0 - self.large(b) } else { 0.0 });
            }
            State::First(Kind::Caption) => {
                tally.add(Signal::CaptionRare, 1.0);
                tally.add_if(shape.looks.caption(), Signal::CaptionOpener);
                tally.add_if(!shape.looks.caption(), Signal::CaptionUnmarked);
                if self.has_own_measure(b) && (!self.habits.short || shape.looks.caption()) {
                    // Of a few lines nothing tells the measure of a text from a caption's, and where nothing is
                    // wrapped no text has a measure.
                    tally.add(Signal::CaptionColumn, 1.0 - self.habits.unwrapped);
                } else {
                    tally.add(Signal::CaptionSameColumn, 1.0);
                }
                tally.add_if(shape.looks.lead(), Signal::TitleOtherShape);
                tally.add(Signal::SmallSize, self.small(b));
                tally.add(Signal::CaptionPicture, self.line(b).picture * self.small(b));
                tally.add(Signal::TextSize, self.large(b));
            }
            State::First(Kind::List) => {
                tally.add(Signal::ListRare, 1.0);
                tally.add_if(shape.item, Signal::ListMark);
                tally.add_if(shape.leader, Signal::ListLeader);
                tally.add_if(shape.row.is_some(), Signal::ListRow);
                tally.add_if(shape.marks.stops > 0, Signal::ListSentences);
            }
            State::First(Kind::Footnote) => {
                tally.add(Signal::FootnoteRare, 1.0);
                tally.add_if(shape.note, Signal::FootnoteMark);
                tally.add_if(shape.place.from_edge <= 10, Signal::FootnoteEdge);
            }
            State::First(Kind::Verse) => {
                tally.add(Signal::VerseRare, 1.0);
                tally.add_if(shape.is_long_verse(), Signal::VerseLong);
                tally.add_if(shape.regular == Some(Row::First), Signal::VerseRegular);
            }
            State::Single(single) => self.single(single, b, tally),
            State::Goes(_) => {}
        }
    }

    fn single(&self, single: Single, b: usize, tally: &mut impl Tally) {
        let shape = &self.shapes[b];
        match single {
            Single::Byline if shape.looks.whole(Role::Byline) => tally.add(Signal::BylineShape, 1.0),
            // Of two characters there are more words than names.
            Single::Byline => tally.add(Signal::BylineName, if shape.marks.chars > 2 { LONG_NAME } else { 1.0 }),
            Single::Dateline => {
                tally.add(Signal::DatelineShape, 1.0);
                tally.add_if(self.is_letters(b), Signal::DatelineLetter);
            }
            Single::Credit => tally.add(Signal::CreditShape, 1.0),
            Single::Jump => tally.add(Signal::JumpShape, 1.0),
            Single::Table => {
                tally.add(Signal::TableRare, 1.0);
                tally.add(Signal::TableGaps, 1.0);
            }
            Single::Furniture => {
                tally.add(Signal::FurnitureRare, 1.0);
                let known = shape.looks.furniture();
                tally.add_if(known, Signal::FurnitureShape);
                tally.add_if(shape.paid, Signal::FurniturePaid);
                let section = !known && self.is_section(b);
                tally.add_if(section, Signal::FurnitureSection);
                let told = known || shape.paid || section || shape.number || shape.repeats || shape.place.apart > 0.0;
                tally.add_if(!told, Signal::FurnitureUnknown);
                tally.add_if(!told && shape.item, Signal::FurnitureItem);
                tally.add_if(shape.counted && !shape.repeats, Signal::FurnitureCounted);
                let letter = self.is_letters(b) && !shape.number && !shape.repeats;
                tally.add_if(letter || !told && shape.place.all_edge, Signal::FurnitureAlone);
                tally.add_if(!known && shape.marks.chars <= 4 && !shape.section, Signal::FurnitureShort);
                let place = shape.place;
                tally.add_if(place.is_at_edge(), Signal::FurnitureEdge);
                tally.add(Signal::FurnitureInside, place.inside());
                tally.add(Signal::FurnitureApart, if letter { 0.0 } else { place.apart });
                tally.add_if(shape.repeats, Signal::HeadRepeats);
                tally.add_if(shape.number && place.from_edge <= 2, Signal::PageNumberAlone);
            }
        }
    }

    /// Line `b` stands below the head of what may be a letter or a notice, which is signed and dated at its foot.
    fn is_letters(&self, b: usize) -> bool {
        (self.habits.short || self.habits.letter) && b >= HEAD
    }

    /// Line `b` names a section of a paper, or a day, and stands where papers do.
    fn is_section(&self, b: usize) -> bool {
        self.habits.furnished && self.shapes[b].looks.section() && self.shapes[b].place.is_at_edge()
    }

    /// True where line `b` may be in a state at all.
    pub fn open(&self, state: State, b: usize) -> bool {
        let shape = &self.shapes[b];
        match state {
            _ if self.is_stated(state, b) => true,
            _ if self.line(b).holds == Holds::Cell => state == State::Single(Single::Table),
            // Of what a name stands for nothing is known.
            _ if self.line(b).holds == Holds::Label => state == State::First(Kind::Body),
            State::First(Kind::Caption) => shape.brief.is_none(),
            State::First(Kind::List) => {
                let item = shape.item && !shape.chapter && shape.brief != Some(Brief::Text);
                item || shape.leader || shape.row.is_some()
            }
            State::First(Kind::Footnote) => shape.note,
            State::Single(Single::Byline) => shape.looks.whole(Role::Byline) || shape.looks.name(),
            State::Single(Single::Dateline) => shape.looks.whole(Role::Dateline),
            State::Single(Single::Credit) => shape.looks.whole(Role::Credit),
            State::Single(Single::Jump) => shape.looks.whole(Role::Jump),
            State::Single(Single::Table) => shape.gaps,
            State::Single(Single::Furniture) => {
                // What ends with a colon leads something in.
                let unfinished = shape.marks.stops == 0 && !matches!(shape.end, LineEnd::Stop | LineEnd::Colon);
                let nameless = (shape.marks.chars <= 6 || shape.place.apart > 0.0) && unfinished;
                shape.looks.furniture() || shape.paid || self.is_section(b) || shape.number || shape.repeats || nameless
            }
            _ => true,
        }
    }

    /// The role of line `b` were it furniture.
    pub fn furniture(&self, b: usize) -> Role {
        let shape = &self.shapes[b];
        if shape.number {
            return Role::PageNumber;
        }
        if let Some(role) = self.line(b).stated.and_then(|s| s.role).filter(|r| r.is_furniture()) {
            return role;
        }
        let known = [Role::Editors, Role::Notice, Role::Folio, Role::Masthead];
        match known.into_iter().find(|role| shape.looks.whole(*role)) {
            Some(role) => role,
            None if shape.paid => Role::Advertisement,
            None if shape.repeats => Role::RunningHead,
            None => Role::Other,
        }
    }

    /// The text before line `b` has ended, and where each paragraph is set in the line is not.
    fn is_flush_anew(&self, b: usize) -> bool {
        let line = self.line(b);
        let flush =
            self.habits.keeps_indents && line.indent < KEPT_INDENT && class(self.shapes[b].first) != Class::Open;
        let ended = |a: &Shape| a.fill == Fill::Short || a.end == LineEnd::Stop;
        line.size.is_some() && flush && !self.has_own_measure(b) && b > 0 && ended(&self.shapes[b - 1])
    }

    /// Line `b` is wider than the column it stands in, as far as that has a measure; where boxes tell the size
    /// of its type they tell more.
    fn is_too_wide(&self, b: usize) -> bool {
        let column = self.flow.columns[self.line(b).column as usize];
        self.line(b).size.is_none() && self.shapes[b].fill == Fill::TooWide && column.lines > CAPTION_COLUMN
    }

    /// Were line `b` a caption's, it would be set at another measure than the text around it.
    pub(super) fn has_own_measure(&self, b: usize) -> bool {
        let column = self.flow.columns[self.line(b).column as usize];
        self.shapes[b].fill == Fill::TooWide || column.lines <= CAPTION_COLUMN || column.measure.is_none()
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::Signal;
    use crate::options::Options;
    use crate::stage::drawn::{FERRY, WHEAT, places, set, umi};

    #[test]
    fn a_line_wider_than_its_column_is_no_first_line_of_a_paragraph() {
        let text = |text: &str| set(&text.repeat(2), 10);
        // No blank line tells where the headline is.
        let headline = "小麦越冬，各地忙指导，力保来年丰收！";
        let page = format!("{}{headline}\n{}", text(FERRY), text(WHEAT));
        assert_eq!(places(&page, &[headline])[0].1, "headline");
    }

    #[test]
    fn a_line_that_is_not_set_in_where_paragraphs_are_looks_like_a_title() {
        let page = |indent: f32| {
            let (mut lines, mut y) = (Vec::new(), 100.0);
            for text in [set(FERRY, 16), set(FERRY, 16), "站内设有母婴室\n".to_owned(), set(FERRY, 16)] {
                for (n, line) in text.lines().enumerate() {
                    let set_in = if text.len() < 30 { indent } else { 40.0 };
                    lines.push((line.to_owned(), 100.0 + if n == 0 { set_in } else { 0.0 }, y, 20.0));
                    y += 30.0;
                }
            }
            let lines: Vec<_> = lines.iter().map(|(text, x, y, size)| (text.as_str(), *x, *y, *size)).collect();
            umi(&lines)
        };
        let options = Options::default();
        let says = |page: String| {
            let document = crate::explain(crate::read(page.as_bytes(), None, &options).unwrap(), &options);
            document.decisions.iter().flat_map(|d| &d.signals).any(|(signal, _)| *signal == Signal::TitleFlush)
        };
        assert!(says(page(0.0)) && !says(page(40.0)));
    }

    #[test]
    fn items_at_a_page_s_edge_are_no_furniture() {
        let page =
            "一、清沟排水\n二、中耕培土\n三、查苗补种\n\n第 3 页\n\u{c}四、追施腊肥\n五、防治病虫\n六、压麦保墒\n";
        let found = places(page, &["一、", "四、", "六、"]);
        assert_eq!(found, [(Some(1), "list"); 3]);
    }

    #[test]
    fn a_few_words_by_themselves_are_no_furniture() {
        assert_eq!(places("你好\n", &["你好"]), [(Some(1), "headline")]);
        assert_eq!(places("- 3 -\n", &["3"]), [(None, "page-number")], "but a number alone is");
    }

    #[test]
    fn a_few_characters_in_the_middle_of_a_page_with_boxes_are_no_furniture() {
        let text = (0..40).map(|n| ("春天来了河边的柳树又绿了孩子们在岸上", 100.0, 100.0 + 30.0 * n as f32, 20.0));
        let choices = [("东风", 140.0), ("西风", 340.0), ("南风", 540.0)].map(|(text, x)| (text, x, 700.0, 20.0));
        let page: Vec<_> = text.filter(|(.., y, _)| *y != 700.0).chain(choices).collect();
        let found = places(&umi(&page), &["东风", "西风", "南风"]);
        assert!(found.iter().all(|(article, _)| article.is_some()), "{found:?}");
    }

    #[test]
    fn a_sentence_wrapped_once_is_one_paragraph() {
        let page = "党员志愿者等24小时值守，居民无论进\n出均需出示业主身份卡。\n据了解，外来务工人员返碚后，须主动到\n居住地所在社区登记备案。\n";
        let found = places(page, &["居民无论进出均需", "须主动到居住地"]);
        assert_eq!(found, [(Some(1), "paragraph"); 2]);
    }

    #[test]
    fn a_chapter_s_heading_is_no_item_of_a_list() {
        let page = "第三回　贾雨村夤缘复旧职　林黛玉抛父进京都\n\n却说雨村忙回头看时，不是别人，乃是当日同\n\
                    僚一案参革的号张如圭者。他本系此地人，革后家\n居，今打听得都中奏准起复旧员之信，他便四下里\n\
                    寻情找门路，忽遇见雨村，故忙道喜。\n";
        let found = places(page, &["第三回", "却说雨村"]);
        assert_eq!(found, [(Some(1), "headline"), (Some(1), "paragraph")]);
    }

    #[test]
    fn a_name_between_headline_and_lead_is_who_wrote_the_text() {
        let page =
            "河口渡轮今起增开夜航\n\n罗以澄\n\n本报讯 河口渡轮公司从今天\n起增开两班夜航，末班船晚\n上十点开出。\n";
        let found = places(page, &["增开夜航", "罗以澄", "末班船"]);
        assert_eq!(found, [(Some(1), "headline"), (Some(1), "byline"), (Some(1), "paragraph")]);
    }

    #[test]
    fn a_section_is_furniture_beside_other_furniture() {
        let text = "河口渡轮公司从今天起在两岸\n之间增开两班夜航，末班船晚上十\n点从南岸开出。\n".repeat(4);
        let role = |page: &str| places(page, &["社会"])[0];
        assert_eq!(role(&format!("江城晚报\n\n社会\n\n河口渡轮今起增开夜航\n\n{text}")), (None, "other"));
        assert_eq!(role(&format!("社会\n\n{text}")), (Some(1), "headline"), "elsewhere it heads a text");
    }

    #[test]
    fn a_row_of_asterisks_stands_for_what_is_left_unsaid() {
        let text = "저는 조그만 동네 가게를 팔 년째 하고 있습니다. 손님이 줄어 걱정입니다.";
        let found = places(&format!("*****의 영업실태\n\n{text}\n"), &["영업실태"]);
        assert_eq!(found, [(Some(1), "headline")]);
    }
}
