"""XML of the reference page: ours beside xsdata, pydantic-xml, xmltodict, polyxml, xmltodict-rs, a loop by hand, and bare lxml.

First every contestant's values are asserted equal; then all are timed in one run. The peers live in an
environment of their own (``build/bench-xml-venv``), made on first use; polyxml needs Python 3.12.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, make_dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from bench.wire.environment import environment
from bench.wire.timing import goal, microseconds, table

ROOT = Path(__file__).parents[2]
NAMESPACE = "http://schemas.datacontract.org/2004/07/W50API.Models.DTO"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
INTS = (
    "ContactListId", "DroppedContacts", "Id", "InsertedContacts", "InvalidEmailCount", "InvalidSmsCount",
    "NotUpdatedContacts", "ProgressPercent", "TotalContacts", "UpdatedContacts",
)  # fmt: skip
DATES = ("FinishDate", "StartDate")
NAMES = sorted((*INTS, *DATES, "CurrentStatus"))
MOMENT = "2025-11-24T10:45:01.4007824+00:00"
VALUES = {name: 1 if name in INTS else MOMENT if name in DATES else "sample string 2" for name in NAMES}
BODY = "".join(f"<{name}>{VALUES[name]}</{name}>" for name in NAMES)
DECLARED = f'xmlns:i="{XSI}" xmlns="{NAMESPACE}"'
DOCUMENT = f"<ImportJob {DECLARED}>{BODY}</ImportJob>".encode()


def deviating() -> dict[str, bytes]:
    """The same document as other servers may write it: what no layout that was seen before fits."""
    parts = [f"<{name}>{VALUES[name]}</{name}>" for name in NAMES]
    prefixed = "".join(f"<q:{name}>{VALUES[name]}</q:{name}>" for name in NAMES)
    declared = f'xmlns:i="{XSI}" xmlns:q="{NAMESPACE}"'
    return {
        "another order": f"<ImportJob {DECLARED}>{''.join(reversed(parts))}</ImportJob>".encode(),
        "a prefix": f"<q:ImportJob {declared}>{prefixed}</q:ImportJob>".encode(),
        "a reference": DOCUMENT.replace(b"sample", b"s&#97;mple"),
        "a comment": DOCUMENT.replace(b"<Id>", b"<!-- the job --><Id>"),
        "a section": DOCUMENT.replace(b">sample string 2<", b"><![CDATA[sample string 2]]><"),
        "an unknown element": DOCUMENT.replace(b"<Id>", b"<Owner>someone</Owner><Id>"),
    }


def varied(count: int) -> list[bytes]:
    """Documents whose values differ from one to the next, so that nothing can be known again."""
    source = random.Random(0)
    found = []
    for _ in range(count):
        values = {name: str(source.randrange(1_000_000)) for name in INTS}
        moment = dt.datetime(2020, 1, 1) + dt.timedelta(seconds=source.randrange(10**8))
        values |= {
            name: f"{moment:%Y-%m-%dT%H:%M:%S}.{source.randrange(10**6, 10**7)}+00:00" for name in DATES
        }
        values["CurrentStatus"] = f"status {source.random()}"
        body = "".join(f"<{name}>{values[name]}</{name}>" for name in NAMES)
        found.append(f"<ImportJob {DECLARED}>{body}</ImportJob>".encode())
    return found


def many(count: int) -> bytes:
    """A list of so many jobs."""
    items = f"<ImportJob>{BODY}</ImportJob>" * count
    return f"<ArrayOfImportJob {DECLARED}>{items}</ArrayOfImportJob>".encode()


@dataclass
class Contestant:
    """How one library reads and writes a job, and reads a list; ``get`` gives a member as text."""

    decode: Callable[[bytes], Any]
    encode: Callable[[Any], bytes] | None = None
    many: Callable[[bytes], Any] | None = None
    get: Callable[[Any, str], str] = lambda job, name: str(getattr(job, name))
    extra: dict[str, Callable[[], Any]] = field(default_factory=dict)


def spelled(value: Any) -> str:
    """A value as the page spells it, in as many digits as the library kept."""
    if isinstance(value, dt.datetime):
        return getattr(value, "text", None) or value.isoformat()
    return str(value)


def ours() -> Contestant:
    sys.path.insert(0, str(ROOT / "generated"))
    from bindwright.runtime import xml
    from bindwright.runtime.shapes import members_of
    from w50api.models import ImportJob

    attributes = {one.json: one.attribute for one in members_of(ImportJob)}
    slow = xml.Settings(speculate=False)
    return Contestant(
        lambda data: xml.decode(data, ImportJob), xml.encode, lambda data: xml.decode(data, list[ImportJob]),
        lambda job, name: spelled(getattr(job, attributes[name])),
        {"full": lambda: xml.decode(DOCUMENT, ImportJob, settings=slow)},
    )  # fmt: skip


def by_hand() -> Contestant:
    import attrs
    from lxml import etree

    job = attrs.make_class("Job", {name: attrs.field() for name in NAMES}, kw_only=True, slots=True)
    convert = {
        f"{{{NAMESPACE}}}{name}": (
            name,
            int if name in INTS else dt.datetime.fromisoformat if name in DATES else str,
        )
        for name in NAMES
    }

    def one(node: Any) -> Any:
        found = {}
        for child in node:
            name, read = convert[child.tag]
            found[name] = None if child.get(f"{{{XSI}}}nil") == "true" else read(child.text or "")
        return job(**found)

    return Contestant(
        lambda data: one(etree.fromstring(data)), None, lambda data: [one(node) for node in etree.fromstring(data)],
        lambda value, name: spelled(getattr(value, name)),
    )  # fmt: skip


def with_xsdata() -> Contestant:
    from xsdata.formats.dataclass.context import XmlContext
    from xsdata.formats.dataclass.parsers import XmlParser
    from xsdata.formats.dataclass.parsers.handlers import LxmlEventHandler
    from xsdata.formats.dataclass.serializers import XmlSerializer
    from xsdata.formats.dataclass.serializers.config import SerializerConfig
    from xsdata.models.datatype import XmlDateTime

    def member(name: str) -> tuple[str, Any, Any]:
        kind = int if name in INTS else XmlDateTime if name in DATES else str
        facts = {"name": name, "type": "Element", "namespace": NAMESPACE, "nillable": True}
        return name, kind | None, field(default=None, metadata=facts)

    meta = type("Meta", (), {"name": "ImportJob", "namespace": NAMESPACE})
    job = make_dataclass("ImportJob", [member(name) for name in NAMES], namespace={"Meta": meta})
    job.__module__ = __name__
    facts = {"name": "ImportJob", "type": "Element", "namespace": NAMESPACE}
    list_meta = type("Meta", (), {"name": "ArrayOfImportJob", "namespace": NAMESPACE})
    jobs = make_dataclass(
        "Jobs",
        [("items", list[job], field(default_factory=list, metadata=facts))],
        namespace={"Meta": list_meta},
    )  # type: ignore[valid-type]
    context = XmlContext()
    parser = XmlParser(context=context, handler=LxmlEventHandler)
    serializer = XmlSerializer(context=context, config=SerializerConfig(xml_declaration=False))
    return Contestant(
        lambda data: parser.from_bytes(data, job),
        lambda value: serializer.render(value, ns_map={None: NAMESPACE, "i": XSI}).encode(),
        lambda data: parser.from_bytes(data, jobs).items,
    )


def with_pydantic_xml() -> Contestant:
    import pydantic_xml
    from pydantic import create_model

    space = {"": NAMESPACE, "i": XSI}
    fields: dict[str, Any] = {
        name: (
            int if name in INTS else (dt.datetime if name in DATES else str) | None,
            pydantic_xml.element(tag=name),
        )
        for name in NAMES
    }
    base = type("Base", (pydantic_xml.BaseXmlModel,), {"__module__": __name__}, tag="ImportJob", nsmap=space)
    job = create_model(
        "ImportJob", __base__=base, __cls_kwargs__={"tag": "ImportJob", "nsmap": space}, **fields
    )
    jobs = create_model(
        "Jobs", __base__=base, __cls_kwargs__={"tag": "ArrayOfImportJob", "nsmap": space},
        items=(list[job], pydantic_xml.element(tag="ImportJob")),  # type: ignore[valid-type]
    )  # fmt: skip
    return Contestant(
        job.from_xml, lambda value: value.to_xml(), lambda data: jobs.from_xml(data).items,
        lambda value, name: spelled(getattr(value, name)),
    )  # fmt: skip


def with_polyxml() -> Contestant:
    import polyxml

    def member(name: str) -> tuple[str, Any, Any]:
        kind = int if name in INTS else str
        return name, kind, field(metadata={"name": name, "type": "Element", "namespace": NAMESPACE})

    meta = type("Meta", (), {"name": "ImportJob", "namespace": NAMESPACE})
    job = make_dataclass("ImportJob", [member(name) for name in NAMES], namespace={"Meta": meta})
    facts = {"name": "ImportJob", "type": "Element", "namespace": NAMESPACE}
    list_meta = type("Meta", (), {"name": "ArrayOfImportJob", "namespace": NAMESPACE})
    jobs = make_dataclass(
        "Jobs",
        [("items", list[job], field(default_factory=list, metadata=facts))],
        namespace={"Meta": list_meta},
    )  # type: ignore[valid-type]
    return Contestant(
        lambda data: polyxml.deserialize(data, job), polyxml.serialize,
        lambda data: polyxml.deserialize(data, jobs).items,
    )  # fmt: skip


def untyped(parse: Callable[..., Any], unparse: Callable[..., Any]) -> Contestant:
    return Contestant(
        parse, lambda value: unparse(value, full_document=False).encode(),
        lambda data: parse(data)["ArrayOfImportJob"]["ImportJob"],
        lambda value, name: (value.get("ImportJob") or value)[name] if "ImportJob" in value else value[name],
    )  # fmt: skip


def contestants() -> dict[str, Contestant]:
    """Everyone whose library is there."""
    import xmltodict

    found = {"bindwright": ours(), "lxml by hand": by_hand()}
    makers: dict[str, Callable[[], Contestant]] = {
        "xsdata": with_xsdata, "pydantic-xml": with_pydantic_xml, "polyxml (dates as text)": with_polyxml,
        "xmltodict (untyped)": lambda: untyped(xmltodict.parse, xmltodict.unparse), "xmltodict-rs (untyped)": with_rs,
    }  # fmt: skip
    for name, make in makers.items():
        try:
            found[name] = make()
        except ImportError as error:
            print(f"  without {name}: {error}")
    return found


def with_rs() -> Contestant:
    import xmltodict_rs

    return untyped(xmltodict_rs.parse, xmltodict_rs.unparse)


def check(everyone: dict[str, Contestant]) -> None:
    """Assert that all read the same values from one document and from a list, and write what all read."""
    for name, one in everyone.items():
        job = one.decode(DOCUMENT)
        assert_same(name, job, one)
        if one.many is not None:
            jobs = one.many(many(3))
            assert len(jobs) == 3, name
            for each in jobs:
                assert_same(name, each, one)
        if one.encode is not None:
            assert_same(name, everyone["lxml by hand"].decode(one.encode(job)), everyone["lxml by hand"])
    assert everyone["bindwright"].encode is not None
    assert everyone["bindwright"].encode(everyone["bindwright"].decode(DOCUMENT)) == DOCUMENT


def assert_same(name: str, job: Any, one: Contestant) -> None:
    """Assert a job's values; date-times to the digits that the library keeps (microseconds at least)."""
    for member in NAMES:
        got, wanted = one.get(job, member), str(VALUES[member])
        if member in DATES:
            got, wanted = (
                re.sub(r"(\.\d{6})\d*", r"\1", text).replace("Z", "+00:00") for text in (got, wanted)
            )
        assert got == wanted, (name, member, got, wanted)


