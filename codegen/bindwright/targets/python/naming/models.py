"""Names of models: classes, their modules, fields and members of enums."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import chain, islice
from typing import Any

from bindwright.ir import model as ir
from bindwright.ir.type_keys import keys_of
from bindwright.targets.naming import words
from bindwright.targets.naming.candidates import Candidates
from bindwright.targets.naming.scope import (
    LockedNames,
    NameScope,
    aliases_in,
    settle_all,
    settle_followed,
)
from bindwright.targets.python.naming import reserved
from bindwright.targets.python.naming.candidates import (
    class_candidates,
    inline_candidates,
    is_simple,
    kept,
    variable,
    with_more,
)
from bindwright.targets.python.naming.member_names import MemberNames

SUFFIX = {
    "scalar": "Value",
    "enum": "Enum",
    "object": "Model",
    "array": "List",
    "map": "Map",
    "union": "Choice",
}


def is_class(type_: ir.AnyType) -> bool:
    """Whether a type gets a public name: whatever the document names, and inline objects and enums."""
    if type_.name is not None or isinstance(type_, ir.Object):
        return True
    return isinstance(type_, ir.Enum) and is_enumeration(type_)


def is_literal(type_: ir.AnyType) -> bool:
    """Whether a type is written as ``Literal``: a constant, or an enum of one value, which says the same.

    JSON Schema 2020-12 validation, 6.1.3: ``const`` is an enum of one value.
    """
    if (
        not isinstance(type_, ir.Enum)
        or len(type_.members) != 1
        or type_.flags
        or type_.xml_names
        or type_.extensible
    ):
        return False
    value = type_.members[0].value
    return isinstance(value, (str, int)) and may_be_in_literal(value)


def may_be_in_literal(value: ir.Json) -> bool:
    """Whether a text or an integer may stand in ``Literal``: mypy takes no integers of more than 64 bits there."""
    return not isinstance(value, int) or abs(value) < 1 << 63


def has_one_value(type_: ir.AnyType) -> bool:
    """Whether a type has one value that is a required member's or parameter's default: a literal, or a constant number
    with a fraction, which `Literal` does not take."""
    if is_literal(type_):
        return True
    if not isinstance(type_, ir.Enum) or not type_.const or len(type_.members) != 1:
        return False
    return isinstance(type_.members[0].value, float)


def is_enumeration(type_: ir.Enum) -> bool:
    """Whether an enum is one in Python: not a constant or a flag, nor one in which ``True`` and ``1`` would be one member."""
    if type_.const or type_.base == "boolean" or is_literal(type_):
        return False
    if type_.base != "mixed":
        return True
    values = [member.value for member in type_.members]
    flags = [value for value in values if isinstance(value, bool)]
    return not any(
        value in flags for value in values if isinstance(value, (int, float)) and not isinstance(value, bool)
    )


def classes_of(
    api: ir.Api,
    overrides: Mapping[str, str],
    lock: LockedNames,
    locked_names: dict[str, Any],
    short: Mapping[str, str],
    spelling: Callable[[str], str],
) -> dict[ir.TypeId, str]:
    """The names of all classes; ``short`` has texts for those of operations whose whole path would be too much.

    ``spelling`` is `spelling_of` the API.
    """
    scope = NameScope(reserved.CLASSES)

    def candidates(key: str, type_: ir.AnyType) -> Iterable[str]:
        override = overrides.get(key) or ir.name_asked_for(type_.names, "python")
        if type_.name is not None:
            tries = class_candidates(type_.name, SUFFIX[type_.kind])
        else:
            tries = inline_candidates(type_.context, SUFFIX[type_.kind])
            if text := short.get(next(iter(type_.context), "")):
                shorter = inline_candidates((text, *type_.context[1:]), SUFFIX[type_.kind])
                tries = with_more(shorter, tries, after=1)
        return [override, *tries] if override else tries

    named = {key: type_ for key, type_ in api.types.items() if type_.name is not None}
    inline = {key: type_ for key, type_ in api.types.items() if type_.name is None and is_class(type_)}
    locked = lock.get("classes")
    if isinstance(locked, Mapping):  # names of inline types stay too when a named type comes that wants them
        scope.reserved |= {name for key in inline if isinstance(name := locked.get(key), str)}
    chosen = {
        key: [override]
        for key, type_ in api.types.items()
        if (override := overrides.get(key) or ir.name_asked_for(type_.names, "python"))
    }
    followed = partial(
        settle_followed, scope, aliases=aliases_in(lock, "classes"), lock=locked, fallback="Model", spelling=spelling
    )  # fmt: skip
    names, aliases = followed(named, candidates, chosen={key: chosen[key] for key in named if key in chosen})
    scope.reserved = reserved.CLASSES
    inline_names = followed(inline, candidates, chosen={key: chosen[key] for key in inline if key in chosen})
    locked_names["aliases"]["classes"] = aliases | inline_names.aliases
    locked_names["classes"] = names | inline_names.names
    return names | inline_names.names


def spelling_of(api: ir.Api) -> Callable[[str], str]:
    """The keys that types have in JSON."""
    keys = keys_of(api)
    return lambda key: keys.get(key, key)


def modules_of(
    api: ir.Api,
    classes: dict[ir.TypeId, str],
    package: str,
    lock: LockedNames,
    locked_names: dict[str, Any],
    short: Mapping[str, str],
    spelling: Callable[[str], str],
) -> dict[ir.TypeId, str]:
    """The module of each class; ``short`` and ``spelling`` as for `classes_of`."""
    longest = min(words.LONGEST, 100 - len(package) - len("/models_typeddict/.py") - 8)
    homes: dict[ir.TypeId, str] = {}
    texts: dict[str, str] = {}
    for key, name in classes.items():
        home, text = _home(api, key, name)
        homes[key] = home
        texts.setdefault(home, text)
    lowered = frozenset(name for name in classes.values() if name == name.lower())

    def candidates(key: str, text: str) -> list[str]:
        # Of a schema and an operation with one name, each says what it is.
        suffix = "_bodies" if key.startswith(_OPERATION) else "_model"
        tries: list[str] = []
        for spelling in filter(None, (short.get(text) if key.startswith(_OPERATION) else None, text)):
            name = words.snake(words.ascii_only(_PUNCTUATION.sub("_", spelling)))[:longest].rstrip("_")
            tries += [name, name + suffix] if name[:1].isalpha() else []
        return tries

    scope = NameScope(reserved.MODULES | lowered, fold=True)
    names = settle_all(
        scope, texts, candidates, lock=lock.get("modules"), fallback="schema", spelling=spelling
    )
    locked_names["modules"] = names
    return {key: names[home] for key, home in homes.items()}


def _home(api: ir.Api, key: ir.TypeId, name: str) -> tuple[str, str]:
    """Which module a class stands in: key and the text that names it.

    An inline object with a base is alone in its module, so that imports of bases form no cycle.
    """
    type_ = api.types[key]
    if type_.name is not None or (isinstance(type_, ir.Object) and type_.base):
        return key, name
    if type_.owner and type_.owner in api.types and api.types[type_.owner].name is not None:
        owner = api.types[type_.owner]
        return type_.owner, next(iter(class_candidates(owner.name or "", SUFFIX[owner.kind])))
    first = next(iter(type_.context), "") or name
    return _OPERATION + first, first


_OPERATION = "operation "
_PUNCTUATION = re.compile(r"\W+")


def fields_of(
    api: ir.Api, overrides: Mapping[str, str], lock: LockedNames, locked_names: dict[str, Any]
) -> tuple[dict[ir.TypeId, dict[str, str]], dict[ir.TypeId, str]]:
    """The attributes of each object's own properties by JSON name, and of the place for further members."""
    names = _FieldNames(api, overrides, lock, locked_names)
    for type_ in api.types.values():
        if isinstance(type_, ir.Object) and type_.id not in names.taken:
            names.settle(type_)
    return names.fields, names.additional


