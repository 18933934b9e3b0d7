//! Small numbers against integers of 128 bits: the sizes that are let in, and quotients as near to a half or a whole number as
//! there are.

use super::super::plain::Held;
use super::{BLOCK, Ends, Lane, Small, Status, Table, UNDEFINED, factors_of};

/// Numbers that look like chance and are the same on every run (xorshift64).
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

/// A number from 1 of just so many bits, or of fewer.
fn sized(state: &mut u64, bits: u32) -> i64 {
    let fewer = if next(state).is_multiple_of(3) { (next(state) % u64::from(bits)) as u32 } else { 0 };
    i64::try_from(next(state) >> (64 - bits) >> fewer).unwrap().max(1)
}

/// The number from 0 to d − 1 whose product with x is `rest` more than a multiple of d; none where x and d have a factor.
fn multiple(x: i64, rest: i64, d: i64) -> Option<i64> {
    let (mut a, mut b, mut of_a, mut of_b) = (i128::from(x).rem_euclid(i128::from(d)), i128::from(d), 1, 0);
    while a != 0 {
        (a, b, of_a, of_b) = (b % a, a, of_b - b / a * of_a, of_a);
    }
    let found = (of_b * i128::from(rest)).rem_euclid(i128::from(d));
    (b == 1).then(|| i64::try_from(found).unwrap())
}

struct World {
    held: Held,
    ends: (i64, i64),
    threshold: i64,
    n: Lane,
    d: Lane,
}

/// What is found, and whether the numbers were small.
struct Found {
    is_small: bool,
    status: [Status; BLOCK],
    lanes: [Lane; 4],
}

fn held(scale: i64, counts: bool) -> Held {
    Held { scale, counts, is_not_negative: counts, no_cases: Status::NotApplicable }
}

impl World {
    fn small(&self) -> Option<Small> {
        let table = |value: i64| Table::new([value].into_iter());
        let ends = Ends { u: table(self.ends.0), v: table(self.ends.1), strict: None };
        Small::new(&ends, Some(&table(self.threshold)), Some(self.held.scale), 1)
    }

    fn found(&self) -> Found {
        let small = self.small().unwrap();
        let [slopes, offsets, thresholds] =
            [&small.slopes, &small.offsets, &small.thresholds].map(|table| [table.entry(0); BLOCK]);
        let mut status = [Status::Lost; BLOCK];
        let [mut actual, mut variance, mut short_by, mut allowance] = [[0; BLOCK]; 4];
        let is_small = small.answer(
            &self.held,
            &self.n,
            &self.d,
            &slopes,
            &offsets,
            &thresholds,
            &mut status,
            &mut actual,
            &mut variance,
            &mut short_by,
            &mut allowance,
        );
        Found { is_small, status, lanes: [actual, variance, short_by, allowance] }
    }

    /// Holds every row against integers of 128 bits.
    fn compare(&self) {
        let found = self.found();
        let (u, v) = (i128::from(self.ends.0), i128::from(self.ends.1));
        // Half away from zero: ⌊(2·|x| + d)/2d⌋ with the sign of x.
        let rounded = |x: i128, d: i128| (2 * x.abs() + d).div_euclid(2 * d) * x.signum();
        for place in 0..BLOCK {
            let (n, d) = (i128::from(self.n[place]), i128::from(self.d[place]));
            let x = n * i128::from(self.held.scale);
            let allowance = (u * n - v * d).div_euclid(u.abs());
            let [actual, variance] = match d {
                0 => [UNDEFINED.into(); 2],
                _ => [rounded(x, d), rounded(x - i128::from(self.threshold) * d, d)],
            };
            let expected = [actual, variance, (-allowance).max(0), allowance];
            let about = || format!("{n} of {d}, {u} {v}, {} {}", self.held.scale, self.threshold);
            assert!(found.is_small, "{}", about());
            assert_eq!(found.lanes.map(|lane| i128::from(lane[place])), expected, "{}", about());
            let state = if allowance >= 0 { Status::Met } else { Status::Missed };
            assert_eq!(found.status[place], if d == 0 { Status::NotApplicable } else { state }, "{}", about());
        }
    }
}

/// Figures of any size that is let in: at its end, on halves and whole numbers, and as near to them as there are.
fn figures(state: &mut u64, world: &World, bits: u32) -> (i64, i64) {
    let (u, v) = world.ends;
    let scale = world.held.scale;
    let last = (1_i64 << bits) - 1;
    let d = match next(state) % 8 {
        0 => last,
        // n·s/d is a half where s has one factor 2 less than d.
        1 if scale.trailing_zeros() + 1 < bits => {
            let power = 2_i64 << scale.trailing_zeros();
            power * (1 + sized(state, bits) % (last / power))
        }
        // v·d is next to a multiple of u.
        2 | 3 => {
            let rest = if next(state).is_multiple_of(2) { 1 } else { -1 };
            multiple(v, rest, u.abs()).filter(|d| (1..=last).contains(d)).map_or(last, |d| d + (last - d) / u.abs() * u.abs())
        }
        4 if next(state).is_multiple_of(8) => 0,
        _ => sized(state, bits),
    };
    let any = |state: &mut u64| i64::try_from(next(state) % (d.unsigned_abs() + 1)).unwrap();
    let n = match next(state) % 4 {
        0 | 1 if d % 2 == 1 => multiple(scale, d / 2 + i64::from(next(state).is_multiple_of(2)), d).unwrap_or(d),
        0 | 1 if d > 0 => multiple(scale, d / 2 + 1, d).unwrap_or_else(|| any(state)),
        2 => [0, d, i64::from(d > 0)][(next(state) % 3) as usize],
        _ => any(state),
    };
    if world.held.counts || d == 0 || next(state).is_multiple_of(2) { (n, d) } else { (-n, d) }
}

