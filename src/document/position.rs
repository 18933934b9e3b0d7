//! Line and column of a byte offset.

use crate::fault::Position;

/// How far apart the known positions are; no look-up scans further than this.
const STRIDE: usize = 1024;

/// The positions of a text, counted once and then found at any offset without a rescan.
///
/// Marks stand at every `STRIDE` bytes rather than at line starts, so that neither a document on one line
/// nor one of line breaks only costs time or memory. A line ends in LF, CRLF or a lone CR.
pub(crate) struct Lines<'t> {
    bytes: &'t [u8],
    marks: Vec<Position>,
}

impl<'t> Lines<'t> {
    /// Counts through `text`.
    pub(crate) fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut at = Position { line: 1, column: 1 };
        let mut marks = vec![at];
        for (index, chunk) in bytes.chunks(STRIDE).enumerate() {
            at = advance(at, chunk, bytes.get((index + 1) * STRIDE).copied());
            marks.push(at);
        }
        Self { bytes, marks }
    }

    /// The line and column of the character that the byte at `offset` belongs to.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.bytes.len());
        while self.bytes.get(offset).is_some_and(|byte| is_inside(*byte)) {
            offset -= 1;
        }
        let mark = offset / STRIDE;
        let start = self.marks.get(mark).copied().unwrap_or(Position { line: 1, column: 1 });
        let rest = self.bytes.get(mark * STRIDE..offset).unwrap_or_default();
        advance(start, rest, self.bytes.get(offset).copied())
    }
}

/// How many line breaks `bytes` hold, where `next` is the byte that follows them.
pub(crate) fn breaks(bytes: &[u8], next: Option<u8>) -> usize {
    advance(Position { line: 0, column: 1 }, bytes, next).line
}

fn advance(mut at: Position, bytes: &[u8], next: Option<u8>) -> Position {
    let mut bytes = bytes.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        let line_ends = match byte {
            b'\n' => true,
            b'\r' => bytes.peek().copied().or(next) != Some(b'\n'),
            _ => false,
        };
        if line_ends {
            at = Position { line: at.line + 1, column: 1 };
        } else if !is_inside(byte) {
            at.column += 1;
        }
    }
    at
}

/// Whether the byte continues a character that began before it.
fn is_inside(byte: u8) -> bool {
    matches!(byte, 0x80..=0xBF)
}

#[cfg(test)]
#[path = "position_tests.rs"]
mod tests;
