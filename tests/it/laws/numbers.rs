//! Exact numbers, what is shown of them, and how figures combine.
#![allow(clippy::unwrap_used, reason = "what is generated is valid")]

use attain::facts::{Cases, Measure};
use attain::number::{Number, Ratio, Rounding, Shown};
use proptest::prelude::*;
use proptest::sample::select;

use super::config;

fn ratio() -> impl Strategy<Value = Ratio> {
    let small = (-300..300_i128, 1..130_i128).prop_map(|(n, d)| Ratio::new(n, d).unwrap());
    let wide = (any::<i64>(), 1..i64::MAX).prop_map(|(n, d)| Ratio::new(n.into(), d.into()).unwrap());
    let huge = (any::<i128>(), 1..i128::MAX, any::<i128>())
        .prop_map(|(n, d, factor)| Ratio::new(n, d).unwrap() * Ratio::new(factor, 3).unwrap());
    prop_oneof![4 => small, 1 => wide, 1 => huge]
}

/// A threshold, and a value on it, beside it by the least that is shown, or by less.
fn threshold_and_value() -> impl Strategy<Value = (Ratio, Ratio)> {
    let threshold = prop_oneof![select(vec![0_i64, 1, 80, 100, -5]).prop_map(Ratio::from), ratio()];
    let power = (0..40_u32, -6..=6_i128).prop_map(|(power, some)| {
        // 10^38 fits, 10^39 does not; two steps reach further.
        let tenth = |places: u32| Ratio::new(1, 10_i128.pow(places)).unwrap();
        Ratio::new(some, 1).unwrap() * tenth(power / 2) * tenth(power - power / 2)
    });
    (threshold, power).prop_map(|(threshold, off)| (threshold.clone(), threshold + off))
}

