use super::*;

#[test]
fn a_straight_line_leaves_nothing() {
    for scale in [1e-300, 1e-9, 1.0, 1e9, 1e300] {
        let x: Vec<_> = (0..20).map(|step| 45_000.0 + f64::from(step) * 30.7).collect();
        let y: Vec<_> = x.iter().map(|x| scale * (0.1 * x - 3.7)).collect();
        let line = Line::fit(&x, &y).unwrap();
        let interval = line.prediction_interval(46_000.0, 0.95).unwrap();
        assert!(interval.low == interval.high && (interval.low / scale - 4596.3).abs() < 1e-8, "{scale} {interval:?}");
        assert_eq!((line.r_squared(), line.slope_p_value()), (Ok(1.0), Ok(0.0)));
    }
}

#[test]
fn small_differences_are_not_rounding() {
    let line = Line::fit(&[0.0, 1.0, 2.0], &[1e6, 1e6 + 1e-5, 1e6]).unwrap();
    assert!(line.residual_error().unwrap() > 1e-6);
}

#[test]
fn what_is_no_line_is_refused() {
    let reason = |x: &[f64], y: &[f64]| Line::fit(x, y).unwrap_err();
    assert_eq!(reason(&[], &[]), Unsuitable::TooFewPoints);
    assert_eq!(reason(&[1.0], &[1.0]), Unsuitable::TooFewPoints);
    assert_eq!(reason(&[1.0, 1.0], &[1.0, 2.0]), Unsuitable::EqualDates);
    assert_eq!(reason(&[1.0, 2.0], &[1.0]), Unsuitable::OutOfRange);
    assert_eq!(reason(&[1.0, 2.0], &[1.0, f64::NAN]), Unsuitable::OutOfRange);
    assert_eq!(reason(&[0.0, 1e-300], &[0.0, 1e300]), Unsuitable::OutOfRange);
    let two = Line::fit(&[0.0, 1.0], &[3.0, 7.0]).unwrap();
    assert_eq!((two.slope(), two.intercept()), (4.0, Ok(3.0)));
    assert_eq!(two.prediction_interval(2.0, 0.95), Err(Unsuitable::TooFewPoints));
    let constant = Line::fit(&[0.0, 1.0, 2.0], &[7.0, 7.0, 7.0]).unwrap();
    assert_eq!(constant.r_squared(), Err(Unsuitable::ConstantSeries));
    assert_eq!(constant.slope_p_value(), Err(Unsuitable::ConstantSeries));
}
