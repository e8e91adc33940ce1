"""The command-line form of a generated package: the repository's own."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bindwright.runtime.command_line.values import BadValue, parse

from tests.http.loopback import Heard, Wire, always, serve

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "generated"
JOB = {
    "Id": 34, "ContactListId": 12, "InvalidEmailCount": 0, "InvalidSmsCount": 0, "ProgressPercent": 5,
    "CurrentStatus": "Running", "StartDate": "2016-10-10T10:10:10.4007824+11:00", "FinishDate": None,
    "InsertedContacts": 1, "UpdatedContacts": 2, "DroppedContacts": 3, "NotUpdatedContacts": 4, "TotalContacts": 10,
}  # fmt: skip


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "w50api", *arguments],
        capture_output=True, text=True, cwd=PACKAGE, check=False, timeout=300,
        env={**os.environ, "PYTHONPATH": f"{PACKAGE}{os.pathsep}{ROOT / 'codegen'}", **environment},
    )  # fmt: skip


def answer(wire: Wire, heard: Heard) -> None:
    import json

    if "/404" in heard.target:
        wire.answer(404, b"", None)
    elif "xml" in (heard.header("Accept") or ""):
        members = "".join(
            f'<{name} i:nil="true"/>' if value is None else f"<{name}>{value}</{name}>"
            for name, value in sorted(JOB.items())
        )
        head = '<ImportJob xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns='
        space = '"http://schemas.datacontract.org/2004/07/W50API.Models.DTO">'
        wire.answer(body=f"{head}{space}{members}</ImportJob>".encode(), content_type="application/xml")
    else:
        wire.answer(body=json.dumps(JOB).encode())


def test_commands() -> None:
    with serve(always(answer)) as server:
        where = ("--base-url", server.url)
        ran = run("contact-lists", "run-import-job", "12", "34", "--custom-events", "A,B c", *where, "--format", "xml",
                  "--output", "table", "--api-key", "k")  # fmt: skip
        assert (ran.returncode, ran.stderr) == (0, "")
        assert ["CurrentStatus", "Running"] in [line.split() for line in ran.stdout.splitlines()]
        heard = server.heard[0]
        assert (heard.method, heard.target) == ("POST", "/contactLists/12/import/34/run?customevents=A,B%20c")
        assert (heard.header("Accept"), heard.header("Authorization")) == ("application/xml", "k")
        ran = run("contact-lists", "get-import-job", "12", "34", W50API_BASE_URL=server.url)
        assert '"StartDate": "2016-10-10T10:10:10.4007824+11:00"' in ran.stdout
        ran = run("contact-lists", "get-import-job", "12", "34", "--format", "xml", *where)
        assert ran.stdout.startswith("<ImportJob")
        ran = run("contact-lists", "get-import-job", "12", "404", *where)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert "NotFound" in ran.stderr
        ran = run("contact-lists", "get-import-job", "12", "x", *where)
        assert ran.returncode == 2
        assert "import_job_id" in ran.stderr


def test_waiting_shows_how_far_it_is() -> None:
    import json

    percents = iter((5, 5, 60, 100))

    def growing(wire: Wire, heard: Heard) -> None:
        wire.answer(body=json.dumps({**JOB, "ProgressPercent": next(percents)}).encode())

    with serve(always(growing)) as server:
        ran = run(
            "contact-lists", "wait-for-import-job", "12", "34", "--interval", "0", "--base-url", server.url
        )
    assert (ran.returncode, ran.stderr.splitlines()) == (0, ["5 %", "60 %", "100 %"])
    assert json.loads(ran.stdout)["ProgressPercent"] == 100


def test_what_the_server_said_is_shown() -> None:
    def refuse(wire: Wire, heard: Heard) -> None:
        if heard.target.endswith("/1"):
            wire.answer(500, b"out of \xff paper", "text/plain")
        else:
            wire.answer(400, b'{"why": "no such list"}')

    with serve(always(refuse)) as server:
        where = ("--base-url", server.url, "--retries", "0")
        ran = run("contact-lists", "get-import-job", "12", "34", *where)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert '"why": "no such list"' in ran.stderr
        ran = run("contact-lists", "get-import-job", "12", "1", *where)
        assert "out of ÿ paper" in ran.stderr


def test_verbose_tells_of_requests_without_secrets() -> None:
    with serve(always(answer)) as server:
        ran = run("contact-lists", "get-import-job", "12", "34", "--base-url", server.url, "--verbose", "--api-key", "s3cret")  # fmt: skip
    assert ran.returncode == 0
    first, second = ran.stderr.splitlines()
    assert first.startswith("GET ")
    assert " -> 200 " in second
    assert "s3cret" not in ran.stderr


@pytest.mark.parametrize(
    ("text", "type_", "message"),
    [
        ("yes", "bool", "flag: expected true or false, found the string 'yes'"),
        ("x", "float", "flag: expected a number, found the string 'x'"),
        ("yesterday", "dt.datetime", "flag: expected a date-time, found the string 'yesterday'"),
        ('{"a"', "dict[str, int]", "flag: expected JSON, found the end of the data"),
        ("@nowhere", "int", "flag: .*nowhere"),
    ],
)
def test_a_value_that_does_not_fit(text: str, type_: str, message: str) -> None:
    with pytest.raises(BadValue, match=message):
        parse("flag", text, type_, {"dt": dt})


@pytest.mark.parametrize("text", ['[{"a": 1}, {"a": 2}]', '{"a": 1}\n\n{"a": 2}\n'])
def test_a_list_from_a_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "items"
    path.write_text(text)
    assert parse("body", f"@{path}", "list[dict[str, int]]", {}) == [{"a": 1}, {"a": 2}]


def test_help() -> None:
    assert "Base of the classes" not in run("--help").stdout
    ran = run("contact-lists", "run-import-job", "--help")
    assert ran.returncode == 0
    assert "--custom-events" in ran.stdout
    assert run("contact-lists").returncode == 2


def test_a_tag_without_a_description_has_none() -> None:
    from bindwright.runtime.command_line.main import _first
    from bindwright.runtime.http import Resource

    class Pets(Resource):
        pass

    assert _first(Pets) == ""
    assert "Contact lists and their import jobs." in run("--help").stdout


def test_without_the_extra_the_async_client_says_what_to_install() -> None:
    """Importing it, and the sync client, need nothing of it."""
    program = """
