//! Text of equal width: wrapping, columns, and the frame around them.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use super::numbers::TIED;

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;

/// How many columns a line has at most.
pub(super) const WIDTH: usize = 110;

/// The text without what would move the cursor or turn the writing around; line breaks stay.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !text.chars().any(|c| (c.is_control() && c != '\n') || turns(c)) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    let harmless = |c: char| match c {
        '\n' => '\n',
        '\r' | '\u{2028}' | '\u{2029}' => '\n',
        '\t' => ' ',
        c if c.is_control() || turns(c) => '\u{fffd}',
        c => c,
    };
    Cow::Owned(text.chars().map(harmless).collect())
}

/// The text with plain spaces where lines must not be broken.
pub(super) fn untied(text: &str) -> String {
    text.replace(TIED, " ")
}

/// The lines of a text, each at most `width` columns wide; at least one. Nothing is cut: words that are too long go on in
/// the next line.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in harmless(text).split('\n') {
        let mut line = String::new();
        for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
            let extended = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if extended.width() <= width {
                line = extended;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line = broken(word, width, &mut lines);
        }
        lines.push(line);
    }
    lines.iter().map(|line| untied(line)).collect()
}

/// Puts the full lines of a long word into `lines` and gives its rest; it is broken after a sign where it has one.
fn broken(word: &str, width: usize, lines: &mut Vec<String>) -> String {
    let mut line = String::new();
    for c in word.chars() {
        let mut longer = line.clone();
        longer.push(c);
        // Marks that stand on the letter before them have no width of their own, so they never begin a line.
        if longer.width() <= width || line.is_empty() {
            line = longer;
            continue;
        }
        let rest = match line.rsplit_once(['-', '/', '_']) {
            Some((head, rest)) if !head.is_empty() => rest.to_owned(),
            _ => String::new(),
        };
        line.truncate(line.len().saturating_sub(rest.len()));
        lines.push(std::mem::replace(&mut line, rest));
        line.push(c);
    }
    line
}

/// The text filled up with spaces to a width.
fn padded(text: &str, width: usize, right: bool) -> String {
    let space = " ".repeat(width.saturating_sub(text.width()));
    if right { format!("{space}{text}") } else { format!("{text}{space}") }
}

/// The widths of columns that hold `rows`: as wide as their content, or where that is too wide for a line the widest of
/// them equally narrow.
pub(super) fn widths(rows: &[&[String]], columns: usize) -> Vec<usize> {
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.flat_map(|cell| harmless(cell).split('\n').map(UnicodeWidthStr::width).collect::<Vec<_>>()).max().unwrap_or(0)
    };
    let natural: Vec<usize> = (0..columns).map(widest).collect();
    let room = WIDTH.saturating_sub(columns.saturating_mul(3).saturating_add(1));
    let limited = |limit: usize| natural.iter().map(|width| (*width).min(limit)).sum::<usize>();
    let limit = (1..=room).rev().find(|limit| limited(*limit) <= room).unwrap_or(1);
    natural.into_iter().map(|width| width.clamp(1, limit)).collect()
}

/// A table drawn line by line, all of one width.
#[derive(Debug)]
pub(super) struct Frame {
    widths: Vec<usize>,
    /// The columns whose cells are numbers.
    right: std::ops::Range<usize>,
    lines: Vec<String>,
    /// Whether the last line was one of cells; none where the frame is still closed.
    cells_above: Option<bool>,
}

impl Frame {
    pub(super) fn new(widths: Vec<usize>, right: std::ops::Range<usize>) -> Self {
        Self { widths, right, lines: Vec::new(), cells_above: None }
    }

    /// The width of a line that spans all columns.
    pub(super) fn inner(&self) -> usize {
        self.widths.iter().sum::<usize>().saturating_add(self.widths.len().saturating_sub(1).saturating_mul(3))
    }

    /// A line between rows; `cells` says whether cells come next.
    pub(super) fn rule(&mut self, cells: bool) {
        let (left, middle, right) = match (self.cells_above, cells) {
            (None, true) => ('┌', '┬', '┐'),
            (None, false) => ('┌', '─', '┐'),
            (Some(true), true) => ('├', '┼', '┤'),
            (Some(true), false) => ('├', '┴', '┤'),
            (Some(false), true) => ('├', '┬', '┤'),
            (Some(false), false) => ('├', '─', '┤'),
        };
        self.line(left, middle, right);
    }

    fn line(&mut self, left: char, middle: char, right: char) {
        let columns: Vec<String> = self.widths.iter().map(|width| "─".repeat(width.saturating_add(2))).collect();
        self.lines.push(format!("{left}{}{right}", columns.join(&middle.to_string())));
    }

    /// A row of cells, as high as the highest of them.
    pub(super) fn cells(&mut self, cells: &[String]) {
        let wrapped: Vec<Vec<String>> = self.widths.iter().zip(cells).map(|(width, cell)| wrap(cell, *width)).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for place in 0..height {
            let line: Vec<String> = self
                .widths
                .iter()
                .zip(&wrapped)
                .enumerate()
                .map(|(column, (width, lines))| {
                    let text = lines.get(place).map_or("", String::as_str);
                    padded(text, *width, self.right.contains(&column))
                })
                .collect();
            self.lines.push(format!("│ {} │", line.join(" │ ")));
        }
        self.cells_above = Some(true);
    }

    /// A text over all columns, its further lines set in by `hang`.
    pub(super) fn span(&mut self, text: &str, indent: usize, hang: usize) {
        let inner = self.inner();
        for line in hung(text, inner, indent, hang) {
            self.lines.push(format!("│ {} │", padded(&line, inner, false)));
        }
        self.cells_above = Some(false);
    }

    /// The finished table.
    pub(super) fn finish(mut self) -> Vec<String> {
        let middle = if self.cells_above == Some(true) { '┴' } else { '─' };
        self.line('└', middle, '┘');
        self.lines
    }
}

/// A wrapped text whose first line is set in by `indent` and the further ones by `hang` more.
pub(super) fn hung(text: &str, width: usize, indent: usize, hang: usize) -> Vec<String> {
    let deep = indent.saturating_add(hang);
    let mut lines = Vec::new();
    for line in wrap(text, width.saturating_sub(deep).max(2)) {
        let by = if lines.is_empty() { indent } else { deep };
        lines.push(format!("{}{line}", " ".repeat(by)));
    }
    lines
}
