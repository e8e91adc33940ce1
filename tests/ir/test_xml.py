"""XML facts at types and uses, of all versions, and the keywords for DataContractSerializer."""

from __future__ import annotations

from pathlib import Path

import pytest
from bindwright.ir import lower
from bindwright.ir.model import Api, Enum, Map, Object, Reference, XmlFacts
from bindwright.openapi import load, loads

from tests.ir.driver import api_of, document, member, named, schemas

DATACONTRACT = Path(__file__).parents[1] / "datacontract" / "facts" / "datacontract.openapi.yaml"


def test_old_and_new_spellings() -> None:
    api = schemas(
        """
        A:
          type: object
          properties:
            a: {type: string, xml: {attribute: true, name: x, namespace: 'urn:n', prefix: p}}
            b: {type: array, items: {type: string, xml: {name: i}}, xml: {wrapped: true}}
            c: {type: string, xml: {nodeType: cdata}}
            d: {type: array, items: {type: string}, xml: {nodeType: element, name: ds}}
        """
    )
    assert member(api, "A", "a").use.xml == XmlFacts(
        name="x", namespace="urn:n", prefix="p", node="attribute"
    )
    assert member(api, "A", "b").use.xml == XmlFacts(wrapped=True)
    assert member(api, "A", "c").use.xml == XmlFacts(node="cdata")
    assert member(api, "A", "d").use.xml == XmlFacts(name="ds", node="element", wrapped=True)
    items = api.types[member(api, "A", "b").use.type]
    assert items.kind == "array"
    assert items.items is not None
    assert items.items.xml == XmlFacts(name="i")


@pytest.mark.parametrize(
    ("version", "use"),
    [
        ("3.1.0", "{$ref: '#/components/schemas/B', xml: {name: other}}"),
        ("3.0.3", "{allOf: [{$ref: '#/components/schemas/B'}], xml: {name: other}}"),
    ],
)
def test_facts_at_the_use_of_a_reference(version: str, use: str) -> None:
    api = schemas(
        f"""
        A: {{type: object, properties: {{b: {use}}}}}
        B: {{type: object, properties: {{x: {{type: string}}}}, xml: {{name: own, namespace: 'urn:b'}}}}
        """,
        version,
    )
    assert member(api, "A", "b").use.xml == XmlFacts(name="other")
    assert member(api, "A", "b").use.type == "#/components/schemas/B"
    assert named(api, "B").xml == XmlFacts(name="own", namespace="urn:b")


def test_a_base_does_not_lend_its_root() -> None:
    api = schemas(
        """
        A: {type: object, properties: {a: {type: string}}, xml: {name: a}, description: of A}
        B: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {b: {type: string}}}]}
        """
    )
    assert named(api, "B").xml is None
    assert named(api, "B").doc == ""


def test_the_profile_of_a_document_and_of_one_schema() -> None:
    whole = api_of(
        "x-xml-profile: datacontract\ncomponents: {schemas: {A: {type: object, properties: {a: {}}}}}"
    )
    assert named(whole, "A").profile == "datacontract"
    per_schema = schemas(
        """
        A: {type: object, properties: {a: {}}, x-xml-profile: datacontract, x-xml-order: alphabetical}
        B: {type: object, properties: {a: {}}, x-xml-order: [b, a]}
        """
    )
    assert (named(per_schema, "A").profile, named(per_schema, "A").member_order) == (
        "datacontract",
        "alphabetical",
    )
    assert (named(per_schema, "B").profile, named(per_schema, "B").member_order) == ("openapi", ["b", "a"])


@pytest.fixture(scope="module")
def contract() -> Api:
    document = load(DATACONTRACT)
    api = lower(document)
    assert [
        diagnostic.code for diagnostic in document.diagnostics.items if diagnostic.level == "degraded"
    ] == []
    return api


