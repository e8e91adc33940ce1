"""Compilers take what is written, with every strict flag, and its code for what its declarations say; Node loads it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.typescript.node import available

from .features import document
from .packages import ROOT, complaints, files_of, load, write

DOCUMENTS = {
    "openapi": ROOT / "openapi.yaml",
    "features": document(),
    "anything": ROOT / "tests/targets/python/documents/anything.yaml",
    "shop": ROOT / "tests/second_opinion/shop.yaml",
    "classes": ROOT / "tests/second_opinion/classes.openapi.yaml",
    "orders": ROOT / "bench/wire/orders.openapi.yaml",
    "unfamiliar": ROOT / "tests/ports/unfamiliar.yaml",
    "parts": ROOT / "tests/typescript/parts.yaml",
}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    for name, root in DOCUMENTS.items():
        write(files_of(root, folder), folder / name)
        write(files_of(root, folder, as_source=True), folder / "sources" / name)
    return folder


@pytest.mark.parametrize(
    ("version", "resolution"),
    [
        ("typescript-7", "nodenext"),
        ("typescript-7", "bundler"),
        ("typescript-5.5", "nodenext"),
        ("typescript", "bundler"),
    ],
)
def test_no_compiler_complains(packages: Path, version: str, resolution: str) -> None:
    assert available(lambda: complaints(packages, version, resolution)) == ""


def test_node_loads_every_package(packages: Path) -> None:
    assert available(lambda: load(packages / name / "index.js" for name in DOCUMENTS)) == ""


def test_nothing_is_hidden_from_the_compiler(packages: Path) -> None:
    for path in packages.rglob("*.ts"):
        if "runtime" not in path.parts:
            text = path.read_text()
            assert path.name.endswith(".d.ts") is ("sources" not in path.parts), path
            assert "@ts-" not in text, path
            code = re.sub(r"/\*.*?\*/|^import .*?;$|'(?:[^'\\]|\\.)*'", "", text, flags=re.S | re.M)
            assert not re.search(
                r"\b(as|any|unknown)\b(?!\()", code.replace("any,", "").replace("any)", "")
            ), path


GOOD = """
import { Animal, Bag, Color, Level, Pair, Pet, PetInput, Shape, Tree, type DateTime } from '../features/index.js';

export function area(shape: Shape): number {
  switch (shape.shape) {
    case 'circle':
      return shape.radius ** 2;
    case 'square':
      return (shape.side ?? 0) ** 2;
    default:
      return shape.shape.length;
  }
}
export function barks(animal: Animal): boolean {
  return animal.type === 'dog' ? animal.barks : false;
}
export const color: Color = 'green';
export const another: Color = 'any other';
export const level: Level = 2n;
export const pair: Pair = ['a', 1, true];
export const request: PetInput = { 'a b': 'x', state: 'new', secret: 's', born: null };
export const answer: Pet = { id: 1n, 'a b': 'x', state: 'new' };
export const again: Pet = { ...answer, born: '2024-02-29T10:45:01.4007824Z' };
export const born: DateTime | null | undefined = again.born;
export const bag: Bag = { name: 'a', x: { shape: 'circle', radius: 1 } };
export const tree: Tree = { children: [{ children: [] }] };
"""
BAD = {
    "a number is no bigint": "import { type Pet } from '../features/index.js';\nexport const id: Pet['id'] = 1;",
    "absent is not undefined": "import { type PetOwner } from '../features/index.js';\nexport const pet: PetOwner = { name: undefined };",
    "null is no absence": "import { type PetOwner } from '../features/index.js';\nexport const pet: PetOwner = { name: null };",
    "requests have no read-only member": "import { type PetInput } from '../features/index.js';\nexport const pet: PetInput = { id: 1n, 'a b': '', state: '' };",
    "what every answer has is required": "import { type Pet } from '../features/index.js';\nexport const pet: Pet = { 'a b': '', state: '' };",
    "an alternative has no member of another": "import { type Shape } from '../features/index.js';\nexport const side = (shape: Shape) => (shape.shape === 'circle' ? shape.side : 0);",
    "a codec is of one type": "import { Pet, type Codec, type PetInput } from '../features/index.js';\nexport const codec: Codec<PetInput> = Pet;",
    "a parameter has its type": "import { putPet, type Client } from '../features/index.js';\nexport const call = (client: Client, body: never) => putPet(client, { id: '1', body });",
}  # fmt: skip


def test_types_say_what_the_document_says(packages: Path, tmp_path: Path) -> None:
    write({path.relative_to(packages).as_posix(): path.read_text() for path in (packages / "features").rglob("*.ts")}, tmp_path)  # fmt: skip
    write({"user/good.ts": GOOD}, tmp_path)
    assert available(lambda: complaints(tmp_path, "typescript-7")) == ""
    write({f"user/bad_{number}.ts": text + "\n" for number, text in enumerate(BAD.values())}, tmp_path)
    messages = available(lambda: complaints(tmp_path, "typescript-7"))
    for number, what in enumerate(BAD):
        assert f"bad_{number}.ts(2," in messages, what
    assert "good.ts" not in messages
