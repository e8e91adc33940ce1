"""Writers: from a call's arguments to the text of one parameter, compiled once for each parameter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bindwright.runtime.http.codecs import Codecs
from bindwright.runtime.http.model.operation import Parameter
from bindwright.runtime.http.request import parameter_styles as styles
from bindwright.runtime.http.request.percent_encoding import (
    check_header,
    check_header_name,
    encode,
    encode_path_reserved,
    encode_query_reserved,
)
from bindwright.runtime.http.request.plain import Plain, plain, scalar
from bindwright.runtime.model import UNSET
from bindwright.standards.media_types import kind_of

Arguments = Mapping[str, Any]
Writer = Callable[[Arguments], Any]

_NULLABLE = re.compile(r"(?:^|\|)\s*None\s*(?:$|\|)")
_COOKIE_BREAK = re.compile(r"[^\x20-\x7e]|;")


def is_nullable(type_: str) -> bool:
    """Whether a type expression says that None is a value of its own."""
    return bool(_NULLABLE.search(type_))


class _Absent(Exception):
    """The parameter is not there."""


def _getter(key: str, one: Parameter, codecs: Codecs) -> Callable[[Arguments], Plain]:
    """The value as `plain` gives it.

    None is absent, except that a parameter which may be null is null then.
    """
    null = is_nullable(one.type)
    text = one.content is None and one.wire is None and one.type in ("str", "int", "bool")

    def get(arguments: Arguments) -> Plain:
        value = arguments.get(key, UNSET)
        if value is UNSET or (value is None and not null):
            if one.required:
                raise ValueError(f"{one.location} parameter {one.name!r} is required")
            raise _Absent
        if text and value.__class__ is str:
            return value
        return _plain(value, one, codecs)

    return get


def _plain(value: Any, one: Parameter, codecs: Codecs) -> Plain:
    if one.content is not None:
        return _content(value, one, codecs)
    if value.__class__ is int or value.__class__ is bool:
        return plain(value)
    return plain(value, one.type, one.wire, codecs.namespace())


def _content(value: Any, one: Parameter, codecs: Codecs) -> str:
    """A ``content`` parameter, by its media type (OpenAPI 3.2.0, "Fixed Fields for use with content")."""
    media_type = one.content or ""
    kind = kind_of(media_type)
    if kind in ("json", "xml"):
        return codecs.encoder(kind, one.type, one.wire)(value).decode()
    if kind == "form":
        from bindwright.runtime.http.request.bodies import urlencoded

        return urlencoded(value, codecs).decode()
    found = plain(value)
    return found if isinstance(found, str) else scalar(found)


def path_writer(key: str, one: Parameter, codecs: Codecs) -> Writer:
    """One expression of the path."""
    get = _getter(key, one, codecs)
    style, explode = one.style or "simple", bool(one.explode)
    code = encode_path_reserved if one.allow_reserved else encode
    if style == "simple" and not one.allow_reserved and one.type in ("int", "str") and one.content is None:
        return _simple_path(key, get)

    def write(arguments: Arguments) -> str:
        try:
            return styles.path(one.name, get(arguments), style, explode, code)
        except _Absent:
            return ""

    return write


def _simple_path(key: str, get: Callable[[Arguments], Plain]) -> Writer:
    def write(arguments: Arguments) -> str:
        value = arguments.get(key)
        if value.__class__ is int:
            return str(value)
        return styles.simple(get(arguments), False, encode)

    return write


def query_writer(key: str, one: Parameter, codecs: Codecs) -> Writer:
    """The ``name=value`` parts of one query parameter; of a ``querystring``, the whole of it."""
    get = _getter(key, one, codecs)
    style = one.style or "form"
    explode = one.explode if one.explode is not None else style in ("form", "deepObject")
    code = encode_query_reserved if one.allow_reserved else encode
    whole = one.location == "querystring"
    null = is_nullable(one.type)
    form = whole and kind_of(one.content or "application/x-www-form-urlencoded") == "form"

    def write(arguments: Arguments) -> list[str]:
        if not one.required and arguments.get(key, UNSET) is (None if not null else UNSET):
            return []
        try:
            value = get(arguments)
        except _Absent:
            return []
        if whole:
            text = scalar(value)
            return [text if form else encode(text)] if text else []
        return styles.query(one.name, value, style, explode, encode, code)

    return write


def header_writer(key: str, one: Parameter, codecs: Codecs) -> Writer:
    """The header: ``simple``, without percent-encoding (OpenAPI 3.2.0, "Header Object")."""
    get = _getter(key, one, codecs)
    check_header_name(one.name)

    def write(arguments: Arguments) -> list[tuple[str, str]]:
        try:
            value = get(arguments)
        except _Absent:
            return []
        if value in ([], {}):
            return []
        text = styles.simple(value, bool(one.explode), str)
        return [(one.name, check_header(one.name, text))]

    return write


def cookie_writer(key: str, one: Parameter, codecs: Codecs) -> Writer:
    """The pairs of one cookie parameter."""
    get = _getter(key, one, codecs)
    style = one.style or "form"
    explode = one.explode if one.explode is not None else True
    code = _cookie_text if style == "cookie" or (one.content or "").startswith("text/") else encode
    if one.allow_reserved and code is encode:
        code = encode_query_reserved

    def write(arguments: Arguments) -> list[str]:
        try:
            return styles.cookie(one.name, get(arguments), style, explode, code, code)
        except _Absent:
            return []

    return write


def _cookie_text(text: str) -> str:
    """Style ``cookie``: nothing is escaped, so what would end the value is refused (RFC 6265, 4.1.1)."""
    if _COOKIE_BREAK.search(text):
        raise ValueError("a cookie's value holds what a cookie cannot carry; escape it first")
    return text
