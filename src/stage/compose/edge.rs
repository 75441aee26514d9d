//! The edges of a page, where its furniture stands: how far a line is from them in the reading order, and,
//! where there are boxes, whether it stands in a row by itself above or below everything else.
//!
//! ```text
//! 4版                    综合                   长河时报      one row, set apart: furniture
//!
//! 春天来了河边的柳树又绿了      孩子们在岸上放风筝
//! ```

use crate::flow::{Holds, Line};
use crate::geometry::{Rect, median};

/// So many lines from above or below are a page's edge.
pub const EDGE: u32 = 6;

/// Where a line stands on its page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place {
    /// Lines from the nearest edge of its page.
    pub from_edge: u32,
    /// Its page has so few lines that all of it is edge.
    pub all_edge: bool,
    /// How clearly it stands apart, in the page's first or last row, from 0 to 1.
    pub apart: f32,
    /// How far it stands from the edge of the page's text, as a share of what counts as its edge; known where there
    /// are boxes.
    pub depth: Option<f32>,
}

impl Place {
    /// It stands where furniture does.
    pub fn is_at_edge(&self) -> bool {
        self.from_edge <= EDGE && !self.all_edge && self.depth.is_none_or(|depth| depth <= 1.0)
    }

    /// How far it stands from where furniture does: 0 for near, 1 for far as the reading order tells it; boxes tell
    /// it surely.
    pub fn inside(&self) -> f32 {
        match self.depth {
            Some(depth) if depth > 2.0 => INSIDE_BY_BOX,
            None if self.from_edge > 2 * EDGE => 1.0,
            _ => 0.0,
        }
    }
}

const INSIDE_BY_BOX: f32 = 2.5;

/// Lines follow each other at so many times their height.
const PITCH: f32 = 1.6;

/// A low page's edge is this share of its height.
const LOW: f32 = 0.15;

/// The place of each line.
pub fn places(lines: &[Line]) -> Vec<Place> {
    let mut places = Vec::with_capacity(lines.len());
    for page in lines.chunk_by(|a, b| a.page == b.page) {
        let (start, all) = (places.len(), page.len() as u32);
        places.extend((0..all).map(|i| Place {
            from_edge: i.min(all - 1 - i),
            all_edge: all <= EDGE,
            ..Place::default()
        }));
        for (place, depth) in places[start..].iter_mut().zip(depths(page)) {
            place.depth = Some(depth);
        }
        for (i, apart) in rows_apart(page) {
            places[start + i].apart = apart;
        }
    }
    places
}

/// How far the lines of a page stand from the edge of its text, as a share of what counts as its edge: from above or
/// below, and vertical ones from the sides too. Nothing where one has no box.
fn depths(page: &[Line]) -> Vec<f32> {
    let boxes: Option<Vec<Rect>> = page.iter().map(|l| l.rect.filter(|r| !r.is_empty())).collect();
    let Some(boxes) = boxes else { return Vec::new() };
    let Some(whole) = boxes.iter().copied().reduce(Rect::union) else { return Vec::new() };
    let mut heights: Vec<f32> = boxes.iter().map(|r| r.height().min(r.width())).collect();
    heights.sort_by(f32::total_cmp);
    let lines = page.iter().all(|l| matches!(l.holds, Holds::Line | Holds::Cell));
    // The lowest blocks hold one line.
    let height = heights[if lines { heights.len() / 2 } else { heights.len() / ONE_LINE }].max(f32::MIN_POSITIVE);
    let edge = (PITCH * EDGE as f32 * height).min(LOW * whole.height());
    let depth = |(line, r): (&Line, &Rect)| {
        let down = (r.y0 - whole.y0).min(whole.y1 - r.y1);
        let aside = (r.x0 - whole.x0).min(whole.x1 - r.x1);
        (if line.upright { down.min(aside) } else { down }) / edge
    };
    page.iter().zip(&boxes).map(depth).collect()
}

/// One in so many blocks, at the least, holds one line.
const ONE_LINE: usize = 10;

/// Room to the rest of the page at which a row begins to stand apart, and at which it surely does, in heights
/// of a line.
const NEAR: f32 = 0.6;
const APART: f32 = 1.2;

/// Further away than this, in the same measure, a picture may stand between, and the row be its caption.
const FAR: f32 = 6.0;

