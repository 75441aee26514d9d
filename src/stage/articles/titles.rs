//! Which titles of a stretch of text are its headline and which its subheadings, and what that is worth: by
//! their place before, within and behind it, their words, their size and how they are set.

use super::runs::{RunKind, Runs};
use super::search::{Covered, Cut, Search, Setting, TitleFacts};
use crate::evidence::{Signal, Tally};

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

/// Subheadings of one article differ in width by no more than this share.
const TWINS: f32 = 0.25;

impl Search<'_> {
    /// How clearly a title is set as large as headlines are, from 1 to -1; 0 where sizes are not known.
    fn large(&self, title: usize) -> f32 {
        let large = |size: f32| ((size.ln() - self.headline_size) / HEADLINE_SIZE).clamp(-1.0, 1.0);
        self.titles[title].size.map_or(0.0, large)
    }

    /// How clearly a title is set in the size of the running text where others are set larger, from 0 to 1.
    fn as_text(&self, title: usize) -> f32 {
        let size = self.titles[title].size.filter(|_| self.larger);
        size.map_or(0.0, |size| ((LARGER - size.ln()) / LARGER * 2.0).clamp(0.0, 1.0))
    }

    /// The score of the titles of an article of the runs `first..=last`: those of the gap before it
    /// from `taken` on, those inside, and the first `take` behind it, whose words are `covered`.
    /// Writes down in `out` which are what.
    pub fn titles(
        &self,
        first: usize,
        last: usize,
        taken: usize,
        take: usize,
        covered: &Covered,
        out: Option<&mut Cut>,
    ) -> f32 {
        let runs = &self.runs.runs;
        let titles = &self.runs.titles;
        let is_body = |r: &usize| runs[*r].kind == RunKind::Body;
        let body = (first..=last).find(is_body).zip((first..=last).rev().find(is_body));
        // Pictures may stand between an article's headline and its text on either side.
        let (head_to, tail_from) = body.unwrap_or((first, last));
        let gap = |from: usize, to: usize| (from..=to).flat_map(|g| titles[g].iter().copied());
        let before: Vec<usize> =
            titles[first][taken.min(titles[first].len())..].iter().copied().chain(gap(first + 1, head_to)).collect();
        let after: Vec<usize> = gap(tail_from + 1, last).chain(titles[last + 1][..take].iter().copied()).collect();
        let inside: Vec<usize> = gap(head_to + 1, tail_from).collect();

        let mut base = 0f32;
        let below_title = runs[first].kind == RunKind::Picture && !titles[first].is_empty();
        base.add_if(first > 0 && below_title && taken >= titles[first].len(), Signal::PictureParted);
        base.add_if(body.is_none(), Signal::HeadlineCaption);
        // On a page every text has its headline; in a dump a lead is enough.
        let bare = match (self.habits.placed, runs[first].lead) {
            (true, _) => 2.0,
            (false, false) => 1.0,
            (false, true) => 0.0,
        };
        let headless = first > 0 && titles[first].is_empty() && body.is_some();
        base.add(Signal::ArticleBare, if headless { bare } else { 0.0 });
        base.add(Signal::SubheadingInside, inside.len() as f32);
        base.add(Signal::SubheadingSize, inside.iter().map(|t| self.large(*t).max(0.0)).sum());
        base.add(Signal::SubheadingStated, -inside.iter().map(|t| self.titles[*t].stated).sum::<f32>());
        for gap in head_to + 1..=tail_from {
            base.add(Signal::SubheadingMany, titles[gap].len().saturating_sub(1) as f32);
            base.add_if(runs[gap].bylined, Signal::SubheadingSigned);
        }
        // Whatever a title is, its words stand in its own article.
        for t in before.iter().chain(&inside).chain(&after) {
            base.add(Signal::TitleWords, covered.titles[*t] - 0.3);
        }
        if body.is_some() {
            for picture in (first..=last).filter(|r| !is_body(r)) {
                base.add(Signal::PictureWords, covered.pictures[picture] - 0.3);
            }
        }
        let behind = &titles[last + 1];
        if let (Some(kicker), Some(next)) = (behind[..take].last(), behind.get(take)) {
            let short = self.titles[*kicker].width < SHORT_HEADLINE;
            let longer = self.titles[*next].width > self.titles[*kicker].width * 1.4;
            let sized_apart = self.large(*kicker) < SMALL && self.large(*next) > LARGE;
            base.add_if(short && longer && !sized_apart, Signal::KickerParted);
        }
        let set = |titles: &[usize], as_is: Setting| {
            titles.iter().filter(|t| self.titles[**t].setting == as_is).count() as f32
        };
        base.add(Signal::SubheadingWider, set(&inside, Setting::Wider));
        let edge = |titles: &[usize]| {
            let mut score = 0f32;
            score.add(Signal::SubheadingEdge, titles.len() as f32);
            score.add(Signal::TitleMarked, titles.iter().map(|t| self.titles[*t].marked).fold(0.0, f32::max));
            score.add(Signal::SubheadingWider, set(titles, Setting::Wider));
            score
        };
        // What one of some titles is worth as a headline's group, what two are, and so on: all in one
        // pass, since a page of headlines has thousands in a row.
        let heads = |titles: &mut dyn Iterator<Item = usize>| -> Vec<f32> {
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
                wrapped += set(&[t], Setting::Wrapped);
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
        };
        let alike = |a: usize, b: usize| {
            let (a, b) = (self.titles[a].width, self.titles[b].width);
            (a - b).abs() <= TWINS * a.max(b)
        };
        for pair in inside.windows(2) {
            base.add_if(alike(pair[0], pair[1]), Signal::SubheadingTwin);
        }
        // A title that opens the text without being the headline is a subheading like the next.
        let twin = |opens: Option<&usize>| {
            let mut score = 0f32;
            let both = opens.zip(inside.first());
            score.add_if(both.is_some_and(|(a, b)| alike(*a, *b)), Signal::SubheadingTwin);
            score
        };
        // No headline; or the first titles before the text, those behind them being subheadings that
        // open it; or the last titles behind the text.
        let mut none = edge(&before) + edge(&after) + twin(before.last());
        none.add_if(body.is_none(), Signal::PictureAlone);
        let mut best = (none, 0, after.len());
        for (n, head) in (1..).zip(heads(&mut before.iter().copied())) {
            let mut score = head + edge(&after) + twin(before[n..].last());
            score.add(Signal::HeadlineBefore, self.habits.before);
            score.add(Signal::SubheadingInside, (before.len() - n) as f32);
            score.add(Signal::TitleParts, (before.len() - n) as f32);
            if score > best.0 {
                best = (score, n, after.len());
            }
        }
        // The layout has put what stands above a text before it; a headline beside the text, which runs the
        // other way, may come behind. And whoever writes a letter signs it below.
        let below = |t: &&usize| match self.habits.placed {
            true => self.titles[**t].upright == runs[tail_from].upright,
            false => self.habits.short && (!before.is_empty() || covered.titles[**t] < OF_THE_TEXT),
        };
        for (n, head) in heads(&mut after.iter().rev().copied()).into_iter().rev().enumerate() {
            let mut score = head + edge(&before) + edge(&after[..n]) + twin(before.last());
            score.add(Signal::HeadlineBelow, after[n..].iter().filter(below).count() as f32);
            if score > best.0 {
                best = (score, 0, n);
            }
        }
        if let Some(out) = out {
            let (_, heads, tail) = best;
            out.head = before[..heads].iter().chain(&after[tail..]).copied().collect();
            out.stray = if heads == 0 {
                before.iter().chain(&after[..tail]).copied().collect()
            } else {
                after[..tail].to_vec()
            };
            out.subheadings = inside;
            out.subheadings.extend(&before[heads..]);
            out.subheadings.extend(&after[..tail]);
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
