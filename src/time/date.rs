//! A day as documents write it.

use std::fmt;

use chrono::NaiveDate;
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::parse_day;

/// A day of a document: `2025-07-15`, as text or as TOML's own date, years 0001 to 9999.
///
/// ```
/// use attain::time::Day;
/// use serde::Deserialize;
/// use serde::de::value::{Error, StrDeserializer};
/// let day = Day::deserialize(StrDeserializer::<Error>::new("2024-02-29")).unwrap();
/// assert_eq!(day.to_string(), "2024-02-29");
/// assert!(Day::deserialize(StrDeserializer::<Error>::new("2023-02-29")).is_err()); // no such day
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub NaiveDate);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Days;
        impl Visitor<'_> for Days {
            type Value = Day;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day such as 2025-12-31")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Day, E> {
                let short: String = text.chars().take(40).collect();
                parse_day(text).map(Day).ok_or_else(|| {
                    E::custom(format_args!("'{short}' is not a day; expected a day such as 2025-12-31, years 0001 to 9999"))
                })
            }
        }
        deserializer.deserialize_any(Days)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "description": "A day such as 2025-12-31.", "type": "string", "format": "date" })
    }
}
