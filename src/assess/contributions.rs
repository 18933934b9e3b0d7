//! What each unit directly below carries: of the actual, of the gap, and of what has changed since an earlier period.

use super::actual::{Figure, Part};
use super::baseline::{BaselineFigure, baseline};
use super::bound::Bound;
use super::change::{Change, Changes, Earlier};
use super::judge::Case;
use super::reading::Reading;
use super::reason::{Computed, Reason};
use crate::number::Ratio;
use crate::plan::Kind;

/// Which part of the threshold a unit is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeldAgainst {
    /// A rate: the threshold of its own whole.
    OwnWhole,
    /// A sum: the part of the threshold that its own baseline is of the parent's, so that all have the same way to go.
    OwnBaseline,
    /// A sum of which nothing says how it is divided: an equal part, which is an assumption and no promise of anyone.
    EqualPart,
}

impl HeldAgainst {
    /// The word that documents use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::OwnWhole => "own_whole",
            Self::OwnBaseline => "own_baseline",
            Self::EqualPart => "equal_part",
        }
    }
}

/// What a unit carries of its parent's change since an earlier period, in the indicator's unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Movement {
    /// Of a rate (r = the unit's rate, w = its share of the parent's whole, R = the parent's rate; 1 = now, 0 = then).
    Rate {
        /// What it got better or worse by itself: `(w₁ + w₀)/2 · (r₁ − r₀)`.
        rate: Ratio,
        /// What its weight among the others did: `(w₁ − w₀) · ((r₁ + r₀)/2 − (R₁ + R₀)/2)`.
        mix: Ratio,
    },
    /// Of a sum: the unit's own change.
    Own(Ratio),
}

impl Movement {
    /// All of it.
    #[must_use]
    pub fn total(&self) -> Ratio {
        match self {
            Self::Rate { rate, mix } => rate + mix,
            Self::Own(change) => change.clone(),
        }
    }
}

/// What a unit directly below carries of its parent's actual, gap and change; over all units each adds up exactly.
///
/// ```text
/// rates:  to_actual = N_u·f / ΣD     to_variance = (N_u·f − T·D_u) / ΣD     cases = N_u − T/f·D_u
/// sums:   to_actual = a_u            to_variance = a_u − T_u
/// ```
/// f is 100 for percentages. T_u is `T·B_u/B` where the units' own baselines add up to the parent's, none is below 0 and not
/// all are 0; else `T/n`, with n the number of units that report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// The unit, by its place in the plan.
    pub(crate) unit: usize,
    /// Its part of the actual.
    pub to_actual: Ratio,
    /// Its part of the signed gap to the threshold, where there is one threshold.
    pub to_variance: Option<Ratio>,
    /// The same in cases, below 0 where they are lacking for a lower bound; of shares, surveys and on-time rates that are
    /// not weighted.
    pub cases: Option<Ratio>,
    /// Which part of the threshold that is.
    pub held_against: HeldAgainst,
    /// Its part of the change since the period of equal length just before.
    pub since_previous: Computed<Movement>,
    /// Its part of the change since the same days a year before.
    pub since_year_before: Computed<Movement>,
}

/// The parts of two periods by unit.
struct Compared<'p> {
    now: &'p [Part],
    then: &'p [Part],
}

/// The baselines of units that their parent's is made of.
pub(super) type BaselinesBelow<'f> = Vec<(usize, BaselineFigure<'f>)>;

