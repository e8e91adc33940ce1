"""The command line: ``python -m level_three``."""

from __future__ import annotations

import sys

from bindwright.runtime.cli import main

from .client import Client

if __name__ == "__main__":
    sys.exit(main(Client, sys.argv[1:]))
