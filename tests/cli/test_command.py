"""The command line from end to end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import PETS, ROOT, Command

GENERATE = ("generate", "pets.yaml", "--output", "out", "--package", "pets")


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".bindwright" not in path.parts
    }


def stamps(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_generates_a_package_that_imports(bindwright: Command, pets: Path) -> None:
    process = bindwright(*GENERATE)
    assert process.returncode == 0, process.stderr
    assert "1 operation" in process.stdout
    check = "from pets.models import Pet; print(Pet(name='Rex').name)"
    path = os.pathsep.join([str(pets.parent / "out"), str(ROOT / "codegen")])
    ran = subprocess.run(
        [sys.executable, "-c", check],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == "Rex\n"


def test_a_second_run_touches_nothing(bindwright: Command, pets: Path) -> None:
    bindwright(*GENERATE)
    before = stamps(pets.parent)
    process = bindwright(*GENERATE)
    assert "nothing changed" in process.stdout
    assert stamps(pets.parent) == before


def test_one_added_property_touches_the_model_and_the_lock(bindwright: Command, pets: Path) -> None:
    bindwright(*GENERATE)
    before = files(pets.parent / "out")
    pets.write_text(
        PETS.replace(
            "        tag: {type: string}", "        tag: {type: string}\n        age: {type: integer}"
        )
    )
    process = bindwright(*GENERATE)
    after = files(pets.parent / "out")
    assert process.returncode == 0, process.stderr
    assert {name for name in after if after[name] != before.get(name)} == {
        "bindwright.lock",
        "pets/models/pet.py",
        "surface.python.json",
    }
    old, new = (set(tree["bindwright.lock"].decode().splitlines()) for tree in (before, after))
    assert len(new - old) <= 4


def test_a_deleted_schema_loses_its_file(bindwright: Command, pets: Path) -> None:
    bindwright(*GENERATE)
    assert (pets.parent / "out/pets/models/owner.py").exists()
    pets.write_text(PETS[: PETS.index("    Owner:")])
    bindwright(*GENERATE)
    assert not (pets.parent / "out/pets/models/owner.py").exists()
    assert (pets.parent / "out/pets/models/pet.py").exists()


def test_configuration_alone(bindwright: Command, pets: Path) -> None:
    (pets.parent / "pyproject.toml").write_text(
        '[tool.bindwright]\ndocument = "pets.yaml"\noutput = "out"\npackage = "pets"\n'
        '[tool.bindwright.names]\nPet = "Animal"\n[tool.bindwright.operations.getPet]\nname = "fetch"\n'
    )
    deep = pets.parent / "a/b"
    deep.mkdir(parents=True)
    process = bindwright("generate", cwd=deep)
    assert process.returncode == 0, process.stderr
    lock = json.loads((pets.parent / "out/bindwright.lock").read_text())
    assert "Animal" in json.dumps(lock["names"])
    assert "def fetch" in "".join(
        text.decode() for name, text in files(pets.parent / "out").items() if "/api/" in name
    )


def test_configuration_that_names_nothing_is_told(bindwright: Command, pets: Path) -> None:
    (pets.parent / "pyproject.toml").write_text(
        '[tool.bindwright]\ndocument = "pets.yaml"\noutput = "out"\npackage = "pets"\n'
        '[tool.bindwright.names]\nPat = "Animal"\n[tool.bindwright.operations."GET /pet"]\nname = "x"\n'
    )
    process = bindwright("generate")
    assert process.returncode == 0
    assert "did you mean 'Pet'" in process.stderr
    assert "did you mean 'GET /pets/{id}'" in process.stderr


@pytest.mark.parametrize(
    "text",
    [
        PETS.replace("#/components/schemas/Pet", "#/components/schemas/Pett"),
        PETS + "  broken: [",
        "",
        "just: text\n",
        "\x00",
        PETS.replace("3.1.0", "9.9"),
    ],
)
def test_bad_input_writes_nothing(bindwright: Command, pets: Path, text: str) -> None:
    pets.write_text(text)
    before = stamps(pets.parent)
    process = bindwright(*GENERATE)
    assert process.returncode == 2
    assert stamps(pets.parent) == before
    assert "pets.yaml" in process.stderr
    assert "error" in process.stderr
    assert "Traceback" not in process.stderr


def test_an_error_has_place_line_caret_and_remedy(bindwright: Command, pets: Path) -> None:
    pets.write_text(PETS.replace("#/components/schemas/Pet", "#/components/schemas/Pett"))
    process = bindwright(*GENERATE)
    assert "pets.yaml:15:" in process.stderr
    assert "error[unresolved-reference]" in process.stderr
    assert '{$ref: "#/components/schemas/Pett"}' in process.stderr
    assert "^" in process.stderr
    assert "did you mean" in process.stderr


def test_a_missing_document(bindwright: Command, tmp_path: Path) -> None:
    process = bindwright(*GENERATE)
    assert process.returncode == 2
    assert "pets.yaml" in process.stderr
    assert list(tmp_path.iterdir()) == []


def test_check_tells_who_moved(bindwright: Command, pets: Path) -> None:
    assert bindwright(*GENERATE, "--check").returncode == 3
    bindwright(*GENERATE)
    assert bindwright(*GENERATE, "--check").returncode == 0
    pets.write_text(PETS.replace("        tag: {type: string}", "        age: {type: integer}"))
    process = bindwright(*GENERATE, "--check")
    assert process.returncode == 3
    assert "M pets/models/pet.py" in process.stdout
    bindwright(*GENERATE)
    (pets.parent / "out/pets/models/pet.py").write_text("mine\n")
    assert bindwright(*GENERATE, "--check").returncode == 5


def test_the_second_interpreter_and_hash_seed_write_the_same(bindwright: Command, pets: Path) -> None:
    trees = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "codegen")}
        command = [
            sys.executable,
            "-m",
            "bindwright.cli",
            "generate",
            "pets.yaml",
            "-o",
            f"out{seed}",
            "-p",
            "pets",
        ]
        subprocess.run(command, cwd=pets.parent, env=environment, check=True, capture_output=True)
        trees.append(files(pets.parent / f"out{seed}"))
    assert trees[0] == trees[1]


def test_check_and_ir_commands(bindwright: Command, pets: Path) -> None:
    process = bindwright("check", "pets.yaml")
    assert process.returncode == 0
    assert "0 error" in process.stdout
    process = bindwright("ir", "pets.yaml")
    assert process.returncode == 0
    assert "GET /pets/{id}" in json.dumps(json.loads(process.stdout))
    pets.write_text(PETS.replace("#/components/schemas/Pet", "#/components/schemas/Pett"))
    assert bindwright("check", "pets.yaml").returncode == 2
    assert bindwright("ir", "pets.yaml").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("genrate",), "Did you mean 'generate'"),
        (("generate", "a", "b"), "b"),
        (("generate", "--outptu", "x"), "--output"),
        (("generate",), "no document is named"),
        (("generate", "pets.yaml"), "--output DIR"),
        (("generate", "pets.yaml", "-o", "out", "-p", "1st"), "package"),
    ],
)
def test_a_wrong_command_line(bindwright: Command, pets: Path, arguments: tuple[str, ...], says: str) -> None:
    process = bindwright(*arguments)
    assert process.returncode == 2
    assert says in process.stderr
    assert "Traceback" not in process.stderr


def test_version_and_help(bindwright: Command) -> None:
    from bindwright import __version__

    assert __version__ in bindwright("--version").stdout
    for command in ("generate", "check", "ir", "explain"):
        assert "Usage" in bindwright(command, "--help").stdout
        assert command in bindwright("--help").stdout


def test_a_reader_that_goes_away_does_not_change_the_exit_code(bindwright: Command, pets: Path) -> None:
    """``generate --check | head -1`` under ``pipefail``."""
    arguments = ["generate", "pets.yaml", "--output", "out", "--package", "pets"]
    assert bindwright(*arguments).returncode == 0
    with open(pets.parent / "out/pets/client.py", "a") as file:
        file.write("# edited\n" * 10)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "codegen")}
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "bindwright.cli", *arguments, "--check"]
    process = subprocess.run(
        command,
        cwd=pets.parent,
        env=environment,
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=120,
        check=False,
    )
    os.close(writing)
    assert (process.returncode, process.stderr) == (5, b"")
