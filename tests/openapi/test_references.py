"""Following references: pointers, files, identifiers, anchors, cycles, and what stays closed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from bindwright.openapi import LoadedDocument, LoadOptions, load, loads
from bindwright.openapi.diagnostics.model import Place

ROOT = Place()
HEAD = 'openapi: 3.1.0\ninfo: {title: T, version: "1"}\npaths: {}\n'


def write(folder: Path, **files: str) -> Path:
    """Files by name, ``__`` for a dot and ``_in_`` for a slash; the root document is `openapi.yaml`."""
    for name, text in files.items():
        path = folder / (name.replace("_in_", "/").replace("__", ".") + ("" if "__" in name else ".yaml"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / "openapi.yaml"


def codes(document: LoadedDocument) -> list[str]:
    return [item.code for item in document.diagnostics.items]


def follow(document: LoadedDocument, ref: str, at: Place = ROOT) -> tuple[Any, str]:
    target = document.follow(ref, at)
    assert target is not None, document.diagnostics.items
    return target[0], f"{target[1].file}#{target[1].pointer}"


@pytest.mark.parametrize(
    ("name", "ref"),
    [
        ("plain", "#/x-data/plain"),
        ("a/b", "#/x-data/a~1b"),
        ("a~b", "#/x-data/a~0b"),
        ("~1", "#/x-data/~01"),
        ("a b", "#/x-data/a%20b"),
        ("a b", "#/x-data/a b"),
        ("50%", "#/x-data/50%25"),
        ("\u00fc", "#/x-data/%C3%BC"),
        ("\u00fc", "#/x-data/\u00fc"),
        ("/users/{id}", "#/x-data/~1users~1%7Bid%7D"),
        ("", "#/x-data/"),
        ("0", "#/x-data/0"),
        ('"q"', '#/x-data/"q"'),
    ],
)
def test_pointers(name: str, ref: str) -> None:
    """RFC 6901, 3 to 6."""
    import json

    root = {"openapi": "3.1.0", "info": {}, "paths": {}, "x-data": {name: {"found": name}}}
    document = loads(json.dumps(root))
    value, place = follow(document, ref)
    assert value == {"found": name}
    assert place == "#/x-data/" + name.replace("~", "~0").replace("/", "~1")
    assert document.value(Place(pointer=place[1:])) == value


@pytest.mark.parametrize("ref", ["#/x-list/2", "#/x-list/-1", "#/x-list/01", "#/x-list/-", "#/x-list/\u0661"])
def test_array_indexes_are_exact(ref: str) -> None:
    """RFC 6901, 4: digits without leading zeros."""
    document = loads(HEAD + "x-list: [a, b]\n")
    assert follow(document, "#/x-list/1")[0] == "b"
    assert document.follow(ref, ROOT) is None
    assert codes(document) == ["unresolved-reference"]


def test_the_whole_document() -> None:
    document = loads(HEAD)
    assert follow(document, "#") == (document.root, "#")


def test_files_refer_to_each_other(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        openapi=HEAD
        + "components:\n  schemas:\n    Pet: {$ref: 'schemas/pet.yaml#/Pet'}\n    Name: {type: string}\n",
        schemas_in_pet="Pet:\n  type: object\n  properties:\n"
        "    name: {$ref: ../openapi.yaml#/components/schemas/Name}\n"
        "    tag: {$ref: 'tag.json'}\n    own: {$ref: '#/Own'}\nOwn: {type: integer}\n",
        schemas_in_tag__json='{"type": "string"}',
    )
    document = load(path)
    assert codes(document) == []
    assert document.files == ("", "schemas/pet.yaml", "schemas/tag.json")
    _, pet = follow(document, "#/components/schemas/Pet")
    assert pet == "schemas/pet.yaml#/Pet"
    at = Place(file="schemas/pet.yaml", pointer="/Pet/properties/name")
    assert follow(document, "../openapi.yaml#/components/schemas/Name", at) == (
        {"type": "string"},
        "#/components/schemas/Name",
    )
    assert follow(document, "tag.json", at) == ({"type": "string"}, "schemas/tag.json#")
    assert follow(document, "#/Own", at) == ({"type": "integer"}, "schemas/pet.yaml#/Own")
    position = document.position(Place(file="schemas/pet.yaml", pointer="/Pet/properties/tag"))
    assert position is not None
    assert (position.line, position.column) == (5, 5)


def test_one_file_has_one_name(tmp_path: Path) -> None:
    path = write(tmp_path, openapi=HEAD, a_in_b="x: 1")
    document = load(path)
    names = {
        follow(document, ref)[1]
        for ref in ("a/b.yaml#/x", "./a/b.yaml#/x", "a/../a/b.yaml#/x", "a/%62.yaml#/x")
    }
    assert names == {"a/b.yaml#/x"}


def test_chains_end_at_the_last(tmp_path: Path) -> None:
    document = loads(
        HEAD + "x: {a: {$ref: '#/x/b'}, b: {$ref: '#/x/c', description: d}, c: {type: string}}\n"
    )
    assert follow(document, "#/x/a") == ({"type": "string"}, "#/x/c")


@pytest.mark.parametrize(("version", "end"), [("3.0.3", "#/x/c"), ("3.1.0", "#/x/b"), ("3.2.0", "#/x/b")])
def test_chains_stop_where_siblings_count(version: str, end: str) -> None:
    """OpenAPI 3.0.4, 4.7.23: siblings SHALL be ignored; 3.1.1, 4.8.24: a Schema Object's count."""
    text = HEAD.replace("3.1.0", version)
    document = loads(text + "x: {a: {$ref: '#/x/b'}, b: {$ref: '#/x/c', maxLength: 3}, c: {type: string}}\n")
    assert follow(document, "#/x/a")[1] == end