def run() -> None:
    """One run: equality, then speed, memory and first use."""
    from lxml import etree

    print(
        f"\nXML of the reference page, {len(DOCUMENT)} bytes, Python {sys.version.split()[0]}, lxml {etree.__version__}"
    )
    first_use()
    everyone = contestants()
    check(everyone)
    fast = everyone["bindwright"]
    for _ in range(4):
        fast.decode(DOCUMENT)
    decode = {name: lambda one=one: one.decode(DOCUMENT) for name, one in everyone.items()}
    decode["bindwright, libxml2 alone"] = fast.extra["full"]
    others = cycle(varied(600))
    decode["bindwright, other values"] = lambda: fast.decode(next(others))
    decode["lxml.etree.fromstring"] = lambda: etree.fromstring(DOCUMENT)
    times = microseconds(decode, loops=60, rounds=40)
    table("decode, one document", times)
    odd = deviating()
    deviations = {name: lambda data=data: fast.decode(data) for name, data in odd.items()}
    for name, data in odd.items():
        assert_same(name, fast.decode(data), fast)
        for _ in range(3):
            fast.decode(data)
    times |= microseconds(deviations, loops=60, rounds=40)
    table("bindwright, documents that deviate", {one: times[one] for one in ("bindwright", *odd)})
    jobs = {name: one.decode(DOCUMENT) for name, one in everyone.items()}
    encode = {
        name: lambda one=one, job=jobs[name]: one.encode(job) for name, one in everyone.items() if one.encode
    }
    written = microseconds(encode, loops=60, rounds=40)
    table("encode, one document", written)
    thousand = many(1000)
    lists = {name: lambda one=one: one.many(thousand) for name, one in everyone.items() if one.many}
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


