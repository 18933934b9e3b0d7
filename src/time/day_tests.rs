use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    parse_day(text).unwrap()
}

#[test]
fn only_the_strict_form_of_a_real_day_is_read() {
    for text in ["0001-01-01", "2000-02-29", "2024-02-29", "9999-12-31"] {
        assert_eq!(parse_day(text).map(|day| day.to_string()).as_deref(), Some(text));
    }
    let refused = [
        "",
        "-",
        "--",
        "2025",
        "2025-07",
        "2025-02-29",
        "1900-02-29",
        "2025-13-01",
        "2025-00-10",
        "2025-04-31",
        "2025-04-00",
        "0000-01-01",
        "10000-01-01",
        "+2025-01-01",
        "-2025-01-01",
        "2025-1-01",
        "2025-01-1",
        " 2025-01-01",
        "2025-01-01 ",
        "2025-01-01T00:00:00",
        "2025-01-01-",
        "2025/01/01",
        "２025-01-01",
        "202５-01-01",
        "2025-+1-01",
    ];
    for text in refused {
        assert_eq!(parse_day(text), None, "{text:?}");
    }
}

#[test]
fn months_are_clipped_to_the_end_of_the_month() {
    assert_eq!(months_before(day("2025-03-31"), 1), Some(day("2025-02-28")));
    assert_eq!(months_before(day("2024-02-29"), 12), Some(day("2023-02-28")));
    assert_eq!(months_before(day("2024-02-29"), 48), Some(day("2020-02-29")));
    assert_eq!(months_after(day("2024-02-29"), 12), Some(day("2025-02-28")));
    assert_eq!(months_after(day("2025-08-31"), 6), Some(day("2026-02-28")));
    assert_eq!(months_before(day("2025-01-15"), 0), Some(day("2025-01-15")));
}

#[test]
fn months_stay_within_the_years() {
    assert_eq!(months_before(day("0001-02-15"), 1), Some(day("0001-01-15")));
    assert_eq!(months_before(day("0001-01-15"), 1), None);
    assert_eq!(months_after(day("9999-11-30"), 1), Some(day("9999-12-30")));
    assert_eq!(months_after(day("9999-12-01"), 1), None);
    for months in [0, 1, u32::MAX] {
        assert_eq!(months_before(NaiveDate::MIN, months), None);
        assert_eq!(months_after(NaiveDate::MAX, months), None);
        assert_eq!(months_before(NaiveDate::MAX, months), None);
        assert_eq!(months_after(NaiveDate::MIN, months), None);
    }
}

proptest! {
    #[test]
    fn a_printed_day_is_read_back(number in 1..=3_652_059) {
        let day = NaiveDate::from_num_days_from_ce_opt(number).unwrap();
        prop_assert_eq!(parse_day(&day.to_string()), Some(day));
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        if let Some(day) = parse_day(&text) {
            prop_assert_eq!(day.to_string(), text);
        }
    }
}
