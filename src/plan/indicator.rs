//! What is measured, and what may be done with its numbers.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::text::LocalText;
use crate::number::{Number, Ratio, Unit};
use crate::time::Cadence;

/// The kind of an indicator decides what may be done with its numbers.
///
/// | kind | a fact carries | combined over time | over units |
/// | --- | --- | --- | --- |
/// | `share` | part, whole (0 ≤ part ≤ whole) | sums | sums |
/// | `ratio` | numerator, denominator | sums | sums |
/// | `mean` | total, weight | sums | sums |
/// | `flow` | amount in the period | sum | sum |
/// | `stock` | amount at the end of the period | last | sum |
/// | `index` | a published score | last | by the plan's weights only |
/// | `survey` | positive, valid answers, population | sums | sums, by population where all have one |
/// | `on_time` | in time, late, overdue, not due | sums, states of the last period | sums |
/// | `deliverable` | the day it was done | – | – |
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// A part of a whole.
    Share,
    /// One amount against another, neither part of the other.
    Ratio,
    /// A total over a weight.
    Mean,
    /// An amount in a period.
    Flow,
    /// An amount at the end of a period.
    Stock,
    /// A published score.
    Index,
    /// Positive answers of valid ones.
    Survey,
    /// Cases handled in time.
    OnTime,
    /// A thing done or not.
    Deliverable,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Share,
        Self::Ratio,
        Self::Mean,
        Self::Flow,
        Self::Stock,
        Self::Index,
        Self::Survey,
        Self::OnTime,
        Self::Deliverable,
    ];

    /// The word that documents use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Ratio => "ratio",
            Self::Mean => "mean",
            Self::Flow => "flow",
            Self::Stock => "stock",
            Self::Index => "index",
            Self::Survey => "survey",
            Self::OnTime => "on_time",
            Self::Deliverable => "deliverable",
        }
    }

    /// The word with its article, for a message.
    pub(crate) fn with_article(self) -> String {
        let article = if matches!(self, Self::Index | Self::OnTime) { "an" } else { "a" };
        format!("{article} {}", self.code())
    }

    /// Whether figures are states at the end of a period, of which the latest counts.
    #[must_use]
    pub fn is_state(self) -> bool {
        matches!(self, Self::Stock | Self::Index)
    }

    /// Whether a figure may be reported as a bare percentage.
    #[must_use]
    pub fn may_be_bare(self) -> bool {
        matches!(self, Self::Share | Self::Survey | Self::OnTime)
    }

    /// The lowest and highest value that there can be, unless a plan says otherwise.
    #[must_use]
    pub fn natural_bounds(self) -> Bounds {
        let (low, high) = match self {
            Self::Share | Self::Survey | Self::OnTime => (Some(Number::ZERO), Some(Number::from(100))),
            Self::Flow | Self::Stock | Self::Deliverable => (Some(Number::ZERO), None),
            Self::Ratio | Self::Mean | Self::Index => (None, None),
        };
        Bounds { low, high }
    }

    /// The unit of measure, unless a plan says otherwise.
    #[must_use]
    pub fn usual_unit(self) -> Unit {
        Unit::from(match self {
            Self::Share | Self::Ratio | Self::Survey | Self::OnTime => "percent",
            Self::Index => "points",
            Self::Deliverable => "documents",
            Self::Mean | Self::Flow | Self::Stock => "units",
        })
    }

    /// Whether the whole of a judged period can be expected in advance.
    #[must_use]
    pub fn has_whole(self) -> bool {
        matches!(self, Self::Share | Self::Ratio | Self::Mean | Self::Survey | Self::OnTime)
    }
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Increase,
    /// Less is better.
    Decrease,
    /// Neither: a range is to be held.
    Within,
}

/// What a whole of 0 means for a closed and fully reported period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WhenNoCases {
    /// The target does not apply.
    #[default]
    NotApplicable,
    /// The target is met.
    Met,
    /// The target is missed.
    Missed,
}

/// The lowest and highest value that an indicator can have; open where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// The lowest value.
    pub low: Option<Number>,
    /// The highest value.
    pub high: Option<Number>,
}

impl Bounds {
    /// The lowest and highest value as rationals.
    #[must_use]
    pub fn exact(&self) -> (Option<Ratio>, Option<Ratio>) {
        (self.low.map(Ratio::from), self.high.map(Ratio::from))
    }
}

/// Something that is measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    pub(crate) id: Arc<str>,
    pub(crate) kind: Kind,
    pub(crate) name: LocalText,
    pub(crate) unit: Unit,
    pub(crate) whole: bool,
    pub(crate) direction: Option<Direction>,
    pub(crate) bounds: Bounds,
    pub(crate) excludes: LocalText,
    /// The indicator whose part is this one's whole.
    pub(crate) within: Option<usize>,
    pub(crate) reported: Option<Cadence>,
    pub(crate) report_due_days: u32,
    pub(crate) periods_overlap: bool,
    pub(crate) when_no_cases: WhenNoCases,
    pub(crate) cohort: bool,
    /// By unit.
    pub(crate) weights: BTreeMap<usize, Number>,
    pub(crate) rolls_up: bool,
}

impl Indicator {
    /// An indicator of which nothing but the kind is said.
    pub(crate) fn plain(kind: Kind) -> Self {
        Self {
            id: kind.code().into(),
            kind,
            name: LocalText::every(kind.code()),
            unit: kind.usual_unit(),
            whole: false,
            direction: None,
            bounds: kind.natural_bounds(),
            excludes: LocalText::default(),
            within: None,
            reported: None,
            report_due_days: 0,
            periods_overlap: false,
            when_no_cases: WhenNoCases::default(),
            cohort: false,
            weights: BTreeMap::new(),
            rolls_up: true,
        }
    }

    /// Whether its figure can only grow as a period goes on: that of a flow whose amounts are never below 0.
    pub(crate) fn only_rises(&self) -> bool {
        self.kind == Kind::Flow && self.bounds.low.is_some_and(|low| !low.is_negative())
    }

    /// The indicator's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What a fact carries and how facts combine.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Its name by language.
    #[must_use]
    pub fn name(&self) -> &LocalText {
        &self.name
    }

    /// The unit of measure.
    #[must_use]
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// Whether only whole numbers make sense.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Which way is better.
    #[must_use]
    pub fn direction(&self) -> Option<Direction> {
        self.direction
    }

    /// The lowest and highest value there can be.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// What the whole leaves out.
    #[must_use]
    pub fn excludes(&self) -> &LocalText {
        &self.excludes
    }

    /// How often a figure is reported.
    #[must_use]
    pub fn reported(&self) -> Option<Cadence> {
        self.reported
    }

    /// What a quotient of this indicator is multiplied with: 100 for percentages, else 1.
    #[must_use]
    pub fn factor(&self) -> Ratio {
        let always = self.kind.may_be_bare();
        // An amount that is a percentage is one already.
        let is_quotient = matches!(self.kind, Kind::Ratio | Kind::Mean);
        if always || (is_quotient && self.unit.is_percent()) { Ratio::from(100) } else { Ratio::ONE }
    }
}
