//! How deep a TOML text nests, found without parsing it.

use crate::document::input::MAX_NESTING;

/// The offset at which lists, tables and dotted names nest deeper than allowed, if they do.
///
/// The parser bounds brackets and the dots of one name each on their own; names inside brackets could still
/// multiply to a tree whose mere release overflows the stack. Headers count for themselves here; the reader
/// counts exactly what is left. Text and comments end where the parser's own lexer ends them.
pub(crate) fn too_deep(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut levels: Vec<Level> = Vec::new();
    let mut here = Level::default();
    let mut depth = 1_usize;
    let (mut at, mut line_is_blank, mut in_header) = (0, true, false);
    while let Some(byte) = bytes.get(at).copied() {
        let opens_line = std::mem::replace(&mut line_is_blank, false);
        match byte {
            b' ' | b'\t' => line_is_blank = opens_line,
            b'\n' | b'\r' => {
                (line_is_blank, in_header) = (true, false);
                depth -= here.restart();
            }
            b'"' | b'\'' => {
                at = after_text(bytes, at, byte);
                continue;
            }
            b'#' => {
                let rest = bytes.get(at..).unwrap_or_default();
                at += rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
                continue;
            }
            b'[' if opens_line && levels.is_empty() => in_header = true,
            b'[' | b']' if in_header => {}
            b'[' | b'{' => {
                depth += 1;
                let inner = Level { is_list: byte == b'[', is_value: byte == b'[', dots: 0 };
                levels.push(std::mem::replace(&mut here, inner));
            }
            b']' | b'}' => {
                if let Some(outer) = levels.pop() {
                    depth -= 1 + here.dots;
                    here = outer;
                }
            }
            b'.' if here.is_value => {}
            b'.' => {
                here.dots += 1;
                depth += 1;
            }
            b'=' => here.is_value = true,
            b',' => depth -= here.restart(),
            _ => {
                // Quotes after its first letter belong to a bare word.
                let rest = bytes.get(at..).unwrap_or_default();
                at += rest.iter().position(|byte| b".=,[]{} \t#\r\n".contains(byte)).unwrap_or(rest.len());
                continue;
            }
        }
        if depth > MAX_NESTING {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// What is open: a list, an inline table, or the document.
#[derive(Default)]
struct Level {
    is_list: bool,
    /// Whether a value is being read rather than a name; dots nest in names only.
    is_value: bool,
    dots: usize,
}

impl Level {
    /// Begins the next name or entry, and says how many levels the last name takes with it.
    fn restart(&mut self) -> usize {
        self.is_value = self.is_list;
        std::mem::take(&mut self.dots)
    }
}

/// The offset after the text that opens at `start` with `quote`.
fn after_text(bytes: &[u8], start: usize, quote: u8) -> usize {
    let is_run = |at: usize| bytes.get(at..at + 3).is_some_and(|run| run.iter().all(|byte| *byte == quote));
    let is_long = is_run(start);
    let mut at = start + if is_long { 3 } else { 1 };
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'\\' if quote == b'"' => {
                at += if matches!(bytes.get(at + 1), Some(b'\\' | b'"')) { 2 } else { 1 };
            }
            b'\n' if !is_long => return at,
            _ if byte == quote && !is_long => return at + 1,
            _ if byte == quote && is_run(at) => {
                // Up to two quotes may stand right before the closing three.
                let extra = bytes.get(at + 3..).unwrap_or_default().iter().take(2);
                return at + 3 + extra.take_while(|byte| **byte == quote).count();
            }
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
#[path = "toml_depth_tests.rs"]
mod tests;
