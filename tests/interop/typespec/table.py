"""What cannot be worked out from the expected requests: arguments by hand, credentials, and what is left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

GIVEN: dict[Any, Callable[[Any], dict[str, Any]]] = {}
OPTIONS: dict[str, dict[str, Any]] = {}
CREDENTIALS: dict[str, dict[str, Any]] = {}
SKIPPED: dict[str, str] = {}
