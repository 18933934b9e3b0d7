use super::{Stop, cell, number, stop};
use crate::number::Number;
use proptest::prelude::*;

#[test]
fn a_cell_ends_at_a_comma_a_line_end_or_the_end_of_the_text() {
    assert_eq!(stop(b",a"), Some((Stop::Cell, &b"a"[..])));
    assert_eq!(stop(b"\na"), Some((Stop::Row, &b"a"[..])));
    assert_eq!(stop(b"\r\na"), Some((Stop::Row, &b"a"[..])));
    assert_eq!(stop(b""), Some((Stop::Row, &b""[..])));
    // A carriage return alone, and what follows a closing quote, are the ordinary reader's.
    assert_eq!(stop(b"\ra"), None);
    assert_eq!(stop(b"\r"), None);
    assert_eq!(stop(b" ,"), None);
}

#[test]
fn a_cell_is_cut_of_the_blanks_around_it_unless_it_is_quoted() {
    let read = |text: &'static [u8]| cell(text).map(|(cell, after)| (cell.bytes, cell.has_escapes, after));
    assert_eq!(read(b"abc,d"), Some((&b"abc"[..], false, &b",d"[..])));
    assert_eq!(read(b" a&b \t,d"), Some((&b"a&b"[..], false, &b",d"[..])));
    assert_eq!(read(b"a long cell (of many) bytes\r\n"), Some((&b"a long cell (of many) bytes"[..], false, &b"\r\n"[..])));
    assert_eq!(read("\u{A0}é\u{A0}".as_bytes()), Some(("é".as_bytes(), false, &b""[..])));
    assert_eq!(read(b"\" a,\nb\",d"), Some((&b" a,\nb"[..], false, &b",d"[..])));
    assert_eq!(read(b"\"a\"\"b\"\n"), Some((&b"a\"\"b"[..], true, &b"\n"[..])));
    assert_eq!(read(b"\"never closed"), None);
    // The quote is where the cell ends, and nothing that ends one: the row is not plain.
    assert_eq!(read(b"a\"b,").map(|(_, _, after)| stop(after)), Some(None));
    assert_eq!(read(b" \xFF,"), None);
}

#[test]
fn numbers_are_read_as_they_are_written() {
    let read = |text: &str| number(text.as_bytes()).map(|(figure, after)| (figure, after.len()));
    assert_eq!(read("0,"), Some(((0, 0), 1)));
    assert_eq!(read("-0.00"), Some(((0, 0), 0)));
    assert_eq!(read("1234,5"), Some(((1234, 0), 2)));
    assert_eq!(read("-1234.50\n"), Some(((-12345, 1), 1)));
    assert_eq!(read("12345678901.2345670,"), Some(((12345678901234567, 6), 1)));
    assert_eq!(read("999999999999999999"), Some(((999_999_999_999_999_999, 0), 0)));
    for other in ["", "-", ".5", "5.", "5.,", "+5", "1234567890123456789", "1.123456789012345678", "12345678901234567890123456.5"]
    {
        assert_eq!(read(other), None, "{other}");
    }
}

proptest! {
    #[test]
    fn a_number_is_what_its_text_says(text in "-?[0-9]{1,20}(\\.[0-9]{1,20})?", after in "[,\n]?[0-9,]{0,20}") {
        let whole = format!("{text}{after}");
        let text = if after.starts_with([',', '\n']) || after.is_empty() { text } else { whole.split(',').next().unwrap().to_owned() };
        if let Some(((mantissa, places), _)) = number(whole.as_bytes()) {
            let expected: Number = text.parse().unwrap();
            prop_assert_eq!((i128::from(mantissa), places), (expected.to_decimal().mantissa(), expected.to_decimal().scale()));
        } else {
            prop_assert!(text.bytes().filter(u8::is_ascii_digit).count() > 18);
        }
    }
}
