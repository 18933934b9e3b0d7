//! What each unit carries of a target's actual, gap and change, in a table whose columns add up as they are shown.

use std::collections::BTreeSet;

use super::cells::{NOTHING, Subject};
use super::notes::{key, unit_name};
use super::numbers::Numbers;
use super::page::Grid;
use super::report::Report;
use super::words::Word;
use crate::assess::{Assessment, Contribution, HeldAgainst, Movement};
use crate::number::{Ratio, Rounding, Shown, Unit};
use crate::plan::{Language, Plan};
use crate::scorecard::Scorecard;

/// The report of a target's contributions: a table for each assessment that is rolled up.
pub(super) fn report(card: &Scorecard, target: &str, language: Language) -> Report {
    let numbers = Numbers { language };
    let plan = card.plan();
    let found = plan.targets().iter().find(|one| one.id() == target);
    let indicator = found.and_then(|target| plan.indicators().get(target.indicator));
    let name = indicator.and_then(|about| about.name().get(language)).unwrap_or_default();
    let known_as = found.map_or(target, |target| key(target));
    let title = if name.is_empty() { known_as.to_owned() } else { format!("{known_as} · {name}") };
    let grids: Vec<Grid> =
        card.contributions(target).filter_map(|(of, parts)| Table { card, plan, numbers, of, parts }.grid()).collect();
    let mut about = vec![Word::AsOf.fill(language, &[&numbers.day(card.as_of())])];
    about.push(Word::KnownOn.fill(language, &[&numbers.day(card.known_on())]));
    about.push(if grids.is_empty() { Word::NoContributions } else { Word::RoundedToAddUp }.text(language).to_owned());
    let parts = || card.contributions(target).flat_map(|(_, parts)| parts);
    // Only a gap is held against something; a range has none that could be divided.
    let held = parts().find(|part| part.to_variance.is_some()).map(|part| part.held_against);
    let held = held.filter(|_| !grids.is_empty());
    about.extend(held.map(|held| {
        let word = match held {
            HeldAgainst::OwnWhole => Word::HeldAgainstOwnWhole,
            HeldAgainst::OwnBaseline => Word::HeldAgainstOwnBaseline,
            HeldAgainst::EqualPart => Word::HeldAgainstEqualPart,
        };
        word.text(language).to_owned()
    }));
    about.extend(held.map(|_| Word::GapSigns.text(language).to_owned()));
    let reasons: BTreeSet<&str> =
        parts().filter_map(|part| part.since_previous.as_ref().err()).map(|why| why.in_words(language)).collect();
    about.extend(reasons.into_iter().map(|why| Word::NotDivided.fill(language, &[why])));
    Report { title: Word::ContributionsTo.fill(language, &[&title]), about, grids, entries: Vec::new() }
}

struct Table<'c> {
    card: &'c Scorecard,
    plan: &'c Plan,
    numbers: Numbers,
    of: &'c Assessment,
    parts: &'c [Contribution],
}

