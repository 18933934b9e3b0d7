use super::*;

fn refusal(bytes: &[u8]) -> String {
    text(bytes, Some(100)).unwrap_err().to_string()
}

#[test]
fn takes_text_with_and_without_a_mark() {
    assert_eq!(text(b"a = 1\r\n", None), Ok("a = 1\r\n"));
    assert_eq!(text(b"\xEF\xBB\xBFa", None), Ok("a"));
    assert_eq!(text(b"", None), Ok(""));
}

#[test]
fn says_where_bytes_are_no_text() {
    assert_eq!(refusal(b"\xEF\xBB\xBFab\n\xC4\x90\xC3("), "2:2: the byte 0xC3 is not UTF-8; expected text in UTF-8");
    assert_eq!(refusal(b"ab\xE2\x82"), "1:3: the byte 0xE2 is not UTF-8; expected text in UTF-8");
    assert_eq!(refusal(b"a\nb\0"), "2:2: a NUL character; expected text");
    assert_eq!(refusal(b"\xFF\xFEa\0"), "1:1: the text is in UTF-16; expected UTF-8; save the file as UTF-8");
    assert_eq!(refusal(b"\xFE\xFF\0a"), "1:1: the text is in UTF-16; expected UTF-8; save the file as UTF-8");
    assert_eq!(refusal(b"\xEF\xBB\xBF\xEF\xBB\xBFa"), "1:1: a second byte order mark; expected at most one");
}

#[test]
fn refuses_a_text_that_is_too_long() {
    let faults = text(&[b'a'; 101], Some(100)).unwrap_err();
    assert_eq!(faults.as_slice()[0].kind, FaultKind::Limit);
    assert_eq!(faults.to_string(), "a document of 101 bytes; expected at most 100 bytes");
    assert!(text(&[b'a'; 101], None).is_ok());
}
