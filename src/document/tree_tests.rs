use super::*;

fn text(span: Range<usize>) -> Node<'static> {
    Node { span, value: Value::Text("x".into()) }
}

fn sample() -> Node<'static> {
    let key = |span, name: &'static str| Key { span, name: name.into() };
    let target = Node { span: 20..40, value: Value::Table(vec![(key(21..23, "by"), text(24..27))]) };
    let list = Node { span: 10..50, value: Value::List(vec![text(11..12), target]) };
    let nothing = Node { span: 60..64, value: Value::Null };
    Node { span: 0..99, value: Value::Table(vec![(key(1..8, "targets"), list), (key(52..58, "note"), nothing)]) }
}

#[test]
fn finds_the_longest_way_that_exists() {
    let root = sample();
    let target = Path::root().key("targets").index(1);
    assert_eq!(root.span_at(target.key("by").segments()), 24..27);
    assert_eq!(root.key_span_at(target.key("by").segments()), 21..23);
    assert_eq!(root.span_at(target.key("title").segments()), 20..40);
    assert_eq!(root.key_span_at(target.key("title").segments()), 20..40);
    assert_eq!(root.span_at(target.segments()), 20..40);
    assert_eq!(root.key_span_at(target.segments()), 20..40);
    assert_eq!(root.span_at(Path::root().key("targets").index(7).key("by").segments()), 10..50);
    assert_eq!(root.span_at(Path::root().index(0).segments()), 0..99);
    assert_eq!(root.span_at(&[]), 0..99);
}

#[test]
fn gets_fields_that_are_not_null() {
    let root = sample();
    assert!(root.get("targets").is_some_and(|list| list.describe() == "a list"));
    assert!(root.get("note").is_none() && root.field("note").is_some());
    assert!(root.get("other").is_none());
}

#[test]
fn a_trail_becomes_a_path() {
    let root = Trail::root();
    let list = root.key("targets");
    let entry = list.index(3);
    assert_eq!(entry.key("by").path(&Path::root().key("plan")).to_string(), "plan.targets[3].by");
    assert!(root.is_root() && !list.is_root());
}
