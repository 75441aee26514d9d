//! Whether lines may begin with any character. Today none begins with a closing mark (kinsoku), for which marks are
//! squeezed and lines stretched. Most newspapers before about 1950 knew no such rule:
//!
//! ```text
//! 之限制、但犯法           7 ems: set in by one
//! 者、近竟有五萬四         8 ems
//! 、三百五十起之多         8 ems: the mark stands where the line broke
//! ```
//!
//! All their characters are an em wide, marks and brackets too. So a line that is full has as many as its column, one
//! that has a character less is short, and the measure of a few lines is known.

use super::Changes;
use crate::flow::Flow;
use crate::source::Source;
use crate::text::class::class;

/// How far paragraphs are set in without kinsoku as a rule, in ems.
pub const INDENT: f32 = 1.0;

/// A measure found in the middle of a text is seldom another's, as each line that is not as wide speaks against it.
pub const CHANGES: Changes = Changes { at_blank: 2.0, elsewhere: 6.0 };

/// Fewer lines that begin with a mark are an engine's slips.
const FEWEST: usize = 4;

/// Of the lines behind a full one, one in so many at the least begins with a mark. On ten pages of 1939 it was every
/// eleventh to thirtieth, on two hundred dumps of today's pages none.
const SHARE: usize = 50;

/// Less room than this, in ems, a full line may seem to have left: measured as with kinsoku, columns seem as much wider
/// than they are.
const ROOM: f32 = 1.1;

/// True where no line begins with a closing mark.
pub fn is_kept(source: &Source, flow: &Flow) -> bool {
    let full = |i: usize| flow.measure(i).is_some_and(|measure| measure - flow.lines[i].extent.most < ROOM);
    let (mut behind, mut marked) = (0, 0);
    for (i, line) in flow.lines.iter().enumerate().skip(1) {
        // A dump that splits printed lines at their marks begins the pieces with them.
        if line.of_one_line == 0.0 && full(i - 1) {
            behind += 1;
            let first = source.get(line.span).chars().next();
            marked += usize::from(first.is_some_and(|c| class(c).shuns_line_start()));
        }
    }
    marked < FEWEST || marked * SHARE < behind
}

/// Takes a flow for one without kinsoku.
pub fn do_without(source: &Source, flow: &mut Flow) {
    flow.without_kinsoku = true;
    for line in &mut flow.lines {
        // What leaves room for half a character leaves room for one.
        line.lead_in = 0.5;
        // Boxes tell by themselves how far a line reaches.
        if line.rect.is_none() {
            line.extent.least = line.extent.most;
            // What is written half an em wide may have had a whole one too.
            line.extent.most = line.extent.most.max(source.get(line.span).chars().count() as f32);
        }
    }
}

/// True where more paragraphs of such a flow are set in by `usual` ems, as they are with kinsoku, than by [`INDENT`]: text
/// of today may be broken after so many characters.
pub fn is_set_in_by(flow: &Flow, usual: f32) -> bool {
    let room = |i: usize| flow.measure(i).map(|measure| measure - flow.lines[i].extent.most);
    let opens =
        |i: &usize| room(i + 1).is_some_and(|room| room < 0.5) && flow.lines[*i].column == flow.lines[i + 1].column;
    let by = |indent: f32| {
        let lines = (0..flow.lines.len().saturating_sub(1)).filter(opens);
        lines.filter(|i| room(*i).is_some_and(|room| (room - indent).abs() < 0.3)).count()
    };
    by(usual) > by(INDENT)
}

#[cfg(test)]
mod tests {
    use super::super::tests::flow;
    use crate::role::Role;
    use crate::stage::drawn::{FIRE, RICE, mended, set_without_kinsoku as set};

    #[test]
    fn a_line_with_room_for_a_character_is_short() {
        // The texts end with a comma or with none, the titles lack no more than a character, and no blank line parts them.
        let page = format!("沿江米價續落\n{}站貨棧夜半火警\n{}{}", set(RICE, 8), set(FIRE, 8), set(RICE, 8));
        let document = mended(&page);
        let blocks = document.articles.iter().flat_map(|a| &a.blocks);
        let texts: Vec<_> = blocks.map(|b| (b.role == Role::Paragraph, b.text(&document.source))).collect();
        let expected = [(false, "沿江米價續落"), (true, RICE), (false, "站貨棧夜半火警"), (true, FIRE), (true, RICE)];
        assert_eq!(texts, expected.map(|(paragraph, text)| (paragraph, text.to_owned())));
    }

    #[test]
    fn how_far_paragraphs_are_set_in_shows_in_their_first_lines() {
        use crate::stage::drawn::set as set_by_two;
        let page = |set: fn(&str, usize) -> String| [RICE, FIRE, RICE, FIRE].map(|text| set(text, 9)).concat();
        for (page, indent) in [(page(set), 1.0), (page(set_by_two), 2.0)] {
            let flow = flow(&page);
            assert_eq!((flow.without_kinsoku, flow.indent), (true, indent), "{page}");
        }
    }

    #[test]
    fn figures_half_an_em_wide_may_have_had_a_whole_one() {
        let text = RICE.replace("百餘", "1203456").replace("三元有奇", "3.45678元");
        let flow = flow(&set(&(text + FIRE).repeat(2), 9));
        let within = 1..flow.lines.len() - 1;
        assert!(within.clone().all(|i| flow.measure(i) == Some(9.0)), "{:?}", flow.columns);
        assert!(within.into_iter().all(|i| flow.lines[i].extent.most == 9.0), "all of them are full");
    }

    #[test]
    fn each_of_some_narrow_columns_has_its_measure() {
        let page = format!("{}\n{}\n{}", set(&RICE.repeat(2), 4), set(&FIRE.repeat(2), 17), set(&RICE.repeat(2), 7));
        let flow = flow(&page);
        let measures: Vec<_> = flow.columns.iter().map(|c| c.measure).collect();
        assert_eq!(measures, [4.0, 17.0, 7.0].map(Some));
        assert!(flow.without_kinsoku && flow.indent == 1.0);
    }

    #[test]
    fn some_marks_at_lines_beginnings_are_slips() {
        let with_kinsoku =
            "清溪渡口服务站昨日启用，\n往来两岸的村民可在站内办\n理船票、寄存行李，还能喝\n上一杯热茶，等船不挨冻。\n";
        for (lines, slips) in [(8, 3), (400, 7)] {
            let page = with_kinsoku.repeat(lines / 4) + &"，热茶不要钱，船票也便宜。\n".repeat(slips);
            assert!(!flow(&page).without_kinsoku, "{slips} of {lines}");
        }
    }
}
