//! The named formulas, a closed list: what a step was made by, so that anyone can make it again.

use std::fmt;

macro_rules! formulas {
    ($($name:ident $code:literal $version:literal $expression:literal;)*) => {
        /// A named formula of a step; its inputs carry the names that stand in its expression.
        ///
        /// A numbered input (`value 1`, `value 2`, …) is one of a list. The list is extended together with §13 of
        /// `docs/SEMANTICS.md`, and a formula that changes gets a new version.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[allow(missing_docs, reason = "what each is stands in its expression")]
        pub enum Formula { $($name,)* }

        impl Formula {
            /// Every formula, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name that documents use.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// Its version.
            #[must_use]
            pub fn version(self) -> u32 {
                match self { $(Self::$name => $version),* }
            }

            /// What is computed, in the names of its inputs.
            #[must_use]
            pub fn expression(self) -> &'static str {
                match self { $(Self::$name => $expression),* }
            }
        }
    };
}

formulas! {
    // Figures.
    Stated "stated" 1 "value";
    Sum "sum" 1 "Σ term k";
    Share "share" 1 "part / whole · 100";
    Ratio "ratio" 1 "numerator / denominator · factor";
    Mean "mean" 1 "total / weight · factor";
    Survey "survey" 1 "positive / valid · 100";
    OnTime "on_time" 1 "in_time / (in_time + late + overdue) · 100";
    WeightedMean "weighted_mean" 1 "Σ value k · weight k / Σ weight k";
    WeightedSum "weighted_sum" 1 "Σ value k · weight k";
    LowestRate "lowest_rate" 1 "in_time / (in_time + late + overdue + not_due) · 100";
    HighestRate "highest_rate" 1 "(in_time + not_due) / (in_time + late + overdue + not_due) · 100";
    Maturity "maturity" 1 "(in_time + late + overdue) / (in_time + late + overdue + not_due)";
    // Threshold.
    RelativeChange "relative_change" 1 "|baseline| · percent / 100";
    ReduceBy "reduce_by" 1 "baseline − change";
    IncreaseBy "increase_by" 1 "baseline + change";
    Improve "improve" 1 "baseline";
    AttainableAtLeast "attainable_at_least" 1 "⌈threshold⌉";
    AttainableAtMost "attainable_at_most" 1 "⌊threshold⌋";
    AttainableAbove "attainable_above" 1 "⌊threshold⌋ + 1";
    AttainableBelow "attainable_below" 1 "⌈threshold⌉ − 1";
    // Verdict.
    RoundHalfUp "round_half_up" 1 "value to places decimals, a half away from 0";
    RoundHalfEven "round_half_even" 1 "value to places decimals, a half to the even neighbour";
    MeetsAtLeast "meets_at_least" 1 "met where actual ≥ threshold − tolerance, else not_met";
    MeetsAtMost "meets_at_most" 1 "met where actual ≤ threshold + tolerance, else not_met";
    MeetsAbove "meets_above" 1 "met where actual > threshold − tolerance, else not_met";
    MeetsBelow "meets_below" 1 "met where actual < threshold + tolerance, else not_met";
    MeetsExactly "meets_exactly" 1 "met where |actual − threshold| ≤ tolerance, else not_met";
    MeetsBetween "meets_between" 1 "met where low − tolerance ≤ actual ≤ high + tolerance, else not_met";
    // The values that meet the requirement, whose ends belong to them or not.
    RangeLow "range_low" 1 "threshold − tolerance";
    RangeHigh "range_high" 1 "threshold + tolerance";
    RoundedLow "rounded_low" 1 "m − u / 2; u = 10^(−places), m the least multiple of u with m ≥ end (open: >)";
    RoundedLowOpen "rounded_low_open" 1 "0 where m − u / 2 is rounded to m by mode, else 1; m and u as in rounded_low";
    RoundedHigh "rounded_high" 1 "m + u / 2; u = 10^(−places), m the highest multiple of u with m ≤ end (open: <)";
    RoundedHighOpen "rounded_high_open" 1 "0 where m + u / 2 is rounded to m by mode, else 1; m and u as in rounded_high";
    // Gap, attainment, progress.
    Variance "variance" 1 "actual − threshold";
    VarianceBetween "variance_between" 1 "actual − low where actual < low; actual − high where actual > high; else 0";
    ShortfallUpward "shortfall_upward" 1 "max(0, −variance)";
    ShortfallDownward "shortfall_downward" 1 "max(0, variance)";
    ShortfallBothWays "shortfall_both_ways" 1 "|variance|";
    ShortfallShare "shortfall_share" 1 "shortfall / |threshold|";
    RatioUpward "ratio_upward" 1 "actual / threshold";
    RatioDownward "ratio_downward" 1 "threshold / actual; 1 where both are 0";
    Progress "progress" 1 "(actual − baseline) / (threshold − baseline)";
    // Cases; strict is 1 for above and below, else 0; least(x) = ⌈x⌉, where strict ⌊x⌋ + 1.
    ThresholdShare "threshold_share" 1 "threshold / factor";
    ComplementShare "complement_share" 1 "1 − share";
    ComplementCount "complement_count" 1 "whole − counted";
    ShortBy "short_by" 1 "max(0, least(share · whole) − counted)";
    Allowance "allowance" 1 "counted − least(share · whole)";
    InARow "in_a_row" 1 "0 where counted ≥ share · whole (strict: >); else least((share · whole − counted) / (1 − share))";
    Remaining "remaining" 1 "expected − whole";
    RemainingOnTime "remaining_on_time" 1 "max(expected − whole, not_due)";
    NeededOfRemaining "needed_of_remaining" 1 "max(0, least(share · (whole + remaining)) − counted)";
    RequiredShare "required_share" 1 "needed / remaining";
    Feasibility "feasibility" 1 "secured where needed = 0; lost where needed > remaining; else open";
    LostWithoutOutlook "lost_without_outlook" 1 "lost, since share ≥ 1 and counted < share · whole (strict: ≤)";
    // What the rest has to bring.
    LeftToThreshold "left_to_threshold" 1 "threshold − actual";
    LeftEach "left_each" 1 "amount / periods";
    LeftOfPhase "left_of_phase" 1 "phase · days_left / days";
    LeftByPhase "left_by_phase" 1 "amount · share / all";
    RequiredAverage "required_average" 1 "(threshold · (whole + remaining) − counted · factor) / remaining";
    // Path and pace.
    PathHeld "path_held" 1 "value";
    PathLinear "path_linear" 1 "from + (to − from) · (on − from_on) / (to_on − from_on)";
    PathCompound "path_compound" 1 "from · (to / from)^((on − from_on) / (to_on − from_on)), to 12 significant digits";
    DaysCovered "days_covered" 1 "Σ (through k − first k + 1)";
    ShareByDays "share_by_days" 1 "covered / days";
    ShareByPhases "share_by_phases" 1 "Σ phase k · covered k / days k";
    ProRata "pro_rata" 1 "value · share";
    PlannedProgress "planned_progress" 1 "(expected − baseline) / (threshold − baseline)";
    Pace "pace" 1 "progress / planned_progress";
    PaceOfAmount "pace_of_amount" 1 "actual / expected";
    LeadLinear "lead_linear" 1 "⌊(from_on − on) + (actual − from) / (to − from) · (to_on − from_on)⌋";
    LeadCompound "lead_compound" 1 "⌊(from_on − on) + ln(actual / from) / ln(to / from) · (to_on − from_on)⌋";
    LeadAtAnchor "lead_at_anchor" 1 "anchor_on − on";
    YearlyRate "yearly_rate" 1 "(to − from) / (to_on − from_on) · 365.2425";
    Acceleration "acceleration" 1 "required_rate / observed_rate";
    // Changes.
    ChangePoints "change_points" 1 "actual − earlier";
    ChangePercent "change_percent" 1 "points / |earlier| · 100";
    // Contributions.
    ContributionToActual "contribution_to_actual" 1 "over · factor / all";
    ContributionToVariance "contribution_to_variance" 1 "(over · factor − threshold · under) / all";
    ContributionInCases "contribution_in_cases" 1 "(over · factor − threshold · under) / factor";
    ThresholdByBaseline "threshold_by_baseline" 1 "threshold · own_baseline / baseline";
    ThresholdEqualPart "threshold_equal_part" 1 "threshold / units";
    OwnChange "own_change" 1 "now − then";
    RateEffect "rate_effect" 1 "w₁·r₁ − w₀·r₀ − (w₁ − w₀) · (r₁ + r₀) / 2; w = under / all_under, w·r = over · factor / all_under, r = over · factor / under (where under is 0, r of the other period; where both are, 0); ₁ = now, ₀ = then";
    MixEffect "mix_effect" 1 "(w₁ − w₀) · ((r₁ + r₀) / 2 − (R₁ + R₀) / 2); w and r as in rate_effect, R = all_over · factor / all_under";
    // Deliverables and units.
    DayReached "day_reached" 1 "the first day k, in their order, up to which Σ count k ≥ needed";
    LatestDay "latest_day" 1 "the latest day k";
    DaysLate "days_late" 1 "max(0, day − due)";
    UnitsHolding "units_holding" 1 "how many inputs are met, secured or met_so_far";
    // Estimates, to 12 significant digits.
    SurveyLow "survey_low" 1 "the lower end of the interval around positive / valid by method at level, in percent (§10)";
    SurveyHigh "survey_high" 1 "the higher end of the same";
    SurveyPoints "survey_points" 1 "(positive / valid − earlier_positive / earlier_valid) · 100";
    NewcombeLow "newcombe_low" 2 "the lower end of Newcombe's interval of that difference at level, in percentage points, from Wilson's interval of each, corrected for population and earlier_population where they are known (§10)";
    NewcombeHigh "newcombe_high" 2 "the higher end of the same";
    Certainty "certainty" 2 "surely_met where low and high both lie from required_low to required_high; surely_missed where nothing from low to high does; else undetermined";
    CertaintyOfImprovement "certainty_of_improvement" 2 "better higher: surely_met where low > 0 (with places: low ≥ 10^(−places)), surely_missed where high ≤ 0; better lower: the other way round; else undetermined";
    SettlingSize "settling_size" 2 "the least number of answers with the share positive / valid whose interval by method at level lies all or not at all from low to high (§10)";
    ForecastValue "forecast_value" 2 "max(X, so_far); X = the series value k on day x k, carried on to x by method on scale (§9)";
    ForecastLow "forecast_low" 2 "max(the lower end of the interval of X at level, so_far)";
    ForecastHigh "forecast_high" 2 "max(the higher end of the same, so_far)";
    ForecastProbability "forecast_probability" 2 "the probability that max(X, so_far) lies from low to high";
    ForecastReached "forecast_reached" 2 "the day of the first x after the last x k, up to until, at which X lies from low to high";
    ReachedAlready "reached_already" 2 "the day on, at which value lies from low to high";
}

impl Formula {
    /// Whether its result is that a requirement is met, or not met.
    pub(crate) fn is_verdict(self) -> bool {
        matches!(
            self,
            Self::MeetsAtLeast
                | Self::MeetsAtMost
                | Self::MeetsAbove
                | Self::MeetsBelow
                | Self::MeetsExactly
                | Self::MeetsBetween
        )
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
