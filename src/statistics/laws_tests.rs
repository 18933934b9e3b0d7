//! What holds for every input.

use proptest::prelude::*;

use super::*;

const PERCENT: Scale = Scale::Logit { low: 0.0, high: 100.0 };
const SHARES: [IntervalMethod; 4] =
    [IntervalMethod::Wilson, IntervalMethod::ClopperPearson, IntervalMethod::AgrestiCoull, IntervalMethod::Jeffreys];

fn methods() -> impl Strategy<Value = Method> {
    let share = || 0.0..=1.0_f64;
    prop_oneof![
        Just(Method::Linear),
        Just(Method::TheilSen),
        Just(Method::Compound),
        Just(Method::LastValue),
        Just(Method::Drift),
        (share(), share()).prop_map(|(level, trend)| Method::HoltLinear { level, trend }),
        (share(), share(), share()).prop_map(|(level, trend, damping)| Method::HoltDamped { level, trend, damping }),
    ]
}

/// Values of every size, with ties.
fn wild() -> impl Strategy<Value = f64> + Clone {
    prop_oneof![
        -100.0..100.0_f64,
        (0_i32..4).prop_map(f64::from),
        proptest::num::f64::NORMAL,
        proptest::num::f64::SUBNORMAL,
        Just(f64::MAX),
        Just(f64::MIN),
        Just(f64::MIN_POSITIVE),
        Just(1e-300),
        Just(0.0),
    ]
}

/// Every method, with parameters at their ends and between.
const EVERY: [Method; 9] = [
    Method::Linear,
    Method::TheilSen,
    Method::Compound,
    Method::LastValue,
    Method::Drift,
    Method::HoltLinear { level: 1.0, trend: 1.0 },
    Method::HoltLinear { level: 0.3, trend: 0.0 },
    Method::HoltDamped { level: 0.5, trend: 0.5, damping: 0.0 },
    Method::HoltDamped { level: 0.5, trend: 0.5, damping: 0.9 },
];

/// One point, two, or more, from 10⁻²⁸ to 10²⁸, of one size, of all sizes or all equal.
fn extremes() -> impl Strategy<Value = Vec<f64>> {
    let size = || (-28_i32..=28).prop_map(|power| 10.0_f64.powi(power));
    let one =
        || (size(), 1.0..10.0_f64, any::<bool>()).prop_map(|(size, digits, up)| if up { size * digits } else { -size * digits });
    prop_oneof![
        prop::collection::vec(one(), 1..3),
        prop::collection::vec(one(), 3..12),
        prop::collection::vec(one().prop_map(f64::abs), 3..12),
        (one(), 1_usize..12).prop_map(|(value, count)| vec![value; count]),
        (size(), prop::collection::vec(1.0..2.0_f64, 3..12))
            .prop_map(|(size, parts)| parts.iter().map(|part| size * part).collect()),
    ]
}

fn any_float() -> impl Strategy<Value = f64> {
    prop_oneof![wild(), proptest::num::f64::ANY, 0.0..1.0_f64, 0.0..1e6_f64]
}

/// Rising dates, evenly spaced or not.
fn dates(count: usize) -> impl Strategy<Value = Vec<i64>> {
    let rising = |start: i64, steps: Vec<i64>| {
        steps
            .iter()
            .scan(start, |day, step| {
                *day += step;
                Some(*day)
            })
            .collect::<Vec<_>>()
    };
    prop_oneof![
        (-1000_i64..1_000_000, 1_i64..400).prop_map(move |(start, step)| rising(start, vec![step; count])),
        (-1000_i64..1_000_000, prop::collection::vec(1_i64..400, count)).prop_map(move |(start, steps)| rising(start, steps)),
    ]
}

fn series(values: impl Strategy<Value = f64> + Clone) -> impl Strategy<Value = Series> {
    (1_usize..14)
        .prop_flat_map(move |count| (dates(count), prop::collection::vec(values.clone(), count)))
        .prop_map(|(x, y)| Series::new(x, y).unwrap())
}

fn ahead(series: &Series, steps: i64) -> i64 {
    let x = series.dates();
    let step = if x.len() > 1 { x[1] - x[0] } else { 1 };
    x[x.len() - 1] + steps * step
}

fn near(a: f64, b: f64, size: f64) -> bool {
    (a - b).abs() <= 1e-9 * size.max(a.abs()).max(b.abs())
}

