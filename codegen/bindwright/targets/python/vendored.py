"""The runtime as a part of a generated package (``runtime = "vendored"``): its users install no bindwright.

The modules of `bindwright.runtime` and `bindwright.standards` are copied below ``_bindwright``, and what imports them by
name, in the copy and in the package, imports them from where they stand relative to it. So a package with its runtime
can be moved, and several of different versions live in one process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import bindwright

FOLDER = "_bindwright"
_PARTS = ("runtime", "standards")
_FROM = re.compile(r"^(\s*)from bindwright(?=[. ])\.?", re.M)
_BY_NAME = re.compile(r'import_module\("bindwright\.([\w.]+)"\)')


def with_runtime(files: dict[str, str], folder: str) -> dict[str, str]:
    """The files of a package with the runtime in it.

    Args:
        files: paths to texts; those of the package begin with `folder`.
        folder: the package's, with a slash behind.
    """
    written = {
        path: _relative(text, path.removeprefix(folder).count("/") + 1, FOLDER)
        if path.startswith(folder) and path.endswith(".py")
        else text
        for path, text in files.items()
    }
    for path, text in _runtime():
        written[f"{folder}{FOLDER}/{path}"] = _relative(text, path.count("/") + 1, "")
    return written


def requirements(extra: str = "") -> list[str]:
    """What the runtime itself needs to be installed, or one of its extras does."""
    marker = f'extra == "{extra}"'
    lines = [line.replace("'", '"') for line in metadata.requires("bindwright") or ()]
    if extra:
        return [line.partition(";")[0].strip() for line in lines if marker in line]
    return [line for line in lines if "extra ==" not in line]


def _runtime() -> Iterator[tuple[str, str]]:
    """The modules of the runtime, by path, in an order that does not depend on the file system."""
    root = Path(bindwright.__file__).parent
    yield (
        "__init__.py",
        f'"""The runtime of bindwright {bindwright.__version__}."""\n\n__version__ = "{bindwright.__version__}"\n',
    )
    for part in _PARTS:
        for path in sorted((root / part).rglob("*.py")):
            yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def _relative(text: str, depth: int, folder: str) -> str:
    """The text with imports of bindwright from `folder`, so many packages up."""
    dots = "." * depth + folder

    def replacement(match: re.Match[str]) -> str:
        below = match[0].endswith(".")
        return f"{match[1]}from {dots}{'.' if below and folder else ''}"

    return _BY_NAME.sub(
        rf'import_module("{dots}{"." if folder else ""}\1", __package__)', _FROM.sub(replacement, text)
    )
