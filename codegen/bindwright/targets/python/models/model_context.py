"""What every writer of models works with."""

from __future__ import annotations

from msgspec import Struct, field

from bindwright.ir import model as ir
from bindwright.ir.reachability import Sides
from bindwright.targets.python.models.type_expressions import Typer
from bindwright.targets.python.models.wire_facts import PlaceKey, WireFacts
from bindwright.targets.python.naming.plan import NamePlan
from bindwright.targets.python.syntax.code import Code

FieldKey = tuple[str, str, PlaceKey, bool, bool, frozenset[str]]
"""Name in Python and in JSON, what tells its facts, whether it is nullable and always there, builtins that mean something
else there."""


class WrittenField(Struct, frozen=True):
    """A field as many classes have it, without what is said of it."""

    text: str
    imports: frozenset[str]
    references: frozenset[str]
    """As of a `Module`."""


class FieldFacts(Struct, frozen=True):
    """What callers see of a field."""

    annotation: Code
    default: Code | None


class ModelContext(Struct, kw_only=True, frozen=True):
    """An API with its names, and the writers of its annotations and wire facts."""

    api: ir.Api
    plan: NamePlan
    typer: Typer
    facts: WireFacts
    sides: Sides
    derived: dict[ir.TypeId, list[ir.TypeId]]
    """Objects to those that have them as base, in the order of the document."""
    constants: frozenset[ir.TypeId]
    """Enums that allow one value: required members of such a type have it as their default."""
    unnamed_roots: dict[ir.TypeId, str] = {}
    """Objects that are documents of XML, or items of one, for whose element the API has no name; how it is written."""
    other_names: dict[ir.TypeId, dict[str, str]] = {}
    """Objects to the other names that elements of their members are read by, by the members' names in JSON."""
    fields: dict[FieldKey, WrittenField] = field(default_factory=dict)
    """Fields that were written before: the members of one name and type are the same in every class."""
