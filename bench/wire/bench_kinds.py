"""One kind of value at a time, which the other tables have among others: base64, dates, decimals, durations, date-times with
offsets, sparse members, small lists, bases with a discriminator, maps of date-times.

XML beside a bare lxml parse of the same bytes, JSON beside pydantic and msgspec; what all read is proved equal first.
``python -m bench.wire.bench_kinds [WORD ...]``: the kinds whose names have one of the words.
"""

from __future__ import annotations

import base64
import datetime as dt
import json as stdlib
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.wire.packages import package_of
from bench.wire.timing import goal, microseconds, table

Codecs = dict[str, tuple[Callable[[bytes], Any], Callable[[Any], bytes]]]
ROWS = 100
_START = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def text(source: random.Random) -> str:
    """A word."""
    return f"text {source.randrange(1000)}"


def moment(source: random.Random) -> str:
    """A date-time in UTC."""
    return f"{_START + dt.timedelta(seconds=source.randrange(10**8)):%Y-%m-%dT%H:%M:%S}Z"


def offset(source: random.Random) -> str:
    """A date-time with an offset."""
    return moment(source)[:-1] + source.choice(["+02:00", "-05:30", "+09:00"])


def date(source: random.Random) -> str:
    """A date."""
    return moment(source)[:10]


def decimal(source: random.Random) -> float:
    """A number that is a decimal here."""
    return (source.randrange(10**7) * 4 + 1) / 100


def duration(source: random.Random) -> str:
    """A duration as ISO 8601 has it."""
    return f"P{source.randrange(1, 30)}DT{source.randrange(1, 24)}H{source.randrange(1, 60)}M"


def octets(size: int) -> Callable[[random.Random], str]:
    """Base64 of so many octets."""
    return lambda source: base64.b64encode(source.randbytes(size)).decode()


def eight(schema: dict[str, Any]) -> dict[str, Any]:
    """An object with eight members of a kind."""
    return {"type": "object", "properties": {f"member{index}": schema for index in range(8)}}


def several(schema: dict[str, Any]) -> dict[str, Any]:
    """A list."""
    return {"type": "array", "items": schema}


STRING: dict[str, Any] = {"type": "string"}
SCALARS: dict[str, tuple[dict[str, Any], Callable[[random.Random], Any]]] = {
    "Dates": (STRING | {"format": "date"}, date),
    "Decimals": ({"type": "number", "format": "decimal"}, decimal),
    "Durations": (STRING | {"format": "duration"}, duration),
    "Offsets": (STRING | {"format": "date-time"}, offset),
    "Octets": (STRING | {"format": "byte"}, octets(40)),
    "Urls": (
        STRING | {"format": "base64url"},
        lambda source: octets(40)(source).rstrip("=").replace("+", "-").replace("/", "_"),
    ),
    "Times": (STRING | {"format": "time"}, lambda source: moment(source)[11:]),
    "Unions": (
        {"oneOf": [STRING, {"type": "integer"}]},
        lambda source: source.choice([text(source), source.randrange(99)]),
    ),
}
BASES = {
    "Animal": {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": STRING, "name": STRING},
        "discriminator": {
            "propertyName": "kind",
            "mapping": {kind: f"#/components/schemas/{kind.title()}" for kind in ("cat", "dog")},
        },
    },
    **{
        name: {"allOf": [{"$ref": "#/components/schemas/Animal"}, {"type": "object", "properties": members}]}
        for name, members in {
            "Cat": {"lives": {"type": "integer"}},
            "Dog": {"weight": {"type": "number"}, "tricks": several(STRING)},
        }.items()
    },
}
OTHERS: dict[str, dict[str, Any]] = {
    "Sparse": {
        "type": "object",
        "properties": {f"member{index}": [STRING, {"type": "integer"}][index % 2] for index in range(60)},
    },
    "Lists": {
        "type": "object",
        "properties": {
            f"member{index}": several([STRING, {"type": "integer"}][index % 2]) for index in range(6)
        },
    },
    "Maps": {"type": "object", "properties": {"times": {"type": "object", "additionalProperties": SCALARS["Offsets"][0]}}},
    "Long": {"type": "object", "properties": {"content": SCALARS["Octets"][0]}},
}  # fmt: skip


def rows(name: str, source: random.Random) -> list[Any]:
    """Values of a kind."""
    if name in SCALARS:
        make = SCALARS[name][1]
        return [{f"member{index}": make(source) for index in range(8)} for _ in range(ROWS)]
    if name == "Sparse":
        places = [sorted(source.sample(range(60), 3)) for _ in range(ROWS)]
        return [
            {f"member{at}": source.randrange(99) if at % 2 else text(source) for at in row} for row in places
        ]
    if name == "Lists":
        return [
            {f"member{at}": [at if at % 2 else text(source)] * source.randrange(1, 4) for at in range(6)}
            for _ in range(ROWS)
        ]
    if name == "Maps":
        return [{"times": {f"key{at}": moment(source) for at in range(8)}} for _ in range(ROWS)]
    if name == "Long":
        return [{"content": octets(60_000)(source)}]
    return [
        {"kind": "cat", "name": text(source), "lives": source.randrange(9)}
        if at % 2
        else {
            "kind": "dog",
            "name": text(source),
            "weight": at + 0.5,
            "tricks": [text(source)] * (at % 3 + 1),
        }
        for at in range(ROWS)
    ]


