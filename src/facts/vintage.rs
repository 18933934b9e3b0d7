//! What was known when: of several records of one thing, the one that counts.

use chrono::NaiveDate;

use super::Facts;
use super::fact::{Fact, State};

/// The day a scorecard speaks of, and the day up to which records count as known; both mean the end of that day.
///
/// ```
/// use attain::AsOf;
/// use attain::time::parse_day;
/// let mid_year = parse_day("2025-06-30").unwrap();
/// assert_eq!(AsOf::from(mid_year).known_on(), mid_year);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AsOf {
    day: NaiveDate,
    known_on: Option<NaiveDate>,
}

impl AsOf {
    /// The same day, with what was known on `known_on`.
    #[must_use]
    pub fn with_known_on(self, known_on: NaiveDate) -> Self {
        Self { known_on: Some(known_on), ..self }
    }

    /// The day that the scorecard speaks of.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// The day up to which records count as known; the day itself unless said otherwise.
    #[must_use]
    pub fn known_on(&self) -> NaiveDate {
        self.known_on.unwrap_or(self.day)
    }
}

impl From<NaiveDate> for AsOf {
    fn from(day: NaiveDate) -> Self {
        Self { day, known_on: None }
    }
}

/// Which record of several counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vintage {
    /// The latest one known.
    Latest,
    /// The first final one known, else the first one.
    Frozen,
}

/// The records of one indicator and unit that count: one for each period, in the order of the periods.
#[derive(Clone, Debug, Default)]
pub(crate) struct Records<'f> {
    pub(crate) latest: Vec<&'f Fact>,
    pub(crate) frozen: Vec<&'f Fact>,
    /// What is expected, a series apart.
    pub(crate) expected: Vec<&'f Fact>,
}

impl<'f> Records<'f> {
    pub(crate) fn of(&self, vintage: Vintage) -> &[&'f Fact] {
        match vintage {
            Vintage::Latest => &self.latest,
            Vintage::Frozen => &self.frozen,
        }
    }
}

impl Facts {
    /// Which records count on a day, by indicator and unit.
    pub(crate) fn known(&self, as_of: AsOf) -> impl Iterator<Item = ((usize, usize), Records<'_>)> {
        self.series().map(move |(key, facts)| (key, known(facts, as_of)))
    }
}

impl Facts {
    /// Which records of one indicator and unit count on a day.
    pub(crate) fn known_of(&self, key: (usize, usize), as_of: AsOf) -> Records<'_> {
        known(self.of(key), as_of)
    }
}

fn known(facts: &[Fact], as_of: AsOf) -> Records<'_> {
    let mut records = Records::default();
    for of_period in facts.chunk_by(|a, b| a.period == b.period) {
        // In the order of the day from which they are known.
        let counts = |fact: &&Fact| fact.stands_at() <= as_of.day() && fact.known_from() <= as_of.known_on();
        let actual = of_period.iter().filter(|fact| fact.state != State::Expected).filter(counts);
        let Some(latest) = actual.clone().next_back() else {
            records.expected.extend(expected(of_period, as_of));
            continue;
        };
        records.latest.push(latest);
        let first_final = actual.clone().find(|fact| fact.state == State::Final);
        let first = actual.clone().find(|fact| fact.state != State::Missing);
        records.frozen.extend(first_final.or(first));
        records.expected.extend(expected(of_period, as_of));
    }
    records
}

/// What is expected speaks of days to come, so it need not stand yet; it counts as soon as it is known.
fn expected(of_period: &[Fact], as_of: AsOf) -> Option<&Fact> {
    let recorded = |fact: &&Fact| fact.known_from() <= as_of.known_on();
    of_period.iter().filter(|fact| fact.state == State::Expected).rfind(recorded)
}
