"""The Python bindings of an API in memory: what vectors are made with, and the port that has to pass them first."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Self

from bindwright.ir.model import Api
from bindwright.ports.sample_values import SampleValues
from bindwright.runtime import json, xml
from bindwright.serve.package import import_from_memory as memory
from bindwright.serve.package.package_codecs import PackageCodecs, public_names
from bindwright.targets import python
from bindwright.targets.python.naming.plan import NamePlan, plan_names


class Bindings:
    """A package that was generated in memory, and its types by their ids in the IR."""

    def __init__(self, api: Api, *, once: bool = False) -> None:
        """`once`: few documents of each type are read, so that no layout of them is worth learning."""
        self.api = api
        self.samples = SampleValues(api)
        self._settings = xml.Settings(speculate=not once)
        self.package = memory.unused_name()
        output = python.emit(api, python.PythonOptions(package=self.package), {})
        self.module: ModuleType = memory.install(self.package, output.files)
        self.models: ModuleType = importlib.import_module(f"{self.package}.models")
        self.names: NamePlan = plan_names(api, self.package, {}, {})
        self.codecs = PackageCodecs(api, lambda: self.package, public_names(self.names))
        """Those of operations, which all that is made with the bindings shares."""

    @classmethod
    @contextmanager
    def of(cls, api: Api, *, once: bool = False) -> Iterator[Self]:
        """Bindings that are forgotten at the end."""
        bindings = cls(api, once=once)
        try:
            yield bindings
        finally:
            memory.uninstall(bindings.package)

    def type(self, type_id: str) -> Any:
        """The Python type of a named type. Raises KeyError where there is none."""
        return getattr(self.models, self.names.classes[type_id])

    def has(self, type_id: str) -> bool:
        """Whether a type has a name of its own in the bindings."""
        return type_id in self.names.classes and hasattr(self.models, self.names.classes[type_id])

    def decode(self, type_id: str, source: str, data: bytes) -> Any:
        """The value of a document; `source` is ``json`` or ``xml``. Raises `DecodeError`."""
        if source == "json":
            return json.decode(data, self.type(type_id))
        return xml.decode(data, self.type(type_id), settings=self._settings)

    def encode(self, type_id: str, target: str, value: Any) -> bytes:
        """The document of a value. Raises `EncodeError`."""
        written: bytes = (json if target == "json" else xml).encode(value, self.type(type_id))
        return written
