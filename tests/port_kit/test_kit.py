"""Kits of documents of our own: complete, the same twice, passed by our runtime, failed by faulty ports."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import get_args

import pytest
from bindwright.commands import group
from bindwright.conformance import vectors
from bindwright.conformance.comparison import difference
from bindwright.conformance.runner import run_all
from bindwright.conformance.vectors import Check
from bindwright.ir import lower
from bindwright.ir.model.lexical import LexicalForm
from bindwright.openapi import load, loads
from bindwright.ports import kit
from bindwright.ports.python_port import Port
from click.testing import CliRunner

from tests.lowering import lowered
from tests.port_kit.faults import FAULTS

ROOT = Path(__file__).parents[2]
DOCUMENTS = {"jobs": ROOT / "openapi.yaml", "shop": ROOT / "docs" / "examples" / "shop.yaml"}


@pytest.fixture(scope="module", params=sorted(DOCUMENTS))
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp(request.param)
    for name, data in kit.files(lower(load(str(DOCUMENTS[request.param])))).items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(data)
    return target


@pytest.fixture(scope="module")
def checks(folder: Path) -> list[Check]:
    return list(vectors.read(sorted((folder / "vectors").glob("*.jsonl"))))


def test_our_runtime_passes_all(folder: Path, checks: list[Check]) -> None:
    command = [sys.executable, "-m", "bindwright.ports.python_port"]
    info, outcomes = run_all(command, str(folder / "ir.json"), checks, timeout=60)
    assert info.name == "bindwright (Python)"
    assert [(outcome.check.name, outcome.message) for outcome in outcomes if outcome.status != "passed"] == []
    assert len(outcomes) > 300


def test_every_rule_has_a_page(folder: Path, checks: list[Check]) -> None:
    rules = (folder / "RULES.md").read_text(encoding="utf-8")
    for rule in {check.rule for check in checks}:
        assert f"### {rule}\n" in rules, rule


def test_each_lexical_form_has_its_grammar_in_the_kit(folder: Path) -> None:
    """A port that is written from the kit has no documentation beside it."""
    rules = (folder / "RULES.md").read_text(encoding="utf-8")
    page = (ROOT / "docs/reference/lexical.md").read_text(encoding="utf-8")
    forms = page.split("\n## ")[1:]
    assert len(forms) == len(get_args(LexicalForm))
    for form in forms:
        assert f"### lexical/{form.strip()}" in rules, form


def test_twenty_vectors_an_object_type(folder: Path) -> None:
    ir = json.loads((folder / "ir.json").read_text())
    objects = {
        type_["name"] for type_ in ir["types"].values() if type_["kind"] == "object" and "name" in type_
    }
    for name in objects:
        assert (folder / "vectors" / f"{name}.jsonl").read_text().count("\n") > 20, name


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_fault_loses_vectors(name: str, all_checks: list[tuple[Port, Check]]) -> None:
    lost = sum(difference(check, FAULTS[name](port, check.request)) is not None for port, check in all_checks)
    assert lost >= 3


@pytest.fixture(scope="module")
def all_checks(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Port, Check]]:
    pairs: list[tuple[Port, Check]] = []
    for name, path in DOCUMENTS.items():
        target = tmp_path_factory.mktemp(name)
        files = kit.files(lower(load(str(path))))
        (target / "ir.json").write_bytes(files["ir.json"])
        port = Port(str(target / "ir.json"))
        for file, data in files.items():
            if file.startswith("vectors/") and file.endswith(".jsonl"):
                (target / "v.jsonl").write_bytes(data)
                checks = vectors.read([target / "v.jsonl"])
                pairs += [(port, check) for check in checks if check.ir == "ir.json"]
    return pairs


def test_same_bytes_twice() -> None:
    api = lower(load(str(DOCUMENTS["shop"])))
    assert kit.files(api) == kit.files(lower(load(str(DOCUMENTS["shop"]))))


def test_the_command_writes_checks_and_leaves_other_files(tmp_path: Path) -> None:
    runner, target = CliRunner(), tmp_path / "kit"
    arguments = ["port-kit", str(DOCUMENTS["jobs"]), "--output", str(target)]

    def run(*further: str) -> object:
        result = runner.invoke(group, [*arguments, *further], standalone_mode=False)
        return getattr(result.exception, "code", None) or result.return_value

    assert run() == 0
    assert run("--check") == 0
    (target / "mine.txt").write_text("mine")
    (target / "ir.json").write_text("{}")
    assert run("--check") == 3
    assert run() == 0
    assert (target / "mine.txt").read_text() == "mine"
    assert run("--check") == 0


def test_a_folder_that_is_no_kit_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    command = ["port-kit", str(DOCUMENTS["jobs"]), "--output", str(tmp_path)]
    result = CliRunner().invoke(group, command, standalone_mode=False)
    assert getattr(result.exception, "code", None) == "not-a-kit"
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("planted", ["../outside.txt", "/tmp/outside.txt", "a/../../outside.txt"])
def test_a_planted_list_deletes_nothing_outside(tmp_path: Path, planted: str) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("keep")
    target = tmp_path / "kit"
    target.mkdir()
    (target / "kit.txt").write_text(planted + "\n")
    CliRunner().invoke(
        group, ["port-kit", str(DOCUMENTS["jobs"]), "--output", str(target)], standalone_mode=False
    )
    assert outside.read_text() == "keep"


def test_adapters_are_short_and_the_ones_that_can_run_greet(folder: Path, checks: list[Check]) -> None:
    for adapter in (folder / "adapters").iterdir():
        assert adapter.read_text(encoding="utf-8").count("\n") <= 25, adapter.name
    command = [sys.executable, str(folder / "adapters" / "python.py")]
    _, outcomes = run_all(command, str(folder / "ir.json"), checks[:20])
    assert {outcome.status for outcome in outcomes} == {"skipped"}


ODD = """
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a:
    post:
      requestBody: {content: {application/xml: {schema: {$ref: '#/components/schemas/A'}}}}
      responses: {'204': {description: d}}
