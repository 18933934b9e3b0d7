use super::*;

fn sample((successes, n): (f64, f64), population: Option<f64>) -> Sample {
    Sample { successes, n, population }
}

/// Table II of Newcombe (1998), method 10, for p₁ − p₂: contrasts (a) to (h).
#[test]
fn newcombe_table() {
    for (first, second, low, high) in [
        ((56.0, 70.0), (48.0, 80.0), 0.0524, 0.3339),
        ((9.0, 10.0), (3.0, 10.0), 0.1705, 0.8090),
        ((6.0, 7.0), (2.0, 7.0), 0.0582, 0.8062),
        ((5.0, 56.0), (0.0, 29.0), -0.0381, 0.1926),
        ((0.0, 10.0), (0.0, 20.0), -0.1611, 0.2775),
        ((0.0, 10.0), (0.0, 10.0), -0.2775, 0.2775),
        ((10.0, 10.0), (0.0, 20.0), 0.6791, 1.0),
        ((10.0, 10.0), (0.0, 10.0), 0.6075, 1.0),
    ] {
        // The table subtracts the second share from the first.
        let interval = newcombe(sample(second, None), sample(first, None), 0.95).unwrap();
        assert!((interval.low - low).abs() < 5.1e-5 && (interval.high - high).abs() < 5.1e-5, "{first:?} {interval:?}");
    }
}

#[test]
fn an_empty_sample_is_refused() {
    assert_eq!(newcombe(sample((0.0, 0.0), None), sample((1.0, 2.0), None), 0.95), Err(Unsuitable::TooFewPoints));
    assert_eq!(newcombe(sample((0.0, 1.0), None), sample((3.0, 2.0), None), 0.95), Err(Unsuitable::OutOfRange));
}

/// Everybody asked twice leaves nothing to chance; everybody asked once leaves the other sample's own interval.
#[test]
fn a_census_adds_no_width() {
    let (was, is) = ((30.0, 50.0), (35.0, 50.0));
    let census = newcombe(sample(was, Some(50.0)), sample(is, Some(50.0)), 0.95).unwrap();
    assert_eq!((census.low, census.high), (0.7 - 0.6, 0.7 - 0.6));
    let once = newcombe(sample(was, Some(50.0)), sample(is, None), 0.95).unwrap();
    let alone = interval(IntervalMethod::Wilson, 35.0, 50.0, 0.95).unwrap();
    assert!((once.low - (alone.low - 0.6)).abs() < 1e-15 && (once.high - (alone.high - 0.6)).abs() < 1e-15, "{once:?}");
    let some = newcombe(sample(was, Some(80.0)), sample(is, None), 0.95).unwrap();
    let none = newcombe(sample(was, None), sample(is, None), 0.95).unwrap();
    assert!(none.low < some.low && some.low < once.low && once.high < some.high && some.high < none.high);
    assert_eq!(newcombe(sample(was, Some(49.0)), sample(is, None), 0.95), Err(Unsuitable::OutOfRange));
}
