"""Null of a member that means absence by it is absence in JSON and in XML; of anything else that has no null it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from bindwright.ir import lower, serialize
from bindwright.openapi import loads

from tests.ports.test_interpreter import Conversion, run
from tests.typescript.node import answers, transcode
from tests.xml.test_openapi_cases import canonical

DOCUMENT = """
openapi: 3.1.0
info: {title: Nulls, version: '1'}
paths: {}
components:
  schemas:
    Whole:
      type: object
      required: [id]
      properties:
        id: {type: string}
        a: {type: string}
        called: {type: integer, format: int32, xml: {name: other, namespace: 'urn:o'}}
        wrapped: {type: array, items: {type: string}, xml: {wrapped: true}}
        bare: {type: array, items: {type: string}}
        part: {type: object, required: [q], properties: {p: {type: string}, q: {type: string}}}
        either: {oneOf: [{type: object, required: [o], properties: {o: {type: string}}}, {type: integer, format: int32}]}
    Free: {type: object, required: [h, n], properties: {h: {}, n: {type: 'null'}, g: {}}}
    Plain: {type: object, required: [id], properties: {id: {type: string}, a: {type: string}}}
"""
NIL = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>'
ABSENT = {
    f"<a {NIL}": '"a":null',
    f'<o:other xmlns:o="urn:o" {NIL}': '"called":null',
    f"<wrapped {NIL}": '"wrapped":null',
    f"<either {NIL}": '"either":null',
    f"<part {NIL}": '"part":null',
}
REFUSED = [f"<bare {NIL}", f"<part><q {NIL}</part>", f"<wrapped><wrapped {NIL}</wrapped>"]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("nulls") / "ir.json"
    path.write_bytes(serialize.dumps(lower(loads(DOCUMENT))))
    return str(Path(path))


def test_it_is_absence_in_both_formats(api: str) -> None:
    documents = [("xml", f"<Whole><id>x</id>{nil}</Whole>") for nil in ABSENT]
    documents += [("json", f'{{"id":"x",{null}}}') for null in ABSENT.values()]
    requests = [
        transcode("#Whole", source, target, text) for source, text in documents for target in ("json", "xml")
    ]
    expected = ['{"id":"x"}', "<Whole><id>x</id></Whole>"] * len(documents)
    assert [next(iter(answer["output"].values())) for answer in answers(api, requests)] == expected
    converted = run(
        [
            Conversion(api, "Whole", request["from"], request["to"][0], request["input"])
            for request in requests
        ]
    )
    assert [answer["output"] for answer in converted] == expected


def test_within_another_object(api: str) -> None:
    text = f"<Whole><id>x</id><part><p {NIL}<q>y</q></part></Whole>"
    (answer,) = answers(api, [transcode("#Whole", "xml", "json", text)])
    assert answer["output"]["json"] == '{"id":"x","part":{"q":"y"}}'


def test_other_places_have_no_null(api: str) -> None:
    requests = [transcode("#Whole", "xml", "json", f"<Whole><id>x</id>{text}</Whole>") for text in REFUSED]
    requests += [
        transcode(f"#{name}", "xml", "json", f"<{name}><id {NIL}</{name}>") for name in ("Whole", "Plain")
    ]
    assert [answer.get("refused") for answer in answers(api, requests)] == ["decode"] * len(requests)


def test_a_required_member_of_any_type_is_null_where_its_element_is_nil(api: str) -> None:
    """It is written so, and what is absent is refused, as in JSON."""
    text = '{"h":null,"n":null}'
    document = '<Free xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><h xsi:nil="true"/><n xsi:nil="true"/></Free>'
    documents = [("json", text), ("xml", document)]
    requests = [transcode("#Free", source, target, part) for source, part in documents for target in ("json", "xml")]  # fmt: skip
    expected = [text, document] * 2
    assert [next(iter(answer["output"].values())) for answer in answers(api, requests)] == expected
    conversions = [Conversion(api, "Free", request["from"], request["to"][0], request["input"]) for request in requests]  # fmt: skip
    converted = [answer["output"] for answer in run(conversions)]
    assert converted[::2] == expected[::2]
    assert {canonical(output.encode()) for output in converted[1::2]} == {canonical(document.encode())}
    absent = [transcode("#Free", "json", "xml", '{"n":null}'), transcode("#Free", "xml", "json", document.replace('<h xsi:nil="true"/>', ""))]  # fmt: skip
    assert [answer.get("refused") for answer in answers(api, absent)] == ["decode"] * 2
