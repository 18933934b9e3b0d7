use proptest::prelude::*;

use super::*;
use crate::number::RoundingMode;

fn wide(n: i128, d: i128) -> (BigInt, BigInt) {
    (BigInt::from(n), BigInt::from(d))
}

fn whole_numbers() -> impl Strategy<Value = i128> {
    prop_oneof![any::<i128>(), -1000_i128..1000, Just(i128::MIN), Just(i128::MAX), Just(0), Just(1)]
}

fn ratios() -> impl Strategy<Value = (i128, i128, Ratio)> {
    (whole_numbers(), whole_numbers().prop_filter("a denominator", |d| *d != 0))
        .prop_map(|(n, d)| (n, d, Ratio::new(n, d).unwrap()))
}

proptest! {
    #[test]
    fn operations_agree_with_wide_integers((a, b, x) in ratios(), (c, d, y) in ratios()) {
        let ((a, b), (c, d)) = (wide(a, b), wide(c, d));
        let equals = |ratio: Ratio, n: BigInt, m: BigInt| { let (p, q) = ratio.wide(); p * m == n * q };
        prop_assert!(equals(&x + &y, &a * &d + &c * &b, &b * &d));
        prop_assert!(equals(&x - &y, &a * &d - &c * &b, &b * &d));
        prop_assert!(equals(&x * &y, &a * &c, &b * &d));
        match x.divided_by(&y) {
            Some(quotient) => prop_assert!(equals(quotient, &a * &d, &b * &c)),
            None => prop_assert!(y.is_zero()),
        }
        prop_assert_eq!(x.cmp(&y), (&x - &y).wide().0.cmp(&BigInt::from(0)));
    }

    #[test]
    fn equal_values_are_equal_representations((n, d, x) in ratios(), k in 1_i128..1000) {
        if let (Some(n), Some(d)) = (n.checked_mul(k), d.checked_mul(k)) {
            prop_assert_eq!(&Ratio::new(n, d).unwrap(), &x);
        }
        let there_and_back = &(&x + &Ratio::from(7)) - &Ratio::from(7);
        prop_assert_eq!(there_and_back, x);
    }

    #[test]
    fn floor_and_ceiling_enclose((_, _, x) in ratios()) {
        let (floor, ceil) = (x.floor(), x.ceil());
        prop_assert!(floor.is_whole() && ceil.is_whole());
        prop_assert!(floor <= x && x <= ceil);
        prop_assert!(&x - &floor < Ratio::ONE && &ceil - &x < Ratio::ONE);
    }

    #[test]
    fn rounding_moves_by_at_most_half_a_place((_, _, x) in ratios(), scale in 0_u32..14) {
        let step = Ratio::new(1, 10_i128.pow(scale)).unwrap();
        for mode in [RoundingMode::HalfUp, RoundingMode::HalfEven] {
            let moved = (&(Rounding { scale, mode }).apply(&x) - &x).abs();
            prop_assert!(&moved + &moved <= step);
        }
    }
}

#[test]
fn halves_go_away_from_zero_or_to_the_even_neighbour() {
    let half = |n| Ratio::new(n, 2).unwrap();
    let even = Rounding { scale: 0, mode: RoundingMode::HalfEven };
    assert_eq!(Rounding::half_up(0).fixed(&half(5)), "3");
    assert_eq!(Rounding::half_up(0).fixed(&half(-5)), "-3");
    assert_eq!(even.fixed(&half(5)), "2");
    assert_eq!(even.fixed(&half(7)), "4");
    assert_eq!(Rounding::half_up(2).fixed(&Ratio::new(-1, 1000).unwrap()), "0.00", "no minus zero");
    assert_eq!(Rounding::half_up(2).fixed(&Ratio::new(5, 1000).unwrap()), "0.01");
}

#[test]
fn the_document_form_has_twelve_places_and_no_trailing_zeros() {
    let text = |n, d| Ratio::new(n, d).unwrap().to_string();
    assert_eq!(text(3900, 84), "46.428571428571");
    assert_eq!(text(-1, 3), "-0.333333333333");
    assert_eq!(text(100, 1), "100");
    assert_eq!(text(-1, 10_000_000_000_000), "0");
}
