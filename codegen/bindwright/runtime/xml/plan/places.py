"""Plans: where each value of a type stands in XML, every name expanded and every default settled.

An `XmlPlace` is one value's place (an element, an attribute, text …), a `ModelPlan` the places of a model's
members in written order. Plans know nothing of prefixes, of reading or of writing.

Sources: OpenAPI 3.2.0, "XML Object"; for ``datacontract`` the conventions of .NET's DataContractSerializer.
"""

from __future__ import annotations

from typing import Any

from attrs import define, evolve, field

from bindwright.runtime.shapes import Shape, shape_of
from bindwright.runtime.wire import Entries, Wire, Xml
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
    one_or_many: bool = False
    """Whether it is a member's choice between a list without an element of its own and something else."""
    _item: Any = field(default=None, init=False, repr=False)

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
        ):
            return "any"
        return shape_kind

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
    def item(self) -> XmlPlace:
        """The place of a list's items, of a map's values."""
        if self._item is None:
            self._item = _map_value(self) if self.shape.kind == "map" else _list_item(self, self.shape.item)
        place: XmlPlace = self._item
        return place

    @property
    def items(self) -> tuple[XmlPlace, ...]:
        """The places of a tuple's elements."""
        if self._item is None:
            self._item = tuple(_list_item(self, item) for item in self.shape.inner())
        places: tuple[XmlPlace, ...] = self._item
        return places

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
    def members(self) -> tuple[XmlPlace, ...]:
        """The places of a union's members."""
        if self._item is None:
            self._item = tuple(_member_place(self, member) for member in self.shape.inner())
        places: tuple[XmlPlace, ...] = self._item
        return places

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


def profile_of(shape: Shape, default: str = "openapi") -> str:
    """The profile of a type: its own, else that of what stands in it (a list of models), else the default."""
    if shape.wire.profile is not None:
        return shape.wire.profile
    if shape.root is not None and shape.root.profile is not None:
        return shape.root.profile
    if shape.kind in ("list", "map") and default == "openapi":
        return profile_of(shape.item, default)
    if shape.kind == "model" and shape.root is None:
        for base in shape.type.__mro__[1:]:
            facts = vars(base).get("__wire__")
            if facts is not None and facts.profile is not None:
                return str(facts.profile)
    return default


def root_place(type_: Any, *, wire: Wire | None = None, names: Any = None) -> XmlPlace:
    """The place of a document's root.

    Raises:
        TypeError: the type cannot stand on the wire.
    """
    shape = shape_of(type_, wire=wire, names=names)
    profile = profile_of(shape)
    if profile == "datacontract":
        shape.nullable = (
            True  # a document of the profile may be null: it does not tell whether its type is Nullable
        )
    use, type_facts = shape.wire.xml, _own(shape)
    name = use.name or type_facts.name or shape.name or _made_name(shape, profile)
    namespace, prefix = _namespace(use, type_facts, _made_namespace(shape))
    place = XmlPlace(
        shape=shape, node="element", name=name, namespace=namespace, prefix=prefix,
        inherited=inherited_of(use, type_facts, "" if prefix else namespace), profile=profile,
        known_types=_known(shape, ()), fallback=_called_inside(shape, name),
    )  # fmt: skip
    return place


def _called_inside(shape: Shape, name: str) -> str:
    """What items are called that have no name of their own: in a plain ``list[Pet]`` as the component is."""
    if shape.kind != "list" or shape.root is not None or shape.wire.xml.name or shape.item.kind != "model":
        return name
    return shape.item.name or name


def _made_name(shape: Shape, profile: str) -> str:
    if shape.kind == "list":
        item_facts = _own(shape.item)
        return "ArrayOf" + (item_facts.name or shape.item.name or "Item")
    return {"string": "string", "integer": "int", "boolean": "boolean"}.get(shape.kind, "value")


def _made_namespace(shape: Shape) -> str:
    if shape.kind == "list" and shape.root is None:
        return shape.item.wire.xml.namespace or _own(shape.item).namespace or ""
    return ""


def _own(shape: Shape) -> Xml:
    return shape.root.xml if shape.root is not None else Xml()


def _namespace(use: Xml, type_facts: Xml, inherited: str) -> tuple[str, str | None]:
    if use.namespace is not None:
        return use.namespace, use.prefix
    if type_facts.namespace is not None:
        return type_facts.namespace, type_facts.prefix if use.prefix is None else use.prefix
    return inherited, None


def inherited_of(use: Xml, type_facts: Xml, inherited: str) -> str:
    """A namespace without a prefix is the default of the element and of its descendants."""
    for xml in (type_facts, use):
        if xml.namespace is not None and xml.prefix is None:
            return xml.namespace
    return inherited


