//! How sure a survey is of its verdict. The verdict itself is by the point estimate.

use super::baseline::BaselineFigure;
use std::ops::Bound as End;

use super::bound::{Bound, Range};
use super::judge::Case;
use super::reading::Reading;
use super::reason::{Computed, Reason};
use crate::facts::Measure;
use crate::number::{Number, Ratio, Rounding, holds_all, holds_none};
use crate::plan::{Better, Kind, SurveyInterval, SurveyMethod};
use crate::statistics::{self, Estimate, Interval, IntervalMethod, Sample, Unsuitable, estimate, float, float_range};

/// Whether the whole interval says the same as the point estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// The whole interval meets the requirement.
    SurelyMet,
    /// None of it does.
    SurelyMissed,
    /// Some of it does: the answers are too few to tell.
    Undetermined,
}

impl Certainty {
    /// The word that documents use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::SurelyMet => "surely_met",
            Self::SurelyMissed => "surely_missed",
            Self::Undetermined => "undetermined",
        }
    }
}

/// How sure a survey is.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyReading {
    /// How the interval is estimated.
    pub settings: SurveyInterval,
    /// The interval around the share, in percent.
    pub interval: (Estimate, Estimate),
    /// Whether the interval is narrowed because a known part of a population answered.
    pub is_corrected: bool,
    /// Whether the whole interval meets the requirement; of `improve`, whether the difference to the baseline is sure.
    pub certainty: Computed<Certainty>,
    /// How many valid answers would settle it at the present share.
    pub settling_size: Computed<u64>,
    /// How the share differs from that of the baseline's survey.
    pub difference: Computed<SurveyDifference>,
}

/// How one survey differs from an earlier one.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyDifference {
    /// The later share less the earlier one, in percentage points.
    pub points: Ratio,
    /// Newcombe's interval of the difference, in percentage points; narrowed where a population is known.
    pub interval: (Estimate, Estimate),
    /// The population that the earlier interval is narrowed by.
    pub(crate) earlier_population: Option<Ratio>,
}

impl SurveyDifference {
    /// Whether the interval holds 0 and more: the answers do not say whether anything changed. Two censuses always do.
    #[must_use]
    pub fn is_within_noise(&self) -> bool {
        let (low, high) = (self.interval.0.to_ratio(), self.interval.1.to_ratio());
        low < high && low <= Ratio::ZERO && Ratio::ZERO <= high
    }
}

/// The answers of a survey.
struct Answers {
    positive: Ratio,
    valid: Ratio,
    population: Option<Ratio>,
}

impl Answers {
    /// The answers behind a figure that is their plain sum, of so many reports.
    ///
    /// The answers of several periods are not as many people, so that only those of one report are a part of the population.
    fn of(measure: Option<&Measure>, reports: usize) -> Computed<Self> {
        match measure {
            Some(Measure::Quotient { part, whole, .. }) if whole.is_zero() || part > whole => Err(Reason::TooFewPoints),
            Some(Measure::Quotient { part, whole, population }) => Ok(Self {
                positive: part.clone(),
                valid: whole.clone(),
                population: population.clone().filter(|people| reports == 1 && people >= whole),
            }),
            Some(Measure::Bare(_)) => Err(Reason::BareShare),
            _ => Err(Reason::NotCountable),
        }
    }

    /// The interval around the share, as shares of 1.
    fn interval(&self, settings: SurveyInterval) -> Computed<Interval> {
        let (k, n, level) = (float(&self.positive)?, float(&self.valid)?, float(&Ratio::from(settings.level))?);
        match (interval_method(settings.method), &self.population) {
            (Some(method), Some(people)) => Ok(statistics::interval_in_population(method, k, n, float(people)?, level)?),
            (Some(method), None) => Ok(statistics::interval(method, k, n, level)?),
            (None, population) => {
                let people = population.as_ref().ok_or(Reason::NoPopulation)?;
                let whole = |number: &Ratio| number.to_i64().and_then(|n| u64::try_from(n).ok()).ok_or(Reason::NotCountable);
                let (k, n, all) = (whole(&self.positive)?, whole(&self.valid)?, whole(people)?);
                let (low, high) = statistics::exact_interval(k, n, all, level)?;
                let share = |count: u64| Ratio::new(count.into(), all.into()).ok_or(Unsuitable::NoPopulation);
                Ok(Interval { low: float(&share(low)?)?, high: float(&share(high)?)? })
            }
        }
    }

    fn sample(&self) -> Computed<Sample> {
        let population = self.population.as_ref().map(float).transpose()?;
        Ok(Sample { successes: float(&self.positive)?, n: float(&self.valid)?, population })
    }

    fn share(&self) -> Computed<Ratio> {
        self.positive.divided_by(&self.valid).ok_or(Reason::TooFewPoints)
    }
}

/// The method by its formula; the exact one of a known population has none for a share alone.
fn interval_method(method: SurveyMethod) -> Option<IntervalMethod> {
    match method {
        SurveyMethod::Wilson => Some(IntervalMethod::Wilson),
        SurveyMethod::ClopperPearson => Some(IntervalMethod::ClopperPearson),
        SurveyMethod::AgrestiCoull => Some(IntervalMethod::AgrestiCoull),
        SurveyMethod::Jeffreys => Some(IntervalMethod::Jeffreys),
        SurveyMethod::Hypergeometric => None,
    }
}

/// Shares of 1 in percent, as they are shown.
fn percent(interval: Interval) -> Computed<(Estimate, Estimate)> {
    let percent = |share: Computed<Estimate>| {
        let share = share?.to_ratio() * Ratio::from(100);
        Ok::<Estimate, Reason>(estimate(float(&share)?)?)
    };
    Ok((percent(estimate(interval.low).map_err(Reason::from))?, percent(estimate(interval.high).map_err(Reason::from))?))
}

