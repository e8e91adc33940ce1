"""Reading answers: which documented response it is, and what its body stands for.

How a body is read is told by its ``Content-Type``. Where that is missing, is not what the document
lists, or turns out wrong, the body's first character decides between JSON and XML; nothing else is
ever guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bindwright.runtime.errors import BindwrightError
from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.model.errors import StatusError, UndecodableBody, error_class, phrase
from bindwright.runtime.http.model.message import Headers, Request
from bindwright.runtime.http.model.operation import Content, Operation, Response
from bindwright.standards.media_types import Kind, covers, essence, kind_of, sniff, text_of

Decode = Callable[[bytes], Any]
_NO_BODY = frozenset({204, 205, 304})
_CACHE = 256


class ResponseReader:
    """Reads the answers of one operation."""

    def __init__(self, operation: Operation, codecs: BodyCodecs) -> None:
        self.operation, self.codecs = operation, codecs
        self._by_status = {response.status.upper(): response for response in operation.responses}
        self._decoders: dict[tuple[int, str], Decode | None] = {}
        self.bodiless = not any(
            response.content
            for response in operation.responses
            if response.status[:1] == "2" or response.status == "default"
        )
        """Whether no documented success has a body."""

    def documented(self, status: int) -> Response | None:
        """The response that the document has for a status: its own, its class's, or ``default``."""
        by_status = self._by_status
        return by_status.get(str(status)) or by_status.get(f"{status // 100}XX") or by_status.get("DEFAULT")

    def takes_redirect(self, status: int) -> bool:
        """Whether a redirect is the operation's own answer: documented, with no success beside it."""
        success = any(name[:1] == "2" or name == "DEFAULT" for name in self._by_status)
        return not success and self.documented(status) is not None

    def takes(self, status: int) -> bool:
        """Whether a success is documented, or could be one of those without a body."""
        return 200 <= status < 300 and (self.bodiless or self.documented(status) is not None)

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
            return ", ".join(
                [_favourite(matches, format_), *(f"{response};q=0.5" for response in _names(only))]
            )
        bad = [name for name in _names(errors) if kind_of(name) == format_]
        if good:
            return ", ".join(good + [f"{name};q=0.5" for name in bad[:1] if name not in good])
        return _favourite(bad, format_) if bad else f"application/{format_}"

    def value(self, request: Request, status: int, headers: Headers, body: bytes) -> Any:
        """The value of a success.

        Raises:
            UndecodableBody: the body does not stand for the documented type.
            StatusError: the status says no, or the document does not list it. (An empty success is one
                where the documented ones are empty, too, whatever its number.)
        """
        if not 200 <= status < 300 and not (300 <= status < 400 and self.takes_redirect(status)):
            raise self.error(request, status, headers, body)
        content_type = headers.get("content-type", "")
        key = (status, content_type)
        try:
            decode = self._decoders[key]
        except KeyError:
            decode = self._decoder(key, request, headers, body)
        if decode is None or status in _NO_BODY or request.method == "HEAD":
            return None
        try:
            return decode(body)
        except (BindwrightError, UnicodeError) as error:
            raise UndecodableBody(
                f"the body cannot be read as {content_type or 'what is documented'}: {error}",
                request=request, status=status, headers=headers, body=body,
            ) from error  # fmt: skip

    def _decoder(
        self, key: tuple[int, str], request: Request, headers: Headers, body: bytes
    ) -> Decode | None:
        status, content_type = key
        response = self.documented(status)
        if response is None:
            if self.takes(status) and not body:
                return None
            raise self.error(request, status, headers, body)
        decode = self.decoder_for(response, content_type)
        if len(self._decoders) < _CACHE:  # content types are the server's to choose
            self._decoders[key] = decode
        return decode

    def decoder_for(self, response: Response, content_type: str) -> Decode | None:
        """What reads a body of this response; None: it has none to read."""
        if not response.content:
            return None
        content = pick(response.content, content_type)
        documented = kind_of(content.media_type)
        if documented == "sse" and content.item_type is not None:
            return self._events(content)
        if content.type is None:
            if content.item_type is not None:
                return self._lines(content)
            return bytes
        named = kind_of(content_type) if content_type else None
        if documented in ("jsonl", "json-seq") or named in ("jsonl", "json-seq"):
            return self._lines(content)
        if named in ("json", "xml"):
            return self._structured(content, named, content_type)
        if documented in ("json", "xml"):
            return self._structured(content, None, content_type, documented)
        return self._text(content, content_type or content.media_type)

    def _structured(
        self, content: Content, named: Kind | None, content_type: str, documented: Kind = "json"
    ) -> Decode:
        """JSON or XML by its name; by its look where that fails or there is no name."""
        codecs, decoders = self.codecs, {}
        if named is not None:
            decoders[named] = codecs.decoder(named, content.type, content.wire, content_type)
        first = decoders.get(named) if named is not None else None

        def of(format_: Kind) -> Decode:
            if format_ not in decoders:
                decoders[format_] = codecs.decoder(format_, content.type, content.wire, content_type)
            return decoders[format_]

        def decode(body: bytes) -> Any:
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

    def _lines(self, content: Content) -> Decode:
        from bindwright.runtime.http.response.lines import json_texts

        decode = self.codecs.decoder("json", content.item_type or "Any", content.item_wire)
        return lambda body: [decode(text) for text in json_texts(body)]

    def _events(self, content: Content) -> Decode:
        """All server-sent events of a stream that ends, each an item of the document's type."""
        from bindwright.runtime.http.response.items import EventItems

        decode = self.codecs.decoder("json", content.item_type, content.item_wire)

        def events(body: bytes) -> Any:
            items = EventItems(decode)
            return items.feed(body) + items.finish()

        return events

    def _text(self, content: Content, content_type: str) -> Decode:
        """Text (or another body that the document types as a scalar)."""
        type_ = content.type
        if type_ in ("str", "str | None", "Any"):
            return lambda body: text_of(body, content_type)
        if type_ in ("bytes", "bytes | None"):
            return bytes
        scalar = self.codecs.decoder("json", type_, content.wire)

        def decode(body: bytes) -> Any:
            from bindwright.runtime import json

            try:
                return scalar(body)
            except BindwrightError:
                return scalar(json.encode(text_of(body, content_type).strip()))

        return decode

    def error(self, request: Request, status: int, headers: Headers, body: bytes) -> StatusError:
        """The exception of a status that says no, or that is not documented."""
        response = self.documented(status)
        reason = phrase(status)
        if response is None:
            reason += " (not documented)"
        elif response.description and status >= 400:
            reason += f" - {response.description.strip().splitlines()[0]}"
        return error_class(status, documented=response is not None)(
            reason, request=request, status=status, headers=headers, body=body,
            error=self._parsed(response, headers.get("content-type", ""), body),
        )  # fmt: skip

    def _parsed(self, response: Response | None, content_type: str, body: bytes) -> Any:
        """The body of an error as far as it can be read; an error must not hide behind another."""
        if not body:
            return None
        try:
            if response is not None and response.content:
                decode = self.decoder_for(response, content_type)
                return decode(body) if decode is not None else None
            format_ = kind_of(content_type) if content_type else sniff(body)
            if format_ in ("json", "xml"):
                return self.codecs.decoder(format_, Any, None, content_type)(body)
        except (BindwrightError, UnicodeError):
            pass
        return None


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
            if kind_of(content.media_type) == format_:
                return content
        if format_ in ("json", "xml"):
            for content in contents:
                if kind_of(content.media_type) in ("json", "xml"):
                    return content
    return contents[0]


def _names(responses: list[Response]) -> list[str]:
    return list(dict.fromkeys(content.media_type for response in responses for content in response.content))


def _favourite(names: list[str], format_: str) -> str:
    exact = f"application/{format_}"
    return next((name for name in names if essence(name) == exact), names[0])
