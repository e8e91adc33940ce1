"""``bindwright convert``: documents of a generated package's types, from JSON to XML and back."""

from __future__ import annotations

import ast
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
    from bindwright.commands.conversion.conversion import Conversion

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
    """The ``models`` of a package that is installed, or stands here or in ``generated``; a folder may be named, too.

    Raises:
        CommandError: it cannot be imported.
    """
    path = Path(package)
    if path.is_dir() and not package.isidentifier():
        package = path.resolve().name
        sys.path.insert(0, str(path.resolve().parent))
    if not all(part.isidentifier() for part in package.split(".")):
        raise CommandError(
            "package", f"{package!r} names no package", "give the name that `import` takes, or its folder"
        )
    for folder in ("generated", "."):
        path = Path(folder).resolve()
        if Path(folder, package.partition(".")[0]).is_dir() and str(path) not in sys.path:
            sys.path.insert(0, str(path))
    try:
        return importlib.import_module(f"{package}.models")
    except (ImportError, SyntaxError) as error:
        raise CommandError("package", f"the package {package!r} cannot be imported: {error}") from None


def resolve(expression: str, models: ModuleType) -> Any:
    """The type that an expression means in the models.

    Raises:
        CommandError: it means none, or is more than names of types put together.
    """
    from bindwright.runtime.resolve import Names, evaluate

    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _no_type(expression, "it cannot be read") from None
    models_names = [name for name in dir(models) if not name.startswith("_")]
    values = {id(value) for node in ast.walk(tree) if _is_literal(node) for value in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value is not None and id(node) not in values:
            # A string would be a reference to come, and evaluated in its turn.
            raise _no_type(expression, f"{node.value!r} is none")
        if not isinstance(node, _IN_TYPES):
            raise _no_type(expression, "names of models may be put together with [], | and commas only")
        if isinstance(node, ast.Name) and node.id not in _TYPES and node.id not in models_names:
            close = difflib.get_close_matches(node.id, [*models_names, *_TYPES], n=1)
            hint = f"did you mean {close[0]!r}?" if close else ""
            raise CommandError("type", f"{models.__name__} has no type {node.id!r}", hint)
        if isinstance(node, ast.Attribute) and ast.unparse(node) not in _TIMES:
            raise _no_type(expression, f"{ast.unparse(node)} is none")
    try:
        return evaluate(expression.strip(), Names(models.__name__))
    except (NameError, TypeError, AttributeError) as error:
        raise _no_type(expression, str(error)) from None


_IN_TYPES = (
    ast.Expression, ast.Name, ast.Load, ast.Subscript, ast.Tuple, ast.BinOp, ast.BitOr, ast.Constant, ast.Attribute
)  # fmt: skip
"""What type expressions are made of. No call is among them: whoever passes a type on runs nothing of others."""
_TIMES = ("dt.date", "dt.datetime", "dt.time", "dt.timedelta")
_TYPES = (
    "Any", "Decimal", "Literal", "None", "UUID", "bool", "bytes", "dict", "dt", "float", "int", "list", "str", "tuple"
)  # fmt: skip


def _is_literal(node: ast.AST) -> bool:
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal"


def _no_type(expression: str, reason: str) -> CommandError:
    return CommandError("type", f"{expression[:200]!r} is no type: {reason}", "`list[Pet]`, for example")


__all__ = ["INVALID", "VIOLATED", "command"]
