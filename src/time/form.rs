//! How a calendar is written in a document: `"gregorian"`, `"nd09_2019"`, or `{ fiscal = 4, named_for = "start" }`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::calendar::{Calendar, FiscalYear, NamedFor};

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;

const GREGORIAN: &str = "gregorian";
const ND09_2019: &str = "nd09_2019";
const FISCAL: &str = "fiscal";
const NAMED_FOR: &str = "named_for";
const START: &str = "start";
const END: &str = "end";

const A_CALENDAR: &str = "\"gregorian\", \"nd09_2019\" or { fiscal = 4, named_for = \"start\" }";
const A_MONTH: &str = "the first month of the fiscal year, 1 to 12";
const A_NAMING: &str = "\"start\" or \"end\"";

impl Calendar {
    /// The name in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Gregorian => GREGORIAN,
            Self::Fiscal(_) => FISCAL,
            Self::Nd09_2019 => ND09_2019,
        }
    }
}

impl Serialize for Calendar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Gregorian => serializer.serialize_str(GREGORIAN),
            Self::Nd09_2019 => serializer.serialize_str(ND09_2019),
            Self::Fiscal(fiscal) => {
                let by_end = fiscal.named_for() == NamedFor::End;
                let mut map = serializer.serialize_map(Some(1 + usize::from(by_end)))?;
                map.serialize_entry(FISCAL, &fiscal.first_month())?;
                if by_end {
                    map.serialize_entry(NAMED_FOR, END)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Calendar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CalendarVisitor)
    }
}

fn fault<E: Error>(what: impl fmt::Display, expected: &str) -> E {
    E::custom(format_args!("{what}; expected {expected}"))
}

struct CalendarVisitor;

impl<'de> Visitor<'de> for CalendarVisitor {
    type Value = Calendar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(A_CALENDAR)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Calendar, E> {
        match text {
            GREGORIAN => Ok(Calendar::Gregorian),
            ND09_2019 => Ok(Calendar::Nd09_2019),
            _ => Err(fault(format_args!("unknown calendar {text:?}"), A_CALENDAR)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Calendar, A::Error> {
        let mut first_month = None;
        let mut named_for = None;
        while let Some(key) = map.next_key::<String>()? {
            let again = match key.as_str() {
                FISCAL => first_month.replace(map.next_value::<FirstMonth>()?.0).is_some(),
                NAMED_FOR => named_for.replace(map.next_value::<NamedFor>()?).is_some(),
                _ => return Err(fault(format_args!("unknown field {key:?}"), "fiscal or named_for")),
            };
            if again {
                return Err(fault(format_args!("field {key:?} is given twice"), "it once"));
            }
        }
        let first_month = first_month.ok_or_else(|| fault("field \"fiscal\" is missing", A_MONTH))?;
        let fiscal = FiscalYear::new(first_month, named_for.unwrap_or_default());
        fiscal.map(Calendar::Fiscal).ok_or_else(|| fault(first_month, A_MONTH))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Calendar, E> {
        Err(fault(value, A_CALENDAR))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Calendar, E> {
        Err(fault(value, A_CALENDAR))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Calendar, E> {
        Err(fault(value, A_CALENDAR))
    }

    fn visit_unit<E: Error>(self) -> Result<Calendar, E> {
        Err(fault("nothing", A_CALENDAR))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Calendar, A::Error> {
        Err(fault("a list", A_CALENDAR))
    }
}

/// The first month of a fiscal year, 1 to 12.
struct FirstMonth(u32);

impl<'de> Deserialize<'de> for FirstMonth {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = deserializer.deserialize_any(ScalarVisitor { expected: A_MONTH })?;
        let plain = text.bytes().all(|byte| byte.is_ascii_digit());
        let month = text.parse().ok().filter(|month| plain && (1..=12).contains(month));
        month.map(Self).ok_or_else(|| fault(text, A_MONTH))
    }
}

impl<'de> Deserialize<'de> for NamedFor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = deserializer.deserialize_any(ScalarVisitor { expected: A_NAMING })?;
        match text.as_str() {
            START => Ok(Self::Start),
            END => Ok(Self::End),
            _ => Err(fault(format_args!("{text:?}"), A_NAMING)),
        }
    }
}

/// A text or a number, as text: a reader may hand over a number as its digits.
struct ScalarVisitor {
    expected: &'static str,
}

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<String, E> {
        Err(fault(value, self.expected))
    }

    fn visit_unit<E: Error>(self) -> Result<String, E> {
        Err(fault("nothing", self.expected))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<String, A::Error> {
        Err(fault("a list", self.expected))
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<String, A::Error> {
        Err(fault("a table", self.expected))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Calendar {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Calendar".into()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        concat!(module_path!(), "::Calendar").into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Which days the label of a period means.",
            "oneOf": [
                { "description": "Civil periods.", "const": GREGORIAN },
                { "description": "Reporting periods of Decree 09/2019/NĐ-CP, Article 12: from the 15th of the month before to the 14th.", "const": ND09_2019 },
                {
                    "description": "Fiscal years and their parts, with civil months.",
                    "type": "object",
                    "properties": {
                        FISCAL: { "description": "The civil month with which the fiscal year starts.", "type": "integer", "minimum": 1, "maximum": 12 },
                        NAMED_FOR: {
                            "description": "The calendar year that the fiscal year is named for: the one in which it starts, or ends.",
                            "enum": [START, END],
                            "default": START,
                        },
                    },
                    "required": [FISCAL],
                    "additionalProperties": false,
                },
            ],
        })
    }
}
