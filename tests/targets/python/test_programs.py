"""Twenty small programs against a generated package: they run, and type checkers have nothing to say.

`programs/wrong` holds what they must refuse, each line after a comment that says why.
"""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import inspect
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from bindwright import ir, openapi
from bindwright.targets.python import PythonOptions, emit
from bindwright.testing import MockApi

from tests.scratch import new_folder

HERE = Path(__file__).parent
DOCUMENT = HERE / "documents" / "assistant.yaml"
PROGRAMS = sorted((HERE / "programs").glob("*.py"))
STRICT = {"typeCheckingMode": "strict", "reportUnusedClass": "none", "pythonVersion": "3.11"}


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder with the package and the programs."""
    folder = new_folder()
    files = emit(ir.lower(openapi.load(DOCUMENT)), PythonOptions(package="assistant")).files
    for path, text in files.items():
        (file := folder / path).parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    for program in [*PROGRAMS, *(HERE / "programs" / "wrong").glob("*.py")]:
        (folder / program.name).write_text(program.read_text())
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == "assistant"]:
        del sys.modules[name]


def _mypy(place: Path, *files: str) -> list[str]:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--hide-error-context", *files]
    process = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=300, check=False)
    assert process.returncode in (0, 1), process.stderr
    return [line for line in process.stdout.splitlines() if ": error:" in line]


def _pyright(place: Path, *files: str) -> list[str]:
    (place / "pyrightconfig.json").write_text(json.dumps(STRICT | {"include": list(files)}))
    command = [sys.executable, "-m", "basedpyright", "--pythonpath", sys.executable, "--outputjson"]
    process = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=300, check=False)
    diagnostics = json.loads(process.stdout)["generalDiagnostics"]
    return [
        f"{Path(item['file']).name}:{item['range']['start']['line'] + 1}: {item['message']}"
        for item in diagnostics if item["severity"] == "error"
    ]  # fmt: skip


def test_there_are_twenty() -> None:
    assert len(PROGRAMS) == 20


@pytest.mark.parametrize("check", [_mypy, _pyright], ids=["mypy", "basedpyright"])
def test_they_are_typed(place: Path, check: Callable[..., list[str]]) -> None:
    assert check(place, "assistant", *(program.name for program in PROGRAMS)) == []


@pytest.mark.parametrize("check", [_mypy, _pyright], ids=["mypy", "basedpyright"])
def test_what_is_wrong_is_refused(place: Path, check: Callable[..., list[str]]) -> None:
    lines = (place / "calls.py").read_text().splitlines()
    expected = {number + 1 for number, line in enumerate(lines, 1) if line.strip().startswith("#")}
    assert {int(error.split(":")[1]) for error in check(place, "calls.py")} == expected


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_the_programs_run_against_the_mock(program: Path, place: Path) -> None:
    api = MockApi.load(DOCUMENT, package="assistant")
    package = importlib.import_module("assistant")
    module = _imported(program)
    function: Any = next(
        value for value in vars(module).values() if inspect.isfunction(value) and value.__module__ == module.__name__
    )  # fmt: skip
    needs = inspect.signature(function).parameters
    values: dict[str, Any] = {"states": ["open"], "thorough": True, "stream": True}
    values["part"] = values["answer"] = None
    if "part" in needs or "answer" in needs:
        models = importlib.import_module("assistant.models")
        values["part"] = models.TextPart(text="a")
        values["answer"] = models.Answer(
            id="1", state="open", parts=[models.ImagePart(url="b"), values["part"]]
        )
        assert function(**{name: values[name] for name in needs}) in ("a", "b a")
        return
    if inspect.iscoroutinefunction(function):
        asyncio.run(_run_async(package, api, function))
    else:
        with package.Client("http://api.example", key="secret", transport=api.transport) as client:
            values["client"] = client
            function(**{name: values[name] for name in needs})
    api.check()
    assert api.calls or not needs


async def _run_async(package: ModuleType, api: MockApi, function: Callable[..., Any]) -> None:
    async with package.AsyncClient(
        "http://api.example", key="secret", transport=api.async_transport
    ) as client:
        await function(client)


def _imported(program: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(program.stem, program)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
