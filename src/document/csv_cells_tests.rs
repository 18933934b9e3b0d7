use super::*;

fn split(record: &str) -> Vec<(&str, &str)> {
    let part = |range| record.get(range).unwrap();
    let mut found = Vec::new();
    cells(record, &mut found).unwrap();
    found.into_iter().map(|cell| (part(cell.outer), part(cell.inner))).collect()
}

fn slip(record: &str) -> (usize, &'static str) {
    let slip = cells(record, &mut Vec::new()).unwrap_err();
    (slip.at, slip.what)
}

#[test]
fn finds_cells() {
    assert_eq!(
        split("a, b c ,,\" d \",\"e\"\"\n,f\""),
        [("a", "a"), ("b c", "b c"), ("", ""), ("\" d \"", " d "), ("\"e\"\"\n,f\"", "e\"\"\n,f"),]
    );
    assert_eq!(split("a,").len(), 2);
    assert_eq!(split(",").len(), 2);
    assert_eq!(split("\"\"").len(), 1);
    assert_eq!(split("\"a\",").len(), 2);
    assert_eq!(split(""), [("", "")]);
}

#[test]
fn refuses_stray_quotes() {
    assert_eq!(slip("a,\"b,c"), (2, "a quote that is not closed"));
    assert_eq!(slip("a,\"b\"\""), (2, "a quote that is not closed"));
    assert_eq!(slip("\"a\"b,c"), (3, "something after a closing quote"));
    assert_eq!(slip("\"a\" ,c"), (3, "something after a closing quote"));
    assert_eq!(slip("a\"b\",c"), (1, "a quote inside an unquoted field"));
    assert_eq!(slip("a, \"b\""), (3, "a blank before an opening quote"));
}