impl<'f> Case<'_, 'f> {
    /// What each unit directly below carries of a rolled-up figure, in the order of the plan; with units of which only an
    /// earlier period speaks, since what they no longer add is part of the change.
    ///
    /// With them the baselines that a sum's threshold is divided by.
    pub(super) fn contributions(
        &self,
        reading: &Reading<'_>,
        changes: &Changes,
        earlier: &Earlier<'f>,
    ) -> (Vec<Contribution>, Option<BaselinesBelow<'f>>) {
        let parts = reading.figure.parts.as_slice();
        let Some(unit) = self.context.unit(self.unit).filter(|_| !parts.is_empty()) else { return (Vec::new(), None) };
        let previous = compared(reading, &changes.previous, earlier.previous.as_ref());
        let year_before = compared(reading, &changes.year_before, earlier.year_before.as_ref());
        let threshold = reading.bound().and_then(Bound::threshold);
        let held = Held { threshold, baselines: self.baselines_below(reading), parts, reading };
        let one = |child: &usize| {
            let part = part_of(parts, *child);
            let earlier = [&previous, &year_before].into_iter().filter_map(|compared| compared.as_ref().ok());
            if part.is_none() && earlier.clone().all(|compared| part_of(compared.then, *child).is_none()) {
                return None;
            }
            let movement = |compared: &Computed<Compared<'_>>| {
                let compared = compared.as_ref().map_err(|reason| *reason)?;
                compared.movement(*child, &reading.indicator.factor()).ok_or(Reason::NoBaseline)
            };
            held.contribution(*child, part, [movement(&previous), movement(&year_before)])
        };
        let all = unit.children.iter().filter_map(one).collect();
        (all, held.baselines)
    }

    /// The baselines of the units that report, where they are what the parent's is made of.
    fn baselines_below(&self, reading: &Reading<'_>) -> Option<BaselinesBelow<'f>> {
        let whole = reading.baseline()?;
        let of = |part: &Part| {
            let start = baseline(self.context, self.target, part.child, self.occurrence, reading.period.as_ref());
            start.ok().map(|start| (part.child, start)).filter(|(_, start)| !start.value.is_negative())
        };
        let all: Option<BaselinesBelow<'f>> = reading.figure.parts.iter().map(of).collect();
        all.filter(|all| !whole.is_zero() && Ratio::sum(all.iter().map(|(_, start)| &start.value)) == *whole)
    }
}

/// The parts of now and of the earlier period, where that too is made of the figures of the units below.
fn compared<'p>(reading: &'p Reading<'_>, change: &Computed<Change>, earlier: Option<&'p Figure<'_>>) -> Computed<Compared<'p>> {
    if let Err(reason) = change {
        return Err(*reason);
    }
    let then = earlier.map(|figure| figure.parts.as_slice()).filter(|parts| !parts.is_empty()).ok_or(Reason::NoBaseline)?;
    Ok(Compared { now: &reading.figure.parts, then })
}

fn part_of(parts: &[Part], child: usize) -> Option<&Part> {
    parts.iter().find(|part| part.child == child)
}

/// What the units are held against.
struct Held<'r, 'f> {
    threshold: Option<&'r Ratio>,
    baselines: Option<BaselinesBelow<'f>>,
    parts: &'r [Part],
    reading: &'r Reading<'r>,
}

impl Held<'_, '_> {
    fn contribution(&self, unit: usize, part: Option<&Part>, since: [Computed<Movement>; 2]) -> Option<Contribution> {
        let [since_previous, since_year_before] = since;
        let under: Option<Vec<&Ratio>> = self.parts.iter().map(|part| part.under.as_ref()).collect();
        let factor = self.reading.indicator.factor();
        let over = part.map_or(Ratio::ZERO, |part| &part.over * &factor);
        let Some(whole) = under.map(Ratio::sum) else {
            let to_variance = self.part_of_threshold(part).map(|own| &over - &own);
            let held_against = if self.baselines.is_some() { HeldAgainst::OwnBaseline } else { HeldAgainst::EqualPart };
            let to_actual = over;
            return Some(Contribution {
                unit,
                to_actual,
                to_variance,
                cases: None,
                held_against,
                since_previous,
                since_year_before,
            });
        };
        let own = part.and_then(|part| part.under.clone()).unwrap_or(Ratio::ZERO);
        let beyond = self.threshold.map(|t| &over - &(t * &own));
        let is_counted = matches!(self.reading.indicator.kind, Kind::Share | Kind::Survey | Kind::OnTime);
        let counted = beyond.as_ref().filter(|_| is_counted && self.reading.figure.weighted.is_none());
        Some(Contribution {
            unit,
            to_actual: over.divided_by(&whole)?,
            to_variance: beyond.as_ref().and_then(|beyond| beyond.divided_by(&whole)),
            cases: counted.and_then(|beyond| beyond.divided_by(&factor)),
            held_against: HeldAgainst::OwnWhole,
            since_previous,
            since_year_before,
        })
    }

