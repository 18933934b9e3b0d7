//! What changed between two scorecards, and why.

mod cause;
mod histories;
mod search;
mod time;
mod versions;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

pub use cause::{Cause, CauseKind, FactRecord, PlanEntry, TimeEvent, TimeEventKind};

use super::Scorecard;
use crate::assess::{Assessment, Bound, Computed, Group, Quantity, Reason, Status};
use crate::facts::Facts;
use crate::plan::{Plan, Target};
pub(super) use histories::{Histories, all_of};
use search::Search;
pub(super) use search::below;
pub(super) use versions::Versions;

/// A scorecard and the facts that it was made of.
#[derive(Clone, Copy, Debug)]
pub struct Assessed<'a> {
    /// The scorecard.
    pub card: &'a Scorecard,
    /// The facts that it was made of.
    pub facts: &'a Facts,
}

/// Where an assessment stood: what of it is compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The target's id; of two that replace each other, the one that was law.
    pub target: Arc<str>,
    /// The status.
    pub status: Status,
    /// Why, or what decided.
    pub reasons: Vec<Reason>,
    /// What was reached.
    pub actual: Quantity,
    /// What was required.
    pub threshold: Computed<Bound>,
    /// What was lacking.
    pub shortfall: Quantity,
    /// Where the actual should have stood.
    pub expected: Quantity,
}

impl From<&Assessment> for Standing {
    fn from(of: &Assessment) -> Self {
        Self {
            target: of.target.clone(),
            status: of.status,
            reasons: of.reasons.clone(),
            actual: of.actual.value.clone(),
            threshold: of.threshold.bound.clone(),
            shortfall: of.shortfall.clone(),
            expected: of.path.as_ref().map_err(|reason| *reason).and_then(|pace| pace.expected.clone()),
        }
    }
}

/// An assessment that is not what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The indicator's id.
    pub indicator: Arc<str>,
    /// The unit's id.
    pub unit: Arc<str>,
    /// The judged days as documents write them.
    pub period: String,
    /// How it stood; nothing where it was not assessed.
    pub before: Option<Standing>,
    /// How it stands; nothing where it is not assessed.
    pub after: Option<Standing>,
    /// Why: undoing them all gives back what was; undoing those that turned it gives back the status that was.
    pub causes: Vec<Cause>,
    /// The whole assessments, before and after.
    pub(crate) shown: [Option<Box<Assessment>>; 2],
}

impl Changed {
    /// The assessment of before, where there was one.
    #[must_use]
    pub fn assessment_before(&self) -> Option<&Assessment> {
        self.shown.first().and_then(Option::as_deref)
    }

    /// The assessment of now, where there is one.
    #[must_use]
    pub fn assessment_after(&self) -> Option<&Assessment> {
        self.shown.last().and_then(Option::as_deref)
    }

    /// Whether the status is another one, or there is none any more, or only now one.
    #[must_use]
    pub fn is_turned(&self) -> bool {
        self.before.as_ref().map(|standing| standing.status) != self.after.as_ref().map(|standing| standing.status)
    }

    /// Whether the status turned for the better or the worse: by the groups, of which good is above warning and warning above
    /// bad; what has no verdict is neither above nor below.
    #[must_use]
    pub fn turn(&self) -> Turn {
        if !self.is_turned() {
            return Turn::None;
        }
        let rank = |standing: &Option<Standing>| match standing.as_ref().map(|standing| standing.status.group()) {
            Some(Group::Good) => Some(2),
            Some(Group::Warning) => Some(1),
            Some(Group::Bad) => Some(0),
            Some(Group::None) | None => None,
        };
        match rank(&self.before).zip(rank(&self.after)) {
            Some((then, now)) if then < now => Turn::Better,
            Some((then, now)) if then > now => Turn::Worse,
            _ => Turn::Other,
        }
    }

    /// The target's id: that of now, else that of before.
    #[must_use]
    pub fn target(&self) -> &str {
        self.after.as_ref().or(self.before.as_ref()).map_or("", |standing| &standing.target)
    }
}

