"""XML of random small documents, beside a writer of its own that follows the XML Object's text and nothing of ours.

A namespace without a prefix is the default one of what stands within, as the emitters that exist have it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from bindwright.ports.python_port import Port
from lxml import etree

from tests.ports.test_interpreter import written

Write = Callable[[Any, str, Any, str], None]
"""Appends a value's elements or attribute to an element: under a property's name, in a default namespace."""
FOREIGN = "{urn:foreign}note"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
SCALARS: dict[str, tuple[dict[str, Any], list[Any]]] = {
    "text": ({"type": "string"}, ["x", " y ", "", "a<b&c\"'", "é€", "1\n2"]),
    "integer": ({"type": "integer"}, [0, -5, 12345678901]),
    "boolean": ({"type": "boolean"}, [True, False]),
    "word": ({"type": "string", "enum": ["a", "b c", "<&>"]}, ["a", "b c", "<&>"]),
    "day": ({"type": "string", "format": "date"}, ["2024-02-29"]),
}


@frozen
class Case:
    """A schema, what makes its values, and what writes them."""

    schema: dict[str, Any]
    value: Callable[[random.Random], Any]
    write: Write


def text_of(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def expanded(name: str, namespace: str) -> str:
    return f"{{{namespace}}}{name}" if namespace else name


def xml_object(draw: random.Random) -> dict[str, Any]:
    facts: dict[str, Any] = {"name": f"n{draw.randrange(10**9)}"} if draw.random() < 0.4 else {}
    if draw.random() < 0.3:
        facts["namespace"] = f"urn:{draw.randrange(3)}"
        if draw.random() < 0.6:
            facts["prefix"] = f"p{facts['namespace'][-1]}"
    return facts


def within(facts: dict[str, Any], default: str) -> str:
    """The default namespace of what stands within an element."""
    return facts["namespace"] if "namespace" in facts and "prefix" not in facts else default


def child(parent: Any, facts: dict[str, Any], name: str, default: str) -> Any:
    return etree.SubElement(parent, expanded(facts.get("name", name), facts.get("namespace", default)))


def scalar(draw: random.Random, *, attribute: bool = False) -> Case:
    schema, values = SCALARS[draw.choice(list(SCALARS))]
    facts = xml_object(draw)
    if attribute:
        facts["attribute"] = True
        facts |= {"prefix": f"q{facts['namespace'][-1]}"} if "namespace" in facts else {}

    def write(parent: Any, name: str, value: Any, default: str) -> None:
        if attribute:  # which has no default namespace
            parent.set(expanded(facts.get("name", name), facts.get("namespace", "")), text_of(value))
        else:
            child(parent, facts, name, default).text = text_of(value)

    return Case({**schema, "xml": facts}, lambda draw: draw.choice(values), write)


def list_of(draw: random.Random, depth: int) -> Case:
    item = draw.choice([scalar, lambda draw: thing(draw, depth + 1)])(draw)
    is_wrapped = draw.random() < 0.6
    # What a list without an element says of names has no effect.
    facts = {**xml_object(draw), "wrapped": True} if is_wrapped else {}

    def write(parent: Any, name: str, value: Any, default: str) -> None:
        around = child(parent, facts, name, default) if is_wrapped else parent
        for each in value:
            item.write(around, facts.get("name", name), each, within(facts, default))

    schema = {"type": "array", "items": item.schema, "xml": facts}
    return Case(schema, lambda draw: [item.value(draw) for _ in range(draw.randrange(1, 4))], write)


def nullable(draw: random.Random) -> Case:
    """A scalar that may be null (OpenAPI 3.2.0, "Handling null Values")."""
    schema, values = SCALARS[draw.choice(["text", "integer", "boolean"])]
    facts = xml_object(draw)

    def write(parent: Any, name: str, value: Any, default: str) -> None:
        element = child(parent, facts, name, default)
        if value is None:
            element.set(NIL, "true")
        else:
            element.text = text_of(value)

    schema = {**schema, "type": [schema["type"], "null"], "xml": facts}
    return Case(schema, lambda draw: draw.choice([*values, None]), write)


def text_with_attributes(draw: random.Random) -> Case:
    """An object whose one member is the text of its element, in a CDATA section or not; the others are attributes."""
    schema, values = SCALARS[draw.choice(list(SCALARS))]
    texts = [value for value in values if text_of(value).strip()]
    facts = xml_object(draw)
    attributes = {f"a{number}": scalar(draw, attribute=True) for number in range(draw.randrange(3))}

    def write(parent: Any, name: str, value: Any, default: str) -> None:
        element = child(parent, facts, name, default)
        for attribute, case in attributes.items():
            if attribute in value:
                case.write(element, attribute, value[attribute], within(facts, default))
        element.text = text_of(value["body"])

    body = {**schema, "xml": {"nodeType": draw.choice(["text", "cdata"])}}
    members = {name: case.schema for name, case in attributes.items()} | {"body": body}
    return Case(
        {"type": "object", "required": ["body"], "properties": members, "xml": facts},
        lambda draw: (
            {name: case.value(draw) for name, case in attributes.items() if draw.random() < 0.7}
            | {"body": draw.choice(texts)}
        ),
        write,
    )


def list_of_lists(draw: random.Random) -> Case:
    """Lists in a list, each with an element of its own."""
    item, outer, inner = scalar(draw), xml_object(draw), xml_object(draw)

    def write(parent: Any, name: str, value: Any, default: str) -> None:
        name = outer.get("name", name)
        around, default = child(parent, outer, name, default), within(outer, default)
        for row in value:
            element = child(around, inner, name, default)
            for each in row:
                item.write(element, inner.get("name", name), each, within(inner, default))

    rows = {"type": "array", "items": item.schema, "xml": {**inner, "nodeType": "element"}}
    return Case(
        {"type": "array", "items": rows, "xml": {**outer, "nodeType": "element"}},
        lambda draw: [
            [item.value(draw) for _ in range(draw.randrange(1, 3))] for _ in range(draw.randrange(1, 3))
        ],
        write,
    )


def map_of(draw: random.Random) -> Case:
    schema, values = SCALARS[draw.choice(["text", "integer"])]
    facts = xml_object(draw)

    def write(parent: Any, name: str, value: Any, default: str) -> None:
        around = child(parent, facts, name, default)
        for key, each in value.items():
            etree.SubElement(around, expanded(key, within(facts, default))).text = text_of(each)

    keys = ["k1", "k-2"]
    return Case(
        {"type": "object", "additionalProperties": schema, "xml": facts},
        lambda draw: {key: draw.choice(values) for key in keys[: draw.randrange(1, 3)]},
        write,
    )


def thing(draw: random.Random, depth: int, *, has_node_types: bool = False) -> Case:
    """An object with attributes, scalars, lists, maps and objects; of OpenAPI 3.2 also with other types of nodes."""
    kinds = [lambda: scalar(draw), lambda: scalar(draw, attribute=True)]
    if has_node_types:
        kinds += [lambda: nullable(draw), lambda: text_with_attributes(draw), lambda: list_of_lists(draw)]
    if depth < 2:
        kinds += [lambda: list_of(draw, depth), lambda: map_of(draw)]
        kinds += [lambda: thing(draw, depth + 1, has_node_types=has_node_types)]
    members = {f"m{depth}{number}": draw.choice(kinds)() for number in range(draw.randrange(1, 5))}
    facts = xml_object(draw)

    def write(parent: Any, name: str, value: Any, default: str) -> None:
        around = child(parent, facts, name, default)
        for member, case in members.items():
            if member in value:
                case.write(around, member, value[member], within(facts, default))

    return Case(
        {"type": "object", "properties": {name: case.schema for name, case in members.items()}, "xml": facts},
        lambda draw: {name: case.value(draw) for name, case in members.items() if draw.random() < 0.8},
        write,
    )


def infoset(element: Any) -> tuple[Any, ...]:
    return element.tag, dict(element.attrib), element.text or "", [infoset(each) for each in element]


def shuffle(element: Any, draw: random.Random) -> None:
    """Put an element's children in another order, but for those of one name, which may be items."""
    tags = [each.tag for each in element]
    of_name = {tag: iter([each for each in element if each.tag == tag]) for tag in tags}
    draw.shuffle(tags)
    for tag in tags:
        element.append(next(of_name[tag]))