components:
  schemas:
    A:
      type: object
      required: [id, '']
      xml: {namespace: 'NAMESPACE', prefix: p}
      properties: {id: {type: integer}, '': {type: string}, '*': {type: integer}, a/b: {type: string}, .: {type: integer}}
"""


@pytest.mark.parametrize("namespace", ["urn:a", '"><img src=x onerror=a()>', "a b", "{a}", "%s", "//["])
def test_odd_names_have_vectors_or_none(namespace: str) -> None:
    """Names of members that look like a path, namespaces that lxml reads and does not write."""
    files = kit.files(lower(loads(ODD.replace("NAMESPACE", namespace))))
    lines = [json.loads(line) for name, data in files.items() if name.endswith("jsonl") for line in data.splitlines()]  # fmt: skip
    assert any(line.get("id", "").startswith("A") for line in lines)


def test_names_of_any_length_are_names_of_files(tmp_path: Path) -> None:
    """Names that are equal as far as they go, or but for their case."""
    names = ["x" * 300 + "1", "x" * 300 + "2", "Pet", "pet"]
    schemas = {name: {"type": "object", "properties": {"a": {"type": "string"}}} for name in names}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "components": {"schemas": schemas},
    }
    files = [name for name in kit.files(lowered(document)) if re.match("vectors/(?!.*scalars)", name)]
    assert sorted(len(name) for name in files) == [17, 19, 94, 96]
    assert len({name.lower() for name in files}) == 4


def _many(count: int) -> bytes:
    """A document of so many objects alike but for their names, texts and enums, and operations that send them."""
    schemas: dict[str, object] = {}
    paths: dict[str, object] = {}
    for number in range(count):
        schemas[f"Text{number}"] = {"type": "string"}
        schemas[f"Choice{number}"] = {"type": "string", "enum": ["a", f"b{number}"]}
        schemas[f"Thing{number}"] = {
            "type": "object",
            "required": ["id"],
            "xml": {"namespace": "urn:things"},
            "properties": {
                "id": {"type": "integer", "format": "int32"},
                "name": {"$ref": f"#/components/schemas/Text{number}"},
                "choice": {"$ref": f"#/components/schemas/Choice{number}"},
                "at": {"type": "string", "format": "date-time", "nullable": True},
            },
        }
        body = {
            kind: {"schema": {"$ref": f"#/components/schemas/Thing{number}"}}
            for kind in ("application/json", "application/xml")
        }
        paths[f"/things{number}/{{id}}"] = {
            "put": {
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "requestBody": {"content": body},
                "responses": {"200": {"description": "d", "content": body}},
            }
        }
    info = {"title": "t", "version": "1"}
    document = {"openapi": "3.0.3", "info": info, "paths": paths, "components": {"schemas": schemas}}
    return json.dumps(document).encode()


@pytest.fixture(scope="module")
def many() -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The kit of a document of many types, and the one that has all vectors."""
    api = lower(loads(_many(60).decode()))
    return kit.files(api), kit.files(api, every=True)


