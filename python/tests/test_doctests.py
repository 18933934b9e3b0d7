"""The examples in the package's own words."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import attain

MODULES = ["attain", *(f"attain.{one.name}" for one in pkgutil.iter_modules(attain.__path__) if one.name != "_attain")]


@pytest.mark.parametrize("name", MODULES)
def test_doctests(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS).failed == 0


def test_there_are_some() -> None:
    attempted = sum(doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS).attempted for name in MODULES)
    assert attempted >= 20
