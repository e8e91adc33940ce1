"""One module: its text, and the imports that the text turns out to need."""

from __future__ import annotations

from collections.abc import Iterable

from bindwright.targets.typescript.syntax.text import WIDTH

HEADER = "// Written by bindwright from the API's document; changes belong there.\n"


class Module:
    """Collects what is imported while the body is written.

    A name that the module declares hides what is imported under the same: that gets `_` behind.
    """

    def __init__(self, path: str, declared: Iterable[str] = ()) -> None:
        """`path`: from the package's root, without ending."""
        self.path = path
        self.root = "../" * path.count("/") or "./"
        self.declared = frozenset(declared)
        self._imports: dict[str, dict[str, bool]] = {}
        """Of each module the names, and whether only the type is needed."""
        self._local: dict[tuple[str, str], str] = {}
        self._owners: dict[str, str] = {}

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
        names = self._imports.setdefault(module, {})
        names[name] = names.get(name, True) and is_type
        local = self._local.get((module, name))
        if local is None:
            local = name
            while local in self.declared or self._owners.get(local, module) != module:
                local += "_"
            self._local[module, name] = local
            self._owners[local] = module
        return local

    def typescript(self, body: str) -> str:
        """The text of the module."""
        return self._rendered(body, self._imports)

    def javascript(self, body: str) -> str:
        """The text of the module without its types."""
        values = {
            module: {name: False for name, is_type in names.items() if not is_type}
            for module, names in self._imports.items()
        }
        return self._rendered(body, values)

    def _rendered(self, body: str, imports: dict[str, dict[str, bool]]) -> str:
        statements = [
            self._statement(module, names)
            for module, names in sorted(imports.items(), key=lambda entry: _order(entry[0]))
            if names
        ]
        text = HEADER + "\n" + "".join(statements) + ("\n" if statements else "") + body.lstrip("\n")
        return text if body.strip() else text.rstrip("\n") + "\nexport {};\n"

    def _statement(self, module: str, names: dict[str, bool]) -> str:
        path = f"{self.root}{module}.js"
        all_types = all(names.values())
        parts = [
            self._part(module, name, is_type and not all_types)
            for name, is_type in sorted(
                names.items(), key=lambda entry: (entry[1], entry[0].casefold(), entry[0])
            )
        ]
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
