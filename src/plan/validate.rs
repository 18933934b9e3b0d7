//! The check of a plan as a whole: every fault, each with its place.

use std::collections::BTreeMap;

use super::draft::{HeaderDraft, IndicatorDraft, PLAN_FORMAT, PlanDraft, UnitDraft};
use super::indicator::{Bounds, Indicator, Kind};
use super::validate_estimation::{forecasting, survey};
use super::validate_target::targets;
use super::waiver::waivers;
use super::{EntryPositions, OrganisationUnit, PaceBands, Plan, Remark};
use crate::fault::{Fault, FaultKind, Faults, Path, SHOWN, short};

/// The longest id, in characters.
pub(super) const LONGEST_ID: usize = 200;

/// How often ids are compared in the search for those that misspelt ones mean.
const MOST_COMPARED: usize = 200_000;

/// How many levels of units there can be.
const MOST_LEVELS: usize = 64;

/// How many days after its period a report can be due: a year, leap years counted.
const MOST_DAYS_TO_REPORT: u32 = 366;

/// Collects faults while a draft is checked.
#[derive(Default)]
pub(super) struct Check {
    pub(super) faults: Vec<Fault>,
    /// How often a misspelt id was compared with a known one.
    compared: usize,
}

impl Check {
    pub(super) fn fault(&mut self, kind: FaultKind, path: Path, what: impl Into<String>, expected: impl Into<String>) {
        self.faults.push(Fault::new(kind, path, what, expected));
    }

    /// The format that a document says it has.
    pub(super) fn format(&mut self, given: Option<&str>, format: &str) {
        let (kind, what) = match given {
            Some(given) if given == format => return,
            Some(other) => (FaultKind::InvalidValue, format!("the format is '{}'", short(other))),
            None => (FaultKind::MissingField, "'format' is missing".to_owned()),
        };
        self.fault(kind, Path::root().key("format"), what, format!("'{format}'"));
    }

    /// A required text.
    pub(super) fn required<T: Clone>(&mut self, value: Option<&T>, path: &Path, name: &str, expected: &str) -> Option<T> {
        if value.is_none() {
            self.fault(FaultKind::MissingField, path.key(name), format!("'{name}' is missing"), expected);
        }
        value.cloned()
    }

    /// A required id.
    fn id(&mut self, value: Option<&String>, path: &Path) -> Option<String> {
        let id = self.required(value, path, "id", "an id, such as online-2025")?;
        let fits = !id.is_empty() && !id.chars().any(|c| c.is_whitespace() || c.is_control());
        if !fits || id.chars().count() > LONGEST_ID {
            let expected = format!("1 to {LONGEST_ID} characters without blanks");
            self.fault(FaultKind::InvalidValue, path.key("id"), format!("'{}' is not an id", short(&id)), expected);
        }
        Some(id)
    }

    /// What `id` refers to.
    pub(super) fn find(&mut self, known: &BTreeMap<String, usize>, id: &str, what: &str, path: Path) -> Option<usize> {
        let found = known.get(id).copied();
        if found.is_none() {
            let expected = match self.nearest(id, known.keys()) {
                Some(near) => format!("the id of {what} of this plan, perhaps '{near}'"),
                None => format!("the id of {what} of this plan"),
            };
            self.fault(FaultKind::UnknownReference, path, format!("there is no '{}'", short(id)), expected);
        }
        found
    }

    /// The known id that a misspelt one most likely means: one or two letters off.
    fn nearest<'a>(&mut self, id: &str, known: impl Iterator<Item = &'a String>) -> Option<&'a String> {
        // One letter is like any other, and a long name is no slip of the pen; many names, each compared with all the others, take for ever.
        let length = id.chars().count();
        if !(2..=SHOWN).contains(&length) {
            return None;
        }
        let limit = if length < 5 { 1 } else { 2 };
        known
            .filter(|candidate| candidate.len().abs_diff(id.len()) <= limit * 2)
            .take_while(|_| {
                self.compared = self.compared.saturating_add(1);
                self.compared < MOST_COMPARED
            })
            .map(|candidate| (distance(id, candidate), candidate))
            .filter(|(distance, _)| *distance <= limit)
            .min()
            .map(|(_, candidate)| candidate)
    }

    /// The place of each id, with a fault for every id given twice.
    fn places<'a>(&mut self, list: &str, ids: impl Iterator<Item = (usize, Option<&'a String>)>) -> BTreeMap<String, usize> {
        let mut places = BTreeMap::new();
        for (place, id) in ids {
            let path = Path::root().key(list).index(place);
            let Some(id) = self.id(id, &path) else { continue };
            if let Some(first) = places.get(&id) {
                let expected = format!("every id once; it is that of {list}[{first}] already");
                self.fault(FaultKind::Duplicate, path.key("id"), format!("'{}' is given twice", short(&id)), expected);
            } else {
                places.insert(id, place);
            }
        }
        places
    }
}