def deviating(root: Any, draw: random.Random) -> str:
    """The document in another order, with comments, and elements of another vocabulary."""
    root = etree.fromstring(etree.tostring(root))
    for element in list(root.iter()):
        shuffle(element, draw)
        # In a map every element is an entry.
        if len(element) and not any(etree.QName(each).localname == "k1" for each in element):
            element.insert(draw.randrange(len(element) + 1), etree.Element(FOREIGN))
        if len(element):
            element.insert(draw.randrange(len(element) + 1), etree.Comment("c"))
    return str(etree.tostring(root, encoding="unicode"))


@pytest.mark.parametrize(("version", "seed"), [("3.0.3", 1), ("3.1.0", 2), ("3.2.0", 3)])
def test_what_is_written_and_read_is_what_the_text_says(version: str, seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    cases = {f"T{number}": thing(draw, 0, has_node_types=version == "3.2.0") for number in range(12)}
    schemas = {name: case.schema for name, case in cases.items()}
    document = {"openapi": version, "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": schemas}}  # fmt: skip
    path = tmp_path / "document.json"
    path.write_text(json.dumps(document))
    port = Port(written(path, f"second-opinion-xml-{seed}"))

    def output(name: str, source: str, text: str, target: str) -> str:
        request = {"do": "transcode", "type": f"#{name}", "from": source, "to": [target], "input": text}
        return str(port.answer({"id": 1, **request})["output"][target])

    for name, case in cases.items():
        for _ in range(2):
            value, holder = case.value(draw), etree.Element("holder")
            case.write(holder, name, value, "")
            expected = holder[0]
            ours = output(name, "json", json.dumps(value), "xml")
            assert infoset(etree.fromstring(ours)) == infoset(expected), (case.schema, value)
            for text in (etree.tostring(expected, encoding="unicode"), deviating(expected, draw)):
                assert json.loads(output(name, "xml", text, "json")) == value, (case.schema, text)
