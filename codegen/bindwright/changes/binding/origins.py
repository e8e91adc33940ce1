"""Where in the API a difference of two surfaces comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bindwright.changes.binding.partners import Packages
from bindwright.changes.binding.surfaces import Difference
from bindwright.changes.walk import Places
from bindwright.ir.model import Api, Array, Map, Object, Operation, Property, Scalar, SourcePlace, Union, Use
from bindwright.targets.python.surface.packages import PlannedPackage
from bindwright.targets.python.surface.planned import WEBHOOKS

_WORD = re.compile(r"[^\W\d]\w*")


class _Side:
    """One of the two versions, with its tables."""

    def __init__(self, api: Api, package: PlannedPackage) -> None:
        self.api, self.package = api, package
        self.operations = {operation.id: operation for operation in api.operations}
        self.called = [each.id for o in api.operations for each in o.callbacks]
        self.called += [webhook.id for webhook in api.webhooks]
        """Ids of callbacks and webhooks."""
        self.groups = {group.tag: [each.id for each in group.operations] for group in package.plan.groups}

    def origin(self, symbol: str) -> str:
        return self.package.surface.origins.get(symbol, "")

    def property_of(self, origin: str) -> Property | None:
        """The property of a field's origin."""
        owner, _, name = origin.rpartition(".")
        while owner and owner not in self.api.types:  # names may have dots
            owner, _, rest = owner.rpartition(".")
            name = f"{rest}.{name}"
        type_ = self.api.types.get(owner)
        members = type_.properties if isinstance(type_, Object) else ()
        return next((member for member in members if member.name == name), None)

    def reachable(self, use: Use | None) -> Iterator[str]:
        """The types of a use, as far as one annotation tells of them."""
        waiting = [use.type] if use is not None else []
        visited: set[str] = set()
        while waiting:
            type_id = waiting.pop(0)
            type_ = self.api.types.get(self.api.aliases.get(type_id, type_id))
            if type_ is None or type_.id in visited:
                continue
            visited.add(type_.id)
            yield type_.id
            if isinstance(type_, Array):
                waiting += [each.type for each in (*type_.prefix, type_.items) if each is not None]
            elif isinstance(type_, Map):
                waiting.append(type_.values.type)
            elif isinstance(type_, Union):
                waiting += [each.type for each in type_.members]


