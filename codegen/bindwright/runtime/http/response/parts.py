"""Parts of a multipart answer (RFC 2046, 5.1; OpenAPI 3.2.0, "Encoding multipart Media Types"), as they come: sans-I/O."""

from __future__ import annotations

import base64
import binascii
import json
import quopri
import re
import types
import typing
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from bindwright.runtime.errors import BindwrightError, DecodeError
from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.model.answer_policy import Answers
from bindwright.standards.media_types import kind_of, parameters, text_of

if TYPE_CHECKING:
    from email.message import Message

TRANSFER_ENCODING = "Content-Transfer-Encoding"
MAX_PART = 64 << 20
"""Bytes of one part, its headers included."""
_PADDING = 64
"""Blanks that may stand behind a delimiter (RFC 2046, 5.1.1: transport padding)."""
_HEAD_END = re.compile(rb"\r?\n\r?\n")


class PartSplitter:
    """Splits a body into its parts, each with its headers and content.

    Lines may end with LF alone, as some servers write them.
    """

    def __init__(self, boundary: str, limit: int = MAX_PART) -> None:
        delimiter = re.escape(boundary.encode("latin-1", "replace"))
        self._delimiter = re.compile(rb"\r?\n--" + delimiter + rb"(--)?[ \t]{0,%d}\r?\n" % _PADDING)
        self._kept = bytearray(b"\r\n")  # the first delimiter may begin the body
        self._searched = 0
        self._limit = limit
        self._overlap = len(boundary) + _PADDING + 8
        """Bytes within which a delimiter may have begun before the next piece came."""
        self._inside = False
        self.is_over = False

    def feed(self, data: bytes) -> Iterator[tuple[Message, bytes]]:
        """The parts that are whole now; to be gone through before more is fed.

        Raises:
            DecodeError: a part larger than the limit, behind those before it.
        """
        if self.is_over:
            return  # what follows is no part (RFC 2046, 5.1.1)
        self._kept += data
        while (mark := self._delimiter.search(self._kept, self._searched)) is not None:
            # The line break before a delimiter is its own, the one behind it may be that of the next.
            part, ends = bytes(self._kept[: mark.start()]), mark[1] is not None
            del self._kept[
                : mark.end() - 2 if self._kept[mark.end() - 2 : mark.end()] == b"\r\n" else mark.end() - 1
            ]
            self._searched = 0
            was_inside, self._inside = self._inside, True
            if was_inside:
                yield _split(part)
            if ends:
                self.is_over, self._kept = True, bytearray()
                return
        self._searched = max(0, len(self._kept) - self._overlap)
        if len(self._kept) > self._limit:
            raise DecodeError(f"a part of at most {self._limit} bytes", "a longer one", "$")

    def finish(self) -> Iterator[tuple[Message, bytes]]:
        """What is left at the end: the last delimiter may stand without a line break behind it.

        Raises:
            DecodeError: the body does not end with its delimiter.
        """
        yield from self.feed(b"\r\n")
        if not self.is_over:
            raise DecodeError("the delimiter that ends the parts", "the end of the body", "$")


def _split(part: bytes) -> tuple[Message, bytes]:
    """Headers and content of what stands between two delimiters; it begins with the line break of the first."""
    from email.parser import HeaderParser  # not before there are parts: a client starts without it

    head_end = _HEAD_END.search(part)
    head, content = (part, b"") if head_end is None else (part[: head_end.start()], part[head_end.end() :])
    # Names are UTF-8 as they stand (RFC 7578, 5.1).
    text = head.lstrip(b"\r\n").decode("utf-8", "replace")
    return HeaderParser().parsestr(f"{text}\r\n\r\n"), content


class PartDecoder:
    """Values of parts, each by its own media type, as the type of the items."""

    def __init__(self, codecs: BodyCodecs, type_: Any, wire: Any, answers: Answers) -> None:
        self._codecs, self._type, self._wire, self._answers = codecs, type_, wire, answers
        evaluated = codecs.evaluated(type_)
        alternatives = typing.get_args(evaluated) if _is_union(evaluated) else (evaluated,)
        self._is_encoded = _says_base64(wire)
        """The document says itself what the text is encoded as (OpenAPI 3.1.1, 4.8.15.3): the codec reads that."""
        self._takes_octets = bytes in alternatives and not self._is_encoded
        self._takes_text = any(alternative in (str, Any) for alternative in alternatives)
        self._octets_only = self._takes_octets and all(
            alternative in (bytes, type(None)) for alternative in alternatives
        )
        self._decoders: dict[str, Callable[[bytes], Any]] = {}

    def value(self, headers: Message, data: bytes) -> Any:
        """The value of a part.

        Raises:
            DecodeError: it is not what the document says.
        """
        if not self._is_encoded:
            data = without_transfer_encoding(headers.get(TRANSFER_ENCODING, ""), data)
        media_type = headers.get("content-type", "text/plain")  # RFC 2046, 5.1
        kind = kind_of(media_type)
        if self._octets_only or (self._takes_octets and kind not in ("json", "xml", "text")):
            return data
        if kind in ("json", "xml"):
            if media_type not in self._decoders and len(self._decoders) < 64:
                self._decoders[media_type] = self._decoder(kind, media_type)
            return (self._decoders.get(media_type) or self._decoder(kind, media_type))(data)
        text = text_of(data, media_type)
        if self._takes_text:
            return text
        decode = self._codecs.decoder("json", self._type, self._wire, "", self._answers)
        try:
            return self._codecs.decoder("json", self._type, self._wire)(text.encode())
        except BindwrightError:
            return decode(json.dumps(text).encode())

    def _decoder(self, kind: Any, media_type: str) -> Callable[[bytes], Any]:
        return self._codecs.decoder(kind, self._type, self._wire, media_type, self._answers)


def _is_union(type_: Any) -> bool:
    return typing.get_origin(type_) in (typing.Union, types.UnionType)


def _says_base64(wire: Any) -> bool:
    return wire is not None and wire.format not in (None, "binary")


def without_transfer_encoding(encoding: str, data: bytes) -> bytes:
    """The content of a part in an encoding of RFC 2045, 6, which parts of HTTP hardly have (RFC 7578, 4.7).

    One that is not known here stays as it is (RFC 2045, 6.4).

    Raises:
        DecodeError: it is no base64.
    """
    encoding = encoding.strip().lower()
    if encoding == "quoted-printable":
        return quopri.decodestring(data)
    if encoding != "base64":
        return data
    try:
        return base64.b64decode(data, validate=False)
    except binascii.Error as error:
        raise DecodeError("base64", str(error), "$") from None


def boundary_of(content_type: str) -> str:
    """What separates the parts.

    Raises:
        DecodeError: the media type does not say it.
    """
    boundary = parameters(content_type).get("boundary", "")
    if not boundary:
        raise DecodeError("a media type with a `boundary`", repr(content_type[:80]), "$")
    return boundary
