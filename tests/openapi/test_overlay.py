"""OpenAPI Overlay 1.0.0: corrections beside a document."""

from __future__ import annotations

from pathlib import Path

import pytest
from bindwright.openapi import LoadedDocument, LoadOptions, load, render
from bindwright.openapi.diagnostics.model import Place

DOCUMENT = """\
openapi: 3.1.0
info: {title: Shop, version: '1'}
paths:
  /a: {get: {tags: [one], responses: {'200': {description: fine}}}}
components:
  schemas:
    List: &shared {type: array, items: {type: string}}
    Other: *shared
    Plain: {type: string}
"""


def loaded(folder: Path, overlay: str) -> LoadedDocument:
    (folder / "openapi.yaml").write_text(DOCUMENT)
    (folder / "fix.yaml").write_text(overlay)
    return load(folder / "openapi.yaml", options=LoadOptions(overlays=[str(folder / "fix.yaml")]))


def actions(*lines: str) -> str:
    return "overlay: 1.0.0\ninfo: {title: fix, version: '1'}\nactions:\n" + "".join(
        f"- {line}\n" for line in lines
    )


def test_objects_merge_arrays_grow_and_values_are_replaced(tmp_path: Path) -> None:
    update = "{tags: [two], summary: Read, responses: {'404': {description: gone}}}"
    update = f"{{target: \"$.paths['/a'].get\", update: {update}}}"
    document = loaded(tmp_path, actions(update, "{target: $.info, update: {title: Store}}"))
    get = document.root["paths"]["/a"]["get"]
    assert get["tags"] == ["one", "two"]
    assert get["summary"] == "Read"
    assert list(get["responses"]) == ["200", "404"]
    assert document.root["info"]["title"] == "Store"
    assert not document.diagnostics.items


def test_a_target_that_is_an_array_gets_the_entry(tmp_path: Path) -> None:
    document = loaded(tmp_path, actions("{target: \"$.paths['/a'].get.tags\", update: two}"))
    assert document.root["paths"]["/a"]["get"]["tags"] == ["one", "two"]


def test_a_filter_reaches_every_match_but_not_what_only_shared_its_text(tmp_path: Path) -> None:
    arrays = "{target: \"$.components.schemas[?@.type == 'array']\", update: {xml: {wrapped: true}}}"
    document = loaded(
        tmp_path, actions(arrays, "{target: $.components.schemas.List, update: {title: only here}}")
    )
    schemas = document.root["components"]["schemas"]
    assert schemas["List"]["xml"] == schemas["Other"]["xml"] == {"wrapped": True}
    assert "title" not in schemas["Other"]
    assert "xml" not in schemas["Plain"]


def test_removing_members_and_items(tmp_path: Path) -> None:
    document = loaded(
        tmp_path,
        actions(
            "{target: $.components.schemas.Plain, remove: true}",
            "{target: '$.paths[*].get.tags[*]', remove: true}",
        ),
    )
    assert "Plain" not in document.root["components"]["schemas"]
    assert document.root["paths"]["/a"]["get"]["tags"] == []


def test_an_overlay_is_one_of_the_files_of_the_document(tmp_path: Path) -> None:
    assert "fix.yaml" in loaded(tmp_path, actions("{target: $.info, update: {title: x}}")).files


@pytest.mark.parametrize(
    ("overlay", "code"),
    [
        ("openapi: 3.1.0", "overlay"),
        ("overlay: 1.0.0\nactions: []", "overlay"),
        (actions("{update: {}}"), "overlay"),
        (actions("{target: '$.[', update: {}}"), "overlay"),
        (actions("{target: $, remove: true}"), "overlay"),
        (actions("{target: $.openapi, update: {a: 1}}"), "overlay"),
        (actions("{target: $.info, updates: {}}"), "overlay"),
        (actions("{target: $.nowhere, update: {}}"), "overlay-unused"),
    ],
)
def test_what_is_wrong_with_an_overlay_has_a_place_in_it(tmp_path: Path, overlay: str, code: str) -> None:
    document = loaded(tmp_path, overlay)
    assert [item.code for item in document.diagnostics.items] == [code]
    assert "fix.yaml:" in render(document.diagnostics.items, document, color=False)


def test_a_missing_overlay_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(DOCUMENT)
    document = load(tmp_path / "openapi.yaml", options=LoadOptions(overlays=[str(tmp_path / "none.yaml")]))
    assert [item.code for item in document.diagnostics.items] == ["missing-file"]


def test_a_node_is_copied_into_the_targets(tmp_path: Path) -> None:
    """Overlay 1.1.0, Action Object: `copy` selects one node; it is merged as an update is."""
    steps = actions(
        "{target: $.components.schemas.Plain, copy: $.components.schemas.List}",
        "{target: \"$.paths['/a'].get.tags\", copy: \"$.paths['/a'].get.tags\"}",
        "{target: $.components.schemas, copy: $.components}",
    )
    document = loaded(tmp_path, steps.replace("1.0.0", "1.1.0"))
    assert not document.diagnostics.items
    schemas = document.root["components"]["schemas"]
    assert schemas["Plain"] == {"type": "array", "items": {"type": "string"}}
    assert schemas["Plain"]["items"] is not schemas["List"]["items"]
    assert document.root["paths"]["/a"]["get"]["tags"] == ["one", "one"]
    assert schemas["schemas"]["Plain"] == schemas["Plain"], "the source stands around the target"


