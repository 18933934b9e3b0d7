//! A chart in plain characters: a column is a month, a line five percentage points.

use std::collections::BTreeMap;
use std::fmt::Write;

use attain::assess::Path;
use attain::number::Ratio;
use attain::time::Period;
use chrono::{Datelike, NaiveDate};

/// Percentage points of a line.
const STEP: i64 = 5;

/// What stands at a place of the chart; of several the last one in this order is seen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    Band,
    Path,
    Outlook,
    /// A figure that came after the outlook was made.
    Later,
    Actual,
}

impl Mark {
    pub(crate) const ALL: [Self; 5] = [Self::Actual, Self::Path, Self::Outlook, Self::Band, Self::Later];

    pub(crate) fn sign(self) -> char {
        match self {
            Self::Band => ':',
            Self::Path => '-',
            Self::Outlook => '+',
            Self::Later => 'o',
            Self::Actual => '*',
        }
    }
}

/// The outlook for a quarter: the value, and the interval around it.
pub(crate) struct Ahead {
    pub(crate) period: Period,
    pub(crate) value: Ratio,
    pub(crate) low: Ratio,
    pub(crate) high: Ratio,
}

/// Months of some years against percentages.
pub(crate) struct Chart {
    years: (i32, i32),
    /// By line from 0 % upwards, and month from the first one.
    marks: BTreeMap<(i64, i64), Mark>,
}

impl Chart {
    /// An empty chart of the years from one to another.
    pub(crate) fn new(first: i32, last: i32) -> Self {
        Self { years: (first, last), marks: BTreeMap::new() }
    }

    /// The path at the end of every month that it covers.
    pub(crate) fn path(&mut self, path: &Path) {
        let days = path.anchors().iter().map(|anchor| anchor.on);
        let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return };
        for month in 0..self.months() {
            let end = self.month_end(month).filter(|end| (first..=last).contains(end));
            if let Some(end) = end {
                self.mark(end, &path.at(end), Mark::Path);
            }
        }
    }

    /// A figure at the last month of its period.
    pub(crate) fn figure(&mut self, period: &Period, value: &Ratio, mark: Mark) {
        self.mark(period.last(), value, mark);
    }

    /// The outlook for a quarter, its band over all of the quarter's months.
    pub(crate) fn outlook(&mut self, ahead: &Ahead) {
        let (from, to) = (self.month(ahead.period.first()), self.month(ahead.period.last()));
        let (Some(low), Some(high)) = (line(&ahead.low), line(&ahead.high)) else { return };
        for line in low..=high {
            for month in from..=to {
                self.put(line, month, Mark::Band);
            }
        }
        self.mark(ahead.period.last(), &ahead.value, Mark::Outlook);
    }

    fn mark(&mut self, on: NaiveDate, value: &Ratio, mark: Mark) {
        let month = self.month(on);
        if let Some(line) = line(value) {
            self.put(line, month, mark);
        }
    }

    fn put(&mut self, line: i64, month: i64, mark: Mark) {
        let place = self.marks.entry((line, month)).or_insert(mark);
        *place = mark.max(*place);
    }

    fn month(&self, day: NaiveDate) -> i64 {
        i64::from(day.year() - self.years.0) * 12 + i64::from(day.month0())
    }

    fn months(&self) -> i64 {
        i64::from(self.years.1 - self.years.0 + 1) * 12
    }

    fn month_end(&self, month: i64) -> Option<NaiveDate> {
        let next = month + 1;
        let year = self.years.0.checked_add(i32::try_from(next / 12).ok()?)?;
        NaiveDate::from_ymd_opt(year, u32::try_from(next % 12).ok()? + 1, 1)?.pred_opt()
    }

    /// The chart as text, the highest line first, with the percentages at its side and the years below.
    pub(crate) fn to_text(&self) -> String {
        let highest = self.marks.keys().map(|(line, _)| *line).max().unwrap_or_default();
        let mut text = String::new();
        for line in (0..=highest).rev() {
            let sign = |month| self.marks.get(&(line, month)).map_or(' ', |mark| mark.sign());
            let signs: String = (0..self.months()).map(sign).collect();
            let percent = line * STEP;
            let side = if percent % 10 == 0 { format!("{percent:>4} %") } else { String::new() };
            // Writing to a string does not fail.
            let _ = writeln!(text, "{side:6} |{}", signs.trim_end());
        }
        let years: String = (self.years.0..=self.years.1).map(|year| format!("|{year:-<11}")).collect();
        let _ = writeln!(text, "{:6} {years}|", "");
        text
    }
}

/// The line nearest to a percentage.
fn line(value: &Ratio) -> Option<i64> {
    let half = Ratio::new(1, 2)?;
    (value.divided_by(&Ratio::from(STEP))? + half).floor().to_i64()
}
