"""``bindwright convert``: documents of a generated package's types, from JSON to XML and back."""

from __future__ import annotations

import difflib
import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from bindwright.project.errors import INVALID, CommandError

VIOLATED = 1
"""Exit code: everything could be read, and ``--validate`` found violations."""

_EXTENSIONS = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".xml": "xml"}
_FORMATS = click.Choice(["json", "jsonl", "xml"])


@click.command("convert")
@click.argument("source", default="-", metavar="[INPUT]")
@click.argument("target", required=False, metavar="[OUTPUT]")
@click.option("--package", required=True, help="The generated package: its models are the types.")
@click.option(
    "--type", "expression", required=True, help="A model, or a type expression such as 'list[Job]'."
)
@click.option("--from", "read_as", type=_FORMATS, help="Format of INPUT; without it, by its extension.")
@click.option("--to", "write_as", type=_FORMATS, help="Format of OUTPUT; without it, by its extension.")
@click.option(
    "--as",
    "form",
    type=click.Choice(["one", "list", "documents"]),
    help="Write one document, one list, or documents one after another. Without it: as they came.",
)
@click.option("--indent", type=click.IntRange(0, 16), help="Spaces a level in OUTPUT; compact without it.")
@click.option(
    "--validate", is_flag=True, help="List all violations of the document's constraints, with lines."
)
@click.option("--progress/--no-progress", default=None, help="A progress bar; without it, on a terminal.")
def command(source: str, target: str | None, **options: Any) -> int:
    """Convert INPUT to OUTPUT, one value at a time and in constant memory.

    INPUT and OUTPUT are files, or - for standard input and output. A stream may be one document, one
    list, JSON lines, or documents one after another. With --validate and without OUTPUT, nothing is
    written. Exit codes: 0 done, 1 violations, 2 what cannot be read or written.
    """
    from bindwright.commands.conversion import Conversion

    models = import_models(options["package"])
    conversion = Conversion(
        models=models,
        type=resolve(options["expression"], models),
        source=source,
        target=None if target is None and options["validate"] else target or "-",
        read_as=options["read_as"] or format_of(source, "--from"),
        write_as=options["write_as"] or other_format(source, target, options),
        form=options["form"],
        indent=options["indent"],
        validate=options["validate"],
        progress=options["progress"],
    )
    return conversion.run()


def format_of(path: str, option: str) -> str:
    """The format that a file's extension tells."""
    format_ = _EXTENSIONS.get(Path(path).suffix.lower())
    if format_ is None:
        raise CommandError(
            "format", f"the name {path!r} tells no format", f"give {option} json, jsonl or xml"
        )
    return format_


def other_format(source: str, target: str | None, options: dict[str, Any]) -> str:
    """The format of the output; on standard output the one that the input has not."""
    if target is not None and target != "-":
        return format_of(target, "--to")
    read_as = options["read_as"] or format_of(source, "--from")
    return "json" if read_as == "xml" else "xml"


def import_models(package: str) -> ModuleType:
    """The ``models`` of a package that is installed, or stands here or in ``generated``."""
    for folder in ("generated", "."):
        path = str(Path(folder).resolve())
        if Path(folder, package.partition(".")[0]).is_dir() and path not in sys.path:
            sys.path.insert(0, path)
    try:
        return importlib.import_module(f"{package}.models")
    except ImportError as error:
        raise CommandError("package", f"the package {package!r} cannot be imported: {error}") from None


def resolve(expression: str, models: ModuleType) -> Any:
    """The type that an expression means in the models.

    Raises:
        CommandError: it means none.
    """
    from bindwright.runtime.resolve import Names, evaluate

    try:
        return evaluate(expression, Names(models.__name__))
    except NameError as error:
        names = [name for name in dir(models) if not name.startswith("_")]
        close = difflib.get_close_matches(error.name or expression, names, n=1)
        hint = f"did you mean {close[0]!r}?" if close else ""
        raise CommandError("type", f"{models.__name__} has no type {error.name!r}", hint) from None
    except (SyntaxError, TypeError, AttributeError) as error:
        raise CommandError("type", f"{expression!r} is no type: {error}") from None


__all__ = ["INVALID", "VIOLATED", "command"]
