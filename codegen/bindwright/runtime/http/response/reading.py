"""Reading answers: which documented response it is, and what its body stands for.

How a body is read is told by its ``Content-Type``. Where that is missing, is not what the document
lists, or turns out wrong, the body's first character decides between JSON and XML; nothing else is
ever guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bindwright.runtime import leniency
from bindwright.runtime.errors import BindwrightError, DecodeError
from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.model.answer_policy import Answers
from bindwright.runtime.http.model.errors import StatusError, UndecodableBody, error_class, phrase
from bindwright.runtime.http.model.forking import first_use
from bindwright.runtime.http.model.message import Headers, Request
from bindwright.runtime.http.model.operation import Content, Operation, Response
from bindwright.runtime.http.model.redact import hide
from bindwright.runtime.http.model.text import text_of
from bindwright.runtime.http.request.multipart import is_base64
from bindwright.runtime.http.response.deviations import report, without_secrets
from bindwright.runtime.http.response.forms import form_reader
from bindwright.runtime.http.response.items import JsonItems, items_reader
from bindwright.runtime.http.response.named_parts import form_of_parts
from bindwright.runtime.http.response.problem import message_of
from bindwright.runtime.http.response.typed_headers import typed_headers
from bindwright.standards.media_types import SEQUENTIAL, Kind, covers, essence, is_octets, kind_of, sniff

Decode = Callable[[bytes], Any]
_NO_BODY = frozenset({204, 205, 304})
_CACHE = 256
_UNKNOWN: Any = object()


class ResponseReader:
    """Reads the answers of one operation."""

    def __init__(self, operation: Operation, codecs: BodyCodecs) -> None:
        self.operation, self.codecs = operation, codecs
        self._by_status = {response.status.upper(): response for response in operation.responses}
        self._decoders: dict[tuple[int, str, Answers], Any] = {}

    def documented(self, status: int) -> Response | None:
        """The response that the document has for a status: its own, its class's, or ``default``.

        A success that is not listed is as the nearest one that is: 2xx says that the server has done what it
        was asked for (RFC 9110, 15), and a document need not list every number. ``default`` comes after that,
        where it usually describes errors.
        """
        by_status = self._by_status
        listed = by_status.get(str(status)) or by_status.get(f"{status // 100}XX")
        if listed is None and status // 100 == 2:
            listed = self._nearest_success(status)
        return listed or by_status.get("DEFAULT")

    def _nearest_success(self, status: int) -> Response | None:
        successes = [(name, self._by_status[name]) for name in self._by_status if name[:1] == "2"]
        if not successes:
            return None

        def distance(entry: tuple[str, Response]) -> tuple[bool, int]:
            name, response = entry
            # One without content could not read a body; an empty body is None whatever is documented.
            return not response.content, abs(int(name.replace("X", "0")) - status)

        return min(successes, key=distance)[1]

    def takes_redirect(self, status: int) -> bool:
        """Whether a redirect is the operation's own answer: documented, with no success beside it."""
        success = any(name[:1] == "2" or name == "DEFAULT" for name in self._by_status)
        return not success and self.documented(status) is not None

    def takes(self, status: int) -> bool:
        """Whether an answer is no error: 2xx, a redirect or a 304 that the operation answers with itself."""
        if status == 304:
            return "304" in self._by_status
        return 200 <= status < 300 or (300 <= status < 400 and self.takes_redirect(status))

    def accept(self, format_: str) -> str | None:
        """The ``Accept`` header for a format."""
        successes = [response for response in self.operation.responses if response.status[:1] == "2"]
        successes = successes or [
            response for response in self.operation.responses if response.status == "default"
        ]
        errors = [response for response in self.operation.responses if response not in successes]
        good = _names(successes)
        matches = [name for name in good if kind_of(name) == format_]
        if matches:
            # A success that does not come in the format at all is better than none (406).
            only = [
                response
                for response in successes
                if not any(kind_of(name) == format_ for name in _names([response]))
            ]
            return ", ".join([_favourite(matches, format_), *(f"{name};q=0.5" for name in _names(only))])
        bad = [name for name in _names(errors) if kind_of(name) == format_]
        if good:
            return ", ".join(good + [f"{name};q=0.5" for name in bad[:1] if name not in good])
        return _favourite(bad, format_) if bad else f"application/{format_}"

    def headers(self, status: int, headers: Headers) -> dict[str, Any]:
        """The headers that the document describes for a status, typed."""
        return typed_headers(self.documented(status), headers, self.codecs)

    def value(self, request: Request, status: int, headers: Headers, body: bytes) -> Any:
        """The value of a success; None where there is no body, or none is documented.

        With the policy ``lenient`` what does not fit the document is kept, and reported.

        Raises:
            UndecodableBody: the body does not stand for the documented type.
            StatusError: the status says no, or is a redirect that could not be followed.
        """
        if not self.takes(status):
            raise self.error(request, status, headers, body)
        content_type = headers.get("content-type", "")
        key = (status, content_type, request.policy.answers)
        try:
            decode = self._decoders.get(key, _UNKNOWN)
            if decode is _UNKNOWN:
                with first_use:  # what reads the first body of its kind is imported and compiled with it
                    decode = self._decoder(key)
                    value = self._decoded(decode, request, status, body)
            else:
                value = self._decoded(decode, request, status, body)
        except (BindwrightError, UnicodeError) as error:
            secrets = request.secrets()
            raise UndecodableBody(
                f"the body cannot be read as {content_type or 'what is documented'}: {error}{several(body)}",
                request=request, status=status, headers=headers, body=body,
            ) from without_secrets(error, secrets)  # fmt: skip
        if deviations := leniency.latest():
            report(request, deviations)
        return value

    def _decoded(self, decode: Decode | None, request: Request, status: int, body: bytes) -> Any:
        leniency.forget()
        if decode is None or status in _NO_BODY or request.method == "HEAD":
            return None
        return decode(body)

    def _decoder(self, key: tuple[int, str, Answers]) -> Decode | None:
        status, content_type, answers = key
        response = self.documented(status)
        decode = self.decoder_for(response, content_type, answers) if response is not None else None
        if (
            decode is not None
            and response is not None
            and answers == "lenient"
            and self._is_other(response, status)
        ):
            decode = _of_another_status(decode, response.status, status)
        # Content types are the server's to choose, and those with a boundary are all different.
        if len(self._decoders) < _CACHE and "boundary" not in content_type:
            self._decoders[key] = decode
        return decode

    @staticmethod
    def _is_other(response: Response, status: int) -> bool:
        """Whether a success is not listed, and its body may be another one than the nearest success has."""
        listed = response.status.upper()
        return status // 100 == 2 and listed not in (str(status), "2XX", "DEFAULT")

    def decoder_for(
        self, response: Response, content_type: str, answers: Answers = "strict"
    ) -> Decode | None:
        """What reads a body of this response; None: it has none to read."""
        if not response.content:
            return None
        content = pick(response.content, content_type)
        documented = content.kind
        named = kind_of(content_type) if content_type else None
        if documented == "text" != kind_of(content.media_type):  # lines that are described as a text
            return self._text(content, content_type or content.media_type, answers)
        for format_ in (documented, named):
            if format_ in SEQUENTIAL and (content.type is not None or content.item_type is not None):
                return self._sequence(format_, content, answers, content_type)
        if documented == "multipart" and named in ("multipart", None) and content.positional:
            return self._sequence("multipart", content, answers, content_type)
        if content.type is None:
            return bytes
        if documented == "multipart" and named in ("multipart", None):
            return form_of_parts(self.codecs, content, content_type or content.media_type, answers)
        if named in ("json", "xml"):
            structured = self._structured(content, named, content_type, answers)
            if documented == "text" and answers == "lenient" and content.type in _TEXTS:
                return self._text_of_document(content, content_type)
            return structured
        is_form = named == "form" or (documented == "form" and named is None)
        if is_form and (shape := self.codecs.shape(content)).kind in ("model", "map", "any", "union"):
            decode = self.codecs.decoder("json", content.type, content.wire, "", answers)
            return form_reader(shape, decode, content_type or content.media_type)
        if documented in ("json", "xml"):
            structured = self._structured(content, None, content_type, answers, documented)
            if named != "text" or self.codecs.shape(content).kind in _NO_TEXTS:
                return structured
            return _or_text(structured, self._text(content, content_type, answers))
        return self._text(content, content_type or content.media_type, answers)

    def _structured(
        self,
        content: Content,
        named: Kind | None,
        content_type: str,
        answers: Answers,
        documented: Kind = "json",
    ) -> Decode:
        """JSON or XML by its name; by its look where that fails or there is no name. Nothing at all is None."""
        codecs, decoders = self.codecs, {}
        if named is not None:
            decoders[named] = codecs.decoder(named, content.type, content.wire, content_type, answers)
        first = decoders.get(named) if named is not None else None

        def of(format_: Kind) -> Decode:
            if format_ not in decoders:
                decoders[format_] = codecs.decoder(format_, content.type, content.wire, content_type, answers)
            return decoders[format_]

        def decode(body: bytes) -> Any:
            if not body or body.isspace():
                return None
            if first is None:
                return of(sniff(body) or documented)(body)
            try:
                return first(body)
            except BindwrightError:
                looks = sniff(body)
                if looks is None or looks == named:
                    raise
                return of(looks)(body)

        return decode

    def _sequence(
        self, format_: Kind | None, content: Content, answers: Answers, content_type: str | None = None
    ) -> Decode:
        """All items of a sequence that ends: JSON lines, JSON text sequences, server-sent events, parts."""
        shape = self.codecs.shape(content) if content.type is not None else None
        type_ = shape.type if shape is not None and shape.kind in ("list", "tuple") else list

        def decode(body: bytes) -> Any:
            reader = items_reader(self.codecs, content, content_type or content.media_type, answers, format_)
            items = [*reader.feed(body), *reader.finish()]
            items = items if type_ is list else type_(items)
            return leniency.record(items, reader.deviations) if reader.deviations else items

        return decode

    def _text(self, content: Content, content_type: str, answers: Answers) -> Decode:
        """Text (or another body that the document types as a scalar)."""
        type_ = content.type
        if type_ in (*_TEXTS, "Any"):
            return lambda body: text_of(body, content_type)
        if type_ in ("bytes", "bytes | None") and not is_base64(content.wire):
            return bytes
        scalar = self.codecs.decoder("json", type_, content.wire)
        lenient = self.codecs.decoder("json", type_, content.wire, "", answers)
        of_octets = kind_of(content_type) == "binary" and self.codecs.shape(content).kind in _NO_TEXTS

        def decode(body: bytes) -> Any:
            from bindwright.runtime import json

            try:
                return scalar(body)
            except BindwrightError:
                text = json.encode(text_of(body, content_type).strip(" \t\r\n"))
                if text == b'""' and not _reads(scalar, text):
                    return None  # a success without content (RFC 9110, 8.6), and no value is written so
                value = lenient(text)
                if value.__class__ is not str:
                    return value
                # What deviates is kept as it came, and no text stands for octets.
                return body if of_octets or is_octets(content_type) else text_of(body, content_type)

        return decode

    def _text_of_document(self, content: Content, content_type: str) -> Decode:
        """A text that comes as JSON or XML: the string that it is, else all of it, for a text is what is documented."""
        string = self.codecs.decoder("json", content.type, content.wire, content_type)

        def decode(body: bytes) -> Any:
            try:
                return string(body)
            except BindwrightError:
                text = text_of(body, content_type)
                documented, received = essence(content.media_type), essence(content_type)
                return leniency.record(text, [leniency.Deviation("$", documented, received)])

        return decode

    def error(self, request: Request, status: int, headers: Headers, body: bytes) -> StatusError:
        """The exception of a status that says no, or that is not documented."""
        response = self.documented(status)
        reason = phrase(status)
        said = {reason.partition(" ")[2].casefold()}
        if response is None:
            reason += " (not documented)"
        elif (
            status >= 400
            and (words := first_sentence(response.description)).casefold() not in reason.casefold()
        ):
            reason += f" - {words}"
            said.add(words.casefold())
        content_type = headers.get("content-type", "")
        value, mismatch = self._parsed(response, content_type, body)
        message = message_of(body, content_type)
        if message and message.rstrip(".").casefold() not in said:
            reason += f": {hide(message, request.secrets())}"
        error = error_class(status, documented=response is not None)(
            reason, request=request, status=status, headers=headers, body=body, error=value, mismatch=mismatch
        )
        error.typed_headers = self.headers(status, headers)
        error.__cause__ = without_secrets(mismatch, request.secrets()) if mismatch is not None else None
        return error

    def _parsed(
        self, response: Response | None, content_type: str, body: bytes
    ) -> tuple[Any, BindwrightError | None]:
        """The body of an error, and why it is not what the document says; an error hides no other error."""
        if not body:
            return None, None
        mismatch: BindwrightError | None = None
        if response is not None and response.content:
            try:
                decode = self.decoder_for(response, content_type)
                if decode is not None:
                    return decode(body), None
            except BindwrightError as error:
                mismatch = error
            except UnicodeError as error:
                mismatch = DecodeError("text", str(error)[:200])
        return self._untyped(body, content_type), mismatch

    def _untyped(self, body: bytes, content_type: str) -> Any:
        """Plain JSON or XML, or text; None where the body is neither."""
        named = kind_of(content_type) if content_type else None
        for format_ in dict.fromkeys((named, sniff(body))):
            if format_ in ("json", "xml"):
                try:
                    return self.codecs.decoder(format_, Any, None, content_type)(body)
                except (BindwrightError, UnicodeError):
                    continue
        try:
            return None if b"\0" in body else text_of(body, content_type)
        except BindwrightError:
            return None