impl Table<'_> {
    fn say(&self, word: Word) -> String {
        word.text(self.numbers.language).to_owned()
    }

    fn grid(&self) -> Option<Grid> {
        let subject = Subject {
            numbers: self.numbers,
            assessment: self.of,
            target: self.card.target(self.of)?,
            indicator: self.card.indicator(self.of)?,
            beside: None,
        };
        let deciding = subject.deciding(self.of.threshold.bound.as_ref().ok());
        let zero = [Ratio::ZERO];
        let column = |value: &dyn Fn(&Contribution) -> Option<Ratio>, signed: bool, beside: &[Ratio]| {
            let values: Option<Vec<Ratio>> = self.parts.iter().map(value).collect();
            values.map(|values| self.column(&values, signed, beside))
        };
        let mut columns = vec![
            (Word::OfActual, column(&|part| Some(part.to_actual.clone()), false, &deciding)),
            (Word::OfGap, column(&|part| part.to_variance.clone(), true, &zero)),
            (Word::OfGapInCases, column(&|part| part.cases.clone(), true, &zero)),
        ];
        match self.rates_and_mixes() {
            Some([change, rate, mix]) => columns.extend([
                (Word::OfChange, Some(change)),
                (Word::OfChangeByRate, Some(rate)),
                (Word::OfChangeByMix, Some(mix)),
            ]),
            None => columns.push((Word::OfChange, column(&|part| Some(part.since_previous.as_ref().ok()?.total()), true, &zero))),
        }
        let columns: Vec<(Word, Vec<String>)> = columns.into_iter().filter_map(|(word, column)| Some((word, column?))).collect();
        let name = |part: &Contribution| {
            let unit = self.card.contributor(part).map(|unit| unit.id()).unwrap_or(NOTHING);
            unit_name(self.numbers, self.plan, unit)
        };
        let names = self.parts.iter().map(name).chain([self.say(Word::Total)]);
        let rows = names.enumerate().map(|(place, name)| {
            let cells = columns.iter().map(|(_, cells)| cells.get(place).cloned().unwrap_or_default());
            std::iter::once(name).chain(cells).collect()
        });
        let since = self.of.changes.previous.as_ref().ok().map(|change| self.numbers.period(&change.period));
        let head = columns.iter().map(|(word, _)| word.fill(self.numbers.language, &[since.as_deref().unwrap_or(NOTHING)]));
        let mut heading = vec![subject.period()];
        let unit = self.card.unit(self.of).filter(|_| self.of.places.unit != self.plan.owner);
        heading.extend(unit.map(|unit| unit_name(self.numbers, self.plan, unit.id())));
        heading.push(format!("{}, {}: {}", subject.actual(), subject.requirement(), subject.status()));
        heading.push(subject.gap().replace('\n', "; "));
        let cases: Option<Vec<Ratio>> = self.parts.iter().map(|part| part.cases.clone()).collect();
        let exact = cases.map(|cases| Ratio::sum(&cases).abs()).filter(|total| !total.is_whole());
        heading.extend(exact.map(|exact| {
            Word::CasesAreWhole.fill(
                self.numbers.language,
                &[&self.numbers.with_unit(&self.numbers.never_zero(&exact), &exact, &Unit::from("cases"))],
            )
        }));
        Some(Grid {
            heading: heading.into_iter().filter(|part| part != NOTHING).collect::<Vec<_>>().join(" · "),
            head: std::iter::once(self.say(Word::Unit)).chain(head).collect(),
            right: 1..columns.len().saturating_add(1),
            rows: rows.collect(),
        })
    }

    /// The numbers of a column and their sum, rounded so that they add up as shown.
    fn column(&self, values: &[Ratio], signed: bool, beside: &[Ratio]) -> Vec<String> {
        let total = Ratio::sum(values);
        let rounding = Rounding::half_up(scale(values, &total, beside));
        let total = rounding.apply(&total);
        self.written(&adding_up(values, &total, rounding), &total, signed, rounding)
    }

    fn written(&self, shown: &[Ratio], total: &Ratio, signed: bool, rounding: Rounding) -> Vec<String> {
        let write = |value: &Ratio| {
            let written = self.numbers.write(&rounding.fixed(value));
            if signed && !value.is_zero() && !value.is_negative() { format!("+{written}") } else { written }
        };
        shown.iter().chain([total]).map(write).collect()
    }

    /// The change of a rate, and what of it is rate and what is mix: they add up down the columns and along the rows.
    fn rates_and_mixes(&self) -> Option<[Vec<String>; 3]> {
        let both: Option<Vec<(Ratio, Ratio)>> = self.parts.iter().map(rate_and_mix).collect();
        let (rates, mixes): (Vec<Ratio>, Vec<Ratio>) = both?.into_iter().unzip();
        let (rate, mix) = (Ratio::sum(&rates), Ratio::sum(&mixes));
        let change = &rate + &mix;
        let all: Vec<Ratio> = rates.iter().chain(&mixes).cloned().collect();
        let rounding = Rounding::half_up(scale(&all, &change, &[Ratio::ZERO]));
        let change = rounding.apply(&change);
        let [rate, mix] = adding_up(&[rate, mix], &change, rounding).try_into().ok()?;
        let (rates, mixes) = (adding_up(&rates, &rate, rounding), adding_up(&mixes, &mix, rounding));
        let changes: Vec<Ratio> = rates.iter().zip(&mixes).map(|(rate, mix)| rate + mix).collect();
        let write = |shown: &[Ratio], total: &Ratio| self.written(shown, total, true, rounding);
        Some([write(&changes, &change), write(&rates, &rate), write(&mixes, &mix)])
    }
}

/// What the unit's rate and what its weight did, of a rate.
fn rate_and_mix(part: &Contribution) -> Option<(Ratio, Ratio)> {
    match part.since_previous.as_ref().ok()? {
        Movement::Rate { rate, mix } => Some((rate.clone(), mix.clone())),
        Movement::Own(_) => None,
    }
}

/// As few places as show every number exactly, up to 4; else 2, and so many more as keep the sum on its side of what decides.
fn scale(values: &[Ratio], total: &Ratio, beside: &[Ratio]) -> u32 {
    let exact = |scale: &u32| values.iter().all(|value| Rounding::half_up(*scale).apply(value) == *value);
    let stays = |scale: &u32| {
        let shown = Rounding::half_up(*scale).apply(total);
        beside.iter().all(|bound| shown.cmp(bound) == total.cmp(bound))
    };
    let rounded = || (2..=Shown::MOST_PLACES).find(stays).unwrap_or(Shown::MOST_PLACES);
    (0..=4).find(exact).unwrap_or_else(rounded)
}

/// The numbers rounded so that they add up to a total that is rounded already: each down, and so many as are lacking then up,
/// those that lost most first; each is off by less than one in the last place.
fn adding_up(values: &[Ratio], total: &Ratio, rounding: Rounding) -> Vec<Ratio> {
    let steps = (0..rounding.scale).fold(Ratio::ONE, |steps, _| steps * Ratio::from(10));
    let down: Vec<Ratio> = values.iter().map(|value| (value * &steps).floor()).collect();
    let lost = |place: usize| values.get(place).zip(down.get(place)).map(|(value, down)| value * &steps - down);
    let lacking = total * &steps - Ratio::sum(&down);
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by_cached_key(|place| std::cmp::Reverse(lost(*place)));
    let count = lacking.to_i64().and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
    let up: BTreeSet<usize> = order.into_iter().take(count).collect();
    let shown = |(place, down): (usize, &Ratio)| {
        let in_steps = if up.contains(&place) { down + &Ratio::ONE } else { down.clone() };
        in_steps.divided_by(&steps).unwrap_or(Ratio::ZERO)
    };
    down.iter().enumerate().map(shown).collect()
}
