//! The check of the targets of a plan, and what each of them resolves to.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Plan;
use super::draft::{BaselineDraft, DeliverDraft, ScopeDraft, TargetDraft};
use super::indicator::{Direction, Indicator, Kind};
use super::requirement::{Better, Requirement};
use super::schedule::{Occurrence, Over};
use super::target::{Baseline, Scope, Target};
use super::validate::{Check, cycles, rounding_scale};
use crate::fault::{FaultKind, Path, short};
use crate::number::Number;
use crate::time::{Period, months_before, parse_day};

/// How often one target may recur: a hundred years of months.
const MOST_OCCURRENCES: usize = 1200;

/// How many assessments a plan can ask for: a bound on memory.
const MOST_ASSESSMENTS: usize = 1_000_000;

/// The fields of which a target has one.
pub(crate) const REQUIREMENTS: [&str; 10] =
    ["at_least", "at_most", "above", "below", "exactly", "between", "reduce_by", "increase_by", "improve", "deliver"];

const NO_BASELINE: &str = "'baseline' is missing";
const WHAT_A_BASELINE_IS: &str = "what the change is measured from, such as \"2021\"";

use FaultKind::{Duplicate, Inconsistent, InvalidValue, Limit, MissingField};

/// Checks all targets of the plan against the rest of it, and then against each other.
pub(super) fn targets(check: &mut Check, plan: &Plan, places: &BTreeMap<String, usize>, dated: bool) -> Vec<Target> {
    let mut targets = Vec::new();
    let mut assessments = 0_usize;
    for (place, draft) in plan.draft.targets.iter().enumerate() {
        let path = Path::root().key("targets").index(place);
        let mut one = One { check, plan, draft, path, places, dated };
        let target = one.target();
        if let Some(target) = &target {
            assessments = assessments.saturating_add(target.occurrences.len().saturating_mul(target.units.len()));
        }
        targets.push(target);
        if assessments > MOST_ASSESSMENTS {
            let path = Path::root().key("targets").index(place);
            let expected = format!("at most {MOST_ASSESSMENTS}");
            check.fault(Limit, path, "with this target the plan asks for too many assessments", expected);
            break;
        }
    }
    let chain: Vec<Option<usize>> = targets.iter().map(|target| target.as_ref().and_then(|target| target.after)).collect();
    let replaced: Vec<Option<usize>> =
        targets.iter().map(|target| target.as_ref().and_then(|target| target.supersedes)).collect();
    let mut around = BTreeSet::new();
    for (name, points_to) in [("after", &chain), ("supersedes", &replaced)] {
        for place in cycles(points_to) {
            if name == "after" {
                let mut at = Some(place);
                while let Some(place) = at.filter(|place| around.insert(*place)) {
                    at = points_to.get(place).copied().flatten();
                }
            }
            let path = Path::root().key("targets").index(place).key(name);
            check.fault(Inconsistent, path, format!("'{name}' comes back to this target"), "no cycle");
        }
    }
    for (place, later) in targets.iter().enumerate() {
        // No order of stages that go round in a circle is right.
        let Some(later) = later.as_ref().filter(|_| !around.contains(&place)) else { continue };
        let Some(earlier) = later.after.and_then(|earlier| targets.get(earlier)).and_then(Option::as_ref) else { continue };
        let path = Path::root().key("targets").index(place);
        stage(check, earlier, later, path.key("after"));
        let earlier = |target: &&Target| target.after.and_then(|earlier| targets.get(earlier)).and_then(Option::as_ref);
        let mut chain = std::iter::successors(Some(later), earlier);
        if later.after.is_some() && later.requirement.is_relative() && chain.all(|stage| stage.baseline.is_none()) {
            check.fault(MissingField, path.key("baseline"), NO_BASELINE, WHAT_A_BASELINE_IS);
        }
    }
    targets.into_iter().flatten().collect()
}

