//! How forecasts and the uncertainty of surveys are estimated; neither decides whether a target is met.

use serde::{Deserialize, Serialize};

use super::schedule::Every;
use crate::number::Number;

/// How a series is carried on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ForecastMethod {
    /// The line of least squares through all values, by days.
    #[default]
    Linear,
    /// The line with the median of all slopes, which single outliers do not move.
    TheilSen,
    /// Constant growth: the line of least squares through the logarithms.
    Compound,
    /// The last value stays.
    LastValue,
    /// The line from the first value to the last.
    Drift,
    /// A level and a trend that are smoothed with given parameters (Holt).
    HoltLinear,
    /// The same with a trend that fades.
    HoltDamped,
    /// Of these the one that would have erred least on the series so far.
    Automatic,
}

impl ForecastMethod {
    /// The word that documents use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::TheilSen => "theil_sen",
            Self::Compound => "compound",
            Self::LastValue => "last_value",
            Self::Drift => "drift",
            Self::HoltLinear => "holt_linear",
            Self::HoltDamped => "holt_damped",
            Self::Automatic => "automatic",
        }
    }
}

/// On which scale a series is carried on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ForecastScale {
    /// As it is.
    #[default]
    Plain,
    /// By the logarithm of the odds between the natural bounds, so that no forecast leaves them.
    Logit,
}

impl ForecastScale {
    /// The word that documents use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Logit => "logit",
        }
    }
}

/// The parameters of Holt's methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Smoothing {
    /// How much of the newest value goes into the level, 0 to 1.
    pub level: Number,
    /// How much of the newest step goes into the trend, 0 to 1.
    pub trend: Number,
    /// How much of the trend is left after each step, above 0 to 1; without it Holt's damped method is not asked for.
    pub damping: Option<Number>,
}

/// How the outlook of a target is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forecasting {
    /// The method.
    pub method: ForecastMethod,
    /// The scale.
    pub scale: ForecastScale,
    /// The level of the prediction interval, between 0 and 1.
    pub level: Number,
    /// How long the periods of the series are; as long as the judged one unless said otherwise.
    pub every: Option<Every>,
    /// The parameters of Holt's methods.
    pub smoothing: Option<Smoothing>,
    /// Whether the errors that the method would have had on the series so far are wanted.
    pub backtest: bool,
}

impl Default for Forecasting {
    fn default() -> Self {
        Self {
            method: ForecastMethod::Linear,
            scale: ForecastScale::Plain,
            level: usual_level(),
            every: None,
            smoothing: None,
            backtest: false,
        }
    }
}

/// How the interval of a survey's share is estimated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SurveyMethod {
    /// Wilson's score interval.
    #[default]
    Wilson,
    /// The exact binomial interval of Clopper and Pearson.
    ClopperPearson,
    /// The adjusted interval of Agresti and Coull.
    AgrestiCoull,
    /// The interval of Jeffreys's prior.
    Jeffreys,
    /// The exact interval where the size of the population is known.
    Hypergeometric,
}

impl SurveyMethod {
    /// The word that documents use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Wilson => "wilson",
            Self::ClopperPearson => "clopper_pearson",
            Self::AgrestiCoull => "agresti_coull",
            Self::Jeffreys => "jeffreys",
            Self::Hypergeometric => "hypergeometric",
        }
    }
}

/// How the uncertainty of a survey is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SurveyInterval {
    /// The method.
    pub method: SurveyMethod,
    /// The level, between 0 and 1.
    pub level: Number,
}

impl Default for SurveyInterval {
    fn default() -> Self {
        Self { method: SurveyMethod::Wilson, level: usual_level() }
    }
}

/// 0.95.
fn usual_level() -> Number {
    Number::from(rust_decimal::Decimal::new(95, 2))
}
