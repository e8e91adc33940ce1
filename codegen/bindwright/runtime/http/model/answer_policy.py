"""How a client reads answers: leniently or strictly, and who hears of deviations."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal

from attrs import field, frozen

Answers = Literal["lenient", "strict"]

_INDEX = re.compile(r"\[\d+\]")
_MAX_PLACES = 1000
"""Places that a client remembers; keys of maps are the server's to choose."""


@frozen(eq=False)
class AnswerPolicy:
    """What reading an answer needs to know of the client."""

    answers: Answers = "lenient"
    """``lenient``: what does not fit the document is kept as it was sent; ``strict``: it is an error."""
    listeners: tuple[Callable[..., Any], ...] = ()
    """Called with the request and the deviations of its answer."""
    places: set[tuple[str, str]] = field(factory=set)
    """Operations and paths that have been logged; all views of one client share it."""

    def is_new(self, operation: str, path: str) -> bool:
        """Whether this place has not been logged yet; items of one list are one place."""
        place = (operation, _INDEX.sub("[]", path))
        if place in self.places or len(self.places) >= _MAX_PLACES:
            return False
        self.places.add(place)
        return True


STRICT = AnswerPolicy("strict")
