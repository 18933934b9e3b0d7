//! What has to hold for a target to be met.

use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::number::{Number, Ratio};

/// How much a baseline is to change: by `10%` of its size, or by an amount in the indicator's unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// Percent of the baseline's size.
    Percent(Number),
    /// An amount.
    Amount(Number),
}

impl Change {
    /// How far the threshold lies from baseline `b`.
    ///
    /// ```text
    /// percent p:  |b|·p/100        amount m:  m
    /// ```
    #[must_use]
    pub fn size(self, b: &Ratio) -> Ratio {
        match self {
            Self::Percent(p) => {
                let hundredth = Ratio::new(1, 100).unwrap_or(Ratio::ZERO);
                &(&b.abs() * &Ratio::from(p)) * &hundredth
            }
            Self::Amount(amount) => Ratio::from(amount),
        }
    }

    pub(crate) fn number(self) -> Number {
        match self {
            Self::Percent(number) | Self::Amount(number) => number,
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(p) => write!(f, "{p}%"),
            Self::Amount(amount) => amount.fmt(f),
        }
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Change {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Changes;
        impl<'de> Visitor<'de> for Changes {
            type Value = Change;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a percentage such as \"10%\", or an amount such as 5")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Change, E> {
                match text.strip_suffix('%') {
                    Some(percent) => percent.trim_end().parse().map(Change::Percent),
                    None => text.parse().map(Change::Amount),
                }
                .map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Change, E> {
                Ok(Change::Amount(value.into()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Change, E> {
                Ok(Change::Amount(value.into()))
            }
            #[allow(clippy::disallowed_types, reason = "serde hands over the float; `Number` decides whether it is exact")]
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Change, E> {
                Number::deserialize(de::value::F64Deserializer::new(value)).map(Change::Amount)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Change, A::Error> {
                Number::deserialize(de::value::MapAccessDeserializer::new(map)).map(Change::Amount)
            }
        }
        deserializer.deserialize_any(Changes)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Change {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Change".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "description": "A percentage of the baseline such as \"10%\", or an amount in the indicator's unit.", "oneOf": [
            { "type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?%?$" }, { "type": "number", "exclusiveMinimum": 0 }
        ] })
    }
}

/// Which way is strictly better, for a requirement that names no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Better {
    /// Higher.
    Higher,
    /// Lower.
    Lower,
}

/// What has to hold for a target to be met (a = actual, T = threshold, B = baseline).
///
/// | variant | met when |
/// | --- | --- |
/// | `AtLeast`, `IncreaseBy` | a ≥ T |
/// | `AtMost`, `ReduceBy` | a ≤ T |
/// | `Above` | a > T |
/// | `Below` | a < T |
/// | `Exactly` | a = T |
/// | `Between` | L ≤ a ≤ H |
/// | `Improve` | a strictly better than B |
/// | `Deliver` | done on or before the due day |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Requirement {
    /// From this value upwards.
    AtLeast(Number),
    /// Up to this value.
    AtMost(Number),
    /// Above this value.
    Above(Number),
    /// Below this value.
    Below(Number),
    /// This value only.
    Exactly(Number),
    /// From the first value to the second.
    Between(Number, Number),
    /// The baseline fallen by this much.
    ReduceBy(Change),
    /// The baseline risen by this much.
    IncreaseBy(Change),
    /// Strictly better than the baseline.
    Improve(Better),
    /// So many documents done by the due day; without a number, a thing done or not.
    Deliver(Option<Number>),
}

impl Requirement {
    /// Whether the threshold depends on the baseline.
    #[must_use]
    pub fn is_relative(&self) -> bool {
        matches!(self, Self::ReduceBy(_) | Self::IncreaseBy(_) | Self::Improve(_))
    }

    /// Whether there is one threshold of which one side is met.
    #[must_use]
    pub fn is_one_sided(&self) -> bool {
        !matches!(self, Self::Exactly(_) | Self::Between(..) | Self::Improve(_) | Self::Deliver(_))
    }

    /// The word that documents use.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::AtLeast(_) => "at_least",
            Self::AtMost(_) => "at_most",
            Self::Above(_) => "above",
            Self::Below(_) => "below",
            Self::Exactly(_) => "exactly",
            Self::Between(..) => "between",
            Self::ReduceBy(_) => "reduce_by",
            Self::IncreaseBy(_) => "increase_by",
            Self::Improve(_) => "improve",
            Self::Deliver(_) => "deliver",
        }
    }
}
