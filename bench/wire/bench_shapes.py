"""Shapes that the other tables have not: Azure's blobs, Amazon SQS, GitHub's issues, a tree, a hundred columns.

XML beside bare lxml, xsdata and polyxml, JSON beside pydantic and msgspec, in the peers' environment. What all read is
proved equal first.
"""

from __future__ import annotations

import json as stdlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from bench.wire import shape_documents as documents
from bench.wire.environment import environment
from bench.wire.packages import package_of
from bench.wire.timing import goal, microseconds, table

ROOT = Path(__file__).parents[2]
DOCUMENT = Path(__file__).with_name("shapes.openapi.yaml")
LXML = "lxml.etree.fromstring"
DECODE, ENCODE = 2.5, 1.0
"""Goals for XML, of a bare parse."""


class Shape(NamedTuple):
    """A shape: its model, and its document in XML or what it is in JSON."""

    name: str
    model: str
    source: bytes | dict[str, Any]
    loops: int
    lost: tuple[str, ...] = ()
    """Members that the peers' models have not."""
    holds_itself: bool = False
    """Whether a model holds itself: polyxml asks for the types of one without end, until the stack is full."""


def shapes() -> list[Shape]:
    """All of them."""
    return [
        Shape("Azure's listing of 10 blobs", "BlobListing", documents.blobs(10), 20, ("Metadata",)),
        Shape("Azure's listing of 1,000 blobs", "BlobListing", documents.blobs(1000), 2, ("Metadata",)),
        Shape("SQS, 1 message", "ReceiveMessageResponse", documents.messages(1), 100),
        Shape("SQS, 10 messages", "ReceiveMessageResponse", documents.messages(10), 20),
        Shape("GitHub, 1 issue", "IssuePage", documents.issues(1), 60),
        Shape("GitHub, 100 issues", "IssuePage", documents.issues(100), 3),
        Shape("a tree of 9 nodes", "Tree", documents.tree(2, 1), 60, holds_itself=True),
        Shape("a tree of 600 nodes", "Tree", documents.tree(4, 3), 3, holds_itself=True),
        Shape("a row of 100 columns", "Table", documents.table(1), 40),
        Shape("100 rows of 100 columns", "Table", documents.table(100), 3),
    ]


def peers(shape: Shape) -> dict[str, Callable[[bytes], Any]]:
    """Readers of a shape by the libraries that are installed."""
    from bench.wire.peer_models import PeerModels

    model = PeerModels(DOCUMENT).of(shape.model)
    readers: dict[str, Callable[[bytes], Any]] = {}
    try:
        from xsdata.formats.dataclass.parsers import XmlParser
        from xsdata.formats.dataclass.parsers.config import ParserConfig
        from xsdata.formats.dataclass.parsers.handlers import LxmlEventHandler

        parser = XmlParser(config=ParserConfig(fail_on_unknown_properties=False), handler=LxmlEventHandler)
        readers["xsdata"] = lambda data: parser.from_bytes(data, model)
    except ImportError as error:
        print(f"  without xsdata: {error}")
    try:
        import polyxml

        if shape.holds_itself:
            raise ImportError("its models cannot hold themselves")
        readers["polyxml"] = lambda data: polyxml.deserialize(data, model)
    except ImportError as error:
        print(f"  without polyxml: {error}")
    return readers


def kind_document(data: bytes) -> bytes:
    """A document as peers can read it: without namespaces, a byte order mark and elements that are null."""
    text = re.sub(r' xmlns(:\w+)?="[^"]*"', "", data.decode("utf-8-sig"))
    return re.sub(r'<[\w.-]+ xsi:nil="true"/>', "", text).encode()


def reads(name: str, read: Callable[[bytes], Any], data: bytes, expected: Any) -> bool:
    """Whether a peer reads a shape at all; that it reads the same is asserted."""
    from bench.wire.peer_models import plain

    try:
        value = plain(read(data))
    except Exception as error:  # what a library has no models for, it has its own exceptions for
        print(f"  without {name}: {type(error).__name__} {str(error)[:80]}")
        return False
    assert value == expected, (name, value, expected)
    return True


def without(value: Any, lost: tuple[str, ...]) -> Any:
    """Parsed JSON without some members."""
    if isinstance(value, dict):
        return {name: without(each, lost) for name, each in value.items() if name not in lost}
    return [without(each, lost) for each in value] if isinstance(value, list) else value


def value_of(shape: Shape, model: Any) -> tuple[Any, bytes]:
    """A shape's value, and its document in XML."""
    from bindwright.runtime import json, xml

    if isinstance(shape.source, bytes):
        return xml.decode(shape.source, model), shape.source
    value = json.decode(stdlib.dumps(shape.source), model)
    data = xml.encode(value)
    assert xml.decode(data, model) == value
    return value, data


