"""What the command is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .words import Group, Language, Status

__all__ = ["USAGE", "Arguments", "Since", "WrongArgumentError"]

USAGE = """\
usage: assess [PLAN FACTS] [--as-of DATE] [--known-on DATE] [--format text|markdown|json|csv|junit|sarif]
              [--lang vi|en] [--unit ID] [--only bad,warning] [--check] [--strict] [--waivers FILE]
       assess [PLAN FACTS] --explain TARGET [...]
       assess [PLAN FACTS] --since DATE [--since-known-on DATE] [--since-plan FILE] [--since-facts FILE] [...]
       assess [PLAN FACTS] --margins [...]
       assess [PLAN FACTS] --contributions TARGET [...]

PLAN is TOML, or JSON where its name ends in .json; FACTS is CSV, or JSON. Without both, the plan that ships with the crate
is assessed as of 2025-09-30. DATE is YYYY-MM-DD; without --as-of, today. --only takes groups (good, warning, bad, none)
and statuses (met, missed, lost, …). TARGET is the id of a target or the row it is known by.

--check: exit status 1 where something fails (bad) or is an error (no data, a report overdue); each is told on standard error.
--strict: warnings fail too, unless the plan says otherwise of a target. --waivers: excused failures beside those of the plan,
TOML or JSON (attain-waivers/1); one that is over excuses nothing. The formats junit and sarif write the check, whatever
--check says; without --check the exit status is 0 all the same. --unit and --only choose what is written; the exit status
is that of --unit.

