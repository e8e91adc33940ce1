"""Members that no type describes come back where they stood, also behind what has no place of its own among the members."""

from __future__ import annotations

from pathlib import Path

from bindwright.ir import lower, serialize
from bindwright.openapi import loads

from tests.typescript.node import answers, transcode

DOCUMENT = """
openapi: 3.1.0
info: {title: Unknown members, version: '1'}
x-xml-profile: datacontract
paths: {}
components:
  schemas:
    Shared:
      type: object
      x-dcs-is-reference: {idProperty: $id, refProperty: $ref, refAttribute: Ref}
      properties: {Name: {type: string}, Size: {type: integer, format: int32}}
"""
TEXTS = [
    '{"$id":"1","x-unknown":1,"Name":"a"}',
    '{"$id":"1","x-unknown":1,"y":[2],"Name":"a","z":null,"Size":1,"last":{"a":1}}',
    '{"$id":"1","Name":"a","x-unknown":1}',
]


def test_unknown_members_of_objects_with_an_id(tmp_path: Path) -> None:
    path = tmp_path / "ir.json"
    path.write_bytes(serialize.dumps(lower(loads(DOCUMENT))))
    outputs = answers(str(path), [transcode("#Shared", "json", "json", text) for text in TEXTS])
    assert [output.get("output", {}).get("json") for output in outputs] == TEXTS
