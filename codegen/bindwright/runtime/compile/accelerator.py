"""The optional accelerator: what it is in C, where it is installed and fits this runtime.

The functions of the runtime stay the reference: what C meets and does not know goes to them.
"""

from __future__ import annotations

import os
from typing import Any

LEVEL = 4
"""The agreement between the runtime and ``bindwright-accelerator``; another level is as good as none."""
SWITCH = "BINDWRIGHT_PURE"
"""An environment variable: where it is set, nothing is accelerated."""


def json_values() -> Any:
    """The accelerator of JSON; None where there is none that fits, or it is switched off."""
    if os.environ.get(SWITCH):
        return None
    try:
        import bindwright_accelerator
        from bindwright_accelerator import json_values as module
    except ImportError:
        return None
    return module if getattr(bindwright_accelerator, "LEVEL", None) == LEVEL else None
