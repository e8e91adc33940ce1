"""What reading gives back when it cannot: of one file's text, and of a file that may not be opened."""

from __future__ import annotations

from attrs import define, field

from bindwright.spec.diagnostics import Level, Position
from bindwright.spec.shown import Shown


@define(repr=False)
class Finding(Shown):
    """A diagnostic before it knows its file."""

    code: str
    message: str
    remedy: str = ""
    position: Position | None = None
    pointer: str = ""
    level: Level = "error"


@define
class Unreadable(Exception):
    """The text is not of its format, or passes a limit; `finding` says why and where."""

    finding: Finding


@define(repr=False)
class Reading(Shown):
    """A parsed file: its value, what was odd, and what the references and limits passes need to know."""

    value: object
    findings: list[Finding] = field(factory=list)
    refs: set[str] = field(factory=set)
    """Every distinct string that stands under ``$ref``."""
    ids: bool = False
    """Whether ``$id``, ``$anchor``, ``$dynamicAnchor`` or ``$self`` may stand in the file."""


@define
class Refused(Exception):
    """A file that may not or cannot be read: code, message, remedy."""

    code: str
    message: str
    remedy: str = ""
