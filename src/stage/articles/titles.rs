//! Which titles of a stretch of text are its headline and which its subheadings, and what that is worth: by
//! their place before, within and behind it, their words, their size and how they are set.

use super::runs::{RunKind, Runs};
use super::search::{Covered, Cut, Search, Setting, TitleFacts};
use super::stretch::Stretch;
use crate::evidence::{Signal, Tally};
use std::iter;

/// Headlines are wider than this, in ems.
const SHORT_HEADLINE: f32 = 5.6;

/// Headlines are larger than the running text by this, as the natural logarithm of the ratio: a fifth.
const HEADLINE_SIZE: f32 = 0.18;

/// Where some titles are known to be headlines, the others are where they are larger than the running text by this
/// share of what those are, in logarithms.
const OF_A_HEADLINE: f32 = 0.6;

/// Type that is larger than the running text by this, in the logarithm of the ratio, is seen to be, and by half of it is
/// not.
const LARGER: f32 = 0.2;

/// So many are to be known.
const KNOWN: usize = 2;

/// How [`large`](Search::large) the titles of a headline's group are that are set as headlines are, at least,
/// and those that are set as the running text is, at most.
const LARGE: f32 = 0.5;
const SMALL: f32 = -0.2;

/// In a document of few lines a title behind the text is its headline where this share of its words stands there,
/// and none stands before.
const OF_THE_TEXT: f32 = 0.6;

/// The titles before the text of an article: what they are worth does not ask which ones behind it are its own, and a
/// page of headlines has thousands.
pub struct Before {
    titles: Vec<usize>,
    /// What they are worth whatever they are, and what as subheadings.
    score: f32,
    edge: f32,
    /// What they are worth as a headline, and how many of them are it.
    head: Option<(f32, usize)>,
}

