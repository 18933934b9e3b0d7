//! How severe the caller wants a check to be.

use std::collections::BTreeMap;

use crate::plan::{Severity, Strength, Target};

/// How severe a check is, where the plan does not say so itself.
///
/// What counts, in this order: what the caller says of the one target, what the plan says of it, what the caller says of its
/// strength. By default all that binds or aspires is `required`.
///
/// ```
/// use attain::check::Policy;
/// use attain::plan::Severity;
///
/// // Warnings fail; what is only striven for is no more than a warning.
/// let policy = Policy { aspiration: Severity::Advisory, ..Policy::strict() }.with("online-2025", Severity::Required);
/// assert_eq!(policy.binding, Severity::Strict);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Of targets that bind.
    pub binding: Severity,
    /// Of targets that are only striven for.
    pub aspiration: Severity,
    /// Of single targets, by their ids.
    pub targets: BTreeMap<String, Severity>,
}

impl Policy {
    /// Warnings fail.
    #[must_use]
    pub fn strict() -> Self {
        Self { binding: Severity::Strict, aspiration: Severity::Strict, targets: BTreeMap::new() }
    }

    /// The same policy with another severity of one target.
    #[must_use]
    pub fn with(mut self, target: &str, severity: Severity) -> Self {
        self.targets.insert(target.to_owned(), severity);
        self
    }

    /// The severity that a target is held to.
    pub(super) fn of(&self, target: &Target) -> Severity {
        let by_strength = match target.strength() {
            Strength::Binding => self.binding,
            Strength::Aspiration => self.aspiration,
        };
        self.targets.get(target.id()).copied().or(target.severity()).unwrap_or(by_strength)
    }
}
