//! The exact formulas, written from the table in §13 of `docs/SEMANTICS.md` alone.

use std::collections::BTreeMap;

use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

use super::estimates;
use super::value::{Value, half, whole};

/// The inputs of a step by name.
pub(super) struct Inputs(pub(super) BTreeMap<String, Value>);

type Number = BigRational;

impl Inputs {
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(super) fn number(&self, name: &str) -> Result<Number, String> {
        match self.0.get(name) {
            Some(Value::Number(number)) => Ok(number.clone()),
            other => Err(format!("'{name}' is {other:?}, not a number")),
        }
    }

    pub(super) fn word(&self, name: &str) -> Result<&str, String> {
        match self.0.get(name) {
            Some(Value::Word(word)) => Ok(word),
            other => Err(format!("'{name}' is {other:?}, not a word")),
        }
    }

    pub(super) fn day(&self, name: &str) -> Result<chrono::NaiveDate, String> {
        match self.0.get(name) {
            Some(Value::Day(day)) => Ok(*day),
            other => Err(format!("'{name}' is {other:?}, not a day")),
        }
    }

    pub(super) fn float(&self, name: &str) -> Result<f64, String> {
        self.number(name)?.to_f64().ok_or_else(|| name.to_owned())
    }

    /// The members of a list, from the first on.
    pub(super) fn list(&self, name: &str) -> Vec<&Value> {
        (1..).map_while(|place| self.0.get(&format!("{name} {place}"))).collect()
    }

    pub(super) fn numbers(&self, name: &str) -> Result<Vec<Number>, String> {
        (1..=self.list(name).len()).map(|place| self.number(&format!("{name} {place}"))).collect()
    }

    fn days_between(&self, from: &str, to: &str) -> Result<Number, String> {
        Ok(whole((self.day(to)? - self.day(from)?).num_days()))
    }

    fn strict(&self) -> Result<bool, String> {
        self.flag("strict")
    }

    /// 1 or 0.
    fn flag(&self, name: &str) -> Result<bool, String> {
        match self.number(name)? {
            flag if flag.is_zero() => Ok(false),
            flag if flag == whole(1) => Ok(true),
            other => Err(format!("'{name}' is {other}")),
        }
    }

    /// A number that need not be there.
    pub(super) fn optional(&self, name: &str) -> Result<Option<Number>, String> {
        if self.has(name) { self.number(name).map(Some) } else { Ok(None) }
    }
}

/// An end of a range, and whether it is outside itself.
type End = Option<(Number, bool)>;

/// The values that meet a requirement.
pub(super) struct Range {
    pub(super) low: End,
    pub(super) high: End,
}

impl Range {
    /// From the inputs `low`, `low_open`, `high` and `high_open`, before whose names another word may stand.
    pub(super) fn new(of: &Inputs, before: &str) -> Result<Self, String> {
        let end = |name: &str| -> Result<End, String> {
            let name = format!("{before}{name}");
            of.optional(&name)?.map(|at| Ok((at, of.flag(&format!("{name}_open"))?))).transpose()
        };
        let (low, high) = (end("low")?, end("high")?);
        if low.is_none() && high.is_none() { Err("a range without ends".to_owned()) } else { Ok(Self { low, high }) }
    }

    /// Whether x is not below the range.
    pub(super) fn begins_before(&self, x: &Number) -> bool {
        self.low.as_ref().is_none_or(|(low, open)| if *open { x > low } else { x >= low })
    }

    /// Whether x is not above it.
    pub(super) fn ends_after(&self, x: &Number) -> bool {
        self.high.as_ref().is_none_or(|(high, open)| if *open { x < high } else { x <= high })
    }

    pub(super) fn holds(&self, x: &Number) -> bool {
        self.begins_before(x) && self.ends_after(x)
    }
}

fn unit_of(of: &Inputs) -> Result<Number, String> {
    let places = of.number("places")?.to_usize().ok_or("places")?;
    Ok(whole(1) / num_traits::pow(whole(10), places))
}

/// m and m − u/2.
fn rounded_low(of: &Inputs) -> Result<(Number, Number), String> {
    let u = unit_of(of)?;
    let m = least(&(of.number("end")? / &u), of.flag("open")?) * &u;
    Ok((m.clone(), m - u * half()))
}

/// m and m + u/2.
fn rounded_high(of: &Inputs) -> Result<(Number, Number), String> {
    let u = unit_of(of)?;
    let m = -least(&(-of.number("end")? / &u), of.flag("open")?) * &u;
    Ok((m.clone(), m + u * half()))
}

