use super::*;
use crate::document::tree::Value;

fn fault(path: &Path) -> Fault {
    Fault::new(FaultKind::InvalidValue, path.clone(), "wrong", "right")
}

#[test]
fn keeps_a_thousand_faults_and_counts_the_rest() {
    let mut report = Report::new("a\nb");
    for _ in 0..MAX_FAULTS + 7 {
        report.add(fault(&Path::root()), &(2..3));
    }
    assert!(report.is_full());
    let faults = report.into_faults();
    assert_eq!(faults.len(), MAX_FAULTS + 1);
    assert_eq!(faults.last().unwrap().to_string(), "2:2: 7 more faults, not shown");
}

#[test]
fn a_thousand_faults_of_one_long_line_are_quick() {
    let text = "é".repeat(5_000_000);
    let mut report = Report::new(&text);
    for n in 0..MAX_FAULTS {
        report.add(fault(&Path::root()), &(text.len() - 2 * n..text.len()));
    }
    assert_eq!(report.into_faults()[0].position, Some(Position { line: 1, column: 5_000_001 }));
}

#[test]
fn covers_what_stands_inside_a_fault() {
    let mut report = Report::new("");
    let target = Path::root().key("targets").index(2);
    assert!(report.is_clean() && !report.covers(&target));
    report.add(fault(&Path::root()), &(0..0));
    assert!(!report.covers(&target), "a fault of the document says nothing of a field");
    report.add(fault(&target.key("by")), &(0..0));
    assert!(report.covers(&target.key("by")) && report.covers(&target.key("by").key("day")));
    assert!(!report.covers(&target) && !report.covers(&target.key("title")));
    report.mark(&target);
    assert!(report.covers(&target.key("title")));
    assert_eq!(report.into_faults().len(), 2);
}

#[test]
fn finds_the_place_of_a_path() {
    let root = Node { span: 4..9, value: Value::Null };
    let mut report = Report::new("abc\ndefgh");
    report.add_in(fault(&Path::root().key("x")), &root);
    assert_eq!(report.into_faults()[0].to_string(), "2:1: x: wrong; expected right");
}
