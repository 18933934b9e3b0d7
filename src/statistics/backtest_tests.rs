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
    // Of three points only the last value foretells one, and what is not compared with another is not chosen.
    assert_eq!(choose(&[1.0, 2.0, 3.0], 1).err(), Some(Unsuitable::TooFewPoints));
    assert_eq!(choose(&[1.0, 2.0], 1).err(), Some(Unsuitable::TooFewPoints));
    assert_eq!(choose(&[1.0, 1.0, 1.0], 1).err(), Some(Unsuitable::ConstantSeries));
    // A zero takes the compound method out, not the others.
    assert_eq!(choose(&[0.0, 1.0, 2.0, 3.0, 4.0], 1).unwrap().method, Method::Drift);
    assert_eq!(super::choose(&[], Scale::Plain, &series(&[0], &[1.0]), 1).err(), Some(Unsuitable::TooFewPoints));
}

/// The same pseudo-random numbers in every run.
fn random(seed: u64, count: usize) -> Vec<f64> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64
    };
    (0..count).map(|number| number as f64 * 300_000.0 + next()).collect()
}

/// The median slope that grows with the series is that of all pairs, sorted anew for each beginning of the series; and the
/// fits are those of each beginning alone, to the last bit.
#[test]
fn what_grows_is_what_begins_anew() {
    for seed in 0..20 {
        let values = random(seed, 40);
        // Some ties, some uneven steps.
        let values: Vec<_> =
            if seed % 2 == 0 { values } else { values.iter().map(|value| (value / 2e6).floor() - 3.0).collect() };
        let dates: Vec<i64> = (0..40).map(|day| day * 7 + (day * day) % 5).collect();
        let all = series(&dates, &values);
        let mut growing = Growing::new(Method::TheilSen, Scale::Plain, &all).unwrap();
        let mut slopes = super::super::robust::PairSlopes::default();
        slopes.add(dates[0] as f64, values[0]);
        let mut compared = 0;
        for count in 2..=40 {
            let beginning = all.first(count).unwrap();
            let x: Vec<_> = beginning.dates().iter().map(|date| *date as f64).collect();
            slopes.add(x[count - 1], values[count - 1]);
            let sorted = super::super::theil_sen(&x, beginning.values(), super::super::Intercept::Joint, 0.95).unwrap();
            assert_eq!(slopes.median().map(f64::to_bits), Some(sorted.slope.to_bits()));
            let anew = fit(Method::TheilSen, Scale::Plain, &beginning);
            assert_eq!(growing.fit(&beginning), anew, "{seed} {count}");
            compared += usize::from(anew.is_ok());
        }
        assert!(compared > 30);
        // And so are the errors: those of the fits of each beginning.
        let errors = backtest(Method::TheilSen, Scale::Plain, &all, 7).one_step.unwrap();
        let naive: Vec<_> = (3..40)
            .filter_map(|count| {
                let forecast = fit(Method::TheilSen, Scale::Plain, &all.first(count).unwrap()).ok()?.at(dates[count]).ok()?;
                Some(Error { origin: count, size: values[count] - forecast.value() })
            })
            .collect();
        assert_eq!(Ok(errors), Errors::of(&naive));
    }
}

#[test]
fn the_longest_series() {
    let of = |count: i64| series(&(0..count).collect::<Vec<_>>(), &random(1, usize::try_from(count).unwrap()));
    let most = i64::try_from(MOST_POINTS).unwrap();
    let (longest, longer) = (of(most), of(most + 1));
    assert!(backtest(Method::LastValue, Scale::Plain, &longest, 1).one_step.is_ok());
    let refused = backtest(Method::LastValue, Scale::Plain, &longer, 1);
    assert_eq!((refused.one_step, refused.at_horizon), (Err(Unsuitable::OutOfRange), Err(Unsuitable::OutOfRange)));
    assert_eq!(choose(&[Method::LastValue], Scale::Plain, &longer, 1).err(), Some(Unsuitable::OutOfRange));
    assert_eq!(fit(Method::TheilSen, Scale::Plain, &longer).err(), Some(Unsuitable::OutOfRange));
    assert!(fit(Method::Linear, Scale::Plain, &longer).is_ok());
    let x: Vec<_> = longer.dates().iter().map(|date| *date as f64).collect();
    let line = super::super::theil_sen(&x, longer.values(), super::super::Intercept::Joint, 0.95);
    assert_eq!(line, Err(Unsuitable::OutOfRange));
}
