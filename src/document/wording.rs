//! The words that faults of all the readers share.

use crate::fault::SHOWN;

/// A value as a message repeats it: in quotes, on one line, and not too long.
pub(crate) fn quoted(text: &str) -> String {
    let mut shown = String::from("'");
    for (count, character) in text.chars().enumerate() {
        if count == SHOWN {
            shown.push('…');
            break;
        }
        if character.is_control() {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown.push('\'');
    shown
}

/// What is allowed where one of `names` is.
pub(crate) fn one_of(names: &[&str]) -> String {
    match names {
        [] => "nothing".to_owned(),
        [name] => quoted(name),
        names => format!("one of {}", names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")),
    }
}

/// The question whether a known name was meant, to follow an unknown one; empty where none is near.
pub(crate) fn did_you_mean(name: &str, known: &[&str]) -> String {
    nearest(name, known).map(|other| format!(" (did you mean {}?)", quoted(other))).unwrap_or_default()
}

/// The known name that an unknown one most likely means.
pub(crate) fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    // A long name is no slip of the pen, and would cost its square.
    let length = name.chars().count();
    if length > SHOWN {
        return None;
    }
    let folded = name.to_lowercase();
    let near = known.iter().map(|other| (distance(&folded, &other.to_lowercase()), *other)).min();
    near.filter(|(slips, _)| *slips <= (length / 3).clamp(1, 3) && *slips < length).map(|(_, other)| other)
}

/// How many letters must be put in, taken out, exchanged or swapped with their neighbour to make `a` of `b`.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or_default();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, left) in a.iter().enumerate() {
        let mut next = vec![line + 1];
        for (column, right) in b.iter().enumerate() {
            let exchanged = at(&row, column) + usize::from(left != right);
            let mut least = exchanged.min(at(&row, column + 1) + 1).min(at(&next, column) + 1);
            if let (Some(line), Some(column)) = (line.checked_sub(1), column.checked_sub(1))
                && a.get(line) == Some(right)
                && b.get(column) == Some(left)
            {
                least = least.min(at(&before, column) + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
#[path = "wording_tests.rs"]
mod tests;
