//! What headlines say of where a region is cut.
//!
//! A gap is as wide between two articles as between two columns of one, and where it runs through says
//! little: an article's headline may stand above one of its columns alone. But what begins at one height in
//! neighbouring columns, with a headline in one of them, is one article's row.

use super::gap::{EDGE, Gap, ONE_ROW, PICTURE, SHRUNK, between};
use super::sheet::Sheet;
use crate::geometry::Rect;

/// What begins within so many ems behind a gap stands right below it.
const FIRST: f32 = 2.0;

/// A headline stands in the middle of what it heads where it is off it by no more than this share.
const AMID: f32 = 0.15;

/// So many lines above or below a headline may stand in the middle without being text, off it by no more than this
/// share and no wider than that.
pub(super) const ALONE: usize = 3;
const AMID_ALONE: f32 = 0.05;
pub(super) const SHORT: f32 = 0.5;

/// No line of a column begins and ends so many ems within it.
const SET_IN: f32 = 1.0;

/// A headline's group has no more gaps than these within it.
const GROUP: usize = 6;

impl Sheet {
    /// The headline that stands above all of a region, or who wrote it where the headline is cut off already, and the
    /// rest: nothing stands beside it, and the columns begin at one height below it, however few of them it covers.
    pub(super) fn headed(&self, region: &[usize]) -> Option<Vec<Vec<usize>>> {
        let tops = self.by(region, |r| r.y0);
        let kickers = self.amid(region, &tops);
        let large = tops[kickers..].iter().take_while(|(_, i)| self.large[*i]).count();
        let titles: Vec<usize> = tops[kickers..kickers + large].iter().map(|(_, i)| *i).collect();
        let head = if large > 0 { kickers + large + self.amid(region, &tops[kickers + large..]) } else { kickers };
        let (head, rest) = tops.split_at(head);
        let bottom = head.iter().map(|(_, i)| self.boxes[*i].y1).reduce(f32::max)?;
        let top = rest.first().map(|(top, _)| *top).filter(|top| *top >= bottom - SHRUNK)?;
        let groups = |part: &[(f32, usize)]| part.iter().map(|(_, i)| *i).collect::<Vec<_>>();
        let (head, rest) = (groups(head), groups(rest));
        // Headlines side by side stand each above its own columns.
        let one = self.gaps(&titles, |r| (r.x0, r.x1)).is_empty();
        let columns = self.columns_of(&rest, &self.gutters(&rest));
        // It begins with the first column, or stands in the middle.
        let (above, below, first) = (self.around(&head)?, self.around(&rest)?, self.around(columns.first()?)?);
        let off = (above.x0 + above.x1) / 2.0 - (below.x0 + below.x1) / 2.0;
        let one = one && (above.x0 < first.x1 || off.abs() <= AMID * below.width());
        // Where the headline is cut off already, who wrote the text stands in the middle of a column, no line of it.
        let set_in = |r: Rect| above.x0 >= r.x0 + SET_IN && above.x1 <= r.x1 - SET_IN;
        let one = one && (large > 0 || columns.iter().filter_map(|column| self.around(column)).any(set_in));
        let begins = |column: &Vec<usize>| column.iter().any(|i| self.boxes[*i].y0 <= top + ONE_ROW);
        // Others have a picture at their top.
        let pictured = |column: &Vec<usize>| self.around(column).is_some_and(|r| r.y0 >= top + PICTURE);
        let all = columns.iter().all(|c| begins(c) || pictured(c));
        let most = columns.iter().filter(|c| begins(c)).count() * 2 > columns.len();
        (one && columns.len() > 1 && all && most).then_some(vec![head, rest])
    }

    /// How many of the first lines stand in the middle of the region and have their row for themselves, set as the
    /// text is: a kicker above a headline, who wrote the text or a second title below it.
    fn amid(&self, region: &[usize], tops: &[(f32, usize)]) -> usize {
        let Some(all) = self.around(region) else { return 0 };
        let amid = |r: Rect| ((r.x0 + r.x1 - all.x0 - all.x1) / 2.0).abs() <= AMID_ALONE * all.width();
        let alone = |pair: &[(f32, usize)]| {
            let here = self.boxes[pair[0].1];
            let short = !self.large[pair[0].1] && here.width() <= SHORT * all.width();
            short && amid(here) && pair[1].0 >= here.y1 - SHRUNK
        };
        tops.windows(2).take(ALONE).take_while(|pair| alone(pair)).count()
    }

