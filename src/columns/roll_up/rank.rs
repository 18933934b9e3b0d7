//! Who is best: places within partitions, exact ties shared.
#![allow(
    clippy::disallowed_types,
    clippy::float_arithmetic,
    reason = "keys that are exact where they differ; exact integers decide the rest"
)]

use std::cmp::Ordering;

use super::key::count;
use crate::columns::input::{Codes, Figures, Mantissas};
use crate::columns::settings::Settings;
use crate::fault::{Fault, FaultKind, Faults, Path};
use crate::plan::Better;

/// The place of each row among those of its partition, the best one first: 1, 1, 3 where two are equal and best.
///
/// ```text
/// place = 1 + how many rows of the partition have a better N/D (of amounts: a better N)
/// ```
///
/// `partitions` name the entry of `better` that says which way is better; where that is none, as of ranges, no row has a place. Nor
/// has a row without figures or whose denominator is not above 0: its place is 0. Ties are exact: by cross-multiplication, never by
/// a rounded quotient.
///
/// # Errors
/// Rows whose partition is not there; columns of unequal length, or of more than [`MOST_PLACES`](crate::columns::MOST_PLACES)
/// decimal places.
///
/// ```
/// use attain::columns::{Codes, Figures, Settings, rank};
/// use attain::plan::Better;
///
/// let (handled, all) = ([9, 1, 90, 0], [10, 3, 100, 0]);
/// let (numerators, denominators) = (Figures::whole(&handled), Figures::whole(&all));
/// let places = rank(numerators, Some(denominators), Codes::One(0), &[Some(Better::Higher)], &Settings::default())?;
/// assert_eq!(places, [1, 3, 1, 0]);
/// # Ok::<(), attain::Faults>(())
/// ```
pub fn rank(
    numerators: Figures<'_>,
    denominators: Option<Figures<'_>>,
    partitions: Codes<'_>,
    better: &[Option<Better>],
    settings: &Settings,
) -> Result<Vec<u32>, Faults> {
    let mut places = vec![0; numerators.len()];
    rank_into(numerators, denominators, partitions, better, &mut places, settings)?;
    Ok(places)
}

/// The same, written into the caller's column.
///
/// # Errors
/// As [`rank`]; a column that is not as long as there are rows. What the column holds after an error means nothing.
pub fn rank_into(
    numerators: Figures<'_>,
    denominators: Option<Figures<'_>>,
    partitions: Codes<'_>,
    better: &[Option<Better>],
    places: &mut [u32],
    settings: &Settings,
) -> Result<(), Faults> {
    Faults::or(misfits(&numerators, denominators, partitions, better, places), ())?;
    let compared = Compared { numerators, denominators, is_exact: has_exact_keys(&numerators, denominators.as_ref()) };
    places.fill(0);
    let (mut entries, ends) = compared.by_partition(partitions, better);
    let sort = |(part, better): (&mut [Entry], Option<Better>)| {
        compared.sort(part, better.unwrap_or(Better::Higher), settings.parallel);
    };
    let mut parts = Vec::with_capacity(ends.len());
    let (mut rest, mut from) = (entries.as_mut_slice(), 0);
    for (end, better) in ends.iter().zip(better) {
        let (part, others) = rest.split_at_mut(end.saturating_sub(from).min(rest.len()));
        parts.push((part, *better));
        (rest, from) = (others, *end);
    }
    #[cfg(feature = "parallel")]
    if settings.parallel {
        use rayon::prelude::*;
        parts.into_par_iter().for_each(sort);
    } else {
        parts.into_iter().for_each(sort);
    }
    #[cfg(not(feature = "parallel"))]
    parts.into_iter().for_each(sort);
    for entry in &entries {
        if let Some(place) = places.get_mut(entry.row as usize) {
            *place = entry.place();
        }
    }
    Ok(())
}

