//! Two versions of a plan, as far as they bear on some targets, and everything between them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::cause::{CauseKind, PlanEntry};
use crate::plan::{BaselineDraft, IndicatorDraft, Plan, PlanDraft, TargetDraft, UnitDraft, fields};

/// Fields of a target that only make sense together.
const GROUPS: [(&str, &[&str]); 4] = [
    (
        "requirement",
        &["at_least", "at_most", "above", "below", "exactly", "between", "reduce_by", "increase_by", "improve", "deliver"],
    ),
    ("window", &["by", "over", "every", "from", "until", "due"]),
    ("path", &["path", "points"]),
    ("scope", &["scope", "units"]),
];

/// So many plans are kept of one family, since what was asked is mostly asked again soon.
const MOST_KEPT: usize = 256;

/// A difference of two plans that can be undone by itself.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlanChange {
    pub(super) entry: PlanEntry,
    /// The field or group; none for the whole entry.
    field: Option<&'static str>,
}

/// Two versions of a plan without what can not bear on the targets of a family.
pub(in crate::scorecard) struct Versions {
    before: PlanDraft,
    after: PlanDraft,
    pub(super) changes: Vec<PlanChange>,
    /// The indicators whose facts bear on the family.
    pub(super) indicators: BTreeSet<String>,
    /// The plans that were asked for, by which changes are undone in them; nothing where that is no valid plan.
    plans: RefCell<HashMap<Vec<bool>, Option<Rc<Plan>>>>,
}

impl Versions {
    pub(in crate::scorecard) fn new(before: &Plan, after: &Plan, family: &[&str]) -> Self {
        let drafts = [before.draft(), after.draft()];
        let targets = related(drafts, family);
        let indicators = measured(drafts, &targets);
        let [before, after] = drafts.map(|draft| reduced(draft, &targets, &indicators));
        let changes = changes(&before, &after);
        Self { before, after, changes, indicators, plans: RefCell::default() }
    }

    /// The later plan with some of the changes undone.
    pub(in crate::scorecard) fn plan(&self, undone: &[bool]) -> Option<Rc<Plan>> {
        if let Some(known) = self.plans.borrow().get(undone) {
            return known.clone();
        }
        let draft = if undone.contains(&false) || undone.is_empty() {
            let mut draft = self.after.clone();
            for (change, _) in self.changes.iter().zip(undone).filter(|(_, undone)| **undone) {
                change.undo(&mut draft, &self.before);
            }
            draft
        } else {
            self.before.clone()
        };
        let plan = draft.validate().ok().map(Rc::new);
        let mut plans = self.plans.borrow_mut();
        if plans.len() >= MOST_KEPT {
            plans.clear();
        }
        plans.insert(undone.to_vec(), plan.clone());
        plan
    }

    pub(super) fn cause(&self, change: &PlanChange) -> CauseKind {
        CauseKind::PlanChanged {
            entry: change.entry.clone(),
            field: change.field,
            before: change.said(&self.before),
            after: change.said(&self.after),
        }
    }
}

/// The targets that the answers for some of them can depend on: stages of one path, and what replaces what.
fn related(drafts: [&PlanDraft; 2], family: &[&str]) -> BTreeSet<String> {
    let mut related: BTreeSet<String> = family.iter().map(|id| (*id).to_owned()).collect();
    loop {
        let size = related.len();
        for target in drafts.iter().flat_map(|draft| &draft.targets) {
            let Some(id) = &target.id else { continue };
            let is_related = related.contains(id);
            let replaces = target.supersedes.as_ref().is_some_and(|other| related.contains(other));
            if is_related || replaces {
                related.insert(id.clone());
                related.extend(target.supersedes.clone());
                related.extend(target.after.clone());
            }
        }
        if related.len() == size {
            return related;
        }
    }
}

fn companion(target: &TargetDraft) -> Option<&String> {
    match &target.baseline {
        Some(BaselineDraft::Given(table)) => table.indicator.as_ref(),
        _ => None,
    }
}

fn measured(drafts: [&PlanDraft; 2], targets: &BTreeSet<String>) -> BTreeSet<String> {
    let all = drafts.iter().flat_map(|draft| &draft.targets);
    all.filter(|target| target.id.as_ref().is_some_and(|id| targets.contains(id)))
        .flat_map(|target| [target.indicator.as_ref(), companion(target)])
        .flatten()
        .cloned()
        .collect()
}

/// The draft without other targets and indicators, and without what decides no verdict.
fn reduced(draft: &PlanDraft, targets: &BTreeSet<String>, indicators: &BTreeSet<String>) -> PlanDraft {
    let mut reduced = PlanDraft {
        format: draft.format.clone(),
        plan: draft.plan.clone(),
        units: draft.units.iter().map(|unit| UnitDraft { name: Default::default(), ..unit.clone() }).collect(),
        ..PlanDraft::default()
    };
    reduced.plan.id.get_or_insert_with(String::new);
    (reduced.plan.title, reduced.plan.document) = Default::default();
    (reduced.plan.forecast, reduced.plan.survey) = Default::default();
    let kept = |id: &Option<String>, of: &BTreeSet<String>| id.as_ref().is_some_and(|id| of.contains(id));
    let about = draft.indicators.iter().filter(|about| kept(&about.id, indicators));
    reduced.indicators = about
        .map(|about| IndicatorDraft { name: Default::default(), excludes: Default::default(), within: None, ..about.clone() })
        .collect();
    let promised = draft.targets.iter().filter(|target| kept(&target.id, targets));
    reduced.targets = promised
        .map(|target| TargetDraft {
            row: None,
            forecast: None,
            survey: None,
            strength: None,
            severity: None,
            assumed: None,
            conflicts_with: Vec::new(),
            depends_on: None,
            decided_on: None,
            citation: None,
            ..target.clone()
        })
        .collect();
    reduced
}

