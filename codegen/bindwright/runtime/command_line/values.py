"""Text of a command line as values of an operation's parameters."""

from __future__ import annotations

import json as std
import sys
from pathlib import Path
from typing import Any, get_args, get_origin

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.model import Unset
from bindwright.runtime.resolve import evaluate


class BadValue(ValueError):
    """Text that does not stand for a parameter's type."""


class Parts(dict[str, Any]):
    """Members of a multipart body: JSON, in which ``"@path"`` is a file, as curl has it."""

    @classmethod
    def of(cls, text: str) -> Parts:
        """Read them.

        Raises:
            ValueError, OSError: no JSON object, or a file that is not there.
        """
        members = std.loads(text)
        if (
            not isinstance(members, dict) or '"@' not in text
        ):  # without files the model does, and says what is wrong
            raise ValueError('expected a JSON object in which a part is a file: "@path"')
        return cls({name: _files(item) for name, item in members.items()})


def _files(value: Any) -> Any:
    if isinstance(value, list):
        return [_files(item) for item in value]
    if isinstance(value, str) and value.startswith("@"):
        from bindwright.runtime.http import File

        path = Path(value[1:])
        return File(path.read_bytes(), path.name)
    return value


def parse(name: str, text: str | list[str], annotation: Any, names: Any) -> Any:
    """The value for a parameter.

    Raises:
        BadValue: the text does not stand for the type.
    """
    try:
        type_ = evaluate(annotation, names)
    except NameError:
        type_ = Any
    try:
        return _value(text, type_, names)
    except (DecodeError, ValueError, OSError) as error:
        raise BadValue(f"{name}: {error}") from None


def _value(text: str | list[str], type_: Any, names: Any) -> Any:
    members = (
        [member for member in get_args(type_) if member not in (type(None), Unset)]
        if _is_union(type_)
        else [type_]
    )
    first: Exception | None = None
    for member in members:
        try:
            return _as_type(text, member)
        except (DecodeError, ValueError) as error:
            first = first or error
    raise first or ValueError("no such value")


def _is_union(type_: Any) -> bool:
    import types
    import typing

    return get_origin(type_) in (typing.Union, types.UnionType)


def _as_type(argument: str | list[str], type_: Any) -> Any:
    if get_origin(type_) is list:
        texts = [
            part for item in ([argument] if isinstance(argument, str) else argument) for part in _split(item)
        ]
        item = (get_args(type_) or (Any,))[0]
        if len(texts) == 1 and (texts[0] == "-" or texts[0].startswith("@")) and item not in (str, bytes):
            return _lines(texts, item)
        if len(texts) == 1 and texts[0].lstrip().startswith("["):
            return _decode(texts[0], type_)
        return [_value(text, item, None) for text in texts]
    text = argument if isinstance(argument, str) else argument[-1]
    if type_ is Parts:
        return Parts.of(_read(text) if text == "-" or text.startswith("@") else text)
    if text == "-":
        data = sys.stdin.buffer.read()
        return data if type_ is bytes else _decode(data.decode(), type_)
    if text.startswith("@"):
        data = Path(text[1:]).read_bytes()
        return data if type_ is bytes else _decode(data.decode(), type_)
    return _decode(text, type_)


def _lines(texts: list[str], item: Any) -> list[Any]:
    """The items of a list that a file holds: JSON, or JSON lines."""
    text = _read(texts[0])
    try:
        return _decode(text, list[item])  # type: ignore[no-any-return]
    except DecodeError:
        return [_decode(line, item) for line in text.splitlines() if line.strip()]


def _read(text: str) -> str:
    return (sys.stdin.buffer.read() if text == "-" else Path(text[1:]).read_bytes()).decode()


def _split(text: str) -> list[str]:
    """A list's items; JSON is left whole."""
    return [text] if text.lstrip().startswith(("[", "{", "<", "@")) else text.split(",")


def _decode(text: str, type_: Any) -> Any:
    """Text as it is for strings; else JSON or XML, or the text of a JSON string (dates, enums, numbers)."""
    from bindwright.runtime import json, xml

    if type_ is str:
        return text
    if type_ is bytes:
        return text.encode()
    if text.lstrip().startswith("<"):
        return xml.decode(text.encode(), type_)
    try:
        return json.decode(text.encode(), type_)
    except DecodeError as error:
        try:
            return json.decode(std.dumps(text).encode(), type_)
        except DecodeError as other:
            # What is no JSON at all was meant as text, and why that does not fit is what the user wants to know.
            raise (error if _is_json(text) else other) from None


def _is_json(text: str) -> bool:
    try:
        std.loads(text)
    except ValueError:
        return text.lstrip().startswith(("{", "["))
    return True
