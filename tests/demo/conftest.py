"""The generated package of this repository, installed or not."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "generated"))
