//! The values at which something about an actual becomes another.

use crate::assess::{Assessment, Bound};
use crate::number::{Ratio, Rounding};
use crate::plan::{Plan, Target};

/// The thresholds as they are tested, the expected value, and the values at the bands of the pace.
pub(super) fn edges(plan: &Plan, of: &Assessment) -> Vec<Ratio> {
    let Some(target) = plan.targets().iter().find(|target| *target.id == *of.target) else { return Vec::new() };
    let Ok(bound) = &of.threshold.bound else { return Vec::new() };
    let mut edges = of_test(target, bound);
    edges.extend(of_pace(plan, of, bound));
    edges
}

fn of_test(target: &Target, bound: &Bound) -> Vec<Ratio> {
    let tolerance = Ratio::from(target.tolerance());
    let Some(rounding) = target.compare_rounded else {
        let widened = bound.widened(&tolerance);
        return bound.thresholds().into_iter().chain(widened.thresholds()).cloned().collect();
    };
    let half = half_step(rounding);
    let around = |threshold: &Ratio| {
        let rounded = rounding.apply(threshold);
        let ends = [&rounded - &tolerance, &rounded + &tolerance];
        // A value rounds up to an end, or past it, from half a step away; ends lie between steps where the tolerance does.
        ends.map(|end| [end.clone(), rounding.apply(&end)]).concat()
    };
    let ends = bound.thresholds().into_iter().flat_map(around);
    ends.flat_map(|end| [&end - &half, &end + &half]).collect()
}

/// Half of what a rounding leaves between two neighbours.
fn half_step(rounding: Rounding) -> Ratio {
    let tenth = Ratio::new(1, 10).unwrap_or(Ratio::ONE);
    let half = Ratio::new(1, 2).unwrap_or(Ratio::ONE);
    (0..rounding.scale).fold(half, |step, _| step * &tenth)
}

fn of_pace(plan: &Plan, of: &Assessment, bound: &Bound) -> Vec<Ratio> {
    let (Ok(pace), Some((_, threshold))) = (&of.path, bound.side()) else { return Vec::new() };
    let Ok(expected) = &pace.expected else { return Vec::new() };
    let bands = [plan.pace_bands().on_track, plan.pace_bands().at_risk].map(Ratio::from);
    let mut edges = vec![expected.clone()];
    for band in bands {
        // An unfinished flow is compared with what is expected of it, a level by the way from its baseline.
        edges.push(&band * expected);
        if let (Ok(baseline), Ok(planned)) = (&of.baseline.value, &pace.planned_progress) {
            edges.push(baseline + &band * planned * (threshold - baseline));
        }
    }
    edges
}
