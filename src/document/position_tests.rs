use super::*;

fn at(text: &str, offset: usize) -> (usize, usize) {
    let Position { line, column } = Lines::new(text).position(offset);
    (line, column)
}

#[test]
fn counts_lines_and_characters() {
    assert_eq!(at("", 0), (1, 1));
    assert_eq!(at("ab\ncd", 4), (2, 2));
    assert_eq!(at("ab\r\ncd", 3), (1, 4));
    assert_eq!(at("ab\r\ncd", 4), (2, 1));
    assert_eq!(at("ab\rcd", 3), (2, 1));
    assert_eq!(at("Đất nước = 1", "Đất nước ".len()), (1, 10));
    assert_eq!(at("Đ", 1), (1, 1), "inside a character is at it");
    assert_eq!(at("ab", 99), (1, 3));
}

#[test]
fn agrees_with_a_plain_count_across_marks() {
    let text: String = (0..20_000).map(|n| ["ế", "a", "\r\n", "\n", "\r", "😀x"][n * n % 6]).collect();
    let lines = Lines::new(&text);
    let (mut line, mut column) = (1, 1);
    for (offset, character) in text.char_indices() {
        assert_eq!(lines.position(offset), Position { line, column }, "at {offset}");
        let ends = character == '\n' || character == '\r' && text.as_bytes().get(offset + 1) != Some(&b'\n');
        (line, column) = if ends { (line + 1, 1) } else { (line, column + 1) };
    }
    assert!(text.len() > 2 * STRIDE);
}

#[test]
fn counts_breaks_in_parts() {
    assert_eq!(breaks(b"a\r", Some(b'\n')), 0);
    assert_eq!(breaks(b"a\r", Some(b'b')), 1);
    assert_eq!(breaks(b"\na\r\n\n", None), 3);
}
