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
_Imports = Mapping[str, Mapping[str, bool]]
"""Of each module the names, and whether only the type is needed."""


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
        self._types: dict[str, dict[str, bool]] = {}
        self._values: dict[str, dict[str, bool]] = {}
        self._local: dict[tuple[str, str], str] = {}
        self._owners: dict[str, str] = {}

    # Names of other modules

    def runtime(self, name: str) -> str:
        """A function or value of the runtime, under the name that it has here."""
        return self.imported("runtime/index", name)

    def runtime_type(self, name: str) -> str:
        """A type of the runtime."""
        return self.imported("runtime/index", name, is_type=True)

    def imported(self, module: str, name: str, *, is_type: bool = False) -> str:
        """A name that another module exports, under the name that it has here."""
        if module == self.path:
            return name
        table = self._types if is_type else self._values
        table.setdefault(module, {})[name] = is_type
        local = self._local.get((module, name))
        if local is None:
            local = name
            while local in self.declared or self._owners.get(local, module) != module:
                local += "_"
            self._local[module, name] = local
            self._owners[local] = module
        return local

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
        return self._rendered("\n".join(self._typed), self._types)

    def javascript(self) -> str:
        """The text of ``.js``."""
        return self._rendered("\n".join(self._code), self._values)

    def source(self) -> str:
        """The text of ``.ts``."""
        every = {module: {**names, **self._values.get(module, {})} for module, names in self._types.items()}
        return self._rendered("\n".join(self._typed), {**self._values, **every})

    def _rendered(self, body: str, imports: _Imports) -> str:
        statements = [
            self._statement(module, names)
            for module, names in sorted(imports.items(), key=lambda entry: _order(entry[0]))
        ]
        text = f"{HEADER}\n{''.join(statements)}"
        return f"{text}\n{body}" if statements and body else text + (body or "export {};\n")

    def _statement(self, module: str, names: Mapping[str, bool]) -> str:
        path = f"{self.root}{module}.js"
        all_types = all(names.values())
        ordered = sorted(names.items(), key=lambda entry: (entry[1], entry[0].casefold(), entry[0]))
        parts = [self._part(module, name, is_type and not all_types) for name, is_type in ordered]
        head = "import type" if all_types else "import"
        line = f"{head} {{ {', '.join(parts)} }} from '{path}';\n"
        if len(line) <= WIDTH + 1:
            return line
        return f"{head} {{\n" + "".join(f"  {part},\n" for part in parts) + f"}} from '{path}';\n"

    def _part(self, module: str, name: str, is_type: bool) -> str:
        local = self._local[module, name]
        return ("type " if is_type else "") + (name if local == name else f"{name} as {local}")


def _order(module: str) -> tuple[bool, str]:
    """The runtime first, then the modules by name."""
    return (not module.startswith("runtime/"), module)
