//! A plan as a document says it, before anything is checked.
//!
//! These are the fields of the format `attain-plan/1`, every one of them optional, so that a reader can take in a faulty
//! document whole and name all its faults. [`PlanDraft::validate`] turns a draft into a [`Plan`](super::Plan).

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::citation::{Citation, DocumentReference};
use super::estimation::{ForecastMethod, ForecastScale, SurveyMethod};
use super::indicator::{Direction, Kind, WhenNoCases};
use super::requirement::Change;
use super::schedule::{DueDay, Every, Over};
use super::target::{BaselineRevisions, Severity, Strength};
use super::text::LocalText;
use crate::number::{Number, Rounding, Unit};
use crate::time::{Cadence, Calendar, Day};

/// The format that this version reads and writes.
pub const PLAN_FORMAT: &str = "attain-plan/1";

/// The format of the waivers that stand beside a plan.
pub const WAIVERS_FORMAT: &str = "attain-waivers/1";

macro_rules! draft {
    ($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $field:ident : $type:ty,)* }) => {
        $(#[$outer])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(default, deny_unknown_fields)]
        pub struct $name { $(
            $(#[$inner])*
            #[serde(skip_serializing_if = "is_absent")]
            pub $field: $type,
        )* }

        impl $name {
            /// The names of its fields, as documents write them.
            pub const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];

            /// The names of the fields in which two of them differ.
            #[allow(dead_code, reason = "asked of those drafts alone that two versions of a plan are compared by")]
            pub(crate) fn differing(&self, other: &Self) -> Vec<&'static str> {
                [$((stringify!($field), self.$field != other.$field)),*]
                    .into_iter()
                    .filter(|(_, differs)| *differs)
                    .map(|(name, _)| name)
                    .collect()
            }

            /// Takes one field over from another.
            #[allow(dead_code, reason = "asked of those drafts alone that two versions of a plan are compared by")]
            pub(crate) fn take_over(&mut self, field: &str, from: &Self) {
                $(if field == stringify!($field) {
                    self.$field = from.$field.clone();
                })*
            }
        }
    };
}

/// What is absent from a document is not written back.
fn is_absent<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

draft! {
    /// A whole plan document.
    PlanDraft {
        /// `attain-plan/1`. Required.
        format: Option<String>,
        /// What the plan is and whose. Required.
        plan: HeaderDraft,
        /// The bodies that the plan speaks of; without any, the owner alone.
        units: Vec<UnitDraft>,
        /// What is measured.
        indicators: Vec<IndicatorDraft>,
        /// What was promised.
        targets: Vec<TargetDraft>,
        /// What the text says and nothing can compute.
        remarks: Vec<RemarkDraft>,
        /// Which failures are excused, by whom, why and how long.
        waivers: Vec<WaiverDraft>,
    }
}

draft! {
    /// The head of a plan.
    HeaderDraft {
        /// The plan's id. Required.
        id: Option<String>,
        /// Its title by language.
        title: LocalText,
        /// The unit that a fact or target without a unit belongs to. Required.
        owner: Option<String>,
        /// The first day of every target's window unless the target says otherwise. Required.
        start: Option<Day>,
        /// The calendar of every period label; `gregorian` unless said otherwise.
        calendar: Option<Calendar>,
        /// The legal document.
        document: Option<DocumentReference>,
        /// Round actual and threshold before comparing; exact unless given.
        compare_rounded: Option<Rounding>,
        /// From which pace a target is on track, and from which at risk.
        pace_bands: Option<PaceBandsDraft>,
        /// How outlooks are estimated, unless a target says otherwise.
        forecast: Option<ForecastDraft>,
        /// How the uncertainty of surveys is estimated, unless a target says otherwise.
        survey: Option<SurveyDraft>,
    }
}

draft! {
    /// From which pace on a target is on track, and from which it is at risk.
    PaceBandsDraft {
        /// On track from this pace on; 0.95 unless said otherwise.
        on_track: Option<Number>,
        /// At risk from this pace on, off track below; 0.60 unless said otherwise.
        at_risk: Option<Number>,
    }
}

draft! {
    /// A body that reports, or that others report to.
    UnitDraft {
        /// The unit's id. Required.
        id: Option<String>,
        /// Its name by language.
        name: LocalText,
        /// The unit it belongs to.
        parent: Option<String>,
    }
}

