"""Names and namespaces: taken apart in one place, written in one place, compared as documents declare them."""

from __future__ import annotations

import io
import random
from typing import Any

import pytest
from attrs import define, evolve, field
from bindwright.runtime import Model, Xml, at, json, root, wire, xml
from bindwright.runtime.errors import DecodeError, EncodeError
from bindwright.runtime.xml.tree.names import expanded, split_name, written_name
from bindwright.runtime.xml.tree.unknown import Fragment, XmlExtra
from bindwright.targets.typescript import TypeScriptOptions
from bindwright.targets.typescript import emit as emit_typescript
from bindwright.targets.xsd import emit as emit_xsd
from lxml import etree

from tests.meaning.driver import generate
from tests.xml.test_both_paths import CASES, NAMES, ROUNDS, subjects
from tests.xml.test_unknown_everywhere import canonical

HOSTILE = [
    "urn:x}n/><size>9</size><z",
    "}",
    "{urn:a}b",
    "a b",
    'a" xmlns:q="urn:q',
    "a' b='c",
    "<a/>",
    "&amp;",
    "]]>",
    "-->",
    'x" i:nil="true',
    "urn:\N{LATIN SMALL LETTER E WITH ACUTE}",
    " xmlns:xsi=",
]
NO_NAMES = ["a b", "a/><b", "1a", "", "a:b:c", "a\n", "}", "a}b", "x=1 y"]


@pytest.mark.parametrize("namespace", ["", *HOSTILE])
def test_an_expanded_name_is_taken_apart_at_its_last_brace(namespace: str) -> None:
    assert split_name(expanded(namespace, "name")) == (namespace, "name")


@pytest.mark.parametrize("name", NO_NAMES)
def test_what_is_no_name_is_not_written(name: str) -> None:
    with pytest.raises(ValueError, match="is no name of XML"):
        written_name("", name)
    with pytest.raises(ValueError, match="is no name of XML"):
        written_name(name or "1", "a")


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def with_hostile_content(document: bytes, namespace: str, source: random.Random) -> bytes:
    """The document with an element and an attribute in a hostile namespace at one place."""
    marker, declaration = "urn:marker", f'"{escaped(namespace)}"'
    tree = etree.fromstring(document)
    node = source.choice([*tree.iter()])
    if source.random() < 0.5:
        node.set(f"{{{marker}}}odd", "1")
    else:
        etree.SubElement(node, f"{{{marker}}}odd", {f"{{{marker}}}k": "xmlns:xsi="})
    return etree.tostring(tree).replace(f'"{marker}"'.encode(), declaration.encode())


@pytest.mark.parametrize("name", [*CASES, *NAMES])
def test_hostile_namespaces_at_every_place_are_the_same_infoset_or_refused(name: str) -> None:
    type_, documents, _ = subjects()[name]
    source = random.Random(f"names {name}")
    for _ in range(ROUNDS):
        original = source.choice(documents)
        data = with_hostile_content(original, source.choice(HOSTILE), source)
        try:
            written = xml.encode(xml.decode(data, type_), type_)
        except (DecodeError, EncodeError):
            continue
        parser = etree.XMLParser(recover=True)  # libxml2 wants a URI, Namespaces in XML does not
        elements = [str(element.tag) for element in etree.fromstring(data, parser).iter()]
        again = [str(element.tag) for element in etree.fromstring(written, parser).iter()]
        assert set(again) <= set(elements), (data, written)


@define(kw_only=True)
class Box(Model):
    __wire__ = root("box")

    n: int | None = field(metadata=wire("n"))
    t: str | None = field(default=None, metadata=wire("t"))
    more: Any = field(default=None, metadata=wire("more"))


@pytest.mark.parametrize("name", NO_NAMES)
def test_names_of_fragments_that_users_make_are_checked(name: str) -> None:
    for extra in (
        XmlExtra(fragments=((-1, Fragment(name or "{urn:x}", (), ())),)),
        XmlExtra(fragments=((-1, Fragment("a", ((name or "{urn:x}", "v"),), ())),)),
        XmlExtra(attributes=((name or "{urn:x}", "v"),)),
    ):
        with pytest.raises(EncodeError):
            xml.encode(evolve(Box(n=1), _extra=extra))