#[test]
fn small_numbers_are_exact() {
    let mut state = 88_172_645_463_325_252;
    let mut sizes = std::collections::BTreeSet::new();
    for round in 0..6_000 {
        let places = (next(&mut state) % 15) as u32;
        let scale = 10_i64.pow(places) * [1, 1, 3, 7][(next(&mut state) % 4) as usize];
        let bits_of_ends = 1 + (next(&mut state) % 47) as u32;
        let mut end = |less_in: u64| {
            let value = sized(&mut state, bits_of_ends) - i64::from(next(&mut state).is_multiple_of(less_in));
            if next(&mut state).is_multiple_of(2) { value } else { -value }
        };
        let (v, u) = (end(5), end(u64::MAX));
        let threshold = sized(&mut state, 50);
        let threshold = if next(&mut state).is_multiple_of(4) { -threshold } else { threshold };
        let counts = round % 3 > 0;
        let mut world = World { held: held(scale, counts), ends: (u, v), threshold, n: [0; BLOCK], d: [0; BLOCK] };
        let Some(small) = world.small() else { continue };
        for place in 0..BLOCK {
            let (n, d) = figures(&mut state, &world, small.bits);
            // Only values below 2⁴⁹ are small.
            let (n, d) = if i128::from(n.abs()) * i128::from(scale) < i128::from(d) << 48 { (n, d) } else { (0, 1) };
            (world.n[place], world.d[place]) = (n, d);
        }
        // The threshold of the value next to a half of which the gap is taken.
        if round % 2 == 0 && world.d[0] > 0 {
            let value = i128::from(world.n[0]) * i128::from(scale) / i128::from(world.d[0]);
            world.threshold = i64::try_from(value).unwrap() + i64::from(next(&mut state).is_multiple_of(2));
        }
        sizes.insert(small.bits);
        world.compare();
    }
    assert!(sizes.len() >= 20 && sizes.contains(&1), "{sizes:?}");
}

/// A percentage with 12 places, at least 80 %: u and v are 5 and 4, so that 48 − 3 = 45 bits would do for the counts; 10¹⁴ is
/// 10⁷·10⁷, of 24 bits each, so that 52 − 24 = 28 and 50 − 24 = 26 bits are left for the quotient.
#[test]
fn sizes_that_are_let_in() {
    let of = |ends: (i64, i64), threshold: i64, scale: i64| {
        World { held: held(scale, true), ends, threshold, n: [0; BLOCK], d: [0; BLOCK] }.small().map(|small| small.bits)
    };
    let percent = 100_000_000_000_000;
    assert_eq!(of((5, 4), 80, percent), Some(26));
    assert_eq!(of((5, 4), 80, 1), Some(45));
    assert_eq!(of((1 << 29, 1), 80, 1), Some(18));
    // The size of −2²⁹ counts as 29 bits.
    assert_eq!(of((1, -(1 << 29)), 80, 1), Some(19));
    assert_eq!(of((1, -(1 << 29) - 1), 80, 1), Some(18));
    assert_eq!(of((1, (1 << 47) - 1), 80, 1), Some(1));
    assert_eq!(of((1, 1 << 47), 80, 1), None);
    assert_eq!(of((0, 1), 80, 1), None);
    assert_eq!(of((1, 1), (1 << 50) - 1, 1), Some(47));
    assert_eq!(of((1, 1), 1 << 50, 1), None);
    assert_eq!([factors_of(0), factors_of(-5)], [None, None]);
    // 7·10¹⁵ is 7·10⁷ (27 bits) times 10⁸ (27 bits), or 7·10⁸ (30) times 10⁷ (24): 23 and 22 bits.
    assert_eq!(factors_of(7_000_000_000_000_000), Some((23, 70_000_000.0, 100_000_000.0)));
}

#[test]
fn what_is_not_small_is_said() {
    let percent = 100_000_000_000_000;
    let with = |counts: bool, n: i64, d: i64| {
        let mut world = World { held: held(percent, counts), ends: (5, 4), threshold: 0, n: [1; BLOCK], d: [1; BLOCK] };
        (world.n[77], world.d[77]) = (n, d);
        world.found().is_small
    };
    let room = 1 << 26;
    assert!(with(true, room - 1, room - 1));
    assert!(!with(true, room - 1, room));
    assert!(!with(true, 2, 1) && !with(true, -1, 1) && !with(true, 0, -1));
    assert!(!with(true, 1, i64::MIN) && !with(true, i64::MIN, 1) && !with(true, i64::MAX, i64::MAX));
    assert!(with(false, 1 - room, room - 1) && with(false, room - 1, room - 1));
    assert!(!with(false, room, room - 1) && !with(false, -room - 1, room - 1) && !with(false, 0, -1));
    assert!(!with(false, i64::MIN, 1) && !with(false, i64::MAX, 1) && !with(false, 1, i64::MIN));
    // 5.6 and −5.6 times 10¹⁴ are below 2⁴⁹ = 562 949 953 421 312, 5.7 times are not.
    assert!(with(false, 56, 10) && with(false, -56, 10) && !with(false, 57, 10) && !with(false, -57, 10));
    assert!(!with(false, room - 1, 1) && !with(false, 1 - room, 1));
}
