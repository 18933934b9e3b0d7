"""Promises as tests: ``pytest --attain PLAN --attain-facts FACTS --attain-as-of DATE``.

Each case of the check is a test ``PLAN::target::unit::period``, whose failure is the report of the check. What is asked for on
the command line takes the place of what the ini file says: ``attain_plan``, ``attain_facts`` and ``attain_waivers`` (a file a
line), ``attain_as_of``, ``attain_known_on``, ``attain_strict``, ``attain_language``. Names of files are relative to the directory
of the call, those in the ini file to the root directory. Several plans: as many facts, in the same order.

This module is loaded wherever the package is installed, so it imports nothing until a plan is named.
"""

from __future__ import annotations

import pytest

__all__ = ["pytest_addoption", "pytest_configure"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options, each with its place in the ini file."""
    group = parser.getgroup("attain", "public promises as tests (attain)")
    plan = "plan to hold to its facts, each target, unit and period a test"
    group.addoption("--attain", dest="attain_plan", action="append", metavar="PLAN", help=f"{plan}; may be repeated")
    parser.addini("attain_plan", f"{plan}; one a line", type="linelist")
    facts = "facts of the plan (CSV or JSON); of several plans in their order"
    group.addoption("--attain-facts", dest="attain_facts", action="append", metavar="FACTS", help=facts)
    parser.addini("attain_facts", facts, type="linelist")
    as_of = "day that is spoken of, YYYY-MM-DD; required, since a test must not depend on the clock"
    group.addoption("--attain-as-of", dest="attain_as_of", metavar="DATE", help=as_of)
    parser.addini("attain_as_of", as_of, default="")
    known_on = "day up to which records count as known, YYYY-MM-DD; that of attain_as_of unless given"
    group.addoption("--attain-known-on", dest="attain_known_on", metavar="DATE", help=known_on)
    parser.addini("attain_known_on", known_on, default="")
    waivers = "excused failures beside those of the plan (TOML or JSON); of several plans in their order"
    group.addoption("--attain-waivers", dest="attain_waivers", action="append", metavar="FILE", help=waivers)
    parser.addini("attain_waivers", waivers, type="linelist")
    strict = "warnings fail too, unless the plan says otherwise of a target"
    group.addoption("--attain-strict", dest="attain_strict", action="store_true", help=strict)
    parser.addini("attain_strict", strict, type="bool", default=False)
    language = "language of the reports, vi or en (the default)"
    group.addoption("--attain-language", dest="attain_language", metavar="LANGUAGE", help=language)
    parser.addini("attain_language", language, default="")


def pytest_configure(config: pytest.Config) -> None:
    """Takes part in the run only where a plan or its facts are named."""
    names = ("attain_plan", "attain_facts")
    if any(config.getoption(name) or config.getini(name) for name in names):
        from .pytest_items import Promises

        config.pluginmanager.register(Promises(config), "attain-promises")