XSI = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
VALUES = [
    f'<box note="xmlns:xsi=" {XSI}><n i:nil="true"/><t>x</t></box>',
    f'<box a=" xmlns:xsi=" b="c" {XSI}><n i:nil="true"/></box>',
    '<box xmlns:p="urn:p" a=" xmlns:p=" p:b="c"><n>1</n><p:new p:k=" xmlns:q=" z="1"><p:deep/></p:new></box>',
    '<box><n a=" xmlns:ns1=" b=" urn:x" ns1:c="1" xmlns:ns1="urn:y">1</n></box>',
]


@pytest.mark.parametrize("text", VALUES)
def test_a_declaration_is_no_matter_of_text(text: str) -> None:
    assert canonical(xml.encode(xml.decode(text, Box))) == canonical(text.encode())


@define(kw_only=True)
class Entry(Model):
    __wire__ = root("entry", namespace="urn:feed")

    title: str | None = field(default=None, metadata=wire("title"))
    tags: list[str] | None = field(
        default=None, metadata=wire("tags", xml=Xml(wrapped=True), items=at(xml=Xml(name="tag")))
    )
    lang: str | None = field(default=None, metadata=wire("lang", xml=Xml(node="attribute")))


@define(kw_only=True)
class Bare(Model):
    __wire__ = root("entry")

    title: str | None = field(default=None, metadata=wire("title"))
    tags: list[str] | None = field(
        default=None, metadata=wire("tags", xml=Xml(wrapped=True), items=at(xml=Xml(name="tag")))
    )
    lang: str | None = field(default=None, metadata=wire("lang", xml=Xml(node="attribute")))


FOREIGN = [
    (Entry, '<entry xmlns="urn:feed" xmlns:m="urn:m"><m:title>no</m:title><title>yes</title></entry>'),
    (Entry, '<entry xmlns="urn:feed" xmlns:m="urn:m"><title>yes</title><m:title>no</m:title></entry>'),
    (Entry, '<entry xmlns="urn:feed" xmlns:m="urn:m"><title>yes</title><tags><m:tag/><tag>a</tag></tags></entry>'),
    (Entry, '<f:entry xmlns:f="urn:feed" m:lang="no" xmlns:m="urn:m"><f:title>yes</f:title></f:entry>'),
    (Bare, '<entry xmlns:m="urn:m"><title>yes</title><m:title>no</m:title></entry>'),
    (Bare, '<entry xmlns:m="urn:m"><title>yes</title><tags><m:tag/><tag>a</tag></tags></entry>'),
]  # fmt: skip


@pytest.mark.parametrize("lenient", [False, True])
@pytest.mark.parametrize(("type_", "text"), FOREIGN)
def test_a_foreign_element_is_unknown_content(type_: Any, text: str, lenient: bool) -> None:
    settings = xml.Settings(namespaces="lenient" if lenient else "strict")
    value = xml.decode(text, type_, settings=settings)
    assert value.title == "yes"
    assert value.lang is None
    assert canonical(xml.encode(value)) == canonical(text.encode())


def test_lenient_names_are_those_without_a_namespace() -> None:
    lenient = xml.Settings(namespaces="lenient")
    for type_, text in (
        (Entry, "<entry><title>a</title><tags><tag>b</tag></tags></entry>"),
        (Bare, '<entry xmlns="urn:any"><title>a</title><tags><tag>b</tag></tags></entry>'),
        (
            Bare,
            '<entry xmlns="urn:any"><q:title xmlns:q="urn:other">a</q:title><tags><tag>b</tag></tags></entry>',
        ),
    ):
        value = xml.decode(text, type_, settings=lenient)
        assert (value.title, value.tags) == ("a", ["b"])
    with pytest.raises(DecodeError):
        xml.decode('<entry xmlns="urn:other"><title>a</title></entry>', Entry, settings=lenient)


A, B = "urn:a", "urn:b"


@define(kw_only=True)
class Inner(Model):
    __wire__ = root("inner", namespace=B, prefix="p")

    leaf: str | None = field(default=None, metadata=wire("leaf", xml=Xml(namespace=A)))


