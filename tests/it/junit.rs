//! A check as JUnit XML. Whether others can read it, and whether it keeps the published schema, is asked in `tests/readers`.

use attain::Language;
use attain::check::{Policy, check};

use crate::check::{middle_of_2025, waivers};

const JUNIT: &str = include_str!("../cases/check.junit.xml");

fn written(language: Language) -> String {
    let card = middle_of_2025();
    let waived = "[[waivers]]\ntarget = 'striven'\nauthority = 'A & B'\nreason = '<none>'\nuntil = 2025-12-31\n";
    let idle = "[[waivers]]\ntarget = 'kept'\nauthority = 'A'\nreason = 'B'\nuntil = 2025-12-31\n";
    let waivers = waivers(&card, &format!("{waived}{idle}"));
    let mut text = Vec::new();
    check(&card, &waivers, &Policy::default()).write_junit(&mut text, language).unwrap();
    String::from_utf8(text).unwrap()
}

/// Word for word: the names, the counts, what is in each case, and that no clock is in it.
#[test]
fn the_document_is_as_it_was_read_by_hand() {
    let text = written(Language::English);
    if std::env::var_os("UPDATE_CASES").is_some() {
        let path = [env!("CARGO_MANIFEST_DIR"), "tests", "cases", "check.junit.xml"].iter().collect::<std::path::PathBuf>();
        std::fs::write(path, &text).unwrap();
    }
    assert_eq!(text, JUNIT);
}

#[test]
fn the_reports_are_in_the_language_and_the_codes_are_not() {
    let text = written(Language::Vietnamese);
    assert!(text.contains("<failure message=\"Không đạt: 79,96 % (1.999/2.500); ≥ 80 %;"), "{text}");
    assert!(text.contains(" type=\"missed\">không đạt: short::so::2024\n"), "{text}");
}
