"""The IR of a document that stands in a test."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bindwright.ir import lower
from bindwright.ir.model import Api
from bindwright.openapi import loads


def lowered(document: Mapping[str, Any]) -> Api:
    """What is lowered of a whole document; what is said of it is not asked for."""
    return lower(loads(json.dumps(document)))
