//! Cells of a CSV text as far as they are plain: whatever is not understood here is left to the ordinary reader.

/// What ends a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// A comma: another cell of the row follows.
    Cell,
    /// The end of the line, or of the text.
    Row,
}

/// What ends a cell right here, and what follows it; nothing where the cell goes on, or a carriage return stands alone.
#[inline(always)]
pub(super) fn stop(rest: &[u8]) -> Option<(Stop, &[u8])> {
    match rest {
        [b',', rest @ ..] => Some((Stop::Cell, rest)),
        [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] => Some((Stop::Row, rest)),
        [] => Some((Stop::Row, rest)),
        _ => None,
    }
}

/// The content of one cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell<'t> {
    /// The bytes between the quotes; without quotes those between the blanks around them.
    pub(super) bytes: &'t [u8],
    /// Whether quotes inside are doubled.
    pub(super) has_escapes: bool,
}

/// The cell at the beginning of a text, and what follows it.
pub(super) fn cell(rest: &[u8]) -> Option<(Cell<'_>, &[u8])> {
    match rest {
        [b'"', inner @ ..] => quoted(inner),
        _ => {
            let (bytes, after) = rest.split_at_checked(plain_length(rest))?;
            Some((Cell { bytes: trimmed(bytes)?, has_escapes: false }, after))
        }
    }
}

fn quoted(inner: &[u8]) -> Option<(Cell<'_>, &[u8])> {
    let (mut length, mut has_escapes) = (0, false);
    loop {
        length += inner.get(length..)?.iter().position(|byte| *byte == b'"')?;
        let after = inner.get(length + 1..)?;
        if after.first() != Some(&b'"') {
            return Some((Cell { bytes: inner.get(..length)?, has_escapes }, after));
        }
        has_escapes = true;
        length += 2;
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// How many bytes there are before one that ends a cell, or may not stand in it.
#[inline(always)]
pub(super) fn plain_length(rest: &[u8]) -> usize {
    let is_end = |byte: u8| matches!(byte, b',' | b'\n' | b'\r' | b'"');
    let mut length = 0;
    // Eight bytes at a time: all four are below '-'; of those that are, few are none of the four.
    while let Some(chunk) = rest.get(length..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*chunk);
        let below = word.wrapping_sub(ONES * u64::from(b'-')) & !word & HIGH;
        if below == 0 {
            length += 8;
            continue;
        }
        length += below.trailing_zeros() as usize / 8;
        if rest.get(length).is_some_and(|byte| is_end(*byte)) {
            return length;
        }
        length += 1;
    }
    let tail = rest.get(length..).unwrap_or_default();
    length + tail.iter().position(|byte| is_end(*byte)).unwrap_or(tail.len())
}

/// A cell without the blanks around it; nothing where that takes more than ASCII and the bytes are no text.
fn trimmed(bytes: &[u8]) -> Option<&[u8]> {
    match bytes {
        [] => Some(bytes),
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => Some(bytes),
        [only] if only.is_ascii_graphic() => Some(bytes),
        _ => std::str::from_utf8(bytes).ok().map(|text| text.trim().as_bytes()),
    }
}

/// The most digits of a number that is read here: as many as 64 bits always hold.
const MOST_DIGITS: usize = 18;

/// A decimal number, `mantissa / 10^places`, without zeros at the end of its fraction.
pub(super) type Decimal = (i64, u32);

/// The number at the beginning of a text, and what follows it: `-?digits(.digits)?` with at most 18 digits.
#[inline(always)]
pub(super) fn number(rest: &[u8]) -> Option<(Decimal, &[u8])> {
    let (is_negative, rest) = match rest {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, rest),
    };
    let (mut mantissa, whole) = digits(0, rest);
    let mut after = rest.get(whole..)?;
    let mut places = 0;
    if let [b'.', fraction @ ..] = after {
        let (both, count) = digits(mantissa, fraction);
        if count == 0 || whole + count > MOST_DIGITS {
            return None;
        }
        after = fraction.get(count..)?;
        (mantissa, places) = without_last_zeros(both, count as u32);
    }
    if whole == 0 || whole > MOST_DIGITS {
        return None;
    }
    let mantissa = mantissa.cast_signed();
    Some(((if is_negative { -mantissa } else { mantissa }, places), after))
}

fn without_last_zeros(mut mantissa: u64, mut places: u32) -> (u64, u32) {
    while places > 0 && mantissa.is_multiple_of(10) {
        mantissa /= 10;
        places -= 1;
    }
    (mantissa, places)
}

const POWERS: [u64; 9] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/// The number whose last digits stand at the beginning of a text and whose first are `before`, and how many they are; beyond
/// 18 digits the number means nothing.
#[inline(always)]
fn digits(before: u64, rest: &[u8]) -> (u64, usize) {
    let (mut value, mut count) = (before, 0);
    while let Some(chunk) = rest.get(count..).and_then(|rest| rest.first_chunk::<8>()) {
        // A digit is now its value, and anything else 10 or more.
        let word = u64::from_le_bytes(*chunk) ^ (ONES * u64::from(b'0'));
        let others = (word.wrapping_add(ONES * 0x76) | word) & HIGH;
        let found = others.trailing_zeros() as usize / 8;
        if found == 0 {
            return (value, count);
        }
        // Zeros before the digits make eight of them.
        let eight = word << (64 - 8 * found);
        let pairs = eight.wrapping_mul(10).wrapping_add(eight >> 8);
        let low = (pairs & 0x0000_00FF_0000_00FF).wrapping_mul(0x000F_4240_0000_0064);
        let high = ((pairs >> 16) & 0x0000_00FF_0000_00FF).wrapping_mul(0x0000_2710_0000_0001);
        let parsed = low.wrapping_add(high) >> 32;
        value = value.wrapping_mul(POWERS.get(found).copied().unwrap_or_default()).wrapping_add(parsed);
        count += found;
        if found < 8 {
            return (value, count);
        }
    }
    // Near the end of the text.
    for byte in rest.get(count..).unwrap_or_default() {
        if !byte.is_ascii_digit() {
            break;
        }
        value = value.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
        count += 1;
    }
    (value, count)
}

#[cfg(test)]
#[path = "cells_tests.rs"]
mod tests;
