"""Pages of an API: complete, linked, true samples, and nothing of a document becomes markup."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
import yaml
from bindwright.ir import lower
from bindwright.ir.model import Api
from bindwright.openapi import load
from bindwright.ports.bindings import Bindings
from bindwright.ports.pages import pages
from bindwright.ports.pages.html import prose as html_of
from bindwright.ports.pages.mounted import WithPages
from bindwright.ports.pages.samples import Samples
from bindwright.serve import Request
from bindwright.serve.loading import make
from bindwright.targets.xsd import emit
from jsonschema import Draft202012Validator
from lxml import etree

from tests.lowering import lowered
from tests.targets.xsd.schemas import compiled

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "openapi.yaml", ROOT / "docs" / "examples" / "shop.yaml"]


def api_of(path: Path) -> Api:
    return lower(load(str(path)))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_operation_has_a_page_and_every_link_leads_somewhere(path: Path) -> None:
    api = api_of(path)
    with Bindings.of(api) as bindings:
        site = pages(bindings)
    assert len(site) == len(api.operations) + 3
    for name, data in site.items():
        if not name.endswith(".html"):
            continue
        for target in re.findall(r'href="([^"]+)"', data.decode()):
            file, _, fragment = target.partition("#")
            assert file in site, (name, target)
            assert not fragment or f'id="{fragment}"' in site[file].decode(), (name, target)
        assert "<script" not in data.decode()
        assert "width=device-width" in data.decode()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_samples_are_valid(path: Path, tmp_path: Path) -> None:
    api = api_of(path)
    document = yaml.safe_load(path.read_text())
    schema = compiled(emit(api), tmp_path)
    samples_seen = set()
    with Bindings.of(api) as bindings:
        samples = Samples(bindings)
        for operation in api.operations:
            bodies = [(response.status, response.contents) for response in operation.responses]
            if operation.body is not None:
                bodies.append((None, operation.body.contents))
            for status, contents in bodies:
                uses = {content.media_type: content.use for content in contents}
                for media_type, _, wire in samples.of_body(operation, status, contents):
                    samples_seen.add(media_type)
                    if "xml" in media_type:
                        schema.assertValid(etree.fromstring(wire))
                    else:
                        use = uses[media_type]
                        assert use is not None
                        name = api.types[use.type].name
                        if name is None:  # an inline schema has no pointer that this test knows
                            continue
                        Draft202012Validator(
                            {"$ref": f"#/components/schemas/{name}", **document},
                            format_checker=Draft202012Validator.FORMAT_CHECKER,
                        ).validate(json.loads(wire))
    assert {"application/json", "application/xml"} <= samples_seen


def test_nothing_of_a_document_becomes_markup() -> None:
    hostile = '"><script>alert(1)</script>\u202e'
    document = {
        "openapi": "3.1.0", "info": {"title": hostile, "version": "1", "description": hostile},
        "tags": [{"name": hostile, "description": hostile}],
        "paths": {"/a": {"get": {"tags": [hostile], "summary": hostile, "description": hostile,
            "parameters": [{"name": hostile, "in": "query", "description": hostile, "schema": {"type": "string", "pattern": hostile}}],
            "responses": {"200": {"description": hostile, "content": {"application/json": {"schema": {
                "title": hostile, "type": "object", "properties": {hostile: {"type": "string", "description": hostile, "enum": [hostile]}}}}}}}}}},
    }  # fmt: skip
    with Bindings.of(lowered(document)) as bindings:
        site = pages(bindings)
    for name, data in site.items():
        if name.endswith(".html"):
            text = data.decode()
            assert "<script" not in text
            assert "\u202e" not in text
    assert any(html.escape("<script>alert(1)</script>") in data.decode() for data in site.values())


def test_a_mock_shows_them_under_docs() -> None:
    api = api_of(DOCUMENTS[0])
    mock = WithPages(api, make(api))
    assert dict(mock.respond(Request(method="GET", target="/docs")).headers)["Location"] == "/docs/"
    index = mock.respond(Request(method="GET", target="/docs/"))
    assert index.status == 200
    assert b"contactLists" in index.body
    assert (
        mock.respond(Request(method="GET", target="/docs/style.css")).header("content-type")
        == "text/css; charset=utf-8"
    )
    assert mock.respond(Request(method="GET", target="/docs/none.html")).status == 404


def test_an_api_with_docs_of_its_own_keeps_them() -> None:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/docs": {"get": {"responses": {"204": {"description": "d"}}}}},
    }
    api = lowered(document)
    assert WithPages(api, make(api)).respond(Request(method="GET", target="/docs")).status == 204


@pytest.mark.parametrize(
    ("prose", "shown"),
    [
        ("Use `a_b` and [docs](https://x.example/a?b=1&c=2).", '<p>Use <code>a_b</code> and <a href="https://x.example/a?b=1&amp;c=2" rel="noreferrer">docs</a>.</p>'),
        ("**Two** _words_ and *one*, snake_case_name, 2 * 3 * 4", "<p><strong>Two</strong> <em>words</em> and <em>one</em>, snake_case_name, 2 * 3 * 4</p>"),
        ("# Title #\n\n- one\n- two\n  more", "<p><strong>Title</strong></p><ul><li>one</li><li>two\n  more</li></ul>"),
        ("Before:\n\n```json\n{\"a\": \"<b>\"}\n\n```\nafter", "<p>Before:</p><pre>{&quot;a&quot;: &quot;&lt;b&gt;&quot;}</pre><p>after</p>"),
        ("<p>Sets <code>x</code>.</p> <ul> <li> <p>one</p> </li> </ul>", "<p>Sets <code>x</code>.</p><ul><li>one</li></ul>"),
        ('<p>See <a class="b" href="https://x.example/?a=1&amp;b=2">this</a>.</p>', '<p>See <a href="https://x.example/?a=1&amp;b=2" rel="noreferrer">this</a>.</p>'),
        ("[x](javascript:alert(1)) `<script>`", "<p>[x](javascript:alert(1)) <code>&lt;script&gt;</code></p>"),
        ('[x](https://a"onclick="b) **<b>**', '<p><a href="https://a&quot;onclick=&quot;b" rel="noreferrer">x</a> <strong>&lt;b&gt;</strong></p>'),
    ],
)  # fmt: skip
def test_descriptions_are_shown_as_they_are_meant(prose: str, shown: str) -> None:
    assert html_of(prose) == shown
