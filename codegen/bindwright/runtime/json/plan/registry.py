"""Codecs of classes, and the hooks that users put before them.

The modules that compile codecs need each other (a model holds a union holds a model). They meet here, in the
table of `Makers` that a `Registry` is made with, instead of importing each other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from attrs import frozen
from msgspec import Struct

from bindwright.runtime.alternatives.tags import Tag
from bindwright.runtime.json.plan.members import root_of
from bindwright.runtime.json.settings import CompiledCodecs
from bindwright.runtime.shapes import Shape
from bindwright.runtime.value_types import Function, PythonValue

ReadHook = Callable[[Any, Any], Any]
WriteHook = Function


@frozen
class StructTag:
    """Of a model as an alternative of a union: the discriminator's member and its value."""

    member: str
    value: str


class StructOfModel(Protocol):
    """What others must know of a model's struct."""

    struct: type[Struct]
    exact: bool
    by_name: bool


class CodecOfModel(Protocol):
    """What others must know of a model's codec."""

    model: type
    registry: Registry

    def reader(self) -> Function:
        """From a parsed object to an instance."""

    def mover(self, tag: StructTag | None = None) -> Function:
        """From the struct to an instance."""

    def read_plan(self, tag: StructTag | None = None) -> PythonValue:
        """The accelerator's plan of reading, or None."""

    def plainer(self) -> Function:
        """From an instance to what msgspec writes."""

    def write_plan(self, choice_tag: Tag | None = None) -> PythonValue:
        """The accelerator's plan of writing, as an alternative of a choice with a discriminator, or None."""

    def json_struct(self, depth: int = 0, tag: StructTag | None = None) -> StructOfModel | None:
        """The struct, or None."""


class ValueWriter(Protocol):
    """Writes values of untyped places (``Any``), by their own types."""

    def write(self, value: object, profile: str = ...) -> PythonValue:
        """What msgspec writes for a value."""

    def key_text(self, value: object) -> str:
        """The name of a member for a key that is no string."""


@frozen
class Makers:
    """The functions that compile."""

    codec: Callable[[type, Registry], CodecOfModel]
    union_reader: Callable[[Shape, Registry, str], Function]
    lenient_union_reader: Callable[[Shape, Registry, str], Function]
    union_writer: Callable[[Shape, Registry, str], Function]
    derived_reader: Callable[[CodecOfModel, Function], Function]
    read_plan: Callable[[Any, StructTag | None], PythonValue]
    untyped_writer: Callable[[Registry], ValueWriter]


class Registry:
    """What has been compiled, and users' hooks."""

    def __init__(
        self, make: Makers, strict: Registry | None = None, documents: CompiledCodecs | None = None
    ) -> None:
        """A registry of its own, or one of lenient codecs beside a strict one, with the same hooks.

        Args:
            make: what compiles.
            strict: the registry that this one reads leniently for.
            documents: where codecs of whole documents are remembered; None: in a place of its own.
        """
        self.make = make
        self.documents = CompiledCodecs() if documents is None else documents
        self.strict = strict or self
        self.lenient = strict is not None
        """Whether values that do not fit are kept, and listed as deviations."""
        self.untyped = make.untyped_writer(self)
        self._models: dict[type, CodecOfModel] = {}
        self._read: dict[object, ReadHook] = {} if strict is None else strict._read
        self._write: dict[object, WriteHook] = {} if strict is None else strict._write
        self.references = False
        """Whether any model has objects that refer to each other (``x-dcs-is-reference``)."""
        self.beside: Registry = self if self.lenient else Registry(make, self, self.documents)
        """The registry of lenient codecs, with the same hooks."""

    def of(self, model: type) -> CodecOfModel:
        """The codec of a class.

        Raises:
            TypeError: it is no model.
        """
        codec = self._models.get(model)
        if codec is None:
            codec = self._models[model] = self.make.codec(model, self)
            if root_of(model).reference is not None and not self.references:
                self.references = True
                self.documents.writers.clear()  # they number no objects
        return codec

    def hook(self, type_: object, *, read: ReadHook | None = None, write: WriteHook | None = None) -> None:
        """Let a user's functions read (JSON value, type) or write (value to JSON value) a type."""
        if read is not None:
            self._read[type_] = read
        if write is not None:
            self._write[type_] = write
        self._forget()

    def _forget(self) -> None:
        # Hooks are compiled into the functions of every model that holds the type: all of them are stale.
        self._models.clear()
        self.beside._models.clear()
        self.documents.clear()

    @property
    def hooks(self) -> tuple[dict[object, ReadHook], dict[object, WriteHook]]:
        """Copies of the hooks that read and of those that write, by type."""
        return self._read.copy(), self._write.copy()

    def unhook(self) -> None:
        """Forget all hooks."""
        self._read.clear()
        self._write.clear()
        self._forget()

    def read_hook(self, type_: object) -> ReadHook | None:
        """The hook that reads a type."""
        return self._read.get(type_) if self._read and isinstance(type_, type) else None

    def write_hook(self, type_: object) -> WriteHook | None:
        """The hook that writes a type."""
        return self._write.get(type_) if self._write and isinstance(type_, type) else None
