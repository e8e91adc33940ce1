"""Values between models and msgspec's structs; see the C sources."""

from collections.abc import Callable
from typing import Any

SLOW: int
AS_IS: int
BOOLEAN: int
NUMBER: int
DATETIME: int
UUID: int
ENUM: int
LISTED: int
MODEL: int
LIST: int
MAP: int
ANY: int
CHOICE: int
RANGE: int
MEMBER: int
NOT_COUNTED: int
MARKS_OF_TREE: int

class Place:
    def __new__(
        cls,
        kind: int,
        first: Any = ...,
        slow: Callable[[Any], Any] | None = ...,
        *,
        nullable: bool = ...,
        absent: Any = ...,
        marks: int = ...,
        is_factory: bool = ...,
    ) -> Place: ...

class ReadPlan:
    def __new__(
        cls,
        model: type,
        structure: type,
        fields: tuple[str, ...],
        attributes: tuple[str, ...],
        places: tuple[Place, ...],
        other_attributes: tuple[str, ...],
        constants: tuple[Any, ...],
        factories: tuple[bool, ...],
        marks: int = ...,
    ) -> ReadPlan: ...

class TreePlan:
    def __new__(
        cls,
        model: type,
        names: tuple[str, ...],
        attributes: tuple[str, ...],
        places: tuple[Place, ...],
        other_attributes: tuple[str, ...],
        constants: tuple[Any, ...],
        factories: tuple[bool, ...],
        extra: str | None,
        unknown: Callable[[dict[str, Any], list[str]], Any],
        additional: str | None,
        further: Place | None,
    ) -> TreePlan: ...

class WritePlan:
    def __new__(
        cls,
        model: type,
        structure: type,
        attributes: tuple[str, ...],
        names: tuple[str, ...],
        places: tuple[Place, ...],
        slow: Callable[[Any], Any],
        extended: Callable[[dict[str, Any], Any], Any],
        extra: str | None,
        additional: str | None,
        tag: int,
        tags: tuple[str, ...],
    ) -> WritePlan: ...
    def __call__(self, instance: Any, /) -> Any: ...

def read(place: Place, structure: Any, data: bytes, prove: Callable[[bytes, Any], None], /) -> Any: ...
def grow(place: Place, tree: Any, data: bytes, levels: int, /) -> Any: ...
