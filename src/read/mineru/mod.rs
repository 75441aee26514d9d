//! What MinerU writes: `middle.json`, which has the recognised lines with their boxes, and
//! `content_list.json` in two versions, which has blocks alone.
//!
//! A block's box is its region's: text without lines has no box of its own.

mod list;
mod middle;

use super::Input;
use super::json::{self, Sketch};
use crate::error::Error;
use crate::role::Role;
use crate::source::File;
use serde_json::Value;

/// True where the text begins as one of MinerU's files does.
pub fn is_mineru(head: &str) -> bool {
    let is_list = |s: &Sketch| {
        let of_list = ["page_idx", "text_level", "img_path", "image_caption", "table_caption", "table_body"];
        let first = s.shape().starts_with("[{k") && s.has_any(&of_list);
        s.has_all(&["type"]) && (first || (s.shape().starts_with("[[{k") && s.has_all(&["content", "bbox"])))
    };
    Sketch::of(head).is_some_and(|s| s.has_any(&["pdf_info", "preproc_blocks", "para_blocks"]) || is_list(&s))
}

/// Reads any of the three.
///
/// # Errors
/// Where the text is no such JSON; the message names line and column.
pub fn mineru(text: &str, file: File) -> Result<Input, Error> {
    json::read(text, file, |value, out, warnings| match value {
        Value::Array(items) if items.iter().any(Value::is_array) => list::pages(items, out),
        Value::Array(items) => list::list(items, out),
        _ => middle::middle(value, out, warnings),
    })
}

