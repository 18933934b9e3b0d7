use proptest::prelude::*;

use super::*;

const VI: Numbers = Numbers { language: Language::Vietnamese };
const EN: Numbers = Numbers { language: Language::English };

fn ratio(n: i128, d: i128) -> Ratio {
    Ratio::new(n, d).unwrap()
}

#[test]
fn digits_are_written_as_the_language_does() {
    assert_eq!(VI.write("1407"), "1.407");
    assert_eq!(EN.write("1407"), "1,407");
    assert_eq!(VI.write("-1234567.0425"), "-1.234.567,0425");
    assert_eq!(EN.write("-999.5"), "-999.5");
    assert_eq!(VI.write("0"), "0");
}

#[test]
fn a_number_never_rounds_onto_a_threshold() {
    let eighty = [Ratio::from(80)];
    assert_eq!(EN.beside(&ratio(7996, 100), &eighty), "79.96");
    assert_eq!(EN.beside(&ratio(799_999, 10_000), &eighty), "79.9999");
    assert_eq!(EN.beside(&ratio(7_999_999, 100_000), &eighty), "79.99999");
    assert_eq!(VI.beside(&ratio(312_300, 3124), &[Ratio::from(100)]), "99,97", "one late case of 3124");
    assert_eq!(EN.beside(&ratio(3900, 84), &[Ratio::from(50)]), "46.43");
    assert_eq!(EN.beside(&ratio(57, 1), &[Ratio::from(57)]), "57", "what is exact has no zeros to show for it");
    assert_eq!(EN.beside(&ratio(569_999_999, 10_000_000), &[]), "57.00", "what is rounded has");
    let close = &Ratio::from(80) - &ratio(1, 10_i128.pow(15));
    assert_eq!(VI.beside(&close, &eighty), format!("<{TIED}80"));
    assert_eq!(VI.never_zero(&ratio(4, 100_000)), "0,00004");
    assert_eq!(VI.never_zero(&ratio(1, 10_i128.pow(20))), format!(">{TIED}0"));
}

#[test]
fn a_threshold_is_exact_up_to_twelve_places() {
    assert_eq!(VI.exact(&ratio(468, 10)), "46,8");
    assert_eq!(EN.exact(&ratio(3900, 84)), "46.428571428571…");
    assert_eq!(EN.exact(&ratio(2, 3)), "0.666666666666…", "cut off, never rounded up");
    assert_eq!(EN.exact(&ratio(-2, 3)), "-0.666666666666…");
    assert_eq!(EN.exact(&ratio(-1, 10_i128.pow(14))), "-0.000000000000…");
    // A value equal to such a threshold is shown beside the digits of the threshold, not across them.
    assert_eq!(EN.beside(&ratio(3900, 84), &[ratio(3900, 84)]), format!(">{TIED}46.428571428571"));
}

#[test]
fn units_are_words() {
    let with = |numbers: Numbers, n: i64, unit: &str| {
        let value = Ratio::from(n);
        numbers.exact_with_unit(&value, &Unit::from(unit)).replace(TIED, " ")
    };
    assert_eq!(with(VI, 3, "documents"), "3 văn bản");
    assert_eq!(with(VI, 5_000_000, "vnd"), "5.000.000 đồng");
    assert_eq!(with(EN, 1, "people"), "1 person");
    assert_eq!(with(EN, 2, "people"), "2 people");
    assert_eq!(with(VI, 2, "percentage points"), "2 điểm %");
    assert_eq!(with(EN, 2, "hectares"), "2 hectares");
}

#[test]
fn findings_are_written_as_the_language_does() {
    assert_eq!(VI.localised("at_least 100.5"), "≥ 100,5");
    assert_eq!(VI.localised("3123/3124"), "3.123/3.124");
    assert_eq!(VI.localised("2+1.5+0+1200"), "2+1,5+0+1.200");
    assert_eq!(VI.localised("2022-12-28"), "28/12/2022");
    assert_eq!(EN.localised("0 – 100"), "0 – 100");
    assert_eq!(VI.localised("between 40 – 60"), "khoảng 40 – 60");
}

#[test]
fn days_and_periods() {
    let day = |text: &str| parse_day(text).unwrap();
    assert_eq!(VI.day(day("2025-07-01")), "01/07/2025");
    assert_eq!(EN.day(day("2025-07-01")), "2025-07-01");
    let range = Period::new(day("2022-03-01"), day("2025-02-28")).unwrap();
    assert_eq!(VI.period(&range).replace(TIED, " "), "01/03/2022 – 28/02/2025");
    let calendar = crate::time::Calendar::Gregorian;
    assert_eq!(VI.period(&calendar.period("2025-Q3").unwrap()), "2025-Q3");
    assert_eq!(VI.period(&calendar.period("2025-07-15").unwrap()), "15/07/2025");
}

/// The shown number as its reader takes it: its digits, and the sign before them.
fn parsed(numbers: Numbers, shown: &str) -> (Option<char>, Ratio) {
    let (sign, digits) = match shown.split_once(TIED) {
        Some((sign, digits)) => (sign.chars().next(), digits),
        None => (None, shown),
    };
    let plain: String = match numbers.language {
        Language::Vietnamese => digits.replace('.', "").replace(',', "."),
        Language::English => digits.replace(',', ""),
    };
    (sign, Ratio::from(plain.parse::<crate::number::Number>().unwrap()))
}

fn values() -> impl Strategy<Value = Ratio> {
    let quotient = (-1000_i128..100_000, 1_i128..4000).prop_map(|(n, d)| ratio(n * 100, d));
    let close =
        (0_i128..=100, -3_i128..=3, 0_u32..18).prop_map(|(t, n, places)| ratio(t * 10_i128.pow(places) + n, 10_i128.pow(places)));
    prop_oneof![quotient, close]
}

proptest! {
    #[test]
    fn what_is_shown_is_on_the_side_of_the_exact_value(value in values(), thresholds in prop::collection::vec(values(), 1..4)) {
        for numbers in [VI, EN] {
            let (sign, shown) = parsed(numbers, &numbers.beside(&value, &thresholds));
            match sign {
                None => {
                    for threshold in &thresholds {
                        prop_assert_eq!(shown.cmp(threshold), value.cmp(threshold));
                        // And of the threshold as it is shown, where its digits end.
                        let exact = numbers.exact(threshold);
                        if !exact.ends_with('…') {
                            prop_assert_eq!(shown.cmp(&parsed(numbers, &exact).1), value.cmp(threshold));
                        }
                    }
                }
                Some('<') => prop_assert!(value < shown),
                Some(sign) => prop_assert!(sign == '>' && value > shown),
            }
        }
    }

    #[test]
    fn what_is_not_zero_is_not_shown_as_zero(value in values()) {
        let (sign, shown) = parsed(VI, &VI.never_zero(&value));
        prop_assert_eq!(sign.is_none() && shown.is_zero(), value.is_zero());
    }
}