def measure_xml(shape: Shape, model: Any) -> None:
    """The table of one shape in XML."""
    from bindwright.runtime import json, xml
    from lxml import etree

    from bench.wire.peer_models import plain

    value, data = value_of(shape, model)
    for _ in range(300 if len(data) < 50_000 else 4):
        assert xml.decode(data, model) == value
    expected = plain(without(stdlib.loads(json.encode(value)), shape.lost))
    bare = kind_document(data)
    others = {name: read for name, read in peers(shape).items() if reads(name, read, bare, expected)}
    runs: dict[str, Callable[[], object]] = {
        "bindwright": lambda: xml.decode(data, model),
        LXML: lambda: etree.fromstring(data),
        "bindwright, written": lambda: xml.encode(value),
        **{name: lambda read=read: read(bare) for name, read in others.items()},
    }
    times = microseconds(runs, loops=shape.loops, rounds=15, clock=time.process_time)
    table(f"XML, {shape.name}, {len(data):,} bytes", times)
    own, parse = times["bindwright"][1], times[LXML][1]
    goal("decode, of bare lxml", own / parse, DECODE, at_most=True)
    goal("encode, of bare lxml", times["bindwright, written"][1] / parse, ENCODE, at_most=True)
    if "polyxml" in times:
        goal("decode, faster than polyxml", times["polyxml"][1] / own, 1, at_most=False)
    if "xsdata" in times:
        goal("decode, faster than xsdata", times["xsdata"][1] / own, 15, at_most=False)


def measure_json(shape: Shape, models: dict[str, Any]) -> None:
    """The tables of one shape in JSON."""
    import msgspec
    from bindwright.runtime import json

    ours, pydantic = getattr(models["models"], shape.model), getattr(models["models_pydantic"], shape.model)
    decoder = msgspec.json.Decoder(getattr(models["models_msgspec"], shape.model))
    data = json.encode(value_of(shape, ours)[0])
    codecs: dict[str, tuple[Callable[[bytes], Any], Callable[[Any], bytes]]] = {
        "bindwright": (lambda data: json.decode(data, ours), json.encode),
        "pydantic": (
            pydantic.model_validate_json,
            lambda value: value.model_dump_json(by_alias=True, exclude_unset=True).encode(),
        ),
        "msgspec Struct": (decoder.decode, msgspec.json.Encoder().encode),
    }
    for name, (decode, encode) in codecs.items():
        assert stdlib.loads(encode(decode(data))) == stdlib.loads(data), name
    values = {name: decode(data) for name, (decode, _) in codecs.items()}
    runs = {name: lambda decode=decode: decode(data) for name, (decode, _) in codecs.items()}
    written = {
        name: lambda encode=encode, name=name: encode(values[name]) for name, (_, encode) in codecs.items()
    }
    for words, each in (("decode", runs), ("encode", written)):
        times = microseconds(each, loops=shape.loops, rounds=15, clock=time.process_time)
        table(f"JSON, {words}, {shape.name}, {len(data):,} bytes", times)
        own = times["bindwright"][1]
        goal(f"{words}, faster than pydantic", times["pydantic"][1] / own, 1.5, at_most=False)
        goal(f"{words}, of msgspec's Struct", own / times["msgspec Struct"][1], 3.0, at_most=True)


def run(formats: set[str], words: list[str]) -> None:
    """The tables of some formats, of all shapes or of those whose names have one of some words."""
    from bindwright.runtime.compile.accelerator import xml_documents

    how = "with" if xml_documents() is not None else "without"
    print(
        f"\nFurther shapes, {' and '.join(sorted(formats))}, Python {sys.version.split()[0]}, {how} the accelerator"
    )
    styles = ("attrs", "pydantic", "msgspec") if "JSON" in formats else ("attrs",)
    # The folder stays until the end: models are imported when they are first used.
    with tempfile.TemporaryDirectory() as folder:
        package_of(DOCUMENT, "bench_shapes_models", Path(folder), styles=",".join(styles))
        names = ["models", *(f"models_{style}" for style in styles[1:])]
        models = {name: import_module(f"bench_shapes_models.{name}") for name in names}
        for shape in shapes():
            if words and not any(word in shape.name for word in words):
                continue
            if "XML" in formats:
                measure_xml(shape, getattr(models["models"], shape.model))
            if "JSON" in formats:
                measure_json(shape, models)


def main() -> None:
    """XML in the peers' environment, or here where no Python can make one; JSON here."""
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    if "--xml" in sys.argv[1:]:
        run({"XML"}, words)
        return
    python = environment()
    if python is None:
        run({"XML", "JSON"}, words)
        return
    path = os.pathsep.join((str(ROOT), str(ROOT / "codegen"), str(ROOT / "generated")))
    command = [python, "-m", "bench.wire.bench_shapes", "--xml", *words]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": path})
    run({"JSON"}, words)


if __name__ == "__main__":
    main()