/// A stage follows an earlier one of the same indicator and scope.
fn stage(check: &mut Check, earlier: &Target, later: &Target, path: Path) {
    let due = |target: &Target| target.occurrences.first().and_then(|occurrence| occurrence.due);
    let id = &earlier.id;
    if earlier.indicator != later.indicator {
        check.fault(Inconsistent, path.clone(), format!("'{id}' has another indicator"), "stages of one indicator");
    }
    if (earlier.scope, &earlier.units) != (later.scope, &later.units) {
        check.fault(Inconsistent, path.clone(), format!("'{id}' binds other units"), "stages of the same scope");
    }
    match (earlier.recurring || later.recurring, due(earlier), due(later)) {
        (false, Some(first), Some(second)) if first < second => {}
        (false, Some(first), Some(second)) => {
            check.fault(Inconsistent, path, format!("'{id}' is due on {first}, this one on {second}"), "an earlier stage");
        }
        _ => check.fault(Inconsistent, path, "a stage without one due day", "stages that are each due once"),
    }
}

/// The check of one target.
pub(super) struct One<'a, 'p> {
    pub(super) check: &'a mut Check,
    pub(super) plan: &'p Plan,
    pub(super) draft: &'p TargetDraft,
    pub(super) path: Path,
    places: &'p BTreeMap<String, usize>,
    /// Whether the plan has a start, without which windows can not be judged.
    dated: bool,
}

impl One<'_, '_> {
    pub(super) fn fault(&mut self, kind: FaultKind, field: &str, what: impl Into<String>, expected: impl Into<String>) {
        self.check.fault(kind, self.path.key(field), what, expected);
    }

    /// The target as far as it goes; a fault is noted for all that is wrong with it.
    fn target(&mut self) -> Option<Target> {
        let draft = self.draft;
        let id = self.check.required(draft.indicator.as_ref(), &self.path, "indicator", "the id of an indicator of this plan");
        let indicator =
            id.and_then(|id| self.check.find(&self.plan.indicator_by_id, &id, "an indicator", self.path.key("indicator")));
        // Nothing can be said of an indicator without a kind, which is a fault of its own.
        let kind = indicator.filter(|place| self.has_kind(*place)).and_then(|place| self.plan.indicators.get(place));
        let requirement = self.requirement(kind);
        let baseline = self.baseline(kind, indicator);
        let (occurrences, months) = self.occurrences();
        let (scope, units) = self.scope();
        if let Some(indicator) = kind {
            self.units_fit(indicator, scope, &units);
        }
        self.numbers(kind);
        let in_force = draft.in_force.clone().unwrap_or_default();
        if let (Some(from), Some(to)) = (in_force.from, in_force.to)
            && from > to
        {
            self.fault(Inconsistent, "in_force", format!("it ends on {to}, before it begins on {from}"), "from ≤ to");
        }
        let path = self.path_shape(&occurrences);
        let phases = self.phases(kind, &occurrences);
        let (forecasting, survey) = (self.forecasting(kind), self.survey(kind));
        let after = self.other(draft.after.as_ref(), "after");
        // A stage may start from the baseline of the stage that it follows, which is looked at once all targets are known.
        if requirement.is_some_and(|requirement| requirement.is_relative()) && draft.baseline.is_none() && after.is_none() {
            self.fault(MissingField, "baseline", NO_BASELINE, WHAT_A_BASELINE_IS);
        }
        let supersedes = self.other(draft.supersedes.as_ref(), "supersedes");
        let mut conflicts_with = Vec::new();
        for (place, id) in draft.conflicts_with.iter().enumerate() {
            let path = self.path.key("conflicts_with").index(place);
            if let Some(other) = self.check.find(self.places, id, "another target", path.clone()) {
                if Some(id) == draft.id.as_ref() {
                    self.check.fault(Inconsistent, path, "a target does not conflict with itself", "another target");
                }
                conflicts_with.push(other);
            }
        }
        if let Some(id) = &draft.depends_on
            && !self.plan.indicator_by_id.contains_key(id)
        {
            let _ = self.check.find(self.places, id, "a target or indicator", self.path.key("depends_on"));
        }
        Some(Target {
            id: draft.id.as_deref()?.into(),
            row: draft.row.clone(),
            indicator: indicator?,
            requirement: requirement?,
            recurring: draft.every.is_some(),
            occurrences,
            months,
            baseline,
            baseline_revisions: draft.baseline_revisions.unwrap_or_default(),
            after,
            path,
            phases,
            forecasting,
            survey,
            scope,
            units,
            tolerance: draft.tolerance.unwrap_or(Number::ZERO),
            outlook: draft.outlook.as_ref().and_then(|outlook| outlook.whole),
            compare_rounded: draft.compare_rounded.or(self.plan.draft.plan.compare_rounded),
            strength: draft.strength.unwrap_or_default(),
            severity: draft.severity,
            assumed: draft.assumed.clone(),
            conflicts_with,
            depends_on: draft.depends_on.clone(),
            decided_on: draft.decided_on.map(|day| day.0),
            in_force: (in_force.from.map(|day| day.0), in_force.to.map(|day| day.0)),
            supersedes,
            citation: draft.citation.clone(),
        })
    }