/// What changed between two scorecards, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    pub(crate) plans: [Plan; 2],
    /// The day that was spoken of, and the day up to which records counted as known.
    pub before: (NaiveDate, NaiveDate),
    /// The day that is spoken of, and the day up to which records count as known.
    pub after: (NaiveDate, NaiveDate),
    /// What is not what it was, in the order of the later scorecard; what is assessed no longer comes last.
    pub changed: Vec<Changed>,
    /// How many assessments are what they were.
    pub unchanged: usize,
}

impl Difference {
    /// The earlier and the later plan.
    #[must_use]
    pub fn plans(&self) -> [&Plan; 2] {
        self.plans.each_ref()
    }

    /// The same difference with some of its changes only; what has not changed is counted as before.
    #[must_use]
    pub fn only(mut self, keep: impl Fn(&Changed) -> bool) -> Self {
        self.changed.retain(keep);
        self
    }

    /// How many changed, and whether for the better.
    #[must_use]
    pub fn tally(&self) -> ChangeTally {
        let count = |turn: Turn| self.changed.iter().filter(|one| one.turn() == turn).count();
        ChangeTally {
            changed: self.changed.len(),
            better: count(Turn::Better),
            worse: count(Turn::Worse),
            other: count(Turn::Other),
            numbers: count(Turn::None),
            unchanged: self.unchanged,
        }
    }
}

/// Whether a status turned for the better or the worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Turn {
    /// From bad or warning towards good.
    Better,
    /// From good or warning towards bad.
    Worse,
    /// Another status of which neither can be said: of the same group, without verdict, or of what is assessed only now or no
    /// longer.
    Other,
    /// The same status with other numbers.
    None,
}

impl Turn {
    /// The word that documents use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Other => "other",
            Self::None => "numbers",
        }
    }
}

/// How many assessments changed, and how: `changed = better + worse + other + numbers`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangeTally {
    /// All that are not what they were.
    pub changed: usize,
    /// Those that turned for the better.
    pub better: usize,
    /// Those that turned for the worse.
    pub worse: usize,
    /// Those of another status that is neither.
    pub other: usize,
    /// Those of the same status with other numbers.
    pub numbers: usize,
    /// Those that are what they were.
    pub unchanged: usize,
}

/// What changed between two scorecards, of other days, other facts, or other versions of a plan, and why.
///
/// Targets, indicators and units are the same where their ids are; a target that replaces another (`supersedes`) goes on
/// with its assessments of the same unit and period. Compared is the [`Standing`]. What differs in what an assessment
/// depends on (facts, fields of the plan, the day) is a cause where undoing it alone gives another answer than that of now,
/// or where without undoing it the others do not give back the answer of before. So undoing all causes gives back what was,
/// and nothing is named that plays no part. Of an assessment that differs in more than 400 ways differences are tried in
/// blocks, at most 400 times; what is left undecided then is named.
///
/// Left out of both lists is what one of the scorecards could show and does not ([`Scorecard::only`]).
///
/// With n facts bearing on an assessment and d differences among them, it takes some d·n steps; an assessment that has not
/// changed takes none.
///
/// ```
/// # #[cfg(all(feature = "toml", feature = "csv"))] {
/// use attain::scorecard::{Assessed, CauseKind, difference};
/// use attain::{Facts, Plan, Status, assess, time::parse_day};
///
/// let plan = Plan::from_toml(include_str!("../../../plans/decision-333.toml"))?;
/// let facts = Facts::from_csv(&plan, include_str!("../../../plans/decision-333.facts.csv"))?;
/// let [then, now] = ["2025-06-30", "2025-07-31"].map(|day| assess(&plan, &facts, parse_day(day).unwrap()));
/// let difference = difference(Assessed { card: &then, facts: &facts }, Assessed { card: &now, facts: &facts });
/// // One of 1,622 dossiers was late in the second quarter: 100 % can not be had any more.
/// let lost = difference.changed.iter().find(|one| one.target() == "dossiers-on-time-each-year").unwrap();
/// assert_eq!(lost.after.as_ref().unwrap().status, Status::Lost);
/// let [cause] = lost.causes.as_slice() else { panic!("one cause") };
/// assert!(matches!(&cause.what, CauseKind::FactAdded(fact) if fact.period.label() == "2025-Q2"));
/// # }
/// # Ok::<(), attain::Faults>(())
/// ```
#[must_use]
pub fn difference(before: Assessed<'_>, after: Assessed<'_>) -> Difference {
    let mut search = Search::new(before, after);
    let mut changed = Vec::new();
    let mut unchanged: usize = 0;
    for pair in pairs(before.card, after.card) {
        let standing = |one: Option<&Assessment>| one.map(Standing::from);
        let (was, is) = (standing(pair.before), standing(pair.after));
        if was == is {
            unchanged = unchanged.saturating_add(1);
            continue;
        }
        let Some(of) = pair.after.or(pair.before) else { continue };
        // What only a part of a scorecard leaves out has not changed.
        if search.is_left_out(&pair) {
            continue;
        }
        let causes = search.causes(&pair, was.as_ref(), is.as_ref());
        changed.push(Changed {
            indicator: of.indicator.clone(),
            unit: of.unit.clone(),
            period: of.period_label(),
            before: was,
            after: is,
            causes,
            shown: [pair.before, pair.after].map(|one| one.cloned().map(Box::new)),
        });
    }
    Difference {
        plans: [before.card.plan().clone(), after.card.plan().clone()],
        before: (before.card.as_of(), before.card.known_on()),
        after: (after.card.as_of(), after.card.known_on()),
        changed,
        unchanged,
    }
}

