use proptest::prelude::*;

use super::*;
use crate::time::parse_day;

fn day(text: &str) -> NaiveDate {
    parse_day(text).unwrap()
}

fn fiscal(first_month: u32, named_for: NamedFor) -> Calendar {
    Calendar::Fiscal(FiscalYear::new(first_month, named_for).unwrap())
}

fn label(period: Option<Period>) -> Option<String> {
    period.map(|period| period.label())
}

fn labels(periods: impl IntoIterator<Item = Period>) -> Vec<String> {
    periods.into_iter().map(|period| period.label()).collect()
}

fn calendars() -> Vec<Calendar> {
    let fiscal = (1..=12).flat_map(|month| [fiscal(month, NamedFor::Start), fiscal(month, NamedFor::End)]);
    [Calendar::Gregorian, Calendar::Nd09_2019].into_iter().chain(fiscal).collect()
}

#[test]
fn a_fiscal_year_starts_with_a_month() {
    assert_eq!(FiscalYear::new(0, NamedFor::Start), None);
    assert_eq!(FiscalYear::new(13, NamedFor::End), None);
    assert_eq!(FiscalYear::new(260, NamedFor::End), None);
    let fiscal = FiscalYear::new(4, NamedFor::End).unwrap();
    assert_eq!((fiscal.first_month(), fiscal.named_for()), (4, NamedFor::End));
    assert_eq!(Calendar::default(), Calendar::Gregorian);
}

#[test]
fn a_day_lies_in_one_period_of_a_cadence() {
    let nd09 = Calendar::Nd09_2019;
    let rows = [
        (nd09, "2025-12-20", Cadence::Year, Some("2026")),
        (nd09, "2025-12-14", Cadence::Year, Some("2025")),
        (nd09, "2025-12-15", Cadence::Year, Some("2026")),
        (nd09, "2025-12-15", Cadence::NineMonths, Some("2026-9M")),
        (nd09, "2025-09-14", Cadence::NineMonths, Some("2025-9M")),
        (nd09, "2025-09-15", Cadence::NineMonths, None),
        (nd09, "2025-06-15", Cadence::Half, Some("2025-H2")),
        (nd09, "2024-02-29", Cadence::Month, Some("2024-03")),
        (nd09, "2025-12-20", Cadence::Day, Some("2025-12-20")),
        (nd09, "0001-01-14", Cadence::Month, None),
        (nd09, "0001-01-15", Cadence::Month, Some("0001-02")),
        (nd09, "9999-12-15", Cadence::Month, None),
        (nd09, "9999-12-15", Cadence::Day, Some("9999-12-15")),
        (Calendar::Gregorian, "2024-02-29", Cadence::Month, Some("2024-02")),
        (Calendar::Gregorian, "2025-10-01", Cadence::NineMonths, None),
        (Calendar::Gregorian, "2025-12-31", Cadence::Quarter, Some("2025-Q4")),
        (fiscal(4, NamedFor::Start), "2025-03-31", Cadence::Year, Some("2024")),
        (fiscal(4, NamedFor::End), "2025-03-31", Cadence::Year, Some("2025")),
        (fiscal(4, NamedFor::Start), "2025-03-31", Cadence::Month, Some("2025-03")),
        (fiscal(4, NamedFor::Start), "2025-03-31", Cadence::NineMonths, None),
        (fiscal(4, NamedFor::Start), "0001-03-31", Cadence::Quarter, None),
        (fiscal(4, NamedFor::End), "9999-04-01", Cadence::Quarter, None),
        (fiscal(4, NamedFor::End), "9999-03-31", Cadence::Quarter, Some("9999-Q4")),
    ];
    for (calendar, text, cadence, expected) in rows {
        assert_eq!(label(calendar.containing(day(text), cadence)).as_deref(), expected, "{calendar:?} {text} {cadence:?}");
    }
}

