//! What a page says, in order, before anyone decides how it looks.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::cells::{NOTHING, Subject};
use super::notes::{citation, in_section, key, of_target, unit_name};
use super::numbers::{Numbers, TIED};
use super::words::Word;
use crate::assess::{Assessment, Finding, FindingCode, Group, Status};
use crate::number::Ratio;
use crate::plan::{Language, OrganisationUnit, Plan, Target};
use crate::scorecard::{Scorecard, Tally};

/// A scorecard in the words of a language.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) language: Language,
    pub(super) title: String,
    /// The document, the days, the counts: a line each.
    pub(super) about: Vec<String>,
    /// What stands above the tables of the sections.
    pub(super) summary: Vec<Grid>,
    pub(super) sections: Vec<Section>,
    /// What stands below them.
    pub(super) besides: Vec<Grid>,
}

/// A plain table.
#[derive(Debug)]
pub(super) struct Grid {
    pub(super) heading: String,
    pub(super) head: Vec<String>,
    /// The columns whose cells are numbers.
    pub(super) right: Range<usize>,
    pub(super) rows: Vec<Vec<String>>,
}

/// The assessments under a section of the plan.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) heading: String,
    pub(super) blocks: Vec<Block>,
}

/// The assessments of one target.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) id: String,
    /// The citation, and what is to be known of the target.
    pub(super) notes: Vec<String>,
    pub(super) lines: Vec<Line>,
}

/// One assessment.
#[derive(Debug)]
pub(super) struct Line {
    /// The unit, where the scorecard has several.
    pub(super) unit: Option<String>,
    /// Period, actual, requirement, gap, status.
    pub(super) cells: [String; 5],
    pub(super) notes: Vec<String>,
}

impl Page {
    pub(super) fn new(card: &Scorecard, language: Language) -> Self {
        let scribe = Scribe::new(card, language);
        Self {
            language,
            title: scribe.title(),
            about: scribe.about(),
            summary: scribe.summary(),
            sections: scribe.sections(),
            besides: [scribe.findings(), scribe.remarks(), scribe.not_in_force()].into_iter().flatten().collect(),
        }
    }

    /// The heads of the cells of a [`Line`].
    pub(super) fn heads(&self) -> [String; 5] {
        [Word::Period, Word::Actual, Word::Requirement, Word::Gap, Word::Status].map(|word| word.text(self.language).to_owned())
    }
}

/// A target of which nothing can be said, for a unit and some periods.
struct NotAssessed<'c> {
    target: &'c Target,
    unit: &'c str,
    periods: Vec<String>,
}

/// Writes the parts of a page.
struct Scribe<'c> {
    card: &'c Scorecard,
    plan: &'c Plan,
    numbers: Numbers,
    language: Language,
    by_id: BTreeMap<&'c str, &'c Target>,
    /// How many targets have the same key.
    key_counts: BTreeMap<&'c str, usize>,
    /// The targets that replace a target, by its id.
    successors: BTreeMap<&'c str, Vec<&'c Target>>,
}

impl<'c> Scribe<'c> {
    fn new(card: &'c Scorecard, language: Language) -> Self {
        let plan = card.plan();
        let mut key_counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut successors: BTreeMap<&str, Vec<&Target>> = BTreeMap::new();
        for target in plan.targets() {
            let count = key_counts.entry(key(target)).or_default();
            *count = count.saturating_add(1);
            if let Some(replaced) = target.supersedes.and_then(|replaced| plan.targets().get(replaced)) {
                successors.entry(replaced.id()).or_default().push(target);
            }
        }
        let by_id = plan.targets().iter().map(|target| (target.id(), target)).collect();
        Self { card, plan, numbers: Numbers { language }, language, by_id, key_counts, successors }
    }

    fn say(&self, word: Word) -> String {
        word.text(self.language).to_owned()
    }

    fn fill(&self, word: Word, value: &str) -> String {
        word.fill(self.language, &[value])
    }

    fn count(&self, count: usize) -> String {
        self.numbers.exact(&Ratio::from(count))
    }