fn misfits(
    numerators: &Figures<'_>,
    denominators: Option<Figures<'_>>,
    partitions: Codes<'_>,
    better: &[Option<Better>],
    places: &[u32],
) -> Vec<Fault> {
    let rows = numerators.len();
    let lengths = [
        ("denominators", denominators.as_ref().map(Figures::len)),
        ("partitions", partitions.rows()),
        ("places", Some(places.len())),
    ];
    let unequal = lengths.into_iter().filter_map(|(column, length)| {
        let length = length.filter(|length| *length != rows)?;
        let expected = format!("{rows}, as there are numerators");
        Some(Fault::new(FaultKind::Inconsistent, Path::root().key(column), format!("{length} rows"), expected))
    });
    let known = count(better.len());
    let partition = |(row, code): (usize, u32)| {
        let path = Path::root().key("partitions").index(row);
        Fault::new(FaultKind::UnknownReference, path, format!("partition {code}"), format!("one of {known}, from 0"))
    };
    // Looked for only where there is one.
    let are_known = match partitions {
        Codes::One(code) => code < known,
        Codes::Each(codes) => codes.iter().fold(0, |most, code| (*code).max(most)) < known,
    };
    let codes = (0..if are_known { 0 } else { rows }).filter_map(|row| partitions.get(row).map(|code| (row, code)));
    let unknown = codes.filter(|(_, code)| *code >= known).map(partition);
    let columns = [("numerators", Some(numerators)), ("denominators", denominators.as_ref())];
    let too_fine = columns.into_iter().filter_map(|(name, figures)| super::too_many_places(name, figures?.scale, ""));
    let is_long = u32::try_from(rows).is_err();
    let too_long = is_long.then(|| {
        Fault::new(FaultKind::Limit, Path::root().key("numerators"), format!("{rows} rows"), format!("at most {}", u32::MAX))
    });
    unequal.chain(too_fine).chain(unknown.take(super::adding::MOST_FAULTS)).chain(too_long).collect()
}

/// A row to be put in order.
#[derive(Clone, Copy, Default)]
struct Entry {
    /// Higher is better, as soon as it is known which way that is; the place, once it is known.
    key: u64,
    row: u32,
}

impl Entry {
    fn place(&self) -> u32 {
        u32::try_from(self.key).unwrap_or(u32::MAX)
    }
}

/// So many entries are worth the threads that put them in order.
#[cfg(feature = "parallel")]
const LARGE: usize = 1 << 15;

/// Puts entries in order, many of them on all threads; which of two equal ones comes first makes no difference to their place.
fn sort_by(entries: &mut [Entry], is_parallel: bool, compare: impl Fn(&Entry, &Entry) -> Ordering + Sync) {
    #[cfg(feature = "parallel")]
    if is_parallel && entries.len() >= LARGE {
        use rayon::prelude::*;
        return entries.par_sort_unstable_by(compare);
    }
    #[cfg(not(feature = "parallel"))]
    let _ = is_parallel;
    entries.sort_unstable_by(compare);
}

/// The figures by which rows are compared.
struct Compared<'a> {
    numerators: Figures<'a>,
    denominators: Option<Figures<'a>>,
    /// Whether rows with different keys are in the order of these.
    is_exact: bool,
}

/// Whether all numbers are floats as they are: then a quotient of floats is the exact quotient rounded once, and of two that differ
/// the higher one belongs to the higher exact quotient. Amounts of 64 bits are their own keys.
fn has_exact_keys(numerators: &Figures<'_>, denominators: Option<&Figures<'_>>) -> bool {
    let narrow = |figures: &Figures<'_>| match figures.mantissas {
        Mantissas::Narrow(values) => Some(values.iter().fold(0, |all, value| all | value.unsigned_abs())),
        Mantissas::Wide(_) => None,
    };
    match (narrow(numerators), denominators.map(narrow)) {
        (Some(_), None) => true,
        (Some(n), Some(Some(d))) => n | d < 1 << 53,
        _ => false,
    }
}

