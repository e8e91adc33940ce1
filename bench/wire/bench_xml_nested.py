"""XML of nested shapes: orders with attributes, lists, a choice, nulls; a bucket's listing; documents that deviate.

Ours beside bare lxml, xsdata, polyxml and a loop by hand, in the peers' environment. What all read is compared first.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.wire import xml_nested_documents as documents
from bench.wire.bench_json_nested import DOCUMENT, page
from bench.wire.environment import environment
from bench.wire.packages import package_of
from bench.wire.threads import scaling
from bench.wire.timing import goal, microseconds, table

ROOT = Path(__file__).parents[2]
LISTING = Path(__file__).with_name("listing.openapi.yaml")
COUNTS = {1: (200, 2.0), 100: (2, 2.0), 1000: (1, 2.5)}
"""Orders of a document: how often it is read in one round, and the goal, of a bare parse."""
LXML = "lxml.etree.fromstring"


def peers() -> dict[str, Callable[[bytes], Any]]:
    """Readers of orders without namespaces, by the libraries that are installed."""
    from bench.wire.xml_nested_peers import Orders

    readers: dict[str, Callable[[bytes], Any]] = {}
    try:
        from xsdata.formats.dataclass.parsers import XmlParser
        from xsdata.formats.dataclass.parsers.config import ParserConfig
        from xsdata.formats.dataclass.parsers.handlers import LxmlEventHandler

        parser = XmlParser(config=ParserConfig(fail_on_unknown_properties=False), handler=LxmlEventHandler)
        readers["xsdata"] = lambda data: parser.from_bytes(data, Orders)
    except ImportError as error:
        print(f"  without xsdata: {error}")
    try:
        import polyxml

        readers["polyxml"] = lambda data: polyxml.deserialize(data, Orders)
    except ImportError as error:
        print(f"  without polyxml: {error}")
    return readers


def facts(value: Any) -> list[Any]:
    """What is compared: some members of every order, at each depth."""
    orders = getattr(value, "orders", None) or value.order
    return [
        (
            str(order.id), str(order.status), order.note, order.customer.address.zip, str(order.payment.kind),
            [(line.sku, line.title, line.quantity, line.price, line.gift) for line in getattr(order.lines, "line", order.lines)],
        )
        for order in orders
    ]  # fmt: skip


def orders(model: Any) -> None:
    """Pages of orders: reading and writing."""
    from bindwright.runtime import json, xml
    from lxml import etree

    others = peers()
    for count, (loops, limit) in COUNTS.items():
        value = json.decode(page(count), model)
        data = xml.encode(value)
        bare = documents.plain(data)
        for _ in range(4):
            assert xml.decode(data, model) == value
        for name, read in others.items():
            assert facts(read(bare)) == facts(value), name
        runs: dict[str, Callable[[], object]] = {
            "bindwright": lambda data=data: xml.decode(data, model),
            LXML: lambda data=data: etree.fromstring(data),
            "bindwright, written": lambda value=value: xml.encode(value),
            **{name: lambda read=read, bare=bare: read(bare) for name, read in others.items()},
        }
        times = microseconds(runs, loops=loops, rounds=20, clock=time.process_time)
        table(f"orders, {count:,}", times)
        own, parse = times["bindwright"][1], times[LXML][1]
        goal(f"decode {count:,}, of bare lxml", own / parse, limit, at_most=True)
        if "polyxml" in times:
            goal(f"decode {count:,}, faster than polyxml", times["polyxml"][1] / own, 1, at_most=False)
        if "xsdata" in times:
            goal(f"decode {count:,}, faster than xsdata", times["xsdata"][1] / own, 20, at_most=False)
        goal(f"encode {count:,}, of bare lxml", times["bindwright, written"][1] / parse, 1.0, at_most=True)


def deviations(model: Any) -> None:
    """Documents that deviate from the layout that was learnt."""
    from bindwright.runtime import json, xml
    from lxml import etree

    value = json.decode(page(100), model)
    data = xml.encode(value)
    for _ in range(4):
        xml.decode(data, model)
    print("\n100 orders that deviate, of a bare parse of the same bytes")
    xsdata = peers().get("xsdata")
    for name, odd in documents.deviating(data).items():
        if name not in ("one price with an exponent", "ISO 8859-1"):
            assert facts(xml.decode(odd, model)) == facts(value), name
        for _ in range(12):
            xml.decode(odd, model)
        runs: dict[str, Callable[[], object]] = {
            "ours": lambda odd=odd: xml.decode(odd, model), LXML: lambda odd=odd: etree.fromstring(odd)
        }  # fmt: skip
        bare = documents.plain(odd)
        if xsdata is not None and _reads(xsdata, bare, value):
            runs["xsdata"] = lambda bare=bare: xsdata(bare)
        times = microseconds(runs, loops=1, rounds=12, clock=time.process_time)
        goal(name, times["ours"][1] / times[LXML][1], 5.0, at_most=True)
        if "xsdata" in times:
            goal(f"{name}, faster than xsdata", times["xsdata"][1] / times["ours"][1], 10, at_most=False)


def _reads(read: Callable[[bytes], Any], data: bytes, value: Any) -> bool:
    """Whether a peer reads as many orders: one may refuse a namespace or an encoding."""
    try:
        return len(facts(read(data))) == len(facts(value))
    except Exception as error:
        print(f"  xsdata: {str(error)[:60]}")
        return False


def listing(model: Any) -> None:
    """A bucket's listing, with the settings of a client that reads leniently."""
    from bindwright.runtime import xml
    from lxml import etree

    data = documents.listing(1000)
    settings = xml.Settings(namespaces="lenient", values="lenient")
    for _ in range(4):
        value = xml.decode(data, model, settings=settings)
    loop = by_hand()
    assert [(o.key, o.e_tag, o.size) for o in value.contents] == [(o.Key, o.ETag, o.Size) for o in loop(data)]
    runs = {
        "bindwright": lambda: xml.decode(data, model, settings=settings), LXML: lambda: etree.fromstring(data),
        "a loop by hand": lambda: loop(data), "bindwright, written": lambda: xml.encode(value),
    }  # fmt: skip
    times = microseconds(runs, loops=1, rounds=30, clock=time.process_time)
    table("listing of 1,000", times, per=1000)
    own, parse = times["bindwright"][1], times[LXML][1]
    goal("listing, of bare lxml", own / parse, 1.5, at_most=True)
    goal("listing, faster than a loop by hand", times["a loop by hand"][1] / own, 2, at_most=False)
    goal("listing, encode of bare lxml", times["bindwright, written"][1] / parse, 1.0, at_most=True)


