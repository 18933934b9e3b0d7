use std::ops::RangeBounds;

use proptest::prelude::*;

use super::*;
use crate::number::RoundingMode;

/// Fortieths: whole steps of rounding, halves of them, and what lies between.
fn fortieths() -> impl Strategy<Value = Ratio> {
    (-200_i128..200).prop_map(|part| Ratio::new(part, 40).unwrap())
}

fn bounds() -> impl Strategy<Value = Bound> {
    let sides = prop_oneof![Just(Side::AtLeast), Just(Side::AtMost), Just(Side::Above), Just(Side::Below)];
    prop_oneof![
        (sides, fortieths()).prop_map(|(side, t)| Bound::OneSided(side, t)),
        fortieths().prop_map(Bound::Exactly),
        (fortieths(), fortieths()).prop_map(|(a, b)| Bound::Between(a.clone().min(b.clone()), a.max(b))),
        (any::<bool>(), fortieths())
            .prop_map(|(higher, b)| Bound::Improve(if higher { Better::Higher } else { Better::Lower }, b)),
    ]
}

fn roundings() -> impl Strategy<Value = Option<Rounding>> {
    let modes = prop_oneof![Just(RoundingMode::HalfUp), Just(RoundingMode::HalfEven)];
    prop::option::of((0_u32..3, modes).prop_map(|(scale, mode)| Rounding { scale, mode }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn the_range_is_what_the_verdict_meets(
        bound in bounds(), value in fortieths(), tolerance in (0_i128..60), rounding in roundings(),
    ) {
        let tolerance = Ratio::new(tolerance, 40).unwrap();
        let range = bound.range(&tolerance, rounding);
        prop_assert_eq!(range.contains(&value), bound.verdict(&value, &tolerance, rounding).met, "{:?}", range);
    }

    /// What lies nearest to an end on either side, however fine the rounding.
    #[test]
    fn the_ends_belong_or_not(bound in bounds(), rounding in roundings(), away in 1_i128..1000) {
        let range = bound.range(&Ratio::ZERO, rounding);
        let least = Ratio::new(1, away * 1_000_000).unwrap();
        for end in [&range.0, &range.1] {
            let (End::Included(at) | End::Excluded(at)) = end else { continue };
            for value in [at - &least, at.clone(), at + &least] {
                prop_assert_eq!(range.contains(&value), bound.verdict(&value, &Ratio::ZERO, rounding).met, "{:?} {}", range, value);
            }
        }
    }

    #[test]
    fn unattainable_is_what_no_value_meets(bound in bounds(), rounding in roundings(), low in -5_i32..5, width in 0_i32..5) {
        let bounds = Bounds { low: Some(Number::from(low)), high: Some(Number::from(low + width)) };
        let mut values = (low * 80..=(low + width) * 80).map(|part| Ratio::new(part.into(), 80).unwrap());
        let met = values.any(|value| bound.verdict(&value, &Ratio::ZERO, rounding).met);
        // Thresholds and halves of hundredths lie on the grid or between two of its values.
        let fine = rounding.is_some_and(|rounding| rounding.scale > 1);
        prop_assert!(!(met && bound.is_unattainable(&bounds, &Ratio::ZERO, rounding)));
        prop_assert!(met || fine || bound.is_unattainable(&bounds, &Ratio::ZERO, rounding), "{:?}", bound);
    }
}

/// Half away from zero at no places: 4.5 is 5 and −4.5 is −5.
#[test]
fn ends_by_hand() {
    let whole = Some(Rounding::half_up(0));
    let half = |halves: i128| Ratio::new(halves, 2).unwrap();
    let range = |bound: Bound| bound.range(&Ratio::ZERO, whole);
    assert_eq!(range(Bound::OneSided(Side::AtLeast, half(10))), (End::Included(half(9)), End::Unbounded));
    assert_eq!(range(Bound::OneSided(Side::Above, half(10))), (End::Included(half(11)), End::Unbounded));
    assert_eq!(range(Bound::OneSided(Side::AtMost, half(10))), (End::Unbounded, End::Excluded(half(11))));
    assert_eq!(range(Bound::OneSided(Side::Below, half(10))), (End::Unbounded, End::Excluded(half(9))));
    assert_eq!(range(Bound::Exactly(half(-10))), (End::Excluded(half(-11)), End::Included(half(-9))));
    assert_eq!(range(Bound::Exactly(Ratio::ZERO)), (End::Excluded(half(-1)), End::Excluded(half(1))));
}
