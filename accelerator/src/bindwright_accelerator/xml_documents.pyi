"""Documents of XML to and from models; see the C sources."""

from collections.abc import Callable
from typing import Any

WRITE_SLOW: int
WRITE_TEXT: int
WRITE_INTEGER: int
WRITE_FLOAT: int
WRITE_BOOLEAN: int
WRITE_DATETIME: int
WRITE_DATE: int
WRITE_UUID: int
WRITE_WORDS: int
WRITE_CALL: int
WRITE_FREE: int
WRITE_MODEL: int
WRITE_LIST: int
WRITE_MAP: int
WRITE_CHOICE: int

class WritePlace:
    def __new__(
        cls,
        kind: int,
        *,
        start: bytes | None = ...,
        end: bytes | None = ...,
        after: bytes | None = ...,
        empty: bytes | None = ...,
        null: bytes | None = ...,
        absent: bytes | None = ...,
        first: Any = ...,
        slow: Callable[..., str] | None = ...,
        text: Callable[[Any], str] | None = ...,
        is_plain: bool = ...,
        model: type | None = ...,
        attributes: tuple[WritePlace, ...] = ...,
        members: tuple[str, ...] = ...,
        needed: str | None = ...,
    ) -> WritePlace: ...

class ContentPlan:
    def __new__(
        cls,
        model: type,
        members: tuple[str, ...],
        places: tuple[WritePlace, ...],
        kept: str | None,
        order_of: Callable[[Any], Any],
        further: str | None,
        rest: WritePlace | None,
        texts: bool,
    ) -> ContentPlan: ...

def configure(absent: object, timed: type, /) -> None: ...
def write(place: WritePlace, value: Any, /) -> bytes | None: ...
