"""Which documented response answers, with which value, in which media type."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from attrs import define, evolve
from msgspec.structs import replace

from bindwright.ir.model import Api, Array, Content, Operation, Response, Scalar, Use
from bindwright.serve.answers.sample import EndlessValueError, Sampler
from bindwright.serve.answers.tables import table_of
from bindwright.serve.package.codecs import BodyPlace, CodecError, ModelCodecs
from bindwright.serve.refusal import Refusal
from bindwright.serve.routing.prefer import Preferences
from bindwright.serve.validation import sequences
from bindwright.serve.validation.json_values import Checker
from bindwright.serve.values import dumps, type_of
from bindwright.standards import content_negotiation as media
from bindwright.standards.media_types import SEQUENTIAL, Kind

NOTHING: Final = object()
"""No value: neither example nor schema."""


def documented(operation: Operation, status: int) -> Response | None:
    """The response of a status: its own, its class's, the default (OpenAPI 3.2.0, "Responses Object")."""
    by_status = {response.status.upper(): response for response in operation.responses}
    return by_status.get(str(status)) or by_status.get(f"{status // 100}XX") or by_status.get("DEFAULT")


def success(operation: Operation) -> tuple[int, Response | None]:
    """The status and response of a call that works: the first 2XX, else the default, else a redirect.

    Where errors are all that is documented, it is 204: a request as it should be is answered by none of them.
    """
    for response in operation.responses:
        if response.status.startswith("2"):
            return number(response.status), response
    for response in operation.responses:
        if response.status.lower() == "default":
            return 200, response
    others = sorted(
        (response for response in operation.responses if response.status[:1] in "13"),
        key=lambda response: response.status,
    )
    if others:
        return number(others[0].status), others[0]
    return (204 if operation.responses else 200), None


def number(status: str) -> int:
    """A status as a number: ``2XX`` and ``default`` become 200."""
    digits = status.upper().replace("XX", "00")
    return int(digits) if digits.isdigit() else 200


def negotiate(contents: Sequence[Content], accept: str | None) -> Content | None:
    """The content that ``Accept`` likes best, with a concrete media type; None where it likes none."""
    chosen = media.choose(accept, [content.media_type for content in contents])
    content = next((content for content in contents if content.media_type == chosen), None)
    return _concrete(content, accept) if content is not None else None


def typed(contents: Sequence[Content], content_type: str) -> Content | None:
    """The content that describes bodies of a `Content-Type`; None where there is none."""
    body_type = media.parse(content_type)
    offers = [(media.parse(content.media_type), content) for content in contents]
    fitting = [
        (offer.is_range, content)
        for offer, content in offers
        if body_type and offer and offer.covers(body_type)
    ]
    is_range, content = min(fitting, key=lambda pair: pair[0], default=(False, None))
    return replace(content, media_type=body_type.name) if content and body_type and is_range else content


def _concrete(content: Content, accept: str | None) -> Content:
    """A documented range becomes what was asked for, JSON where anything goes."""
    offered = media.parse(content.media_type)
    if offered is None or not offered.is_range:
        return content
    for text in [
        media.choose(accept, ["application/json", "application/xml", "text/plain"]),
        *(accept or "").split(","),
    ]:
        accepted = media.parse(text or "")
        if (
            accepted is not None
            and not accepted.is_range
            and offered.covers(media.MediaType(accepted.type, accepted.subtype))
        ):
            return replace(content, media_type=accepted.name)
    subtype = "octet-stream" if offered.type in ("*", "application") else "plain"
    return replace(content, media_type=f"{'application' if offered.type == '*' else offered.type}/{subtype}")