draft! {
    /// Something that is measured.
    IndicatorDraft {
        /// The indicator's id. Required.
        id: Option<String>,
        /// What a fact carries and how facts combine. Required.
        kind: Option<Kind>,
        /// Its name by language.
        name: LocalText,
        /// The unit of measure; `percent` for shares, ratios, surveys and on-time rates unless said otherwise.
        unit: Option<Unit>,
        /// Whether only whole numbers make sense: people, documents.
        whole: Option<bool>,
        /// Which way is better.
        direction: Option<Direction>,
        /// The lowest and highest value there can be.
        bounds: Option<BoundsDraft>,
        /// What the whole leaves out.
        excludes: LocalText,
        /// The whole of this indicator is the part of that one.
        within: Option<String>,
        /// How often a figure is reported.
        reported: Option<Cadence>,
        /// How many days after a period's end its report is due.
        report_due_days: Option<u32>,
        /// Whether the figures of sub-periods overlap and so must never be added.
        periods_overlap: Option<bool>,
        /// What a whole of 0 means for a closed period.
        when_no_cases: Option<WhenNoCases>,
        /// For `on_time`: whether each case is in exactly one period.
        cohort: Option<bool>,
        /// For `index`: the weight of each unit in a roll-up.
        weights: BTreeMap<String, Number>,
        /// For `index`: `false` says that the score of a unit with units below it is published for the unit itself.
        roll_up: Option<bool>,
    }
}

draft! {
    /// The lowest and highest value an indicator can have.
    BoundsDraft {
        /// The lowest value.
        low: Option<Number>,
        /// The highest value.
        high: Option<Number>,
    }
}

draft! {
    /// One promise.
    TargetDraft {
        /// The target's id. Required.
        id: Option<String>,
        /// The caller's own key.
        row: Option<String>,
        /// What is measured. Required.
        indicator: Option<String>,
        /// Met from this value upwards.
        at_least: Option<Number>,
        /// Met up to this value.
        at_most: Option<Number>,
        /// Met above this value.
        above: Option<Number>,
        /// Met below this value.
        below: Option<Number>,
        /// Met at this value only.
        exactly: Option<Number>,
        /// Met from the first value to the second.
        between: Option<(Number, Number)>,
        /// Met when the baseline has fallen by this much: `"10%"`, or an amount in the indicator's unit.
        reduce_by: Option<Change>,
        /// Met when the baseline has risen by this much.
        increase_by: Option<Change>,
        /// Met when strictly better than the baseline; only `true`.
        improve: Option<bool>,
        /// Met when done, or when that many documents are done.
        deliver: Option<DeliverDraft>,
        /// The day or period of the promise, or `undated`.
        by: Option<ByDraft>,
        /// Where `by` is a date: which days up to it are judged.
        over: Option<Over>,
        /// A promise for every month, quarter, half or year.
        every: Option<Every>,
        /// The first day of the window.
        from: Option<Day>,
        /// The last day of a recurring promise.
        until: Option<Day>,
        /// When the deliverable of a recurring promise is due.
        due: Option<DueDay>,
        /// What relative requirements and progress start from.
        baseline: Option<BaselineDraft>,
        /// Whether a revised baseline moves the threshold.
        baseline_revisions: Option<BaselineRevisions>,
        /// The earlier stage of the same path.
        after: Option<String>,
        /// The shape of the path from the baseline: `linear`, `step` or `compound`; `linear` unless said otherwise.
        path: Option<String>,
        /// Points that the path passes through, in the place of a shape.
        points: Option<Vec<PathPointDraft>>,
        /// For a flow: the share of each half, quarter or month of the judged period, adding up to 1; even by days without.
        phases: Vec<Number>,
        /// Whom the target binds.
        scope: Option<ScopeDraft>,
        /// Which units; without them the owner, for `each` every unit of the plan, for `at_least` those without units below.
        units: Option<Vec<String>>,
        /// How far off the requirement still counts as met, in the indicator's unit.
        tolerance: Option<Number>,
        /// The whole that is expected for the judged period.
        outlook: Option<OutlookDraft>,
        /// How the outlook is estimated.
        forecast: Option<ForecastDraft>,
        /// How the uncertainty of a survey is estimated.
        survey: Option<SurveyDraft>,
        /// Round actual and threshold before comparing; as the plan says unless given.
        compare_rounded: Option<Rounding>,
        /// Whether the clause binds or aspires.
        strength: Option<Strength>,
        /// What a warning and a bad status come to in a check; `required` unless said otherwise.
        severity: Option<Severity>,
        /// How a vague clause was read.
        assumed: Option<String>,
        /// Targets that contradict this one.
        conflicts_with: Vec<String>,
        /// The target or indicator that this one is "among", over other things.
        depends_on: Option<String>,
        /// The day of the decision.
        decided_on: Option<Day>,
        /// From when to when the target is law.
        in_force: Option<InForceDraft>,
        /// The target that this one replaces.
        supersedes: Option<String>,
        /// Where the promise stands.
        citation: Option<Citation>,
    }
}

