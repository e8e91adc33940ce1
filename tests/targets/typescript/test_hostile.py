"""No text of a document becomes code: every place of it is filled with hostile text, and the syntax trees stay the same."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.typescript.node import available
from tools.typescript import node, package

from .features import document, plain, slots
from .packages import files_of, write

NASTY = [
    "*/ zq(); /*", "'); zq(); ('", "\\', zq(); //", "`${zq()}`", "</script><script>zq()</script>", "zq\u2028zq()\u2029",
    "\u202ezq\u202c zq", "zq\n@ts-ignore\n@ts-nocheck", "*/\nexport const zq = 1;\n/**", "@deprecated zq", "{@link zq} zq",
    "\x00zq\x01", "zq\r\n// zq", "zq: never; zq", "=> zq, zq", "// @ts-expect-error zq", "/// <reference path='zq' />", "#!zq zq",
    "zq \ud83d\ude00 \u5ba0\u7269", "zq\ufeff \u00ad zq", "<zq> a</zq>", "zq " * 60,
]  # fmt: skip
"""Each says ``zq``, which has to be there still."""
_SENT = {"xml name", "xml namespace", "header", "cookie", "query", "api key", "part type"}
"""Names that go out; those that no message can hold are told of, and may be left out."""
_COUNT = 40


def _cases() -> list[tuple[str, str]]:
    every = [(slot, text) for slot in slots() for text in NASTY]
    return random.Random(17).sample(every, len(every))


def _kinds(folders: Sequence[Path]) -> list[list[str]]:
    """Of each package a line for each module: what its syntax tree is made of, whatever the modules are called."""
    paths = [
        sorted(str(path) for path in folder.rglob("*.[jt]s") if "runtime" not in path.parts)
        for folder in folders
    ]
    parser = available(lambda: package("typescript")) / "lib" / "typescript.js"
    script = Path(__file__).with_name("kinds.mjs")
    process = subprocess.run(
        [node(), str(script), str(parser)], input=json.dumps([path for group in paths for path in group]),
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    lines = iter(process.stdout.split())
    return [sorted(next(lines) for _ in group) for group in paths]


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("harmless")
    return write(files_of(document(plain), folder), folder / "package")


def test_hostile_text_changes_no_syntax_tree(harmless: Path, tmp_path: Path) -> None:
    folders: list[Path] = []
    kept: list[tuple[str, str]] = []
    for number, (slot, text) in enumerate(_cases()[:_COUNT]):
        folder = tmp_path / str(number)
        folder.mkdir()
        files = files_of(
            document(lambda at, usual, slot=slot, text=text: text if at == slot else usual), folder
        )
        assert all(path.count("..") == 0 and path.isascii() for path in files)
        if not any("zq" in content.casefold() for content in files.values()):
            assert slot in _SENT, (slot, text)
            continue
        kept.append((slot, text))
        folders.append(write(files, folder / "package"))
    expected, *seen = _kinds([harmless, *folders])
    assert len(kept) > _COUNT * 3 // 4
    assert [case for case, kinds in zip(kept, seen, strict=True) if kinds != expected] == []


def test_other_syntax_is_seen(harmless: Path, tmp_path: Path) -> None:
    files = {path.relative_to(harmless).as_posix(): path.read_text() for path in harmless.rglob("*.[jt]s")}
    changed = write(files | {"models/color.js": files["models/color.js"] + "zq();\n"}, tmp_path / "a")
    tagged = write({path: text.replace("/** a b */", "/** @deprecated a b */") for path, text in files.items()}, tmp_path / "b")  # fmt: skip
    expected, first, second = _kinds([harmless, changed, tagged])
    assert first != expected
    assert second != expected


def test_nothing_in_a_text_is_hidden(tmp_path: Path) -> None:
    text = "zq\u202e\u2066\x1b[31m\u200b\u2028zq"
    files = files_of(document(lambda slot, usual: text if "description" in slot else usual), tmp_path)
    for path, content in files.items():
        if not path.startswith("runtime/"):
            assert all(character == "\n" or character.isprintable() for character in content), path
