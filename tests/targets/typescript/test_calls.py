"""Calls of generated packages: what the code that was chosen for an operation asks for, sends and reads. `fetch` is given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.typescript.node import run

from .packages import files_of, write

_PROGRAM = """
import * as api from PACKAGE;
const [operation, args, answer, formats] = JSON.parse(process.argv[1]);
let sent;
const fetch = async (request) => {
  sent = [request.method, request.url.slice(17), request.headers.get('accept')];
  const [status, type, body] = answer;
  return new Response(body, { status, headers: type === null ? {} : { 'content-type': type } });
};
const client = api.connectBy('https://a.example', formats.map((name) => api[name]), { fetch });
const said = await api[operation](client, args).then((value) => value ?? null, (error) => `${error.name}: ${error.message}`);
console.log(JSON.stringify([sent, said instanceof Blob ? await said.text() : said]));
"""
_OBJECT = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer", "format": "int32"}}}


def document(contents: dict[str, Any], path: str = "/a", *parameters: dict[str, Any], **more: Any) -> Any:
    """A document of one operation, whose answers of status 200 are these contents by media type."""
    success = {"description": "", "content": {name: {"schema": schema} for name, schema in contents.items()}}
    get = {
        "operationId": "askIt", "parameters": list(parameters), "responses": {"200": success, **more},
    }  # fmt: skip
    schemas = {"Pet": {**_OBJECT, "xml": {"name": "pet"}}, "Other": {**_OBJECT, "xml": {"name": "other"}}}
    return {
        "openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {path: {"get": get}}, "components": {"schemas": schemas},
    }  # fmt: skip


def called(
    tmp_path: Path, described: Any, answer: list[Any], args: Any = None, *formats: str
) -> tuple[list[str], Any]:
    """The request of a call (method, target, what it asks for), and its result or what it throws."""
    package = write(files_of(described, tmp_path), tmp_path / "package")
    program = _PROGRAM.replace("PACKAGE", json.dumps(str(package / "index.js")))
    sent, result = json.loads(
        run("--input-type=module", "--eval", program, json.dumps(["askIt", args or {}, answer, formats or ["json"]]))
    )  # fmt: skip
    return sent, result


_PET = {"$ref": "#/components/schemas/Pet"}
_ELSE = {"$ref": "#/components/schemas/Other"}
_PROBLEM = {"description": "", "content": {"application/problem+json": {"schema": _PET}}}


@pytest.mark.parametrize(
    ("contents", "more", "formats", "accept"),
    [
        ({"application/json": _PET}, {}, ["json"], "application/json"),
        ({"application/json": _PET, "application/csp-report": _PET}, {}, ["json"], "application/json"),
        ({"application/json": _PET, "application/xml": _PET}, {}, ["xml", "json"], "application/xml,application/json"),
        ({"text/xml": _PET, "text/json": _PET}, {}, ["xml", "json"], "text/xml, text/json"),
        ({"text/xml": _PET, "text/json": _PET}, {}, ["json"], "text/json"),
        ({"application/xml": _PET}, {}, ["json", "xml"], "application/xml"),
        ({"application/vnd.pet+json": _PET}, {}, ["json"], "application/vnd.pet+json"),
        ({"application/json": _PET}, {"400": _PROBLEM}, ["json"], "application/json, application/problem+json"),
        ({"image/png": {}, "application/json": _PET}, {}, ["json"], "application/json, image/png"),
    ],
)  # fmt: skip
def test_what_is_asked_for(
    contents: dict[str, Any], more: dict[str, Any], formats: list[str], accept: str, tmp_path: Path
) -> None:
    sent, _ = called(tmp_path, document(contents, **more), [204, None, None], {}, *formats)
    assert sent[2] == accept


@pytest.mark.parametrize(
    ("contents", "answer", "read"),
    [
        ({"application/json": _PET, "application/csp-report": _PET}, [200, "application/csp-report", '{"id":1}'], {"id": 1}),
        ({"application/json": _PET, "text/xml": _PET}, [200, "text/xml; charset=utf-8", "<pet><id>1</id></pet>"], {"id": 1}),
        ({"application/json": _PET, "text/xml": _ELSE}, [200, "text/xml", "<other><id>2</id></other>"], {"id": 2}),
        ({"application/json": _PET, "application/xmlish+json": {"type": "string"}}, [200, "application/xmlish+json", '"a"'], "a"),
        ({"image/png": {}, "application/json": _PET}, [200, "image/png", "abc"], "abc"),
        ({"image/*": {}, "application/json": _PET}, [200, "image/png", "abc"], "abc"),
        ({"application/json": _PET}, [200, "text/html", "<p>"], "DataError: an answer in text/html"),
        ({"application/json": _PET}, [302, "text/html", "<p>"], "ApiError: 302"),
    ],
)  # fmt: skip
def test_what_is_read(contents: dict[str, Any], answer: list[Any], read: Any, tmp_path: Path) -> None:
    assert called(tmp_path, document(contents), answer, {}, "xml", "json")[1] == read


def test_ranges_of_statuses(tmp_path: Path) -> None:
    contents = {"description": "", "content": {"application/json": {"schema": _PET}}}
    described = document({"application/json": _PET}, **{"4XX": contents, "default": {"description": ""}})
    assert called(tmp_path, described, [404, "application/json", '{"id":1}'])[1] == "ApiError: 404"
    assert called(tmp_path, described, [204, None, None])[1] is None


@pytest.mark.parametrize(
    ("listed", "read"),
    [
        ({"200": True}, {"id": 1}),
        ({"200": True, "400": True, "default": False}, {"id": 1}),
        ({"200": False, "204": False, "203": True}, {"id": 1}),
        ({"202": True, "4XX": False}, {"id": 1}),
        ({"404": True}, None),
        ({"204": False, "default": True}, None),
        ({"default": True}, {"id": 1}),
    ],
)
def test_successes_that_are_not_listed(listed: dict[str, bool], read: Any, tmp_path: Path) -> None:
    """A document need not list every number: a success is read as the nearest one, as in Python."""
    content = {"content": {"application/json": {"schema": _PET}}}
    described = document({"application/json": _PET})
    operation = next(iter(described["paths"].values()))["get"]
    operation["responses"] = {
        status: {"description": ""} | (content if has else {}) for status, has in listed.items()
    }
    assert called(tmp_path, described, [201, "application/json", '{"id":1}'])[1] == read


def parameter(name: str, schema: dict[str, Any], location: str = "path", **more: Any) -> dict[str, Any]:
    return {"name": name, "in": location, "required": True, "schema": schema, **more}


_INT = {"type": "integer", "format": "int32"}


@pytest.mark.parametrize(
    ("path", "parameters", "args", "target"),
    [
        ("/a/{b}/c/{d}", [parameter("b", _INT), parameter("d", {"type": "string"})], {"b": 7, "d": "x/ü"}, "/a/7/c/x%2F%C3%BC"),
        ("/a`${b}\\{b}'{b}", [parameter("b", _INT)], {"b": 7}, "/a%60$7/7'7"),
        ("/a/{b}", [parameter("b", {"type": "array", "items": _INT}, style="matrix")], {"b": [1, 2]}, "/a/;b=1,2"),
        ("/a/{b}", [parameter("b", {"type": "string"})], {"b": ".."}, None),
        ("/a/{b}?c={b}", [parameter("b", {"type": "string"}), parameter("e", _INT, "query")], {"b": "..", "e": 1}, None),
        ("/a/{b}?c=1", [parameter("b", {"type": "string"}), parameter("e", _INT, "query")], {"b": "...", "e": 1}, "/a/...?c=1&e=1"),
        ("/a/{b}", [parameter("b", {}, content={"application/json": {"schema": _PET}})], {"b": {"id": 1}}, "/a/%7B%22id%22%3A1%7D"),
        ("/a/{b}", [parameter("b", _INT)], {}, None),
    ],
)  # fmt: skip
def test_paths(path: str, parameters: list[Any], args: Any, target: str | None, tmp_path: Path) -> None:
    for declared in parameters:
        if "content" in declared:
            del declared["schema"]
    described = document({"application/json": _PET}, path, *parameters)
    sent, result = called(tmp_path, described, [200, "application/json", '{"id":1}'], args)
    assert (sent[1] if sent else None) == target, result
    assert target is not None or result.startswith("DataError: ")


_HERE, _EUROPE = "https://here.example/v1", "https://eu.files.example"
_REGION = {
    "url": "https://{region}.files.example/",
    "variables": {"region": {"default": "eu", "enum": ["eu", "us"]}},
}


@pytest.mark.parametrize(
    ("servers", "own", "base", "called_at"),
    [
        ([{"url": f"{_HERE}/"}], [_REGION, {"url": "https://second.example"}], f"{_HERE}/", f"{_EUROPE}/a"),
        ([{"url": "https://first.example"}, {"url": _HERE}], [_REGION], _HERE, f"{_EUROPE}/a"),
        ([{"url": _HERE}], [_REGION], "http://localhost:1", "http://localhost:1/a"),
        ([{"url": _HERE}], [{"url": "../files"}], _HERE, "https://here.example/files/a"),
        ([{"url": _HERE}], [{"url": "/"}], _HERE, "https://here.example/a"),
        ([{"url": "/relative"}], [_REGION], "", f"{_EUROPE}/a"),
        ([{"url": "/relative"}], [_REGION], _HERE, f"{_HERE}/a"),
        ([{"url": _HERE}], [], _HERE, f"{_HERE}/a"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("of", ["operation", "path"])
def test_servers_of_operations(
    of: str, servers: list[Any], own: list[Any], base: str, called_at: str, tmp_path: Path
) -> None:
    """The caller's address goes before every server, as in the Python client, unless it is the document's."""
    described = document({"application/json": _PET})
    described["servers"] = servers
    item = described["paths"]["/a"]
    (item["get"] if of == "operation" else item)["servers"] = own
    package = write(files_of(described, tmp_path), tmp_path / "package")
    program = f"""
    import * as api from {json.dumps(str(package / "index.js"))};
    const urls = [];
    const fetch = async (request) => (urls.push(request.url), new Response(null, {{ status: 204 }}));
    const client = api.connect({json.dumps(base)}, {{ fetch }});
    for (const call of [api.askIt, api.askIt.raw]) await call(client, {{}}).catch(() => {{}});
    console.log(JSON.stringify(urls));
    """
    assert json.loads(run("--input-type=module", "--eval", program)) == [called_at, called_at]
    modules = [path.read_text(encoding="utf-8") for path in (package / "operations").glob("*.js")]
    assert any("atServer" in module for module in modules) is bool(own)


@pytest.mark.parametrize(
    ("base", "variables", "called_at"),
    [
        ("https://{zone}.api.example/", {"zone": "us", "region": "us"}, "https://us.files.example/a"),
        ("https://eu.api.example", {"zone": "us"}, "https://eu.api.example/a"),
        ("https://{zone}.api.example", {"zone": "eu"}, f"{_EUROPE}/a"),
        ("http://{zone}.test", {"zone": "c"}, "http://c.test/a"),
    ],
)
def test_variables_of_servers(base: str, variables: Any, called_at: str, tmp_path: Path) -> None:
    described = document({"application/json": _PET})
    described["servers"] = [
        {"url": "https://{zone}.api.example/", "variables": {"zone": {"default": "eu"}}},
        {"url": "https://eu.api.example:8443"},
    ]
    described["paths"]["/a"]["get"]["servers"] = [_REGION]
    package = write(files_of(described, tmp_path), tmp_path / "package")
    program = f"""
    import * as api from {json.dumps(str(package / "index.js"))};
    const fetch = async (request) => (console.log(request.url), new Response(null, {{ status: 204 }}));
    const client = api.connect({json.dumps(base)}, {{ fetch, serverVariables: {json.dumps(variables)} }});
    await api.askIt(client, {{}}).catch(() => {{}});
    """
    assert run("--input-type=module", "--eval", program).strip() == called_at


@pytest.mark.parametrize(
    ("media_type", "text", "encoding", "result"),
    [
        ("text/plain; charset=iso-8859-1", "caf\u00e9", "latin-1", "caf\u00e9"),
        ("text/plain", "caf\u00e9", "utf-8", "caf\u00e9"),
        ('application/json; charset="ISO-8859-1"', '"caf\u00e9"', "latin-1", "caf\u00e9"),
        ("application/xml; charset=utf-8", '<?xml version="1.0" encoding="iso-8859-1"?><w>caf\u00e9</w>', "utf-8", "caf\u00e9"),
        ("application/xml; charset=iso-8859-1", "<w>caf\u00e9</w>", "latin-1", "caf\u00e9"),
        ("application/xml; charset=iso-8859-1", "\ufeff<w>caf\u00e9</w>", "utf-8", "caf\u00e9"),
        ("application/json; charset=klingon", '"a"', "utf-8", "DataError"),
    ],
)  # fmt: skip
def test_the_charset_of_an_answer_is_that_of_its_header(
    media_type: str, text: str, encoding: str, result: str, tmp_path: Path
) -> None:
    """It goes before a declaration, and a mark of the byte order goes before both (RFC 7303, 3.2 and 3.3)."""
    word = {"type": "string"}
    described = document(
        {"text/plain": word, "application/json": word, "application/xml": {**word, "xml": {"name": "w"}}}
    )
    package = write(files_of(described, tmp_path), tmp_path / "package")
    octets = list(text.encode(encoding))
    program = f"""
    import * as api from {json.dumps(str(package / "index.js"))};
    const fetch = async () => new Response(new Uint8Array({octets}), {{ headers: {{ 'content-type': {json.dumps(media_type)} }} }});
    const client = api.connect('http://h', {{ fetch, formats: [api.json, api.xml] }});
    console.log(await api.askIt(client, {{}}).catch((error) => error.name));
    """
    assert run("--input-type=module", "--eval", program).strip() == result


def test_members_that_are_called_like_those_of_every_object(tmp_path: Path) -> None:
    names = ["__proto__", "constructor", "toString"]
    schema = {
        "type": "object",
        "properties": {name: {"type": "string"} for name in names},
        "required": names[:2],
    }
    described = document({"application/json": schema})
    whole = '{"__proto__":"a","constructor":"b","toString":"c"}'
    assert called(tmp_path, described, [200, "application/json", whole])[1] == json.loads(whole)
    part = '{"__proto__":"a","constructor":"b"}'
    assert called(tmp_path, described, [200, "application/json", part])[1] == json.loads(part)
    none = '{"__proto__":"a"}'
    assert (
        called(tmp_path, described, [200, "application/json", none])[1]
        == "DataError: missing at /constructor"
    )


def test_xml_of_members_that_are_called_like_those_of_every_object(tmp_path: Path) -> None:
    """Also `__proto__`, in both readers."""
    names = ["constructor", "toString"]
    schema = {
        "type": "object",
        "xml": {"name": "a"},
        "properties": {name: {"type": "string"} for name in names},
    }
    described = document({"application/xml": {"$ref": "#/components/schemas/A"}})
    described["components"]["schemas"]["A"] = schema
    answer = [200, "application/xml", "<a><toString>b</toString></a>"]
    assert called(tmp_path, described, answer, {}, "plainXmlAnswers")[1] == {"toString": "b"}
    schema["properties"]["__proto__"] = {"type": "string"}
    answer = [200, "application/xml", "<a><__proto__>b</__proto__></a>"]
    for formats in ("plainXmlAnswers", "xmlAnswers"):
        (tmp_path / formats).mkdir()
        assert called(tmp_path / formats, described, answer, {}, formats)[1] == {"__proto__": "b"}