    fn has_kind(&self, indicator: usize) -> bool {
        self.plan.draft.indicators.get(indicator).is_some_and(|draft| draft.kind.is_some())
    }

    /// Another target of the plan.
    fn other(&mut self, id: Option<&String>, field: &str) -> Option<usize> {
        let id = id?;
        if Some(id) == self.draft.id.as_ref() {
            self.fault(Inconsistent, field, "a target can not refer to itself here", "another target");
            return None;
        }
        self.check.find(self.places, id, "a target", self.path.key(field))
    }

    fn requirement(&mut self, indicator: Option<&Indicator>) -> Option<Requirement> {
        let draft = self.draft;
        let mut given: Vec<(&str, Option<Requirement>)> = Vec::new();
        let plain = [
            ("at_least", draft.at_least.map(Requirement::AtLeast)),
            ("at_most", draft.at_most.map(Requirement::AtMost)),
            ("above", draft.above.map(Requirement::Above)),
            ("below", draft.below.map(Requirement::Below)),
            ("exactly", draft.exactly.map(Requirement::Exactly)),
            ("between", draft.between.map(|(low, high)| Requirement::Between(low, high))),
            ("reduce_by", draft.reduce_by.map(Requirement::ReduceBy)),
            ("increase_by", draft.increase_by.map(Requirement::IncreaseBy)),
        ];
        given.extend(plain.into_iter().filter(|(_, requirement)| requirement.is_some()));
        if let Some(improve) = draft.improve {
            if !improve {
                self.fault(InvalidValue, "improve", "'improve = false' promises nothing", "improve = true, or no such field");
            }
            let better = match indicator.and_then(Indicator::direction) {
                Some(Direction::Increase) => Some(Better::Higher),
                Some(Direction::Decrease) => Some(Better::Lower),
                _ => None,
            };
            if better.is_none() && indicator.is_some() {
                self.fault(
                    Inconsistent,
                    "improve",
                    "the indicator does not say which way is better",
                    "direction = \"increase\" or \"decrease\" on the indicator",
                );
            }
            given.push(("improve", better.map(Requirement::Improve)));
        }
        if let Some(deliver) = draft.deliver {
            let count = match deliver {
                DeliverDraft::Done(true) => Some(None),
                DeliverDraft::Done(false) => {
                    self.fault(
                        InvalidValue,
                        "deliver",
                        "'deliver = false' promises nothing",
                        "deliver = true, or how many documents",
                    );
                    None
                }
                DeliverDraft::Count(count) => {
                    if count < Number::from(1) || !count.is_whole() {
                        self.fault(InvalidValue, "deliver", format!("{count} documents"), "a whole number from 1 on");
                    }
                    Some(Some(count))
                }
            };
            given.push(("deliver", count.map(Requirement::Deliver)));
        }
        let (name, requirement) = match given.as_slice() {
            [one] => *one,
            [] => {
                let forms = format!("one of {}", REQUIREMENTS.join(", "));
                self.check.fault(MissingField, self.path.clone(), "the target requires nothing", forms);
                return None;
            }
            [(first, _), rest @ ..] => {
                for (name, _) in rest {
                    self.fault(
                        Inconsistent,
                        name,
                        format!("'{name}' beside '{first}'"),
                        "one requirement; a second one is a target of its own",
                    );
                }
                return None;
            }
        };
        if let Some(kind) = indicator.map(Indicator::kind)
            && (kind == Kind::Deliverable) != (name == "deliver")
        {
            let expected = if name == "deliver" { "an indicator of kind deliverable" } else { "'deliver' for a deliverable" };
            self.fault(Inconsistent, name, format!("'{name}' for an indicator of kind {}", kind.code()), expected);
        }
        match requirement? {
            Requirement::Between(low, high) if low > high => {
                self.fault(Inconsistent, "between", format!("from {low} to {high}"), "the lower value first");
            }
            Requirement::ReduceBy(change) | Requirement::IncreaseBy(change)
                if change.number().is_zero() || change.number().is_negative() =>
            {
                self.fault(InvalidValue, name, format!("a change by {change}"), "more than 0: the field's name says which way");
            }
            _ => {}
        }
        requirement
    }

