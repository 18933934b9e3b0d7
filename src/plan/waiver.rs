//! Waivers: failures that an authority excuses until a day, in the plan or beside it.

use chrono::NaiveDate;

use super::Plan;
use super::draft::{WAIVERS_FORMAT, WaiverDraft, WaiversDraft};
use super::validate::Check;
use crate::fault::{Fault, FaultKind, Faults, Path, short};
use crate::time::{Period, parse_day};

/// When a waiver's target is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Times {
    /// Whenever.
    Any,
    /// In one period; none for an undated target.
    Only(Option<Period>),
}

/// A failure that an authority excuses until a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    target: String,
    unit: Option<String>,
    times: Times,
    authority: String,
    reason: String,
    until: NaiveDate,
}

impl Waiver {
    /// The id of the target that is excused.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The id of the unit it is excused for; none for every unit that the target binds.
    #[must_use]
    pub fn unit(&self) -> Option<&str> {
        self.unit.as_deref()
    }

    /// The label of the period it is excused in, or `undated`; none for every period.
    #[must_use]
    pub fn period(&self) -> Option<String> {
        match self.times {
            Times::Any => None,
            Times::Only(period) => Some(period.map_or_else(|| UNDATED.to_owned(), |period| period.label())),
        }
    }

    /// Who excuses it.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Why.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The last day on which it holds.
    #[must_use]
    pub fn until(&self) -> NaiveDate {
        self.until
    }

    /// Whether it still holds at the end of a day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        day <= self.until
    }

    /// What it speaks of.
    pub(crate) fn scope(&self) -> WaiverScope<'_> {
        let times = match self.times {
            Times::Any => None,
            Times::Only(period) => Some(days(period)),
        };
        (&self.target, self.unit.as_deref(), times)
    }
}

/// What a waiver speaks of: a target, one unit or every unit, one period or every period; of an undated target the days are
/// none. A label is only another name for days.
pub(crate) type WaiverScope<'w> = (&'w str, Option<&'w str>, Option<Option<(NaiveDate, NaiveDate)>>);

/// Everything that a waiver may speak of to speak of a target for a unit in a period.
pub(crate) fn waiver_scopes<'w>(target: &'w str, unit: &'w str, period: Option<Period>) -> [WaiverScope<'w>; 4] {
    let days = Some(days(period));
    [(target, Some(unit), days), (target, Some(unit), None), (target, None, days), (target, None, None)]
}

/// What an undated target has for a period.
const UNDATED: &str = "undated";

fn days(period: Option<Period>) -> Option<(NaiveDate, NaiveDate)> {
    period.map(|period| (period.first(), period.last()))
}

/// The waivers that stand beside a plan, format `attain-waivers/1`; none by default.
///
/// ```
/// # #[cfg(feature = "toml")] {
/// # let plan = attain::Plan::from_toml(r#"
/// #     format = "attain-plan/1"
/// #     plan = { id = "demo", owner = "office", start = 2025-01-01 }
/// #     [[indicators]]
/// #     id = "online"
/// #     kind = "share"
/// #     [[targets]]
/// #     id = "online-2025"
/// #     indicator = "online"
/// #     at_least = 80
/// #     by = "2025"
/// # "#)?;
/// use attain::plan::Waivers;
///
/// let waivers = Waivers::from_toml(&plan, r#"
///     format = "attain-waivers/1"
///     [[waivers]]
///     target = "online-2025"
///     authority = "Chairman of the province, letter 12/UBND"
///     reason = "the service centre was flooded in October"
///     until = 2026-06-30
/// "#)?;
/// assert_eq!(waivers.as_slice()[0].until().to_string(), "2026-06-30");
/// # }
/// # Ok::<(), attain::Faults>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waivers(Vec<Waiver>);

impl Waivers {
    /// Waivers for a plan, in the order given.
    ///
    /// # Errors
    /// All faults, each with its place in the draft: another format, a target or unit that the plan has not, no authority,
    /// reason or last day, a period that its calendar does not know.
    pub fn new(plan: &Plan, draft: WaiversDraft) -> Result<Self, Faults> {
        let (waivers, faults) = Self::check(plan, draft);
        Faults::or(faults, waivers)
    }