def first_use() -> None:
    """How long the first document of a model takes, compiling included."""
    sys.path.insert(0, str(ROOT / "generated"))
    from bindwright.runtime import xml
    from w50api.models import ImportJob

    xml.decode("<a/>", dict)
    taken: list[str] = []
    job: Any = None
    for step in ("first decode", "second decode (the layout is learnt)", "first encode"):
        start = time.process_time()  # the machine may be busy with others
        if step == "first encode":
            xml.encode(job)
        else:
            job = xml.decode(DOCUMENT, ImportJob)
        taken.append(f"{step} {(time.process_time() - start) * 1e3:.2f} ms")
    print("first use, CPU time: " + ", ".join(taken))


MEMORY = """
import re, sys
from bindwright.runtime import xml
from w50api.models import ImportJob
if sys.argv[2] == "decode":
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    count = len(xml.decode(data, list[ImportJob]))
else:
    count = sum(1 for _ in xml.iter_decode(sys.argv[1], ImportJob))
print(count, int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024)
"""


def memory() -> None:
    """Peak memory and time of a list of 100,000, each in a process of its own."""
    path = os.pathsep.join((str(ROOT / "codegen"), str(ROOT / "generated"), str(ROOT)))
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        file.write(many(100_000))
        file.flush()
        print(f"\nlist of 100,000, {os.path.getsize(file.name) / 1e6:.0f} MB")
        for what, limit in (("decode", 220), ("iter_decode", 40)):
            start = time.perf_counter()
            done = subprocess.run([sys.executable, "-c", MEMORY, file.name, what], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": path})  # fmt: skip
            count, peak = map(int, done.stdout.split())
            assert count == 100_000
            goal(
                f"{what}: peak in MB, whole process ({time.perf_counter() - start:.1f} s)",
                peak,
                limit,
                at_most=True,
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
