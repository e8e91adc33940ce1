"""The TypeScript runtime is right on .NET's vectors, in all directions, and on the OpenAPI XML cases."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from tests.datacontract.generated import FACTS, vectors
from tests.datacontract.test_xml_vectors import numbers_apart
from tests.ir.test_settled_xml import document_of
from tests.ports.test_interpreter import NESTED, nested, written
from tests.typescript.node import answers, transcode
from tests.xml.test_openapi_cases import CASES, FOLDER, canonical, root_name

NOT_RIGHT = {
    "text.ctrl-0001": "not XML 1.0",
    "text.nonchar-fffe-ffff": "not XML 1.0",
    "any.known-list": "JSON does not tell the types of free values",
    "names.mixed-null": "members of one side only",
    "names.mixed-attributes": "members of one side only",
}
DIRECTIONS = [(source, target) for source in ("json", "xml") for target in ("json", "xml")]


@cache
def outputs() -> dict[tuple[str, str, str], Any]:
    """What becomes of .NET's vectors, by case, source and target."""
    ir = written(FACTS / "datacontract.openapi.yaml", "datacontract")
    keys = [(case, source, target) for case in vectors() for source, target in DIRECTIONS]
    requests = [
        transcode(
            "#" + vectors()[case]["type"],
            source,
            target,
            vectors()[case]["json" if source == "json" else "xml_xmlwriter"],
        )
        for case, source, target in keys
    ]
    return dict(zip(keys, answers(ir, requests), strict=True))


def is_right(case: str, source: str, target: str) -> bool:
    vector, answer = vectors()[case], outputs()[case, source, target]
    if "output" not in answer:
        return False
    output = answer["output"][target]
    if target == "json":
        expected = vector["json"] if source == "json" else vector.get("json_from_xml", vector["json"])
        return bool(output == expected)
    expected = vector["xml_xmlwriter"]
    if source == "json":
        expected = vector.get("xml_from_json", expected)
    return numbers_apart(output) == numbers_apart(expected)


@pytest.mark.parametrize(("source", "target"), DIRECTIONS)
def test_vectors_of_dotnet(source: str, target: str) -> None:
    wrong = [case for case in vectors() if case not in NOT_RIGHT and not is_right(case, source, target)]
    assert not wrong, [(case, outputs()[case, source, target]) for case in wrong]


def test_enough_vectors_are_right_in_all_directions() -> None:
    right = [case for case in vectors() if all(is_right(case, *direction) for direction in DIRECTIONS)]
    assert len(right) >= 143


@pytest.mark.parametrize("case", CASES)
def test_cases_of_openapi(case: str) -> None:
    document = document_of(FOLDER / case / "schema.yaml")
    texts = {"json": "data.json", "xml": "document.xml"}
    requests = [
        transcode(
            f"#{root_name(case)}",
            source,
            target,
            (FOLDER / case / texts[source]).read_text("utf-8"),
        )
        for source, target in DIRECTIONS
    ]
    for (_, target), answer in zip(DIRECTIONS, answers(written(document, case), requests), strict=True):
        assert "output" in answer, answer
        output, expected = answer["output"][target], (FOLDER / case / texts[target]).read_bytes()
        if target == "json":
            assert json.loads(output) == json.loads(expected)
        else:
            assert canonical(output.encode()) == canonical(expected)


def test_collections_within_collections() -> None:
    ir, expected = nested()
    requests = [transcode(f"#{name}", "json", "xml", text) for name, text in NESTED]
    assert [answer.get("output", answer).get("xml") for answer in answers(ir, requests)] == [
        text.decode() for text in expected
    ]