_TEXTS = ("str", "str | None")
_NO_TEXTS = frozenset({"model", "list", "tuple", "map"})
"""Kinds of values that no text stands for by itself."""


def _of_another_status(decode: Decode, listed: str, status: int) -> Decode:
    """A body of a status that the document does not list: read by the nearest one, and told of."""

    def read(body: bytes) -> Any:
        value = decode(body)
        if value is None:
            return None
        deviation = leniency.Deviation("status", listed, str(status))
        return leniency.record(value, (deviation, *leniency.latest()))

    return read


def _or_text(structured: Decode, text: Decode) -> Decode:
    """JSON where a body is some; else the text that its own media type says it to be."""

    def decode(body: bytes) -> Any:
        try:
            return structured(body)
        except BindwrightError:
            return text(body)

    return decode


def _reads(decode: Decode, text: bytes) -> bool:
    try:
        decode(text)
    except BindwrightError:
        return False
    return True


_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+(?=[^\sa-z0-9])")


def first_sentence(description: str) -> str:
    """What a description begins with, without the mark at its end: the server's own words follow."""
    paragraph = " ".join(description.strip().partition("\n\n")[0].split())
    return _SENTENCE_END.split(paragraph, maxsplit=1)[0].rstrip(" .:;,")


_PROBED = 1 << 20
"""Bytes of a body in which several values are looked for."""


