"""Loading an API description: read, find the version, check, and collect everything that is wrong."""

from __future__ import annotations

import os
import re
from typing import Any

from bindwright.openapi.diagnostics.model import Diagnostics, Place
from bindwright.openapi.loaded import LoadedDocument
from bindwright.openapi.options import LoadOptions
from bindwright.openapi.references.file_table import Files
from bindwright.openapi.references.resolver import Resolver
from bindwright.openapi.references.version import version_of
from bindwright.openapi.text.files import SourceFile

_DEFAULT = LoadOptions()
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
"""More than one letter: ``C://`` is a drive."""


def load(path: str | os.PathLike[str], *, options: LoadOptions = _DEFAULT) -> LoadedDocument:
    """Read the description at `path` and every file it refers to.

    Never raises for what a document holds: `LoadedDocument.diagnostics` says what is wrong, and
    `LoadedDocument.root` is ``{}`` for a document that cannot be read.
    """
    name = os.fspath(path)
    if _ADDRESS.match(name):
        return _address(name, options)
    return _load(os.path.abspath(name), None, options)


def loads(
    data: bytes | str,
    *,
    path: str | os.PathLike[str] | None = None,
    uri: str = "",
    options: LoadOptions = _DEFAULT,
) -> LoadedDocument:
    """Read a description from memory. `path` or `uri` say where it would lie, for its relative references."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return _load(None if path is None else os.path.abspath(path), raw, options, uri)


def _address(address: str, options: LoadOptions) -> LoadedDocument:
    """An empty document that says why an address is none."""
    diagnostics = Diagnostics()
    diagnostics.add(
        "error",
        "document-address",
        f"`{address}` is an address, and the document has to be a file",
        Place(),
        f"save it: `curl -o openapi.yaml {address}`",
    )
    files = Files(options, diagnostics, None)
    files.add_root(b"{}")
    resolver = Resolver(files, siblings_count=True)
    return LoadedDocument({}, "3.1", diagnostics, options, files, resolver)


def _load(path: str | None, data: bytes | None, options: LoadOptions, uri: str = "") -> LoadedDocument:
    diagnostics = Diagnostics()
    files = Files(options, diagnostics, path, uri)
    file = files.add_root(data)
    changed = None
    if options.overlays:
        from bindwright.openapi.overlay import apply_overlays

        changed = apply_overlays(files, file)
    root = _root(file, diagnostics)
    readable = files.by_name[""].readable and bool(root)
    version = version_of(root, diagnostics) if readable else "3.1"
    resolver = Resolver(files, siblings_count=version not in ("2.0", "3.0"))
    document = LoadedDocument(
        root, version, diagnostics, options, files, resolver, changed, _read=len(diagnostics.items)
    )
    if readable and options.check and not _other_version(diagnostics):
        from bindwright.openapi.validate import check

        check(document)
    return document


def _root(file: SourceFile, diagnostics: Diagnostics) -> dict[str, Any]:
    if not file.readable or type(file.value) is dict:
        if file.readable and not file.value:
            diagnostics.add("error", "empty-file", "the document is empty", Place(), "describe an API in it")
        return file.value if file.readable else {}
    type_name = {list: "a list", str: "text", type(None): "nothing"}.get(type(file.value), "a single value")
    message = f"an OpenAPI document is an object, this file holds {type_name}"
    diagnostics.add("error", "not-an-object", message, Place(), "is this the right file?")
    return {}


def _other_version(diagnostics: Diagnostics) -> bool:
    return any(item.code == "unsupported-version" for item in diagnostics.items)
