"""What grading asks of a class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import NamedTuple

import attrs

from bindwright.runtime.alternatives.places import place_of
from bindwright.runtime.alternatives.tags import inherited_tags, members_by_name
from bindwright.runtime.shapes import Member
from bindwright.runtime.values.patterns import searcher
from bindwright.runtime.wire import Checks, Wire


class ClassTable(NamedTuple):
    """What `grade` asks of a class."""

    members: Mapping[str, Member]
    required: tuple[str, ...]
    closed: bool
    patterns: tuple[str, ...]
    checks: Checks | None
    needed: frozenset[str]
    """The names of `required`, for one look at all of them."""
    plain: dict[str, frozenset[type]]
    """By member, the types whose values fit (`Place`)."""
    listed: dict[str, frozenset[str]]
    is_simple: bool
    """Whether its members say everything: it has neither checks nor a discriminator."""


@cache
def class_table(model: type) -> ClassTable:
    """What `grade` asks of a class that attrs knows."""
    root: Wire = getattr(model, "__wire__", None) or Wire()
    own: Wire = vars(model).get("__wire__") or Wire()
    members = members_by_name(model)
    required = [
        name
        for name, member in members.items()
        if (member.required or _is_filled_in(member)) and member.shape.wire.emit_default
    ]
    names = (*required, *root.required)
    places = {name: member.shape.grading or place_of(member.shape) for name, member in members.items()}
    return ClassTable(
        members, names, own.closed, own.patterns, root.checks, frozenset(names),
        plain={name: place.plain for name, place in places.items()},
        listed={name: place.listed for name, place in places.items() if place.listed},
        is_simple=root.checks is None and not inherited_tags(model),
    )  # fmt: skip


def _is_filled_in(member: Member) -> bool:
    """Whether a schema requires a member that has its one value where nobody sets it: an object without it is another's."""
    return member.default is not attrs.NOTHING and member.default in member.shape.literals


@cache
def table_of(model: type) -> ClassTable | None:
    """What `grade` asks of a class; None for one of the user's, with a hook."""
    return class_table(model) if attrs.has(model) else None


def further_names(root: Wire) -> Callable[[str], bool] | None:
    """Which names further members of a class may have; None: any, or it has no further members.

    In a closed class those that match one of its ``patternProperties``: for others ``additionalProperties: false``
    holds (JSON Schema 2020-12 core, 10.3.2.3), so that nothing says what their values are.
    """
    if not root.closed or not root.patterns or root.additional is None:
        return None
    return partial(matches, root.patterns)


def matches(patterns: tuple[str, ...], name: str) -> bool:
    """Whether one of a class's ``patternProperties`` has a name, or is one that nothing here can search by."""
    searches = [searcher(pattern) for pattern in patterns]
    return any(search is None or search(name) for search in searches)
