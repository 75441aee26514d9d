//! Small documents of several pages, drawn here.

use crate::evidence::DecisionKind;
use crate::write::{Format, to_string};
use crate::{Document, Options, audit};

fn mend(text: &str) -> Document {
    let options = Options::default();
    let document = crate::mend(crate::read(text.as_bytes(), None, &options).expect("text is read"), &options);
    assert_eq!(audit::audit(&document), Ok(()));
    document
}

/// The texts of the article that holds some words, with their roles.
fn article(document: &Document, words: &str) -> Vec<(String, String)> {
    let text = |b: &crate::document::Block| (b.role.to_string(), b.text(&document.source));
    let mut articles = document.articles.iter().map(|a| a.blocks.iter().map(text).collect::<Vec<_>>());
    articles.find(|a| a.iter().any(|(_, text)| text.contains(words))).expect("the words stand somewhere")
}

fn shows(document: &Document, words: &str, expected: &[(&str, &str)]) {
    let found = article(document, words);
    let found: Vec<(&str, &str)> = found.iter().map(|(role, text)| (role.as_str(), text.as_str())).collect();
    assert_eq!(found, expected, "\n{}", to_string(document, Format::Tagged));
}

/// What is doubted of jump lines: the page that each names, the page where it stands, and why.
fn doubts(document: &Document) -> Vec<(String, u32, &'static str)> {
    let mut locator = document.source.locator();
    let jumps = document.doubts().filter(|d| d.kind == DecisionKind::Jump);
    jumps.map(|d| (d.names.map(|n| n.to_string()).unwrap_or_default(), locator.place(d.at).page, d.chosen)).collect()
}

const HANS: &str = "1版
全市统一部署老旧小区改造工程
本报讯（记者 李建国）昨日，记者从市住建局获悉，
今年全市计划改造老旧小区一百二十个，涉及居民三
万余户。改造内容包括屋面防水、外墙保温、管网更
新等，资金由市区两级财政分担，部分居民反映水
（下转第二版）

中学生足球联赛本周开赛
本报讯（记者 王晓燕）中学生足球联赛将于本周六
开赛，共有二十四支球队报名参加，比赛在市体育
场举行，门票免费向市民开放。
\u{c}2版
老旧小区改造
（上接第一版）
管老化严重，希望尽快更换。施工单位表示，管网更
新将在汛期之前全部完成，小区居民可以通过业主群
了解工程进度。

图书馆新馆下月开放
本报讯（记者 陈思远）市图书馆新馆将于下月一日
开放，新馆藏书八十万册，设有阅览座位两千个，
读者凭身份证即可办理借阅手续。
";

#[test]
fn a_sentence_goes_on_on_the_next_page() {
    let document = mend(HANS);
    shows(
        &document,
        "今年全市计划",
        &[
            ("headline", "全市统一部署老旧小区改造工程"),
            (
                "paragraph",
                "本报讯（记者 李建国）昨日，记者从市住建局获悉，今年全市计划改造老旧小区一百二十个，涉及居民三万余户。改造内容包括屋面防水、外墙保温、管网更新等，资金由市区两级财政分担，部分居民反映水管老化严重，希望尽快更换。施工单位表示，管网更新将在汛期之前全部完成，小区居民可以通过业主群了解工程进度。",
            ),
            ("jump", "（下转第二版）"),
            ("subheading", "老旧小区改造"),
            ("jump", "（上接第一版）"),
        ],
    );
    assert!(doubts(&document).is_empty());
    assert_eq!(document.articles.len(), 3, "\n{}", to_string(&document, Format::Tagged));
    let json: serde_json::Value = serde_json::from_str(&to_string(&document, Format::Json)).unwrap();
    assert!(jsonschema::validator_for(&crate::write::schema()).unwrap().is_valid(&json));
}

#[test]
fn jump_lines_on_lines_of_text_are_parted_from_it() {
    let text = HANS.replace("反映水\n（下转", "反映水（下转").replace("（上接第一版）\n", "（上接第一版）");
    let document = mend(&text);
    let found = article(&document, "今年全市计划");
    assert_eq!(found.len(), 5, "\n{}", to_string(&document, Format::Tagged));
    assert!(found[1].1.contains("部分居民反映水管老化严重"), "{found:?}");
    assert_eq!(found[2], ("jump".to_owned(), "（下转第二版）".to_owned()));
    assert_eq!(found[4], ("jump".to_owned(), "（上接第一版）".to_owned()));
}

