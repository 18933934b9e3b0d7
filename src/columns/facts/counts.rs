//! What the batch engine divides: numerators and denominators of facts of any kind.

use std::borrow::Cow;

use super::decimals::Decimals;
use super::{FactColumns, FigureColumn as Column, too_wide};
use crate::columns::{Codes, Figures, Rows};
use crate::facts::State;
use crate::fault::Faults;
use crate::plan::{Kind, Plan};

/// Numerators and denominators of facts, one a row.
#[derive(Clone, Debug)]
pub struct Counts<'a> {
    numerator: Cow<'a, Decimals>,
    denominator: Option<Cow<'a, Decimals>>,
}

impl Counts<'_> {
    /// The rows as [`evaluate`](crate::columns::evaluate) takes them, each judged by the rule at the place that `rules` says.
    #[must_use]
    pub fn judged_by<'c>(&'c self, rules: Codes<'c>) -> Rows<'c> {
        Rows { rules, numerators: self.numerator(), denominators: self.denominator() }
    }

    /// What stands above the line, or the amount; one a row.
    #[must_use]
    pub fn numerator(&self) -> Figures<'_> {
        self.numerator.all_figures()
    }

    /// What stands below the line; one a row, missing for amounts. Nothing where all rows are amounts or deliverables.
    #[must_use]
    pub fn denominator(&self) -> Option<Figures<'_>> {
        self.denominator.as_ref().map(|denominator| denominator.all_figures())
    }
}

/// The columns above and below the line.
fn columns(kind: Kind) -> (Option<Column>, &'static [Column]) {
    match kind {
        Kind::Share => (Some(Column::Part), &[Column::Whole]),
        Kind::Ratio => (Some(Column::Numerator), &[Column::Denominator]),
        Kind::Mean => (Some(Column::Total), &[Column::Weight]),
        Kind::Survey => (Some(Column::Positive), &[Column::Valid]),
        Kind::OnTime => (Some(Column::InTime), &[Column::InTime, Column::Late, Column::Overdue]),
        Kind::Flow | Kind::Stock | Kind::Index => (Some(Column::Value), &[]),
        Kind::Deliverable => (None, &[]),
    }
}

impl FactColumns {
    /// Numerators and denominators by the kind of each row's indicator, for the plan that the facts were read for.
    ///
    /// ```text
    /// share    part / whole               survey   positive / valid
    /// ratio    numerator / denominator    on_time  in_time / (in_time + late + overdue)
    /// mean     total / weight             flow, stock, index: value, no denominator
    /// ```
    ///
    /// Rows without these are missing in both: those that are missing, not applicable or expected, deliverables, and bare
    /// percentages, which have no counts that could be added up (they stand in [`FigureColumn::Value`](Column::Value)). Where all
    /// rows are of one kind and none of this is to be left out, the columns are borrowed and nothing is computed.
    ///
    /// # Errors
    /// Sums that do not fit 128 bits.
    ///
    /// ```
    /// # #[cfg(feature = "toml")] {
    /// use attain::Status;
    /// use attain::columns::{FactColumns, Output, Rule, Settings, evaluate};
    /// # let plan = attain::Plan::from_toml("format = 'attain-plan/1'\n[plan]\nid = 'p'\nowner = 'o'\nstart = 2025-01-01\n[[indicators]]\nid = 'online'\nkind = 'share'\n[[targets]]\nid = 't'\nindicator = 'online'\nat_least = 80\nby = '2025'").unwrap();
    /// let facts = FactColumns::from_csv(&plan, "indicator,period,part,whole\nonline,2024,1999,2500\nonline,2025,2000,2500\n")?;
    /// // One rule for each indicator of the plan, here that of its only target.
    /// let rules = [Rule::of(&plan, &plan.targets()[0]).unwrap()];
    /// let counts = facts.counts(&plan)?;
    /// let rows = counts.judged_by(facts.indicator_codes());
    /// let answers = evaluate(&rules, &rows, &[Output::ShortBy], &Settings::default())?;
    /// assert_eq!(answers.status, [Status::Missed, Status::Met]);
    /// assert_eq!(answers.column(Output::ShortBy).unwrap(), [1, 0]); // 1999 of 2500 is one case short of 80 %
    /// # }
    /// # Ok::<(), attain::Faults>(())
    /// ```
    pub fn counts(&self, plan: &Plan) -> Result<Counts<'_>, Faults> {
        let kinds: Vec<Kind> = plan.indicators().iter().map(|about| about.kind()).collect();
        let kind = |row: usize| self.indicator.get(row).and_then(|place| kinds.get(*place as usize)).copied();
        let rows = self.rows();
        let first = kind(0);
        let is_plain = !self.states.contains(&State::Expected) && (1..rows).all(|row| kind(row) == first);
        if is_plain
            && let Some((Some(over), under)) = first.map(columns)
            && let Some(numerator) = self.filled(over)
        {
            let numerator = Cow::Borrowed(numerator);
            match under {
                [] => return Ok(Counts { numerator, denominator: None }),
                [under] if self.filled(*under).is_some() => {
                    return Ok(Counts { numerator, denominator: self.filled(*under).map(Cow::Borrowed) });
                }
                _ => {}
            }
        }
        let (mut numerator, mut denominator) = (Decimals::default(), Decimals::default());
        let mut are_quotients = rows == 0;
        for row in 0..rows {
            let Some((Some(over), under)) = kind(row).map(columns) else { continue };
            are_quotients |= !under.is_empty();
            let Some((mantissa, places)) = self.decimals(over).and_then(|figures| figures.get(row)) else { continue };
            if self.state(row) == State::Expected {
                continue;
            }
            let wide = || Faults::from(too_wide(self.place(row), over.name()));
            numerator.put_wide(row, mantissa, places).ok_or_else(wide)?;
            if !under.is_empty() {
                let terms = under.iter().filter_map(|column| self.decimals(*column)?.get(row));
                let (mantissa, places) = sum(terms).ok_or_else(wide)?;
                denominator.put_wide(row, mantissa, places).ok_or_else(wide)?;
            }
        }
        numerator.pad(rows);
        denominator.pad(rows);
        let denominator = are_quotients.then_some(Cow::Owned(denominator));
        Ok(Counts { numerator: Cow::Owned(numerator), denominator })
    }

    fn filled(&self, column: Column) -> Option<&Decimals> {
        self.decimals(column).filter(|figures| figures.figures().is_some())
    }
}

/// The sum of decimals; nothing where it takes more than 128 bits.
fn sum(terms: impl Iterator<Item = (i128, u32)> + Clone) -> Option<(i128, u32)> {
    let most = terms.clone().map(|(_, places)| places).max()?;
    let mut sum = 0_i128;
    for (mantissa, places) in terms {
        sum = sum.checked_add(mantissa.checked_mul(10_i128.checked_pow(most - places)?)?)?;
    }
    Some((sum, most))
}
