//! What rows are grouped by: columns of codes, and what each code becomes on the way.

use std::collections::BTreeMap;

use crate::fault::{Fault, FaultKind, Faults, Path};
use crate::plan::Plan;
use crate::time::{Cadence, Calendar, Period};

/// What a map says of a code whose rows belong to no group: their figures are not looked at, whatever they are.
pub const LEFT_OUT: u32 = u32::MAX;

/// A column that rows are grouped by.
///
/// ```
/// use attain::columns::Key;
///
/// let wards = Key::new(5).into_groups(vec![0, 0, 1, 1, 1], 2); // five wards of two districts
/// let targets = Key::new(50); // each of fifty targets on its own
/// let months = Key::new(12).combined(); // twelve months together
/// # let _ = (wards, targets, months);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Codes are below this.
    pub(super) codes: u32,
    /// The group of each code, or [`LEFT_OUT`]; the code itself where there is none.
    pub(super) map: Option<Vec<u32>>,
    /// Groups are below this.
    pub(super) groups: u32,
    /// Of periods, the place of each in the order in which they end; periods that end on one day by their length.
    pub(super) order: Option<Vec<u32>>,
}

impl Key {
    /// Codes from 0 to `codes − 1`, each a group of its own.
    #[must_use]
    pub fn new(codes: u32) -> Self {
        Self { codes, map: None, groups: codes, order: None }
    }

    /// Periods by their places in a list, each a group of its own.
    ///
    /// What is a state at the end of a period is combined over time by them: the latest counts, and of several that end on one
    /// day the longest.
    #[must_use]
    pub fn periods(periods: &[Period]) -> Self {
        let rank = |period: &Period| (period.last(), period.days());
        let mut ranks: Vec<_> = periods.iter().map(rank).collect();
        ranks.sort_unstable();
        ranks.dedup();
        let place = |period: &Period| count(ranks.partition_point(|other| *other < rank(period)));
        Self { order: Some(periods.iter().map(place).collect()), ..Self::new(count(periods.len())) }
    }

    /// The same with the group of each code, from 0 to `groups − 1` or [`LEFT_OUT`]; as long as there are codes.
    #[must_use]
    pub fn into_groups(self, map: Vec<u32>, groups: u32) -> Self {
        Self { map: Some(map), groups, ..self }
    }

    /// The same with all codes in one group, whose code is 0: units are added up, periods combined over time.
    ///
    /// A key that is combined is not the same as one that is left out. Of a stock, an index and open cases the latest figure of each
    /// unit counts, so the codes must still say which unit that is: **without a key of units two units are taken for one**, and where
    /// they report the same figure for the same period it counts once, as a record that is said twice. Only figures that differ
    /// are refused.
    ///
    /// ```
    /// use attain::columns::{Batch, Codes, Figures, Key, Measures, RollUp, Settings};
    /// use attain::plan::Kind;
    /// use attain::time::Calendar;
    ///
    /// // Two wards with 5 posts each in one month.
    /// let months = Key::periods(&[Calendar::Gregorian.period("2025-01")?]);
    /// let mut stock = RollUp::new(Kind::Stock, vec![Key::new(2).combined(), months])?;
    /// let keys = [Codes::Each(&[0, 1]), Codes::One(0)];
    /// stock.add(&Batch::new(&keys, Measures::Amounts(Figures::whole(&[5, 5]))), &Settings::default())?;
    /// assert_eq!(stock.finish()?.numerators().get(0), Some(10.into())); // by months alone it would be 5
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn combined(self) -> Self {
        let map = (0..self.codes).map(|_| 0).collect();
        self.into_groups(map, 1)
    }

    /// Whether every code is a group of its own.
    pub(super) fn is_kept(&self) -> bool {
        self.map.is_none()
    }

    /// The group of a code.
    #[inline(always)]
    pub(super) fn group(&self, code: u32) -> u32 {
        match &self.map {
            None => code,
            Some(map) => map.get(code as usize).copied().unwrap_or(LEFT_OUT),
        }
    }

    /// What is wrong with the map of the key at a place.
    pub(super) fn faults(&self, place: usize) -> Vec<Fault> {
        let Some(map) = &self.map else { return Vec::new() };
        let path = Path::root().key("keys").index(place).key("map");
        if count(map.len()) != self.codes {
            let (what, expected) = (format!("{} entries", map.len()), format!("{}, as there are codes", self.codes));
            return vec![Fault::new(FaultKind::Inconsistent, path, what, expected)];
        }
        let is_wrong = |group: &u32| *group != LEFT_OUT && *group >= self.groups;
        let wrong = map.iter().enumerate().filter(|(_, group)| is_wrong(group));
        let expected = format!("a group below {}", self.groups);
        let fault = |(code, group): (usize, &u32)| {
            Fault::new(FaultKind::UnknownReference, path.index(code), format!("group {group}"), expected.clone())
        };
        wrong.map(fault).collect()
    }
}