#[test]
fn what_is_printed_on_the_page_counts() {
    // The pages are the fifth and sixth of the issue.
    let text = HANS.replace("1版\n", "5版\n").replace("\u{c}2版", "\u{c}6版");
    let moved = text.replace("下转第二版", "下转第六版").replace("上接第一版", "上接第五版");
    assert_eq!(mend(&moved).articles.len(), 3);
    let document = mend(&text);
    assert_eq!(document.articles.len(), 4);
    let no_such_page = "unresolved: the document has no such page";
    assert_eq!(doubts(&document), [("2".to_owned(), 1, no_such_page), ("1".to_owned(), 2, no_such_page)]);
}

#[test]
fn one_side_alone_joins_nothing() {
    let document = mend(&HANS.replace("（上接第一版）\n", ""));
    assert_eq!(doubts(&document), [("2".to_owned(), 1, "unresolved: nothing on that page comes from here")]);
    let json: serde_json::Value = serde_json::from_str(&to_string(&document, Format::Json)).unwrap();
    assert!(jsonschema::validator_for(&crate::write::schema()).unwrap().is_valid(&json));
    let doubts = json["doubts"].as_array().unwrap();
    let jump = doubts.iter().find(|d| d["kind"] == "jump").unwrap();
    assert_eq!((jump["names"].as_str(), jump["at"]["page"].as_u64()), (Some("2"), Some(1)));
}

#[test]
fn sides_that_contradict_each_other_join_nothing() {
    let document = mend(&HANS.replace("上接第一版", "上接第四版"));
    assert_eq!(document.articles.len(), 4);
    let found = doubts(&document);
    assert_eq!(found[0], ("2".to_owned(), 1, "unresolved: what stands on that page names another"));
    assert_eq!(found[1], ("4".to_owned(), 2, "unresolved: the document has no such page"));
}

#[test]
fn a_single_page_is_as_it_was() {
    let page = HANS.split('\u{c}').next().unwrap().replace("部分居民反映水\n", "部分居民反映较好。\n");
    let document = mend(&page);
    assert!(doubts(&document).is_empty());
    assert!(article(&document, "今年全市计划").contains(&("jump".to_owned(), "（下转第二版）".to_owned())));
}

/// A text whose second half stands on another page.
const BRIDGE: &str = "1版
长江大桥加固工程启动
本报讯（记者 李建国）长江大桥加固工程昨日启动，
施工期间大桥单向通行，桥面荷载受到限制，钢梁和
桥墩将分段加固。
（下转第二版）
";

#[test]
fn words_tell_two_halves_on_one_page_apart() {
    let document = mend(&format!(
        "{BRIDGE}
小麦良种推广取得进展
本报讯（记者 王晓燕）今年小麦良种推广面积达到
二十万亩，农技人员深入田间指导农户播种，小麦亩
产有望提高一成。
（下转第二版）
\u{c}2版
（上接第一版）
农技人员说，小麦良种抗病能力强，农户播种时要注
意土壤墒情。今后良种推广还将覆盖全部乡镇，小麦
种植保险同步实施。

（上接第一版）
大桥加固期间，过江车辆请绕行二桥。桥墩加固完成
之后，钢梁更换随即开始，桥面荷载限制将在年底取
消。
"
    ));
    let bridge = article(&document, "长江大桥加固工程昨日");
    assert!(bridge.iter().any(|(_, text)| text.contains("过江车辆")), "\n{}", to_string(&document, Format::Tagged));
    let wheat = article(&document, "今年小麦良种");
    assert!(wheat.iter().any(|(_, text)| text.contains("土壤墒情")), "\n{}", to_string(&document, Format::Tagged));
    assert_eq!(document.articles.len(), 2);
}

