//! A value held against a number, in whole numbers.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use crate::number::Ratio;

/// How far values `a = w·n/d` of figures n and d lie from a number c: with `c/w = v/u` in lowest terms, u > 0,
///
/// ```text
/// a − c = (u·n − v·d)·k/d,   k = w/u
/// ```
/// so that a is compared with c by the sign of a whole number, and everything else is one quotient of whole numbers.
#[derive(Clone, Debug)]
pub(super) struct Comparison {
    pub(super) u: i64,
    pub(super) v: i64,
    pub(super) k: Ratio,
}

impl Comparison {
    /// None where u or v does not fit.
    pub(super) fn new(c: &Ratio, w: &Ratio) -> Option<Self> {
        let (v, u) = fraction(&c.divided_by(w)?)?;
        Some(Self { u, v, k: w.divided_by(&Ratio::from(u))? })
    }
}

/// Numerator and denominator, where both can be turned to the other sign in 64 bits.
pub(super) fn fraction(value: &Ratio) -> Option<(i64, i64)> {
    let (over, under) = value.parts();
    let fits = |part: BigInt| part.to_i64().filter(|part| *part != i64::MIN);
    Some((fits(over)?, fits(under)?))
}
