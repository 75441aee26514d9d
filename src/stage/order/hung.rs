//! What hangs below a headline that covers not all of its columns: those beside the one it stands in, where they
//! begin as the text below it does.

use super::gap::{Gap, ONE_ROW};
use super::headed::{ALONE, SHORT};
use super::sheet::Sheet;
use crate::geometry::Rect;

/// A headline that stands in its `own` one of some columns, and the columns `from..=to` that begin below it.
struct Head {
    own: usize,
    from: usize,
    to: usize,
    title: Rect,
}

impl Head {
    /// How far it is from where it stood were it that of some columns: above the first one's edge, or the middle.
    fn off(&self, columns: &[Option<Rect>]) -> f32 {
        let Some(all) = columns.iter().flatten().copied().reduce(Rect::union) else { return f32::INFINITY };
        let middle = (self.title.x0 + self.title.x1 - all.x0 - all.x1) / 2.0;
        middle.abs().min((self.title.x0 - all.x0).abs())
    }
}

impl Sheet {
    /// Which of the gutters between some columns lie below one headline, which may cover no more than one of them:
    /// the others begin where the text below it does, with nothing above.
    ///
    /// ```text
    ///       ▇▇▇       │ ▇▇
    /// 一一 一一 一一  │ 二二
    /// ```
    pub(super) fn hung(&self, columns: &[Vec<usize>]) -> Vec<bool> {
        let tops: Vec<_> = columns.iter().map(|c| self.by(c, |r| r.y0)).collect();
        let around: Vec<Option<Rect>> = columns.iter().map(|c| self.around(c)).collect();
        let mut heads: Vec<Head> = Vec::new();
        for (c, column) in columns.iter().enumerate() {
            let below = self.below_head(column);
            let Some(text) = below.first() else { continue };
            let hangs = |other: &usize| {
                let opens = tops[*other].first().filter(|(_, i)| !self.large[*i]);
                opens.is_some_and(|(top, _)| below.iter().any(|head| (top - head.to).abs() <= ONE_ROW))
            };
            let titles = column.iter().filter(|i| self.large[**i] && self.boxes[**i].y0 < text.from);
            let Some(title) = titles.map(|i| self.boxes[*i]).reduce(Rect::union) else { continue };
            let from = c - (0..c).rev().take_while(hangs).count();
            let to = c + (c + 1..columns.len()).take_while(hangs).count();
            let mut head = Head { own: c, from, to, title };
            if let Some(before) = heads.last_mut().filter(|before| before.to >= from) {
                // Columns between two headlines are of the one that then begins with its first column, or stands in
                // the middle.
                let off = |end: usize| before.off(&around[before.from..=end]) + head.off(&around[end + 1..=head.to]);
                let ends = from.max(before.own + 1) - 1..=before.to.min(c - 1);
                let end = ends.min_by(|a, b| off(*a).total_cmp(&off(*b))).unwrap_or(before.own);
                before.to = end;
                head.from = end + 1;
            }
            heads.push(head);
        }
        let mut hung = vec![false; columns.len() - 1];
        for head in heads {
            hung[head.from..head.to].fill(true);
        }
        hung
    }

    /// The gaps right below the headline with which a column begins, and below who wrote its text: behind one of them
    /// that text begins, or the picture that stands above it.
    pub(super) fn below_head(&self, column: &[usize]) -> Vec<Gap> {
        let tops = self.by(column, |r| r.y0);
        // A kicker may stand above it.
        let Some(first) = tops.iter().take(ALONE).position(|(_, i)| self.large[*i]) else { return Vec::new() };
        let large = tops[first..].iter().take_while(|(_, i)| self.large[*i]).count();
        let width = self.around(column).map_or(0.0, |r| r.width());
        let short = |i: usize| self.large[i] || self.boxes[i].width() <= SHORT * width;
        let pairs = tops[first + large - 1..].windows(2).take(ALONE);
        let heads = pairs.take_while(|pair| short(pair[0].1) && !self.large[pair[1].1]);
        heads.map(|pair| Gap { from: self.boxes[pair[0].1].y1, to: pair[1].0 }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    #[test]
    fn a_headline_in_the_middle_of_its_columns_stands_above_all_of_them_beside_another_article() {
        let page = "
         AAAAAAAAA        FFFFFFFF
         AAAAAAAAA        FFFFFFFF
    bbbbbbbb  cccccccc    gggggggg
    bbbbbbbb  cccccccc    gggggggg
    bbbbbbbb  cccccccc    gggggggg
    bbbbbbbb  cccccccc    gggggggg
    bbbbbbbb  cccccccc    gggggggg
                          gggggggg
                          gggggggg";
        assert_eq!(read(page, false), "AbcFg");
        let page = "
                 AAAAAA               FFFFFFFF
                 AAAAAA               FFFFFFFF
                                      gggggggg
    bbbbbbbb    cccccccc    dddddddd  gggggggg
    bbbbbbbb    cccccccc    dddddddd  gggggggg
    bbbbbbbb    cccccccc    dddddddd  gggggggg
    bbbbbbbb    cccccccc    dddddddd  gggggggg
    bbbbbbbb    cccccccc              gggggggg
                                      gggggggg";
        assert_eq!(read(page, false), "AbcdFg");
    }

    #[test]
    fn a_column_between_two_headlines_is_of_the_one_that_then_stands_in_the_middle() {
        let page = "
      AAAAAAAAAAAAAA              DDDDDDDDDDDDDD
      AAAAAAAAAAAAAA              DDDDDDDDDDDDDD
    bbbbbbbb  cccccccc  eeeeeeee  ffffffff  gggggggg  hhhhhhhh
    bbbbbbbb  cccccccc  eeeeeeee  ffffffff  gggggggg  hhhhhhhh
    bbbbbbbb  cccccccc  eeeeeeee  ffffffff  gggggggg  hhhhhhhh
    bbbbbbbb  cccccccc  eeeeeeee  ffffffff  gggggggg  hhhhhhhh
    bbbbbbbb  cccccccc  eeeeeeee  ffffffff  gggggggg
    bbbbbbbb  cccccccc";
        assert_eq!(read(page, false), "AbcDefgh");
    }

    #[test]
    fn a_headline_is_not_parted_from_the_text_below_its_picture() {
        let page = "
    AAAAAAAA  FFFFFFFFFFFFFFFFF
    AAAAAAAA  FFFFFFFFFFFFFFFFF
              gggggggg hhhhhhhh
              gggggggg hhhhhhhh
              gggggggg hhhhhhhh
              gggggggg hhhhhhhh





    bbbbbbbb
    bbbbbbbb
    cccccccc
    cccccccc
    cccccccc
    cccccccc";
        assert_eq!(read(page, false), "AbcFgh");
    }
}
