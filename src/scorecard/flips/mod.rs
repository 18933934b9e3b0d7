//! How little would have turned a verdict: which single fact, and by how much.

mod edges;
mod ways;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use super::Scorecard;
use super::difference::{FactRecord, Histories, Versions, all_of, below};
use crate::assess::{Assessment, Group, Question, Status, Steps, When};
use crate::facts::{AsOf, Fact, Facts, Measure};
use crate::number::Ratio;
use crate::plan::{Indicator, Plan, Scope};
use edges::edges;
use ways::{Way, changed, is_counted, ways};

/// So many facts are asked about in each way, the latest of those that can change in it.
const MOST_ASKED: usize = 60;

/// What would have to be another in a column.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnChange {
    /// The column, as the facts format names it.
    pub column: &'static str,
    /// By how much, below 0 for less; `done_on` in days.
    pub by: Ratio,
    /// Whether it is more; said beside the number, since of 0 and any more there are two directions.
    pub is_up: bool,
}

/// A change of one fact that would turn a verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// The record as it is.
    pub fact: FactRecord,
    /// Which of its columns would have to be others, all by the same size.
    pub change: Vec<ColumnChange>,
    /// Whether it takes more than that, however little: an amount that has to lie beyond a threshold has no least change.
    pub is_beyond: bool,
    /// The status that would follow.
    pub status: Status,
}

impl Flip {
    /// The size of the change, without its sign.
    #[must_use]
    pub fn size(&self) -> Ratio {
        self.change.first().map_or(Ratio::ZERO, |column| column.by.abs())
    }
}

/// How little would have turned a verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Margin {
    /// The target's id.
    pub target: Arc<str>,
    /// The indicator's id.
    pub indicator: Arc<str>,
    /// The unit's id.
    pub unit: Arc<str>,
    /// The judged days as documents write them.
    pub period: String,
    /// The status as it is.
    pub status: Status,
    /// The place of the assessment in the scorecard.
    pub(crate) place: usize,
    /// The least change in each way there is, the smallest first; nothing where no single fact can turn it.
    pub flips: Vec<Flip>,
}

/// The margins of a scorecard's verdicts.
#[derive(Clone, Debug, PartialEq)]
pub struct Margins {
    pub(crate) card: Scorecard,
    /// One for each verdict, in the order of the scorecard.
    pub margins: Vec<Margin>,
}

impl Margins {
    /// The scorecard whose verdicts they are of.
    #[must_use]
    pub fn card(&self) -> &Scorecard {
        &self.card
    }

    /// The assessment that a margin is of.
    #[must_use]
    pub fn assessment(&self, margin: &Margin) -> Option<&Assessment> {
        self.card.assessments.get(margin.place)
    }

    /// The same with some of the margins only.
    #[must_use]
    pub fn only(mut self, keep: impl Fn(&Margin) -> bool) -> Self {
        self.margins.retain(keep);
        self
    }
}

