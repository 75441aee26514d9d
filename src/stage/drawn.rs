//! Pages for the stages' tests.

use crate::document::Document;
use crate::options::Options;

/// Two texts of sentences that share no word.
pub const FERRY: &str =
    "清溪区渡口服务站昨日正式启用，往来两岸的村民可以在站内办理船票、寄存行李，还能免费喝上一杯热茶。";
pub const WHEAT: &str =
    "眼下正是冬小麦越冬的时节，各地农技人员走进田间，指导农户清沟排水、中耕培土，确保来年夏粮丰收。";

/// Two texts of a newspaper before 1950.
pub const RICE: &str = "沿江各埠米價、自上週以來、逐日下落、川東新穀業已登場、船運來渝者、日有百餘艘、白河熟米每石已跌去三元有奇、\
                        月底以前、尙可再落一二元、惟運費稍昻、零售價格未能卽時隨減、";
pub const FIRE: &str = "石門車站貨棧、廿二日夜半突然起火、風勢甚猛、延燒二小時始熄、計焚去棉紗四十餘包、桐油三百桶、站屋三間、\
                        幸無死傷、起火原因、據站長報稱、係守夜工人遺落烟蒂所致云云";

/// Lines of fourteen ems of a dump that was split where marks were squeezed.
pub const SQUEEZED: &str = "孩子们在岸上唱着“春天来了”\n，风\n筝飞过了山又飞过了水到远方去\n他们把书（《春天来了》\n），\n\
                            放在桥头，\n“明天再读给我们听”\n。说着大家收起了风筝慢慢走回家\n";

/// A paragraph set in lines of some characters, its indent lost.
pub fn set(text: &str, measure: usize) -> String {
    set_in(text, measure, 2)
}

/// The same of print in which any character may begin a line, and paragraphs were set in by one.
pub fn set_without_kinsoku(text: &str, measure: usize) -> String {
    set_in(text, measure, 1)
}

fn set_in(text: &str, measure: usize, indent: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (first, rest) = chars.split_at(measure - indent);
    std::iter::once(first).chain(rest.chunks(measure)).map(|line| line.iter().collect::<String>() + "\n").collect()
}

/// A printed line: its text, its place, and the size of its type.
pub type Drawn<'a> = (&'a str, f32, f32, f32);

/// A page as Umi-OCR writes it.
pub fn umi(lines: &[Drawn]) -> String {
    let line = |(text, x, y, size): &Drawn| {
        let (end, foot) = (x + size * text.chars().count() as f32, y + size);
        format!(r#"{{"text":"{text}","score":1,"box":[[{x},{y}],[{end},{y}],[{end},{foot}],[{x},{foot}]]}}"#)
    };
    let lines: Vec<String> = lines.iter().map(line).collect();
    format!(r#"{{"code":100,"data":[{}]}}"#, lines.join(","))
}

/// What a page says, mended.
pub fn mended(page: &str) -> Document {
    let options = Options::default();
    crate::mend(crate::read(page.as_bytes(), None, &options).expect("the page is read"), &options)
}

/// For each of some words the number of the article that holds them, and the role of the block; furniture is of
/// none.
pub fn places<'a>(page: &str, words: &[&'a str]) -> Vec<(Option<usize>, &'static str)> {
    let document = mended(page);
    let articles =
        document.articles.iter().enumerate().flat_map(|(n, a)| a.blocks.iter().map(move |b| (Some(n + 1), b)));
    let all: Vec<_> = articles.chain(document.furniture.iter().map(|b| (None, b))).collect();
    let place = |words: &&'a str| {
        let (n, block) =
            all.iter().find(|(_, b)| b.text(&document.source).contains(words)).expect("the words are there");
        (*n, block.role.name())
    };
    words.iter().map(place).collect()
}