class _FieldNames:
    """Names of fields, bases first."""

    def __init__(
        self, api: ir.Api, overrides: Mapping[str, str], lock: LockedNames, locked_names: dict[str, Any]
    ) -> None:
        self.api, self.overrides, self.lock, self.locked_names = api, overrides, lock, locked_names
        locked = lock.get("fields")
        self.locked: Mapping[str, Any] = locked if isinstance(locked, Mapping) else {}
        self.plain = not any("/properties/" in override for override in overrides)
        self.aliases = aliases_in(lock, "fields")
        self.classes = lock.get("classes") or {}
        self.fields: dict[ir.TypeId, dict[str, str]] = {}
        self.additional: dict[ir.TypeId, str] = {}
        self.all_fields: dict[ir.TypeId, dict[str, str]] = {}
        """Of each object with those that it inherits."""
        self.taken: dict[ir.TypeId, set[str]] = {}
        locked_names["fields"], locked_names["additional"], locked_names["aliases"]["fields"] = {}, {}, {}

    def settle(self, type_: ir.Object) -> None:
        """Name the properties that an object declares."""
        base = self.api.types.get(type_.base) if type_.base else None
        if isinstance(base, ir.Object):
            if base.id not in self.taken:
                self.settle(base)
            self.all_fields[type_.id] = dict(self.all_fields[base.id])
        declared = {
            property_.name: property_ for property_ in type_.properties if property_.declared_in == type_.id
        }
        known = self.all_fields.setdefault(type_.id, {})
        if self._is_settled(type_, declared, isinstance(base, ir.Object)):
            self.fields[type_.id] = {key: key for key in declared}
            known |= self.fields[type_.id]
            self.taken[type_.id] = set(declared)
            return
        scope = NameScope(reserved.FIELDS)
        scope.taken = set(self.taken[base.id]) if isinstance(base, ir.Object) else set()
        # A member that is declared again is the same attribute.
        names = self._named(
            type_, scope, {key: property_ for key, property_ in declared.items() if key not in known}
        )
        self.fields[type_.id] = {key: known[key] if key in known else names[key] for key in declared}
        known |= names
        if _beyond(type_):
            self._settle_additional(type_, base, scope)
        self.taken[type_.id] = scope.taken

    def _is_settled(self, type_: ir.Object, declared: dict[str, ir.Property], derived: bool) -> bool:
        """Whether each property is spelled as its field will be."""
        return (
            self.plain and not derived and type_.id not in self.locked and type_.id not in self.aliases
            and all(map(is_simple, declared)) and not _beyond(type_)
            and not any(property_.names for property_ in declared.values())
        )  # fmt: skip

    def _override(self, type_: ir.Object, key: str, property_: ir.Property) -> str | None:
        return self.overrides.get(f"{type_.id}/properties/{key}") or ir.name_asked_for(
            property_.names, "python"
        )

    def _named(self, type_: ir.Object, scope: NameScope, declared: dict[str, ir.Property]) -> dict[str, str]:
        locked = self.locked.get(type_.id)
        chosen = {
            key: [override]
            for key, property_ in declared.items()
            if (override := self._override(type_, key, property_))
        }
        if chosen and type_.id in self.classes:  # a field that is spelled as its property is not in the lock
            locked = {**{key: key for key in chosen if is_simple(key)}, **(locked or {})}
        names, older = settle_followed(
            scope,
            declared,
            lambda key, property_: variable(key, "field", self._override(type_, key, property_)),
            chosen=chosen,
            aliases=self.aliases.get(type_.id),
            lock=locked,
            fallback="field",
        )
        if older:
            self.locked_names["aliases"]["fields"][type_.id] = older
        if locks := kept(names):
            self.locked_names["fields"][type_.id] = locks
        return names

    def _settle_additional(self, type_: ir.Object, base: ir.AnyType | None, scope: NameScope) -> None:
        """The place for further members; a derived class has that of its base."""
        if base is not None and base.id in self.additional:
            self.additional[type_.id] = self.additional[base.id]
            return
        tries = variable("additional_properties", "members")
        field = self.additional[type_.id] = settle_all(
            scope,
            {"additional_properties": 0},
            lambda *_: tries,
            lock={"additional_properties": self.lock.get("additional", {}).get(type_.id)},
        )["additional_properties"]
        if field != "additional_properties":
            self.locked_names["additional"][type_.id] = field