def by_hand() -> Callable[[bytes], Any]:
    """What one writes who knows the document: a loop over lxml's children."""
    import attrs
    from lxml import etree

    names = ("Key", "LastModified", "ETag", "Size", "StorageClass")
    item = attrs.make_class("Item", {name: attrs.field(default=None) for name in names}, slots=True)
    space = "{http://s3.amazonaws.com/doc/2006-03-01/}"
    convert = {space + name: (name, str) for name in names}
    convert[space + "Size"] = ("Size", int)
    convert[space + "LastModified"] = ("LastModified", dt.datetime.fromisoformat)

    def read(data: bytes) -> Any:
        items = []
        for node in etree.fromstring(data):
            if node.tag == space + "Contents":
                values = {}
                for child in node:
                    name, parse = convert[child.tag]
                    values[name] = parse(child.text or "")
                items.append(item(**values))
        return items

    return read


def threads(model: Any) -> None:
    """Eight threads at once: the same results; and how the time scales."""
    from bindwright.runtime import json, xml

    value = json.decode(page(100), model)
    data = xml.encode(value)

    def run() -> bool:
        copy = xml.decode(data, model)
        return bool(copy == value) and xml.encode(copy) == data

    scaling("XML, pages of 100 orders read and written", run)


FIRST = """
import sys, time
sys.path.insert(0, sys.argv[1])
from bindwright.runtime import xml
import bench_orders.models as models
OrderPage = [getattr(models, name) for name in dir(models)] and models.OrderPage  # classes are made when asked for
data = open(sys.argv[2], "rb").read()
xml.decode("<a/>", dict)
value = None
def timed(step):
    global value
    start = time.process_time()
    value = step() or value
    return (time.process_time() - start) * 1e3
times = [timed(lambda: xml.decode(data, OrderPage)) for _ in range(2)]
print(*times, timed(lambda: xml.encode(value) and None))
"""


