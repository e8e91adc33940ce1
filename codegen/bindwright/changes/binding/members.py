"""The fields of classes, with those of their bases."""

from __future__ import annotations

from collections.abc import Mapping

from bindwright.targets.surface import Symbol


def owner_of(name: str) -> str:
    """The class of a member's name; empty for what stands in no class."""
    return name.rpartition(".")[0]


class Members:
    """Looks up the members of the classes of one surface."""

    def __init__(self, symbols: Mapping[str, Symbol]) -> None:
        self._symbols = symbols
        self._below: dict[str, list[str]] = {}
        self._derived: dict[str, list[str]] = {}
        for name, symbol in symbols.items():
            self._below.setdefault(owner_of(name), []).append(name)
            for base in symbol.get("bases", ()):
                self._derived.setdefault(f"models.{base}", []).append(name)

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