def _ids(files: dict[str, bytes], name: str) -> list[str]:
    return [json.loads(line)["id"] for line in files[name].splitlines()[1:]]


def test_types_beyond_the_first_ones_show_a_part_in_turn(
    many: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    part, every = many
    assert sum(map(len, part.values())) < sum(map(len, every.values())) * 0.7
    things = {f"vectors/Thing{number}.jsonl" for number in range(60)}
    shown = {name for name in things if b'"extent":"part"' in part[name].partition(b"\n")[0]}
    assert len(shown) == 36
    for name in things:
        assert len(_ids(part, name)) >= 20
        assert set(_ids(part, name)) <= set(_ids(every, name))
        assert name in shown or part[name] == every[name]


def test_parts_together_show_everything(many: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    """What a type has by itself, all of those that show a part have together: every rule, every member, every form."""
    part, every = many
    shown = {
        identifier.partition(".")[2]
        for name, data in part.items()
        if name.startswith("vectors/Thing") and b'"extent"' in data.partition(b"\n")[0]
        for identifier in _ids(part, name)
    }
    whole = {identifier.partition(".")[2] for identifier in _ids(every, "vectors/Thing50.jsonl")}
    # Of the second document no deviating forms are shown, and of few documents tagged values.
    whole = {name for name in whole if not name.startswith("2.") and not name.endswith(".value")}
    assert sorted(whole - shown) == ["sample-3", "xml-empty"]


def test_texts_of_one_form_are_shown_by_three_of_them(
    many: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    part, every = many
    for name in ("Text", "Choice"):
        assert len([file for file in part if file.startswith(f"vectors/{name}")]) == 3
        assert len([file for file in every if file.startswith(f"vectors/{name}")]) == 60


def test_an_optional_body_that_can_say_nothing_is_no_argument() -> None:
    """The bindings have no argument for it."""
    body = {"content": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "additionalProperties": False}}}}  # fmt: skip
    answer = {"200": {"description": "d", "content": {"application/json": {"schema": {"type": "string"}}}}}
    document = {
        "openapi": "3.0.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"get": {"operationId": "a", "requestBody": body, "responses": answer}}},
    }
    files = kit.files(lowered(document))
    vectors = [json.loads(line) for line in files["vectors/operations.jsonl"].splitlines()[1:]]
    assert {vector["kind"] for vector in vectors} == {"request", "answer"}
    assert all(vector["arguments"] == {} for vector in vectors)


def test_lists_whose_positions_have_names_have_vectors_of_xml() -> None:
    """The IR has the name of each position, so that a port can know it."""
    items = {"items": {"type": "string", "xml": {"name": "rest"}}}
    positions = {"prefixItems": [{"type": "integer", "xml": {"name": "x"}}]}
    bodies = {}
    for name in ("Open", "Around", "Plain"):
        body = {"schema": {"$ref": f"#/components/schemas/{name}"}}
        content = {"application/xml": body, "application/json": body}
        responses = {"200": {"description": "d", "content": content}}
        bodies[f"/{name}"] = {"post": {"requestBody": {"content": content}, "responses": responses}}
    open_ = {"type": "array", "minItems": 2, **positions, **items}
    around = {"type": "object", "properties": {"open": {"$ref": "#/components/schemas/Open"}}}
    plain = {"type": "array", "minItems": 1, **items}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": bodies,
        "components": {"schemas": {"Open": open_, "Around": around, "Plain": plain}},
    }
    files = kit.files(lowered(document))
    formats: dict[str, set[str]] = {}
    for name, data in files.items():
        if name.startswith("vectors/") and name.endswith(".jsonl") and "scalars" not in name:
            for line in data.splitlines()[1:]:
                vector = json.loads(line)
                subject = vector.get("operation", vector.get("type", "")).rpartition("/")[2].removeprefix("#")
                inputs = vector.get("in", {vector.get("format"): ""})
                formats.setdefault(subject, set()).update(inputs)
    assert formats == {"Open": {"json", "xml"}, "Around": {"json", "xml"}, "Plain": {"json", "xml"}}


