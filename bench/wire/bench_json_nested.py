"""JSON of nested orders: objects in objects, lists, a union by discriminator, UUID, date-time, enumeration, null.

The contestants' models are those that ``--models`` writes from the same document. What they read is proved equal
first: our value is written back as the same bytes, theirs stand for the same JSON.
"""

from __future__ import annotations

import json as stdlib
import random
import tempfile
import uuid
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.wire.packages import package_of
from bench.wire.threads import scaling
from bench.wire.timing import goal, microseconds, table

DOCUMENT = Path(__file__).with_name("orders.openapi.yaml")
COUNTS = {1: 400, 100: 4, 1000: 1}
"""Orders of a document, and how often it is read in one round."""

Contestant = tuple[Callable[[bytes], Any], Callable[[Any], bytes]]


def order(number: int, source: random.Random) -> dict[str, Any]:
    """One order; no two have the same values."""
    card = {"kind": "card", "last4": f"{source.randrange(10_000):04}", "brand": "visa"}
    invoice = {"kind": "invoice", "due": f"2026-12-{1 + number % 28:02}"}
    second = f"{source.randrange(60):02}.{source.randrange(1, 10**6):06}"
    return {
        "id": str(uuid.UUID(int=source.getrandbits(128), version=4)),
        "placed": f"2026-11-{1 + number % 28:02}T{source.randrange(24):02}:{source.randrange(60):02}:{second}Z",
        "status": source.choice(["open", "paid", "shipped"]),
        "customer": {
            "name": f"Customer {number}",
            "email": f"c{number}@example.org",
            "address": {"street": f"Road {number}", "city": "Town", "zip": f"{number:05}", "country": "DE"},
        },
        "lines": [line(index, source) for index in range(1 + number % 6)],
        "payment": card if number % 3 else invoice,
        "note": None if number % 4 else "please ring",
    }


def line(index: int, source: random.Random) -> dict[str, Any]:
    """A line of an order."""
    return {
        "sku": f"SKU-{source.randrange(10**6)}", "title": f"Thing {index}", "quantity": source.randrange(1, 9),
        "price": source.randrange(1, 99_999) / 100, "gift": bool(index % 2),
    }  # fmt: skip


def page(count: int) -> bytes:
    """A page of orders, compact."""
    source = random.Random(7)
    orders = [order(number, source) for number in range(count)]
    return stdlib.dumps({"total": count, "orders": orders}, separators=(",", ":")).encode()


def contestants(folder: Path) -> dict[str, Contestant]:
    """Ours, and those of the styles whose library is installed."""
    from bindwright.runtime import json

    package_of(DOCUMENT, "bench_orders", folder, styles="attrs,pydantic,msgspec")
    ours = import_module("bench_orders.models").OrderPage
    result: dict[str, Contestant] = {"bindwright": (lambda data: json.decode(data, ours), json.encode)}
    theirs = import_module("bench_orders.models_pydantic").OrderPage
    result["pydantic"] = (
        theirs.model_validate_json,
        lambda value: value.model_dump_json(by_alias=True, exclude_unset=True).encode(),
    )
    import msgspec

    decoder = msgspec.json.Decoder(import_module("bench_orders.models_msgspec").OrderPage)
    result["msgspec Struct"] = (decoder.decode, msgspec.json.Encoder().encode)
    return result


def assert_equal(all_: dict[str, Contestant], data: bytes) -> None:
    """Every contestant writes what it has read as the same JSON, ours as the same bytes."""
    for name, (decode, encode) in all_.items():
        for _ in range(3):
            written = encode(decode(data))
        assert stdlib.loads(written) == stdlib.loads(data), name
        assert name != "bindwright" or written == data


def main() -> None:
    """Run it."""
    print("\nJSON, nested orders")
    # The folder stays until the end: models are imported when they are first used.
    with tempfile.TemporaryDirectory() as folder:
        all_ = contestants(Path(folder))
        for count, loops in COUNTS.items():
            _measure(all_, count, loops)
        data = page(100)
        decode, encode = all_["bindwright"]
        scaling("JSON, pages of 100 orders read and written", lambda: encode(decode(data)) == data)


def _measure(all_: dict[str, Contestant], count: int, loops: int) -> None:
    data = page(count)
    assert_equal(all_, data)
    decoded = microseconds(
        {name: (lambda d=functions[0]: d(data)) for name, functions in all_.items()}, loops=loops
    )
    table(f"decode {count:,}", decoded)
    values = {name: functions[0](data) for name, functions in all_.items()}
    runs = {name: (lambda e=functions[1], v=values[name]: e(v)) for name, functions in all_.items()}
    encoded = microseconds(runs, loops=loops)
    table(f"encode {count:,}", encoded)
    for words, times in (("decode", decoded), ("encode", encoded)):
        _goals(f"{words} of {count:,}", times)


def _goals(words: str, times: dict[str, tuple[float, float]]) -> None:
    own = times["bindwright"][1]
    goal(f"{words}, faster than pydantic", times["pydantic"][1] / own, 1.5, at_most=False)
    goal(f"{words}, of msgspec's Struct", own / times["msgspec Struct"][1], 3.0, at_most=True)


if __name__ == "__main__":
    main()
