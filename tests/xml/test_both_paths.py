"""Speculation changes nothing: documents of many types, mutated, by both paths; JSON likewise.

The types are those of the cases in ``openapi`` and of `tests.second_opinion`: nested models, lists of lists,
unions, maps, attributes, references, standing-in types.
"""

from __future__ import annotations

import json as stdlib
import os
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from bindwright.runtime import json, xml
from bindwright.runtime.errors import DecodeError, EncodeError

from tests.json.test_properties import PIECES as JSON_PIECES
from tests.second_opinion.net import json_of, xml_of
from tests.second_opinion.net_values import Draw
from tests.second_opinion.test_net import CONTRACTS, type_named
from tests.xml.test_hostile import PIECES
from tests.xml.test_openapi_cases import CASES, pair

FULL = xml.Settings(speculate=False)
SLOWLY = json.Settings(speculate=False)
ROUNDS = int(os.environ.get("BOTH_PATHS", "40"))
NAMES = [
    "Shelves",
    "Keys",
    "Twig",
    "Omitting",
    "ArrayOfRoot",
    "Club",
    "Things",
    "HoldsBare",
    "Middle",
    "MapOfIntRoot",
]
CYCLIC = {"Club"}


@cache
def subjects() -> dict[str, tuple[Any, list[bytes], list[bytes]]]:
    """By name: a type, XML documents and JSON documents of it."""
    by_name: dict[str, tuple[Any, list[bytes], list[bytes]]] = {}
    for case in CASES:
        type_, document, data = pair(case)
        value = json.decode(stdlib.dumps(data), type_)
        written = [
            document,
            xml.encode(value, type_),
            xml.encode(value, type_, settings=xml.Settings(indent="  ")),
        ]
        by_name[case] = type_, written, [stdlib.dumps(data).encode()]
    contracts = CONTRACTS["classes"]
    for name in NAMES:
        values = [
            Draw(contracts, random.Random(f"{name}{n}"), derived=n % 2 == 0).root(name) for n in range(6)
        ]
        by_name[name] = (
            type_named("classes", name),
            [xml_of(contracts, name, root, utf8=n % 2 == 1).encode() for n, root in enumerate(values)],
            [json_of(contracts, name, root).encode() for root in values],
        )
    return by_name


def mutated(data: bytes, source: random.Random, pieces: list[bytes], other: bytes) -> bytes:
    """A document with a few changes: cut, doubled, moved, bits flipped, parts of another one."""
    for _ in range(source.randint(1, 3)):
        at = source.randrange(len(data) + 1)
        end = min(len(data), at + source.choice([0, 0, 0, 1, 1, 2, 5, 20, 60]))
        cut = source.randrange(len(other) + 1)
        middle = source.choice(
            [source.choice(pieces), data[end : end + 40], data[at:end] * 2, other[cut : cut + 30], b""]
        )
        data = data[:at] + middle + data[end:]
        if data and source.random() < 0.1:
            at = source.randrange(len(data))
            data = data[:at] + bytes([data[at] ^ 1 << source.randrange(8)]) + data[at + 1 :]
    return data


def kept(value: Any) -> Iterator[Any]:
    """What models within a value keep beside their members."""
    if isinstance(value, (list, tuple)):
        for element in value:
            yield from kept(element)
    elif isinstance(value, dict):
        yield from kept(list(value.values()))
    elif hasattr(value, "_extra"):
        yield repr(value._extra)
        yield from kept([getattr(value, name) for name in _fields(type(value))])


@cache
def _fields(model: type) -> tuple[str, ...]:
    import attrs

    return tuple(attribute.name for attribute in attrs.fields(model) if attribute.name != "_extra")


def outcome(read: Any, write: Any, *, cyclic: bool) -> tuple[str, Any]:
    """The value, what is kept beside it, and how it is written; or the error. Anything else fails the test."""
    try:
        value = read()
    except DecodeError as error:
        assert error.path  # noqa: PT017
        return "error", str(error)
    try:
        again = write(value)
    except EncodeError as error:
        again = str(error).encode()
    return "value", (again if cyclic else (repr(value), list(kept(value)), again))


@pytest.mark.parametrize("name", [*CASES, *NAMES])
def test_xml(name: str) -> None:
    type_, documents, _ = subjects()[name]
    for document in documents:
        for _ in range(3):
            xml.decode(document, type_)
    source = random.Random(name)
    for _ in range(ROUNDS):
        data = mutated(source.choice(documents), source, PIECES, source.choice(documents))
        write = lambda value: xml.encode(value, type_)  # noqa: E731
        fast = outcome(lambda: xml.decode(data, type_), write, cyclic=name in CYCLIC)  # noqa: B023
        full = outcome(lambda: xml.decode(data, type_, settings=FULL), write, cyclic=name in CYCLIC)  # noqa: B023
        assert fast == full, data


@pytest.mark.parametrize("name", [*CASES, *NAMES])
def test_json(name: str) -> None:
    type_, _, documents = subjects()[name]
    source, pieces = random.Random(name), [piece.encode(errors="surrogatepass") for piece in JSON_PIECES]
    for _ in range(ROUNDS):
        data = mutated(source.choice(documents), source, pieces, source.choice(documents))
        write = lambda value: json.encode(value, type_)  # noqa: E731
        fast = outcome(lambda: json.decode(data, type_), write, cyclic=name in CYCLIC)  # noqa: B023
        slow = outcome(lambda: json.decode(data, type_, settings=SLOWLY), write, cyclic=name in CYCLIC)  # noqa: B023
        assert fast == slow, data
