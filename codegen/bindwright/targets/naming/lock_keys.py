"""Keys of inline types in the lock: what the document says of them, not where in a list they stand.

A type's id is a JSON pointer, so alternatives and parameters are told by their index. A lock with such keys gives
the name of a removed first alternative to the second one, which takes over its place. In a key of the lock

- ``parameters/0`` is ``parameters/query:sort``: location and name, which are unique in an operation;
- ``oneOf/0`` (``anyOf``, ``allOf``) is the alternative's label: its title, the value of its constant member, else
  its members, or its JSON type;
- all other tokens stay as they are.

Two alternatives with the same label get ``#2``, ``#3`` … in the order of the document. Labels of members change when
a member is added, so a label that the lock does not know is that of the most similar one beside it (`_similar`).
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bindwright.ir import model as ir
from bindwright.standards.json_pointer import escape

_LISTS = frozenset({"oneOf", "anyOf", "allOf"})
_LABELLED_MEMBERS = 12
"""Members of an object that its label lists: enough to tell it, and lines of the lock stay short."""


class LockKeys:
    """The keys of one API's types.

    Args:
        api: the API.
        locked: the keys of the lock; labels that are not among them are replaced by the most similar ones.
    """

    def __init__(self, api: ir.Api, locked: Iterable[str] = ()) -> None:
        self._types = api.types
        self._parameters = _parameter_labels(api)
        self._siblings: dict[str, list[str]] = {}
        """Pointers of lists of alternatives to the indexes at which types stand."""
        self._labels: dict[str, dict[str, str]] = {}
        self._locked = _locked_labels(locked)
        self._used: set[str] = set()
        for type_id in api.types:
            for pointer, index in _list_positions(type_id):
                indexes = self._siblings.setdefault(pointer, [])
                if index not in indexes:
                    indexes.append(index)
        self._keys: dict[ir.TypeId, str] = {}
        for type_id in api.types:
            key = self._key(type_id)
            self._keys[type_id] = key if key not in self._used else self._next(key)
            self._used.add(self._keys[type_id])

    def of(self, type_id: ir.TypeId) -> str:
        """The key of a type; other keys of the lock stay as they are."""
        return self._keys.get(type_id, type_id)

    def _next(self, key: str) -> str:
        return next(f"{key}#{count}" for count in itertools.count(2) if f"{key}#{count}" not in self._used)

    def _key(self, type_id: ir.TypeId) -> str:
        file, mark, pointer = type_id.partition("#")
        if not mark or ("Of/" not in pointer and "/parameters/" not in pointer):
            return type_id
        key = prefix = file + "#"
        tokens = pointer.split("/")[1:]
        for position, token in enumerate(tokens):
            parent = prefix
            prefix = f"{prefix}/{token}"
            label = token
            if position and tokens[position - 1] in _LISTS and token.partition("+")[0].isdigit():
                label = escape(self._alternative(parent, key, token))
            elif prefix in self._parameters:
                label = escape(self._parameters[prefix])
            key = f"{key}/{label}"
        return key

    def _alternative(self, parent: str, parent_key: str, index: str) -> str:
        labels = self._labels.get(parent)
        if labels is None:
            labels = self._labels[parent] = self._label_all(parent, parent_key)
        return labels.get(index, index)

    def _label_all(self, parent: str, parent_key: str) -> dict[str, str]:
        """Index to label, for all alternatives of a list."""
        indexes = self._siblings.get(parent, ())
        if parent.endswith("/allOf"):
            # Members of the parts of an `allOf` are members of the whole, whichever part has them.
            return dict.fromkeys(indexes, "*")
        labels: dict[str, str] = {}
        counts: dict[str, int] = {}
        for index in indexes:
            type_ = self._types.get(f"{parent}/{index}")
            label = index if type_ is None else self._label(type_)
            counts[label] = counts.get(label, 0) + 1
            labels[index] = label if counts[label] == 1 else f"{label}#{counts[label]}"
        return _similar(labels, self._locked.get(parent_key, ()))

    def _label(self, type_: ir.AnyType) -> str:
        """Title, value of the constant member, else what it holds."""
        if type_.title.strip():
            return type_.title.strip()
        if isinstance(type_, ir.Object):
            value = _constant(self._types, type_)
            if value is not None:
                return f"={value}"
            return _members_label("", (property_.name for property_ in type_.properties))
        if isinstance(type_, ir.Enum):
            return _members_label(type_.base, (str(member.value) for member in type_.members))
        if isinstance(type_, ir.Array) and type_.items is not None and type_.items.type in self._types:
            items = self._types[type_.items.type]
            # A reference tells enough; an item that comes back to the list has a name, so this ends.
            return f"array of {items.name or (items.id if '/' not in items.id else self._label(items))}"
        return type_.kind


def _members_label(prefix: str, names: Iterable[str]) -> str:
    return prefix + json.dumps(sorted(dict.fromkeys(names))[:_LABELLED_MEMBERS], ensure_ascii=False)


def _constant(types: Mapping[ir.TypeId, ir.AnyType], type_: ir.Object) -> str | None:
    """The value that tells an alternative: that of its first member with one possible value."""
    for property_ in type_.properties:
        enum = types.get(property_.use.type)
        if isinstance(enum, ir.Enum) and len(enum.members) == 1 and isinstance(enum.members[0].value, str):
            return enum.members[0].value
    return None


def _list_positions(type_id: ir.TypeId) -> Iterator[tuple[str, str]]:
    """Each list of alternatives on the way to a type, and the index that leads on."""
    if "Of/" not in type_id:
        return
    tokens = type_id.split("/")
    for position in range(1, len(tokens) - 1):
        if tokens[position] in _LISTS and tokens[position + 1].partition("+")[0].isdigit():
            yield "/".join(tokens[: position + 1]), tokens[position + 1]


def _parameter_labels(api: ir.Api) -> dict[str, str]:
    """Pointers of parameters in a list to location and name."""
    labels: dict[str, str] = {}

    def visit(operations: list[ir.Operation]) -> None:
        for operation in operations:
            for parameter in operation.parameters:
                pointer = f"{parameter.place.file}#{parameter.place.pointer}"
                if pointer.rpartition("/")[0].endswith("/parameters") and pointer[-1].isdigit():
                    labels[pointer] = f"{parameter.location}:{parameter.name}"
            visit(operation.callbacks)

    visit(api.operations)
    visit(api.webhooks)
    return labels


def _locked_labels(keys: Iterable[str]) -> dict[str, set[str]]:
    """Keys of lists of alternatives in the lock, with the labels below them."""
    labels: dict[str, set[str]] = {}
    for key in keys:
        tokens = key.split("/")
        for position in range(1, len(tokens) - 1):
            if tokens[position] in _LISTS:
                label = tokens[position + 1].replace("~1", "/").replace("~0", "~")
                labels.setdefault("/".join(tokens[: position + 1]), set()).add(label)
    return labels


def _similar(labels: dict[str, str], locked: Iterable[str]) -> dict[str, str]:
    """The labels, those of members that the lock does not know replaced by the most similar ones that it does.

    Two labels are similar where at least half of the members of the smaller one stand in the other.
    """
    unused = {label: members for label in locked if (members := _members_of(label)) is not None}
    for label in labels.values():
        unused.pop(label, None)
    pairs: list[tuple[float, str, str]] = []
    for index, label in labels.items():
        members = _members_of(label)
        if members is None or label in locked:
            continue
        for candidate, candidate_members in unused.items():
            common = len(members & candidate_members)
            if 2 * common >= max(1, min(len(members), len(candidate_members))):
                pairs.append((-common / len(members | candidate_members), index, candidate))
    result = dict(labels)
    matched: set[str] = set()
    for _, index, candidate in sorted(pairs):
        if index not in matched and candidate in unused:
            matched.add(index)
            del unused[candidate]
            result[index] = candidate
    return result


def _members_of(label: str) -> frozenset[str] | None:
    """The members that a label lists, each with the kind of the alternative; None for other labels."""
    prefix, bracket, rest = label.partition("[")
    if not bracket or prefix not in ("", "string", "integer", "number", "boolean", "mixed"):
        return None
    try:
        members: Any = json.loads(bracket + rest.rpartition("]")[0] + "]")
    except ValueError:
        return None
    return frozenset(f"{prefix} {member}" for member in members if isinstance(member, str))