    fn subject(&self, assessment: &'c Assessment) -> Option<Subject<'c>> {
        let (target, indicator) = (self.card.target(assessment)?, self.card.indicator(assessment)?);
        Some(Subject { numbers: self.numbers, assessment, target, indicator, beside: None })
    }

    fn title(&self) -> String {
        let title = self.plan.title().get(self.language);
        title.map_or_else(|| self.fill(Word::Scorecard, self.plan.id()), str::to_owned)
    }

    fn about(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(document) = &self.plan.draft().plan.document {
            let date = document.date.map(|date| self.numbers.day(date.0));
            let parts: Vec<String> = [document.number.clone(), date, document.issuer.clone()].into_iter().flatten().collect();
            if !parts.is_empty() {
                lines.push(self.fill(Word::Document, &parts.join(", ")));
            }
        }
        lines.push(self.fill(Word::AsOf, &self.numbers.day(self.card.as_of())));
        lines.push(self.fill(Word::KnownOn, &self.numbers.day(self.card.known_on())));
        let assessments = self.card.assessments();
        let targets: BTreeSet<&str> = assessments.iter().map(|assessment| &*assessment.target).collect();
        let counts = [self.count(assessments.len()), self.count(targets.len())];
        lines.push(if assessments.is_empty() {
            self.say(Word::Nothing)
        } else {
            Word::Counted.fill(self.language, &counts.each_ref().map(String::as_str))
        });
        let is_forecast = |assessment| self.subject(assessment).is_some_and(|subject| subject.forecast().is_some());
        lines.extend(assessments.iter().any(is_forecast).then(|| self.say(Word::ForecastsDecideNothing)));
        lines
    }

    fn has_several_units(&self) -> bool {
        let mut units = self.card.assessments().iter().map(|assessment| &assessment.unit);
        let first = units.next();
        units.any(|unit| Some(unit) != first)
    }

    fn section_name(&self, section: &str) -> String {
        if section.is_empty() { self.say(Word::NoSection) } else { section.to_owned() }
    }

    fn summary(&self) -> Vec<Grid> {
        if self.card.assessments().is_empty() {
            return Vec::new();
        }
        let summary = self.card.summary();
        let mut groups: Vec<Group> = vec![Group::Good, Group::Warning, Group::Bad, Group::None];
        let occurring = summary.all.by_group();
        groups.retain(|group| *group != Group::Warning || occurring.contains_key(group));
        let grid = |heading: Word, first: Word, rows: Vec<(String, &Tally)>| Grid {
            heading: self.say(heading),
            head: [self.say(first), self.say(Word::Total)]
                .into_iter()
                .chain(groups.iter().map(|group| self.say(Word::of_group(*group))))
                .chain([self.say(Word::Detail)])
                .collect(),
            right: 1..groups.len().saturating_add(2),
            rows: rows.into_iter().map(|(name, tally)| self.tally(name, tally, &groups)).collect(),
        };
        let sections = summary.by_section.iter().map(|(section, tally)| (self.section_name(section), tally));
        let all = std::iter::once((self.say(Word::All), &summary.all));
        let mut grids = vec![grid(Word::BySection, Word::Section, all.chain(sections).collect())];
        if self.has_several_units() {
            let units = summary.by_unit.iter().map(|(unit, tally)| (unit_name(self.numbers, self.plan, unit), tally));
            grids.push(grid(Word::ByUnit, Word::Unit, units.collect()));
        }
        grids.extend(self.not_assessed());
        grids
    }

    fn tally(&self, name: String, tally: &Tally, groups: &[Group]) -> Vec<String> {
        let by_group = tally.by_group();
        let mut row = vec![name, self.count(tally.total())];
        row.extend(groups.iter().map(|group| self.count(by_group.get(group).copied().unwrap_or(0))));
        let detail: Vec<String> = tally
            .by_status()
            .map(|(of, count)| format!("{} {}", of.in_words(self.language), self.count(count)).replace(' ', &TIED.to_string()))
            .collect();
        row.push(detail.join(&format!("{TIED}· ")));
        row
    }

    /// What has no verdict, by status and reason: the targets with their units and periods.
    fn not_assessed(&self) -> Option<Grid> {
        let mut why: BTreeMap<(Status, String), Vec<NotAssessed<'_>>> = BTreeMap::new();
        for assessment in self.card.assessments().iter().filter(|assessment| assessment.group() == Group::None) {
            let Some(subject) = self.subject(assessment) else { continue };
            let missing = &assessment.actual.coverage.missing;
            let mut when = subject.period();
            if matches!(assessment.status, Status::AwaitingData | Status::NoData) && !missing.is_empty() {
                when = format!("{when} [{}]", self.fill(Word::Missing, &missing.join(", ")));
            }
            let items = why.entry((assessment.status, subject.why())).or_default();
            match items.last_mut().filter(|item| item.target.id() == subject.target.id() && item.unit == &*assessment.unit) {
                Some(item) => item.periods.push(when),
                None => items.push(NotAssessed { target: subject.target, unit: &assessment.unit, periods: vec![when] }),
            }
        }
        let row = |((of, why), items): ((Status, String), Vec<NotAssessed<'_>>)| {
            let which: Vec<String> = items.iter().map(|item| self.which(item)).collect();
            vec![of.in_words(self.language).to_owned(), why, which.join("; ")]
        };
        let rows: Vec<Vec<String>> = why.into_iter().map(row).collect();
        self.grid(Word::NotAssessed, &[Word::Status, Word::Why, Word::Which], rows)
    }

    /// The target with its periods; with its id where others have the same key, and its unit where that is not the owner.
    fn which(&self, item: &NotAssessed<'_>) -> String {
        let is_shared = self.key_counts.get(key(item.target)).is_some_and(|count| *count > 1);
        let id = if is_shared { format!(" [{}]", item.target.id()) } else { String::new() };
        let owner = self.plan.units().get(self.plan.owner).map(OrganisationUnit::id);
        let unit = (owner != Some(item.unit)).then(|| format!(", {}", unit_name(self.numbers, self.plan, item.unit)));
        let space = if id.is_empty() { TIED } else { ' ' };
        format!("{}{id}{}{space}({})", key(item.target), unit.unwrap_or_default(), item.periods.join(", "))
    }

    fn grid(&self, heading: Word, head: &[Word], rows: Vec<Vec<String>>) -> Option<Grid> {
        (!rows.is_empty()).then(|| Grid {
            heading: self.say(heading),
            head: head.iter().map(|word| self.say(*word)).collect(),
            right: 0..0,
            rows,
        })
    }

    fn sections(&self) -> Vec<Section> {
        let several_units = self.has_several_units();
        let mut sections: Vec<(&str, Section)> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for assessment in self.card.assessments() {
            let Some(subject) = self.subject(assessment) else { continue };
            let id = subject.target.citation().and_then(|citation| citation.section.as_deref()).unwrap_or_default();
            let place = *places.entry(id).or_insert_with(|| {
                let heading =
                    if id.is_empty() { self.say(Word::NoSection) } else { in_section(Word::InSection, self.numbers, id) };
                sections.push((id, Section { heading, blocks: Vec::new() }));
                sections.len().saturating_sub(1)
            });
            let Some((_, section)) = sections.get_mut(place) else { continue };
            let line = Line {
                unit: several_units.then(|| unit_name(self.numbers, self.plan, &assessment.unit)),
                cells: subject.cells(),
                notes: subject.notes(self.plan),
            };
            match section.blocks.last_mut() {
                Some(block) if block.id == subject.target.id() => block.lines.push(line),
                _ => section.blocks.push(self.block(&subject, line)),
            }
        }
        sections.into_iter().map(|(_, section)| section).collect()
    }

    fn block(&self, subject: &Subject<'_>, line: Line) -> Block {
        let indicator = subject.indicator;
        Block {
            key: key(subject.target).to_owned(),
            name: indicator.name().get(self.language).unwrap_or(indicator.id()).to_owned(),
            id: subject.target.id().to_owned(),
            notes: of_target(self.numbers, self.plan, subject.target, indicator),
            lines: vec![line],
        }
    }

    fn findings(&self) -> Option<Grid> {
        let row = |finding: &Finding| {
            let localised = match finding.code {
                FindingCode::ConflictingTargets => {
                    let others: Vec<String> = finding.right.split(", ").map(|other| self.known_as(other)).collect();
                    Finding { right: others.join(", ").into(), ..finding.clone() }
                }
                _ => Finding {
                    left: self.numbers.localised(&finding.left).into(),
                    right: self.numbers.localised(&finding.right).into(),
                    ..finding.clone()
                },
            };
            vec![self.say(Word::of_finding(finding.code)), self.known_as(&finding.place), localised.detail(self.language)]
        };
        let rows = self.card.findings().iter().map(row).collect();
        self.grid(Word::Findings, &[Word::Finding, Word::Place, Word::Detail], rows)
    }

    /// A place that begins with a target's id, with the key by which people know the target before it.
    fn known_as(&self, place: &str) -> String {
        let id = place.split(' ').next().unwrap_or_default();
        let row = self.by_id.get(id).and_then(|target| target.row());
        row.map_or_else(|| place.to_owned(), |row| format!("{row} {place}"))
    }

    fn remarks(&self) -> Option<Grid> {
        let rows = self.card.remarks().iter().map(|remark| {
            let row = remark.row().unwrap_or(NOTHING).to_owned();
            vec![row, remark.why().to_owned(), citation(self.numbers, remark.citation())]
        });
        self.grid(Word::Remarks, &[Word::Row, Word::Why, Word::Citation], rows.collect())
    }

    fn not_in_force(&self) -> Option<Grid> {
        let row = |target: &Target| {
            vec![key(target).to_owned(), target.id().to_owned(), self.validity(target), citation(self.numbers, target.citation())]
        };
        let rows = self.card.not_in_force().map(row).collect();
        self.grid(Word::NotInForce, &[Word::Row, Word::Target, Word::Validity, Word::Citation], rows)
    }

    /// From when to when a target is law, and what replaces it.
    fn validity(&self, target: &Target) -> String {
        let from = target.in_force().0.map(|day| self.fill(Word::From, &self.numbers.day(day)));
        let to = target.in_force.1.map(|day| self.fill(Word::To, &self.numbers.day(day)));
        let successors = self.successors.get(target.id()).map(Vec::as_slice).unwrap_or_default();
        let by = successors.iter().map(|other| self.fill(Word::ReplacedBy, &self.known_as(other.id())));
        let parts: Vec<String> = from.into_iter().chain(to).chain(by).collect();
        if parts.is_empty() { NOTHING.to_owned() } else { parts.join(", ") }
    }
}
