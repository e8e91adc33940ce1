"""The optional accelerator: what it is in C, where it is installed and fits this runtime.

The functions of the runtime stay the reference: what C meets and does not know goes to them.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

LEVEL = 23
"""The agreement between the runtime and ``bindwright-accelerator``; another level is as good as none."""
SWITCH = "BINDWRIGHT_PURE"
"""An environment variable: where it is set, nothing is accelerated."""


def json_values() -> Any:
    """The accelerator of JSON; None where there is none that fits, or it is switched off."""
    return _module("json_values")


def xml_documents() -> Any:
    """The accelerator of XML; None as above."""
    return _module("xml_documents")


def texts() -> Any:
    """The accelerator of single values' texts, which brings nothing else; None as above."""
    return _module("texts")


def _module(name: str) -> Any:
    if not _fits():
        return None
    try:
        return import_module(f"bindwright_accelerator.{name}")
    except ImportError:
        return None


def _fits() -> bool:
    if os.environ.get(SWITCH):
        return False
    try:
        import bindwright_accelerator
    except ImportError:
        return False
    return getattr(bindwright_accelerator, "LEVEL", None) == LEVEL
