"""The cyclic garbage collector, while a large document is read."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LARGE = 1 << 14
"""Bytes of a document from which on collecting in between costs more than it can bring."""


def without_collecting(read: Callable[[bytes], T], data: bytes) -> T:
    """Read a large document without a garbage collection in between.

    All that is made lives until the document is read and no cycle is among it: the collector would walk over the
    growing value again and again, a third of the time for a thousand nested objects, and find nothing.

    Of several threads here at once, the one that switched it off switches it on, at worst early for the others.
    """
    if not gc.isenabled():
        return read(data)
    gc.disable()
    try:
        return read(data)
    finally:
        gc.enable()
