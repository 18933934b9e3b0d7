//! From bytes to text, and the limits that every reader keeps.

use crate::document::position::Lines;
use crate::fault::{Fault, FaultKind, Faults, Path};

/// The most bytes of a JSON document: a bound on memory, far above any plan written by hand.
pub(crate) const MAX_DOCUMENT: usize = 64 * 1024 * 1024;
/// The most bytes of a TOML document; its parser takes some 60 bytes of memory for each byte of the worst text.
pub(crate) const MAX_TOML: usize = 16 * 1024 * 1024;
/// The most lists and tables inside each other, the document's own included.
pub(crate) const MAX_NESTING: usize = 64;
/// The most bytes of one text, number, name or cell.
pub(crate) const MAX_TEXT: usize = 64 * 1024;
/// The most values of a JSON or TOML document: a tree costs far more memory than the text `[1,1,1…` behind it.
pub(crate) const MAX_VALUES: usize = 4_000_000;
/// The most faults kept of one document.
pub(crate) const MAX_FAULTS: usize = 1_000;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// The text behind `bytes`, without its byte order mark.
///
/// # Errors
/// Where there are more than `most` bytes, or they are not text in UTF-8.
pub(crate) fn text(bytes: &[u8], most: Option<usize>) -> Result<&str, Faults> {
    if let Some(most) = most.filter(|most| bytes.len() > *most) {
        let what = format!("a document of {} bytes", bytes.len());
        return Err(Fault::new(FaultKind::Limit, Path::root(), what, format!("at most {most} bytes")).into());
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(refused("", "the text is in UTF-16", "UTF-8; save the file as UTF-8"));
    }
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let (good, bad) = bytes.split_at_checked(error.valid_up_to()).unwrap_or((bytes, &[]));
            let good = std::str::from_utf8(good).unwrap_or_default();
            let byte = bad.first().copied().unwrap_or_default();
            return Err(refused(good, &format!("the byte 0x{byte:02X} is not UTF-8"), "text in UTF-8"));
        }
    };
    if let Some((before, _)) = text.split_once('\0') {
        return Err(refused(before, "a NUL character", "text"));
    }
    // A second mark would be taken for a character of the first name, which nobody could see.
    if text.starts_with('\u{FEFF}') {
        return Err(refused("", "a second byte order mark", "at most one"));
    }
    Ok(text)
}

/// A text or name over the limit.
pub(crate) fn too_long(length: usize, path: Path) -> Fault {
    Fault::new(FaultKind::Limit, path, format!("a text of {length} bytes"), format!("at most {MAX_TEXT} bytes"))
}

fn refused(before: &str, what: &str, expected: &str) -> Faults {
    let position = Lines::new(before).position(before.len());
    Fault::new(FaultKind::Syntax, Path::root(), what, expected).at(position).into()
}

#[cfg(test)]
#[path = "input_tests.rs"]
mod tests;
