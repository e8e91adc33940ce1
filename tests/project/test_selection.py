"""A part of a document, named by its title, corrected by overlays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bindwright.cli import guarded, run

DOCUMENT = {
    "openapi": "3.1.1",
    "info": {"title": "Pet Shop API 3.0", "version": "1"},
    "paths": {
        path: {
            method: {
                "operationId": operation_id,
                "tags": [tag],
                "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}}},
            }
        }
        for path, method, operation_id, tag, schema in (
            ("/pets", "get", "listPets", "pets", "Pet"),
            ("/pets/all", "delete", "dropPets", "pets", "Report"),
            ("/orders", "get", "listOrders", "orders", "Order"),
        )
    },
    "components": {
        "schemas": {
            "Pet": {"type": "object", "properties": {"owner": {"$ref": "#/components/schemas/Owner"}}},
            "Owner": {"type": "object", "properties": {"name": {"type": "string"}}},
            "Report": {"type": "object", "properties": {"count": {"type": "integer"}}},
            "Order": {"type": "object", "properties": {"id": {"type": "integer"}}},
            "Unused": {"type": "object"},
        }
    },
}  # fmt: skip


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "shop.json"
    path.write_text(json.dumps(DOCUMENT))
    return path


def command(*arguments: str) -> int:
    return guarded(lambda: run(list(arguments)))


def models(folder: Path, package: str = "shop") -> set[str]:
    return {path.stem for path in (folder / package / "models").glob("*.py")} - {"__init__"}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--only", "tag:pets"], {"pet", "owner", "report"}),
        (["--only", "GET /pets*"], {"pet", "owner"}),
        (["--only", "/pets*,listOrders"], {"pet", "owner", "report", "order"}),
        (["--except", "tag:pets"], {"order"}),
        (["--only", "list*", "--except", "listPets"], {"order"}),
        ([], {"pet", "owner", "report", "order", "unused"}),
    ],
)
def test_a_part_of_the_document(document: Path, arguments: list[str], expected: set[str]) -> None:
    assert command("generate", str(document), "-o", "out", "-p", "shop", *arguments) == 0
    assert models(document.parent / "out") == expected


def test_a_pattern_that_fits_nothing_is_told(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("generate", str(document), "-o", "out", "-p", "shop", "--only", "tag:pets,tag:pest") == 0
    assert "selection-unused" in capsys.readouterr().err


def test_the_choice_is_an_option_of_the_output(document: Path) -> None:
    assert command("generate", str(document), "-o", "out", "-p", "shop", "--only", "tag:pets") == 0
    assert command("generate", str(document), "-o", "out", "-p", "shop") == 0
    assert "order" in models(document.parent / "out")


def test_the_title_names_the_package(document: Path) -> None:
    assert command("generate", str(document), "-o", "out") == 0
    assert (document.parent / "out/pet_shop_api/client.py").exists()
    document.write_text(document.read_text().replace("Pet Shop API 3.0", "Another"))
    assert command("generate", str(document), "-o", "out") == 0
    assert not (document.parent / "out/another").exists()  # the name of the first run stays


@pytest.mark.parametrize("title", ["宠物", "3.0", "class"])
def test_a_title_that_names_nothing(document: Path, title: str, capsys: pytest.CaptureFixture[str]) -> None:
    document.write_text(json.dumps({**DOCUMENT, "info": {"title": title, "version": "1"}}))
    assert command("generate", str(document), "-o", "out") == 2
    assert "error[no-package]" in (error := capsys.readouterr().err) or "error[package-name]" in error


@pytest.mark.parametrize("name", ["check", "ir"])
def test_overlays_of_other_commands(document: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    overlay = {"overlay": "1.0.0", "info": {"title": "o", "version": "1"},
               "actions": [{"target": "$.paths['/orders']", "remove": True}]}  # fmt: skip
    (document.parent / "o.json").write_text(json.dumps(overlay))
    assert command(name, str(document), "--overlay", "o.json") == 0
    if name == "ir":
        assert "listOrders" not in capsys.readouterr().out
