"""What reading gives back when it cannot: of one file's text, and of a file that may not be opened."""

from __future__ import annotations

from msgspec import Struct, field

from bindwright.openapi.diagnostics.model import Level, Position


class Finding(Struct):
    """A diagnostic before it knows its file."""

    code: str
    message: str
    remedy: str = ""
    position: Position | None = None
    pointer: str = ""
    level: Level = "error"


class Unreadable(Exception):
    """The text is not of its format, or passes a limit; `finding` says why and where."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class ParsedText(Struct):
    """A parsed file: its value, what was odd, and what the references and limits passes need to know."""

    value: object
    findings: list[Finding] = field(default_factory=list)
    refs: set[str] = field(default_factory=set)
    """Every distinct string that stands under ``$ref``."""
    ids: bool = False
    """Whether ``$id``, ``$anchor``, ``$dynamicAnchor`` or ``$self`` may stand in the file."""


class Refused(Exception):
    """A file that may not or cannot be read: code, message, remedy."""

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.remedy = code, message, remedy