impl Case<'_, '_> {
    /// How sure a survey is, where the indicator is one.
    pub(super) fn survey(&self, reading: &Reading<'_>) -> Option<Computed<SurveyReading>> {
        (reading.indicator.kind == Kind::Survey).then(|| self.sureness(reading))
    }

    fn sureness(&self, reading: &Reading<'_>) -> Computed<SurveyReading> {
        if let Err(reason) = &reading.value {
            return Err(*reason);
        }
        // Shares weighted by population are no plain share of all answers.
        if reading.figure.weighted.is_some() {
            return Err(Reason::NotCountable);
        }
        let settings = self.target.survey;
        let answers = Answers::of(reading.figure.measure.as_ref(), reading.figure.used.len())?;
        let interval = percent(answers.interval(settings)?)?;
        let difference = difference(reading, &answers, settings.level);
        Ok(SurveyReading {
            certainty: certainty(reading, &interval, &difference),
            settling_size: settling_size(reading, &answers, settings),
            is_corrected: answers.population.is_some(),
            settings,
            interval,
            difference,
        })
    }
}

/// Whether the whole interval, or none of it, meets the requirement.
fn certainty(
    reading: &Reading<'_>,
    interval: &(Estimate, Estimate),
    difference: &Computed<SurveyDifference>,
) -> Computed<Certainty> {
    let test = reading.test.as_ref().ok_or(Reason::NoThreshold)?;
    // The baseline of an improvement is itself a survey: what counts is whether both differ surely.
    if let Bound::Improve(better, _) = &test.bound {
        let difference = difference.as_ref().map_err(|reason| *reason)?;
        let (met, not_missed) = improvements(*better, test.compare_rounded);
        return Ok(certain(&difference.interval, &met, &not_missed));
    }
    // Where everybody answered there is nothing between the ends, which are rounded, and the verdict is sure.
    if interval.0 == interval.1
        && let Some(verdict) = reading.verdict()
    {
        return Ok(if verdict.met { Certainty::SurelyMet } else { Certainty::SurelyMissed });
    }
    let range = test.range();
    Ok(certain(interval, &range, &range))
}

/// Whether the whole interval is surely met, or none of it may be met at all.
fn certain(interval: &(Estimate, Estimate), met: &Range, not_missed: &Range) -> Certainty {
    let (low, high) = (interval.0.to_ratio(), interval.1.to_ratio());
    if holds_all(met, &low, &high) {
        Certainty::SurelyMet
    } else if holds_none(not_missed, Some(&low), Some(&high)) {
        Certainty::SurelyMissed
    } else {
        Certainty::Undetermined
    }
}

/// The differences to the baseline, in the indicator's unit, that are surely an improvement, and those that may be one.
///
/// Figures that are rounded before they are compared differ for sure only from a unit of the last place on.
fn improvements(better: Better, compare_rounded: Option<Rounding>) -> (Range, Range) {
    let least = compare_rounded.map_or(End::Excluded(Ratio::ZERO), |rounding| End::Included(rounding.unit()));
    let any = End::Excluded(Ratio::ZERO);
    match (better, least) {
        (Better::Higher, least) => ((least, End::Unbounded), (any, End::Unbounded)),
        (Better::Lower, End::Included(unit)) => ((End::Unbounded, End::Included(-unit)), (End::Unbounded, any)),
        (Better::Lower, least) => ((End::Unbounded, least), (End::Unbounded, any)),
    }
}

fn settling_size(reading: &Reading<'_>, answers: &Answers, settings: SurveyInterval) -> Computed<u64> {
    let test = reading.test.as_ref().ok_or(Reason::NoThreshold)?;
    if matches!(test.bound, Bound::Improve(..)) {
        return Err(Reason::NoSingleDirection);
    }
    let (low, high) = test.range();
    let hundred = Ratio::from(100);
    let share = |end: End<Ratio>| end.map(|percent| percent.divided_by(&hundred).unwrap_or(Ratio::ZERO));
    let shares = float_range(&(share(low), share(high)))?;
    // How many to ask is planned by Wilson's interval where the exact one of a population is wanted.
    let method = interval_method(settings.method).unwrap_or(IntervalMethod::Wilson);
    let population = answers.population.as_ref().and_then(Ratio::to_i64).and_then(|people| u64::try_from(people).ok());
    let level = float(&Ratio::from(settings.level))?;
    let size = statistics::settling_size(method, float(&answers.share()?)?, shares, level, population)?;
    // Planned by one interval and judged by another, so many may be there already and not settle it.
    let is_planned_otherwise = interval_method(settings.method).is_none();
    let are_there = answers.valid.to_i64().and_then(|valid| u64::try_from(valid).ok()).is_some_and(|valid| valid >= size);
    if is_planned_otherwise && are_there { Err(Reason::OutOfRange) } else { Ok(size) }
}

/// How the share differs from that of the baseline's survey.
fn difference(reading: &Reading<'_>, answers: &Answers, level: Number) -> Computed<SurveyDifference> {
    let start: &BaselineFigure<'_> = reading.start.as_ref().map_err(|reason| *reason)?;
    let earlier = Answers::of(start.measure.as_ref(), start.used.len())?;
    let interval = statistics::newcombe(earlier.sample()?, answers.sample()?, float(&Ratio::from(level))?)?;
    let points = (answers.share()? - earlier.share()?) * Ratio::from(100);
    Ok(SurveyDifference { points, interval: percent(interval)?, earlier_population: earlier.population })
}
