"""Media types: telling them apart and choosing one by ``Accept`` (RFC 9110, 8.3 and 12.5.1; RFC 6839)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

_JSON_NAMES = frozenset({"application/json", "text/json", "application/csp-report", "text/x-json"})
_XML_NAMES = frozenset({"application/xml", "text/xml", "application/xml-external-parsed-entity"})
_LINES_NAMES = frozenset(
    {
        "application/jsonl",
        "application/x-ndjson",
        "application/ndjson",
        "application/json-seq",
        "text/event-stream",
    }
)
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
    def is_json(self) -> bool:
        """Whether the body is one JSON text."""
        return self.name in _JSON_NAMES or self.subtype.endswith("+json")

    @property
    def is_xml(self) -> bool:
        """Whether the body is an XML document."""
        return self.name in _XML_NAMES or self.subtype.endswith("+xml")

    @property
    def is_lines(self) -> bool:
        """Whether the body is a sequence of JSON texts (OpenAPI 3.2.0, "Sequential Media Types")."""
        return self.name in _LINES_NAMES

    @property
    def is_text(self) -> bool:
        """Whether the body is plain text to us."""
        return self.type == "text" and not self.is_json and not self.is_xml and not self.is_lines

    @property
    def is_range(self) -> bool:
        """Whether it names many (``*/*``, ``text/*``)."""
        return "*" in (self.type, self.subtype)

    def covers(self, other: MediaType) -> bool:
        """Whether a range (or type) includes a type; parameters asked for must be there."""
        return (
            self.type in ("*", other.type)
            and self.subtype in ("*", other.subtype)
            and all(item in other.parameters for item in self.parameters if item[0] != "charset")
        )


def parse(text: str) -> MediaType | None:
    """Read a media type; None where it is not one."""
    head, *rest = _split(text, ";") or [""]
    kind, slash, subtype = head.strip().lower().partition("/")
    if head.strip() == "*":
        kind, slash, subtype = "*", "/", "*"
    if not (kind and slash and subtype):
        return None
    pairs = (item.partition("=") for item in rest if "=" in item)
    return MediaType(kind, subtype, tuple((k.strip().lower(), v.strip().strip('"')) for k, _, v in pairs))


def choose(accept: str | None, offers: Sequence[str]) -> str | None:
    """The offer that ``Accept`` likes best, the first of equals; None where it likes none."""
    if not accept or not accept.strip():
        return offers[0] if offers else None
    ranges = [(media, _quality(media)) for part in _split(accept, ",") if (media := parse(part)) is not None]
    scored = [(_liking(parse(offer), ranges), -index, offer) for index, offer in enumerate(offers)]
    best = max(scored, default=(0.0, 0, ""))
    return best[2] if best[0] > 0 else None


def _liking(offer: MediaType | None, ranges: Sequence[tuple[MediaType, float]]) -> float:
    """The quality of the most specific range that covers an offer; an offer may itself be a range."""
    if offer is None:
        return 0.0
    fitting = [(_weight(media), quality) for media, quality in ranges if _plain(media).covers(offer)]
    if offer.is_range:
        fitting += [(_weight(media), quality) for media, quality in ranges if offer.covers(_plain(media))]
    return max(fitting)[1] if fitting else 0.0


def _plain(media: MediaType) -> MediaType:
    """The range without its quality, which is not a parameter of the type."""
    return MediaType(media.type, media.subtype, tuple(item for item in media.parameters if item[0] != "q"))


def _weight(media: MediaType) -> tuple[bool, bool, int]:
    return (media.type != "*", media.subtype != "*", len(_plain(media).parameters))


def _quality(media: MediaType) -> float:
    try:
        return min(max(float(dict(media.parameters).get("q", "1")), 0.0), 1.0)
    except ValueError:
        return 0.0


def _split(text: str, separator: str) -> list[str]:
    """Split, but not inside quoted strings."""
    held = _QUOTED.sub(lambda match: match.group().replace(separator, "\0"), text)
    return [part.replace("\0", separator) for part in held.split(separator) if part.strip()]