    /// The part of a sum's threshold that is set against a unit; of one that says nothing now, nothing.
    fn part_of_threshold(&self, part: Option<&Part>) -> Option<Ratio> {
        let threshold = self.threshold?;
        let Some(part) = part else { return Some(Ratio::ZERO) };
        let Some(baselines) = &self.baselines else { return threshold.divided_by(&Ratio::from(self.parts.len())) };
        let all = Ratio::sum(baselines.iter().map(|(_, start)| &start.value));
        let (_, own) = baselines.iter().find(|(unit, _)| *unit == part.child)?;
        (threshold * &own.value).divided_by(&all)
    }
}

impl Compared<'_> {
    /// What a unit carries of the change; where it has no cases in one of the periods its rate did not change, and all that
    /// its coming or going does is mix.
    fn movement(&self, child: usize, factor: &Ratio) -> Option<Movement> {
        let (now, then) = (part_of(self.now, child), part_of(self.then, child));
        let is_sum = self.now.iter().chain(self.then).any(|part| part.under.is_none());
        if is_sum {
            let over = |part: Option<&Part>| part.map_or(Ratio::ZERO, |part| &part.over * factor);
            return Some(Movement::Own(over(now) - over(then)));
        }
        let all = [rate_of_all(self.now, factor)?, rate_of_all(self.then, factor)?];
        let (one, other) = (Standing::new(now, self.now, factor)?, Standing::new(then, self.then, factor)?);
        let (rate_1, rate_0) = match (&one.rate, &other.rate) {
            (Some(one), Some(other)) => (one, other),
            (Some(only), None) | (None, Some(only)) => (only, only),
            (None, None) => (&Ratio::ZERO, &Ratio::ZERO),
        };
        let half = Ratio::new(1, 2)?;
        let [all_1, all_0] = all;
        let (shift, mean) = (&one.weight - &other.weight, (rate_1 + rate_0) * &half);
        Some(Movement::Rate {
            // (w₁ + w₀)/2 · (r₁ − r₀), which also holds what stands above a whole of 0 and so has no rate.
            rate: (&one.added - &other.added) - &shift * &mean,
            mix: shift * (mean - (all_1 + all_0) * half),
        })
    }
}

fn rate_of_all(parts: &[Part], factor: &Ratio) -> Option<Ratio> {
    let over = Ratio::sum(parts.iter().map(|part| &part.over));
    (&over * factor).divided_by(&whole_of(parts))
}

fn whole_of(parts: &[Part]) -> Ratio {
    Ratio::sum(parts.iter().filter_map(|part| part.under.as_ref()))
}

/// How a unit stands among all in one period.
struct Standing {
    /// Its rate, where it has a whole.
    rate: Option<Ratio>,
    /// Its share of the whole of all.
    weight: Ratio,
    /// What it adds to the rate of all.
    added: Ratio,
}

impl Standing {
    fn new(part: Option<&Part>, parts: &[Part], factor: &Ratio) -> Option<Self> {
        let Some((part, under)) = part.and_then(|part| Some((part, part.under.as_ref()?))) else {
            return Some(Self { rate: None, weight: Ratio::ZERO, added: Ratio::ZERO });
        };
        let (over, whole) = (&part.over * factor, whole_of(parts));
        Some(Self { rate: over.divided_by(under), weight: under.divided_by(&whole)?, added: over.divided_by(&whole)? })
    }
}
