"""Enumerations that stay open: a value the document does not list still round-trips.

``JobState("brand-new")`` gives a member that is in no listing of the class, equals its value's other
pseudo-members, hashes and pickles by value, and is written back as it came.
It is made anew each time, so that input cannot fill the memory with members.

Classes whose document has ``x-dcs-enum`` carry ``__xml_names__``: XML name to integer, in the
document's order (of two names for one value the first is written). ``__extensible__`` is true of those whose document
says itself that other values are valid: ``validate`` has nothing against them.
"""

from __future__ import annotations

import enum
import warnings
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Self


class OpenType(enum.EnumType):
    """The class of enumerations whose members may have older names."""

    __renamed__: Mapping[str, str]
    """Older names of members to their names: an enumeration with such has it in its body."""

    def __getattr__(cls, name: str) -> Any:
        current = cls.__dict__.get("__renamed__", {}).get(name)
        if current is None:
            raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}")
        return cls._older(name, current)

    def __getitem__(cls, name: str) -> Any:
        current = cls.__dict__.get("__renamed__", {}).get(name)
        return super().__getitem__(name) if current is None else cls._older(name, current)

    def _older(cls, name: str, current: str) -> Any:
        warnings.warn(f"{name!r} was renamed: use {current!r}.", DeprecationWarning, stacklevel=3)
        return cls.__members__[current]


class _Open:
    """Members that the class does not list."""

    __slots__ = ()

    @property
    def known(self) -> bool:
        """Whether the document lists this value."""
        return getattr(self, "_name_", None) in type(self).__members__  # type: ignore[attr-defined]

    def __reduce_ex__(self, proto: Any) -> tuple[Any, ...]:
        """By value: `enum` before Python 3.11.4 pickles by name, which a value that is not listed has not."""
        return type(self), (self._value_,)  # type: ignore[attr-defined]


def _pseudo(member: Any, value: Any, name: str | None) -> Any:
    member._value_ = value
    member._name_ = name
    return member


class OpenStrEnum(_Open, enum.StrEnum, metaclass=OpenType):
    """Strings; what is not listed is kept as it is."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        return _pseudo(str.__new__(cls, value), str(value), str(value))  # type: ignore[no-any-return]


class OpenIntEnum(_Open, enum.IntEnum, metaclass=OpenType):
    """Integers; what is not listed is kept as it is."""

    __xml_names__: ClassVar[dict[str, int]]

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        return _pseudo(int.__new__(cls, value), int(value), str(int(value)))  # type: ignore[no-any-return]


class OpenFloatEnum(_Open, float, enum.ReprEnum, metaclass=OpenType):
    """Numbers; what is not listed is kept as it is."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            return None
        return _pseudo(float.__new__(cls, value), float(value), str(value))  # type: ignore[no-any-return]


class OpenIntFlag(_Open, enum.IntFlag, boundary=enum.KEEP, metaclass=OpenType):
    """Bit sets (``x-dcs-flags``); bits without a name are kept, and so are negative numbers."""

    __xml_names__: ClassVar[dict[str, int]]

    @classmethod
    def _missing_(cls, value: object) -> Any:
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        names = [member for member in cls if member.value & value] if value > 0 else []
        complete = sum(member.value for member in names) == value
        return _pseudo(
            int.__new__(cls, value),
            int(value),
            "|".join(str(member._name_) for member in names) if complete and names else None,
        )

    @property
    def known(self) -> bool:
        """Whether every bit has a name."""
        rest = int(self)
        for member in type(self):
            rest &= ~int(member)
        return rest == 0


class MixedType(OpenType):
    """The class of enumerations with values of several JSON types."""

    def __call__(cls, value: Any, *rest: Any, **named: Any) -> Any:
        """The member of a value. Python finds that of 1 for ``True``, which JSON tells apart."""
        member = super().__call__(value, *rest, **named)
        if not isinstance(member, cls) or isinstance(value, cls):
            return member
        if isinstance(member.value, bool) is isinstance(value, bool):
            return member
        same = (each for each in cls if type(each.value) is type(value) and each.value == value)
        return next(same, None) or cls._missing_(value)  # as OpenEnum has it


class OpenEnum(_Open, enum.Enum, metaclass=MixedType):
    """Values of several JSON types, compared by type and value: ``True`` is not ``1``."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, (str, int, float, Decimal, list, dict, type(None))):
            return None  # no value of JSON
        return _pseudo(object.__new__(cls), value, str(value))  # type: ignore[no-any-return]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, type(self)):
            return NotImplemented
        return type(self._value_) is type(other._value_) and bool(self._value_ == other._value_)

    def __hash__(self) -> int:
        try:
            return hash((type(self._value_), self._value_))
        except TypeError:  # an array or object as a value
            return hash(str(self._value_))
