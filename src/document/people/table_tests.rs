use proptest::prelude::*;

use super::*;

fn framed(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.first().map_or(0, Vec::len);
    let slices: Vec<&[String]> = rows.iter().map(Vec::as_slice).collect();
    let mut frame = Frame::new(widths(&slices, columns), 1..2);
    for row in rows {
        frame.rule(true);
        frame.cells(row);
        frame.rule(false);
        frame.span(&row.concat(), 2, 2);
    }
    frame.finish()
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

#[test]
fn wide_and_combining_characters_are_aligned() {
    let rows = [row(&["表", "1"]), row(&["Ty\u{309} le\u{323}\u{302}", "22"])];
    let slices: Vec<&[String]> = rows.iter().map(Vec::as_slice).collect();
    let mut frame = Frame::new(widths(&slices, 2), 1..2);
    for row in &rows {
        frame.rule(true);
        frame.cells(row);
    }
    let expected =
        ["┌───────┬────┐", "│ 表    │  1 │", "├───────┼────┤", "│ Ty\u{309} le\u{323}\u{302} │ 22 │", "└───────┴────┘"];
    assert_eq!(frame.finish(), expected);
}

#[test]
fn lines_are_wrapped_and_nothing_is_cut() {
    assert_eq!(wrap("một hai ba", 7), ["một hai", "ba"]);
    assert_eq!(wrap("", 7), [""]);
    assert_eq!(wrap("a\nb", 7), ["a", "b"]);
    assert_eq!(wrap("abcdefghij kl", 4), ["abcd", "efgh", "ij", "kl"].map(str::to_owned).to_vec());
    assert_eq!(wrap("on-time-each-quarter", 9), ["on-time-", "each-", "quarter"]);
    assert_eq!(wrap(&format!("a 50{TIED}%"), 5), ["a", "50 %"], "a number stays with its unit");
    assert_eq!(wrap("表表表", 4), ["表表", "表"]);
}

#[test]
fn a_text_can_not_move_the_cursor() {
    assert_eq!(harmless("a\u{1b}[2Jb\tc\r\nd\u{202e}e"), "a\u{fffd}[2Jb c\nd\u{fffd}e");
    assert!(matches!(harmless("Tỷ lệ"), Cow::Borrowed(_)));
}

proptest! {
    #[test]
    fn every_line_of_a_table_is_equally_wide(rows in prop::collection::vec(prop::collection::vec(any::<String>(), 3), 1..4)) {
        let lines = framed(&rows);
        let width = lines.first().map_or(0, |line| line.width());
        prop_assert!(width <= WIDTH);
        for line in &lines {
            prop_assert_eq!(line.width(), width, "{}", line);
        }
    }

    #[test]
    fn every_letter_is_kept(text in "[a-zà-ỹ ]{0,300}", width in 4_usize..60) {
        let lines = wrap(&text, width);
        prop_assert!(lines.iter().all(|line| line.width() <= width));
        let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
        prop_assert_eq!(letters(&lines.concat()), letters(&text));
    }
}
