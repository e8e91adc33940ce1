"""Names of a document stay names: in code of every style, in XML, in requests, on terminals, whatever they are.

`document` has a type of every kind; each example puts hostile texts into some of its names. What cannot be a name is
refused or told of; what is written is well-formed, and has the elements that harmless names give.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import json
import os
import random
import warnings
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from xml.parsers import expat

import h11
import pytest
from bindwright import ir
from bindwright.openapi import LoadedDocument, loads, render
from bindwright.runtime.http import HttpError, Operation, Resource
from bindwright.serve import App, Request, Response
from bindwright.serve.loading import make
from bindwright.serve.package.codecs import BodyPlace, CodecError
from bindwright.serve.package.import_from_memory import install, uninstall, unused_name
from bindwright.standards.terminal import escape_controls
from bindwright.targets.python import PythonOptions, emit
from bindwright.testing import MockReply

from tests.hostile.document import document, slots
from tests.targets.python.test_hostile import check

EXAMPLES = int(os.environ.get("HOSTILE_NAMES", "30"))
NAMES = [
    "a b", "x><y/>", 'x" i:nil="true', "x' y='z", "}", "{urn:z}x", "{0}", "{{", "x\r\nX-Evil: 1", "a:b", ":", "xml", "xmlns",
    "xmlns:x", "xsi", "xsi:type", "&amp;", "]]>", "-->", "<!--", "1", "__class__", "self", "x\x00y", "\x1b[31mx", "x\u202ey",
    "\ud800x", "é", "../x", "%", "%00", "?x", "#", "a/b", ";", ",", "=", '"', "\\", "\n", "$", "{x}", "'''", '"""',
    'a"+__import__("os").system("x")+"', "f{1/0}", "x" * 300, "http://www.w3.org/2000/xmlns/", "\ufffe", "\u2028", "Content-Length",
    "Host", "Transfer-Encoding", "application/json; charset=utf-7", "text/html", "http://evil.example/", "//evil.example", "@evil",
]  # fmt: skip


def elements(data: bytes) -> list[tuple[int, str]]:
    """The depth and local name of each element; a document that is not well-formed, or whose prefixes are not declared,
    raises."""
    depths: list[tuple[int, str]] = []
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depths.append((depth, name.rpartition("\x1f")[2]))
        depth += 1

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate(namespace_separator="\x1f")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return depths


def calls_in(files: dict[str, str]) -> set[str]:
    """What the modules call when they are imported or used, but for classes of their own."""
    calls: set[str] = set()
    own: set[str] = set()
    for path, text in files.items():
        if path.endswith(".py"):
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                tree = ast.parse(text)
            own |= {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
            calls |= {
                ast.unparse(node.func)
                for node in ast.walk(tree)
                if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute))
            }
    return calls - own


