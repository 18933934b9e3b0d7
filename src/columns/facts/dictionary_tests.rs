use super::Dictionary;

#[test]
fn every_text_is_found_among_many() {
    let texts: Vec<String> = (0..3000).map(|place| format!("{}{place}", "unit-".repeat(place % 5))).collect();
    let mut dictionary = Dictionary::new(texts.iter().map(String::as_str).zip(0_u32..));
    for (text, place) in texts.iter().zip(0..) {
        let line = format!("{text},x");
        assert_eq!(dictionary.clone().read(line.as_bytes(), |_| None), Some((Some(place), &b",x"[..])));
        assert_eq!(dictionary.read(text.as_bytes(), |_| None), Some((Some(place), &b""[..])));
    }
    assert_eq!(dictionary.read(b"unit-", |_| None), None);
    assert_eq!(dictionary.read(b",1", |_| None), Some((None, &b",1"[..])));
}

#[test]
fn a_text_that_begins_like_another_is_not_the_other() {
    let mut dictionary = Dictionary::new([("a", 1), ("ab", 2), ("a,b", 3)]);
    assert_eq!(dictionary.read(b"a,b", |_| None), Some((Some(1), &b",b"[..])));
    assert_eq!(dictionary.read(b"ab,", |_| None), Some((Some(2), &b","[..])));
    // Without quotes it is two cells.
    assert_eq!(dictionary.read(b"\"a,b\",", |_| None), Some((Some(3), &b","[..])));
    assert_eq!(dictionary.read(b"a,b", |_| None), Some((Some(1), &b",b"[..])));
    assert_eq!(dictionary.read(b"\"a\"\"\"", |_| Some(4)), None);
}

#[test]
fn texts_of_any_length_differ_by_their_last_byte_and_their_length() {
    for length in 1..40 {
        let (one, other) = ("a".repeat(length), "a".repeat(length - 1) + "b");
        let mut dictionary = Dictionary::new([(one.as_str(), 1), (other.as_str(), 2)]);
        let longer = format!("{one}a");
        assert_eq!(dictionary.read(one.as_bytes(), |_| None), Some((Some(1), &b""[..])));
        assert_eq!(dictionary.read(other.as_bytes(), |_| None), Some((Some(2), &b""[..])));
        assert_eq!(dictionary.read(longer.as_bytes(), |_| None), None);
    }
}

#[test]
fn an_id_with_blanks_at_its_ends_is_left_to_the_ordinary_reader() {
    let mut dictionary = Dictionary::new([(" a", 1)]);
    assert_eq!(dictionary.read(b" a,", |_| None), None);
    assert_eq!(dictionary.read(b"\" a\",", |_| None), None);
}

#[test]
fn what_is_learnt_is_known() {
    let mut dictionary = Dictionary::new([]);
    assert_eq!(dictionary.read(b"2025,", |label| label.parse().ok()), Some((Some(2025), &b","[..])));
    assert_eq!(dictionary.read(b"2026,", |label| label.parse().ok()), Some((Some(2026), &b","[..])));
    assert_eq!(dictionary.read(b"2025,", |_| None), Some((Some(2025), &b","[..])));
    assert_eq!(dictionary.read(b"x,", |label| label.parse::<i32>().ok()), None);
}
