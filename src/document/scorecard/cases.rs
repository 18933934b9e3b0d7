//! What is missing and what the rest has to bring.

use serde::Serialize;

use super::summary::Named;
use super::{Decimal, Defined, decimal, document};
use crate::assess::{CasesNeeded, Remainder};

document! {
    /// What is missing, in cases.
    CasesDocument {
        /// How many of today's cases would have to be successes besides.
        short_by: String,
        /// How many more misses today's whole would bear.
        allowance: String,
        /// How many successes in a row would reach the threshold.
        successes_needed_in_a_row: Decimal,
        /// `part` or `complement`.
        counts: String,
        /// The cases to come.
        remaining: Decimal,
        /// How many of them have to succeed.
        needed_of_remaining: Decimal,
        /// Which share of them has to succeed.
        required_share: Decimal,
        /// `secured`, `open` or `lost`.
        feasibility: Decimal,
    }
}

pub(super) fn cases(cases: &CasesNeeded) -> CasesDocument {
    CasesDocument {
        short_by: cases.short_by.to_string(),
        allowance: cases.allowance.to_string(),
        successes_needed_in_a_row: decimal(&cases.successes_needed_in_a_row),
        counts: cases.counts.code().to_owned(),
        remaining: decimal(&cases.remaining),
        needed_of_remaining: decimal(&cases.needed_of_remaining),
        required_share: decimal(&cases.required_share),
        feasibility: Defined::of(&cases.feasibility, |feasibility| feasibility.code().to_owned()),
    }
}

/// What the rest has to bring.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum RemainderDocument {
    /// A sum.
    Sum {
        /// What is left to the threshold.
        amount: String,
        /// The sub-periods to come.
        periods: Vec<String>,
        /// What each of them must bring.
        each: Decimal,
        /// Where the plan spreads the amount in phases: what each of them that is not fully reported must bring.
        #[serde(skip_serializing_if = "Option::is_none")]
        by_phase: Option<Named<String>>,
    },
    /// A quotient.
    Average {
        /// What is still to come below the line.
        remaining: Decimal,
        /// The average that it must have.
        required_average: Decimal,
    },
}

impl RemainderDocument {
    pub(super) fn new(remainder: &Remainder) -> Self {
        match remainder {
            Remainder::Sum { amount, periods, each, by_phase } => Self::Sum {
                amount: amount.to_string(),
                periods: periods.clone(),
                each: decimal(each),
                by_phase: (!by_phase.is_empty())
                    .then(|| Named(by_phase.iter().map(|(name, amount)| (name.clone(), amount.to_string())).collect())),
            },
            Remainder::Average { remaining, required } => {
                Self::Average { remaining: decimal(remaining), required_average: decimal(required) }
            }
        }
    }
}
