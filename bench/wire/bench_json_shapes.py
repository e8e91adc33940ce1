"""JSON of shapes that documents have besides orders: issues, a tree told by a discriminator, a table of 100 columns, objects
with expandable members (an id, or the object itself), GeoJSON (nested lists of numbers, choices that listed words tell).

The contestants' models are those that ``--models`` writes from the same document; what each reads is proved equal first.
A contestant whose library has no such type is left out, and said so.
"""

from __future__ import annotations

import json as stdlib
import random
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.wire.packages import package_of
from bench.wire.timing import goal, microseconds, table

DOCUMENT = Path(__file__).with_name("json_shapes.openapi.yaml")
Contestant = tuple[Callable[[bytes], Any], Callable[[Any], bytes]]


def issue(number: int, source: random.Random) -> dict[str, Any]:
    """An issue; some are pull requests, some have a milestone."""
    label = {"id": number, "name": "bug", "color": "d73a4a", "description": None, "default": True}
    members = {
        "id": 10**9 + number, "node_id": f"I_kwDO{number:06}", "url": f"https://api.example.com/issues/{number}",
        "number": number, "title": f"It says \"no\" ({number})", "user": user(number), "labels": [label, label | {"name": "ui"}],
        "state": "open", "state_reason": None if number % 3 else "reopened", "locked": False,
        "assignees": [user(index) for index in range(number % 3)],
        "milestone": None if number % 2 else {"id": 1, "title": "1.0", "state": "open", "due_on": None},
        "comments": source.randrange(50), "created_at": moment(source), "updated_at": moment(source),
        "closed_at": None, "body": "Steps:\n\n1. open it\n2. wait\n" * (1 + number % 4),
        "reactions": {"+1": number % 7, "-1": 0, "laugh": 1, "total_count": 1 + number % 7},
    }  # fmt: skip
    return members if number % 4 else {**members, "pull_request": {"url": None, "merged_at": moment(source)}}


def user(number: int) -> dict[str, Any]:
    """Who reported it."""
    return {
        "login": f"user-{number}", "id": number, "avatar_url": f"https://avatars.example.com/u/{number}",
        "type": "User", "site_admin": False,
    }  # fmt: skip


def moment(source: random.Random) -> str:
    """A date-time in whole seconds."""
    return f"2026-{source.randrange(1, 13):02}-{source.randrange(1, 29):02}T{source.randrange(24):02}:00:{source.randrange(60):02}Z"


def tree(levels: int, source: random.Random) -> dict[str, Any]:
    """A tree of three children a branch."""
    if not levels:
        return {"kind": "leaf", "value": source.randrange(10**6) / 100, "unit": "m"}
    return {"kind": "branch", "name": f"b{levels}", "children": [tree(levels - 1, source) for _ in range(3)]}


def formula(levels: int, source: random.Random) -> dict[str, Any]:
    """A formula of products and sums in turn, of which the choice alone says what tells them apart."""
    if not levels:
        return {"op": "constant", "value": source.randrange(10**4) / 64}
    if levels % 2:
        return {"op": "product", "left": formula(levels - 1, source), "right": formula(levels - 1, source)}
    return {"op": "sum", "terms": [formula(levels - 1, source) for _ in range(2)]}


def row(source: random.Random) -> dict[str, Any]:
    """A row of the table."""
    values: list[Callable[[], Any]] = [
        lambda: source.randrange(10**6), lambda: source.randrange(10**6) / 64, lambda: f"text {source.randrange(100)}",
        lambda: source.choice([None, "x"]), lambda: source.random() < 0.5,
    ]  # fmt: skip
    return {f"column_{index:02}": values[index % 5]() for index in range(100)}


def charge(number: int, source: random.Random) -> dict[str, Any]:
    """A charge whose members are ids or, expanded, objects."""
    customers: list[Any] = [
        f"cus_{number}",
        {"id": f"cus_{number}", "object": "customer", "created": 1_700_000_000, "email": None, "balance": 0},
        {"id": f"cus_{number}", "object": "customer", "deleted": True},
    ]
    return {
        "id": f"ch_{number}", "object": "charge", "amount": source.randrange(10**5), "currency": "eur",
        "created": 1_700_000_000 + number, "livemode": False, "metadata": {"order": str(number)}, "paid": True,
        "status": "succeeded", "customer": customers[number % 3],
        "invoice": f"in_{number}" if number % 2 else {"id": f"in_{number}", "total": 5, "number": None},
        "failure_code": None, "billing_details": {"email": None, "name": "A B"},
    }  # fmt: skip


