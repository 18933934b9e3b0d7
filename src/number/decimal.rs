//! The decimal that a document says.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An exact decimal number as a document says it: up to 28 digits behind the point, 96 bits in all.
///
/// The grammar is `-?digits(.digits)?`. Exponents, thousands separators, a leading plus, NaN and infinities
/// are refused, and so is a number with more digits than can be held: nothing is rounded on the way in.
/// It is written back canonically: no trailing zeros, no exponent, no `-0`.
///
/// In serde it is text. A number is taken from a self-describing format too, as long as its text is exactly
/// what is meant: whole numbers always, a binary float only where its shortest decimal form has at most
/// 15 significant digits.
///
/// ```
/// use attain::number::Number;
/// let target: Number = "99.90".parse()?;
/// assert_eq!(target.to_string(), "99.9");
/// assert!("1.00000000000000000000000000001".parse::<Number>().is_err()); // 29 places: refused, never rounded
/// assert!("1e3".parse::<Number>().is_err());
/// # Ok::<(), attain::number::InvalidNumber>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Decimal);

impl Number {
    /// Zero.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The number as `rust_decimal` holds it, without trailing zeros.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        self.0
    }

    /// The number that a ratio is exactly, if it is one.
    #[must_use]
    pub fn exactly(value: &super::Ratio) -> Option<Self> {
        let text = super::Rounding::half_up(28).shortest(value);
        text.parse().ok().filter(|number| super::Ratio::from(*number) == *value)
    }

    /// Whether the number is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// Whether the number is zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether the number has no fraction.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.0.scale() == 0
    }
}

impl From<Decimal> for Number {
    fn from(value: Decimal) -> Self {
        let value = value.normalize();
        Self(if value.is_zero() { Decimal::ZERO } else { value })
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Decimal::from(value))
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(Decimal::from(value))
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        Self(Decimal::from(value))
    }
}

/// Why a text is not a [`Number`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidNumber {
    /// The text does not follow the grammar.
    #[error("'{text}' is not a plain decimal number; expected digits with an optional decimal point, such as 1234.5")]
    NotDecimal {
        /// The text, cut after 40 characters.
        text: String,
    },
    /// The number has more digits than can be held exactly.
    #[error("'{text}' has too many digits; expected at most 28")]
    TooManyDigits {
        /// The text, cut after 40 characters.
        text: String,
    },
    /// A binary float that does not say which decimal is meant.
    #[error("{text} is a binary float with more than 15 significant digits; expected the number as text, such as \"{text}\"")]
    UnclearFloat {
        /// The shortest decimal form of the float.
        text: String,
    },
}

fn cut(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

impl FromStr for Number {
    type Err = InvalidNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !(plain(whole) && plain(fraction)) {
            return Err(InvalidNumber::NotDecimal { text: cut(text) });
        }
        // Longer than any number that fits, leading zeros and all: no need to look at a megabyte of digits.
        if text.len() > 64 {
            return Err(InvalidNumber::TooManyDigits { text: cut(text) });
        }
        match Decimal::from_str_exact(text) {
            Ok(value) => Ok(Self::from(value)),
            Err(_) => Err(InvalidNumber::TooManyDigits { text: cut(text) }),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl<'de> Visitor<'de> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number, such as 80 or \"79.96\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Number, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Number, E> {
        Ok(Number::from(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Number, E> {
        Ok(Number::from(value))
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Number, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Number, E> {
        self.visit_str(&value.to_string())
    }

    #[allow(clippy::disallowed_types, reason = "serde hands over the float; only its shortest decimal text is used")]
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Number, E> {
        let text = value.to_string();
        let significant = text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
        // Trailing zeros of a large float are padding, not knowledge, so they count as digits.
        if significant > 15 {
            return Err(E::custom(InvalidNumber::UnclearFloat { text }));
        }
        self.visit_str(&text)
    }

    /// `serde_json` with `arbitrary_precision`, which any crate in the graph may turn on, hands a number over
    /// as a map with one private key.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Number, A::Error> {
        match map.next_entry::<String, String>()? {
            Some((key, text)) if key == "$serde_json::private::Number" => self.visit_str(&text),
            _ => Err(de::Error::invalid_type(de::Unexpected::Map, &self)),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Number {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "An exact decimal number: text such as \"79.96\", or a number whose text is exactly what is meant.",
            "oneOf": [
                { "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$", "maxLength": 64 },
                { "type": "number" }
            ]
        })
    }
}
