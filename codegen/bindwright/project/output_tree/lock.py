"""``bindwright.lock``: the committed memory of what was generated from what, and under which names.

JSON with one file or name a line, keys sorted, so that a small change is a small difference to review.
"""

# Annotations are values here: a NamedTuple compiles each that is text, and this module is part of each run.
import os
import re
from typing import Any, NamedTuple

from bindwright.project.configuration.settings import relative_path
from bindwright.project.errors import CommandError
from bindwright.project.output_tree import json_lines as jsonlines
from bindwright.project.output_tree import merged_lock, paths
from bindwright.project.output_tree.folder import OutputFolder

FILE_NAME = paths.LOCK
FORMAT = 1
_HASH = re.compile(r"[0-9a-f]{64}")


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

    release: dict[str, Any] = {}  # noqa: RUF012
    """The last release: ``version``, hashes of its ``inputs``, and of each older name in ``aliases`` the version that made
    it one. Empty where none was made (`bindwright.project.release`)."""
    document: str = ""
    """The root document by its path from the output folder; empty in locks of earlier versions."""

    merged: bool = False
    """Whether the file holds the lines of two branches, which the next run writes as one; never written."""

    def to_bytes(self) -> bytes:
        """The lock as it is written."""
        values = self._asdict()
        del values["merged"]
        for name in ("release", "document"):  # what locks of earlier versions do not have
            if not values[name]:
                del values[name]
        return jsonlines.dumps({"format": FORMAT, **values}, sort=True)


def read(output: str) -> Lock | None:
    """The lock of an output folder; None where there is none.

    A lock that a merge left with the lines of both branches is read as both. Raises `CommandError` where the
    file is damaged or written by a later format.
    """
    where = relative_path(os.path.join(output, FILE_NAME))
    try:
        raw = OutputFolder(output).read(FILE_NAME)
    except OSError as error:
        message = f"the lock cannot be read: {error.strerror}"
        raise CommandError("lock-unreadable", message, where=where) from None
    return None if raw is None else parse(raw, where)


def parse(raw: bytes, where: str = FILE_NAME) -> Lock:
    """Read a lock's bytes; raises `CommandError`."""
    try:
        text = raw.decode("utf-8", "surrogatepass")
        data, merged = merged_lock.read(text)
    except (ValueError, RecursionError):
        raise _damaged("it is not JSON", where) from None
    if not isinstance(data, dict):
        raise _damaged("it is no table", where)
    if data.get("format") != FORMAT:
        if not isinstance(data.get("format"), int):
            raise _damaged("it has no format", where)
        raise CommandError(
            "lock-format",
            f"the lock has format {data['format']}, this bindwright reads format {FORMAT}",
            "install the bindwright that wrote it, or a newer one",
            where,
        )
    fault = _fault(data)
    if fault:
        raise _damaged(fault, where)
    fields = {name: data[name] for name in Lock._fields if name in data and name != "merged"}
    return Lock(**fields, merged=merged)


def _fault(data: dict[str, Any]) -> str:
    """What of a lock's table is not as `Lock` wants it.

    A lock is committed, so anybody may have written it: its paths decide what is removed, and go through the
    one check of paths.
    """
    for name in ("generator", "package", "options"):
        if not isinstance(data.get(name), str):
            return f"{name!r} is no text"
    for name in ("inputs", "files", "names", "remote", "release"):
        if not isinstance(data.get(name, {} if name in ("remote", "release") else None), dict):
            return f"{name!r} is no table"
    if not isinstance(data.get("document", ""), str):
        return "'document' is no text"
    if not _is_release(data.get("release") or {}):
        return "'release' is not as it was written"
    for name in ("inputs", "files", "remote"):
        for key, value in data.get(name, {}).items():
            if not isinstance(value, str):
                return f"{name}.{key!r} is no text"
    for path, digest in data["files"].items():
        why = paths.fault(path) or ("" if _HASH.fullmatch(digest) else "has no hash")
        if why:
            return f"the file {path!r} {why}"
    return next((f"the input {name!r} is no path" for name in data["inputs"] if not paths.is_input(name)), "")


def _is_release(release: dict[str, Any]) -> bool:
    tables = [release.get("inputs") or {}, release.get("aliases") or {}]
    texts = [release.get("version") or ""]
    if not all(isinstance(table, dict) for table in tables):
        return False
    return all(isinstance(text, str) for text in [*texts, *tables[0].values(), *tables[1].values()])


def _damaged(why: str, where: str) -> CommandError:
    remedy = "restore the file from version control, or delete it (names are then chosen anew)"
    return CommandError("lock-unreadable", f"the lock is damaged: {why}", remedy, where)
