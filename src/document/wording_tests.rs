use super::*;

#[test]
fn quotes_on_one_line_and_not_too_long() {
    assert_eq!(quoted("năm"), "'năm'");
    assert_eq!(quoted("a\nb\u{7}"), "'a\\nb\\u{7}'");
    assert_eq!(quoted(&"x".repeat(1000)), format!("'{}…'", "x".repeat(60)));
}

#[test]
fn lists_names() {
    assert_eq!(one_of(&[]), "nothing");
    assert_eq!(one_of(&["a"]), "'a'");
    assert_eq!(one_of(&["a", "b"]), "one of 'a', 'b'");
}

#[test]
fn suggests_only_near_names() {
    let known = ["title", "target", "by", "baseline"];
    assert_eq!(did_you_mean("titel", &known), " (did you mean 'title'?)");
    assert_eq!(did_you_mean("Baseline", &known), " (did you mean 'baseline'?)");
    assert_eq!(did_you_mean("base_line", &known), " (did you mean 'baseline'?)");
    assert_eq!(did_you_mean("bye", &known), " (did you mean 'by'?)");
    assert_eq!(did_you_mean("x", &known), "");
    assert_eq!(did_you_mean("weather", &known), "");
    assert_eq!(did_you_mean(&"title".repeat(1_000_000), &known), "");
    assert_eq!(did_you_mean("x", &[]), "");
    assert_eq!(distance("kitten", "sitting"), 3);
    assert_eq!(distance("", "abc"), 3);
    assert_eq!(distance("abcd", "badc"), 2);
}
