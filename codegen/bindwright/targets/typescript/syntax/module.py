"""One module: what it declares and what it runs, each with the imports that it turns out to need.

A module is written as two files: ``.d.ts`` has its types and comments, ``.js`` its code. The third form, a source in
TypeScript that has both, is for compilers that check the code against the types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from bindwright.targets.typescript.syntax.text import WIDTH

HEADER = "// Written by bindwright from the API's document; changes belong there.\n"
_PURE = "/* @__PURE__ */ "
CONSTANT = len(f"export const  = {_PURE}")
"""Columns that are taken before the expression of a constant, beside its name."""
_Imports = Mapping[tuple[str, str], str]


class Module:
    """Collects what is declared, what is run and what is imported for either.

    A name that the module declares hides what is imported under the same: that gets `_` behind.
    """

    def __init__(self, path: str, declared: Iterable[str] = (), *, is_source: bool = False) -> None:
        """A module without contents.

        Args:
            path: from the package's root, without ending.
            declared: the names that it declares.
            is_source: whether it will be written as one file.
        """
        self.path = path
        self.root = "../" * path.count("/") or "./"
        self.declared = frozenset(declared)
        self.is_source = is_source
        self._typed: list[str] = []
        self._code: list[str] = []
        self._types: dict[tuple[str, str], str] = {}
        self._values: dict[tuple[str, str], str] = {}
        """Modules and names of theirs to the names that these have here."""
        self._owners: dict[str, str] = {}

    # Names of other modules

    def runtime(self, name: str) -> str:
        """A function or value of the runtime, under the name that it has here."""
        return self.imported("runtime/index", name)

    def runtime_type(self, name: str) -> str:
        """A type of the runtime."""
        return self.imported("runtime/index", name, is_type=True)

    def needs(self, names: frozenset[str]) -> bool:
        """Whether its code uses one of these names of the runtime."""
        return any(("runtime/index", name) in self._values for name in names)

    def imported(self, module: str, name: str, *, is_type: bool = False) -> str:
        """A name that another module exports, under the name that it has here."""
        if module == self.path:
            return name
        table, other = (self._types, self._values) if is_type else (self._values, self._types)
        place = (module, name)
        local = table.get(place)
        if local is None:
            table[place] = local = other.get(place) or self._free(module, name)
        return local

    def names_types_as(self, other: Module) -> bool:
        """Import the types that another module imports; whether all have the same names here."""
        same = True
        for (module, name), local in other._types.items():
            same &= self.imported(module, name, is_type=True) == local
        return same

    def _free(self, module: str, name: str) -> str:
        while name in self.declared or self._owners.get(name, module) != module:
            name += "_"
        self._owners[name] = module
        return name

    # Contents

    def type_arguments(self, *types: Callable[[], str]) -> str:
        """What a compiler has to be told where a function is called; nothing in code that is no source."""
        return f"<{', '.join(type_() for type_ in types)}>" if self.is_source else ""

    def declare(self, text: str) -> None:
        """An interface or alias, with its comment."""
        self._typed.append(text)

    def constant(self, name: str, type_: str, expression: str, head: str = "") -> None:
        """A constant; `head` is its comment. A call is marked as one that nobody misses who does not use its value."""
        pure = _PURE if "(" in expression and not expression.startswith("{") else ""
        self._said(f"{head}export", f"const {name}: {type_}", f"const {name} =", f" {pure}{expression};\n")

    def function(self, head: str, name: str, parameters: Mapping[str, str], result: str, body: str) -> None:
        """A function; `parameters` have their types, `body` its braces."""
        typed = ", ".join(f"{parameter}: {type_}" for parameter, type_ in parameters.items())
        code = f"function {name}({', '.join(parameters)})"
        self._said(f"{head}export", f"function {name}({typed}): {result}", code, f" {body}\n")

    def exports(self, text: str, of_types: str = "") -> None:
        """Statements that export what other modules do; `of_types` are those for types alone."""
        self._typed.append(of_types + text)
        self._code.append(text)

    def _said(self, export: str, typed: str, code: str, rest: str) -> None:
        if self.is_source:
            self._typed.append(f"{export} {typed}{' =' if code.endswith('=') else ''}{rest}")
            return
        self._typed.append(f"{export} declare {typed};\n")
        self._code.append(f"export {code}{rest}")

    # Files

    def declarations(self) -> str:
        """The text of ``.d.ts``."""
        return self._rendered(self._typed, self._statements(self._types, {}))

    def javascript(self) -> str:
        """The text of ``.js``."""
        return self._rendered(self._code, self._statements({}, self._values))

    def source(self) -> str:
        """The text of ``.ts``."""
        types = {place: local for place, local in self._types.items() if place not in self._values}
        return self._rendered(self._typed, self._statements(types, self._values))

    def _rendered(self, parts: list[str], statements: str) -> str:
        body = "\n".join(parts)
        text = f"{HEADER}\n{statements}"
        return f"{text}\n{body}" if statements and body else text + (body or "export {};\n")

    def _statements(self, types: _Imports, values: _Imports) -> str:
        """The statements that import names; the runtime first, then the modules by name."""
        modules: dict[str, tuple[list[str], list[str]]] = {}
        for is_type, imports in enumerate((values, types)):
            for (module, name), local in imports.items():
                part = name if local == name else f"{name} as {local}"
                modules.setdefault(module, ([], []))[1 - is_type].append(part)
        text = ""
        for module in sorted(modules, key=lambda module: (not module.startswith("runtime/"), module)):
            text += self._statement(module, *modules[module])
        return text

    def _statement(self, module: str, types: list[str], values: list[str]) -> str:
        path = f"{self.root}{module}.js"
        if len(types) > 1:
            types.sort(key=_without_capitals)
        if len(values) > 1:
            values.sort(key=_without_capitals)
        head = "import" if values else "import type"
        parts = [*values, *(f"type {part}" for part in types)] if values else types
        line = f"{head} {{ {', '.join(parts)} }} from '{path}';\n"
        if len(line) <= WIDTH + 1:
            return line
        return f"{head} {{\n" + "".join(f"  {part},\n" for part in parts) + f"}} from '{path}';\n"


def _without_capitals(name: str) -> tuple[str, str]:
    return name.casefold(), name