    fn baseline(&mut self, indicator: Option<&Indicator>, own: Option<usize>) -> Option<Baseline> {
        const FORMS: &str = "a period label, \"previous\", \"first\", { value = …, on = … } or { indicator = \"…\" }";
        let baseline = match self.draft.baseline.as_ref()? {
            BaselineDraft::Named(name) if name == "previous" => Baseline::Previous,
            BaselineDraft::Named(name) if name == "first" => Baseline::First,
            BaselineDraft::Named(label) => match self.plan.calendar.period(label) {
                Ok(period) => Baseline::Period(period),
                Err(unknown) => {
                    self.fault(InvalidValue, "baseline", unknown.what(), format!("{FORMS}; labels: {}", unknown.expected()));
                    return None;
                }
            },
            BaselineDraft::Given(table) => match (table.value, table.on, &table.indicator) {
                (Some(value), Some(on), None) => Baseline::Value(value, on.0),
                (None, None, Some(id)) => {
                    let path = self.path.key("baseline").key("indicator");
                    let place = self.check.find(&self.plan.indicator_by_id, id, "an indicator", path.clone())?;
                    let companion = self.plan.indicators.get(place)?;
                    if let Some(indicator) = indicator
                        && self.has_kind(place)
                        && (companion.kind, &companion.unit) != (indicator.kind, &indicator.unit)
                    {
                        let what = format!("'{id}' is {} in {}", companion.kind.with_article(), companion.unit);
                        let expected = format!("another {} in {}", indicator.kind.code(), indicator.unit);
                        self.check.fault(Inconsistent, path.clone(), what, expected);
                    }
                    if own == Some(place) {
                        self.check.fault(Inconsistent, path, "the indicator is its own baseline", "another indicator");
                    }
                    Baseline::Companion(place)
                }
                _ => {
                    self.fault(
                        Inconsistent,
                        "baseline",
                        "a baseline that is neither a value with its day nor an indicator",
                        FORMS,
                    );
                    return None;
                }
            },
        };
        if indicator.is_some_and(|indicator| indicator.kind == Kind::Deliverable) {
            self.fault(Inconsistent, "baseline", "a deliverable has no baseline", "no such field");
        }
        Some(baseline)
    }

    /// The times that the target is judged, and the length of the judged days where they are counted back from a date.
    fn occurrences(&mut self) -> (Vec<Occurrence>, Option<u32>) {
        let draft = self.draft;
        let from = draft.from.map_or(self.plan.start, |day| day.0);
        let once = |judged: Period| Occurrence { judged: Some(judged), first: from, due: Some(judged.last()) };
        if draft.every.is_none() {
            for (name, present) in [("until", draft.until.is_some()), ("due", draft.due.is_some())] {
                if present {
                    self.fault(Inconsistent, name, format!("'{name}' is for recurring targets"), "'every', or no such field");
                }
            }
        }
        let occurrence = match (&draft.by, draft.every) {
            (Some(_), Some(_)) => {
                self.fault(Inconsistent, "every", "'every' beside 'by'", "a day or period, or a recurrence");
                return (Vec::new(), None);
            }
            (None, None) => {
                self.fault(MissingField, "by", "'by' is missing", "a period label, a date, \"undated\", or 'every' with 'until'");
                return (Vec::new(), None);
            }
            (None, Some(_)) => return (self.recurrences(from), None),
            (Some(by), None) if by.0 == "undated" => {
                return (vec![Occurrence { judged: None, first: from, due: None }], None);
            }
            (Some(by), None) => match parse_day(&by.0) {
                Some(day) => self.judged_by(day, from).map(|(judged, months)| (once(judged), months)),
                None => match self.plan.calendar.period(&by.0) {
                    Ok(period) => Some((once(period), None)),
                    Err(unknown) => {
                        self.fault(InvalidValue, "by", unknown.what(), format!("a date, \"undated\", or {}", unknown.expected()));
                        None
                    }
                },
            },
        };
        let Some((occurrence, months)) = occurrence else { return (Vec::new(), None) };
        if let Some(due) = occurrence.due
            && due < from
            && self.dated
        {
            let (field, whose) = if draft.from.is_some() { ("from", "its") } else { ("by", "the plan's") };
            let what = format!("the window is empty: {whose} first day is {from}, its last {due}");
            self.fault(Inconsistent, field, what, "a first day on or before the last");
        }
        (vec![occurrence], months)
    }