fn read(digits: &str) -> Ratio {
    let (units, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let scale = 10_i128.checked_pow(fraction.len().try_into().unwrap()).unwrap();
    // Longer than fits in one go: every digit for itself.
    let negative = units.starts_with('-');
    let all = units.trim_start_matches('-').chars().chain(fraction.chars());
    let whole = all.fold(Ratio::ZERO, |sum, digit| sum * Ratio::from(10) + Ratio::from(digit.to_digit(10).unwrap()));
    let value = whole.divided_by(&Ratio::new(scale, 1).unwrap()).unwrap();
    if negative { -value } else { value }
}

fn measure() -> impl Strategy<Value = Measure> {
    let count = || prop_oneof![Just(0_i64), 0..50_i64].prop_map(Ratio::from);
    let quotient = (count(), count(), proptest::option::of(count())).prop_map(|(part, whole, population)| Measure::Quotient {
        part,
        whole,
        population,
    });
    let on_time = (count(), count(), count(), count())
        .prop_map(|(in_time, late, overdue, not_due)| Measure::OnTime(Cases { in_time, late, overdue, not_due }));
    prop_oneof![3 => quotient, 3 => on_time, 2 => ratio().prop_map(Measure::Amount), 1 => ratio().prop_map(Measure::Bare)]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn ratios_are_a_field(a in ratio(), b in ratio(), c in ratio()) {
        prop_assert_eq!(&a + &b, &b + &a);
        prop_assert_eq!(&a * &b, &b * &a);
        prop_assert_eq!(&(&a + &b) + &c, &a + &(&b + &c));
        prop_assert_eq!(&(&a * &b) * &c, &a * &(&b * &c));
        prop_assert_eq!(&a * &(&b + &c), &(&a * &b) + &(&a * &c));
        prop_assert_eq!(&(&a - &b) + &b, a.clone());
        if let Some(quotient) = a.divided_by(&b) {
            prop_assert_eq!(&quotient * &b, a.clone());
        } else {
            prop_assert!(b.is_zero());
        }
        prop_assert_eq!(a.cmp(&b), (&a - &b).cmp(&Ratio::ZERO));
        prop_assert!(a.floor() <= a && a < a.floor() + Ratio::ONE && a.floor().is_whole());
        prop_assert!(a.ceil() >= a && a > a.ceil() - Ratio::ONE && a.ceil().is_whole());
    }

    /// What is printed is read back as the same number, and a number is never rounded on its way in.
    #[test]
    fn a_number_is_read_as_it_is_printed(digits in "-?[0-9]{1,16}(\\.[0-9]{1,12})?") {
        let number: Number = digits.parse().unwrap();
        prop_assert_eq!(Ratio::from(number), read(&digits));
        prop_assert_eq!(number.to_string().parse::<Number>().unwrap(), number);
        prop_assert_eq!(Number::exactly(&Ratio::from(number)), Some(number));
    }

    /// A rounded number is the nearest with so many places.
    #[test]
    fn rounding_takes_the_nearest(value in ratio(), scale in 0..13_u32) {
        let rounding = Rounding::half_up(scale);
        let step = Ratio::new(1, 10_i128.pow(scale)).unwrap();
        let off = (&rounding.apply(&value) - &value).abs();
        prop_assert!(&off + &off <= step);
        prop_assert_eq!(read(&rounding.fixed(&value)), rounding.apply(&value));
        prop_assert_eq!(read(&rounding.shortest(&value)), rounding.apply(&value));
        prop_assert_eq!(Rounding::half_up(scale).apply(&-&value), -rounding.apply(&value));
    }

    /// What is shown lies on the same side of every threshold as the number itself.
    #[test]
    fn a_shown_number_never_contradicts_the_verdict(
        (threshold, value) in threshold_and_value(),
        further in proptest::collection::vec(ratio(), 0..3),
        scale in 0..14_u32,
    ) {
        let thresholds: Vec<&Ratio> = std::iter::once(&threshold).chain(&further).collect();
        let shown = Shown::new(&value, scale).beside(thresholds.iter().copied());
        let said = read(shown.digits());
        match shown.sign() {
            None => for threshold in thresholds {
                prop_assert_eq!(said.cmp(threshold), value.cmp(threshold), "{} beside {:?}", shown, threshold);
            },
            Some('<') => prop_assert!(value < said, "{shown}"),
            Some('>') => prop_assert!(value > said, "{shown}"),
            Some(_) => prop_assert!(false, "{shown}"),
        }
        // As few digits as will do, from what was asked for up to 12; a sign only where none do.
        let thresholds: Vec<&Ratio> = std::iter::once(&threshold).chain(&further).collect();
        let agrees = |rounded: &Ratio| thresholds.iter().all(|threshold| rounded.cmp(threshold) == value.cmp(threshold));
        let enough = (scale.min(12)..=12).find(|scale| agrees(&Rounding::half_up(*scale).apply(&value)));
        prop_assert_eq!(shown.sign().is_none(), enough.is_some(), "{}", &shown);
        let places = shown.digits().split_once('.').map_or(0, |(_, places)| places.len());
        prop_assert!(enough.map_or(places <= 12, |enough| places == enough as usize), "{} with {:?} places", &shown, enough);
    }

    /// Figures of several units add up to the same in any order and in any groups.
    #[test]
    fn combining_units_is_associative_and_free_of_order(a in measure(), b in measure(), c in measure()) {
        prop_assert_eq!(a.plus(&b), b.plus(&a));
        let left = a.plus(&b).and_then(|sum| sum.plus(&c));
        let right = b.plus(&c).and_then(|sum| a.plus(&sum));
        prop_assert_eq!(left, right);
    }

    /// Figures of several periods add up to the same in any groups; time has an order.
    #[test]
    fn combining_periods_is_associative(a in measure(), b in measure(), c in measure(), cohort in proptest::bool::ANY) {
        let left = a.then(&b, cohort).and_then(|sum| sum.then(&c, cohort));
        let right = b.then(&c, cohort).and_then(|sum| a.then(&sum, cohort));
        prop_assert_eq!(left, right);
    }
}
