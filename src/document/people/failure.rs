//! A case of a check in words: what a failing test reads like.

use std::fmt;

use super::cells::{NOTHING, Subject};
use super::notes::{citation, key, unit_name};
use super::numbers::{Numbers, TIED};
use super::table::{WIDTH, hung};
use super::words::Word;
use crate::assess::{Formula, Group, Reason, Status, Step};
use crate::facts::Measure;
use crate::number::{Number, Ratio};
use crate::plan::{Kind, Language, Plan, Requirement, Strength, Waiver, Waivers};
use crate::scorecard::Scorecard;
use crate::scorecard::check::{Case, Check, IdleWaiver, Outcome, Policy, WaivesNothing, check};

/// What an empty line of several cases keeps apart.
const APART: &str = "\n\n";

/// So many terms of a sum are written out.
const MOST_TERMS: usize = 12;

/// A target that is not kept: the reports of the cases that fail, one below the other.
///
/// It prints as that text, as `Display` and as `Debug`, so that a test that returns it or unwraps it reads like a report.
#[derive(Clone, PartialEq, Eq)]
pub struct CheckFailure {
    report: String,
}

impl CheckFailure {
    /// The report.
    #[must_use]
    pub fn report(&self) -> &str {
        &self.report
    }
}

impl fmt::Display for CheckFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report)
    }
}

impl fmt::Debug for CheckFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report)
    }
}

impl std::error::Error for CheckFailure {}

/// That a target is kept for every unit and in every period, the waivers of the plan counted; by the default policy and in
/// English. [`Check::kept`] does the same with other waivers, another policy and in Vietnamese.
///
/// ```
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
/// # "#)?;
/// use attain::{Facts, assess, check::assert_kept, time::parse_day};
///
/// let facts = Facts::from_csv(&plan, "indicator,period,part,whole\nonline,2025,1999,2500\n")?;
/// let card = assess(&plan, &facts, parse_day("2025-12-31").unwrap());
/// let failure = assert_kept(&card, "online-2025").unwrap_err();
/// assert!(failure.report().contains("part / whole = 1,999 / 2,500 = 79.96 %"));
/// assert!(failure.report().contains("0.04 pp short; 1 case short"));
/// # }
/// # Ok::<(), attain::Faults>(())
/// ```
///
/// # Errors
/// The reports of the cases that fail or are errors; or that there is no such target, or that it is not in force.
pub fn assert_kept(card: &Scorecard, target: &str) -> Result<(), CheckFailure> {
    check(card, &Waivers::default(), &Policy::default()).kept(target, Language::English)
}

