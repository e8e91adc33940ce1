"""``python -m bindwright``: the command line where no script is installed."""

from __future__ import annotations

from bindwright.cli import main

main()
