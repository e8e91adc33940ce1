"""``bindwright surface``: what callers of a generated package can name, as data."""

from __future__ import annotations

from pathlib import Path

import click

from bindwright.project.errors import CommandError
from bindwright.project.output_tree import json_lines, lock


def _run(folder: str) -> int:
    from bindwright.targets.python.surface import surface_of

    locked = lock.read(folder)
    if locked is None:
        raise CommandError(
            "no-lock",
            f"{folder} is no output folder: it has no {lock.FILE_NAME}",
            "name the folder of --output",
        )
    paths = [path for path in locked.files if path.endswith(".py") and Path(folder, path).is_file()]
    files = {path: Path(folder, path).read_text(encoding="utf-8") for path in paths}
    top = locked.package.partition(".")[0] + "/"
    package = locked.package if any(path.startswith(top) for path in paths) else ""
    data = json_lines.dumps(surface_of(files, package), sort=True)
    click.echo(data.decode("utf-8", "replace"), nl=False)
    return 0


command = click.Command(
    "surface",
    callback=_run,
    help="Print what callers of the package in FOLDER can name (names, signatures, annotations, defaults, bases), as JSON.",
    params=[click.Argument(["folder"], default="generated")],
)
