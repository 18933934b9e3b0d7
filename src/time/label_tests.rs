use proptest::prelude::*;

use super::*;
use crate::time::{FiscalYear, NamedFor};

fn days(calendar: Calendar, label: &str) -> String {
    let period = calendar.period(label).unwrap();
    format!("{}/{}", period.first(), period.last())
}

fn fiscal(first_month: u32, named_for: NamedFor) -> Calendar {
    Calendar::Fiscal(FiscalYear::new(first_month, named_for).unwrap())
}

#[test]
fn gregorian_labels() {
    let rows = [
        ("2025", "2025-01-01/2025-12-31"),
        ("2025-H1", "2025-01-01/2025-06-30"),
        ("2025-H2", "2025-07-01/2025-12-31"),
        ("2025-9M", "2025-01-01/2025-09-30"),
        ("2025-Q1", "2025-01-01/2025-03-31"),
        ("2025-Q3", "2025-07-01/2025-09-30"),
        ("2025-Q4", "2025-10-01/2025-12-31"),
        ("2025-02", "2025-02-01/2025-02-28"),
        ("2024-02", "2024-02-01/2024-02-29"),
        ("1900-02", "1900-02-01/1900-02-28"),
        ("2025-12", "2025-12-01/2025-12-31"),
        ("2025-07-15", "2025-07-15/2025-07-15"),
        ("2024-02-29", "2024-02-29/2024-02-29"),
        ("0001", "0001-01-01/0001-12-31"),
        ("9999", "9999-01-01/9999-12-31"),
    ];
    for (label, expected) in rows {
        assert_eq!(days(Calendar::Gregorian, label), expected, "{label}");
    }
}

// Decree 09/2019/NĐ-CP, Article 12; nine months: Khánh Hòa Decision 01/2023/QĐ-UBND, Article 4.
#[test]
fn reporting_labels() {
    let rows = [
        ("2025", "2024-12-15/2025-12-14"),
        ("2025-H1", "2024-12-15/2025-06-14"),
        ("2025-H2", "2025-06-15/2025-12-14"),
        ("2025-9M", "2024-12-15/2025-09-14"),
        ("2025-Q1", "2024-12-15/2025-03-14"),
        ("2025-Q2", "2025-03-15/2025-06-14"),
        ("2025-Q3", "2025-06-15/2025-09-14"),
        ("2025-Q4", "2025-09-15/2025-12-14"),
        ("2025-01", "2024-12-15/2025-01-14"),
        ("2025-03", "2025-02-15/2025-03-14"),
        ("2025-12", "2025-11-15/2025-12-14"),
        ("2025-12-20", "2025-12-20/2025-12-20"),
        ("0002", "0001-12-15/0002-12-14"),
        ("0001-02", "0001-01-15/0001-02-14"),
        ("9999", "9998-12-15/9999-12-14"),
    ];
    for (label, expected) in rows {
        assert_eq!(days(Calendar::Nd09_2019, label), expected, "{label}");
    }
}

#[test]
fn fiscal_labels() {
    let rows = [
        (4, NamedFor::Start, "2025", "2025-04-01/2026-03-31"),
        (4, NamedFor::End, "2025", "2024-04-01/2025-03-31"),
        (4, NamedFor::Start, "2025-Q1", "2025-04-01/2025-06-30"),
        (4, NamedFor::Start, "2025-Q4", "2026-01-01/2026-03-31"),
        (4, NamedFor::End, "2025-Q4", "2025-01-01/2025-03-31"),
        (4, NamedFor::Start, "2025-9M", "2025-04-01/2025-12-31"),
        (4, NamedFor::End, "2025-9M", "2024-04-01/2024-12-31"),
        (10, NamedFor::End, "2025-H1", "2024-10-01/2025-03-31"),
        (10, NamedFor::End, "2025-H2", "2025-04-01/2025-09-30"),
        (3, NamedFor::Start, "2023", "2023-03-01/2024-02-29"),
        (12, NamedFor::End, "2025", "2024-12-01/2025-11-30"),
        (1, NamedFor::Start, "2025", "2025-01-01/2025-12-31"),
        (1, NamedFor::End, "2025", "2025-01-01/2025-12-31"),
        (4, NamedFor::End, "2025-01", "2025-01-01/2025-01-31"),
        (4, NamedFor::End, "2025-07-15", "2025-07-15/2025-07-15"),
    ];
    for (first_month, named_for, label, expected) in rows {
        assert_eq!(days(fiscal(first_month, named_for), label), expected, "{first_month} {named_for:?} {label}");
    }
}