#[test]
fn one_period_follows_the_other() {
    let gregorian = Calendar::Gregorian;
    let rows = [
        ("2025", "2026"),
        ("2025-H2", "2026-H1"),
        ("2025-9M", "2026-9M"),
        ("2025-Q4", "2026-Q1"),
        ("2025-12", "2026-01"),
        ("2024-02-28", "2024-02-29"),
        ("2024-12-31", "2025-01-01"),
    ];
    for calendar in calendars() {
        for (one, other) in rows {
            let (one, other) = (calendar.period(one).unwrap(), calendar.period(other).unwrap());
            assert_eq!(label(calendar.next(&one)), Some(other.label()));
            assert_eq!(label(calendar.previous(&other)), Some(one.label()));
        }
    }
    for edge in ["9999", "9999-H2", "9999-9M", "9999-12", "9999-12-31"] {
        assert_eq!(gregorian.next(&gregorian.period(edge).unwrap()), None);
    }
    for edge in ["0001", "0001-H1", "0001-9M", "0001-01", "0001-01-01"] {
        assert_eq!(gregorian.previous(&gregorian.period(edge).unwrap()), None);
    }
    let range = Period::new(day("2025-01-01"), day("2025-12-31")).unwrap();
    assert_eq!((gregorian.next(&range), gregorian.previous(&range)), (None, None));
    // A period of another calendar.
    let civil = gregorian.period("2025-Q1").unwrap();
    assert_eq!(label(Calendar::Nd09_2019.next(&civil)).as_deref(), Some("2025-Q2"));
    assert_eq!(label(fiscal(4, NamedFor::End).next(&civil)).as_deref(), Some("2026-Q1"));
}

#[test]
fn only_whole_periods_lie_inside() {
    let gregorian = Calendar::Gregorian;
    let range = Period::new(day("2025-01-02"), day("2025-04-30")).unwrap();
    assert_eq!(labels(gregorian.inside(Cadence::Month, &range)), ["2025-02", "2025-03", "2025-04"]);
    assert_eq!(labels(gregorian.inside(Cadence::Month, &range).rev()), ["2025-04", "2025-03", "2025-02"]);
    assert_eq!(labels(gregorian.inside(Cadence::Quarter, &range)), [""; 0]);
    assert_eq!(gregorian.inside(Cadence::Day, &range).count(), 119);
    let until_october = Period::new(day("2024-01-01"), day("2025-10-15")).unwrap();
    assert_eq!(labels(gregorian.inside(Cadence::NineMonths, &until_october)), ["2024-9M", "2025-9M"]);
    assert_eq!(labels(gregorian.inside(Cadence::Year, &until_october)), ["2024"]);
    let all = Period::new(day("0001-01-01"), day("9999-12-31")).unwrap();
    for calendar in calendars() {
        assert!(calendar.inside(Cadence::Year, &all).count() >= 9998);
        assert!(calendar.inside(Cadence::Year, &all).all(|year| calendar.inside(Cadence::Month, &year).count() == 12));
    }
    assert_eq!(gregorian.inside(Cadence::Day, &all).count(), 3_652_059);
}

#[test]
fn a_day_can_end_several_periods() {
    let ends = |calendar: Calendar, text| labels(calendar.ending_on(day(text)));
    assert_eq!(ends(Calendar::Gregorian, "2025-12-31"), ["2025-12", "2025-Q4", "2025-H2", "2025"]);
    assert_eq!(ends(Calendar::Gregorian, "2025-09-30"), ["2025-09", "2025-Q3", "2025-9M"]);
    assert_eq!(ends(Calendar::Gregorian, "2024-02-29"), ["2024-02"]);
    assert_eq!(ends(Calendar::Gregorian, "2024-02-28"), [""; 0]);
    assert_eq!(ends(Calendar::Nd09_2019, "2025-12-14"), ["2025-12", "2025-Q4", "2025-H2", "2025"]);
    assert_eq!(ends(Calendar::Nd09_2019, "2025-12-31"), [""; 0]);
    assert_eq!(ends(fiscal(4, NamedFor::End), "2025-03-31"), ["2025-03", "2025-Q4", "2025-H2", "2025"]);
}

#[test]
fn days_find_their_label() {
    let named = |calendar: Calendar, first, last| calendar.label_of(day(first), day(last)).label();
    assert_eq!(named(Calendar::Gregorian, "2025-01-01", "2025-12-31"), "2025");
    assert_eq!(named(Calendar::Gregorian, "2025-07-15", "2025-07-15"), "2025-07-15");
    assert_eq!(named(Calendar::Nd09_2019, "2024-12-15", "2025-09-14"), "2025-9M");
    assert_eq!(named(Calendar::Nd09_2019, "2025-01-01", "2025-12-31"), "2025-01-01/2025-12-31");
    assert_eq!(named(fiscal(4, NamedFor::End), "2024-04-01", "2025-03-31"), "2025");
    assert_eq!(named(Calendar::Gregorian, "2025-01-01", "2026-12-31"), "2025-01-01/2026-12-31");
    assert_eq!(named(Calendar::Gregorian, "2025-12-31", "2025-01-01"), "2025");
    let all = Calendar::Gregorian.label_of(NaiveDate::MIN, NaiveDate::MAX);
    assert_eq!(all.label(), "0001-01-01/9999-12-31");
}