@define(kw_only=True)
class Outer(Model):
    """Documents say prefixes as they like: one may stand for two namespaces, further in or in one tag."""

    __wire__ = root("outer", namespace=A, prefix="p")

    mark: str | None = field(
        default=None, metadata=wire("mark", xml=Xml(node="attribute", namespace=B, prefix="p"))
    )
    inner: Inner | None = field(default=None, metadata=wire("inner", xml=Xml(namespace=B, prefix="p")))
    free: Any = field(default=None, metadata=wire("free", xml=Xml(namespace=A, prefix="q")))


def test_a_prefix_that_stands_for_two_namespaces() -> None:
    value = Outer(mark="m", inner=Inner(leaf="l"), free="f")
    text = xml.encode(value)
    tree = etree.fromstring(text)
    assert [element.tag for element in tree.iter()] == [
        f"{{{A}}}outer",
        f"{{{B}}}inner",
        f"{{{A}}}leaf",
        f"{{{A}}}free",
    ]
    assert tree.attrib == {f"{{{B}}}mark": "m"}
    assert xml.decode(text, Outer) == value


@define(kw_only=True)
class Braced(Model):
    __wire__ = root("b", namespace="urn:}")

    n: int | None = field(default=None, metadata=wire("n"))


def test_names_of_a_class_that_xml_cannot_have_are_an_error_of_writing() -> None:
    with pytest.raises(EncodeError, match="brace"):
        xml.encode(Braced(n=1))
    with pytest.raises(EncodeError, match="brace"):
        xml.writer(io.BytesIO(), list[Braced], wire=at(xml=Xml(name="l", wrapped=True, namespace="urn:}")))


@pytest.mark.parametrize(
    ("prefix", "namespace"), [("a b", A), ("xmlns", A), ("xml", A), ("xsi", A), ('"><x', A)]
)
def test_a_prefix_that_cannot_be_is_left_out(prefix: str, namespace: str) -> None:
    place = at(xml=Xml(name="n", namespace=namespace, prefix=prefix))
    for value in (1, None):
        text = xml.encode(value, int | None, wire=place)
        assert etree.fromstring(text).tag == f"{{{namespace}}}n"


def test_maps_and_plain_values_without_an_element_have_one_and_are_told_of() -> None:
    """Their content would stand among other members (3.2.0, `nodeType: none`), where nothing tells what is whose."""
    package = generate(
        """
        M:
          type: object
          properties:
            labels: {type: object, additionalProperties: {type: string}, xml: {nodeType: none}}
            n: {type: integer, xml: {nodeType: none}}
            named: {$ref: '#/components/schemas/Named'}
            items: {type: array, items: {type: string}, xml: {nodeType: none}}
        Named: {type: object, additionalProperties: {type: integer}, xml: {nodeType: none}}
        """,
        version="3.2.0",
    )
    assert package.codes.count("invalid-node-type") == 3
    value = package.models.M(labels={"a": "1"}, n=5, named={"b": 2}, items=["x"])
    text = b"<M><labels><a>1</a></labels><n>5</n><named><b>2</b></named><items>x</items></M>"
    assert xml.encode(value) == text
    assert xml.decode(text, package.models.M) == value
    settled = package.api.xml["#/components/schemas/M"]
    assert [(node.property, node.node) for node in settled.elements] == [  # type: ignore[union-attr]
        ("labels", "element"), ("n", "element"), ("named", "element"), ("items", "none"),
    ]  # fmt: skip