impl Check<'_> {
    /// That a target is kept for every unit and in every period.
    ///
    /// What only warns, is waived or is skipped does not fail: before its report is due nothing is known of a target.
    ///
    /// # Errors
    /// The reports of the cases that fail or are errors; or that the check has no case of such a target.
    pub fn kept(&self, target: &str, language: Language) -> Result<(), CheckFailure> {
        let mut cases = self.cases().iter().filter(|case| &*case.assessment().target == target).peekable();
        if cases.peek().is_none() {
            let is_known = self.scorecard().plan().targets().iter().any(|known| known.id() == target);
            let word = if is_known { Word::NotChecked } else { Word::NoSuchTarget };
            let day = Numbers { language }.day(self.scorecard().as_of());
            let what = format!("{}: {}", Outcome::Error.in_words(language), word.fill(language, &[target, &day]));
            return Err(CheckFailure { report: what });
        }
        let failing: Vec<String> =
            cases.filter(|case| case.outcome().is_failure()).map(|case| self.report(case, language)).collect();
        if failing.is_empty() { Ok(()) } else { Err(CheckFailure { report: failing.join(APART) }) }
    }

    /// A case on one line: `Missed: 79.96 % (1,999/2,500); ≥ 80 %; 0.04 pp short; 1 case short`.
    ///
    /// It is one line whatever the plan and the waiver say: their line breaks are spaces in it.
    #[must_use]
    pub fn headline(&self, case: &Case<'_>, language: Language) -> String {
        let Some(subject) = self.subject(case, language) else { return case.name() };
        let mut parts = vec![format!("{}: {}", status(&subject), subject.actual()), subject.requirement()];
        parts.extend(by_rule(&subject));
        parts.extend(gap(&subject));
        parts.extend(late(&subject, case));
        parts.extend(case.waiver().map(|waiver| said(&subject, case, waiver)));
        plain(&one_line(&parts.join("; ")))
    }

    /// A case with all that an inspector wants to see: the status, the actual against the threshold and how it was worked
    /// out, what is short in the unit and in cases, the clause, the days, the waiver.
    #[must_use]
    pub fn report(&self, case: &Case<'_>, language: Language) -> String {
        let Some(subject) = self.subject(case, language) else { return case.name() };
        let (plan, numbers) = (self.scorecard().plan(), subject.numbers);
        let name = subject.indicator.name().get(language).unwrap_or(subject.indicator.id());
        let unit = unit_name(numbers, plan, &case.assessment().unit);
        let mut lines = vec![
            format!("{}: {}", case.outcome().in_words(language), case.name()),
            one_line(&format!("{} · {name} · {unit} · {}", key(subject.target), subject.period())),
        ];
        let mut rows = vec![(Word::Status, status(&subject)), (Word::Actual, subject.actual())];
        rows.extend(formula(&subject, plan).map(|formula| (Word::Formula, formula)));
        rows.extend(failing_units(&subject, plan).into_iter().map(|unit| (Word::Unit, unit)));
        rows.push((Word::Requirement, subject.requirement()));
        rows.extend(change(&subject).map(|formula| (Word::Formula, formula)));
        rows.extend(comparison(&subject).into_iter().map(|how| (Word::Comparison, how)));
        rows.extend(by_rule(&subject).map(|rule| (Word::Comparison, rule)));
        rows.extend(gap(&subject).map(|gap| (Word::Gap, gap)));
        rows.extend(subject.way(plan.pace_bands()).into_iter().map(|way| (Word::Path, way)));
        rows.extend(subject.coverage(&case.assessment().actual.coverage).map(|coverage| (Word::Reports, coverage)));
        // Mostly these are the ones that are not there.
        let late = late(&subject, case).filter(|_| case.late_reports() != case.assessment().actual.coverage.missing);
        rows.extend(late.map(|late| (Word::Reports, late)));
        rows.push((Word::Citation, citation(numbers, subject.target.citation())));
        let is_aspiration = subject.target.strength() == Strength::Aspiration;
        rows.extend(is_aspiration.then(|| (Word::Strength, subject.say(Word::Aspiration).to_owned())));
        rows.extend(subject.target.assumed().map(|assumed| (Word::Reading, assumed.to_owned())));
        let days = [self.scorecard().as_of(), self.scorecard().known_on()].map(|day| numbers.day(day));
        rows.push((Word::AsOfWhen, subject.fill(Word::AsOfAndKnownOn, &days.each_ref().map(String::as_str))));
        rows.extend(case.waiver().map(|waiver| (Word::Waiver, said(&subject, case, waiver))));
        let width = rows.iter().map(|(word, _)| subject.say(*word).chars().count()).max().unwrap_or(0);
        for (word, text) in rows {
            let label = subject.say(word);
            // The label is tied to the text, so that its blanks stay.
            let blanks = TIED.to_string().repeat(width.saturating_sub(label.chars().count()).saturating_add(1));
            let label = label.replace(' ', &TIED.to_string());
            lines.extend(hung(&format!("{label}{blanks} {}", one_line(&text)), WIDTH, 2, width.saturating_add(2)));
        }
        plain(&lines.join("\n"))
    }

    /// A waiver that waives nothing, in one sentence.
    #[must_use]
    pub fn idle_in_words(&self, idle: &IdleWaiver<'_>, language: Language) -> String {
        let numbers = Numbers { language };
        let waiver = idle.waiver;
        let scope = [Some(waiver.target().to_owned()), waiver.unit().map(str::to_owned), waiver.period()];
        let scope: Vec<String> = scope.into_iter().flatten().collect();
        let word = match idle.why {
            WaivesNothing::NotAssessed => Word::WaivesWhatIsNotAssessed,
            WaivesNothing::NothingFails => Word::WaivesWhatDoesNotFail,
            WaivesNothing::AnotherCounts => Word::WaiverOverAnotherCounts,
        };
        let said = word.fill(language, &[&scope.join(" "), &numbers.day(waiver.until()), waiver.authority()]);
        plain(&one_line(&said))
    }

    /// What is to be said of the check beside its cases, a line each: that nothing is checked, that a waiver waives nothing,
    /// that the policy speaks of a target that the plan does not have.
    #[must_use]
    pub fn findings_in_words(&self, language: Language) -> Vec<String> {
        let empty = self.cases().is_empty().then(|| {
            let day = Numbers { language }.day(self.scorecard().as_of());
            format!("{}: {}", Outcome::Error.in_words(language), Word::NothingChecked.fill(language, &[&day]))
        });
        let unknown = self.unknown_targets().iter().map(|id| self.unknown_in_words(id, language));
        let idle = self.idle_waivers().iter().map(|idle| self.idle_in_words(idle, language));
        empty.into_iter().chain(unknown).chain(idle).collect()
    }

    /// A severity of a target that the plan does not have, in one sentence.
    pub(in crate::document) fn unknown_in_words(&self, id: &str, language: Language) -> String {
        plain(&one_line(&Word::SeverityOfNoTarget.fill(language, &[id])))
    }

    /// What the target of a case promises.
    #[cfg(feature = "sarif")]
    pub(in crate::document) fn rule_in_words(&self, case: &Case<'_>, language: Language) -> Promise {
        let numbers = Numbers { language };
        let Some(subject) = self.subject(case, language) else { return Promise::default() };
        let name = subject.indicator.name().get(language).unwrap_or(subject.indicator.id());
        let notes = super::notes::of_target(numbers, self.scorecard().plan(), subject.target, subject.indicator);
        Promise {
            name: plain(&one_line(&format!("{} · {name}", key(subject.target)))),
            promise: plain(&one_line(&citation(numbers, subject.target.citation()))),
            help: plain(&notes.join("\n")),
        }
    }

    /// What is said of all waivers that waive nothing.
    #[cfg(feature = "sarif")]
    pub(in crate::document) fn idle_rule_in_words(language: Language) -> &'static str {
        Word::IdleWaiver.text(language)
    }

    /// What is said of all severities of no target.
    #[cfg(feature = "sarif")]
    pub(in crate::document) fn unknown_rule_in_words(language: Language) -> &'static str {
        Word::SeverityRule.text(language)
    }

    fn subject<'s>(&'s self, case: &Case<'s>, language: Language) -> Option<Subject<'s>> {
        let (card, assessment) = (self.scorecard(), case.assessment());
        let (target, indicator) = (card.target(assessment)?, card.indicator(assessment)?);
        Some(Subject { numbers: Numbers { language }, assessment, target, indicator, beside: None })
    }
}