    /// Which of the gutters between some columns lie within an article that stands above or below another:
    /// a gap between rows, with a headline below it in one of the columns, runs across both sides of them. And
    /// where such gaps end that run across all columns.
    ///
    /// ```text
    /// 一 二 二 │ 五      the left three columns have two articles each, the fourth one; the gutter before
    /// ▇▇ 四 四 │ 五      the fourth is cut first, then the row above the headline
    /// 三 四 四 │ 五
    /// ```
    pub(super) fn bound(&self, columns: &[Vec<usize>], least: f32) -> (Vec<bool>, Vec<f32>) {
        let gaps: Vec<Vec<Gap>> = columns.iter().map(|c| self.gaps_and_ends(c)).collect();
        let by = |height: fn(Rect) -> f32| columns.iter().map(|c| self.by(c, height)).collect::<Vec<_>>();
        let (tops, bottoms) = (by(|r| r.y0), by(|r| r.y1));
        // What parts a headline from its text parts no articles.
        let below_headline =
            |c: usize, g: &Gap| between(&bottoms[c], g.from - EDGE, g.from + EDGE).iter().any(|(_, i)| self.large[*i]);
        let heads = |c: usize, g: &Gap| self.heads(&tops[c], g);
        let mut bound = vec![false; columns.len() - 1];
        let mut across = Vec::new();
        for c in 0..columns.len() {
            let opens = |g: &&Gap| g.width().is_finite() && g.width() >= least && !below_headline(c, g) && heads(c, g);
            for row in gaps[c].iter().filter(opens) {
                // Where the text below the headline begins: beside a headline that leaves a column free, the
                // text of that column does.
                let next = gaps[c].partition_point(|g| g.from < row.to);
                let below = gaps[c][next..].iter().take(GROUP).find(|g| below_headline(c, g) && !heads(c, g));
                let heights = [row.to, below.map_or(row.to, |g| g.to)];
                // The gap by which the row runs through another column: at its height, or the room above or
                // below all of it.
                let passes = |other: usize| {
                    let own = &gaps[other][gaps[other].partition_point(|g| g.to < row.to - ONE_ROW)..];
                    let mut near = own.iter().take_while(|g| g.from <= row.to);
                    near.find(|g| {
                        let level = heights.iter().any(|h| (g.to - h).abs() <= ONE_ROW) && !below_headline(other, g);
                        g.width() >= least && g.from <= row.to - least && (level || g.to.is_infinite())
                    })
                };
                // A column that has nothing above or below may be another article's, unless it is the last.
                let reach = |others: &mut dyn Iterator<Item = usize>| {
                    let mut reach = c;
                    for other in others {
                        match passes(other) {
                            None => return reach,
                            Some(gap) if gap.width().is_finite() => reach = other,
                            Some(_) if other == 0 || other + 1 == columns.len() => reach = other,
                            Some(_) => {}
                        }
                    }
                    reach
                };
                let (from, to) = (reach(&mut (0..c).rev()), reach(&mut (c + 1..columns.len())));
                bound[from..to].fill(true);
                if to - from == bound.len() {
                    across.push(row.to);
                }
            }
        }
        (bound, across)
    }

    /// The gaps between the rows of a column, with the room above and below it.
    fn gaps_and_ends(&self, column: &[usize]) -> Vec<Gap> {
        let Some(all) = self.around(column) else {
            return vec![Gap { from: f32::NEG_INFINITY, to: f32::INFINITY }];
        };
        let mut gaps = self.gaps(column, |r| (r.y0, r.y1));
        gaps.insert(0, Gap { from: f32::NEG_INFINITY, to: all.y0 });
        gaps.push(Gap { from: all.y1, to: f32::INFINITY });
        gaps
    }

    /// True where a headline stands right below a gap: what stands above it is another article's.
    pub(super) fn heads(&self, tops: &[(f32, usize)], gap: &Gap) -> bool {
        between(tops, gap.to - EDGE, gap.to + FIRST).iter().any(|(_, i)| self.large[*i])
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    #[test]
    fn who_wrote_it_stands_above_all_columns_and_at_no_top_of_the_middle_one() {
        let page = "
        AAAAAAAAAAAAAAAAAAAAAAAAAAAA


                    bbbb
        cccccccc  dddddddd  eeeeeeee
        cccccccc  dddddddd  eeeeeeee
        cccccccc  dddddddd  eeeeeeee
        cccccccc  dddddddd  eeeeeeee";
        assert_eq!(read(page, false), "Abcde");
    }

    #[test]
    fn a_line_of_the_middle_column_is_that_columns() {
        let page = "
                  bbbbbbbb
        cccccccc  dddddddd  eeeeeeee
        cccccccc  dddddddd  eeeeeeee
        cccccccc  dddddddd  eeeeeeee
        cccccccc  dddddddd  eeeeeeee";
        assert_eq!(read(page, false), "cbde");
    }
}
