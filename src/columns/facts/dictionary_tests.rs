use super::Dictionary;

#[test]
fn every_text_is_found_among_many() {
    let texts: Vec<String> = (0..3000).map(|place| format!("{}{place}", "unit-".repeat(place % 4))).collect();
    let mut dictionary = Dictionary::new(texts.iter().map(String::as_str).zip(0_u32..));
    for (text, place) in texts.iter().zip(0..) {
        // Twice, so that the last text found answers too.
        assert_eq!(dictionary.read(text.as_bytes(), |_| None), Some((Some(place), &b""[..])));
        assert_eq!(dictionary.read(text.as_bytes(), |_| None), Some((Some(place), &b""[..])));
    }
    assert_eq!(dictionary.read(b"unit-", |_| None), None);
    assert_eq!(dictionary.read(b",1", |_| None), Some((None, &b",1"[..])));
}

#[test]
fn a_text_that_begins_like_the_last_one_is_another() {
    let mut dictionary = Dictionary::new([("a", 1), ("ab", 2), ("a,b", 3)]);
    assert_eq!(dictionary.read(b"a,b", |_| None), Some((Some(1), &b",b"[..])));
    assert_eq!(dictionary.read(b"ab,", |_| None), Some((Some(2), &b","[..])));
    // What stands in quotes is not remembered: without them it would be two cells.
    assert_eq!(dictionary.read(b"\"a,b\",", |_| None), Some((Some(3), &b","[..])));
    assert_eq!(dictionary.read(b"a,b", |_| None), Some((Some(1), &b",b"[..])));
    assert_eq!(dictionary.read(b"\"a\"\"\"", |_| Some(4)), None);
}

#[test]
fn what_is_learnt_is_known() {
    let mut dictionary = Dictionary::new([]);
    assert_eq!(dictionary.read(b"2025,", |label| label.parse().ok()), Some((Some(2025), &b","[..])));
    assert_eq!(dictionary.read(b"2026,", |label| label.parse().ok()), Some((Some(2026), &b","[..])));
    assert_eq!(dictionary.read(b"2025,", |_| None), Some((Some(2025), &b","[..])));
    assert_eq!(dictionary.read(b"x,", |label| label.parse::<i32>().ok()), None);
}