/// What a target promises, in words.
#[cfg(feature = "sarif")]
#[derive(Default)]
pub(in crate::document) struct Promise {
    /// Its key and its indicator.
    pub(in crate::document) name: String,
    /// The clause with its place.
    pub(in crate::document) promise: String,
    /// The clause, and how it was read.
    pub(in crate::document) help: String,
}

/// The text with plain spaces and without what would move the cursor.
fn plain(text: &str) -> String {
    super::table::untied(&super::table::harmless(text))
}

/// The text on one line: what breaks lines is a space, and several are one. What is tied stays tied.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() && c != TIED).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The reports that are due and missing beside the figure.
fn late(subject: &Subject<'_>, case: &Case<'_>) -> Option<String> {
    let late = case.late_reports();
    (!late.is_empty()).then(|| subject.fill(Word::LacksReports, &[&late.join(", ")]))
}

/// That it is met or missed without a case, because the plan says so of a whole of 0.
fn by_rule(subject: &Subject<'_>) -> Option<String> {
    let assessment = subject.assessment;
    let rule = match assessment.status {
        Status::Met => "met",
        Status::Missed => "missed",
        _ => return None,
    };
    let no_cases = assessment.actual.value.as_ref().err() == Some(&Reason::ZeroWhole);
    no_cases.then(|| subject.fill(Word::ByWhenNoCases, &[rule]))
}

