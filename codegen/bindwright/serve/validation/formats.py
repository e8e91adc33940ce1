"""Formats: samples of their values, and the bounds of integers (OpenAPI format registry)."""

from __future__ import annotations

import base64
import datetime as dt
import random
import uuid
from collections.abc import Callable, Iterator

from bindwright.standards.numbers import RANGES

_WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath", "iris", "juniper")


def bounds(name: str | None) -> tuple[int, int] | None:
    """The least and greatest integer of a format; None where it has no bounds."""
    return RANGES.get(name or "")


def word(rng: random.Random) -> str:
    """A short plain word."""
    return rng.choice(_WORDS)


def sample(name: str | None, rng: random.Random) -> str | None:
    """A string of a format; None for formats that are not known here."""
    make = _SAMPLES.get(name or "")
    return make(rng) if make else None


def lengthened(name: str | None, text: str, length: int) -> str:
    """A sample of a format with at least so many characters, where the format has room for them."""
    missing = length - len(text)
    if missing <= 0:
        return text
    if name in (
        "date-time",
        "time",
        "iso-date-time",
        "iso-time",
    ):  # nine digits are what decoders of all languages keep
        digits = min(max(missing - 1, 1), 9)
        return f"{text[:-1]}.{'0' * (digits - 1)}1{text[-1]}"
    if name in ("email", "idn-email"):
        return _filled(missing) + text if missing <= 50 else text
    if name in ("hostname", "idn-hostname"):
        labels = "".join(f"{'h' * 49}." for _ in range(missing // 50))
        return f"{'h' * max(missing % 50 - 1, 1)}.{labels}{text}"
    if name in _GROWING:
        return text + _filled(missing)
    if name in ("byte", "base64"):
        return base64.b64encode(b"x" * (length * 3 // 4 + 3)).decode()
    return text


_GROWING = frozenset(
    {
        "uri", "url", "iri", "uri-reference", "iri-reference", "uri-template", "json-pointer", "password",
        "json-pointer-uri-fragment", "relative-json-pointer", "base64url",
    }
)  # fmt: skip


def _filled(length: int) -> str:
    return "x" * min(length, 10_000)


def prefixed(name: str | None, text: str) -> Iterator[str]:
    """A text of a pattern with what a format begins with, as patterns often say only what follows."""
    if name in ("uri", "url", "iri"):
        yield f"https://example.org/{text}"


def spellings(name: str | None, text: str) -> Iterator[str]:
    """Other spellings of a time (RFC 3339, 5.6), of which a pattern may ask for one."""
    if name in ("date-time", "time", "iso-date-time", "iso-time") and text[-1:] == "Z":
        for fraction in ("", ".123", ".123456"):
            yield from (f"{text[:-1]}{fraction}{offset}" for offset in ("Z", "+00:00"))


def shortest(name: str | None) -> str | None:
    """A short value of a format, for where `maxLength` leaves little room; None where all are as long."""
    return _SHORT.get(name or "")


_SHORT = {
    "date-time": "2024-01-01T00:00:00Z", "DateTimeOffset": "2024-01-01T00:00:00Z", "time": "00:00:00Z", "duration": "P1D", "email": "a@b.co",
    "idn-email": "a@b.co", "hostname": "a", "idn-hostname": "a", "uri": "a:b", "url": "http://a.co", "iri": "a:b",
    "uri-reference": "a", "iri-reference": "a", "uri-template": "a", "json-pointer": "", "regex": "a", "byte": "",
    "base64": "", "base64url": "YQ", "hexBinary": "", "ipv4": "1.1.1.1", "ipv6": "::1", "decimal": "1",
    "password": "p", "relative-json-pointer": "0", "iso-date-time": "2024-01-01T00:00:00Z", "iso-time": "00:00:00Z",
    "json-pointer-uri-fragment": "#",
}  # fmt: skip


def _moment(rng: random.Random) -> dt.datetime:
    return dt.datetime(2024, 1, 1) + dt.timedelta(seconds=rng.randrange(365 * 86_400))


_SAMPLES: dict[str, Callable[[random.Random], str]] = {
    "date-time": lambda rng: _moment(rng).isoformat() + "Z",
    "DateTimeOffset": lambda rng: _moment(rng).isoformat() + "+01:00",
    "date": lambda rng: _moment(rng).date().isoformat(),
    "time": lambda rng: _moment(rng).time().isoformat() + "Z",
    "iso-date-time": lambda rng: _moment(rng).isoformat() + "Z",
    "iso-time": lambda rng: _moment(rng).time().isoformat() + "Z",
    "duration": lambda rng: f"PT{rng.randrange(1, 60)}M",
    "uuid": lambda rng: str(uuid.UUID(int=rng.getrandbits(128), version=4)),
    "byte": lambda rng: base64.b64encode(word(rng).encode()).decode(),
    "base64": lambda rng: base64.b64encode(word(rng).encode()).decode(),
    "base64url": lambda rng: base64.urlsafe_b64encode(word(rng).encode()).decode().rstrip("="),
    "hexBinary": lambda rng: word(rng).encode().hex().upper(),
    "email": lambda rng: f"{word(rng)}@example.org",
    "idn-email": lambda rng: f"{word(rng)}@example.org",
    "hostname": lambda rng: f"{word(rng)}.example.org",
    "idn-hostname": lambda rng: f"{word(rng)}.example.org",
    "uri": lambda rng: f"https://example.org/{word(rng)}",
    "url": lambda rng: f"https://example.org/{word(rng)}",
    "iri": lambda rng: f"https://example.org/{word(rng)}",
    "uri-reference": lambda rng: f"/{word(rng)}",
    "iri-reference": lambda rng: f"/{word(rng)}",
    "uri-template": lambda rng: f"/{word(rng)}/{{id}}",
    "json-pointer": lambda rng: f"/{word(rng)}",
    "json-pointer-uri-fragment": lambda rng: f"#/{word(rng)}",
    "relative-json-pointer": lambda rng: f"1/{word(rng)}",
    "regex": lambda rng: f"^{word(rng)}$",
    "ipv4": lambda rng: f"192.0.2.{rng.randrange(1, 255)}",
    "ipv6": lambda rng: f"2001:db8::{rng.randrange(1, 9999)}",
    "decimal": lambda rng: f"{rng.randrange(1, 1000)}.{rng.randrange(10, 99)}",
    "char": lambda rng: rng.choice("abcdefgh"),
    "password": lambda rng: f"{word(rng)}-{rng.randrange(10, 99)}",
}
