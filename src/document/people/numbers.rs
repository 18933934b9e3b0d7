//! Numbers and days as the readers of a language write them; a rounded number never says more than the exact one.

use chrono::NaiveDate;

use super::words::Word;
use crate::number::{Number, Ratio, Rounding, Shown, Unit};
use crate::plan::Language;
use crate::time::{Cadence, Period, parse_day};

#[cfg(test)]
#[path = "numbers_tests.rs"]
mod tests;

/// A space at which a line is never broken: it becomes a plain one in the end.
pub(super) const TIED: char = '\u{e000}';

/// How long a number is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places {
    /// A number with this many places at most is shown as it is.
    exact: u32,
    /// Any other is rounded to this many.
    rounded: u32,
}

impl Places {
    /// Of figures and what follows from them.
    pub(super) const OF_FIGURES: Self = Self { exact: 4, rounded: 2 };
    /// Of intervals, whose ends are never exact.
    pub(super) const OF_INTERVALS: Self = Self { exact: 2, rounded: 2 };
    /// Of what is forecast, which nobody knows more exactly.
    pub(super) const OF_FORECASTS: Self = Self { exact: 1, rounded: 1 };
}

/// Writes numbers and days in a language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    pub(super) language: Language,
}

impl Numbers {
    /// `31/12/2025` in Vietnamese, `2025-12-31` in English.
    pub(super) fn day(self, day: NaiveDate) -> String {
        match self.language {
            Language::Vietnamese => day.format("%d/%m/%Y").to_string(),
            Language::English => day.to_string(),
        }
    }

    /// The label of a period, its days where it has no name of its own.
    pub(super) fn period(self, period: &Period) -> String {
        match period.cadence() {
            Some(Cadence::Day) => self.day(period.first()),
            Some(_) => period.label(),
            None => format!("{}{TIED}– {}", self.day(period.first()), self.day(period.last())),
        }
    }

    /// Plain digits with the decimal sign and the thousands of the language.
    pub(super) fn write(self, digits: &str) -> String {
        let (thousands, decimal) = match self.language {
            Language::Vietnamese => ('.', ','),
            Language::English => (',', '.'),
        };
        let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
        let (units, fraction) = digits.split_once('.').map_or((digits, None), |(units, fraction)| (units, Some(fraction)));
        let mut written = sign.to_owned();
        let count = units.chars().count();
        for (place, digit) in units.chars().enumerate() {
            if place > 0 && count.saturating_sub(place).is_multiple_of(3) {
                written.push(thousands);
            }
            written.push(digit);
        }
        if let Some(fraction) = fraction {
            written.push(decimal);
            written.push_str(fraction);
        }
        written
    }

    /// The number exactly, up to 12 places; where it goes on, the digits that stand there in any case and `…`.
    pub(super) fn exact(self, value: &Ratio) -> String {
        match cut(value) {
            None => self.write(&Rounding::DOCUMENT.shortest(value)),
            // What is cut off takes the sign with it where nothing else is left.
            Some(cut) if cut.is_zero() && value.is_negative() => format!("-{}…", self.write(&Rounding::DOCUMENT.fixed(&cut))),
            Some(cut) => format!("{}…", self.write(&Rounding::DOCUMENT.fixed(&cut))),
        }
    }

    /// The number, rounded if it is long, on its own side of every one of `thresholds`, as exact and as they are shown.
    pub(super) fn beside(self, value: &Ratio, thresholds: &[Ratio]) -> String {
        self.written(&shown(value, Places::OF_FIGURES, thresholds))
    }

    /// Numbers that are read together: each on its own side of `thresholds` and of the others, as exact and as they are
    /// shown, so that none looks equal to or beyond another that it is not.
    pub(super) fn apart<const N: usize>(self, places: Places, values: [&Ratio; N], thresholds: &[Ratio]) -> [String; N] {
        let mut before: Vec<(&Ratio, Ratio)> = Vec::new();
        values.map(|value| {
            let others = values.into_iter().filter(|other| *other != value);
            let as_shown = before.iter().filter(|(exact, _)| *exact != value).map(|(_, as_shown)| as_shown);
            let beside: Vec<Ratio> = thresholds.iter().chain(others).chain(as_shown).cloned().collect();
            let shown = shown(value, places, &beside);
            before.push((value, shown.digits().parse().map_or_else(|_| value.clone(), |digits: Number| Ratio::from(digits))));
            self.written(&shown)
        })
    }

    fn written(self, shown: &Shown) -> String {
        match shown.sign() {
            Some(sign) => format!("{sign}{TIED}{}", self.write(shown.digits())),
            None => self.write(shown.digits()),
        }
    }

    /// The number, rounded if it is long, and never to 0 unless it is 0.
    pub(super) fn never_zero(self, value: &Ratio) -> String {
        self.beside(value, &[Ratio::ZERO])
    }

    /// A share of 1 in percent, never rounded to 0 or 100 %.
    pub(super) fn percentage(self, share: &Ratio) -> String {
        let hundred = Ratio::from(100);
        let text = self.beside(&(share * &hundred), &[Ratio::ZERO, hundred]);
        format!("{text}{TIED}{}", Word::Percent.text(self.language))
    }

