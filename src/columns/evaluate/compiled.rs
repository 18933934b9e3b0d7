//! Rules as tables of whole numbers, by which rows are computed a block at a time.
//!
//! What is asked of a row is the sign of a [`Comparison`], or one quotient of whole numbers made of it.

use super::{Output, Rows};
use crate::assess::{Bound, Side, Status};
use crate::columns::comparison::{Comparison, fraction};
use crate::columns::lanes::{Table, size_bits};
use crate::columns::rule::Rule;
use crate::columns::settings::{Settings, power_of_ten};
use crate::number::Ratio;
use crate::plan::{Better, Kind};

/// The decimal places of the columns that come in, and of those that go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) numerator: u32,
    pub(super) denominator: u32,
    pub(super) result: u32,
}

impl Places {
    pub(super) fn of(rows: &Rows<'_>, settings: &Settings) -> Self {
        Self {
            numerator: rows.numerators.scale,
            denominator: rows.denominators.map_or(0, |figures| figures.scale),
            result: settings.places,
        }
    }
}

/// `round((u·n − v·d)·s / (by_whole·d + by_part·n))`; undefined where what it is divided by is not above 0.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) u: i64,
    pub(super) v: i64,
    pub(super) s: i64,
    pub(super) by_whole: i64,
    pub(super) by_part: i64,
}

impl Form {
    /// `(u·n − v·d)·factor/d`
    fn by_whole(u: i64, v: i64, factor: &Ratio) -> Option<Self> {
        let (s, by_whole) = fraction(factor)?;
        Some(Self { u, v, s, by_whole, by_part: 0 })
    }

    /// Whether it is `n·s/d`: a percentage, mostly.
    pub(super) fn is_plain(&self) -> bool {
        (self.u, self.v, self.by_whole, self.by_part) == (1, 0, 1, 0)
    }
}

/// One end of the values that meet a rule: `u·n − v·d ≥ strict`.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct End {
    pub(super) u: i64,
    pub(super) v: i64,
    pub(super) strict: i64,
}

/// Figures have to be `0 ≤ n ≤ d`.
pub(super) const COUNTS: i64 = 1;
/// Figures have to be `d ≥ 0`.
pub(super) const QUOTIENT: i64 = 2;
/// Figures have to be `n ≥ 0`.
pub(super) const NOT_NEGATIVE: i64 = 4;
/// Rows go one by one, by the rule itself.
pub(super) const ONE_BY_ONE: i64 = 8;

/// What is lacking is what the variance is below 0.
pub(super) const LACKS_BELOW: i64 = 1;
/// What is lacking is what the variance is above 0.
pub(super) const LACKS_ABOVE: i64 = 2;

/// Everything of one rule.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Entry {
    low: End,
    high: End,
    cases: End,
    actual: Form,
    variance: Form,
    /// The variance to the upper end of a range.
    high_variance: Form,
    /// The thresholds in the places of the result, where these are whole numbers.
    whole_thresholds: Option<(i64, i64)>,
    ratio: Form,
    progress: Form,
    lacks: i64,
}

