//! What the portal published of the bodies of Phú Thọ, the plan that is held against it, and the check of every number.
//!
//! `examples/phu_tho.rs` prints what is found here, `tests/it/phu_tho.rs` tests it. README.md says where the data is from.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;

use attain::facts::Measure;
use attain::number::{Number, Ratio, Rounding, RoundingMode};
use attain::plan::{LocalText, Scope, ScopeDraft, UnitDraft};
use attain::time::parse_day;
use attain::{Assessment, Facts, Faults, Plan, Scorecard};

const PLAN: &str = include_str!("plan.toml");
const FIGURES: &str = include_str!("on_time.csv");
const COLUMNS: [&str; 10] =
    ["period", "code", "name", "level", "received", "on_time", "overdue", "avg_days", "ratio_pct", "score"];

/// The running year, which the figures cover up to [`AS_OF`].
pub(crate) const YEAR: &str = "2026";
pub(crate) const MONTH: &str = "2026-08";
pub(crate) const AS_OF: &str = "2026-09-26";

/// The province, whose figure is rolled up from its bodies.
const PROVINCE: &str = "H44";

/// The portal rounds what it publishes to 2 decimals, half up.
const PUBLISHED: Rounding = Rounding::half_up(2);
const HALF_EVEN: Rounding = Rounding { scale: 2, mode: RoundingMode::HalfEven };

/// What the portal published of a body, or of the province, for a period.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) period: String,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) received: Ratio,
    pub(crate) on_time: Ratio,
    /// Not published for the province.
    pub(crate) overdue: Option<Ratio>,
    pub(crate) percent: Ratio,
    pub(crate) score: Ratio,
}

impl Row {
    fn is_province(&self) -> bool {
        self.code == PROVINCE
    }
}

/// Everything that the portal published, in its order.
pub(crate) fn published() -> Result<Vec<Row>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_reader(FIGURES.as_bytes());
    if reader.headers()? != COLUMNS.as_slice() {
        return Err(format!("on_time.csv: expected the columns {}", COLUMNS.join(", ")).into());
    }
    let number = |text: &str| text.parse().map(|number: Number| Ratio::from(number));
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let cells: Vec<&str> = record.iter().collect();
        let [period, code, name, _level, received, on_time, overdue, _avg_days, percent, score] = *cells.as_slice() else {
            return Err(format!("on_time.csv: {record:?} has not {} cells", COLUMNS.len()).into());
        };
        rows.push(Row {
            period: period.to_owned(),
            code: code.to_owned(),
            name: name.to_owned(),
            received: number(received)?,
            on_time: number(on_time)?,
            overdue: if overdue.is_empty() { None } else { Some(number(overdue)?) },
            percent: number(percent)?,
            score: number(score)?,
        });
    }
    Ok(rows)
}

/// The targets of `plan.toml`, binding the bodies that the portal lists for the year.
fn plan(rows: &[Row]) -> Result<Plan, Faults> {
    let mut draft = Plan::from_toml(PLAN)?.draft().clone();
    let listed = || rows.iter().filter(|row| row.period == YEAR);
    draft.units = listed()
        .map(|row| UnitDraft {
            id: Some(row.code.clone()),
            name: LocalText::every(&row.name),
            parent: (!row.is_province()).then(|| PROVINCE.to_owned()),
        })
        .collect();
    // "Each" means the bodies: the province has targets of its own.
    let bodies: Vec<String> = listed().filter(|row| !row.is_province()).map(|row| row.code.clone()).collect();
    let each = Some(ScopeDraft::Named("each".to_owned()));
    for target in draft.targets.iter_mut().filter(|target| target.scope == each) {
        target.units = Some(bodies.clone());
    }
    draft.validate()
}

