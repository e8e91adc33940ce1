"""The runner over the corpus: what it counts, and that it notices what it is for."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tools.corpus import job, pool, raw, source, table

PETS = {
    "openapi": "3.2.0",
    "info": {"title": "Pets", "version": "1"},
    "paths": {
        "/pets": {
            "summary": "not an operation",
            "get": {"responses": {"200": {"description": "All."}}},
            "query": {"responses": {"200": {"description": "Some."}}},
            "additionalOperations": {"COPY": {"responses": {"200": {"description": "Copied."}}}},
        },
        "/pets#one": {"$ref": "#/components/pathItems/One"},
        "x-note": {"get": {}},
    },
    "components": {
        "pathItems": {"One": {"post": {"responses": {"201": {"description": "Made."}}}}},
        "schemas": {"Pet": {"type": "object", "properties": {"name": {"type": "string"}}}},
    },
}


def document(folder: Path, content: Any = PETS) -> Path:
    path = folder / "pets.json"
    path.write_text(json.dumps(content))
    os.utime(path, (1, 1))
    return path


def test_counts_operations_by_the_text_of_the_specification() -> None:
    assert raw.operations(PETS) == ["GET /pets", "QUERY /pets", "COPY /pets", "POST /pets#one"]
    assert raw.operations({**PETS, "openapi": "3.1.0"}) == ["GET /pets", "POST /pets#one"]
    assert raw.operations({"swagger": "2.0", "paths": {"/a": {"trace": {}, "get": {}}}}) == ["GET /a"]
    assert raw.operations({"openapi": "3.1.0"}) == []


def in_a_child(path: Path, work: Path) -> dict[str, Any]:
    """Importing what is generated must not stay in the process of the tests."""
    answer = work.parent / "answer"
    ended = list(pool.run([path], lambda document: job.child(document, work, answer), 1, 60))
    assert [child.status for child in ended] == [0]
    facts: dict[str, Any] = json.loads(answer.read_text())
    return facts


def test_a_good_document_has_no_problems(tmp_path: Path) -> None:
    facts = in_a_child(document(tmp_path), tmp_path / "work")
    assert facts["problems"] == []
    assert facts["operations_raw"] == facts["operations"] == 4


def test_a_bad_document_is_a_problem(tmp_path: Path) -> None:
    facts = in_a_child(document(tmp_path, {"openapi": "9"}), tmp_path / "work")
    assert "exit code 2" in facts["problems"][0]


def test_a_lost_operation_is_noticed(tmp_path: Path) -> None:
    path = document(tmp_path)
    assert job._missing(path, {"operations": [{"id": "GET /pets"}]}, {}) == [
        "3 operations lost: QUERY /pets, COPY /pets, POST /pets#one"
    ]
    assert job._reachable(path)[0].startswith("4 operations not in the package")


def test_what_does_not_compile_or_import_is_noticed(tmp_path: Path) -> None:
    package = tmp_path / "work" / job.PACKAGE
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "models.py").write_text("def\n")
    assert "SyntaxError" in job._compiled(tmp_path / "work")[0]
    (package / "models.py").write_text("import nothing_of_that_name\n")

    def body(answer: Path) -> None:
        answer.write_text("".join(job._imported(tmp_path / "work")))
        os._exit(0)

    list(pool.run([tmp_path / "answer"], body, 1, 60))
    assert "nothing_of_that_name" in (tmp_path / "answer").read_text()


def test_a_job_that_hangs_is_ended() -> None:
    import time

    ended = list(pool.run(["a", "b"], lambda name: time.sleep(60 if name == "a" else 0), 2, 3))
    assert {child.job: child.status for child in ended} == {"a": -9, "b": 1}


def test_the_exponent_of_a_power_law() -> None:
    assert table.exponent([(10.0**n, 3 * 10.0**n) for n in range(1, 6)]) == pytest.approx(1.0)
    assert table.exponent([(10.0**n, 10.0 ** (2 * n)) for n in range(1, 6)]) == pytest.approx(2.0)


def test_the_table_has_every_problem() -> None:
    good = {
        "bytes": 1000,
        "seconds": 0.1,
        "problems": [],
        "causes": {"mixed": 2},
        "operations": 3,
        "peak_mb": 40,
    }
    bad = {"bytes": 1000, "problems": ["exit code 70: it broke"]}
    text = "\n".join(table.lines({"good": good, "bad": bad}))
    assert "1 with problems" in text
    assert "bad: exit code 70: it broke" in text
    assert "mixed" in text


def test_documents_are_found_and_named(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b.yaml").write_text("xx")
    (tmp_path / "c.json").write_text("x")
    (tmp_path / "README.md").write_text("not a document")
    documents = source.documents(tmp_path)
    assert [source.slug(path, tmp_path) for path in documents] == ["a__b", "c"]