def test_single_values_are_replaced_from_overlay_1_1_on(tmp_path: Path) -> None:
    step = actions("{target: $.info.title, update: Store}")
    assert loaded(tmp_path, step.replace("1.0.0", "1.1.0")).root["info"]["title"] == "Store"
    assert loaded(tmp_path, step).diagnostics.failed


@pytest.mark.parametrize(
    ("action", "version", "message"),
    [
        ("{target: $.info, copy: $.info}", "1.0.0", "`copy` is of Overlay 1.1"),
        ("{target: $.info, copy: $.nothing}", "1.1.0", "`copy` selects 0 nodes"),
        ("{target: $.info, copy: $.*}", "1.1.0", "`copy` selects 4 nodes"),
        ("{target: $.info, copy: 5}", "1.1.0", "`copy` is a JSONPath"),
        ("{target: $.info, copy: ''}", "1.1.0", "not a JSONPath: it is empty"),
        ("{target: '', update: {}}", "1.1.0", "not a JSONPath: it is empty"),
        ("{target: ' ', update: {}}", "1.1.0", "not a JSONPath"),
        ("{target: '$[', update: {}}", "1.1.0", "not a JSONPath"),
        ("{target: '$[?@.a == 1e999]', remove: true}", "1.0.0", "not a JSONPath"),
        ("{target: $.info}", "1.1.0", "an action that changes nothing"),
    ],
)
def test_what_cannot_be_copied_is_a_diagnostic(
    tmp_path: Path, action: str, version: str, message: str
) -> None:
    document = loaded(tmp_path, actions(action).replace("1.0.0", version))
    assert any(message in item.message for item in document.diagnostics.items)


LISTS = """\
openapi: 3.1.0
info:
  title: Shop
  version: '1'
paths:
  /a:
    get:
      tags: [one]
      parameters:
        - {name: first, in: query, schema: {type: string}}
        - {name: second, in: query, schema: {type: string}}
        - {name: third, in: query, schema: {type: string}}
      responses: {'200': {description: fine}}
"""
FIXES = """\
overlay: 1.1.0
info: {title: fix, version: '1'}
actions:
  - target: $.paths['/a'].get.parameters[?@.name == 'second']
    remove: true
  - target: $.paths['/a'].get
    update:
      summary: Read
      parameters:
        - {name: fourth, in: query, schema: {type: string}}
  - target: $.paths['/a'].get.parameters[?@.name == 'first']
    remove: true
  - target: $.paths['/a'].get.parameters[?@.name == 'fourth']
    update: {description: The last}
  - target: $.info.title
    update: Store
  - target: $.paths['/a'].get.tags[0]
    update: two
  - target: $.paths['/a'].get.responses
    update: {'404': {description: gone}}
  - target: $.paths['/a'].get.responses['404']
    remove: true
  - target: $.paths['/a'].get.responses['200']
    copy: $.info
"""


@pytest.mark.parametrize(
    ("pointer", "file", "line"),
    [
        ("/info/version", "", 4),
        ("/info/title", "fix.yaml", 16),
        ("/paths/~1a/get/summary", "fix.yaml", 8),
        ("/paths/~1a/get/tags/0", "fix.yaml", 18),
        ("/paths/~1a/get/parameters/0/name", "", 12),
        ("/paths/~1a/get/parameters/1", "fix.yaml", 10),
        ("/paths/~1a/get/parameters/1/schema/type", "fix.yaml", 10),
        ("/paths/~1a/get/parameters/1/description", "fix.yaml", 14),
        ("/paths/~1a/get/responses/200/description", "", 13),
        ("/paths/~1a/get/responses/200/title", "fix.yaml", 24),
        ("/paths/~1a/get/nothing", "", 7),
    ],
)
def test_what_an_overlay_changes_stands_in_the_overlay(
    tmp_path: Path, pointer: str, file: str, line: int
) -> None:
    (tmp_path / "openapi.yaml").write_text(LISTS)
    (tmp_path / "fix.yaml").write_text(FIXES)
    options = LoadOptions(overlays=[str(tmp_path / "fix.yaml")])
    document = load(tmp_path / "openapi.yaml", options=options)
    assert not document.diagnostics.failed
    place = Place(file="", pointer=pointer)
    position = document.position(place)
    assert position is not None
    assert (document.source(place).file, position.line) == (file, line)


def test_a_message_about_what_an_overlay_adds_shows_the_overlay(tmp_path: Path) -> None:
    document = loaded(tmp_path, actions("{target: $.components.schemas, update: {Pet: {typ: string}}}"))
    assert [item.code for item in document.diagnostics.items] == ["unknown-key"]
    assert "fix.yaml:4:" in render(document.diagnostics.items, document, color=False)
