"""`Lowering`: what the passes hand to each other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, Literal, Protocol

from msgspec import Struct, field

from bindwright.ir.lowering.location import Location
from bindwright.ir.model import AnyType, Api, Body, Degraded, Operation, Parameter, Response, TypeId, Use
from bindwright.ir.model.options import LowerOptions
from bindwright.ir.reachability import Sides
from bindwright.openapi.diagnostics.model import Diagnostic
from bindwright.openapi.document import Document

_SAID = {
    "duplicate-operation-id": "duplicate-operation-id",
    "invalid-constraint": "wrong-bound",
    "invalid-status": "unknown-status",
    "undescribed-parameter": "path-parameter-missing",
}
"""Warnings of the lowering, for documents that were not checked, and what the check calls them."""


class Subschema(Struct, frozen=True):
    """One of the schemas that hold at a location together (``allOf``, or what stands beside a reference)."""

    schema: dict[str, Any]
    location: Location
    via: TypeId | None = None
    """The referenced type it was included by; None for the location's own."""


class MergedSchema(Struct, frozen=True):
    """Subschemas, read together."""

    subschemas: list[Subschema]
    keywords: dict[str, Any]
    """The keywords of all; those that hold schemas only say that they are there (read the subschemas)."""
    types: tuple[str, ...]
    """JSON types that are left, null excluded; none: any."""
    nullable: bool
    format: str | None = None
    """The format that an odd ``type`` implies (``type: date``)."""
    contradictory: bool = False
    """Whether no value satisfies all of them, so that some are left out of what they say together."""


class Alternatives(Struct, frozen=True):
    """One ``oneOf`` or ``anyOf``."""

    subschema: Subschema
    keyword: Literal["oneOf", "anyOf"]
    branches: list[Any]


class Target(Struct, frozen=True):
    """What a reference means."""

    id: TypeId
    schema: Any
    location: Location


class SchemaBuilder(Protocol):
    """`bindwright.ir.lowering.schemas.lower_schema.build`."""

    def __call__(
        self, context: Lowering, subschemas: list[Subschema], location: Location, name: str | None = None
    ) -> Use:
        """The use of what `subschemas` say together at `location`."""


