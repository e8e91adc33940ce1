"""One Python module being written: its docstring, its imports, its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

from bindwright.targets.prose import clean
from bindwright.targets.python.syntax.code import WIDTH, Code, docstring

RUNTIME = "bindwright.runtime"
HTTP = "bindwright.runtime.http"

_ORIGINS: dict[str, str] = {
    name: origin
    for origin, names in {
        "builtins": "builtins", "datetime": "dt", "uuid": "UUID", "decimal": "Decimal", "enum": "member",
        "functools": "cached_property", "collections.abc": "AsyncIterable Callable Iterable Mapping Sequence",
        "typing": "Any cast ClassVar Literal overload Required TYPE_CHECKING TypedDict Unpack", "typing_extensions": "TypeAliasType deprecated",
        "attrs": "define field",
        "bindwright.runtime.renamed": "renamed_arguments renamed_fields",
        RUNTIME: "AnyInteger AnyText Checks Choice Entries Model OpenEnum OpenFloatEnum OpenIntEnum OpenIntFlag OpenStrEnum UNSET Unset"
        " Xml at describe empty_dict root wire",
        HTTP: "ApiKey ApiSpec AsyncClient AsyncPage AsyncPages AsyncResource AsyncStream AuthorizationCode Basic Bearer CallOptions ClientCredentials ClientOptions"
        " Content FormParts MutualTls Operation Page Pagination Parameter Part PasswordCredentials Poll RawBody RefreshToken Resource Response"
        " SecurityScheme Server Stream SyncClient Webhook Webhooks views with_members",
    }.items()
    for name in names.split()
}  # fmt: skip
"""Where each name that generated code uses comes from, but for those of the package itself."""
_IN_ANNOTATIONS = frozenset(
    {"Any", "AnyInteger", "AnyText", "ClassVar", "Decimal", "Literal", "UUID", "builtins", "dt"}
)
"""Names that annotations use and no model can have: see `reserved.CLASSES`."""
_WHOLE = {"builtins": "import builtins", "datetime": "import datetime as dt"}
"""Modules that are imported as such, so that no member of a class hides what they hold."""
_LIBRARY = frozenset(
    {"collections.abc", "decimal", "enum", "functools", "importlib", "sys", "typing", "uuid"}
)


class Imports(Protocol):
    """What a writer of expressions needs of the module that they will stand in."""

    def import_(self, name: str) -> Code:
        """The name as it is written in this module, which imports it."""
        ...


class RecordedImports:
    """Collects the names that expressions use, for expressions that go into several modules."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def import_(self, name: str) -> Code:
        """Note the name; it is written as it is."""
        self.names.add(name)
        return Code(name)


class RecordedReferences(RecordedImports):
    """Collects the names of annotations besides."""

    def __init__(self) -> None:
        super().__init__()
        self.references: set[str] = set()

    def refer(self, names: Iterable[str]) -> None:
        """Note the names that an annotation uses."""
        self.references.update(names)


