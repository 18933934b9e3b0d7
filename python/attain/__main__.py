"""The command ``attain``, which is also ``python -m attain``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

__all__ = ["main"]

_EXPECTED = "expected a command: attain assess …; attain assess --help says what it takes"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and gives the exit status; without arguments, with those of the process."""
    from .command import assess, print_bytes, tell

    given = [os.fsencode(argument) for argument in (sys.argv[1:] if arguments is None else arguments)]
    match given:
        case [b"assess", *rest]:
            return assess(rest)
        case [b"--help" | b"-h"]:
            print_bytes(f"{_EXPECTED}\n".encode())
            return 0
        case _:
            tell(_EXPECTED)
            return 2


if __name__ == "__main__":
    sys.exit(main())
