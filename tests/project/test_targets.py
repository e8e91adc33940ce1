"""Several targets in one run: one tree, one lock, one answer of ``--check``."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from bindwright import cli
from bindwright.project.configuration import configuration
from bindwright.project.configuration.settings import RunSettings
from bindwright.project.errors import CommandError
from bindwright.project.output_tree import digests
from bindwright.targets import typescript
from bindwright.targets.typescript import TypeScriptOptions

DOCUMENT = """
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
paths:
  /pets/{petId}:
    get:
      operationId: getPet
      parameters: [{name: petId, in: path, required: true, schema: {type: integer, format: int64}}]
      responses:
        '200': {description: a pet, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
"""


class Folder:
    """A folder with a document and its configuration."""

    def __init__(self, path: Path) -> None:
        self.path, self.output = path, path / "out"
        self.document = path / "pets.yaml"
        self.document.write_text(DOCUMENT)

    def configure(self, *lines: str) -> None:
        text = '[tool.bindwright]\ndocument = "pets.yaml"\noutput = "out"\npackage = "pets"\n' + "\n".join(
            lines
        )
        (self.path / "pyproject.toml").write_text(text + "\n")

    def run(self, *flags: str) -> int:
        return cli.run(["generate", "--quiet", "--config", str(self.path / "pyproject.toml"), *flags])

    def lock(self) -> dict[str, dict[str, object]]:
        return dict(json.loads((self.output / "bindwright.lock").read_text()))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_all_targets_are_one_tree_with_one_lock(folder: Folder) -> None:
    folder.configure('targets = ["python", "typescript", "xsd", "port-kit"]')
    assert folder.run() == 0
    files = folder.lock()["files"]
    for path in (
        "pets/client.py",
        "typescript/models/pet.d.ts",
        "typescript/package.json",
        "port-kit/ir.json",
    ):
        assert path in files
        assert (folder.output / path).is_file()
    assert not list(folder.output.glob("*/bindwright.lock"))
    assert folder.run("--check") == 0


def test_an_edit_in_any_target_is_seen(folder: Folder) -> None:
    folder.configure('targets = ["python", "typescript"]')
    folder.run()
    model = folder.output / "typescript" / "models" / "pet.d.ts"
    model.write_text(model.read_text() + "// mine\n")
    assert folder.run("--check") == 5


def test_names_stay_while_their_target_is_left_out(folder: Folder) -> None:
    folder.configure('targets = ["python", "typescript"]')
    folder.run()
    lock = folder.output / "bindwright.lock"
    lock.write_text(lock.read_text().replace('"getPet"', '"fetchPet"'))
    assert folder.run("--force") == 0
    folder.configure('targets = ["python"]')
    assert folder.run() == 0
    assert not (folder.output / "typescript").exists()
    folder.configure('targets = ["python", "typescript"]')
    assert folder.run() == 0
    assert (folder.output / "typescript" / "operations" / "fetch_pet.js").is_file() or "fetchPet" in (
        folder.output / "typescript" / "operations" / "get_pet.js"
    ).read_text()


def test_modules_of_an_older_form_go(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A `.ts` beside a `.d.ts` of the same name would hide it."""
    folder.configure('targets = ["typescript"]')
    with monkeypatch.context() as older:
        older.setattr(typescript, "TypeScriptOptions", partial(TypeScriptOptions, as_source=True))
        assert folder.run() == 0
    model, edited = folder.output / "models" / "pet.ts", folder.output / "models" / "index.ts"
    edited.write_text(edited.read_text() + "// mine\n")
    assert model.is_file()
    assert not model.with_suffix(".d.ts").exists()
    assert folder.run("--force") == 0
    assert [path.name for path in folder.output.rglob("*.ts") if not path.name.endswith(".d.ts")] == []
    assert model.with_suffix(".d.ts").is_file()


def test_the_first_target_stands_in_the_output_folder_itself(folder: Folder) -> None:
    folder.configure('targets = ["typescript", "python"]', 'folders = { python = "server/bindings" }')
    assert folder.run() == 0
    assert (folder.output / "package.json").is_file()
    assert (folder.output / "server" / "bindings" / "pets" / "client.py").is_file()


def test_the_command_line_names_targets_too(folder: Folder) -> None:
    folder.configure()
    assert folder.run("--target", "typescript") == 0
    assert (folder.output / "models" / "pet.d.ts").is_file()
    assert not (folder.output / "pyproject.toml").exists()


def test_two_targets_never_write_one_file(folder: Folder) -> None:
    folder.configure('targets = ["python", "typescript"]', 'folders = { typescript = "pets" }')
    assert folder.run() == 0  # side by side in one folder, as long as no name is the same
    (folder.path / "pyproject.toml").write_text(
        '[tool.bindwright]\ndocument = "pets.yaml"\noutput = "out"\npackage = "pets"\n'
        'targets = ["xsd", "python", "typescript"]\nfolders = { python = "both", typescript = "both" }\n'
    )
    with pytest.raises(CommandError, match=r"two targets write both/README\.md"):
        folder.run()


@pytest.mark.parametrize(
    "line",
    [
        'targets = ["rust"]',
        'folders = { typescript = "../web" }',
        'folders = { typescript = "/web" }',
        'folders = { rust = "web" }',
        'npm-name = "No Name"',
    ],
)
def test_what_makes_no_sense_is_refused(folder: Folder, line: str) -> None:
    folder.configure(line)
    with pytest.raises(CommandError):
        configuration.settle({"config": str(folder.path / "pyproject.toml")}, str(folder.path))


@pytest.mark.parametrize("targets", [("python",), ("python", "typescript"), ("typescript",), ("port-kit",)])
def test_a_run_is_of_the_sources_that_its_targets_use(
    targets: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a run remembers of the generator: an edit of what it does not use makes it no other."""
    monkeypatch.setattr(digests, "of_bytes", bytes.decode)
    files = {
        line.split()[0]
        for line in digests.of_generator(RunSettings("pets.yaml", targets=targets)).split("\n")
    }
    used = {"python/emit.py", "typescript/emit.py"} - (
        {"typescript/emit.py"} if targets == ("python",) else set()
    )
    assert {
        name for name in ("python/emit.py", "typescript/emit.py") if _ends(files, f"targets/{name}")
    } == used
    assert _ends(files, "ports/kit.py") == (targets == ("port-kit",))


def _ends(files: set[str], name: str) -> bool:
    return any(file.endswith(f"/bindwright/{name}") for file in files)