@define
class Answers:
    """Values and bodies of an API's responses."""

    api: Api
    codecs: ModelCodecs
    seed: int = 0

    def value(self, body_place: BodyPlace, siblings: Sequence[Content], preferences: Preferences) -> Any:
        """A JSON value (or the raw text of an XML example): an example of this content or of a sibling of the
        same type, else a sample; `NOTHING` where nothing is known."""
        if preferences.example is not None:
            named = self._named(body_place, siblings, preferences.example)
            if named is not NOTHING:
                return named
        if not preferences.dynamic:
            for content in [body_place.content, *(c for c in siblings if c is not body_place.content)]:
                value = self._first_example(body_place, content)
                if value is not NOTHING:
                    return value
        return self.sample(body_place, use_examples=not preferences.dynamic)

    def sample(self, body_place: BodyPlace, use_examples: bool = True, seed: int | None = None) -> Any:
        """A generated value: the same in every format; `seed` in place of the mock's.

        Raises `Refusal` 501: the document requires a value without end.
        """
        use = body_place.content.use
        in_parts = body_place.kind == "multipart" and body_place.content.item_use is not None
        if (body_place.kind in SEQUENTIAL or in_parts) and not self._is_array(use):
            return self._items(body_place)
        if use is None:
            return NOTHING
        place = f"{body_place.operation.id} {body_place.status}"
        seed = self.seed if seed is None else seed
        value = _whole(Sampler(self.api, seed=seed, use_examples=use_examples), use, place)
        return _of_kind(value, body_place.kind) if isinstance(value, bytes) else value

    def _is_array(self, use: Use | None) -> bool:
        return use is not None and isinstance(type_of(self.api, use), Array)

    def _items(self, body_place: BodyPlace) -> Any:
        item = sequences.item_use(self.api, body_place.content)
        if item is None:
            return NOTHING
        sampler = Sampler(self.api, seed=self.seed)
        return [
            _whole(sampler, item, f"{body_place.operation.id} {body_place.status} {index}")
            for index in range(3)
        ]

    def _named(self, body_place: BodyPlace, siblings: Sequence[Content], name: str) -> Any:
        for content in [body_place.content, *siblings]:
            if name in content.example_names:
                raw = content.examples[content.example_names.index(name)]
                value = self._readable(evolve(body_place, content=content), raw)
                return raw if value is NOTHING else value
        return NOTHING

    def _first_example(self, body_place: BodyPlace, content: Content) -> Any:
        """The first example that its schema takes; documents hold many that theirs does not."""
        for raw in content.examples:
            value = self._readable(evolve(body_place, content=content), raw)
            use = body_place.content.use
            if value is not NOTHING and (use is None or not Checker(self.api, "response").check(value, use)):
                return value
        return NOTHING

    def _readable(self, body_place: BodyPlace, raw: Any) -> Any:
        """The JSON value of an example; a text may be the body itself, in XML or in JSON."""
        if not isinstance(raw, str) or body_place.content.use is None:
            return raw
        body_kind = body_place.kind
        try:
            if body_kind == "xml" and raw.lstrip().startswith("<"):
                return self.codecs.from_xml(body_place, raw.encode())
            if body_kind == "json" and raw.lstrip()[:1] in ("{", "["):
                return json.loads(raw)
        except (CodecError, ValueError):
            return NOTHING
        return raw

    def body(self, body_place: BodyPlace, value: Any) -> bytes:
        """The bytes of a value in the media type of its body_place; raises `CodecError`."""
        body_kind = body_place.kind
        if value is NOTHING:
            return b"" if body_kind != "multipart" else _in_named_parts({})
        if isinstance(value, bytes):
            return value
        use = body_place.content.use
        if body_kind == "xml" and use is not None:
            return self.codecs.to_xml(body_place, self._with_name(use, value))
        if body_kind in ("form", "multipart") and use is not None and not isinstance(value, list):
            value = self._with_name(use, value)
        if body_kind == "multipart" and isinstance(value, dict):
            return _in_named_parts(value)
        if body_kind == "multipart" and isinstance(value, list):  # which may hold octets
            return _in_parts(value)
        value = self.codecs.dump(body_place, value)
        if "csv" in body_place.content.media_type and (rows := table_of(value)) is not None:
            return rows
        return _written(body_kind, value)

    def _with_name(self, use: Use, value: Any) -> Any:
        """A free value as an object with one member: in XML it needs a root, in a form a name, which nothing else says."""
        type_ = type_of(self.api, use)
        is_free = isinstance(type_, Scalar) and type_.base == "any"
        return {"value": value} if is_free and not (isinstance(value, dict) and len(value) == 1) else value


