"""What is found of an operation before its module is written: forms of its bodies, types that callers see."""

from __future__ import annotations

from msgspec import Struct

from bindwright.targets.typescript.syntax.code import Code


class BodyForm(Struct):
    """One way of writing a body: the runtime's description of it, its media type and the type of its value."""

    code: Code
    media_type: str
    type: str
    is_codec: bool = False
    """Whether it is a codec alone, which JSON and XML read and write."""


class OperationTypes(Struct):
    """What callers see of an operation beside its parameters."""

    body: str
    """The type of the request's body; empty without one."""
    result: str
    """The type of what a call gives; of pages and of what is waited for within ``Paged`` or ``Waiting``."""
    failures: dict[str, str]
    """The types of the bodies of other answers, by status."""
