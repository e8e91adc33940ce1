"""No traceback reaches a user."""

from __future__ import annotations

import sys

import pytest
from bindwright import cli


def fail(error: BaseException) -> int:
    raise error


def test_an_internal_error_is_told_shortly(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.guarded(lambda: fail(ValueError("bad\nluck"))) == 70
    err = capsys.readouterr().err
    assert "error[internal]: ValueError: bad luck" in err
    assert "fault in bindwright" in err
    assert "Traceback" not in err


def test_with_its_traceback_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.guarded(lambda: fail(ValueError("bad")), verbose=True) == 70
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (PermissionError(13, "Permission denied", "out/x"), 2, "Permission denied: out/x"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (RecursionError("maximum recursion depth exceeded"), 70, "RecursionError"),
        (MemoryError(), 70, "MemoryError"),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"), 70, "UnicodeEncodeError"),
    ],
)
def test_each_error_has_its_exit_code_and_message(
    error: BaseException, code: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.guarded(lambda: fail(error)) == code
    assert says in capsys.readouterr().err


def test_the_runtime_alone_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith(("bindwright.commands", "click"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "click", None)
    assert cli.guarded(lambda: cli.run(["--help"])) == 2
    assert capsys.readouterr().err == (
        "error[not-installed]: click is missing: only the runtime of bindwright is installed\n"
        "  help: pip install 'bindwright[codegen]'\n"
    )
