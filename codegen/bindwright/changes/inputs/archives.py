"""Archives of files that others wrote."""

from __future__ import annotations

import os
import tarfile

from bindwright.project.errors import CommandError


def extract(archive: tarfile.TarFile, folder: str | os.PathLike[str]) -> None:
    """Write the files of an archive: no link or device of it leads out of the folder.

    Raises:
        tarfile.FilterError: a member would.
        CommandError: the same, before Python 3.11.4, which has no filters. Links are left out there.
    """
    if hasattr(tarfile, "data_filter"):
        archive.extractall(folder, filter="data")
        return
    files = [member for member in archive if member.isreg() or member.isdir()]
    for member in files:
        if os.path.isabs(member.name) or ".." in member.name.split("/"):
            raise CommandError("revision", f"{member.name!r} of an archive leads out of its folder")
    archive.extractall(folder, files)