/// Looks an entry up by its id.
trait Entries: Sized {
    fn list(draft: &mut PlanDraft) -> &mut Vec<Self>;
    fn all(draft: &PlanDraft) -> &[Self];
    fn id(&self) -> Option<&str>;
    fn find<'d>(draft: &'d PlanDraft, id: &str) -> Option<&'d Self> {
        Self::all(draft).iter().find(|entry| entry.id() == Some(id))
    }
}

macro_rules! entries {
    ($($type:ident $list:ident;)*) => {$(
        impl Entries for $type {
            fn list(draft: &mut PlanDraft) -> &mut Vec<Self> { &mut draft.$list }
            fn all(draft: &PlanDraft) -> &[Self] { &draft.$list }
            fn id(&self) -> Option<&str> { self.id.as_deref() }
        }
    )*};
}

entries! {
    UnitDraft units;
    IndicatorDraft indicators;
    TargetDraft targets;
}

fn changes(before: &PlanDraft, after: &PlanDraft) -> Vec<PlanChange> {
    let of_head = |field: &'static str| PlanChange { entry: PlanEntry::Plan, field: Some(field) };
    let head = before.plan.differing(&after.plan).into_iter().filter(|field| *field != "id").map(of_head);
    head.chain(of_entries(before, after, PlanEntry::Unit, UnitDraft::differing))
        .chain(of_entries(before, after, PlanEntry::Indicator, IndicatorDraft::differing))
        .chain(of_entries(before, after, PlanEntry::Target, differing_groups))
        .collect()
}

fn by_id<T: Entries>(draft: &PlanDraft) -> BTreeMap<&str, &T> {
    T::all(draft).iter().filter_map(|entry| Some((entry.id()?, entry))).collect()
}

fn of_entries<T: Entries>(
    before: &PlanDraft,
    after: &PlanDraft,
    entry: impl Fn(String) -> PlanEntry,
    differing: impl Fn(&T, &T) -> Vec<&'static str>,
) -> Vec<PlanChange> {
    let (then, now) = (by_id::<T>(before), by_id::<T>(after));
    let ids: BTreeSet<&str> = then.keys().chain(now.keys()).copied().collect();
    let of_one = |id: &str| match (then.get(id), now.get(id)) {
        (Some(one), Some(other)) => differing(one, other).into_iter().map(Some).collect(),
        _ => vec![None],
    };
    let change = |id: &str, field| PlanChange { entry: entry(id.to_owned()), field };
    ids.into_iter()
        .flat_map(|id| of_one(id).into_iter().map(move |field| (id, field)))
        .map(|(id, field)| change(id, field))
        .collect()
}

/// The fields in which two targets differ, by group where they have one.
fn differing_groups(before: &TargetDraft, after: &TargetDraft) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = Vec::new();
    for field in before.differing(after) {
        let group = GROUPS.iter().find(|(_, fields)| fields.contains(&field));
        let name = group.map_or(field, |(group, _)| *group);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The fields behind a name: those of the group, or the one.
fn fields_of(name: &'static str) -> Vec<&'static str> {
    let group = GROUPS.iter().find(|(group, _)| *group == name);
    group.map_or_else(|| vec![name], |(_, fields)| fields.to_vec())
}

impl PlanChange {
    fn undo(&self, draft: &mut PlanDraft, before: &PlanDraft) {
        match (&self.entry, self.field) {
            (PlanEntry::Plan, Some(field)) => draft.plan.take_over(field, &before.plan),
            (PlanEntry::Plan, None) => {}
            (PlanEntry::Unit(id), field) => undo_entry(draft, before, id, field, UnitDraft::take_over),
            (PlanEntry::Indicator(id), field) => undo_entry(draft, before, id, field, IndicatorDraft::take_over),
            (PlanEntry::Target(id), field) => undo_entry(draft, before, id, field, TargetDraft::take_over),
        }
    }

    /// What a version says of it, in the words of the format; nothing where it says nothing.
    fn said(&self, draft: &PlanDraft) -> Option<String> {
        let fields = match &self.entry {
            PlanEntry::Plan => Some(fields(&draft.plan)),
            PlanEntry::Unit(id) => UnitDraft::find(draft, id).map(fields),
            PlanEntry::Indicator(id) => IndicatorDraft::find(draft, id).map(fields),
            PlanEntry::Target(id) => TargetDraft::find(draft, id).map(fields),
        }?;
        let names = self.field.map(fields_of);
        let wanted = |name: &str| names.as_ref().map_or(name != "id", |names| names.contains(&name));
        let is_one = names.as_ref().is_some_and(|names| names.len() == 1);
        let written = |(name, value): (String, String)| if is_one { value } else { format!("{name} = {value}") };
        let said: Vec<String> = fields.into_iter().filter(|(name, _)| wanted(name)).map(written).collect();
        (self.field.is_none() || !said.is_empty()).then(|| said.join(", "))
    }
}

fn undo_entry<T: Entries + Clone>(
    draft: &mut PlanDraft,
    before: &PlanDraft,
    id: &str,
    field: Option<&'static str>,
    take_over: impl Fn(&mut T, &str, &T),
) {
    let then = T::find(before, id);
    let now = T::list(draft);
    match (field, then) {
        (None, then) => {
            now.retain(|entry| entry.id() != Some(id));
            now.extend(then.cloned());
        }
        (Some(name), Some(then)) => {
            for entry in now.iter_mut().filter(|entry| entry.id() == Some(id)) {
                fields_of(name).into_iter().for_each(|field| take_over(entry, field, then));
            }
        }
        (Some(_), None) => {}
    }
}
