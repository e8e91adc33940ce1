"""Callers of an old package, written from its surface: each uses one thing that a difference is of.

A caller is a piece of Python in which ``PACKAGE`` stands for the package's name. It runs (or type-checks) against the old
package, and what a difference of two surfaces predicts is how it fails against the new one.
"""

from __future__ import annotations

from typing import NamedTuple

from bindwright.changes.binding.members import Members
from bindwright.changes.binding.surfaces import Difference
from bindwright.targets.surface import Surface, Symbol

ACCESS = (AttributeError,)
CALL = (TypeError,)


class Caller(NamedTuple):
    """A piece of Python that uses one thing of a package."""

    source: str
    fails_with: tuple[type[Exception], ...] = ()
    """The errors that the new package gives; empty where type checkers refuse it, and it runs."""


class Callers:
    """Writes callers of one package."""

    def __init__(self, surface: Surface) -> None:
        self._symbols = surface.symbols
        self._members = Members(surface.symbols)
        self._attributes = {
            str(symbol["annotation"]): name.removeprefix("Client.")
            for name, symbol in surface.symbols.items()
            if name.startswith("Client.") and symbol["kind"] == "property"
        }

    def of(self, difference: Difference) -> Caller:
        """The caller that feels a difference."""
        symbol = self._symbols.get(difference.symbol, {})
        if difference.parameter and not difference.symbol.endswith("Client.__init__"):
            return self._of_parameter(difference, symbol)
        if difference.symbol.endswith("Client.__init__"):
            return Caller(f"PACKAGE.Client('http://x.example', {difference.parameter}='x')", CALL)
        if difference.what in ("removed", "renamed"):
            return Caller(f"PACKAGE.{difference.symbol}", ACCESS)
        if difference.what in ("added", "parameter-required"):  # of a field: constructors demand it
            return Caller(self._built(difference.symbol.rpartition(".")[0]), CALL)
        if difference.what == "bases":
            names = [name.rpartition(".")[2] for name in symbol["bases"]]
            return Caller(f"assert {names[0]!r} in [each.__name__ for each in PACKAGE.{difference.symbol}.__mro__]", (AssertionError,))  # fmt: skip
        if difference.what == "value":
            return Caller(f"assert PACKAGE.{difference.symbol}.value == {symbol['value']}", (AssertionError,))
        if difference.what == "returns":
            return Caller(_typed(f"each: PACKAGE.{_class(difference)}", f"Callable[..., {symbol['returns']}]", f"each.{_member(difference)}"))  # fmt: skip
        if difference.what == "annotation" and symbol["kind"] == "field":
            place = f"each: PACKAGE.{_class(difference)}"
            read = _typed(place, symbol["annotation"], f"each.{_member(difference)}")
            return Caller(f"{read}\n{_setter(place, symbol['annotation'], _member(difference))}")
        if difference.what in ("annotation", "kind"):
            value = symbol.get("value") or f"models.{_member(difference)}"
            name = f"PACKAGE.{difference.symbol}"
            return Caller(
                f"{_typed(f'each: {name}', value, 'each')}\n{_typed(f'each: {value}', name, 'each', 'back')}"
            )
        raise AssertionError(f"no caller is written for {difference}")

    def _of_parameter(self, difference: Difference, symbol: Symbol) -> Caller:
        if difference.what == "parameter-annotation":
            old = next(
                parameter for parameter in symbol["parameters"] if parameter["name"] == difference.parameter
            )
            cls, method = difference.symbol.rpartition(".")[::2]
            words = self._arguments(symbol["parameters"], {difference.parameter: "value"})
            text = _typed(
                f"each: PACKAGE.{cls}, value: {old['annotation']}", "object", f"each.{method}({words})"
            )
            return Caller(text)
        left_out = difference.parameter if difference.what == "parameter-required" else ""
        named = difference.parameter if difference.what == "parameter-renamed" else ""
        return Caller(self.call(difference.symbol, left_out, named), CALL)

    def call(self, method: str, left_out: str = "", named: str = "") -> str:
        """A call of a method through the client, with all its arguments by keyword but those of the path."""
        class_, _, name = method.rpartition(".")
        attribute = self._attributes[class_.rpartition(".")[2]]
        return f"client.{attribute}.{name}({self._arguments(self._symbols[method]['parameters'], {}, left_out, named)})"

    def _arguments(
        self, parameters: list[Symbol], values: dict[str, str], left_out: str = "", named: str = ""
    ) -> str:
        words, by_name = [], False
        for parameter in parameters:
            name = parameter["name"]
            if parameter["kind"] == "options" or "deprecated" in parameter or name == left_out:
                continue
            by_name = by_name or parameter["kind"] != "positional" or name == named
            value = values.get(name) or self.value(parameter["annotation"])
            words.append(f"{name}={value}" if by_name else value)
        return ", ".join(words)

    def everything(self) -> str:
        """Whatever a caller can do: import every class, build and read every model, call every method."""
        lines = []
        for name, symbol in sorted(self._symbols.items()):
            if "deprecated" in symbol:
                continue
            if name.startswith("models.") and symbol["kind"] in ("class", "alias", "member"):
                lines.append(f"PACKAGE.{name}")
            if name.startswith("models.") and symbol["kind"] == "class" and self._is_model(name):
                lines.append(f"each = {self._built(name, whole=True)}")
                lines += [f"each.{member}" for member in self._members.of(name)]
            if (
                name.startswith("api.")
                and symbol["kind"] == "method"
                and name.split(".")[2] in self._attributes
            ):
                lines.append(self.call(name))
        return "\n".join(lines)

    def _is_model(self, name: str) -> bool:
        return self._symbols[self._members.line_of(name)[-1]]["bases"] == ["Model"]

    def _built(self, name: str, *, whole: bool = False, depth: int = 0) -> str:
        """An object of a model with its required fields, or with all."""
        words = [
            f"{member}={self.value(symbol['annotation'], depth + 1)}"
            for member, symbol in self._members.of(name).items()
            if symbol["kind"] == "field" and member != "additional_properties" and ("default" not in symbol or (whole and depth < 2))
        ]  # fmt: skip
        return f"PACKAGE.{name}({', '.join(words)})"

    def value(self, annotation: str, depth: int = 0) -> str:
        """A value of an annotation, as Python."""
        part = annotation.split(" | ")[0] if "[" not in annotation.split(" | ")[0] else annotation
        if part.startswith("Literal["):
            return part.removeprefix("Literal[").split(",")[0].split("]")[0]
        if part.startswith("list["):
            return f"[{self.value(part.removeprefix('list[').rpartition(']')[0], depth)}]"
        if part.startswith("dict["):
            return "{}"
        plain = {
            "int": "1", "str": "'x'", "float": "1.0", "bool": "True", "None": "None", "Any": "'x'", "bytes": "b'x'",
            "dt.datetime": "dt.datetime(2024, 1, 2, tzinfo=dt.timezone.utc)", "dt.date": "dt.date(2024, 1, 2)",
        }  # fmt: skip
        if part in plain:
            return plain[part]
        symbol = self._symbols[f"models.{part}"]
        if symbol["kind"] == "alias":
            return self.value(symbol["value"], depth)
        if symbol["bases"][0].startswith("Open"):
            return next(f"PACKAGE.{name}" for name in self._symbols if name.startswith(f"models.{part}."))
        if not self._is_model(f"models.{part}"):
            return self.value(symbol["bases"][0], depth)
        return self._built(f"models.{part}", depth=depth)


def _class(difference: Difference) -> str:
    return difference.symbol.rpartition(".")[0]


def _member(difference: Difference) -> str:
    return difference.symbol.rpartition(".")[2]


def _typed(parameters: str, result: str, expression: str, name: str = "read") -> str:
    return f"def {name}({parameters}) -> {result}:\n    return {expression}\n"


def _setter(place: str, annotation: str, member: str) -> str:
    return f"def write({place}, value: {annotation}) -> None:\n    each.{member} = value\n"
