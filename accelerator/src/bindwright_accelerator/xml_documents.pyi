"""Documents of XML to and from models; see the C sources."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

READ_OFF: int
READ_TEXT: int
READ_INTEGER: int
READ_FLOAT: int
READ_BOOLEAN: int
READ_DATETIME: int
READ_UUID: int
READ_DATE: int
READ_TIME: int
READ_DECIMAL: int
READ_DURATION: int
READ_OCTETS: int
READ_LISTED: int
READ_CALL: int
READ_MODEL: int
READ_LIST: int
READ_CHOICE: int
READ_MAP: int
READ_FREE: int
READ_CHOSEN: int
READ_QNAME: int
READ_TRIED: int
READ_ONE_OR_MANY: int
WRITE_SLOW: int
WRITE_TEXT: int
WRITE_INTEGER: int
WRITE_FLOAT: int
WRITE_BOOLEAN: int
WRITE_DATETIME: int
WRITE_DATE: int
WRITE_UUID: int
WRITE_DECIMAL: int
WRITE_DURATION: int
WRITE_TIME: int
WRITE_OCTETS: int
WRITE_WORDS: int
WRITE_CALL: int
WRITE_FREE: int
WRITE_MODEL: int
WRITE_LIST: int
WRITE_MAP: int
WRITE_CHOICE: int
CLAUSE_ABSENT: int
CLAUSE_PRESENT: int
CLAUSE_UNLISTED: int
CLAUSE_OF_CLASS: int
CLAUSE_ASKED: int

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
        discriminator: tuple[str, tuple[Any, ...]] | None = ...,
        guard: bool | type | str | tuple[tuple[tuple[int, tuple[str, ...], Any], ...], ...] | None = ...,
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

class ReadPlace:
    def __new__(
        cls,
        kind: int,
        *,
        first: Any = ...,
        parse: Callable[[str], Any] | None = ...,
        nullable: bool = ...,
        build: Callable[[list[Any]], Any] | None = ...,
        names: tuple[bytes, ...] = ...,
        is_attribute: bool = ...,
        types: dict[str, ReadPlace | bool] = ...,
    ) -> ReadPlace: ...

class ReadPlan:
    def __new__(
        cls,
        model: type,
        members: tuple[str, ...],
        children: tuple[tuple[bytes, int, int, bool, bool, ReadPlace], ...],
        attributes: tuple[tuple[bytes, int, int, bool, bool, ReadPlace], ...],
        twins: tuple[tuple[bytes, int, int, bool, bool, ReadPlace], ...],
        defaults: tuple[tuple[Any, bool] | None, ...],
        other_members: tuple[str, ...],
        others: tuple[tuple[Any, bool], ...],
        kept: str | None,
        extra_of: Callable[..., Any],
        text: ReadPlace | None,
        is_ordered: bool,
        refuses_unknown: bool,
        text_is_required: bool,
        text_is_nullable: bool,
        text_is_string: bool,
    ) -> ReadPlan: ...

def moment(text: str, /) -> dt.datetime | None: ...
def decimal(text: str, /) -> Decimal | None: ...
def configure_reading(fragment: type, extra: type, salt: int, /) -> None: ...
def read(
    place: ReadPlace,
    text: bytes,
    names: tuple[bytes, ...],
    miss: object,
    is_lenient: bool,
    depth: int,
    attributes: int,
    declarations: int,
    /,
) -> Any: ...
def configure(absent: object, timed: type, /) -> None: ...
def write(place: WritePlace, value: Any, /) -> bytes | None: ...
def names_xsi(data: bytes, /) -> bool: ...
