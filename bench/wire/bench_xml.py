"""XML of the reference page: ours beside xsdata, pydantic-xml, xmltodict, polyxml, xmltodict-rs, a loop by hand, and bare lxml.

First every contestant's values are asserted equal; then all are timed in one run. The peers live in an
environment of their own (``build/bench-xml-venv``), made on first use; polyxml needs Python 3.12.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
from itertools import cycle
from pathlib import Path
from typing import Any

from bench.wire.environment import environment
from bench.wire.timing import goal, microseconds, table
from bench.wire.xml_contestants import Contestant, contestants
from bench.wire.xml_documents import DATES, DOCUMENT, NAMES, VALUES, deviating, many, varied
from bench.wire.xml_memory import memory

ROOT = Path(__file__).parents[2]


def check(everyone: dict[str, Contestant]) -> None:
    """Assert that all read the same values from one document and from a list, and write what all read."""
    for name, contestant in everyone.items():
        job = contestant.decode(DOCUMENT)
        assert_same(name, job, contestant)
        if contestant.many is not None:
            jobs = contestant.many(many(3))
            assert len(jobs) == 3, name
            for each in jobs:
                assert_same(name, each, contestant)
        if contestant.encode is not None:
            assert_same(
                name, everyone["lxml by hand"].decode(contestant.encode(job)), everyone["lxml by hand"]
            )
    assert everyone["bindwright"].encode is not None
    assert everyone["bindwright"].encode(everyone["bindwright"].decode(DOCUMENT)) == DOCUMENT


def assert_same(name: str, job: Any, contestant: Contestant) -> None:
    """Assert a job's values; date-times to the digits that the library keeps (microseconds at least)."""
    for member in NAMES:
        got, wanted = contestant.get(job, member), str(VALUES[member])
        if member in DATES:
            got, wanted = (
                re.sub(r"(\.\d{6})\d*", r"\1", text).replace("Z", "+00:00") for text in (got, wanted)
            )
        assert got == wanted, (name, member, got, wanted)


def run() -> None:
    """One run: equality, then speed, memory and first use."""
    from bindwright.runtime.compile.accelerator import xml_documents
    from lxml import etree

    how = "with" if xml_documents() is not None else "without"
    print(
        f"\nXML of the reference page, {len(DOCUMENT)} bytes, Python {sys.version.split()[0]}, {how} the accelerator"
    )
    print(f"lxml {etree.__version__}")
    first_use()
    everyone = contestants()
    check(everyone)
    fast = everyone["bindwright"]
    for _ in range(4):
        fast.decode(DOCUMENT)
    decode = {
        name: lambda contestant=contestant: contestant.decode(DOCUMENT)
        for name, contestant in everyone.items()
    }
    decode["bindwright, libxml2 alone"] = fast.extra["full"]
    others = cycle(varied(600))
    decode["bindwright, other values"] = lambda: fast.decode(next(others))
    decode["lxml.etree.fromstring"] = lambda: etree.fromstring(DOCUMENT)
    odd = deviating()
    for name, data in odd.items():
        assert_same(name, fast.decode(data), fast)
        for _ in range(3):
            fast.decode(data)
    deviations = {name: lambda data=data: fast.decode(data) for name, data in odd.items()}
    times = microseconds(decode | deviations, loops=60, rounds=40)
    table("decode, one document", {name: times[name] for name in decode})
    table("bindwright, documents that deviate", {name: times[name] for name in ("bindwright", *odd)})
    jobs = {name: contestant.decode(DOCUMENT) for name, contestant in everyone.items()}
    encode = {
        name: lambda contestant=contestant, job=jobs[name]: contestant.encode(job)
        for name, contestant in everyone.items()
        if contestant.encode
    }
    written = microseconds(encode, loops=60, rounds=40)
    table("encode, one document", written)
    thousand = many(1000)
    lists = {
        name: lambda contestant=contestant: contestant.many(thousand)
        for name, contestant in everyone.items()
        if contestant.many
    }
    lists["lxml.etree.fromstring"] = lambda: etree.fromstring(thousand)
    per = microseconds(lists, loops=1, rounds=12)
    table("decode, list of 1,000", per, per=1000)
    goals(times, written, per)
    memory()


def goals(times: dict[str, Any], written: dict[str, Any], per: dict[str, Any]) -> None:
    """The goals, by medians."""

    def ratio(of: dict[str, Any], other: str, base: str = "bindwright") -> float:
        return float(of[other][1] / of[base][1]) if other in of else float("nan")

    poly = "polyxml (dates as text)"
    print("\ngoals, by medians")
    goal("decode, of bare lxml", 1 / ratio(times, "lxml.etree.fromstring"), 0.75, at_most=True)
    for name, limit in ((poly, 4), ("xsdata", 50), ("pydantic-xml", 15)):
        goal(f"decode, faster than {name}", ratio(times, name), limit, at_most=False)
    slowest = max(deviating(), key=lambda name: times[name][1])
    for name, limit in (("xsdata", 12), ("pydantic-xml", 4)):
        goal(f"{slowest}, faster than {name}", ratio(times, name, slowest), limit, at_most=False)
    goal("list of 1,000, of bare lxml", 1 / ratio(per, "lxml.etree.fromstring"), 1.5, at_most=True)
    goal(f"list of 1,000, faster than {poly}", ratio(per, poly), 3.5, at_most=False)
    for name, limit in ((poly, 2.5), ("xsdata", 35), ("pydantic-xml", 25)):
        goal(f"encode, faster than {name}", ratio(written, name), limit, at_most=False)


FIRST = """
import time
from bindwright.runtime import xml
from bench.wire.xml_documents import DOCUMENT
from w50api.models import ImportJob
xml.decode("<a/>", dict)
job = None
def timed(step):
    global job
    start = time.process_time()  # the machine may be busy with others
    job = step()
    return (time.process_time() - start) * 1e3
def decode():
    return timed(lambda: xml.decode(DOCUMENT, ImportJob))
first, second, written = decode(), decode(), timed(lambda: xml.encode(job) and job)
later = [decode() for _ in range(400)]
at = later.index(max(later))
print(first, second, written, later[at], at + 3)
"""


def first_use() -> None:
    """What the first documents of a model take, compiling and all; the medians of some fresh processes."""
    path = os.pathsep.join(str(ROOT / name) for name in ("codegen", "generated", ""))
    runs = []
    for _ in range(9):
        done = subprocess.run(
            [sys.executable, "-c", FIRST], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONPATH": path},
        )  # fmt: skip
        runs.append([float(text) for text in done.stdout.split()])
    decode, again, encode, learn, when = zip(*runs, strict=True)
    print("\nfirst use of a model of 13 fields, CPU time in ms")
    for what, taken in (("decode", decode), ("decode a second document", again), ("encode", encode)):
        goal(f"{what} (best {min(taken):.2f})", statistics.median(taken), 2, at_most=True)
    print(
        f"         once, with document {statistics.median(when):.0f}, an expression for the layout:"
        f" {statistics.median(learn):.2f} (best {min(learn):.2f})"
    )


def main() -> None:
    """Run in the peers' environment, or here where no Python can make one."""
    if "--here" in sys.argv[1:]:
        run()
        return
    python = environment()
    if python is None:
        print("without peers: no Python that can make their environment")
        run()
        return
    path = os.pathsep.join((str(ROOT), str(ROOT / "codegen"), str(ROOT / "generated")))
    subprocess.run(
        [python, "-m", "bench.wire.bench_xml", "--here"],
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
    )


if __name__ == "__main__":
    main()
