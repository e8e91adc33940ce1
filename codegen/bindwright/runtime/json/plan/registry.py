"""Codecs of classes, and the hooks that users put before them.

The modules that compile codecs need each other (a model holds a union holds a model); they meet here,
in `Registry.make`, instead of importing each other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from attrs import frozen

from bindwright.runtime.json.plan.facts import root_of
from bindwright.runtime.json.settings import CODECS, TOLD
from bindwright.runtime.shapes import Shape

ReadHook = Callable[[Any, Any], Any]
WriteHook = Callable[[Any], Any]
Function = Callable[[Any], Any]


class TwinOfModel(Protocol):
    """What others must know of a twin."""

    struct: Any
    exact: bool


class CodecOfModel(Protocol):
    """What others must know of a model's codec."""

    model: type
    registry: Registry

    def reader(self) -> Function:
        """From a parsed object to an instance."""

    def mover(self) -> Function:
        """From the twin to an instance."""

    def plainer(self) -> Function:
        """From an instance to what msgspec writes."""

    def twin(self, depth: int = 0) -> Any:
        """The twin, or None."""


@frozen
class Makers:
    """The functions that compile."""

    codec: Callable[[type, Registry], CodecOfModel]
    union_reader: Callable[[Shape, Registry, str], Function]
    union_writer: Callable[[Shape, Registry, str], Function]
    derived_reader: Callable[[CodecOfModel, Function], Function]


class Registry:
    """What has been compiled, and users' hooks."""

    make: Makers

    def __init__(self) -> None:
        self._models: dict[type, CodecOfModel] = {}
        self._read: dict[Any, ReadHook] = {}
        self._write: dict[Any, WriteHook] = {}
        self.references = False
        """Whether any model has objects that refer to each other (``x-dcs-is-reference``)."""

    def of(self, model: type) -> CodecOfModel:
        """The codec of a class.

        Raises:
            TypeError: it is no model.
        """
        found = self._models.get(model)
        if found is None:
            found = self._models[model] = self.make.codec(model, self)
            self.references |= root_of(model).reference is not None
        return found

    def hook(self, kind: Any, *, read: ReadHook | None = None, write: WriteHook | None = None) -> None:
        """Let a user's functions read (JSON value, type) or write (value to JSON value) a type."""
        if read is not None:
            self._read[kind] = read
        if write is not None:
            self._write[kind] = write
        self._forget()

    def _forget(self) -> None:
        """What was compiled before is stale."""
        self._models.clear()
        CODECS.clear()
        TOLD.clear()

    def unhook(self) -> None:
        """Forget all hooks."""
        self._read.clear()
        self._write.clear()
        self._forget()

    def read_hook(self, kind: Any) -> ReadHook | None:
        """The hook that reads a type."""
        return self._read.get(kind) if self._read and isinstance(kind, type) else None

    def write_hook(self, kind: Any) -> WriteHook | None:
        """The hook that writes a type."""
        return self._write.get(kind) if self._write and isinstance(kind, type) else None


REGISTRY = Registry()
"""The one that ``json.decode`` and ``json.encode`` use."""