/// How many letters have to be changed, added or left out to make one word of the other.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i.saturating_add(1);
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (y, above) in b.iter().zip(row.iter_mut().skip(1)) {
            let changed = diagonal.saturating_add(usize::from(x != *y));
            diagonal = *above;
            left = changed.min(left.saturating_add(1)).min(above.saturating_add(1));
            *above = left;
        }
    }
    row.last().copied().unwrap_or(0)
}

impl PlanDraft {
    /// The plan, or every fault of the draft.
    ///
    /// Ids are unique and references found; kinds go with requirements; windows are not empty; units and `within` have no
    /// cycle; stages follow each other; nothing averages percentages or adds what can not be added.
    ///
    /// # Errors
    /// All faults, each with its place in the draft.
    pub fn validate(self) -> Result<Plan, Faults> {
        let (plan, faults) = self.check();
        match plan {
            Some(plan) => Faults::or(faults, plan),
            None => Err(Faults::or(faults, ()).err().unwrap_or_else(|| {
                Fault::new(FaultKind::Inconsistent, Path::root(), "this is not a plan", "a plan document").into()
            })),
        }
    }

    /// The plan as far as one can be made, and every fault; there is a plan whenever there is no fault.
    pub(crate) fn check(self) -> (Option<Plan>, Vec<Fault>) {
        let mut check = Check::default();
        let root = Path::root();
        check.format(self.format.as_deref(), PLAN_FORMAT);
        let header = root.key("plan");
        let id = check.id(self.plan.id.as_ref(), &header);
        let start = check.required(self.plan.start.as_ref(), &header, "start", "the first day of the plan");
        let owner_id = check.required(self.plan.owner.as_ref(), &header, "owner", "the id of the unit whose plan it is");
        let pace_bands = pace_bands(&mut check, &self.plan);
        let forecast = self.plan.forecast.clone().unwrap_or_default();
        let forecasting = forecasting(&mut check, &forecast, &header.key("forecast"));
        let survey = survey(&mut check, &self.plan.survey.clone().unwrap_or_default(), &header.key("survey"));
        if let Some(rounding) = self.plan.compare_rounded {
            rounding_scale(&mut check, rounding.scale, header.key("compare_rounded"));
        }

        let (units, unit_by_id) = units(&mut check, &self.units, owner_id.as_deref());
        let owner = owner_id.and_then(|id| check.find(&unit_by_id, &id, "a unit", header.key("owner")));
        let (indicators, indicator_by_id) = indicators(&mut check, &self.indicators, &unit_by_id);
        let ids = self.targets.iter().enumerate().map(|(place, target)| (place, target.id.as_ref()));
        let target_by_id = check.places("targets", ids);

        let mut remarks = Vec::new();
        for (place, remark) in self.remarks.iter().enumerate() {
            let path = root.key("remarks").index(place);
            let why = check.required(remark.why.as_ref(), &path, "why", "why nothing can be computed");
            if let Some(why) = why {
                remarks.push(Remark { row: remark.row.clone(), why, citation: remark.citation.clone() });
            }
        }

        let calendar = self.plan.calendar.unwrap_or_default();
        // Targets are checked against whatever could be made of the rest, so that one pass names every fault.
        let frame = Plan {
            id: id.clone().unwrap_or_default(),
            title: self.plan.title.clone(),
            owner: owner.unwrap_or(0),
            start: start.map_or(chrono::NaiveDate::MIN, |day| day.0),
            calendar,
            pace_bands,
            forecasting,
            survey,
            units,
            indicators,
            targets: Vec::new(),
            remarks,
            waivers: Vec::new(),
            entries: EntryPositions::default(),
            unit_by_id,
            indicator_by_id,
            draft: self,
        };
        let targets = targets(&mut check, &frame, &target_by_id, start.is_some());
        let waivers = waivers(&mut check, &frame, &frame.draft.waivers);
        let complete = id.is_some() && start.is_some() && owner.is_some() && check.faults.is_empty();
        (complete.then_some(Plan { targets, waivers, ..frame }), check.faults)
    }
}

pub(super) fn rounding_scale(check: &mut Check, scale: u32, path: Path) {
    if scale > 12 {
        check.fault(FaultKind::InvalidValue, path.key("scale"), format!("{scale} decimal places"), "0 to 12");
    }
}

