"""The cyclic garbage collector, while a large document is read."""

from __future__ import annotations

import gc

LARGE = 1 << 14
"""Bytes of a document from which on collecting in between costs more than it can bring."""


def pause_collector() -> bool:
    """Switch the collector off; gives whether it was on, and so is to be switched on again.

    All that is made lives until the document is read and no cycle is among it: the collector would walk over the
    growing value again and again, a third of the time for a thousand nested objects, and find nothing.
    Of several threads here at once, the one that switched it off switches it on, at worst early for the others.
    """
    # Whoever switched it off for reasons of their own finds it off.
    if not gc.isenabled():
        return False
    gc.disable()
    return True
