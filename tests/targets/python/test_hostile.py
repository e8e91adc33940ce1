"""Text of a document never becomes code: every string slot is driven with nasty text.

What is written must have the same syntax tree as with harmless text, names and constants aside, and
no path may leave its folder.
"""

from __future__ import annotations

import ast
import tomllib
import warnings
from functools import cache
from pathlib import PurePosixPath

import pytest
from bindwright.targets.python import PythonOptions, emit
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from .make import build, slots

OPTIONS = PythonOptions(package="shop")

NASTY = [
    'x"', "x'", '"""x', "x'''", "x\\", "x\\\\", '\\"""x', 'x\\"', "x\r\ny", "x\ny", "x\x00y", "x\u2028y", "x\x85y",
    "{x}", "{{x}}", "%s x", "${x}", "{% x %}", "x\u202ey", "\ufeffx", "\ud800x", "x\U000e0041", "#x", "x # y", "<script>x",
    "__init__x", "../../x", "CON x", "x" * 3000, '"""\nimport os\nos.abort()\n"""x', "'+x+'", '"); x = ("', "[x]: y", "x\t y",
    "]]>x", "x\\N{DASH}", "\\x", "\\u00zzx", "x\x1b[31m", "\N{CJK UNIFIED IDEOGRAPH-5BA0}x", "\u00e9 x", "|x|", "`x`", "1x", "",
]  # fmt: skip
"""Each has a letter, so that prose does not vanish; but for the empty text, where only the grammar must hold."""


def shape(node: ast.AST) -> object:
    """A syntax tree without its names and constants; imports are looked at elsewhere."""
    if isinstance(node, ast.Constant):
        return type(node.value).__name__
    parts = []
    for name, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            parts.append((name, shape(value)))
        elif isinstance(value, list):
            kept = [child for child in value if not isinstance(child, (ast.Import, ast.ImportFrom))]
            parts.append((name, [shape(child) if isinstance(child, ast.AST) else "text" for child in kept]))
    return (type(node).__name__, parts)


@cache
def shape_of(text: str) -> str:
    """The shape of one module, which must parse without a warning and import what is known only."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tree = ast.parse(text)
        compile(tree, "<text>", "exec")
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level or (node.module or "").split(".")[0] in KNOWN, node.module
        elif isinstance(node, ast.Import):
            assert all(alias.name in ("builtins", "datetime", "sys") for alias in node.names)
    return repr(shape(tree))


def shapes(files: dict[str, str]) -> list[str]:
    """The shapes of all modules, whatever they are called."""
    return sorted(shape_of(text) for path, text in files.items() if path.endswith(".py"))


KNOWN = {
    "__future__",
    "collections",
    "attrs",
    "bindwright",
    "typing",
    "typing_extensions",
    "importlib",
    "functools",
    "sys",
    "uuid",
    "decimal",
}


def check(files: dict[str, str]) -> None:
    for path, text in files.items():
        parts = PurePosixPath(path).parts
        assert path.isascii()
        assert len(path) <= 100
        assert not path.startswith("/")
        assert not set(parts) & {"..", ".", "~"}
        assert all(part.partition(".")[0].upper() not in ("CON", "NUL") for part in parts)
        text.encode("utf-8")
        assert "\x00" not in text
    assert len({path.casefold() for path in files}) == len(files)
    assert set(tomllib.loads(files["pyproject.toml"])) == {"build-system", "project", "tool"}


HARMLESS = emit(build(), OPTIONS)
EXPECTED = shapes(HARMLESS.files)


def emitted(slot: str | None, text: str) -> dict[str, str]:
    def put(where: str, harmless: str) -> str:
        return text if slot in (where, None) else harmless

    output = emit(build(put), OPTIONS)
    assert not output.diagnostics
    check(output.files)
    return output.files


HARDEST = [
    '"""\nimport os\nos.abort()\n"""x',
    "x\\",
    "'+x+'",
    "x\r\ny",
    "\ud800x",
    "x\u2028y\x00",
    "../../x",
    "x" * 300,
]


@pytest.mark.parametrize("slot", slots())
def test_one_slot_holds_anything(slot: str) -> None:
    for text in HARDEST + NASTY[slots().index(slot) % 7 :: 7]:
        module_shapes = shapes(emitted(slot, text[:100] if slot == "default" else text))
        assert not text or module_shapes == EXPECTED, text


def test_every_slot_at_once() -> None:
    for text in NASTY:
        for module in emitted(None, text).items():
            if module[0].endswith(".py"):
                ast.parse(module[1])


_TEXT = st.text(st.characters(codec=None), max_size=30).map(lambda text: "x " + text)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(slots()), _TEXT)
@example("property.name", "x ")
def test_any_text_anywhere(slot: str, text: str) -> None:
    assert shapes(emitted(slot, text)) == EXPECTED


def test_a_hole_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above can fail: with an escape taken away, it does."""
    from bindwright.targets.python.syntax import code as text

    monkeypatch.setattr(text, "_quoted", lambda line: line)
    text.docstring.cache_clear()  # it keeps what was written before
    with pytest.raises((AssertionError, SyntaxError)):
        assert shapes(emitted("schema.doc", '"""\nimport os\nos.abort()\n"""x')) == EXPECTED
    text.docstring.cache_clear()


def test_ten_megabytes_of_prose_are_cut() -> None:
    files = emitted("schema.doc", "word " * 2_000_000)
    assert sum(map(len, files.values())) < 200_000
