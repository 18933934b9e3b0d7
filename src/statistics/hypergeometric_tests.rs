use std::time::Instant;

use super::*;

/// P(X ≥ k | M) by counting, for small populations.
fn counted(k: u64, n: u64, marked: u64, population: u64) -> f64 {
    let choose = |n: u64, k: u64| (0..k).fold(1.0, |ways, step| ways * (n as f64 - step as f64) / (step as f64 + 1.0));
    let ways: f64 = (k..=n.min(marked))
        .filter(|x| n - x <= population - marked)
        .map(|x| choose(marked, x) * choose(population - marked, n - x))
        .sum();
    ways / choose(population, n)
}

#[test]
fn tails_agree_with_counting() {
    for population in 1..16 {
        for n in 1..=population {
            for marked in 0..=population {
                for k in 0..=n {
                    let (ours, theirs) = (at_least(k, n, marked, population), counted(k, n, marked, population));
                    assert!((ours - theirs).abs() < 1e-12, "{k} {n} {marked} {population}: {ours} {theirs}");
                }
            }
        }
    }
}

#[test]
fn covers_at_least_its_level() {
    for (n, population) in [(5, 12), (12, 40), (30, 31)] {
        for level in [0.8, 0.95] {
            let intervals: Vec<_> = (0..=n).map(|k| exact_interval(k, n, population, level).unwrap()).collect();
            for marked in 0..=population {
                let covered: f64 = (0..=n)
                    .filter(|k| (intervals[*k as usize].0..=intervals[*k as usize].1).contains(&marked))
                    .map(|k| counted(k, n, marked, population) - counted(k + 1, n, marked, population))
                    .sum();
                assert!(covered >= level - 1e-9, "{n} {population} {marked}: {covered}");
            }
        }
    }
}

#[test]
fn large_populations_are_fast_and_close_to_the_binomial() {
    let start = Instant::now();
    let (low, high) = exact_interval(300, 1000, 10_000_000, 0.95).unwrap();
    assert!((low as f64 / 1e7 - 0.2717).abs() < 1e-3 && (high as f64 / 1e7 - 0.3294).abs() < 1e-3, "{low} {high}");
    let (low, high) = exact_interval(1_500_000, 5_000_000, 10_000_000, 0.95).unwrap();
    assert!(low < 3_000_000 && high > 3_000_000 && high - low < 10_000);
    assert_eq!(exact_interval(0, 1 << 52, 1 << 53, 0.95).unwrap().0, 0);
    assert!(start.elapsed().as_secs() < 5);
}

#[test]
fn what_is_no_sample_is_refused() {
    assert_eq!(exact_interval(0, 0, 0, 0.95), Err(Unsuitable::NoPopulation));
    assert_eq!(exact_interval(0, 0, 5, 0.95), Err(Unsuitable::TooFewPoints));
    for (k, n, population, level) in [(3, 2, 5, 0.95), (1, 6, 5, 0.95), (1, 2, u64::MAX, 0.95), (1, 2, 5, 1.0)] {
        assert_eq!(exact_interval(k, n, population, level), Err(Unsuitable::OutOfRange));
    }
}