impl Search<'_> {
    /// How clearly a title is set as large as headlines are, from 1 to -1; 0 where sizes are not known.
    pub fn large(&self, title: usize) -> f32 {
        let large = |size: f32| ((size.ln() - self.headline_size) / HEADLINE_SIZE).clamp(-1.0, 1.0);
        self.titles[title].size.map_or(0.0, large)
    }

    /// How clearly a title is set in the size of the running text where others are set larger, from 0 to 1.
    fn as_text(&self, title: usize) -> f32 {
        let size = self.titles[title].size.filter(|_| self.larger);
        size.map_or(0.0, |size| ((LARGER - size.ln()) / LARGER * 2.0).clamp(0.0, 1.0))
    }

    /// What one of some titles is worth as a headline's group, what two are, and so on.
    fn heads(&self, titles: impl Iterator<Item = usize>) -> Vec<f32> {
        let (mut last, mut signed, mut width, mut largest) = (None, false, 0f32, -1f32);
        let (mut ornament, mut as_text) = (false, 1f32);
        let (mut stated, mut numbered, mut marked, mut wrapped, mut small) = (0f32, false, 0f32, 0f32, 0f32);
        let group = titles.enumerate().map(|(more, t)| {
            signed |= last.replace(t).is_some_and(|l: usize| self.runs.signed_between(l.min(t), l.max(t)));
            width += self.titles[t].width;
            largest = largest.max(self.large(t));
            as_text = as_text.min(self.as_text(t));
            stated += self.titles[t].stated;
            numbered |= self.titles[t].numbered;
            ornament |= self.titles[t].ornament;
            marked = marked.max(self.titles[t].marked);
            wrapped += self.set(t, Setting::Wrapped);
            small += f32::from(u8::from(self.large(t) < SMALL));
            let mut score = 0f32;
            score.add(Signal::HeadlineFound, 1.0);
            score.add_if(numbered, Signal::HeadlineNumbered);
            score.add_if(ornament, Signal::HeadlineOrnament);
            score.add(Signal::TitleMarked, marked);
            score.add(Signal::HeadlineWrapped, wrapped);
            score.add(Signal::HeadlineSmall, if largest > LARGE { small } else { 0.0 });
            score.add(Signal::HeadlineMany, more as f32);
            score.add_if(signed, Signal::HeadlineSigned);
            score.add_if(width < SHORT_HEADLINE, Signal::HeadlineShort);
            score.add(Signal::HeadlineSize, largest);
            score.add(Signal::HeadlineSizeOfText, as_text);
            score.add(Signal::HeadlineStated, stated);
            score
        });
        group.collect()
    }

    /// What none of some titles is worth as subheadings that open or close a text, what one is, and so on.
    fn edges(&self, titles: &[usize]) -> Vec<f32> {
        let (mut many, mut marked, mut wider) = (0f32, 0f32, 0f32);
        let grown = titles.iter().map(|t| {
            many += 1.0;
            marked = marked.max(self.titles[*t].marked);
            wider += self.set(*t, Setting::Wider);
            let mut score = 0f32;
            score.add(Signal::SubheadingEdge, many);
            score.add(Signal::TitleMarked, marked);
            score.add(Signal::SubheadingWider, wider);
            score
        });
        iter::once(0.0).chain(grown).collect()
    }

    /// What speaks for some titles to be of an article whose words are `covered`.
    fn about(&self, titles: &[usize], covered: &Covered) -> f32 {
        let mut score = 0f32;
        for t in titles {
            score.add(Signal::TitleWords, covered.titles[*t] - 0.3);
        }
        score
    }

    /// What stands before the text of an article that has the titles of the gap before it from `taken` on.
    pub fn before(&self, stretch: &Stretch, taken: usize, covered: &Covered) -> Before {
        let own = &self.runs.titles[stretch.first];
        let titles: Vec<usize> = own[taken.min(own.len())..].iter().chain(&stretch.opening).copied().collect();
        let mut score = self.about(&titles, covered);
        let below_title = self.runs.runs[stretch.first].kind == RunKind::Picture && !own.is_empty();
        score.add_if(stretch.first > 0 && below_title && taken >= own.len(), Signal::PictureParted);
        // A title that opens the text without being the headline is a subheading like the next.
        let twin = |opens: Option<&usize>| {
            let mut score = 0f32;
            let both = opens.zip(stretch.inside.first());
            score.add_if(both.is_some_and(|(a, b)| self.twins(*a, *b)), Signal::SubheadingTwin);
            score
        };
        let edge = self.edges(&titles)[titles.len()] + twin(titles.last());
        // The first titles are the headline, those behind them subheadings that open the text.
        let mut head: Option<(f32, usize)> = None;
        for (n, mut group) in (1..).zip(self.heads(titles.iter().copied())) {
            let more = (titles.len() - n) as f32;
            group += twin(titles[n..].last());
            group.add(Signal::HeadlineBefore, self.habits.before);
            group.add(Signal::SubheadingInside, more);
            group.add(Signal::TitleParts, more);
            if head.is_none_or(|(best, _)| group > best) {
                head = Some((group, n));
            }
        }
        Before { titles, score, edge, head }
    }

    /// The score of the titles of an article with what stands `before` its text, and the first `take` titles behind it,
    /// whose words are `covered`. Writes down in `out` which are what.
    pub fn titles(
        &self,
        stretch: &Stretch,
        before: &Before,
        take: usize,
        covered: &Covered,
        out: Option<&mut Cut>,
    ) -> f32 {
        let behind = &self.runs.titles[stretch.last + 1];
        let after: Vec<usize> = stretch.closing.iter().chain(&behind[..take]).copied().collect();
        let mut base = stretch.score + before.score + self.about(&after, covered);
        if let (Some(kicker), Some(next)) = (behind[..take].last(), behind.get(take)) {
            let short = self.titles[*kicker].width < SHORT_HEADLINE;
            let longer = self.titles[*next].width > self.titles[*kicker].width * 1.4;
            let sized_apart = self.large(*kicker) < SMALL && self.large(*next) > LARGE;
            base.add_if(short && longer && !sized_apart, Signal::KickerParted);
        }
        let edges = self.edges(&after);
        // No headline; or one before the text; or the last titles behind it.
        let mut none = before.edge + edges[after.len()];
        none.add_if(stretch.text.is_none(), Signal::PictureAlone);
        let mut best = (none, 0, after.len());
        if let Some((head, n)) = before.head.filter(|(head, _)| head + edges[after.len()] > none) {
            best = (head + edges[after.len()], n, after.len());
        }
        // The layout has put what stands above a text before it; a headline beside the text, which runs the
        // other way, may come behind. And whoever writes a letter signs it below.
        let below = |t: &&usize| match self.habits.placed {
            true => self.titles[**t].upright == self.runs.runs[stretch.tail()].upright,
            false => self.habits.short && (!before.titles.is_empty() || covered.titles[**t] < OF_THE_TEXT),
        };
        let mut lower = after.iter().filter(below).count() as f32;
        for (n, mut head) in self.heads(after.iter().rev().copied()).into_iter().rev().enumerate() {
            head += before.edge + edges[n];
            head.add(Signal::HeadlineBelow, lower);
            lower -= f32::from(u8::from(below(&&after[n])));
            if head > best.0 {
                best = (head, 0, n);
            }
        }
        if let Some(out) = out {
            let (_, heads, tail) = best;
            let (head, opening) = before.titles.split_at(heads);
            let (closing, foot) = after.split_at(tail);
            out.head = [head, foot].concat();
            out.stray = if heads == 0 { [opening, closing].concat() } else { closing.to_vec() };
            out.subheadings = [stretch.inside.as_slice(), opening, closing].concat();
            out.subheadings.sort_unstable();
        }
        best.0 + base
    }
}