def test_objects_of_which_members_stand_at_their_element_have_one() -> None:
    """Attributes and texts without an element were lost; what has elements alone stands among the others."""
    package = generate(
        """
        M:
          type: object
          properties:
            size: {$ref: '#/components/schemas/Size'}
            note: {type: object, xml: {nodeType: none}, properties: {t: {type: string, xml: {nodeType: text}}}}
            bare: {type: object, xml: {nodeType: none}, properties: {x: {type: string}}}
            sizes: {type: array, xml: {nodeType: none}, items: {$ref: '#/components/schemas/Size'}}
            bares: {type: array, items: {type: object, xml: {nodeType: none}, properties: {y: {type: string}}}}
            map: {type: object, additionalProperties: {type: object, xml: {nodeType: none}, properties: {z: {type: string}}}}
        Size:
          type: object
          properties: {w: {type: integer, xml: {nodeType: attribute}}, h: {type: integer}}
          xml: {nodeType: none}
        """,
        version="3.2.0",
    )
    assert package.codes.count("invalid-node-type") == 4
    models = package.models
    value = models.M(size=models.Size(w=1, h=2), note=models.MNote(t="a"), bare=models.MBare(x="b"))
    value.sizes, value.bares = (
        [models.Size(w=3), models.Size(h=4)],
        [models.MBaresItem(y="c"), models.MBaresItem()],
    )
    value.map = {"k": models.MMapValue(z="d")}
    text = (
        b'<M><size w="1"><h>2</h></size><note>a</note><x>b</x>'
        b'<sizes w="3"/><sizes><h>4</h></sizes><bares><y>c</y></bares><bares/><map><k><z>d</z></k></map></M>'
    )
    assert xml.encode(value) == text
    assert xml.decode(text, models.M) == value


@pytest.mark.parametrize(
    ("version", "node"), [("3.1.0", "attribute: true"), ("3.2.0", "nodeType: attribute")]
)
def test_the_kind_of_node_of_a_component_holds_where_it_is_referred_to(version: str, node: str) -> None:
    """Enumerations and choices that are attributes were elements in Python alone, as were objects without an element."""
    package = generate(
        f"""
        M:
          type: object
          properties:
            e: {{$ref: '#/components/schemas/E'}}
            c: {{allOf: [{{$ref: '#/components/schemas/C'}}]}}
            own: {{$ref: '#/components/schemas/E', xml: {{name: f}}}}
            all: {{type: array, items: {{$ref: '#/components/schemas/E'}}}}
            map: {{type: object, additionalProperties: {{$ref: '#/components/schemas/E'}}}}
            either: {{oneOf: [{{$ref: '#/components/schemas/E'}}, {{type: integer}}]}}
          additionalProperties: {{$ref: '#/components/schemas/E'}}
        E: {{type: string, enum: [a, b], xml: {{{node}}}}}
        C: {{oneOf: [{{type: string}}, {{type: integer}}], xml: {{{node}}}}}
        """,
        version=version,
    )
    text = b'{"e":"a","c":5,"own":"b","all":["a","b"],"map":{"k":"a"},"either":"a","more":"b"}'
    value = json.decode(text, package.models.M)
    members = b"<all>a</all><all>b</all><map><k>a</k></map><either>a</either><more>b</more>"
    assert xml.encode(value) == b'<M e="a" c="5" f="b">' + members + b"</M>"
    assert json.encode(xml.decode(xml.encode(value), package.models.M)) == text


def test_items_are_no_attributes() -> None:
    """Of several attributes of one name there is one: items, values of maps and of tuples have elements."""
    package = generate(
        """
        M:
          type: object
          xml: {namespace: 'urn:m'}
          properties:
            items: {type: array, items: {type: string, xml: {attribute: true}}}
            map: {type: object, additionalProperties: {type: string, xml: {attribute: true}}}
            pair: {type: array, prefixItems: [{type: string}, {type: integer, xml: {attribute: true}}], items: false, minItems: 2}
            parts: {type: array, xml: {attribute: true, wrapped: true}, items: {type: object, properties: {x: {type: string}}}}
        """
    )
    text = b'{"items":["a","b"],"map":{"k":"v"},"pair":["c",1],"parts":[{"x":"d"}]}'
    document = (
        b'<M xmlns="urn:m"><items>a</items><items>b</items><map><k>v</k></map><pair>c</pair><pair>1</pair>'
        b"<parts><parts><x>d</x></parts></parts></M>"
    )
    value = json.decode(text, package.models.M)
    assert xml.encode(value) == document
    assert json.encode(xml.decode(document, package.models.M)) == text
    settled = package.api.xml["#/components/schemas/M"]
    assert [node.node for node in settled.elements] == ["none", "element", "none", "element"]  # type: ignore[union-attr]
    assert package.api.xml["#/components/schemas/M/properties/items"].item.node == "element"  # type: ignore[union-attr]


