"""What a forked process must not share with its parent: sockets, and locks that a lost thread holds."""

from __future__ import annotations

import logging  # noqa: F401 (its own hook must run after ours: an import that we wait for may need its lock)
import os
import threading
import weakref
from typing import Protocol


class Forked(Protocol):
    """Holds what belongs to one process."""

    def forked(self) -> None:
        """Begin anew in the child; what the parent has stays open there."""


first_use = threading.RLock()
"""Held while something is made, imported or compiled on first use.

A fork waits for it: the child would inherit the locks of modules that a lost thread is importing, and hang as
soon as it imports them itself.
"""
_PATIENCE = 10.0
"""Seconds; a fork goes on after that, rather than hang."""
_HOLDERS: weakref.WeakSet[Forked] = weakref.WeakSet()


def apart(holder: Forked) -> None:
    """Call ``holder.forked()`` in every process forked from now on, as long as it lives.

    Two processes that read from one connection would get each other's answers.
    """
    _HOLDERS.add(holder)


_acquired: list[bool] = []
"""Whether each fork that is under way holds `first_use`."""


def _before() -> None:
    _acquired.append(first_use.acquire(timeout=_PATIENCE))


def _release() -> None:
    if _acquired.pop():
        first_use.release()


def _in_child() -> None:
    _release()
    for holder in list(_HOLDERS):
        holder.forked()


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(before=_before, after_in_parent=_release, after_in_child=_in_child)