/// True where a title is set larger than the running text.
pub fn is_larger(title: &TitleFacts) -> bool {
    title.size.is_some_and(|size| size.ln() > LARGER)
}

/// The size from which on a title is set as headlines are, as the natural logarithm of its ratio to the running text:
/// told by those titles below which a lead stands, or who wrote the text.
pub fn headline_size(runs: &Runs, titles: &[TitleFacts]) -> f32 {
    let headed = runs.runs.iter().zip(&runs.titles).filter(|(run, _)| run.lead || run.bylined);
    let largest = |group: &Vec<usize>| group.iter().filter_map(|t| titles[*t].size).reduce(f32::max);
    let mut sizes: Vec<f32> = headed.filter_map(|(_, group)| largest(group)).collect();
    sizes.sort_by(f32::total_cmp);
    // One may be a heading that a lead stands below as it happens.
    let least = sizes.get(sizes.len().saturating_sub(1) / 4).filter(|_| sizes.len() >= KNOWN);
    least.map_or(HEADLINE_SIZE, |size| (OF_A_HEADLINE * size.ln()).max(HEADLINE_SIZE))
}

#[cfg(test)]
mod tests {
    use crate::stage::drawn::{Drawn, FERRY, WHEAT, places, set, umi};

    const FERRY_OPENS: &str = "清溪区渡口服务站昨日启用 村民办理船票更方便";
    const WHEAT_SLEEPS: &str = "冬小麦进入越冬期 农技人员田间指导清沟排水";

    /// An article of a dump that puts its headline behind it.
    fn article(body: &str, headline: &str) -> String {
        format!("{}{}\n{headline}\n", set(body, 10), set(body, 10))
    }

    #[test]
    fn what_wraps_as_the_text_before_it_is_no_part_of_a_headline_behind_that_text() {
        let headed = format!("站内设有母婴室和阅览\n角\n\n{FERRY_OPENS}");
        let page = format!("{}\n{}", article(FERRY, &headed), article(WHEAT, WHEAT_SLEEPS));
        let found = places(&page, &["母婴室", FERRY_OPENS, WHEAT_SLEEPS]);
        assert_eq!(found, [(Some(1), "subheading"), (Some(1), "headline"), (Some(2), "headline")]);
    }

    #[test]
    fn a_picture_in_a_dump_stands_with_the_headline_before_it() {
        let caption = "图为雨后的江面上白鹭低飞。\n记者 田桂芳 摄\n";
        let page = format!("{}\n{caption}\n{}", article(FERRY, FERRY_OPENS), article(WHEAT, WHEAT_SLEEPS));
        assert_eq!(places(&page, &["白鹭"]), [(Some(1), "caption")]);
    }