def test_pointers_go_through_references() -> None:
    document = loads(HEAD + "x: {a: {$ref: '#/x/b'}, b: {properties: {c: {type: string}}}}\n")
    assert follow(document, "#/x/a/properties/c") == ({"type": "string"}, "#/x/b/properties/c")


CYCLES = [
    "{a: {$ref: '#/x-c/a'}}",
    "{a: {$ref: '#/x-c/b'}, b: {$ref: '#/x-c/a'}}",
    "{a: {$ref: '#/x-c/b'}, b: {$ref: '#/x-c/c'}, c: {$ref: '#/x-c/b'}}",
    "{a: {$ref: '#/x-c/a/b'}}",
    "{a: {$ref: '#/x-c/b/c'}, b: {$ref: '#/x-c/a/c'}}",
]


@pytest.mark.parametrize("text", CYCLES)
def test_references_that_only_go_round(text: str) -> None:
    document = loads(HEAD + f"x-c: {text}\n")
    assert document.follow("#/x-c/a", ROOT) is None
    assert set(codes(document)) == {"reference-cycle"}


def test_recursion_is_no_cycle() -> None:
    document = loads(
        HEAD + "components: {schemas: {Node: {properties: {next: {$ref: '#/components/schemas/Node'}}}}}\n"
    )
    assert codes(document) == []


IDS = """
components:
  schemas:
    Root:
      $id: https://example.com/schemas/root
      $anchor: top
      $defs:
        Inner: {$id: inner, $anchor: in, type: integer, properties: {x: {$ref: '#in'}}}
        Other: {$ref: inner}
        Local: {$ref: '#/$defs/Inner'}
        Back: {$ref: '#top'}
    Named: {$ref: 'https://example.com/schemas/inner'}
    Whole: {$ref: 'https://example.com/schemas/root#/$defs/Other'}
"""


@pytest.mark.parametrize(
    ("pointer", "target"),
    [
        ("/components/schemas/Root/$defs/Other", "/components/schemas/Root/$defs/Inner"),
        ("/components/schemas/Root/$defs/Local", "/components/schemas/Root/$defs/Inner"),
        ("/components/schemas/Root/$defs/Back", "/components/schemas/Root"),
        ("/components/schemas/Root/$defs/Inner/properties/x", "/components/schemas/Root/$defs/Inner"),
        ("/components/schemas/Named", "/components/schemas/Root/$defs/Inner"),
        ("/components/schemas/Whole", "/components/schemas/Root/$defs/Inner"),
    ],
)
def test_identifiers(pointer: str, target: str) -> None:
    """JSON Schema 2020-12 core, 8.2.1 and 8.2.2."""
    document = loads(HEAD + IDS)
    assert codes(document) == []
    at = Place(pointer=pointer)
    assert follow(document, document.value(at)["$ref"], at)[1] == "#" + target