class Lowering(Struct, eq=False):
    """One run over one document."""

    document: Document
    options: LowerOptions
    api: Api
    root: dict[str, Any]
    modern: bool
    """Whether keywords beside a ``$ref`` count (3.1 and later)."""
    swagger: bool
    """Whether it is a 2.0 document."""
    use: Callable[[Lowering, Any, Location], Use]
    build: SchemaBuilder
    profile: Any = "openapi"
    types: dict[TypeId, AnyType] = field(default_factory=dict)
    building: set[TypeId] = field(default_factory=set)
    """Inline types that are being built: a merge may lead back into one."""
    targets: dict[TypeId, Target] = field(default_factory=dict)
    """Every referenced place."""
    queue: deque[Target] = field(default_factory=deque)
    linked: list[Use] = field(default_factory=list)
    """Uses by reference, to be settled when all types are there."""
    settled: dict[TypeId, Use] = field(default_factory=dict)
    """What stands at a referenced place that has no type of its own (an interned scalar, an alias)."""
    inherited_facts: dict[TypeId, dict[str, Any]] = field(default_factory=dict)
    """Facts of named types that belong to each use: default, read_only, write_only, entries."""
    extends: dict[TypeId, list[TypeId]] = field(default_factory=dict)
    """Types to the types that their ``allOf`` refers to, for implicit discriminator values."""
    discriminators: list[tuple[TypeId, dict[str, Any], Location]] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    """What is to be said of the document, unless the check, which may still run, says it too."""
    pending: list[tuple[Location, Degraded]] = field(default_factory=list)
    event_data: set[TypeId] = field(default_factory=set)
    """Places of text in server-sent events whose type is that of their content."""
    dictionary_keys: list[tuple[Use, Location]] = field(default_factory=list)
    """What ``x-dcs-dictionary`` says of keys, to be looked at when types are final."""
    dictionaries: list[tuple[Use, Location]] = field(default_factory=list)
    """Where ``x-dcs-dictionary`` stands, to be looked at likewise: only maps have entries."""
    homes: dict[str, list[Operation]] = field(default_factory=dict)
    """Operations by the id of the place (their own, or a shared component's) that they take things from."""
    operation: Operation | None = None
    """The operation that is being lowered."""
    shared_parameters: dict[TypeId, Parameter | None] = field(default_factory=dict)
    """Parameters and headers by the id of their place: what several operations refer to is lowered once."""
    shared_bodies: dict[TypeId, Body | None] = field(default_factory=dict)
    shared_responses: dict[tuple[TypeId, tuple[str, ...]], Response] = field(default_factory=dict)
    """Responses by place and, in 2.0, the media types of ``produces`` that the operation gives them."""
    object_types: dict[TypeId, bool] = field(default_factory=dict)
    """Whether the schema at a place will become an `Object`, asked before it is lowered."""
    dynamic_types: dict[TypeId, bool] = field(default_factory=dict)
    """Whether a ``$dynamicRef`` stands in the schema at a place."""
    mappings: dict[int, dict[str, TypeId]] = field(default_factory=dict)
    """Explicit discriminator values, by the index in `discriminators`."""
    default_mappings: dict[int, TypeId] = field(default_factory=dict)
    """Targets of ``defaultMapping``, likewise."""
    stand_ins: dict[TypeId, dict[TypeId, list[TypeId]]] = field(default_factory=dict)
    """Of unions beside which something stands: schemas by reference, and the alternatives that they are with that."""
    sides: Sides | None = None
    """What requests and responses hold, when all types are final."""
    has_xml: bool | None = None
    """Whether anything may stand in XML, once it was asked for: all members are looked at."""

    def degrade(self, code: str, why: str, location: Location, remedy: str = "") -> None:
        """Record that the document says more at `location` than the IR will."""
        self._tell("degraded", code, why, location, remedy)
        self.pending.append((location, Degraded(code=code, why=why, place=location.place)))

    def warn(self, code: str, message: str, location: Location, remedy: str = "") -> None:
        """Record something wrong that the IR does not suffer from, unless the check says it."""
        self._tell("warning", code, message, location, remedy)

    def note(self, code: str, message: str, location: Location, remedy: str = "") -> None:
        """Record what OpenAPI itself says of a place, where that may surprise."""
        self._tell("note", code, message, location, remedy)

    def _tell(
        self,
        level: Literal["degraded", "warning", "note"],
        code: str,
        message: str,
        location: Location,
        remedy: str,
    ) -> None:
        place = location.source_place
        self.findings.append(Diagnostic(level=level, code=code, message=message, place=place, remedy=remedy))

    def tell(self) -> None:
        """Add the findings to the document's diagnostics, but not what the check has said of the place already.

        Where the document has errors they say enough: it has to be corrected before anything is made of it.
        """
        diagnostics = self.document.diagnostics
        if diagnostics.failed:
            return
        checked = {(diagnostic.code, diagnostic.place) for diagnostic in self.document.checked}
        for item in self.findings:
            check_code = _SAID.get(item.code) if item.level == "warning" else None
            said = check_code is not None and diagnostics.has(check_code, item.place)
            if not said and (item.code, item.place) not in checked:
                diagnostics.add(item.level, item.code, item.message, item.place, item.remedy)

    def shares(self, location: Location) -> None:
        """Note that the operation at hand takes what stands at `location` (a shared component)."""
        homes = self.homes.setdefault(location.id, [])
        if self.operation is not None and (not homes or homes[-1] is not self.operation):
            homes.append(self.operation)

    def want(self, target: Target) -> None:
        """Have the schema at a referenced place lowered."""
        if target.id not in self.targets:
            self.targets[target.id] = target
            self.queue.append(target)