/// The dossiers of the bodies as facts. The province gets none, so that its figure is made of theirs.
pub(crate) fn facts(plan: &Plan, rows: &[Row]) -> Result<Facts, Faults> {
    let mut text = "indicator,unit,period,part,whole,through\n".to_owned();
    for Row { period, code, on_time, received, .. } in rows.iter().filter(|row| !row.is_province()) {
        let through = if period == YEAR { AS_OF } else { "" };
        // Writing to a string does not fail.
        let _ = writeln!(text, "on-time,{code},{period},{on_time},{received},{through}");
    }
    Facts::from_csv(plan, text)
}

/// The scorecard of the plan on the last day that the figures cover.
pub(crate) fn scorecard(rows: &[Row]) -> Result<Scorecard, Box<dyn Error>> {
    let plan = plan(rows)?;
    let facts = facts(&plan, rows)?;
    let as_of = parse_day(AS_OF).ok_or("AS_OF is no day")?;
    Ok(attain::assess(&plan, &facts, as_of))
}

/// A body with its place in the ranking; without dossiers it has none.
pub(crate) struct Ranked<'c> {
    pub(crate) rank: Option<usize>,
    pub(crate) assessment: &'c Assessment,
}

/// The bodies by their exact share, the highest first. Equal shares share a rank, and the next is as far down as if they did not.
pub(crate) fn ranking<'c>(card: &'c Scorecard, period: &str) -> Vec<Ranked<'c>> {
    let is_body = |assessment: &&Assessment| card.target(assessment).is_some_and(|target| target.scope() == Scope::Each);
    let mut bodies: Vec<&Assessment> =
        card.assessments().iter().filter(is_body).filter(|body| body.period_label() == period).collect();
    // Where there is no value, that sorts behind every value.
    bodies.sort_by(|a, b| b.actual.value.as_ref().ok().cmp(&a.actual.value.as_ref().ok()));
    let mut ranked: Vec<Ranked<'_>> = Vec::new();
    for (place, assessment) in bodies.into_iter().enumerate() {
        let tied = ranked.last().filter(|above| above.assessment.actual.value == assessment.actual.value);
        let rank = tied.map_or(Some(place.saturating_add(1)), |above| above.rank);
        ranked.push(Ranked { rank: rank.filter(|_| assessment.actual.value.is_ok()), assessment });
    }
    ranked
}

/// The province as a whole.
pub(crate) fn province<'c>(card: &'c Scorecard, period: &str) -> Option<&'c Assessment> {
    card.assessments().iter().find(|assessment| &*assessment.unit == PROVINCE && assessment.period_label() == period)
}

/// The dossiers behind an assessment: on time, and received.
pub(crate) fn dossiers(assessment: &Assessment) -> Option<(Ratio, Ratio)> {
    assessment.actual.measure.as_ref().and_then(Measure::quotient)
}

/// How many bodies meet the target, how many do not, and how many have no dossiers to judge by.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) meet: usize,
    pub(crate) miss: usize,
    pub(crate) without_dossiers: usize,
    /// The dossiers that those who miss it are short of, each counted for itself.
    pub(crate) short: Ratio,
}

pub(crate) fn standing(ranking: &[Ranked<'_>]) -> Standing {
    let count = |holds: fn(&Assessment) -> bool| ranking.iter().filter(|ranked| holds(ranked.assessment)).count();
    let short = ranking.iter().filter_map(|ranked| ranked.assessment.cases.as_ref().ok()).map(|cases| &cases.short_by);
    Standing {
        meet: count(|body| body.shortfall.as_ref().is_ok_and(Ratio::is_zero)),
        miss: count(|body| body.shortfall.as_ref().is_ok_and(|shortfall| !shortfall.is_zero())),
        without_dossiers: count(|body| body.shortfall.is_err()),
        short: Ratio::sum(short),
    }
}

/// A row whose published numbers tell half up from half to even.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Telling {
    pub(crate) period: String,
    pub(crate) code: String,
    pub(crate) name: String,
    /// The exact score, and rounded half up and half to even.
    pub(crate) score: [String; 3],
    /// The exact percentage, and rounded half up and half to even.
    pub(crate) percent: [String; 3],
}

