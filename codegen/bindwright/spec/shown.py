"""How values are shown in a debugger and in a failing test."""

from __future__ import annotations


class Shown:
    """One ``__repr__`` for all attrs classes of the generator.

    attrs would compile one for each class, which takes nearly as long as the rest of it and was a sixth of
    the cold start.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        fields = self.__attrs_attrs__  # type: ignore[attr-defined]
        shown = ", ".join(f"{one.name}={getattr(self, one.name, None)!r}" for one in fields if one.repr)
        return f"{type(self).__qualname__}({shown})"
