"""Settled XML says what the runtime's own plans say, for the models that are generated from the same document.

So the facts of generated classes tell all that the document meant: nothing is left that a codec would guess.
"""

from __future__ import annotations

import importlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
import yaml
from bindwright.ir import lower
from bindwright.ir import model as ir
from bindwright.ir.walks import parts_of
from bindwright.openapi import LoadOptions, load
from bindwright.runtime.http.model.operation import Operation
from bindwright.runtime.resolve import Names
from bindwright.runtime.xml.decoding.scalars_and_containers import key_place
from bindwright.runtime.xml.decoding.unions import type_names
from bindwright.runtime.xml.plan.alternatives import by_name
from bindwright.runtime.xml.plan.members import model_plan
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.plan.settling import root_place
from bindwright.runtime.xml.plan.xsi_type import name_of
from bindwright.runtime.xml.tree.names import expanded
from bindwright.targets.python.naming.plan import plan_names

from tests.datacontract.generated import generate
from tests.scratch import new_folder

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests/xml/openapi"
CORPUS = ROOT.parent / "shared" / "corpus"
ALWAYS_CALLED = ("xsi", "xml")
"""Prefixes of namespaces that have no other: the writer gives them by itself."""


def documents() -> Iterator[Any]:
    yield pytest.param(ROOT / "openapi.yaml", id="openapi")
    yield pytest.param(ROOT / "tests/datacontract/facts/datacontract.openapi.yaml", id="datacontract")
    for folder in sorted(CASES.iterdir()):
        yield pytest.param(folder / "schema.yaml", id=folder.name)
    for path in sorted(CORPUS.glob("*.json")):
        if b'"xml"' in path.read_bytes() or b"/xml" in path.read_bytes():
            yield pytest.param(path, id=path.stem)


def changed(path: Path, *, other_keys: bool, version_3_2: bool) -> Path:
    """A document of the corpus with XML beside its JSON, in 3.2, and with components that no class is called as."""
    document = json.loads(path.read_text())
    _add_xml(document)
    if "openapi" in document:
        if version_3_2:
            document["openapi"] = "3.2.0"
        if other_keys:
            document = _with_other_keys(document)
    target = new_folder() / "openapi.json"
    target.write_text(json.dumps(document))
    return target


def _add_xml(value: Any) -> None:
    if isinstance(value, dict):
        content = value.get("content")
        if isinstance(content, dict) and not any("xml" in key for key in content):
            for key in [key for key in content if "json" in key][:1]:
                content["application/xml"] = content[key]
        if "swagger" in value:
            value["produces"] = value["consumes"] = ["application/json", "application/xml"]
        for part in value.values():
            _add_xml(part)
    elif isinstance(value, list):
        for part in value:
            _add_xml(part)


