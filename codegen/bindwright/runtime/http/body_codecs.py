"""The two codecs behind one door, with type expressions evaluated once in a client's ``models``."""

from __future__ import annotations

import importlib
import re
import types
import typing
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import attrs

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.http.model.answer_policy import Answers
from bindwright.runtime.http.model.operation import Content
from bindwright.runtime.http.model.text import declared_charset, decoded
from bindwright.runtime.resolve import COMMON, evaluate
from bindwright.runtime.shapes import Shape, shape_of
from bindwright.runtime.wire import Wire
from bindwright.standards.media_types import Kind, charset_of

if TYPE_CHECKING:
    from bindwright.runtime.json.cattrs_converter import JsonConverter
    from bindwright.runtime.xml.cattrs_converter import XmlConverter

Decode = Callable[[bytes], Any]
Encode = Callable[[Any], bytes]

_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*[\"'](?!(?i:utf-?8)[\"'])")
"""An XML declaration of another encoding than UTF-8."""


def _values(settings: type[Any]) -> dict[str, Any]:
    """The setting of a codec that keeps values which do not fit."""
    names = {attribute.name for attribute in attrs.fields(settings)}
    return {"values": "lenient"} if "values" in names else {}


class BodyCodecs:
    """Makes decoders and encoders for the type expressions of one generated package."""

    __slots__ = ("_json", "_package", "_xml", "names")

    def __init__(
        self,
        package: str,
        json_converter: JsonConverter | None = None,
        xml_converter: XmlConverter | None = None,
    ) -> None:
        """For a package.

        Args:
            package: its full name.
            json_converter: what reads and writes JSON in the place of ``json.decode`` and ``json.encode``.
            xml_converter: the same of XML.
        """
        self._package = package
        self._json, self._xml = json_converter, xml_converter
        self.names: Any = None

    @property
    def json(self) -> Any:
        """What has ``decode`` and ``encode`` of JSON: the codec, or the client's own converter."""
        if self._json is None:
            from bindwright.runtime import json

            return json
        return self._json

    @property
    def xml(self) -> Any:
        """What has ``decode`` and ``encode`` of XML."""
        if self._xml is None:
            from bindwright.runtime import xml

            return xml
        return self._xml

    def write_json(self, value: Any, type_: Any = None, **place: Any) -> bytes:
        """JSON of a value anywhere in a request; ``place`` is ``wire`` and ``namespace``."""
        written: bytes = self.json.encode(value, type_, **place)
        return written

    def namespace(self) -> Any:
        """The ``models`` package, imported on first use; empty where the package has none."""
        if self.names is None:
            name = f"{self._package}.models"
            try:
                self.names = importlib.import_module(name)
            except ModuleNotFoundError as error:
                if error.name not in (name, self._package):
                    raise
                self.names = types.ModuleType(name)
        return self.names

    def decoder(
        self,
        format_: Kind,
        type_: Any,
        wire: Wire | None,
        content_type: str = "",
        answers: Answers = "strict",
    ) -> Decode:
        """What reads a whole body of JSON or XML.

        Raises:
            DecodeError: XML with a charset that is no character encoding.
        """
        type_, names = self._settled(type_, wire, self.namespace())
        if format_ == "xml":
            return _xml_decoder(self.xml.decode, type_, wire, names, declared_charset(content_type), answers)
        charset = charset_of(content_type) if content_type else None
        decode = _json_decoder(self.json.decode, type_, wire, names, answers)
        if charset in (None, "utf-8", "ascii"):
            return decode
        return lambda body: decode(_utf8(body, charset))

    def item_of(self, content: Content | None) -> tuple[Any, Any]:
        """Type and facts of the items: those of ``itemSchema``, of a list, or else the type itself.

        The last is for servers that send objects one after another, whose documents describe the object.
        """
        if content is None:
            return Any, None
        if content.item_type is not None:
            return content.item_type, content.item_wire
        if content.kind == "text":  # lines of which nothing is said but that they are text
            return Any, None
        if content.type is None:
            return Any, content.wire.items if content.wire is not None else None
        space = self._space()
        type_ = evaluate(content.type, space)
        for base in (type_, *getattr(type_, "__orig_bases__", ())):
            if typing.get_origin(base) is list:
                wire = content.wire.items if content.wire is not None else None
                return evaluate(typing.get_args(base)[0], space), wire
        return content.type, content.wire

    def prefix_of(self, content: Content | None) -> list[tuple[Any, Any]]:
        """Types and facts of the first items, where each position of a list has its own."""
        if content is None or content.type is None or content.item_type is not None:
            return []
        shape = self.shape(content)
        return [(item.type, item.wire) for item in shape.inner()] if shape.kind == "tuple" else []

    def shape(self, content: Content) -> Shape:
        """The shape of a body."""
        return shape_of(content.type, wire=content.wire, names=self._space())

    def evaluated(self, type_: Any) -> Any:
        """The type that an expression of the package stands for."""
        return evaluate(type_, self._space())

    def _space(self) -> dict[str, Any]:
        names = self.namespace()
        return names if isinstance(names, dict) else _Names(names)

    def _settled(self, type_: Any, wire: Wire | None, names: Any) -> tuple[Any, Any]:
        """A class in the place of its name, without a namespace: that is what codecs find fastest."""
        if wire is None and isinstance(type_, str) and type_.isidentifier():
            class_ = getattr(names, type_, None)
            if isinstance(class_, type):
                return class_, None
        return type_, names

    def encoder(self, format_: Kind, type_: Any, wire: Wire | None) -> Encode:
        """What writes a whole body of JSON or XML."""
        type_, names = self._settled(type_, wire, self.namespace())
        if format_ == "xml":
            write = self.xml.encode
            return lambda value: write(value, type_, wire=wire, namespace=names)
        encode = self.json.encode
        return lambda value: encode(value, type_, wire=wire, namespace=names)


