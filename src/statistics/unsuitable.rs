//! Why a statistic cannot be computed.

/// Why a statistic cannot be computed: the data or the question do not suit the method.
///
/// ```
/// use attain::statistics::{Unsuitable, mann_kendall};
/// let reason = mann_kendall(&[7.0, 7.0, 7.0]).unwrap_err();
/// assert_eq!(reason, Unsuitable::ConstantSeries);
/// assert_eq!(reason.code(), "constant_series");
/// assert_eq!(reason.to_string(), "all values are equal");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Unsuitable {
    /// Fewer points, answers or errors than the method needs.
    #[error("there are fewer points than the method needs")]
    TooFewPoints,
    /// All values are equal, so nothing says how far the next one may lie.
    #[error("all values are equal")]
    ConstantSeries,
    /// Two points on one date, or all of them, or dates that do not rise.
    #[error("two points have the same date or the dates do not rise")]
    EqualDates,
    /// A value that is 0 or negative, or ends of two signs, where there is growth by a factor.
    #[error("growth by a factor needs values above 0")]
    NonPositive,
    /// A value at or beyond a bound of the logit scale.
    #[error("a value is at or beyond a bound of the scale")]
    AtBound,
    /// A population of nobody.
    #[error("there is no population")]
    NoPopulation,
    /// Points, or the day asked for, that are not a whole number of equal steps apart.
    #[error("the steps are not equal")]
    UnevenSteps,
    /// The day asked for is not after the last point.
    #[error("the day asked for is not after the last point")]
    NoTimeLeft,
    /// It does not happen, or not within the limit.
    #[error("it is not reached")]
    Never,
    /// A parameter outside its range, an input that is not finite, or a result that a float cannot hold.
    #[error("a parameter or the result is out of range")]
    OutOfRange,
}

impl Unsuitable {
    /// The reason as one word with underscores, as documents write reasons.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooFewPoints => "too_few_points",
            Self::ConstantSeries => "constant_series",
            Self::EqualDates => "equal_dates",
            Self::NonPositive => "non_positive",
            Self::AtBound => "at_bound",
            Self::NoPopulation => "no_population",
            Self::UnevenSteps => "uneven_steps",
            Self::NoTimeLeft => "no_time_left",
            Self::Never => "never",
            Self::OutOfRange => "out_of_range",
        }
    }
}
