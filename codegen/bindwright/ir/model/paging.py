"""Pages that follow each other, and operations that are repeated until they have ended."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from bindwright.ir.model.source import Json

PagingStyle = Literal["offset", "page", "cursor", "last", "link", "next"]


class Pagination(Struct, kw_only=True):
    """``x-pagination``. Places are JSON pointers into the body, or ``$response.header.NAME``."""

    style: PagingStyle
    """The next page is at ``offset`` + the number of items; at page + 1; at the cursor that stands at `next`; after the
    last item, by what stands at `next` in it; at the URL of the ``Link`` header with ``rel="next"`` (RFC 8288); at the URL that stands at `next`."""
    items: str = ""
    """Where the items are; absent: the body is the list."""
    parameter: str | None = None
    """The parameter that takes offset, page or cursor; ``$request.body#POINTER`` for a member of the body."""
    size_parameter: str | None = None
    """The parameter that takes the number of items of a page."""
    next: str | None = None
    """Where the next cursor or URL is."""
    more: str | None = None
    """Where it says whether there are more pages."""
    total: str | None = None
    """Where the number of all items is."""
    first: int | None = None
    """The number of the first page, or the first offset; absent: the document does not say."""
    back: str | None = None
    """The parameter that asks for what stands before a cursor, as `parameter` for what stands after it; a call that
    gives it goes through the pages backwards."""
    previous: str | None = None
    """With `back`: where the cursor of the page before is; absent: at `next` in the first item."""


class Polling(Struct, kw_only=True):
    """``x-poll``: the operation is repeated until its state is one of those that end it."""

    state: str
    """Where the state is: a JSON pointer into the body."""
    follow: bool = False
    """The operation is not repeated: its answer names the URL of the state (``Operation-Location``,
    ``Azure-AsyncOperation`` or ``Location``), and `state` is ``""``."""
    done: list[Json] = field(default_factory=list)
    """States that end it well; absent: all that are not the one it began with."""
    failed: list[Json] = field(default_factory=list)
    """States that end it badly."""
    progress: str | None = None
    """Where the progress is, in percent."""
    interval: float | None = None
    """Seconds between two calls."""
    timeout: float | None = None
    """Seconds after which nothing more is awaited."""