    /// The judged days of a target that names a date.
    fn judged_by(&mut self, due: NaiveDate, from: NaiveDate) -> Option<(Period, Option<u32>)> {
        let over = self.draft.over.unwrap_or_default();
        let calendar = self.plan.calendar;
        if calendar != crate::time::Calendar::Gregorian && calendar.ending_on(due).is_empty() {
            let (before, after) = calendar.nearest_ends(due, over.cadence());
            let near: Vec<String> = [before, after]
                .into_iter()
                .flatten()
                .map(|period| format!("\"{}\" (ends {})", period.label(), period.last()))
                .collect();
            self.fault(InvalidValue, "by", format!("no period of the plan's calendar ends on {due}"), near.join(" or "));
            return None;
        }
        let first = match over {
            // Without the plan's start there is no window, and no fault of this target.
            Over::Window if !self.dated && self.draft.from.is_none() => return None,
            Over::Window => Some(from.min(due)),
            _ => due.succ_opt().and_then(|end| months_before(end, over.months()?)),
        };
        let judged =
            first.and_then(|first| Period::new(first, due)).map(|judged| calendar.label_of(judged.first(), judged.last()));
        if judged.is_none() {
            self.fault(InvalidValue, "by", format!("the judged days up to {due} begin before the year 0001"), "a later date");
        }
        judged.map(|judged| (judged, over.months()))
    }

    fn recurrences(&mut self, from: NaiveDate) -> Vec<Occurrence> {
        let draft = self.draft;
        let Some(every) = draft.every else { return Vec::new() };
        let Some(until) = self.check.required(draft.until.as_ref(), &self.path, "until", "the last day of the recurrence") else {
            return Vec::new();
        };
        if let Some(due) = draft.due {
            if !(1..=31).contains(&due.day) {
                self.fault(InvalidValue, "due", format!("day {} of a month", due.day), "1 to 31");
            }
            if draft.deliver.is_none() {
                self.fault(Inconsistent, "due", "'due' moves the due day of a deliverable", "'deliver', or no such field");
            }
        }
        if !self.dated && draft.from.is_none() {
            return Vec::new();
        }
        let span = Period::new(from, until.0);
        let periods: Vec<Period> = span
            .map(|span| self.plan.calendar.inside(every.cadence(), &span).take(MOST_OCCURRENCES.saturating_add(1)).collect())
            .unwrap_or_default();
        if periods.is_empty() {
            let what = format!("no whole {} lies between {from} and {until}", every.name());
            self.fault(Inconsistent, "until", what, "a later 'until' or an earlier 'from'");
        } else if periods.len() > MOST_OCCURRENCES {
            self.fault(Limit, "until", format!("the target recurs more than {MOST_OCCURRENCES} times"), "an earlier 'until'");
            return Vec::new();
        }
        let due = |period: &Period| match draft.due {
            Some(due) => due.of(period).unwrap_or(period.last()).max(period.first()),
            None => period.last(),
        };
        periods.iter().map(|period| Occurrence { judged: Some(*period), first: period.first(), due: Some(due(period)) }).collect()
    }

