//! The same bits on every machine: pinned, beside the lint that refuses the operating system's mathematics.

/// To the last bit, wherever this runs.
#[test]
fn the_same_bits() {
    use super::*;
    let data = Series::new((0..9).collect(), vec![41.0, 44.5, 43.0, 48.0, 52.5, 51.0, 57.0, 60.5, 61.0]).unwrap();
    let scale = Scale::Logit { low: 0.0, high: 100.0 };
    let prediction = fit(Method::Linear, scale, &data).unwrap().at(15).unwrap();
    let exact = interval(IntervalMethod::ClopperPearson, 81.0, 100.0, 0.95).unwrap();
    let bits = [
        prediction.value(),
        prediction.interval(0.9).unwrap().0,
        prediction.probability_within(75.0..).unwrap(),
        exact.low,
        compound_growth_rate(3.0, 7.0, 11.0).unwrap(),
    ]
    .map(f64::to_bits);
    assert_eq!(
        bits,
        [
            4_635_131_320_237_843_433,
            4_634_811_961_560_129_815,
            4_605_472_833_265_312_688,
            4_604_654_116_362_150_167,
            4_590_434_167_506_909_698
        ]
    );
}