    /// A page with boxes of two articles of four paragraphs, their headlines set in the size of 40, each with a title
    /// of its own behind so many of its paragraphs; what is found of the four titles.
    fn titled(byline: Option<&'static str>, behind: usize, size: f32) -> Vec<&'static str> {
        let texts = [FERRY, WHEAT].map(|text| set(text, 16));
        let titles = [("渡口服务站启用", "票价两元"), ("冬小麦进入越冬期", "三万亩麦田长势良好")];
        let (mut lines, mut y) = (Vec::new(), 100.0);
        let mut line = |text, x, size| {
            lines.push((text, x, y, size));
            y += size * 1.5;
        };
        for (text, (headline, title)) in texts.iter().zip(titles) {
            line(headline, 100.0, 40.0);
            if let Some(byline) = byline {
                line(byline, 100.0, 20.0);
            }
            for paragraph in 1..=4 {
                for (n, set) in text.lines().enumerate() {
                    line(set, if n == 0 { 140.0 } else { 100.0 }, 20.0);
                }
                if paragraph == behind {
                    line(title, 100.0, size);
                }
            }
        }
        let found = places(&umi(&lines), &["服务站启用", "票价两元", "进入越冬期", "长势良好"]);
        found.into_iter().map(|(_, role)| role).collect()
    }

    #[test]
    fn a_line_in_the_size_of_the_text_is_no_kicker_of_the_headline_below_it() {
        assert_eq!(titled(None, 4, 20.0), ["headline", "subheading", "headline", "subheading"]);
    }

    #[test]
    fn what_is_set_much_smaller_than_the_headlines_of_its_page_heads_a_part() {
        let found = titled(Some("本报记者 周立波"), 2, 25.0);
        assert_eq!(found, ["headline", "subheading", "headline", "subheading"]);
    }

    #[test]
    fn what_is_set_in_the_size_of_the_text_heads_a_part() {
        let texts = [FERRY, WHEAT].map(|text| set(text, 16).repeat(2));
        let (mut lines, mut y) = (vec![("农村见闻两则", 100.0, 40.0, 40.0)], 100.0);
        for (text, title) in texts.iter().zip(["渡口服务站启用", "冬小麦进入越冬期"]) {
            for (n, line) in [title].into_iter().chain(text.lines()).enumerate() {
                let opens = text.starts_with(line);
                lines.push((line, if n > 0 && opens { 140.0 } else { 100.0 }, y, 20.0));
                y += 30.0;
            }
        }
        let role = |lines: &[Drawn]| places(&umi(lines), &["冬小麦进入"])[0].1;
        assert_eq!(role(&lines), "subheading");
        // Where no title is larger, that its own is not says nothing.
        assert_eq!(role(&lines[1..]), "headline");
    }

    #[test]
    fn a_row_of_marks_heads_no_article() {
        let page = format!("{FERRY_OPENS}\n\n{}\n✕✕✕\n\n{}", set(FERRY, 16).repeat(2), set(WHEAT, 16).repeat(2));
        assert_eq!(places(&page, &["✕✕✕"])[0].1, "subheading");
    }

    #[test]
    fn a_byline_stands_below_a_headline() {
        // Each text has its headline behind it, and the second's names its reporter.
        let picture = "图为收割后的稻田。\n林一帆 摄\n";
        let page = format!(
            "{}{FERRY_OPENS}\n记者 田桂芳\n{picture}{}{WHEAT_SLEEPS}\n",
            set(FERRY, 16).repeat(2),
            set(WHEAT, 16).repeat(2)
        );
        assert_eq!(places(&page, &[FERRY_OPENS])[0], (Some(1), "headline"));
    }

    #[test]
    fn on_a_page_what_stands_below_a_text_is_no_headline_of_it() {
        let text = set(FERRY, 16);
        let (mut lines, mut y) = (Vec::new(), 100.0);
        for _ in 0..3 {
            for (n, set) in text.lines().enumerate() {
                lines.push((set, if n == 0 { 140.0 } else { 100.0 }, y, 20.0));
                y += 30.0;
            }
        }
        for (title, size) in [("渡口开放时间", 30.0), ("停航通知", 36.0)] {
            lines.push((title, 100.0, y + 40.0, size));
            y += 120.0;
        }
        let found = places(&umi(&lines), &["渡口开放", "停航"]);
        assert_eq!(found, [(Some(1), "subheading"), (Some(1), "subheading")]);
    }
}