/// The same assessment in two scorecards.
#[derive(Clone, Copy, Debug)]
struct Pair<'c> {
    before: Option<&'c Assessment>,
    after: Option<&'c Assessment>,
}

/// What makes two assessments the same one.
type Identity<'c> = (&'c str, &'c str, String);

fn identity<'c>(target: &'c str, of: &'c Assessment) -> Identity<'c> {
    (target, &of.unit, of.period_label())
}

fn pairs<'c>(before: &'c Scorecard, after: &'c Scorecard) -> Vec<Pair<'c>> {
    let mut earlier: BTreeMap<Identity<'_>, (usize, &Assessment)> =
        before.assessments.iter().enumerate().map(|(place, of)| (identity(&of.target, of), (place, of))).collect();
    let mut pairs: Vec<Pair<'_>> = after
        .assessments
        .iter()
        .map(|of| Pair { before: earlier.remove(&identity(&of.target, of)).map(|(_, of)| of), after: Some(of) })
        .collect();
    // What is assessed only now may go on with what one of the two targets replaces or is replaced by.
    let versions = versions(before.plan(), after.plan());
    for pair in pairs.iter_mut().filter(|pair| pair.before.is_none()) {
        let Some(of) = pair.after else { continue };
        let others = versions.get(&*of.target).into_iter().flatten();
        let found = others.map(|other| identity(other, of)).find(|identity| earlier.contains_key(identity));
        pair.before = found.and_then(|identity| earlier.remove(&identity)).map(|(_, of)| of);
    }
    let mut gone: Vec<(usize, &Assessment)> = earlier.into_values().collect();
    gone.sort_by_key(|(place, _)| *place);
    pairs.extend(gone.into_iter().map(|(_, of)| Pair { before: Some(of), after: None }));
    pairs
}

/// Of each target those that replace it or are replaced by it, directly or through others, in either plan.
fn versions<'p>(before: &'p Plan, after: &'p Plan) -> BTreeMap<&'p str, BTreeSet<&'p str>> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for plan in [before, after] {
        let place = |place: usize| plan.targets.get(place);
        for target in plan.targets() {
            let next = |target: &&Target| target.supersedes.and_then(place);
            // A valid plan has no cycle here.
            for replaced in std::iter::successors(next(&target), next) {
                versions.entry(target.id()).or_default().insert(replaced.id());
                versions.entry(replaced.id()).or_default().insert(target.id());
            }
        }
    }
    versions
}