/// How the comparison was made, where it was not plain: with a tolerance, or of a rounded value.
fn comparison(subject: &Subject<'_>) -> Vec<String> {
    let (target, indicator, numbers) = (subject.target, subject.indicator, subject.numbers);
    let mut how = Vec::new();
    if target.tolerance() != Number::ZERO {
        let size = Ratio::from(target.tolerance());
        how.push(subject.fill(Word::Tolerance, &[&numbers.exact_with_unit(&size, &indicator.unit().of_differences())]));
    }
    how.extend(target.compare_rounded.map(|rounding| {
        let value = subject.assessment.actual.value.as_ref().ok().filter(|_| subject.assessment.units.is_empty());
        match value.map(|value| (value, rounding.apply(value))) {
            Some((value, rounded)) if *value != rounded => {
                subject.fill(Word::RoundedTo, &[&numbers.exact(value), &subject.exact(&rounded)])
            }
            _ => subject.fill(Word::Rounded, &[&rounding.scale.to_string()]),
        }
    }));
    how
}

/// How each unit stands that does not hold, where so many of them are promised.
fn failing_units(subject: &Subject<'_>, plan: &Plan) -> Vec<String> {
    let units = subject.assessment.units.iter().zip(subject.units(plan));
    let fails = |status: Status| !holds(status) && status != Status::NotApplicable;
    units.filter(|(unit, _)| fails(unit.status)).map(|(_, standing)| standing).collect()
}

/// Whether a unit counts where so many of them are promised.
fn holds(status: Status) -> bool {
    matches!(status, Status::Met | Status::Secured | Status::MetSoFar)
}

/// The status with why it is so.
fn status(subject: &Subject<'_>) -> String {
    match subject.assessment.group() {
        Group::None => format!("{}: {}", subject.assessment.status.in_words(subject.language()), subject.why()),
        _ => subject.status(),
    }
}

/// What is short or over, in the unit and in cases.
fn gap(subject: &Subject<'_>) -> Option<String> {
    let gap = subject.gap();
    (gap != NOTHING).then(|| gap.replace('\n', "; "))
}

/// How the figure was worked out: a quotient of what was counted, an average, a sum, a number of units.
fn formula(subject: &Subject<'_>, plan: &Plan) -> Option<String> {
    let actual = &subject.assessment.actual;
    let value = actual.value.as_ref().ok()?;
    if !subject.assessment.units.is_empty() {
        let names = subject.assessment.units.iter().filter(|unit| holds(unit.status));
        let names: Vec<String> = names.map(|unit| unit_name(subject.numbers, plan, &unit.unit)).collect();
        let names = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
        return Some(format!("{} = {}{names}", subject.say(Word::UnitsThatHold), subject.numbers.exact(value)));
    }
    let is_actual = |step: &&Step| step.of.as_deref() == Some("actual.value");
    if let Some(step) = subject.assessment.steps.iter().find(is_actual) {
        match step.formula {
            Formula::WeightedMean => return weighted(subject, step, value),
            Formula::Sum => return sum(subject, step, value),
            _ => {}
        }
    }
    let measure = actual.measure.as_ref()?;
    // A figure that units were weighted for is no quotient of the sums.
    if measure.value(&subject.indicator.factor()).as_ref() != Some(value) {
        return None;
    }
    let write = |figure: &Ratio| subject.numbers.exact(figure);
    let (words, figures) = match measure {
        Measure::OnTime(cases) => {
            let [in_time, late, overdue] = [&cases.in_time, &cases.late, &cases.overdue].map(write);
            (Word::InTimeOfDue, format!("{in_time} / ({in_time} + {late} + {overdue})"))
        }
        Measure::Quotient { part, whole, .. } => {
            let words = match subject.indicator.kind() {
                Kind::Ratio => Word::NumeratorOfDenominator,
                Kind::Mean => Word::TotalOfWeight,
                Kind::Survey => Word::PositiveOverValid,
                _ => Word::PartOverWhole,
            };
            (words, format!("{} / {}", write(part), write(whole)))
        }
        Measure::Bare(_) | Measure::Amount(_) | Measure::Done { .. } => return None,
    };
    Some(format!("{} = {figures} = {}", subject.say(words), subject.shown(value)))
}