fn is_rounded_elsewhere((m, end): (Number, Number), of: &Inputs) -> Result<Number, String> {
    let to_even = match of.word("mode")? {
        "half_even" => true,
        "half_up" => false,
        other => return Err(format!("the mode '{other}'")),
    };
    Ok(whole(i64::from(round(&end, &of.number("places")?, to_even)? != m)))
}

fn over(above: Number, below: &Number) -> Result<Number, String> {
    if below.is_zero() { Err("a division by 0".to_owned()) } else { Ok(above / below) }
}

/// `⌈x⌉`, or the least whole number above x.
fn least(x: &Number, strict: bool) -> Number {
    if strict { x.floor() + whole(1) } else { x.ceil() }
}

fn or_zero(x: Number) -> Number {
    if x.is_negative() { whole(0) } else { x }
}

fn word(word: &str) -> Result<Value, String> {
    Ok(Value::Word(word.to_owned()))
}

fn met(holds: bool) -> Result<Value, String> {
    word(if holds { "met" } else { "not_met" })
}

/// What a formula gives for its inputs.
pub(super) fn evaluate(formula: &str, of: &Inputs) -> Result<Value, String> {
    let n = |name: &str| of.number(name);
    let hundred = || whole(100);
    let cases = || -> Result<Number, String> { Ok(n("in_time")? + n("late")? + n("overdue")?) };
    let all_cases = || -> Result<Number, String> { Ok(cases()? + n("not_due")?) };
    let weighted = || -> Result<(Number, Number), String> {
        let (values, weights) = (of.numbers("value")?, of.numbers("weight")?);
        let sum = values.iter().zip(&weights).map(|(value, weight)| value * weight).sum();
        Ok((sum, weights.into_iter().sum()))
    };
    let sum = |name: &str| -> Result<Number, String> { Ok(of.numbers(name)?.into_iter().sum()) };
    let beyond = || -> Result<Number, String> { Ok(n("over")? * n("factor")? - n("threshold")? * n("under")?) };
    Ok(Value::Number(match formula {
        "stated" | "path_held" => return of.0.get("value").cloned().ok_or_else(|| "no value".to_owned()),
        "improve" => n("baseline")?,
        "sum" => sum("term")?,
        "share" => over(n("part")? * hundred(), &n("whole")?)?,
        "ratio" => over(n("numerator")? * n("factor")?, &n("denominator")?)?,
        "mean" => over(n("total")? * n("factor")?, &n("weight")?)?,
        "survey" => over(n("positive")? * hundred(), &n("valid")?)?,
        "on_time" => over(n("in_time")? * hundred(), &cases()?)?,
        "weighted_mean" => weighted().and_then(|(sum, weights)| over(sum, &weights))?,
        "weighted_sum" => weighted()?.0,
        "lowest_rate" => over(n("in_time")? * hundred(), &all_cases()?)?,
        "highest_rate" => over((n("in_time")? + n("not_due")?) * hundred(), &all_cases()?)?,
        "maturity" => over(cases()?, &all_cases()?)?,
        "relative_change" => n("baseline")?.abs() * n("percent")? / hundred(),
        "reduce_by" => n("baseline")? - n("change")?,
        "increase_by" => n("baseline")? + n("change")?,
        "attainable_at_least" => n("threshold")?.ceil(),
        "attainable_at_most" => n("threshold")?.floor(),
        "attainable_above" => n("threshold")?.floor() + whole(1),
        "attainable_below" => n("threshold")?.ceil() - whole(1),
        "round_half_up" | "round_half_even" => round(&n("value")?, &n("places")?, formula == "round_half_even")?,
        "meets_at_least" => return met(n("actual")? >= n("threshold")? - n("tolerance")?),
        "meets_at_most" => return met(n("actual")? <= n("threshold")? + n("tolerance")?),
        "meets_above" => return met(n("actual")? > n("threshold")? - n("tolerance")?),
        "meets_below" => return met(n("actual")? < n("threshold")? + n("tolerance")?),
        "meets_exactly" => return met((n("actual")? - n("threshold")?).abs() <= n("tolerance")?),
        "meets_between" => {
            let (a, tolerance) = (n("actual")?, n("tolerance")?);
            return met(n("low")? - &tolerance <= a && a <= n("high")? + tolerance);
        }
        "range_low" => n("threshold")? - n("tolerance")?,
        "range_high" => n("threshold")? + n("tolerance")?,
        "rounded_low" => rounded_low(of)?.1,
        "rounded_high" => rounded_high(of)?.1,
        "rounded_low_open" => is_rounded_elsewhere(rounded_low(of)?, of)?,
        "rounded_high_open" => is_rounded_elsewhere(rounded_high(of)?, of)?,
        "variance" => n("actual")? - n("threshold")?,
        "variance_between" => match n("actual")? {
            a if a < n("low")? => a - n("low")?,
            a if a > n("high")? => a - n("high")?,
            _ => whole(0),
        },
        "shortfall_upward" => or_zero(-n("variance")?),
        "shortfall_downward" => or_zero(n("variance")?),
        "shortfall_both_ways" => n("variance")?.abs(),
        "shortfall_share" => over(n("shortfall")?, &n("threshold")?.abs())?,
        "ratio_upward" => over(n("actual")?, &n("threshold")?)?,
        "ratio_downward" if n("actual")?.is_zero() && n("threshold")?.is_zero() => whole(1),
        "ratio_downward" => over(n("threshold")?, &n("actual")?)?,
        "progress" => over(n("actual")? - n("baseline")?, &(n("threshold")? - n("baseline")?))?,
        "threshold_share" => over(n("threshold")?, &n("factor")?)?,
        "complement_share" => whole(1) - n("share")?,
        "complement_count" => n("whole")? - n("counted")?,
        "short_by" => or_zero(least(&(n("share")? * n("whole")?), of.strict()?) - n("counted")?),
        "allowance" => n("counted")? - least(&(n("share")? * n("whole")?), of.strict()?),
        "in_a_row" => {
            let (needed, counted, strict) = (n("share")? * n("whole")?, n("counted")?, of.strict()?);
            let holds = if strict { counted > needed } else { counted >= needed };
            if holds { whole(0) } else { least(&over(needed - counted, &(whole(1) - n("share")?))?, strict) }
        }
        "remaining" => n("expected")? - n("whole")?,
        "remaining_on_time" => (n("expected")? - n("whole")?).max(n("not_due")?),
        "needed_of_remaining" => or_zero(least(&(n("share")? * (n("whole")? + n("remaining")?)), of.strict()?) - n("counted")?),
        "required_share" => over(n("needed")?, &n("remaining")?)?,
        "feasibility" if n("needed")?.is_zero() => return word("secured"),
        "feasibility" => return word(if n("needed")? > n("remaining")? { "lost" } else { "open" }),
        "lost_without_outlook" => {
            let (needed, counted) = (n("share")? * n("whole")?, n("counted")?);
            let holds = if of.strict()? { counted > needed } else { counted >= needed };
            return if n("share")? >= whole(1) && !holds { word("lost") } else { Err("it is not lost".to_owned()) };
        }
        "left_to_threshold" => n("threshold")? - n("actual")?,
        "left_each" => over(n("amount")?, &n("periods")?)?,
        "left_of_phase" => over(n("phase")? * n("days_left")?, &n("days")?)?,
        "left_by_phase" => over(n("amount")? * n("share")?, &n("all")?)?,
        "required_average" => {
            let remaining = n("remaining")?;
            over(n("threshold")? * (n("whole")? + &remaining) - n("counted")? * n("factor")?, &remaining)?
        }
        "path_linear" => {
            let part = over(of.days_between("from_on", "on")?, &of.days_between("from_on", "to_on")?)?;
            n("from")? + (n("to")? - n("from")?) * part
        }
        "path_compound" => return estimates::path_compound(of),
        "days_covered" => {
            let (first, through) = (of.list("first"), of.list("through"));
            let days = first.iter().zip(through).map(|pair| match pair {
                (Value::Day(first), Value::Day(through)) => Ok((*through - *first).num_days() + 1),
                _ => Err("not a day".to_owned()),
            });
            whole(days.sum::<Result<i64, String>>()?)
        }
        "share_by_days" => over(n("covered")?, &n("days")?)?,
        "share_by_phases" => {
            let (phases, covered, days) = (of.numbers("phase")?, of.numbers("covered")?, of.numbers("days")?);
            let parts = phases.iter().zip(&covered).zip(&days).map(|((phase, covered), days)| over(phase * covered, days));
            parts.sum::<Result<Number, String>>()?
        }
        "pro_rata" => n("value")? * n("share")?,
        "planned_progress" => over(n("expected")? - n("baseline")?, &(n("threshold")? - n("baseline")?))?,
        "pace" => over(n("progress")?, &n("planned_progress")?)?,
        "pace_of_amount" => over(n("actual")?, &n("expected")?)?,
        "lead_linear" => {
            let part = over(n("actual")? - n("from")?, &(n("to")? - n("from")?))?;
            (of.days_between("on", "from_on")? + part * of.days_between("from_on", "to_on")?).floor()
        }
        "lead_compound" => return estimates::lead_compound(of),
        "lead_at_anchor" => of.days_between("on", "anchor_on")?,
        "yearly_rate" => {
            let year = whole(3_652_425) / whole(10_000);
            over((n("to")? - n("from")?) * year, &of.days_between("from_on", "to_on")?)?
        }
        "acceleration" => over(n("required_rate")?, &n("observed_rate")?)?,
        "change_points" => n("actual")? - n("earlier")?,
        "change_percent" => over(n("points")? * hundred(), &n("earlier")?.abs())?,
        "contribution_to_actual" => over(n("over")? * n("factor")?, &n("all")?)?,
        "contribution_to_variance" => over(beyond()?, &n("all")?)?,
        "contribution_in_cases" => over(beyond()?, &n("factor")?)?,
        "threshold_by_baseline" => over(n("threshold")? * n("own_baseline")?, &n("baseline")?)?,
        "threshold_equal_part" => over(n("threshold")?, &n("units")?)?,
        "own_change" => n("now")? - n("then")?,
        "rate_effect" => {
            let [w1, w0, r1, r0, added] = rates(of)?;
            added - (w1 - w0) * (r1 + r0) * half()
        }
        "mix_effect" => {
            let [w1, w0, r1, r0, _] = rates(of)?;
            let all = |when: &str| {
                over(n(&format!("all_over_{when}"))? * n(&format!("factor_{when}"))?, &n(&format!("all_under_{when}"))?)
            };
            (w1 - w0) * ((r1 + r0) * half() - (all("now")? + all("then")?) * half())
        }
        "day_reached" => return day_reached(of),
        "latest_day" | "days_late" => return latest_or_late(formula, of),
        "units_holding" => {
            let holds =
                |value: &&Value| matches!(value, Value::Word(word) if matches!(word.as_str(), "met" | "secured" | "met_so_far"));
            whole(i64::try_from(of.0.values().filter(holds).count()).unwrap())
        }
        "reached_already" if Range::new(of, "")?.holds(&n("value")?) => return of.day("on").map(Value::Day),
        "reached_already" => return Err("the value does not meet it".to_owned()),
        other => return estimates::evaluate(other, of),
    }))
}

