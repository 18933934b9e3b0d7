use super::*;

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
        let interval = newcombe(second, first, 0.95).unwrap();
        assert!((interval.low - low).abs() < 5.1e-5 && (interval.high - high).abs() < 5.1e-5, "{first:?} {interval:?}");
    }
}

#[test]
fn an_empty_sample_is_refused() {
    assert_eq!(newcombe((0.0, 0.0), (1.0, 2.0), 0.95), Err(Unsuitable::TooFewPoints));
    assert_eq!(newcombe((0.0, 1.0), (3.0, 2.0), 0.95), Err(Unsuitable::OutOfRange));
}