class Origins:
    """Finds what a difference is of."""

    def __init__(self, packages: Packages) -> None:
        self._packages = packages
        self._old = _Side(packages.walk.old, packages.old)
        self._new = _Side(packages.walk.new, packages.new)

    def _side(self, difference: Difference) -> _Side:
        return self._new if difference.what == "added" or self._is_declared_again(difference) else self._old

    def _is_declared_again(self, difference: Difference) -> bool:
        """Whether a class has a member of its own now that it had from its base."""
        symbols = self._old.package.surface.symbols
        return difference.symbol not in symbols and bool(self._new.origin(difference.symbol))

    def _argument_side(self, difference: Difference) -> _Side:
        return self._new if difference.what == "parameter-added" else self._old

    def sites(self, difference: Difference) -> Iterator[str]:
        """Places of the API that explain a difference, the nearest first: see `Change.sites`."""
        side = self._side(difference)
        origin = side.origin(difference.symbol)
        if difference.symbol.endswith("Client.__init__"):
            schemes = self._argument_side(difference).package.plan.schemes
            yield from (f"security {key}" for key, name in schemes.items() if name == difference.parameter)
            return
        if difference.parameter:
            yield from self._sites_of_argument(difference)
            return
        if origin.endswith(" error"):
            for use in _errors(side.operations[origin.removesuffix(" error")]):
                yield from side.reachable(use)
            return
        if origin == WEBHOOKS:
            yield from side.called
            return
        if operation := side.operations.get(origin.removesuffix(" wait")):
            yield operation.id
            if difference.what == "returns":
                yield f"{operation.id} returns"
                for use in _results(operation):
                    yield from side.reachable(use)
            return
        if origin.startswith("tag "):
            if difference.what != "renamed":
                yield from side.groups.get(origin.removeprefix("tag "), ())
            return
        yield origin
        yield from self._sites_of_types(difference, side, origin)

    def _sites_of_types(self, difference: Difference, side: _Side, origin: str) -> Iterator[str]:
        if origin.endswith(".*"):
            yield origin.removesuffix(".*")
        elif "=" in origin:
            yield origin.partition("=")[0]
        elif (property_ := side.property_of(origin)) is not None:
            if difference.what in ("annotation", "parameter-optional", "parameter-required"):
                yield from side.reachable(property_.use)
        elif origin in side.api.types:
            yield from side.reachable(Use(type=origin))
            if difference.what in ("annotation", "kind", "removed") and isinstance(
                side.api.types[origin], Scalar
            ):
                yield origin

    def _sites_of_argument(self, difference: Difference) -> Iterator[str]:
        """Of a parameter that came: by the id of the old operation, under which everything is told."""
        operation = self._old.operations.get(self._old.origin(difference.symbol).removesuffix(" wait"))
        if operation is None:
            return
        if difference.parameter == "body":
            yield f"{operation.id} body"
            for content in operation.body.contents if operation.body is not None else ():
                yield from self._old.reachable(content.use or content.item_use)
            return
        side = self._argument_side(difference)
        source = (
            operation if side is self._old else self._new.operations[self._packages.operations[operation.id]]
        )
        key = self._key(side, source.id, difference.parameter)
        location, _, name = key.partition(":")
        yield f"{operation.id} {location} {name}"
        parameter = next((p for p in source.parameters if (p.location, p.name) == (location, name)), None)
        if parameter is not None and "annotation" in difference.what:
            yield from side.reachable(parameter.use)

    def _key(self, side: _Side, operation: str, argument: str) -> str:
        arguments = side.package.plan.calls[operation].arguments
        return next((key for key, name in arguments.items() if name == argument), f":{argument}")

    def is_spelling(self, difference: Difference) -> bool:
        """Whether the document says now what held anyway: that further members may be anything."""
        origin = self._new.origin(difference.symbol)
        added = difference.what == "added" and origin.endswith(".*")
        text = str(self._new.package.surface.symbols.get(difference.symbol, {}).get("annotation"))
        return added and not {"Any", "Json"}.isdisjoint(_WORD.findall(text))

    def is_part_of_what_came(self, difference: Difference) -> bool:
        """Whether a class is written out within something that came as well, and is told with it."""
        type_ = self._new.api.types.get(self._new.origin(difference.symbol))
        return difference.what == "added" and type_ is not None and type_.name is None

    def noun(self, difference: Difference) -> str:
        """What a difference is of: ``class``, ``field``, ``member``, ``tag``, ``operation``, ``client``."""
        if difference.symbol.endswith("Client.__init__"):
            return "client"
        side = self._side(difference)
        origin = side.origin(difference.symbol)
        if origin.startswith("tag "):
            return "tag"
        if origin.removesuffix(" wait") in side.operations:
            return "operation"
        kind = side.package.surface.symbols.get(difference.symbol, {}).get("kind", "")
        return "class" if kind == "alias" else "field" if kind == "property" else str(kind)

    def location(self, difference: Difference) -> str:
        """In which location the parameter of a difference is."""
        operation = self._old.origin(difference.symbol).removesuffix(" wait")
        return self._key(self._old, operation, difference.parameter).partition(":")[0]

    def hangs_elsewhere(self, difference: Difference) -> bool:
        """Whether a method has left its tag."""
        operation = self._old.origin(difference.symbol).removesuffix(" wait")
        partner = self._packages.operations.get(operation)
        if partner is None:
            return False
        before, after = self._packages.old_groups[operation].tag, self._packages.new_groups[partner].tag
        return self._packages.tags.get(before) != after

    def other_classes_only(self, difference: Difference) -> bool:
        """Whether two annotations differ in nothing but names of classes."""
        before, after = _WORD.findall(str(difference.old)), _WORD.findall(str(difference.new))
        symbols = (self._old.package.surface.symbols, self._new.package.surface.symbols)
        moved = [pair for pair in zip(before, after, strict=False) if pair[0] != pair[1]]
        return len(before) == len(after) and all(
            f"models.{old}" in symbols[0] and f"models.{new}" in symbols[1] for old, new in moved
        )

    def element(self, difference: Difference, kind: str) -> str:
        """How a change that only the surface shows is headed."""
        if kind == "class-of-use":
            return f"{difference.old} ({difference.new})"
        side = self._side(difference)
        origin = side.origin(difference.symbol)
        noun = self.noun(difference)
        if noun in ("tag", "operation"):
            head = origin.removesuffix(" wait")
            if difference.parameter:
                location, _, name = (
                    self._key(self._argument_side(difference), head, difference.parameter).partition(":")
                    if self._argument_side(difference) is self._old
                    else ("", "", difference.parameter)
                )
                return f"{head} {location} {name}".replace("  ", " ")
            return head
        if noun == "client":
            return f"Client({difference.parameter})"
        return difference.symbol.removeprefix("models.")

    def places(self, difference: Difference) -> Places:
        """Where the thing stands in both documents."""
        if difference.parameter and not difference.symbol.endswith("Client.__init__"):
            return self._argument_places(difference)
        if difference.what == "added" or self._is_declared_again(difference):
            return None, _place(self._new, self._new.origin(difference.symbol))
        old = self._old.origin(difference.symbol)
        if difference.what == "removed":
            return _place(self._old, old), None
        return _place(self._old, old), _place(self._new, self._partner(old))

    def _argument_places(self, difference: Difference) -> Places:
        """Where a parameter is described; else the operation."""
        old = self._old.origin(difference.symbol).removesuffix(" wait")
        new = self._packages.operations.get(old, old)
        key = self._key(self._old, old, difference.parameter)
        partner = self._packages.walk.parameters.get(old, {}).get(key, key)
        return _argument_place(self._old, old, key), _argument_place(self._new, new, partner)

    def _partner(self, origin: str) -> str:
        head = origin.removesuffix(" wait")
        operation = self._packages.operations.get(head)
        return operation or self._packages.types.get(origin) or origin

    def operations(self, difference: Difference) -> list[str]:
        """The operations that feel it, as far as its own name tells."""
        side = self._side(difference)
        origin = side.origin(difference.symbol)
        if origin.startswith("tag "):
            return side.groups.get(origin.removeprefix("tag "), [])
        head = origin.removesuffix(" wait").removesuffix(" error")
        return [head] if head in side.operations else []


def _argument_place(side: _Side, operation: str, key: str) -> SourcePlace | None:
    if operation not in side.operations:
        return None
    described = side.operations[operation]
    location, _, name = key.partition(":")
    places = [each.place for each in described.parameters if (each.location, each.name) == (location, name)]
    return places[0] if places else described.place


def _place(side: _Side, origin: str) -> SourcePlace | None:
    head = origin.removesuffix(" wait").removesuffix(" error")
    if head in side.operations:
        return side.operations[head].place
    if head in side.api.types:
        return side.api.types[head].place
    if (property_ := side.property_of(head)) is not None:
        return property_.place
    owner = side.api.types.get(head.partition("=")[0])
    return owner.place if owner is not None else None


def _errors(operation: Operation) -> Iterator[Use]:
    for response in operation.responses:
        if response.status[:1] != "2":
            yield from (content.use for content in response.contents if content.use is not None)


def _results(operation: Operation) -> Iterator[Use]:
    for response in operation.responses:
        if response.status[:1] == "2" or response.status == "default":
            for content in response.contents:
                yield from (use for use in (content.use, content.item_use) if use is not None)