/// Furniture is no longer than this, in ems of its own type: a caption may be.
const LONGEST: f32 = 30.0;

/// A row that stands apart is no wider than this share of the page's text if it is one line, as a page's number or
/// a running head is.
const ALONE: f32 = 0.4;

/// Furniture is set no larger than this, as a share of the running text: a headline is.
const LARGEST: f32 = 1.3;

/// The lines of the first and of the last row of a page with boxes, where the row stands apart, and how clearly.
fn rows_apart(page: &[Line]) -> Vec<(usize, f32)> {
    let boxes: Option<Vec<Rect>> = page.iter().map(|l| l.rect.filter(|r| !r.is_empty())).collect();
    let Some(boxes) = boxes.filter(|_| page.len() > 2 * EDGE as usize) else {
        return Vec::new();
    };
    let height = median(boxes.iter().map(|r| r.height().min(r.width())));
    let whole = boxes.iter().copied().reduce(Rect::union).expect("there are boxes");
    let upside_down = |r: Rect| Rect { y0: -r.y1, y1: -r.y0, ..r };
    let mut found = row_apart(page, &boxes, height, whole);
    let turned: Vec<Rect> = boxes.iter().copied().map(upside_down).collect();
    found.extend(row_apart(page, &turned, height, upside_down(whole)));
    found
}

