"""From bytes to parsed JSON: encodings, syntax errors with their line, depth, and names that stand twice."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.json.settings import Settings
from bindwright.runtime.json.text.descriptions import step
from bindwright.runtime.json.text.numbers import read_untyped
from bindwright.runtime.json.text.surrogates import may_be_escaped, parse_with_lone_surrogates
from bindwright.runtime.value_types import JsonValue
from bindwright.standards.regular_expressions import possessive

_decode = msgspec.json.Decoder(float_hook=read_untyped).decode
_encode = msgspec.json.Encoder(enc_hook=float).encode
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip


def octets(data: bytes | bytearray | memoryview | str, settings: Settings) -> bytes:
    """The document in UTF-8 without a mark. UTF-16 and UTF-32 are told as RFC 4627, 3, does.

    Raises:
        DecodeError: not text, or too large.
    """
    if isinstance(data, str):
        try:
            data = data.removeprefix("\ufeff").encode()
        except UnicodeEncodeError:
            raise DecodeError("Unicode text", "a lone surrogate") from None
    elif type(data) is not bytes:
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"expected bytes or str, got {type(data).__name__}")
        data = bytes(data)
    if settings.max_size is not None and len(data) > settings.max_size:
        raise DecodeError(f"at most {settings.max_size} bytes", f"{len(data)} bytes")
    # The first four octets tell UTF-16 and UTF-32 (RFC 4627, 3); UTF-8 of JSON begins with ASCII.
    head = data[:4]
    if b"\0" in head or head[:1] >= b"\x80":
        return _recoded(data)
    return data


def _recoded(data: bytes) -> bytes:
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    if encoding is None and len(data) >= 2 and b"\0" in data[:4]:
        nulls = "".join("0" if byte == 0 else "x" for byte in data[:4].ljust(4, b"x"))
        encoding = {
            "000x": "utf-32-be", "x000": "utf-32-le",
            "0x0x": "utf-16-be", "x0x0": "utf-16-le",
            "0xxx": "utf-16-be", "x0xx": "utf-16-le",
        }.get(nulls)  # fmt: skip
    if encoding is None:
        return data
    try:
        return data.decode(encoding).encode()
    except UnicodeError as error:
        raise DecodeError(f"text in {encoding}", str(error)) from None


def parse(data: bytes, settings: Settings) -> JsonValue:
    """Parsed JSON (RFC 8259).

    Raises:
        DecodeError: a syntax error, a name twice, or too deep nesting; ``line`` and ``column`` are set.
    """
    check_depth(data, settings.max_depth)
    try:
        value = _decode(data)
    except RecursionError:
        raise DecodeError("nesting that can be followed", "deeper nesting") from None
    except UnicodeDecodeError as error:
        raise _placed("UTF-8", f"{error.reason}", data, _bad_byte(data)) from None
    except (msgspec.DecodeError, ValueError) as error:
        value = _with_lone_surrogates(data, error)
    if settings.unique_names and not unique_names(data, value):
        check_names(data)
    return value


def _with_lone_surrogates(data: bytes, error: Exception) -> JsonValue:
    """The value of a document that msgspec refuses, where all that it refuses is a lone surrogate."""
    if may_be_escaped(data):
        try:
            return parse_with_lone_surrogates(data)
        except ValueError:
            pass  # msgspec's error says what is wrong
        except RecursionError:
            raise DecodeError("nesting that can be followed", "deeper nesting") from None
    raise _syntax(error, data) from None


def unique_names(data: bytes, value: JsonValue) -> bool:
    """Whether it is certain, from searches made in C, that no object of the document has a name twice."""
    try:
        again = _encode(value)
    except (RecursionError, UnicodeEncodeError):  # the second: a lone surrogate
        return False
    return again == data or same_names(data, again)


def same_names(data: bytes, again: bytes) -> bool:
    """Whether a document has as many names as what was parsed from it and written again.

    Written again, each distinct name stands once. Every name ends in ``":`` once the blanks are gone, and
    text within strings adds no more of them to ``again`` than to the document (where a quotation mark
    or colon is not spelt ``\\u0022``), so equal counts leave no room for a name that stands twice.
    """
    # Blanks within strings go, too, on both sides alike.
    bare = data.translate(None, _BLANKS)
    if bare == again.translate(None, _BLANKS):
        return True
    return b"\\u00" not in data and bare.count(b'":') == again.count(b'":')


_BLANKS = b" \n\r\t"


class RepeatedName(DecodeError):
    """An object has a name twice."""


class _Twice:
    def __init__(self, name: str) -> None:
        self.name = name


def check_names(data: bytes) -> None:
    """Find the first name that an object has twice.

    Raises:
        DecodeError: there is one.
    """
    repeated: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> JsonValue:
        value = dict(items)
        if len(value) == len(items):
            return value
        names: set[str] = set()
        repeated.append(next(name for name, _ in items if name in names or names.add(name)))  # type: ignore[func-returns-value]
        return _Twice(repeated[-1])

    try:
        tree = json.loads(data, object_pairs_hook=pairs, parse_float=str, parse_int=str)
    except RecursionError:
        raise DecodeError("nesting that can be followed", "deeper nesting") from None
    if repeated:
        path, name = _find(tree)
        raise RepeatedName("each name once", f'the name "{name}" again', path)


def _find(tree: JsonValue) -> tuple[str, str]:
    todo: list[tuple[str, Any]] = [("$", tree)]
    while todo:
        path, value = todo.pop()
        if isinstance(value, _Twice):
            return path + step(value.name), value.name
        if isinstance(value, dict):
            todo.extend((path + step(name), item) for name, item in reversed(value.items()))
        elif isinstance(value, list):
            todo.extend((f"{path}[{index}]", item) for index, item in reversed(list(enumerate(value))))
    return "$", ""


_strings = re.compile(possessive(rb'"(?:[^"\\]++|\\.)*+"?'), re.DOTALL)
_NOT_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")


def check_depth(data: bytes, limit: int) -> None:
    """Refuse what nests deeper than the limit. Linear; only documents with that many brackets are looked at.

    Raises:
        DecodeError: deeper.
    """
    if data.count(b"[") + data.count(b"{") <= limit:
        return
    brackets = _strings.sub(b"", data).translate(_BRACES_AS_BRACKETS, _NOT_BRACKETS)
    for _ in range(limit):
        count = len(brackets)
        brackets = brackets.replace(b"[]", b"")  # one level, everywhere
        if not brackets:
            return
        if len(brackets) == count:
            break
    else:
        raise _too_deep(limit)
    depth = 0
    for (
        bracket
    ) in brackets:  # what is left does not match: not JSON, which is said elsewhere, unless too deep
        depth += 1 if bracket == _OPEN else -1
        if depth > limit:
            raise _too_deep(limit)


_BRACES_AS_BRACKETS = bytes.maketrans(b"{}", b"[]")
_OPEN = b"["[0]


def _too_deep(limit: int) -> DecodeError:
    return DecodeError(f"at most {limit} levels of nesting", "more")


_at_byte = re.compile(r"\(byte (\d+)\)")
_PREFIX = "JSON is malformed: "


def _syntax(error: Exception, data: bytes) -> DecodeError:
    text = str(error)
    if (match := _at_byte.search(text)) is not None:
        reason = text[: match.start()].removeprefix(_PREFIX).strip()
        return _placed("JSON", reason, data, int(match[1]))
    if "truncated" in text:
        return _placed("JSON", "the end of the data" if data.strip() else "nothing", data, len(data))
    return DecodeError("JSON", text.removeprefix(_PREFIX))


def _placed(expected: str, actual: str, data: bytes, position: int) -> DecodeError:
    line = data.count(b"\n", 0, position) + 1
    start = data.rfind(b"\n", 0, position) + 1
    column = len(data[start:position].decode(errors="replace")) + 1
    return DecodeError(expected, actual, line=line, column=column)


def _bad_byte(data: bytes) -> int:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return len(data)
