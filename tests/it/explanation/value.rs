//! Values as the scorecard document writes them, read by someone who knows nothing of the library.

use chrono::NaiveDate;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

/// What a step takes or gives.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Number(BigRational),
    /// Estimated: equal to 10⁻⁹.
    Estimate(f64),
    Day(NaiveDate),
    Word(String),
}

impl Value {
    /// A day, a number or a word, whichever the text is.
    pub(super) fn read(text: &str) -> Self {
        if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return Self::Day(day);
        }
        decimal(text).map_or_else(|| Self::Word(text.to_owned()), Self::Number)
    }

    /// As the document writes it: numbers rounded once to 12 places, half away from 0.
    pub(super) fn written(&self) -> String {
        match self {
            Self::Number(number) => rounded(number),
            Self::Estimate(estimate) => estimate.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Word(word) => word.clone(),
        }
    }

    /// Whether both are the same: estimates to 10⁻⁹, all else exactly.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Estimate(a), Self::Number(b)) | (Self::Number(b), Self::Estimate(a)) => {
                let b = b.to_f64().unwrap_or(f64::NAN);
                (a - b).abs() <= 1e-9 * b.abs().max(1.0)
            }
            _ => self == other,
        }
    }
}

pub(super) fn whole(number: i64) -> BigRational {
    BigRational::from_integer(number.into())
}

/// A plain decimal or a fraction.
pub(super) fn decimal(text: &str) -> Option<BigRational> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (above, below) = digits.split_once('/').unwrap_or((digits, "1"));
    let (units, places) = above.split_once('.').unwrap_or((above, ""));
    let plain = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(units) || !plain(below) || !(places.is_empty() || plain(places)) {
        return None;
    }
    let sign = if digits.len() < text.len() { "-" } else { "" };
    let fraction = format!("{sign}{units}{places}/{below}{}", "0".repeat(places.len()));
    fraction.parse().ok()
}

/// The number with 12 places at most, half away from 0.
pub(super) fn rounded(number: &BigRational) -> String {
    let scaled = (number.abs() * whole(1_000_000_000_000) + half()).floor();
    let digits = format!("{:0>13}", scaled.to_integer().to_string());
    let (units, places) = digits.split_at(digits.len() - 12);
    let places = places.trim_end_matches('0');
    let sign = if number.is_negative() && !scaled.is_zero() { "-" } else { "" };
    if places.is_empty() { format!("{sign}{units}") } else { format!("{sign}{units}.{places}") }
}

pub(super) fn half() -> BigRational {
    whole(1) / whole(2)
}

#[test]
fn numbers_are_written_as_the_contract_says() {
    for (fraction, text) in
        [("1/3", "0.333333333333"), ("-2/3", "-0.666666666667"), ("5", "5"), ("-1/10000000000000", "0"), ("234/5", "46.8")]
    {
        assert_eq!(rounded(&decimal(fraction).unwrap()), text);
    }
}
