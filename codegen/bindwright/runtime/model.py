"""`Model`, the base of every generated class, and `UNSET`."""

from __future__ import annotations

from typing import Any, ClassVar, Final, Literal, final

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


@define(kw_only=True)
class Model:
    """Base of every model: it keeps what a decoded document held beside the known members.

    ``_extra`` travels with ``attrs.evolve`` and is written back on encoding; it takes no part in equality.
    """

    __wire__: ClassVar[Wire]

    _extra: Any = field(default=None, repr=False, eq=False, alias="_extra")