/// For every verdict: which single fact, and by how much at least, would turn it.
///
/// A verdict turns where its group becomes another of good, warning and bad: met or missed, on track or at risk; that
/// nothing could be said any more is no turn. Asked are the facts behind the actual and the baseline, in every column of
/// their kind up and down: of cases by whole numbers, the other columns as they are (`whole` up is a case more that fails,
/// `part` and `whole` up one that succeeds, `in_time` down and `late` up one that turns out late); of amounts by the exact
/// distance. Only what a record may say is tried. Of several facts that would do equally, the latest is named.
///
/// It is the least of its kind where more of a change turns no less, as for every requirement with one side; everywhere a
/// change smaller by one unit turns nothing. Where more than 60 facts stand behind a verdict, the latest 60 are asked of
/// those that can change in a way at all: a fact without late cases is no candidate for one late case less. So the time that
/// a verdict takes grows with the facts behind it, and not with their square.
///
/// ```
/// # #[cfg(all(feature = "toml", feature = "csv"))] {
/// use attain::scorecard::flips;
/// use attain::{Facts, Plan, Status, time::parse_day};
///
/// let plan = Plan::from_toml(include_str!("../../../plans/decision-333.toml"))?;
/// let facts = Facts::from_csv(&plan, include_str!("../../../plans/decision-333.facts.csv"))?;
/// let margins = flips(&plan, &facts, parse_day("2025-09-30").unwrap()).margins;
/// // 2,040 of 2,550 is 80 %, at the threshold: one case less is enough.
/// let margin = margins.iter().find(|one| &*one.target == "dossiers-circulated-electronically-each-year" && one.period == "2024");
/// let least = &margin.unwrap().flips[0];
/// assert_eq!((least.size().to_string().as_str(), least.status), ("1", Status::Missed));
/// # }
/// # Ok::<(), attain::Faults>(())
/// ```
#[must_use]
pub fn flips(plan: &Plan, facts: &Facts, as_of: impl Into<AsOf>) -> Margins {
    let as_of = as_of.into();
    let histories = Histories::new(plan, facts, as_of);
    let card = super::assess_with(plan, facts, as_of, Steps::Omitted);
    let verdicts = card.assessments().iter().enumerate().filter(|(_, of)| of.group() != Group::None);
    let mut asked: Option<(Arc<str>, Asked<'_>)> = None;
    let margins = verdicts
        .map(|(place, of)| {
            // Verdicts come target by target.
            if asked.as_ref().is_none_or(|(target, _)| *target != of.target) {
                asked = Asked::new(plan, &histories, &of.target, as_of).map(|asked| (of.target.clone(), asked));
            }
            Margin {
                target: of.target.clone(),
                indicator: of.indicator.clone(),
                unit: of.unit.clone(),
                period: of.period_label(),
                status: of.status,
                place,
                flips: asked.as_ref().and_then(|(_, asked)| asked.flips(of)).unwrap_or_default(),
            }
        })
        .collect();
    Margins { card, margins }
}

/// A target with what bears on it alone.
struct Asked<'a> {
    histories: &'a Histories<'a>,
    versions: Versions,
    plan: Rc<Plan>,
    target: usize,
    as_of: AsOf,
}

impl<'a> Asked<'a> {
    fn new(plan: &Plan, histories: &'a Histories<'a>, target: &str, as_of: AsOf) -> Option<Self> {
        let versions = Versions::new(plan, plan, &[target]);
        let plan = versions.plan(&[])?;
        let target = plan.targets.iter().position(|one| one.id() == target)?;
        Some(Self { histories, versions, plan, target, as_of })
    }

    fn flips(&self, of: &Assessment) -> Option<Vec<Flip>> {
        let plan = &*self.plan;
        let units = below(&[plan], &of.unit);
        let is_together = matches!(plan.targets.get(self.target)?.scope, Scope::AtLeast(_));
        let facts = all_of(self.histories, &self.versions, plan, Some(&units).filter(|_| !is_together))?;
        let question = Question { target: self.target, unit: *plan.unit_by_id.get(&*of.unit)?, judged: of.period };
        let mut behind: Vec<Fact> = question.facts_behind(plan, &facts, self.as_of).into_iter().cloned().collect();
        behind.sort_by_key(|fact| std::cmp::Reverse((fact.stands_at(), fact.period, fact.row)));
        let what_if = WhatIf { plan, facts: RefCell::new(facts), as_of: self.as_of, question, of };
        let mut found: Vec<(Way, Flip)> = Vec::new();
        let mut asked: Vec<(Way, usize)> = Vec::new();
        for fact in &behind {
            let Some(indicator) = plan.indicators.get(fact.indicator) else { continue };
            for way in ways(indicator, fact) {
                let trial = Trial { what_if: &what_if, indicator, fact, way };
                if !trial.is_candidate() || !is_among_first(&mut asked, way) {
                    continue;
                }
                let best = found.iter().find(|(other, _)| other == way).map(|(_, flip)| flip.size());
                if let Some(flip) = trial.flip(best.as_ref()) {
                    found.retain(|(other, _)| other != way);
                    found.push((way, flip));
                }
            }
        }
        let mut flips: Vec<Flip> = found.into_iter().map(|(_, flip)| flip).collect();
        flips.sort_by_key(Flip::size);
        Some(flips)
    }
}

