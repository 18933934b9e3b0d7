use super::*;

const METHODS: [IntervalMethod; 4] =
    [IntervalMethod::Wilson, IntervalMethod::ClopperPearson, IntervalMethod::AgrestiCoull, IntervalMethod::Jeffreys];

#[test]
fn what_is_no_sample_is_refused() {
    for method in METHODS {
        assert_eq!(interval(method, 0.0, 0.0, 0.95), Err(Unsuitable::TooFewPoints));
        for (k, n, level) in [
            (3.0, 2.0, 0.95),
            (-1.0, 2.0, 0.95),
            (1.0, f64::NAN, 0.95),
            (f64::NAN, 2.0, 0.95),
            (1.0, f64::INFINITY, 0.95),
            (1.0, 2.0, 0.0),
            (1.0, 2.0, 1.0),
            (1.0, 2.0, f64::NAN),
        ] {
            assert_eq!(interval(method, k, n, level), Err(Unsuitable::OutOfRange), "{k} {n} {level}");
        }
    }
}

#[test]
fn population() {
    let wilson = |k, n, population| interval_in_population(IntervalMethod::Wilson, k, n, population, 0.95);
    assert_eq!(wilson(1.0, 2.0, 0.0), Err(Unsuitable::NoPopulation));
    assert_eq!(wilson(1.0, 2.0, f64::NAN), Err(Unsuitable::NoPopulation));
    assert_eq!(wilson(0.0, 0.0, 5.0), Err(Unsuitable::TooFewPoints));
    assert_eq!(wilson(1.0, 6.0, 5.0), Err(Unsuitable::OutOfRange));
    assert_eq!(wilson(1.0, 5.0, 5.0), Ok(Interval { low: 0.2, high: 0.2 }));
    // The larger the population, the wider; without limit it is the interval without one.
    let (small, large, all) = (wilson(3.0, 9.0, 20.0), wilson(3.0, 9.0, 1e15), interval(IntervalMethod::Wilson, 3.0, 9.0, 0.95));
    assert!(small.unwrap().high < large.unwrap().high);
    assert!((large.unwrap().high - all.unwrap().high).abs() < 1e-12);
    assert_eq!(effective_sample(5.0, 5.0), Err(Unsuitable::OutOfRange));
    assert_eq!(effective_sample(1.0, 0.0), Err(Unsuitable::NoPopulation));
}

/// The exact probability that the interval holds p, summed over all outcomes.
fn coverage(method: IntervalMethod, n: u32, p: f64, level: f64) -> f64 {
    let outcomes = (0..=n).map(f64::from);
    let holding = outcomes.filter(|k| {
        let interval = interval(method, *k, f64::from(n), level).unwrap();
        interval.low <= p && p <= interval.high
    });
    holding.map(|k| beta::binomial(k, f64::from(n), p, 1.0 - p)).sum()
}

#[test]
fn exact_coverage() {
    for n in [5, 20, 50, 100] {
        for level in [0.8, 0.95, 0.99] {
            let grid: Vec<_> = (1..200).map(|part| f64::from(part) / 200.0).collect();
            let mean = |method| grid.iter().map(|p| coverage(method, n, *p, level)).sum::<f64>() / 199.0;
            for p in &grid {
                assert!(coverage(IntervalMethod::ClopperPearson, n, *p, level) >= level - 1e-12, "{n} {p} {level}");
            }
            let (wilson, jeffreys, agresti) =
                (mean(IntervalMethod::Wilson), mean(IntervalMethod::Jeffreys), mean(IntervalMethod::AgrestiCoull));
            // Five answers have six outcomes, which cannot cover 0.8 evenly.
            let room = if n == 5 { 0.05 } else { 0.02 };
            assert!((wilson - level).abs() < room && (jeffreys - level).abs() < room, "{n} {level} {wilson} {jeffreys}");
            assert!(agresti > level - 0.01, "{n} {level} {agresti}");
        }
    }
}

/// Published by Brown, Cai and `DasGupta` (2001) and in textbooks: 1 of 10, and nobody of 20, at level 0.95.
#[test]
fn textbook_numbers() {
    for (method, k, n, low, high) in [
        (IntervalMethod::Wilson, 1.0, 10.0, 0.0179, 0.4042),
        (IntervalMethod::ClopperPearson, 1.0, 10.0, 0.0025, 0.4450),
        (IntervalMethod::Wilson, 0.0, 20.0, 0.0, 0.1611),
        (IntervalMethod::ClopperPearson, 0.0, 20.0, 0.0, 0.1684),
    ] {
        let ours = interval(method, k, n, 0.95).unwrap();
        assert!((ours.low - low).abs() < 6e-5 && (ours.high - high).abs() < 6e-5, "{method:?} {ours:?}");
    }
}

#[test]
fn large_samples() {
    for method in METHODS {
        for n in [1e6, 1e9, 1e12] {
            let interval = interval(method, 0.3 * n, n, 0.95).unwrap();
            let half = 1.959_963_984_540_054 * (0.21 / n).sqrt();
            assert!((interval.low - (0.3 - half)).abs() < 0.01 * half, "{method:?} {n} {interval:?}");
            assert!((interval.high - (0.3 + half)).abs() < 0.01 * half, "{method:?} {n} {interval:?}");
        }
    }
}