    /// Whom the target binds, and the units that are judged.
    fn scope(&mut self) -> (Scope, Vec<usize>) {
        const FORMS: &str = "\"total\", \"each\" or { at_least = … }";
        let plan = self.plan;
        let scope = match &self.draft.scope {
            None => Scope::Total,
            Some(ScopeDraft::Named(name)) if name == "total" => Scope::Total,
            Some(ScopeDraft::Named(name)) if name == "each" => Scope::Each,
            Some(ScopeDraft::Named(name)) => {
                self.fault(InvalidValue, "scope", format!("'{}' is not a scope", short(name)), FORMS);
                Scope::Total
            }
            Some(ScopeDraft::Given(table)) => match table.at_least {
                Some(count) if count > 0 => Scope::AtLeast(count as usize),
                _ => {
                    self.fault(InvalidValue, "scope", "a scope without a number of units", FORMS);
                    Scope::Total
                }
            },
        };
        let units = match &self.draft.units {
            Some(ids) => {
                let mut seen = BTreeSet::new();
                for (place, id) in ids.iter().enumerate() {
                    let path = self.path.key("units").index(place);
                    if let Some(unit) = self.check.find(&plan.unit_by_id, id, "a unit", path.clone())
                        && !seen.insert(unit)
                    {
                        self.check.fault(Duplicate, path, format!("'{id}' is given twice"), "every unit once");
                    }
                }
                if ids.is_empty() {
                    self.fault(InvalidValue, "units", "no unit is named", "at least one unit, or no such field");
                }
                // In the order of the plan, which is the order of the scorecard.
                seen.into_iter().collect()
            }
            None if scope == Scope::Total => vec![plan.owner],
            None if scope == Scope::Each => (0..plan.units.len()).collect(),
            // A parent is no further unit beside those it consists of.
            None => plan.units.get(plan.owner).map(|owner| owner.leaves.clone()).unwrap_or_default(),
        };
        if let Scope::AtLeast(count) = scope
            && count > units.len()
            && !units.is_empty()
        {
            self.fault(Inconsistent, "scope", format!("{count} of {} units", units.len()), "at most as many as there are");
        }
        (scope, units)
    }

    /// A score can not be rolled up without weights.
    fn units_fit(&mut self, indicator: &Indicator, _: Scope, units: &[usize]) {
        if indicator.kind != Kind::Index || !indicator.rolls_up {
            return;
        }
        for unit in units.iter().filter_map(|unit| self.plan.units.get(*unit)).filter(|unit| !unit.children.is_empty()) {
            let missing: Vec<&str> = unit
                .leaves
                .iter()
                .filter(|leaf| !indicator.weights.contains_key(leaf))
                .filter_map(|leaf| self.plan.units.get(*leaf))
                .map(|leaf| &*leaf.id)
                .take(5)
                .collect();
            if !missing.is_empty() {
                let what = format!(
                    "the index '{}' of '{}' would be rolled up without the weight of {}",
                    indicator.id,
                    unit.id,
                    missing.join(", ")
                );
                let expected = "'weights' for all of them on the indicator, or 'roll_up = false' where the score is published for the unit itself";
                self.fault(Inconsistent, "indicator", what, expected);
            }
        }
    }

    fn numbers(&mut self, indicator: Option<&Indicator>) {
        if let Some(tolerance) = self.draft.tolerance
            && tolerance.is_negative()
        {
            self.fault(InvalidValue, "tolerance", format!("a tolerance of {tolerance}"), "0 or more");
        }
        if let Some(rounding) = self.draft.compare_rounded {
            rounding_scale(self.check, rounding.scale, self.path.key("compare_rounded"));
        }
        if let Some(outlook) = &self.draft.outlook {
            match outlook.whole {
                None => self.fault(MissingField, "outlook", "'whole' is missing", "{ whole = … }"),
                Some(whole) if whole.is_negative() => {
                    self.fault(InvalidValue, "outlook", format!("an expected whole of {whole}"), "0 or more");
                }
                Some(_) => {}
            }
            if let Some(kind) = indicator.map(Indicator::kind)
                && !kind.has_whole()
            {
                let what = format!("an outlook for {}, which has no whole", kind.with_article());
                self.fault(Inconsistent, "outlook", what, "share, ratio, mean, survey or on_time");
            }
        }
    }
}