In the place of the scorecard: --explain tells how the numbers of a target came about and why it has its status, as text or
markdown. --since prints what has changed since then, and why; each day is spoken of as known on that day, unless
--since-known-on and --known-on say otherwise; --since-plan and --since-facts compare with another version of the plan or of
the facts, without --since on the same day. --margins prints for each verdict the least change of a single fact that would
turn it, --contributions what each unit below carries of a target; as text, markdown or json."""

Format = Literal["text", "markdown", "json", "csv", "junit", "sarif"]
Print = Literal["scorecard", "explanation", "difference", "margins", "contributions"]

_WORDS_OF_ONLY = frozenset([*(group.value for group in Group), *(status.value for status in Status)])


class WrongArgumentError(Exception):
    """An argument that is none."""


@dataclass
class Since:
    """What the difference is taken to, as far as it is another than what is assessed."""

    day: date | None = None
    known_on: date | None = None
    plan: bytes | None = None
    facts: bytes | None = None


@dataclass
class Arguments:
    """What the command is asked for; names of files as the system has them, which need not be text."""

    print: Print = "scorecard"
    target: str = ""
    since: Since | None = None
    files: tuple[bytes, bytes] | None = None
    as_of: date | None = None
    known_on: date | None = None
    format: Format = "text"
    language: Language = "vi"
    unit: str | None = None
    only: tuple[str, ...] = ()
    check: bool = False
    strict: bool = False
    waivers: bytes | None = None

    @classmethod
    def of(cls, given: Sequence[bytes]) -> Arguments | None:
        """The arguments; ``None`` where only help is asked for.

        Raises :class:`WrongArgumentError` at the first that is none.
        """
        found, since = cls(), Since()
        files: list[bytes] = []
        words = _Words(given)
        while (word := words.next()) is not None:
            match word:
                case bytes():
                    files.append(word)
                case "--as-of":
                    found.as_of = words.day()
                case "--known-on":
                    found.known_on = words.day()
                case "--format":
                    found.format = _format(words.text())
                case "--lang":
                    found.language = _language(words.text())
                case "--unit":
                    found.unit = words.text()
                case "--only":
                    found.only += _only(words.text())
                case "--check":
                    found.check = True
                case "--strict":
                    found.strict = True
                case "--waivers":
                    found.waivers = words.value()
                case "--explain":
                    found.target = words.text()
                    found._print("explanation")
                case "--since":
                    since.day = words.day()
                case "--since-known-on":
                    since.known_on = words.day()
                case "--since-plan":
                    since.plan = words.value()
                case "--since-facts":
                    since.facts = words.value()
                case "--margins":
                    found._print("margins")
                case "--contributions":
                    found.target = words.text()
                    found._print("contributions")
                case "--help" | "-h":
                    return None
                case _:
                    raise WrongArgumentError(f"invalid option '{word}'")
        if since != Since():
            found._print("difference")
            found.since = since
        if len(files) == 2:
            found.files = (files[0], files[1])
        elif files:
            raise WrongArgumentError("expected a plan and its facts, or neither")
        found._has_that_format()
        return found

    @property
    def statuses(self) -> frozenset[Status]:
        """The statuses that are asked for, by themselves or by their groups."""
        return frozenset(one for one in Status if not self.only or {one.value, one.group.value} & {*self.only})

    def _print(self, what: Print) -> None:
        """One thing is printed at a time."""
        if self.print != "scorecard":
            raise WrongArgumentError("expected one of --explain, --since, --margins and --contributions")
        self.print = what

    def _has_that_format(self) -> None:
        if self.print == "scorecard" or self.format in ("text", "markdown"):
            return
        if self.print == "explanation":
            raise WrongArgumentError("--format: expected text or markdown of what is asked for")
        if self.format != "json":
            raise WrongArgumentError("--format: expected text, markdown or json of what is asked for")


class _Words:
    """The arguments one by one: options, their values (``--option value`` and ``--option=value``), names of files."""

    def __init__(self, given: Sequence[bytes]) -> None:
        self._rest = iter(given)
        self._option = ""
        self._pending: bytes | None = None
        self._are_options_over = False

    def next(self) -> str | bytes | None:
        """An option as ``str``, a name as ``bytes``, or ``None`` at the end."""
        if self._pending is not None:
            raise WrongArgumentError(f"unexpected argument for option '{self._option}': {_quoted(self._pending)}")
        word = next(self._rest, None)
        if word == b"--" and not self._are_options_over:
            self._are_options_over = True
            word = next(self._rest, None)
        if word is None or self._are_options_over or word == b"-" or not word.startswith(b"-"):
            return word
        if not word.startswith(b"--"):
            return f"-{word[1:].decode(errors='replace')[0]}"
        name, equals, value = word.partition(b"=")
        self._option = name.decode(errors="replace")
        self._pending = value if equals else None
        return self._option

    def value(self) -> bytes:
        """The value of the option."""
        value, self._pending = self._pending, None
        if value is None:
            value = next(self._rest, None)
        if value is None:
            raise WrongArgumentError(f"missing argument for option '{self._option}'")
        return value

    def text(self) -> str:
        """The value as text."""
        value = self.value()
        try:
            return value.decode()
        except UnicodeDecodeError:
            raise WrongArgumentError(f"argument is invalid unicode: {_quoted(value)}") from None

    def day(self) -> date:
        """The value as a day."""
        text = self.text()
        try:
            # Python reads more forms of a day than this one.
            return date.fromisoformat(text if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else "")
        except ValueError:
            raise WrongArgumentError(f"{self._option}: '{text}' is not a day; expected YYYY-MM-DD") from None


def _quoted(value: bytes) -> str:
    """In quotes, with what does not print escaped."""
    escapes = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\\0"}

    def shown(letter: str) -> str:
        if "\udc80" <= letter <= "\udcff":
            return f"\\x{ord(letter) - 0xDC00:02X}"
        return escapes.get(letter) or (letter if letter.isprintable() else f"\\u{{{ord(letter):x}}}")

    return f'"{"".join(map(shown, value.decode(errors="surrogateescape")))}"'


def _format(name: str) -> Format:
    formats: tuple[Format, ...] = ("text", "markdown", "json", "csv", "junit", "sarif")
    for known in formats:
        if name == known:
            return known
    raise WrongArgumentError(f"--format: '{name}'; expected text, markdown, json, csv, junit or sarif")


def _language(name: str) -> Language:
    languages: tuple[Language, ...] = ("vi", "en")
    for known in languages:
        if name == known:
            return known
    raise WrongArgumentError(f"--lang: '{name}'; expected vi or en")


def _only(words: str) -> tuple[str, ...]:
    """Groups and statuses."""
    for word in words.split(","):
        if word not in _WORDS_OF_ONLY:
            raise WrongArgumentError(f"--only: '{word}'; expected a group or a status")
    return tuple(words.split(","))
