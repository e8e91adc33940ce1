"""``[tool.bindwright.diff]``: whose verdicts count, from which level a run fails, and levels by kind of change."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, ValidationError, convert, field

from bindwright.changes.findings import Change
from bindwright.changes.inputs.accepted import FILE
from bindwright.changes.rules import COLUMNS, LEVELS, RULES, Level
from bindwright.project.configuration import configuration
from bindwright.project.errors import CommandError

PARTS = ("json", "xml", "python", "typescript")
_USUAL = ("json", "xml", "python")
_BINDINGS = frozenset({"python", "typescript"})
FAIL_ON = ("breaking", "risky", "any", "none")


class DiffSettings(Struct, rename="kebab", forbid_unknown_fields=True):
    """What a project says of its changes."""

    parts: list[str] = field(default_factory=lambda: list(_USUAL), name="for")
    """Whose verdicts count: ``json``, ``xml``, ``python``, ``typescript``."""
    fail_on: str = "breaking"
    accepted: str = ""
    """The file of accepted changes; empty: ``accepted-changes.toml`` where the command runs."""
    levels: dict[str, str] = field(default_factory=dict)
    """Kinds of change to the level that they have here, wherever they are felt."""


def settings_of(config: str = "") -> DiffSettings:
    """The table of the nearest ``pyproject.toml``, or of the file that is named. Raises `CommandError`."""
    project = configuration.find(os.getcwd(), config)
    try:
        settings = convert(project.table.get("diff", {}), DiffSettings)
    except ValidationError as error:
        raise _wrong(str(error), project.file) from None
    check(settings, project.file)
    if settings.accepted:
        settings.accepted = project.absolute(settings.accepted)
    return settings


def check(settings: DiffSettings, where: str = "") -> None:
    """Raises `CommandError` at the first word that is not known."""
    words: list[tuple[str, str, Iterable[str]]] = [("for", part, PARTS) for part in settings.parts]
    words.append(("fail-on", settings.fail_on, FAIL_ON))
    words += [("levels", kind, RULES) for kind in settings.levels]
    words += [(f"levels.{kind}", level, LEVELS) for kind, level in settings.levels.items()]
    for key, word, known in words:
        if word not in known:
            raise _wrong(f"{key} does not know {word!r}", where)


def _wrong(text: str, where: str) -> CommandError:
    return CommandError(
        "configuration-value", f"[tool.bindwright.diff]: {text}", "docs/reference/configuration.md", where
    )


def apply(settings: DiffSettings, changes: Iterable[Change]) -> list[Change]:
    """The changes as they count here: verdicts of nobody's format go, levels are those of the project."""
    for change in changes:
        for column in COLUMNS:
            parts = _BINDINGS if column == "binding" else {column.partition("_")[0]}
            if parts.isdisjoint(settings.parts):
                change.levels[column] = "none"
            elif change.levels[column] != "none" and change.kind in settings.levels:
                change.levels[column] = _level(settings.levels, change.kind)
    return [change for change in changes if change.level != "none"]


def _level(levels: Mapping[str, Any], kind: str) -> Level:
    return LEVELS[LEVELS.index(levels[kind])]


__all__ = ["FAIL_ON", "FILE", "PARTS", "DiffSettings", "apply", "check", "settings_of"]
