"""Bodies as text, by the charset of their media type (RFC 9110, 8.3.2)."""

from __future__ import annotations

import codecs
import json

from bindwright.runtime.errors import DecodeError
from bindwright.standards.media_types import charset_of, parameters


def declared_charset(content_type: str) -> str | None:
    """The charset that a media type names, as Python knows it; None where it names none.

    Raises:
        DecodeError: it is no character encoding. Python's other codecs (``bz2``, ``hex``) are none: a header
            must not choose to decompress a body past the limit on its size.
    """
    charset = charset_of(content_type)
    if charset is None and (name := parameters(content_type).get("charset")):
        raise DecodeError("a character encoding as charset", repr(name[:60]), "the header Content-Type")
    return charset


def text_of(body: bytes, content_type: str) -> str:
    """The text of a body; without a charset UTF-8 or, where it is not that, ISO-8859-1.

    Raises:
        DecodeError: the charset is none, or the body is not in it.
    """
    charset = declared_charset(content_type)
    if charset is None:
        try:
            return body.decode("utf-8-sig")
        except UnicodeDecodeError:
            return body.decode("latin-1")  # the default of RFC 2616, 3.7.1; it loses no byte
    return decoded(body, charset)


def decoded(body: bytes, charset: str) -> str:
    """The text in a charset.

    Raises:
        DecodeError: the body is not in it.
    """
    try:
        text, _ = codecs.lookup(charset).decode(body, "strict")
    except (ValueError, LookupError, AssertionError, AttributeError, TypeError) as error:
        # Codecs such as punycode and idna fail in ways of their own.
        raise DecodeError(f"text in {charset}", str(error)[:200], "the body") from None
    return text.removeprefix("\ufeff")


def json_or_string(text: str) -> str:
    """A JSON text as it is, every other as a JSON string: ``NaN`` and ``Infinity`` are none (RFC 8259, 6)."""
    try:
        json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return json.dumps(text)
    return text


def _no_constant(name: str) -> None:
    raise ValueError(name)
