//! Articles of a page with boxes whose text says nothing of them: not one sentence ends in it, nor pauses. It
//! is a slide, a table of contents, a page of names, or in a script that nobody reads here. What belongs
//! together is then what the layout has together: everything stays in reading order, and a headline
//! that is set large opens an article.

use super::draft::Draft;
use super::{Part, Plan, heads, measure, size};
use crate::flow::{Cast, Composed};
use crate::press::Press;
use crate::role::Role;
use crate::source::Source;
use crate::text::class::{Class, class};

/// A text of sentences has a mark at their ends, or within them, in so many characters or fewer. In less text
/// than `LEAST` nothing is missed.
const CHARS_A_MARK: usize = 400;
const LEAST: usize = 40;

/// A headline is set larger than the running text by this factor.
const LARGE: f32 = 1.15;

/// True where a document's text has no marks that end or part sentences.
pub fn is_silent(source: &Source, composed: &Composed) -> bool {
    // Han take three bytes each; of other scripts more text is asked for.
    let chars: usize = composed.flow.lines.iter().map(|l| l.span.len()).sum::<usize>() / 3;
    let texts = composed.flow.lines.iter().map(|l| source.get(l.span));
    let marks = texts.flat_map(str::chars).filter(|c| matches!(class(*c), Class::Stop | Class::Pause));
    chars >= LEAST && marks.take(chars / CHARS_A_MARK + 1).count() <= chars / CHARS_A_MARK
}

/// The articles of a document in its reading order.
pub fn plan(source: &Source, composed: &Composed, drafts: &[Draft], press: &Press) -> Plan {
    let mut plan = Plan::default();
    let mut article: Vec<Part> = Vec::new();
    let part = |d: usize, role: Role| Part { role, lines: drafts[d].lines.clone(), margin: drafts[d].margin };
    let mut d = 0;
    while d < drafts.len() {
        match drafts[d].cast {
            Cast::Role(role) if role.is_furniture() => plan.furniture.push(part(d, role)),
            Cast::Role(role) => article.push(part(d, role)),
            Cast::Title => {
                let group = d..d + drafts[d..].iter().take_while(|next| next.cast == Cast::Title).count();
                let large = group.clone().any(|d| size(composed, &drafts[d]).is_some_and(|size| size >= LARGE));
                if large && !article.is_empty() {
                    plan.articles.push(std::mem::take(&mut article));
                }
                if article.is_empty() {
                    let titles: Vec<heads::Title> =
                        group.clone().map(|d| measure(source, composed, &drafts[d], press)).collect();
                    article.extend(group.clone().zip(heads::roles(&titles)).map(|(d, role)| part(d, role)));
                } else {
                    article.extend(group.clone().map(|d| part(d, Role::Subheading)));
                }
                d = group.end;
                continue;
            }
        }
        d += 1;
    }
    plan.articles.extend((!article.is_empty()).then_some(article));
    plan
}

#[cfg(test)]
mod tests {
    use crate::stage::drawn::{mended, umi};

    #[test]
    fn a_text_without_sentences_stays_in_its_order() {
        let text: Vec<char> = "春风夏雨秋霜冬雪山川河流日月星辰草木鸟兽东南西北".chars().collect();
        // A caption stands below a picture, and above the next headline.
        let drawn = [
            (22, 140.0, 100.0, 26.0),
            (30, 140.0, 130.0, 20.0),
            (5, 100.0, 160.0, 20.0),
            (4, 100.0, 190.0, 20.0),
            (12, 100.0, 220.0, 20.0),
            (12, 140.0, 440.0, 16.0),
            (9, 140.0, 485.0, 20.0),
            (30, 140.0, 515.0, 26.0),
            (12, 140.0, 560.0, 20.0),
        ];
        let char = |k: usize, j: usize| text[(k * 7 + j * 5 + j * j) % text.len()];
        let texts: Vec<String> =
            drawn.iter().enumerate().map(|(k, (length, ..))| (0..*length).map(|j| char(k, j)).collect()).collect();
        let lines: Vec<_> =
            texts.iter().zip(drawn).map(|(text, (_, x, y, size))| (text.as_str(), x, y, size)).collect();
        let document = mended(&umi(&lines));
        let mut blocks: Vec<_> = document.blocks().collect();
        blocks.sort_by_key(|b| b.order);
        let text: String = blocks.iter().map(|b| b.text(&document.source)).collect();
        assert_eq!(text.replace('\n', ""), texts.concat());
    }
}