draft! {
    /// From when to when a target is law; open where a day is absent.
    InForceDraft {
        /// The first day.
        from: Option<Day>,
        /// The last day.
        to: Option<Day>,
    }
}

draft! {
    /// What is expected for the judged period.
    OutlookDraft {
        /// The whole, cases already reported included.
        whole: Option<Number>,
    }
}

draft! {
    /// How outlooks are estimated; they never decide whether a target is met.
    ForecastDraft {
        /// The method; `linear` unless said otherwise.
        method: Option<ForecastMethod>,
        /// The scale; `logit` keeps a forecast within the natural bounds; `plain` unless said otherwise.
        scale: Option<ForecastScale>,
        /// The level of the prediction interval; 0.95 unless said otherwise.
        level: Option<Number>,
        /// How long the periods of the series are; as long as the judged one unless said otherwise.
        every: Option<Every>,
        /// Holt's methods: how much of the newest value goes into the level, 0 to 1.
        smoothing_level: Option<Number>,
        /// Holt's methods: how much of the newest step goes into the trend, 0 to 1.
        smoothing_trend: Option<Number>,
        /// Holt's damped method: how much of the trend is left after each step, above 0 to 1.
        damping: Option<Number>,
        /// Whether the errors that the method would have had on the series so far are wanted.
        backtest: Option<bool>,
    }
}

draft! {
    /// How the uncertainty of a survey is estimated; it never decides whether a target is met.
    SurveyDraft {
        /// The method; `wilson` unless said otherwise.
        method: Option<SurveyMethod>,
        /// The level of the interval; 0.95 unless said otherwise.
        level: Option<Number>,
    }
}

draft! {
    /// What the text says and nothing can compute.
    RemarkDraft {
        /// The caller's own key.
        row: Option<String>,
        /// Why nothing can be computed. Required.
        why: Option<String>,
        /// Where it stands.
        citation: Option<Citation>,
    }
}

draft! {
    /// A failure that an authority excuses until a day.
    WaiverDraft {
        /// The target that is excused. Required.
        target: Option<String>,
        /// For which unit; without it for every unit that the target binds.
        unit: Option<String>,
        /// For which period, or `undated`; without it for every period.
        period: Option<String>,
        /// Who excuses it. Required.
        authority: Option<String>,
        /// Why. Required.
        reason: Option<String>,
        /// The last day on which it holds. Required.
        until: Option<Day>,
    }
}

draft! {
    /// A document of waivers that stand beside a plan.
    WaiversDraft {
        /// `attain-waivers/1`. Required.
        format: Option<String>,
        /// The waivers. Required.
        waivers: Vec<WaiverDraft>,
    }
}

draft! {
    /// A point that the path passes through.
    PathPointDraft {
        /// The day. Required.
        on: Option<Day>,
        /// The value on that day. Required.
        value: Option<Number>,
    }
}

/// `by`: a period label, a day, or `undated`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByDraft(pub String);

impl Serialize for ByDraft {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// `deliver`: `true`, or how many documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliverDraft {
    /// Done or not; only `true` promises anything.
    Done(bool),
    /// That many documents.
    Count(Number),
}

impl Serialize for DeliverDraft {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Done(done) => serializer.serialize_bool(*done),
            Self::Count(count) => count.serialize(serializer),
        }
    }
}