#[test]
fn unknown_forms_are_refused_with_those_known() {
    let labels = [
        "",
        "-",
        "2025-",
        "25",
        "02025",
        "10000",
        "-2025",
        "+025",
        "2025-H0",
        "2025-H3",
        "2025-h1",
        "2025-Q0",
        "2025-Q5",
        "2025-Q01",
        "2025-8M",
        "2025-09M",
        "2025-00",
        "2025-13",
        "2025-7",
        "2025-007",
        "2025-+7",
        "2025-02-29",
        "2025-07-15-",
        "2025-W03",
        "2025/07",
        "2025-01-01/2025-12-31",
        " 2025",
        "2025 ",
        "２０２５",
        "2025-Q٣",
        "0000-13",
        "Năm 2025",
    ];
    for label in labels {
        let unknown = Calendar::Nd09_2019.period(label).unwrap_err();
        assert_eq!(unknown.label, label);
        let message = format!(
            "{label:?} is no period of the calendar nd09_2019; expected 2025, 2025-H1, 2025-9M, 2025-Q3, 2025-07 or 2025-07-15"
        );
        assert_eq!(unknown.to_string(), message);
    }
}

#[test]
fn what_leaves_the_years_is_refused_with_its_own_message() {
    let rows = [
        (Calendar::Gregorian, "0000"),
        (Calendar::Gregorian, "0000-Q4"),
        (Calendar::Gregorian, "0000-12"),
        (Calendar::Gregorian, "0000-02-29"),
        (Calendar::Nd09_2019, "0001"),
        (Calendar::Nd09_2019, "0001-H1"),
        (Calendar::Nd09_2019, "0001-9M"),
        (Calendar::Nd09_2019, "0001-Q1"),
        (Calendar::Nd09_2019, "0001-01"),
        (fiscal(4, NamedFor::Start), "9999"),
        (fiscal(4, NamedFor::Start), "9999-Q4"),
        (fiscal(4, NamedFor::End), "0001"),
        (fiscal(4, NamedFor::End), "0001-Q3"),
        // Its days are in the year 1, its label is not.
        (fiscal(4, NamedFor::Start), "0000-Q4"),
    ];
    for (calendar, label) in rows {
        let unknown = calendar.period(label).unwrap_err();
        assert_eq!(unknown.what(), format!("{label:?} of the calendar {} leaves the years 0001 to 9999", calendar.name()));
        assert!(unknown.to_string().ends_with("; expected a period from 0001-01-01 to 9999-12-31 or within"), "{unknown}");
    }
    for (calendar, label) in [
        (fiscal(4, NamedFor::End), "0001-Q4"),
        (fiscal(4, NamedFor::Start), "9999-9M"),
        (fiscal(4, NamedFor::End), "9999"),
        (Calendar::Nd09_2019, "9999-12"),
        (Calendar::Nd09_2019, "0001-H2"),
    ] {
        assert!(calendar.period(label).is_ok(), "{label}");
    }
}

proptest! {
    #[test]
    fn no_label_makes_it_panic(label in prop_oneof![any::<String>(), "[0-9]{4}(-([HQ][0-9]|9M|[0-9]{2}|[0-9]{2}-[0-9]{2}))?"]) {
        for calendar in [Calendar::Gregorian, Calendar::Nd09_2019, fiscal(4, NamedFor::Start), fiscal(12, NamedFor::End)] {
            match calendar.period(&label) {
                Ok(period) => prop_assert_eq!(period.label(), label.as_str()),
                Err(unknown) => prop_assert_eq!(&unknown.label, &label),
            }
        }
    }
}
