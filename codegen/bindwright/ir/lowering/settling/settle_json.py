"""JSON, settled: absence and null of members, order, keys of maps, and what tells the alternatives of unions apart."""

from __future__ import annotations

from typing import Any

from msgspec.structs import fields, replace

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.settling.settle_lexical import lexical_of
from bindwright.ir.model import (
    Alternative,
    AnyType,
    Array,
    Constraints,
    Entries,
    Enum,
    Json,
    JsonType,
    LexicalForm,
    Map,
    Object,
    Property,
    Scalar,
    TypeId,
    Union,
    Use,
)  # fmt: skip
from bindwright.ir.reachability import Sides, always_there, sides
from bindwright.ir.walks import uses_in, uses_of

_TYPES: dict[str, list[JsonType]] = {
    "string": ["string"], "integer": ["integer"], "number": ["number"], "boolean": ["boolean"], "null": ["null"],
    "any": ["null", "boolean", "number", "string", "array", "object"], "never": [], "binary": ["string"],
}  # fmt: skip
_ORDER = ("null", "const", "enum", "integer", "number", "boolean", "date-time", "date", "time", "duration", "uuid",
          "object", "array", "map", "union", "bytes", "string", "any")  # fmt: skip
"""Kinds of alternatives in order of trial: those first that take the fewest values."""
_MOMENT = "0001-01-01T00:00:00"
_ZEROS: dict[LexicalForm, Json] = {
    "boolean": False, "double": 0, "float": 0, "decimal": 0, "dotnet-double": 0, "dotnet-float": 0,
    "dotnet-decimal": 0, "duration": "PT0S", "dotnet-time-span": "00:00:00", "date-time": _MOMENT,
    "date-time-offset": _MOMENT + "+00:00", "uuid": "00000000-0000-0000-0000-000000000000", "char": "\0",
}  # fmt: skip
"""Values that ``EmitDefaultValue=false`` leaves out; what may be null, strings and lists leave out null."""


def settle_json(context: Lowering) -> None:
    """Set what follows for JSON of all types."""
    context.sides = sides(context.api)
    settler = JsonSettler(context.types, context.sides)
    for type_ in context.types.values():
        if isinstance(type_, Object):
            settler.object(type_)
        elif isinstance(type_, Enum):
            type_.open = not type_.const
        for use in uses_of(type_):
            settler.use(use, type_.profile)
    for use in uses_in(context.api):
        settler.use(use, context.profile)
    for type_ in context.types.values():
        if isinstance(type_, Union):  # when it is known which members are always there
            settler.union(type_)
    for type_ in context.types.values():
        if isinstance(type_, Map) and type_.name is not None:
            settler.keys(Use(type=type_.id, entries=type_.entries), type_.profile)


