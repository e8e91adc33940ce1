"""Server-sent events (WHATWG HTML, 9.2.6): sans-I/O."""

from __future__ import annotations

import json
from typing import Any

from attrs import frozen


@frozen
class ServerSentEvent:
    """One event."""

    event: str
    data: str
    id: str
    retry: int | None = None
    """Milliseconds to wait before connecting again, where the server says so."""

    def json(self) -> Any:
        """The data as JSON."""
        return json.loads(self.data)


class Events:
    """Takes lines, gives events."""

    def __init__(self) -> None:
        self._id = ""
        self._first = True
        self._clear()

    def _clear(self) -> None:
        self._event, self._retry = "", None
        self._data: list[str] = []

    _retry: int | None

    def feed(self, line: str) -> ServerSentEvent | None:
        """The event that this line ends, if it ends one: an empty line does."""
        if self._first:
            line, self._first = line.removeprefix("\ufeff"), False
        if not line:
            event = None
            if self._data:
                event = ServerSentEvent(
                    self._event or "message", "\n".join(self._data), self._id, self._retry
                )
            self._clear()
            return event
        name, mark, value = line.partition(":")
        if name:  # a line that begins with a colon is a comment
            self._field(name, value.removeprefix(" ") if mark else "")
        return None

    def _field(self, name: str, value: str) -> None:
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self._retry = int(value)