class Example:
    """The document with texts in some slots, generated and loaded; None where it is refused."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts
        read = loads(json.dumps(document(texts.get)))
        self.api = ir.lower(read)
        self.document: LoadedDocument = read
        self.refused = read.diagnostics.failed
        rendered = render(read.diagnostics.items, read)
        assert escape_controls(rendered) == rendered

    def app(self) -> App:
        return make(self.api)

    def bodies(self, app: App) -> Iterator[tuple[str, BodyPlace, Any]]:
        """The answers of the mock, in JSON, of every kind."""
        for operation in self.api.operations:
            if operation.method.upper() == "GET" and operation.path.startswith("/kinds/"):
                request = Request(
                    method="GET", target=operation.path, headers=(("accept", "application/json"),)
                )
                response = app.respond(request)
                assert response.status == 200, (operation.path, response.body)
                [content] = [
                    candidate
                    for candidate in operation.responses[0].contents
                    if candidate.media_type == "application/xml"
                ]
                yield operation.path, BodyPlace(operation, "200", content), json.loads(response.body)  # fmt: skip


@cache
def harmless() -> tuple[set[str], dict[str, list[int]]]:
    """What harmless names give: the calls of the code, and the depths of the elements of each kind."""
    example = Example({})
    app = example.app()
    depths = {
        path: [depth for depth, _ in elements(app.codecs.to_xml(place, value))]
        for path, place, value in example.bodies(app)
    }
    return calls_in(emit(example.api, PythonOptions(package="shop")).files), depths


def examples() -> list[dict[str, str]]:
    """Some slots with hostile texts each; every slot comes, and every text."""
    source, drawn = random.Random("names"), []
    waiting: list[str] = []
    texts: list[str] = []
    for _ in range(EXAMPLES):
        chosen: dict[str, str] = {}
        for _ in range(source.choice([1, 3, 8])):
            waiting = waiting or source.sample(slots(), len(slots()))
            texts = texts or source.sample(NAMES, len(NAMES))
            chosen[waiting.pop()] = texts.pop()
        drawn.append(chosen)
    return drawn


@pytest.mark.parametrize("texts", examples(), ids=lambda texts: str(sorted(texts))[:60])
def test_hostile_names(texts: dict[str, str]) -> None:
    example = Example(texts)
    if example.refused:
        return
    output = emit(example.api, PythonOptions(package="shop"))
    check(output.files)
    # A mapping whose keys cannot be names in a class is written as a call, all of it literals.
    assert calls_in(output.files) <= harmless()[0] | {"TypedDict"}
    app = example.app()
    for path, place, value in example.bodies(app):
        try:
            written = app.codecs.to_xml(place, value)
        except CodecError:
            continue
        depths = [depth for depth, _ in elements(written)]
        expected = harmless()[1][path]
        # An `x-xml-order` that names nobody leaves the members in another order.
        assert depths == expected or ("order" in texts and sorted(depths) == sorted(expected)), written
        assert app.codecs.from_xml(place, written) == value, written


class Wire:
    """A transport that sends nothing: requests go through a strict parser of HTTP, which is not ours."""

    def __init__(self) -> None:
        self.targets: list[str] = []

    def send(self, request: Any, deadline: object = None) -> MockReply:
        parts = urlsplit(request.url)
        assert (parts.scheme, parts.hostname, parts.username) == ("https", "pets.example", None), request.url
        target = request.url.partition("pets.example")[2] or "/"
        body = request.body if isinstance(request.body, bytes) else b"".join(request.body or ())
        ours, theirs = h11.Connection(h11.CLIENT), h11.Connection(h11.SERVER)
        headers = [*request.headers.items()]
        if not any(name.lower() == "host" for name, _ in headers):
            headers.append(("Host", parts.hostname))
        if not any(name.lower() in ("content-length", "transfer-encoding") for name, _ in headers):
            headers.append(("Content-Length", str(len(body))))
        sent = ours.send(h11.Request(method=request.method, target=target, headers=headers))
        theirs.receive_data(
            sent + (ours.send(h11.Data(data=body)) or b"") + (ours.send(h11.EndOfMessage()) or b"")
        )
        received = theirs.next_event()
        assert isinstance(received, h11.Request)
        assert len(received.headers) == len(headers)
        assert target.isascii()
        assert not set(target) & set(' "<>\\^`{|}')
        self.targets.append(target)
        return MockReply(Response(status=200, headers=(("Content-Type", "application/json"),), body=b"{}"))

    def close(self) -> None:
        """Nothing is held."""


def request_texts() -> list[dict[str, str]]:
    """Each name of a request with texts that could break out of it."""
    places = [
        slot for slot in slots() if not slot.partition(".")[0][:1].isupper() or slot == "Inline.property"
    ]
    source = random.Random("requests")
    chosen = [
        dict(zip(source.sample(places, 3), source.sample(NAMES, 3), strict=True))
        for _ in range(EXAMPLES // 2)
    ]
    header = ["query.name", "header.name", "form.property", "segment"]
    return [*chosen, *(dict.fromkeys(header, text) for text in source.sample(NAMES, EXAMPLES // 6))]


def test_requests_with_hostile_names() -> None:
    sent = 0
    for texts in request_texts():
        example = Example(texts)
        if example.refused:
            continue
        package = unused_name()
        install(package, emit(example.api, PythonOptions(package=package)).files)
        try:
            sent += send_all(importlib.import_module(package), texts)
        finally:
            uninstall(package)
    assert sent > EXAMPLES // 2


def send_all(package: Any, texts: dict[str, str]) -> int:
    """Call the operation that has parameters, with and without a form; how many requests went out."""
    wire = Wire()
    field = texts.get("form.property", "field")
    with package.Client("https://pets.example", transport=wire, retries=0) as client:
        operations = importlib.import_module(f"{package.__name__}.client")._API.resources
        for module in {place.partition(":")[0] for place in operations.values()}:
            for operation in vars(importlib.import_module(f"{package.__name__}.api.{module}")).values():
                if isinstance(operation, Operation) and operation.parameters:
                    arguments = {
                        parameter.name: "v"
                        for parameter in operation.parameters
                        if parameter.type in (None, "str")
                    }
                    for body in (None, {field: "v", "file": ("name", b"x")}):
                        more = {} if body is None else {"body": body}
                        with contextlib.suppress(HttpError):
                            Resource(client)._call(operation, arguments, **more, options={})
    return len(wire.targets)


STYLES = ("attrs", "pydantic", "dataclass", "typeddict", "msgspec")


@pytest.mark.parametrize("text", random.Random("styles").sample(NAMES, 3 if EXAMPLES <= 30 else len(NAMES)))
def test_hostile_names_in_every_style(text: str) -> None:
    pytest.importorskip("datamodel_code_generator")
    source = random.Random(text.encode(errors="surrogatepass"))
    chosen = {slot: text for slot in source.sample(slots(), len(slots()) // 3) if ".xml." not in slot}
    example = Example(chosen)
    if example.refused:
        return
    plain_calls = calls_in(emit(Example({}).api, PythonOptions(package="shop", models=STYLES)).files)
    output = emit(example.api, PythonOptions(package="shop", models=STYLES))
    assert not [diagnostic for diagnostic in output.diagnostics if diagnostic.level == "error"]
    assert calls_in(output.files) <= plain_calls | {"Meta", "Discriminator", "StrEnum", "Enum", "TypedDict"}


DIAGNOSED = {
    "Element.member.xml.name": ("a b", "xml-name"), "Element.root.xml.prefix": ("xmlns", "xml-name"),
    "Bare.member.xml.prefix": ("a:b", "xml-name"), "Bare.root.xml.namespace": ("urn:}", "xml-name"),
    "items.xml.namespace": ("urn:\x01", "xml-name"), "entries.item": ("<x>", "xml-name"), "entries.key": ("1", "xml-name"),
    "entries.namespace": ("http://www.w3.org/2000/xmlns/", "xml-name"), "media.answer": ("a b", "media-type"),
    "header.name": ("a b", "header-name"), "Pattern.value": (r"\p{Script=Greek}", "unchecked-pattern"), "keys": ("(", "invalid-pattern"),
}  # fmt: skip


@pytest.mark.parametrize("slot", DIAGNOSED)
def test_what_cannot_be_a_name_is_told_of(slot: str) -> None:
    text, code = DIAGNOSED[slot]
    before = Counter(item.code for item in Example({}).document.diagnostics.items)
    after = Counter(item.code for item in Example({slot: text}).document.diagnostics.items)
    assert (after - before)[code] >= 1
