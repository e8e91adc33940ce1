"""Changes as they are found: each once, with everybody who feels it."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal, NamedTuple

from msgspec import Struct, field

from bindwright.changes.rules import COLUMNS, RULES, Level, worse
from bindwright.ir.model import SourcePlace

Direction = Literal["request", "response"]


UNTYPED = "untyped"
"""The site of a body that comes in an error, or in a webhook: no annotation says what it is, but callers read it."""


class Context(NamedTuple):
    """In which part of which message two things are compared."""

    operation: str
    """Id of the operation in the old document, or in the new one where it is new."""
    direction: Direction
    format: Literal["json", "xml"]
    text: bool = False
    """A parameter or a header: text whatever the format of bodies is, so judged as XML, which has no types."""
    owner: str = ""
    """Id of the old type in which the compared things stand."""
    sites: tuple[str, ...] = ()
    """Where a change is found, for who asks what a difference of surfaces comes from: see `Change.sites`."""


class Change(Struct, kw_only=True):
    """One change."""

    kind: str
    element: str
    """What changed: ``Order.customer``, ``GET /orders query state``."""
    old: Any = None
    new: Any = None
    levels: dict[str, Level] = field(default_factory=lambda: dict.fromkeys(COLUMNS, "none"))
    accepted: dict[str, Level] = field(default_factory=dict)
    """Verdicts that were taken off, because they are wanted."""
    operations: list[str] = field(default_factory=list)
    owners: set[str] = field(default_factory=set)
    """Old types in which it stands: whoever uses them feels it."""
    sites: set[str] = field(default_factory=set)
    """Where it was found: ids of types, ``TYPE.PROPERTY``, ``TYPE=VALUE``, ids of operations, ``OPERATION LOCATION NAME`` of a parameter,
    ``OPERATION body``, ``OPERATION returns``, and `UNTYPED` for what no signature names."""
    differences: list[Any] = field(default_factory=list)
    """The differences of the two surfaces that come from it (`binding.surfaces.Difference`)."""
    old_place: SourcePlace | None = None
    new_place: SourcePlace | None = None

    @property
    def level(self) -> Level:
        """The strongest of the verdicts."""
        result: Level = "none"
        for level in self.levels.values():
            result = worse(result, level)
        return result

    @property
    def silent(self) -> bool:
        """Whether an old client loses something without an error."""
        return RULES[self.kind].silent and any(
            self.levels[column] in ("breaking", "risky") for column in COLUMNS[:4]
        )

    @property
    def fingerprint(self) -> str:
        """The same for the same change, whatever its place and words: kind, element, old and new value."""
        parts = [self.kind, self.element, self.old, self.new]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:16]


class Findings:
    """Collects changes; what is shared by operations is one change."""

    def __init__(self) -> None:
        self._changes: dict[tuple[str, str], Change] = {}

    def add(
        self,
        kind: str,
        element: str,
        contexts: Context | list[Context] | None,
        old: Any = None,
        new: Any = None,
        *,
        places: tuple[SourcePlace | None, SourcePlace | None] = (None, None),
        site: str = "",
    ) -> Change:
        """Record a change as the contexts feel it; without one only the binding does.

        The verdict of callers is that of the rule where no surface shows such a change; else it is left to the
        difference of the surfaces.
        """
        change = self._changes.get((kind, element))
        if change is None:
            change = self._changes[kind, element] = Change(
                kind=kind, element=element, old=old, new=new, old_place=places[0], new_place=places[1]
            )
            if not RULES[kind].seen:
                change.levels["binding"] = RULES[kind].levels[4]
        if site:
            change.sites.add(site)
        for context in [contexts] if isinstance(contexts, Context) else contexts or ():
            if not site:
                change.sites.update(context.sites)
            if not context.operation:
                continue  # a type that no operation uses: only its class is felt
            column = f"{context.format}_{context.direction}"
            judged = f"xml_{context.direction}" if context.text else column
            level = RULES[kind].levels[COLUMNS.index(judged)]
            change.levels[column] = worse(change.levels[column], level)
            if context.operation not in change.operations:
                change.operations.append(context.operation)
            if context.owner:
                change.owners.add(context.owner)
        return change

    def all(self) -> list[Change]:
        """All changes so far, in the order in which they were found."""
        return list(self._changes.values())

    def result(self) -> list[Change]:
        """The changes, the strongest first, then by element."""
        order = ("breaking", "risky", "compatible", "none")
        changes = [change for change in self._changes.values() if change.level != "none"]
        return sorted(changes, key=lambda change: (order.index(change.level), change.element, change.kind))
