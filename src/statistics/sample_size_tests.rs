use std::ops::Bound::{Included, Unbounded};

use super::*;

const METHODS: [IntervalMethod; 4] =
    [IntervalMethod::Wilson, IntervalMethod::ClopperPearson, IntervalMethod::AgrestiCoull, IntervalMethod::Jeffreys];

#[test]
fn one_answer_fewer_does_not_settle_it() {
    for method in METHODS {
        for (share, threshold) in [(0.85, 0.8), (0.3, 0.5), (0.0, 0.01), (1.0, 0.95), (0.501, 0.5)] {
            let n = settling_size(method, share, threshold.., 0.95, None).unwrap();
            let at = |n: u64| settles(method, share, &(threshold..), 0.95, None, n).unwrap();
            assert!(at(n) && !at(n - 1), "{method:?} {share} {threshold} {n}");
        }
    }
}

#[test]
fn between_two_thresholds_the_nearer_decides() {
    let size = |low, high| settling_size(IntervalMethod::Wilson, 0.5, (low, high), 0.95, None).unwrap();
    assert_eq!(size(Included(0.4), Included(0.9)), size(Included(0.4), Unbounded));
    assert!(size(Included(0.4), Unbounded) > size(Unbounded, Included(0.9)));
    assert_eq!(size(Unbounded, Unbounded), 1);
    // Beside both of them, the nearer one decides as well.
    assert_eq!(size(Included(0.6), Included(0.9)), size(Included(0.6), Unbounded));
}

#[test]
fn a_population_is_enough() {
    for method in METHODS {
        let size = |population| settling_size(method, 0.501, 0.5.., 0.95, Some(population));
        assert_eq!(size(10), Ok(10));
        assert!(size(1_000_000).unwrap() < settling_size(method, 0.501, 0.5.., 0.95, None).unwrap());
        assert_eq!(size(0), Err(Unsuitable::NoPopulation));
    }
}

#[test]
fn never() {
    for method in METHODS {
        assert_eq!(settling_size(method, 0.8, 0.8.., 0.95, None), Err(Unsuitable::Never));
        assert_eq!(settling_size(method, 0.5, 0.500_000_1.., 0.95, None), Err(Unsuitable::Never));
        assert_eq!(settling_size(method, 1.5, 0.8.., 0.95, None), Err(Unsuitable::OutOfRange));
        assert_eq!(settling_size(method, 0.5, f64::NAN.., 0.95, None), Err(Unsuitable::OutOfRange));
        assert_eq!(settling_size(method, 0.5, 0.8.., 1.0, None), Err(Unsuitable::OutOfRange));
    }
}

#[test]
fn a_share_at_an_end_is_settled_by_what_belongs_to_the_range() {
    for method in METHODS {
        // Asking everybody tells, however near the share is to the end.
        assert_eq!(settling_size(method, 0.8, 0.8.., 0.95, Some(10)), Ok(10));
        // No share is above 100 %, so that one answer says "at most 100 %", and no number of them says "below 100 %".
        assert_eq!(settling_size(method, 1.0, ..=1.0, 0.95, None), Ok(1));
        assert_eq!(settling_size(method, 1.0, ..1.0, 0.95, None), Err(Unsuitable::Never));
    }
}