proptest! {
    #[test]
    fn a_straight_line_goes_on_as_it_is(
        (slope, start) in (0.01..50.0_f64, -1e3..1e3_f64), up: bool, count in 3_i64..20, step in 1_i64..400, steps in 1_i64..20,
        (level, trend) in (0.0..=1.0_f64, 0.0..=1.0_f64),
    ) {
        let slope = if up { slope } else { -slope };
        let x: Vec<_> = (0..count).map(|k| 738_000 + k * step).collect();
        let at = |x: i64| start + slope * (x - 738_000) as f64;
        let data = Series::new(x.clone(), x.iter().map(|x| at(*x)).collect()).unwrap();
        let day = ahead(&data, steps);
        for method in [Method::Linear, Method::TheilSen, Method::Drift, Method::HoltLinear { level, trend }] {
            let prediction = fit(method, Scale::Plain, &data).unwrap().at(day).unwrap();
            let (low, high) = prediction.interval(0.95).unwrap();
            prop_assert!(near(prediction.value(), at(day), at(x[x.len() - 1]).abs()), "{:?}", method);
            prop_assert_eq!(low, high);
        }
    }

    #[test]
    fn logit_stays_inside(data in series(prop_oneof![0.001..99.999_f64, 1e-9..1e-6_f64]), method in methods(), steps in 1_i64..1000) {
        if let Ok(prediction) = fit(method, PERCENT, &data).and_then(|fit| fit.at(ahead(&data, steps))) {
            let inside = |value: f64| (0.0..=100.0).contains(&value);
            prop_assert!(inside(prediction.value()));
            for level in [0.5, 0.95, 0.999] {
                let (low, high) = prediction.interval(level).unwrap();
                prop_assert!(inside(low) && inside(high));
            }
            prop_assert_eq!(prediction.probability_within(0.0..=100.0), Ok(1.0));
        }
    }

    #[test]
    fn wider_levels_hold_narrower_ones(data in series(1.0..99.0_f64), method in methods(), logit: bool, steps in 1_i64..30) {
        let scale = if logit { PERCENT } else { Scale::Plain };
        if let Ok(prediction) = fit(method, scale, &data).and_then(|fit| fit.at(ahead(&data, steps))) {
            let mut inner = (prediction.value(), prediction.value());
            for level in [0.1, 0.5, 0.8, 0.9, 0.95, 0.99] {
                let Ok(outer) = prediction.interval(level) else { continue };
                prop_assert!(outer.0 <= inner.0 && inner.1 <= outer.1);
                let within = prediction.probability_within(outer.0..=outer.1).unwrap();
                // At the bounds of the logit scale the value itself has too few digits to lead back.
                let digits = logit && (outer.0 < 1e-3 || outer.1 > 99.999);
                prop_assert!(outer.0 == outer.1 || digits || (within - level).abs() < 1e-8, "{} {}", within, level);
                inner = outer;
            }
        }
    }

    #[test]
    fn unit_and_calendar_change_nothing(data in series(1.0..99.0_f64), method in methods(), power in -30_i32..30, shift in -5000_i64..5000, steps in 1_i64..30) {
        let scale = 10.0_f64.powi(power);
        let x = data.dates().iter().map(|x| x + shift).collect();
        let other = Series::new(x, data.values().iter().map(|y| y * scale).collect()).unwrap();
        let day = ahead(&data, steps);
        let (one, two) = (fit(method, Scale::Plain, &data), fit(method, Scale::Plain, &other));
        prop_assert_eq!(one.is_ok(), two.is_ok());
        if let (Ok(one), Ok(two)) = (one.and_then(|fit| fit.at(day)), two.and_then(|fit| fit.at(day + shift))) {
            prop_assert!(near(one.value(), two.value() / scale, 100.0));
            if let (Ok(one), Ok(two)) = (one.interval(0.9), two.interval(0.9)) {
                let size = 100.0_f64.max(one.1 - one.0);
                prop_assert!(near(one.0, two.0 / scale, size) && near(one.1, two.1 / scale, size), "{:?} {:?}", one, two);
            }
        }
    }

    #[test]
    fn no_forecast_is_anything_but_a_number(
        data in series(wild()), method in methods(), logit: bool, day in any::<i64>(), level in any_float(), bound in any_float(), steps in 1_i64..9,
    ) {
        let scale = if logit { Scale::Logit { low: -1e3, high: 1e9 } } else { Scale::Plain };
        let finite = |value: f64| value.is_finite();
        if let Ok(fit) = fit(method, scale, &data) {
            for day in [day, ahead(&data, steps)] {
                if let Ok(prediction) = fit.at(day) {
                    prop_assert!(finite(prediction.value()));
                    prop_assert!(prediction.interval(level).is_ok_and(|(low, high)| finite(low) && finite(high) && low <= high) || prediction.interval(level).is_err());
                    let within = prediction.probability_within(bound..);
                    prop_assert!(within.is_ok_and(|share| (0.0..=1.0).contains(&share)) || bound.is_nan());
                }
                let first = fit.first_within(bound.., day);
                prop_assert!(first.is_err() || first.is_ok_and(|first| first <= day && first > data.dates()[data.dates().len() - 1]));
            }
        }
        let result = backtest(method, scale, &data, steps);
        for errors in [result.one_step, result.at_horizon].into_iter().flatten() {
            prop_assert!(finite(errors.mean_absolute) && finite(errors.root_mean_square) && finite(errors.bias));
            prop_assert!(errors.bias.abs() <= errors.mean_absolute * 1.000_001);
        }
    }

    #[test]
    fn extremes_are_numbers_or_reasons(values in extremes(), step in 1_i64..400, uneven: bool, ahead in prop_oneof![1_i64..50, Just(40_000), Just(i64::MAX / 2)]) {
        let x: Vec<i64> = (0_i64..).take(values.len()).map(|number| number * 3 * step + if uneven { number * number % 3 } else { 0 }).collect();
        if let [first, second, ..] = x[..] {
            let mut equal = x.clone();
            equal[1] = first;
            prop_assert_eq!(Series::new(equal, values.clone()), Err(Unsuitable::EqualDates), "{}", second);
        }
        let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(*value), high.max(*value)));
        let constant = low == high;
        let data = Series::new(x, values).unwrap();
        let around = Scale::Logit { low: 1.5 * low - 0.5 * high, high: 1.5 * high - 0.5 * low };
        for method in EVERY {
            for scale in [Scale::Plain, PERCENT, around] {
                let Ok(fitted) = fit(method, scale, &data) else { continue };
                prop_assert!(!constant && data.values().len() >= method.least_points());
                let Ok(prediction) = fitted.at(data.dates()[data.dates().len() - 1].saturating_add(ahead.saturating_mul(3 * step))) else { continue };
                let value = prediction.value();
                prop_assert!(value.is_finite());
                let mut inner = (value, value);
                for level in [1e-9, 0.5, 0.8, 0.95, 0.999_999, 1.0 - 1e-15] {
                    let Ok(outer) = prediction.interval(level) else { continue };
                    prop_assert!(outer.0.is_finite() && outer.1.is_finite());
                    prop_assert!(outer.0 <= inner.0 && inner.1 <= outer.1, "{:?} {:?} {:?}", method, inner, outer);
                    inner = outer;
                }
                for level in [0.0, 1.0, -1.0, 2.0, f64::NAN, f64::INFINITY] {
                    prop_assert_eq!(prediction.interval(level), Err(Unsuitable::OutOfRange));
                }
                for end in [low, high, value, 0.0, f64::MAX, f64::INFINITY, f64::NEG_INFINITY] {
                    let (above, below) = (prediction.probability_within(end..).unwrap(), prediction.probability_within(..end).unwrap());
                    prop_assert!((0.0..=1.0).contains(&above) && (0.0..=1.0).contains(&below));
                    prop_assert!((above + below - 1.0).abs() < 1e-9, "{:?} {} {} {}", method, end, above, below);
                }
            }
        }
    }

    #[test]
    fn the_score_counts_all_pairs(values in prop::collection::vec(prop_oneof![(-2_i32..3).prop_map(f64::from), Just(-0.0), -1e28..1e28_f64], 2..60)) {
        let pairs = || (1..values.len()).flat_map(|later| (0..later).map(move |earlier| (earlier, later)));
        let counted: i64 = pairs().map(|(a, b)| i64::from(values[b] > values[a]) - i64::from(values[b] < values[a])).sum();
        if let Ok(trend) = mann_kendall(&values) {
            prop_assert_eq!(trend.score(), counted);
        }
    }

    #[test]
    fn no_statistic_is_anything_but_a_number(x in prop::collection::vec(any_float(), 0..9), y in prop::collection::vec(any_float(), 0..9), a in any_float(), b in any_float(), c in any_float(), d in any_float()) {
        let finite = |value: Result<f64, Unsuitable>| value.is_err() || value.is_ok_and(f64::is_finite);
        let both = |interval: Result<Interval, Unsuitable>| interval.is_err() || interval.is_ok_and(|found| found.low.is_finite() && found.high.is_finite() && found.low <= found.high);
        prop_assert!(finite(compound_growth_rate(a, b, c)) && finite(required_growth_rate(a, b, c)));
        prop_assert!(finite(geometric(a, b, c, d)) && finite(geometric_day(a, b, c, d)));
        prop_assert!(finite(log_linear_rate(&x, &y)) && finite(effective_sample(a, b)));
        if let Ok(line) = Line::fit(&x, &y) {
            prop_assert!(finite(line.at(a)) && finite(line.intercept()) && finite(line.r_squared()) && finite(line.residual_error()));
            prop_assert!(finite(line.slope_error()) && finite(line.intercept_error()) && finite(line.slope_p_value()));
            prop_assert!(both(line.prediction_interval(a, b)) && both(line.mean_interval(a, b)) && both(line.slope_interval(b)));
        }
        for intercept in [Intercept::Joint, Intercept::Separate] {
            if let Ok(line) = theil_sen(&x, &y, intercept, a) {
                prop_assert!(line.slope.is_finite() && line.intercept.is_finite() && line.slope_interval.low <= line.slope_interval.high);
            }
        }
        for walk in [Walk::last_value(&x, &y), Walk::drift(&x, &y)].into_iter().flatten() {
            prop_assert!(finite(walk.at(a)) && finite(walk.error(a)) && both(walk.interval(a, b)));
        }
        if let Ok(trend) = mann_kendall(&y) {
            for value in [trend.z(), trend.p_value(), trend.tau(), trend.tau_b(), trend.kendall_p_value(), trend.variance()] {
                prop_assert!(value.is_finite());
            }
            prop_assert!((0.0..=1.0).contains(&trend.p_value()) && (0.0..=1.0).contains(&trend.kendall_p_value()));
        }
        if let Ok(smoothed) = Holt::new(a, b, c).and_then(|holt| holt.follow((d, a), &y)) {
            prop_assert!(finite(smoothed.forecast(3)) && finite(smoothed.forecast_error(3, 0)) && finite(smoothed.sum_of_squares()));
            prop_assert!(smoothed.fitted().iter().all(|value| value.is_finite()));
        }
        for method in SHARES {
            prop_assert!(both(interval(method, a, b, c)) && both(interval_in_population(method, a, b, d, c)));
            prop_assert!(settling_size(method, a, b.., c, None).is_ok_and(|n| (1..=1_000_000_000_000).contains(&n)) || settling_size(method, a, b.., c, None).is_err());
        }
        let sample = |successes, n, population| Sample { successes, n, population };
        prop_assert!(both(newcombe(sample(a, b, None), sample(c, d, Some(a)), 0.95)));
    }

    #[test]
    fn intervals_of_shares(k in 0_u32..300, more in 0_u32..300, population in 0_u32..1000) {
        let (k, n) = (f64::from(k), f64::from(k + more.max(1)));
        for method in SHARES {
            let (mut inner, population) = (None::<Interval>, n + f64::from(population));
            for level in [0.01, 0.5, 0.8, 0.95, 0.999] {
                let outer = interval(method, k, n, level).unwrap();
                prop_assert!(0.0 <= outer.low && outer.low <= outer.high && outer.high <= 1.0);
                prop_assert!(outer.low <= k / n && k / n <= outer.high);
                prop_assert!(inner.is_none_or(|inner| outer.low <= inner.low && inner.high <= outer.high));
                // What counts as yes is a matter of wording.
                let mirrored = interval(method, n - k, n, level).unwrap();
                prop_assert!((mirrored.low - (1.0 - outer.high)).abs() < 1e-12);
                let corrected = interval_in_population(method, k, n, population, level).unwrap();
                prop_assert!(corrected.high - corrected.low <= outer.high - outer.low + 1e-12);
                prop_assert!(corrected.low <= k / n && k / n <= corrected.high);
                inner = Some(outer);
            }
        }
    }

    #[test]
    fn the_exact_interval_holds_what_was_seen(k in 0_u64..50, more in 0_u64..50, unseen in 0_u64..100_000) {
        let n = k + more.max(1);
        let mut inner = None::<(u64, u64)>;
        for level in [0.5, 0.9, 0.99] {
            let (low, high) = exact_interval(k, n, n + unseen, level).unwrap();
            prop_assert!(k <= low && low <= high && high <= k + unseen);
            prop_assert!(inner.is_none_or(|inner| low <= inner.0 && inner.1 <= high));
            inner = Some((low, high));
        }
    }

    #[test]
    fn growth_leads_there(begin in 0.01..1e6_f64, end in 0.01..1e6_f64, years in 0.1..100.0_f64, share in 0.0..=1.0_f64) {
        let rate = compound_growth_rate(begin, end, years).unwrap();
        // A rate near −1 has lost the digits that lead back.
        prop_assert!(rate < -0.9 || near(begin * (1.0 + rate).powf(years), end, 0.0));
        let value = geometric(begin, end, years, share * years).unwrap();
        prop_assert!(near(value, begin * (end / begin).powf(share), 0.0));
        prop_assert!(near(geometric(-begin, -end, years, share * years).unwrap(), -value, 0.0));
        if (end / begin).ln().abs() > 1e-3 {
            prop_assert!(near(geometric_day(begin, end, years, value).unwrap(), share * years, years));
        }
    }

    #[test]
    fn time_backwards_turns_the_trend(values in prop::collection::vec(prop_oneof![(0_i32..5).prop_map(f64::from), -1.0..1.0_f64], 2..40)) {
        if let Ok(trend) = mann_kendall(&values) {
            let backwards = mann_kendall(&values.iter().rev().copied().collect::<Vec<_>>()).unwrap();
            prop_assert_eq!((trend.score(), trend.p_value()), (-backwards.score(), backwards.p_value()));
            prop_assert!(near(trend.kendall_p_value(), backwards.kendall_p_value(), 0.0));
        }
    }
}

