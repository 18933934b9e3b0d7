use std::ops::Bound::{self, Excluded, Included, Unbounded};

use super::super::Distribution;
use super::*;

const METHODS: [Method; 7] = [
    Method::Linear,
    Method::TheilSen,
    Method::Compound,
    Method::LastValue,
    Method::Drift,
    Method::HoltLinear { level: 0.8, trend: 0.2 },
    Method::HoltDamped { level: 0.8, trend: 0.2, damping: 0.9 },
];
const PERCENT: Scale = Scale::Logit { low: 0.0, high: 100.0 };

fn series(x: &[i64], y: &[f64]) -> Series {
    Series::new(x.to_vec(), y.to_vec()).unwrap()
}

#[test]
fn every_reason() {
    let reason = |method, scale, x: &[i64], y: &[f64]| fit(method, scale, &series(x, y)).err();
    for method in METHODS {
        assert_eq!(reason(method, Scale::Plain, &[1], &[5.0]), Some(Unsuitable::TooFewPoints));
        assert_eq!(reason(method, Scale::Plain, &[1, 2, 3], &[5.0, 5.0, 5.0]), Some(Unsuitable::ConstantSeries));
        let two = reason(method, Scale::Plain, &[1, 2], &[5.0, 6.0]);
        assert_eq!(two, if method == Method::LastValue { None } else { Some(Unsuitable::TooFewPoints) });
        let at_bound = if method == Method::Compound { Unsuitable::OutOfRange } else { Unsuitable::AtBound };
        assert_eq!(reason(method, PERCENT, &[1, 2, 3], &[98.0, 99.0, 100.0]), Some(at_bound));
        assert_eq!(reason(method, Scale::Logit { low: 1.0, high: 1.0 }, &[1, 2], &[5.0, 6.0]), Some(Unsuitable::OutOfRange));
        let uneven = reason(method, Scale::Plain, &[1, 2, 4], &[5.0, 6.0, 8.0]);
        assert_eq!(uneven, method.code().starts_with("holt").then_some(Unsuitable::UnevenSteps));
        let fitted = fit(method, Scale::Plain, &series(&[0, 2, 4], &[5.0, 6.0, 8.0])).unwrap();
        assert_eq!(fitted.at(4), Err(Unsuitable::NoTimeLeft));
        assert_eq!(fitted.at(5).err(), method.code().starts_with("holt").then_some(Unsuitable::UnevenSteps));
        assert_eq!(fitted.first_within(.., 4), Err(Unsuitable::NoTimeLeft));
        assert_eq!(fitted.first_within(f64::NAN.., 9), Err(Unsuitable::OutOfRange));
    }
    assert_eq!(reason(Method::Compound, Scale::Plain, &[1, 2, 3], &[1.0, 0.0, 2.0]), Some(Unsuitable::NonPositive));
    let holt = Method::HoltLinear { level: 1.5, trend: 0.1 };
    assert_eq!(reason(holt, Scale::Plain, &[1, 2, 3], &[1.0, 3.0, 2.0]), Some(Unsuitable::OutOfRange));
}

#[test]
fn distributions() {
    let data = series(&[0, 1, 2, 3], &[10.0, 30.0, 20.0, 40.0]);
    let distribution = |method, scale| fit(method, scale, &data).unwrap().at(5).unwrap().distribution();
    assert_eq!(distribution(Method::Linear, Scale::Plain), Distribution::StudentT { degrees: 2 });
    assert_eq!(distribution(Method::TheilSen, PERCENT), Distribution::LogitStudentT { degrees: 2 });
    assert_eq!(distribution(Method::Compound, Scale::Plain), Distribution::LogStudentT { degrees: 2 });
    assert_eq!(distribution(Method::Drift, Scale::Plain), Distribution::Normal);
    assert_eq!(distribution(Method::LastValue, PERCENT), Distribution::LogitNormal);
}

#[test]
fn a_certain_value_is_within_or_not() {
    let prediction = fit(Method::Linear, Scale::Plain, &series(&[0, 1, 2], &[0.1, 0.2, 0.3])).unwrap().at(3).unwrap();
    assert_eq!(prediction.distribution(), Distribution::Point);
    // 0.1 + 3·0.1 is not exactly 0.4, but it is at it.
    assert_eq!(prediction.probability_within(0.4..), Ok(1.0));
    assert_eq!(prediction.probability_within(..=0.4), Ok(1.0));
    assert_eq!(prediction.probability_within(0.401..), Ok(0.0));
    // What only comes up to an end that does not belong to the range is not in it.
    assert_eq!(prediction.probability_within((Excluded(0.4), Unbounded)), Ok(0.0));
    assert_eq!(prediction.probability_within(..0.4), Ok(0.0));
    assert_eq!(prediction.probability_within((Excluded(0.399), Excluded(0.401))), Ok(1.0));
    let (low, high) = prediction.interval(0.95).unwrap();
    assert_eq!(low, high);
}

