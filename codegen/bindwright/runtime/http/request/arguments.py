"""Writers: from a call's arguments to the text of one parameter, compiled once for each parameter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.model.operation import Parameter
from bindwright.runtime.http.request import parameter_styles as styles
from bindwright.runtime.http.request.percent_encoding import (
    check_header,
    check_header_name,
    encode,
    encode_path_reserved,
    encode_query_reserved,
)
from bindwright.runtime.http.request.plain import Plain, joined, plain, scalar
from bindwright.runtime.model import UNSET
from bindwright.standards import header_lists
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


def _getter(key: str, parameter: Parameter, codecs: BodyCodecs) -> Callable[[Arguments], Plain]:
    """The value as `plain` gives it.

    None is absent, except that a parameter which may be null is null then.
    """
    null = is_nullable(parameter.type)
    text = parameter.content is None and parameter.wire is None and parameter.type in ("str", "int", "bool")

    def get(arguments: Arguments) -> Plain:
        value = arguments.get(key, UNSET)
        if value is UNSET or (value is None and not null):
            if parameter.required:
                raise ValueError(f"{parameter.location} parameter {parameter.name!r} is required")
            raise _Absent
        if text and value.__class__ is str:
            return value
        return _plain(value, parameter, codecs)

    return get


def _plain(value: Any, parameter: Parameter, codecs: BodyCodecs) -> Plain:
    if parameter.content is not None:
        return _content(value, parameter, codecs)
    if value.__class__ is int or value.__class__ is bool:
        return plain(value)
    plain_value = plain(value, parameter.type, parameter.wire, codecs.namespace(), encode=codecs.write_json)
    return joined(plain_value, parameter.inner_separators) if parameter.inner_separators else plain_value


def _content(value: Any, parameter: Parameter, codecs: BodyCodecs) -> str:
    """A ``content`` parameter, by its media type (OpenAPI 3.2.0, "Fixed Fields for use with content")."""
    media_type = parameter.content or ""
    format_ = kind_of(media_type)
    if format_ in ("json", "xml"):
        return codecs.encoder(format_, parameter.type, parameter.wire)(value).decode()
    if format_ == "form":
        from bindwright.runtime.http.request.bodies import urlencoded

        return urlencoded(value, codecs).decode()
    text = plain(value, encode=codecs.write_json)
    return text if isinstance(text, str) else scalar(text)


def path_writer(key: str, parameter: Parameter, codecs: BodyCodecs, *, segment: bool = True) -> Writer:
    """One expression of the path; ``segment``: it is all that stands between two slashes.

    A segment that is empty would lead to another resource: ``/pets/`` is the list as a rule.
    """
    get = _getter(key, parameter, codecs)
    style, explode = parameter.style or "simple", bool(parameter.explode)
    code = encode_path_reserved if parameter.allow_reserved else encode
    if (
        style == "simple"
        and not parameter.allow_reserved
        and parameter.type in ("int", "str")
        and parameter.content is None
    ):
        return _simple_path(key, get, parameter.name if segment and not parameter.allow_empty else None)

    def write(arguments: Arguments) -> str:
        try:
            text = styles.path(parameter.name, get(arguments), style, explode, code)
        except _Absent:
            text = ""
        if segment and not text and not parameter.allow_empty:
            raise ValueError(f"path parameter {parameter.name!r} is empty, which would lead elsewhere")
        return text

    return write


def _simple_path(key: str, get: Callable[[Arguments], Plain], segment: str | None) -> Writer:
    def write(arguments: Arguments) -> str:
        value = arguments.get(key)
        if value.__class__ is int:
            return str(value)
        text = styles.simple(get(arguments), False, encode)
        if not text and segment is not None:
            raise ValueError(f"path parameter {segment!r} is empty, which would lead elsewhere")
        return text

    return write


def query_writer(key: str, parameter: Parameter, codecs: BodyCodecs) -> Writer:
    """The ``name=value`` parts of one query parameter; of a ``querystring``, the whole of it."""
    get = _getter(key, parameter, codecs)
    style = parameter.style or "form"
    explode = parameter.explode if parameter.explode is not None else style in ("form", "deepObject")
    code = encode_query_reserved if parameter.allow_reserved else encode
    is_query_string = parameter.location == "querystring"
    null = is_nullable(parameter.type)
    form = is_query_string and kind_of(parameter.content or "application/x-www-form-urlencoded") == "form"

    def write(arguments: Arguments) -> list[str]:
        if not parameter.required and arguments.get(key, UNSET) is (None if not null else UNSET):
            return []
        try:
            value = get(arguments)
        except _Absent:
            return []
        if is_query_string:
            text = scalar(value)
            return [text if form else encode(text)] if text else []
        return styles.query(parameter.name, value, style, explode, encode, code)

    return write


def header_writer(key: str, parameter: Parameter, codecs: BodyCodecs) -> Writer:
    """The header: ``simple``, without percent-encoding (OpenAPI 3.2.0, "Header Object")."""
    get = _getter(key, parameter, codecs)
    check_header_name(parameter.name)
    separator = styles.separator_of(parameter.style)

    def write(arguments: Arguments) -> list[tuple[str, str]]:
        try:
            value = get(arguments)
        except _Absent:
            return []
        if value in ([], {}):
            return []
        # A comma within an item would be read as the end of it: such an item is a quoted string (RFC 9110, 5.6.1).
        code = header_lists.quoted if separator == "," and not isinstance(value, str) else str
        text = styles.simple(value, bool(parameter.explode), code, separator)
        return [(parameter.name, check_header(parameter.name, text))]

    return write


def cookie_writer(key: str, parameter: Parameter, codecs: BodyCodecs) -> Writer:
    """The pairs of one cookie parameter."""
    get = _getter(key, parameter, codecs)
    style = parameter.style or "form"
    explode = parameter.explode if parameter.explode is not None else True
    code = _cookie_text if style == "cookie" or (parameter.content or "").startswith("text/") else encode
    if parameter.allow_reserved and code is encode:
        code = encode_query_reserved

    def write(arguments: Arguments) -> list[str]:
        try:
            return styles.cookie(parameter.name, get(arguments), style, explode, code, code)
        except _Absent:
            return []

    return write


def _cookie_text(text: str) -> str:
    """Style ``cookie``: nothing is escaped, so what would end the value is refused (RFC 6265, 4.1.1)."""
    if _COOKIE_BREAK.search(text):
        raise ValueError("a cookie's value holds what a cookie cannot carry; escape it first")
    return text