/// Numbers from 0 to 1 that are the same in every run (splitmix64).
struct Seeded(u64);

impl Seeded {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Nearly normal: the sum of twelve.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.next()).sum::<f64>() - 6.0
    }
}

#[test]
fn simulated_surveys_are_covered() {
    let mut random = Seeded(2024);
    let (n, runs) = (60_u32, 4000);
    let mut wilson_mean = 0.0;
    for p in [0.1, 0.3, 0.5, 0.8, 0.93] {
        let (mut wilson, mut exact) = (0, 0);
        for _ in 0..runs {
            let k = f64::from((0..n).map(|_| u32::from(random.next() < p)).sum::<u32>());
            let covers = |method| interval(method, k, f64::from(n), 0.95).is_ok_and(|found| found.low <= p && p <= found.high);
            wilson += u32::from(covers(IntervalMethod::Wilson));
            exact += u32::from(covers(IntervalMethod::ClopperPearson));
        }
        wilson_mean += f64::from(wilson) / f64::from(runs) / 5.0;
        // Two standard errors of the simulation below the level.
        assert!(f64::from(exact) / f64::from(runs) > 0.95 - 0.007, "{p} {exact}");
    }
    assert!((wilson_mean - 0.95).abs() < 0.02, "{wilson_mean}");
}

