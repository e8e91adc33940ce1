"""Scalars as text, as they stand in JSON strings: UUIDs, bytes, durations, decimals and times."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import decimal
import re
import uuid
from collections.abc import Callable

from bindwright.runtime.compile.accelerator import texts
from bindwright.runtime.values import durations, times

_match_uuid = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", re.ASCII).fullmatch
_SPACE = str.maketrans("", "", " \t\r\n")
_URL = str.maketrans("-_", "+/")
_QUICK = texts()


def parse_uuid(text: str) -> uuid.UUID:
    """RFC 9562, 4: the form with hyphens."""
    if _match_uuid(text) is None:
        raise ValueError(text)
    return uuid.UUID(text)


def quick_base64(text: str) -> bytes | None:
    """The octets of full groups without white space, in a twentieth of the time; None for what is to be looked at."""
    return None if _QUICK is None else _QUICK.read_base64(text)


def quick_base64url(text: str) -> bytes | None:
    """The same of the second alphabet (RFC 4648, 5), or of both, with padding or without."""
    return None if _QUICK is None else _QUICK.read_base64url(text)


def parse_base64(text: str) -> bytes:
    """RFC 4648, 4; white space is passed over."""
    if (octets := quick_base64(text)) is not None:
        return octets
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return base64.b64decode(text.translate(_SPACE), validate=True)


def parse_base64url(text: str) -> bytes:
    """RFC 4648, 5, with or without padding; the other alphabet is taken, too."""
    if (octets := quick_base64url(text)) is not None:
        return octets
    text = text.translate(_SPACE).translate(_URL).rstrip("=")
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)


def parse_duration(text: str) -> dt.timedelta:
    """ISO 8601, or a TimeSpan."""
    return durations.read_duration(text)


def parse_timespan(text: str) -> dt.timedelta:
    """A TimeSpan, or ISO 8601."""
    return durations.read_duration(text, span=True)


_match_decimal = re.compile(r"[+-]?(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][+-]?\d++)?", re.ASCII).fullmatch
MOST_PLACES = 6145
"""Places before or after the point that an exponent may stand for (IEEE 754's decimal128 has as many).

XML and profile datacontract write decimals without an exponent: ``1e999999999`` would fill the memory.
"""


def parse_decimal(text: str) -> decimal.Decimal:
    """Digits with a point or an exponent.

    Raises:
        OverflowError: more than `MOST_PLACES`.
        ValueError: no decimal number.
    """
    if _match_decimal(text) is None:
        raise ValueError(text)
    if "e" not in text and "E" not in text:
        return decimal.Decimal(text)
    try:
        number = decimal.Decimal(text)
    except decimal.InvalidOperation:  # the exponent has too many digits
        raise OverflowError(text) from None
    exponent = number.as_tuple().exponent
    if isinstance(exponent, str) or exponent < -MOST_PLACES or number.adjusted() > MOST_PLACES:
        raise OverflowError(text)
    return number


def base64_text(octets: bytes) -> str:
    """RFC 4648, 4, with padding."""
    if _QUICK is not None and isinstance(octets, bytes):
        text: str = _QUICK.write_base64(octets)
        return text
    return base64.b64encode(octets).decode()


def base64url_text(value: bytes) -> str:
    """RFC 4648, 5, without padding."""
    if _QUICK is not None and isinstance(value, bytes):
        text: str = _QUICK.write_base64url(value)
        return text
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


BYTES_PARSERS: dict[str, Callable[[str], bytes]] = {
    "base64url": parse_base64url, "hex": bytes.fromhex, "base16": bytes.fromhex, "hexBinary": bytes.fromhex,
}  # fmt: skip
"""By ``format``; `parse_base64` where it says nothing."""
BYTES_TEXTS: dict[str, Callable[[bytes], str]] = {
    "base64url": base64url_text, "hex": bytes.hex, "base16": bytes.hex, "hexBinary": bytes.hex,
}  # fmt: skip
"""By ``format``; `base64_text` where it says nothing."""


def parser_of(kind: str, format_: str | None = None) -> Callable[[str], object] | None:
    """What reads a kind of shapes from a JSON string; ValueError or OverflowError where the text is none."""
    if kind == "bytes":
        return BYTES_PARSERS.get(format_ or "", parse_base64)
    return _PARSERS.get(kind)


_PARSERS: dict[str, Callable[[str], object]] = {
    "datetime": times.read_datetime, "date": times.read_date, "time": times.read_time,
    "duration": parse_duration, "uuid": parse_uuid, "decimal": parse_decimal,
}  # fmt: skip
