"""Functions of users that read and write types in XML, in place of the compiled code."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from bindwright.runtime.value_types import PythonValue
from bindwright.runtime.values.numbers import float_text

ReadHook = Callable[[Any, Any], Any]
WriteHook = Callable[[Any], Any]


def hook_text(value: Any) -> str:
    """What a hook made of a value, as text.

    Raises:
        TypeError: it is no scalar.
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return float_text(value)
    if isinstance(value, (dict, list, tuple)):
        raise TypeError(f"{type(value).__name__} where a scalar belongs")
    return str(value)


class XmlHooks:
    """By type: what reads it from XML as text or dictionary, and what makes text or a dictionary of it."""

    def __init__(self) -> None:
        self.read: dict[Any, ReadHook] = {}
        self.write: dict[Any, WriteHook] = {}
        self.codecs: dict[Hashable, PythonValue] = {}
        """Of documents; as all that follows, compiled with these hooks."""
        self.plans: dict[Hashable, PythonValue] = {}
        self.readers: dict[Hashable, PythonValue] = {}
        self.contents: dict[Hashable, PythonValue] = {}
        """What writes the content of models."""
        self.scalars: dict[Hashable, PythonValue] = {}
        self.stale: list[Callable[[], None]] = []
        """Forget what was compiled elsewhere."""

    def add(self, cls: Any, *, read: ReadHook | None = None, write: WriteHook | None = None) -> None:
        """Let functions read (text or dictionary, type) or write (value to text or dictionary) a type."""
        if read is not None:
            self.read[cls] = self._alone(read)
        if write is not None:
            self.write[cls] = self._alone(write)
        self._forget()

    def _alone(self, hook: Callable[..., Any]) -> Callable[..., Any]:
        """A hook that may itself use ``xml.decode`` and ``xml.encode``, which know nothing of these hooks."""
        if self is HOOKS:
            return hook

        def obey(*arguments: PythonValue) -> PythonValue:
            with HOOKS.obeyed():
                return hook(*arguments)

        return obey

    @contextmanager
    def obeyed(self) -> Iterator[None]:
        """While these are the hooks that count."""
        token = _OBEYED.set(self)
        try:
            yield
        finally:
            _OBEYED.reset(token)

    def clear(self) -> None:
        """Forget all hooks."""
        self.read.clear()
        self.write.clear()
        self._forget()

    def has(self, cls: Any) -> bool:
        """Whether a type is read or written by a hook."""
        return isinstance(cls, type) and (cls in self.read or cls in self.write)

    def parser(self, cls: Any) -> Callable[[str], Any] | None:
        """From text to a value of a type, where a hook says how; what the hook raises is a ValueError."""
        hook = self.read.get(cls)
        if hook is None:
            return None

        def parse(text: str) -> Any:
            try:
                return hook(text, cls)
            except Exception as error:
                raise ValueError(text) from error

        return parse

    def writer(self, cls: Any) -> Callable[[Any], str] | None:
        """From a value of a type to text, where a hook says how."""
        hook = self.write.get(cls)
        return None if hook is None else lambda value: hook_text(hook(value))

    def _forget(self) -> None:
        for compiled in (self.codecs, self.plans, self.readers, self.contents, self.scalars):
            compiled.clear()
        for forget in self.stale:
            forget()


HOOKS = XmlHooks()
"""Those that ``xml.decode`` and ``xml.encode`` obey."""

_OBEYED: ContextVar[XmlHooks] = ContextVar("obeyed", default=HOOKS)


def hooks() -> XmlHooks:
    """The hooks that count now: those of the converter that reads or writes, else `HOOKS`."""
    return _OBEYED.get()
