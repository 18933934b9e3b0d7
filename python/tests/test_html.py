"""What notebooks show: well-formed tables, in which every text is a text."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from common import shipped

from attain import Facts, Plan

EVIL = "<script>alert('&\"')</script>"
PLAN = f"""
format = "attain-plan/1"
plan = {{ id = "p", title = '''{EVIL}''', owner = "o", start = 2025-01-01 }}
[[indicators]]
id = "s"
kind = "share"
name = '''{EVIL}'''
[[targets]]
id = "t"
row = '''{EVIL}'''
indicator = "s"
at_least = 80
by = "2025"
"""


class Reader(HTMLParser):
    """Reads a table, and fails where tags do not close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.rows: list[int] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append(0)
        elif tag in ("td", "th"):
            self.rows[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    assert reader.tags == {"table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert len(set(reader.rows)) == 1, "every row has the cells of the head"
    return reader


@pytest.mark.parametrize("kind", ["plan", "facts", "card", "check", "difference", "margins"])
def test_texts_are_escaped(kind: str) -> None:
    plan = Plan.from_toml(PLAN)
    # The source of a fact is a text of the reporter's own.
    facts = Facts.from_rows(plan, [{"indicator": "s", "period": "2025", "part": 1, "whole": 2, "source": EVIL}])
    card = plan.assess(facts, as_of="2026-01-31")
    none = plan.assess(facts, as_of="2025-01-31")
    everything: dict[str, Any] = {
        "plan": plan,
        "facts": facts,
        "card": card,
        "check": card.check(),
        "difference": card.since(none),
        "margins": card.margins(),
    }
    html = everything[kind]._repr_html_()
    assert "<script" not in html
    reader = read(html)
    assert kind == "check" or EVIL in reader.text


def test_the_shipped_tables() -> None:
    card = shipped()
    everything: tuple[Any, ...] = (
        card.plan,
        card.facts,
        card,
        card.check(),
        card.since(shipped("2025-06-30")),
        card.margins(),
    )
    for shown in everything:
        reader = read(shown._repr_html_())
        assert len(reader.rows) > 10
    assert "Dossiers" not in read(card._repr_html_()).text
    assert card._repr_html_().count("background:") == 200
