//! Says, exactly and with reasons, whether a public promise is being kept.

#[forbid(unsafe_code)]
pub mod assess;
/// A scorecard as tests.
///
/// [`check()`](check::check) gives each assessment its outcome, waivers and severities counted. With the feature `text`,
/// [`assert_kept!`] holds one target in a test of your own, and a failure reads like a report.
pub mod check {
    #[cfg(feature = "text")]
    pub use crate::document::{CheckFailure, assert_kept};
    pub use crate::scorecard::check::{Case, Check, Counts, IdleWaiver, Outcome, Policy, WaivesNothing, check};
}
pub mod columns;
#[cfg(any(feature = "document", feature = "text"))]
#[forbid(unsafe_code)]
pub mod document;
#[forbid(unsafe_code)]
pub mod facts;
#[forbid(unsafe_code)]
mod fault;
#[forbid(unsafe_code)]
pub mod number;
#[forbid(unsafe_code)]
pub mod plan;
#[forbid(unsafe_code)]
pub mod scorecard;
#[forbid(unsafe_code)]
pub mod statistics;
#[forbid(unsafe_code)]
pub mod time;

pub use assess::{Assessment, Group, Reason, Status};
pub use facts::{AsOf, Facts};
pub use fault::{Fault, FaultKind, Faults, Path, Position, Segment};
pub use plan::{Language, Plan};
pub use scorecard::{Scorecard, assess, assess_with};

/// Panics with a report unless a target is kept, as [`assert_kept`](check::assert_kept) says; for tests.
///
/// ```should_panic
/// # #[cfg(all(feature = "toml", feature = "csv"))] {
/// # let plan = attain::Plan::from_toml(r#"
/// #     format = "attain-plan/1"
/// #     plan = { id = "demo", owner = "office", start = 2025-01-01 }
/// #     [[indicators]]
/// #     id = "online"
/// #     kind = "share"
/// #     [[targets]]
/// #     id = "online-2025"
/// #     indicator = "online"
/// #     at_least = 80
/// #     by = "2025"
/// # "#).unwrap();
/// use attain::{Facts, assert_kept, assess, time::parse_day};
///
/// let facts = Facts::from_csv(&plan, "indicator,period,part,whole\nonline,2025,1999,2500\n").unwrap();
/// let card = assess(&plan, &facts, parse_day("2025-12-31").unwrap());
/// assert_kept!(card, "online-2025"); // 79.96 % is not at least 80 %
/// # }
/// ```
#[cfg(feature = "text")]
#[macro_export]
macro_rules! assert_kept {
    ($card:expr, $target:expr $(,)?) => {
        if let ::core::result::Result::Err(failure) = $crate::check::assert_kept(&$card, $target) {
            ::core::panic!("{failure}")
        }
    };
}

/// The examples of the README run as tests.
#[cfg(all(doctest, feature = "toml", feature = "json", feature = "csv"))]
#[doc = include_str!("../README.md")]
struct Readme;
