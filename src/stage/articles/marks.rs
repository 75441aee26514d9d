//! What marks before titles tell: `■` heads a part of an article, or one of several brief news.
//!
//! ```text
//! 山城老戲院翻修            ■市区两条公交线路调整
//! ■修鐘八個月              ■图书馆延长开放时间
//! 茶園小學生採茶義賣        ■植物园郁金香盛开
//! ■兩校通信一年
//! ```

/// Where no more than one title of so many does without a mark, marks are what the titles of that page have.
const UNMARKED: usize = 6;

/// How much less marks tell where they stand in one row of titles, as those of brief news do.
const ONE_ROW: f32 = 0.5;

/// How clearly each of a page's titles heads a part of an article, from 0 to 1, by whether they open with a mark, in
/// order; nothing is told of one that is `led`: below which a lead stands, or who wrote the text, as below brief news.
pub fn parts(marked: &[bool], led: impl Fn(usize) -> bool) -> Vec<f32> {
    let all = marked.len();
    let rows: Vec<usize> = marked.chunk_by(|a, b| a == b).filter(|row| row[0]).map(<[bool]>::len).collect();
    let unmarked = all - rows.iter().sum::<usize>();
    let telling = match rows[..] {
        _ if unmarked * UNMARKED < all => 0.0,
        // One title may be that of all brief news.
        [row] if row > 1 && unmarked == 1 => 0.0,
        [row] if row > 1 => ONE_ROW,
        _ => 1.0,
    };
    let part = |(n, marked): (usize, &bool)| if *marked && !led(n) { telling } else { 0.0 };
    marked.iter().enumerate().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::drawn::places;

    fn told(marks: &str) -> Vec<f32> {
        parts(&marks.chars().map(|c| c == '■').collect::<Vec<_>>(), |_| false)
    }

    #[test]
    fn marks_tell_where_others_do_without() {
        assert_eq!(told("一■二■■"), [0.0, 1.0, 0.0, 1.0, 1.0]);
        assert_eq!(told("一■"), [0.0, 1.0]);
        assert_eq!(told("一二■■■"), [0.0, 0.0, ONE_ROW, ONE_ROW, ONE_ROW], "they may be brief news");
        assert_eq!(told("一■■"), [0.0; 3], "below a title of their own");
        assert_eq!(told("一二■■■■■■■■■■■"), [0.0; 13], "and these are");
        assert_eq!(parts(&[false, true, false, true], |n| n == 1), [0.0, 0.0, 0.0, 1.0]);
    }

    #[test]
    fn brief_news_below_articles_without_marks_have_headlines() {
        let page = "河口渡轮今起增开夜航\n\n河口渡轮公司从今天起在两岸\n之间增开两班夜航，末班船晚上十\n点从南岸开出。\n\n\
                    ■市区两条公交线路调整\n\n因桥梁检修，十二路和三十五\n路公交车本周六起改走滨河路，中\n途停靠的站点不变。\n\n\
                    ■植物园郁金香盛开\n\n市植物园三万株郁金香进入盛\n花期，游客可以免费听花匠介绍栽\n培方法。\n";
        let found = places(page, &["增开夜航", "公交线路调整", "郁金香盛开"]);
        assert_eq!(found, [(Some(1), "headline"), (Some(2), "headline"), (Some(3), "headline")]);
    }
}