def _known(shape: Shape, enclosing: tuple[Any, ...]) -> tuple[Any, ...]:
    expressions = shape.root.known if shape.root is not None else ()
    return (
        tuple(
            (expression, shape.type.__module__ if isinstance(shape.type, type) else "")
            for expression in expressions
        )
        or enclosing
    )


def place_of(
    shape: Shape,
    *,
    name: str,
    inherited: str,
    profile: str,
    known_types: tuple[Any, ...] = (),
    explicit: bool = True,
    inside_list: bool = False,
) -> XmlPlace:
    """The place of a value that would be called ``name`` (a property's, or an array's for its items)."""
    use, type_facts = shape.wire.xml, _own(shape)
    fallback = name
    alternates: list[str] = []
    # A component's own namespace is not that of the member element in the profile.
    namespace, prefix = _namespace(use, Xml() if profile == "datacontract" else type_facts, inherited)
    node = use.node or type_facts.node or ""
    if not node:
        if shape.kind in ("list", "tuple"):
            node = (
                "element"
                if use.wrapped or type_facts.wrapped or profile == "datacontract" or inside_list
                else "none"
            )
        else:
            node = "element"
    elif node in ("attribute", "text", "cdata") and has_members(shape):
        # Documents say that, too, of what has members: no text can hold it.
        bare = shape.kind in ("list", "tuple") and not (
            use.wrapped or profile == "datacontract" or inside_list
        )
        node = "none" if bare else "element"
    if use.name:
        name = use.name
    elif type_facts.name and explicit and profile != "datacontract" and _is_explicit(type_facts.name, shape):
        name = type_facts.name
    elif type_facts.name and profile != "datacontract":
        alternates.append(expanded(namespace, type_facts.name))
    if node == "none" and shape.kind == "list":
        name = fallback
    return XmlPlace(
        shape=shape, node=node, name=name, namespace=namespace, prefix=prefix,
        inherited=inherited_of(use, type_facts, inherited), profile=profile, known_types=_known(shape, known_types),
        fallback=fallback if node == "none" else name, alternates=tuple(alternates),
    )  # fmt: skip


def has_members(shape: Shape, levels: int = 4) -> bool:
    """Whether a value is, or holds, more than a text can; what a user's hook makes is for the hook to say.

    Lists within lists are looked into so many levels deep: they may contain themselves.
    """
    if hooks().has(shape.type):
        return False
    if shape.kind in ("list", "tuple", "union"):
        return levels > 0 and any(has_members(inner, levels - 1) for inner in shape.inner())
    return shape.kind in ("model", "map")


def _is_explicit(name: str, shape: Shape) -> bool:
    """Whether a component says its element's name, where the root facts always carry one."""
    if shape.root is not None and shape.root.names is not None:
        return shape.root.names == "everywhere"
    return name != shape.name


def _list_item(array: XmlPlace, shape: Shape) -> XmlPlace:
    under_root = array.fallback == array.name and shape.kind == "model" and array.shape.root is not None
    item_facts = _own(shape)
    name = array.fallback
    if under_root and (item_facts.name or shape.name):
        name = item_facts.name or shape.name or name
    if array.profile == "datacontract" and item_facts.name:
        name = item_facts.name  # an item's element has the name of its contract
    item = place_of(
        shape,
        name=name,
        inherited=array.inherited,
        profile=array.profile,
        known_types=array.known_types,
        inside_list=True,
    )
    if array.wrapped and array.fallback != array.name and array.profile != "datacontract":
        item.alternates += (expanded(item.namespace, array.name),)
    return item


def _map_value(place: XmlPlace) -> XmlPlace:
    entries = place.entries
    if entries is None:
        return place_of(
            place.shape.item, name="", inherited=place.inherited, profile=place.profile, known_types=place.known_types,
            explicit=False, inside_list=True,
        )  # fmt: skip
    value = place_of(
        place.shape.item, name=entries.value, inherited=entries.namespace or "", profile=place.profile,
        known_types=place.known_types, explicit=False, inside_list=True,
    )  # fmt: skip
    return evolve(value, name=entries.value, namespace=entries.namespace or "")


def _member_place(union: XmlPlace, shape: Shape) -> XmlPlace:
    type_facts = _own(shape)
    name = shape.wire.xml.name or type_facts.name or shape.name or union.name
    place = place_of(
        shape, name=name, inherited=union.inherited, profile=union.profile, known_types=union.known_types
    )
    return evolve(place, name=name)
