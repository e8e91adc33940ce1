"""What is compared: a file, a folder with a document in it, a file of a git revision (``main:openapi.yaml``), or what a
package was generated from: its folder or its lock, also of a revision (``v1.2:generated``)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from bindwright.changes.inputs.git import Repository
from bindwright.ir.model import Api
from bindwright.project.errors import CommandError
from bindwright.project.output_tree import digests, lock
from bindwright.project.output_tree.folder import OutputFolder
from bindwright.project.output_tree.lock import FILE_NAME, Lock
from bindwright.project.release import FILE as RELEASED
from bindwright.project.release import loads

_NAMES = ("openapi.yaml", "openapi.yml", "openapi.json", "swagger.yaml", "swagger.json")


class Source(Struct, kw_only=True):
    """One of the two versions."""

    document: str
    """The path of the document, valid within the block of `source_of`; empty where `api` has all."""
    names: Mapping[str, Any] | None = None
    """The names of the package, where a package was named."""
    typescript: Mapping[str, Any] | None = None
    """Those of its package in TypeScript."""
    api: Api | None = None
    """What the document said, where only the package knows it."""
    label: str = ""
    """What stands before the names of the document's files in a report."""
    checkout: str = ""
    """The folder that the revision of the document was written to, where it was."""


@contextmanager
def source_of(name: str, *, whole: bool = False) -> Iterator[Source]:
    """The version that a word of the command line names. Raises `CommandError`.

    Args:
        whole: whether all of a repository is checked out, for references that lead out of the document's folder.
    """
    revision, colon, path = name.partition(":")
    with tempfile.TemporaryDirectory() as folder:
        if os.path.exists(name) or not colon or "://" in name:
            yield _of_files(name, folder, whole)
            return
        repository = Repository(path or ".")
        commit, relative = repository.commit(revision), repository.relative(path or ".")
        lock_path = relative if relative.endswith(FILE_NAME) else f"{relative}/{FILE_NAME}".removeprefix("./")
        raw = repository.read(commit, lock_path)
        if raw is not None:
            yield _of_lock(
                lock.parse(raw, name),
                os.path.join(repository.root, lock_path),
                folder,
                whole,
                f"{name} ",
                None,
            )
            return
        repository.check_out(commit, relative, folder, whole=whole)
        document = _in_folder(os.path.join(folder, relative))
        if document is None:
            raise CommandError("revision", f"{revision} has no file {relative}")
        label = f"{revision}:{path[: path.rfind('/') + 1] if os.path.isfile(os.path.join(folder, relative)) else path.rstrip('/') + '/'}"  # fmt: skip
        yield Source(document=document, label=label.replace(":./", ":"), checkout=folder)


def _of_files(name: str, folder: str, whole: bool) -> Source:
    """A file, or a folder with a document or a package in it."""
    if os.path.isdir(name):
        document = _in_folder(name)
        if document is not None:
            return Source(document=document, label=f"{name.rstrip('/')}/" if name != "." else "")
        name = os.path.join(name, FILE_NAME)
        if not os.path.isfile(name):
            raise CommandError(
                "no-document",
                f"{os.path.dirname(name)} has no document",
                f"one of {', '.join(_NAMES)}, or {FILE_NAME}; or name the file",
            )
    if os.path.basename(name) == FILE_NAME and os.path.isfile(name):
        output = os.path.dirname(name) or "."
        locked = lock.read(output)
        assert locked is not None, "the file is there"
        return _of_lock(locked, name, folder, whole, "", output)
    return Source(document=name, label=name[: name.rfind("/") + 1])


def _in_folder(path: str) -> str | None:
    """The document of a folder, or the file itself; None where there is none."""
    if os.path.isfile(path):
        return path
    return next((file for each in _NAMES if os.path.isfile(file := os.path.join(path, each))), None)


def _of_lock(locked: Lock, path: str, folder: str, whole: bool, label: str, output: str | None) -> Source:
    """What a package was generated from: the document as it stands there, as the repository had it, or as the release
    that stands beside it keeps it."""
    source = _source_of_lock(locked, path, folder, whole, label, output)
    source.names = {key: value for key, value in locked.names.items() if key != "typescript"}
    typescript = locked.names.get("typescript")
    source.typescript = typescript if isinstance(typescript, Mapping) else None
    return source


def _source_of_lock(
    locked: Lock, path: str, folder: str, whole: bool, label: str, output: str | None
) -> Source:
    document = (
        os.path.normpath(os.path.join(os.path.dirname(path), locked.document)) if locked.document else ""
    )
    if document and _is_what_was_read(locked, document):
        return Source(document=document, label=document[: document.rfind("/") + 1])
    if document and _checked_out(locked, document, folder, whole):
        relative = Repository(document).relative(document)
        return Source(document=os.path.join(folder, relative), checkout=folder, label=label or f"{path} ")
    if output is not None and (api := _released(locked, output)) is not None:
        return Source(document="", api=api)
    raise CommandError(
        "lock-document",
        f"the document from which {path} was written is not there any more, in no revision either",
        "name the document itself",
    )


def _is_what_was_read(locked: Lock, document: str) -> bool:
    folder = os.path.dirname(document)
    return all(digests.of_file(os.path.join(folder, name)) == value for name, value in locked.inputs.items())


def _checked_out(locked: Lock, document: str, folder: str, whole: bool) -> bool:
    """Write the revision of a document from which a lock was written; False where no revision is it."""
    try:
        repository = Repository(document)
        relative = repository.relative(document)
        paths = {
            os.path.normpath(f"{os.path.dirname(relative)}/{name}").lstrip("/"): value
            for name, value in locked.inputs.items()
        }
        revisions = repository.revisions(list(paths))
    except CommandError:
        return False
    for commit in revisions:
        if all(
            (raw := repository.read(commit, path)) is not None and digests.of_bytes(raw) == value
            for path, value in paths.items()
        ):
            repository.check_out(commit, relative, folder, whole=whole)
            return True
    return False


def _released(locked: Lock, output: str) -> Api | None:
    """What the document said when the package was released, where nothing was generated since."""
    if locked.release.get("inputs") != locked.inputs:
        return None
    raw = OutputFolder(output).read(RELEASED)
    try:
        return loads(raw).api if raw is not None else None
    except ValueError:
        return None
