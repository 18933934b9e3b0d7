use super::*;

#[test]
fn counts_brackets_and_names_but_not_text() {
    assert_eq!(too_deep(""), None);
    assert_eq!(too_deep("a = 1.5\nb.c = [1.5, { d.e = 'x.y' }]\n[t.u]\n[[v.w]]\n"), None);
    assert_eq!(too_deep(&format!("a = {}1{}", "[".repeat(63), "]".repeat(63))), None);
    assert_eq!(too_deep(&format!("a = {}1", "[".repeat(64))), Some(4 + 63));
    assert_eq!(too_deep(&format!("a{} = 1", ".a".repeat(63))), None);
    assert_eq!(too_deep(&format!("a{} = 1", ".a".repeat(64))), Some(1 + 2 * 63));
    assert!(too_deep(&"a = { b.c.d.e = ".repeat(17)).is_some(), "they add up");
    assert!(too_deep(&"x = [\n".repeat(64)).is_some());
}

#[test]
fn siblings_do_not_add_up() {
    for part in
        ["a.b = [1]\n", "x.y = { a.b = 1, c.d = [2] }\r\n", "[a.b.c]\n", "[a\n", "# [[[\n", "a = '['\n", "a = \"\\\"[\"\n"]
    {
        assert_eq!(too_deep(&part.repeat(500)), None, "{part:?}");
    }
    assert_eq!(too_deep(&format!("a = [{}]", "1.5, ".repeat(500))), None);
    assert_eq!(too_deep(&format!("a = {{{}}}", "b.c = 1, ".repeat(500))), None);
}

#[test]
fn text_ends_where_the_parser_ends_it() {
    let deep = "[".repeat(70);
    for text in ["\"\"\"x\n\" {}\"\"\"", "'''{}\n'''", "\"\"\"{}\"\"\"\"\"", "'{}'", "\"\\\\\\\"{}\"", "'''{}'''''", "#{}"] {
        assert_eq!(too_deep(&format!("a = {}", text.replace("{}", &deep))), None, "{text}");
    }
    for text in ["''''''{}", "\"\"{}", "'\nx = {}", "\"\\\\\"{}", "\"\"\"\"\"\"{}", "''''''''{}", "x\"{}"] {
        assert!(too_deep(&format!("a = {}", text.replace("{}", &deep))).is_some(), "{text}");
    }
}
