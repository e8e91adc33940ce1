"""Exploded objects, whose members stand beside other names: which of them were sent at all.

``name=x`` may be a property of the form, a member of an optional object, or one of two; only the first was meant where
the property is documented. What is there is the least that explains the names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from attrs import frozen

from bindwright.ir.model import Api, Object, Union, Use
from bindwright.serve.values import type_of


@frozen
class Place:
    """A parameter, or a property of a form."""

    name: str
    use: Use
    required: bool
    exploded: bool
    """Whether its members, where it is an object, stand under their own names."""


def members_of(api: Api, use: Use) -> frozenset[str]:
    """The names that an object declares; those of all alternatives."""
    type_ = type_of(api, use)
    if isinstance(type_, Union):
        return frozenset().union(*(members_of(api, member) for member in type_.members))
    return frozenset(prop.name for prop in type_.properties) if isinstance(type_, Object) else frozenset()


def is_borrowed(
    api: Api, place: Place, sent: Collection[str], others: Iterable[Place], *, fits: bool
) -> bool:
    """Whether an optional object is there by names alone that something else documents.

    Args:
        place: the object.
        sent: the members that were found.
        others: everything else that stands beside it.
        fits: whether what was found is valid. If not, names that other optional objects have as well do not count.
    """
    if place.required or not place.exploded:
        return False
    known: set[str] = set()
    for other in others:
        members = members_of(api, other.use) if other.exploded else frozenset()
        if not members:
            known.add(other.name)
        elif other.required or not fits:
            known |= members
    return known.issuperset(sent)
