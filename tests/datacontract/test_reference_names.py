"""`IsReference` of which no member says that it is the attribute with the id: ``z:Id`` and ``z:Ref``, as .NET has them.

DataContractSerializer has both in its own namespace, whatever a contract's is (the rules, 12); they are no members there,
so that a contract need not have one for them.
"""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from bindwright.ir import serialize
from bindwright.runtime import json, xml
from bindwright.runtime.resolve import COMMON
from bindwright.runtime.xml.codec import XmlCodec
from bindwright.runtime.xml.encoding import documents
from bindwright.runtime.xml.settings import DEFAULT

from tests.meaning.driver import generate
from tests.typescript.node import answers, transcode

Z = "http://schemas.microsoft.com/2003/10/Serialization/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMAS = """
Shared:
  type: object
  PROFILE
  x-dcs-is-reference: {idProperty: $id, refProperty: $ref, refAttribute: Ref}
  properties:
    ID
    Name: {type: string}
    Next: {$ref: '#/components/schemas/Shared'}
    Others: {type: array, xml: {wrapped: true}, items: {allOf: [{$ref: '#/components/schemas/Shared'}], xml: {name: Shared}}}
"""
HEADS = {
    "datacontract": f'<Shared xmlns:i="{XSI}" z:Id="i1" xmlns:z="{Z}">',
    "openapi": f'<Shared xmlns:z="{Z}" z:Id="i1">',
}
BODY = '<Name>a</Name><Next z:Ref="i1"/><Others><Shared z:Id="i2"><Name>b</Name></Shared><Shared z:Ref="i2"/></Others></Shared>'
IN_JSON = '{"$id":"1","Name":"a","Next":{"$ref":"1"},"Others":[{"$id":"2","Name":"b"},{"$ref":"2"}]}'
IDS = {
    "no member": "",
    "a member": "$id: {type: string}",
    "a text": "$id: {type: string, xml: {x-text: true}}",
}


@pytest.mark.parametrize("profile", HEADS)
@pytest.mark.parametrize("kind", IDS)
def test_ids_are_those_of_dotnet(kind: str, profile: str, tmp_path: Path) -> None:
    schemas = SCHEMAS.replace("PROFILE", f"x-xml-profile: {profile}").replace("ID", IDS[kind], 1)
    generated = generate(schemas, models=("attrs", "pydantic"))
    text = (HEADS[profile] + BODY).replace("/>", "/>" if profile == "openapi" else " />")
    for module in (generated.models, importlib.import_module(f"{generated.package}.models_pydantic")):
        # Twice: numbers are of one document each.
        for _ in range(2):
            value = xml.decode(text.encode(), module.Shared)
            assert value.next is value
            assert value.others[0] is value.others[1]
            assert xml.encode(value).decode() == text
            assert json.encode(value).decode() == IN_JSON
            assert xml.encode(json.decode(IN_JSON, module.Shared)).decode() == text
    pure = XmlCodec(generated.models.Shared, None, COMMON, DEFAULT)
    pure._write = documents.writer_of(pure.place, DEFAULT, pure.untyped, lambda place, style: None)
    assert pure.encode(pure.decode(text.encode())).decode() == text
    path = tmp_path / "ir.json"
    path.write_bytes(serialize.dumps(generated.api))
    both = {"json": IN_JSON, "xml": text}
    ways = [(source, target) for source in both for target in both]
    requests = [transcode("#Shared", source, target, both[source]) for source, target in ways]
    outputs = [answer.get("output") for answer in answers(str(path), requests)]
    assert outputs == [{target: both[target]} for _, target in ways]


def test_an_attribute_has_the_name_that_it_says() -> None:
    schemas = SCHEMAS.replace("PROFILE", "x-xml-profile: openapi").replace("ID", "$id: {type: string, xml: {attribute: true, name: key}}", 1)  # fmt: skip
    models = generate(schemas).models
    value = models.Shared(name="a")
    value.next = value
    text = '<Shared key="i1"><Name>a</Name><Next Ref="i1"/></Shared>'
    assert xml.encode(value).decode() == text
    read = xml.decode(text.encode(), models.Shared)
    assert read.next is read