def test_identifiers_of_other_files(tmp_path: Path) -> None:
    """Files whose ``$id`` is an address are found beside each other; nothing is fetched."""
    path = write(
        tmp_path,
        openapi=HEAD
        + "components: {schemas: {A: {$ref: a.yaml}, B: {$ref: 'https://example.com/s/b.yaml'}}}\n",
        a="$id: https://example.com/s/a.yaml\nproperties: {b: {$ref: b.yaml}}\n",
        b="$id: https://example.com/s/b.yaml\ntype: string\n",
    )
    document = load(path)
    assert codes(document) == []
    assert follow(document, "b.yaml", Place(file="a.yaml", pointer="/properties/b"))[1] == "b.yaml#"
    assert follow(document, "https://example.com/s/b.yaml")[1] == "b.yaml#"


def test_self_is_the_base() -> None:
    """OpenAPI 3.2.0, 4.1.2.2.1."""
    text = (
        HEAD.replace("3.1.0", "3.2.0")
        + "$self: https://example.com/api/openapi\ncomponents: {schemas: {A: {}}}\n"
    )
    document = loads(text)
    assert (
        follow(document, "https://example.com/api/openapi#/components/schemas/A")[1]
        == "#/components/schemas/A"
    )
    assert follow(document, "openapi#/components/schemas/A")[1] == "#/components/schemas/A"


DYNAMIC = """
components:
  schemas:
    Tree:
      $id: https://x/tree
      $dynamicAnchor: node
      properties: {children: {items: {$dynamicRef: '#node'}}}
    Strict: {$id: 'https://x/strict', $dynamicAnchor: node, $ref: tree, unevaluatedProperties: false}
    Static: {$id: 'https://x/static', $anchor: node, $ref: tree}
"""


def test_dynamic_references() -> None:
    """JSON Schema 2020-12 core, 8.2.3.2, and its example of the extensible tree."""
    document = loads(HEAD + DYNAMIC)
    assert codes(document) == []
    at = Place(pointer="/components/schemas/Tree/properties/children/items")

    def target(*scope: str) -> str:
        places = [Place(pointer=f"/components/schemas/{name}") for name in scope]
        goal = document.follow_dynamic("#node", at, places)
        assert goal is not None
        return goal[1].pointer.rpartition("/")[2]

    assert target() == "Tree"
    assert target("Strict", "Tree") == "Strict"
    assert target("Static", "Tree") == "Tree"


def test_every_unresolved_reference_in_one_run(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        openapi=HEAD + "components:\n  schemas:\n    Pet: {$ref: '#/components/schemas/Dog'}\n"
        "    Doge: {$ref: missing.yaml}\n    Cat: {$ref: 'other.yaml#/Ca'}\n    Cow: {$ref: '#cow'}\n"
        "    Fly: {$ref: 'ftp://x/y'}\n    Bee: {$ref: Pet}\n",
        other="Cat: {type: string}\n",
        mising="{}",
    )
    document = load(path)
    assert codes(document) == [
        "unresolved-reference",
        "missing-file",
        "unresolved-reference",
        "unresolved-reference",
        "unsupported-reference",
        "missing-file",
    ]
    remedies = [item.remedy for item in document.diagnostics.items]
    assert remedies[0] == "did you mean `#/components/schemas/Doge`?"
    assert remedies[1] == "did you mean `mising.yaml`?"
    assert remedies[2] == "did you mean `other.yaml#/Cat`?"
    assert remedies[5] == "did you mean `#/components/schemas/Pet`?"
    assert {item.level for item in document.diagnostics.items} == {"error"}
    lines = [document.position(item.place) for item in document.diagnostics.items]
    assert [position.line if position else 0 for position in lines] == [6, 7, 8, 9, 10, 11]
    tolerant = load(path, options=LoadOptions(tolerant=True))
    assert {item.level for item in tolerant.diagnostics.items} == {"degraded"}
    assert not tolerant.diagnostics.failed