def test_every_contract_keyword(contract: Api) -> None:
    assert {type_.profile for type_ in contract.types.values() if "#" in type_.id} == {"datacontract"}
    state = named(contract, "JobState")
    assert isinstance(state, Enum)
    assert state.xml_names
    assert [(member.name, member.value) for member in state.members][:2] == [("Pending", 0), ("Running", 1)]
    assert member(contract, "Scalars", "Span").use.type == "string:duration"
    assert member(contract, "Scalars", "U8").use.type == "integer:unsignedByte"
    known = [type_id.rpartition("/")[2] for type_id in named(contract, "Campaign").known]
    assert known == ["EmailCampaign", "SmsCampaign", "PremiumSmsCampaign", "PushCampaign"]
    assert named(contract, "RefNode").reference == Reference(id="$id", ref="$ref", attribute="Ref")
    assert named(contract, "PremiumSmsCampaign").base == "#/components/schemas/SmsCampaign"


def test_dictionaries_of_contracts(contract: Api) -> None:
    root = named(contract, "MapOfStringImportJob")
    assert isinstance(root, Map)
    assert root.entries is not None
    assert root.entries.item == "KeyValueOfstringImportJobIZ5apmXO"
    places = [
        property_
        for type_ in contract.types.values()
        if isinstance(type_, Object)
        for property_ in type_.properties
        if property_.name == "PerState"
    ]
    entries = places[0].use.entries
    assert entries is not None
    assert entries.key_use is not None
    assert entries.key_use.type == "#/components/schemas/JobState"


def test_order_default_and_side_of_members(contract: Api) -> None:
    uses = [
        property_.use
        for type_ in contract.types.values()
        if isinstance(type_, Object)
        for property_ in type_.properties
    ]
    assert {use.order for use in uses} >= {None, 1, 2, 3, 4, 5, 6}
    assert sum(use.omit_default for use in uses) == 5
    assert sorted(use.only for use in uses if use.only) == ["json", "json", "xml"]


def test_what_is_said_of_a_newer_node_type_is_what_happens() -> None:
    """`nodeType` is of 3.2; in an older document it is read all the same, so nothing may say that it is ignored."""
    from bindwright.ir import lower
    from bindwright.openapi import loads

    text = """{openapi: 3.0.3, info: {title: t, version: '1'}, paths: {}, components: {schemas: {
        A: {type: object, properties: {a: {type: string, xml: {nodeType: text}}}}}}}"""
    document = loads(text)
    (item,) = document.diagnostics.items
    assert item.code == "unknown-key"
    assert "ignored" not in item.message + item.remedy
    (property_,) = lower(document).types["#/components/schemas/A"].properties
    assert property_.use.xml.node == "text"


def test_keys_of_dictionaries_that_no_map_can_have_are_told() -> None:
    document = loads(
        """
openapi: 3.0.3
info: {title: t, version: '1'}
x-xml-profile: datacontract
paths: {}
components:
  schemas:
    Board:
      type: object
      properties:
        Marks:
          type: object
          additionalProperties: {type: integer}
          x-dcs-dictionary: {item: pair, key: {$ref: '#/components/schemas/Spot'}}
        Names:
          type: object
          additionalProperties: {type: integer}
          x-dcs-dictionary: {item: pair, key: {type: integer}}
    Spot: {type: object, properties: {x: {type: integer}}}
"""
    )
    lower(document)
    diagnostics = [item for item in document.diagnostics.items if item.code == "dictionary-key"]
    assert [item.level for item in diagnostics] == ["degraded"]


@pytest.mark.parametrize(
    "schema",
    [
        "{type: object, properties: {a: {type: string}}}",
        "{type: array, items: {type: string}}",
        "{type: string}",
        "{oneOf: [{type: string}, {type: integer}]}",
    ],
)
def test_a_dictionary_that_is_no_map(schema: str) -> None:
    entries = "x-dcs-dictionary: {item: Entry}"
    inline = f"{{type: object, properties: {{m: {schema[:-1]}, {entries}}}}}}}".replace("{, ", "{")
    named = f"{schema[:-1]}, {entries}}}".replace("{, ", "{")
    for text in (f"Holder: {inline}", f"Named: {named}"):
        read = document(f"components: {{schemas: {{{text}}}}}")
        lower(read)
        messages = [item.message for item in read.diagnostics.items if item.code == "invalid-extension"]
        assert messages == ["`x-dcs-dictionary` stands at what is no map"]