def document() -> dict[str, Any]:
    """The document that has all kinds: a page of rows of each."""
    kinds = {name: eight(schema) for name, (schema, _) in SCALARS.items()} | OTHERS
    pages = {
        f"{name}Page": {
            "type": "object",
            "properties": {"rows": several({"$ref": f"#/components/schemas/{name}"})},
        }
        for name in [*kinds, "Animal"]
    }
    schemas = kinds | BASES | pages
    return {
        "openapi": "3.1.1",
        "info": {"title": "Kinds", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }


def measure_xml(name: str, value: Any) -> None:
    """The table of one kind in XML."""
    from bindwright.runtime import xml
    from lxml import etree

    data, model = xml.encode(value), type(value)
    for _ in range(20):
        assert xml.decode(data, model) == value
    runs: dict[str, Callable[[], object]] = {
        "bindwright": lambda: xml.decode(data, model),
        "lxml.etree.fromstring": lambda: etree.fromstring(data),
        "bindwright, written": lambda: xml.encode(value),
    }
    times = microseconds(runs, loops=3, rounds=15, clock=time.process_time)
    table(f"XML, {name}, {len(data):,} bytes", times)
    (_, own), (_, parse), (_, written) = times.values()
    goal("decode, of bare lxml", own / parse, 2.5, at_most=True)
    goal("encode, of bare lxml", written / parse, 1.0, at_most=True)


def contestants(name: str) -> Codecs:
    """Ours and those of the styles."""
    import msgspec
    from bindwright.runtime import json

    def of(style: str) -> Any:
        return getattr(import_module(f"bench_kinds.models{style}"), f"{name}Page")

    if name == "Decimals":
        return decimals(of(""))
    ours, pydantic = of(""), of("_pydantic")
    result: Codecs = {
        "bindwright": (lambda data: json.decode(data, ours), json.encode),
        "pydantic": (
            pydantic.model_validate_json,
            lambda value: value.model_dump_json(by_alias=True, exclude_unset=True).encode(),
        ),
    }
    try:
        result["msgspec Struct"] = msgspec.json.Decoder(of("_msgspec")).decode, msgspec.json.Encoder().encode
    except (TypeError, NameError) as error:
        print(f"  without msgspec: {error}")
    return result


def decimals(ours: Any) -> Codecs:
    """Ours and classes of the peers' own with decimals: the styles' have floats, for a decimal would be text in JSON (decision 7)."""
    import msgspec
    from bindwright.runtime import json
    from pydantic import BaseModel, create_model

    names = [f"member{index}" for index in range(8)]
    row: type[BaseModel] = create_model("Row", **dict.fromkeys(names, (Decimal | None, None)))
    page = create_model("Page", rows=(list[row], ...))
    struct = msgspec.defstruct("Row", [(each, Decimal | None, None) for each in names], omit_defaults=True)
    rows = msgspec.defstruct("Page", [("rows", list[struct])])
    return {
        "bindwright": (lambda data: json.decode(data, ours), json.encode),
        "pydantic": (
            page.model_validate_json,
            lambda value: value.model_dump_json(exclude_unset=True).encode(),
        ),
        "msgspec Struct": (
            msgspec.json.Decoder(rows).decode,
            msgspec.json.Encoder(decimal_format="number").encode,
        ),
    }


def same(value: Any, other: Any) -> bool:
    """Whether parsed JSON says the same: numbers in texts, other words for one moment or duration do."""
    if isinstance(value, dict):
        return value.keys() == other.keys() and all(same(value[name], other[name]) for name in value)
    if isinstance(value, list):
        return len(value) == len(other) and all(map(same, value, other))
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value) and isinstance(other, str):
        return dt.datetime.fromisoformat(value) == dt.datetime.fromisoformat(other)
    return value == other or (isinstance(other, str) and isinstance(value, float) and float(other) == value)


def measure_json(name: str, data: bytes) -> None:
    """The tables of one kind in JSON."""
    codecs = contestants(name)
    for contestant, (decode, encode) in list(codecs.items()):
        for _ in range(3):
            written = encode(decode(data))
        if not same(stdlib.loads(data), stdlib.loads(written)):
            assert contestant != "bindwright"
            print(f"  without {contestant}: it reads or writes something else, {written[:90]!r}")
            del codecs[contestant]
    values = {key: decode(data) for key, (decode, _) in codecs.items()}
    runs = {
        "decode": {key: (lambda decode=decode: decode(data)) for key, (decode, _) in codecs.items()},
        "encode": {key: (lambda encode=encode, key=key: encode(values[key])) for key, (_, encode) in codecs.items()},
    }  # fmt: skip
    for words, each in runs.items():
        times = microseconds(each, loops=5, rounds=15, clock=time.process_time)
        table(f"JSON, {words}, {name}, {len(data):,} bytes", times)
        own = times["bindwright"][1]
        if "pydantic" in times:
            goal(f"{words}, faster than pydantic", times["pydantic"][1] / own, 1.5, at_most=False)
        if "msgspec Struct" in times:
            goal(f"{words}, of msgspec's Struct", own / times["msgspec Struct"][1], 3.0, at_most=True)


def main(words: tuple[str, ...] = ()) -> None:
    """Run it."""
    from bindwright.runtime import json

    print("\nOne kind of value at a time")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kinds.json"
        path.write_text(stdlib.dumps(document()), encoding="utf-8")
        package_of(path, "bench_kinds", Path(folder), styles="attrs,pydantic,msgspec")
        models = import_module("bench_kinds.models")
        for name in [*SCALARS, *OTHERS, "Animal"]:
            if words and not any(word in name for word in words):
                continue
            page = {"rows": rows(name, random.Random(name))}
            data = stdlib.dumps(page, separators=(",", ":")).encode()
            measure_xml(name, json.decode(data, getattr(models, f"{name}Page")))
            measure_json(name, data)


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
