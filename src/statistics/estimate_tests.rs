use proptest::prelude::*;

use super::*;

fn text(value: f64) -> String {
    Estimate::new(value).unwrap().to_string()
}

#[test]
fn prints_a_plain_decimal() {
    for (value, shown) in [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-2.5, "-2.5"),
        (1e15, "1000000000000000"),
        (123_456_789_012.4, "123456789012"),
        (1_234_567_890_125.0, "1234567890120"),
        (1.234_567_890_123_456e-7, "0.000000123456789012"),
        (-1e-300, &format!("-0.{}1", "0".repeat(299))),
        (0.999_999_999_999_9, "1"),
        (99.5, "99.5"),
    ] {
        assert_eq!(text(value), shown);
    }
    assert!(text(f64::MIN_POSITIVE / 8.0).starts_with("0.000"));
    assert_eq!(text(f64::MAX).len(), 309);
}

#[test]
fn what_is_not_finite_is_none() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(Estimate::new(value), None);
    }
}

proptest! {
    #[test]
    fn rounding_twice_changes_nothing(value in proptest::num::f64::ANY) {
        if let Some(once) = Estimate::new(value) {
            prop_assert_eq!(Estimate::new(once.value()), Some(once));
            prop_assert!((once.value() - value).abs() <= value.abs() * 5.1e-12);
            prop_assert_eq!(once.to_string().parse::<f64>().unwrap(), once.value());
        } else {
            prop_assert!(!value.is_finite());
        }
    }

    #[test]
    fn the_exact_number_has_the_same_digits(value in -1e9..1e9_f64) {
        let estimate = Estimate::new(value).unwrap();
        let exact = estimate.to_ratio();
        let scaled = &exact * &Ratio::new(10_i128.pow(30), 1).unwrap();
        prop_assert_eq!(exact.is_negative(), estimate.value() < 0.0);
        prop_assert!(value.abs() < 1e-3 || scaled.is_whole());
        let near = exact.to_string().parse::<f64>().unwrap();
        prop_assert!((near - value).abs() <= 1e-11 * (1.0 + value.abs()));
    }

    #[test]
    fn the_order_is_that_of_the_values(a in -1e9..1e9_f64, b in -1e9..1e9_f64) {
        let (a, b) = (Estimate::new(a).unwrap(), Estimate::new(b).unwrap());
        prop_assert_eq!(a.cmp(&b), a.to_ratio().cmp(&b.to_ratio()));
    }
}
