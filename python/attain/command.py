"""The command ``assess``: what the command-line tool of the library prints, byte for byte."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import ParamSpec, TypeVar

from .arguments import USAGE, Arguments, Since, WrongArgumentError
from .check import Check, Waivers
from .difference import Difference, Margins
from .errors import AttainError
from .facts import Facts
from .plan import Plan
from .records import Changed
from .scorecard import Scorecard

__all__ = ["assess", "print_bytes", "tell"]

P = ParamSpec("P")
T = TypeVar("T")

#: The plan and the facts that ship with the package, as they are called where they stand.
_PLAN_NAME = "plans/decision-333.toml"
_FACTS_NAME = "plans/decision-333.facts.csv"
#: The facts that ship with the plan end here.
_AS_OF = "2025-09-30"


class _Refused(Exception):
    """What was asked for has faults; the message lists them all."""


def assess(given: Sequence[bytes]) -> int:
    """Prints what is asked for and gives the exit status.

    0: a scorecard was made, whatever it says; 1: ``--check`` was given and something fails or is an error, and no
    waiver holds; 2: the input has faults, all of which are listed on standard error.
    """
    try:
        try:
            arguments = Arguments.of(given)
        except WrongArgumentError as wrong:
            raise _Refused(f"{wrong}\n\n{USAGE}") from None
        if arguments is None:
            print_bytes(f"{USAGE}\n".encode())
            return 0
        check = _check(arguments)
        print_bytes(_answer(arguments, check).encode())
    except _Refused as refused:
        tell(str(refused))
        return 2
    except OSError as error:
        tell(f"standard output: {_in_words(error)}")
        return 2
    if not arguments.check:
        return 0
    language = arguments.language
    for case in check.cases:
        if case.to_be_told:
            tell(f"{case.outcome.in_words(language)}: {case.name}: {check.headline(case, language)}")
    for said in check.findings(language):
        tell(said)
    tell(check.counts(language))
    return 0 if check.is_passed else 1


def print_bytes(answer: bytes) -> None:
    """Writes to standard output."""
    if sys.stdout is None:  # closed by the caller
        return
    try:
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
    except OSError as error:
        # What is left in the buffer would fail once more when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # Whoever reads has seen enough, as `head` does.
        if not isinstance(error, BrokenPipeError):
            raise


def tell(message: str) -> None:
    """Writes a line to standard error."""
    if sys.stderr is not None:
        sys.stderr.buffer.write(f"{message}\n".encode(errors="surrogateescape"))
        sys.stderr.buffer.flush()


def _check(arguments: Arguments) -> Check:
    """The check of the unit that is asked for.

    It is made of the whole scorecard, so that a waiver for another unit is none that waives nothing.
    """
    if arguments.files is None:
        plan = Plan.decision_333()
        facts = Facts.decision_333(plan)
    else:
        plan = _plan(arguments.files[0])
        facts = _facts(plan, arguments.files[1])
    waivers = None if arguments.waivers is None else _waivers(plan, arguments.waivers)
    units = [unit.id for unit in plan.units]
    if arguments.unit is not None and arguments.unit not in units:
        raise _Refused(f"--unit: the plan has no unit '{arguments.unit}'; expected one of {', '.join(units)}")
    as_of = arguments.as_of or (_AS_OF if arguments.files is None else datetime.now(UTC).date())
    card = plan.assess(facts, as_of=as_of, known_on=arguments.known_on)
    return _at(card.check(waivers, strict=arguments.strict), card.places(unit=arguments.unit))


def _at(check: Check, places: Sequence[int]) -> Check:
    """The check with the cases of some assessments."""
    kept = set(places)
    return check.only(lambda case: case.assessment in kept)


def _answer(arguments: Arguments, check: Check) -> str:
    """What is printed."""
    whole, language, unit, statuses = check.scorecard, arguments.language, arguments.unit, arguments.statuses
    is_markdown = arguments.format == "markdown"
    match arguments.print:
        case "scorecard" if arguments.format in ("junit", "sarif"):
            check = _at(check, whole.places(unit=unit, status=statuses))
            if arguments.format == "junit":
                return check.to_junit(language)
            return check.to_sarif(_PLAN_NAME if arguments.files is None else _name(arguments.files[0]), language)
        case "scorecard":
            card = whole.only(unit=unit, status=statuses)
            return card.to_csv() if arguments.format == "csv" else _written(arguments, card)
        case "explanation":
            try:
                return whole.only(unit=unit, status=statuses).explain(arguments.target, language, markdown=is_markdown)
            except AttainError as unknown:
                raise _Refused(f"--explain: {unknown.faults[0].what}") from None
        case "difference":
            earlier = _earlier(arguments, arguments.since or Since(), whole)
            difference = whole.only(unit=unit).since(earlier.only(unit=unit))

            def is_shown(one: Changed) -> bool:
                return any(side is not None and side.status in statuses for side in (one.before, one.after))

            return _written(arguments, difference.only(is_shown))
        case "margins":
            margins = whole.margins().only(lambda one: unit in (None, one.unit) and one.status in statuses)
            return _written(arguments, margins)
        case "contributions":
            name = arguments.target
            target = next((known.id for known in whole.plan.targets if name in (known.id, known.key)), None)
            if target is None:
                raise _Refused(f"--contributions: the plan has no target '{name}'; expected the id or the row of one")
            card = whole.only(target=target, unit=unit, status=statuses)
            if arguments.format == "json":
                return card.to_json()
            return card.contributions(target, language, markdown=is_markdown)


def _written(arguments: Arguments, answer: Scorecard | Difference | Margins) -> str:
    """An answer in one of the three formats that most have."""
    match arguments.format:
        case "text":
            return answer.to_text(arguments.language)
        case "markdown":
            return answer.to_markdown(arguments.language)
        case _:
            return answer.to_json()


def _earlier(arguments: Arguments, since: Since, card: Scorecard) -> Scorecard:
    """What was before: with the plan and the facts of now, but for the files that are given."""
    plan = card.plan if since.plan is None else _plan(since.plan)
    if since.facts is not None:
        facts = _facts(plan, since.facts)
    elif since.plan is None:
        facts = card.facts
    elif arguments.files is not None:
        # Facts are read by the plan that they are assessed with.
        facts = _facts(plan, arguments.files[1])
    else:
        facts = _read(_FACTS_NAME, Facts.decision_333, plan)
    known_on = since.known_on or (arguments.known_on if since.day is None else None)
    return plan.assess(facts, as_of=since.day or card.as_of, known_on=known_on)


def _plan(file: bytes) -> Plan:
    name, text = _content(file)
    return _read(name, Plan.from_json if _is_json(name) else Plan.from_toml, text)


def _facts(plan: Plan, file: bytes) -> Facts:
    name, text = _content(file)
    return _read(name, Facts.from_json if _is_json(name) else Facts.from_csv, plan, text)


def _waivers(plan: Plan, file: bytes) -> Waivers:
    name, text = _content(file)
    return _read(name, Waivers.from_json if _is_json(name) else Waivers.from_toml, plan, text)


def _read(name: str, read: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """What is read of a document of that name; its faults, a line each, begin with the name."""
    try:
        return read(*given, **named)
    except AttainError as error:
        raise _Refused(str(error.within(name))) from None


def _content(file: bytes) -> tuple[str, bytes]:
    """The name of a file, and what it holds."""
    name = _name(file)
    try:
        with open(file, "rb") as opened:
            return name, opened.read()
    except OSError as error:
        raise _Refused(f"{name}: {_in_words(error)}") from None


def _name(file: bytes) -> str:
    return file.decode(errors="replace")


def _is_json(name: str) -> bool:
    return name.lower().endswith(".json")


def _in_words(error: OSError) -> str:
    """As the tool says it."""
    return f"{os.strerror(error.errno)} (os error {error.errno})" if error.errno else str(error)