class Module:
    """A file: writers add blocks and import the names that these use; `render` writes it."""

    def __init__(self, doc: str = "", aliases: Mapping[str, str] = MappingProxyType({})) -> None:
        self.doc = doc
        self.aliases = dict(aliases)
        """Imported names under another name, where a class or a member of a class has theirs."""
        self.blocks: list[Code] = []
        self.references: set[str] = set()
        """Names that annotations use: `_IN_ANNOTATIONS` are imported, those of models by the module's writer."""
        self._run_time: dict[str, set[str]] = {}
        """Imports that the module needs when it runs: origin to names."""
        self._type_checking: dict[str, set[str]] = {}
        """Imports that only type checkers need: origin to names."""

    def import_(self, name: str, origin: str = "", *, alias: str = "", type_checking: bool = False) -> Code:
        """The name as it is written in this module, which imports it.

        Args:
            name: what is imported.
            origin: the module that has it; begins with a dot for one of the package. Not needed for names of
                the runtime and of the libraries.
            alias: another name for it here.
            type_checking: whether only type checkers need it.
        """
        origins = self._type_checking if type_checking else self._run_time
        origins.setdefault(origin or _ORIGINS[name], set()).add(name)
        if alias:
            self.aliases[name] = alias
        return Code(self.aliases.get(name, name))

    def refer(self, names: Iterable[str]) -> None:
        """Note the names that an annotation uses (`Annotation.names`)."""
        self.references.update(names)

    def imported_from(self, origin: str) -> frozenset[str]:
        """The names that the module imports from another one and needs when it runs."""
        return frozenset(self._run_time.get(origin, ()))

    def imported_from_package(self) -> set[str]:
        """The names of the package itself that the module needs when it runs."""
        return set[str]().union(
            *(names for origin, names in self._run_time.items() if origin.startswith("."))
        )

    def add(self, block: Code) -> None:
        """Append a block; two blank lines stand between blocks."""
        self.blocks.append(block)

    def _from(self, module: str, names: Iterable[str], pad: str = "") -> str:
        """The import of names from a module."""
        # What the package itself has keeps its name: it is for its sake that a helper gets another.
        aliases = () if module.startswith(".") else tuple(self.aliases.items())
        return _import_statement(module, frozenset(names), aliases, pad)

    def _imports(self, run_time: Mapping[str, set[str]]) -> list[str]:
        """The groups of imports that run: standard library, other distributions, the package itself."""
        plain = sorted(_WHOLE[origin] for origin in run_time if origin in _WHOLE)
        library = [self._from(origin, names) for origin, names in run_time.items() if origin in _LIBRARY]
        distributions = [
            self._from(origin, names)
            for origin, names in run_time.items()
            if origin not in _LIBRARY and origin not in _WHOLE and not origin.startswith(".")
        ]
        package = sorted((origin for origin in run_time if origin.startswith(".")), key=imported)
        groups = [
            plain + sorted(library, key=lambda line: line.split()[1]),
            sorted(distributions, key=lambda line: line.split()[1]),
            [self._from(origin, run_time[origin]) for origin in package],
        ]
        return ["\n".join(group) for group in groups if group]

    def _type_checking_block(self) -> Code | None:
        """Imports under ``TYPE_CHECKING``, a blank line between groups."""
        groups: list[list[str]] = [[], [], []]
        for origin in sorted(self._type_checking, key=imported):
            line = self._from(origin, self._type_checking[origin], "    ")
            groups[2 if origin.startswith(".") else origin not in _LIBRARY].append(line)
        texts = ["\n".join(group) for group in groups if group]
        return Code("\n".join(["if TYPE_CHECKING:", "\n\n".join(texts)])) if texts else None

    def render(self) -> Code:
        """The text of the file."""
        parts = [docstring(doc, 0)] if (doc := clean(self.doc)) else []
        parts.append(Code("from __future__ import annotations"))
        type_checking = self._type_checking_block()
        run_time = {origin: set(names) for origin, names in self._run_time.items()}
        for name in self.references & _IN_ANNOTATIONS:
            run_time.setdefault(_ORIGINS[name], set()).add(name)
        if type_checking is not None:
            run_time.setdefault("typing", set()).add("TYPE_CHECKING")
        parts += [Code(statement) for statement in self._imports(run_time)]
        if type_checking is not None:
            parts.append(type_checking)
        text = "\n\n".join(parts)
        for position, block in enumerate(self.blocks):
            # One blank line behind imports unless a class follows; two everywhere else.
            close = position == 0 and type_checking is None and not block.startswith(("class ", "@", "def "))
            text += ("\n\n" if close else "\n\n\n") + block
        return Code(text + "\n")


@lru_cache(maxsize=1 << 14)  # most modules of models need the same of the runtime
def _import_statement(
    module: str, names: frozenset[str], aliases: tuple[tuple[str, str], ...], pad: str
) -> str:
    """The import of names from a module as isort has it: renamed ones in statements of their own."""
    renamed = dict(aliases)
    plain = sorted(names.difference(renamed), key=imported)
    groups = [plain] if plain else []
    groups += [[name] for name in names if name in renamed]
    groups.sort(key=lambda group: imported(group[0]))
    return "\n".join(_statement(module, [aliased(name, renamed) for name in group], pad) for group in groups)


def _statement(module: str, texts: list[str], pad: str) -> str:
    line = f"{pad}from {module} import {', '.join(texts)}"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"{pad}from {module} import (", *(f"{pad}    {text}," for text in texts), f"{pad})"])


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
