"""Settled XML says what the runtime's own plans say, for the models that are generated from the same document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from bindwright.ir import lower
from bindwright.ir import model as ir
from bindwright.openapi import load
from bindwright.runtime.xml.decoding.scalars_and_containers import key_place
from bindwright.runtime.xml.plan.members import model_plan
from bindwright.runtime.xml.plan.places import XmlPlace, root_place

from tests.datacontract.generated import generate
from tests.scratch import new_folder

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests/xml/openapi"
CORPUS = ROOT.parent / "shared" / "corpus"


def documents() -> Iterator[Any]:
    yield pytest.param(ROOT / "openapi.yaml", id="openapi")
    yield pytest.param(ROOT / "tests/datacontract/facts/datacontract.openapi.yaml", id="datacontract")
    for folder in sorted(CASES.iterdir()):
        yield pytest.param(folder / "schema.yaml", id=folder.name)
    for path in sorted(CORPUS.glob("*.json")):
        if b'"xml"' in path.read_bytes() or b"/xml" in path.read_bytes():
            yield pytest.param(path, id=path.stem)


def document_of(path: Path) -> Path:
    """The document itself, or one around the schemas of a case."""
    if path.name != "schema.yaml":
        return path
    schemas = yaml.safe_load(path.read_text())
    reference = {"$ref": f"#/components/schemas/{next(iter(schemas))}"}
    content = {"application/xml": {"schema": reference}}
    answer = {"responses": {"200": {"description": "it", "content": content}}}
    whole = {"openapi": "3.2.0", "info": {"title": "t", "version": "1"}, "paths": {"/it": {"get": answer}}}
    target = new_folder() / "openapi.json"
    target.write_text(json.dumps({**whole, "components": {"schemas": schemas}}))
    return target


class Comparison:
    def __init__(self, api: ir.Api) -> None:
        self.api = api
        self.pairs: set[tuple[Any, ...]] = set()
        self.differences: list[str] = []

    def note(self, path: str, what: str, settled: Any, planned: Any) -> None:
        if settled != planned:
            self.differences.append(f"{path}: {what}: settled {settled!r}, the runtime's {planned!r}")

    def node(self, node: ir.XmlNode, place: XmlPlace, path: str) -> None:
        self.note(path, "node", node.node, place.node)
        if node.node in ("element", "attribute") and place.name:
            self.note(path, "name", (node.namespace, node.name), (place.namespace, place.name))
        key = (node.content, id(place.shape), place.inherited, node.name)
        if key not in self.pairs and len(path) < 200:
            self.pairs.add(key)
            self.content(self.api.xml[node.content], place, path)

    def content(self, content: ir.AnyXml, place: XmlPlace, path: str) -> None:
        kinds = {"scalar": "text", "model": "object"}
        kind = (
            "entries"
            if place.kind == "map" and place.entries is not None
            else kinds.get(place.kind, place.kind)
        )
        self.note(path, "kind", content.kind, kind)
        if content.kind != kind:
            return
        if isinstance(content, ir.XmlObject):
            self.object(content, place, path)
        elif isinstance(content, ir.XmlList):
            self.node(content.item, place.item, path + "/*")
        elif isinstance(content, ir.XmlTuple):
            for node, item in zip(content.items, place.items, strict=True):
                self.node(node, item, path + "/*")
        elif isinstance(content, ir.XmlMap):
            self.node(content.value, place.item, path + "/*")
        elif isinstance(content, ir.XmlEntries):
            self.node(content.value, place.item, path + "/Value")
            self.node(content.key, key_place(place), path + "/Key")
            self.note(path, "inside", content.inside, place.contract)
        elif isinstance(content, ir.XmlUnion) and len(content.alternatives) == len(place.members):
            for node, member in zip(content.alternatives, place.members, strict=True):
                if content.by_name:
                    self.node(node, member, path + "|")
                else:  # the runtime writes them under the place's name, too, but plans them under their own
                    self.content(self.api.xml[node.content], member, path + "|")

    def object(self, content: ir.XmlObject, place: XmlPlace, path: str) -> None:
        plan = model_plan(place)
        self.note(path, "inside", content.inside, place.contract)
        elements = [slot.member.json for slot in plan.elements]
        self.note(path, "order", [node.property for node in content.elements], elements)
        attributes = [slot.member.json for slot in plan.attributes]
        if plan.reference is None:
            self.note(path, "attributes", [node.property for node in content.attributes], attributes)
        places = {slot.member.json: slot.place for slot in plan.slots}
        for node in (*content.attributes, *content.elements, *([content.text] if content.text else [])):
            if node.property in places:
                self.node(node, places[node.property], f"{path}/{node.property}")


@pytest.mark.parametrize("path", list(documents()))
def test_settled_as_the_runtime_plans(path: Path) -> None:
    source = document_of(path)
    api = lower(load(source))
    models = generate(source, "settled_" + re.sub(r"\W", "_", path.parent.name + path.stem).lower()[:40])
    comparison = Comparison(api)
    for type_ in api.types.values():
        model = getattr(models, type_.name or "", None)
        if type_.root is not None and model is not None:
            comparison.node(type_.root, root_place(model), type_.name or "")
    assert "\n".join(comparison.differences) == ""
