//! Settles the account: makes blocks of the planned lines, and gives every byte of the input its
//! place, in a piece or among the dropped.

use super::articles::{Part, Plan};
use crate::document::{Article, Block, Document, Dropped, Fragment, PageInfo, Piece, Put};
use crate::evidence::{Trace, confidence};
use crate::flow::{Composed, Edit, Flow, Line, Needs};
use crate::geometry::Rect;
use crate::page::Page;
use crate::role::Role;
use crate::rule::Rule;
use crate::source::{Source, Span};
use crate::text::class::{Class, class};
use crate::text::joining::{Edge, Joint, joint};
use crate::text::language::Language;
use crate::text::vocabulary::Vocabulary;

/// Makes the document.
pub fn settle(
    source: Source,
    pages: &[Page],
    edits: &[Edit],
    composed: &Composed,
    plan: Plan,
    language: Language,
    trace: Trace,
) -> Document {
    let flow = &composed.flow;
    let vocabulary = match language {
        Language::Korean => Vocabulary::of(flow.lines.iter().map(|l| source.get(l.span))),
        _ => Vocabulary::default(),
    };
    let mut account = Account {
        source: &source,
        pages,
        flow,
        gaps: gaps(&source, flow, &plan.parted),
        edits,
        vocabulary,
        // A dump that drops the space at a line's end drops it everywhere.
        keeps_spaces: flow.lines.iter().filter(|l| l.trailing).count() * 8 > flow.lines.len(),
        language,
        claimed: vec![false; flow.lines.len()],
        dropped: flow.left_out.clone(),
    };
    let mut articles: Vec<Article> = Vec::with_capacity(plan.articles.len());
    for parts in &plan.articles {
        articles.push(Article { blocks: parts.iter().map(|p| account.block(p)).collect() });
    }
    let mut furniture: Vec<Block> = plan.furniture.iter().map(|p| account.block(p)).collect();
    account.drop_the_rest();
    let mut dropped = account.dropped;
    dropped.sort_unstable();
    number(&mut articles, &mut furniture);
    let mut decisions = trace.decisions;
    decisions.sort_by_key(|d| d.at);
    let pages = pages.iter().map(|p| PageInfo { number: p.number, size: p.size }).collect();
    Document { source, pages, articles, furniture, dropped, decisions }
}

/// Gives every block its place in the reading order: articles as they stand, furniture where the
/// flow had it. What a block's `order` holds before is the number of its first line in the flow.
fn number(articles: &mut [Article], furniture: &mut [Block]) {
    // Headline groups, bylines and captions may come from elsewhere on the page; the text between them says
    // where the reader is.
    let is_text = |b: &Block| {
        !matches!(
            b.role,
            Role::Kicker | Role::Headline | Role::Subheadline | Role::Byline | Role::Caption | Role::Credit
        )
    };
    let text = |a: &Article| a.blocks.iter().find(|b| is_text(b)).map(|b| b.order);
    // The part of an article that stands behind a jump line is read before what follows on the first
    // page, and that page's furniture with what follows.
    let mut ahead = vec![u32::MAX; articles.len()];
    for a in (1..articles.len()).rev() {
        ahead[a - 1] = text(&articles[a]).unwrap_or(u32::MAX).min(ahead[a]);
    }
    let (mut order, mut next, mut here) = (0, 0, 0);
    for (article, ahead) in articles.iter_mut().zip(ahead) {
        // A headline that stands before its text, and behind the text before, says so too.
        let mut text_next = u32::MAX;
        let mut tells = vec![false; article.blocks.len()];
        for (block, tells) in article.blocks.iter().zip(&mut tells).rev() {
            *tells = is_text(block) || block.order < text_next;
            text_next = if is_text(block) { block.order } else { text_next };
        }
        for (block, tells) in article.blocks.iter_mut().zip(tells) {
            if tells && (is_text(block) || block.order >= here) {
                here = here.max(block.order);
                while next < furniture.len() && furniture[next].order < block.order.min(ahead) {
                    furniture[next].order = order;
                    order += 1;
                    next += 1;
                }
            }
            block.order = order;
            order += 1;
        }
    }
    for block in &mut furniture[next..] {
        block.order = order;
        order += 1;
    }
}

