"""What a forked process must not share with its parent: sockets, and locks that a lost thread holds."""

from __future__ import annotations

import os
import weakref
from typing import Protocol


class Forked(Protocol):
    """Holds what belongs to one process."""

    def forked(self) -> None:
        """Begin anew in the child; what the parent has stays open there."""


_HOLDERS: weakref.WeakSet[Forked] = weakref.WeakSet()


def apart(holder: Forked) -> None:
    """Call ``holder.forked()`` in every process forked from now on, as long as it lives.

    Two processes that read from one connection would get each other's answers.
    """
    _HOLDERS.add(holder)


def _in_child() -> None:
    for holder in list(_HOLDERS):
        holder.forked()


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_in_child)
