"""``bindwright.lock``: the committed memory of what was generated from what, and under which names.

JSON with one file or name a line, keys sorted, so that a small change is a small difference to review.
"""

from __future__ import annotations

import json
import os
from typing import Any, NamedTuple

from bindwright.project.configuration.settings import relative_path
from bindwright.project.errors import CommandError
from bindwright.project.output_tree import json_lines as jsonlines

FILE_NAME = "bindwright.lock"
FORMAT = 1


class Lock(NamedTuple):
    """The content of a lock."""

    generator: str
    """Version of bindwright that wrote it."""
    package: str
    options: str
    """Hash of the options that change the output."""
    inputs: dict[str, str]
    """Hash of each file of the document, by path relative to the root document's folder."""
    files: dict[str, str]
    """Hash of each written file, by path relative to the output folder, in POSIX form."""
    names: dict[str, Any]
    """Public names as the target gave them."""
    remote: dict[str, str] = {}  # noqa: RUF012 - a default of a tuple, never mutated
    """Hash of each document fetched from a network, by address."""

    def to_bytes(self) -> bytes:
        """The lock as it is written."""
        return jsonlines.dumps({"format": FORMAT, **self._asdict()}, sort=True)


def read(output: str) -> Lock | None:
    """The lock of an output folder; None where there is none.

    Raises `CommandError` where the file is damaged (a merge left its marks) or written by a later format.
    """
    path = os.path.join(output, FILE_NAME)
    try:
        with open(path, "rb") as file:
            raw = file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CommandError(
            "lock-unreadable", f"the lock cannot be read: {error.strerror}", where=relative_path(path)
        ) from None
    return parse(raw, relative_path(path))


def parse(raw: bytes, where: str = FILE_NAME) -> Lock:
    """Read a lock's bytes; raises `CommandError`."""
    remedy = (
        "settle a merge with either side (the next run rewrites it), or restore the file from version control"
    )
    try:
        data = json.loads(raw.decode("utf-8", "surrogatepass"))
        if data["format"] != FORMAT:
            raise CommandError(
                "lock-format",
                f"the lock has format {data['format']}, this bindwright reads format {FORMAT}",
                "install the bindwright that wrote it, or a newer one",
                where,
            )
        return Lock(**{name: data.get(name, {}) if name == "remote" else data[name] for name in Lock._fields})
    except (ValueError, KeyError, TypeError):
        raise CommandError("lock-unreadable", "the lock is damaged", remedy, where) from None
