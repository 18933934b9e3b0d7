//! How many of each: what stands above the table.

use std::collections::BTreeMap;

use super::Scorecard;
use crate::assess::{Assessment, Group, Status};

/// How many assessments have each status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<Status, usize>);

impl Tally {
    fn count(&mut self, status: Status) {
        let count = self.0.entry(status).or_default();
        *count = count.saturating_add(1);
    }

    /// The statuses that occur, in the order of [`Status::ALL`], with how often.
    pub fn by_status(&self) -> impl Iterator<Item = (Status, usize)> {
        self.0.iter().map(|(status, count)| (*status, *count))
    }

    /// The groups that occur, with how often.
    #[must_use]
    pub fn by_group(&self) -> BTreeMap<Group, usize> {
        let mut groups = BTreeMap::new();
        for (status, count) in self.by_status() {
            let sum: &mut usize = groups.entry(status.group()).or_default();
            *sum = sum.saturating_add(count);
        }
        groups
    }

    /// How many in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.0.values().sum()
    }
}

/// How many of each status, in all, by section of the plan and by unit; the parts add up to the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// All assessments.
    pub all: Tally,
    /// By the cited section, in the order of the plan; without a citation under `""`.
    pub by_section: Vec<(String, Tally)>,
    /// By unit, in the order of the plan.
    pub by_unit: Vec<(String, Tally)>,
}

impl Summary {
    pub(super) fn of(card: &Scorecard) -> Self {
        let mut summary = Self::default();
        let mut places: (BTreeMap<String, usize>, BTreeMap<String, usize>) = Default::default();
        for assessment in &card.assessments {
            summary.all.count(assessment.status);
            let section = section(card, assessment);
            count_under(&mut summary.by_section, &mut places.0, &section, assessment.status);
            count_under(&mut summary.by_unit, &mut places.1, &assessment.unit, assessment.status);
        }
        let order = |id: &str| card.plan.unit_by_id.get(id).copied();
        summary.by_unit.sort_by_key(|(id, _)| order(id));
        summary
    }
}

fn section(card: &Scorecard, assessment: &Assessment) -> String {
    card.citation(assessment).and_then(|citation| citation.section.clone()).unwrap_or_default()
}

fn count_under(list: &mut Vec<(String, Tally)>, places: &mut BTreeMap<String, usize>, key: &str, status: Status) {
    let place = match places.get(key) {
        Some(place) => *place,
        None => {
            places.insert(key.to_owned(), list.len());
            list.push((key.to_owned(), Tally::default()));
            list.len().saturating_sub(1)
        }
    };
    if let Some((_, tally)) = list.get_mut(place) {
        tally.count(status);
    }
}
