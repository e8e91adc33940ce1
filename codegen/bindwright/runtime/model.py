"""`Model`, the base of every generated class, and `UNSET`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from reprlib import recursive_repr
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, Self, final

from attrs import define, field

from bindwright.runtime.wire import Wire


@final
class Unset:
    """The type of `UNSET`: an optional and nullable member that is absent, where None means null."""

    __slots__ = ()

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __copy__(self) -> Unset:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Unset:
        return self

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Final = Unset()


if TYPE_CHECKING:
    AnyText = str
    AnyInteger = int
else:

    @final
    class AnyText:
        """Stands in an annotation beside an enumeration of many strings: any string may be given for its members."""

    @final
    class AnyInteger:
        """The same beside an enumeration of many integers."""


def empty_dict() -> dict[str, Any]:
    """The default of a field of members that are not named; of `dict` itself pyright knows no type."""
    return {}


def _runtime() -> ModuleType:
    """This package, which finds the codecs when they are first used.

    The codecs stand on this module: `Model` only hands things over to them, and cannot import them.
    """
    return sys.modules[__package__ or "bindwright.runtime"]


@define(kw_only=True)
class Model:
    """Base of every model: it keeps what a decoded document held beside the known members.

    ``_extra`` travels with ``attrs.evolve`` and is written back on encoding; it takes no part in equality.
    """

    __wire__: ClassVar[Wire]

    _extra: Any = field(default=None, repr=False, eq=False, alias="_extra")

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        """The short ``repr`` in the place of the one that attrs makes for every class, but not of another."""
        repr_ = cls.__dict__.get("__repr__")
        if repr_ is not None and repr_.__code__.co_filename.startswith("<attrs generated"):
            cls.__repr__ = Model.__repr__  # type: ignore[method-assign]

    @recursive_repr("...")
    def __repr__(self) -> str:
        """The members that are there; long values are cut."""
        text: str = _runtime().display.shown(self)
        return text

    def to_dict(self) -> dict[str, Any]:
        """What stands in JSON, in dicts, lists and plain values, by the names of the wire.

        Raises:
            EncodeError: JSON has no form for a value; with a path.
        """
        json = _runtime().json
        document: dict[str, Any] = json.decode(json.encode(self), Any)
        return document

    def to_json(self, *, indent: int | None = None) -> str:
        """The JSON document; compact, or with ``indent`` spaces a level.

        Raises:
            EncodeError: JSON has no form for a value; with a path.
        """
        text: str = _runtime().json.encode(self, indent=indent).decode()
        return text

    def to_xml(self, *, indent: int | None = None) -> str:
        """The XML document without a declaration; compact, or with ``indent`` spaces a level.

        Raises:
            EncodeError: XML has no form for a value; with a path.
        """
        xml = _runtime().xml
        settings = xml.Settings(indent=" " * indent) if indent is not None else None
        text: str = xml.encode(self, settings=settings).decode()
        return text

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of `to_dict`.

        Raises:
            DecodeError: it does not stand for this class; with a path.
        """
        json = _runtime().json
        model: Self = json.decode(json.encode(dict(data)), cls)
        return model

    @classmethod
    def from_json(cls, data: str | bytes) -> Self:
        """The inverse of `to_json`.

        Raises:
            DecodeError: it does not stand for this class; with a path.
        """
        model: Self = _runtime().json.decode(data, cls)
        return model

    @classmethod
    def from_xml(cls, data: str | bytes) -> Self:
        """The inverse of `to_xml`.

        Raises:
            DecodeError: it does not stand for this class; with a path.
        """
        model: Self = _runtime().xml.decode(data, cls)
        return model
