//! Pages drawn with letters: a cell is an em wide and a line high, and a letter is one box, or as many
//! lines as it has rows. A capital is a headline, one line as high as it is drawn.

use super::super::columns::columns;
use super::order;
use crate::geometry::Rect;
use crate::options::{Options, Trust};
use crate::press::Press;
use crate::text::language::Language;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Room between two lines, as a share of a line's height.
const LEADING: f32 = 0.2;

/// The letters of a drawing in reading order. Their text is that of no language.
pub(super) fn read(drawing: &str, blocks: bool) -> String {
    let mut boxes: BTreeMap<(char, usize), Rect> = BTreeMap::new();
    for (y, row) in drawing.lines().enumerate() {
        for (x, letter) in row.char_indices().filter(|(_, c)| *c != ' ') {
            let (x, top) = (x as f32, y as f32);
            let cell = Rect { x0: x, x1: x + 1.0, y0: top, y1: top + 1.0 - LEADING };
            let line = if blocks || letter.is_uppercase() { 0 } else { y };
            boxes.entry((letter, line)).and_modify(|r| *r = r.union(cell)).or_insert(cell);
        }
    }
    let mut lines: Vec<String> = Vec::new();
    for ((letter, _), Rect { x0, y0, x1, y1 }) in &boxes {
        let ems = (x1 - x0) / (y1 - y0).round();
        let text = letter.to_string().repeat(if blocks { 3 } else { 2 * ems as usize });
        let mut corners = String::new();
        for (x, y) in [(x0, y0), (x1, y0), (x1, y1), (x0, y1)] {
            let _ = write!(corners, "[{},{}],", x * 20.0, y * 20.0);
        }
        let corners = corners.trim_end_matches(',');
        lines.push(format!(r#"{{"text":"{text}","box":[{corners}],"score":1.0}}"#));
    }
    // What stands last comes first: the order of the file tells nothing.
    lines.reverse();
    let file = format!(r#"{{"code":100,"data":[{}]}}"#, lines.join(","));
    let input = crate::read(file.as_bytes(), None, &Options::default()).expect("a page as Umi-OCR writes it");
    let flow =
        order(columns(&input.source, &input.pages, Language::Chinese, &Press::of(Language::Chinese)), Trust::default());
    let mut letters: Vec<char> = flow.lines.iter().filter_map(|l| input.source.get(l.span).chars().next()).collect();
    letters.dedup();
    letters.into_iter().collect()
}

const TWO_COLUMNS: &str = "
    aaaaaaaaaaaaaaaaa

    bbbbbbbb  dddddddd
    bbbbbbbb  dddddddd
    bbbbbbbb  dddddddd
    bbbbbbbb  eeeee
    ccccc     ffffffff
    gggggggg  ffffffff
    gggggggg  ffffffff
    gggggggg  ffffffff";

#[test]
fn columns_are_read_one_after_the_other() {
    for blocks in [false, true] {
        assert_eq!(read(TWO_COLUMNS, blocks), "abcgdef", "blocks: {blocks}");
    }
}

#[test]
fn what_stands_below_a_row_that_ends_all_columns_comes_after_them() {
    let page = "
    aaaaaaaaaaaaaaaaaa
    bbbbbbbb  dddddddd
    bbbbbbbb  dddddddd
    cccccccc  dddddddd
    cccccccc

    eeeeeeeeee
    ffff hhhh  iiiiii
    ffff hhhh  iiiiii
    ffff hhhh  iiiiii
    gggg hhhh  iiiiii
    gggg hhhh  iiiiii";
    assert_eq!(read(page, true), "abcdefghi");
}

#[test]
fn articles_side_by_side_are_read_one_after_the_other() {
    let page = "
    aaaaaaaaa   dddddddddddd
    bbbb cccc   eeeee  fffff
    bbbb cccc   eeeee  fffff
    bbbb cccc   eeeee  fffff
    bbbb cccc   eeeee  fffff
    bbbb cccc   eeeee";
    for blocks in [false, true] {
        assert_eq!(read(page, blocks), "abcdef", "blocks: {blocks}");
    }
}

#[test]
fn a_picture_s_caption_over_both_columns_parts_them() {
    let page = "
    aaaaaaaa  bbbbbbbb
    aaaaaaaa  bbbbbbbb
    aaaaaaaa  bbbbbbbb
    aaaaaaaa  bbbbbbbb


    cccccccccccccccccc

    dddddddd  eeeeeeee
    dddddddd  eeeeeeee
    dddddddd  eeeeeeee
    dddddddd  eeeeeeee";
    for blocks in [false, true] {
        assert_eq!(read(page, blocks), "abcde", "blocks: {blocks}");
    }
}

#[test]
fn headlines_side_by_side_stand_each_above_its_own_text() {
    let page = "
    AAAAAAAAAAAAAAAAAA
    AAAAAAAAAAAAAAAAAA
    bbbbbbbb  cccccccc
    bbbbbbbb  cccccccc
    bbbbbbbb  cccccccc
    bbbbbbbb  cccccccc

    DDDDDDDD  EEEEEEEE
    DDDDDDDD  EEEEEEEE

    ffffffff  gggggggg
    ffffffff  gggggggg
    ffffffff  gggggggg
    ffffffff  gggggggg";
    assert_eq!(read(page, false), "AbcDfEg");
}

#[test]
fn a_headline_over_its_first_column_alone_opens_the_whole_row() {
    let page = "
    AAAAAAAA  bbbbbbbb  cccccccc
    AAAAAAAA  bbbbbbbb  cccccccc
    dddddddd  bbbbbbbb  cccccccc
    dddddddd  bbbbbbbb  cccccccc
    dddddddd  bbbbbbbb  cccccccc
    dddddddd  bbbbbbbb

    EEEEEEEE  ffffffff  gggggggg
    EEEEEEEE  ffffffff  gggggggg
    hhhhhhhh  ffffffff  gggggggg
    hhhhhhhh  ffffffff  gggggggg
    hhhhhhhh  ffffffff  gggggggg
    hhhhhhhh  ffffffff";
    assert_eq!(read(page, false), "AdbcEhfg");
}

#[test]
fn a_row_within_a_part_of_the_page_is_cut_after_that_part() {
    let page = "
    AAAAAAAA  bbbbbbbb  CCCCCCCC
    AAAAAAAA  bbbbbbbb  CCCCCCCC
    dddddddd  bbbbbbbb  iiiiiiii
    dddddddd  bbbbbbbb  iiiiiiii
    dddddddd  bbbbbbbb  iiiiiiii
    dddddddd  bbbbbbbb  iiiiiiii
                        iiiiiiii
    EEEEEEEE  ffffffff  iiiiiiii
    EEEEEEEE  ffffffff  iiiiiiii
    hhhhhhhh  ffffffff  iiiiiiii
    hhhhhhhh  ffffffff  iiiiiiii
    hhhhhhhh  ffffffff  iiiiiiii
    hhhhhhhh  ffffffff  iiiiiiii";
    assert_eq!(read(page, false), "AdbEhfCi");
}

#[test]
fn a_short_headline_stands_above_all_columns_that_begin_below_it() {
    let page = "
              AAAAAA
              AAAAAA
    bbbbbbbb  cccccccc  dddddddd
    bbbbbbbb  cccccccc  dddddddd
    bbbbbbbb  cccccccc  dddddddd
    bbbbbbbb  cccccccc  dddddddd
    bbbbbbbb  cccccccc  dddddddd";
    assert_eq!(read(page, false), "Abcd");
}

#[test]
fn who_wrote_the_text_and_what_it_is_about_stand_with_the_headline_in_the_middle() {
    let page = "
                   ffff

                 AAAAAAAA
                 AAAAAAAA
                 AAAAAAAA

                   bbbb

    cccccccccc  dddddddddd  eeeeeeeeee
    cccccccccc  dddddddddd  eeeeeeeeee
    cccccccccc  dddddddddd  eeeeeeeeee
    cccccccccc  dddddddddd  eeeeeeeeee
    cccccccccc  dddddddddd  eeeeeeeeee
    cccccccccc  dddddddddd  eeeeeeeeee";
    assert_eq!(read(page, false), "fAbcde");
}

#[test]
fn a_column_under_a_headline_may_begin_with_a_picture() {
    let page = "
                 AAAAAA
                 AAAAAA

    bbbbbbbb  cccccccc
    bbbbbbbb  cccccccc
    bbbbbbbb  cccccccc
    bbbbbbbb  cccccccc
    bbbbbbbb  cccccccc
    bbbbbbbb  cccccccc
    bbbbbbbb  cccccccc  dddddddd
    bbbbbbbb  cccccccc  dddddddd
    bbbbbbbb  cccccccc  eeeeeeee
    bbbbbbbb  cccccccc  eeeeeeee
    bbbbbbbb  cccccccc  eeeeeeee";
    assert_eq!(read(page, false), "Abcde");
}

#[test]
fn a_headline_over_the_last_column_alone_is_that_columns() {
    let page = "
              BBBBBBBB
              BBBBBBBB
    cccccccc  dddddddd
    cccccccc  dddddddd
    cccccccc  dddddddd
    cccccccc  dddddddd
    cccccccc  dddddddd";
    assert_eq!(read(page, false), "cBd");
}

#[test]
fn pieces_of_a_headline_s_line_are_read_before_its_next_line() {
    let page = "
    AAAAAABBBBBBBB
    AAAAAABBBBBBBB
    CCCCCCCC
    CCCCCCCC
    dddddddd  eeeeeeee
    dddddddd  eeeeeeee
    dddddddd  eeeeeeee
    dddddddd  eeeeeeee";
    assert_eq!(read(page, false), "ABCde");
}

#[test]
fn a_title_over_two_columns_is_parted_from_them_before_pictures_in_both() {
    // At one height there is nothing, as it happens: a picture in each column.
    let page = "
    aaaaaaaaaaaaaaaaaa

    bbbbbbbb  dddddddd
    bbbbbbbb  dddddddd
    bbbbbbbb  dddddddd
    bbbbbbbb  dddddddd
    bbbbbbbb  dddddddd
    bbbbbbbb



              eeeeeeee
              eeeeeeee
    cccccccc  eeeeeeee
    cccccccc  eeeeeeee
    cccccccc  eeeeeeee
    cccccccc  eeeeeeee";
    for blocks in [false, true] {
        assert_eq!(read(page, blocks), "abcde", "blocks: {blocks}");
    }
}

#[test]
fn a_column_goes_on_beside_a_picture() {
    let page = "
              dddddddd
              dddddddd
              dddddddd
              dddddddd
              dddddddd


    bbbbbbbb  eeeeeeee
    bbbbbbbb  eeeeeeee
    bbbbbbbb  eeeeeeee
    bbbbbbbb  eeeeeeee
    bbbbbbbb  eeeeeeee
    bbbbbbbb  eeeeeeee";
    assert_eq!(read(page, false), "bde");
}

#[test]
fn labels_and_what_they_say_are_read_row_by_row() {
    let page = "
    aaa       bbbbbbbbbbbbbbbbbbbb
              bbbbbbbb


    cccc      dddddddddddddddd


    ee        ffffffffffffffffffff
              ffffffffffffff";
    assert_eq!(read(page, false), "abcdef");
}

#[test]
fn cards_are_read_row_by_row_and_what_lies_in_each_from_top_to_bottom() {
    let page = "
    aaaaa            ccccc            eeeee
    bbbbbbbbbbb      ddddddddddd      fffffffffff
    bbbbbbbbbbb      dddddd           fffffffffff
    bbbbb                             fff


    ggggg            iiiii            kkkkk
    hhhhhhhhhhh      jjjjjjjjjjj      lllllllllll
    hhhh             jjjjjjjjjjj      lllll";
    assert_eq!(read(page, true), "abcdefghijkl");
}

#[test]
fn answers_to_choose_from_are_read_row_by_row() {
    let page = "
    aaaaaaaaaaaaaaaaaaaaaaaa
    aaaaaaaaaaaa
      bbbb        ccccc
      ddd         eeee
    ffffffffffffffffffffffff
    ffffffffff
      gggg        hhh
      iiii        jjjj
    kkkkkkkkkkkkkkkkkkkkkkkk
    kkkkkkkkkkkkkkkkkkkkkkkk
    kkkkkk";
    assert_eq!(read(page, true), "abcdefghijk");
}

#[test]
fn a_picture_s_title_and_source_belong_together() {
    let page = "
    aaaaaaaaaaaaaaaaaaaaaaaa
    aaaaaaaaaaaa

    bbbbbbbb      dddddddd






    ccccc         eeeee

    ffffffffffffffffffffffff
    ffffffffffffffffff";
    assert_eq!(read(page, false), "abcdef");
}

#[test]
fn a_gap_beside_pictures_parts_no_columns() {
    let page = "
    aaaaaaaaaa  eeeeeeeeee
    bbbbbbbbbb  eeeeeeeeee
    bbbbbbbbbb  eeeeeeeeee
                eeeeeeeeee
                ffffffffff
                ffffffffff
                gggggg



    cccccccccc
    dddddddddd
    dddddddddd
    dddddddddd
    dddddddddd
    dddddddddd  hhhhhhhhhh
    dddddddddd  hhhhhhhhhh
    iiii        hhhhhhhhhh
                jjjjjjjjjj";
    assert_eq!(read(page, true), "abcdiefghj");
}

#[test]
fn a_text_above_columns_is_read_before_them_however_long_it_is() {
    let page = "
    aaaaaaaaaaaaaaaaaaaaaaaa
    bbbbbbbbbbbbbbbbbbbbbbbb
    bbbbbbbbbbbbbbbbbbbbbbbb
    bbbbbbbbbbbbbbbbbbbbbbbb
    bbbbbbbbbbbbbbbbbbbbbbbb
    bbbbbbbb
    cccccccccc  eeeeeeeeee
    ddddd       ffffffffff";
    assert_eq!(read(page, false), "abcdef");
}

#[test]
fn the_number_of_an_equation_stands_behind_it() {
    let page = "
    aaaaaaaaaaaaaaaaaaaaaaaaa
         bbbbbbbb         cc
    dddddddd
         eeeeeeeee        ff
    gggggg
         hhhhhhhh         ii";
    assert_eq!(read(page, false), "abcdefghi");
}

#[test]
fn where_all_columns_end_and_begin_anew_a_gap_parts_blocks() {
    let page = "
    aaaaaaaaaa    dddddddddd
    bbbbbbbbbb    dddddddddd
    bbbbbbbbbb    eeeeeeeeee
    bbbbbbbbbb    eeeeeeeeee
    cccc          eeeeeeeeee
    cccccccccc    eeeeeeeeee


    ffffffffff    hhhhhhhhhh
    gggggggggg    hhhhhhhhhh
    gggggggggg    iiiiiiiiii
    gggggggggg    iiiiiiiiii
    gggg          iiiiiiiiii";
    assert_eq!(read(page, true), "abcdefghi");
}

#[test]
fn below_a_title_too_a_gap_beside_pictures_parts_no_columns() {
    let page = "
    aaaaaaaaaaaaaaaaaaaaaa
    aaaaaaaaaaaaaaaaaaaaaa
    bbbbbbbbbb  eeeeeeeeee
    cccccccccc  eeeeeeeeee
    cccccccccc  eeeeeeeeee
                eeeeeeeeee
                ffffffffff
                ffffffffff
                gggggg



    dddddddddd
    dddddddddd
    dddddddddd
    iiiiiiiiii
    iiiiiiiiii
    iiiiiiiiii  hhhhhhhhhh
    iiiiiiiiii  hhhhhhhhhh
    kkkk        hhhhhhhhhh
                jjjjjjjjjj";
    assert_eq!(read(page, true), "abcdikefghj");
}

#[test]
fn a_column_goes_on_below_where_a_shorter_one_beside_it_has_ended() {
    let mut page = String::from("\n");
    for n in 0..40 {
        let beside = if n < 8 { "  ffffff" } else { "" };
        let text = ["bbbbbbbbbbbbbbbbbbbb", "dddddddddddddddddddd"][usize::from(n >= 24)];
        page.push_str(&format!("    {text}{beside}\n"));
        if n == 23 {
            page.push_str("\n\n    ccc\n\n");
        }
    }
    assert_eq!(read(&page, false), "bcdf");
}

#[test]
fn prose_set_with_much_room_is_read_by_columns() {
    let page = "
    aaaaaaaaaaaa  bbbbbbbbbbbb


    aaaaaaaaaaaa  bbbbbbbbbbbb


    aaaaaaaaaaaa  bbbbbbbbbbbb


    aaaaaaa       bbbbb";
    assert_eq!(read(page, false), "ab");
}

#[test]
fn a_number_in_the_margin_is_no_part_of_its_line() {
    let page = "
    aaaaaaaaaaaaaaaaaaaa
    aaaaaaaaaaaaaaaaaaaa    b
    aaaaaaaaaaaaaaaaaaaa
    aaaaaaaaaaaaaaaaaaaa
    aaaaaaaaaaaaaaaaaaaa    c
    aaaaaaaaaaaaaaaaaaaa";
    assert_eq!(read(page, false), "abc");
}