impl Entry {
    /// What is asked of a rule; none where some number does not fit.
    fn new(rule: &Rule, places: Places, scale: &Ratio, wanted: &[Output]) -> Option<Self> {
        let wants = |output: Output| wanted.contains(&output);
        let test = rule.test()?;
        let bound = &test.bound;
        let whole = rule.whole(places.numerator, places.denominator);
        let against = |c: &Ratio| Comparison::new(c, &whole);
        let thresholds = bound.thresholds();
        let (low, high) = (*thresholds.first()?, *thresholds.last()?);
        let (to_low, to_high) = (against(low)?, against(high)?);
        let mut entry = Self::default();

        let (from, to) = test.range();
        let end = |end: &std::ops::Bound<Ratio>, sign: i64| {
            let (value, strict) = match end {
                std::ops::Bound::Included(value) => (value, 0),
                std::ops::Bound::Excluded(value) => (value, 1),
                // 0 ≥ 0
                std::ops::Bound::Unbounded => return Some(End::default()),
            };
            let other;
            let comparison = if value == low {
                &to_low
            } else if value == high {
                &to_high
            } else {
                other = against(value)?;
                &other
            };
            Some(End { u: comparison.u.checked_mul(sign)?, v: comparison.v.checked_mul(sign)?, strict })
        };
        (entry.low, entry.high) = (end(&from, 1)?, end(&to, -1)?);

        let value = against(&Ratio::ZERO)?;
        let is_gap = wants(Output::Variance) || wants(Output::Shortfall);
        if is_gap || wants(Output::Actual) {
            entry.actual = Form::by_whole(value.u, value.v, &(&value.k * scale))?;
        }
        if is_gap {
            let variance = |to: &Comparison| Form::by_whole(to.u, to.v, &(&to.k * scale));
            (entry.variance, entry.high_variance) = (variance(&to_low)?, variance(&to_high)?);
            let scaled = |t: &Ratio| (t * scale).to_i64().filter(|t| t.unsigned_abs() < 1 << 62);
            entry.whole_thresholds = scaled(low).zip(scaled(high));
            entry.lacks = match bound {
                Bound::OneSided(side, _) if side.is_upward() => LACKS_BELOW,
                Bound::Improve(Better::Higher, _) => LACKS_BELOW,
                Bound::OneSided(..) | Bound::Improve(..) => LACKS_ABOVE,
                Bound::Exactly(_) | Bound::Between(..) => LACKS_BELOW | LACKS_ABOVE,
            };
        }
        let Some((side, t)) = bound.side() else { return Some(entry) };
        if wants(Output::RatioToTarget) {
            entry.ratio = Self::ratio(side, t, &value, scale)?;
        }
        if wants(Output::Progress)
            && let (true, Some(b)) = (bound.has_way(rule.baseline()).is_ok(), rule.baseline())
        {
            let to_baseline = against(b)?;
            let factor = (&to_baseline.k * scale).divided_by(&(t - b))?;
            entry.progress = Form::by_whole(to_baseline.u, to_baseline.v, &factor)?;
        }
        if matches!(rule.kind(), Kind::Share | Kind::OnTime) {
            let sign = if side.is_upward() { 1 } else { -1 };
            let (u, v) = (to_low.u.checked_mul(sign)?, to_low.v.checked_mul(sign)?);
            entry.cases = End { u, v, strict: i64::from(side.is_strict()) };
        }
        Some(entry)
    }

    /// Higher is better: a/T for a ≥ 0, T > 0. Lower is better: T/a for a > 0, T ≥ 0.
    fn ratio(side: Side, t: &Ratio, value: &Comparison, scale: &Ratio) -> Option<Form> {
        if side.is_upward() {
            let is_there = !t.is_zero() && !t.is_negative();
            let factor = || (&value.k * scale).divided_by(t);
            return if is_there { Form::by_whole(value.u, value.v, &factor()?) } else { Some(Form::default()) };
        }
        if t.is_negative() {
            return Some(Form::default());
        }
        let (s, by_part) = fraction(&(t * scale).divided_by(&(&value.k * &Ratio::from(value.u)))?)?;
        Some(Form { u: 0, v: -1, s, by_whole: 0, by_part })
    }
}

/// A form as tables, one entry a rule.
pub(super) struct Forms {
    pub(super) u: Table,
    pub(super) v: Table,
    pub(super) s: Table,
    pub(super) by_whole: Table,
    pub(super) by_part: Table,
    /// Where every rule has the same numbers.
    pub(super) same: Option<Form>,
}

impl Forms {
    fn new(forms: &[Form]) -> Self {
        let table = |of: fn(&Form) -> i64| Table::new(forms.iter().map(of));
        Self {
            u: table(|form| form.u),
            v: table(|form| form.v),
            s: table(|form| form.s),
            by_whole: table(|form| form.by_whole),
            by_part: table(|form| form.by_part),
            same: forms.first().copied().filter(|first| forms.iter().all(|form| form == first)),
        }
    }
}

/// Ends as tables, one entry a rule.
pub(super) struct Ends {
    pub(super) u: Table,
    pub(super) v: Table,
    /// None where no end is strict.
    pub(super) strict: Option<Table>,
}