/// `(80 × 3 + 60 × 1) / (3 + 1) = 75 %`: the value of each unit with its weight.
fn weighted(subject: &Subject<'_>, step: &Step, value: &Ratio) -> Option<String> {
    let numbers: Vec<Ratio> = step.inputs.iter().filter_map(|input| input.value.number()).collect();
    let pairs: Vec<(&Ratio, &Ratio)> = numbers.chunks_exact(2).filter_map(|pair| Some((pair.first()?, pair.get(1)?))).collect();
    let result = subject.shown(value);
    if pairs.len() > MOST_TERMS {
        let count = subject.numbers.exact(&Ratio::from(pairs.len()));
        return Some(format!("{} = {result}", subject.fill(Word::WeightedOver, &[&count])));
    }
    let write = |figure: &Ratio| subject.numbers.never_zero(figure);
    let above: Vec<String> = pairs.iter().map(|(value, weight)| format!("{} × {}", write(value), write(weight))).collect();
    let below: Vec<String> = pairs.iter().map(|(_, weight)| write(weight)).collect();
    let words = subject.say(Word::SumOfWeighted);
    Some(format!("{words} = ({}) / ({}) = {result}", above.join(" + "), below.join(" + ")))
}

/// `10 + 20 = 30 documents`, of several amounts.
fn sum(subject: &Subject<'_>, step: &Step, value: &Ratio) -> Option<String> {
    let terms: Vec<Ratio> = step.inputs.iter().filter_map(|input| input.value.number()).collect();
    let result = subject.shown(value);
    match terms.len() {
        0 | 1 => None,
        count if count > MOST_TERMS => {
            Some(format!("{} = {result}", subject.fill(Word::SumOf, &[&subject.numbers.exact(&Ratio::from(count))])))
        }
        _ => {
            let terms: Vec<String> = terms.iter().map(|term| subject.numbers.never_zero(term)).collect();
            Some(format!("{} = {} = {result}", subject.say(Word::SumOfFigures), terms.join(" + ")))
        }
    }
}

/// How the threshold follows from the baseline, where it is so much less or more.
fn change(subject: &Subject<'_>) -> Option<String> {
    let threshold = subject.assessment.threshold.bound.as_ref().ok()?.threshold()?;
    let baseline = subject.assessment.baseline.value.as_ref().ok()?;
    let (sign, size) = match subject.target.requirement() {
        Requirement::ReduceBy(_) => ("−", baseline - threshold),
        Requirement::IncreaseBy(_) => ("+", threshold - baseline),
        _ => return None,
    };
    let on = subject.assessment.baseline.on.map(|day| subject.numbers.day(day)).unwrap_or_default();
    let [baseline, size] = [baseline, &size].map(|value| subject.numbers.exact(value));
    Some(subject.fill(Word::FromBaseline, &[&on, &format!("{baseline} {sign} {size} = {}", subject.exact(threshold))]))
}

/// Who waives the case, or would have waived it, until when and why.
fn said(subject: &Subject<'_>, case: &Case<'_>, waiver: &Waiver) -> String {
    let word = if case.outcome() == Outcome::Waived { Word::WaivedUntil } else { Word::WaiverExpired };
    subject.fill(word, &[&subject.numbers.day(waiver.until()), waiver.authority(), waiver.reason()])
}
