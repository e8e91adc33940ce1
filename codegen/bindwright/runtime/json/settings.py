"""Limits and choices of the JSON codec."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from attrs import field, frozen

from bindwright.runtime.value_types import PythonValue


@frozen(kw_only=True)
class Settings:
    """What reading accepts, and writing, where it says so."""

    max_depth: int = 200
    """Objects and arrays within each other; more is a `DecodeError`."""
    max_size: int | None = None
    """Bytes of one document; None: no limit."""
    unique_names: bool = True
    """Whether a name that an object holds twice is an error (RFC 8259, 4, leaves it open)."""
    speculate: bool = True
    """Whether the fast path is tried; results are the same, only slower without."""
    values: Literal["strict", "lenient"] = "strict"
    """Whether values that do not fit their type are errors, or are kept as they were sent (`deviations` lists them)."""
    only_lenient: bool = field(init=False, repr=False)
    """Whether nothing but ``values`` differs from the default: bytes are read as fast as with that."""

    def __attrs_post_init__(self) -> None:
        # Compared once here and not with each document.
        defaults = (200, None, True, True, "lenient")
        own = (self.max_depth, self.max_size, self.unique_names, self.speculate, self.values)
        object.__setattr__(self, "only_lenient", own == defaults)


DEFAULT = Settings()


class CompiledCodecs:
    """What has been compiled for whole documents with the hooks of one converter."""

    __slots__ = ("by_instance", "codecs", "readers", "writers")

    def __init__(self) -> None:
        self.codecs: dict[PythonValue, PythonValue] = {}
        """Codecs of documents by type, where the type alone tells everything."""
        self.readers: dict[PythonValue, Callable[[bytes], PythonValue]] = {}
        """Of those types, functions from bytes to the value with the default settings."""
        self.writers: dict[type, Callable[[PythonValue], bytes]] = {}
        """Of those classes, functions from an instance to the document with the default settings."""
        self.by_instance: dict[type, Any] = {}
        """Codecs of classes whose instances say by themselves how they are written."""

    def clear(self) -> None:
        """Forget all: a hook was registered."""
        self.codecs.clear()
        self.by_instance.clear()
        self.readers.clear()
        self.writers.clear()


COMMON = CompiledCodecs()
"""Those of ``json.decode`` and ``json.encode``, and of every client without a converter of its own."""
CODECS, READERS, WRITERS, BY_INSTANCE = COMMON.codecs, COMMON.readers, COMMON.writers, COMMON.by_instance