struct Account<'a> {
    source: &'a Source,
    pages: &'a [Page],
    flow: &'a Flow,
    /// The white space behind each line, up to what is next in the input.
    gaps: Vec<Span>,
    edits: &'a [Edit],
    vocabulary: Vocabulary,
    keeps_spaces: bool,
    language: Language,
    /// Lines that stand in a block whose next line follows at once, so that the break behind them is
    /// settled.
    claimed: Vec<bool>,
    dropped: Vec<Dropped>,
}

impl Account<'_> {
    fn block(&mut self, part: &Part) -> Block {
        let mut pieces = Vec::with_capacity(part.lines.len() * 2);
        let mut fragments = Vec::with_capacity(part.lines.len());
        for (n, &i) in part.lines.iter().enumerate() {
            let line = &self.flow.lines[i];
            fragments.push(Fragment { span: line.span, partial: self.is_partial(i), rect: self.rect(line) });
            let mut span = line.span;
            let mut tail = None;
            if let Some(&next) = part.lines.get(n + 1) {
                match self.seam(part.role, i, next) {
                    Seam::Nothing => {}
                    Seam::Put(text, rule) => tail = Some((text, rule)),
                    Seam::Hyphen => {
                        span.end -= 1;
                        self.dropped
                            .push(Dropped { span: Span { start: span.end, end: span.end + 1 }, rule: Rule::Hyphen });
                    }
                }
            }
            // Repairs look at neighbours in the flow.
            let wrapped = |from: usize, to: usize| from + 1 == to;
            let joined = Needs {
                before: n > 0 && wrapped(part.lines[n - 1], i),
                after: part.lines.get(n + 1).is_some_and(|&next| wrapped(i, next)),
            };
            self.line(span, joined, &mut pieces);
            if n + 1 < part.lines.len() {
                self.wrap(i, tail, &mut pieces);
            }
        }
        let order = part.lines.first().map_or(0, |i| *i as u32);
        Block { role: part.role, order, fragments, pieces, confidence: confidence(part.margin) }
    }

    /// Where a line stands as the file states it, whatever a stage made of its box.
    fn rect(&self, line: &Line) -> Option<Rect> {
        line.rect?;
        let page = self.pages.binary_search_by_key(&line.page, |p| p.number).ok()?;
        let runs = &self.pages[page].runs;
        let own = runs[runs.partition_point(|r| r.span.end <= line.span.start)..].iter();
        own.take_while(|r| r.span.start < line.span.end).filter_map(|r| r.rect).reduce(Rect::union)
    }

    /// The pieces of one line, its repairs made: those that rely on no more than the neighbours with
    /// which it is `joined`.
    fn line(&mut self, span: Span, joined: Needs, pieces: &mut Vec<Piece>) {
        let mut at = span.start;
        let first = self.edits.partition_point(|e| e.from.start < span.start);
        for edit in self.edits[first..].iter().take_while(|e| e.from.end <= span.end) {
            if edit.needs.before && !joined.before || edit.needs.after && !joined.after {
                continue;
            }
            if edit.from.start > at {
                pieces.push(Piece { from: Span { start: at, end: edit.from.start }, put: Put::Same });
            }
            match edit.put {
                Some(text) => pieces.push(Piece { from: edit.from, put: Put::Other { text, rule: edit.rule } }),
                None => self.dropped.push(Dropped { span: edit.from, rule: edit.rule }),
            }
            at = edit.from.end;
        }
        if at < span.end {
            pieces.push(Piece { from: Span { start: at, end: span.end }, put: Put::Same });
        }
    }

    /// What stands between two lines of one block.
    fn seam(&self, role: Role, a: usize, b: usize) -> Seam {
        let (before, after) = (&self.flow.lines[a], &self.flow.lines[b]);
        // Korean dumps may keep the space at which a line was broken; on a page with boxes a line begins
        // a little further in or out as it likes.
        let spaced = before.trailing
            || a + 1 == b && after.spaced
            || self.flow.keeps_eojeol
            || after.rect.is_none() && after.indent > 0.0 && after.indent < 0.8;
        let edge = match (spaced, self.keeps_spaces) {
            (true, _) => Edge::Spaced,
            (false, true) => Edge::Bare,
            (false, false) => Edge::Unknown,
        };
        if role == Role::Table {
            return Seam::Put("\t", Rule::Cell);
        }
        let (head, tail) = (self.source.get(before.span), self.source.get(after.span));
        match joint(head, tail, edge, self.language, &self.vocabulary) {
            // A word that was broken at the line's end is one word in verse too.
            Joint::DropHyphen => Seam::Hyphen,
            _ if role == Role::Verse => Seam::Put("\n", Rule::Wrap),
            Joint::Tight => Seam::Nothing,
            Joint::Space => Seam::Put(" ", Rule::WrapSpace),
        }
    }

    /// Settles what lies behind line `a` where its block goes on: the first line break stands for the
    /// seam, or the room between two columns where there is none; everything else is left out.
    fn wrap(&mut self, a: usize, mut put: Option<(&'static str, Rule)>, pieces: &mut Vec<Piece>) {
        self.claimed[a] = true;
        let gap = self.stretches(self.gaps[a]);
        let breaks = gap.iter().any(|(_, kind)| *kind == Class::Break);
        let mut broke = false;
        for (span, kind) in gap {
            let stands = if breaks { kind == Class::Break } else { kind == Class::Space };
            if stands
                && !broke
                && let Some((text, rule)) = put.take()
            {
                let same = self.source.get(span) == text;
                pieces.push(Piece { from: span, put: if same { Put::Same } else { Put::Other { text, rule } } });
                broke = true;
                continue;
            }
            let rule = left_out(self.source.get(span), kind, broke, breaks, Rule::Wrap);
            broke |= kind == Class::Break;
            self.dropped.push(Dropped { span, rule });
        }
        if let Some((text, rule)) = put {
            let end = self.flow.lines[a].span.end;
            pieces.push(Piece { from: Span { start: end, end }, put: Put::Other { text, rule } });
        }
    }

    /// True where line `i` has its line of the input not for itself.
    fn is_partial(&self, i: usize) -> bool {
        let line = &self.flow.lines[i];
        let text = &self.source.text;
        let blank = |c: &char| matches!(class(*c), Class::Space | Class::Control);
        let before = text[..line.span.start as usize].chars().rev().find(|c| !blank(c));
        let behind = text[line.span.end as usize..].chars().find(|c| !blank(c));
        [before, behind].into_iter().flatten().any(|c| class(c) != Class::Break)
    }

    /// Drops the white space between blocks, before the first and behind the last.
    fn drop_the_rest(&mut self) {
        let first = self.flow.lines.iter().map(|l| l.span.start).min().unwrap_or(self.source.text.len() as u32);
        self.drop_gap(Span { start: 0, end: first }, true);
        for i in 0..self.flow.lines.len() {
            if !self.claimed[i] {
                self.drop_gap(self.gaps[i], false);
            }
        }
    }

    /// The white space of a gap, parted by its kinds; text in it that is left out has its place already.
    fn stretches(&self, gap: Span) -> Vec<(Span, Class)> {
        let text = &self.flow.left_out;
        let from = |at: u32| text.partition_point(|d| d.span.start < at);
        let within = text[from(gap.start)..from(gap.end)].iter().map(|d| d.span);
        let mut out = Vec::new();
        let mut start = gap.start;
        for text in within {
            stretches(self.source, Span { start, end: text.start }, &mut out);
            start = text.end;
        }
        stretches(self.source, Span { start, end: gap.end }, &mut out);
        out
    }

    fn drop_gap(&mut self, gap: Span, mut broke: bool) {
        let gap = self.stretches(gap);
        let breaks = broke || gap.iter().any(|(_, kind)| *kind == Class::Break);
        let last = gap.last().map(|(span, _)| span.end as usize);
        let breaks = breaks || last == Some(self.source.text.len());
        for (span, kind) in gap {
            let rule = left_out(self.source.get(span), kind, broke, breaks, Rule::LineBreak);
            broke |= kind == Class::Break;
            self.dropped.push(Dropped { span, rule });
        }
    }
}