/// How often the point that comes next lies in the interval at level 0.8, for series that are what the method takes them for.
#[test]
fn simulated_forecasts_are_covered() {
    let mut random = Seeded(7);
    let runs = 2000;
    let (mut line, mut robust, mut last, mut drift, mut holt) = (0, 0, 0, 0, 0);
    let smoothing = Method::HoltLinear { level: 1.0, trend: 0.0 };
    for _ in 0..runs {
        let x: Vec<_> = (0..16_i64).map(|step| step * 30 + (step * step) % 7).collect();
        let noisy: Vec<_> = x.iter().map(|x| 0.1 * *x as f64 + random.normal()).collect();
        let mut walk = vec![0.0];
        for pair in x.windows(2) {
            let stretch = (pair[1] - pair[0]) as f64;
            walk.push(walk[walk.len() - 1] + random.normal() * stretch.sqrt());
        }
        let held = |method, x: &[i64], y: &[f64], steps: usize| {
            let known = x.len() - steps;
            let data = Series::new(x[..known].to_vec(), y[..known].to_vec()).unwrap();
            let (low, high) = fit(method, Scale::Plain, &data).unwrap().at(x[x.len() - 1]).unwrap().interval(0.8).unwrap();
            u32::from(low <= y[y.len() - 1] && y[y.len() - 1] <= high)
        };
        line += held(Method::Linear, &x, &noisy, 3);
        robust += held(Method::TheilSen, &x, &noisy, 3);
        last += held(Method::LastValue, &x, &walk, 3);
        drift += held(Method::Drift, &x, &walk, 3);
        let even: Vec<_> = (0..16).collect();
        // A walk whose drift is the first step: what this smoothing takes it for.
        let mut steady = vec![0.0, 1.0];
        for _ in 2..16 {
            steady.push(steady[steady.len() - 1] + 1.0 + random.normal());
        }
        holt += held(smoothing, &even, &steady, 3);
    }
    for (name, count) in [("line", line), ("robust", robust), ("last", last), ("drift", drift), ("holt", holt)] {
        let share = f64::from(count) / f64::from(runs);
        // The normal quantile knows nothing of the spread being estimated from a dozen steps, which costs some points.
        assert!((share - 0.8).abs() < 0.04, "{name} {share}");
    }
}
