"""Modules under their older names: they hold what the new ones hold, and say so."""

from __future__ import annotations

from bindwright.targets.python.naming.plan import NamePlan
from bindwright.targets.python.syntax.code import Code, docstring, string


def older_modules(plan: NamePlan) -> dict[str, Code]:
    """Paths within the package to the texts of modules that have another name now."""
    files: dict[str, Code] = {}
    for group in plan.groups:
        for alias in plan.aliases["group_modules"].get(group.tag, ()):
            module, _, cls = alias.partition(":")
            names = {f"{prefix}{cls}": f"{prefix}{group.cls}" for prefix in ("", "Async")}
            files[f"api/{module}.py"] = _older_module(
                f"api.{module}", f"api.{group.module}", group.module, names
            )
    by_module: dict[str, dict[str, list[str]]] = {}
    for type_id, modules in plan.aliases["modules"].items():
        for module in modules:
            homes = by_module.setdefault(module, {})
            homes.setdefault(plan.modules[type_id], []).append(type_id)
    for module, homes in by_module.items():
        home, type_ids = next(iter(homes.items()))
        names = {
            alias: plan.classes[type_id]
            for type_id in type_ids
            for alias in plan.aliases["classes"].get(type_id, ())
        }
        files[f"models/{module}.py"] = _older_module(f"models.{module}", f"models.{home}", home, names)
    return files


def _older_module(older: str, name: str, home: str, classes: dict[str, str]) -> Code:
    imported = [
        f"from .{home} import {current}" if alias == current else f"from .{home} import {current} as {alias}"
        for alias, current in sorted(classes.items())
    ]
    text = string(f"{older} was renamed: use {name}")
    return Code(
        "\n".join(
            [
                docstring(f"Renamed: use `{name}`.", 0), "", "from __future__ import annotations", "", "import warnings", "",
                *imported, "", "__all__ = [", *(f"    {string(alias)}," for alias in sorted(classes)), "]", "",
                f"warnings.warn({text}, DeprecationWarning, stacklevel=2)", "",
            ]
        )
    )  # fmt: skip