def _whole(sampler: Sampler, use: Use, place: str) -> Any:
    """A sample that has an end. Raises `Refusal` 501 where the document requires one that has none."""
    try:
        return sampler.sample(use, place, is_whole=True)
    except EndlessValueError as error:
        raise Refusal(501, f"the mock cannot make this answer: {error}") from error


def _of_kind(data: bytes, body_kind: Kind) -> bytes:
    """A file that its media type says to be a document, as one: a JSON text, an element."""
    if body_kind == "json":
        return dumps(data.decode())
    return b"<file>" + escape(data.decode()).encode() + b"</file>" if body_kind == "xml" else data


def _written(body_kind: Kind, value: Any) -> bytes:
    if body_kind in SEQUENTIAL and isinstance(value, list):
        return b"".join(_line(body_kind, item) for item in value)
    if body_kind == "multipart" and isinstance(value, dict | list):
        return _in_named_parts(value) if isinstance(value, dict) else _in_parts(value)
    if body_kind == "form" and isinstance(value, dict):
        return urlencode({name: _form_texts(item) for name, item in value.items()}, doseq=True).encode()
    if isinstance(value, str) and body_kind != "json":
        return value.encode()
    return dumps(value)


BOUNDARY = "part-of-the-mock-server"
"""What separates the parts of an answer."""


def _in_parts(values: list[Any]) -> bytes:
    """A part for each item: octets, text or JSON (OpenAPI 3.2.0, "Encoding By Position")."""
    return _parted((None, value) for value in values)


def _in_named_parts(members: dict[str, Any]) -> bytes:
    """A part for each member, and for each item of a list (RFC 7578, 4.3)."""
    return _parted(
        (name, value)
        for name, member in members.items()
        for value in (member if isinstance(member, list) else [member])
    )


def _parted(values: Iterable[tuple[str | None, Any]]) -> bytes:
    pieces = []
    for name, value in values:
        kind, data = _part(value)
        head = f"--{BOUNDARY}\r\nContent-Type: {kind}\r\n"
        if name is not None:
            quoted = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
            file = '; filename="file"' if isinstance(value, bytes) else ""
            head += f'Content-Disposition: form-data; name="{quoted}"{file}\r\n'
        pieces.append(f"{head}\r\n".encode() + data + b"\r\n")
    return b"".join(pieces) + f"--{BOUNDARY}--\r\n".encode()


def _part(value: Any) -> tuple[str, bytes]:
    """Media type and content of a part: octets, text or JSON."""
    if isinstance(value, bytes):
        return "application/octet-stream", value
    if isinstance(value, str):
        return "text/plain; charset=utf-8", value.encode()
    return "application/json", dumps(value)


def media_type_of(body_place: BodyPlace) -> str:
    """The media type of an answer, with the boundary where it has parts."""
    name = body_place.content.media_type
    return (
        f"{name}; boundary={BOUNDARY}" if body_place.kind == "multipart" and "boundary=" not in name else name
    )


def _form_texts(value: Any) -> str | list[str]:
    """The texts of a form's field: strings as they are, other values as JSON has them; one a pair of a list."""
    if isinstance(value, list):
        return [item if isinstance(item, str) else dumps(item).decode() for item in value]
    return value if isinstance(value, str) else dumps(value).decode()


def _line(body_kind: Kind, item: Any) -> bytes:
    if body_kind == "sse":
        return _event(item if sequences.is_event(item) else {"data": item})
    return (b"\x1e" if body_kind == "json-seq" else b"") + dumps(item) + b"\n"


def _event(item: dict[str, Any]) -> bytes:
    """An event with its fields (OpenAPI 3.2.0, "Special Considerations for Server-Sent Events")."""
    data = item["data"] if isinstance(item["data"], str) else dumps(item["data"]).decode()
    lines = [f"{name}: {item[name]}" for name in ("event", "id", "retry") if item.get(name) is not None]
    lines += [f"data: {line}" for line in data.split("\n")]
    return "\n".join([*lines, "", ""]).encode()