/// The unit's weights and rates, now and then, and the change of what it adds.
fn rates(of: &Inputs) -> Result<[Number; 5], String> {
    let standing = |when: &str| -> Result<(Number, Option<Number>, Number), String> {
        let n = |name: &str| of.number(&format!("{name}_{when}"));
        let (above, under, all) = (n("over")? * n("factor")?, n("under")?, n("all_under")?);
        let rate = if under.is_zero() { None } else { Some(above.clone() / &under) };
        Ok((over(under, &all)?, rate, over(above, &all)?))
    };
    let ((w1, r1, added_1), (w0, r0, added_0)) = (standing("now")?, standing("then")?);
    let one = r1.clone().or_else(|| r0.clone()).unwrap_or_else(|| whole(0));
    let other = r0.or(r1).unwrap_or_else(|| whole(0));
    Ok([w1, w0, one, other, added_1 - added_0])
}

fn day_reached(of: &Inputs) -> Result<Value, String> {
    let (needed, counts) = (of.number("needed")?, of.numbers("count")?);
    let mut so_far = whole(0);
    for (day, count) in of.list("day").into_iter().zip(counts) {
        so_far += count;
        if so_far >= needed {
            return Ok(day.clone());
        }
    }
    Err("never reached".to_owned())
}

fn latest_or_late(formula: &str, of: &Inputs) -> Result<Value, String> {
    if formula == "days_late" {
        return Ok(Value::Number(or_zero(of.days_between("due", "day")?)));
    }
    let days = of.list("day").into_iter().filter_map(|value| if let Value::Day(day) = value { Some(*day) } else { None });
    days.max().map(Value::Day).ok_or_else(|| "no day".to_owned())
}

fn round(value: &Number, places: &Number, to_even: bool) -> Result<Number, String> {
    let places = places.to_usize().ok_or("places")?;
    let power = num_traits::pow(whole(10), places);
    let size = value.abs() * &power;
    let (below, rest) = (size.floor(), size.fract());
    let is_odd = !(below.clone() * half()).is_integer();
    let up = rest > half() || (rest == half() && (!to_even || is_odd));
    let rounded = if up { below + whole(1) } else { below } / power;
    Ok(if value.is_negative() { -rounded } else { rounded })
}