    /// A probability in percent; 0 and 100 % only where it is `certain`.
    pub(super) fn probability(self, probability: &Ratio, certain: bool) -> String {
        let hundred = Ratio::from(100);
        let percent = probability * &hundred;
        let least = Ratio::new(1, 10).unwrap_or(Ratio::ONE);
        let most = &hundred - &least;
        let text = match certain {
            false if percent < least => format!("<{TIED}{}", self.exact(&least)),
            false if percent > most => format!(">{TIED}{}", self.exact(&most)),
            _ => self.written(&shown(&percent, Places::OF_FORECASTS, &[])),
        };
        format!("{text}{TIED}{}", Word::Percent.text(self.language))
    }

    /// A difference with its sign, and never 0 unless it is 0.
    pub(super) fn signed(self, difference: &Ratio) -> String {
        let text = self.never_zero(difference);
        let is_rise = text.starts_with(|c: char| c.is_ascii_digit()) && !difference.is_zero();
        if is_rise { format!("+{text}") } else { text }
    }

    /// A written number with its unit; `value` says whether it is one or many.
    pub(super) fn with_unit(self, written: &str, value: &Ratio, unit: &Unit) -> String {
        let noun = self.noun(value, unit);
        if noun.is_empty() { written.to_owned() } else { format!("{written}{TIED}{noun}") }
    }

    /// The word for a unit, of one thing or of many; one that is not known stays as it is.
    pub(super) fn noun(self, value: &Ratio, unit: &Unit) -> String {
        let one = *value == Ratio::ONE;
        let word = match unit.as_str() {
            "percent" => Word::Percent,
            "percentage points" => Word::PercentagePoints,
            "people" if one => Word::Person,
            "people" => Word::People,
            "documents" if one => Word::OneDocument,
            "documents" => Word::Documents,
            "procedures" if one => Word::OneProcedure,
            "procedures" => Word::Procedures,
            "days" if one => Word::OneDay,
            "days" => Word::Days,
            "points" if one => Word::OnePoint,
            "points" => Word::Points,
            "units" if one => Word::OneUnit,
            "units" => Word::Units,
            "cases" if one => Word::OneCase,
            "cases" => Word::Cases,
            "answers" if one => Word::OneAnswer,
            "answers" => Word::Answers,
            "vnd" => Word::Dong,
            other => return other.to_owned(),
        };
        word.text(self.language).replace(' ', &TIED.to_string())
    }

    /// An exact number with its unit.
    pub(super) fn exact_with_unit(self, value: &Ratio, unit: &Unit) -> String {
        self.with_unit(&self.exact(value), value, unit)
    }

    /// So many cases.
    pub(super) fn cases(self, count: &Ratio) -> String {
        self.exact_with_unit(count, &Unit::from("cases"))
    }

    /// A text of a finding with its plain numbers and days as the language writes them; all else stays.
    pub(super) fn localised(self, text: &str) -> String {
        let word = |word: &str| match parse_day(word) {
            Some(day) => self.day(day),
            None => word
                .split('/')
                .map(|part| part.split('+').map(|number| self.number_or_as_is(number)).collect::<Vec<_>>().join("+"))
                .collect::<Vec<_>>()
                .join("/"),
        };
        text.split(' ').map(word).collect::<Vec<_>>().join(" ")
    }

    fn number_or_as_is(self, text: &str) -> String {
        match text {
            "at_least" | "increase_by" => "≥".to_owned(),
            "at_most" | "reduce_by" => "≤".to_owned(),
            "above" => ">".to_owned(),
            "below" => "<".to_owned(),
            "exactly" => "=".to_owned(),
            "between" => Word::Range.text(self.language).to_owned(),
            "improve" => Word::BetterThan.text(self.language).to_owned(),
            _ => {
                let digits = text.strip_prefix('-').unwrap_or(text);
                let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
                let (units, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
                if plain(units) && plain(fraction) { self.write(text) } else { text.to_owned() }
            }
        }
    }
}

/// The number, rounded if it is long, on its own side of every one of `thresholds`, as exact and as they are shown.
fn shown(value: &Ratio, places: Places, thresholds: &[Ratio]) -> Shown {
    let is_exact = |scale: &u32| Rounding::half_up(*scale).apply(value) == *value;
    let scale = (0..=places.exact).find(is_exact).unwrap_or(places.rounded);
    let cuts: Vec<Ratio> = thresholds.iter().filter_map(cut).collect();
    Shown::new(value, scale).beside(thresholds.iter().chain(&cuts))
}

/// The number cut off after 12 places, where it goes on beyond them.
fn cut(value: &Ratio) -> Option<Ratio> {
    if Rounding::DOCUMENT.apply(value) == *value {
        return None;
    }
    let scale = Ratio::from(1_000_000_000_000_i64);
    let size = (&value.abs() * &scale).floor().divided_by(&scale)?;
    Some(if value.is_negative() { -size } else { size })
}
