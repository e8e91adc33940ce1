"""The maintainer's day: the document is edited, and the bindings follow, typed and on both wires."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMESPACE = "http://schemas.datacontract.org/2004/07/W50API.Models.DTO"

MEMBER = """\
        Comment:
          type: [string, 'null']
          description: A remark of whoever started it
"""
ENDPOINT = """\
  /contactLists/{contactListId}/import:
    post:
      tags: [contactLists]
      operationId: createImportJob
      summary: Describe a new Import Job
      parameters:
        - $ref: '#/components/parameters/contactListId'
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/NewJob'}
          application/xml:
            schema: {$ref: '#/components/schemas/NewJob'}
      responses:
        '201':
          description: It is there, but does not run yet
          content:
            application/json:
              schema: {$ref: '#/components/schemas/ImportJob'}
            application/xml:
              schema: {$ref: '#/components/schemas/ImportJob'}

components:
"""
SCHEMA = f"""\
  schemas:
    NewJob:
      type: object
      xml: {{namespace: '{NAMESPACE}'}}
      required: [Source, Columns]
      properties:
        Source: {{type: string, format: uri}}
        Columns:
          type: array
          xml: {{wrapped: true}}
          items: {{type: string, xml: {{name: Column}}}}
        StartAt: {{type: [string, 'null'], format: date-time}}
"""
PROGRAM = """\
import datetime as dt
from typing import Literal

from bindwright.testing import MockApi

from w50api import Client
from w50api.models import ImportJob, NewJob


def main() -> None:
    mock = MockApi.load("openapi.yaml", package="w50api")
    formats: list[Literal["json", "xml"]] = ["json", "xml"]
    for format_ in formats:
        with Client("http://jobs.example", format=format_, transport=mock.transport) as client:
            new = NewJob(source="https://a.example/b c", columns=["Mail", "Näme"], start_at=dt.datetime(2026, 1, 2, 3, 4, 5))
            job: ImportJob = client.contact_lists.create_import_job(12, new)
            comment: str | None = job.comment
            updated: int = job.changed_contacts
            print(format_, type(job).__name__, comment is not None, isinstance(updated, int))
    for call in mock.calls:
        print(call.request.body.decode())


main()
"""


def edited(text: str) -> str:
    """A member added, one renamed, a third endpoint with a body."""
    text = text.replace("        InsertedContacts:\n", MEMBER + "        InsertedContacts:\n")
    text = text.replace("        - InsertedContacts\n", "        - Comment\n        - InsertedContacts\n")
    text = text.replace("        UpdatedContacts:", "        ChangedContacts:").replace(
        "- UpdatedContacts", "- ChangedContacts"
    )
    return text.replace("\ncomponents:\n", "\n" + ENDPOINT, 1).replace("  schemas:\n", SCHEMA, 1)


def run(*command: str | Path, cwd: Path) -> str:
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(cwd / "generated"), str(ROOT / "codegen")])}
    process = subprocess.run(
        [sys.executable, *command], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    (folder / "pyproject.toml").write_text(
        '[tool.bindwright]\ndocument = "openapi.yaml"\noutput = "generated"\npackage = "w50api"\n'
    )
    (folder / "openapi.yaml").write_text(
        (ROOT / "openapi.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    run("-m", "bindwright", "generate", "--quiet", cwd=folder)
    (folder / "openapi.yaml").write_text(
        edited((folder / "openapi.yaml").read_text(encoding="utf-8")), encoding="utf-8"
    )
    (folder / "program.py").write_text(PROGRAM, encoding="utf-8")
    return folder


def test_what_changed_is_regenerated_and_nothing_else(project: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (project / "generated").rglob("*.py")}
    output = run("-m", "bindwright", "generate", cwd=project)
    assert "3 operations" in output
    touched = {path.name for path, when in before.items() if path.stat().st_mtime_ns != when}
    assert touched == {"import_job.py", "contact_lists.py", "__init__.py"}
    assert (project / "generated/w50api/models/new_job.py").exists()


def test_the_bindings_pass_strict_checking_and_call_in_both_formats(project: Path) -> None:
    run("-m", "bindwright", "generate", "--quiet", cwd=project)
    run(
        "-m",
        "mypy",
        "--strict",
        "--cache-dir",
        str(ROOT / ".mypy_cache"),
        "generated/w50api",
        "program.py",
        cwd=project,
    )
    lines = run("program.py", cwd=project).splitlines()
    assert lines[0].startswith("json ImportJob")
    assert lines[1].startswith("xml ImportJob")
    assert (
        lines[2]
        == '{"Source":"https://a.example/b c","Columns":["Mail","Näme"],"StartAt":"2026-01-02T03:04:05"}'
    )
    assert lines[3] == (
        f'<NewJob xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="{NAMESPACE}">'
        "<Columns><Column>Mail</Column><Column>Näme</Column></Columns>"
        "<Source>https://a.example/b%20c</Source><StartAt>2026-01-02T03:04:05</StartAt></NewJob>"
    )