class JsonSettler:
    """Settles the types of one API."""

    def __init__(self, types: dict[TypeId, AnyType], reached: Sides) -> None:
        self.types = types
        self.reached = reached

    def object(self, type_: Object) -> None:
        """Presence and null of the members, and their order."""
        for property_ in type_.properties:
            self._property(property_, type_.profile)
        if type_.profile == "datacontract":
            order = [property_.name for property_ in self._dotnet_order(type_)]
            if order != [property_.name for property_ in type_.properties]:
                type_.json_order = order

    def _property(self, property_: Property, profile: str) -> None:
        use, type_ = property_.use, self.types[property_.use.type]
        always = always_there(property_, self.reached)
        property_.presence = "always" if always else None
        if use.omit_default:
            property_.presence = "zero"
            property_.zero = None if use.nullable else self._zero(use, type_, profile)
        if is_null_a_value(property_, type_):
            property_.null = "value"
        else:
            property_.null = None if property_.presence == "always" else "absent"

    def _zero(self, use: Use, type_: AnyType, profile: str) -> Json:
        if not isinstance(type_, (Scalar, Enum)):
            return None
        if isinstance(type_, Enum) and type_.base == "integer":
            return 0
        form = lexical_of(type_, use.format, profile).json
        return 0 if "int" in form and form != "dotnet-uri" else _ZEROS.get(form)

    def _dotnet_order(self, type_: Object) -> list[Property]:
        """Newtonsoft's: the most derived class first, then by DataMember(Order), which none has before 0."""
        levels: dict[TypeId, int] = {}
        level: AnyType | None = type_
        while isinstance(level, Object):
            levels[level.id] = len(levels)
            level = self.types[level.base] if level.base is not None else None
        members = [property_ for property_ in type_.properties if property_.use.only != "xml"]
        if type_.reference is not None:
            members = [property_ for property_ in members if property_.name != type_.reference.id]
        derived_first = sorted(members, key=lambda property_: levels.get(property_.declared_in, 0))
        return sorted(
            derived_first, key=lambda property_: -1 if property_.use.order is None else property_.use.order
        )

    def use(self, use: Use, profile: str) -> None:
        """Constraints and keys of one place."""
        type_ = self.types.get(use.type)
        if use.constraints is not None and type_ is not None and type_.constraints is not None:
            use.constraints = merged(use.constraints, type_.constraints)
        self.keys(use, profile)

    def keys(self, use: Use, profile: str) -> None:
        """How the keys of a map are text."""
        type_ = self.types.get(use.type)
        if not isinstance(type_, Map):
            return
        entries: Entries | None = use.entries or type_.entries
        key = entries.key_use if entries is not None else type_.keys
        key_type = self.types.get(key.type) if key is not None else None
        if key is not None and isinstance(key_type, (Scalar, Enum)):
            lexical = lexical_of(key_type, key.format, profile)
            # .NET writes the names of enums as keys, in JSON too, where values are numbers.
            type_.key = lexical.xml if lexical.xml in ("name", "flags") else lexical.json

    def union(self, type_: Union) -> None:
        """What tells the members apart, in order of trial."""
        alternatives = []
        for index, use in enumerate(type_.members):
            for ranked in self._alternatives(index, use, frozenset({type_.id})):
                alternatives.append(ranked)
        type_.alternatives = [
            alternative for _, alternative in sorted(alternatives, key=lambda ranked: ranked[0])
        ]

    def _alternatives(self, index: int, use: Use, around: frozenset[TypeId]) -> list[tuple[int, Alternative]]:
        type_ = self.types[use.type]
        constraints = merged(use.constraints, type_.constraints)
        rank = _ORDER.index(_kind(type_, use))
        if isinstance(type_, Scalar):
            return [
                (rank, Alternative(member=index, types=list(_TYPES[type_.base]), constraints=constraints))
            ]
        if isinstance(type_, Enum):
            return [(rank, _of_enum(index, type_, constraints))]
        if isinstance(type_, Array):
            return [(rank, Alternative(member=index, types=["array"], constraints=constraints))]
        if isinstance(type_, Map):
            names = list(type_.required_names)
            return [
                (rank, Alternative(member=index, types=["object"], constraints=constraints, requires=names))
            ]
        if isinstance(type_, Union):
            if type_.id in around:
                return []
            around |= {type_.id}
            parts = [part for member in type_.members for part in self._alternatives(index, member, around)]
            return [(part_rank, alternative) for part_rank, alternative in parts]
        return [(rank, self._of_object(index, type_, constraints))]

    def _of_object(self, index: int, type_: Object, constraints: Constraints | None) -> Alternative:
        constants: dict[str, list[Json]] = {}
        usual: dict[str, list[Json]] = {}
        for property_ in type_.properties:
            member = self.types[property_.use.type]
            if isinstance(member, Enum):
                listed = usual if member.open and not member.const else constants
                listed[property_.name] = [value.value for value in member.members]
        required = [property_.name for property_ in type_.properties if property_.presence == "always"]
        return Alternative(
            member=index, types=["object"], constraints=constraints, constants=constants, usual=usual,
            requires=[*required, *(name for name in type_.required_names if name not in required)],
            names=[property_.name for property_ in type_.properties], closed=type_.closed,
        )  # fmt: skip


def is_null_a_value(property_: Property, type_: AnyType) -> bool:
    """Whether null is a value of a member of this type: also of one of any type, where it has to be there."""
    is_free = isinstance(type_, Scalar) and type_.base in ("any", "null")
    return property_.use.nullable or (is_free and property_.required)


def _kind(type_: AnyType, use: Use) -> str:
    if isinstance(type_, Enum):
        return "const" if type_.const else "enum"
    if not isinstance(type_, Scalar):
        return type_.kind
    form = lexical_of(type_, use.format, "openapi").json
    if form in ("date-time", "date", "time", "duration", "uuid"):
        return form
    if form.startswith("base") or type_.base == "binary":
        return "bytes"
    return "any" if type_.base == "never" else type_.base


def _of_enum(index: int, type_: Enum, constraints: Constraints | None) -> Alternative:
    values = [member.value for member in type_.members]
    types = list(_TYPES.get(type_.base, [])) or sorted({_type_of(value) for value in values})
    return Alternative(
        member=index, types=types, values=values, open=not type_.const, constraints=constraints
    )


def _type_of(value: Any) -> JsonType:
    names: dict[type, JsonType] = {type(None): "null", bool: "boolean", int: "integer", str: "string"}
    names |= {list: "array", dict: "object"}
    return names.get(type(value), "number")


def merged(place: Constraints | None, type_: Constraints | None) -> Constraints | None:
    """The constraints of a place, and its type's where the place is silent."""
    if place is None or type_ is None:
        return place or type_
    silent = {
        field.name: getattr(type_, field.name)
        for field in fields(Constraints)
        if getattr(place, field.name) in (None, False)
    }
    return replace(place, **silent)
