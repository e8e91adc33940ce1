"""``bindwright surface``: what callers of a generated package can name, as data."""

from __future__ import annotations

import click

from bindwright.project.errors import CommandError
from bindwright.project.output_tree import lock
from bindwright.project.output_tree.folder import OutputFolder


def _run(folder: str) -> int:
    from bindwright.targets.python.surface.written import written_surface
    from bindwright.targets.surface import dumps

    locked = lock.read(folder)
    if locked is None:
        raise CommandError(
            "no-lock",
            f"{folder} is no output folder: it has no {lock.FILE_NAME}",
            "name the folder of --output",
        )
    tree = OutputFolder(folder)  # the lock may be anybody's: no link is followed
    sources = {path: tree.read(path) for path in locked.files if path.endswith(".py")}
    files = {path: data.decode("utf-8") for path, data in sources.items() if data is not None}
    top = locked.package.partition(".")[0] + "/"
    package = locked.package if any(path.startswith(top) for path in files) else ""
    click.echo(dumps(written_surface(files, package)).encode("utf-8", "replace").decode(), nl=False)
    return 0


command = click.Command(
    "surface",
    callback=_run,
    help="Print what callers of the package in FOLDER can name (names, signatures, annotations, defaults, bases), as JSON.",
    params=[click.Argument(["folder"], default="generated")],
)