def test_objects_within_themselves_have_an_element() -> None:
    """Without one nothing would tell where the inner object begins: reading it did not end, nor did writing TypeScript."""
    package = generate(
        """
        Own: {type: object, properties: {x: {type: string}, y: {$ref: '#/components/schemas/Own', xml: {nodeType: none}}}}
        A: {type: object, xml: {nodeType: none}, properties: {x: {type: string}, b: {$ref: '#/components/schemas/B'}}}
        B: {type: object, xml: {nodeType: none}, properties: {y: {type: string}, a: {$ref: '#/components/schemas/A'}}}
        """,
        version="3.2.0",
    )
    assert package.codes.count("invalid-node-type") == 2
    models = package.models
    for value, text in (
        (models.Own(x="1", y=models.Own(x="2")), b"<Own><x>1</x><y><x>2</x></y></Own>"),
        (models.B(y="1", a=models.A(x="2", b=models.B(y="3"))), b"<B><y>1</y><a><x>2</x><y>3</y></a></B>"),
    ):
        assert xml.encode(value) == text
        assert xml.decode(text, type(value)) == value
    emit_typescript(package.api, TypeScriptOptions(package="p"), {})


def test_what_is_within_in_several_ways_is_looked_at_once() -> None:
    """Each level without an element of its own, twice in the one above, doubled the time."""
    members = "l: {$ref: '#/components/schemas/L%d'}, r: {$ref: '#/components/schemas/L%d'}"
    levels = [
        f"L{level}: {{type: object, xml: {{nodeType: none}}, properties: {{x{level}: {{type: string}}, {members % ((level + 1,) * 2)}}}}}"
        for level in range(24)
    ]
    package = generate(
        "\n".join([*levels, "L24: {type: object, properties: {v: {type: string}}}"]), version="3.2.0"
    )
    emit_typescript(package.api, TypeScriptOptions(package="p"), {})
    elements = emit_xsd(package.api)["no-namespace.xsd"].count(b"<xs:element ")
    # Every type is a root, and brings the names of those within once each: its own, `l` and `r` of the last.
    assert elements == 25 + sum(level + 2 for level in range(1, 25)) + 1
    for leniency in ("strict", "lenient"):
        settings = xml.Settings(values=leniency, namespaces=leniency, speculate=False)
        read = xml.decode("<L0><x0>1</x0><x1>2</x1></L0>", package.models.L0, settings=settings)
        assert (read.x0, read.l.x1) == ("1", "2")


SHARED = """
S: {type: object, required: [r], properties: {o: {type: string, xml: {name: v}}, p: {type: string, xml: {name: v}},
    r: {type: integer, xml: {name: v}}}}
"""


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("<v>1</v>", b'{"r":1}'),
        ("<v>1</v><v>2</v>", b'{"o":"1","r":2}'),
        ("<v>1</v><v>2</v><v>3</v>", b'{"o":"1","p":"2","r":3}'),
    ],
)
def test_of_one_name_the_required_member_is_there(content: str, value: bytes) -> None:
    """Also where documents were read often enough that what they have in common is known."""
    type_: Any = generate(SHARED).models.S
    for _ in range(20):
        read = xml.decode(f"<S>{content}</S>", type_)
        assert json.encode(read, type_) == value
        assert xml.encode(read, type_) == f"<S>{content}</S>".encode()
    with pytest.raises(DecodeError):
        xml.decode("<S/>", type_)


def test_of_attributes_of_one_name_the_second_is_an_element() -> None:
    """Also of a base; names are compared as XML does, with their namespaces."""
    package = generate(
        """
        N: {type: integer, xml: {name: id, attribute: true}}
        A: {type: object, properties: {
            a: {type: string, xml: {name: id, attribute: true}},
            far: {type: string, xml: {name: id, attribute: true, namespace: 'urn:x', prefix: x}},
            b: {type: string, xml: {name: id, attribute: true}}}}
        B: {allOf: [{$ref: '#/components/schemas/A'}], properties: {n: {$ref: '#/components/schemas/N'}}}
        """
    )
    assert package.codes.count("xml-shared-name") == 3  # and of the two elements
    value = package.models.B(a="1", far="2", b="3", n=4)
    text = b'<B xmlns:x="urn:x" id="1" x:id="2"><id>3</id><id>4</id></B>'
    assert xml.encode(value) == text
    assert xml.decode(text, package.models.B) == value
