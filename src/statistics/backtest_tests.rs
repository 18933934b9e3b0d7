use super::*;

fn series(x: &[i64], y: &[f64]) -> Series {
    Series::new(x.to_vec(), y.to_vec()).unwrap()
}

#[test]
fn errors_by_hand() {
    let data = series(&[0, 1, 2, 3, 4], &[1.0, 2.0, 4.0, 5.0, 3.0]);
    let result = backtest(Method::LastValue, Scale::Plain, &data, 2);
    // 4 − 2, 5 − 4, 3 − 5; two ahead 5 − 2, 3 − 4.
    let one = result.one_step.unwrap();
    assert_eq!((one.count, one.mean_absolute, one.root_mean_square), (3, 5.0 / 3.0, 3.0_f64.sqrt()));
    assert!((one.bias - 1.0 / 3.0).abs() < 1e-15);
    let two = result.at_horizon.unwrap();
    assert_eq!((two.count, two.mean_absolute, two.bias, result.skipped), (2, 2.0, 1.0, 0));
}

#[test]
fn what_cannot_be_forecast_is_counted() {
    let data = series(&[0, 1, 2, 3, 4], &[1.0, 1.0, 1.0, 2.0, 3.0]);
    let result = backtest(Method::Linear, Scale::Plain, &data, 9);
    assert_eq!((result.skipped, result.one_step.unwrap().count), (1, 1));
    assert_eq!(result.at_horizon, Err(Unsuitable::ConstantSeries));
    assert_eq!(backtest(Method::Linear, Scale::Plain, &data, 0).at_horizon, Err(Unsuitable::OutOfRange));
    let short = backtest(Method::Linear, Scale::Plain, &series(&[0, 1, 2], &[1.0, 2.0, 4.0]), 1);
    assert_eq!(short.one_step, Err(Unsuitable::TooFewPoints));
    let zero = backtest(Method::Compound, Scale::Plain, &series(&[0, 1, 2, 3], &[0.0, 1.0, 2.0, 4.0]), 1);
    assert_eq!((zero.one_step, zero.skipped), (Err(Unsuitable::NonPositive), 1));
}

#[test]
fn the_horizon_is_met_within_half_a_step() {
    let data = series(&[0, 365, 731, 1096, 1461], &[1.0, 2.0, 4.0, 5.0, 7.0]);
    let result = |horizon| backtest(Method::LastValue, Scale::Plain, &data, horizon).at_horizon.map(|errors| errors.count);
    assert_eq!(result(730), Ok(2));
    assert_eq!(result(180), Err(Unsuitable::TooFewPoints));
    assert_eq!(result(2000), Err(Unsuitable::TooFewPoints));
}

#[test]
fn the_choice() {
    let methods =
        [Method::LastValue, Method::Drift, Method::Linear, Method::Compound, Method::HoltLinear { level: 0.5, trend: 0.5 }];
    let choose = |y: &[f64], horizon| {
        let x: Vec<_> = (0..).take(y.len()).collect();
        choose(&methods, Scale::Plain, &series(&x, y), horizon)
    };
    let doubling: Vec<_> = (0..10).map(|step| 2.0_f64.powi(step)).collect();
    let choice = choose(&doubling, 2).unwrap();
    assert_eq!((choice.method, choice.by_horizon, choice.origins, choice.candidates.len()), (Method::Compound, true, 6, 5));
    // At most 2 origins are 6 steps before a point, so one step decides.
    let choice = choose(&doubling, 6).unwrap();
    assert_eq!((choice.method, choice.by_horizon, choice.origins), (Method::Compound, false, 7));
    // Of three points only the last value foretells one.
    assert_eq!(choose(&[1.0, 2.0, 3.0], 1).unwrap().method, Method::LastValue);
    assert_eq!(choose(&[1.0, 2.0], 1).err(), Some(Unsuitable::TooFewPoints));
    assert_eq!(choose(&[1.0, 1.0, 1.0], 1).err(), Some(Unsuitable::ConstantSeries));
    // A zero takes the compound method out, not the others.
    assert_eq!(choose(&[0.0, 1.0, 2.0, 3.0, 4.0], 1).unwrap().method, Method::Drift);
    assert_eq!(super::choose(&[], Scale::Plain, &series(&[0], &[1.0]), 1).err(), Some(Unsuitable::TooFewPoints));
}
