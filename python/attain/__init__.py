"""Says, exactly and with reasons, whether a public promise is being kept.

>>> import attain
>>> plan = attain.Plan.decision_333()
>>> facts = attain.Facts.decision_333(plan)
>>> card = plan.assess(facts, as_of="2025-09-30")
>>> card.of("A10", period="2023").status
<Status.MISSED: 'missed'>
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import columns
    from .check import Case, Check, Waiver, Waivers
    from .difference import Difference, Margins
    from .errors import (
        AttainError,
        DuplicateError,
        Fault,
        InconsistentError,
        InvalidValueError,
        LimitError,
        MissingFieldError,
        NotExactError,
        SeveralFaultsError,
        SyntaxFaultError,
        UnknownFieldError,
        UnknownReferenceError,
    )
    from .facts import Facts
    from .kept import assert_kept
    from .plan import Indicator, LocalText, Plan, Target, Unit
    from .records import Assessment, Undefined
    from .scorecard import Assessments, Cells, Scorecard
    from .words import Group, Language, Outcome, Reason, Status

__all__ = [
    "Assessment",
    "Assessments",
    "AttainError",
    "Case",
    "Cells",
    "Check",
    "Difference",
    "DuplicateError",
    "Facts",
    "Fault",
    "Group",
    "InconsistentError",
    "Indicator",
    "InvalidValueError",
    "Language",
    "LimitError",
    "LocalText",
    "Margins",
    "MissingFieldError",
    "NotExactError",
    "Outcome",
    "Plan",
    "Reason",
    "Scorecard",
    "SeveralFaultsError",
    "Status",
    "SyntaxFaultError",
    "Target",
    "Undefined",
    "Unit",
    "UnknownFieldError",
    "UnknownReferenceError",
    "Waiver",
    "Waivers",
    "assert_kept",
    "columns",
]

_MODULES = ("words", "errors", "records", "plan", "facts", "scorecard", "check", "kept", "difference", "columns")


def __getattr__(name: str) -> object:
    """A name of the package, imported when it is first asked for: pytest loads this package for its plugin in every run."""
    if name in _MODULES:
        return import_module(f".{name}", __name__)
    if name == "viz":
        # Needs its extra, and is asked for by its name alone.
        return import_module(".viz", __name__)
    if name in __all__:
        for module in _MODULES:
            found = import_module(f".{module}", __name__)
            if name in found.__all__:
                value: object = getattr(found, name)
                globals()[name] = value
                return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
