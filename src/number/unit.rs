//! Units of measure.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The unit that an indicator is measured in: `percent`, `people`, `documents`, `days`, `points`, `vnd`, or any other word.
///
/// The gap of a percentage is in percentage points, never in percent: [`Unit::of_differences`].
///
/// ```
/// use attain::number::Unit;
/// assert_eq!(Unit::from("percent").of_differences().as_str(), "percentage points");
/// assert_eq!(Unit::from("people").of_differences().as_str(), "people");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Unit(String);

impl Unit {
    /// The word as documents write it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether figures are percentages of something.
    #[must_use]
    pub fn is_percent(&self) -> bool {
        self.0 == "percent"
    }

    /// The unit that the difference of two figures is in.
    #[must_use]
    pub fn of_differences(&self) -> Self {
        if self.is_percent() { Self::from("percentage points") } else { self.clone() }
    }
}

impl From<&str> for Unit {
    fn from(word: &str) -> Self {
        Self(word.to_owned())
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
