"""Plans: where each value of a type stands in XML, every name expanded and every default settled.

An `XmlPlace` is one value's place (an element, an attribute, text …), a `ModelPlan` the places of a model's
members in written order. Plans know nothing of prefixes, of reading or of writing. Who reads them infers nothing:
`settling` makes places of the facts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import define, field

from bindwright.runtime.shapes import Shape
from bindwright.runtime.values.by_name import named_index
from bindwright.runtime.wire import Entries, Wire
from bindwright.runtime.xml.scalars.escape import encode_name
from bindwright.runtime.xml.scalars.hooks import hooks
from bindwright.runtime.xml.tree.names import expanded, is_ncname
from bindwright.standards.xml_names import is_prefix

ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"


SERIALIZATION = "http://schemas.microsoft.com/2003/10/Serialization/"


SYSTEM = "http://schemas.datacontract.org/2004/07/System"


SCALARS = frozenset((
    "string", "integer", "number", "decimal", "boolean", "datetime", "date", "time", "duration",
    "uuid", "bytes", "enum", "literal", "null",
))  # fmt: skip


def xml_name(name: str) -> str:
    """A name that XML can have: any other is written as .NET writes it (``Site_x0020_name``).

    No name at all stays none: what has it is named by the key of a map.
    """
    return name if not name or is_ncname(name) else encode_name(name)


@define(kw_only=True, eq=False)
class XmlPlace:
    """One value's place in XML."""

    shape: Shape
    node: str
    """``element``, ``attribute``, ``text``, ``cdata`` or ``none``."""
    name: str = field(converter=xml_name)
    namespace: str
    prefix: str | None
    inherited: str
    """The namespace of descendants that name none."""
    profile: str
    within: Callable[[XmlPlace], tuple[XmlPlace, ...]] = field(repr=False)
    """What settles the places inside when they are asked for first: types may contain themselves."""
    known_types: tuple[Any, ...] = ()
    """Types (expressions) that may stand in here, told by ``xsi:type``."""
    alternates: tuple[str, ...] = ()
    """Expanded names that are also read."""
    quiet: bool = False
    """Whether it declares no namespace for what stands within (items, in the ``datacontract`` profile)."""
    fallback: str = ""
    """The name that items without one of their own get."""
    hooked: bool = True
    """Whether users' hooks for its type are obeyed; not by what a hook leaves to the compiled code."""
    is_keyed: bool = False
    """Whether its name is the key of a map, or what an entry says: then nothing that stands there has another."""
    one_or_many: bool = False
    """Whether it is a member's choice between a list without an element of its own and something else."""
    _inside: Any = field(default=None, init=False, repr=False)
    ordered: list[XmlPlace] | None = field(default=None, init=False, repr=False)
    """A union's members, the most specific kinds first, once they were asked for (`alternatives.in_order`)."""

    def __attrs_post_init__(self) -> None:
        if self.prefix and not is_prefix(self.prefix, self.namespace):
            self.prefix = None  # it is only a wish; the namespace goes without

    @property
    def has_bare_list(self) -> bool:
        """Whether an alternative is a list whose items stand side by side under the place's own name.

        OpenAPI's XML Object has arrays so where nothing says ``wrapped``: also those that are alternatives.
        """
        if (
            self.kind != "union"
            or self.node != "element"
            or self.shape.wire.xml.wrapped
            or self.profile == "datacontract"
        ):
            return False
        return any(
            member.kind == "list" and not member.wrapped and member.item.tag == self.tag
            for member in self.members
        )

    @property
    def tag(self) -> str:
        """The expanded name in the notation of lxml."""
        return expanded(self.namespace, self.name)

    @property
    def kind(self) -> str:
        """What stands here: ``scalar``, ``offset``, ``model``, ``list``, ``tuple``, ``map``, ``union``, ``any`` or ``hooked``."""
        shape_kind = self.shape.kind
        if self.hooked and self.node == "element" and hooks().has(self.shape.type):
            return "hooked"
        if shape_kind in SCALARS:
            offset = (
                shape_kind == "datetime"
                and self.profile == "datacontract"
                and self.shape.fact("format") == "DateTimeOffset"
            )
            return "offset" if offset else "scalar"
        if (
            shape_kind == "map"
            and self.shape.item.kind == "any"
            and self.shape.fact("entries") is None
            and not self.shape.root
            and not self._entries_have_a_namespace
        ):
            return "any"
        return "tuple" if self.positions else shape_kind

    @property
    def _entries_have_a_namespace(self) -> bool:
        facts = self.shape.item.wire.xml
        return facts is not None and bool(facts.namespace)

    @property
    def positions(self) -> tuple[tuple[str, Wire], ...]:
        """Of a list whose items are told by their positions: type and facts of each, last those of all that follow.

        JSON has them as any items; in XML they are elements of other names. Nothing for every other list.
        """
        if (
            self.shape.kind != "list"
            or self.node not in ("element", "none")
            or self.profile == "datacontract"
        ):
            return ()
        facts: tuple[Wire, ...] = self.shape.fact("prefix_items") or ()
        choices = [wire.choice.members for wire in facts if wire.choice is not None]
        if len(choices) != len(facts) or any(len(members) != 1 for members in choices):
            return ()
        return tuple(members[0] for members in choices)

    @property
    def rest(self) -> XmlPlace | None:
        """The place of the items behind those of a tuple's positions; None where nothing may follow."""
        return self.inside[-1] if self.positions else None

    @property
    def wrapped(self) -> bool:
        """Whether a list has an element of its own."""
        return self.node == "element"

    @property
    def entries(self) -> Entries | None:
        """How a map's entries are elements, None where keys name the elements."""
        entries: Entries | None = self.shape.fact("entries")
        return entries

    @property
    def inside(self) -> tuple[XmlPlace, ...]:
        """The places inside: of a list's items or a map's values one, of a tuple's items and a union's members each.

        Where names tell what a map's values are, one for each pattern stands behind the one of all others.
        """
        if self._inside is None:
            self._inside = self.within(self)
        places: tuple[XmlPlace, ...] = self._inside
        return places

    @property
    def item(self) -> XmlPlace:
        """The place of a list's items, of a map's values."""
        return self.inside[0]

    def item_of(self, name: str) -> XmlPlace:
        """The place of a map's value of a name, which may tell what it is."""
        index = named_index(self.shape, name)
        return self.inside[0 if index is None else index + 1]

    @property
    def items(self) -> tuple[XmlPlace, ...]:
        """The places of a tuple's elements: those with a position of their own."""
        return self.inside[:-1] if self.positions else self.inside

    @property
    def fewest(self) -> int:
        """How many of a tuple's items there have to be.

        An array may be shorter than its ``prefixItems`` (JSON Schema 2020-12 core, 10.3.1.1), but for a minItems of
        its own; text stands behind what is before it, and .NET writes all members of its tuples.
        """
        if self.profile == "datacontract":
            return len(self.items)
        texts = [index + 1 for index, item in enumerate(self.items) if item.node != "element"]
        checks = self.shape.fact("checks")
        least = (checks.min_items or 0) if checks is not None else 0
        return max([min(least, len(self.items)), *texts])

    @property
    def nothing(self) -> type | None:
        """What a member without an element of its own is where none of its items is there, for then it leaves no
        trace; None where something has to be there."""
        if self.one_or_many:
            return list
        if self.node != "none":
            return None
        if self.kind == "tuple" and self.fewest:
            return type(None) if self.shape.nullable else None
        return {"list": list, "tuple": tuple}.get(self.shape.kind)

    @property
    def members(self) -> tuple[XmlPlace, ...]:
        """The places of a union's members."""
        return self.inside

    @property
    def contract(self) -> str:
        """The namespace of what stands inside: of a model's members, a list's items, a map's entries."""
        if self.kind == "offset":
            return SYSTEM
        if self.kind == "list":
            return self.item.namespace
        if self.kind == "map" and self.entries is not None:
            return self.entries.namespace or ""
        return self.inherited
