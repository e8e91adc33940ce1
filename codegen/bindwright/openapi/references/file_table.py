"""From a reference to a file: relative names, the root document's folder, and what may not be read."""

from __future__ import annotations

import os
import re

from msgspec import Struct, field

from bindwright.openapi.diagnostics.model import Diagnostics, Place
from bindwright.openapi.diagnostics.syntax_errors import Refused
from bindwright.openapi.options import LoadOptions
from bindwright.openapi.text.files import SourceFile, parse

_MEMORY = "memory:///document"


class Files(Struct):
    """Every file of a description by name, read on demand."""

    options: LoadOptions
    diagnostics: Diagnostics
    path: str | None
    """Absolute, of the root document; None for a document that has no file."""
    uri: str = ""
    """Where the root document was fetched from; empty for a file."""
    by_name: dict[str, SourceFile] = field(default_factory=dict)
    remote_hashes: dict[str, str] = field(default_factory=dict)
    _refused: dict[str, Refused] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        """The root document's folder, links resolved."""
        return os.path.dirname(os.path.realpath(self.path)) if self.path else ""

    def add_root(self, data: bytes | None) -> SourceFile:
        """Read the root document; from `data` where given."""
        file = SourceFile("", self.uri or (file_uri(self.path) if self.path else _MEMORY))
        self.by_name[""] = file
        if data is None:
            try:
                data = _read(self.path or "", self.options.limits.file_bytes)
            except Refused as error:
                self.diagnostics.add("error", error.code, error.message, Place(), error.remedy)
                return file
        parse(file, data, self.options, self.diagnostics)
        return file

    def add(self, path: str) -> SourceFile:
        """Read a file that the caller names, wherever it lies. Raises `Refused`."""
        name = os.path.relpath(os.path.realpath(path), self.folder).replace(os.sep, "/")
        return self._parsed(name, file_uri(path), _read(path, self.options.limits.file_bytes))

    def get(self, uri: str, referrer: str) -> SourceFile:
        """The file at an absolute URI without fragment, which the file at the URI `referrer` names.

        Raises `Refused`; also where a file from a network names one of this machine: its author must not
        learn what lies here, nor have it copied into what is generated.
        """
        if uri.startswith("file:") and referrer.startswith(("http:", "https:")):
            raise Refused(
                "reference-outside",
                f"`{referrer}` comes from a network and refers to a file of this machine",
                "save that document beside the root document",
            )
        if uri in self._refused:
            raise self._refused[uri]
        try:
            return self._get(uri)
        except Refused as error:
            self._refused[uri] = error
            raise

    def _get(self, uri: str) -> SourceFile:
        root = self.by_name[""]
        if uri == root.uri:
            return root
        from urllib.parse import urlsplit

        scheme = urlsplit(uri).scheme
        if scheme in ("http", "https"):
            return self._remote(uri)
        if scheme != "file":
            raise Refused("unsupported-reference", f"references to `{scheme}:` cannot be followed")
        return self._local(uri)

    def _local(self, uri: str) -> SourceFile:
        from urllib.parse import unquote, urlsplit

        path = unquote(urlsplit(uri).path)
        if os.sep == "\\" and path[2:3] == ":":  # /C:/folder/file
            path = path[1:]
        real = os.path.realpath(path)
        if self.path and real == os.path.realpath(self.path):
            return self.by_name[""]
        name = os.path.relpath(real, self.folder).replace(os.sep, "/")
        if name in self.by_name:
            return self.by_name[name]
        if (name.startswith("../") or os.path.isabs(name)) and not self.options.allow_outside:
            raise Refused(
                "reference-outside",
                f"`{name}` is outside the document's folder",
                "move the file, or allow it with --allow-outside",
            )
        data = _read(real, self.options.limits.file_bytes, name)
        return self._parsed(name, file_uri(real), data)

    def _remote(self, uri: str) -> SourceFile:
        if uri in self.by_name:
            return self.by_name[uri]
        if not self.options.allow_remote:
            raise Refused(
                "reference-remote",
                f"`{uri}` is on a network",
                "save the file beside the document, or allow it with --allow-remote",
            )
        from bindwright.openapi.text.remote import fetch

        data = fetch(uri, self.options, self.remote_hashes)
        return self._parsed(uri, uri, data)

    def _parsed(self, name: str, uri: str, data: bytes) -> SourceFile:
        if len(self.by_name) >= self.options.limits.files:
            raise Refused("too-many-files", f"more than {self.options.limits.files} files")
        file = self.by_name[name] = SourceFile(name, uri)
        parse(file, data, self.options, self.diagnostics)
        return file


def file_uri(path: str) -> str:
    """The ``file:`` URI of an absolute path."""
    path = path.replace(os.sep, "/")
    path = path if path.startswith("/") else "/" + path
    if not _UNQUOTED(path):
        # urllib.parse imports more than most documents need.
        from urllib.parse import quote

        path = quote(path)
    return "file://" + path


_UNQUOTED = re.compile(r"[A-Za-z0-9/_.~-]*").fullmatch


def resolve(base: str, reference: str) -> str:
    """`reference` without its fragment against `base` (RFC 3986, 5.2)."""
    reference = reference.partition("#")[0]
    if not reference:
        return base.partition("#")[0]
    from urllib.parse import urljoin

    return urljoin(base, reference)


def _read(path: str, limit: int, display: str = "") -> bytes:
    display = display or os.path.basename(path) or path
    try:
        if os.path.isdir(path):
            raise Refused("unreadable-file", f"`{display}` is a folder", "name the document in it")
        if not os.path.isfile(path) and os.path.exists(path):
            raise Refused("unreadable-file", f"`{display}` is not a regular file")
        with open(path, "rb") as stream:
            return stream.read(limit + 1)
    except FileNotFoundError:
        raise Refused("missing-file", f"there is no file `{display}`", _similar(path, display)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refused("unreadable-file", f"`{display}` cannot be read: {reason}") from None


def _similar(path: str, display: str) -> str:
    from bindwright.openapi.diagnostics.suggest import nearest

    try:
        names = os.listdir(os.path.dirname(path) or ".")
    except (OSError, ValueError):
        return "check the path"
    match = nearest(os.path.basename(path), sorted(names))
    return f"did you mean `{display[: -len(os.path.basename(path))]}{match}`?" if match else "check the path"
