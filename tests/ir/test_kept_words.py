"""Words come from the lock, where there is one: a name that was given out stays, in every language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bindwright.commands.ir import command
from bindwright.ir import keep_words, lower
from bindwright.ir.model import AnyType, Api, Enum, Object
from bindwright.ir.model.kept_names import KeptNames
from bindwright.ir.serialize import dumps, loads
from bindwright.project.output_tree.lock import FILE_NAME, Lock
from bindwright.targets.python import PythonOptions, emit
from bindwright.targets.python.naming.kept_names import kept_names
from click.testing import CliRunner

from tests.ir.driver import document

TEXT = """
paths:
  /pets/{petId}:
    get: {operationId: getPet, responses: {'204': {description: d}}, parameters: [
      {name: petId, in: path, required: true, schema: {type: string}},
      {name: sort-by, in: query, schema: {type: string}}, {name: sort_by, in: query, schema: {type: string}}]}
  /other: {get: {operationId: get_pet, responses: {'204': {description: d}}}}
components:
  schemas:
    HTTPServer: {type: object}
    http-server: {type: object, properties: {ipAddress: {type: string}, ip_address: {type: string}}}
    Level: {type: string, enum: [very high, VeryHigh, low]}
"""
GIVEN_OUT = {
    "classes": {"#/components/schemas/http-server": "WebServer"},
    "fields": {"#/components/schemas/http-server": {"ip_address": "home_address"}},
    "members": {"#/components/schemas/Level": {"low": "LOWEST"}},
    "operations": {"GET /other": "read_other"},
    "arguments": {"GET /pets/{petId}": {"query:sort_by": "order_of_items"}},
}
"""What an older version called things."""


def locked() -> dict[str, Any]:
    names = emit(lower(document(TEXT)), PythonOptions(package="p"), {}).names
    for section, kept in GIVEN_OUT.items():
        for key, name in kept.items():
            names[section][key] = names[section].get(key, {}) | name if isinstance(name, dict) else name
    return names


def named(api: Api, name: str) -> AnyType:
    """Keys are others in JSON."""
    return next(type_ for type_ in api.types.values() if type_.name == name)


def words_of(api: Api) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {type_.name: type_.words for type_ in api.types.values() if type_.name}
    server = named(api, "http-server")
    assert isinstance(server, Object)
    words |= {property_.name: property_.words for property_ in server.properties}
    level = named(api, "Level")
    assert isinstance(level, Enum)
    words |= {f"value {value.value}": value.words for value in level.members}
    for operation in api.operations:
        words[operation.id] = operation.words
        words |= {f"{operation.id} {parameter.name}": parameter.words for parameter in operation.parameters}
    return words


def test_names_of_the_lock_show_in_words() -> None:
    api = lower(document(TEXT))
    fresh = words_of(api)
    keep_words(api, kept_names(api, {}, locked()))
    kept = words_of(api)
    assert {key: words for key, words in kept.items() if words != fresh[key]} == {
        "http-server": ["web", "server"],
        "ip_address": ["home", "address"],
        "value low": ["lowest"],
        "GET /other": ["read", "other"],
        "GET /pets/{petId} sort_by": ["order", "of", "items"],
    }
    assert words_of(loads(dumps(api))) == kept


def test_what_would_have_the_words_of_a_kept_name_gives_way() -> None:
    api = lower(document(TEXT))
    keep_words(api, KeptNames(types={"#/components/schemas/http-server": "HTTPServer"}))
    assert named(api, "http-server").words == ["http", "server"]
    assert named(api, "HTTPServer").words == ["http", "server", "2"]


def test_a_name_that_only_repeats_the_document_keeps_nothing() -> None:
    api = lower(document(TEXT))
    names = emit(api, PythonOptions(package="p"), {}).names
    assert kept_names(api, {}, names) == KeptNames()


def test_ir_reads_the_lock_of_its_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    head = 'openapi: 3.1.0\ninfo: {title: t, version: "1"}\n'
    (tmp_path / "api.yaml").write_text(head + TEXT)
    (tmp_path / "pyproject.toml").write_text('[tool.bindwright]\ndocument = "api.yaml"\noutput = "out"\n')
    (tmp_path / "out").mkdir()
    lock = Lock(
        generator="", package="p", options="", inputs={}, files={}, names=locked(), document="../api.yaml"
    )
    for document_, words in (("../api.yaml", ["web", "server"]), ("../other.yaml", ["http", "server", "2"])):
        (tmp_path / "out" / FILE_NAME).write_bytes(lock._replace(document=document_).to_bytes())
        printed = CliRunner().invoke(command, [], standalone_mode=False)
        assert named(loads(printed.stdout), "http-server").words == words