def _beyond(type_: ir.Object) -> bool:
    """Whether an object has a field for members that are not named."""
    return type_.additional is not None or bool(type_.pattern_additional)


def members_of(api: ir.Api, lock: LockedNames, locked_names: dict[str, Any]) -> dict[ir.TypeId, list[str]]:
    members: dict[ir.TypeId, list[str]] = {}
    locked = lock.get("members")
    locked = locked if isinstance(locked, Mapping) else {}
    locked_names["members"], locked_names["aliases"]["members"] = {}, {}
    classes, aliases = lock.get("classes") or {}, aliases_in(lock, "members")
    settled: dict[tuple[bool, tuple[Any, ...], tuple[str | None, ...]], MemberNames] = {}
    for type_ in api.types.values():
        if not isinstance(type_, ir.Enum):
            continue
        encoded, mine, earlier = _encoded(type_), locked.get(type_.id) or {}, aliases.get(type_.id)
        is_locked = type_.id in classes
        if encoded or mine or earlier:
            result = _members(type_, encoded, mine, earlier, is_locked=is_locked)
        else:  # texts alone: many enumerations of a document have the same, and then the same names
            values, names = (
                [member.value for member in type_.members],
                [member.name for member in type_.members],
            )
            key = (is_locked, tuple(values), tuple(names))
            if key not in settled:
                settled[key] = _members(type_, encoded, mine, earlier, is_locked=is_locked)
            result = settled[key]
        if result.aliases:
            locked_names["aliases"]["members"][type_.id] = result.aliases
        if result.locked:
            locked_names["members"][type_.id] = result.locked
        members[type_.id] = result.names
    return members


