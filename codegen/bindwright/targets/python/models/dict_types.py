"""Type expressions of what may be given for a model: the model, or a mapping of the shape that it has in JSON.

`Typer` says what is read; here stands what is taken. So lists are sequences and maps are mappings where their items
may be given in several ways (they are covariant: a list of models fits as well as one of dicts), scalars that have a
type of their own may be given as their text, and enumerations as their values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bindwright.ir import model as ir
from bindwright.ir.reachability import reached_from
from bindwright.targets.python.models.annotation import Annotation
from bindwright.targets.python.models.type_expressions import Typer, joined
from bindwright.targets.python.naming.plan import NamePlan
from bindwright.targets.python.syntax.code import Code

SUFFIX = "Dict"
"""Of a class: ``PetDict`` for ``Pet``."""

_MOST_DERIVED = 12
"""Derived types that are listed where their base may be given; of more, the mapping is not checked by editors."""
_STR = Annotation(Code("str"), frozenset())
_ANY_MAPPING = Annotation(Code("Mapping[str, Any]"), frozenset({"Any", "Mapping"}))
_TEXTS = frozenset({"dt.datetime", "dt.date", "dt.time", "dt.timedelta", "UUID", "bytes"})
"""Scalars that JSON has as strings, so that a mapping may have their text."""
_MAPPED = ("json", "xml", "form")
"""Kinds of bodies whose members are given by a mapping; files in multipart bodies are given by `FormParts`."""


def is_mapped(content: ir.Content) -> bool:
    """Whether a body of this media type may be a mapping."""
    return content.use is not None and content.kind in _MAPPED


def dict_names(
    api: ir.Api, plan: NamePlan, derived: Mapping[ir.TypeId, list[ir.TypeId]]
) -> dict[ir.TypeId, str]:
    """The types of which requests may hold mappings, with the names of these: objects, and choices of some."""
    uses = [
        content.use
        for operation in api.operations
        for content in (operation.body.contents if operation.body is not None else ())
        if content.use is not None and is_mapped(content)
    ]  # fmt: skip
    typer, reached = DictTyper(api, plan, {}, derived), reached_from(api, uses)
    return {
        key: plan.classes[key] + SUFFIX
        for key in api.types
        if key in reached and key in plan.classes and typer.is_written(api.types[key])
    }


class DictTyper(Typer):
    """Writes what may be given, by the names of the mappings."""

    def __init__(
        self,
        api: ir.Api,
        plan: NamePlan,
        names: Mapping[ir.TypeId, str],
        derived: Mapping[ir.TypeId, list[ir.TypeId]],
    ) -> None:
        super().__init__(api, plan)
        self.dicts, self.derived = names, derived

    def is_written(self, type_: ir.AnyType) -> bool:
        """Whether a type gets a name of its own here; objects of members without names are any mapping."""
        if isinstance(type_, ir.Object):
            return not _is_open(type_)
        if isinstance(type_, ir.Union) and self._holds_objects(type_, set()):
            return True
        return isinstance(type_, (ir.Array, ir.Map, ir.Union)) and self.is_recursive(type_.id)

    def _parts(self, type_: ir.AnyType) -> list[ir.Use]:
        return type_.members if isinstance(type_, ir.Union) else super()._parts(type_)

    def _holds_objects(self, type_: ir.AnyType | None, visited: set[ir.TypeId]) -> bool:
        """Whether a value of a choice may be an object, or a list of some."""
        if type_ is None or type_.id in visited:
            return False
        visited.add(type_.id)
        uses: list[ir.Use] = []
        if isinstance(type_, ir.Union):
            uses = type_.members
        elif isinstance(type_, ir.Array):
            uses = [*type_.prefix, *([type_.items] if type_.items is not None else [])]
        elif isinstance(type_, ir.Map):
            uses = [type_.values]
        return isinstance(type_, ir.Object) or any(
            self._holds_objects(self.types.get(use.type), visited) for use in uses
        )

    def _write(self, use: ir.Use, named: bool, shadow: frozenset[str]) -> Annotation:
        type_ = self.types.get(use.type)
        if isinstance(type_, ir.Enum):
            return self.argument(ir.Use(type=use.type, format=use.format), shadow=shadow)
        if isinstance(type_, ir.Object):
            return self._object(type_, shadow)
        if type_ is not None and (name := self.dicts.get(type_.id)) is not None:
            return Annotation(Code(name), frozenset({name}))
        if isinstance(type_, ir.Union):
            return self._structural(type_, use.format, shadow)
        return super()._write(use, named, shadow)

    def argument(self, use: ir.Use, *, shadow: frozenset[str] = frozenset()) -> Annotation:
        """An enumeration with its values."""
        type_ = self.types[use.type]
        plain = super()._write(use, False, shadow)
        return self._with_values(type_, plain, _BASES) if isinstance(type_, ir.Enum) else plain

    def _object(self, type_: ir.Object, shadow: frozenset[str]) -> Annotation:
        """The model or a mapping of it, or of a type that is derived from it."""
        types = [type_, *(other for other in self._derived(type_) if other.id in self.dicts)]
        model = super()._write(ir.Use(type=type_.id), False, shadow)
        if len(types) > _MOST_DERIVED or type_.id not in self.dicts:
            return joined([model, _ANY_MAPPING])
        return joined([model, *map(self._name, types)])

    def _name(self, type_: ir.Object) -> Annotation:
        name = self.dicts[type_.id]
        return Annotation(Code(name), frozenset({name}))

    def _derived(self, type_: ir.Object) -> Iterable[ir.Object]:
        for key in self.derived.get(type_.id, ()):
            if isinstance(other := self.types[key], ir.Object):
                yield other
                yield from self._derived(other)

    def _structural(self, type_: ir.AnyType, format_: str | None, shadow: frozenset[str]) -> Annotation:
        annotation = super()._structural(type_, format_, shadow)
        if isinstance(type_, ir.Scalar) and annotation.text in _TEXTS:
            return joined([annotation, _STR])
        if isinstance(type_, ir.Scalar) and annotation.text == "Decimal":
            return joined(
                [annotation, Annotation(Code("str" if type_.base == "string" else "float"), frozenset())]
            )
        if isinstance(type_, ir.Map) and _is_choice(self.use(type_.values, shadow=shadow)):
            values = self.use(type_.values, shadow=shadow)
            return Annotation(Code(f"Mapping[str, {values.text}]"), values.names | {"Mapping"})
        return annotation

    def _array(self, type_: ir.Array, shadow: frozenset[str]) -> Annotation:
        annotation = super()._array(type_, shadow)
        if type_.prefix or type_.items is None:
            return annotation
        items = self.use(type_.items, shadow=shadow)
        if not _is_choice(items):
            return annotation
        return Annotation(Code(f"Sequence[{items.text}]"), items.names | {"Sequence"})


_BASES = {"string": "str", "integer": "int"}


def _is_choice(annotation: Annotation) -> bool:
    """Whether a value may be given in several ways, or holds one that may be."""
    return " | " in annotation.text or bool(annotation.names - {"Any", "UUID", "Decimal", "dt", "Literal"})


def _is_open(type_: ir.Object) -> bool:
    return type_.additional is not None or bool(type_.pattern_additional) or not type_.properties
