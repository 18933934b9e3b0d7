//! Quotients of every size, against integers of 128 bits.

use super::{BLOCK, Lane, Scale, TOO_LARGE, divide, rounded_less};

/// Numbers that look like chance and are the same on every run (xorshift64).
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

/// A number of any size up to so many bits.
fn sized(state: &mut u64, bits: u32) -> i64 {
    let bits = 1 + next(state) % u64::from(bits);
    i64::try_from(next(state) >> (64 - bits)).unwrap()
}

/// Divides numbers whose quotients have about so many bits; gives how many were too large.
fn divided(state: &mut u64, quotient_bits: u32, divisor_bits: u32) -> usize {
    let (mut x, mut s, mut d): (Lane, Lane, Lane) = ([0; BLOCK], [0; BLOCK], [0; BLOCK]);
    for ((x, s), d) in x.iter_mut().zip(&mut s).zip(&mut d) {
        *d = sized(state, divisor_bits).max(1);
        *s = sized(state, 50).max(1);
        let wanted = (1_i128 << (quotient_bits - 1)) + i128::from(next(state) >> (64 - quotient_bits) >> 1);
        // Quotients near whole numbers and near halves, too.
        let near = i128::from(next(state) % 3) - 1 + if next(state).is_multiple_of(2) { i128::from(*d) / 2 } else { 0 };
        let value = (wanted * i128::from(*d) + near) / i128::from(*s);
        *x = i64::try_from(value).unwrap_or(i64::MAX >> 2);
        *x = if next(state).is_multiple_of(2) { *x } else { -*x };
    }
    let (mut whole, mut rest) = ([0; BLOCK], [0; BLOCK]);
    let is_any_large = divide(&x, Scale::Each(&s), &d, &mut whole, &mut rest);
    let mut large = 0;
    for place in 0..BLOCK {
        if rest[place] == TOO_LARGE {
            large += 1;
            continue;
        }
        let (over, d) = (i128::from(x[place]) * i128::from(s[place]), i128::from(d[place]));
        let expected = (over.div_euclid(d), over.rem_euclid(d));
        assert_eq!((i128::from(whole[place]), i128::from(rest[place])), expected, "{} · {} / {d}", x[place], s[place]);
        // Half away from zero: ⌊(2·|v| + 1)/2⌋ with the sign of v.
        let size = (2 * over.abs() + d).div_euclid(2 * d);
        let rounded = rounded_less(whole[place], rest[place], i64::try_from(d).unwrap(), 0);
        assert_eq!(i128::from(rounded), size * over.signum());
    }
    assert_eq!(is_any_large, large > 0);
    large
}

#[test]
fn quotients_of_every_size_are_exact() {
    let mut state = 88_172_645_463_325_252;
    for quotient_bits in 1..=62 {
        for _ in 0..60 {
            let large = divided(&mut state, quotient_bits, 49);
            assert!(large == 0 || quotient_bits > 61, "{large} of {quotient_bits} bits");
        }
    }
}

#[test]
fn what_is_too_large_is_said() {
    let mut state = 1;
    // By divisors of 50 bits and more only quotients below 2⁴⁹ are sure.
    for quotient_bits in 50..=52 {
        let large: usize = (0..60).map(|_| divided(&mut state, quotient_bits, 61)).sum();
        assert!(large > 0, "{quotient_bits}");
    }
    // Those by divisors of hardly more than 49 bits are right or said to be too large, whatever their size.
    for divisor_bits in 50..=56 {
        for quotient_bits in 48..=62 {
            (0..20).for_each(|_| _ = divided(&mut state, quotient_bits, divisor_bits));
        }
    }
}

#[test]
fn halves_go_away_from_zero() {
    // 7/2 and −7/2, less 3 and less −3: 0.5 and −0.5 are 1 and −1.
    assert_eq!([rounded_less(3, 1, 2, 0), rounded_less(3, 1, 2, 3), rounded_less(3, 1, 2, 4)], [4, 1, -1]);
    assert_eq!([rounded_less(-4, 1, 2, 0), rounded_less(-4, 1, 2, -4), rounded_less(-4, 1, 2, -3)], [-4, 1, -1]);
}
