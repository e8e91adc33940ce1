"""``python -m bindwright``: the command line where no script is installed."""

from __future__ import annotations

import sys

from bindwright.cli import main

sys.exit(main())
