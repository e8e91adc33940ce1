"""Files as a revision of the repository has them."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import tomllib

from bindwright.changes.inputs.archives import extract
from bindwright.project.errors import CommandError

_MOST_REVISIONS = 500
"""So many revisions of a file are looked at for the one that a lock was written from."""


class Repository:
    """The repository in which a path stands. Raises `CommandError` where there is none, or no git."""

    def __init__(self, path: str) -> None:
        folder = path if os.path.isdir(path) else os.path.dirname(path) or "."
        while not os.path.isdir(folder):  # a folder that only an older revision has
            folder = os.path.dirname(folder) or "."
        self.root = _git(["rev-parse", "--show-toplevel"], folder).decode().strip()

    def relative(self, path: str) -> str:
        """A path from the top of the repository. Raises `CommandError` where it leads out."""
        relative = os.path.relpath(os.path.realpath(path), os.path.realpath(self.root)).replace(os.sep, "/")
        if relative == ".." or relative.startswith("../"):
            raise CommandError("revision", f"{path} is not in the repository {self.root}")
        return relative

    def commit(self, revision: str) -> str:
        """The commit of a revision."""
        # A revision that begins with a dash would be an option of git.
        words = ["rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}"]
        return _git(words, self.root).decode().strip()

    def read(self, commit: str, relative: str) -> bytes | None:
        """A file as a commit has it; None where it has none."""
        try:
            return _git(["show", f"{commit}:{relative}"], self.root)
        except CommandError:
            return None

    def revisions(self, paths: list[str]) -> list[str]:
        """The commits that changed one of some files, the newest first."""
        words = ["log", f"--max-count={_MOST_REVISIONS}", "--format=%H", "--", *paths]
        return _git(words, self.root).decode().split()

    def check_out(self, commit: str, relative: str, folder: str, *, whole: bool = False) -> None:
        """Write what a document of a commit may need into a folder: its own folder, the configuration above it, and the
        overlays that this names; all of the repository where references may lead out of the folder."""
        paths = ["."] if whole else self._needed(commit, relative)
        archive = _git(["archive", "--format=tar", commit, "--", *paths], self.root)
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            extract(files, folder)

    def _needed(self, commit: str, relative: str) -> list[str]:
        own = os.path.dirname(relative)
        paths = [own or "."]
        folder = own
        while True:
            candidate = f"{folder}/pyproject.toml".lstrip("/")
            raw = self.read(commit, candidate)
            if raw is not None:
                paths.append(candidate)
                paths += [
                    path
                    for overlay in _overlays(raw)
                    if not (path := os.path.normpath(os.path.join(folder, overlay)).replace(os.sep, "/")).startswith("../")
                    and self.read(commit, path) is not None
                ]  # fmt: skip
            if not folder:
                return paths
            folder = os.path.dirname(folder)


def _overlays(raw: bytes) -> list[str]:
    try:
        table = tomllib.loads(raw.decode()).get("tool", {}).get("bindwright", {})
        return [overlay for overlay in table.get("overlays", []) if isinstance(overlay, str)]
    except (ValueError, AttributeError, TypeError):
        return []  # whoever reads the configuration says what is wrong with it


def _git(words: list[str], folder: str) -> bytes:
    try:
        return subprocess.run(["git", *words], cwd=folder, capture_output=True, check=True).stdout
    except FileNotFoundError:
        raise CommandError("revision", "git is not installed") from None
    except subprocess.CalledProcessError as error:
        raise CommandError(
            "revision", error.stderr.decode(errors="replace").strip() or "git failed"
        ) from None