/// Counts how many facts are asked about in a way, up to the most.
fn is_among_first(asked: &mut Vec<(Way, usize)>, way: Way) -> bool {
    match asked.iter_mut().find(|(other, _)| *other == way) {
        Some((_, count)) => {
            *count = count.saturating_add(1);
            *count <= MOST_ASKED
        }
        None => {
            asked.push((way, 1));
            true
        }
    }
}

/// One verdict, asked about again with other figures.
struct WhatIf<'w> {
    plan: &'w Plan,
    facts: RefCell<Facts>,
    as_of: AsOf,
    question: Question,
    of: &'w Assessment,
}

impl WhatIf<'_> {
    fn answer(&self, fact: &Fact, measure: &Measure) -> Option<Assessment> {
        let key = (fact.indicator, fact.unit);
        let mut facts = self.facts.borrow_mut();
        facts.revise(key, fact.row, measure);
        let answer = self.question.answer(self.plan, &facts, When::from(self.as_of));
        if let Some(measure) = &fact.measure {
            facts.revise(key, fact.row, measure);
        }
        answer
    }
}

/// One fact in one way.
struct Trial<'w> {
    what_if: &'w WhatIf<'w>,
    indicator: &'w Indicator,
    fact: &'w Fact,
    way: Way,
}

impl Trial<'_> {
    /// The least change that turns the verdict, if any, and if it is less than `best`.
    fn flip(&self, best: Option<&Ratio>) -> Option<Flip> {
        if !is_counted(self.indicator, self.fact) {
            return self.by_distance().filter(|flip| best.is_none_or(|best| flip.size() < *best));
        }
        let most = match best {
            // Where one unit less than the best of another fact does not turn it, no smaller change does.
            Some(best) => {
                let less = best - Ratio::ONE;
                self.turned(&less)?;
                less
            }
            None => self.most()?,
        };
        let (size, status) = self.by_counting(&most)?;
        Some(self.named(&size, false, status))
    }

    fn named(&self, size: &Ratio, is_beyond: bool, status: Status) -> Flip {
        let by = |is_up: bool| if is_up { size.clone() } else { -size };
        let column = |(column, is_up): &(&'static str, bool)| ColumnChange { column, by: by(*is_up), is_up: *is_up };
        let change = self.way.iter().map(column).collect();
        Flip { fact: FactRecord::new(self.what_if.plan, self.fact), change, is_beyond, status }
    }

    fn answer(&self, size: &Ratio) -> Option<Assessment> {
        let measure = changed(self.indicator, self.fact.measure.as_ref()?, self.way, size)?;
        self.what_if.answer(self.fact, &measure)
    }

    /// Whether the fact can change in this way at all: by one, or of amounts by a little.
    fn is_candidate(&self) -> bool {
        let least = if is_counted(self.indicator, self.fact) { Some(Ratio::ONE) } else { Ratio::new(1, 1_000_000_000_000) };
        least.is_some_and(|least| self.is_allowed(&least))
    }

    /// The status that follows from a change, where it turns the verdict.
    fn turned(&self, size: &Ratio) -> Option<Status> {
        let status = self.answer(size)?.status;
        let turned = status.group() != Group::None && status.group() != self.what_if.of.group();
        turned.then_some(status)
    }

    fn is_allowed(&self, size: &Ratio) -> bool {
        self.fact.measure.as_ref().and_then(|measure| changed(self.indicator, measure, self.way, size)).is_some()
    }

    /// The largest change worth trying: what the format allows, at most a thousand times all that is there.
    fn most(&self) -> Option<Ratio> {
        let figures = self.what_if.of.actual.measure.as_ref().and_then(Measure::quotient).map(|(_, whole)| whole);
        let size = figures.or(self.what_if.of.actual.value.clone().ok()).unwrap_or(Ratio::ONE).abs().ceil();
        let limit = match &self.fact.measure {
            Some(Measure::Done { .. }) => Ratio::from(4_000),
            _ => (size + Ratio::ONE) * Ratio::from(1_000),
        };
        if self.is_allowed(&limit) {
            return Some(limit);
        }
        let (last, _) = between(Ratio::ZERO, limit, |size| !self.is_allowed(size));
        (!last.is_zero()).then_some(last)
    }

    /// By whole numbers: ever larger changes until one turns it, then the least of them.
    fn by_counting(&self, most: &Ratio) -> Option<(Ratio, Status)> {
        let mut points: Vec<Ratio> = Vec::new();
        let mut size = Ratio::ONE;
        while size < *most {
            points.push(size.clone());
            size = size * Ratio::from(2);
        }
        points.push(most.clone());
        points.extend(self.crossings(most));
        points.sort_unstable();
        points.dedup();
        let mut last = Ratio::ZERO;
        for point in points {
            if self.turned(&point).is_some() {
                let (_, least) = between(last, point, |size| self.turned(size).is_some());
                let status = self.turned(&least)?;
                return Some((least, status));
            }
            last = point;
        }
        None
    }

    /// Around which changes the actual passes a threshold that is met on both sides of nothing: a range, a single value.
    fn crossings(&self, most: &Ratio) -> Vec<Ratio> {
        let Ok(bound) = &self.what_if.of.threshold.bound else { return Vec::new() };
        if bound.side().is_some() {
            return Vec::new();
        }
        let value = |size: &Ratio| self.answer(size).and_then(|answer| answer.actual.value.ok());
        let Some(start) = value(&Ratio::ZERO) else { return Vec::new() };
        let passed = |threshold: &Ratio, size: &Ratio| {
            value(size).is_some_and(|value| if start < *threshold { value >= *threshold } else { value <= *threshold })
        };
        let around = |threshold: &Ratio| {
            let (before, after) = between(Ratio::ZERO, most.clone(), |size| passed(threshold, size));
            [before, after]
        };
        let thresholds = bound.thresholds();
        thresholds.into_iter().flat_map(around).filter(|size| !size.is_zero()).collect()
    }

    /// By the exact distance: every change at which the actual lies on an edge of something, the least that turns it.
    fn by_distance(&self) -> Option<Flip> {
        let tiny = Ratio::new(1, 1_000_000_000_000)?;
        let mut sizes: Vec<Ratio> =
            edges(self.what_if.plan, self.what_if.of).iter().filter_map(|edge| self.reaching(edge)).collect();
        sizes.retain(|size| !size.is_negative());
        sizes.sort_unstable();
        sizes.dedup();
        sizes.iter().find_map(|size| {
            if size.is_zero() {
                return self.turned(&tiny).map(|status| self.named(size, true, status));
            }
            // What turns already before it does not turn here.
            if *size > tiny && self.turned(&(size - &tiny)).is_some() {
                return None;
            }
            match self.turned(size) {
                Some(status) => Some(self.named(size, false, status)),
                None => self.turned(&(size + &tiny)).map(|status| self.named(size, true, status)),
            }
        })
    }

    /// The change at which the actual is a value; found from two points of it, since it is a line, or falls with one over
    /// what stands below.
    fn reaching(&self, wanted: &Ratio) -> Option<Ratio> {
        let value = |size: &Ratio| self.answer(size)?.actual.value.ok();
        let probe = Ratio::new(1, 1_000)?;
        let (start, next) = (value(&Ratio::ZERO)?, value(&probe)?);
        let is_below = self.way.iter().any(|(column, _)| matches!(*column, "whole" | "valid" | "denominator" | "weight"));
        let size = if is_below {
            // a(k) = a·D/(D + k), so D = k·a(k)/(a − a(k)).
            let whole = (&next * &probe).divided_by(&(&start - &next))?;
            (&start.divided_by(wanted)? - Ratio::ONE) * whole
        } else {
            (&(wanted - &start) * &probe).divided_by(&(next - start))?
        };
        let reached = size.is_zero() || value(&size).as_ref() == Some(wanted);
        reached.then_some(size)
    }
}

/// The last whole number up to which something does not hold, and the first from which it does, between one where it does
/// not and one where it does.
fn between(mut no: Ratio, mut yes: Ratio, holds: impl Fn(&Ratio) -> bool) -> (Ratio, Ratio) {
    let half = Ratio::new(1, 2).unwrap_or(Ratio::ONE);
    while &yes - &no > Ratio::ONE {
        let middle = ((&no + &yes) * &half).floor();
        if holds(&middle) { yes = middle } else { no = middle }
    }
    (no, yes)
}