impl Ends {
    fn new(ends: &[End]) -> Self {
        let table = |of: fn(&End) -> i64| Table::new(ends.iter().map(of));
        let is_strict = ends.iter().any(|end| end.strict != 0);
        Self { u: table(|end| end.u), v: table(|end| end.v), strict: is_strict.then(|| table(|end| end.strict)) }
    }
}

/// How the variance is computed.
pub(super) enum Variances {
    /// From the quotient of the actual, less the threshold, where every threshold is a whole number in the places of the result.
    OfActual { low: Table, high: Option<Table> },
    /// By quotients of their own.
    Own(Box<Own>),
}

/// The forms of the variances to the lower end of a range, and to its upper end where some rule has one.
pub(super) struct Own {
    pub(super) low: Forms,
    pub(super) high: Option<Forms>,
}

/// What rules have in common, where they do: a look-up less.
pub(super) struct Trait {
    pub(super) table: Table,
    pub(super) same: Option<i64>,
}

impl Trait {
    fn new(values: &[i64]) -> Self {
        let same = values.first().copied().filter(|first| values.iter().all(|value| value == first));
        Self { table: Table::new(values.iter().copied()), same }
    }
}

/// Rules ready for blocks, for the outputs that were asked for.
pub(super) struct Compiled {
    pub(super) ends: Ends,
    /// The upper ends, where some rule has two.
    pub(super) high_ends: Option<Ends>,
    /// The ends that cases are counted against; none where these are `ends`.
    pub(super) case_ends: Option<Ends>,
    pub(super) actual: Forms,
    pub(super) variance: Variances,
    pub(super) ratio: Option<Forms>,
    pub(super) progress: Option<Forms>,
    pub(super) lacks: Trait,
    pub(super) checks: Trait,
    /// The place in `Status::ALL` where there are no cases.
    pub(super) no_cases: Trait,
    /// The bits that the numbers of each rule take: of u, v and divisors.
    pub(super) bits: [Table; 3],
    pub(super) most_bits: [u32; 3],
    /// 1 in the places of the result.
    pub(super) one: i64,
}

impl Compiled {
    /// Whether rules with these checks are about quotients, and are computed in blocks.
    pub(super) fn are_quotients(checks: i64) -> bool {
        checks & QUOTIENT != 0 && checks & ONE_BY_ONE == 0
    }