def _members(type_: ir.Enum, encoded: set[str], mine: Any, aliases: Any, *, is_locked: bool) -> MemberNames:
    keys = {_value_key(member.value, encoded): member for member in type_.members}
    chosen = _renamed_members(keys, mine) if is_locked else {}
    names, older = settle_followed(
        NameScope(reserved.MEMBERS), keys, _member_candidates, chosen=chosen, aliases=aliases,
        lock={key: key for key in chosen} | mine, fallback="VALUE",
    )  # fmt: skip
    return MemberNames(
        [names[_value_key(member.value, encoded)] for member in type_.members], older, kept(names)
    )


def member_key(type_: ir.Enum, member: ir.EnumMember) -> str:
    """The key of a member in the lock."""
    return _value_key(member.value, _encoded(type_))


def _encoded(type_: ir.Enum) -> set[str]:
    """What the values that are no text are written as."""
    return {
        json.dumps(member.value, default=str) for member in type_.members if not isinstance(member.value, str)
    }


def _renamed_members(keys: Mapping[str, ir.EnumMember], locked: Mapping[str, str]) -> dict[str, list[str]]:
    """Members that have another name in the document (``x-enum-varnames``) than in the lock."""
    chosen: dict[str, list[str]] = {}
    for key, member in keys.items():
        if member.name:
            name = next(iter(variable(member.name, "value"))).upper()
            if locked.get(key, key) != name:
                chosen[key] = [name]
    return chosen


def _value_key(value: ir.Json, encoded: set[str]) -> str:
    """The key of a value; text that reads like another value (`taken`) is quoted."""
    return value if isinstance(value, str) and value not in encoded else json.dumps(value, default=str)


def _member_candidates(key: str, member: ir.EnumMember) -> Iterable[str]:
    named = islice(variable(member.name, "value"), 2) if member.name else ()
    return Candidates(map(str.upper, chain(named, variable(key, "value"))))
