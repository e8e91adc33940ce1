"""Whether two things that are called otherwise may be one."""

from __future__ import annotations

import difflib

from bindwright.ir.model import Parameter, Property

LIKE = 0.5
"""Likeness of two texts from which one is taken for the other's new spelling."""


def likeness(first: str, second: str) -> float:
    """How much two names are alike, whatever their case: 1 where they are equal."""
    return difflib.SequenceMatcher(None, first.casefold(), second.casefold()).ratio()


def may_be_renamed(old: Property | Parameter, new: Property | Parameter) -> bool:
    """Whether a member of the new document may be one of the old under another name.

    Their names are alike, or their descriptions are, or one of them has no description. Nobody renames what is
    deprecated to something that is not.
    """
    if _is_deprecated(old) and not _is_deprecated(new):
        return False
    if likeness(old.name, new.name) >= LIKE:
        return True
    earlier_words, later_words = _words_of(old), _words_of(new)
    return (
        not earlier_words
        or not later_words
        or len(earlier_words & later_words) >= LIKE * max(len(earlier_words), len(later_words))
    )


def _words_of(member: Property | Parameter) -> set[str]:
    """The words of a description: two descriptions are compared by them, whatever their order and length."""
    return set((member.use.doc or getattr(member, "doc", "")).casefold().split())


def _is_deprecated(member: Property | Parameter) -> bool:
    return bool(member.use.deprecated or getattr(member, "deprecated", False))
