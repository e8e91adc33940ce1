"""``models/__init__.py``: every model by its name, none imported before it is used."""

from __future__ import annotations

from bindwright.targets.python.syntax.code import Code, docstring, string
from bindwright.targets.python.syntax.module import imported, listed

_LAZY = '''def __getattr__(name: str) -> object:
    """Import a model's module when the model is first used."""
    if (module := _MODULES.get(name)) is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{module}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__'''


_FIRST = '    """Import a model\'s module when the model is first used."""\n'
_RENAMED = """    if (current := _RENAMED.get(name)) is not None:
        text = f"{name} was renamed: use {current}"
        warnings.warn(text, DeprecationWarning, stacklevel=2)
        return __getattr__(current)
"""


def write_index(module_of: dict[str, str], aliases: dict[str, str], doc: str) -> Code:
    """The package of models.

    Args:
        module_of: class to the module that it stands in.
        aliases: older names of classes, deprecated, to their names.
        doc: the package's docstring.
    """
    by_module: dict[str, list[str]] = {}
    for name, module in module_of.items():
        by_module.setdefault(module, []).append(name)
    lines = [
        docstring(doc, 0),
        "",
        "from __future__ import annotations",
        "",
        "from importlib import import_module",
    ]
    if by_module:
        lines += ["from typing import TYPE_CHECKING", "", "if TYPE_CHECKING:"]
    for module in sorted(by_module, key=imported):
        lines += _import(module, sorted(by_module[module], key=imported))
    # An assignment, for an import under another name is none that others may import again (`no_implicit_reexport`).
    lines += ["" for _ in aliases][:1] + [f"    {name} = {aliases[name]}" for name in sorted(aliases)]
    names = sorted(module_of, key=listed)
    lines += (
        ["", "__all__ = [", *(f"    {string(name)}," for name in names), "]"]
        if names
        else ["", "__all__: list[str] = []"]
    )
    if names:
        pairs = [f"    {string(name)}: {string(module_of[name])}," for name in names]
        lines += ["", "_MODULES = {", *pairs, "}"]
    else:
        lines += ["", "_MODULES: dict[str, str] = {}"]
    if not aliases:
        return Code("\n".join(lines) + "\n\n\n" + _LAZY + "\n")
    lines[lines.index("from importlib import import_module")] = (
        "import warnings\nfrom importlib import import_module"
    )
    pairs = [f"    {string(name)}: {string(aliases[name])}," for name in sorted(aliases, key=listed)]
    lines += ["", "_RENAMED = {", *pairs, "}"]
    lazy = _LAZY.replace(_FIRST, _FIRST + _RENAMED, 1)
    return Code("\n".join(lines) + "\n\n\n" + lazy + "\n")


def _import(module: str, names: list[str]) -> list[str]:
    line = f"    from .{module} import {', '.join(names)}"
    if len(line) <= 88:
        return [line]
    return [f"    from .{module} import (", *(f"        {name}," for name in names), "    )"]
