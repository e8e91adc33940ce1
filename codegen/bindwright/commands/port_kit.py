"""``bindwright port-kit``: what the bindings of a document mean, as data for ports to other languages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from bindwright.commands.reading import OPTIONS, lower_with_lock, settle
from bindwright.project.console.messages import Messages
from bindwright.project.errors import DOCUMENT_MOVED, INVALID, CommandError

_MARK = "kit.txt"
"""Lists the files of the kit: what it does not list is not ours, and stays."""


def _run(output: str, check: bool, vectors: str, **arguments: Any) -> int:
    from bindwright.ports import kit

    lowered = lower_with_lock(settle(arguments))
    Messages().diagnostics(lowered.diagnostics, lowered.document)
    if lowered.failed or lowered.api is None:
        return INVALID
    files = kit.files(lowered.api, every=vectors == "all")
    files[_MARK] = "".join(f"{name}\n" for name in sorted(files)).encode()
    folder = Path(output)
    listed = _listed(folder)
    stale = [name for name in listed if name not in files]
    differing = [name for name, data in files.items() if _bytes(folder / name) != data]
    if check:
        for name in (*differing, *stale):
            click.echo(f"{name} is not what the document says")
        return DOCUMENT_MOVED if differing or stale else 0
    for name in differing:
        _write(folder / name, files[name])
    for name in stale:
        (folder / name).unlink(missing_ok=True)
    count = sum(data.count(b"\n") - 1 for name, data in files.items() if name.startswith("vectors/"))
    click.echo(
        f"{len(files)} files, {count} vectors; {output}: {len(differing)} written, {len(stale)} removed"
    )
    parts = sum(b'"extent":"part"' in data.partition(b"\n")[0] for data in files.values())
    if parts:
        click.echo(
            f"{parts} files have a part of their vectors, in turn with others; --vectors all writes them all"
        )
    return 0


def _listed(folder: Path) -> list[str]:
    """The files of the kit that is there. A folder that holds something else is refused: `CommandError`."""
    mark = folder / _MARK
    if folder.is_symlink() or mark.is_symlink():
        raise CommandError(
            "output-is-a-link", f"{folder} or a file in it is a symbolic link", "name another --output"
        )
    if not mark.exists():
        if folder.exists() and any(folder.iterdir()):
            raise CommandError(
                "not-a-kit",
                f"{folder} is not empty and holds no kit",
                "name an empty or new folder with --output",
            )
        return []
    names = mark.read_text(encoding="utf-8").splitlines()
    return [name for name in names if _is_inside(name)]


def _is_inside(name: str) -> bool:
    """Whether a listed path stays within the kit: the list may come from somebody else."""
    parts = Path(name).parts
    return bool(parts) and not os.path.isabs(name) and ".." not in parts


def _bytes(path: Path) -> bytes | None:
    try:
        return None if path.is_symlink() else path.read_bytes()
    except OSError:
        return None


def _write(path: Path, data: bytes) -> None:
    try:
        for parent in path.parents:
            if parent.is_symlink():
                raise CommandError(
                    "output-is-a-link", f"{parent} is a symbolic link", "name another --output"
                )
            if (parent / _MARK).exists():
                break
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise CommandError("output", f"cannot write {path}: {error.strerror}") from None


command = click.Command(
    "port-kit",
    callback=_run,
    help="Write a kit for ports to other languages: the IR with its schema, XML Schema, vectors, rules, adapters.",
    params=[
        *OPTIONS,
        click.Option(["-o", "--output"], default="kit", show_default=True, help="Folder to write to."),
        click.Option(
            ["--vectors"],
            type=click.Choice(["part", "all"]),
            default="part",
            show_default=True,
            help="Whether types and operations beyond the first ones have a part of their vectors, in turn.",
        ),
        click.Option(
            ["--check"],
            is_flag=True,
            help="Write nothing; exit code 3 where the kit is not what DOCUMENT says.",
        ),
    ],
)
