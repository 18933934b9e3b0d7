//! The check of how forecasts and surveys are estimated.

use super::draft::{ForecastDraft, SurveyDraft};
use super::estimation::{ForecastMethod, ForecastScale, Forecasting, Smoothing, SurveyInterval};
use super::indicator::{Indicator, Kind};
use super::validate::Check;
use super::validate_target::One;
use crate::fault::FaultKind::{Inconsistent, InvalidValue, MissingField};
use crate::fault::Path;
use crate::number::Number;

/// How outlooks are estimated, as one place of the plan says.
pub(super) fn forecasting(check: &mut Check, draft: &ForecastDraft, path: &Path) -> Forecasting {
    let usual = Forecasting::default();
    let method = draft.method.unwrap_or(usual.method);
    let scale = draft.scale.unwrap_or(usual.scale);
    if method == ForecastMethod::Compound && scale == ForecastScale::Logit {
        check.fault(Inconsistent, path.key("scale"), "'compound' has a scale of its own", "\"plain\", or another method");
    }
    Forecasting {
        method,
        scale,
        level: level(check, draft.level, path).unwrap_or(usual.level),
        every: draft.every,
        smoothing: smoothing(check, draft, method, path),
        backtest: draft.backtest.unwrap_or(false),
    }
}

fn smoothing(check: &mut Check, draft: &ForecastDraft, method: ForecastMethod, path: &Path) -> Option<Smoothing> {
    let given =
        [("smoothing_level", draft.smoothing_level), ("smoothing_trend", draft.smoothing_trend), ("damping", draft.damping)];
    let may = |name: &str| match method {
        ForecastMethod::HoltLinear => name != "damping",
        ForecastMethod::HoltDamped | ForecastMethod::Automatic => true,
        _ => false,
    };
    let must = |name: &str| match method {
        ForecastMethod::HoltLinear | ForecastMethod::HoltDamped => may(name),
        // Where one of them is given, Holt's methods are among those to choose from.
        ForecastMethod::Automatic => name != "damping" && given.iter().any(|(_, value)| value.is_some()),
        _ => false,
    };
    for (name, value) in given {
        match value {
            None if must(name) => {
                check.fault(MissingField, path.key(name), format!("'{name}' is missing"), "a number from 0 to 1");
            }
            Some(_) if !may(name) => {
                let what = format!("'{name}' for method {}", method.code());
                check.fault(Inconsistent, path.key(name), what, "method holt_linear or holt_damped, or no such field");
            }
            Some(value) if value.is_negative() || value > Number::from(1) || (name == "damping" && value.is_zero()) => {
                let expected = if name == "damping" { "above 0, at most 1" } else { "0 to 1" };
                check.fault(InvalidValue, path.key(name), format!("'{name}' is {value}"), expected);
            }
            _ => {}
        }
    }
    Some(Smoothing { level: draft.smoothing_level?, trend: draft.smoothing_trend?, damping: draft.damping })
}

/// How surveys are estimated, as one place of the plan says.
pub(super) fn survey(check: &mut Check, draft: &SurveyDraft, path: &Path) -> SurveyInterval {
    let usual = SurveyInterval::default();
    let level = level(check, draft.level, path).unwrap_or(usual.level);
    SurveyInterval { method: draft.method.unwrap_or(usual.method), level }
}

fn level(check: &mut Check, level: Option<Number>, path: &Path) -> Option<Number> {
    let level = level?;
    if level.is_negative() || level.is_zero() || level >= Number::from(1) {
        let what = format!("a level of {level}");
        check.fault(InvalidValue, path.key("level"), what, "above 0 and below 1, such as 0.95");
    }
    Some(level)
}

impl One<'_, '_> {
    /// How the outlook is estimated: as the target says, else as the plan does as far as that fits the indicator.
    pub(super) fn forecasting(&mut self, indicator: Option<&Indicator>) -> Forecasting {
        let has_bounds = indicator.is_none_or(|indicator| indicator.bounds.low.is_some() && indicator.bounds.high.is_some());
        let is_flow = indicator.is_some_and(|indicator| indicator.kind == Kind::Flow);
        let Some(draft) = &self.draft.forecast else {
            let usual = self.plan.forecasting;
            let scale = if has_bounds { usual.scale } else { ForecastScale::Plain };
            return Forecasting { scale, every: usual.every.filter(|_| !is_flow), ..usual };
        };
        let path = self.path.key("forecast");
        let forecasting = forecasting(self.check, draft, &path);
        if forecasting.scale == ForecastScale::Logit && !has_bounds {
            let expected = "an indicator with a lowest and a highest value, or scale \"plain\"";
            self.check.fault(Inconsistent, path.key("scale"), "the logit of an indicator without bounds", expected);
        }
        if forecasting.every.is_some() && is_flow {
            let expected = "no such field: a flow is forecast over periods as long as the judged one";
            self.check.fault(Inconsistent, path.key("every"), "amounts of other periods than the judged one", expected);
        }
        forecasting
    }

    /// How the uncertainty of a survey is estimated.
    pub(super) fn survey(&mut self, indicator: Option<&Indicator>) -> SurveyInterval {
        let Some(draft) = &self.draft.survey else { return self.plan.survey };
        let path = self.path.key("survey");
        if let Some(kind) = indicator.map(Indicator::kind).filter(|kind| *kind != Kind::Survey) {
            let what = format!("the uncertainty of {}", kind.with_article());
            self.check.fault(Inconsistent, path.clone(), what, "a survey, or no such field");
        }
        survey(self.check, draft, &path)
    }
}
