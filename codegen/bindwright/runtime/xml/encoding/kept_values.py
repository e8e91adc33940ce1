"""Writing values that lenient reading kept: what its place cannot write is written as what it is.

The writers of places are wrapped, each in a ``try``: strict code is the same, and pays nothing. So a model in which one
member does not fit is written with that member as it came: text as text, a free-form value as elements, and nothing for
what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from bindwright.runtime.errors import EncodeError
from bindwright.runtime.xml.encoding.code import WriterSource
from bindwright.runtime.xml.encoding.free_content import free_writer
from bindwright.runtime.xml.encoding.namespaces import Env
from bindwright.runtime.xml.plan.places import XmlPlace

ElementWriter = Callable[..., str]
_NOT_FITTING = (EncodeError, TypeError, ValueError, AttributeError, KeyError)


def keeping(writers: Mapping[str, ElementWriter]) -> dict[str, ElementWriter]:
    """The writers of places, each with what it does for a value that does not fit."""
    return {kind: partial(_write_kept, writer) for kind, writer in writers.items()}


def _write_kept(
    write: ElementWriter,
    src: WriterSource,
    place: XmlPlace,
    env: Env,
    value: str,
    name: str | None,
    typed: str | None,
) -> str:
    held, piece = src.name("v"), src.name("s")
    src.line(f"{held} = {value}")
    src.names["not_fitting"] = _NOT_FITTING
    kept = src.bind("k", free_writer(place, env, src.style))
    src.line("try:")
    src.level += 1
    text = write(src, place, env, held, name, typed)
    src.line(f'{piece} = f"{text}"')
    src.level -= 1
    src.line("except not_fitting:")
    named = "" if name is None else f", f'{name}'"
    call = f"{kept}({held}, {env.depth}, {env.prefixes}{named})"
    src.line(f'    {piece} = "" if {held} is None else {call}')
    return f"{{{piece}}}"


def text_of_kept(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """A writer of scalars as attributes and text, which writes others as what they are."""

    def text(value: Any) -> str:
        try:
            return write(value)
        except _NOT_FITTING:
            if isinstance(value, bool):
                return "true" if value else "false"
            if isinstance(value, (str, int, float)):
                return str(value)
            raise

    return text
