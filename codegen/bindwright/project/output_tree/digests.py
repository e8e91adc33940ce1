"""Hashes of inputs, outputs, options and of the generator itself."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bindwright.project.configuration.settings import RunSettings
from bindwright.project.output_tree.folder import LARGEST, OutputFolder

_WORTH_LOADING = 500_000
"""Octets from which on loading OpenSSL, which hashes nine times as fast, takes less time than it saves."""
_LARGEST_INPUT = 1 << 30
"""Bytes of a file of the document; what says it is larger (``/proc/kcore``) is none."""
_READ_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
OTHER = "other"
"""In the place of a hash: what stands there is no file that was generated (a folder, a link, a FIFO)."""


def of_bytes(data: bytes) -> str:
    """SHA-256 of `data`, hexadecimal, with line feeds for the line ends of Windows.

    git changes line ends at a checkout (``core.autocrlf``), and no reader of Python, TOML, JSON or YAML sees a
    difference (YAML 1.2.2, 5.4): they are no edit.
    """
    if b"\r\n" in data:
        data = data.replace(b"\r\n", b"\n")
    return str(_sha256(len(data))(data).hexdigest())


class _Hashed:
    octets = 0
    """How many were hashed in this run."""


def _sha256(size: int) -> Callable[[bytes], Any]:
    """What hashes `size` octets: CPython's own code, or OpenSSL's where there is much to hash."""
    _Hashed.octets += size
    if _Hashed.octets < _WORTH_LOADING and "hashlib" not in sys.modules:
        try:
            import _sha2  # type: ignore[import-not-found, unused-ignore]
        except ImportError:  # CPython 3.11
            pass
        else:
            return _sha2.sha256  # type: ignore[no-any-return, unused-ignore]
    import hashlib

    return hashlib.sha256


def of_file(path: str) -> str | None:
    """The hash of a file of the document, which may be a link; None where it is no file that can be read.

    The name may come from a lock, and so from anybody: a FIFO is not waited for, a device not read.
    """
    try:
        descriptor = os.open(path, _READ_FLAGS)
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST_INPUT:
                return None
            return of_bytes(file.read())
    except (OSError, ValueError):
        return None


def of_output(tree: OutputFolder, path: str) -> str | None:
    """The hash of a file in the output folder; None where nothing stands there, `OTHER` where something else
    does. Raises `CommandError` where a folder on the way is a link."""
    status = tree.status(path)
    if status is None:
        return None
    if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
        return OTHER
    try:
        data = tree.read(path)
    except OSError:
        return OTHER
    return None if data is None else of_bytes(data)


def of_options(settings: RunSettings) -> str:
    """Hash of every option that changes what is written, in any order of keys."""
    options = {
        "package": settings.package,
        "models": list(settings.models),
        "distribution": settings.distribution,
        "version": settings.version,
        "description": settings.description,
        "overlays": [
            os.path.relpath(path, settings.folder).replace(os.sep, "/") for path in settings.overlays
        ],
        "tolerant": settings.tolerant,
        "allow_remote": settings.allow_remote,
        "allow_outside": settings.allow_outside,
        "names": settings.names,
        "operations": settings.operations,
    }
    if (
        settings.xml_references != "property"
    ):  # a setting that came later: locks without it stay what they are
        options["xml_references"] = settings.xml_references
    if settings.targets != ("python",):
        options["targets"] = [f"{target}:{settings.folder_of(target)}" for target in settings.targets]
    if settings.npm_name:
        options["npm_name"] = settings.npm_name
    if settings.layout != "project":
        options["layout"] = settings.layout
    if settings.runtime != "installed":
        options["runtime"] = settings.runtime
    if not settings.surface:
        options["surface"] = False
    if settings.group_by != "tag":
        options["group_by"] = settings.group_by
    if settings.only or settings.excepted:
        options["only"], options["except"] = list(settings.only), list(settings.excepted)
    if not settings.infer_pagination:
        options["infer_pagination"] = False
    return of_bytes(json.dumps(options, sort_keys=True, default=str).encode())


def of_inputs(settings: RunSettings, files: Iterable[str]) -> dict[str, str]:
    """Hash of every file that was read, by path relative to the root document's folder."""
    names = sorted(file or settings.root_name for file in files)
    root = {} if settings.data is None else {settings.root_name: of_bytes(settings.data)}
    return {
        name: root.get(name) or of_file(os.path.join(settings.folder, name)) or "missing" for name in names
    }


_BESIDE = frozenset({"changes", "commands", "conformance", "ports", "runtime", "serve"})
"""Folders of which nothing is used to generate a package that holds no copy of the runtime."""
_TYPESCRIPT = "targets/typescript"
"""The folder of one target, which holds the runtime of its packages: two fifths of what is left."""


def of_generator(settings: RunSettings | None = None) -> str:
    """A fingerprint of what a run with these settings uses, or of all: sizes and times of sources and of the formatter.

    It says "something was installed or edited here since", not which version: only this machine's
    memory of the last run keeps it, the committed lock keeps the version.
    """
    package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    unused: frozenset[str] = frozenset()
    if settings is not None and settings.runtime != "vendored" and "port-kit" not in settings.targets:
        unused = _BESIDE if "typescript" in settings.targets else _BESIDE | {_TYPESCRIPT}
    facts = sorted(_sources(package, unused))
    formatter = os.path.join(os.path.dirname(sys.executable), "ruff")
    if os.path.exists(formatter):
        status = os.stat(formatter)
        facts.append(f"ruff {status.st_size} {status.st_mtime_ns}")
    return of_bytes("\n".join(facts).encode())


def _sources(folder: str, unused: frozenset[str], within: str = "") -> Iterator[str]:
    """A line for each file of a folder, but those in folders of `unused`, by their paths from the package."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                inner = within + entry.name
                if entry.name != "__pycache__" and inner not in unused:
                    yield from _sources(entry.path, unused, f"{inner}/")
            elif not entry.name.endswith(".pyc"):
                status = entry.stat()
                yield f"{entry.path} {status.st_size} {status.st_mtime_ns}"