def several(body: bytes) -> str:
    """The end of an error's text where a body is JSON objects one after another; else nothing."""
    # grpc-gateway sends streams of messages so, as application/json.
    try:
        count = sum(1 for _ in JsonItems(bytes).feed(body[:_PROBED])) if body[:1] == b"{" else 0
    except BindwrightError:
        return ""
    return "; it has several values: iter_items() of with_streaming_response reads them" if count > 1 else ""


def pick(contents: tuple[Content, ...], content_type: str) -> Content:
    """The documented media type of an answer: the same, a range, one of the same kind, or the first."""
    name = essence(content_type)
    for content in contents:
        if essence(content.media_type) == name:
            return content
    if name:
        ranges = [
            content for content in contents if "*" in content.media_type and covers(content.media_type, name)
        ]
        if ranges:
            return max(ranges, key=lambda content: len(essence(content.media_type)))
        format_ = kind_of(name)
        for content in contents:
            if content.kind == format_:
                return content
        if format_ in ("json", "xml"):
            for content in contents:
                if content.kind in ("json", "xml"):
                    return content
    return contents[0]


def _names(responses: list[Response]) -> list[str]:
    """Media types that a header can carry; documents have others, too."""
    names = (content.media_type for response in responses for content in response.content)
    return list(dict.fromkeys(name for name in names if name.isascii() and name.isprintable()))


def _favourite(names: list[str], format_: str) -> str:
    exact = f"application/{format_}"
    return next((name for name in names if essence(name) == exact), names[0])