class _Names(dict[str, Any]):
    """A module's names, its lazy ones included."""

    def __init__(self, module: Any) -> None:
        super().__init__()
        self._module = module

    def __missing__(self, name: str) -> Any:
        if name in COMMON:
            return COMMON[name]
        try:
            return getattr(self._module, name)
        except AttributeError:
            raise KeyError(name) from None


def _json_decoder(
    decode: Callable[..., Any], type_: Any, wire: Wire | None, names: Any, answers: Answers
) -> Decode:
    from bindwright.runtime import json

    def strict(body: bytes) -> Any:
        return decode(body, type_) if names is None else decode(body, type_, wire=wire, namespace=names)

    if answers == "strict" or not (values := _values(json.Settings)):
        return strict
    settings = json.Settings(**values)
    return _leniently(strict, lambda body: decode(body, type_, wire=wire, namespace=names, settings=settings))


def _xml_decoder(
    read: Callable[..., Any],
    type_: Any,
    wire: Wire | None,
    names: Any,
    charset: str | None,
    answers: Answers,
) -> Decode:
    from bindwright.runtime import xml

    def reader(charset: str | None, **values: Any) -> Decode:
        # Servers answer in namespaces that descriptions forget to name; a client reads what it can recognise.
        settings = xml.Settings(namespaces="lenient", charset=charset, **values)
        return lambda body: read(body, type_, wire=wire, namespace=names, settings=settings)

    def with_charset(**values: Any) -> Decode:
        if charset not in ("utf-8", "ascii"):
            return reader(charset, **values)
        # The header wins over the declaration (RFC 7303, 3.2). Nearly every answer says utf-8 in both; only one
        # that declares another encoding needs the settings that the codec is slower with.
        plain, other = reader(None, **values), reader("utf-8", **values)
        return lambda body: (other if _DECLARED.match(body) else plain)(body)

    # The codec itself reads strictly first, and again no more of a document than does not fit.
    return with_charset(**({} if answers == "strict" else _values(xml.Settings)))


def _leniently(strict: Decode, lenient: Decode) -> Decode:
    """Reads again what does not fit; answers that conform cost what they cost strictly."""

    def decode(body: bytes) -> Any:
        try:
            return strict(body)
        except DecodeError:
            return lenient(body)

    return decode


def _utf8(body: bytes, charset: str) -> bytes:
    """JSON in another charset than its own: it has none (RFC 8259, 11), servers send it none the less."""
    try:
        return decoded(body, charset).encode()
    except (DecodeError, UnicodeEncodeError):
        return body