#[test]
fn the_nearest_ends_stand_around_a_day() {
    let around = |calendar: Calendar, day, cadence| {
        let (before, after) = calendar.nearest_ends(day, cadence);
        (label(before), label(after))
    };
    let pair = |before: &str, after: &str| {
        let some = |text: &str| if text.is_empty() { None } else { Some(text.to_owned()) };
        (some(before), some(after))
    };
    let gregorian = Calendar::Gregorian;
    let nd09 = Calendar::Nd09_2019;
    assert_eq!(around(gregorian, day("2025-12-14"), Cadence::Year), pair("2024", "2025"));
    assert_eq!(around(gregorian, day("2025-12-31"), Cadence::Year), pair("2024", "2026"));
    assert_eq!(around(nd09, day("2025-12-31"), Cadence::Quarter), pair("2025-Q4", "2026-Q1"));
    assert_eq!(around(gregorian, day("2025-11-01"), Cadence::NineMonths), pair("2025-9M", "2026-9M"));
    assert_eq!(around(gregorian, day("2025-09-30"), Cadence::NineMonths), pair("2024-9M", "2026-9M"));
    assert_eq!(around(gregorian, day("2024-02-29"), Cadence::Day), pair("2024-02-28", "2024-03-01"));
    assert_eq!(around(gregorian, day("0001-01-01"), Cadence::Day), pair("", "0001-01-02"));
    assert_eq!(around(gregorian, day("9999-12-31"), Cadence::Year), pair("9998", ""));
    assert_eq!(around(gregorian, NaiveDate::MAX, Cadence::Year), pair("9999", ""));
    assert_eq!(around(gregorian, NaiveDate::MIN, Cadence::Day), pair("", "0001-01-01"));
    assert_eq!(around(nd09, NaiveDate::MAX, Cadence::Month), pair("9999-12", ""));
    assert_eq!(around(nd09, NaiveDate::MIN, Cadence::Year), pair("", "0002"));
    assert_eq!(around(fiscal(12, NamedFor::Start), NaiveDate::MIN, Cadence::Quarter), pair("", "0001-Q1"));
    assert_eq!(around(fiscal(2, NamedFor::End), NaiveDate::MAX, Cadence::Quarter), pair("9999-Q4", ""));
}

fn calendar() -> impl Strategy<Value = Calendar> {
    proptest::sample::select(calendars())
}

fn cadence() -> impl Strategy<Value = Cadence> {
    proptest::sample::select(Cadence::ALL.to_vec())
}

/// Any day of chrono, half of them in the years 0001 to 9999, many at the edges of these.
fn any_day() -> impl Strategy<Value = NaiveDate> {
    let everything = NaiveDate::MIN.num_days_from_ce()..=NaiveDate::MAX.num_days_from_ce();
    let numbers = prop_oneof![4 => 1..=3_652_059, 1 => -800..=800, 1 => 3_651_259..=3_652_859, 1 => everything];
    let days = numbers.prop_map(|number| NaiveDate::from_num_days_from_ce_opt(number).unwrap());
    prop_oneof![30 => days, 1 => Just(NaiveDate::MIN), 1 => Just(NaiveDate::MAX)]
}

