"""The two codecs behind one door, with type expressions evaluated once in a client's ``models``."""

from __future__ import annotations

import codecs as text_codecs
import importlib
import types
from collections.abc import Callable
from typing import Any

from bindwright.runtime.wire import Wire
from bindwright.standards.media_types import Kind, charset_of

Decode = Callable[[bytes], Any]
Encode = Callable[[Any], bytes]


class BodyCodecs:
    """Makes decoders and encoders for the type expressions of one generated package."""

    __slots__ = ("_package", "names")

    def __init__(self, package: str) -> None:
        self._package = package
        self.names: Any = None

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

    def decoder(self, format_: Kind, type_: Any, wire: Wire | None, content_type: str = "") -> Decode:
        """What reads a whole body of JSON or XML."""
        names = self.namespace()
        type_, names = self._settled(type_, wire, names)
        charset = charset_of(content_type) if content_type else None
        if charset in ("utf-8", "ascii"):
            charset = None
        if format_ == "xml":
            return _xml_decoder(type_, wire, names, charset)
        from bindwright.runtime import json

        decode = json.decode
        if charset is None:
            if names is None:
                return lambda body: decode(body, type_)
            return lambda body: decode(body, type_, wire=wire, namespace=names)
        return lambda body: decode(_utf8(body, charset), type_, wire=wire, namespace=names)

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
            from bindwright.runtime import xml

            write = xml.encode
            return lambda value: write(value, type_, wire=wire, namespace=names)
        from bindwright.runtime import json

        encode = json.encode
        return lambda value: encode(value, type_, wire=wire, namespace=names)


def _xml_decoder(type_: Any, wire: Wire | None, names: Any, charset: str | None) -> Decode:
    from bindwright.runtime import xml

    # Servers answer in namespaces that descriptions forget to name; a client reads what it can recognise.
    read = xml.decode
    settings = xml.Settings(namespaces="lenient", charset=charset)
    return lambda body: read(body, type_, wire=wire, namespace=names, settings=settings)


def _utf8(body: bytes, charset: str) -> bytes:
    """JSON in another charset than its own (RFC 8259, 8.1 allows none, servers send it none the less)."""
    try:
        return text_codecs.decode(body, charset).encode()
    except ValueError:
        return body
