"""What codecs are compared on: samples of a random document's models, those changed, and their texts mutated."""

from __future__ import annotations

import datetime as dt
import json as stdlib
import random
import re
import uuid
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from types import ModuleType
from typing import Any

import attrs
from attrs import frozen
from bindwright import ir
from bindwright.ir.model import Api, Use
from bindwright.openapi import loads
from bindwright.runtime import json, xml
from bindwright.runtime.errors import DecodeError, EncodeError
from bindwright.runtime.values.times import DateTime
from bindwright.serve.answers.sample import Sampler
from bindwright.serve.package import import_from_memory as package
from bindwright.targets import python
from bindwright.targets.python.naming.plan import plan_names
from lxml import etree

from tests.datacontract.random_contracts import Draft as Contracts
from tests.fuzz.random_documents import Draft
from tests.json.test_properties import PIECES as JSON_PIECES
from tests.xml.test_both_paths import mutated
from tests.xml.test_hostile import PIECES

LEAVES: list[Any] = [
    None, True, 0, 7, -1, 2**31, 2**63, 10**30, 1.5, 1e300, -0.0, "", "a", "7", "true", "1e5", "kind 0", "2020-01-02",
    "2020-01-02T03:04:05Z", "2020-01-02T03:04:05.1234567+01:00", "P1DT2H", "P1W", "-PT0.5S", "03:04:05", "AAEC", "AA", "AA\n==",
    "0123456789abcdef0123456789abcdef", "01.50", "1E+2", " x ", "ü€😀", "a\u2028\\\"", "long " * 60, "é" * 70, [], [1, "a", None], {}, {"a": {"b": [1.50]}},
]  # fmt: skip
"""JSON values that take the place of others."""
MEMBERS: list[Any] = [
    None, True, 1, -(1 << 70), 1.5, float("inf"), "text", "a&<>\"'\r\n]]>", "\x07", "\ud800", "ü€😀", b"x", [], [1], [None], {}, {"a": 1},
    {1: "a"}, {"a b": None}, uuid.UUID(int=5), Decimal("1E+2"), Decimal("NaN"), Decimal("-0.10"), dt.date(31, 1, 2), dt.time(1, 2, 3, 400),
    dt.timedelta(days=-1, microseconds=5), dt.datetime(7, 1, 2, 3, 4, 5, 60), dt.datetime(2020, 1, 2, tzinfo=dt.UTC),
    dt.datetime(2020, 1, 2, tzinfo=dt.timezone(dt.timedelta(hours=-1))), DateTime.parse("2020-01-02T03:04:05.1234567Z"),
]  # fmt: skip
"""Python values that take the place of others; their `repr` is the same in any process."""
UNKNOWN = [
    b"<u/>", b'<u a="1">t<v xmlns="urn:v">&lt;</v>w</u>', b'<x:u xmlns:x="urn:x" x:a="1"/>', b"<u>x:y</u>", b"<!-- c -->", b"<?pi?>",
    b"text", b"<![CDATA[ a]]>",
]  # fmt: skip
INSIDE = [
    b' u="1"', b' xmlns:x="urn:x" x:u="&amp;"', b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"',
    b' xmlns:q="http://www.w3.org/2001/XMLSchema-instance" q:type="Model1"',
]  # fmt: skip


@frozen
class Subject:
    """A model, and documents that were samples of it."""

    name: str
    model: Any
    texts: list[str]


def subjects(seed: int) -> Iterator[Subject]:
    """The models of a random document; every fourth is of .NET's contracts."""
    rng = random.Random(seed)
    source = Contracts(rng).contracts().document() if seed % 4 == 3 else Draft(rng).document()
    document = loads(stdlib.dumps(source))
    assert not document.diagnostics.failed, document.diagnostics.items
    api, name = ir.lower(document), package.unused_name()
    package.install(name, python.emit(api, python.PythonOptions(package=name), {}).files)
    try:
        yield from _subjects(api, name, import_module(f"{name}.models"))
    finally:
        package.uninstall(name)


def _subjects(api: Api, name: str, models: ModuleType) -> Iterator[Subject]:
    names = plan_names(api, name, {}, {}).classes
    for key in api.types:
        model = getattr(models, names.get(key, ""), None)
        if model is None:
            continue
        texts = []
        for seed in range(4):
            try:
                texts.append(
                    stdlib.dumps(Sampler(api, seed=seed).sample(Use(type=key)), ensure_ascii=seed % 2 == 0)
                )
            except (TypeError, ValueError):  # of octets, or of no value that has an end
                break
        if texts:
            yield Subject(names[key], model, list(dict.fromkeys(texts)))