impl Compared<'_> {
    /// The rows that have a place, those of each partition together, and where each partition ends.
    fn by_partition(&self, partitions: Codes<'_>, better: &[Option<Better>]) -> (Vec<Entry>, Vec<usize>) {
        let mut counts = vec![0_usize; better.len()];
        let partition = |row: usize| partitions.get(row).map_or(usize::MAX, |code| code as usize);
        let (mut entries, mut last, mut are_together) = (Vec::with_capacity(self.numerators.len()), 0, true);
        for row in 0..self.numerators.len() {
            let of = partition(row);
            let (Some(Some(_)), Some(count), true) = (better.get(of), counts.get_mut(of), self.is_comparable(row)) else {
                continue;
            };
            *count = count.saturating_add(1);
            are_together &= last <= of;
            last = of;
            entries.push(Entry { key: self.key(row), row: self::count(row) });
        }
        let mut all = 0_usize;
        let sum = |count: &usize| {
            all = all.saturating_add(*count);
            all
        };
        let ends: Vec<usize> = counts.iter().map(sum).collect();
        if are_together {
            return (entries, ends);
        }
        let mut next: Vec<usize> = ends.iter().zip(&counts).map(|(end, count)| end.saturating_sub(*count)).collect();
        let mut sorted = vec![Entry::default(); entries.len()];
        for entry in &entries {
            let Some(next) = next.get_mut(partition(entry.row as usize)) else { continue };
            if let Some(slot) = sorted.get_mut(*next) {
                *slot = *entry;
            }
            *next = next.saturating_add(1);
        }
        (sorted, ends)
    }

    fn is_comparable(&self, row: usize) -> bool {
        let is_there = |figures: &Figures<'_>| figures.validity.is_none_or(|validity| validity.is_there(row));
        let is_positive = |figures: &Figures<'_>| match figures.mantissas {
            Mantissas::Narrow(values) => values.get(row).is_some_and(|value| *value > 0),
            Mantissas::Wide(values) => values.get(row).is_some_and(|value| *value > 0),
        };
        is_there(&self.numerators) && self.denominators.as_ref().is_none_or(|figures| is_there(figures) && is_positive(figures))
    }

    /// A number that is higher where the quotient is; the same for all where there are no such numbers.
    fn key(&self, row: usize) -> u64 {
        const SIGN: u64 = 1 << 63;
        let (Mantissas::Narrow(numerators), true) = (self.numerators.mantissas, self.is_exact) else { return 0 };
        let numerator = numerators.get(row).copied().unwrap_or(0);
        match self.denominators.map(|figures| figures.mantissas) {
            None => numerator.cast_unsigned() ^ SIGN,
            Some(Mantissas::Narrow(denominators)) => {
                let denominator = denominators.get(row).copied().unwrap_or(1);
                // The bits of floats are in their order, those below 0 the other way round.
                let bits = (numerator as f64 / denominator as f64).to_bits();
                if bits & SIGN == 0 { bits | SIGN } else { !bits }
            }
            Some(Mantissas::Wide(_)) => 0,
        }
    }

    /// Puts the rows of a partition in order, and their places where their keys were.
    fn sort(&self, entries: &mut [Entry], better: Better, is_parallel: bool) {
        if better == Better::Higher {
            entries.iter_mut().for_each(|entry| entry.key = !entry.key);
        }
        let exactly = |one: &Entry, other: &Entry| {
            let order = self.exactly(one.row as usize, other.row as usize);
            if better == Better::Higher { order.reverse() } else { order }
        };
        sort_by(entries, is_parallel, |one, other| one.key.cmp(&other.key));
        let mut place = 1;
        for same_key in entries.chunk_by_mut(|one, next| one.key == next.key) {
            // Of amounts the key says it all.
            let is_tied = self.is_exact && self.denominators.is_none();
            if !is_tied && same_key.len() > 1 {
                sort_by(same_key, is_parallel, exactly);
            }
            for tied in same_key.chunk_by_mut(|one, next| is_tied || exactly(one, next) == Ordering::Equal) {
                tied.iter_mut().for_each(|entry| entry.key = place);
                place = place.saturating_add(tied.len() as u64);
            }
        }
    }

    /// The order of two exact quotients: N₁/D₁ to N₂/D₂ as N₁·D₂ to N₂·D₁, denominators being above 0.
    fn exactly(&self, one: usize, other: usize) -> Ordering {
        let narrow = |figures: &Figures<'_>| match figures.mantissas {
            Mantissas::Narrow(values) => Some((i128::from(*values.get(one)?), i128::from(*values.get(other)?))),
            Mantissas::Wide(_) => None,
        };
        if let (Some((n, other_n)), Some((d, other_d))) =
            (narrow(&self.numerators), self.denominators.as_ref().map_or(Some((1, 1)), narrow))
        {
            // Two numbers of 64 bits have a product of 128.
            return n.wrapping_mul(other_d).cmp(&other_n.wrapping_mul(d));
        }
        let quotient = |row: usize| {
            let numerator = self.numerators.get(row)?;
            match &self.denominators {
                Some(denominators) => numerator.divided_by(&denominators.get(row)?),
                None => Some(numerator),
            }
        };
        quotient(one).cmp(&quotient(other))
    }
}