/// What MinerU says a block, or a part of one, is; a title of the first level, or of none, is a
/// headline.
fn role(kind: &str, level: Option<u64>) -> Option<Role> {
    Some(match kind {
        "title" if level.is_none_or(|level| level <= 1) => Role::Headline,
        "title" => Role::Subheading,
        "text" | "paragraph" | "vertical_text" | "abstract" => Role::Paragraph,
        "image_caption" | "img_caption" | "table_caption" | "chart_caption" | "code_caption" => Role::Caption,
        // What stands below a picture's caption is part of what is said of the picture.
        "image_footnote" | "img_footnote" | "chart_footnote" => Role::Caption,
        "table_footnote" | "page_footnote" => Role::Footnote,
        "list" | "ref_text" => Role::List,
        "table" | "table_body" => Role::Table,
        "header" | "page_header" => Role::RunningHead,
        "page_number" => Role::PageNumber,
        "footer" | "page_footer" | "aside_text" | "page_aside_text" => Role::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Input {
        assert!(is_mineru(text), "{text}");
        mineru(text, File { path: None, format: "mineru", encoding: "UTF-8" }).unwrap()
    }

    /// Page, line, text, whether it has a box, role of the region.
    fn runs(input: &Input) -> Vec<(u32, u32, &str, bool, Option<Role>)> {
        let mut out = Vec::new();
        for page in &input.pages {
            for run in &page.runs {
                let role = run.region.and_then(|r| page.regions[r as usize].role);
                out.push((page.number, run.line, input.source.get(run.span), run.rect.is_some(), role));
            }
        }
        out
    }

    #[test]
    fn the_lines_are_those_before_paragraphs_were_joined() {
        let line = |text: &str, x| {
            format!(
                r#"{{"bbox":[{x},0,9,9],"spans":[{{"bbox":[{x},0,9,9],"content":"{text}","type":"text","score":0.5}}]}}"#
            )
        };
        let input = read(&format!(
            r#"{{"_backend":"pipeline","pdf_info":[{{"page_idx":0,"page_size":[612,792],
            "preproc_blocks":[{{"type":"title","bbox":[1,1,9,9],"lines":[{}]}},
              {{"type":"image","bbox":[1,1,9,9],"blocks":[
                {{"type":"image_body","bbox":[1,20,9,29],"lines":[{{"bbox":[1,20,9,29],"spans":[{{"type":"image","image_path":"a"}}]}}]}},
                {{"type":"image_caption","bbox":[1,30,9,39],"lines":[{}]}}]}}],
            "para_blocks":[{{"type":"text","lines":[{}]}}],
            "discarded_blocks":[{{"type":"page_number","lines":[{}]}}]}}]}}"#,
            line("会议", 1),
            line("图", 2),
            line("不", 3),
            line("7", 4),
        ));
        let expected = [
            (1, 1, "会议", true, Some(Role::Headline)),
            (1, 2, "图", true, Some(Role::Caption)),
            (1, 3, "7", true, Some(Role::PageNumber)),
        ];
        assert_eq!(runs(&input), expected);
        let page = &input.pages[0];
        assert_eq!((page.ink.len(), page.size.map(|s| s.height), page.runs[0].sure), (1, Some(792.0), Some(0.5)));
    }

    #[test]
    fn joined_paragraphs_keep_only_the_boxes_of_their_own_page() {
        let input = read(
            r#"{"pdf_info":[{"page_size":null,"para_blocks":[
            {"type":"title","level":2,"lines":[{"spans":[{"content":"会议","bbox":[1,1,9,9]},{"content":"$a$","type":"inline_equation"}]}]},
            {"type":"text","lines":[{"spans":[{"content":"强调","bbox":[1,1,9,9],"cross_page":true}]}]},
            {"type":"text","lines_deleted":true,"lines":[]},
            {"type":"table","blocks":[{"type":"table_body","lines":[{"spans":[{"type":"table","html":"<table><tr><td>甲</td><td>乙</td></tr></table>"}]}]}]},
            7,null,{"type":7,"lines":[{"spans":[{"content":null}, 3]}, null]}]}, null]}"#,
        );
        let expected = [
            (1, 1, "会议", true, Some(Role::Subheading)),
            (1, 1, "$a$", false, Some(Role::Subheading)),
            (1, 2, "强调", false, Some(Role::Paragraph)),
            (1, 3, "甲", false, Some(Role::Table)),
            (1, 3, "乙", false, Some(Role::Table)),
        ];
        assert_eq!(runs(&input), expected);
        assert_eq!(input.pages.len(), 2);
    }

    #[test]
    fn a_content_list_has_blocks_alone() {
        let input = read(
            r#"[{"type":"text","text":"会议\n强调","text_level":1,"bbox":[0,0,1000,50],"page_idx":0},
            {"type":"image","img_path":"a.jpg","image_caption":["图 "],"image_footnote":[],"bbox":[0,60,500,500],"page_idx":2},
            {"type":"table","table_body":"<tr><td>甲","table_footnote":"注","page_idx":2},
            {"type":"list","list_items":["一","二"],"page_idx":1},
            {"type":"page_number","text":"3","page_idx":4000000000}, {"type":"text","text":null}, 5]"#,
        );
        let expected = [
            (1, 1, "会议", false, Some(Role::Headline)),
            (1, 2, "强调", false, Some(Role::Headline)),
            (3, 1, "图 ", false, Some(Role::Caption)),
            (3, 2, "甲", false, Some(Role::Table)),
            (3, 3, "注", false, Some(Role::Footnote)),
            (3, 4, "一", false, Some(Role::List)),
            (3, 5, "二", false, Some(Role::List)),
            (4, 1, "3", false, Some(Role::PageNumber)),
        ];
        assert_eq!(runs(&input), expected);
        assert_eq!((input.pages[2].ink.len(), input.pages[0].regions[0].rect.is_some()), (1, true));
    }

    #[test]
    fn the_second_version_has_a_list_a_page() {
        let input = read(
            r#"[[{"type":"title","content":{"level":2,"title_content":[{"type":"text","content":"会议"},{"type":"equation_inline","content":"a"}]},"bbox":[1,2,3,4]}],
            [{"type":"image","content":{"image_source":{"path":"a"},"image_caption":[{"content":"图"}]},"bbox":[1,2,3,4]},
             {"type":"list","content":{"list_items":[{"item_content":[{"content":"一"}]},{"item_content":[{"content":"二"}]}]}}, null], 7]"#,
        );
        let expected = [
            (1, 1, "会议", false, Some(Role::Subheading)),
            (1, 1, "a", false, Some(Role::Subheading)),
            (2, 1, "图", false, Some(Role::Caption)),
            (2, 2, "一", false, Some(Role::List)),
            (2, 3, "二", false, Some(Role::List)),
        ];
        assert_eq!(runs(&input), expected);
        assert_eq!((input.pages.len(), input.pages[1].ink.len()), (3, 1));
    }

    #[test]
    fn nonsense_gives_an_empty_page() {
        for text in
            [r#"{"pdf_info":7}"#, r#"{"pdf_info":[[],{"para_blocks":{"a":1}}]}"#, r#"[{"type":"text","page_idx":-1}]"#]
        {
            assert_eq!(runs(&read(text)), [], "{text}");
        }
        assert!(!is_mineru(r#"[{"type":"text"}]"#) && !is_mineru(r#"{"type":1,"content":2,"bbox":3}"#));
    }
}
