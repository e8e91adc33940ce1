"""The output folder, opened so that nothing that stands in it leads out of it.

What stands in an output folder came from somebody else as often as from a run on this machine: with a checkout,
a pull request, an archive. A link in it is a path that its author chose, and a FIFO or a device in the place of
a file would stop the run for good. So every access goes by descriptors of the folders on the way, none of which
may be a link (``O_NOFOLLOW``), and what is read is a regular file of a bounded size.

The output folder itself is the user's choice, who may have made it a link.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager

from bindwright.project.configuration.settings import relative_path
from bindwright.project.errors import CommandError

LARGEST = 1 << 26
"""Bytes of a file that may be read whole: locks of the largest documents have a tenth of it."""
_DESCRIPTORS = hasattr(os, "O_NOFOLLOW") and hasattr(os, "O_DIRECTORY") and os.name == "posix"
"""Windows has neither: there each part of a path is looked at before the path is used. Between the two somebody
could put a link there, who then is at work on this machine already."""
_FOLDER_FLAGS = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_READ_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)
_NEW_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class OutputFolder:
    """Files below the output folder, by paths relative to it with ``/`` between their parts.

    Every method raises `CommandError` where a folder on the way is a symbolic link, and OSError as the
    function of `os` does whose work it does.
    """

    def __init__(self, output: str) -> None:
        self.output = output

    @contextmanager
    def _parent(self, path: str) -> Iterator[tuple[str, int | None]]:
        """The last part of a path and the open folder that it is in; where there are no descriptors, the
        whole path and None."""
        folder, _, name = path.rpartition("/")
        if not _DESCRIPTORS:
            self.check_folder(folder)
            yield os.path.join(self.output, *path.split("/")), None
            return
        descriptor = self._open(folder)
        try:
            yield name, descriptor
        finally:
            os.close(descriptor)

    def _open(self, folder: str) -> int:
        """A descriptor of a folder, each part of its path opened in the one before."""
        descriptor = os.open(self.output, os.O_RDONLY | os.O_DIRECTORY)
        for part in folder.split("/") if folder else ():
            outer = descriptor
            try:
                descriptor = os.open(part, _FOLDER_FLAGS, dir_fd=outer)
            except OSError:
                # Systems differ in the error for a link here (ELOOP, ENOTDIR, EMLINK): look what stands there.
                if stat.S_ISLNK(os.stat(part, dir_fd=outer, follow_symlinks=False).st_mode):
                    raise link_in_the_way(self.output, folder) from None
                raise
            finally:
                os.close(outer)
        return descriptor

    def check_folder(self, folder: str) -> None:
        """Raises `CommandError` where a folder, or one around it, is a symbolic link; one that is missing is no
        error."""
        parts = folder.split("/") if folder else []
        for depth in range(1, len(parts) + 1):
            try:
                mode = os.lstat(os.path.join(self.output, *parts[:depth])).st_mode
            except (FileNotFoundError, NotADirectoryError):
                return
            if stat.S_ISLNK(mode):
                raise link_in_the_way(self.output, "/".join(parts[:depth]))

    def status(self, path: str) -> os.stat_result | None:
        """What stands at a path, links not followed; None where there is nothing."""
        try:
            with self._parent(path) as (name, folder):
                return os.stat(name, dir_fd=folder, follow_symlinks=False)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def exists(self, path: str) -> bool:
        """Whether anything stands at a path, a link that leads nowhere included."""
        return self.status(path) is not None

    def read(self, path: str, largest: int = LARGEST) -> bytes | None:
        """The bytes of a file; None where nothing stands there.

        Raises `CommandError` where it is no regular file, or larger than `largest` bytes.
        """
        status = self.status(path)
        if status is None:
            return None
        if not stat.S_ISREG(status.st_mode):
            raise self._not_ours(path, "is not a regular file")
        with self._parent(path) as (name, folder):
            descriptor = os.open(name, _READ_FLAGS, dir_fd=folder)
        with open(descriptor, "rb") as file:
            # Asked of the open file: between the look and the opening another may have come.
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise self._not_ours(path, "is not a regular file")
            if status.st_size > largest:
                raise self._not_ours(path, f"is larger than {largest:,} bytes")
            return file.read(largest + 1)

    def _not_ours(self, path: str, why: str) -> CommandError:
        shown = relative_path(os.path.join(self.output, path))
        return CommandError(
            "output-file",
            f"{shown} {why}; bindwright did not write it",
            "remove it, and look who put it there",
        )

    def open_own(self, path: str) -> int:
        """A descriptor, to read and to write, of a regular file that is made where it is missing. Raises
        `CommandError` where something else stands there, or a file that has other names as well."""
        with self._parent(path) as (name, folder):
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
            try:
                descriptor = os.open(name, flags, 0o666, dir_fd=folder)
            except OSError:
                status = os.stat(name, dir_fd=folder, follow_symlinks=False)
                if stat.S_ISREG(status.st_mode):
                    raise
                raise self._not_ours(path, "is not a regular file") from None
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
            os.close(descriptor)
            raise self._not_ours(path, "is not a file of its own")
        return descriptor

    def write_new(self, path: str, data: bytes) -> None:
        """Write a file where nothing stands."""
        with self._parent(path) as (name, folder):
            descriptor = os.open(name, _NEW_FLAGS, 0o666, dir_fd=folder)
        try:
            remaining = memoryview(data)
            while remaining:
                remaining = remaining[os.write(descriptor, remaining) :]
        finally:
            os.close(descriptor)

    def write(self, path: str, data: bytes) -> None:
        """Write a file, replacing what stood there whole: a reader sees the old bytes or the new ones."""
        fresh = f"{path}.new"
        if self.exists(fresh):
            self.unlink(
                fresh
            )  # of a run that was killed; where it is a link, the link goes, not what it names
        self.write_new(fresh, data)
        self.replace(fresh, path)

    def replace(self, source: str, target: str) -> None:
        """`os.replace` of one path by another."""
        with self._parent(source) as (old, old_folder), self._parent(target) as (new, new_folder):
            os.replace(old, new, src_dir_fd=old_folder, dst_dir_fd=new_folder)

    def link(self, source: str, target: str) -> None:
        """A second name for a file, so that its place is never empty; a copy where the system has no links."""
        try:
            with self._parent(source) as (old, old_folder), self._parent(target) as (new, new_folder):
                os.link(old, new, src_dir_fd=old_folder, dst_dir_fd=new_folder, follow_symlinks=False)
        except (OSError, NotImplementedError):
            data = self.read(source)
            if data is None:
                raise
            self.write_new(target, data)

    def unlink(self, path: str) -> None:
        """`os.unlink`."""
        with self._parent(path) as (name, folder):
            os.unlink(name, dir_fd=folder)

    def make_folder(self, folder: str) -> None:
        """Make a folder and those around it that are missing, the output folder included."""
        os.makedirs(self.output, exist_ok=True)
        parts = folder.split("/") if folder else []
        for depth in range(1, len(parts) + 1):
            path = "/".join(parts[:depth])
            if not self.exists(path):
                with self._parent(path) as (name, outer):
                    os.mkdir(name, dir_fd=outer)
        self.check_folder(folder)

    def names(self, folder: str) -> list[str]:
        """The names in a folder, sorted."""
        if not _DESCRIPTORS:
            self.check_folder(folder)
            return sorted(os.listdir(os.path.join(self.output, *folder.split("/"))))
        descriptor = self._open(folder)
        try:
            return sorted(os.listdir(descriptor))
        finally:
            os.close(descriptor)

    def remove_folder(self, folder: str) -> None:
        """Remove an empty folder."""
        with self._parent(folder) as (name, outer):
            os.rmdir(name, dir_fd=outer)

    def remove_tree(self, folder: str) -> None:
        """Remove a folder and what is in it, links themselves instead of what they name; nothing where there
        is none. Raises `CommandError` where the folder is a link."""
        status = self.status(folder)
        if status is None:
            return
        if stat.S_ISLNK(status.st_mode):
            raise link_in_the_way(self.output, folder)
        if not stat.S_ISDIR(status.st_mode):
            raise self._not_ours(folder, "is not a folder")
        with self._parent(folder) as (name, outer):
            try:
                os.rmdir(name, dir_fd=outer)  # most are empty, and importing shutil takes longer
            except OSError:
                import shutil

                shutil.rmtree(name, dir_fd=outer)


def link_in_the_way(output: str, folder: str) -> CommandError:
    """The error for a folder of the output folder that is a symbolic link."""
    shown = relative_path(os.path.join(output, folder))
    return CommandError(
        "output-path",
        f"{shown} is a symbolic link: what is written there would leave the output folder; nothing was written",
        "remove the link, or choose another --output",
    )
