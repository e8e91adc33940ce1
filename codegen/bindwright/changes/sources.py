"""What is compared: a file, a folder with a document in it, or a file of a git revision (``main:openapi.yaml``)."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from bindwright.project.errors import CommandError

_NAMES = ("openapi.yaml", "openapi.yml", "openapi.json", "swagger.yaml", "swagger.json")


@contextmanager
def document_of(name: str) -> Iterator[str]:
    """The path of a document, valid within the block. Raises `CommandError`."""
    if os.path.isdir(name):
        for file in _NAMES:
            if os.path.isfile(os.path.join(name, file)):
                yield os.path.join(name, file)
                return
        raise CommandError(
            "no-document", f"{name} has no document", f"one of {', '.join(_NAMES)}, or name the file"
        )
    revision, colon, path = name.partition(":")
    if os.path.exists(name) or not colon or "://" in name:
        yield name
        return
    with tempfile.TemporaryDirectory() as folder:
        yield os.path.join(folder, _check_out(revision, path, folder))


def _check_out(revision: str, path: str, folder: str) -> str:
    """Write the folder of a file as a revision has it (the document may refer to its neighbours); gives the file's
    path in it."""
    root = _git(["rev-parse", "--show-toplevel"], os.getcwd()).decode().strip()
    relative = os.path.relpath(os.path.realpath(path), root).replace(os.sep, "/")
    if relative.startswith("../"):
        raise CommandError("revision", f"{path} is not in the repository {root}")
    # A revision that begins with a dash would be an option of git.
    commit = (
        _git(["rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}"], root).decode().strip()
    )
    archive = _git(["archive", "--format=tar", commit, "--", os.path.dirname(relative) or "."], root)
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")  # no link or device of the archive leads out of the folder
    if not os.path.isfile(os.path.join(folder, relative)):
        raise CommandError("revision", f"{revision} has no file {relative}")
    return relative


def _git(words: list[str], folder: str) -> bytes:
    try:
        return subprocess.run(["git", *words], cwd=folder, capture_output=True, check=True).stdout
    except FileNotFoundError:
        raise CommandError("revision", "git is not installed") from None
    except subprocess.CalledProcessError as error:
        raise CommandError(
            "revision", error.stderr.decode(errors="replace").strip() or "git failed"
        ) from None