def feature(number: int, source: random.Random) -> dict[str, Any]:
    """A place, a way, an area, or a collection of them."""

    def position() -> list[float]:
        return [round(source.uniform(-180, 180), 6), round(source.uniform(-90, 90), 6)]

    geometries: list[dict[str, Any]] = [
        {"type": "Point", "coordinates": position()},
        {"type": "LineString", "coordinates": [position() for _ in range(20)]},
        {"type": "Polygon", "coordinates": [[position() for _ in range(30)]]},
    ]
    geometries.append({"type": "GeometryCollection", "geometries": geometries[:2]})
    return {
        "type": "Feature", "id": number, "geometry": geometries[number % 4], "properties": {"name": f"N {number}", "rank": 3},
    }  # fmt: skip


def documents() -> dict[str, tuple[str, Any]]:
    """By the words of a shape, the class of its root and a document."""
    source = random.Random(5)
    return {
        "30 issues": ("list[Issue]", [issue(number, source) for number in range(30)]),
        "a tree of 6 levels": ("Branch", tree(6, source)),
        "a formula of 8 levels": ("Sum", formula(8, source)),
        "100 rows of 100 columns": ("list[Row]", [row(source) for _ in range(100)]),
        "100 charges, members expanded": (
            "ChargeList",
            {
                "object": "list",
                "data": [charge(number, source) for number in range(100)],
                "has_more": True,
                "url": "/v1",
            },
        ),
        "100 features of GeoJSON": (
            "FeatureCollection",
            {"type": "FeatureCollection", "features": [feature(number, source) for number in range(100)]},
        ),
    }


def contestants(root: str) -> dict[str, Contestant]:
    """Ours and those of the styles."""
    import msgspec
    import pydantic
    from bindwright.runtime import json

    name = root.removeprefix("list[").removesuffix("]")

    def of(style: str) -> Any:
        model = getattr(import_module(f"bench_shapes.models{style}"), name)
        return list[model] if root.startswith("list") else model  # type: ignore[valid-type]

    ours, adapter = of(""), pydantic.TypeAdapter(of("_pydantic"))
    result: dict[str, Contestant] = {
        "bindwright": (lambda data: json.decode(data, ours), lambda value: json.encode(value, ours)),
        "pydantic": (
            adapter.validate_json,
            lambda value: adapter.dump_json(value, by_alias=True, exclude_unset=True),
        ),
    }
    try:
        decode = msgspec.json.Decoder(of("_msgspec")).decode
        result["msgspec Struct"] = decode, msgspec.json.Encoder().encode
    except (TypeError, NameError) as error:
        print(f"  without msgspec: {error}")
    return result


def main() -> None:
    """Run it."""
    print("\nJSON, other shapes")
    with tempfile.TemporaryDirectory() as folder:
        package_of(DOCUMENT, "bench_shapes", Path(folder), styles="attrs,pydantic,msgspec")
        for words, (root, document) in documents().items():
            _measure(words, contestants(root), stdlib.dumps(document, separators=(",", ":")).encode())


def _measure(words: str, all_: dict[str, Contestant], data: bytes) -> None:
    for name, (decode, encode) in all_.items():
        for _ in range(3):
            written = encode(decode(data))
        assert stdlib.loads(written) == stdlib.loads(data), name
    loops = max(1, 200_000 // len(data))
    clock = time.process_time
    runs = {name: (lambda d=functions[0]: d(data)) for name, functions in all_.items()}
    decoded = microseconds(runs, loops=loops, clock=clock)
    table(f"{words}, decode", decoded)
    values = {name: functions[0](data) for name, functions in all_.items()}
    runs = {name: (lambda e=functions[1], v=values[name]: e(v)) for name, functions in all_.items()}
    encoded = microseconds(runs, loops=loops, clock=clock)
    table(f"{words}, encode", encoded)
    for way, times in (("decode", decoded), ("encode", encoded)):
        own = times["bindwright"][1]
        goal(f"{words}, {way}, faster than pydantic", times["pydantic"][1] / own, 1.5, at_most=False)


if __name__ == "__main__":
    main()