def first_use(model: Any, folder: str) -> None:
    """What the first documents of a nested model take; medians of fresh processes."""
    from bindwright.runtime import json, xml

    path = Path(folder, "first.xml")
    path.write_bytes(xml.encode(json.decode(page(1), model)))
    runs = []
    for _ in range(7):
        done = subprocess.run(
            [sys.executable, "-c", FIRST, folder, str(path)], capture_output=True, text=True, check=True
        )
        runs.append([float(number) for number in done.stdout.split()])
    print("\nfirst use of nested orders, CPU time in ms")
    for what, taken in zip(
        ("the first document", "the second", "encode"), zip(*runs, strict=True), strict=True
    ):
        goal(what, sorted(taken)[len(taken) // 2], 3, at_most=True)


MEMORY = """
import re, sys
sys.path.insert(0, sys.argv[1])
from bindwright.runtime import xml
from bench_orders.models import Order, OrderPage
path, what = sys.argv[2:]
if what == "decode":
    with open(path, "rb") as file:
        count = len(xml.decode(file.read(), OrderPage).orders)
else:
    count = sum(1 for _ in xml.iter_decode(path, Order))
print(count, int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024)
"""


def memory(model: Any, folder: str) -> None:
    """100,000 orders: time and memory grow with the number; item by item memory does not."""
    from bindwright.runtime import json, xml

    print("\npages of many orders, each in a process of its own")
    path = Path(folder, "many.xml")
    per = {}
    for count in (10_000, 100_000):
        path.write_bytes(xml.encode(json.decode(page(count), model)))
        for what in ("decode", "iter_decode"):
            start = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-c", MEMORY, folder, str(path), what],
                capture_output=True,
                text=True,
                check=True,
            )
            read, peak = map(int, done.stdout.split())
            assert read == count
            per[what, count] = (time.perf_counter() - start) / count
            print(f"  {what} {count:,}: {per[what, count] * 1e6:.1f} µs an order, {peak} MB")
    goal(
        "time an order, 100,000 of 10,000", per["decode", 100_000] / per["decode", 10_000], 1.3, at_most=True
    )
    goal("iter_decode of 100,000, peak in MB", peak, 40, at_most=True)


def run() -> None:
    """All tables."""
    from bindwright.runtime.compile.accelerator import xml_documents

    how = "with" if xml_documents() is not None else "without"
    print(f"\nXML, nested shapes, Python {sys.version.split()[0]}, {how} the accelerator")
    with tempfile.TemporaryDirectory() as folder:
        package_of(DOCUMENT, "bench_orders", Path(folder), styles="attrs")
        model = import_module("bench_orders.models").OrderPage
        orders(model)
        deviations(model)
        with tempfile.TemporaryDirectory() as other:
            package_of(LISTING, "bench_listing", Path(other), styles="attrs")
            listing(import_module("bench_listing.models").ListBucketResult)
        threads(model)
        first_use(model, folder)
        memory(model, folder)


def main() -> None:
    """Run in the peers' environment, or here where no Python can make one."""
    python = None if "--here" in sys.argv[1:] else environment()
    if python is None:
        run()
        return
    path = os.pathsep.join((str(ROOT), str(ROOT / "codegen"), str(ROOT / "generated")))
    for name in ("bench.wire.bench_xml_nested", "bench.wire.bench_every_model_xml"):
        subprocess.run(
            [python, "-m", name, *(["--here"] if name.endswith("nested") else [])],
            check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": path},
        )  # fmt: skip


if __name__ == "__main__":
    main()
