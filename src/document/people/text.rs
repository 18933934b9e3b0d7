//! The page as plain text.

use super::page::{Grid, Page, Section};
use super::report::Report;
use super::table::{Frame, WIDTH, hung, widths};

/// The widths of period, actual, requirement, gap and status: with their frame they make one line, on every page the same.
const COLUMNS: [usize; 5] = [12, 24, 20, 20, 18];

/// The whole page; lines end in a line feed.
pub(super) fn render(page: &Page) -> String {
    let mut lines = head(&page.title, &page.about);
    for grid in &page.summary {
        lines.extend(of_grid(grid));
    }
    for section in &page.sections {
        lines.extend(of_section(section, &page.heads()));
    }
    for grid in &page.besides {
        lines.extend(of_grid(grid));
    }
    finished(lines)
}

/// A report as plain text.
pub(super) fn report(report: &Report) -> String {
    let mut lines = head(&report.title, &report.about);
    lines.extend(report.grids.iter().flat_map(of_grid));
    for entry in &report.entries {
        lines.extend(heading(&entry.head));
        lines.extend(entry.lines.iter().flat_map(|line| hung(line, WIDTH, 2, 2)));
        for (name, sentences) in &entry.lists {
            lines.extend(hung(&format!("{name}:"), WIDTH, 2, 2));
            lines.extend(sentences.iter().flat_map(|sentence| hung(&format!("• {sentence}"), WIDTH, 2, 2)));
        }
    }
    finished(lines)
}

fn head(title: &str, about: &[String]) -> Vec<String> {
    let mut lines = hung(title, WIDTH, 0, 0);
    lines.push("=".repeat(lines.iter().map(|line| unicode_width::UnicodeWidthStr::width(line.as_str())).max().unwrap_or(0)));
    lines.extend(about.iter().flat_map(|about| hung(about, WIDTH, 0, 2)));
    lines
}

fn finished(lines: Vec<String>) -> String {
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

fn heading(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    lines.extend(hung(text, WIDTH, 0, 0));
    lines
}

fn of_grid(grid: &Grid) -> Vec<String> {
    let rows: Vec<&[String]> = std::iter::once(&grid.head).chain(&grid.rows).map(Vec::as_slice).collect();
    let mut frame = Frame::new(widths(&rows, grid.head.len()), grid.right.clone());
    // Rows of numbers are read down the columns; rows of sentences one by one.
    let is_of_numbers = !grid.right.is_empty();
    for (place, row) in rows.into_iter().enumerate() {
        if place < 2 || !is_of_numbers {
            frame.rule(true);
        }
        frame.cells(row);
    }
    let mut lines = heading(&grid.heading);
    lines.extend(frame.finish());
    lines
}

/// One citation for each target, then one line for each period.
fn of_section(section: &Section, heads: &[String]) -> Vec<String> {
    let mut frame = Frame::new(COLUMNS.to_vec(), 0..0);
    frame.rule(true);
    frame.cells(heads);
    for block in &section.blocks {
        frame.rule(false);
        let mut units = block.lines.iter().map(|line| &line.unit);
        let first = units.next().and_then(Option::as_ref);
        let one_unit = units.all(|unit| unit.as_ref() == first);
        let unit = if one_unit { first } else { None };
        let mut head = vec![block.key.as_str(), block.name.as_str()];
        head.extend(unit.map(String::as_str));
        let id = if block.key == block.id { String::new() } else { format!(" [{}]", block.id) };
        frame.span(&format!("{}{id}", head.join(" · ")), 0, 2);
        for note in &block.notes {
            frame.span(note, 2, 2);
        }
        let mut above = None;
        for (place, line) in block.lines.iter().enumerate() {
            match &line.unit {
                Some(name) if !one_unit && above != Some(name) => {
                    frame.rule(false);
                    frame.span(name, 0, 2);
                    above = Some(name);
                }
                _ if place == 0 => frame.rule(true),
                _ => {}
            }
            frame.cells(&line.cells);
            for note in &line.notes {
                frame.span(&format!("• {note}"), 2, 2);
            }
        }
    }
    let mut lines = heading(&section.heading);
    lines.extend(frame.finish());
    lines
}