#[test]
fn probabilities_add_up() {
    let data = series(&[0, 1, 2, 3, 4], &[50.0, 58.0, 61.0, 60.0, 70.0]);
    for method in METHODS {
        for scale in [Scale::Plain, PERCENT] {
            let Ok(fitted) = fit(method, scale, &data) else { continue };
            let prediction = fitted.at(6).unwrap();
            let within = |low: Option<f64>, high: Option<f64>| {
                let end = |end: Option<f64>| end.map_or(Bound::Unbounded, Bound::Included);
                prediction.probability_within((end(low), end(high))).unwrap()
            };
            let (low, high) = prediction.interval(0.9).unwrap();
            assert!((within(Some(low), Some(high)) - 0.9).abs() < 1e-12, "{method:?}");
            assert!((within(None, Some(low)) - 0.05).abs() < 1e-12 && (within(Some(high), None) - 0.05).abs() < 1e-12);
            assert_eq!((within(None, None), within(Some(high), Some(low))), (1.0, 0.0));
            assert!(within(Some(1e6), None) < 0.01);
        }
    }
    let sure = fit(Method::Linear, PERCENT, &data).unwrap().at(6).unwrap();
    assert_eq!(sure.probability_within(0.0..=100.0), Ok(1.0));
    assert_eq!(sure.probability_within(100.0..), Ok(0.0));
    assert_eq!(sure.probability_within(f64::NAN..), Err(Unsuitable::OutOfRange));
}

#[test]
fn first_day() {
    let rising = series(&[0, 1, 2, 3], &[0.0, 0.1, 0.2, 0.3]);
    for method in [Method::Linear, Method::TheilSen, Method::Drift, Method::HoltLinear { level: 0.5, trend: 0.5 }] {
        let fitted = fit(method, Scale::Plain, &rising).unwrap();
        let first = |range: (Bound<f64>, Bound<f64>), until| fitted.first_within(range, until);
        assert_eq!(first((Included(0.7), Unbounded), 100), Ok(7), "{method:?}");
        assert_eq!(first((Excluded(0.7), Unbounded), 100), Ok(8));
        assert_eq!(first((Included(0.7), Unbounded), 6), Err(Unsuitable::Never));
        assert_eq!(first((Included(0.1), Unbounded), 6), Ok(4));
        assert_eq!(first((Unbounded, Included(0.1)), 100), Err(Unsuitable::Never));
        assert_eq!(first((Included(0.65), Included(0.75)), 100), Ok(7));
        // The value jumps over a range that lies between two days.
        assert_eq!(first((Included(0.72), Included(0.75)), 100), Err(Unsuitable::Never));
        assert_eq!(first((Included(5e17), Unbounded), i64::MAX).map(|day| day > 4_999_999_999_000_000_000), Ok(true));
    }
    let shares = fit(Method::Linear, PERCENT, &series(&[0, 1, 2, 3], &[50.0, 70.0, 80.0, 90.0])).unwrap();
    assert_eq!(shares.first_within(100.0.., i64::MAX), Err(Unsuitable::Never));
    assert!(shares.first_within(99.0.., 100).is_ok());
    let falling = fit(Method::Compound, Scale::Plain, &series(&[0, 1, 2], &[100.0, 50.0, 25.0])).unwrap();
    assert_eq!(falling.first_within(..=3.125, 100), Ok(5));
    assert_eq!(falling.first_within(..3.125, 100), Ok(6));
    assert_eq!(falling.first_within(..=0.0, i64::MAX), Err(Unsuitable::Never));
    let growing = fit(Method::Compound, Scale::Plain, &series(&[0, 1, 2], &[1.0, 2.0, 4.0])).unwrap();
    assert_eq!(growing.first_within(1e300.., i64::MAX), Ok(997));
    assert_eq!(growing.at(i64::MAX), Err(Unsuitable::OutOfRange));
}

#[test]
fn steps_of_smoothing() {
    let data = series(&[2000, 2005, 2010], &[10.0, 12.0, 15.0]);
    let fitted = fit(Method::HoltLinear { level: 0.5, trend: 0.4 }, Scale::Plain, &data).unwrap();
    // Level 12, trend 2; foretold 14, error 1; level 14.5, trend 2.2.
    assert!((fitted.at(2015).unwrap().value() - 16.7).abs() < 1e-12);
    assert_eq!(fitted.first_within(18.0.., 2100), Ok(2020));
    assert_eq!(fitted.first_within(18.0.., 2019), Err(Unsuitable::Never));
    let (low, high) = fitted.at(2015).unwrap().interval(0.95).unwrap();
    assert!((high - low - 2.0 * 1.959_963_984_540_054).abs() < 1e-12);
    // v(2) = 1 + (0.5 + 0.2)² = 1.49.
    let (low, high) = fitted.at(2020).unwrap().interval(0.95).unwrap();
    assert!((high - low - 2.0 * 1.959_963_984_540_054 * 1.49_f64.sqrt()).abs() < 1e-12);
}
