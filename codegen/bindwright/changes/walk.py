"""The walk over two graphs of types at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Literal

from bindwright.changes.findings import UNTYPED, Context, Findings
from bindwright.changes.unchanged import unchanged_contents, unchanged_types
from bindwright.ir.model import AnyType, Api, Constraints, SourcePlace, Use
from bindwright.ir.reachability import inner_types
from bindwright.standards.json_pointer import unescape
from bindwright.standards.media_types import kind_of

Format = Literal["json", "xml"]
FORMATS: tuple[Format, ...] = ("json", "xml")
Places = tuple[SourcePlace | None, SourcePlace | None]


class Pair:
    """Two types, the uses that led to them, and where that was."""

    __slots__ = ("context", "element", "new", "new_use", "old", "old_use", "places")

    def __init__(
        self, old: Any, new: Any, old_use: Use, new_use: Use, element: str, context: Context, places: Places
    ) -> None:
        self.old = old
        self.new = new
        self.old_use = old_use
        self.new_use = new_use
        self.element = element
        self.context = context
        self.places = places


Comparer = Callable[["Walk", Pair], None]


class Walk:
    """Compares uses of types; what to do with two types of one kind is handed in."""

    def __init__(self, old: Api, new: Api, findings: Findings, comparers: Mapping[str, Comparer]) -> None:
        self.old = old
        self.new = new
        self.findings = findings
        self.pairs: dict[str, list[str]] = {}
        """Old type to the new types that came in its place, the first one first."""
        self.formats = formats_of(old, new)
        self.parameters: dict[str, dict[str, str]] = {}
        """Of each old operation: keys (``LOCATION:NAME``) of its parameters to those of the new ones in their place."""
        self.unchanged = unchanged_types(old, new)
        self.unchanged_xml = unchanged_contents(old, new, self.unchanged)
        self._comparers = comparers
        self._visited: set[tuple[str, ...]] = set()

    def uses(self, old: Use, new: Use, element: str, context: Context, places: Places = (None, None)) -> None:
        """Compare two places: what they say themselves, then their types."""

        def add(kind: str, before: Any = None, after: Any = None) -> None:
            self.findings.add(kind, element, context, before, after, places=places)

        if old.nullable != new.nullable:
            add("property-nullable" if new.nullable else "property-not-nullable")
        if new.deprecated and not old.deprecated:
            add("property-deprecated")
        if (old.has_default, old.default) != (new.has_default, new.default) and not (
            context.text and None is not _as_text(old) == _as_text(new)
        ):
            add("param-default" if context.text else "property-default", old.default, new.default)
        if old.read_only != new.read_only:
            add("property-readonly" if new.read_only else "property-not-readonly")
        if old.write_only != new.write_only:
            add("property-writeonly" if new.write_only else "property-not-writeonly")
        self.types(old, new, element, context, places)

    def types(
        self, old_use: Use, new_use: Use, element: str, context: Context, places: Places = (None, None)
    ) -> None:
        """Compare the types of two uses."""
        old, new = type_of(self.old, old_use), type_of(self.new, new_use)
        if old.id == new.id and old.id in self.unchanged and old_use == new_use:
            return
        if not is_shared(old):
            partners = self.pairs.setdefault(old.id, [])
            if new.id not in partners:
                partners.append(new.id)
        if not is_shared(old):
            context = context._replace(sites=(old.id, *(site for site in context.sites if site == UNTYPED)))
        if old.name and (old.name == new.name or old.id not in self.new.types):
            element, places = old.name, (old.place, new.place if new.name else places[1])
        elif old.id == new.id and (component := _component_of(old.id)):
            element = component
        if old.kind in ("object", "union", "map", "array"):
            key = (old.id, new.id, context.direction, context.format, str(context.text), old.name or element)
            if key in self._visited:
                return
            self._visited.add(key)
            context = context._replace(owner=old.id)
        pair = Pair(old, new, old_use, new_use, element, context, places)
        self._comparers[old.kind if old.kind == new.kind else "other"](self, pair)
        self._comparers["constraints"](self, pair)
        self._comparers["keywords"](self, pair)


def formats_of(*apis: Api) -> list[Format]:
    """The formats in which bodies are, anywhere: a change of a value is judged in each, whatever an operation
    offers today. An API that has no XML is not told what XML would feel."""
    operations = [operation for api in apis for operation in (*api.operations, *api.webhooks)]
    contents = [c for o in operations for r in o.responses for c in r.contents]
    contents += [c for o in operations if o.body is not None for c in o.body.contents]
    kinds = {kind_of(content.media_type) for content in contents}
    return [form for form in FORMATS if form in kinds] or ["json"]


def type_of(api: Api, use: Use) -> AnyType:
    """The type of a use."""
    type_ = api.types.get(use.type)
    return type_ if type_ is not None else api.types[api.aliases[use.type]]


def inline_types(api: Api, *uses: Use) -> set[str]:
    """The types that are written out in places: they go where these go."""
    inline: set[str] = set()
    waiting = [use.type for use in uses]
    while waiting:
        type_ = type_of(api, Use(type=waiting.pop()))
        if type_.name is None and not is_shared(type_) and type_.id not in inline:
            inline.add(type_.id)
            waiting += inner_types(type_)
    return inline


_COMPONENT_SCHEMA = re.compile(
    r"#/(?:components/)?(requestBodies|responses|parameters|headers)/([^/]+)(?:/headers/([^/]+)|/content/([^/]+))?/schema"
)
"""Pointers of schemas that stand in components of other kinds, which operations share: what changes there changes once."""


def _component_of(type_id: str) -> str | None:
    """What a schema that is written out in a component is called: the component; None for one anywhere else."""
    match = _COMPONENT_SCHEMA.fullmatch(type_id)
    if match is None:
        return None
    section, *words = match.groups()
    names = [unescape(word) for word in words if word is not None]
    return " ".join(["request body" if section == "requestBodies" else section.removesuffix("s"), *names])


def is_shared(type_: AnyType) -> bool:
    """Whether a type stands for all places that say the same (a plain string), and so for none of them."""
    return "/" not in type_.id


def _as_text(use: Use) -> str | None:
    """A default as it goes with a request; None where there is none, or it is no single value."""
    if not use.has_default or isinstance(use.default, (list, dict)):
        return None
    return use.default if isinstance(use.default, str) else json.dumps(use.default, default=str)


def constraints_of(type_: AnyType, use: Use) -> Constraints:
    """What holds at a place."""
    return use.constraints or type_.constraints or Constraints()


def shown(api: Api, use: Use) -> str:
    """A type in few words."""
    type_ = type_of(api, use)
    if type_.name:
        return type_.name
    if type_.kind == "scalar":
        form = use.format or type_.format
        return f"{type_.base} ({form})" if form else type_.base
    if type_.kind == "array":
        return f"list of {shown(api, type_.items)}" if type_.items else "list"
    return type_.kind
