//! Code points that stand in for another character.
//!
//! A font has one glyph for 日 and for the radical ⽇ (U+2F47). Programs that write PDF files, browsers among them,
//! look a glyph's code point up backward and take the lower one, so that their text says ⽇, ⼈ and ⻓ where the
//! page says 日, 人 and 长; what extracts the text copies it. And the marks of vertical text have forms with code
//! points of their own, ﹁ for 「 and ︒ for 。.
//!
//! The characters of radicals are those of Unicode's property `Equivalent_Unified_Ideograph`
//! (`EquivalentUnifiedIdeograph.txt`) as far as they have as many bytes in UTF-8. What has more is in no text that
//! a font mistook. Vertical forms stand for wide marks; Unicode's compatibility mapping (`<vertical>` in
//! `UnicodeData.txt`) has the narrow ones for some.

use super::class::class;
use super::continuity::model;
use super::language::Language;

/// U+2E80 to U+2EF3; `〓` where there is none.
const SUPPLEMENT: &str = "〓厂乛乚乙亻冂〓刀刂卜㔾小小兀尣尢〓巳幺彑〓忄心扌攵〓旡日月歺母民氵氺灬爫爫丬牛犭王〓目示礻〓糹纟罓罒㓁冗〓\
     羊〓〓耂肀聿肉〓艹艹艹虎衤覀西见角〓讠贝〓车辶辶辶邑钅長镸长门〓阝雨青韦页风飞食〓飠饣〓马骨鬼鱼鸟卤麦黄黾斉\
     齐歯齿竜龙龜亀龟";

/// U+2F00 to U+2FD5.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴\
     廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿\
     目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵\
     邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// What ⼾ (U+2F3E) is in traditional, simplified and Japanese script.
const DOORS: [&str; 3] = ["戶", "户", "戸"];

/// U+FE10 to U+FE19; U+FE31 to U+FE48, `〓` where the form is no mark's or none of as many bytes. U+FE30 is left out:
/// in Big5 it is a leader of two dots, and Taiwan writes it for a colon.
const VERTICAL: [&str; 2] = ["，、。：；！？〖〗…", "—–〓〓（）｛｝〔〕【】《》〈〉「」『』〓〓［］"];

/// The bytes that each of all these has.
const BYTES: usize = 3;

/// The characters that are meant by the code points of others, in one text.
#[derive(Debug, Clone, Copy)]
pub struct StandIns {
    language: Language,
    door: &'static str,
}

impl StandIns {
    /// Those of a text in some language. Which character a radical stands for may depend on its script.
    pub fn of(language: Language, text: &str) -> StandIns {
        let model = model(language, text);
        let likely = |door: &str| door.chars().map(|c| model.single(c)).sum::<f32>();
        let door = DOORS.into_iter().max_by(|a, b| likely(a).total_cmp(&likely(b))).unwrap_or(DOORS[0]);
        StandIns { language, door }
    }

    /// The character that a code point stands for, which has as many bytes in UTF-8; `None` where it stands for
    /// itself. What stands before it and behind it tells of some.
    ///
    /// ```
    /// use pagemend::text::{language::Language, stand_ins::StandIns};
    /// let stand_ins = StandIns::of(Language::Chinese, "⻓江⽇报");
    /// let meant = |c| stand_ins.meant(c, [None, None]);
    /// assert_eq!(meant('\u{2ed3}'), Some("长"));
    /// assert_eq!(meant('\u{2f47}'), Some("日"));
    /// assert_eq!(meant('\u{fe12}'), Some("。"));
    /// assert_eq!(meant('日'), None);
    /// ```
    pub fn meant(self, c: char, beside: [Option<char>; 2]) -> Option<&'static str> {
        let among = |text: &'static str, first: u32| nth(text, (c as u32 - first) as usize);
        let within_text = || beside.into_iter().flatten().any(|c| class(c).is_unspaced());
        match c {
            '\u{2f3e}' => Some(self.door),
            '\u{2e80}'..='\u{2ef3}' => among(SUPPLEMENT, 0x2e80),
            '\u{2f00}'..='\u{2fd5}' => among(KANGXI, 0x2f00),
            '\u{fe10}'..='\u{fe19}' => among(VERTICAL[0], 0xfe10),
            '\u{fe31}'..='\u{fe48}' => among(VERTICAL[1], 0xfe31),
            // Taiwan's middle dot; Japanese fonts have one glyph for it and for the katakana's.
            '\u{2027}' => (self.language == Language::Japanese && within_text()).then_some("・"),
            // The division slash, where bylines have the wide one.
            '\u{2215}' => within_text().then_some("／"),
            _ => None,
        }
    }
}

fn nth(text: &'static str, n: usize) -> Option<&'static str> {
    text.get(n * BYTES..(n + 1) * BYTES).filter(|text| *text != "〓")
}

/// True of the first bytes of a character that may stand for another; asked of every byte of a text.
#[inline]
pub fn may_stand_for_another(bytes: &[u8]) -> bool {
    match bytes {
        [0xe2, second, third, ..] => {
            *second >= 0xba || (*second, *third) == (0x80, 0xa7) || (*second, *third) == (0x88, 0x95)
        }
        [0xef, second, ..] => matches!(second, 0xb8 | 0xb9),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn each_has_as_many_bytes_as_its_character() {
        let stand_ins = StandIns::of(Language::Japanese, "");
        let meant = |c| stand_ins.meant(c, [Some('の'), None]);
        let mut count = 0;
        for (c, text) in ('\0'..='\u{ffff}').filter_map(|c| Some((c, meant(c)?))) {
            assert_eq!((text.chars().count(), text.len()), (1, c.len_utf8()), "{c}");
            assert!(may_stand_for_another(c.to_string().as_bytes()), "{c}");
            count += 1;
        }
        assert_eq!(count, 346);
        let ends = ['\u{2f00}', '\u{2fd5}', '\u{2e81}', '\u{2ef3}'].map(meant);
        assert_eq!(ends, ["一", "龠", "厂", "龟"].map(Some));
        let ends = ['\u{fe10}', '\u{fe19}', '\u{fe31}', '\u{fe48}'].map(meant);
        assert_eq!(ends, ["，", "…", "—", "］"].map(Some));
    }

    /// Where Unicode's form KC has a Han character for a radical, it is that one.
    #[test]
    fn radicals_are_what_unicode_says() {
        let stand_ins = StandIns::of(Language::Chinese, "");
        let folded = ('\u{2e80}'..='\u{2fdf}').map(|c| (c, c.nfkc().collect::<String>()));
        let told: Vec<_> = folded.filter(|(c, text)| *c != '\u{2f3e}' && *text != c.to_string()).collect();
        assert_eq!(told.len(), 215);
        for (c, text) in told {
            assert_eq!(stand_ins.meant(c, [None, None]), Some(text.as_str()), "{c}");
        }
    }

    #[test]
    fn what_is_meant_may_depend_on_the_language() {
        let door = |language, text| StandIns::of(language, text).meant('\u{2f3e}', [None, None]);
        assert_eq!(door(Language::Chinese, "农⼾积极发展经济"), Some("户"));
        assert_eq!(door(Language::Chinese, "農⼾積極發展經濟"), Some("戶"));
        assert_eq!(door(Language::Japanese, "江⼾時代"), Some("戸"));
        let dot = |language| StandIns::of(language, "").meant('‧', [Some('タ'), None]);
        assert_eq!((dot(Language::Japanese), dot(Language::Chinese)), (Some("・"), None));
    }
}