proptest! {
    #[test]
    fn a_period_contains_the_day_it_was_asked_for(calendar in calendar(), day in any_day(), cadence in cadence()) {
        let found = calendar.containing(day, cadence);
        if let Some(period) = found {
            prop_assert!(period.contains_day(day));
            prop_assert_eq!(period.cadence(), Some(cadence));
        }
        // It may be missing in the last quarter, and near the edges.
        prop_assert!(found.is_some() || cadence == Cadence::NineMonths || !(2..=9998).contains(&day.year()));
    }

    #[test]
    fn a_printed_period_is_read_back(calendar in calendar(), day in any_day(), cadence in cadence()) {
        if let Some(period) = calendar.containing(day, cadence) {
            let read = calendar.period(&period.to_string()).unwrap();
            prop_assert_eq!(read, period);
            prop_assert_eq!(read.label(), period.label());
            prop_assert_eq!(read.cadence(), period.cadence());
        }
    }

    #[test]
    fn next_and_previous_are_inverse(calendar in calendar(), day in any_day(), cadence in cadence()) {
        if let Some(period) = calendar.containing(day, cadence) {
            if let Some(next) = calendar.next(&period) {
                prop_assert_eq!(calendar.previous(&next).map(|period| period.label()), Some(period.label()));
                prop_assert_eq!(next.first() == period.end(), cadence != Cadence::NineMonths);
                prop_assert!(next.first() >= period.end());
            }
            if let Some(previous) = calendar.previous(&period) {
                prop_assert_eq!(calendar.next(&previous).map(|period| period.label()), Some(period.label()));
            }
        }
    }

    #[test]
    fn shorter_periods_tile_longer_ones(calendar in calendar(), day in any_day(), outer in cadence(), inner in cadence()) {
        let divides = match inner.months() {
            Some(months) => inner != Cadence::NineMonths && outer.months().is_some_and(|all| all % months == 0),
            None => true,
        };
        if let Some(outer) = calendar.containing(day, outer).filter(|_| divides) {
            let parts: Vec<_> = calendar.inside(inner, &outer).collect();
            prop_assert_eq!(parts[0].first(), outer.first());
            prop_assert_eq!(parts[parts.len() - 1].last(), outer.last());
            prop_assert!(parts.windows(2).all(|pair| pair[0].end() == pair[1].first()));
            let expected = match inner.months() {
                Some(months) => i64::from(outer.cadence().and_then(Cadence::months).unwrap() / months),
                None => outer.days(),
            };
            prop_assert_eq!(i64::try_from(parts.len()).unwrap(), expected);
        }
    }

    #[test]
    fn inside_finds_all_whole_periods_and_no_other(calendar in calendar(), start in any_day(), days in 0_u64..900, cadence in cadence()) {
        let Some(outer) = start.checked_add_days(chrono::Days::new(days)).and_then(|last| Period::new(start, last)) else { return Ok(()) };
        let mut expected: Vec<_> = start.iter_days().take_while(|day| *day <= outer.last()).filter_map(|day| calendar.containing(day, cadence)).collect();
        expected.dedup();
        expected.retain(|period| outer.contains(period));
        let mut found: Vec<_> = calendar.inside(cadence, &outer).collect();
        prop_assert_eq!(&found, &expected);
        found.reverse();
        prop_assert_eq!(calendar.inside(cadence, &outer).rev().collect::<Vec<_>>(), found);
    }

    #[test]
    fn the_days_of_a_named_period_give_its_label(calendar in calendar(), day in any_day(), cadence in cadence()) {
        if let Some(period) = calendar.containing(day, cadence) {
            let found = calendar.label_of(period.first(), period.last());
            prop_assert_eq!(found.label(), period.label());
            prop_assert_eq!(found.cadence(), Some(cadence));
            let ends: Vec<_> = calendar.ending_on(period.last()).iter().map(|period| period.label()).collect();
            prop_assert_eq!(ends.contains(&period.label()), cadence > Cadence::Day);
        }
    }

    #[test]
    fn any_two_days_have_a_label(calendar in calendar(), one in any_day(), other in any_day()) {
        let period = calendar.label_of(one, other);
        prop_assert!(is_year(period.first().year()) && is_year(period.last().year()) && period.first() <= period.last());
        if let Some(range) = Period::new(one, other) {
            prop_assert_eq!(period, range);
        }
    }

    #[test]
    fn nothing_ends_between_the_nearest_ends(calendar in calendar(), day in any_day(), cadence in cadence()) {
        let (before, after) = calendar.nearest_ends(day, cadence);
        prop_assert!(before.is_none_or(|period| period.last() < day));
        prop_assert!(after.is_none_or(|period| period.last() > day));
        if let Some(next) = before.and_then(|period| calendar.next(&period)) {
            prop_assert!(next.last() >= day);
        }
        if let Some(previous) = after.and_then(|period| calendar.previous(&period)) {
            prop_assert!(previous.last() <= day);
        }
        // One of the two is missing only near the edges.
        prop_assert!(before.is_some() || day.year() <= 3);
        prop_assert!(after.is_some() || day.year() >= 9997);
    }

    #[test]
    fn a_week_later_is_never_an_earlier_period(calendar in calendar(), day in any_day(), cadence in cadence()) {
        if let Some(later) = day.checked_add_days(chrono::Days::new(7)) {
            prop_assert!(calendar.containing(day, cadence).zip(calendar.containing(later, cadence)).is_none_or(|(one, other)| one <= other));
        }
    }
}