fn pace_bands(check: &mut Check, header: &HeaderDraft) -> PaceBands {
    let given = header.pace_bands.clone().unwrap_or_default();
    let usual = PaceBands::default();
    let bands = PaceBands { on_track: given.on_track.unwrap_or(usual.on_track), at_risk: given.at_risk.unwrap_or(usual.at_risk) };
    if bands.at_risk.is_negative() || bands.at_risk > bands.on_track {
        let what = format!("at_risk is {} and on_track {}", bands.at_risk, bands.on_track);
        check.fault(FaultKind::Inconsistent, Path::root().key("plan").key("pace_bands"), what, "0 ≤ at_risk ≤ on_track");
    }
    bands
}

fn units(check: &mut Check, drafts: &[UnitDraft], owner: Option<&str>) -> (Vec<OrganisationUnit>, BTreeMap<String, usize>) {
    let mut places = check.places("units", drafts.iter().enumerate().map(|(place, unit)| (place, unit.id.as_ref())));
    let mut units: Vec<OrganisationUnit> = drafts
        .iter()
        .map(|draft| OrganisationUnit {
            id: draft.id.as_deref().unwrap_or_default().into(),
            name: draft.name.clone(),
            parent: None,
            children: Vec::new(),
            leaves: Vec::new(),
        })
        .collect();
    // A plan that names no units speaks of its owner alone.
    if let (Some(owner), true) = (owner, drafts.is_empty()) {
        let alone = OrganisationUnit {
            id: owner.into(),
            name: super::LocalText::default(),
            parent: None,
            children: Vec::new(),
            leaves: Vec::new(),
        };
        places.insert(owner.to_owned(), 0);
        units.push(alone);
    }
    let mut parents: Vec<Option<usize>> = vec![None; units.len()];
    for (place, draft) in drafts.iter().enumerate() {
        let path = Path::root().key("units").index(place).key("parent");
        if let (Some(parent), Some(slot)) = (&draft.parent, parents.get_mut(place)) {
            *slot = check.find(&places, parent, "a unit", path);
        }
    }
    for place in cycles(&parents) {
        let name = drafts.get(place).and_then(|draft| draft.id.clone()).unwrap_or_default();
        let path = Path::root().key("units").index(place).key("parent");
        check.fault(FaultKind::Inconsistent, path, format!("'{name}' lies below itself"), "a tree of units");
        if let Some(slot) = parents.get_mut(place) {
            *slot = None;
        }
    }
    for (place, parent) in parents.iter().enumerate() {
        if let Some(unit) = units.get_mut(place) {
            unit.parent = *parent;
        }
        if let Some(above) = parent.and_then(|parent| units.get_mut(parent)) {
            above.children.push(place);
        }
    }
    for (place, _) in drafts.iter().enumerate() {
        let above = std::iter::successors(Some(place), |at| parents.get(*at).copied().flatten());
        // What lies below the first level too many is not told again.
        if above.take(MOST_LEVELS.saturating_add(2)).count() == MOST_LEVELS.saturating_add(1) {
            let path = Path::root().key("units").index(place).key("parent");
            let expected = format!("at most {MOST_LEVELS} levels");
            check.fault(FaultKind::Limit, path, "units nested too deep", expected);
        }
    }
    // Every leaf is one of the leaves of each unit above it; in the order of the plan.
    let leaves: Vec<usize> = (0..units.len()).filter(|at| units.get(*at).is_some_and(|unit| unit.children.is_empty())).collect();
    for leaf in leaves {
        let mut at = Some(leaf);
        for _ in 0..MOST_LEVELS {
            let Some(unit) = at.and_then(|at| units.get_mut(at)) else { break };
            unit.leaves.push(leaf);
            at = unit.parent;
        }
    }
    (units, places)
}

/// One place on each cycle of "points to".
pub(super) fn cycles(points_to: &[Option<usize>]) -> Vec<usize> {
    let mut seen = vec![0_usize; points_to.len()];
    let mut found = Vec::new();
    for start in 0..points_to.len() {
        let walk = start.saturating_add(1);
        let mut at = Some(start);
        while let Some(place) = at {
            let Some(mark) = seen.get_mut(place) else { break };
            if *mark == walk {
                found.push(place);
            }
            if *mark != 0 {
                break;
            }
            *mark = walk;
            at = points_to.get(place).copied().flatten();
        }
    }
    found
}

