"""The IR as JSON and back: what ports read. `bindwright.ir.json_forms` has the rules of the form.

What follows from other things is not repeated: the words of a type whose key has them, the description of a place
whose type has it. Keys of types are pointers into the document only where places are written.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import Any

import msgspec

from bindwright.ir import model
from bindwright.ir.collector import without_collector
from bindwright.ir.json_forms import Forms, Writer
from bindwright.ir.type_keys import keys_of

_ESCAPED = "bindwright-ir-escaped"
_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+")
"""What the words of a key are, in lower case."""
_TYPES: tuple[type[Any], ...] = (
    model.Scalar,
    model.Enum,
    model.Object,
    model.Array,
    model.Map,
    model.Union,
)


def dumps(api: model.Api, *, places: bool = False) -> bytes:
    """`api` as one JSON document (UTF-8, ASCII only); `places`: with where each thing
    stands in the source, and with the document's extensions."""
    with without_collector():
        data = data_of(api, places=places)
        try:
            text = msgspec.json.encode(data)
        except UnicodeEncodeError:  # lone surrogates, which JSON can spell
            return json.dumps(data, separators=(",", ":"), allow_nan=False).encode()
        return text if text.isascii() else text.decode().encode("ascii", _ESCAPED)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """What the codec writes for characters that ASCII has not: they stand in strings only."""
    assert isinstance(error, UnicodeEncodeError)
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


codecs.register_error(_ESCAPED, _escaped)


def data_of(api: model.Api, *, places: bool = False) -> dict[str, Any]:
    """`api` as JSON values."""
    return _Writer(api, places).to_data(api)


def _words(key: str) -> list[str]:
    return [word.lower() for word in _WORDS.findall(key)]


def _context(key: str) -> tuple[str, ...]:
    """Where an inline type stands, by its key."""
    return () if "#/" in key else tuple(re.sub(r" [0-9]+\Z", "", key).removeprefix("#").split("/"))


class _Writer(Forms):
    """Writes one API."""

    def __init__(self, api: model.Api, places: bool) -> None:
        super().__init__(everything=places)
        if not places:
            self.keys["types"] |= keys_of(api)
            keys = self.keys["types"]
            self.keys["xml"] |= {
                content_id: keys[content.type] + content_id.removeprefix(content.type)
                for content_id, content in api.xml.items()
                if content.type in keys
            }
        self._named = _named(api.types)
        self._docs = _docs(api)
        self._holder = ""
        """The object type whose members are written: several may hold the same `Property`, one declares it."""
        self.corrections |= dict.fromkeys(_TYPES, self._type)
        self.corrections |= {model.Property: self._property, model.Use: self._use}

    def _writer_of(self, class_: type[msgspec.Struct]) -> Writer:
        writer = super()._writer_of(class_)
        if class_ is not model.Object:
            return writer

        def get(type_: Any) -> tuple[Any, ...]:
            self._holder = type_.id
            return writer.get(type_)

        return writer._replace(get=get)

    def _type(self, type_: Any, result: dict[str, Any]) -> None:
        key = self.keys["types"].get(type_.id, type_.id)
        if type_.words and type_.words == _words(key):
            del result["words"]
        if type_.context and type_.context == _context(key):
            del result["context"]
        owner = _owner(self._named, type_)
        if type_.owner == owner:
            result.pop("owner", None)
        elif type_.owner is None:
            result["owner"] = ""

    def _property(self, property_: model.Property, result: dict[str, Any]) -> None:
        if property_.declared_in == self._holder:
            result.pop("declared_in", None)

    def _use(self, use: model.Use, result: dict[str, Any]) -> None:
        doc = self._docs.get(use.type)
        if doc is None:
            return
        if doc == use.doc:
            del result["doc"]
        else:
            result["doc"] = use.doc


def _named(types: dict[model.TypeId, model.AnyType]) -> dict[str, model.TypeId]:
    """The first type of each name."""
    result: dict[str, model.TypeId] = {}
    for type_id, type_ in types.items():
        if type_.name is not None:
            result.setdefault(type_.name, type_id)
    return result


def _owner(named: dict[str, model.TypeId], type_: Any) -> model.TypeId | None:
    """The type by whose name the words of an inline one begin: nearly always its owner."""
    return named.get(type_.context[0]) if type_.context else None


def _docs(api: model.Api) -> dict[model.TypeId, str]:
    """The descriptions of inline types: what is said of the places that have them."""
    return {type_id: type_.doc for type_id, type_ in api.types.items() if type_.name is None and type_.doc}


def loads(data: bytes) -> model.Api:
    """The API that `dumps` wrote.

    Raises:
        ValueError: this is no JSON, or a JSON of another version of the IR.
        KeyError, TypeError: JSON of another form.
    """
    value = json.loads(data)
    if not isinstance(value, dict) or value.get("ir") != model.IR_VERSION:
        raise ValueError(f"this is no IR of version {model.IR_VERSION}")
    without_doc: list[model.Use] = []
    forms = Forms(everything=True)
    forms.observers[model.Use] = lambda use, raw: None if "doc" in raw else without_doc.append(use)
    with without_collector():
        api: model.Api = forms.from_data(model.Api, value)
    docs = _docs(api)
    for use in without_doc:
        use.doc = docs.get(use.type, "")
    named = _named(api.types)
    for key, type_ in api.types.items():
        type_.id = key
        _restore(type_, value["types"][key], named)
    return api


def _restore(type_: model.AnyType, raw: dict[str, Any], named: dict[str, model.TypeId]) -> None:
    """What follows from the key of a type."""
    key = type_.id
    if key.startswith("#") and not key.startswith("#/"):
        if not type_.words and (type_.name is not None or not isinstance(type_, model.Scalar)):
            type_.words = _words(key)
        if not type_.context and type_.name is None:
            type_.context = _context(key)
    type_.owner = type_.owner or (None if raw.get("owner") == "" else _owner(named, type_))
    for property_ in type_.properties if isinstance(type_, model.Object) else ():
        property_.declared_in = property_.declared_in or key
