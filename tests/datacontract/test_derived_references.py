"""Derived types of contracts with `IsReference`: the id, then the type with what it needs, and a reference with neither.

.NET asks for a reference before it writes the type (`XmlObjectSerializerWriteContext.SerializeWithXsiType`: first
`OnHandleIsReference`, then `WriteTypeInfo`, which declares the namespace); the rules, 2, have no case of both.
"""

from __future__ import annotations

import pytest
from bindwright.runtime import xml
from bindwright.runtime.xml import Settings

from tests.meaning.driver import generate

I = "http://www.w3.org/2001/XMLSchema-instance"  # noqa: E741 — .NET's prefix
Z = "http://schemas.microsoft.com/2003/10/Serialization/"
SCHEMAS = """
    Base:
      type: object
      x-xml-profile: datacontract
      x-dcs-known-types: [Der]
      x-dcs-is-reference: {idProperty: $id, refProperty: $ref, refAttribute: Ref}
      xml: {name: Base, namespace: 'urn:one'}
      properties:
        $id: {type: string, xml: {name: Id, namespace: 'ZED', prefix: z, attribute: true}}
        Next: {allOf: [{$ref: '#/components/schemas/Base'}], nullable: true, xml: {namespace: 'urn:one'}}
    Der:
      x-xml-profile: datacontract
      x-dcs-is-reference: {idProperty: $id, refProperty: $ref, refAttribute: Ref}
      xml: {name: Der, namespace: 'urn:two'}
      allOf:
        - {$ref: '#/components/schemas/Base'}
        - {type: object, properties: {V: {type: integer, format: int32, xml: {namespace: 'urn:two'}}}}
    Box: {type: object, x-xml-profile: datacontract, xml: {name: Box, namespace: 'urn:three'}, properties: {
      A: {allOf: [{$ref: '#/components/schemas/Base'}], nullable: true, xml: {namespace: 'urn:three'}},
      B: {allOf: [{$ref: '#/components/schemas/Base'}], nullable: true, xml: {namespace: 'urn:three'}}}}
""".replace("ZED", Z)


@pytest.mark.parametrize(
    ("writer", "box", "root"),
    [
        (
            "xmlwriter",
            f'<Box xmlns:i="{I}" xmlns="urn:three"><A xmlns:d2p1="urn:one" z:Id="i1" xmlns:d2p2="urn:two" i:type="d2p2:Der"'
            f' xmlns:z="{Z}"><d2p1:Next z:Ref="i1" /><d2p2:V>3</d2p2:V></A>'
            f'<B xmlns:d2p1="urn:one" z:Ref="i1" xmlns:z="{Z}" /></Box>',
            f'<Base xmlns:i="{I}" z:Id="i1" xmlns:d1p1="urn:two" i:type="d1p1:Der" xmlns:z="{Z}" xmlns="urn:one">'
            '<Next z:Ref="i1" /><d1p1:V>3</d1p1:V></Base>',
        ),
        (
            "utf8",
            f'<Box xmlns="urn:three" xmlns:i="{I}"><A z:Id="i1" i:type="b:Der" xmlns:a="urn:one" xmlns:z="{Z}"'
            ' xmlns:b="urn:two"><a:Next z:Ref="i1"/><b:V>3</b:V></A>'
            f'<B z:Ref="i1" xmlns:a="urn:one" xmlns:z="{Z}"/></Box>',
            f'<Base z:Id="i1" i:type="a:Der" xmlns="urn:one" xmlns:i="{I}" xmlns:z="{Z}" xmlns:a="urn:two">'
            '<Next z:Ref="i1"/><a:V>3</a:V></Base>',
        ),
    ],
)
def test_the_id_comes_before_the_type(writer: str, box: str, root: str) -> None:
    models = generate(SCHEMAS, version="3.0.3").models
    derived = models.Der(v=3)
    derived.next = derived
    settings = Settings(writer=writer)
    assert xml.encode(models.Box(a=derived, b=derived), settings=settings).decode() == box
    assert xml.encode(derived, models.Base, settings=settings).decode() == root
    read = xml.decode(box.encode(), models.Box)
    assert type(read.a) is models.Der
    assert read.a is read.b
    assert read.a.next is read.a
