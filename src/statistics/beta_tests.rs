use super::*;

fn near(ours: f64, theirs: f64, relative: f64) -> bool {
    (ours - theirs).abs() <= relative * theirs.abs()
}

/// mpmath, 40 digits: `betainc(a, b, 0, x, regularized=True)`; for large shapes by quadrature of the density.
const TAILS: [(f64, f64, f64, f64, f64); 9] = [
    (0.05, 0.05, 0.3, 0.480_218_328_005_810_2, 0.519_781_671_994_189_8),
    (0.5, 0.5, 0.25, 1.0 / 3.0, 2.0 / 3.0),
    (2.0, 3.0, 0.4, 0.5248, 0.4752),
    (20.0, 60.0, 0.3, 0.849_120_876_247_457_9, 0.150_879_123_752_542_06),
    (1.0, 1_000_000.0, 1e-6, 0.632_120_742_768_354_8, 0.367_879_257_231_645_1),
    (123_456.0, 876_545.0, 0.1234, 0.432_852_213_801_484_3, 0.567_147_786_198_515_7),
    (0.5, 100.5, 0.0001, 0.112_605_442_567_342_03, 0.887_394_557_432_657_9),
    (50.0, 50.0, 0.9, 1.0, 3.232_182_234_973_713e-24),
    (5000.5, 5000.5, 0.49, 0.022_736_634_847_926_14, 0.977_263_365_152_073_9),
];

#[test]
fn tails_agree_with_forty_digits() {
    for (a, b, x, lower, upper) in TAILS {
        let tails = tails(a, b, x, 1.0 - x).unwrap();
        assert!(near(tails.0, lower, 1e-11) && near(tails.1, upper, 1e-11), "{a} {b} {x}: {tails:?}");
    }
}

#[test]
fn quantiles_lead_back() {
    for (a, b, x, lower, upper) in TAILS {
        let (from_lower, from_upper) = (quantile(a, b, lower.min(1.0 - 1e-16), Tail::Lower), quantile(a, b, upper, Tail::Upper));
        assert!(near(from_upper.unwrap().0, x, 1e-10), "{a} {b} {x}: {from_upper:?}");
        assert!(lower == 1.0 || near(from_lower.unwrap().0, x, 1e-10), "{a} {b} {x}: {from_lower:?}");
    }
}

#[test]
fn closed_forms() {
    for n in [1.0, 10.0, 1e4, 1e8, 1e12] {
        for p in [1e-12_f64, 0.025, 0.5, 0.9] {
            let expected = -((-p).ln_1p() / n).exp_m1();
            let (x, y) = quantile(1.0, n, p, Tail::Lower).unwrap();
            assert!(near(x, expected, 1e-11) && near(x + y, 1.0, 1e-15), "{n} {p}: {x} {expected}");
            assert!(near(quantile(n, 1.0, p, Tail::Upper).unwrap().1, expected, 1e-11));
        }
    }
}

#[test]
fn what_is_no_distribution_is_refused() {
    for (a, b) in [(0.0, 1.0), (1.0, -1.0), (f64::NAN, 1.0), (f64::INFINITY, 1.0)] {
        assert_eq!(tails(a, b, 0.5, 0.5), Err(Unsuitable::OutOfRange));
    }
    for p in [0.0, 1.0, -0.1, f64::NAN] {
        assert_eq!(quantile(1.0, 1.0, p, Tail::Lower), Err(Unsuitable::OutOfRange));
    }
}

#[test]
fn binomial_probabilities_sum_to_one() {
    for (n, p) in [(1.0, 0.5), (7.0, 0.01), (100.0, 0.3), (1000.0, 0.999)] {
        let sum: f64 = (0..=n as u32).map(|k| binomial(f64::from(k), n, p, 1.0 - p)).sum();
        assert!(near(sum, 1.0, 1e-13), "{n} {p}: {sum}");
    }
    assert!(near(binomial(2.0, 4.0, 0.5, 0.5), 0.375, 1e-14));
}