/// The lines of the first row, if it stands apart.
fn row_apart(page: &[Line], boxes: &[Rect], height: f32, whole: Rect) -> Vec<(usize, f32)> {
    // What reaches up beside the row is of it.
    let (row, rest): (Vec<usize>, Vec<usize>) = (0..boxes.len())
        .partition(|i| boxes[*i].middle() < whole.y0 + height || boxes[*i].y0 < whole.y0 + 0.5 * height);
    let end = row.iter().map(|i| boxes[*i].y1).fold(whole.y0, f32::max);
    let next = rest.iter().map(|i| boxes[*i].y0).fold(f32::INFINITY, f32::min);
    let room = (next - end) / height;
    let clear = ((room - NEAR) / (APART - NEAR)).min(if room > FAR { 0.5 } else { 1.0 });
    let small = |i: &usize| page[*i].size.is_none_or(|size| size <= LARGEST);
    let short = row.iter().all(|i| small(i) && page[*i].width.middle() <= LONGEST);
    let width: f32 = row.iter().map(|i| boxes[*i].width()).sum();
    let share = width / whole.width();
    // One line above a headline may be its kicker.
    let text_next = || rest.iter().filter(|i| boxes[**i].y0 < next + height).all(small);
    let narrow = row.len() > 1 || share <= ALONE && text_next();
    if clear <= 0.0 || !room.is_finite() || !short || !narrow || end - whole.y0 > 2.0 * height {
        return Vec::new();
    }
    row.into_iter().map(|i| (i, clear)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use crate::press::Press;
    use crate::stage::columns::columns;
    use crate::stage::drawn::{self, Drawn, umi};
    use crate::text::language::Language;

    /// How clearly lines of a placed page stand apart.
    fn apart(lines: &[Drawn]) -> Vec<f32> {
        let input = crate::read(umi(lines).as_bytes(), None, &Options::default()).unwrap();
        let press = Press::of(Language::Chinese);
        let mut flow = columns(&input.source, &input.pages, Language::Chinese, &press);
        flow.lines.sort_by_key(|l| l.span.start);
        places(&flow.lines).into_iter().map(|p| p.apart).collect()
    }

    /// The same with a column of text below them, from a height on.
    fn above_text(head: &[Drawn], from: f32) -> Vec<f32> {
        let text = (0..14).map(|n| ("春天来了河边的柳树又绿了孩子们在岸上", 100.0, from + 30.0 * n as f32, 20.0));
        apart(&head.iter().copied().chain(text).collect::<Vec<_>>())
    }

    #[test]
    fn a_row_apart_is_told_from_a_first_line() {
        let row = [("山野报", 100.0, 50.0, 20.0), ("要闻", 400.0, 52.0, 20.0)];
        let told = above_text(&row, 110.0);
        assert!(told[..2].iter().all(|a| *a == 1.0) && told[2..].iter().all(|a| *a == 0.0), "{told:?}");
        assert!(above_text(&row, 80.0).iter().all(|a| *a == 0.0));
        assert!(
            above_text(&[("春天来了河边的柳树又绿了孩子们在", 100.0, 50.0, 20.0)], 110.0).iter().all(|a| *a == 0.0)
        );
        assert_eq!(above_text(&[("十二", 250.0, 50.0, 20.0)], 110.0)[0], 1.0);
    }

    #[test]
    fn headlines_and_their_kickers_are_no_furniture() {
        let headline = ("渡口启用", 100.0, 50.0, 50.0);
        assert!(above_text(&[headline], 150.0).iter().all(|a| *a == 0.0));
        let (kicker, headline) = (("清溪区", 100.0, 10.0, 20.0), ("渡口启用", 100.0, 60.0, 50.0));
        assert!(above_text(&[kicker, headline], 150.0).iter().all(|a| *a == 0.0));
    }

    #[test]
    fn a_row_below_a_picture_is_no_sure_foot() {
        let text = (0..14).map(|n| ("春天来了河边的柳树又绿了孩子们在岸上", 100.0, 50.0 + 30.0 * n as f32, 20.0));
        let row = [("白鹭低飞", 100.0, 900.0, 20.0), ("渔船归来", 300.0, 900.0, 20.0)];
        assert_eq!(apart(&text.chain(row).collect::<Vec<_>>())[14..], [0.5, 0.5]);
    }

    #[test]
    fn a_foot_stands_apart_as_a_head_does() {
        let text = (0..14).map(|n| ("春天来了河边的柳树又绿了孩子们在岸上", 100.0, 50.0 + 30.0 * n as f32, 20.0));
        let page: Vec<_> = text.chain([("十二", 250.0, 520.0, 20.0)]).collect();
        assert_eq!(apart(&page)[14], 1.0);
    }

    #[test]
    fn a_row_apart_is_furniture_whatever_its_words() {
        let text = |n| ("春天来了河边的柳树又绿了孩子们在岸上", 100.0, 110.0 + 30.0 * n as f32, 20.0);
        let row = [("甏骆鹿驴", 100.0, 50.0, 20.0), ("驹鲈绿洛逻辑罗列", 300.0, 50.0, 20.0)];
        for row in [&row[..], &[("驹鲈绿洛逻辑罗", 180.0, 50.0, 20.0)]] {
            let page = umi(&row.iter().copied().chain((0..14).map(text)).collect::<Vec<_>>());
            let words: Vec<&str> = row.iter().map(|line| line.0).collect();
            let found = crate::stage::drawn::places(&page, &words);
            assert!(found.iter().all(|place| *place == (None, "other")), "{found:?}");
        }
    }

    #[test]
    fn nothing_of_a_letter_is_furniture() {
        let page = "停电通知\n\n尊敬的用户：\n　　因线路检修，定于6月12日（星期一）上午8:00\n至下午5:00对以下区域停电：人民路、解放路、建\n\
                    设路沿线。给您带来不便，敬请谅解。\n\n市供电局\n2023年6月9日\n";
        let found = drawn::places(page, &["停电通知", "尊敬的", "检修", "供电局", "2023"]);
        let roles = ["headline", "verse", "paragraph", "subheading", "dateline"];
        assert_eq!(found, roles.map(|role| (Some(1), role)), "and who signs it is no headline");
    }

    #[test]
    fn a_long_letter_is_signed_and_dated_too() {
        let text = |n: usize| {
            let (first, set_in) = (n.is_multiple_of(4), 40.0);
            let (from, line) = if first {
                (100.0 + set_in, "春天来了河边的柳树又绿了孩子们在")
            } else {
                (100.0, "岸上放风筝老人们在桥头下着棋说着话")
            };
            (line, from, 140.0 + 30.0 * n as f32, 20.0)
        };
        let head = [("停电通知", 230.0, 40.0, 40.0), ("各位用户：", 100.0, 105.0, 20.0)];
        let foot = [("清溪供电局", 100.0, 1040.0, 20.0), ("2023年6月9日", 340.0, 1040.0, 20.0)];
        let page = umi(&head.into_iter().chain((0..28).map(text)).chain(foot).collect::<Vec<_>>());
        let found = drawn::places(&page, &["供电局", "2023"]);
        assert!(found.iter().all(|(article, _)| *article == Some(1)), "{found:?}");
    }
}