def test_types_that_only_the_bindings_name_are_in_no_vector() -> None:
    """An alternative without a name of its own has that of its class in `xsi:type`, which no other port could know."""
    text = {"type": "object", "properties": {"text": {"type": "string"}}}
    known = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}
    body = {"application/xml": {"schema": {"$ref": "#/components/schemas/Either"}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": {"description": "d", "content": body}}}}},
        "components": {
            "schemas": {"Either": {"anyOf": [known, text], "examples": [{}, {"text": "x"}]}, "Known": known}
        },
    }
    files = kit.files(lowered(document))
    contracts = {
        content["contract"]["name"]
        for content in json.loads(files["ir.json"])["xml"].values()
        if content.get("contract")
    }
    named = set()
    for name, data in files.items():
        if name.startswith("vectors/") and name.endswith(".jsonl") and "scalars" not in name:
            named |= set(re.findall(r"xsi:type=.\"(\w+)", data.decode()))
    assert named <= contracts
    assert b'"xml"' in files["vectors/Known.jsonl"]


def test_objects_without_names_have_vectors() -> None:
    schema = "{type: object, required: [n], properties: {n: {type: integer, format: int32}, in: {type: object, properties: {a: {type: string}}}}}"
    document = f"""
openapi: 3.1.0
info: {{title: t, version: '1'}}
paths:
  /a:
    put:
      operationId: putA
      requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}
      responses: {{'204': {{description: d}}}}
"""
    files = kit.files(lower(loads(document)))
    counts = {name: data.count(b"\n") - 1 for name, data in files.items() if "put_a" in name}
    assert counts.keys() == {"vectors/put_a_body.jsonl", "vectors/put_a_body_in.jsonl"}
    assert min(counts.values()) >= 20


def test_an_unknown_element_that_is_known_as_an_entry_makes_no_vector() -> None:
    """A map of lists in our runtime takes an element of any namespace for an entry; a port that keeps it is right."""
    schemas = {
        "Lists": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
        "Point": {"type": "object", "properties": {"x": {"type": "integer"}}},
    }
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": schemas}}  # fmt: skip
    files = kit.files(lowered(document), every=True)
    assert b"Lists.xml-unknown" not in files["vectors/Lists.jsonl"]
    assert b"Point.xml-unknown" in files["vectors/Point.jsonl"]


def test_each_alternative_and_each_derived_type_has_a_vector() -> None:
    """A port that knows the first alternative alone, or no derived type, fails."""
    ref = {"$ref": "#/components/schemas/Animal"}
    animal = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}, "discriminator": {"propertyName": "kind"}}  # fmt: skip
    cat = {"allOf": [ref, {"type": "object", "properties": {"lives": {"type": "integer"}}}]}
    either = {"oneOf": [{"type": "integer"}, {"type": "array", "items": {"type": "string"}}]}
    members = {
        "either": {"$ref": "#/components/schemas/Either"},
        "pet": ref,
        "pets": {"type": "array", "items": ref},
    }
    schemas = {
        "Animal": animal,
        "Cat": cat,
        "Either": either,
        "Box": {"type": "object", "properties": members},
    }
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": schemas}}  # fmt: skip
    files = kit.files(lowered(document), every=True)
    boxes = [
        json.loads(line).get("in", {}).get("json", "") for line in files["vectors/Box.jsonl"].splitlines()
    ]
    for part in ('"either":[', '"pet":{"kind":"Cat","lives":', '"pets":[{"kind":"Cat","lives":'):
        assert any(part in box for box in boxes if isinstance(box, str)), part
    assert b'"in":{"json":"[' in files["vectors/Either.jsonl"]


def test_a_discriminator_that_nobody_set_has_a_vector() -> None:
    """A port that writes an object of a derived type without it fails."""
    pet = {
        "type": "object",
        "discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat"}},
        "properties": {"name": {"type": "string"}, "kind": {"type": "string"}},
    }
    cat = {"allOf": [{"$ref": "#/components/schemas/Pet"}], "properties": {"lives": {"type": "integer"}}}
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": {"Pet": pet, "Cat": cat}}}  # fmt: skip
    files = kit.files(lowered(document), every=True)
    lines = [json.loads(line) for line in files["vectors/Cat.jsonl"].splitlines()]
    (vector,) = [line for line in lines if str(line.get("id", "")).endswith("-unset")]
    assert "kind" not in json.loads(vector["in"]["json"])
    assert json.loads(vector["out"]["json"])["kind"] == "cat"
    assert vector["rule"] == "json/discriminator"
    assert b"-unset" not in files["vectors/Pet.jsonl"]
