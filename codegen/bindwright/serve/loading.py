"""From a document to an `App`."""

from __future__ import annotations

import os

from bindwright import ir
from bindwright import openapi as spec
from bindwright.ir.model import Api
from bindwright.openapi import LoadOptions
from bindwright.openapi.diagnostics.model import Diagnostic, Diagnostics
from bindwright.serve.app import App
from bindwright.serve.package import import_from_memory as memory
from bindwright.serve.package.package_codecs import PackageCodecs
from bindwright.targets import python


class Unusable(Exception):
    """A document that cannot be served; `diagnostics` say what is wrong and where."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        errors = [item for item in diagnostics.items if item.level == "error"]
        super().__init__("; ".join(_line(item) for item in errors) or "the document cannot be read")
        self.diagnostics = diagnostics


def load(document: str | os.PathLike[str], *, package: str | None = None, seed: int = 0) -> App:
    """A mock of the API that a document describes.

    `package` names an installed package that was generated from the document; its models are then what
    handlers see and return. Without it a package of its own is generated in memory.
    `seed` chooses among possible sample values.
    Raises `Unusable` where the document has errors.
    """
    # tolerant: what is wrong in one place should not keep the rest from being served
    read = spec.load(document, options=LoadOptions(tolerant=True))
    if read.diagnostics.failed:
        raise Unusable(read.diagnostics)
    api = ir.lower(read)
    if read.diagnostics.failed:
        raise Unusable(read.diagnostics)
    return make(api, package=package, seed=seed)


def make(api: Api, *, package: str | None = None, seed: int = 0) -> App:
    """A mock of an API that has been lowered already; arguments as for `load`."""
    return App(api, PackageCodecs(api, lambda: package or _generated(api)), seed)


def _generated(api: Api) -> str:
    """A package of models, generated in memory; gives its name."""
    package = memory.unused_name()
    output = python.emit(api, python.PythonOptions(package=package), {})
    memory.install(package, output.files)
    return package


def _line(item: Diagnostic) -> str:
    return f"{item.code}: {item.message}"
