//! Advertisements among text: without kinsoku a newspaper punctuates what it tells, and not what it is paid to print.
//!
//! ```text
//! 光華眼科醫院
//! 張錫祺醫師
//! 法租界環龍路一五六一五八
//! 電話七五六三四
//! ```
//!
//! Today's advertisements are pictures, and texts without marks are lists or verse.

use crate::flow::Flow;
use crate::press::Press;
use crate::source::Source;
use crate::text::class::{Class, class};

/// Fewer characters between two blank lines may be titles.
const FEWEST: usize = 30;

/// So many have one mark at the most; of news every tenth is one.
const MARKED: usize = 40;

/// For each line, whether it stands in one: between two blank lines, where few marks are and words of advertisements.
pub fn advertisements(source: &Source, flow: &Flow, press: &Press) -> Vec<bool> {
    let mut found = vec![false; flow.lines.len()];
    if !flow.without_kinsoku {
        return found;
    }
    let mut start = 0;
    for frame in flow.lines.chunk_by(|a, b| !b.is_parted_from(a)) {
        let texts = || frame.iter().map(|line| source.get(line.span));
        let count = |counts: fn(char) -> bool| texts().flat_map(str::chars).filter(|c| counts(*c)).count();
        let chars = count(|c| class(c) != Class::Space);
        let marks = count(|c| matches!(class(c), Class::Stop | Class::Pause));
        let paid = chars >= FEWEST && marks * MARKED <= chars && texts().any(|text| press.advertises(text));
        found[start..start + frame.len()].fill(paid);
        start += frame.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::stage::drawn::{FIRE, RICE, places, set_without_kinsoku};

    const PAID: &str = "光華眼科\n醫院\n張錫祺醫師主治各種眼病\n院址法租界環龍路一五六號\n電話七五六三四\n";

    /// The roles of a few words of news, and of what stands behind it.
    fn roles(behind: &str) -> Vec<&'static str> {
        let page = [RICE, FIRE].map(|text| set_without_kinsoku(&text.repeat(2), 8)).join("\n");
        let found = places(&format!("{page}\n{behind}\n{page}"), &["白河熟米", "眼科", "環龍路"]);
        found.into_iter().map(|(_, role)| role).collect()
    }

    #[test]
    fn what_has_no_marks_where_all_text_has_is_paid_for() {
        assert_eq!(roles(PAID), ["paragraph", "advertisement", "advertisement"]);
        let told = PAID.replace('\n', "、\n");
        let of_nobody = PAID.replace("醫院", "同仁").replace("醫師", "先生").replace("電話", "字號");
        let short = PAID.replace("各種眼病", "").replace("七五六三四", "");
        for other in [told, of_nobody, short] {
            assert!(!roles(&other).contains(&"advertisement"), "{other}");
        }
    }

    #[test]
    fn today_a_notice_without_marks_is_text() {
        let page = format!("清溪渡口服务站昨日启用，\n往来两岸的村民可在站内办\n理船票、寄存行李。\n\n{PAID}");
        assert!(places(&page, &["眼科", "環龍路"]).iter().all(|(_, role)| *role != "advertisement"));
    }
}
