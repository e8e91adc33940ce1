"""One Python module being written: its docstring, the imports it turned out to need, its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bindwright.targets.python.syntax.code import WIDTH, Code, docstring
from bindwright.targets.python.syntax.docstrings import clean

_STANDARD = {
    "builtins": "import builtins", "dt": "import datetime as dt", "UUID": "from uuid import UUID",
    "Decimal": "from decimal import Decimal",
}  # fmt: skip
_LIBRARY = frozenset({"enum", "functools", "collections.abc", "sys", "importlib"})
_TYPING = frozenset({"Any", "Literal", "TYPE_CHECKING", "Unpack", "ClassVar"})
_ATTRS = frozenset({"define", "field"})


class Module:
    """Collects imports by the names that are used; `render` writes the file."""

    def __init__(self, doc: str = "", *, where: str = "bindwright.runtime") -> None:
        self.doc = doc
        self.where = where
        self.names: set[str] = set()
        """Names of types and helpers in use, wherever they come from."""
        self.runtime: set[str] = set()
        """Names from the runtime's public namespace."""
        self.more: dict[str, set[str]] = {}
        """Other modules outside the package: to names."""
        self.local: dict[str, set[str]] = {}
        """Modules of the package needed when it runs (bases): relative module to names."""
        self.typed: dict[str, set[str]] = {}
        """Modules of the package that only type checkers need."""
        self.typed_more: dict[str, set[str]] = {}
        """Modules outside the package that only type checkers need."""
        self.aliases: dict[str, str] = {}
        """Helpers under another name, where a member of a class has theirs."""
        self.blocks: list[Code] = []

    def add(self, block: Code) -> None:
        """Append a block; two blank lines stand between blocks."""
        self.blocks.append(block)

    def _from(self, module: str, names: Iterable[str], pad: str = "") -> str:
        """The import of names from a module as isort has it: renamed ones in statements of their own."""
        # What the package itself has keeps its name: it is for its sake that a helper gets another.
        aliases = {} if module.startswith(".") else self.aliases
        plain = sorted(set(names) - aliases.keys(), key=imported)
        groups = [plain] if plain else []
        groups += [[one] for one in names if one in aliases]
        groups.sort(key=lambda group: imported(group[0]))
        lines = []
        for group in groups:
            lines.append(self._statement(module, [aliased(one, aliases) for one in group], pad))
        return "\n".join(lines)

    def _statement(self, module: str, texts: list[str], pad: str) -> str:
        line = f"{pad}from {module} import {', '.join(texts)}"
        if len(line) <= WIDTH:
            return line
        return "\n".join([f"{pad}from {module} import (", *(f"{pad}    {one}," for one in texts), f"{pad})"])

    def _imports(self) -> list[str]:
        typing = set(self.names & _TYPING)
        if self.typed or self.typed_more:
            typing.add("TYPE_CHECKING")
        plain = sorted(
            line for name, line in _STANDARD.items() if name in self.names and line.startswith("import")
        )
        froms = [
            line for name, line in sorted(_STANDARD.items()) if name in self.names and line.startswith("from")
        ]
        standard = dict.fromkeys(froms)
        for module, names in self.more.items():
            if module in _LIBRARY:
                standard[self._from(module, names)] = None
        if typing:
            standard[self._from("typing", typing)] = None
        others = []
        if attrs := self.names & _ATTRS:
            others.append(self._from("attrs", attrs))
        if self.runtime:
            others.append(self._from(self.where, self.runtime))
        for module, names in self.more.items():
            if module not in _LIBRARY:
                others.append(self._from(module, names))
        groups = [
            plain + sorted(standard, key=lambda line: line.split()[1]),
            sorted(others, key=lambda line: line.split()[1]),
        ]
        groups.append([self._from(module, self.local[module]) for module in sorted(self.local, key=imported)])
        return ["\n".join(group) for group in groups if group]

    def _typed_blocks(self) -> list[str]:
        """Imports of other packages under ``TYPE_CHECKING``, a blank line behind each group."""
        groups: list[list[str]] = [[], []]
        for module in sorted(self.typed_more):
            line = self._from(module, self.typed_more[module], "    ")
            groups[module not in _LIBRARY].append(line)
        found = ["\n".join(group) for group in groups if group]
        text = "\n\n".join(found) + ("\n" if found and self.typed else "")
        return text.split("\n") if text else []

    def render(self) -> Code:
        """The text of the file."""
        parts = [docstring(doc, 0)] if (doc := clean(self.doc)) else []
        parts.append(Code("from __future__ import annotations"))
        parts += [Code(one) for one in self._imports()]
        if self.typed or self.typed_more:
            lines = ["if TYPE_CHECKING:"]
            lines += self._typed_blocks()
            lines += [
                self._from(module, self.typed[module], "    ") for module in sorted(self.typed, key=imported)
            ]
            parts.append(Code("\n".join(lines)))
        text = "\n\n".join(parts)
        for at, block in enumerate(self.blocks):
            # One blank line behind imports unless a class follows; two everywhere else.
            close = (
                at == 0
                and not self.typed
                and not self.typed_more
                and not block.startswith(("class ", "@", "def "))
            )
            text += ("\n\n" if close else "\n\n\n") + block
        return Code(text + "\n")


def aliased(name: str, aliases: Mapping[str, str]) -> str:
    """A name as it stands in an import."""
    return f"{name} as {aliases[name]}" if name in aliases else name


_DIGITS = re.compile(r"[0-9]+")


def natural(name: str) -> str:
    """A key that sorts numbers in names by their value, as isort does."""
    return _DIGITS.sub(_padded, name)


def _padded(match: re.Match[str]) -> str:
    return match[0].zfill(20)


def kind(name: str) -> int:
    """isort's order by type: CONSTANTS, Classes, functions."""
    return 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2


@lru_cache(maxsize=1 << 15)
def imported(name: str) -> tuple[int, str, str]:
    """The order of names in an import."""
    key = natural(name)
    return (kind(name), key.lower(), key)


def listed(name: str) -> tuple[int, str]:
    """The order of names in ``__all__``."""
    return (kind(name), natural(name))