import sys, asyncio
sys.modules["anyio"] = sys.modules["httpx2"] = None
from w50api import AsyncClient, Client
async def run():
    async with AsyncClient("http://127.0.0.1:9") as client:
        await client.contact_lists.get_import_job(1, 2)
try:
    asyncio.run(run())
except ModuleNotFoundError as error:
    print(error)
"""
    process = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120,
        env={**os.environ, "PYTHONPATH": f"{PACKAGE}{os.pathsep}{ROOT / 'codegen'}"},
    )  # fmt: skip
    assert process.stdout == (
        "the async client needs httpx2: install the extra, as in pip install 'bindwright[async]'\n"
    )


def test_escapes_of_a_server_are_shown_and_not_sent() -> None:
    def hostile(wire: Wire, heard: Heard) -> None:
        wire.answer(500, b"\x1b]0;title\x07\nsecond \xc2\x9b31m\xe2\x80\xae", "text/plain; charset=utf-8")

    with serve(always(hostile)) as server:
        ran = run("contact-lists", "get-import-job", "12", "1", "--base-url", server.url, "--verbose")
    assert ran.returncode == 1
    for sign in ("\x1b", "\x07", "\x9b", "\u202e"):
        assert sign not in ran.stdout + ran.stderr
    assert "\\x1b]0;title" in ran.stderr


def test_a_result_is_escaped_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from bindwright.runtime.command_line.output import show

    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    for class_, expected in ((Terminal, b"\\x1b[31m\n"), (io.TextIOWrapper, b"\x1b[31m\n")):
        output = class_(io.BytesIO(), "utf-8")
        monkeypatch.setattr(sys, "stdout", output)
        show("\x1b[31m", "json")
        output.flush()
        assert output.buffer.getvalue() == expected  # type: ignore[attr-defined]
