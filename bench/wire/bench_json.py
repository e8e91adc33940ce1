"""JSON of the reference page: ours beside pydantic, cattrs with orjson, and msgspec on its own Struct.

First every contestant's values and documents are asserted equal; then all are timed in one run.
"""

from __future__ import annotations

import datetime as dt
import json as stdlib
import random
import sys
import time
import tracemalloc
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

from bench.wire.timing import goal, microseconds, table

REFERENCE = {
    "Id": 1, "ContactListId": 1, "InvalidEmailCount": 1, "InvalidSmsCount": 1, "ProgressPercent": 1,
    "CurrentStatus": "sample string 2", "StartDate": "2025-11-24T10:45:01.4007824+00:00",
    "FinishDate": "2025-11-24T10:45:01.4007824+00:00", "InsertedContacts": 1, "UpdatedContacts": 1,
    "DroppedContacts": 1, "NotUpdatedContacts": 1, "TotalContacts": 1,
}  # fmt: skip
FIELDS = {
    name: (str if name == "CurrentStatus" else dt.datetime if name.endswith("Date") else int)
    for name in REFERENCE
}
LOOPS = 400


class Contestant:
    """How one library reads and writes a job, and a list of jobs."""

    def __init__(
        self, decode: Callable[[bytes], Any], encode: Callable[[Any], bytes], many: Callable[[bytes], Any],
        write_many: Callable[[Any], bytes], get: Callable[[Any, str], Any] = getattr,
    ) -> None:  # fmt: skip
        self.decode, self.encode, self.many, self.write_many, self.get = decode, encode, many, write_many, get

    def values(self, job: Any) -> dict[str, Any]:
        """The members, for comparison."""
        return {name: self.get(job, name) for name in REFERENCE}


def ours() -> Contestant:
    sys.path.insert(0, str(Path(__file__).parents[2] / "generated"))
    from bindwright.runtime import json
    from bindwright.runtime.shapes import members_of
    from w50api.models import ImportJob

    attributes = {member.json: member.attribute for member in members_of(ImportJob)}
    return Contestant(
        lambda data: json.decode(data, ImportJob), json.encode, lambda data: json.decode(data, list[ImportJob]),
        lambda jobs: json.encode(jobs, list[ImportJob]), lambda job, name: getattr(job, attributes[name]),
    )  # fmt: skip


def with_msgspec() -> Contestant:
    import msgspec

    struct = msgspec.defstruct("ImportJob", [(name, kind | None) for name, kind in FIELDS.items()])
    decode, many = msgspec.json.Decoder(struct).decode, msgspec.json.Decoder(list[struct]).decode  # type: ignore[valid-type]
    encode = msgspec.json.Encoder().encode
    return Contestant(decode, encode, many, encode)


def with_pydantic() -> Contestant:
    import pydantic

    fields: dict[str, Any] = {name: (kind | None, ...) for name, kind in FIELDS.items()}
    model = pydantic.create_model("ImportJob", **fields)
    many = pydantic.TypeAdapter(list[model])  # type: ignore[valid-type]
    return Contestant(
        model.model_validate_json, lambda job: job.model_dump_json().encode(), many.validate_json, many.dump_json
    )  # fmt: skip


def with_cattrs() -> Contestant:
    import attrs
    import orjson
    from cattrs.preconf.orjson import make_converter

    model = attrs.make_class("ImportJob", {n: attrs.field(type=k | None) for n, k in FIELDS.items()})
    converter = make_converter()
    converter.register_structure_hook(dt.datetime, lambda value, _: dt.datetime.fromisoformat(value))
    structure, unstructure = converter.get_structure_hook(model), converter.get_unstructure_hook(model)
    loads, dumps = orjson.loads, orjson.dumps
    return Contestant(
        lambda data: structure(loads(data), model), lambda job: dumps(unstructure(job)),
        lambda data: [structure(job, model) for job in loads(data)],
        lambda jobs: dumps([unstructure(job) for job in jobs]),
    )  # fmt: skip


PEERS = {
    "bindwright": ours,
    "msgspec Struct": with_msgspec,
    "pydantic": with_pydantic,
    "cattrs + orjson": with_cattrs,
}


def contestants() -> dict[str, Contestant]:
    """All whose library is installed."""
    contestants_ = {}
    for name, make in PEERS.items():
        try:
            contestants_[name] = make()
        except ImportError as error:
            print(f"  without {name}: {error}")
    return contestants_


def document(source: random.Random) -> dict[str, Any]:
    """A job with other values, and dates of several layouts."""
    job: dict[str, Any] = dict(REFERENCE)
    for name, kind in FIELDS.items():
        if kind is int:
            job[name] = source.randrange(10 ** source.randrange(1, 8))
        elif kind is str:
            job[name] = source.choice(["Done", "Läuft", 'a "quoted" word', None])
        else:
            moment = dt.datetime(2020, 1, 1) + dt.timedelta(seconds=source.randrange(10**8))
            job[name] = moment.isoformat() + source.choice(
                [f".{source.randrange(10**7):07}+00:00", "Z", ".5Z"]
            )
    return job


