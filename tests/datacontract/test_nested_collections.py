"""Collections as items: they declare their own items' namespace themselves, unless they are null (the rules, 5)."""

from __future__ import annotations

import io

import pytest
from bindwright.runtime import json, xml
from bindwright.runtime.xml import Settings

from tests.meaning.driver import generate

I = "http://www.w3.org/2001/XMLSchema-instance"  # noqa: E741 — .NET's prefix
SCHEMAS = """
    Address: {type: object, x-xml-profile: datacontract, xml: {name: Address, namespace: 'urn:other'},
      properties: {City: {type: string, xml: {namespace: 'urn:other'}}}}
    Books: {type: array, x-xml-profile: datacontract, xml: {name: ArrayOfBook, namespace: 'urn:orders', wrapped: true},
      items: BOOK}
    Box: {type: object, x-xml-profile: datacontract, xml: {name: Box, namespace: 'urn:dto'}, properties: {
      L: {type: array, nullable: true, xml: {namespace: 'urn:dto', wrapped: true}, items: BOOK},
      M: {type: object, nullable: true, xml: {namespace: 'urn:dto'},
          x-dcs-dictionary: {item: KeyValueOfstringBook, namespace: 'urn:arrays', key: Key, value: Value},
          additionalProperties: {type: array, nullable: true, xml: {namespace: 'urn:arrays', wrapped: true}, items: BOOK}}}}
""".replace(
    "BOOK",
    "{type: array, nullable: true, xml: {name: Book, namespace: 'urn:orders', wrapped: true}, items:"
    " {allOf: [{$ref: '#/components/schemas/Address'}], nullable: true, xml: {name: entry, namespace: 'urn:orders'}}}",
)


@pytest.mark.parametrize(
    ("writer", "root", "member"),
    [
        (
            "xmlwriter",
            f'<ArrayOfBook xmlns:i="{I}" xmlns="urn:orders"><Book xmlns:d2p1="urn:other"><entry><d2p1:City>Brno</d2p1:City>'
            '</entry></Book><Book i:nil="true" /><Book xmlns:d2p1="urn:other" /></ArrayOfBook>',
            '<L xmlns:d2p1="urn:orders"><d2p1:Book xmlns:d3p1="urn:other"><d2p1:entry><d3p1:City>Brno</d3p1:City></d2p1:entry>'
            '</d2p1:Book><d2p1:Book i:nil="true" /></L>',
        ),
        (
            "utf8",
            f'<ArrayOfBook xmlns="urn:orders" xmlns:i="{I}"><Book xmlns:a="urn:other"><entry><a:City>Brno</a:City>'
            '</entry></Book><Book i:nil="true"/><Book xmlns:a="urn:other"/></ArrayOfBook>',
            '<L xmlns:a="urn:orders"><a:Book xmlns:b="urn:other"><a:entry><b:City>Brno</b:City></a:entry>'
            '</a:Book><a:Book i:nil="true"/></L>',
        ),
    ],
)
def test_a_collection_within_a_collection_declares(writer: str, root: str, member: str) -> None:
    models = generate(SCHEMAS, version="3.0.4").models
    brno = models.Address(city="Brno")
    settings = Settings(writer=writer)  # type: ignore[arg-type]
    assert xml.encode(models.Books([[brno], None, []]), settings=settings).decode() == root
    box = models.Box(l=[[brno], None], m={"k": [[brno], None]})
    written = xml.encode(box, settings=settings).decode()
    assert member in written
    value = written[written.index("Value xmlns") :]
    assert value.count("urn:other") == 1, "the null item of the dictionary's value declares nothing"
    assert xml.decode(root.encode(), models.Books) == [[brno], None, []]
    assert xml.decode(written.encode(), models.Box) == box


def test_items_written_one_by_one_declare_the_same() -> None:
    models = generate(SCHEMAS, version="3.0.4").models
    items = [[models.Address(city="Brno")], None, []]
    out = io.BytesIO()
    with xml.writer(out, models.Books) as writer:
        for item in items:
            writer.write(item)
    assert out.getvalue() == xml.encode(models.Books(items))


def test_keys_of_which_nothing_is_said_are_texts() -> None:
    models = generate(SCHEMAS, version="3.0.4").models
    text = b'{"L":null,"M":{"k":[[{"City":"Brno"}]]}}'
    box = json.decode(text, models.Box)
    assert list(box.m) == ["k"]
    assert json.encode(box) == text
