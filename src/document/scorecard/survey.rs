//! How sure a survey is of its verdict.

use serde::Serialize;

use super::{Defined, document};
use crate::assess::{SurveyDifference, SurveyReading};

document! {
    /// How sure a survey is of its verdict; the verdict itself is by the point estimate.
    SurveyDocument {
        /// How the interval is estimated.
        method: String,
        /// Its level.
        level: String,
        /// The lower end of the interval around the share, in percent.
        low: String,
        /// The higher end.
        high: String,
        /// Whether the interval is narrowed because a known part of a population answered.
        population_corrected: bool,
        /// `surely_met`, `surely_missed` or `undetermined`.
        certainty: Defined<String>,
        /// How many valid answers would settle it at the present share.
        settling_size: Defined<u64>,
        /// How the share differs from that of the baseline's survey.
        since_baseline: Defined<SurveyDifferenceDocument>,
    }
    /// How one survey differs from an earlier one.
    SurveyDifferenceDocument {
        /// The later share less the earlier one, in percentage points.
        points: String,
        /// The lower end of the interval of the difference.
        low: String,
        /// The higher end.
        high: String,
        /// Whether the interval holds 0: the answers do not say whether anything changed.
        within_noise: bool,
    }
}

impl SurveyDocument {
    pub(super) fn new(survey: &SurveyReading) -> Self {
        Self {
            method: survey.settings.method.code().to_owned(),
            level: survey.settings.level.to_string(),
            low: survey.interval.0.to_string(),
            high: survey.interval.1.to_string(),
            population_corrected: survey.is_corrected,
            certainty: Defined::of(&survey.certainty, |certainty| certainty.code().to_owned()),
            settling_size: Defined::of(&survey.settling_size, |size| *size),
            since_baseline: Defined::of(&survey.difference, SurveyDifferenceDocument::new),
        }
    }
}

impl SurveyDifferenceDocument {
    fn new(difference: &SurveyDifference) -> Self {
        Self {
            points: difference.points.to_string(),
            low: difference.interval.0.to_string(),
            high: difference.interval.1.to_string(),
            within_noise: difference.is_within_noise(),
        }
    }
}