def test_data_is_not_searched_for_references() -> None:
    document = loads(
        HEAD + "components:\n  schemas:\n    A:\n"
        "      example: {$ref: '#/nowhere'}\n      default: {$ref: nothing}\n"
        "      enum: [{$ref: '#/none'}]\n      properties: {$ref: {type: string}, example: {type: string}}\n"
        "  examples: {E: {value: {$ref: '#/no'}}}\nx-own: {$ref: '#/no'}\n"
    )
    assert codes(document) == []


def test_members_called_like_data_are_searched() -> None:
    document = loads(
        HEAD + "components:\n  schemas:\n    example: {properties: {default: {$ref: '#/nowhere'}}}\n"
        "  examples: {enum: {$ref: '#/neither'}}\n"
    )
    assert codes(document) == ["unresolved-reference", "unresolved-reference"]


def test_files_outside_the_folder_stay_closed(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("type: string")
    (tmp_path / "api").mkdir()
    os.symlink(tmp_path / "secret.yaml", tmp_path / "api" / "link.yaml")
    (tmp_path / "api" / "inside.yaml").write_text("type: integer")
    refs = [
        "../secret.yaml",
        (tmp_path / "secret.yaml").as_uri(),
        "link.yaml",
        "%2e%2e/secret.yaml",
        "a/../../secret.yaml",
    ]
    schemas = "".join(f"    S{index}: {{$ref: '{ref}'}}\n" for index, ref in enumerate(refs))
    path = tmp_path / "api" / "openapi.yaml"
    path.write_text(HEAD + f"components:\n  schemas:\n{schemas}    In: {{$ref: ./x/../inside.yaml}}\n")
    document = load(path)
    assert codes(document) == ["reference-outside"] * len(refs)
    assert document.files == ("", "inside.yaml")
    allowed = load(path, options=LoadOptions(allow_outside=True))
    assert codes(allowed) == []
    assert allowed.files == ("", "../secret.yaml", "inside.yaml")


def test_networks_stay_closed() -> None:
    document = loads(HEAD + "components: {schemas: {A: {$ref: 'https://127.0.0.1:1/a.yaml'}}}\n")
    assert codes(document) == ["reference-remote"]


def test_folders_and_devices_are_not_read(tmp_path: Path) -> None:
    path = write(
        tmp_path, openapi=HEAD + "components: {schemas: {A: {$ref: '.'}, B: {$ref: sub}, C: {$ref: pipe}}}\n"
    )
    (tmp_path / "sub").mkdir()
    os.mkfifo(tmp_path / "pipe")
    assert codes(load(path)) == ["unreadable-file"] * 3


def test_broken_files_are_told_once_each(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        openapi=HEAD + "components: {schemas: {A: {$ref: 'bad.yaml#/A'}, B: {$ref: 'bad.yaml#/B'}}}\n",
        bad="A: [\n",
    )
    reported = codes(load(path))
    assert reported.count("yaml-syntax") == 1
    assert set(reported) == {"yaml-syntax", "unresolved-reference"}


def test_the_same_complaint_comes_once() -> None:
    document = loads(HEAD + "components: {schemas: {A: {$ref: '#/no'}, B: {$ref: '#/no'}}}\n")
    assert document.follow("#/no", Place(pointer="/components/schemas/A")) is None
    assert document.follow("#/no", Place(pointer="/components/schemas/B")) is None
    assert codes(document) == ["unresolved-reference"]
    assert document.diagnostics.items[0].message.endswith("(used 2 times)")


@pytest.mark.parametrize(
    "ref", ["", "#/%zz", "#/~2", "http://[", "//", "?", "#//", "\x00", "a\x00b", "a" * 5000, "file:///", ":"]
)
def test_odd_references_never_raise(ref: str, tmp_path: Path) -> None:
    path = write(tmp_path, openapi=HEAD)
    load(path).follow(ref, ROOT)
    loads(HEAD).follow(ref, ROOT)