def _with_other_keys(document: Any) -> Any:
    schemas = document.get("components", {}).get("schemas", {})
    others = {key: "x_" + re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key).lower() for key in schemas}
    if len(set(others.values())) < len(others):
        return document
    document.get("components", {})["schemas"] = {others[key]: schema for key, schema in schemas.items()}
    text = re.sub(
        r'(?<="#/components/schemas/)[^"/]+',
        lambda match: others.get(match[0], match[0]),
        json.dumps(document),
    )
    return json.loads(text)


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
        if node.node in ("element", "attribute") and node.name:
            self.note(path, "name", (node.namespace, node.name), (place.namespace, place.name))
            other_names = {expanded(name.namespace, name.name) for name in node.also_read}
            self.note(path, "other names", other_names, set(place.alternates))
            if node.prefix not in ALWAYS_CALLED:
                self.note(path, "prefix", node.prefix, place.prefix)
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
        if isinstance(content, ir.XmlUnion) and kind == "object" and len(content.alternatives) == 1:
            content = self.api.xml[content.alternatives[0].content]  # Python's union of one type is that type
        self.note(path, "kind", content.kind, kind)
        if content.kind != kind:
            return
        if isinstance(content, ir.XmlObject):
            self.object(content, place, path)
        elif isinstance(content, ir.XmlList):
            self.node(content.item, place.item, path + "/*")
        elif isinstance(content, ir.XmlTuple):
            self.note(path, "fewest", content.fewest, place.fewest)
            self.note(path, "rest", content.rest is not None, place.rest is not None)
            for node, item in zip(parts_of(content), place.inside, strict=True):
                self.node(node, item, path + "/*")
        elif isinstance(content, ir.XmlMap):
            self.node(content.value, place.item, path + "/*")
        elif isinstance(content, ir.XmlEntries):
            self.node(content.value, place.item, path + "/Value")
            self.node(content.key, key_place(place), path + "/Key")
            self.note(path, "inside", content.inside, place.contract)
        elif isinstance(content, ir.XmlUnion) and len(content.alternatives) == len(place.members):
            self.note(path, "by name", content.by_name, by_name(place))
            for node, member in zip(content.alternatives, place.members, strict=True):
                if node.contract is not None:
                    contract = expanded(node.contract.namespace, node.contract.name)
                    self.note(path + "|", "type", contract, type_names(member)[0])
            for node, member in zip(content.alternatives, place.members, strict=True):
                if content.by_name:
                    self.node(node, member, path + "|")
                else:  # the runtime writes them under the place's name, too, but plans them under their own
                    self.content(self.api.xml[node.content], member, path + "|")

    def object(self, content: ir.XmlObject, place: XmlPlace, path: str) -> None:
        plan = model_plan(place)
        self.note(path, "inside", content.inside, place.contract)
        if content.contract is not None:
            contract = expanded(content.contract.namespace, content.contract.name)
            self.note(path, "contract", contract, name_of(place.shape.type))
        elements = [slot.member.json for slot in plan.elements]
        self.note(path, "order", [node.property for node in content.elements], elements)
        attributes = [slot.member.json for slot in plan.attributes]
        if plan.reference is None:
            self.note(path, "attributes", [node.property for node in content.attributes], attributes)
        places = {slot.member.json: slot.place for slot in plan.slots}
        for node in (*content.attributes, *content.elements, *([content.text] if content.text else [])):
            if node.property in places:
                self.node(node, places[node.property], f"{path}/{node.property}")


def compared(source: Path, package: str) -> Comparison:
    """Every named type, and every body of XML, as the IR and as the runtime have it."""
    api = lower(load(source, options=LoadOptions(tolerant=True)))
    models = generate(source, package, tolerant=True)
    comparison = Comparison(api)
    names = plan_names(api, package, {}, {}).classes
    for type_ in api.types.values():
        if type_.root is not None and type_.id in names:
            name = names[type_.id]
            comparison.node(type_.root, root_place(getattr(models, name)), name)
    written = operations_of(package)
    places = Counter((operation.method, operation.path) for operation in api.operations)
    for operation in api.operations:
        if places[operation.method, operation.path] > 1:
            continue  # told apart by their fragments alone
        answers = written.get((operation.method.upper(), operation.path), {})
        contents = {
            (response.status, content.media_type): content
            for response in operation.responses
            for content in response.contents
        }
        for key, content in contents.items():
            if content.root is not None and key in answers:
                where = f"{operation.method} {operation.path} {key[0]}"
                place = root_place(answers[key].type, wire=answers[key].wire, names=Names(models.__name__))
                comparison.node(content.root, place, where)
    return comparison


def operations_of(package: str) -> dict[tuple[str, str], dict[tuple[str, str], Any]]:
    """What the clients of a package know of answers: contents by status and media type, of each method and path."""
    api = importlib.import_module(f"{package}.api")
    modules = [
        importlib.import_module(f"{package}.api.{module.name}") for module in iter_modules(api.__path__)
    ]
    return {
        (operation.method, operation.path): {
            (response.status, content.media_type): content
            for response in operation.responses
            for content in response.content
        }
        for module in modules
        for operation in vars(module).values()
        if isinstance(operation, Operation)
    }


@pytest.mark.parametrize("path", list(documents()))
def test_settled_as_the_runtime_plans(path: Path) -> None:
    package = "settled_" + re.sub(r"\W", "_", path.parent.name + path.stem).lower()[:40]
    comparison = compared(document_of(path), package)
    assert "\n".join(comparison.differences) == ""


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.json")), ids=lambda path: path.stem)
def test_so_it_is_whatever_components_are_called_and_in_3_2(path: Path) -> None:
    number = sum(path.stem.encode())
    source = changed(path, other_keys=number % 2 == 0, version_3_2=number % 3 != 0)
    package = "changed_" + re.sub(r"\W", "_", path.stem).lower()[:40]
    comparison = compared(source, package)
    assert "\n".join(comparison.differences) == ""