/// What was compared with what the portal published, and what is not the same.
#[derive(Default)]
pub(crate) struct Check {
    pub(crate) percentages: usize,
    pub(crate) scores: usize,
    /// Sums of the province, rolled up from its bodies.
    pub(crate) sums: usize,
    /// Bodies of which received = on time + overdue was checked.
    pub(crate) overdue: usize,
    pub(crate) telling: Vec<Telling>,
    /// One line each.
    pub(crate) differences: Vec<String>,
}

/// Compares the scorecard with every number that the portal published.
pub(crate) fn check(card: &Scorecard, rows: &[Row]) -> Check {
    let mut check = Check::default();
    let mut assessed: BTreeMap<(String, String), &Assessment> = BTreeMap::new();
    for assessment in card.assessments() {
        if assessed.insert((assessment.period_label(), assessment.unit.to_string()), assessment).is_some() {
            check.differences.push(format!("{} {}: assessed twice", assessment.period_label(), assessment.unit));
        }
    }
    for row in rows {
        match assessed.remove(&(row.period.clone(), row.code.clone())) {
            Some(assessment) => check.row(row, assessment),
            None => check.differences.push(format!("{} {} {}: published and not assessed", row.period, row.code, row.name)),
        }
    }
    check.differences.extend(assessed.into_keys().map(|(period, code)| format!("{period} {code}: assessed and not published")));
    check
}

impl Check {
    fn row(&mut self, row: &Row, assessment: &Assessment) {
        let percent = match &assessment.actual.value {
            Ok(percent) => percent.clone(),
            // Nothing received: the library has no share, and a reason; the portal publishes 0.
            Err(_) if row.received.is_zero() => Ratio::ZERO,
            Err(reason) => {
                self.differ(row, "percentage", &row.percent, reason);
                return;
            }
        };
        self.percentages = self.percentages.saturating_add(1);
        self.compare(row, "percentage", &row.percent, &PUBLISHED.apply(&percent));
        // The portal's score: 20 × share, rounded once, from the exact share.
        let score = percent.divided_by(&Ratio::from(100)).unwrap_or(Ratio::ZERO) * Ratio::from(20);
        self.scores = self.scores.saturating_add(1);
        self.compare(row, "score", &row.score, &PUBLISHED.apply(&score));
        if PUBLISHED.apply(&score) != HALF_EVEN.apply(&score) || PUBLISHED.apply(&percent) != HALF_EVEN.apply(&percent) {
            let three = |exact: &Ratio| [exact.to_string(), PUBLISHED.fixed(exact), HALF_EVEN.fixed(exact)];
            let Row { period, code, name, .. } = row.clone();
            self.telling.push(Telling { period, code, name, score: three(&score), percent: three(&percent) });
        }
        if let Some(overdue) = &row.overdue {
            self.overdue = self.overdue.saturating_add(1);
            self.compare(row, "received", &row.received, &(&row.on_time + overdue));
        }
        if row.is_province() {
            let (on_time, received) = dossiers(assessment).unwrap_or((Ratio::ZERO, Ratio::ZERO));
            self.sums = self.sums.saturating_add(2);
            self.compare(row, "sum of dossiers received", &row.received, &received);
            self.compare(row, "sum of dossiers on time", &row.on_time, &on_time);
        }
    }

    fn compare(&mut self, row: &Row, what: &str, published: &Ratio, computed: &Ratio) {
        if published != computed {
            self.differ(row, what, published, computed);
        }
    }

    fn differ(&mut self, row: &Row, what: &str, published: &Ratio, computed: &dyn std::fmt::Display) {
        let Row { period, code, name, .. } = row;
        self.differences.push(format!("{period} {code} {name}: {what} published {published}, computed {computed}"));
    }
}
