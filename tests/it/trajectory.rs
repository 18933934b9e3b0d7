//! The example of one target on its way says what can be computed by hand.
#![cfg(all(feature = "toml", feature = "csv"))]

#[path = "../../examples/trajectory/course.rs"]
#[allow(dead_code, reason = "the example prints more of it than is tested here")]
mod course;

use attain::Status;
use attain::number::Ratio;
use attain::plan::ForecastMethod;

use crate::support::day;

/// 2021: 476 of 2,380 are 20 %. From there to 50 % at the end of 2025 are 1,461 days, of which 730 had passed at the end of
/// 2023: `20 + 30·730/1461`. 2023: 1,250 of 3,124 are 40.0128 %.
#[test]
fn the_path_and_the_pace_are_exact() {
    let quarters = course::quarters().unwrap();
    assert_eq!(quarters.len(), 20);
    let end_of_2023 = quarters.iter().find(|quarter| quarter.period.label() == "2023-Q4").unwrap();
    let one = course::at_the_end_of(&end_of_2023.period).unwrap();
    let path = one.path.as_ref().unwrap();
    let expected = Ratio::from(20) + Ratio::new(30 * 730, 1461).unwrap();
    assert_eq!(path.expected.as_ref(), Ok(&expected));
    let actual = Ratio::new(125_000, 3124).unwrap();
    assert_eq!(one.actual.value.as_ref(), Ok(&actual));
    let pace = (&actual - &Ratio::from(20)).divided_by(&(&expected - &Ratio::from(20))).unwrap();
    assert_eq!(path.pace.as_ref(), Ok(&pace));
    assert_eq!(one.status, Status::OnTrack);
}

/// Least squares on the logits of the twelve quarters of 2021 to 2023, eight quarters ahead; by Python's `math.log`.
#[test]
fn the_outlook_is_that_of_the_quarters() {
    let one = course::outlook(ForecastMethod::Linear, day(course::HALF_WAY), course::JUDGED).unwrap();
    let forecast = one.forecast.unwrap();
    assert_eq!((forecast.points, forecast.on), (12, day("2025-12-31")));
    assert_eq!(forecast.value.to_string(), "70.7954502894");
    assert_eq!(forecast.backtests.len(), 4);
}

#[test]
fn every_method_is_tried_by_automatic() {
    let one = course::outlook(ForecastMethod::Automatic, day(course::HALF_WAY), course::JUDGED).unwrap();
    let forecast = one.forecast.unwrap();
    assert!(forecast.is_chosen);
    // On the logit scale all but constant growth, which has a scale of its own.
    let tried: Vec<&str> = forecast.backtests.iter().map(|errors| errors.method.code()).collect();
    assert_eq!(tried, ["last_value", "drift", "linear", "theil_sen", "holt_linear", "holt_damped"]);
    // Of those that could forecast from the same quarters the one that erred least, one step ahead.
    let error = |method: ForecastMethod| {
        let errors = forecast.backtests.iter().find(|errors| errors.method == method).unwrap().one_step.unwrap();
        (errors.count, errors.mean_absolute)
    };
    let (count, least) = error(forecast.method);
    for other in &forecast.backtests {
        let (others, size) = error(other.method);
        assert!(others != count || size >= least, "{} errs less", other.method.code());
    }
}