    pub(super) fn new(rules: &[Rule], places: Places, wanted: &[Output]) -> Self {
        let wants = |output: Output| wanted.contains(&output);
        let counts_cases = wants(Output::ShortBy) || wants(Output::Allowance);
        let has_gap = wants(Output::Variance) || wants(Output::Shortfall);
        let has_places = places.numerator > 0 || places.denominator > 0;
        let scale = power_of_ten(places.result);
        let entry = |rule: &Rule| {
            // Whether decimals are whole cases is asked row by row.
            let is_counted = matches!(rule.kind(), Kind::Share | Kind::OnTime);
            Entry::new(rule, places, &scale, wanted).filter(|_| !(counts_cases && has_places && is_counted))
        };
        let found: Vec<Option<Entry>> = rules.iter().map(entry).collect();
        let checks: Vec<i64> = rules.iter().zip(&found).map(|(rule, entry)| checks(rule, places, entry.is_none())).collect();
        let no_cases: Vec<i64> = rules.iter().map(no_cases).collect();
        let entries: Vec<Entry> = found.into_iter().map(Option::unwrap_or_default).collect();

        let forms = |of: fn(&Entry) -> Form| Forms::new(&entries.iter().map(of).collect::<Vec<_>>());
        let ends = |of: fn(&Entry) -> End| Ends::new(&entries.iter().map(of).collect::<Vec<_>>());
        let unbounded = End::default();
        let is_single = entries.iter().all(|entry| entry.low == unbounded || entry.high == unbounded);
        let has_range = entries.iter().any(|entry| entry.variance != entry.high_variance);
        let whole: Option<Vec<(i64, i64)>> = entries
            .iter()
            .map(|entry| entry.whole_thresholds.or_else(|| (*entry == Entry::default()).then_some((0, 0))))
            .collect();
        let variance = match whole {
            Some(whole) => Variances::OfActual {
                low: Table::new(whole.iter().map(|(low, _)| *low)),
                high: has_range.then(|| Table::new(whole.iter().map(|(_, high)| *high))),
            },
            None => {
                let high = has_range.then(|| forms(|entry| entry.high_variance));
                Variances::Own(Box::new(Own { low: forms(|entry| entry.variance), high }))
            }
        };
        let is_same = |entry: &Entry| entry.cases == unbounded || entry.cases == entry.single();
        let cases_are_ends = is_single && entries.iter().all(is_same) && entries.iter().all(|entry| entry.cases != unbounded);
        // One rule whose threshold has more places is enough for all of them to be divided by their own numbers.
        let has_own_gap = has_gap && matches!(variance, Variances::Own(_));
        let bits: Vec<[u32; 3]> = entries.iter().map(|entry| entry.bits(wanted, has_own_gap)).collect();
        let of_rule = |place: usize| Table::new(bits.iter().map(move |bits| bits.get(place).copied().unwrap_or(0).into()));
        let most = |place: usize| bits.iter().filter_map(|bits| bits.get(place).copied()).max().unwrap_or(0);
        Self {
            ends: ends(if is_single { Entry::single } else { |entry| entry.low }),
            high_ends: (!is_single).then(|| ends(|entry| entry.high)),
            case_ends: (counts_cases && !cases_are_ends).then(|| ends(|entry| entry.cases)),
            actual: forms(|entry| entry.actual),
            variance,
            // Never taken for plain quotients: their columns are looked at again when they are rounded.
            ratio: wants(Output::RatioToTarget).then(|| Forms { same: None, ..forms(|entry| entry.ratio) }),
            progress: wants(Output::Progress).then(|| forms(|entry| entry.progress)),
            lacks: Trait::new(&entries.iter().map(|entry| entry.lacks).collect::<Vec<_>>()),
            checks: Trait::new(&checks),
            no_cases: Trait::new(&no_cases),
            bits: [of_rule(0), of_rule(1), of_rule(2)],
            most_bits: [most(0), most(1), most(2)],
            one: power_of_ten(places.result).to_i64().unwrap_or(0),
        }
    }
}

impl Entry {
    /// The only end, where there are not two.
    fn single(&self) -> End {
        if self.low == End::default() { self.high } else { self.low }
    }

    /// The bits that u, v and divisors take in what is asked for.
    fn bits(&self, wanted: &[Output], has_own_gap: bool) -> [u32; 3] {
        let mut most = [0; 3];
        let mut take = |numbers: [i64; 3]| {
            for (most, number) in most.iter_mut().zip(numbers) {
                *most = size_bits(number).max(*most);
            }
        };
        for end in [self.low, self.high, self.cases] {
            take([end.u, end.v, 0]);
        }
        let mut form = |form: Form| take([form.u, form.v, form.by_whole | form.by_part]);
        form(self.actual);
        if has_own_gap {
            form(self.variance);
            form(self.high_variance);
        }
        if wanted.contains(&Output::RatioToTarget) {
            form(self.ratio);
        }
        if wanted.contains(&Output::Progress) {
            form(self.progress);
        }
        most
    }
}

fn checks(rule: &Rule, places: Places, one_by_one: bool) -> i64 {
    let possible = rule.possible(places.numerator == places.denominator);
    let flags = [
        (COUNTS, possible.is_part),
        (NOT_NEGATIVE, possible.is_not_negative),
        (QUOTIENT, rule.is_quotient()),
        (ONE_BY_ONE, one_by_one || !possible.is_all),
    ];
    flags.into_iter().filter(|(_, is_set)| *is_set).fold(0, |checks, (flag, _)| checks | flag)
}

/// The place in `Status::ALL` of what a whole of 0 means.
fn no_cases(rule: &Rule) -> i64 {
    let status = rule.status_of(&Ratio::ZERO, Some(&Ratio::ZERO));
    Status::ALL.iter().position(|other| *other == status).and_then(|place| i64::try_from(place).ok()).unwrap_or(0)
}