#[test]
fn a_chain_over_three_pages() {
    let document = mend(&format!(
        "{BRIDGE}\u{c}2版
（上接第一版）
大桥加固期间，过江车辆请绕行二桥。桥墩加固完成
之后，钢梁更换随即开始，桥面荷载限制将在年底取
消。
（下转第三版）
\u{c}3版
（上接第二版）
大桥建成已有四十年，钢梁锈蚀严重。加固工程完成
之后，大桥可以继续使用三十年。
"
    ));
    assert_eq!(document.articles.len(), 1, "\n{}", to_string(&document, Format::Tagged));
    let roles: Vec<String> = article(&document, "昨日启动").into_iter().map(|(role, _)| role).collect();
    let expected = ["headline", "paragraph", "jump", "jump", "paragraph", "jump", "jump", "paragraph"];
    assert_eq!(roles, expected);
    assert!(doubts(&document).is_empty());
    let order: Vec<u32> = document.articles[0].blocks.iter().map(|b| b.order).collect();
    assert!(order.is_sorted());
}

#[test]
fn two_that_point_at_each_other_make_no_circle() {
    let half = |out: &str, into: &str| {
        format!("（上接第{into}版）\n大桥建成已有四十年，钢梁锈蚀严重，需要加固。\n（下转第{out}版）\n")
    };
    let document = mend(&format!("{}\u{c}{}", half("二", "二"), half("一", "一")));
    assert_eq!(document.articles.len(), 1, "\n{}", to_string(&document, Format::Tagged));
    assert_eq!(doubts(&document).len(), 2);
}

#[test]
fn traditional_chinese() {
    let document = mend(
        "A1
市府推動老屋更新計畫
〔記者林雅婷／台北報導〕市府昨日宣布推動老屋更
新計畫，預計三年內協助五百棟老屋整修，住戶可以
申請補助，市長強調安全是首要考量。
（文轉A2版）
\u{c}A2
老屋更新計畫
（文接A1版）
都發局指出，老屋更新計畫的補助上限為五百萬元，
住戶須有半數以上同意才能申請，整修期間市府提供
租金補貼。
",
    );
    let found = article(&document, "市府昨日宣布");
    let roles: Vec<&str> = found.iter().map(|(role, _)| role.as_str()).collect();
    assert_eq!(roles, ["headline", "paragraph", "jump", "subheading", "jump", "paragraph"], "{found:?}");
    assert!(doubts(&document).is_empty());
}

#[test]
fn japanese() {
    let document = mend(
        "1面
駅前再開発、来春に着工
【東京＝高橋美咲】市は五日、駅前の再開発事業に
来春着工すると発表した。地上二十階建ての複合ビ
ルを建設し、商業施設や図書館が入る計画で、市長
は「街のにぎわいを取り戻したい」と
（２面に続く）
\u{c}2面
駅前再開発
（１面から続く）
話した。総事業費は百二十億円で、完成は四年後を
見込む。地元の商店街は再開発の期間中の客足を心
配している。
",
    );
    let found = article(&document, "市は五日");
    let roles: Vec<&str> = found.iter().map(|(role, _)| role.as_str()).collect();
    assert_eq!(roles, ["headline", "paragraph", "jump", "subheading", "jump"], "{found:?}");
    assert!(found[1].1.contains("取り戻したい」と話した。"), "{found:?}");
}

#[test]
fn korean() {
    let document = mend(
        "1면
구도심 재개발 내년 봄 착공
(서울=연합) 박지훈 기자 = 시는 5일 구도심 재개
발 사업을 내년 봄에 착공한다고 밝혔다. 지상 20층
규모의 복합 건물에 상가와 도서관이 들어설 예정이
며, 시장은 거리의 활기를 되찾겠다고
☞ 3면에 계속
\u{c}2면
시립 미술관 새 전시
시립 미술관이 새 전시를 연다. 지역 작가 열 명의
작품 오십 점을 선보인다.
\u{c}3면
▶1면에서 계속
강조했다. 구도심 재개발 사업비는 모두 1200억 원이
며 완공까지 4년이 걸린다. 상인들은 재개발 기간에
손님이 줄어들까 걱정하고 있다.
",
    );
    let found = article(&document, "시는 5일");
    let roles: Vec<&str> = found.iter().map(|(role, _)| role.as_str()).collect();
    assert_eq!(roles, ["headline", "paragraph", "jump", "jump"], "{found:?}\n{}", to_string(&document, Format::Tagged));
    assert!(found[1].1.contains("되찾겠다고 강조했다."), "{found:?}");
}
