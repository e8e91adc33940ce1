"""Bodies given by their members, as keywords of the call beside its options.

Every module of operations imports this: nothing here is heavy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from bindwright.runtime.http.model.options import CallOptions
from bindwright.runtime.model import UNSET

OPTIONS = frozenset(CallOptions.__annotations__)
"""Keywords that are no members; an operation whose body has a member of such a name takes no keywords for it."""


class Members(dict[str, Any]):
    """A body whose members were given as keywords: a name that the model does not have is a slip there."""


class BodyAndOptions(TypedDict):
    """What a generated method hands on."""

    body: Any
    options: CallOptions


def with_members(body: Any, keywords: Mapping[str, Any]) -> BodyAndOptions:
    """The body and the options of a call whose keywords may be members of the body.

    Raises:
        TypeError: a body and members of one, or an option that there is not.
    """
    options: Any = {name: value for name, value in keywords.items() if name in OPTIONS}
    members = Members((name, value) for name, value in keywords.items() if name not in OPTIONS)
    if not members and body is not UNSET:
        return {"body": body, "options": options}
    if body is not UNSET and body is not None:
        name = next(iter(members))
        raise TypeError(f"unexpected keyword {name!r}: the body is there already{meant(name, OPTIONS)}")
    return {"body": members, "options": options}


def meant(name: str, names: Iterable[str]) -> str:
    """The end of a message about a name that there is not: what it was meant to be."""
    import difflib

    # Who writes `max_size` or `ttl` in Python may mean `maxSize` or `TTL` of the document.
    by_letters = {_letters(candidate): candidate for candidate in names}
    close = difflib.get_close_matches(_letters(name), list(by_letters), n=1)
    return f"; did you mean {by_letters[close[0]]!r}?" if close else ""


def _letters(name: str) -> str:
    return name.replace("_", "").casefold()
