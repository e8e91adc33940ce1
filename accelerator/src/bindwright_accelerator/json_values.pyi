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
DURATION: int
OCTETS: int
URL_OCTETS: int
TIME: int
DECIMAL: int
PARSED: int
ALTERNATIVES: int
TOLD: int
DATE: int
FIT_SLOW: int
FIT_LIST: int
FIT_MAP: int
FIT_MODEL: int
FIT_UNION: int
FIT_ANY: int
FIT_UNSURE: int
FIT_TEXT: int
FIT_INTEGER: int
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

class Fit:
    def __new__(
        cls,
        kind: int,
        plain: int,
        possible: int,
        is_asked: bool,
        listed: frozenset[str],
        first: Callable[[], Fit | FitTable | tuple[Fit, ...] | None] | None,
        slow: Callable[[Any, int], bool],
        least: int = ...,
        most: int = ...,
        needed: tuple[str, ...] = ...,
    ) -> Fit: ...

class FitTable:
    def __new__(
        cls,
        members: dict[str, Fit],
        needed: tuple[str, ...],
        required: frozenset[str],
        is_simple: bool,
        is_closed: bool,
    ) -> FitTable: ...

class ChoicePlan:
    def __new__(
        cls,
        tag: str | None,
        by_text: dict[str, Place],
        telling: str | None,
        by_value: dict[str, int],
        fits: tuple[Fit, ...],
        places: tuple[Place, ...],
        candidates: tuple[tuple[int, ...], ...],
    ) -> ChoicePlan: ...

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
        unknown: type,
        additional: str | None,
        further: Place | None,
    ) -> TreePlan: ...

class DocumentReader:
    def __new__(
        cls,
        place: Place,
        decode: Callable[[bytes], Any],
        prove: Callable[[bytes, Any], None],
        guard: Any,
        give_up: Callable[[bytes], Any],
        otherwise: Callable[[bytes], Any],
        largest: int,
    ) -> DocumentReader: ...
    def __call__(self, data: bytes, /) -> Any: ...

class WritePlan:
    def __new__(
        cls,
        model: type,
        attributes: tuple[str, ...],
        names: tuple[str, ...],
        heads: tuple[bytes, ...],
        places: tuple[Place, ...],
        extra: str | None,
        unknown: type,
        others: Place,
        additional: str | None,
        further: Place | None,
        tag: int,
        tags: tuple[str, ...],
    ) -> WritePlan: ...

def read(place: Place, structure: Any, data: bytes, prove: Callable[[bytes, Any], None], /) -> Any: ...
def read_known(
    place: Place, plan: TreePlan, decode: Callable[[bytes], Any], data: bytes, levels: int, /
) -> Any: ...
def grow(place: Place, tree: Any, data: bytes, levels: int, /) -> Any: ...
def write(place: Place, encode: Callable[[Any], bytes], value: Any, /) -> bytes: ...
def keep_texts(type: type, /) -> None: ...
def untyped_number(text: str, /) -> float: ...
def keep_digits(function: Callable[[str], float], /) -> None: ...