    /// The waivers as far as they go, and every fault.
    pub(crate) fn check(plan: &Plan, draft: WaiversDraft) -> (Self, Vec<Fault>) {
        let mut check = Check::default();
        check.format(draft.format.as_deref(), WAIVERS_FORMAT);
        let waivers = waivers(&mut check, plan, &draft.waivers);
        (Self(waivers), check.faults)
    }

    /// The waivers, in the order of the document.
    #[must_use]
    pub fn as_slice(&self) -> &[Waiver] {
        &self.0
    }
}

/// Checks waivers, those of a plan or those beside it, against the plan.
pub(super) fn waivers(check: &mut Check, plan: &Plan, drafts: &[WaiverDraft]) -> Vec<Waiver> {
    // The drafts of a plan's targets are there while the plan is still in the making.
    let targets = plan.draft.targets.iter().enumerate().filter_map(|(place, target)| Some((target.id.clone()?, place))).collect();
    let list = Path::root().key("waivers");
    let entries = drafts.iter().enumerate();
    entries
        .filter_map(|(place, draft)| {
            let path = list.index(place);
            let target = check.required(draft.target.as_ref(), &path, "target", "the id of a target of this plan");
            let target = target.map(|name| by_row(plan, &targets, name));
            let target = target.filter(|id| check.find(&targets, id, "a target", path.key("target")).is_some());
            let unit = draft.unit.clone();
            if let Some(unit) = &unit {
                check.find(&plan.unit_by_id, unit, "a unit", path.key("unit"));
            }
            let times = match &draft.period {
                None => Times::Any,
                Some(label) => times(check, plan, label, path.key("period")),
            };
            let authority = text(check, draft.authority.as_ref(), &path, "authority", "who excuses it");
            let reason = text(check, draft.reason.as_ref(), &path, "reason", "why it is excused");
            let until = check.required(draft.until.as_ref(), &path, "until", "the last day on which it holds");
            Some(Waiver { target: target?, unit, times, authority: authority?, reason: reason?, until: until?.0 })
        })
        .collect()
}

/// The id of the one target that the caller knows by this row, where no target has it for its id.
fn by_row<T>(plan: &Plan, ids: &std::collections::BTreeMap<String, T>, name: String) -> String {
    if ids.contains_key(&name) {
        return name;
    }
    let mut rows = plan.draft.targets.iter().filter(|target| target.row.as_ref() == Some(&name));
    match (rows.next().and_then(|target| target.id.clone()), rows.next()) {
        (Some(id), None) => id,
        _ => name,
    }
}

/// A required text that says something.
fn text(check: &mut Check, value: Option<&String>, path: &Path, name: &str, expected: &str) -> Option<String> {
    let text = check.required(value, path, name, expected)?;
    if text.trim().is_empty() {
        check.fault(FaultKind::InvalidValue, path.key(name), format!("'{name}' says nothing"), expected);
        return None;
    }
    Some(text)
}

fn times(check: &mut Check, plan: &Plan, label: &str, path: Path) -> Times {
    if label == UNDATED {
        return Times::Only(None);
    }
    // A target that names a date is judged over days that may have no name in the calendar.
    let (first, last) = label.split_once('/').unwrap_or(("", ""));
    if let (Some(first), Some(last)) = (parse_day(first), parse_day(last))
        && let Some(period) = Period::new(first, last)
    {
        return Times::Only(Some(period));
    }
    match plan.calendar.period(label) {
        Ok(period) => Times::Only(Some(period)),
        Err(unknown) => {
            let expected = format!("\"undated\", two days as in 2025-01-01/2025-06-30, or {}", unknown.expected());
            let what = if label.contains('/') { format!("'{}' are no days of a period", short(label)) } else { unknown.what() };
            check.fault(FaultKind::InvalidValue, path, what, expected);
            Times::Any
        }
    }
}