def compact(value: Any) -> bytes:
    """As .NET writes it."""
    return stdlib.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def assert_equal(all_: dict[str, Contestant], data: bytes) -> None:
    """Every contestant read the same, and what each writes is read the same by all."""
    expected: dict[str, Any] = stdlib.loads(data)
    for name, kind in FIELDS.items():
        if kind is dt.datetime:
            expected[name] = dt.datetime.fromisoformat(expected[name])
    for name, contestant in all_.items():
        assert near(contestant.values(contestant.decode(data)), expected), name
        written = contestant.encode(contestant.decode(data))
        assert all(near(other.values(other.decode(written)), expected) for other in all_.values()), name
    assert all_["bindwright"].encode(all_["bindwright"].decode(data)) == data


def near(values: dict[str, Any], expected: dict[str, Any]) -> bool:
    """Equal, but for the seventh digit, which pydantic and msgspec round and Python cuts off."""
    return all(
        abs(values[name] - value) <= dt.timedelta(microseconds=1)
        if isinstance(value, dt.datetime)
        else values[name] == value
        for name, value in expected.items()
    )


def main() -> None:
    """Run it."""
    print("JSON, the document of the reference page")
    all_ = contestants()
    source = random.Random(1)
    reference = compact(REFERENCE)
    assert_equal(all_, reference)
    for _ in range(200):
        assert_equal(all_, compact(document(source)))
    print("  every contestant reads and writes the same values")
    _first_use()
    decode = _single(
        "decode", {name: (lambda o=contestant: o.decode(reference)) for name, contestant in all_.items()}
    )
    indented = stdlib.dumps(REFERENCE, indent=2).encode()
    _single(
        "decode, indented",
        {name: (lambda o=contestant: o.decode(indented)) for name, contestant in all_.items()},
    )
    varied = [compact(document(source)) for _ in range(600)]  # so that nothing can be known again
    others = {name: cycle(varied) for name in all_}
    _single(
        "decode, other values each time",
        {name: (lambda o=contestant, d=others[name]: o.decode(next(d))) for name, contestant in all_.items()},
    )
    jobs = {name: contestant.decode(reference) for name, contestant in all_.items()}
    encode = _single(
        "encode",
        {name: (lambda o=contestant, j=jobs[name]: o.encode(j)) for name, contestant in all_.items()},
    )
    for count, rounds in ((1000, 30), (100_000, 3)):
        _many(all_, count, rounds, source)
    _goals(decode, encode)


def _first_use() -> None:
    from bindwright.runtime.json.codecs.default import REGISTRY
    from w50api.models import ImportJob

    json_ = ours()
    REGISTRY.unhook()  # forgets what was compiled
    start = time.perf_counter()
    job = json_.decode(compact(REFERENCE))
    middle = time.perf_counter()
    json_.encode(job)
    done = time.perf_counter()
    print(
        f"  first use of {ImportJob.__name__}: decode {(middle - start) * 1e3:.2f} ms, encode {(done - middle) * 1e3:.2f} ms"
    )


def _single(title: str, runs: dict[str, Callable[[], Any]]) -> dict[str, tuple[float, float]]:
    times = microseconds(runs, loops=LOOPS)
    table(title, times)
    return times


def _many(all_: dict[str, Contestant], count: int, rounds: int, source: random.Random) -> None:
    data = compact([document(source) for _ in range(count)])
    times = microseconds(
        {n: (lambda o=contestant: o.many(data)) for n, contestant in all_.items()}, loops=1, rounds=rounds
    )
    table(f"decode a list of {count:,}", times, per=count)
    jobs = {name: contestant.many(data) for name, contestant in all_.items()}
    times = microseconds(
        {n: (lambda o=contestant, j=jobs[n]: o.write_many(j)) for n, contestant in all_.items()},
        loops=1,
        rounds=rounds,
    )
    table(f"encode a list of {count:,}", times, per=count)
    assert all_["bindwright"].write_many(jobs["bindwright"]) == data
    if count > 10_000:
        _memory(data)


def _memory(data: bytes) -> None:
    from bindwright.runtime import json
    from w50api.models import ImportJob

    chunks = [data[at : at + 65536] for at in range(0, len(data), 65536)]
    tracemalloc.start()
    count = sum(1 for _ in json.iter_decode(chunks, ImportJob))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"  iter_decode of {count:,} objects: peak {peak / 1e6:.1f} MB")


def _goals(decode: dict[str, tuple[float, float]], encode: dict[str, tuple[float, float]]) -> None:
    print("\ngoals (medians of this run)")
    if "pydantic" in decode:
        ratio = decode["pydantic"][1] / decode["bindwright"][1]
        goal("decode, times faster than pydantic", ratio, 1, at_most=False)
        ratio = encode["pydantic"][1] / encode["bindwright"][1]
        goal("encode, times faster than pydantic", ratio, 1.5, at_most=False)
    ratio = decode["bindwright"][1] / decode["msgspec Struct"][1]
    goal("decode, times msgspec's Struct", ratio, 3.5, at_most=True)


if __name__ == "__main__":
    main()
