//! What stands beside a row of the way to the target: the path, what has changed, the forecast, how sure a survey is.

use super::cells::Subject;
use super::numbers::{Places, TIED};
use super::words::Word;
use crate::assess::{Bound, Certainty, Change, Changes, Forecast, Pace, Reason, Status, SurveyDifference, SurveyReading};
use crate::number::{Ratio, Unit};
use crate::plan::{ForecastMethod, ForecastScale, PaceBands, SurveyMethod};
use crate::statistics::{Direction, Distribution};
use crate::time::Period;

/// Whether only a part of what the path asks for is expected yet: of a flow, in an unfinished period.
fn is_pro_rata(pace: &Pace) -> bool {
    pace.expected.is_ok() && pace.lead_days == Err(Reason::PeriodIncomplete)
}

/// From one number to another; a line is never broken before the dash.
fn range(low: &str, high: &str) -> String {
    format!("{low}{TIED}– {high}")
}

impl Subject<'_> {
    /// Whether the window is open and neither outcome is sure, so that the way to the target is worth a word.
    fn is_under_way(&self) -> bool {
        matches!(
            self.assessment.status,
            Status::InProgress | Status::MetSoFar | Status::OnTrack | Status::AtRisk | Status::OffTrack
        )
    }

    fn pace(&self) -> Option<&Pace> {
        self.assessment.path.as_ref().ok().filter(|_| self.is_under_way())
    }

    /// Whether higher values are better, where there is one threshold with one side.
    fn is_upward(&self) -> Option<bool> {
        Some(self.assessment.threshold.bound.as_ref().ok()?.side()?.0.is_upward())
    }

    /// A value of the indicator that is written already.
    fn in_unit(&self, written: &str, value: &Ratio) -> String {
        self.numbers.with_unit(written, value, self.indicator.unit())
    }

    /// The actual and where it should stand, each on its own side of the other and of what decides.
    pub(super) fn actual_and_expected(&self) -> Option<[String; 2]> {
        let pace = self.pace()?;
        // Where the threshold is to be held that is what is expected, and nothing is said of it twice.
        let expected = pace.expected.as_ref().ok().filter(|_| !pace.path.is_maintained() || is_pro_rata(pace))?;
        let actual = self.assessment.actual.value.as_ref().ok()?;
        let deciding = self.deciding(self.assessment.threshold.bound.as_ref().ok());
        let [shown, beside] = self.numbers.apart(Places::OF_FIGURES, [actual, expected], &deciding);
        Some([self.in_unit(&shown, actual), self.in_unit(&beside, expected)])
    }

    /// What the path asks for, how the actual stands against it, and how fast it has to move.
    pub(super) fn way(&self, bands: PaceBands) -> Vec<String> {
        let Some(pace) = self.pace() else { return Vec::new() };
        [self.held(pace), self.against_path(pace, bands), self.rates(pace)].into_iter().flatten().collect()
    }

    /// That the baseline is good enough already.
    fn held(&self, pace: &Pace) -> Option<String> {
        let bound = self.assessment.threshold.bound.as_ref().ok().filter(|_| pace.path.is_maintained())?;
        Some(self.fill(Word::Held, &[&self.symbols(bound)]))
    }

    fn against_path(&self, pace: &Pace, bands: PaceBands) -> Option<String> {
        let [_, expected] = self.actual_and_expected()?;
        let on = self.numbers.day(self.assessment.actual.on?);
        let word = if self.is_upward()? { Word::ToReach } else { Word::ToStayBelow };
        let mut asked = self.fill(word, &[&on, &expected]);
        if is_pro_rata(pace) {
            asked = format!("{asked} ({})", self.say(Word::ProRata));
        }
        Some([Some(asked), self.lead(pace), self.speed(pace, bands)].into_iter().flatten().collect::<Vec<_>>().join("; "))
    }

    /// How many days ahead or behind.
    fn lead(&self, pace: &Pace) -> Option<String> {
        let days = *pace.lead_days.as_ref().ok()?;
        let (actual, expected) = (self.assessment.actual.value.as_ref().ok()?, pace.expected.as_ref().ok()?);
        let is_better = if self.is_upward()? { actual >= expected } else { actual <= expected };
        // A path that goes back on its way has been where the actual is before, which says nothing of today.
        if is_better != (days >= 0) {
            return None;
        }
        let size = Ratio::from(days).abs();
        let size = self.numbers.exact_with_unit(&size, &Unit::from("days"));
        Some(match days.signum() {
            0 => self.say(Word::OnTheDay).to_owned(),
            1 => self.fill(Word::Ahead, &[&size]),
            _ => self.fill(Word::Behind, &[&size]),
        })
    }

    /// The pace on its own side of the plan's bands, where it is what the status says.
    fn speed(&self, pace: &Pace, bands: PaceBands) -> Option<String> {
        let by_pace = matches!(self.assessment.status, Status::OnTrack | Status::AtRisk | Status::OffTrack);
        let pace = pace.pace.as_ref().ok().filter(|_| by_pace)?;
        let bands = [bands.on_track, bands.at_risk].map(Ratio::from);
        let [from, to] = bands.each_ref().map(|band| self.numbers.exact(band));
        let deciding: Vec<Ratio> = bands.into_iter().chain([Ratio::ZERO, Ratio::ONE]).collect();
        Some(self.fill(Word::Pace, &[&self.numbers.beside(pace, &deciding), &from, &to]))
    }

    /// How fast the actual has moved, and how fast it has to, as long as it has to.
    fn rates(&self, pace: &Pace) -> Option<String> {
        let (observed, required) = (pace.observed_rate.as_ref().ok()?, pace.required_rate.as_ref().ok()?);
        let is_rise = !required.is_negative();
        if self.assessment.status == Status::MetSoFar || required.is_zero() || self.is_upward()? != is_rise {
            return None;
        }
        let sizes = [observed.abs(), required.abs()];
        let unit = self.indicator.unit().of_differences();
        let [so_far, from_now] = self.numbers.apart(Places::OF_FIGURES, sizes.each_ref(), &[Ratio::ZERO]);
        let [moved, needed] = sizes;
        let (moved, needed) = (self.numbers.with_unit(&so_far, &moved, &unit), self.numbers.with_unit(&from_now, &needed, &unit));
        let has_moved = match (observed.is_zero(), observed.is_negative()) {
            (true, _) => self.say(Word::HasNotMoved).to_owned(),
            (false, false) => self.fill(Word::HasRisen, &[&moved]),
            (false, true) => self.fill(Word::HasFallen, &[&moved]),
        };
        let has_to = self.fill(if is_rise { Word::HasToRise } else { Word::HasToFall }, &[&needed]);
        Some(format!("{has_moved}; {has_to}"))
    }

    /// What has changed since the period before and since a year before, once where both are the same.
    pub(super) fn changes(&self) -> Option<String> {
        let Changes { previous, year_before } = &self.assessment.changes;
        let since = |word: Word, change: &Change| self.fill(word, &[&self.compared(&change.period), &self.changed(change)]);
        match (previous, year_before) {
            (Ok(previous), Ok(year)) if previous.period == year.period => Some(since(Word::Since, previous)),
            (Ok(previous), Ok(year)) => {
                let period = self.compared(&year.period);
                let first = since(Word::SincePrevious, previous);
                Some(self.fill(Word::AndSinceYearBefore, &[&first, &period, &self.changed(year)]))
            }
            (Ok(previous), Err(_)) => Some(since(Word::SincePrevious, previous)),
            (Err(_), Ok(year)) => Some(since(Word::SinceYearBefore, year)),
            (Err(_), Err(_)) => None,
        }
    }

    /// What is compared with: a period by its name, of a state in days without one the day that it stands at.
    fn compared(&self, period: &Period) -> String {
        let is_state = self.indicator.kind().is_state() && period.cadence().is_none();
        if is_state { self.numbers.day(period.last()) } else { self.numbers.period(period) }
    }

    fn changed(&self, change: &Change) -> String {
        if change.points.is_zero() {
            return self.say(Word::Unchanged).to_owned();
        }
        let points = self.signed_difference(&change.points);
        match &change.percent {
            Ok(percent) => {
                let percent = self.numbers.with_unit(&self.numbers.signed(percent), percent, &Unit::from("percent"));
                format!("{points} ({percent})")
            }
            Err(_) => points,
        }
    }

    fn signed_difference(&self, points: &Ratio) -> String {
        self.numbers.with_unit(&self.numbers.signed(points), points, &self.indicator.unit().of_differences())
    }

    /// The forecast, as long as the outcome is open: what is sure is not to be doubted.
    pub(super) fn forecast(&self) -> Option<&Forecast> {
        self.assessment.forecast.as_ref().ok().filter(|_| self.is_under_way())
    }

    /// Where the series so far leads to.
    pub(super) fn carried_on(&self) -> Option<String> {
        let forecast = self.forecast()?;
        let ends = [forecast.value, forecast.interval.0, forecast.interval.1].map(|end| self.within_limits(end.to_ratio()));
        let deciding = self.deciding(self.assessment.threshold.bound.as_ref().ok());
        let [value, low, high] = self.numbers.apart(Places::OF_FORECASTS, ends.each_ref(), &deciding);
        let [exact, lowest, highest] = ends;
        let value = self.marked_at_limit(self.in_unit(&value, &exact), &forecast.value.to_ratio());
        let mut parts = vec![self.fill(Word::CarriedOn, &[&self.method(forecast), &value, &self.numbers.day(forecast.on)])];
        if lowest < highest {
            let level = self.numbers.percentage(&Ratio::from(forecast.level));
            parts.push(self.fill(Word::ForecastInterval, &[&level, &range(&low, &self.in_unit(&high, &highest))]));
        }
        parts.extend(forecast.of.as_ref().map(|part| self.fill(Word::OfPartAlone, &[part])));
        if let Some(brought) = &forecast.at_least {
            parts.push(self.fill(Word::NotBelowReported, &[&self.numbers.exact_with_unit(brought, self.indicator.unit())]));
        }
        parts.extend(self.odds(forecast));
        Some(parts.join("; "))
    }

    /// A forecast cut off at what there can be, as the method may not know of it.
    fn within_limits(&self, value: Ratio) -> Ratio {
        let (low, high) = self.indicator.bounds().exact();
        let value = high.map_or(value.clone(), |high| value.min(high));
        low.map_or(value.clone(), |low| value.max(low))
    }

    /// Says where a forecast was cut off.
    fn marked_at_limit(&self, written: String, forecast: &Ratio) -> String {
        let (low, high) = self.indicator.bounds().exact();
        if high.is_some_and(|high| *forecast > high) {
            self.fill(Word::MostThereCanBe, &[&written])
        } else if low.is_some_and(|low| *forecast < low) {
            self.fill(Word::LeastThereCanBe, &[&written])
        } else {
            written
        }
    }

    /// How a forecast was made.
    fn method(&self, forecast: &Forecast) -> String {
        let method = match forecast.method {
            ForecastMethod::Linear | ForecastMethod::Automatic => Word::ByLeastSquares,
            ForecastMethod::TheilSen => Word::ByMedianSlope,
            ForecastMethod::Compound => Word::ByConstantGrowth,
            ForecastMethod::LastValue => Word::ByLastValue,
            ForecastMethod::Drift => Word::ByDrift,
            ForecastMethod::HoltLinear => Word::ByHolt,
            ForecastMethod::HoltDamped => Word::ByDampedHolt,
        };
        let kept = (forecast.scale == ForecastScale::Logit).then(|| self.say(Word::KeptWithin).to_owned());
        let chosen = forecast.is_chosen.then(|| self.say(Word::Chosen).to_owned());
        let figures = self.fill(Word::Figures, &[&self.numbers.exact(&Ratio::from(forecast.points))]);
        [Some(self.say(method).to_owned()), kept, chosen, Some(figures)].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// How probable it is that the target is met, when it would be, and whether there is a trend at all.
    fn odds(&self, forecast: &Forecast) -> Vec<String> {
        let certain = forecast.distribution == Distribution::Point;
        let probability = forecast.probability.as_ref().ok().map(|odds| self.numbers.probability(&odds.to_ratio(), certain));
        let no_trend = match &forecast.trend {
            Ok(trend) if trend.direction == Direction::None => Some(Word::NoTrend),
            Err(Reason::TooFewPoints) => Some(Word::TooFewForTrend),
            _ => None,
        };
        let no_trend = no_trend.map(|word| self.say(word).to_owned());
        let probability = probability.map(|odds| self.fill(Word::Probability, &[&odds]));
        [probability, self.reached(forecast), no_trend].into_iter().flatten().collect()
    }

    /// The day at which the target would be met, unless it is met already or would not stay so.
    fn reached(&self, forecast: &Forecast) -> Option<String> {
        let on = forecast.reached_on.ok().filter(|on| *on > forecast.span.1)?;
        let bound = self.assessment.threshold.bound.as_ref().ok()?;
        let tolerance = Ratio::from(self.target.tolerance());
        let is_met = bound.verdict(&forecast.value.to_ratio(), &tolerance, self.target.compare_rounded).met;
        let in_time = on <= forecast.on;
        let word = if in_time { Word::ReachedOn } else { Word::ReachedLate };
        (is_met == in_time).then(|| self.fill(word, &[&self.numbers.day(on)]))
    }

    /// How sure a survey is, and how it differs from the one before.
    pub(super) fn survey(&self) -> Vec<String> {
        let survey = match &self.assessment.survey {
            Some(Ok(survey)) => survey,
            Some(Err(why)) => return self.without_interval(*why).into_iter().collect(),
            None => return Vec::new(),
        };
        let difference = survey.difference.as_ref().ok().map(|difference| self.since_survey(difference));
        [Some(self.interval(survey)), difference].into_iter().flatten().collect()
    }

    /// Why a survey that has a figure has no interval.
    fn without_interval(&self, why: Reason) -> Option<String> {
        self.assessment.actual.value.as_ref().ok()?;
        let weighted = why == Reason::NotCountable && !self.assessment.contributions.is_empty();
        let why = if weighted { self.say(Word::WeightedShares) } else { why.in_words(self.language()) };
        Some(self.fill(Word::NoInterval, &[why]))
    }

    fn interval(&self, survey: &SurveyReading) -> String {
        let (low, high) = (survey.interval.0.to_ratio(), survey.interval.1.to_ratio());
        let deciding = self.deciding(self.assessment.threshold.bound.as_ref().ok());
        let [from, to] = self.numbers.apart(Places::OF_INTERVALS, [&low, &high], &deciding);
        let level = self.numbers.percentage(&Ratio::from(survey.settings.level));
        let interval = range(&from, &self.in_unit(&to, &high));
        let interval = self.fill(Word::SurveyInterval, &[&level, &self.survey_method(survey), &interval]);
        [Some(interval), self.certainty(survey)].into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    fn survey_method(&self, survey: &SurveyReading) -> String {
        let method = match survey.settings.method {
            SurveyMethod::Wilson => "Wilson",
            SurveyMethod::ClopperPearson => "Clopper–Pearson",
            SurveyMethod::AgrestiCoull => "Agresti–Coull",
            SurveyMethod::Jeffreys => "Jeffreys",
            SurveyMethod::Hypergeometric => return self.say(Word::ExactForPopulation).to_owned(),
        };
        if survey.is_corrected { self.fill(Word::CorrectedForPopulation, &[method]) } else { method.to_owned() }
    }

    /// Whether the whole interval says what the verdict says.
    fn certainty(&self, survey: &SurveyReading) -> Option<String> {
        let by_difference = matches!(self.assessment.threshold.bound, Ok(Bound::Improve(..)));
        if by_difference {
            return None;
        }
        Some(match (survey.certainty.as_ref().ok()?, &survey.settling_size) {
            (Certainty::SurelyMet, _) => self.say(Word::SurelyMet).to_owned(),
            (Certainty::SurelyMissed, _) => self.say(Word::SurelyMissed).to_owned(),
            (Certainty::Undetermined, Ok(size)) => {
                let size = self.numbers.write(&size.to_string());
                self.fill(Word::NotCertainYet, &[&size])
            }
            (Certainty::Undetermined, Err(_)) => self.say(Word::NotCertain).to_owned(),
        })
    }

    fn since_survey(&self, difference: &SurveyDifference) -> String {
        let ends = [difference.interval.0.to_ratio(), difference.interval.1.to_ratio()];
        let [low, high] = self.numbers.apart(Places::OF_INTERVALS, ends.each_ref(), &[Ratio::ZERO]);
        let noise = if difference.is_within_noise() { Word::WithinNoise } else { Word::BeyondNoise };
        let points = self.signed_difference(&difference.points);
        self.fill(Word::SinceSurvey, &[&points, &range(&low, &high), self.say(noise)])
    }
}