/// The white space behind each line of a flow, whatever its order. Where a jump line was `parted` from
/// the text before it, the text has what stands behind both.
fn gaps(source: &Source, flow: &Flow, parted: &[(usize, usize)]) -> Vec<Span> {
    let mut by_source: Vec<usize> = (0..flow.lines.len()).collect();
    by_source.sort_by_key(|i| flow.lines[*i].span);
    let mut gaps = vec![Span { start: 0, end: 0 }; flow.lines.len()];
    for (n, &i) in by_source.iter().enumerate() {
        let next = by_source.get(n + 1).map_or(source.text.len() as u32, |j| flow.lines[*j].span.start);
        gaps[i] = Span { start: flow.lines[i].span.end, end: next };
    }
    for &(text, jump) in parted {
        gaps.swap(text, jump);
    }
    gaps
}

/// The rule by which a stretch between two lines is left out. `broke` says that a line break stood before
/// it in the gap, `breaks` that one stands anywhere in it; the first one goes by the rule `first`.
fn left_out(text: &str, kind: Class, broke: bool, breaks: bool, first: Rule) -> Rule {
    match kind {
        Class::Break if text == "\u{c}" => Rule::PageBreak,
        Class::Break if broke => Rule::BlankLine,
        Class::Break => first,
        Class::Control => Rule::Control,
        _ if !breaks => Rule::Gutter,
        _ if broke => Rule::Indent,
        _ => Rule::TrailingSpace,
    }
}

