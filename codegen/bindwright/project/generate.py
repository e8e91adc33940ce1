"""``bindwright generate`` with its flags read: settle, look whether anything changed, and only then work."""

from __future__ import annotations

import os
import sys
from typing import Any

from bindwright.project.configuration import configuration
from bindwright.project.configuration.settings import RunSettings, relative_path
from bindwright.project.output_tree.unchanged import unchanged


def generate(flags: dict[str, Any]) -> int:
    """Run the command; gives its exit code. Raises `CommandError` and OSError with nothing half written."""
    settings = configuration.for_writing(flags, os.getcwd())
    if flags.get("watch"):
        from bindwright.project.watch import watch

        return watch(flags, _messages(flags))
    if flags.get("check"):
        from bindwright.project.check import check

        return check(settings, _messages(flags))
    summary = unchanged(settings)
    if summary is not None:
        if not flags.get("quiet"):
            print(f"{summary}; {relative_path(settings.output)}: nothing changed")
        return 0
    return _run(settings, flags)


def _run(settings: RunSettings, flags: dict[str, Any]) -> int:
    import gc

    # One run makes millions of objects that all live to its end: looking for cycles among them is waste,
    # among the classes that the imports make as well.
    gc.disable()
    _import_msgspec()
    from bindwright.project import run

    return run.generate(settings, _messages(flags))[0]


def _import_msgspec() -> None:
    """Import msgspec without typing_extensions, which takes as long to import as msgspec itself.

    It asks there for what `typing` has since Python 3.11, and takes that where the other is missing. What
    imports typing_extensions later gets it.
    """
    name = "typing_extensions"
    if name in sys.modules:
        return
    sys.modules[name] = None  # type: ignore[assignment]  # the import system's own word for "not there"
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules[name]


def _messages(flags: dict[str, Any]) -> Any:
    from bindwright.project.console.messages import Messages

    return Messages(bool(flags.get("quiet")), bool(flags.get("verbose")))
