"""Content negotiation: media types with parameters, ranges, and the choice by ``Accept`` (RFC 9110, 8.3 and 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from bindwright.standards.media_types import Kind, kind_of

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


@frozen
class MediaType:
    """A media type or range, in lower case, with its parameters."""

    type: str
    subtype: str
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """``type/subtype``."""
        return f"{self.type}/{self.subtype}"

    @property
    def kind(self) -> Kind:
        """How a body of this type is read and written."""
        return kind_of(self.name)

    @property
    def is_range(self) -> bool:
        """Whether it names many types (``*/*``, ``text/*``, ``application/*+json``)."""
        return "*" in self.type or "*" in self.subtype

    def covers(self, other: MediaType) -> bool:
        """Whether a range (or type) includes a type; parameters of the range but the charset must be there."""
        return (
            self.type in ("*", other.type)
            and _covers(self.subtype, other.subtype)
            and all(item in other.parameters for item in self.parameters if item[0] != "charset")
        )


def _covers(range_: str, subtype: str) -> bool:
    """``*+json`` is no range of RFC 9110, but documents write it."""
    if range_.startswith("*+"):
        return subtype.endswith(range_[1:])
    return range_ in ("*", subtype)


def parse(text: str) -> MediaType | None:
    """Read a media type; None where it is not one."""
    head, *rest = _split(text, ";") or [""]
    name = head.strip().lower()
    type_, slash, subtype = ("*", "/", "*") if name == "*" else name.partition("/")
    if not (type_ and slash and subtype):
        return None
    pairs = (item.partition("=") for item in rest if "=" in item)
    return MediaType(type_, subtype, tuple((k.strip().lower(), v.strip().strip('"')) for k, _, v in pairs))


def choose(accept: str | None, offers: Sequence[str]) -> str | None:
    """The offer that ``Accept`` likes best, the first of equals; None where it likes none."""
    if not accept or not accept.strip():
        return offers[0] if offers else None
    parsed = [media_type for part in _split(accept, ",") if (media_type := parse(part)) is not None]
    ranges = [(media_type, _quality(media_type)) for media_type in parsed]
    scored = [(_score(parse(offer), ranges), -index, offer) for index, offer in enumerate(offers)]
    best = max(scored, default=(0.0, 0, ""))
    return best[2] if best[0] > 0 else None


def _score(offer: MediaType | None, ranges: Sequence[tuple[MediaType, float]]) -> float:
    """The quality of the most specific range that covers an offer; an offer may itself be a range."""
    if offer is None:
        return 0.0
    matches = [(_precision(range_), quality) for range_, quality in ranges if _plain(range_).covers(offer)]
    if offer.is_range:
        matches += [
            (_precision(range_), quality) for range_, quality in ranges if offer.covers(_plain(range_))
        ]
    return max(matches)[1] if matches else 0.0


def _plain(range_: MediaType) -> MediaType:
    """The range without its quality, which is not a parameter of the type."""
    return MediaType(range_.type, range_.subtype, tuple(pair for pair in range_.parameters if pair[0] != "q"))


def _precision(range_: MediaType) -> tuple[bool, bool, int]:
    return (range_.type != "*", range_.subtype != "*", len(_plain(range_).parameters))


def _quality(range_: MediaType) -> float:
    try:
        return min(max(float(dict(range_.parameters).get("q", "1")), 0.0), 1.0)
    except ValueError:
        return 0.0


def _split(text: str, separator: str) -> list[str]:
    """Split, but not inside quoted strings."""
    masked = _QUOTED.sub(lambda match: match.group().replace(separator, "\0"), text)
    return [part.replace("\0", separator) for part in masked.split(separator) if part.strip()]