@pytest.mark.parametrize(
    "facts", ["type: object, additionalProperties: {type: string}", "type: object", "title: t"]
)
def test_a_dictionary_that_is_a_map(facts: str) -> None:
    map_ = f"{{{facts}, x-dcs-dictionary: {{item: Entry}}}}"
    read = document(
        f"components: {{schemas: {{Named: {map_}, Holder: {{type: object, properties: {{m: {map_}}}}}}}}}"
    )
    api = lower(read)
    assert [item for item in read.diagnostics.items if item.code == "invalid-extension"] == []
    assert named(api, "Holder").properties[0].use.entries is not None


@pytest.mark.parametrize("value", ["null", "{a: 1}", "[1]", "true"])
def test_an_enum_of_dotnet_whose_value_is_none(value: str) -> None:
    read = document(
        f"components: {{schemas: {{Named: {{type: integer, x-dcs-enum: {{Low: 1, High: {value}}}}}}}}}"
    )
    assert [member.name for member in named(lower(read), "Named").members] == ["Low"]
    assert [item.code for item in read.diagnostics.items] == ["invalid-extension"]


def test_an_object_has_one_text() -> None:
    """`nodeType: text` and `cdata` side by side (3.2): an element's text is one, so that the second is an element."""
    loaded = schemas(
        """
        Base: {type: object, properties: {said: {type: string, xml: {nodeType: text}}}}
        Derived:
          allOf: [{$ref: '#/components/schemas/Base'}]
          type: object
          properties: {more: {type: string, xml: {nodeType: cdata}}}
        Alone: {type: object, properties: {a: {type: string, xml: {nodeType: cdata}}, b: {type: string, xml: {nodeType: text}}}}
        """,
        "3.2.0",
    )
    contents = {
        content.type.rpartition("/")[2]: content
        for content in loaded.xml.values()
        if content.kind == "object"
    }
    assert {name: content.text.property for name, content in contents.items()} == {
        "Base": "said", "Derived": "said", "Alone": "a",
    }  # fmt: skip
    assert [node.property for node in contents["Derived"].elements] == ["more"]
    assert [node.property for node in contents["Alone"].elements] == ["b"]


def test_members_of_one_expanded_name_are_told_with_both_places() -> None:
    """One element or attribute for two members, by names and namespaces as they are settled; each pair once."""
    read = document(
        """
        components:
          schemas:
            Base:
              type: object
              xml: {namespace: 'urn:a'}
              properties:
                x: {type: string}
                y: {type: string, xml: {name: x, namespace: 'urn:a'}}
                far: {type: string, xml: {name: x, namespace: 'urn:b'}}
                beside: {type: string, xml: {name: x, attribute: true}}
                p: {type: string, xml: {name: q, attribute: true}}
                q: {type: string, xml: {attribute: true}}
                l: {type: array, items: {type: string, xml: {name: item}}}
                m: {type: array, items: {type: string, xml: {name: item}}}
                n: {type: array, xml: {wrapped: true}, items: {type: string, xml: {name: item}}}
                asked: {type: string, writeOnly: true, xml: {name: side}}
                answered: {type: string, readOnly: true, xml: {name: side}}
            Derived: {allOf: [{$ref: '#/components/schemas/Base'}], properties: {more: {type: string}}}
        """
    )
    lower(read)
    diagnostics = [item for item in read.diagnostics.items if item.code == "xml-shared-name"]
    base = "/components/schemas/Base/properties/"
    assert {item.level for item in diagnostics} == {"warning"}
    assert sorted(item.place.pointer for item in diagnostics) == [base + "m", base + "q", base + "y"]
    for second, first in (("m", "l"), ("q", "p"), ("y", "x")):
        (item,) = [diagnostic for diagnostic in diagnostics if diagnostic.place.pointer == base + second]
        assert f"#{base}{first}" in item.message
        assert item.remedy
