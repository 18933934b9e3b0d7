//! The exact rational in which everything is computed.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use super::{Number, Rounding};

/// An exact rational number: every sum, difference, product and quotient of [`Number`]s is one.
///
/// Nothing is rounded and nothing overflows: numerator and denominator are held in 128 bits while they fit and in
/// wide integers beyond. It prints as the scorecard document writes it: rounded once to 12 decimal places, half away
/// from zero, trailing zeros dropped.
///
/// ```
/// use attain::number::Ratio;
/// let share = Ratio::new(57, 100).unwrap();
/// let percent = &share * &Ratio::from(100);
/// assert!(percent >= Ratio::from(57)); // binary floats say 56.99999999999999
/// assert_eq!(Ratio::new(2, 3).unwrap().to_string(), "0.666666666667");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Ratio(Repr);

/// Reduced, denominator above 0, and `Small` whenever both parts fit: equal values have equal representations.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small(i128, i128),
    Big(Box<(BigInt, BigInt)>),
}

use Repr::{Big, Small};

impl Ratio {
    /// Zero.
    pub const ZERO: Self = Self(Small(0, 1));
    /// One.
    pub const ONE: Self = Self(Small(1, 1));

    /// The quotient of two whole numbers, or `None` where `denominator` is 0.
    #[must_use]
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        small(numerator, denominator).or_else(|| big(numerator.into(), denominator.into()))
    }

    /// `self / divisor`, or `None` where `divisor` is 0.
    #[must_use]
    pub fn divided_by(&self, divisor: &Self) -> Option<Self> {
        if let (Small(a, b), Small(c, d)) = (&self.0, &divisor.0)
            && let (Some(n), Some(m)) = (a.checked_mul(*d), b.checked_mul(*c))
        {
            return Self::new(n, m);
        }
        let ((a, b), (c, d)) = (self.wide(), divisor.wide());
        big(a * d, b * c)
    }

    /// Whether this is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Small(0, _))
    }

    /// Whether this is below 0.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Small(n, _) => *n < 0,
            Big(parts) => parts.0.is_negative(),
        }
    }

    /// Whether this is a whole number.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Small(_, d) => *d == 1,
            Big(parts) => parts.1 == BigInt::from(1),
        }
    }

    /// The size without the sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// The largest whole number that is not above this one.
    #[must_use]
    pub fn floor(&self) -> Self {
        match &self.0 {
            Small(n, d) => Self(Small(Integer::div_floor(n, d), 1)),
            Big(parts) => whole(parts.0.div_floor(&parts.1)),
        }
    }

    /// The smallest whole number that is not below this one.
    #[must_use]
    pub fn ceil(&self) -> Self {
        -(-self).floor()
    }

    /// The larger of this and 0.
    #[must_use]
    pub fn or_zero(self) -> Self {
        if self.is_negative() { Self::ZERO } else { self }
    }

    /// The number as whole number, where it is one that fits.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Small(n, 1) => n.to_i64(),
            _ => None,
        }
    }

    /// The sum of many.
    #[must_use]
    pub fn sum<'a>(terms: impl IntoIterator<Item = &'a Self>) -> Self {
        terms.into_iter().fold(Self::ZERO, |sum, term| &sum + term)
    }

    /// Numerator and denominator as wide integers.
    pub(super) fn wide(&self) -> (BigInt, BigInt) {
        match &self.0 {
            Small(n, d) => (BigInt::from(*n), BigInt::from(*d)),
            Big(parts) => (**parts).clone(),
        }
    }

    /// Numerator and denominator, the latter above 0.
    pub(crate) fn parts(&self) -> (BigInt, BigInt) {
        self.wide()
    }

    /// The exact fraction as text, `7/2` or `3`, from which the value can be read back.
    #[must_use]
    pub fn to_fraction(&self) -> String {
        let (n, d) = self.wide();
        if self.is_whole() { n.to_string() } else { format!("{n}/{d}") }
    }
}

/// The reduced quotient, or `None` where the denominator is 0 or a part is too large to turn its sign.
fn small(n: i128, d: i128) -> Option<Ratio> {
    if d == 0 || n == i128::MIN || d == i128::MIN {
        return None;
    }
    // Most numbers are whole, and most others far below 64 bits, where division is many times cheaper.
    if d == 1 {
        return Some(Ratio(Small(n, 1)));
    }
    if let (Ok(n), Ok(d)) = (i64::try_from(n), i64::try_from(d)) {
        let (n, d) = if d < 0 { (n.checked_neg()?, d.checked_neg()?) } else { (n, d) };
        let divisor = i64::try_from(n.unsigned_abs().gcd(&d.unsigned_abs())).ok()?;
        return Some(Ratio(Small(n.checked_div(divisor)?.into(), d.checked_div(divisor)?.into())));
    }
    let divisor = i128::try_from(gcd(n.unsigned_abs(), d.unsigned_abs())).ok()?;
    let sign = d.signum();
    Some(Ratio(Small(n.checked_div(divisor)?.checked_mul(sign)?, d.checked_div(divisor)?.checked_mul(sign)?)))
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    // Most operands are far below 64 bits, where the remainder is many times cheaper.
    while b != 0 {
        if let (Ok(x), Ok(y)) = (u64::try_from(a), u64::try_from(b)) {
            return u128::from(x.gcd(&y));
        }
        (a, b) = (b, a.checked_rem(b).unwrap_or(0));
    }
    a
}

