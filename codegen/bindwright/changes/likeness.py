"""Whether two things that are called otherwise may be one."""

from __future__ import annotations

import difflib

from bindwright.ir.model import Parameter, Property

LIKE = 0.5
"""Likeness of two texts from which one is taken for the other's new spelling."""


def likeness(first: str, second: str) -> float:
    """How much two names are alike, whatever their case: 1 where they are equal."""
    return difflib.SequenceMatcher(None, first.casefold(), second.casefold()).ratio()


def may_be_one(old: Property | Parameter, new: Property | Parameter) -> bool:
    """Whether nothing speaks against it: what is said of them, where both say something, and what is going to end.

    Nobody renames what is deprecated to something that is not.
    """
    if _is_deprecated(old) and not _is_deprecated(new):
        return False
    if likeness(old.name, new.name) >= LIKE:
        return True
    said, now = _said(old), _said(new)
    return not said or not now or len(said & now) >= LIKE * max(len(said), len(now))


def _said(thing: Property | Parameter) -> set[str]:
    """The words of a description: enough to tell whether two are of one thing, whatever their order and length."""
    return set((thing.use.doc or getattr(thing, "doc", "")).casefold().split())


def _is_deprecated(thing: Property | Parameter) -> bool:
    return bool(thing.use.deprecated or getattr(thing, "deprecated", False))
