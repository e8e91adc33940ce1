"""Objects with ids: a reference that nothing has, or that two objects have, is refused as in Python, in JSON and XML."""

from __future__ import annotations

from pathlib import Path

from bindwright.ir import lower, serialize
from bindwright.openapi import loads
from bindwright.ports.python_port import Port

from tests.typescript.node import answers, transcode

DOCUMENT = """
openapi: 3.1.0
info: {title: References, version: '1'}
x-xml-profile: datacontract
paths: {}
components:
  schemas:
    Person:
      type: object
      x-dcs-is-reference: {idProperty: $id, refProperty: $ref, refAttribute: Ref}
      properties:
        $id: {type: string, xml: {attribute: true, name: Id, namespace: 'http://schemas.microsoft.com/2003/10/Serialization/', prefix: z}}
        Name: {type: string}
        Next: {$ref: '#/components/schemas/Person'}
        Other: {$ref: '#/components/schemas/Person'}
        Choice: {anyOf: [{type: array, items: {type: integer}}, {$ref: '#/components/schemas/Person'}, {type: string}]}
"""
JSON = [
    '{"$id":"1","Next":{"$id":"1","Name":"b"}}', '{"$id":"1","Next":{"$id":"2"},"Other":{"$id":"2"}}', '{"$id":"1","Next":{"$ref":"9"}}',
    '{"$id":"7","Next":{"$id":"8"},"Other":{"$ref":"8"}}', '{"$id":"1","Next":{"$ref":"1"}}', '{"$id":"1","Choice":{"$id":"2","Name":"c"},"Other":{"$ref":"2"}}',
    '{"$id":"1","Next":{"$ref":"2"},"Other":{"$id":"2"}}', '{"$id":"1","x-unknown":1,"Name":"a"}',
]  # fmt: skip
XML = [
    '<Next z:Id="i1"/>', '<Next z:Id="i2"/><Other z:Id="i2"/>', '<Next z:Ref="i9"/>', '<Next z:Id="i8"/><Other z:Ref="i8"/>', '<Next z:Ref="i1"/>',
    '<Choice z:Id="i2"><Name>c</Name></Choice><Other z:Ref="i2"/>', '<u xmlns="urn:u"/><Name>a</Name>',
]  # fmt: skip


def test_ids_are_those_of_one_object(tmp_path: Path) -> None:
    path = tmp_path / "ir.json"
    path.write_bytes(serialize.dumps(lower(loads(DOCUMENT))))
    python = Port(str(path))
    z = "http://schemas.microsoft.com/2003/10/Serialization/"
    documents = [f'<Person xmlns:z="{z}" z:Id="i1">{text}</Person>' for text in XML]
    requests = [transcode("#Person", "json", target, text) for text in JSON for target in ("json", "xml")]
    requests += [transcode("#Person", "xml", target, text) for text in documents for target in ("json", "xml")]  # fmt: skip
    refused = set()
    for request, answer in zip(requests, answers(str(path), requests), strict=True):
        expected = python.answer({"id": 1, **request})
        assert (answer.get("output"), answer.get("refused")) == (expected.get("output"), expected.get("refused")), request  # fmt: skip
        refused.add((request["from"], answer.get("refused")))
    assert refused == {("json", "decode"), ("json", None), ("xml", "decode"), ("xml", None)}
