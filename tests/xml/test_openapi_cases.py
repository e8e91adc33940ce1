"""The rules and examples of the OpenAPI text, each in both directions: a folder has schema, data, document."""

from __future__ import annotations

import json as stdlib
import re
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from bindwright.runtime import json, xml
from lxml import etree

from tests.datacontract.generated import generate
from tests.scratch import new_folder

FOLDER = Path(__file__).parent / "openapi"
CASES = sorted(folder.name for folder in FOLDER.iterdir())


def root_name(case: str) -> str:
    """The component that a case is about: its first."""
    return next(iter(yaml.safe_load((FOLDER / case / "schema.yaml").read_text())))


@cache
def models(case: str) -> ModuleType:
    """The models of one case."""
    schemas = yaml.safe_load((FOLDER / case / "schema.yaml").read_text())
    paths = {
        "/it": {"get": {"operationId": "getIt", "responses": {"200": {"description": "it", "content": {
            "application/xml": {"schema": {"$ref": f"#/components/schemas/{root_name(case)}"}}}}}}}
    }  # fmt: skip
    document = {
        "openapi": "3.2.0", "info": {"title": case, "version": "1"}, "paths": paths, "components": {"schemas": schemas},
    }  # fmt: skip
    path = new_folder() / "openapi.json"
    path.write_text(stdlib.dumps(document))
    return generate(path, "case_" + re.sub(r"\W", "_", case))


def canonical(document: bytes) -> bytes:
    """A document without white space between elements, in canonical form."""
    root = etree.fromstring(document, etree.XMLParser(remove_blank_text=True))
    if any(len(element) and (element.text or "").strip() for element in root.iter()):
        return etree.tostring(root, method="c14n2")
    for element in root.iter():
        element.text = (
            (element.text or "").strip() if not element.text or "\n" in element.text else element.text
        )
        element.tail = None
    return etree.tostring(root, method="c14n2")


def pair(case: str) -> tuple[Any, bytes, Any]:
    data = stdlib.loads((FOLDER / case / "data.json").read_text())
    return getattr(models(case), root_name(case)), (FOLDER / case / "document.xml").read_bytes(), data


@pytest.mark.parametrize("case", CASES)
def test_the_document_gives_the_data(case: str) -> None:
    type_, document, data = pair(case)
    assert stdlib.loads(json.encode(xml.decode(document, type_), type_)) == data


@pytest.mark.parametrize("case", CASES)
def test_the_data_gives_the_document(case: str) -> None:
    type_, document, data = pair(case)
    written = xml.encode(json.decode(stdlib.dumps(data), type_), type_)
    assert canonical(written) == canonical(document)


@pytest.mark.parametrize("case", CASES)
def test_decoded_and_encoded_it_is_the_same(case: str) -> None:
    type_, document, _ = pair(case)
    value = xml.decode(document, type_)
    assert canonical(xml.encode(value, type_)) == canonical(document)
    assert xml.decode(xml.encode(value, type_), type_) == value
