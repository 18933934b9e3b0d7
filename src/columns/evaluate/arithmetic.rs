//! What the lanes of a block come to: comparisons, quotients, and what is made of them.

use super::block::Block;
use super::compiled::{Ends, Form, Forms, LACKS_ABOVE, LACKS_BELOW, Trait, Variances};
use crate::columns::lanes::{Lane, Scale, divide, rounded_less};
use crate::columns::settings::UNDEFINED;

/// Leaves in `above` what each row lies above its end: `u·n − v·d − strict`.
#[inline(always)]
pub(super) fn hold_against(ends: &Ends, block: &mut Block) {
    ends.u.look_up(&block.codes, block.code, &mut block.u);
    ends.v.look_up(&block.codes, block.code, &mut block.v);
    difference(&mut block.above, (&block.u, &block.n), (&block.v, &block.d));
    if let Some(strict) = &ends.strict {
        strict.look_up(&block.codes, block.code, &mut block.more);
        block.above.iter_mut().zip(&block.more).for_each(|(above, strict)| *above = above.wrapping_sub(*strict));
    }
}

/// Leaves the allowance in `out`: `⌊(u·n − v·d − strict)/|u|⌋`; undefined where there is no u.
#[inline(always)]
pub(super) fn count_cases(block: &mut Block) {
    block.by.iter_mut().zip(&block.u).for_each(|(by, u)| *by = u.wrapping_abs());
    if divide(&block.above, Scale::One(1), &block.by, &mut block.whole, &mut block.rest) {
        block.set_large_alone();
    }
    for ((out, whole), by) in block.out.iter_mut().zip(&block.whole).zip(&block.by) {
        *out = if *by == 0 { UNDEFINED } else { *whole };
    }
    for row in &block.missing {
        block.out.iter_mut().skip(*row).take(1).for_each(|out| *out = UNDEFINED);
    }
}

/// Leaves the quotients of a form in `whole` and `rest`, and what they were divided by in `by`: 0 or below where there is none.
#[inline(always)]
pub(super) fn form(forms: &Forms, block: &mut Block) {
    let is_large = if let Some(form) = forms.same.filter(Form::is_plain) {
        block.by = block.d;
        divide(&block.n, Scale::One(form.s), &block.by, &mut block.whole, &mut block.rest)
    } else {
        forms.u.look_up(&block.codes, block.code, &mut block.u);
        forms.v.look_up(&block.codes, block.code, &mut block.v);
        difference(&mut block.out, (&block.u, &block.n), (&block.v, &block.d));
        forms.by_whole.look_up(&block.codes, block.code, &mut block.u);
        forms.by_part.look_up(&block.codes, block.code, &mut block.v);
        sum(&mut block.by, (&block.u, &block.d), (&block.v, &block.n));
        forms.s.look_up(&block.codes, block.code, &mut block.s);
        divide(&block.out, Scale::Each(&block.s), &block.by, &mut block.whole, &mut block.rest)
    };
    if is_large {
        block.set_large_alone();
    }
}

#[inline(always)]
pub(super) fn difference(out: &mut Lane, (u, n): (&Lane, &Lane), (v, d): (&Lane, &Lane)) {
    for ((out, (u, n)), (v, d)) in out.iter_mut().zip(u.iter().zip(n)).zip(v.iter().zip(d)) {
        *out = u.wrapping_mul(*n).wrapping_sub(v.wrapping_mul(*d));
    }
}

#[inline(always)]
pub(super) fn sum(out: &mut Lane, (u, n): (&Lane, &Lane), (v, d): (&Lane, &Lane)) {
    for ((out, (u, n)), (v, d)) in out.iter_mut().zip(u.iter().zip(n)).zip(v.iter().zip(d)) {
        *out = u.wrapping_mul(*n).wrapping_add(v.wrapping_mul(*d));
    }
}

/// Leaves the rounded quotients in `out`.
#[inline(always)]
pub(super) fn round(block: &mut Block) {
    let rows = block.whole.iter().zip(&block.rest).zip(&block.by);
    for (out, ((whole, rest), by)) in block.out.iter_mut().zip(rows) {
        *out = if *by > 0 { rounded_less(*whole, *rest, *by, 0) } else { UNDEFINED };
    }
}

/// The same of a ratio to the target: none below 0 or without cases, and 1 where lower is better and actual and target are 0.
#[inline(always)]
pub(super) fn round_ratio(block: &mut Block, one: i64) {
    round(block);
    // `v` has what a denominator is multiplied by: above 0 where lower is better.
    let rows = block.n.iter().zip(&block.d).zip(&block.s).zip(&block.v);
    for (out, (((n, d), s), by_part)) in block.out.iter_mut().zip(rows) {
        let are_both_zero = (*n == 0) & (*d > 0) & (*s == 0) & (*by_part > 0);
        *out = if are_both_zero { one } else { *out };
        *out = if (*n < 0) | (*d == 0) { UNDEFINED } else { *out };
    }
}

/// Leaves the variance in `out`; where it is that of the actual, whose quotients are there already.
#[inline(always)]
pub(super) fn variance(variances: &Variances, block: &mut Block) {
    match variances {
        Variances::OfActual { low, high } => {
            low.look_up(&block.codes, block.code, &mut block.u);
            less(&block.u, &block.whole, &block.rest, &block.by, &mut block.out);
            if let Some(high) = high {
                high.look_up(&block.codes, block.code, &mut block.u);
                less(&block.u, &block.whole, &block.rest, &block.by, &mut block.v);
                outside(&block.v, &mut block.out);
            }
        }
        Variances::Own(own) => {
            form(&own.low, block);
            round(block);
            if let Some(high) = &own.high {
                let to_low = block.out;
                form(high, block);
                round(block);
                std::mem::swap(&mut block.v, &mut block.out);
                block.out = to_low;
                outside(&block.v, &mut block.out);
            }
        }
    }
}

/// Rounded quotients less a number each.
#[inline(always)]
pub(super) fn less(subtrahends: &Lane, whole: &Lane, rest: &Lane, by: &Lane, out: &mut Lane) {
    let rows = whole.iter().zip(rest).zip(by).zip(subtrahends);
    for (out, (((whole, rest), by), subtrahend)) in out.iter_mut().zip(rows) {
        *out = if *by > 0 { rounded_less(*whole, *rest, *by, *subtrahend) } else { UNDEFINED };
    }
}

/// From the distances to both ends of a range, that from the range: 0 inside.
#[inline(always)]
pub(super) fn outside(to_high: &Lane, to_low: &mut Lane) {
    for (low, high) in to_low.iter_mut().zip(to_high) {
        *low = if *low == UNDEFINED { UNDEFINED } else { (*low).min(0).wrapping_add((*high).max(0)) };
    }
}

/// Turns the variance in `out` into what is lacking.
#[inline(always)]
pub(super) fn shortfall(lacks: &Trait, block: &mut Block) {
    lacks.table.look_up(&block.codes, block.code, &mut block.u);
    for (out, lacks) in block.out.iter_mut().zip(&block.u) {
        let below = if lacks & LACKS_BELOW == 0 { 0 } else { out.wrapping_neg() };
        let above = if lacks & LACKS_ABOVE == 0 { 0 } else { *out };
        *out = if *out == UNDEFINED { UNDEFINED } else { below.max(above).max(0) };
    }
}
