"""Says, exactly and with reasons, whether a public promise is being kept.

>>> import attain
>>> plan = attain.Plan.decision_333()
>>> facts = attain.Facts.decision_333(plan)
>>> card = plan.assess(facts, as_of="2025-09-30")
>>> card.of("A10", period="2023").status
<Status.MISSED: 'missed'>
"""

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
    "columns",
]
