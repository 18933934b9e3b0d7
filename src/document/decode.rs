//! From a tree to the plain types of serde, with every fault on the way.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::marker::PhantomData;
use std::ops::Range;

use serde::de::DeserializeOwned;

use crate::document::fail::Fail;
use crate::document::reader::Reader;
use crate::document::report::Report;
use crate::document::tree::{Key, Node, Trail, Value};
use crate::document::wording::{did_you_mean, one_of, quoted};
use crate::fault::{Fault, FaultKind, Path};

/// The most faults looked for in one call of [`decode`]; each costs another pass over the value.
const MAX_PASSES: usize = 200;

/// How values are read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options<'o> {
    /// Whether texts stand for whole numbers and booleans too, as they must in CSV; its columns are checked
    /// once by their header, so unknown fields are passed by.
    pub(crate) is_row: bool,
    /// Fields of the outermost table that are known, but decoded elsewhere.
    pub(crate) apart: &'o [&'o str],
}

impl<'o> Options<'o> {
    /// Values of TOML and JSON, which have types.
    pub(crate) const DOCUMENT: Self = Self { is_row: false, apart: &[] };
    /// A row of CSV.
    pub(crate) const ROW: Self = Self { is_row: true, apart: &[] };

    /// The same, but passing by these fields of the outermost table, which are known.
    pub(crate) fn apart<'p>(self, apart: &'p [&'p str]) -> Options<'p> {
        Options { is_row: self.is_row, apart }
    }
}

/// The value at `node`, which stands at `path` in the model.
///
/// Every value in it that is at fault is added to `report` and read as if it were absent; where `T` can do
/// without, there still is a value, with the faults in the report. Nothing where it cannot.
/// Entries of a list in it that are at fault are left out, so that the next ones move up; where places in a
/// list matter afterwards, decode it by [`decode_list`].
pub(crate) fn decode<T: DeserializeOwned>(
    node: &Node<'_>,
    path: &Path,
    options: Options<'_>,
    report: &mut Report<'_>,
) -> Option<T> {
    let run = Run::new(path, options, report.room());
    for _ in 0..MAX_PASSES {
        let outcome = Reader::new(node, None, &Trail::root(), &run).read(PhantomData::<T>);
        for (fault, span) in run.unknown.borrow_mut().drain(..) {
            report.add(fault, &span);
        }
        report.hide(run.hidden.take());
        match outcome {
            Ok(value) => return Some(value),
            Err(fail) => {
                run.note(fail, report)?;
                if run.is_out(node) || report.is_full() {
                    return None;
                }
            }
        }
    }
    let what = format!("more than {MAX_PASSES} faults; the rest was not read");
    report.add(Fault::new(FaultKind::Limit, path.clone(), what, ""), &node.span);
    None
}

/// The entries of a list at `node`, each decoded for itself; an entry that cannot be read leaves `None`.
///
/// Nothing, and a fault, where there is no list.
pub(crate) fn decode_list<T: DeserializeOwned>(
    node: &Node<'_>,
    path: &Path,
    options: Options<'_>,
    report: &mut Report<'_>,
) -> Option<Vec<Option<T>>> {
    let entries = entries(node, path, report)?;
    Some(entries.iter().enumerate().map(|(index, entry)| decode(entry, &path.index(index), options, report)).collect())
}

/// The entries of a list at `node`, to be decoded one by one; nothing, and a fault, where there is no list.
pub(crate) fn entries<'n, 't>(node: &'n Node<'t>, path: &Path, report: &mut Report<'_>) -> Option<&'n [Node<'t>]> {
    if let Value::List(entries) = &node.value {
        return Some(entries);
    }
    report.add(Fault::new(FaultKind::InvalidValue, path.clone(), node.describe(), "a list"), &node.span);
    None
}

/// What the passes over one value share.
pub(crate) struct Run<'r> {
    pub(crate) options: Options<'r>,
    base: &'r Path,
    /// Values at fault, to be passed by. They are known by their address: the tree stands still meanwhile.
    pruned: RefCell<HashSet<usize>>,
    /// Values with one at fault inside them; what else is wrong with these may only follow from that.
    hurt: RefCell<HashSet<usize>>,
    /// Unknown fields that have been reported.
    told: RefCell<HashSet<usize>>,
    unknown: RefCell<Vec<(Fault, Range<usize>)>>,
    /// How many unknown fields there is room for in the report, and how many more there are.
    room: usize,
    hidden: Cell<usize>,
}

impl<'r> Run<'r> {
    fn new(base: &'r Path, options: Options<'r>, room: usize) -> Self {
        let (pruned, hurt, told, unknown, hidden) = Default::default();
        Self { options, base, pruned, hurt, told, unknown, room, hidden }
    }

    /// Whether a value is passed by.
    pub(crate) fn is_out(&self, node: &Node<'_>) -> bool {
        let pruned = self.pruned.borrow();
        !pruned.is_empty() && pruned.contains(&id(node))
    }

    /// The path of the value at the end of `trail`.
    pub(crate) fn path(&self, trail: &Trail<'_>) -> Path {
        trail.path(self.base)
    }

    /// Adds a field that is not among the known ones, once.
    pub(crate) fn unknown(&self, key: &Key<'_>, node: &Node<'_>, trail: &Trail<'_>, known: &[&str]) {
        if !self.told.borrow_mut().insert(id(node)) {
            return;
        }
        if self.told.borrow().len() > self.room {
            self.hidden.set(self.hidden.get() + 1);
            return;
        }
        let mut known = known.to_vec();
        if trail.is_root() {
            known.extend(self.options.apart.iter().filter(|name| !known.contains(name)).copied().collect::<Vec<_>>());
        }
        let what = format!("unknown field {}{}", quoted(&key.name), did_you_mean(&key.name, &known));
        let path = self.path(&trail.key(&key.name));
        let fault = Fault::new(FaultKind::UnknownField, path, what, one_of(&known));
        self.unknown.borrow_mut().push((fault, key.span.clone()));
    }

    /// Adds the fault and passes its value by from now on; nothing where that would change nothing.
    fn note(&self, fail: Fail, report: &mut Report<'_>) -> Option<()> {
        let place = fail.place?;
        let is_new = self.pruned.borrow_mut().insert(place.id);
        if self.hurt.borrow().contains(&place.id) {
            report.mark(&place.path);
        } else {
            let path = fail.field.map_or_else(|| place.path.clone(), |field| place.path.key(field));
            report.add(Fault::new(fail.kind, path, fail.what, fail.expected), &place.span);
            report.mark(&place.path);
        }
        self.hurt.borrow_mut().extend(place.around);
        is_new.then_some(())
    }
}

/// What tells a value from the others of its tree.
pub(crate) fn id(node: &Node<'_>) -> usize {
    std::ptr::from_ref(node).addr()
}

#[cfg(test)]
#[cfg(all(feature = "json", feature = "toml"))]
#[path = "decode_tests.rs"]
mod tests;