enum Seam {
    Nothing,
    Put(&'static str, Rule),
    Hyphen,
}

/// White space parted into line breaks (CR LF is one), form feeds, other space and controls.
fn stretches(source: &Source, gap: Span, out: &mut Vec<(Span, Class)>) {
    let text = source.get(gap);
    for (at, c) in text.char_indices() {
        let start = gap.start + at as u32;
        let end = start + c.len_utf8() as u32;
        let kind = class(c);
        match out.last_mut() {
            Some((span, last))
                if *last == kind
                    && span.end == start
                    && (kind != Class::Break || c == '\n' && text.as_bytes()[at - 1] == b'\r') =>
            {
                span.end = end
            }
            _ => out.push((Span { start, end }, kind)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::stage::drawn::{mended, umi};

    #[test]
    fn furniture_comes_where_it_stands_in_a_document_of_lists_too() {
        let one = "一、清沟排水，田间不得积水。\n二、中耕培土，防止麦苗受冻。\n三、查苗补种，缺苗的补齐。";
        let two = "四、追施腊肥，每亩十五公斤。\n五、防治病虫，早发现早防治。\n六、压麦保墒，旱地尤其要紧。";
        let document = mended(&format!("{one}\n\n第 3 页\n\u{c}{two}\n\n第 4 页\n"));
        let mut blocks: Vec<_> = document.blocks().collect();
        blocks.sort_by_key(|b| b.order);
        let roles: Vec<&str> = blocks.iter().map(|b| b.role.name()).collect();
        let page = ["list", "list", "list", "page-number"];
        assert_eq!(roles, [page, page].concat());
    }

    #[test]
    fn furniture_comes_where_it_stands_among_headings() {
        let place = |n: usize| 100.0 + 60.0 * n as f32;
        let texts = ["清沟排水防积水", "中耕培土防冻害", "查苗补种要及时", "第 3 页", "追施腊肥十五公斤"];
        let lines: Vec<_> = texts.iter().enumerate().map(|(n, t)| (*t, 100.0, place(n), 20.0)).collect();
        let document = mended(&umi(&lines));
        let mut blocks: Vec<_> = document.blocks().collect();
        blocks.sort_by_key(|b| b.order);
        let roles: Vec<&str> = blocks.iter().map(|b| b.role.name()).collect();
        assert_eq!(roles, ["headline", "page-number", "subheadline"]);
    }
}