/// A number of entries as codes have it.
pub(super) fn count(entries: usize) -> u32 {
    u32::try_from(entries).unwrap_or(u32::MAX)
}

/// The groups of a plan's units, by their places in [`Plan::units`]: the unit above at a depth (0 is a unit with none above it).
///
/// Only what the lowest units report is added up: a unit that consists of others is [`LEFT_OUT`], since what it says itself and
/// what they say would be counted twice. A lowest unit that is not as deep is its own group.
#[must_use]
pub fn units_at_depth(plan: &Plan, depth: usize) -> Vec<u32> {
    group_leaves(plan, |above| {
        above.len().checked_sub(depth.saturating_add(1)).and_then(|place| above.get(place)).or(above.first()).copied()
    })
}

/// The groups of a plan's units, by their places in [`Plan::units`]: the place in `parents` of the nearest of them that a unit is
/// or lies under; [`LEFT_OUT`] where there is none, and for units that consist of others.
///
/// # Errors
/// The parents that are no units of the plan.
pub fn units_under(plan: &Plan, parents: &[&str]) -> Result<Vec<u32>, Faults> {
    let find = |(place, id): (usize, &&str)| match plan.unit_by_id.get(*id) {
        Some(unit) => Ok((count(*unit), count(place))),
        None => {
            let what = format!("unit {id:?}");
            Err(Fault::new(FaultKind::UnknownReference, Path::root().key("parents").index(place), what, "a unit of the plan"))
        }
    };
    let (mut places, mut faults) = (BTreeMap::new(), Vec::new());
    for found in parents.iter().enumerate().map(find) {
        match found {
            Ok((unit, place)) => drop(places.entry(unit).or_insert(place)),
            Err(fault) => faults.push(fault),
        }
    }
    Faults::or(faults, group_leaves(plan, |above| above.iter().find_map(|unit| places.get(unit)).copied()))
}

/// The groups of units without units below, by what is given of a unit and all above it, the lowest first.
fn group_leaves(plan: &Plan, group: impl Fn(&[u32]) -> Option<u32>) -> Vec<u32> {
    let of_unit = |place: usize| {
        let unit = plan.units.get(place).filter(|unit| unit.children.is_empty())?;
        let above = std::iter::successors(unit.parent, |parent| plan.units.get(*parent).and_then(|unit| unit.parent));
        let above: Vec<u32> = std::iter::once(place).chain(above).map(count).collect();
        group(&above)
    };
    (0..plan.units.len()).map(|place| of_unit(place).unwrap_or(LEFT_OUT)).collect()
}

/// The longer periods of a cadence in which periods lie, in the order of time, and the place among them of each period;
/// [`LEFT_OUT`] where it lies wholly in none.
///
/// ```
/// use attain::columns::{LEFT_OUT, periods_within};
/// use attain::time::{Cadence, Calendar};
///
/// let calendar = Calendar::Gregorian;
/// let periods = [calendar.period("2025-02")?, calendar.period("2025-07")?, calendar.period("2025-03")?, calendar.period("2025")?];
/// let (quarters, map) = periods_within(&periods, calendar, Cadence::Quarter);
/// assert_eq!(quarters, [calendar.period("2025-Q1")?, calendar.period("2025-Q3")?]);
/// assert_eq!(map, [0, 1, 0, LEFT_OUT]);
/// # Ok::<(), attain::time::UnknownLabel>(())
/// ```
#[must_use]
pub fn periods_within(periods: &[Period], calendar: Calendar, cadence: Cadence) -> (Vec<Period>, Vec<u32>) {
    let longer = |period: &Period| calendar.containing(period.first(), cadence).filter(|longer| longer.contains(period));
    let found: Vec<Option<Period>> = periods.iter().map(longer).collect();
    let mut distinct: Vec<Period> = found.iter().flatten().copied().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let place =
        |period: &Option<Period>| period.as_ref().and_then(|period| distinct.binary_search(period).ok()).map_or(LEFT_OUT, count);
    let map = found.iter().map(place).collect();
    (distinct, map)
}
