"""Scalars as .NET writes them (RULES.md, 7 and 8): values here are Python's plainest.

char, string, uuid, uri: str; DateTime and DateTimeOffset: their text; duration: ticks of 100 ns;
byte: bytes; decimal: `decimal.Decimal`; float and double: float; integers and enums: int.
"""

from __future__ import annotations

import base64
import math
import re
import struct
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

BY_FORMAT: dict[tuple[str, str | None], str] = {
    ("boolean", None): "boolean", ("integer", "int32"): "int", ("integer", "int64"): "long",
    ("number", "float"): "float", ("number", "double"): "double", ("number", "decimal"): "decimal",
    ("string", None): "string", ("string", "date-time"): "dateTime", ("string", "uuid"): "uuid",
    ("string", "uri"): "anyURI", ("string", "byte"): "base64Binary",
}  # fmt: skip
INTEGERS = {
    "int": (-(2**31), 2**31 - 1), "long": (-(2**63), 2**63 - 1), "short": (-(2**15), 2**15 - 1), "byte": (-128, 127),
    "unsignedByte": (0, 255), "unsignedShort": (0, 2**16 - 1), "unsignedInt": (0, 2**32 - 1),
    "unsignedLong": (0, 2**64 - 1),
}  # fmt: skip
ZERO: dict[str, Any] = {
    **dict.fromkeys(INTEGERS, 0), "boolean": False, "float": 0, "double": 0, "decimal": 0, "enum": 0, "duration": 0,
    "char": "\0", "dateTime": "0001-01-01T00:00:00", "uuid": "00000000-0000-0000-0000-000000000000",
}  # fmt: skip
"""What ``default(T)`` is for value types."""


def single(number: float) -> float:
    """The nearest value of four bytes."""
    return float(struct.unpack("f", struct.pack("f", number))[0])


def real(number: float, few: int, many: int) -> str:
    """.NET's "R" format (7.2): few digits if they read back, else many."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "INF" if number > 0 else "-INF"
    if number == 0:
        return "-0" if math.copysign(1, number) < 0 else "0"
    used = few
    rounded = Decimal(number).normalize(Context(prec=few, rounding=ROUND_HALF_UP))
    back = float(rounded) if few == 15 else single(float(rounded))
    if back != number:
        used = many
        rounded = Decimal(number).normalize(Context(prec=many, rounding=ROUND_HALF_UP))
    sign, digits, exponent = rounded.as_tuple()
    text = "".join(map(str, digits))
    first = len(text) - 1 + int(exponent)
    minus = "-" if sign else ""
    if first + 1 > used or first + 1 < -3:
        mantissa = text[0] + ("." + text[1:] if len(text) > 1 else "")
        return f"{minus}{mantissa}E{'+' if first >= 0 else '-'}{abs(first):02d}"
    plain = format(rounded, "f")
    return plain


def ticks_xml(ticks: int) -> str:
    """TimeSpan as xs:duration (7.5)."""
    rest, fraction = divmod(abs(ticks), 10_000_000)
    days, rest = divmod(rest, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if seconds or fraction:
        clock += f"{seconds}" + (f".{fraction:07d}".rstrip("0") if fraction else "") + "S"
    text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return ("-" if ticks < 0 else "") + "P" + (text or "T0S")


def ticks_json(ticks: int) -> str:
    """TimeSpan's own text."""
    rest, fraction = divmod(abs(ticks), 10_000_000)
    days, rest = divmod(rest, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    text = (f"{days}." if days else "") + f"{hours:02d}:{minutes:02d}:{seconds:02d}"
    return ("-" if ticks < 0 else "") + text + (f".{fraction:07d}" if fraction else "")


def uri_xml(text: str) -> str:
    """A URI, escaped; of an absolute one scheme, host and port are made canonical (7.6)."""
    match = re.fullmatch(r"(?i)(https?)://([^/?#:]+)(:\d+)?([^?#]*)(.*)", text)
    if match is None:
        return _escaped(text)
    scheme, host, port, path, rest = match.groups()
    scheme = scheme.lower()
    port = "" if port in (None, {"http": ":80", "https": ":443"}[scheme]) else port
    return f"{scheme}://{host.lower()}{port}{_escaped((path or '/') + rest)}"


def _escaped(text: str) -> str:
    wild = re.compile(r"[^\x21\x23-\x3b=\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]")
    return wild.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), text)


def to_xml(kind: str, value: Any) -> str:
    """A scalar's text in XML, not escaped."""
    if kind == "boolean":
        return "true" if value else "false"
    if kind in ("float", "double"):
        return real(value, *((7, 9) if kind == "float" else (15, 17)))
    if kind == "decimal":
        return format(value, "f")
    if kind == "char":
        return str(ord(value))
    if kind == "duration":
        return ticks_xml(value)
    if kind == "base64Binary":
        return base64.b64encode(value).decode()
    if kind == "anyURI":
        return uri_xml(value)
    return str(value)


def to_json(kind: str, value: Any) -> str:
    """A scalar's text in JSON."""
    if kind == "boolean":
        return "true" if value else "false"
    if kind in INTEGERS:
        return str(value)
    if kind == "decimal":
        text = format(value, "f")
        return text if "." in text else text + ".0"
    if kind in ("float", "double"):
        if not math.isfinite(value):
            return '"' + ("NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity") + '"'
        text = to_xml(kind, value) if value else "0"
        return text if "." in text or "E" in text else text + ".0"
    if kind == "duration":
        return f'"{ticks_json(value)}"'
    if kind == "base64Binary":
        return f'"{base64.b64encode(value).decode()}"'
    return quoted(value)


def quoted(text: str) -> str:
    """A JSON string (8)."""
    short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}

    def escaped(match: re.Match[str]) -> str:
        return short.get(match[0]) or f"\\u{ord(match[0]):04x}"

    return '"' + re.sub('["\\\\\x00-\x1f\x85\u2028\u2029]', escaped, text) + '"'


def text(value: str, *, utf8: bool) -> str:
    """Element text (8)."""
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if utf8:
        return value.replace("\r", "&#xD;")
    return re.sub("\r\n|\r|\n", "\r\n", value)


def attribute(value: str) -> str:
    """An attribute's value (8)."""
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return re.sub("[\t\n\r]", lambda match: f"&#x{ord(match[0]):X};", value)


def enum_text(schema: dict[str, Any], value: int) -> str:
    """An enum's name, or the names of its bits (9)."""
    names: dict[str, int] = schema["x-dcs-enum"]
    for name, number in names.items():
        if number == value:
            return name
    assert schema.get("x-dcs-flags"), value
    chosen, left = [], value
    for name, number in names.items():
        if number and number & left == number:
            chosen.append(name)
            left &= ~number
    assert not left
    return " ".join(chosen)


def offset_parts(value: str) -> tuple[str, int]:
    """DateTimeOffset's two members (7.4): the instant's text and the offset in minutes."""
    match = re.fullmatch(r"(.{19})(\.\d+)?([+-])(\d\d):(\d\d)", value)
    assert match is not None
    clock, fraction, sign, hours, minutes = match.groups()
    offset = (int(hours) * 60 + int(minutes)) * (-1 if sign == "-" else 1)
    instant = datetime.fromisoformat(clock) - timedelta(minutes=offset)
    return f"{instant.isoformat()}{fraction or ''}Z", offset
