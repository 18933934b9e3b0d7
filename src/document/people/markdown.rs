//! The page as Markdown, with tables as GitHub and most others read them.

use std::fmt::Write;

use super::page::{Grid, Page, Section};
use super::report::Report;
use super::table::{harmless, untied};
use super::words::Word;

/// The whole page; lines end in a line feed.
pub(super) fn render(page: &Page) -> String {
    let mut blocks = head(&page.title, &page.about);
    blocks.extend(page.summary.iter().map(of_grid));
    blocks.extend(page.sections.iter().map(|section| of_section(page, section)));
    blocks.extend(page.besides.iter().map(of_grid));
    finished(&blocks)
}

/// A report as Markdown.
pub(super) fn report(report: &Report) -> String {
    let mut blocks = head(&report.title, &report.about);
    blocks.extend(report.grids.iter().map(of_grid));
    let list =
        |sentences: &[String]| sentences.iter().map(|sentence| format!("- {}", in_line(sentence))).collect::<Vec<_>>().join("\n");
    for entry in &report.entries {
        blocks.push(format!("## {}", in_line(&entry.head)));
        blocks.push(entry.lines.iter().map(|line| in_line(line)).collect::<Vec<_>>().join("<br>\n"));
        blocks.extend(entry.lists.iter().map(|(name, sentences)| format!("{}:\n\n{}", in_line(name), list(sentences))));
    }
    finished(&blocks)
}

fn head(title: &str, about: &[String]) -> Vec<String> {
    vec![format!("# {}", in_line(title)), about.iter().map(|about| in_line(about)).collect::<Vec<_>>().join("<br>\n")]
}

fn finished(blocks: &[String]) -> String {
    let mut text = blocks.join("\n\n");
    text.push('\n');
    text
}

/// The text so that Markdown shows it as it is, line breaks aside.
fn escaped(text: &str) -> String {
    let text = untied(&harmless(text));
    let mut escaped = String::with_capacity(text.len());
    let mut entities = text.matches(';').count();
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // Only what ends in a semicolon is taken for an entity.
            '&' if entities > 0 => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            _ => escaped.push(c),
        }
        entities = entities.saturating_sub(usize::from(c == ';'));
    }
    escaped
}

/// The text on one line.
pub(super) fn in_line(text: &str) -> String {
    escaped(text).replace('\n', " ")
}

/// The text in a cell of a table.
fn in_cell(text: &str) -> String {
    escaped(text).replace('\n', "<br>")
}

fn row(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().collect();
    format!("| {} |", cells.join(" | "))
}

fn table(heading: &str, head: &[String], right: std::ops::Range<usize>, rows: impl Iterator<Item = String>) -> String {
    let mut text = format!("## {}\n\n{}\n", in_line(heading), row(head.iter().map(|cell| in_cell(cell))));
    text.push_str(&row((0..head.len()).map(|column| if right.contains(&column) { "---:" } else { "---" }.to_owned())));
    for row in rows {
        // Writing to a string does not fail.
        let _ = write!(text, "\n{row}");
    }
    text
}

fn of_grid(grid: &Grid) -> String {
    let rows = grid.rows.iter().map(|cells| row(cells.iter().map(|cell| in_cell(cell))));
    table(&grid.heading, &grid.head, grid.right.clone(), rows)
}

/// One row for each assessment; the citation travels with each of them.
fn of_section(page: &Page, section: &Section) -> String {
    let word = |word: Word| word.text(page.language).to_owned();
    let has_units = section.blocks.iter().flat_map(|block| &block.lines).any(|line| line.unit.is_some());
    let mut head = vec![word(Word::Row), word(Word::Target)];
    head.extend(has_units.then(|| word(Word::Unit)));
    head.extend(page.heads());
    head.push(word(Word::CitationAndNotes));
    let mut rows = Vec::new();
    for block in &section.blocks {
        let id = if block.key == block.id { String::new() } else { format!("<br>{}", in_cell(&block.id)) };
        for line in &block.lines {
            let mut cells = vec![in_cell(&block.key), format!("{}{id}", in_cell(&block.name))];
            cells.extend(line.unit.as_ref().map(|unit| in_cell(unit)));
            cells.extend(line.cells.iter().map(|cell| in_cell(cell)));
            let notes: Vec<String> = block.notes.iter().chain(&line.notes).map(|note| in_cell(note)).collect();
            cells.push(notes.join("<br>"));
            rows.push(row(cells));
        }
    }
    table(&section.heading, &head, 0..0, rows.into_iter())
}
