use super::*;

/// 2⁵³ + 1 is no float: where the values meet decides what is left of the small ones.
#[test]
fn values_are_added_in_eight_parts_and_these_in_pairs() {
    let large = 9_007_199_254_740_992.0; // 2⁵³
    // The ninth value goes to the first part, where the 1 is lost at once; the second has its own.
    assert_eq!(sum([large, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -large]), 0.0);
    assert_eq!(sum([large, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -large]), 1.0);
    // The first and the fifth part are added before the third is, and the second comes last.
    assert_eq!(sum([large, 0.0, 1.0, 0.0, -large]), 1.0);
    assert_eq!(sum([large, 0.0, -large, 0.0, 1.0]), 0.0);
    assert_eq!(sum([large, 1.0, -large]), 1.0);
    assert_eq!(sum([0.0, large, 1.0, -large]), 1.0);
}

#[test]
fn zeros_change_no_bit() {
    assert_eq!(sum([]).to_bits(), 0.0_f64.to_bits());
    assert_eq!(sum([-0.0; 3]).to_bits(), 0.0_f64.to_bits());
    let values = [0.1, -0.2, 0.3, 0.7, 1e9, -1e9, 0.01];
    for zero in [0.0, -0.0] {
        let longer = values.into_iter().chain([zero; 30]);
        assert_eq!(sum(longer).to_bits(), sum(values).to_bits());
    }
}