/// The reduced quotient in the narrowest form, or `None` where the denominator is 0.
fn big(n: BigInt, d: BigInt) -> Option<Ratio> {
    if d.is_zero() {
        return None;
    }
    let divisor = n.gcd(&d) * d.signum();
    Some(narrowed(n / &divisor, d / divisor))
}

/// A reduced quotient in the narrowest form.
fn narrowed(n: BigInt, d: BigInt) -> Ratio {
    match (n.to_i128(), d.to_i128()) {
        (Some(n), Some(d)) if n != i128::MIN => Ratio(Small(n, d)),
        _ => Ratio(Big(Box::new((n, d)))),
    }
}

pub(super) fn whole(n: BigInt) -> Ratio {
    narrowed(n, BigInt::from(1))
}

/// `n / d` of parts whose denominator is known not to be 0.
fn quotient(n: BigInt, d: BigInt) -> Ratio {
    big(n, d).unwrap_or(Ratio::ZERO)
}

fn add(x: &Ratio, y: &Ratio) -> Ratio {
    if let (Small(a, b), Small(c, d)) = (&x.0, &y.0) {
        if b == d
            && let Some(sum) = a.checked_add(*c).and_then(|n| small(n, *b))
        {
            return sum;
        }
        let cross = || {
            let n = a.checked_mul(*d)?.checked_add(c.checked_mul(*b)?)?;
            small(n, b.checked_mul(*d)?)
        };
        if let Some(sum) = cross() {
            return sum;
        }
    }
    let ((a, b), (c, d)) = (x.wide(), y.wide());
    quotient(a * &d + c * &b, b * d)
}

fn multiply(x: &Ratio, y: &Ratio) -> Ratio {
    if let (Small(a, b), Small(c, d)) = (&x.0, &y.0)
        && let (Some(n), Some(m)) = (a.checked_mul(*c), b.checked_mul(*d))
        && let Some(product) = small(n, m)
    {
        return product;
    }
    let ((a, b), (c, d)) = (x.wide(), y.wide());
    quotient(a * c, b * d)
}

fn negate(x: &Ratio) -> Ratio {
    match &x.0 {
        // `i128::MIN` is never held in the small form.
        Small(n, d) => Ratio(Small(n.saturating_neg(), *d)),
        Big(parts) => narrowed(-&parts.0, parts.1.clone()),
    }
}

macro_rules! operators {
    ($($operator:ident $method:ident $function:expr;)*) => {$(
        impl $operator<&Ratio> for &Ratio {
            type Output = Ratio;
            fn $method(self, other: &Ratio) -> Ratio { $function(self, other) }
        }
        impl $operator<Ratio> for &Ratio {
            type Output = Ratio;
            fn $method(self, other: Ratio) -> Ratio { $function(self, &other) }
        }
        impl $operator<&Ratio> for Ratio {
            type Output = Ratio;
            fn $method(self, other: &Ratio) -> Ratio { $function(&self, other) }
        }
        impl $operator<Ratio> for Ratio {
            type Output = Ratio;
            fn $method(self, other: Ratio) -> Ratio { $function(&self, &other) }
        }
    )*};
}

operators! {
    Add add add;
    Sub sub |x: &Ratio, y: &Ratio| add(x, &negate(y));
    Mul mul multiply;
}

impl Neg for &Ratio {
    type Output = Ratio;
    fn neg(self) -> Ratio {
        negate(self)
    }
}

impl Neg for Ratio {
    type Output = Ratio;
    fn neg(self) -> Ratio {
        negate(&self)
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Small(a, b), Small(c, d)) = (&self.0, &other.0) {
            if b == d {
                return a.cmp(c);
            }
            if let (Some(left), Some(right)) = (a.checked_mul(*d), c.checked_mul(*b)) {
                return left.cmp(&right);
            }
        }
        let ((a, b), (c, d)) = (self.wide(), other.wide());
        (a * d).cmp(&(c * b))
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<i64> for Ratio {
    fn from(value: i64) -> Self {
        Self(Small(value.into(), 1))
    }
}

impl From<i32> for Ratio {
    fn from(value: i32) -> Self {
        Self(Small(value.into(), 1))
    }
}

impl From<u32> for Ratio {
    fn from(value: u32) -> Self {
        Self(Small(value.into(), 1))
    }
}

impl From<usize> for Ratio {
    fn from(value: usize) -> Self {
        whole(BigInt::from(value))
    }
}

impl From<Number> for Ratio {
    fn from(value: Number) -> Self {
        let decimal = value.to_decimal();
        // A decimal holds at most 28 places, so the power fits and is not 0.
        let denominator = 10_i128.checked_pow(decimal.scale()).unwrap_or(1);
        Self::new(decimal.mantissa(), denominator).unwrap_or(Self::ZERO)
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Rounding::DOCUMENT.shortest(self))
    }
}

impl fmt::Debug for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_fraction())
    }
}

impl serde::Serialize for Ratio {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
#[path = "ratio_tests.rs"]
mod tests;