/// `baseline`: a label, `previous`, `first`, a value with its day, or a companion indicator.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum BaselineDraft {
    /// A period label, `previous` or `first`.
    Named(String),
    /// A table.
    Given(BaselineTable),
}

draft! {
    /// A baseline given as a table: `{ value, on }` or `{ indicator }`.
    BaselineTable {
        /// The value.
        value: Option<Number>,
        /// Its day.
        on: Option<Day>,
        /// The companion indicator.
        indicator: Option<String>,
    }
}

/// `scope`: `total`, `each`, or at least so many units.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum ScopeDraft {
    /// `total` or `each`.
    Named(String),
    /// `{ at_least = k }`.
    Given(ScopeTable),
}

draft! {
    /// A scope of so many units.
    ScopeTable {
        /// How many units at least.
        at_least: Option<u32>,
    }
}

/// Reads a value that is either text or a table.
struct TextOr<T>(&'static str, std::marker::PhantomData<T>);

impl<'de, T, N> Visitor<'de> for TextOr<(T, N)>
where
    T: From<String> + From<N>,
    N: Deserialize<'de>,
{
    type Value = T;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text.to_owned()))
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        N::deserialize(MapAccessDeserializer::new(map)).map(T::from)
    }
}

macro_rules! text_or_table {
    ($($type:ident($table:ident), $expected:literal;)*) => {$(
        impl From<String> for $type {
            fn from(text: String) -> Self { Self::Named(text) }
        }
        impl From<$table> for $type {
            fn from(table: $table) -> Self { Self::Given(table) }
        }
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(TextOr::<($type, $table)>($expected, std::marker::PhantomData))
            }
        }
        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($type).into() }
            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let table = generator.subschema_for::<$table>();
                schemars::json_schema!({ "description": $expected, "anyOf": [{ "type": "string" }, table] })
            }
        }
    )*};
}

text_or_table! {
    BaselineDraft(BaselineTable), "a period label, \"previous\", \"first\", { value = …, on = … } or { indicator = \"…\" }";
    ScopeDraft(ScopeTable), "\"total\", \"each\" or { at_least = … }";
}

struct ByVisitor;

impl Visitor<'_> for ByVisitor {
    type Value = ByDraft;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a period label such as \"2025\", a date, or \"undated\"")
    }
    fn visit_str<E>(self, text: &str) -> Result<ByDraft, E> {
        Ok(ByDraft(text.to_owned()))
    }
    // A bare year is what everybody writes first, and its text is exactly the label.
    fn visit_i64<E>(self, value: i64) -> Result<ByDraft, E> {
        Ok(ByDraft(value.to_string()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<ByDraft, E> {
        Ok(ByDraft(value.to_string()))
    }
}

impl<'de> Deserialize<'de> for ByDraft {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ByVisitor)
    }
}

struct DeliverVisitor;

impl<'de> Visitor<'de> for DeliverVisitor {
    type Value = DeliverDraft;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true, or how many documents")
    }
    fn visit_bool<E>(self, done: bool) -> Result<DeliverDraft, E> {
        Ok(DeliverDraft::Done(done))
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<DeliverDraft, E> {
        text.parse().map(DeliverDraft::Count).map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
    }
    fn visit_i64<E>(self, value: i64) -> Result<DeliverDraft, E> {
        Ok(DeliverDraft::Count(value.into()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<DeliverDraft, E> {
        Ok(DeliverDraft::Count(value.into()))
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DeliverDraft, A::Error> {
        Number::deserialize(MapAccessDeserializer::new(map)).map(DeliverDraft::Count)
    }
}

impl<'de> Deserialize<'de> for DeliverDraft {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DeliverVisitor)
    }
}

#[cfg(feature = "schema")]
mod schema {
    use super::{ByDraft, DeliverDraft};

    impl schemars::JsonSchema for ByDraft {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "ByDraft".into()
        }
        fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
            schemars::json_schema!({ "description": "A period label such as \"2025\", a day, or \"undated\".", "type": ["string", "integer"] })
        }
    }

    impl schemars::JsonSchema for DeliverDraft {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "DeliverDraft".into()
        }
        fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
            schemars::json_schema!({ "description": "true, or how many documents.", "oneOf": [
                { "const": true }, { "type": "integer", "minimum": 1 }, { "type": "string", "pattern": "^[0-9]+$" }
            ] })
        }
    }
}