fn indicators(
    check: &mut Check,
    drafts: &[IndicatorDraft],
    units: &BTreeMap<String, usize>,
) -> (Vec<Indicator>, BTreeMap<String, usize>) {
    let places = check.places("indicators", drafts.iter().enumerate().map(|(place, draft)| (place, draft.id.as_ref())));
    let mut indicators = Vec::new();
    let mut within = Vec::new();
    for (place, draft) in drafts.iter().enumerate() {
        let path = Path::root().key("indicators").index(place);
        let found = draft.within.as_ref().and_then(|id| check.find(&places, id, "an indicator", path.key("within")));
        within.push(found);
        indicators.push(indicator(check, draft, &path, units, found));
    }
    for (place, (indicator, outer)) in indicators.iter().zip(&within).enumerate() {
        let counted = |kind| matches!(kind, Kind::Share | Kind::Survey | Kind::OnTime);
        let known = |place: usize| drafts.get(place).is_some_and(|draft| draft.kind.is_some());
        let Some((outer_place, outer)) = outer.and_then(|outer| Some((outer, indicators.get(outer)?))) else { continue };
        if known(place) && known(outer_place) && !(counted(indicator.kind) && counted(outer.kind)) {
            let what = format!("{} within {}", indicator.kind.with_article(), outer.kind.with_article());
            let path = Path::root().key("indicators").index(place).key("within");
            check.fault(
                FaultKind::Inconsistent,
                path,
                what,
                "share, survey or on_time on both sides: only they have a part and a whole",
            );
        }
    }
    for place in cycles(&within) {
        let id = drafts.get(place).and_then(|draft| draft.id.clone()).unwrap_or_default();
        let path = Path::root().key("indicators").index(place).key("within");
        check.fault(FaultKind::Inconsistent, path, format!("'{id}' lies within itself"), "no cycle");
    }
    (indicators, places)
}

fn indicator(
    check: &mut Check,
    draft: &IndicatorDraft,
    path: &Path,
    units: &BTreeMap<String, usize>,
    within: Option<usize>,
) -> Indicator {
    const KINDS: &str = "one of share, ratio, mean, flow, stock, index, survey, on_time, deliverable";
    let kind = check.required(draft.kind.as_ref(), path, "kind", KINDS).unwrap_or(Kind::Index);
    let given = draft.kind.is_some();
    let mut only_for = |present: bool, name: &str, fits: bool, kinds: &str| {
        if present && given && !fits {
            let what = format!("'{name}' says nothing of {}", kind.with_article());
            check.fault(FaultKind::Inconsistent, path.key(name), what, format!("an indicator of kind {kinds}"));
        }
    };
    let whole = draft.whole.unwrap_or(false);
    let whole_fits = matches!(kind, Kind::Flow | Kind::Stock | Kind::Index | Kind::Deliverable);
    only_for(whole, "whole", whole_fits, "flow, stock, index or deliverable: a quotient has fractions");
    only_for(draft.cohort == Some(true), "cohort", kind == Kind::OnTime, "on_time");
    only_for(
        !draft.weights.is_empty(),
        "weights",
        kind == Kind::Index,
        "index: percentages are never averaged, their counts are added",
    );
    only_for(draft.roll_up.is_some(), "roll_up", kind == Kind::Index, "index");

    let natural = kind.natural_bounds();
    let bounds = draft.bounds.clone().unwrap_or_default();
    let bounds = Bounds { low: bounds.low.or(natural.low), high: bounds.high.or(natural.high) };
    if let (Some(low), Some(high)) = (bounds.low, bounds.high)
        && low > high
    {
        check.fault(FaultKind::Inconsistent, path.key("bounds"), format!("low is {low} and high {high}"), "low ≤ high");
    }

    let mut weights = BTreeMap::new();
    for (unit, weight) in &draft.weights {
        let path = path.key("weights").key(unit);
        if weight.is_negative() || weight.is_zero() {
            check.fault(FaultKind::InvalidValue, path.clone(), format!("a weight of {weight}"), "a weight above 0");
        }
        if let Some(place) = check.find(units, unit, "a unit", path) {
            weights.insert(place, *weight);
        }
    }

    let report_due_days = draft.report_due_days.unwrap_or(0);
    if report_due_days > MOST_DAYS_TO_REPORT {
        let expected = format!("0 to {MOST_DAYS_TO_REPORT}; a report that is never due is never missed");
        check.fault(FaultKind::InvalidValue, path.key("report_due_days"), format!("{report_due_days} days"), expected);
    }

    let id = draft.id.clone().unwrap_or_default();
    Indicator {
        name: if draft.name.is_empty() { super::LocalText::every(&id) } else { draft.name.clone() },
        id: id.into(),
        kind,
        unit: draft.unit.clone().unwrap_or_else(|| kind.usual_unit()),
        whole,
        direction: draft.direction,
        bounds,
        excludes: draft.excludes.clone(),
        within,
        reported: draft.reported,
        report_due_days,
        periods_overlap: draft.periods_overlap.unwrap_or(false),
        when_no_cases: draft.when_no_cases.unwrap_or_default(),
        cohort: draft.cohort.unwrap_or(false),
        weights,
        rolls_up: draft.roll_up.unwrap_or(true),
    }
}