def json_inputs(subject: Subject, rng: random.Random, count: int) -> Iterator[bytes]:
    """Documents in JSON: as they are, with other values in them, and mutated."""
    pieces = [piece.encode(errors="surrogatepass") for piece in JSON_PIECES]
    for number in range(count):
        text = rng.choice(subject.texts)
        if number >= len(subject.texts):
            text = stdlib.dumps(_varied(stdlib.loads(text), rng), ensure_ascii=False, separators=(",", ":"))
        data = text.encode()
        yield mutated(data, rng, pieces, rng.choice(subject.texts).encode()) if number % 3 == 2 else data


def _varied(value: Any, rng: random.Random) -> Any:
    """A JSON value in which something, at any depth, is replaced, left out, new, or in another order."""
    if isinstance(value, dict) and value and rng.random() < 0.9:
        items = list(value.items())
        at = rng.randrange(len(items))
        match rng.randrange(6):
            case 0:
                del items[at]
            case 1:
                items.insert(at, (rng.choice(["zz", "", "é", "kind", "a\\"]), rng.choice(LEAVES)))
            case 2:
                rng.shuffle(items)
            case _:
                items[at] = items[at][0], _varied(items[at][1], rng)
        return dict(items)
    if isinstance(value, list) and value and rng.random() < 0.8:
        at = rng.randrange(len(value))
        return [*value[:at], _varied(value[at], rng), *value[at + rng.randrange(2) :]] * rng.choice(
            (1, 1, 1, 1, 1, 40)
        )
    return rng.choice(LEAVES)


def xml_inputs(subject: Subject, rng: random.Random, count: int) -> Iterator[bytes]:
    """Documents in XML, as the model writes its samples: shuffled, disturbed and mutated."""
    written = []
    varied = [stdlib.dumps(_varied(stdlib.loads(text), rng)) for text in subject.texts * 4]
    for text in [*subject.texts, *varied]:
        try:
            written.append(xml.encode(json.decode(text, subject.model), subject.model))
        except (DecodeError, EncodeError):
            continue
    for _ in range(count if written else 0):
        data = rng.choice(written)
        if rng.random() < 0.4:
            data = _shuffled(data, rng)
        if rng.random() < 0.5:
            data = _disturbed(data, rng)
        if rng.random() < 0.5:
            data = mutated(data, rng, PIECES, rng.choice(written))
        yield data


def _shuffled(data: bytes, rng: random.Random) -> bytes:
    """The elements of a document in another order, and among each other."""
    tree = etree.fromstring(data)
    for node in list(tree.iter()):
        children = list(node)
        if len(children) > 1 and not (node.text or "").strip():
            rng.shuffle(children)
            node[:] = children
    return etree.tostring(tree)


def _disturbed(data: bytes, rng: random.Random) -> bytes:
    """A document with unknown elements, attributes and nulls."""
    tags = [match.end() for match in re.finditer(rb"<[^!?>][^>]*(?<!/)>", data)]
    for place in sorted(rng.sample(tags, min(len(tags), rng.choice((1, 1, 2, 5)))), reverse=True):
        if rng.random() < 0.6:
            data = data[:place] + rng.choice(UNKNOWN) + data[place:]
        elif data[:place].rpartition(b"<")[2][:1] != b"/":
            data = data[: place - 1] + rng.choice(INSIDE) + data[place - 1 :]
    return data


def changed(value: Any, rng: random.Random) -> Any:
    """A copy of a value in which something, at any depth, is of another type."""
    if attrs.has(type(value)) and rng.random() < 0.9:
        names = [
            attribute.name
            for attribute in attrs.fields(type(value))
            if attribute.init and attribute.name != "_extra"
        ]
        copy = attrs.evolve(value)
        for name in rng.sample(names, min(len(names), rng.choice((1, 1, 2)))):
            setattr(copy, name, changed(getattr(value, name), rng))
        return copy
    if type(value) is list and value and rng.random() < 0.8:
        items = list(value)
        items[rng.randrange(len(items))] = changed(rng.choice(items), rng)
        return items
    if type(value) is dict and value and rng.random() < 0.8:
        return {**value, rng.choice(list(value)): changed(rng.choice(list(value.values())), rng)}
    return rng.choice(MEMBERS)
