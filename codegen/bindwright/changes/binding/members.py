"""The fields of classes, with those of their bases."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from bindwright.targets.surface import Symbol


def owner_of(name: str) -> str:
    """The class of a member's name; empty for what stands in no class."""
    return name.rpartition(".")[0]


class Members:
    """Looks up the members of the classes of one surface; its tables are made when something differs."""

    def __init__(self, symbols: Mapping[str, Symbol]) -> None:
        self._symbols = symbols

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        below: dict[str, list[str]] = {}
        for name in self._symbols:
            below.setdefault(owner_of(name), []).append(name)
        return below

    @cached_property
    def _derived(self) -> dict[str, list[str]]:
        derived: dict[str, list[str]] = {}
        for name, symbol in self._symbols.items():
            for base in symbol.get("bases", ()):
                derived.setdefault(f"models.{base}", []).append(name)
        return derived

    def of(self, name: str) -> dict[str, Symbol]:
        """The fields of a class by their own names, those of its bases after its own."""
        members: dict[str, Symbol] = {}
        for class_ in self.line_of(name):
            for key in self._below.get(class_, ()):
                if self._symbols[key]["kind"] in ("field", "property"):
                    members.setdefault(key.removeprefix(f"{class_}."), self._symbols[key])
        return members

    def derived(self, name: str) -> list[str]:
        """The classes that have a class as their base."""
        return self._derived.get(name, [])

    def line_of(self, name: str) -> list[str]:
        """A class and those that it derives from, as far as they are in the surface."""
        line: list[str] = []
        while name in self._symbols and name not in line:
            line.append(name)
            bases = self._symbols[name].get("bases") or [""]
            name = f"models.{bases[0]}"
        return line
